"""Articles in JSON, JSON lines and tables."""

import csv
import json
import tracemalloc
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers import read_paths

TEXT = "The dam above Mendoza was opened on Friday."


def articles(path: Path) -> list[RawArticle]:
    """All articles below a path, where nothing is skipped."""
    found = list(read_paths([path], Settings()))
    assert [item for item in found if isinstance(item, Skipped)] == []
    return [item for item in found if isinstance(item, RawArticle)]


def one(path: Path, value: object) -> RawArticle:
    """The article that a JSON value is read as."""
    (path / "a.json").write_text(json.dumps(value), encoding="utf-8")
    (article,) = articles(path)
    return article


@pytest.mark.parametrize(
    ("key", "value", "field", "expected"),
    [
        ("headline", "Dam opened", "title", "Dam opened"),
        ("maintext", TEXT + " Twice.", "body", TEXT + " Twice."),  # news-please
        ("article", TEXT, "body", TEXT),
        ("description", "In short", "lead", "In short"),  # NewsAPI
        ("publishedAt", "2017-10-31", "dates", (DateClaim("2017-10-31", "field"),)),  # camel case
        ("date_publish", "2017-10-31", "dates", (DateClaim("2017-10-31", "field"),)),  # underscores
        ("pubDate", "31 Oct 2017", "dates", (DateClaim("31 Oct 2017", "field"),)),  # RSS
        ("timestamp", 1509444900, "dates", (DateClaim("1509444900", "field"),)),  # a number
        ("date", {"$date": "2017-10-31"}, "dates", (DateClaim("2017-10-31", "field"),)),  # MongoDB's export
        ("link", "https://dam.example/1", "url", "https://dam.example/1"),
        ("source", {"id": None, "name": "Dam Times"}, "source", "Dam Times"),  # NewsAPI
        ("source_domain", "dam.example", "source", "dam.example"),
        ("byline", "By Ana Paz", "authors", ("By Ana Paz",)),  # cleaned later
        ("authors", ["Ana Paz", "Luis Rey"], "authors", ("Ana Paz", "Luis Rey")),
        ("author", [{"name": "Ana Paz"}], "authors", ("Ana Paz",)),  # JSON-LD
        ("lang", "es", "language", "es"),
        ("category", "water", "section", "water"),
        ("keywords", ["dam", "water"], "tags", ("dam", "water")),
        ("body_html", f"<p>{TEXT}</p>", "html", ""),  # the plain text is there, so the page is not needed
        ("title", None, "title", ""),  # null is nothing
    ],
)
def test_common_names_are_known(tmp_path: Path, key: str, value: object, field: str, expected: object) -> None:
    """Each exporter's name for a thing ends in the same field."""
    assert expected == getattr(one(tmp_path, {"text": TEXT, key: value}), field)


@pytest.mark.parametrize(
    ("value", "body", "html"),
    [
        ({"content": f"<p>{TEXT}</p>"}, "", f"<p>{TEXT}</p>"),  # markup under a name for text
        ({"content": {"rendered": f"<p>{TEXT}</p>"}}, "", f"<p>{TEXT}</p>"),  # WordPress
        ({"body_html": f"<div>{TEXT}</div>"}, "", f"<div>{TEXT}</div>"),
        ({"text": ["One.", "Two."]}, "One.\n\nTwo.", ""),  # a list of paragraphs
        ({"text": "3 < 4 and 5 > 4"}, "3 < 4 and 5 > 4", ""),  # no markup
        ({"_id": "x", "_source": {"text": TEXT}}, TEXT, ""),  # an Elasticsearch dump
        ({"summary": TEXT}, "", ""),  # only a summary: it becomes the lead
    ],
)
def test_text_is_found_in_its_shapes(tmp_path: Path, value: object, body: str, html: str) -> None:
    """Plain text and markup are kept apart."""
    article = one(tmp_path, value)
    assert (body, html) == (article.body, article.html)


@pytest.mark.parametrize(
    ("content", "records"),
    [
        ('{"text": "a"}', [""]),  # one object is the file
        ('[{"text": "a"}, {"text": "b"}]', ["item 1", "item 2"]),
        ('{"status": "ok", "articles": [{"text": "a"}, {"text": "b"}]}', ["item 1", "item 2"]),  # an envelope
        ('{"response": {"docs": [{"text": "a"}]}}', ["item 1"]),  # an envelope in another
        ('{\n"text": "a"\n}\n{\n"text": "b"\n}', ["item 1", "item 2"]),  # one object after another
    ],
)
def test_one_file_may_hold_many(tmp_path: Path, content: str, records: list[str]) -> None:
    """Each record knows its place."""
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert records == [article.record for article in articles(tmp_path)]


def test_raw_bytes_are_those_of_the_record(tmp_path: Path) -> None:
    """The file for one object, the line for JSON lines, the element for an array."""
    (tmp_path / "a.json").write_bytes(b' {"text": "a"}\n')
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "b"}\n{"text": "c"}\n')
    (tmp_path / "c.json").write_bytes(b'[ {"text": "d"} , {"text":"e"}]')
    expected = [b' {"text": "a"}\n', b'{"text": "b"}', b'{"text": "c"}', b'{"text": "d"}', b'{"text":"e"}']
    assert expected == [article.raw for article in articles(tmp_path)]


def test_a_long_array_is_read_in_the_memory_of_one_record(tmp_path: Path) -> None:
    """An array of 20 MB never stands in memory whole."""
    with (tmp_path / "a.json").open("w", encoding="utf-8") as file:
        file.write("[" + ",\n".join(json.dumps({"text": f"{n} " + "word " * 400}) for n in range(10_000)) + "]")
    tracemalloc.start()
    count = sum(1 for _ in read_paths([tmp_path], Settings()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 6_000_000


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    """Quoted bodies of several lines, with the delimiter inside them."""
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=mark)
        rows.writerow(["Date", "Headline", "Content"])
        rows.writerow(["2017-10-31", f"A{mark} b", 'One "quoted"\n\nTwo; and, a | and\ta tab'])
        rows.writerow(["", "C", "Three"])
    first, second = articles(tmp_path)
    assert ("row 1", f"A{mark} b", 'One "quoted"\n\nTwo; and, a | and\ta tab') == (
        first.record,
        first.title,
        first.body,
    )
    assert (second.record, second.title, second.dates) == ("row 2", "C", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_tables_of_office_programs_are_read(tmp_path: Path, encoding: str) -> None:
    """A byte order mark decides the encoding and is no part of the first name."""
    (tmp_path / "a.csv").write_text("title,text\nÉtang,L’eau monte.\n", encoding=encoding)
    (article,) = articles(tmp_path)
    assert (article.title, article.body) == ("Étang", "L’eau monte.")


def test_a_long_cell_is_read_and_the_limit_of_the_csv_module_left_alone(tmp_path: Path) -> None:
    """The module's own bound of 131,072 characters is kept for everyone else."""
    (tmp_path / "a.csv").write_text("title,text\nA," + "word " * 100_000 + "\n", encoding="utf-8")
    before = csv.field_size_limit()
    (article,) = articles(tmp_path)
    assert (499_999, before) == (len(article.body), csv.field_size_limit())


def test_surplus_cells_are_said(tmp_path: Path) -> None:
    """An unquoted delimiter in a text is seen and warned of."""
    (tmp_path / "a.csv").write_text("title,text\nA,one, two\n", encoding="utf-8")
    (article,) = articles(tmp_path)
    assert article.warnings == ("1 cells more than there are columns were left out",)

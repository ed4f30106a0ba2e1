"""The labelled texts are read as they are marked, and scored as their README says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from quality import labelled, seed
from quality.errors import MarkupBroken
from quality.labelled import Text, Values, texts
from quality.markup import Name
from quality.sets import OWN

from searcher.models import Entities, Mention

EXAMPLE = """# a remark

== first
title: [PER ROE] LEAVES [LOC TRIPOLI @LB]
dateline: [LOC BEIRUT] (Reuters)
countries: LB | SY?
actors:

[PER Jane Roe] left
for [LOC Albu Kamal = Abu Kamal].

The [ORG? health ministry = Ministry of Health (Syria)] knew.

== second

Nothing.
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """A file of labelled texts."""

    def written(content: str) -> Path:
        path = tmp_path / "texts.txt"
        path.write_text(content, encoding="utf-8")
        return path

    return written


def test_a_text_is_read_as_it_is_marked(write: Callable[[str], Path]) -> None:
    """Marks are taken out of the text and leave their offsets; lines and paragraphs are joined."""
    first, second = texts(write(EXAMPLE))
    assert first == Text(
        "first",
        {
            "title": "ROE LEAVES TRIPOLI",
            "dateline": "BEIRUT (Reuters)",
            "body": "Jane Roe left for Albu Kamal.\n\nThe health ministry knew.",
        },
        {
            "title": (Name(0, 3, "PER"), Name(11, 18, "LOC", country="LB")),
            "dateline": (Name(0, 6, "LOC"),),
            "body": (
                Name(0, 8, "PER"),
                Name(18, 28, "LOC", "Abu Kamal"),
                Name(35, 50, "ORG", "Ministry of Health (Syria)", optional=True),
            ),
        },
        {
            "countries": Values(frozenset({"LB"}), frozenset({"SY"})),
            "actors": Values(frozenset(), frozenset()),
        },
    )
    assert second == Text(
        "second",
        {"title": "", "dateline": "", "body": "Nothing."},
        {"title": (), "dateline": (), "body": ()},
        {},
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("== one\n\nIn [LOC Moscow", 3),  # never closed
        ("== one\n\nIn [LOC New\nYork]", 3),  # closed on another line
        ("== one\n\nIn Moscow]", 3),  # never opened
        ("== one\n\nIn [LOC]", 3),  # no text
        ("== one\n\nIn [CITY Moscow]", 3),  # no such kind
        ("== one\n\nThe [ORG University of [LOC Leeds]]", 3),  # one in another
        ("== one\n\n[LOC Paris @us]", 3),  # no code
        ("== one\n\n[LOC Paris = ]", 3),  # no name
        ("== one\ntitle: [PER Jane\n\nText.", 2),
        ("== one\nplaces: Paris\n\nText.", 2),  # no such key
        ("== one\nThe text begins too early.", 2),
        ("== one\ncountries: GB\ncountries: FR\n\nText.", 3),  # twice
        ("== one\ncountries: GB | France\n\nText.", 2),  # no code
        ("== one\ncountries: GB | GB?\n\nText.", 2),  # asked for and not
        ("== one\nactors: Jane Roe |\n\nText.", 2),  # an empty value
        ("== one\ntitle: Empty\n", 2),  # no text
        ("== one\n\nText.\n\n== one\n\nText.", 5),  # the same name
        ("== \n\nText.", 1),  # no name
        ("Text without a head.", 1),
        ("# only remarks", 1),
    ],
)
def test_broken_markup_is_named_with_file_and_line(write: Callable[[str], Path], content: str, line: int) -> None:
    """Nothing is guessed, so that a slip of the pen does not become a label."""
    path = write(content)
    with pytest.raises(MarkupBroken) as raised:
        list(texts(path))
    assert str(raised.value).startswith(f"{path}:{line}: ")


def test_the_example_of_the_readme_is_one(write: Callable[[str], Path]) -> None:
    """What it shows to those who write texts can be read."""
    lines = (OWN / "labelled" / "README.md").read_text("utf-8").splitlines()
    example = "\n".join(line[4:] for line in lines if line.startswith("    ") or not line)
    (text,) = texts(write(example))
    assert text.values["actors"].expected == {"Jane Roe", "Syrian army"}
    assert {name.kind for names in text.names.values() for name in names} == {"LOC", "PER"}


def test_there_are_fifty_texts() -> None:
    """Each under a name of its own, of two to six sentences or so, with names in it."""
    found = [text for path in sorted((OWN / "labelled").glob("*.txt")) for text in texts(path)]
    assert (len(found), len({text.slug for text in found})) == (50, 50)
    assert [text.slug for text in found if not text.names["body"] or not 80 < len(text.fields["body"]) < 800] == []


def mention(text: str, body: str, kind: str, **more: str) -> Mention:
    """A mention of the first place where a text stands."""
    start = body.index(text)
    more = {"field": "body", "id": "", "name": text, "country": ""} | more
    return Mention(text=text, start=start, end=start + len(text), kind=kind, **more)


def scores(monkeypatch: pytest.MonkeyPatch, path: Path, found: Entities) -> dict[str, float]:
    """What an extractor scores that finds these."""
    monkeypatch.setattr(labelled, "extract", lambda body, title, dateline: found)
    return labelled.score([path])


BODY = "Jane Roe of the health ministry left Tripoli."
MARKED = "[PER Jane Roe] of the [ORG? health ministry] left [LOC Tripoli = Tripoli @LB]."
JANE = mention("Jane Roe", BODY, "PER")
TRIPOLI = mention("Tripoli", BODY, "LOC", country="LB")


@pytest.mark.parametrize(
    ("found", "figures"),
    [
        ((JANE, TRIPOLI), {"F1": 1.0, "PER F1": 1.0, "LOC F1": 1.0, "names right": 1.0}),
        # a part of a name is no name, one wrong and one missed
        ((mention("Roe", BODY, "PER"), TRIPOLI), {"F1": 0.5, "PER F1": 0.0, "LOC F1": 1.0}),
        # the right span of another kind is wrong for both kinds
        ((JANE, mention("Tripoli", BODY, "ORG")), {"F1": 0.5, "LOC F1": 0.0, "ORG F1": 0.0, "names right": 0.0}),
        # the Tripoli of another country, or another name
        ((JANE, mention("Tripoli", BODY, "LOC", country="LY")), {"F1": 1.0, "names right": 0.0}),
        ((JANE, mention("Tripoli", BODY, "LOC", country="LB", name="Tarabulus")), {"F1": 1.0, "names right": 0.0}),
        # what is doubtful may be found, also in part
        ((JANE, TRIPOLI, mention("health ministry", BODY, "ORG")), {"F1": 1.0}),
        ((JANE, TRIPOLI, mention("ministry", BODY, "ORG")), {"F1": 1.0}),
        # demonyms and forces are not names
        ((JANE, TRIPOLI, mention("left", BODY, "DEM")), {"F1": 1.0}),
        # a name where none is
        ((JANE, TRIPOLI, mention("left", BODY, "LOC")), {"F1": 0.8, "LOC F1": 2 / 3}),
        # of a dateline places count, agencies do not
        ((JANE, TRIPOLI, mention("BEIRUT", "BEIRUT", "LOC", field="dateline")), {"F1": 0.8}),
        ((JANE, TRIPOLI, mention("Reuters", "Reuters", "ORG", field="dateline")), {"F1": 1.0}),
        ((), {"F1": 0.0, "names right": 0.0}),
    ],
)
def test_names_count_when_span_and_kind_are_exact(
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[str], Path],
    found: tuple[Mention, ...],
    figures: dict[str, float],
) -> None:
    """And lead to the right entity when a mark says which."""
    got = scores(monkeypatch, write(f"== one\n\n{MARKED}\n"), Entities(mentions=found))
    assert {figure: got[figure] for figure in figures} == pytest.approx(figures)


@pytest.mark.parametrize(
    ("found", "f1"),
    [
        (("GB",), 1.0),
        (("GB", "FR"), 1.0),  # readers may differ over France
        (("GB", "DE"), 2 / 3),  # not over Germany
        (("FR",), 0.0),
    ],
)
def test_doubtful_values_are_left_alone(
    monkeypatch: pytest.MonkeyPatch, write: Callable[[str], Path], found: tuple[str, ...], f1: float
) -> None:
    """Neither asked for nor held against the extractor; a sort without a line is not scored."""
    path = write("== one\ncountries: GB | FR?\n\nText.\n\n== two\n\nMore text.\n")
    got = scores(monkeypatch, path, Entities(countries=found))
    assert (got["countries F1"], got["locations F1"]) == (pytest.approx(f1), 0.0)


def test_the_seed_article_needs_all_of_it(monkeypatch: pytest.MonkeyPatch, write: Callable[[str], Path]) -> None:
    """One actor too many, or one surname not understood, and it is not exact any more."""
    body = "Bashar al-Assad spoke; the Veliky Novgorod sailed."
    places = tuple(mention("spoke", body, "LOC", name=name) for name in sorted(seed.PLACES))
    leader = mention("Bashar al-Assad", body, "PER")
    ship = mention("Veliky Novgorod", body, "VESSEL")
    sought = Entities((*places, leader, ship), tuple(seed.PLACES), tuple(seed.ACTORS))
    one_more = Entities(sought.mentions, sought.locations, (*sought.actors, "Kolpino"))
    got = []
    for found, text in ((sought, body), (one_more, body), (sought, f"{body} Assad left.")):
        monkeypatch.setattr(seed, "extract", lambda body, title, found=found: found)
        figures = seed.score([write(f"Title\n{text}\n")])
        got.append((figures["exact"], figures["share"] == 1.0, figures["share"] > 0.9))
    assert got == [(1.0, True, True), (0.0, False, True), (0.0, False, True)]

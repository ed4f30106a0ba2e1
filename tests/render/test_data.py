"""Answers for programs."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.values import counts, hit, results
from samples import whole_article

from searcher.models import AddReport, FacetCount, PublicationDate, Skipped
from searcher.render.data import (
    article_csv,
    article_json,
    report_dict,
    results_csv,
    results_dict,
    results_json,
    results_jsonl,
    to_json,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))


def test_results_as_an_object() -> None:
    """Every field of a hit under its name, a date as far as it is known, None where there is none."""
    found = results(hit(date="2017-10"), hit(), total=9, took_ms=1.23456, facets={"location": counts(Syria=2)})
    made = results_dict(found)
    assert [entry["date"] for entry in made["hits"]] == ["2017-10", None]
    assert (made["total"], made["took_ms"], made["suggestion"]) == (9, 1.23, None)
    assert made["facets"] == {
        "location": [{"value": "Syria", "count": 2, "stories": 0, "selected": False, "country": ""}]
    }


def test_only_a_place_has_a_country() -> None:
    """Its name stands beside each place; other values have no such key."""
    facets = {"location": (FacetCount("Tartus", 1, country="Syria"),), "actor": counts(NATO=1)}
    made = results_dict(results(facets=facets))["facets"]
    assert [count["country"] for count in made["location"]] == ["Syria"]
    assert made["actor"] == [{"value": "NATO", "count": 1, "stories": 0, "selected": False}]


def test_a_hit_has_the_spellings_it_was_found_by() -> None:
    """A list in every case; CSV has the columns it had."""
    found = results(hit(matched=("Al-Bukamal", "Albu Kamal")), hit())
    assert [entry["matched"] for entry in results_dict(found)["hits"]] == [["Al-Bukamal", "Albu Kamal"], []]
    assert "matched" not in results_csv(found)


def test_explain_is_there_when_it_was_asked_for() -> None:
    """Its keys are absent otherwise."""
    assert {"read_as", "explain"}.isdisjoint(results_dict(results(read_as="a")))
    made = results_dict(results(read_as="a AND b", explain=(("a", 3), ("b", 1))))
    assert made["read_as"] == "a AND b"
    assert made["explain"] == [{"clause": "a", "total": 3}, {"clause": "b", "total": 1}]


@given(texts, texts)
def test_json_gives_back_what_went_in(title: str, query: str) -> None:
    """Any text survives, one object or one per line; no line break of a text breaks a line."""
    found = results(hit(title=title, snippet=query), query=query)
    assert json.loads(results_json(found)) == results_dict(found)
    lines = [json.loads(line) for line in results_jsonl(found).split("\n")]
    assert [line["type"] for line in lines] == ["hit", "summary"]
    assert (lines[0]["title"], lines[1]["query"]) == (title, query)


@given(texts)
def test_csv_gives_back_what_went_in(title: str) -> None:
    """Any text survives but for the apostrophe before what a spreadsheet would run."""
    rows = list(csv.DictReader(io.StringIO(results_csv(results(hit(title=title))), newline="")))
    guarded = "'" + title if title[:1] in ("=", "+", "-", "@", "\t", "\r") else title
    assert [row["title"] for row in rows] == [guarded]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_guards_every_cell_of_text(start: str) -> None:
    """Titles, sources, paths and the first of several values; numbers stay numbers."""
    text = f"{start}1+1"
    found = results(hit(title=text, source=text, path=text, snippet=text, locations=(text, "b"), score=-1.5))
    row = next(csv.DictReader(io.StringIO(results_csv(found), newline="")))
    assert {row[name] for name in ("title", "source", "path", "snippet")} == {f"'{text}"}
    assert (row["locations"], row["score"]) == (f"'{text}; b", "-1.5")


def test_an_article_as_an_object() -> None:
    """Every field, its mentions too, and what is known of its date beside it."""
    article = whole_article()
    made = json.loads(article_json(article))
    assert (made["date"], made["date_precision"]) == ("2017-10-31T08:15+03:00", "minute")
    assert (made["date_source"], made["date_ambiguous"]) == ("jsonld", True)
    mention = made["mentions"][0]
    assert (mention["text"], mention["country"], mention["lat"]) == ("Abu Kamal", "SY", 34.45)
    assert made["authors"] == ["A. Writer", "Б. Второй"]
    assert (made["filed_from"], made["agency"]) == ("Beirut", "Meridian Wire")
    assert (made["mentioned"], made["within"]) == (["Abu Kamal", "Syria", "Islamic State"], [["Abu Kamal", "Syria"]])
    assert "\n" not in article_json(article, indent=None)


def test_articles_as_csv() -> None:
    """A header, then one article after the other; the body keeps its paragraphs."""
    article = whole_article()
    text = "\n".join([article_csv(None), article_csv(article), article_csv(article)])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["body"] for row in rows] == [article.body] * 2
    assert rows[0]["locations"] == "Abu Kamal; Syria"


def test_a_report_as_an_object() -> None:
    """Each thing skipped with its path and reason."""
    made = report_dict(AddReport(added=1, skipped=(Skipped("a.csv", "no title", "row 3"),)))
    assert json.loads(to_json(made))["skipped"] == [{"path": "a.csv", "reason": "no title", "record": "row 3"}]
    assert set(made) == {"added", "updated", "unchanged", "duplicates", "stories", "removed", "missing", "skipped"}


def test_json_keeps_every_script_as_it_is() -> None:
    """Arabic stays Arabic."""
    assert "البوكمال" in results_json(results(query="البوكمال"))
    assert PublicationDate("2017", "field").isoformat() == "2017"

"""Pages are scored by the measure of the benchmark they come from; date traps know a made-up date from none."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from quality import datetraps, pages
from quality.datetraps import TRAPS, Trap
from quality.pages import same_names, same_title, shares_of

RIGHT = "one two three four five six"  # three runs of four words
ONE = "The bridge over the Tana reopened on Monday after the flood of April had carried away its northern ramp."
TWO = "Drivers had queued since dawn, and the first to cross was a milk tanker from Garissa, the roads authority said."
THREE = "A second bridge, upstream at Hola, stays closed until the steel for its deck has come from Mombasa."
PARAGRAPHS = [ONE, TWO, THREE]


@pytest.mark.parametrize(
    ("found", "precision", "recall", "f1"),
    [
        pytest.param(RIGHT, 1, 1, 1, id="the same"),
        pytest.param("one, two - three: four five SIX!", 2 / 3, 2 / 3, 2 / 3, id="case counts, punctuation does not"),
        pytest.param("one two three four five six seven", 3 / 4, 1, 6 / 7, id="a word too many"),
        pytest.param("one two three four five", 1, 2 / 3, 4 / 5, id="a word too few"),
        pytest.param(f"{RIGHT} {RIGHT}", 3 / 9, 1, 1 / 2, id="what is repeated is wrong the second time"),
        pytest.param("one two", 0, 0, 0, id="shorter than a run"),
        pytest.param("", 0, 0, 0, id="nothing"),
    ],
)
def test_a_body_is_measured_by_its_runs_of_four_words(found: str, precision: float, recall: float, f1: float) -> None:
    """As the benchmark measures."""
    shares = shares_of(RIGHT, found)
    assert (shares.precision, shares.recall, shares.f1) == pytest.approx((precision, recall, f1))


@pytest.mark.parametrize(
    ("right", "found", "f1"),
    [
        pytest.param("新しい橋が開通した", "新しい橋が開通した", 1, id="all of it"),
        pytest.param("新しい橋が開通した", "新しい橋が開通", 2 * 4 / (4 + 6), id="kana and Han by the character"),
        pytest.param("สะพานใหม่", "สะพาน", 2 * 2 / (2 + 6), id="Thai by the character"),
        pytest.param("한국어", "한국어", 1, id="Hangul, shorter than a run"),
    ],
)
def test_scripts_without_spaces_are_measured_by_character(right: str, found: str, f1: float) -> None:
    """A whole sentence would else be one word."""
    assert shares_of(right, found).f1 == pytest.approx(f1)


def test_titles_and_names_are_compared_without_case_and_marks() -> None:
    """Order of names does not matter; a name too many does."""
    assert same_title("Bridge – back!", "BRIDGE back")
    assert not same_title("Bridge back", "Bridge back | Post")
    assert same_names(["Ana Paz", "B. Ruiz"], ["b ruiz", "ANA PAZ"])
    assert not same_names(["Ana Paz"], ["Ana Paz", "B. Ruiz"])
    assert not same_names(["Ana Paz"], [])


def html(paragraphs: list[str], head: str = "") -> bytes:
    """A page, compressed."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    page = f"<html><head>{head}</head><body><article><h1>Bridge reopens</h1>{body}</article></body></html>"
    return gzip.compress(page.encode(), mtime=0)


def test_the_benchmark_counts_each_page_alike(tmp_path: Path) -> None:
    """F1 is that of the mean precision and recall; a page without its body is counted as not found."""
    truth = {"a": {"articleBody": "\n\n".join(PARAGRAPHS)}, "b": {"articleBody": "Quite another text than this one."}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    paths = [tmp_path / "ground-truth.json"]
    for name in truth:
        paths.append(tmp_path / f"{name}.html.gz")
        paths[-1].write_bytes(html(PARAGRAPHS))
    found = pages.score_aeb(paths)
    assert found == {"body F1": 0.5, "body precision": 0.5, "body recall": 0.5, "body not found": 0.5}
    assert pages.score_aeb(paths, held=True)["body not found"] == 1.0


def version(paragraphs: list[str], **fields: Any) -> dict[str, Any]:
    """What fundus expects of a page."""
    return {"body": {"summary": paragraphs[:1], "sections": [{"headline": [], "paragraphs": paragraphs[1:]}]}} | fields


def test_a_page_of_fundus_is_held_against_the_values_of_its_own_text(tmp_path: Path) -> None:
    """A publisher has several; titles, authors and days count where they are expected."""
    head = '<meta name="author" content="Ana Paz"><meta name="date" content="2017-10-31">'
    right = version(
        PARAGRAPHS, title="Bridge reopens", authors=["Ana Paz"], publishing_date="2017-10-31 23:10:00+01:00"
    )
    other = version(["Quite another text."], title="Other", authors=["B. Ruiz"], publishing_date="2001-01-01 00:00:00")
    json_path, page_path = tmp_path / "HarbourPost.json", tmp_path / "HarbourPost_2017_11_01.html.gz"
    json_path.write_text(json.dumps({"V1": other, "V2": right}), encoding="utf-8")
    page_path.write_bytes(html(PARAGRAPHS, head))
    found = pages.score_fundus([json_path, page_path])
    assert {name: found[name] for name in ("body F1", "title exact", "author", "date")} == {
        "body F1": 1.0, "title exact": 1.0, "author": 1.0, "date": 1.0,
    }  # fmt: skip
    page_path.write_bytes(html(PARAGRAPHS, head.replace("2017-10-31", "2017-11-01").replace("Ana", "Eva")))
    found = pages.score_fundus([json_path, page_path])
    assert (found["title exact"], found["author"], found["date"]) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "trap", TRAPS, ids=lambda trap: f"{trap.language} {trap.text[-70:]} {trap.crawled}".strip().replace("\n", " ")
)
def test_no_trap_makes_a_date(trap: Trap) -> None:
    """Each row comes out as it says, and with no more than it says."""
    assert datetraps.dated(trap) == trap.right


def test_an_invented_date_is_told_from_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less than what is stated is not right, and not invented either."""
    rows = (Trap("2017-10-31", "2017-10-31"), Trap("2017-10-31", ""), Trap("x", "2017"), Trap("2017", "2017-10"))
    monkeypatch.setattr(datetraps, "TRAPS", rows)
    assert datetraps.score([]) == {"right": 0.25, "invented": 0.25}

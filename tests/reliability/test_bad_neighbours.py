"""A bad article costs itself alone: those around it are found, whatever is wrong with it and however many work."""

import json
from pathlib import Path

import pytest
from conftest import Effort

from searcher.archive import Archive
from searcher.ingest import compare

MEGABYTE = 1024 * 1024
GOODS = 300  # with the long word among them it is so much that workers are started


def good(number: int) -> dict[str, object]:
    """An article that one word finds."""
    return {"title": f"Mill {number} opens", "date": "2017-10-31", "text": f"The mill word{number:05} opened in Omaha."}


def bad(effort: Effort) -> dict[str, bytes]:
    """A line for each way in which an article can be bad; `effort` says how large the large ones are."""
    size = effort(2, 31) * MEGABYTE
    names = effort(20_000, 1_000_000)
    values: dict[str, object] = {
        "NULs": {"title": "N\0L", "text": "a\0b\0" * 500},
        "a lone surrogate": {"title": "S \ud800", "text": "Half a pair \udfff of text."},
        "control characters": {"title": "\x1b[31mRed", "text": "".join(map(chr, range(32))) * 50},
        "a word without end": {"title": "Long", "text": "w" * size},
        "names without end": {"title": "Names", "text": "Abu Kamal, Islamic State, " * (names // 2)},
        "tags without end": {"title": "Tags", "text": "Text.", "tags": [f"t{n}" for n in range(100_000)]},
        "authors without end": {"title": "Authors", "text": "Text.", "authors": ["Jane Doe"] * 50_000},
        "a page of tags": {"title": "Page", "html": "<p>" + "<b>" * 100_000 + "deep"},
        "no such day": {"title": "Day", "date": "2017-02-31", "text": "A day that is none."},
        "a date of digits": {"title": "Digits", "date": "9" * 4_000, "text": "A date of digits."},
        "a date that is a number": {"title": "Number", "date": 10**300, "text": "A date out of reach."},
        "a title that is a list": {"title": ["a", ["b", {"c": 1}]], "text": "A list."},
        "a title that is an object": {"title": {"x": None}, "text": "An object."},
        "a text that is a number": {"title": "Number", "text": 5},
        "a text that is nothing": {"title": "Null", "text": None},
        "no text": {"title": "Only a title"},
        "a url that is none": {"title": "Url", "url": "http://[::1", "text": "A broken address."},
        "a language that is none": {"title": "Language", "language": "\U0010ffff" * 99, "text": "A language."},
        "marks without letters": {"title": "\u0301" * 5_000, "text": "\u0301" * 50_000},
        "a list": [1],
        "a word": "text",
    }
    lines = {name: json.dumps(value).encode() for name, value in values.items()}
    return lines | {
        "nested beyond reason": b'{"title": "Deep", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "not JSON": b'{"title": "Broken", "text": ',
        "not UTF-8": b'{"title": "Latin", "text": "caf\xe9 au lait"}',
        "a number beyond reason": b'{"title": "Digits", "text": ' + b"9" * 10_000 + b"}",
        "not a number": b'{"title": "NaN", "text": "T.", "date": NaN, "tags": [Infinity]}',
    }


def laid_out(folder: Path, effort: Effort, *, as_files: bool) -> int:
    """Good articles with the bad ones among them, in files or as lines of one; how many there are of both."""
    folder.mkdir()
    broken = list(bad(effort).values())
    fine = [json.dumps(good(number)).encode() for number in range(GOODS)]
    lines = [line for at, one in enumerate(fine) for line in (one, *broken[at // 10 : at // 10 + (at % 10 == 5)])]
    assert len(lines) == len(fine) + len(broken)
    if as_files:
        for number, line in enumerate(lines):
            (folder / f"{number:05}.json").write_bytes(line)
    else:
        (folder / "all.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    return len(lines)


@pytest.mark.parametrize("as_files", [True, False], ids=["files", "one file of records"])
@pytest.mark.parametrize("processes", [1, 2])
def test_a_bad_article_costs_itself(tmp_path: Path, effort: Effort, as_files: bool, processes: int) -> None:
    """Each good one is found by its word, and all are accounted for: what was reported added is there."""
    count = laid_out(tmp_path / "in", effort, as_files=as_files)
    archive = Archive.open(tmp_path / "index")
    report = archive.add(tmp_path / "in", processes=processes)
    assert count == report.added + report.duplicates + len(report.skipped)
    assert report.added == archive.stats().articles
    again = Archive.open(tmp_path / "index")
    found = [again.search(f"word{number:05}").hits for number in range(GOODS)]
    assert [[f"Mill {number} opens"] for number in range(GOODS)] == [[hit.title for hit in hits] for hits in found]
    assert all(skip.reason and skip.path for skip in report.skipped)
    assert len(report.skipped) < len(bad(effort))  # what can be read of a bad one is read


def test_a_file_of_many_bad_records_is_named_in_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many are named, then how many more; a file of 60 kB could hold twenty million."""
    monkeypatch.setattr(compare, "MOST_NAMED", 5)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_bytes(b"{}\n" * 12 + json.dumps(good(1)).encode() + b"\n")
    (tmp_path / "in" / "b.jsonl").write_bytes(json.dumps(good(2)).encode() + b"\n{}\n")
    archive = Archive.open(tmp_path / "index")
    report = archive.add(tmp_path / "in")
    assert report.added == 2
    assert [skip.record for skip in report.skipped] == [*(f"line {n}" for n in range(1, 6)), "", "line 2"]
    assert report.skipped[5].reason.startswith("7 more of its records were skipped")
    assert archive.add(tmp_path / "in").skipped == report.skipped  # kept with what is known of the file

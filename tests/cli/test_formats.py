"""What `search` prints for programs: JSON, JSON lines, CSV, and a page that is one file."""

import base64
import csv
import hashlib
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from cli.shell import Shell

# The objects of the design, each key with the type of its value.
RESULTS = {
    "query": str, "total": int, "took_ms": float, "suggestion": str | None, "notes": list, "hits": list, "facets": dict
}  # fmt: skip
HIT = {
    "id": str, "title": str, "date": str | None, "source": str, "url": str, "path": str, "language": str,
    "score": float, "snippet": str, "locations": list, "actors": list, "duplicates": int,
}  # fmt: skip
FACET = {"value": str, "count": int, "selected": bool}


def wrong(value: dict[str, Any], shape: dict[str, Any]) -> list[str]:
    """The keys of a shape that a value lacks or holds with another type."""
    return [key for key, kind in shape.items() if key not in value or not isinstance(value[key], kind)]


def test_json_is_one_object_of_known_shape(built: Shell) -> None:
    """Every key of the contract is there with its type, marks lie within their text, and it is UTF-8 as it is."""
    done = built.search("--json", "-l", "Syria", "البوكمال")
    found = json.loads(done.stdout)
    assert wrong(found, RESULTS) == []
    assert [wrong(hit, HIT) for hit in found["hits"]] == [[]] * len(found["hits"])
    assert [wrong(entry, FACET) for counts in found["facets"].values() for entry in counts if wrong(entry, FACET)] == []
    assert found["hits"]
    assert "البوكمال" in done.stdout
    for hit in found["hits"]:
        assert all(0 <= start < end <= len(hit["snippet"]) for start, end in hit["marks"])
        assert Path(hit["path"]).is_file()


def test_json_is_the_same_every_time_but_for_the_time(built: Shell) -> None:
    """Two runs differ in took_ms alone, and --json is short for --format json."""
    first, second = built.search("--json", "missile"), built.search("--format", "json", "missile")
    timeless = [re.sub(r'"took_ms": [\d.]+', "", done.stdout) for done in (first, second)]
    assert timeless[0] == timeless[1]


def test_json_lines_end_with_the_summary(built: Shell) -> None:
    """One object a line: the hits of the JSON answer, then the rest of it."""
    whole = built.found("missile")
    lines = [json.loads(line) for line in built.search("--format", "jsonl", "missile").stdout.splitlines()]
    assert [line.pop("type") for line in lines] == ["hit"] * len(whole["hits"]) + ["summary"]
    assert lines[:-1] == whole.pop("hits")
    assert lines[-1] | {"took_ms": 0} == whole | {"took_ms": 0}


def test_csv_has_the_hits(built: Shell) -> None:
    """A header line and one row for each hit, values of lists joined."""
    hits = built.found("missile")["hits"]
    rows = list(csv.DictReader(io.StringIO(built.search("--format", "csv", "missile").stdout)))
    assert [row["title"] for row in rows] == [hit["title"] for hit in hits]
    assert [row["locations"] for row in rows] == ["; ".join(hit["locations"]) for hit in hits]


def test_csv_starts_no_formula(shell: Shell) -> None:
    """A title that a spreadsheet would run is text in it."""
    article = {"title": "=HYPERLINK(1)", "text": "A harbour.", "source": "+1"}
    (shell.folder / "a.json").write_text(json.dumps(article), encoding="utf-8")
    shell.archive("add", "a.json")
    for output in (
        shell.search("--format", "csv", "harbour").stdout,
        shell.archive("export", "--format", "csv").stdout,
    ):
        row = next(csv.DictReader(io.StringIO(output)))
        assert (row["title"], row["source"]) == ("'=HYPERLINK(1)", "'+1")


def test_csv_says_its_notes_on_stderr(built: Shell) -> None:
    """What JSON holds among its keys is not lost for a table."""
    assert "also matches" in built.search("--format", "csv", "Bukamal").stderr


class Links(HTMLParser):
    """Collects the tags of a page and every address in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = [(name, value or "") for name, value in attrs if name in ("src", "href", "action", "data", "poster")]
        self.addresses += [(tag, value) for _, value in named]


def test_html_is_one_file_that_asks_no_server(built: Shell) -> None:
    """No script, no form; the only addresses are those of articles and one place on the page itself."""
    hits = built.found("missile")["hits"]
    page = built.search("--format", "html", "missile").stdout
    links = Links()
    links.feed(page)
    own = {hit["url"] or Path(hit["path"]).as_uri() for hit in hits}
    assert links.tags.isdisjoint({"script", "form", "iframe", "img", "object", "embed", "base"})
    assert {address for _, address in links.addresses} == own | {"#main"}
    assert page.count("<article") == len(hits)


def test_html_carries_its_style_and_a_policy_for_it_alone(built: Shell) -> None:
    """The hash in the policy is that of the style element, so that a browser applies it."""
    page = built.search("--format", "html", "missile").stdout
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page


def test_open_writes_the_page_and_starts_the_browser(built: Shell) -> None:
    """--open hands the same page as a file to the browser of $BROWSER."""
    record = built.folder / "opened.txt"
    browser = built.folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{record}"\n', encoding="utf-8")
    browser.chmod(0o755)
    shell = Shell(built.folder, built.index, {"BROWSER": f"{browser} %s", "TMPDIR": str(built.folder)})
    done = shell.search("--open", "missile")
    address = record.read_text(encoding="utf-8").strip()
    page = Path(address.removeprefix("file://"))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"the page is {page}\n"
    assert "<title>missile" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "html"])
def test_nothing_found_is_said_in_every_format(built: Shell, form: str) -> None:
    """Exit status 1, and still an answer that parses."""
    done = built.search("--format", form, "zzzqqq")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout

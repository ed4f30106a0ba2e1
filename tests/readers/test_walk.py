"""Which files of a folder are read, and in which order."""

from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import RawArticle, Skipped
from searcher.readers import files_under, read_paths

TEXT = "A title\n\nA body that is long enough to be one.\n"


def fill(folder: Path, *names: str) -> None:
    """Put a small article under each name."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, encoding="utf-8")


def names(folder: Path) -> list[str]:
    """The files found below a folder, by their place in it."""
    return [str(path.relative_to(folder)) for path in files_under([folder]) if isinstance(path, Path)]


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    """Two runs, on any file system, see the same sequence."""
    fill(tmp_path, "b.txt", "a/2.txt", "a/1.txt", "c.txt", "a/b/3.txt")
    assert names(tmp_path) == ["a/1.txt", "a/2.txt", "a/b/3.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        (".hidden.txt", False),  # hidden files are the system's
        (".git/x.txt", False),  # and so are hidden folders
        ("README.md", False),  # about the folder
        ("readme.txt", False),  # in any case
        ("MANIFEST.tsv", False),
        ("LICENSE", False),
        ("LICENSE-MIT.txt", False),
        ("MANIFESTO-2017.html", True),  # a word that only begins so
        ("License fees rise.txt", True),  # a headline that begins so
        ("page_files/ad.txt", False),  # what a browser saves beside page.html
        ("other_files/x.txt", True),  # no page of that name: a folder like any other
    ],
)
def test_what_is_no_article_is_passed_over(tmp_path: Path, name: str, taken: bool) -> None:
    """Papers about a folder, hidden files and the assets of a saved page are neither read nor reported."""
    fill(tmp_path, "page.html", name)
    assert (["page.html", name] if taken else ["page.html"]) == sorted(names(tmp_path), key=lambda found: found == name)


def test_a_file_named_outright_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    """Passing over is for folders; who names a file wants it."""
    fill(tmp_path, "README.txt")
    assert [tmp_path / "README.txt"] == list(files_under([tmp_path / "README.txt"]))


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    """A folder that is its own descendant by a link is entered once; linked files are read."""
    fill(tmp_path, "in/a.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "in" / "a.txt")
    assert names(tmp_path) == ["in/a.txt", "in/b.txt"]


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    """It was meant to be an article, so its loss is reported."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "absent")
    found = list(files_under([tmp_path]))
    assert ["a link to nothing" in getattr(item, "reason", "") for item in found] == [True]


def test_deep_folders_are_walked(tmp_path: Path) -> None:
    """Depth is bounded by the system alone."""
    deep = "/".join(["d"] * 400)
    fill(tmp_path, f"{deep}/a.txt")
    assert [f"{deep}/a.txt"] == names(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.txt", b"<!DOCTYPE html><html><body>x</body></html>", "html"),  # content goes before the name
        (
            "a.xml",
            b"<?xml version='1.0'?>\n<!-- saved -->\n<!DOCTYPE html>\n<html><body>x</body></html>",
            "html",
        ),  # XHTML
        ("a.txt", b"<Plains Co> buys a mill\n\nThe body of it.", "text"),  # a bracket is no tag
        ("a", b'\xef\xbb\xbf{"title": "x", "text": "y"}', "json"),  # no name at all
        ("a.json", b'{"text": "x"}\n{"text": "y"}\n', "jsonl"),  # lines of objects under another name
        ("a.jsonl", b'{"text": "x"}\n', "jsonl"),  # one line: the name decides
        ("a.dat", b"date;headline;content\n1;2;3\n", "csv"),  # known column names
        ("a.txt", b"Date set for vote, text agreed\n\nBody of it.", "text"),  # a headline with a comma is no table
        ("a.sgm", b'<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS NEWID="1"><TEXT>x</TEXT></REUTERS>\n', "reuters"),
        ("a.story", b"Some title\n\nSome body.", "text"),  # any name will do for text
        ("a.txt", b"[Getty] pictures of the year\n\nA body.", "text"),  # a bracket alone is no JSON
    ],
)
def test_the_format_is_known_by_content_first(tmp_path: Path, name: str, content: bytes, reader: str) -> None:
    """Archives are full of wrong extensions."""
    (tmp_path / name).write_bytes(content)
    found = [item.reader for item in read_paths([tmp_path], Settings()) if isinstance(item, RawArticle)]
    assert [reader] == sorted(set(found))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cut.sgm", b"<!DOCTYPE lewis SYSTEM 'lewis.dtd'>\n<REUTERS TOPICS='YES' NEWID='1'><DATE>26-FEB-1987"),
        ("empty.jsonl", b"\n\n"),
        ("headings.csv", b"title,text,date\n"),
        ("feed.xml", b"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title></channel></rss>"),
    ],
)
def test_no_file_is_passed_over_in_silence(tmp_path: Path, name: str, data: bytes) -> None:
    """One that gives no article is a line of the report."""
    (tmp_path / name).write_bytes(data)
    found = list(read_paths([tmp_path / name], Settings()))
    assert [isinstance(each, Skipped) and bool(each.reason) for each in found] == [True]

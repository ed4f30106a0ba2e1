"""Whatever is wrong with a file is one Skipped with path, record and reason, and costs nothing else."""

import gzip
import json
import os
import random
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import RawArticle, Skipped
from searcher.readers import read_file, read_paths

TOP = Path(__file__).resolve().parent.parent.parent
GOOD = b"Ferry returns to service\n\nThe harbour ferry sailed again on Monday after nine weeks in the yard.\n"
LINE = json.dumps({"title": "Dam opened", "text": "The dam was opened on Friday."}).encode()


def read(path: Path, settings: Settings | None = None) -> tuple[list[RawArticle], list[Skipped]]:
    """The articles and the skipped things of one path."""
    found = list(read_paths([path], settings or Settings()))
    articles = [item for item in found if isinstance(item, RawArticle)]
    return articles, [item for item in found if isinstance(item, Skipped)]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200), "a JPEG image"),  # by its magic
        ("noise.html", random.Random(5).randbytes(5_000), "a binary file"),  # no tag in it: the name makes no page
        ("photo.html", b"\x89PNG\r\n\x1a\n" + bytes(200), "a PNG image"),  # the content goes before the name
        ("tool.txt", b"\x7fELF\x02\x01\x01" + bytes(200), "a program"),  # an executable under a text name
        ("dump.txt", b"words and then \x00\x01\x02 bytes", "a binary file"),  # no magic, but NUL bytes
        ("noise.txt", bytes(range(1, 9)) * 40, "a binary file"),  # no NUL, but nothing but control characters
        ("paper.pdf", b"%PDF-1.7\n" + bytes(50), "a PDF document"),  # named as what it is
        ("style.css", b"body { margin: 0 }", "no reader knows"),  # text, but written for programs
        ("feed.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "no reader knows"),  # a format not read yet
        (
            "news.xml",
            b"<?xml version='1.0'?><memo><head><title>A</title></head><body>B</body></memo>",
            "no reader knows",
        ),
        (
            "crawl.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\n\r\n",
            "no web page among its 1 records",
        ),  # a box of pages without a page
        ("mail.txt", b"Return-Path: <a@b.example>\nSubject: x\n\n", "a message without text"),
        ("empty.txt", b"", "empty file"),
        ("blank.txt", b" \n\n \t\n", "white space"),
        ("broken.txt", "Título\n\ntexto con e".encode() + b"\xe9 roto", "not valid UTF-8 at byte 20"),
        ("broken.json", b'{"title": "A", "text": ', "invalid JSON at line 1"),
        ("cut.json", b'[{"title": "A", "text": "B"}', "cut short"),  # an array without its end; the first item is read
        ("deep.json", b'{"text":' + b"[" * 100_000, "invalid JSON"),  # deeper than a parser can go
        ("keys.json", b'{"foo": 1, "bar": "x"}', 'its keys are "foo", "bar"'),  # no text under any known name
        ("list.json", b'["a", "b"]', "a JSON str"),  # values that are no objects
        ("columns.csv", b"name,price\nA,1\n", "the columns are name, price"),
        ("quote.csv", b'title,text\nA,"never closed\nB,x\n', "never closed"),
        ("damaged.txt.gz", gzip.compress(GOOD)[:-12], "cut short"),
        ("header.gz", b"\x1f\x8b\x08\x00\x00", "cut short"),
    ],
)
def test_a_bad_file_is_skipped_with_its_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """The report names the file and what is wrong; the good file beside it is read."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz-good.txt").write_bytes(GOOD)
    articles, skipped = read(tmp_path)
    assert articles[-1].title == "Ferry returns to service"
    assert {str(tmp_path / name)} == {item.path for item in skipped}
    assert reason in skipped[0].reason


def test_one_bad_file_is_one_skipped(tmp_path: Path) -> None:
    """Broken bytes in a text file are reported once, with the next step."""
    path = tmp_path / "latin.txt"
    path.write_bytes("Élection\n\nLe maire a été réélu dimanche.".encode("latin-1"))
    reason = "not valid UTF-8 at byte 0; name the encoding with --encoding"
    assert ([], [Skipped(str(path), reason)]) == read(path)
    articles, _ = read(path, Settings(encoding="latin-1"))
    assert articles[0].title == "Élection"


def test_a_line_of_a_hundred_megabytes_is_passed_over_in_bounded_memory(tmp_path: Path) -> None:
    """The lines before and after it are read, and memory stays near the bound for one record."""
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.write(LINE + b"\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + LINE + b"\n")
    tracemalloc.start()
    articles, skipped = read(path, Settings(max_record_bytes=4_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [article.record for article in articles] == ["line 1", "line 3"]
    assert [item.record for item in skipped] == ["line 2"]
    assert peak < 20_000_000


@pytest.mark.parametrize("name", ["huge.txt", "huge.html", "huge.json", "huge.csv"])
def test_a_file_larger_than_a_record_is_refused(tmp_path: Path, name: str) -> None:
    """A format whose file is one record, or whose record has no end, stops at the bound."""
    begin = {"huge.json": b'{"text": "', "huge.csv": b'title,text\nA,"'}.get(name, b"")
    (tmp_path / name).write_bytes(begin + b"word " * 400_000)
    articles, skipped = read(tmp_path / name, Settings(max_record_bytes=100_000))
    assert articles == []
    assert len(skipped) == 1


@pytest.mark.parametrize(
    ("name", "content", "records", "skipped_records"),
    [
        ("a.jsonl", LINE + b"\n{not json}\n" + LINE, ["line 1", "line 3"], ["line 2"]),  # one bad line costs itself
        ("b.jsonl", LINE + b'\n{"text": "\xff"}\n' + LINE, ["line 1", "line 3"], ["line 2"]),  # broken UTF-8 likewise
        (
            "c.jsonl",
            LINE + b"\n\n[1]\n" + LINE,
            ["line 1", "line 4"],
            ["line 3"],
        ),  # blank lines count, but are no records
        ("d.csv", b"title,text\nA,one\nB,\nC,three\n", ["row 1", "row 3"], ["row 2"]),  # a row without text
        ("e.csv", b"title,text\nA,one\nB,\xff\nC,three\n", ["row 1", "row 3"], ["row 2"]),  # a row of broken UTF-8
        ("f.json", b'[{"text": "a"}, 7, {"text": "b"}]', ["item 1", "item 3"], ["item 2"]),  # a number among objects
        ("g.json", b'[{"text": "a"}, {"text": ]', ["item 1"], [""]),  # nothing after broken JSON can be trusted
    ],
)
def test_a_bad_record_costs_itself(
    tmp_path: Path, name: str, content: bytes, records: list[str], skipped_records: list[str]
) -> None:
    """The other records of the file are read, each with its place."""
    (tmp_path / name).write_bytes(content)
    articles, skipped = read(tmp_path / name)
    assert (records, skipped_records) == ([item.record for item in articles], [item.record for item in skipped])


def test_lines_before_the_break_of_a_truncated_gzip_are_read(tmp_path: Path) -> None:
    """What was decompressed in whole lines is in; the break is one Skipped."""
    noise = random.Random(7)
    lines = [json.dumps({"title": f"No {n}", "text": f"{noise.random()} " * 20}) for n in range(2000)]
    packed = gzip.compress("\n".join(lines).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    articles, skipped = read(tmp_path)
    assert 500 < len(articles) < 1500
    assert [f"No {n}" for n in range(len(articles))] == [article.title for article in articles]
    assert ["cut short" in item.reason for item in skipped] == [True]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is one Skipped and the other paths are read."""
    (tmp_path / "good.txt").write_bytes(GOOD)
    found = list(read_paths([tmp_path / "absent", tmp_path / "good.txt", "a\0b"], Settings()))
    assert [Skipped, RawArticle, Skipped] == [type(item) for item in found]
    assert Skipped(str(tmp_path / "absent"), "no such file or folder; check the spelling of the path") == found[0]


def test_a_file_that_vanished_after_it_was_listed_is_named(tmp_path: Path) -> None:
    """Reading a file that is gone gives its Skipped."""
    found = list(read_file(tmp_path / "gone.txt", Settings()))
    assert [Skipped(str(tmp_path / "gone.txt"), "no such file; it may have been moved or deleted meanwhile")] == found


def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    """A special file is one Skipped; opening it would block for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    articles, skipped = read(tmp_path)
    assert articles == []
    assert ["not a regular file" in item.reason for item in skipped] == [True]


UNPRIVILEGED = """
import os, sys
from searcher.config import Settings
from searcher.models import Skipped
from searcher.readers import read_paths
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for item in read_paths(["."], Settings()):
    print(type(item).__name__, item.path, getattr(item, "reason", ""), sep="|")
"""


def test_what_may_not_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """A folder and a file without the right to read are one Skipped each; root steps down first, in its own process."""
    tmp_path.chmod(0o755)
    for name in ("open.txt", "secret.txt", "locked/inside.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(GOOD)
        (tmp_path / name).chmod(0o644)
    (tmp_path / "secret.txt").chmod(0)
    (tmp_path / "locked").chmod(0)
    command = [sys.executable, "-c", UNPRIVILEGED]
    environment = {**os.environ, "PYTHONPATH": str(TOP), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    (tmp_path / "locked").chmod(0o755)
    denied = "permission denied; give the user who runs this the right to read it"
    assert done.stderr == ""
    assert [
        f"Skipped|locked|{denied}",
        "RawArticle|open.txt|",
        f"Skipped|secret.txt|{denied}",
    ] == done.stdout.splitlines()

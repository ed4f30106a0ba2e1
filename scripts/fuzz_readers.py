#!/usr/bin/env python
"""Break sample files in every way and read them: what leaves as an exception, hangs or is lost without a reason?

    scripts/fuzz_readers.py [--seconds 900] [--seed 1] [--only warc] [--keep DIR]

A child process reads each broken file, bounded in memory and time. A file that shows a fault is kept beside its report.
"""

import argparse
import collections
import gzip
import io
import json
import multiprocessing
import os
import random
import re
import resource
import signal
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from searcher.config import Settings  # noqa: E402
from searcher.errors import MissingExtra  # noqa: E402
from searcher.models import RawArticle  # noqa: E402
from searcher.normalize import normalize  # noqa: E402
from searcher.readers import read_file  # noqa: E402

MEMORY_BYTES = 1_500_000_000
SECONDS_EACH = 10
CUT_BYTES = 200_000  # of a sample: a larger one takes its time from the rest
GROWN_BYTES = 1_000_000  # what a mutation may grow a file to
PAGES = 25  # saved pages among the samples: they are many and of one kind
TODAY = date(2026, 11, 20)
BACK = {"latin-1": "replace", "utf-16": "replace", "shift-jis": "replace", "utf-7": "replace", "cp037": "replace"}
TAG = re.compile(rb"<[^<>]{1,200}>")
ENDINGS = (
    ".txt",
    ".html",
    ".json",
    ".jsonl",
    ".csv",
    ".xml",
    ".eml",
    ".mbox",
    ".docx",
    ".pdf",
    ".rtf",
    ".warc",
    ".zip",
)

Mutation = Callable[[random.Random, bytes], bytes]


def place(chance: random.Random, data: bytes, longest: int = 4_000) -> tuple[int, int]:
    """Where a chunk begins and ends."""
    begin = chance.randrange(len(data) + 1)
    return begin, min(len(data), begin + chance.randint(1, longest))


def flip(chance: random.Random, data: bytes) -> bytes:
    """Some bits are wrong."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, 300)) if data else 0):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def cut(chance: random.Random, data: bytes) -> bytes:
    """The end, the beginning or a middle is gone."""
    begin, end = place(chance, data, 20_000)
    return chance.choice((data[:begin], data[begin:], data[:begin] + data[end:]))


def double(chance: random.Random, data: bytes) -> bytes:
    """A chunk stands twice."""
    begin, end = place(chance, data)
    return data[:end] + data[begin:]


def shuffle(chance: random.Random, data: bytes) -> bytes:
    """The chunks are in disorder."""
    size = chance.choice((16, 200, 4_000))
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    chance.shuffle(chunks)
    return b"".join(chunks)


def untag(chance: random.Random, data: bytes) -> bytes:
    """Some tags are gone."""
    share = chance.choice((0.02, 0.3))
    return TAG.sub(lambda found: b"" if chance.random() < share else found[0], data)


def recode(chance: random.Random, data: bytes) -> bytes:
    """The encoding is another one than the file says."""
    text = data.decode("utf-8", "replace")
    name = chance.choice(list(BACK))
    return text.encode(name, BACK[name])


def nul(chance: random.Random, data: bytes) -> bytes:
    """There are NUL bytes in it."""
    begin, end = place(chance, data)
    return data[:begin] + bytes(chance.choice((1, 2, end - begin))) + data[begin:]


def run(chance: random.Random, data: bytes) -> bytes:
    """One sign is repeated without end."""
    begin, _ = place(chance, data)
    sign = chance.choice(
        [b" ", b"\n", b"a", b"<", b"[", b"{", b'"', b"&", b"-", b"(", b",", b"\t", b"9", b"\r", b"<p>"]
    )
    return data[:begin] + sign * (chance.choice((3_000, 100_000, 400_000)) // len(sign)) + data[begin:]


def nest(chance: random.Random, data: bytes) -> bytes:
    """A chunk, or a tag, stands in itself over and over."""
    tags = TAG.findall(data[:CUT_BYTES])
    begin, end = place(chance, data, 400)
    chunk = chance.choice(tags) if tags and chance.random() < 0.6 else data[begin:end]
    return data[:begin] + chunk * (chance.choice((50_000, GROWN_BYTES)) // max(1, len(chunk))) + data[begin:]


def same(chance: random.Random, data: bytes) -> bytes:
    """Nothing is wrong with the content."""
    del chance
    return data


MUTATIONS: tuple[Mutation, ...] = (flip, cut, double, shuffle, untag, recode, nul, run, nest, same)


def wrapped(chance: random.Random, data: bytes, name: str) -> tuple[bytes, str]:
    """A file as it is, or in an archive, now and then under a wrong name."""
    if chance.random() < 0.25:
        name = name.partition(".")[0] + chance.choice(ENDINGS)
    kind = chance.choice(("", "", "", "", "", "", "zip", "gz", "tar"))
    box = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, data)
    elif kind == "gz":
        box.write(gzip.compress(data, 1))
    elif kind == "tar":
        with tarfile.open(fileobj=box, mode="w:gz") as tape:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tape.addfile(entry, io.BytesIO(data))
    if not kind:
        return data, name
    content = box.getvalue()
    return (flip(chance, content), name + "." + kind) if chance.random() < 0.2 else (content, name + "." + kind)


def mutants(chance: random.Random, samples: list[Path]) -> Iterator[tuple[str, str, bytes]]:
    """Broken files without end: what was done, the name, the content."""
    by_folder = collections.defaultdict(list)
    for path in samples:
        by_folder[path.parent].append(path)
    folders = sorted(by_folder)
    while True:
        path = chance.choice(by_folder[chance.choice(folders)])
        data, name = path.read_bytes(), path.name
        if name.endswith(".gz") and "warc" not in name:
            data, name = gzip.decompress(data), name.removesuffix(".gz")
        if len(data) > CUT_BYTES and not data.startswith((b"PK", b"%PDF", b"\x1f\x8b")):
            data = data[:CUT_BYTES]
        steps = chance.choices(MUTATIONS, k=chance.choice((1, 1, 2)))
        for step in steps:
            data = step(chance, data)[: 2 * GROWN_BYTES]
        content, name = wrapped(chance, data, name)
        yield f"{path} " + " ".join(step.__name__ for step in steps), name, content


def samples_of(folder: Path, only: str) -> list[Path]:
    """The files to break."""
    pages = sorted((folder / "html").rglob("*.html*"))[
        :: max(1, len(list((folder / "html").rglob("*.html*"))) // PAGES)
    ]
    rest = [p for top in ("formats", "reuters21578", "seed") for p in sorted((folder / top).rglob("*")) if p.is_file()]
    own = [p for p in sorted((TOP / "corpus").rglob("*")) if p.is_file()]
    return [path for path in pages + rest + own if only in str(path)]


def outcome(path: Path) -> dict[str, str]:
    """What reading a file comes to; empty where it is as it should be."""
    begun = time.monotonic()
    try:
        settings, given = Settings(), 0
        for record in read_file(path, settings):
            given += 1
            if isinstance(record, RawArticle):
                normalize(record, settings, TODAY)
            elif not record.reason.strip():
                return {"kind": "no reason", "detail": repr(record)}
    except MissingExtra:
        return {}
    except BaseException as error:  # noqa: BLE001 - everything that leaves is what is looked for
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/searcher/" in f.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        return {"kind": f"{type(error).__name__} at {where}", "detail": traceback.format_exc()[-6000:]}
    if not given:
        return {"kind": "neither article nor reason", "detail": ""}
    seconds = time.monotonic() - begun
    return {"kind": "slow", "detail": f"{seconds:.1f} s"} if seconds > SECONDS_EACH / 3 else {}


def work(line: Connection) -> None:
    """The child: reads what it is told until it is told nothing."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - libraries warn there, and it lives as long as this
    while path := line.recv():
        line.send(outcome(Path(path)))


class Child:
    """One child that is begun anew where it dies or hangs."""

    def __init__(self) -> None:
        self.process: multiprocessing.Process | None = None

    def read(self, path: Path) -> dict[str, str]:
        """The outcome of one file."""
        if self.process is None:
            self.line, other = multiprocessing.Pipe()
            self.process = multiprocessing.Process(target=work, args=(other,), daemon=True)
            self.process.start()
            other.close()
        try:
            self.line.send(str(path))
            if self.line.poll(SECONDS_EACH):
                answer: dict[str, str] = self.line.recv()
                return answer
            fault = {"kind": "hang", "detail": f"longer than {SECONDS_EACH} s"}
        except (EOFError, OSError):
            fault = {"kind": "death", "detail": "the process ended"}
        self.stop()
        return fault

    def stop(self) -> None:
        """End it, if it is there."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process = None


def main() -> int:
    """Run until the time is over; 1 where a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=900)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="FORMAT", help="samples with this in their path")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz-readers")
    options = parser.parse_args()
    data = Path(os.environ.get("SEARCHER_TEST_DATA", TOP.parent / "shared" / "data"))
    samples = samples_of(data, options.only)
    if not samples:
        parser.error("no samples; name the test data with SEARCHER_TEST_DATA")
    options.keep.mkdir(parents=True, exist_ok=True)
    chance, child, found, count = random.Random(options.seed), Child(), collections.Counter[str](), 0  # noqa: S311
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as place_for:
        for what, name, content in mutants(chance, samples):
            if time.monotonic() > end:
                break
            path = Path(place_for) / name
            path.write_bytes(content)
            fault = child.read(path)
            if fault.get("kind", "").startswith("MemoryError") or fault.get("kind") in ("slow", "hang"):
                child.stop()  # its memory, or a model being loaded, may be to blame: a fresh one is asked again
                fault = child.read(path)
            path.unlink()
            count += 1
            if fault:
                found[fault["kind"]] += 1
                if found[fault["kind"]] <= 5:
                    kept = options.keep / f"{options.seed}-{count}-{name}"
                    kept.write_bytes(content)
                    print(json.dumps({"file": str(kept), "what": what} | fault), flush=True)
    print(f"{count} files of {len(samples)} samples, seed {options.seed}: {dict(found) or 'no fault'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

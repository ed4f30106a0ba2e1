"""Ways in which files are broken: what no coverage leads to, such as a tag that stands in itself 100,000 times."""

import gzip
import io
import random
import re
import tarfile
import zipfile
from collections.abc import Callable

__all__ = ["mutant", "wrapped"]

CUT_BYTES = 200_000  # of a sample: a larger one takes its time from the rest
GROWN_BYTES = 1_000_000  # what a mutation may grow a file to
PACKED = (b"PK", b"%PDF", b"\x1f\x8b")  # a cut would leave nothing of these to read
BACK = ("latin-1", "utf-16", "shift-jis", "utf-7", "cp037")
TAG = re.compile(rb"<[^<>]{1,200}>")
ENDINGS = (
    *(".txt", ".html", ".json", ".jsonl", ".csv", ".xml", ".eml", ".mbox", ".docx", ".pdf", ".rtf", ".warc", ".zip"),
    "",
)
SIGNS = (b" ", b"\n", b"a", b"<", b"[", b"{", b'"', b"&", b"-", b"(", b",", b"\t", b"9", b"\r", b"<p>")

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
    name = chance.choice(BACK)
    return text.encode(name, "replace")


def nul(chance: random.Random, data: bytes) -> bytes:
    """There are NUL bytes in it."""
    begin, end = place(chance, data)
    return data[:begin] + bytes(chance.choice((1, 2, end - begin))) + data[begin:]


def run(chance: random.Random, data: bytes) -> bytes:
    """One sign is repeated without end."""
    begin, _ = place(chance, data)
    sign = chance.choice(SIGNS)
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


def mutant(chance: random.Random, data: bytes) -> bytes:
    """A sample broken in one way or in two."""
    if not data.startswith(PACKED):
        data = data[:CUT_BYTES]
    for step in chance.choices(MUTATIONS, k=chance.choice((1, 1, 2))):
        data = step(chance, data)[: 2 * GROWN_BYTES]
    return data


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

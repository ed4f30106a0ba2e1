"""What broken input is made from: a small file of each format, in seeds/ or made here, and what samples there are."""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

__all__ = ["MILL", "samples", "seed"]

SEEDS = Path(__file__).resolve().parent / "seeds"
TOP = SEEDS.parent.parent.parent
LARGEST = 2_000_000  # bytes of a sample
PAGES = 25  # saved pages among the samples: they are many and of one kind
MILL = "Mill opens\n\n2017-10-31\n\nOMAHA, Nebraska (MW) - The mill opened on Monday.\n\nIt holds corn."


def seed(reader: str) -> tuple[str, bytes]:
    """The name and content of a small file of the format that a reader of this name takes."""
    made = {"docx": _docx, "pdf": _pdf, "wacz": _wacz}
    if reader in made:
        return f"input.{reader}", made[reader]()
    (path,) = SEEDS.glob(f"{reader}.*")
    return f"input{path.suffix}", path.read_bytes()


@cache
def samples() -> tuple[Path, ...]:
    """The files of the corpus, and those of the test data where it is: that which SEARCHER_TEST_DATA names."""
    data = Path(os.environ.get("SEARCHER_TEST_DATA") or TOP.parent / "shared" / "data")
    pages = sorted((data / "html").rglob("*.html*"))
    found = [*pages[:: max(1, len(pages) // PAGES)]]
    for folder in (*(data / name for name in ("formats", "reuters21578", "seed")), TOP / "corpus"):
        found += [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return tuple(path for path in found if 0 < path.stat().st_size <= LARGEST)


def _docx() -> bytes:
    import docx

    box, document = io.BytesIO(), docx.Document()
    for line in MILL.split("\n\n"):
        document.add_paragraph(line)
    document.save(box)
    return box.getvalue()


def _wacz() -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.write(SEEDS / "warc.warc", "archive/data.warc")
        archive.writestr("datapackage.json", json.dumps({"resources": []}))
    return box.getvalue()


def _pdf() -> bytes:
    parts = [f"{number} 0 obj\n".encode() + part + b"\nendobj\n" for number, part in enumerate(_objects(), 1)]
    return b"%PDF-1.4\n" + b"".join(parts) + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def _objects() -> Iterator[bytes]:
    text = b"BT /F1 9 Tf 9 90 Td (Mill opens) Tj 0 -12 Td (The mill opened.) Tj ET"
    yield b"<< /Type /Catalog /Pages 2 0 R >>"
    yield b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    yield (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    yield b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text)
    yield b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"

"""What kind of file the first bytes show: the kinds that hold no text to index, and what a ZIP file is one of."""

import codecs
import struct
from collections.abc import Iterator, Sequence

__all__ = ["binary_kind", "kind_of_names", "looks_like_text", "zip_kind", "zip_names"]

# First bytes of formats that archives of saved pages are littered with, from the specifications of each format.
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1f\x8b\x08", "gzip inside gzip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio or video file"),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"{\\rtf", "an RTF document"),
)
ZIPPED = {
    "docx": "a Word document",
    "xlsx": "a spreadsheet",
    "pptx": "a presentation",
    "odf": "an OpenDocument file",
    "epub": "an electronic book",
    "wacz": "a web archive",
}
# Signatures that can begin a sentence too count only where the bytes after them cannot.
AMBIGUOUS = (b"MZ", b"BZh", b"ID3")
BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The folder that only this kind of Office document has; each of them begins with one of OFFICE_MARKS or ends with it.
OFFICE_FOLDERS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
OFFICE_MARKS = ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml")
# Members of a WACZ, by its specification: one of them comes first, whatever the order.
WACZ_MEMBERS = ("datapackage.json", "pages/pages.jsonl", "indexes/index.cdx", "indexes/index.idx")
ZIP_MEMBER = b"PK\x03\x04"
ZIP_HEADER = struct.Struct("<4s5H3L2H")  # the local header: PKWARE's APPNOTE, section 4.3.7
SIZE_FOLLOWS = 0x08  # the flag of a member whose size stands behind it
TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b\x08\x1a")
MOST_CONTROLS = 0.02  # share of control bytes; the wire files with the most, at 0.4 %, stay far below it


def binary_kind(head: bytes) -> str:
    """What the file is ("a PNG image") where it holds no text; empty where it may hold text."""
    if zipped := zip_kind(head):
        return ZIPPED.get(zipped, "a ZIP archive")
    for signature, kind in SIGNATURES:
        if head.startswith(signature) and (signature not in AMBIGUOUS or b"\x00" in head[:64] or _controls(head)):
            return kind
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image, audio or video file"
    if head[4:8] == b"ftyp":
        return "an audio, video or image file"
    if head.startswith(BYTE_ORDER_MARKS):
        return ""
    return "a binary file" if b"\x00" in head or _controls(head) else ""


def looks_like_text(head: bytes) -> bool:
    """Whether the bytes may be text in some encoding."""
    return bool(head) and not binary_kind(head)


def zip_kind(head: bytes) -> str:
    """What a file that begins like a ZIP is: docx, xlsx, pptx, odf, epub, wacz, or zip for any other.

    Empty where the bytes are no ZIP. Told from the members whose headers lie in `head`.
    """
    if not head.startswith((ZIP_MEMBER, b"PK\x05\x06")):
        return ""
    if head[30:38] == b"mimetype":  # stored first and as it is, by the specifications of EPUB and OpenDocument
        return "epub" if head[38:].startswith(b"application/epub+zip") else "odf"
    return kind_of_names(list(zip_names(head)))


def kind_of_names(names: Sequence[str]) -> str:
    """What a ZIP is one of by the names of members: docx, xlsx, pptx, wacz, or zip for any other."""
    marked = any(name in OFFICE_MARKS for name in names)
    for folder, kind in OFFICE_FOLDERS:
        if any(name.startswith(folder) and (marked or name.endswith((".xml", ".rels"))) for name in names):
            return kind
    return "wacz" if any(map(_of_wacz, names)) else "zip"


def zip_names(head: bytes) -> Iterator[str]:
    """The names of the members whose headers lie in these first bytes of a ZIP file."""
    at = 0
    while head.startswith(ZIP_MEMBER, at) and at + ZIP_HEADER.size <= len(head):
        _, _, flags, _, _, _, _, packed, _, name_size, extra_size = ZIP_HEADER.unpack_from(head, at)
        begin = at + ZIP_HEADER.size
        yield head[begin : begin + name_size].decode("utf-8", "replace")
        at = begin + name_size + extra_size + packed
        if flags & SIZE_FOLLOWS and not packed:
            at = head.find(ZIP_MEMBER, at)
            if at < 0:
                return


def _of_wacz(name: str) -> bool:
    """Whether only a WACZ has a member of that name."""
    return name.startswith(WACZ_MEMBERS) or (name.startswith("archive/") and name.endswith((".warc", ".warc.gz")))


def _controls(head: bytes) -> bool:
    """Whether more of the bytes are control characters than any text has."""
    found = sum(1 for byte in head[:4096] if byte < 32 and byte not in TEXT_CONTROLS)
    return found > MOST_CONTROLS * len(head[:4096])

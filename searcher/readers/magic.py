"""What kind of file the first bytes show, for the kinds that hold no text to index."""

import codecs

__all__ = ["binary_kind", "looks_like_text"]

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
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
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
# Signatures that can begin a sentence too count only where the bytes after them cannot.
AMBIGUOUS = (b"MZ", b"BZh", b"ID3")
BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b\x08\x1a")
MOST_CONTROLS = 0.02  # share of control bytes; the wire files with the most, at 0.4 %, stay far below it


def binary_kind(head: bytes) -> str:
    """What the file is ("a PNG image") where it holds no text; empty where it may hold text."""
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


def _controls(head: bytes) -> bool:
    """Whether more of the bytes are control characters than any text has."""
    found = sum(1 for byte in head[:4096] if byte < 32 and byte not in TEXT_CONTROLS)
    return found > MOST_CONTROLS * len(head[:4096])

"""Bytes of plain text, JSON and tables to characters: a byte order mark decides, else the archive's encoding."""

import codecs
import re

from searcher.errors import ReadError

__all__ = ["decode", "encoding_of", "without_controls"]

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def encoding_of(head: bytes, stated: str) -> str:
    """The encoding a byte order mark names, else the one stated for the archive."""
    return next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), stated)


def decode(data: bytes, path: str, stated: str, record: str = "") -> str:
    """The text of `data`. Raises ReadError naming the first byte that does not fit."""
    encoding = encoding_of(data, stated)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        reason = f"not valid {name} at byte {error.start}; name the encoding with --encoding"
        raise ReadError(path, reason, record) from error
    except (LookupError, UnicodeError) as error:
        raise ReadError(path, f"unknown encoding {encoding!r}; name another with --encoding", record) from error


def without_controls(text: str) -> str:
    """The text without control characters that no article means: NUL and its like become spaces."""
    return CONTROLS.sub(" ", text)

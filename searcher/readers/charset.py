"""The character set of a saved page: what it declares is often false, what its bytes allow is not."""

import codecs
import re

from searcher.readers.encoding import BYTE_ORDER_MARKS, without_controls

__all__ = ["decode_page"]

DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
DECLARED_WITHIN = 8192  # bytes; the standard says 1,024, pages with long comments on top need more
# The families browsers know, by Python's names; others (punycode, idna, undefined) are no character sets of pages.
KNOWN = re.compile(r"utf-|ascii|iso8859|iso2022|cp\d|koi8|mac|gb|hz|big5|euc|shift_jis|tis-620|johab|ptcp154")
# What browsers read under these labels, by the Encoding Standard of the WHATWG.
READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
FEW_BROKEN = 0.005  # share of characters; a page in another encoding than UTF-8 breaks at every accented letter
FALLBACK = "cp1252"  # what browsers read a western page without a true declaration in


def decode_page(raw: bytes, stated: str, sent: str = "") -> tuple[str, tuple[str, ...]]:
    """The page as characters, and a warning where its declared character set is not the true one.

    Tried in order: a byte order mark, UTF-8, the set the server `sent` it as, the declared one, the one stated for the
    archive. Text in another encoding almost never happens to be valid UTF-8, so UTF-8 goes before what may be false.
    """
    declared = _known(sent.encode("ascii", "replace")) or _declared(raw)
    marked = tuple(name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark))
    shifting = (declared,) if declared.startswith(("iso2022", "hz")) else ()  # seven bits, so valid UTF-8 as well
    for encoding in (*marked, *shifting, "utf-8", declared, stated):
        text = _decoded(raw, encoding)
        if text is not None:
            return without_controls(text), _warnings(declared, encoding, raw)
    return _mended(raw, declared)


def _declared(raw: bytes) -> str:
    """The set a page declares, by Python's name for what browsers read under it; empty where there is none."""
    found = DECLARED.search(raw[:DECLARED_WITHIN])
    return _known(found[1]) if found else ""


def _known(label: bytes) -> str:
    """Python's name for what browsers read under a label; the label where there is none."""
    try:
        name = codecs.lookup(label.decode("ascii", "replace")).name
    except (LookupError, ValueError):
        return label.decode("ascii", "replace")
    return READ_AS.get(name, name)


def _decoded(raw: bytes, encoding: str) -> str | None:
    """The text, where the bytes fit the encoding exactly."""
    if not KNOWN.match(encoding):
        return None
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _mended(raw: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    """The text of a page that fits no set exactly: UTF-8 with a few broken bytes, else the western fallback."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= max(1, FEW_BROKEN * len(text)):
        return without_controls(text), (f"{broken} characters are not valid UTF-8 and were replaced",)
    encoding = declared if _replaceable(declared) else FALLBACK
    warning = f"the page fits no character set; read as {encoding} with replacements"
    return without_controls(raw.decode(encoding, "replace")), (warning,)


def _replaceable(encoding: str) -> bool:
    """Whether a declared set is one that can be read with replacements."""
    if not KNOWN.match(encoding):
        return False
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return encoding != "utf-8"


def _warnings(declared: str, encoding: str, raw: bytes) -> tuple[str, ...]:
    """A word on a false declaration."""
    if not declared or declared == encoding or encoding.startswith(declared) or raw.isascii():
        return ()
    return (f"the page declares the character set {declared} but is {encoding}",)

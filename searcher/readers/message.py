"""Messages in the form of e-mail, which saved pages have as well: headers, parts and their words, however odd.

The parser is the standard library's; its decoding of headers raises errors on what mail is full of, such as unknown
character sets, so the words are decoded here.
"""

import binascii
import re
from email import message_from_bytes, policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from itertools import groupby
from typing import NamedTuple

from searcher.readers.charset import decode_page

__all__ = ["begins_with", "decoded", "header", "headers_of", "names", "parsed", "text_of"]

MOST_MULTIPARTS = 200  # a conversation forwarded ten times has 30; each one more is looked for in every line
HEAD = re.compile(rb"\s*(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
NAME = re.compile(rb"^([!-9;-~]+):", re.MULTILINE)
FOLD = re.compile(r"\r?\n(?=[ \t])")
BETWEEN = re.compile(r"(\?=)\s+(?==\?)")
WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
WORDS = re.compile(r"(?:=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)+")
TAG = re.compile(r"<[^<>]*>")
# Newsletters with a plain part that only says where to read them: a tenth of the words of the page beside it at most.
SAYS_LITTLE = 0.1


class _Piece(NamedTuple):
    """One text of a message, plain or a page."""

    is_page: bool
    text: str
    warnings: tuple[str, ...]


def headers_of(head: bytes) -> set[str]:
    """The names of the headers that a file begins with, in small letters; none where it begins otherwise."""
    found = HEAD.match(head)
    return {name.decode("ascii").lower() for name in NAME.findall(found[0])} if found else set()


def begins_with(head: bytes, name: str) -> str:
    """The value of a header that a file begins with."""
    found = HEAD.match(head)
    return header(BytesHeaderParser(policy=policy.compat32).parsebytes(found[0].lstrip()), name) if found else ""


def parsed(raw: bytes) -> "Message[str, str]":
    """The message. Raises ValueError where it is nested beyond reason."""
    if raw.lower().count(b"multipart/") > MOST_MULTIPARTS:
        raise ValueError("its parts are nested beyond reason")
    try:
        return message_from_bytes(raw.lstrip(), policy=policy.compat32)
    except RecursionError as error:
        raise ValueError("its parts are nested beyond reason") from error


def header(message: "Message[str, str]", name: str) -> str:
    """The words of a header on one line; empty where there is none."""
    return decoded(_raw(message, name))


def names(message: "Message[str, str]", name: str) -> tuple[str, ...]:
    """The names of people in a header of addresses; an address without a name has none."""
    try:
        pairs = getaddresses([_raw(message, name)])
    except RecursionError:  # comments inside each other
        return ()
    return tuple(decoded(shown) for shown, _ in pairs if shown)


def decoded(text: str) -> str:
    """The text of a header with its encoded words as characters (RFC 2047), and white space as single spaces."""
    return " ".join(WORDS.sub(lambda run: _run(run[0]), BETWEEN.sub(r"\1", text)).split())


def text_of(message: "Message[str, str]", stated: str) -> tuple[str, str, tuple[str, ...]]:
    """The plain text or else the page that a message consists of, and warnings; attachments are passed over."""
    found = _shown(message, stated)
    plain = "\n\n".join(piece.text for piece in found if not piece.is_page)
    page = "\n".join(piece.text for piece in found if piece.is_page)
    warnings = tuple(dict.fromkeys(warning for piece in found for warning in piece.warnings))
    if len(_visible(page)) > len(plain.strip()):  # a list's own words below a page
        return "", page, warnings
    return plain, "", warnings


def _raw(message: "Message[str, str]", name: str) -> str:
    """A header as it stands, unfolded, its bytes read as UTF-8 or else as western text."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            data = FOLD.sub("", str(value)).encode("utf-8", "surrogateescape")
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                return data.decode("cp1252", "replace")
    return ""


def _run(run: str) -> str:
    """Encoded words behind each other; those of one character set are decoded together, as a letter may be parted."""
    pieces = [(charset.lower(), data) for charset, kind, text in WORD.findall(run) for data in [_bytes(kind, text)]]
    if any(data is None for _, data in pieces):
        return run
    together = groupby(pieces, key=lambda piece: piece[0])
    return "".join(decode_page(b"".join(data or b"" for _, data in some), "cp1252", name)[0] for name, some in together)


def _bytes(kind: str, text: str) -> bytes | None:
    """What an encoded word stands for; None where it cannot be decoded."""
    data = text.encode("utf-8")
    try:
        return binascii.a2b_base64(data + b"==") if kind in "bB" else binascii.a2b_qp(data, header=True)
    except binascii.Error:
        return None


def _shown(message: "Message[str, str]", stated: str) -> list[_Piece]:
    """The texts that a message shows: of alternatives the plain one, where it says what the page says."""
    kind = message.get_content_type()
    if kind == "message/rfc822" or _attached(message):
        return []
    if message.is_multipart():
        parts = message.get_payload()
        pieces = [piece for part in parts if isinstance(part, Message) for piece in _shown(part, stated)]
        return _preferred(pieces) if kind == "multipart/alternative" else pieces
    if kind not in ("text/plain", "text/html"):
        return []
    content = message.get_payload(decode=True)
    text, warnings = decode_page(content if isinstance(content, bytes) else b"", stated, _charset(message))
    is_page = kind == "text/html"
    return [_Piece(is_page, text if is_page else _unflowed(text, message), warnings)] if text.strip() else []


def _preferred(pieces: list[_Piece]) -> list[_Piece]:
    """The plain ones of alternatives, unless there are none or they say next to nothing."""
    plain = [piece for piece in pieces if not piece.is_page]
    pages = [piece for piece in pieces if piece.is_page]
    said = sum(len(piece.text.split()) for piece in plain)
    there = sum(len(_visible(piece.text).split()) for piece in pages)
    return pages if said < SAYS_LITTLE * there or not plain else plain


def _visible(page: str) -> str:
    """About what a page shows, in small letters: without tags, styles and programs."""
    text = page.lower()
    for tag in ("style", "script"):
        first, *rest = text.split(f"<{tag}")
        text = first + "".join(piece.partition(f"</{tag}")[2] for piece in rest)
    return TAG.sub(" ", text).strip()


def _attached(message: "Message[str, str]") -> bool:
    """Whether a part is a file beside the message."""
    return message.get_content_disposition() == "attachment"


def _charset(part: "Message[str, str]") -> str:
    """The character set a part names."""
    named = part.get_param("charset", "")
    return (named[2] if isinstance(named, tuple) else str(named)).strip().strip("'\"")


def _unflowed(text: str, part: "Message[str, str]") -> str:
    """Text without the line ends that a mailer put into it (RFC 3676): a space before the end tells."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joint = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines = text.replace("\r\n", "\n").split("\n")
    parts = [line if line == "-- " or not line.endswith(" ") else line[:-1] + joint + "\0" for line in lines]
    return "\n".join(parts).replace("\0\n", "").replace("\0", "")

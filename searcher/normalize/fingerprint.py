"""The identities of an article: of its record, and of its text."""

import hashlib
import re
import unicodedata

__all__ = ["ID_DIGITS", "fingerprint", "identity", "sha256"]

ID_DIGITS = 16  # 64 bits: among ten million records two alike are met once in 400,000 archives
WORD = re.compile(r"\w+")


def sha256(raw: bytes) -> str:
    """The hash of a record's bytes, in hex."""
    return hashlib.sha256(raw).hexdigest()


def identity(raw: bytes) -> str:
    """The id of an article: made from its content, so the same on every machine and under every path."""
    return sha256(raw)[:ID_DIGITS]


def fingerprint(title: str, body: str) -> str:
    """The hash of the words alone, so that copies of a text with other markup, case or punctuation are equal."""
    words = WORD.findall(unicodedata.normalize("NFKC", f"{title} {body}").casefold())
    return sha256(" ".join(words).encode())

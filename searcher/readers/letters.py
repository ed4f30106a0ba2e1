"""One e-mail as an article: its subject the title, its sender the author, its own date, its text the body."""

import json
import re
from dataclasses import replace

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.encoding import without_controls
from searcher.readers.message import header, headers_of, names, parsed, text_of
from searcher.readers.paragraphs import paragraphs
from searcher.readers.record import Place, article_of
from searcher.readers.source import Source

__all__ = ["is_mail", "letter"]

# Headers that mail has and no article begins with, and those that a text may begin with too.
MARKS = {"received", "message-id", "return-path", "delivered-to", "mime-version", "dkim-signature", "x-received"}
COMMON = {"from", "to", "date", "subject", "content-type", "cc", "reply-to"}
SIGNATURE_LINES = 15  # longest signature below the two dashes that part it; what is longer is no signature
ADDRESS = re.compile(r"https?://[^\s<>]+")


def is_mail(head: bytes, *, surely: bool) -> bool:
    """Whether bytes begin like mail: with headers of any kind, or surely with such as no other text has."""
    found = headers_of(head)
    return bool(found & MARKS) and bool(found & COMMON) if surely else bool(found & (MARKS | COMMON))


def letter(raw: bytes, source: Source, reader: str, record: str = "") -> RawArticle | Skipped:
    """The article that a message is, or why it is none."""
    try:
        message = parsed(raw)
        text, html, warnings = text_of(message, source.settings.encoding)
    except (ValueError, LookupError) as error:
        return Skipped(source.path, f"the message cannot be read: {error}; leave it out", record)
    text = _unsigned(without_controls(text).replace("\r\n", "\n"))
    if not text and not html.strip():
        return Skipped(source.path, "a message without text; attachments are not read: save them apart", record)
    sent = header(message, "Date")
    archived = ADDRESS.search(header(message, "Archived-At"))
    article = RawArticle(
        path=source.path,
        reader=reader,
        raw=raw,
        record=record,
        title=header(message, "Subject"),
        authors=names(message, "From"),
        dates=(DateClaim(sent, "field"),) if sent else (),
        url=archived[0] if archived else "",
        warnings=warnings,
    )
    if not text:
        return replace(article, html=html)
    return _form(text, article) or replace(article, body="\n\n".join(paragraphs(text.split("\n"))))


def _unsigned(text: str) -> str:
    """The text without the signature below it."""
    lines = text.rstrip("\n").split("\n")
    last = range(len(lines) - 1, max(-1, len(lines) - SIGNATURE_LINES - 2), -1)
    cut = next((at for at in last if lines[at].rstrip() == "--"), len(lines))
    return "\n".join(lines[:cut]).strip()


def _form(text: str, article: RawArticle) -> RawArticle | None:
    """The article in a message that is one JSON object, as the forms of some agencies send; None for other text."""
    if not text.startswith("{"):
        return None
    try:
        values = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    found = article_of(values, Place(article.path, article.reader, article.raw, article.record), article.warnings)
    if isinstance(found, Skipped):
        return None
    return replace(
        found,
        title=found.title or article.title,
        dates=article.dates + found.dates,  # the form's own time has no zone, and days and months may be changed over
        authors=found.authors or article.authors,
    )

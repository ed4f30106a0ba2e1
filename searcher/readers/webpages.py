"""Web pages out of a web archive: what a server answered with a page, and pages kept without an answer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.captures import Capture, Unreadable, captures, captures_again
from searcher.readers.charset import decode_page
from searcher.readers.layout import lay_out
from searcher.readers.magic import binary_kind
from searcher.readers.source import Source

__all__ = ["web_pages"]

PAGES = ("text/html", "application/xhtml+xml")
# Records that hold a page or a text without the server's answer: snapshots of a browser, and Common Crawl's texts.
BARE = ("resource", "conversion")
CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
TAG = re.compile(rb"<(?:!doctype|a|body|div|head|html|meta|p|script|table|title)\b", re.IGNORECASE)
SNIFFED = 4096


def web_pages(source: Source, reader: str) -> Iterator[RawArticle | Skipped]:
    """Each page of a WARC or ARC file; its record is `record N`, counted over all records.

    Raises ReadError where the file breaks off.
    """
    seen = pages = 0
    for capture in _captures(source):
        if isinstance(capture, Skipped):
            yield capture
            pages += 1  # the report is there, whatever else is not
            continue
        seen = capture.number
        if _is_page(capture):
            pages += 1
            yield _article(capture, source, reader)
    if not pages:
        yield Skipped(source.path, f"no web page among its {seen:,} records; leave it out")


def _captures(source: Source) -> Iterator[Capture | Skipped]:
    """The records of a file by the library that can read them, and where neither can, why."""
    done = 0
    with source.stream() as stream:
        try:
            for capture in captures(stream):
                yield capture
                done = capture.number
        except Unreadable as error:
            fault = str(error)
        else:
            return
    with source.stream() as stream:
        try:
            for capture in captures_again(stream, done):
                yield capture
                done = capture.number
        except Unreadable:
            reason = f"damaged after record {done} ({fault}); copy it again from its origin"
            yield Skipped(source.path, reason, f"record {done + 1}")


def _is_page(capture: Capture) -> bool:
    """Whether a record is a page that was found, on the web; a plain text only where it stands for a page."""
    if not capture.url.lower().startswith(("http://", "https://")):
        return False
    media = capture.content_type.partition(";")[0].strip().lower()
    if capture.kind == "response":
        return capture.status == 200 and (media in PAGES or not media)
    return capture.kind in BARE and media in (*PAGES, "text/plain")


def _article(capture: Capture, source: Source, reader: str) -> RawArticle | Skipped:
    """The page of a record, or why there is none."""
    record = f"record {capture.number}"
    try:
        raw = capture.read(source.limit + 1)
        source.purse.spend(len(raw))  # a record can be a bomb inside the file, and a file has many
        cut = capture.missing() if len(raw) <= source.limit else False
    except OSError as error:
        raise ReadError(source.path, str(error), record) from error
    if reason := _fault(raw, cut=cut, limit=source.limit):
        return Skipped(source.path, reason, record)
    article = RawArticle(
        path=source.path, reader=reader, raw=raw, record=record, url=capture.url, crawled=_day(capture.date)
    )
    sent = CHARSET.search(capture.content_type)
    text, warnings = decode_page(raw, source.settings.encoding, sent[1] if sent else "")
    if capture.content_type.lower().startswith("text/plain"):
        parts = lay_out(text)
        return replace(article, title=parts.title, lead=parts.lead, body=parts.body, warnings=warnings)
    return replace(article, html=text, warnings=warnings)


def _fault(raw: bytes, *, cut: bool, limit: int) -> str:
    """What is wrong with the bytes of a page; empty where nothing is."""
    if len(raw) > limit:
        return f"longer than {limit:,} bytes; one article is never so long: leave it out"
    if cut:
        return "cut short, as the file ends before the record does; copy it again from its origin"
    if not raw.strip():
        return "an empty page; nothing to add"
    kind = binary_kind(raw[:SNIFFED])
    if kind and not TAG.search(raw[:SNIFFED].replace(b"\0", b"")):
        return f"{kind} where a page was announced; leave it out"
    return ""


def _day(text: str) -> str:
    """The day of a date in ISO 8601; empty where it is none."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""

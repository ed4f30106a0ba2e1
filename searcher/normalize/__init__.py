"""Raw articles to articles: a list of named steps, each a pure function from draft to draft.

    RawArticle -> read_page -> clean -> split_dateline -> tell_language -> settle_date -> name_outlet -> name_authors
               -> name_untitled -> Article

What a step cannot make out stays empty, and a warning on the article says so; nothing is guessed.
"""

from datetime import date

from searcher.config import Settings
from searcher.models import Article, RawArticle, Skipped
from searcher.normalize.authors import name_authors
from searcher.normalize.dateline import split_dateline
from searcher.normalize.dates import settle_date
from searcher.normalize.draft import Draft, Step, begin
from searcher.normalize.fingerprint import fingerprint, identity, sha256
from searcher.normalize.language import tell_language
from searcher.normalize.page import read_page
from searcher.normalize.sketch import sketch_of
from searcher.normalize.source import name_outlet
from searcher.normalize.text import clean, name_untitled

__all__ = ["STEPS", "normalize", "sketch_of"]

STEPS: tuple[Step, ...] = (
    read_page,
    clean,
    split_dateline,
    tell_language,
    settle_date,
    name_outlet,
    name_authors,
    name_untitled,
)


NO_TEXT_IN_PAGE = "no text found; if the page shows its text only in a browser, save it from there"


def normalize(raw: RawArticle, settings: Settings, today: date) -> Article | Skipped:
    """The article a raw one makes, or the reason why it makes none: there is no text in it.

    `today` is the day of reading; dates beyond the day after it are refused.
    """
    draft = begin(raw, settings, today)
    for step in STEPS:
        draft = step(draft)
    body = _body(draft)
    if draft.refused:
        return Skipped(raw.path, draft.refused, raw.record)
    if not body:
        reason = NO_TEXT_IN_PAGE if raw.html else "no text found beside the title; complete the file or leave it out"
        return Skipped(raw.path, reason, raw.record)
    return _article(draft, body)


def _body(draft: Draft) -> str:
    """The paragraphs, the lead first unless they begin with it."""
    body = "\n\n".join(draft.paragraphs)
    if not draft.lead or " ".join(body.split()).startswith(" ".join(draft.lead.split())):
        return body
    return f"{draft.lead}\n\n{body}".strip()


def _article(draft: Draft, body: str) -> Article:
    """The finished article."""
    raw = draft.raw
    return Article(
        id=identity(raw.raw),
        title=draft.title,
        body=body,
        date=draft.date,
        dateline=draft.dateline,
        captions=draft.captions,
        authors=draft.authors,
        source=draft.source,
        url=draft.url,
        language=draft.language,
        section=draft.section,
        tags=draft.tags,
        path=raw.path,
        record=raw.record,
        reader=raw.reader,
        sha256=sha256(raw.raw),
        fingerprint=fingerprint(draft.title, body),
        sketch=sketch_of(draft.title, body),
        warnings=draft.warnings,
    )

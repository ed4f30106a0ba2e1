"""The step that reads a saved page: its metadata and its body, where the reader left a page to be read."""

from dataclasses import replace

from searcher.alarm import OutOfTime, alarm
from searcher.normalize.body import body_of
from searcher.normalize.dates import is_dated, latest_day
from searcher.normalize.draft import Draft
from searcher.normalize.guess import guessed_date
from searcher.normalize.jsonld import paragraphs_of
from searcher.normalize.metadata import metadata_of
from searcher.normalize.text import one_line
from searcher.normalize.tree import PageRefused, elements, parsed

__all__ = ["read_page"]

SECONDS = 20  # the slowest of 376 real pages takes 0.2
# So many lines above the text may name who wrote it, each in so many words and characters: "By Jane Doe in Tartus".
CREDITS, CREDIT_WORDS, CREDIT_CHARACTERS = 2, 5, 60
SENTENCE_ENDS = tuple('.!?…:;,。！？؟»”"’)')
SCANTY = 200  # characters; below this the publisher's own articleBody is better than what was extracted


def read_page(draft: Draft) -> Draft:
    """The draft with what its page says; what the reader already knew goes before it."""
    if not draft.raw.html:
        return draft
    try:
        with alarm(SECONDS):
            return _read(draft)
    except PageRefused as reason:
        return replace(draft, refused=str(reason))
    except OutOfTime:
        return replace(draft, refused=f"the page takes more than {SECONDS} seconds to read; save the article alone")


def _read(draft: Draft) -> Draft:
    tree = parsed(draft.raw.html)
    if tree is None:
        return draft.warn("the page cannot be parsed")
    held = elements(tree)  # lxml makes its view of an element anew, slowly, unless it is held
    page = metadata_of(tree)
    claims = (*draft.claims, *page.claims)
    if not is_dated(replace(draft, claims=claims)):
        claims += guessed_date(tree, latest_day(draft))
    body = body_of(tree, len(held), lambda: parsed(draft.raw.html))
    paragraphs = body.paragraphs
    if sum(map(len, paragraphs)) < SCANTY:
        own = paragraphs_of(page.body)
        paragraphs = own if sum(map(len, own)) > sum(map(len, paragraphs)) else paragraphs
    title = draft.title or page.title
    return replace(
        draft,
        title=title,
        paragraphs=_without_credit(_without_title(paragraphs, title)),
        claims=claims,
        captions=(*draft.captions, *body.captions),
        authors=draft.authors or page.authors,
        source=draft.source or page.source,
        url=draft.url or page.url,
        language=draft.language or page.language,
        section=draft.section or page.section,
        tags=draft.tags or page.tags,
    )


def _without_title(paragraphs: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The paragraphs without the headline, where the page repeats it above the text."""
    return tuple(text for number, text in enumerate(paragraphs) if number or one_line(text) != one_line(title))


def _without_credit(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs without the name of an author or agency above them: a few words that are no sentence."""
    for number, text in enumerate(paragraphs[:CREDITS]):
        long = len(text.split()) > CREDIT_WORDS or len(text) > CREDIT_CHARACTERS
        if long or text.endswith(SENTENCE_ENDS):
            return paragraphs[number:]
    return paragraphs[CREDITS:] or paragraphs

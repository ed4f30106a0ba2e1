"""Clean characters and clean paragraphs: what a reader of the article never meant to see is taken out.

Nothing here changes a word; spaces, invisible marks and lines about the page are all that goes.
"""

import re
import unicodedata
from dataclasses import replace

from searcher.normalize.draft import Draft

__all__ = ["clean", "clean_text", "is_furniture_line", "name_untitled", "one_line"]

# Marks that steer line breaking or writing direction and no word: soft hyphen, zero-width space, word joiner, byte
# order mark, direction marks and isolates. The joiners U+200C and U+200D stay: Persian and Hindi spell with them.
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\u061c\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufff9-\ufffb]")
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: from a broken \\u escape in JSON
SPACES = re.compile(r"[^\S\n]+")
READING_TIME = re.compile(
    r"\W*(?:(?:reading time|read time|lesezeit|temps de lecture|tiempo de lectura|tempo di lettura|время чтения)"
    r"\s*:?\s*)?\d{1,3}\s*[-‑]?\s*(?:min(?:ute|uto|uti|utos|uten)?s?\.?|мин(?:ут[аы]?)?\.?|دقائق|دقيقة)"
    r"(?:\s+(?:read|to read|reading time|de lecture|de lectura|di lettura|de leitura|lesezeit|чтения|قراءة))?\W*",
    re.IGNORECASE,
)
AGENCIES = "AFP|AP|EPA|Reuters|Getty(?: Images)?|Xinhua|TASS|Anadolu|dpa|EFE"
CREDIT_LINE = re.compile(rf"[\[(](?:[^\[\]()]{{0,40}}\b)?(?:{AGENCIES})\b[^\[\]()]{{0,40}}[\])]")
TITLE_CHARACTERS = 100
SENTENCE = re.compile(r".+?[.!?…。؟](?=[\s”\"»’)]|$)", re.DOTALL)


def clean_text(text: str) -> str:
    """The text in NFC, without control and invisible marks, runs of white space as one space; line ends stay."""
    if text.isascii() and text.isprintable():  # most lines: nothing to take out of them
        return " ".join(text.split())
    text = INVISIBLE.sub("", CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\x85", "\n").replace("\u2028", "\n")))
    text = unicodedata.normalize("NFC", SURROGATE.sub("\ufffd", text))
    return "\n".join(line.strip() for line in SPACES.sub(" ", text.replace("\u2029", "\n")).split("\n")).strip()


def one_line(text: str) -> str:
    """The clean text on one line."""
    return " ".join(clean_text(text).split())


def is_furniture_line(paragraph: str) -> bool:
    """Whether a paragraph is a reading time or a bare credit such as "[Getty]"."""
    return bool(READING_TIME.fullmatch(paragraph) or CREDIT_LINE.fullmatch(paragraph))


def clean(draft: Draft) -> Draft:
    """The draft with every text of it clean, empty paragraphs and lines about the page left out."""
    paragraphs = (line for paragraph in draft.paragraphs for line in clean_text(paragraph).split("\n"))
    return replace(
        draft,
        title=one_line(draft.title),
        lead="\n\n".join(_kept(draft.lead.split("\n"))),
        paragraphs=tuple(text for text in paragraphs if text and not is_furniture_line(text)),
        dateline=one_line(draft.dateline),
        captions=_unique(draft.captions),
        tags=_unique(draft.tags),
        source=one_line(draft.source),
        url=one_line(draft.url),
        section=one_line(draft.section),
    )


def name_untitled(draft: Draft) -> Draft:
    """The draft with a title; one without gets its first sentence, cut at a word."""
    if draft.title or not (draft.paragraphs or draft.lead):
        return draft
    text = one_line((draft.paragraphs or (draft.lead,))[0])
    found = SENTENCE.match(text)
    return replace(draft, title=_cut(found[0] if found else text)).warn("no title found; the first sentence is used")


def _kept(lines: list[str]) -> list[str]:
    """Clean lines that say something."""
    return [text for line in lines if (text := one_line(line)) and not is_furniture_line(text)]


def _unique(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Clean texts, each once, in order."""
    return tuple(dict.fromkeys(text for given in texts if (text := one_line(given))))


def _cut(sentence: str) -> str:
    """The sentence, or as many whole words of it as a title has room for."""
    if len(sentence) <= TITLE_CHARACTERS:
        return sentence
    words = sentence[: TITLE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return f"{words}…"

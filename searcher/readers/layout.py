"""The parts of an article in plain text, told apart by their place and shape: a small state machine.

    title -> [lead] -> [byline, date line, reading time, address, caption in any order] -> body

Nothing but the title and the body need be there. What cannot be told apart stays in the body: no text is lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searcher.models import DateClaim, RawArticle
from searcher.readers.paragraphs import is_wrapped, paragraphs

__all__ = ["Layout", "lay_out"]

# How far down the lines about an article can stand; below that a date on its own line is a heading in the text.
HEAD_LINES = 8
LEAD_CHARACTERS = 700  # longest standfirst met in 376 saved pages: 520
SHORT = 70
READING_TIME = re.compile(r"\W*(?:reading time:?\s*)?\d{1,3}[\s-]*min(?:ute)?s?\.?(?:\s+read)?\W*", re.IGNORECASE)
CREDIT = re.compile(
    r"^.*\S\s*(?:\[(?![\d\s,.-]*\])[^\[\]]{2,80}\]"
    r"|\((?=[^()]*(?:AFP|AP\b|EPA|Reuters|Getty|photo|file|courtesy|handout))[^()]{2,80}\))$",
    re.IGNORECASE,
)
# In the body only a credit of an agency, on a line that is no sentence, marks a caption.
AGENCY_CREDIT = re.compile(
    r"^.{8,300}[^.!?\s”\"]\s*\[[^\[\]]*\b(?:AFP|AP|EPA|Reuters|Getty|Anadolu|Xinhua|TASS)\b[^\[\]]*\]$"
)
BYLINE = re.compile(r"^(?:By|Par|Por|Von|Автор:?)\s+(?P<names>[^\W\d_a-zа-я][^.!?:;]{2,60})$")
ADDRESS = re.compile(r"^(?:URL:?\s*|Source:?\s*)?(?P<url>https?://\S+)$", re.IGNORECASE)

# How months begin in the languages that date lines are told apart in; what they mean is not decided here.
MONTH = (
    r"(?:jan|feb|fe[vb]|mar|m[aä]r|apr|avr|abr|ma[ijy]|mag|jun|jui|giu|jul|lug|aug|ago|ao[uû]|sep|set|oc?t|okt|out|ott|"
    r"nov|d[eéi][czsc]|dic|ene|gen|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|"
    r"يناير|فبراير|مارس|[أا]بريل|[إا]بريل|نيسان|مايو|[أا]يار|يونيو|يوليو|[أا]غسطس|سبتمبر|[أا]كتوبر|نوفمبر|ديسمبر|"
    r"كانون|شباط|[آا]ذار|حزيران|تموز|[آا]ب\b|[أا]يلول|تشرين)[\w.]*"
)
WORDED_DAY = (
    rf"\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?[\s/-]+(?:de |of )?{MONTH}(?:[ /](?:الأول|الثاني|{MONTH}))*"
    r"[\s,/-]+(?:de |del )?\d{4}"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|{MONTH}(?: de)?,?\s+\d{{4}}"
)
NUMBERED_DAY = r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
DATE_LINE = re.compile(
    r"^(?:(?:[^\W\d_]+ ){0,3}[^\W\d_]+\s*[:|]\s*|(?:published|posted|updated|publié|publicado)\s+)?"  # "Published:"
    r"(?:\d{4}$|(?:(?:on|le|am|el|il|em)\s+)?(?:[^\W\d_]+(?:-feira)?,?\s+)?"  # a year alone, or "on", a weekday
    rf"(?:{WORDED_DAY}|{NUMBERED_DAY}))"
    r"(?:\s*(?:г\.?|года))?(?:(?:[\s,]+(?:at |à |um |a las |às |alle |в )?|T)\d{1,2}[:.h]\d{2}.{0,25})?"  # a time
    r"(?:\s*[|·•–-]\s*.{0,40})?$",  # "| Updated: ..."
    re.IGNORECASE,
)
AGO = re.compile(
    r"^(?:[^\W\d_]+:?\s+){0,2}(?:\d+|an?|one|few)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago$"
    r"|^(?:yesterday|today|just now)$|^(?:hace|il y a|vor|há)\s+\d+\s+\w+$|^\d+\s+\w+\s+(?:назад|fa|atrás)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of one article; `dates` are the lines that name one, word for word."""

    title: str
    lead: str = ""
    dates: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    url: str = ""
    body: str = ""

    def article(self, path: str, reader: str, raw: bytes) -> RawArticle:
        """The article that the whole file is."""
        return RawArticle(
            path=path,
            reader=reader,
            raw=raw,
            title=self.title,
            lead=self.lead,
            body=self.body,
            dates=tuple(DateClaim(line, "text") for line in self.dates),
            captions=self.captions,
            authors=self.authors,
            url=self.url,
        )


def lay_out(text: str) -> Layout:
    """Tell the parts of an article apart. An empty text gives a layout of empty parts."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    title, below = _title(lines)
    kinds = [_kind(line) for line in below]
    begin = _body_begins(below, kinds)
    head = list(zip(below[:begin], kinds[:begin], strict=True))
    body, captions = _without_captions(paragraphs(below[begin:]))
    return Layout(
        title=title,
        lead="\n\n".join(paragraphs([line if kind == "text" else "" for line, kind in head])),
        dates=tuple(line.strip() for line, kind in head if kind == "date"),
        captions=tuple(line.strip() for line, kind in head if kind == "caption") + captions,
        authors=tuple(found["names"].strip() for line, _ in head if (found := BYLINE.match(line.strip()))),
        url=next((found["url"] for line, _ in head if (found := ADDRESS.match(line.strip()))), ""),
        body="\n\n".join(body),
    )


def _title(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The first line that is not blank, and the lines below it."""
    for number, line in enumerate(lines):
        if line.strip():
            return line.strip(), list(lines[number + 1 :])
    return "", []


def _kind(line: str) -> str:
    """What a line above the body may be."""
    text = line.strip()
    if not text:
        return "blank"
    if len(text) <= SHORT:
        if READING_TIME.fullmatch(text):
            return "reading time"
        if DATE_LINE.match(text) or AGO.match(text):
            return "date"
        if BYLINE.match(text):
            return "byline"
    if ADDRESS.match(text):
        return "address"
    return "caption" if CREDIT.match(text) else "text"


def _body_begins(lines: Sequence[str], kinds: Sequence[str]) -> int:
    """The number of the line after the last one about the article; 0 where the text follows the title at once."""
    wrapped = is_wrapped(lines)
    seen = texts = characters = begin = 0
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind == "blank":
            continue
        seen += 1
        if kind == "text":
            carried_on = wrapped and number > 0 and kinds[number - 1] == "text"
            texts += not carried_on
            seen -= carried_on
            characters += len(line)
        elif _anything_below(kinds, number):
            begin, texts = number + 1, max(texts, 1)
        if seen >= HEAD_LINES or texts > (1 if begin else 2) or characters > LEAD_CHARACTERS:
            break
    return begin


def _anything_below(kinds: Sequence[str], number: int) -> bool:
    """Whether a body is left below this line."""
    return "text" in kinds[number + 1 :]


def _without_captions(texts: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs without those that are captions or reading times, and the captions."""
    kept = [text for text in texts if not AGENCY_CREDIT.match(text) and not READING_TIME.fullmatch(text)]
    return kept, tuple(_captions(texts))


def _captions(texts: list[str]) -> Iterator[str]:
    """The paragraphs that end in the credit of an agency."""
    return (text for text in texts if AGENCY_CREDIT.match(text))

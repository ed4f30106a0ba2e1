"""What an `nitf` element says of its story: the News Industry Text Format stands alone and inside both NewsML."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.readers.xmlprose import Prose, line_of, local_name, prose

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NitfParts", "bylines_apart", "fresh_lead", "nitf_parts", "place_line", "unsigned", "web_address"]

BY = re.compile(r"^\s*by:?\s+", re.IGNORECASE)
OPENING_BYLINE = re.compile(r"By (?P<names>[^\W\d_a-z][^!?:;\d]{1,60} [^!?:;\d]{1,60}[^!?:;.\d])")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class NitfParts:
    """The parts of one story, each empty where it is not there."""

    title: str
    lead: str
    authors: tuple[str, ...]
    dateline: str
    dates: tuple[str, ...]
    language: str
    source: str
    tags: tuple[str, ...]
    url: str
    status: str
    text: Prose


def nitf_parts(nitf: "_Element") -> NitfParts:
    """Take a story apart; `nitf` may be in a namespace or in none."""
    content = nitf.find(".//{*}body/{*}body.content")
    text = Prose() if content is None else prose(content)
    signed, text.paragraphs = bylines_apart(text.paragraphs)
    title = _title(nitf)
    docdata = nitf.find(".//{*}docdata")
    return NitfParts(
        title=title,
        lead=_lead(nitf, title, text),
        authors=tuple(dict.fromkeys((*_authors(nitf), *signed))),
        dateline=_dateline(nitf.find(".//{*}dateline")),
        dates=_dates(nitf),
        language=_language(nitf, content),
        source=_source(nitf),
        tags=_tags(nitf),
        url=web_address(_given(nitf, "pubdata", "ex-ref")),
        status="" if docdata is None else docdata.get("management-status", "").lower(),
        text=text,
    )


def unsigned(byline: str) -> str:
    """A byline without its "By"."""
    return BY.sub("", byline).strip(" ,;")


def fresh_lead(line: str, title: str, text: list[str]) -> str:
    """A second headline or an abstract, unless it says again what the title or the text begins with."""
    body = " ".join(" ".join(text).split())
    return "" if line == title or body.startswith(line) else line


def bylines_apart(text: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Who signs above the first sentence of a story, and the paragraphs below; a story is more than its byline."""
    found = OPENING_BYLINE.fullmatch(text[0]) if len(text) > 1 else None
    return ((found["names"],), text[1:]) if found else ((), text)


def place_line(text: str) -> str:
    """A dateline without the dash after it; empty where it is only the time at which the item was made."""
    line = " ".join(text.split()).rstrip(" -–—,")
    return "" if line[:1].isdigit() else line


def web_address(text: str) -> str:
    """The text where it is an address that can be opened."""
    return text.strip() if text.strip().lower().startswith(("http://", "https://")) else ""


def _title(nitf: "_Element") -> str:
    """The main headline, else the title of the document, else its slug."""
    for path in (".//{*}hedline/{*}hl1", ".//{*}hedline", ".//{*}body.head//{*}hl1", "{*}head/{*}title"):
        if line := line_of(nitf.find(path)):
            return line
    return _given(nitf, "keyword", "key")


def _lead(nitf: "_Element", title: str, text: Prose) -> str:
    """The second headline, else the abstract, unless it says again what is there."""
    for found in nitf.findall(".//{*}hedline/{*}hl2") + nitf.findall(".//{*}body.head/{*}abstract"):
        if line := fresh_lead(" ".join(" ".join(prose(found).paragraphs).split()), title, text.paragraphs):
            return line
    return ""


def _authors(nitf: "_Element") -> tuple[str, ...]:
    """The persons of the bylines, else their text without what the persons are."""
    names: list[str] = []
    for byline in nitf.iter("{*}byline"):
        persons = [line_of(person) for person in byline.iter("{*}person")]
        rest = _apart(byline, ("byttl",))
        names += persons if any(persons) else [rest]
    agency = _source(nitf).casefold()
    return tuple(dict.fromkeys(name for line in names if (name := _without_agency(unsigned(line), agency))))


def _without_agency(name: str, agency: str) -> str:
    """A name without the house or the post in it that follows: `Ana Diaz, Meridian Wire Harbour Editor`."""
    person, _, post = name.partition(", ")
    return person if agency and post.casefold().startswith(agency) else name


def _dateline(dateline: "_Element | None") -> str:
    """The place, its parts with commas between them, without the date of the story."""
    return "" if dateline is None else place_line(_apart(dateline, ("story.date",), ", "))


def _apart(element: "_Element", without: tuple[str, ...], mark: str = " ") -> str:
    """The text of an element, its pieces apart, without that of some of its parts."""
    pieces = [element.text or ""]
    for child in element:
        if local_name(child) not in ("", *without):
            pieces.append(mark.join(piece for part in child.itertext() if (piece := part.strip(" ,\t\r\n"))))
        pieces.append(child.tail or "")
    found = [" ".join(piece.split()).strip(" ,") for piece in pieces]
    return re.sub(r",(?= \()", "", mark.join(filter(None, found)))


def _dates(nitf: "_Element") -> tuple[str, ...]:
    """The date of issue first, then that of publication, of release and of the story."""
    given = (
        _given(nitf, "date.issue", "norm"),
        _given(nitf, "pubdata", "date.publication"),
        _given(nitf, "date.release", "norm"),
        _given(nitf, "story.date", "norm"),
    )
    return tuple(dict.fromkeys(text for text in given if text[:1].isdigit()))


def _language(nitf: "_Element", content: "_Element | None") -> str:
    """The language that the document or its text is marked with."""
    marked = nitf.get("baselang") or nitf.get(LANGUAGE) or ""
    return marked or ("" if content is None else content.get(LANGUAGE, ""))


def _source(nitf: "_Element") -> str:
    """Who distributes the story, else who holds the right to it."""
    return (
        line_of(nitf.find(".//{*}distributor"))
        or _given(nitf, "doc.copyright", "holder")
        or line_of(nitf.find(".//{*}rights.owner"))
        or _given(nitf, "from-src", "src-name")
    )


def _tags(nitf: "_Element") -> tuple[str, ...]:
    """Keywords and the names of subjects, not their numbers."""
    words = [word.get("key") or line_of(word) for word in nitf.iter("{*}keyword")]
    for subject in nitf.iter("{*}tobject.subject"):
        words += [subject.get(f"tobject.subject.{part}", "") for part in ("type", "matter", "detail")]
    return tuple(dict.fromkeys(word for text in words if (word := " ".join(text.split()))))


def _given(nitf: "_Element", name: str, attribute: str) -> str:
    """The first value of an attribute of elements of this name."""
    values = (element.get(attribute, "").strip() for element in nitf.iter("{*}" + name))
    return next(filter(None, values), "")

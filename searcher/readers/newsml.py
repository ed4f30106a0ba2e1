"""NewsML 1: news items with components, as AFP and ANA send them; its text is NITF, HTML, paragraphs or a string."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.nitfparts import bylines_apart, fresh_lead, nitf_parts, place_line, unsigned
from searcher.readers.source import Source
from searcher.readers.xmlitems import canonical, xml_items
from searcher.readers.xmlprose import Prose, line_of, local_name, prose, prose_of_markup
from searcher.readers.xmlroot import xml_root

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NewsMlReader"]

TAKEN_BACK = ("canceled", "cancelled", "withheld")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DATES = (".//{*}NewsManagement/{*}FirstCreated", ".//{*}NewsManagement/{*}ThisRevisionCreated")


class NewsMlReader:
    """Reads each item of a NewsML document; an item without text is a reason."""

    name = "newsml"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the root element."""
        root = xml_root(head)
        return root is not None and root.name == "NewsML"

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each item in turn. Raises ReadError where the XML breaks off."""
        yield from xml_items(source, ("{*}NewsItem",), partial(_article, source.path))


def _article(path: str, item: "_Element", record: str) -> RawArticle | Skipped:
    """The article of one item, or why there is none."""
    status = _formal(item, ".//{*}NewsManagement/{*}Status").lower()
    if status in TAKEN_BACK:
        return Skipped(path, f"the item was taken back ({status}); nothing to add", record)
    texts = list(_texts(item))
    if not texts:
        return Skipped(path, _why_none(item), record)
    made = _from_lines(item, texts)
    if not made.body:
        return Skipped(path, "a text item without text; nothing to add", record)
    warnings = ("the story was sent under embargo",) if status == "embargoed" else ()
    return replace(made, path=path, record=record, warnings=warnings)


def _from_lines(item: "_Element", texts: "list[_Element]") -> RawArticle:
    """The article that the news lines and the texts make; what an item does not say, NITF inside it may."""
    text = _prose(texts)
    signed, text.paragraphs = bylines_apart(text.paragraphs)
    nitf = nitf_parts(next((part for part in texts if local_name(part) == "nitf"), item))
    title = _line(item, "HeadLine") or nitf.title or _line(item, "SlugLine") or line_of(item.find(".//{*}NameLabel"))
    authors = [unsigned(line_of(line)) for line in item.iterfind(".//{*}NewsLines/{*}ByLine")]
    language = _language(item) or nitf.language
    return RawArticle(
        path="",
        reader=NewsMlReader.name,
        raw=canonical(item),
        title=title,
        lead=fresh_lead(_line(item, "SubHeadLine") or nitf.lead, title, text.paragraphs),
        body="\n\n".join(text.paragraphs) or title,  # a flash is its headline
        dateline=place_line(_line(item, "DateLine")) or nitf.dateline,
        dates=_dates(item),
        captions=tuple(text.captions),
        authors=tuple(dict.fromkeys(filter(None, (*authors, *nitf.authors, *signed)))),
        source=_source(item) or nitf.source,
        language=language,
        tags=tuple(dict.fromkeys((*_tags(item, language), *nitf.tags))),
    )


def _texts(item: "_Element") -> "Iterator[_Element]":
    """What holds text, in order: of components that say the same in several ways only the first."""
    chosen: dict[_Element, _Element] = {}
    for content in item.iter("{*}ContentItem"):
        media = _formal(content, "{*}MediaType").lower()
        data = content.find(".//{*}DataContent")
        if media not in ("", "text") or data is None or content.find("{*}Encoding") is not None:
            continue
        if not _first_choice(content, chosen):
            continue
        nitf = data.find(".//{*}nitf")
        yield data if nitf is None else nitf


def _first_choice(content: "_Element", chosen: "dict[_Element, _Element]") -> bool:
    """Whether no other text was taken for this one in a list of equivalents."""
    below = content
    for above in content.iterancestors():
        if above.get("EquivalentsList") == "yes" and chosen.setdefault(above, below) is not below:
            return False
        below = above
    return True


def _prose(texts: "list[_Element]") -> Prose:
    """The paragraphs of all texts; one whose component is a caption is a caption."""
    taken = Prose()
    for part in texts:
        if local_name(part) == "nitf":
            found = nitf_parts(part).text
        else:
            marked = any(local_name(child) for child in part)
            found = prose(part) if marked else prose_of_markup("".join(part.itertext()))
        if "caption" in _role(part):
            taken.captions.append(" ".join(found.paragraphs))
        else:
            taken.paragraphs += found.paragraphs
        taken.captions += found.captions
    return taken


def _role(part: "_Element") -> str:
    """The role of the component nearest to a text."""
    component = next(part.iterancestors("{*}NewsComponent"), None)
    return "" if component is None else _formal(component, "{*}Role").lower()


def _why_none(item: "_Element") -> str:
    """What an item without text is."""
    media = {_formal(content, "{*}MediaType").lower() for content in item.iter("{*}ContentItem")} - {"", "text"}
    if media:
        return f"an item of {' and '.join(sorted(media))}, no text"
    return "the item has no text in this file; what it tells of is elsewhere"


def _line(item: "_Element", name: str) -> str:
    """The first of the news lines of this name."""
    return next((line for one in item.iterfind(".//{*}NewsLines/{*}" + name) if (line := line_of(one))), "")


def _formal(element: "_Element", path: str) -> str:
    """The formal name that the element at a path gives."""
    found = element.find(path)
    return "" if found is None else " ".join(found.get("FormalName", "").split())


def _dates(item: "_Element") -> tuple[DateClaim, ...]:
    """When the item and this version were made; where neither is told, the day of its identifier or of sending."""
    texts = [line_of(item.find(path)) for path in DATES]
    if not any(texts):
        document = item.getparent()
        sent = None if document is None else document.find("{*}NewsEnvelope/{*}DateAndTime")
        texts = [line_of(item.find(".//{*}NewsIdentifier/{*}DateId")), line_of(sent)]
    return tuple(DateClaim(text, "field") for text in dict.fromkeys(filter(None, texts)))


def _language(item: "_Element") -> str:
    """The language of the text, else of the item."""
    return (_formal(item, ".//{*}DescriptiveMetadata/{*}Language") or item.get(LANGUAGE, "")).lower()


def _source(item: "_Element") -> str:
    """The credit line, else the provider, else the source."""
    paths = (f".//{{*}}AdministrativeMetadata/{{*}}{name}/{{*}}Party" for name in ("Provider", "Source"))
    return _line(item, "CreditLine") or next(filter(None, (_formal(item, path) for path in paths)), "")


def _tags(item: "_Element", language: str) -> Iterator[str]:
    """Keywords and the names of topics, in the language of the text where there is a choice; no codes."""
    for line in item.iterfind(".//{*}NewsLines/{*}KeywordLine"):
        yield from filter(None, [line_of(line)])
    for given in item.iterfind(".//{*}DescriptiveMetadata/{*}Property"):
        if given.get("FormalName") == "Keyword":
            yield from filter(None, [given.get("Value", "").strip()])
    for topic in item.iter("{*}Topic"):
        names = [one for one in topic.iterfind("{*}Description") if one.get("Variant", "Name") == "Name"]
        own = [one for one in names if one.get(LANGUAGE, "").lower() == language]
        yield from filter(None, [line_of(one) for one in (own or names)[:1]])

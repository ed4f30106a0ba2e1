"""What the XML formats of news agencies share: paragraphs of a marked-up body, and the parts of a NITF document."""

from collections.abc import Iterator

from searcher.readers.xmltree import Element, child, children, local, text_of

__all__ = ["EMBARGOED", "UNUSABLE", "captions", "found", "line", "lines", "nitf_fields", "prose"]

# Elements that begin and end a paragraph, in NITF and in XHTML; a line break ends one too.
BLOCKS = frozenset(
    "p hl1 hl2 h1 h2 h3 h4 h5 h6 div block blockquote li dt dd tr table section article pre bq br body hr ul ol".split()  # noqa: SIM905 - one word an element
)
# What is no running text: pictures with their captions, which are read by themselves, and programs.
ASIDE = frozenset("media figure script style head header footer body.head tobject".split())  # noqa: SIM905
UNUSABLE = frozenset({"canceled", "cancelled", "withheld", "killed", "kill", "withdrawn", "pulled"})
EMBARGOED = "the agency put this under embargo; check that it may be shown"


def line(element: Element | None) -> str:
    """The text of an element as one line."""
    return " ".join(text_of(element).split())


def lines(elements: list[Element]) -> tuple[str, ...]:
    """The elements that say something, each as one line and once."""
    return tuple(dict.fromkeys(text for element in elements if (text := line(element))))


def found(element: Element, *names: str) -> list[Element]:
    """All elements below this one with any of these local names, in order."""
    return [inner for inner in element.iterdescendants() if local(inner) in names]


def prose(element: Element) -> str:
    """The paragraphs of a marked-up text, parted by blank lines."""
    parts = "".join(_pieces(element)).split("\n\n")
    return "\n\n".join(text for part in parts if (text := " ".join(part.split())))


def _pieces(element: Element) -> Iterator[str]:
    """The text of an element with blank lines where blocks begin and end; 256 levels at most, by the parser's limit."""
    name = local(element).lower()
    if name in ASIDE or element.get("class") == "notepad":  # where dpa keeps notes to editors
        return
    edge = "\n\n" if name in BLOCKS else " " if name in ("td", "th") else ""
    yield edge
    yield " ".join((element.text or "").split("\n")) if name else text_of(element)
    for inner in element:
        yield from _pieces(inner)
        yield " ".join((inner.tail or "").split("\n"))
    yield edge


def nitf_fields(nitf: Element) -> dict[str, str]:
    """The parts of a NITF document that are one text each; those it lacks are empty."""
    top = child(nitf, "body", "body.head")
    content = child(nitf, "body", "body.content")
    if content is None:
        content = child(nitf, "body")
    title = line(child(top, "hedline", "hl1")) or line(child(top, "hedline")) or line(child(nitf, "head", "title"))
    byline = next(iter(found(nitf, "byline")), None)
    name = "" if byline is None else line(child(byline, "person")) or _line_without(byline, "byttl")
    return {
        "title": title,
        "lead": line(child(top, "abstract")),
        "body": "" if content is None else prose(content),
        "byline": name,
        "dateline": line(child(top, "dateline", "location")) or _line_without(child(top, "dateline"), "story.date"),
        "source": line(child(top, "distributor", "org")) or line(child(top, "distributor")),
    }


def _line_without(element: Element | None, name: str) -> str:
    """The text of an element but for its children of one name."""
    if element is None:
        return ""
    kept = [text_of(inner) if local(inner) != name else "" for inner in element]
    tails = [inner.tail or "" for inner in element]
    return " ".join("".join([element.text or "", *(a + b for a, b in zip(kept, tails, strict=True))]).split())


def captions(element: Element) -> tuple[str, ...]:
    """The captions of the pictures in a NITF document."""
    return lines([caption for media in found(element, "media") for caption in children(media, "media-caption")])

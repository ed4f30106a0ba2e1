"""The first element of an XML file, by which its format is known: its name and namespace, read from the head alone."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser

__all__ = ["XmlRoot", "name_of", "xml_root"]

MARKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # what may stand before the first tag: order marks, half of UTF-16, space
STEP = 1024  # most first tags end within a kilobyte; a long comment or document type takes more


class XmlRoot(NamedTuple):
    """The name of the element without its prefix, and its namespace, which may be empty."""

    name: str
    namespace: str


@lru_cache(maxsize=4)  # every reader of an XML format asks about the same head
def xml_root(head: bytes) -> XmlRoot | None:
    """The root element of a file that begins with `head`; None where it is not XML or begins too late."""
    if not head[:64].lstrip(MARKS).startswith(b"<"):
        return None
    from lxml import etree

    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    text = head.lstrip(b" \t\r\n")
    for begin in range(0, len(text), STEP):
        sound = _fed(parser, text[begin : begin + STEP])
        for _, element in parser.read_events():
            return name_of(element.tag)
        if not sound:
            return None
    return None


def name_of(tag: str) -> XmlRoot:
    """Name and namespace of an element as lxml writes them; a prefix that nobody declared is part of the name.

    QName of lxml raises ValueError for such a name, which its parser gives all the same.
    """
    namespace, _, name = tag.rpartition("}")
    return XmlRoot(name, namespace.removeprefix("{"))


def _fed(parser: "XMLPullParser", text: bytes) -> bool:
    """Whether the parser takes the text; what came before a fault was read all the same."""
    from lxml import etree

    try:
        parser.feed(text)
    except etree.XMLSyntaxError:
        return False
    return True

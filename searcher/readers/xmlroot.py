"""The first element of an XML file, by which its format is known: its name and namespace, read from the head alone."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser

__all__ = ["XmlRoot", "xml_root"]

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
            name = etree.QName(element)
            return XmlRoot(name.localname, name.namespace or "")
        if not sound:
            return None
    return None


def _fed(parser: "XMLPullParser", text: bytes) -> bool:
    """Whether the parser takes the text; what came before a fault was read all the same."""
    from lxml import etree

    try:
        parser.feed(text)
    except etree.XMLSyntaxError:
        return False
    return True

"""A short piece of markup, such as the summary in a feed, to plain paragraphs.

Pages are read later, where a paragraph of a few words is taken for furniture; in a piece this short it is the text.
"""

import html
import re

__all__ = ["settled"]

LONGEST = 2000  # characters of markup; a page has more, a summary in a feed mostly less
UNSEEN = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
EDGE = re.compile(r"</?(?:p|div|h[1-6]|li|ul|ol|tr|table|blockquote|section|article|br|hr)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<[A-Za-z/!][^<>]*>")


def settled(markup: str, body: str = "") -> tuple[str, str]:
    """The markup and the plain text of a record: short markup is made plain, longer is left for the page step."""
    if not markup or body or len(markup) > LONGEST:
        return markup, body
    marked = EDGE.sub("\x00", " ".join(UNSEEN.sub(" ", markup).split()))
    parts = html.unescape(TAG.sub("", marked)).split("\x00")
    return "", "\n\n".join(text for part in parts if (text := " ".join(part.split())))

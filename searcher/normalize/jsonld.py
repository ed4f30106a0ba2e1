"""The JSON-LD of a page: what the publisher's own system says about the article, where it is not broken."""

import html
import json
import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

__all__ = ["article_node", "names_of", "paragraphs_of", "text_of"]

KIND = re.compile(r"\s*application/ld\+json", re.IGNORECASE)
COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*+(?:;\s*+)?$")
# The types of schema.org that are articles; NewsArticle and its kin all end in Article.
TYPES = frozenset(("Report", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Review"))
INSIDE = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "liveBlogUpdate")
DEEPEST = 6
TAGS = re.compile(r"<[^<>]{1,200}>")


def article_node(tree: HtmlElement) -> Mapping[str, object]:
    """The first article described on the page, references inside the page followed; empty where there is none."""
    nodes = [node for value in _values(tree) for node in _nodes(value, 0)]
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    chosen = next((node for node in articles if "headline" in node), articles[0] if articles else {})
    return {key: _followed(value, by_id) for key, value in chosen.items()}


def text_of(value: object) -> str:
    """A value as text: a string, the name of an object, or the first of a list that says something."""
    if isinstance(value, str):
        return " ".join(html.unescape(html.unescape(value)).split())
    if isinstance(value, dict):
        return next((text for key in ("name", "@value", "url", "@id") if (text := text_of(value.get(key)))), "")
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item))), "")
    return ""


def names_of(value: object) -> tuple[str, ...]:
    """The names in a value that may hold several; addresses are not names."""
    items = value if isinstance(value, list) else [value]
    names = (text_of(item.get("name") if isinstance(item, dict) else item) for item in items)
    return tuple(dict.fromkeys(name for name in names if name and "://" not in name))


def paragraphs_of(value: object) -> tuple[str, ...]:
    """The lines of an articleBody, markup taken out."""
    text = html.unescape(value) if isinstance(value, str) else ""
    text = TAGS.sub("", re.sub(r"</p>|<br\s*/?>", "\n", text, flags=re.IGNORECASE))
    return tuple(line for part in text.split("\n") if (line := " ".join(part.split())))


def _values(tree: HtmlElement) -> Iterator[object]:
    """Every JSON-LD block that can be read, comment marks and trailing semicolons forgiven."""
    for script in tree.iter("script"):
        if not KIND.match(script.get("type") or ""):
            continue
        text = COMMENT.sub("", COMMENT.sub("", script.text or "")).strip().rstrip(";")
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue  # the page's meta tags usually say the same


def _nodes(value: object, depth: int) -> Iterator[dict[str, object]]:
    """Every object that may describe the page, outermost first."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in INSIDE:
            if isinstance(value.get(key), dict | list):
                yield from _nodes(value[key], depth + 1)


def _is_article(node: Mapping[str, object]) -> bool:
    """Whether an object's type is a kind of article."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and (name.endswith("Article") or name in TYPES) for name in names)


def _followed(value: object, by_id: Mapping[str, dict[str, object]]) -> object:
    """The value with bare references replaced by what they refer to."""
    if isinstance(value, list):
        return [_followed(item, by_id) for item in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return by_id.get(str(value.get("@id")), value)
    return value

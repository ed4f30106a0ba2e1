"""WordPress's export (WXR): the posts and pages of a site, one article each."""

import html
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from searcher.models import DateClaim, RawArticle, Skipped
from searcher.readers.fragment import settled
from searcher.readers.source import Source
from searcher.readers.xmltree import (
    Element,
    child,
    children,
    line,
    lines,
    local,
    namespace,
    raw_of,
    records,
    root_of,
    text_of,
)

__all__ = ["WxrReader"]

EXPORT = "wordpress.org/export/"
READ = ("", "post", "page", "article", "news")
SHOWN = ("", "publish")
# A picture's caption, written [caption id="..."]<img ...> Its words[/caption] in a text.
CAPTION = re.compile(r"\[caption\b[^\]]*\]([^\[]*)\[/caption\]")
SHORTCODE = re.compile(r"\[/?(?:gallery|embed|audio|video|playlist|caption)\b[^\]]*\]")
BLOCK = re.compile(r"<(?:p|div|blockquote|ul|ol|h[1-6])\b", re.IGNORECASE)
TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
BLANK = re.compile(r"\n[ \t]*\n")
FARTHEST = timedelta(hours=15)  # zones reach from -12 to +14


class WxrReader:
    """Reads posts and pages that were published; drafts, menus and attachments are skipped with their kind."""

    name = "wxr"

    def sniff(self, head: bytes, path: str) -> bool:  # noqa: ARG002 - the content always shows it
        """By the namespace of the export on the root element of a feed."""
        root = root_of(head)
        return root is not None and root.name == "rss" and EXPORT in root.tag

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """Each item in turn. Raises ReadError where the XML breaks."""
        number = 0
        for number, item in enumerate(records(source, frozenset({"item"})), start=1):
            yield _article(item, source, f"item {number}")
        if not number:
            yield Skipped(source.path, "an export without posts; nothing to add")


def _article(item: Element, source: Source, record: str) -> RawArticle | Skipped:
    """The article of an item, or the reason why it is none."""
    kind, status = line(child(item, "post_type")), line(child(item, "status"))
    if kind not in READ:
        return Skipped(source.path, f"of the kind {kind!r}, no text; nothing to add", record)
    if status not in SHOWN:
        return Skipped(source.path, f"not published, its status is {status!r}; left out", record)
    title, text = line(child(item, "title")), _encoded(item, "content")
    if not text:
        return Skipped(source.path, "a post without text; nothing to add", record)
    marked = BLOCK.search(text) is not None or TAG.search(text) is not None
    captions = [" ".join(html.unescape(TAG.sub("", found)).split()) for found in CAPTION.findall(text)]
    text = SHORTCODE.sub("", CAPTION.sub("", text)).strip()
    markup, body = settled(_paragraphs(text)) if marked else ("", html.unescape(text))
    labels = children(item, "category")
    channel = item.getparent()
    return RawArticle(
        path=source.path,
        reader=WxrReader.name,
        raw=raw_of(item),
        record=record,
        title=html.unescape(TAG.sub("", title)),
        lead=" ".join(html.unescape(TAG.sub("", _encoded(item, "excerpt"))).split()),
        html=markup,
        body=body,
        dates=_dates(item),
        captions=tuple(caption for caption in captions if caption),
        authors=_authors(item, channel),
        source=line(child(channel, "title")),
        url=line(child(item, "link")),
        language=line(child(channel, "language")),
        section=next((line(one) for one in labels if one.get("domain") == "category"), ""),
        tags=lines([one for one in labels if one.get("domain") in ("category", "post_tag", None)]),
    )


def _encoded(item: Element, module: str) -> str:
    """The text of `content:encoded` or `excerpt:encoded`, which are told apart by their namespace alone."""
    return next((text_of(one).strip() for one in item if local(one) == "encoded" and module in namespace(one)), "")


def _paragraphs(text: str) -> str:
    """Markup in which a blank line may end a paragraph, as WordPress shows it, with its paragraphs marked."""
    if BLOCK.search(text):
        return text
    return "".join(f"<p>{part.strip()}</p>" for part in BLANK.split(text.replace("\r\n", "\n")) if part.strip())


def _dates(item: Element) -> tuple[DateClaim, ...]:
    """The date of a post on the site's own clock; its zone is what sets it apart from the same date in GMT."""
    here, gmt = line(child(item, "post_date")), line(child(item, "post_date_gmt"))
    claims = [line(child(item, "pubDate"))]
    try:
        zone = datetime.fromisoformat(here) - datetime.fromisoformat(gmt)
    except ValueError:  # empty, or 0000-00-00 as drafts have it
        claims = [*claims, "" if here.startswith("0000") else here]
    else:
        minutes = int(zone.total_seconds()) // 60
        offset = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
        claims.insert(0, here.replace(" ", "T") + (offset if abs(zone) < FARTHEST else ""))
    return tuple(DateClaim(text, "field") for text in claims if text)


def _authors(item: Element, channel: Element | None) -> tuple[str, ...]:
    """The author's name; the export lists names once and gives each post the author's account."""
    account = line(child(item, "creator"))
    for author in [] if channel is None else children(channel, "author"):
        if line(child(author, "author_login")) == account:
            account = line(child(author, "author_display_name")) or account
    return (account,) if account else ()

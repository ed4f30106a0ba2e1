"""Saved pages: what they claim, and the text without the page around it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from searcher.config import Settings
from searcher.models import Article, RawArticle
from searcher.normalize import normalize

ONE = "The bridge over the Tana reopened on Monday after the flood of April had carried away its northern ramp."
TWO = "Drivers had queued since dawn, and the first to cross was a milk tanker from Garissa, the roads authority said."
THREE = "A second bridge, upstream at Hola, stays closed until the steel for its deck has come from Mombasa."
BODY = f"{ONE}\n\n{TWO}\n\n{THREE}"
PARAGRAPHS = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
ADVICE = "Readers who want to know more about our kitchens can order the brochure, which is sent without charge."


def make(html: str, **fields: Any) -> Article:
    """The article of a page."""
    raw = RawArticle(path="a.html", reader="html", raw=html.encode(), html=html, **fields)
    made = normalize(raw, Settings(), date(2026, 11, 22))
    assert isinstance(made, Article)
    return made


def page(body: str = f"<article><h1>Bridge reopens</h1>{PARAGRAPHS}</article>", head: str = "") -> str:
    """A page with this head and body."""
    return f"<!DOCTYPE html><html lang='en'><head><title>Bridge reopens</title>{head}</head><body>{body}</body></html>"


def jsonld(value: object) -> str:
    """A JSON-LD block."""
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


NAMED = '<meta property="og:title" content="Bridge is back | {}"><meta property="og:site_name" content="Harbour Post">'
NODE = {"@type": "NewsArticle", "headline": "Bridge &amp; ramp", "datePublished": "2017-10-31T10:15:00+03:00"}


@pytest.mark.parametrize(
    "block",
    [
        NODE,
        [{"@type": "BreadcrumbList"}, NODE],  # an array
        {"@graph": [{"@type": "WebPage"}, NODE]},  # a graph
        {"@type": "WebPage", "mainEntity": NODE},
        {**NODE, "@type": ["Article", "ReportageNewsArticle"]},  # several types
        f"<!--\n{json.dumps(NODE)}\n-->",  # comment marks of old
        json.dumps(NODE) + ";",  # a stray semicolon
        json.dumps(NODE).replace("Bridge", "Bridge\n"),  # a raw line end inside a string
    ],
)
def test_jsonld_is_read_in_its_shapes(block: object) -> None:
    """Title with its entities, and the date on the publisher's clock."""
    article = make(page(head=jsonld(block)))
    assert (article.title, str(article.date)) == ("Bridge & ramp", "2017-10-31T10:15+03:00")
    assert article.date is not None
    assert article.date.source == "jsonld"


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "cut',
        "[" * 50_000,
        "",
        "null",
        '"text"',
        "{}",
        '{"@type": 7, "@graph": 3}',
    ],
)
def test_broken_jsonld_leaves_the_meta_tags(block: str) -> None:
    """What cannot be read is as if it were not there."""
    meta = (
        '<meta property="og:title" content="Bridge back"><meta property="article:published_time" content="2017-10-31">'
    )
    article = make(page(head=jsonld(block) + meta))
    assert (article.title, str(article.date)) == ("Bridge back", "2017-10-31")


def test_references_inside_a_graph_are_followed() -> None:
    """An author and a publisher named elsewhere on the page."""
    graph = [
        {**NODE, "author": {"@id": "#ana"}, "publisher": {"@id": "#post"}},
        {"@id": "#ana", "@type": "Person", "name": "Ana Paz"},
        {"@id": "#post", "@type": "Organization", "name": "Harbour Post"},
    ]
    article = make(page(head=jsonld({"@graph": graph})))
    assert (article.authors, article.source) == (("Ana Paz",), "Harbour Post")


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        ('<meta property="og:site_name" content="Harbour Post">', "source", "Harbour Post"),
        ('<link rel="canonical" href="https://harbour-post.example/1">', "url", "https://harbour-post.example/1"),
        ('<link rel="canonical" href="https://www.harbour-post.example/1">', "source", "harbour-post.example"),
        ('<link rel="canonical" href="/relative">', "url", ""),  # no address at all
        ('<meta name="author" content="By Ana Paz">', "authors", ("Ana Paz",)),
        ('<meta name="author" content="Ana Paz (apa)">', "authors", ("Ana Paz",)),  # the house's short form of it
        ('<meta property="article:author" content="https://x.example/ana">', "authors", ()),  # an address is no name
        ('<meta property="article:section" content="Roads">', "section", "Roads"),
        ('<meta name="keywords" content="bridge, Tana">', "tags", ("bridge", "Tana")),
        (NAMED.format("Harbour Post"), "title", "Bridge is back"),  # the outlet's name is no part of the headline
        (NAMED.format("by night"), "title", "Bridge is back | by night"),  # this is
    ],
)
def test_meta_tags_are_read(head: str, field: str, expected: object) -> None:
    """Each claim ends in its field."""
    assert getattr(make(page(head=head)), field) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param('<a rel="author" href="/ana">Ana Paz</a>', ("Ana Paz",), id="a name goes before the outlet's"),
        pytest.param('<p class="byline">Share this</p>', ("Harbour Post",), id="a class alone is not believed"),
        pytest.param('<a rel="author" href="/">Harbour Post</a>', ("Harbour Post",), id="the outlet alone signs it"),
    ],
)
def test_an_outlet_that_signs_for_its_people_gives_way_to_a_name(printed: str, expected: tuple[str, ...]) -> None:
    """Many systems put the publisher where the author belongs."""
    node = {**NODE, "author": {"@type": "Organization", "name": "Harbour Post"}, "publisher": {"name": "Harbour Post"}}
    assert make(page(f"<h1>Bridge</h1>{printed}{PARAGRAPHS}", jsonld(node))).authors == expected


@pytest.mark.parametrize(
    ("html", "expected", "source"),
    [
        (page(head='<meta name="pubdate" content="31 October 2017">'), "2017-10-31", "meta"),
        (page(head='<meta name="DC.date.issued" content="2017-10-31">'), "2017-10-31", "meta"),
        (page(f'<h1>Bridge</h1><time datetime="2017-10-31">Tuesday</time>{PARAGRAPHS}'), "2017-10-31", "time"),
        (page(f"<h1>Bridge</h1><p>Tuesday 31 October 2017</p>{PARAGRAPHS}"), "2017-10-31", "text"),
        (page(f"<h1>Bridge</h1><p>Harbour Post, 31 October 2017</p>{PARAGRAPHS}"), "2017-10-31", "text"),
        (page(head='<link rel="canonical" href="https://x.example/2017/10/31/bridge">'), "2017-10-31", "url"),
        # a modified date is not one of publication
        (page(head='<meta property="article:modified_time" content="2018-01-01">'), "", ""),
        # nor is the date of another story in a box, or of a comment
        (page(f'<h1>Bridge</h1>{PARAGRAPHS}<aside><time datetime="2011-01-01">x</time></aside>'), "", ""),
        (page(f'<h1>Bridge</h1>{PARAGRAPHS}<div class="comments"><time datetime="2011-01-01">x</time></div>'), "", ""),
        # nor is a date in the text
        (page(f"<h1>Bridge</h1><p>{ONE} {TWO}</p><p>31 October 2017</p>"), "", ""),
        # one that only htmldate finds counts where the page says that day
        (page(f"<div class='post-date'>Garissa 31 October 2017</div>{PARAGRAPHS}"), "2017-10-31", "htmldate"),
        (
            page(f"<div class='post-date'>Garissa October 2017</div>{PARAGRAPHS}"),
            "",
            "",
        ),  # and not the first of a month
        (page(f"{PARAGRAPHS}<figure><figcaption>The ramp, 24 April 2017</figcaption></figure>"), "", ""),
        (page(f"{PARAGRAPHS}<p>Copyright 2017 Harbour Post</p>"), "", ""),
        # a refused claim makes room for the next
        (page(f'<h1>B</h1><time datetime="2 hours ago">x</time><p>3 May 2016</p>{PARAGRAPHS}'), "2016-05-03", "text"),
    ],
)
def test_the_date_is_found_where_pages_put_it(html: str, expected: str, source: str) -> None:
    """Surest place first; no place, no date."""
    found = make(html).date
    assert (str(found or ""), found.source if found else "") == (expected, source)


@pytest.mark.parametrize(
    "around",
    [
        "<nav><p>{0}</p></nav>{1}",
        "<header><p>{0}</p></header>{1}",
        "{1}<footer><p>{0}</p></footer>",
        "{1}<aside><p>{0}</p></aside>",
        "{1}<form><p>{0}</p></form>",
        "{1}<script>{0}</script><style>{0}</style><noscript>{0}</noscript>",
        '{1}<div class="share-buttons"><p>{0}</p></div>',
        '{1}<div id="newsletterSignup"><p>{0}</p></div>',  # camel case
        '{1}<div class="c-related__item"><p>{0}</p></div>',  # BEM
        '{1}<ul class="most-read"><li><p>{0}</p></li></ul>',
        "{1}<section><h3>Comments (12)</h3><p>{0}</p></section>",  # only its heading gives it away
        "{1}<div><h2>Most read</h2><p>{0}</p></div>",
        '{1}<div role="complementary"><p>{0}</p></div>',
        '{1}<div style="display: none"><p>{0}</p></div>',
        "{1}<amp-ad><div>{0}</div></amp-ad>",
        "{1}<figure><img><figcaption>{0}</figcaption></figure>",
        '{1}<p class="caption">{0}</p>',
        "{1}<p>4 min read</p><p>[Getty]</p>",
        "{1}<!-- {0} -->",
    ],
)
def test_furniture_is_not_body(around: str) -> None:
    """Boxes around and inside the article's element, by tag, role, name, style or heading."""
    inside = page(f"<h1>Bridge reopens</h1><div>{around.format(ADVICE, PARAGRAPHS)}</div>")
    beside = page(around.format(ADVICE, f"<article><h1>Bridge reopens</h1>{PARAGRAPHS}</article>"))
    assert [make(inside).body, make(beside).body] == [BODY, BODY]


@pytest.mark.parametrize(
    "html",
    [
        f"<div>{ONE}<br><br>{TWO}<br><br>{THREE}</div>",  # breaks for paragraphs
        f"<table><tr><td><font>{ONE}<p>{TWO}<p>{THREE}</font></td><td>Menu</td></tr></table>",  # layout by tables
        f"<div><div>{ONE}</div><div>{TWO}</div><div>{THREE}</div></div>",  # a soup of divs
        f"<form id='aspnetForm'><div>{PARAGRAPHS}</div></form>",  # the whole page inside a form
        f"<div class='has-sidebar comments-open'>{PARAGRAPHS}</div>",  # words of furniture on the article itself
        f"<table><tr><td>Front page<br>Tides</td><td>{PARAGRAPHS}</td></tr><tr><td>Best viewed at 800</td></table>",
        f"<div>{ONE}<p>{TWO}<p>{THREE}</div>",  # text bare before its first paragraph
        f"<div class='x'><div>{PARAGRAPHS}</div><div>Lamu 31, Kisumu 27</div><div>All times local.</div></div>",
        (
            f"<div class='page with-sidebar'><nav>{'<a href=x>A story of the coast and its ferries</a> ' * 40}</nav>"
            f"<div class='main and-w-sidebar'>{PARAGRAPHS}</div></div>"
        ),  # more links than text
        f"<section><p>{ONE}</p><div class='ad'>Buy</div></section><section><p>{TWO}</p><p>{THREE}</p></section>",
        f"<p>{ONE[:40]}<a href='x'>{ONE[40:60]}</a><b>{ONE[60:]}</b></p><p>{TWO}</p><p>{THREE}</p>",  # inline marks
        f"<h1>Bridge reopens</h1><p>Bridge reopens</p>{PARAGRAPHS}",  # the headline repeated
    ],
)
def test_the_body_is_found_in_any_markup(html: str) -> None:
    """The paragraphs, in order, and nothing else."""
    assert make(page(html)).body == BODY


def test_headings_and_items_inside_the_text_are_kept() -> None:
    """They are part of what was published."""
    html = f"<article><p>{ONE}</p><h2>What comes next</h2><ul><li>Steel in May</li></ul><p>{TWO}</p></article>"
    assert make(page(html)).body == f"{ONE}\n\nWhat comes next\n\nSteel in May\n\n{TWO}"


def test_captions_are_kept_apart() -> None:
    """From figures, named elements, and credits at the end of a line."""
    html = (
        f"<article><figure><img><figcaption>The ramp</figcaption></figure><p>{ONE}</p>"
        f"<p class='wp-caption-text'>The tanker</p><p>{TWO}</p>"
        f"<p>The deck in May. Photo: A. Paz</p><p>{THREE}</p></article>"
    )
    article = make(page(html))
    assert article.captions == ("The ramp", "The tanker", "The deck in May. Photo: A. Paz")
    assert article.body == BODY


def test_the_publishers_own_text_helps_where_the_page_has_none() -> None:
    """ArticleBody is used below 200 characters of extracted text, and only then."""
    node = {**NODE, "articleBody": f"{ONE}\n{TWO}"}
    assert make(page("<p>Please enable JavaScript to read us.</p>", jsonld(node))).body == f"{ONE}\n\n{TWO}"
    assert make(page(head=jsonld(node))).body == BODY


def test_a_fragment_in_a_record_keeps_what_the_record_says() -> None:
    """The record's own title goes before the page's."""
    article = make(f"<h1>Other</h1>{PARAGRAPHS}", title="From the record", language="sw")
    assert (article.title, article.language, article.body) == ("From the record", "sw", BODY)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + f"<p>{ONE}</p><p>{TWO}</p>",  # deeper than any parser goes
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>" + PARAGRAPHS,  # XHTML, cut short
        "<![CDATA[x]]><![if IE]><p>" + ONE + "<![endif]>",  # marked sections
        "<p " + "a='b' " * 3000 + f">{ONE}</p>",  # attributes without end
        "http://harbour-post.example/ no markup at all",
    ],
)
def test_odd_markup_does_no_harm(html: str) -> None:
    """The page is read or has no text; no error and no warning escapes."""
    normalize(RawArticle(path="a", reader="html", raw=b"x", html=html), Settings(), date(2026, 11, 22))


def shingles(text: str) -> set[tuple[str, ...]]:
    """The runs of four words of a text."""
    words = text.split()
    return {tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))}


def test_bodies_of_real_pages_stay_as_good_as_they_are(test_data: Path) -> None:
    """Every fourth page of article-extraction-benchmark: mean F1 of four-word shingles; it was .966."""
    import gzip

    folder = test_data / "html" / "article-extraction-benchmark"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores = []
    for name in sorted(truth)[::4]:
        html = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        made = normalize(RawArticle(path=name, reader="html", raw=b"x", html=html), Settings(), date(2026, 11, 22))
        right = shingles(truth[name]["articleBody"])
        found = shingles(made.body if isinstance(made, Article) else "")
        scores.append(2 * len(right & found) / (len(right) + len(found)))
    assert sum(scores) / len(scores) >= 0.955

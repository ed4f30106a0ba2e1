"""The results page: text stays text, links are what they say, the style can be read."""

import base64
import hashlib
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from render.values import HOSTILE, counts, hit, results

from searcher.models import Article, FacetCount, PublicationDate
from searcher.render.page import article_page, error_page, results_page, standalone_page, stylesheet
from searcher.render.state import State

ALLOWED = {
    "a", "article", "aside", "b", "body", "button", "dd", "details", "div", "dl", "dt", "form", "h1", "h2", "head",
    "header", "html", "input", "kbd", "label", "li", "line", "link", "main", "mark", "meta", "nav", "ol", "option", "p",
    "q", "rect", "section", "select", "span", "style", "summary", "svg", "table", "tbody", "td", "th", "thead", "title",
    "tr", "ul",
}  # fmt: skip


class Page(HTMLParser):
    """The elements, addresses and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every such element that has these values."""
        return [found for name, found in self.tags if name == tag and wanted.items() <= found.items()]


def hostile_pages(text: str) -> list[str]:
    """Every page with the text in every place that an archive or a person can fill."""
    state = State.read(
        [("q", text), ("location", text), ("not_actor", text), ("after", text), ("sort", text), ("page", "2")]
    )
    found = results(
        hit(
            id=text, title=text, title_marks=((0, 3),), snippet=text, marks=((1, 4),), source=text, url=text, path=text,
            language=text, where=text, locations=(text,), actors=(text,), matched=(text,),
        ),
        query=text, total=25, notes=(text,), suggestion=text, read_as=text,
        facets={
            "location": (FacetCount(text, 3, selected=True), FacetCount(f"other {text}", 1, country=f"of {text}")),
            "date": (FacetCount("2017", 1), FacetCount("undated", 2)),
        },
    )  # fmt: skip
    article = Article(
        id=text, title=text, body=f"{text}\n\n{text}", date=PublicationDate("2017-10-31", text), dateline=text,
        captions=(text,), authors=(text,), source=text, url=text, language=text, tags=(text,), path=text, record=text,
        warnings=(text,), locations=(text,), actors=(text,), mentioned=(text, f"also {text}"), filed_from=text,
        agency=text,
    )  # fmt: skip
    others = [hit(id=text, title=text, source=text)]
    return [
        results_page(found, state),
        standalone_page(found, state),
        article_page(article, ((0, 3),), state, others, others),
        error_page(text, state),
    ]


@pytest.mark.parametrize("text", [*HOSTILE, "javascript:alert(1)"])
def test_whatever_stands_in_an_article_is_text(text: str) -> None:
    """No element, handler or address of its own making comes out of it, and it can be read as it is."""
    for html in hostile_pages(text):
        page = Page(html)
        assert {tag for tag, _ in page.tags} <= ALLOWED
        assert [name for _, attrs in page.tags for name in attrs if name.startswith(("on", "style"))] == []
        addresses = [attrs[name] for _, attrs in page.tags for name in ("href", "src", "action") if name in attrs]
        assert [url for url in addresses if not url.startswith(("/", "#", "file:///"))] == []
        whole = page.text + " ".join(attrs.get("value", "") for _, attrs in page.tags)
        assert text in whole


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://harbour-post.example/a?b=1&c=%22", True),
        ("http://[::1]/a", True),
        ("HTTPS://harbour-post.example/", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//harbour-post.example/a", False),  # on whose protocol?
        ("file:///etc/passwd", False),
        ("http://[::1", False),  # no URL at all
        ("", False),
    ],
)
def test_only_web_addresses_are_links(url: str, followed: bool) -> None:
    """The original of an article can be followed if it is on the web; anything else is shown as text."""
    article = Article(id="1", title="Ferry", body="Text.", url=url)
    page = Page(article_page(article, (), State(), (), ()))
    assert [found["href"] for found in page.all("a", rel="noreferrer nofollow")] == [url] * followed
    assert url in page.text
    alone = Page(standalone_page(results(hit(url=url)), State()))
    assert [found["href"] for found in alone.all("a") if found["href"] != "#main"] == [
        url if followed else "file:///archive/ferry.txt"
    ]


def test_a_page_that_stands_alone_has_its_style_and_nothing_to_reach() -> None:
    """The policy allows that one style by its hash; there are no forms and no links into a server."""
    html = standalone_page(results(hit(), total=30, facets={"location": counts(Syria=3)}), State.read([("q", "a")]), 20)
    style = re.search("<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    page = Page(html)
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert {tag for tag, _ in page.tags}.isdisjoint({"link", "form", "script"})
    assert [found["href"] for found in page.all("a") if found["href"].startswith("/")] == []
    assert "21 to 21 of 30" in page.text


def test_marks_are_whole_phrases() -> None:
    """Each mark is one element, in titles, snippets and in the paragraphs of an article."""
    found = hit(title="Abu Kamal falls", title_marks=((0, 9),), snippet="near Abu Kamal", marks=((5, 14),))
    assert results_page(results(found), State()).count("<mark>Abu Kamal</mark>") == 2
    body = "First.\n\nIn Abu Kamal\n\nand Abu Kamal."
    article = Article(id="1", title="Ferry", body=body)
    marks = [(at.start(), at.end()) for at in re.finditer("Abu Kamal", body)]
    html = article_page(article, marks, State.read([("q", "x")]), (), ())
    assert '<p dir="auto">In <mark>Abu Kamal</mark></p>' in html
    assert '<p dir="auto">and <mark>Abu Kamal</mark>.</p>' in html
    assert "2 marked" in html


def test_dates_on_the_page() -> None:
    """The day where articles are compared, the minute and zone where one is read."""
    date = "2017-10-31T19:05+03:00"
    assert ">2017-10-31 · paragraph 1<" in results_page(results(hit(date=date, where="paragraph 1")), State())
    article = Article(id="1", title="Ferry", body="Text.", date=PublicationDate(date, "meta", ambiguous=True))
    html = article_page(article, (), State(), [hit(date=date, title="Similar one")], ())
    assert "2017-10-31 19:05 +03:00 (day and month as the archive reads them)" in html
    assert '<span class="count">2017-10-31</span>' in html


def links(html: str, **wanted: str) -> list[dict[str, str]]:
    """The query strings of the links with these attributes, as mappings."""
    return [dict(parse_qsl(urlsplit(found["href"]).query)) for found in Page(html).all("a", **wanted)]


def test_a_facet_picks_and_drops() -> None:
    """A name includes its value, `not` excludes it, a picked one is let go of; the page starts over."""
    state = State.read([("q", "a"), ("location", "Syria"), ("page", "3")])
    values = (FacetCount("Syria", 4, selected=True), FacetCount("Iraq", 1))
    html = results_page(results(hit(), facets={"location": values}), state)
    assert links(html, **{"class": "pick"}) == [{"q": "a"}, {"q": "a", "location": "Iraq"}]
    assert links(html, **{"class": "drop"}) == [{"q": "a", "location": "Syria", "not_location": "Iraq"}]
    assert '4<span class="unseen"> articles</span>' in html
    assert '1<span class="unseen"> article</span>' in html


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (["ISLAMIC STATE", "NATO"], ["NATO"]),  # another case
        (["Daesh", "NATO"], ["NATO"]),  # another name: what no value is called goes along
        (["Daesh", "ISIS", "NATO"], ["NATO"]),
    ],
)
def test_a_value_picked_under_another_name_can_be_let_go_of(given: list[str], left: list[str]) -> None:
    """The link of a selected value takes away what selected it and nothing else."""
    values = (FacetCount("Islamic State", 4, selected=True), FacetCount("NATO", 3, selected=True))
    state = State.read([("actor", name) for name in given])
    html = results_page(results(hit(), facets={"actor": values}), state)
    assert State.read(parse_qsl(urlsplit(Page(html).all("a", **{"class": "pick"})[0]["href"]).query)).all("actor") == (
        *left,
    )


SYRIAN = (
    FacetCount("Syria", 4),
    FacetCount("Black Sea", 3),
    FacetCount("Abu Kamal", 3, country="Syria"),
    FacetCount("Al-Qaim", 2, country="Iraq"),
    FacetCount("Tartus", 1, country="Syria"),
)


def nested(html: str) -> list[object]:
    """The lists of the first facet as lists of texts and lists: what a screen reader goes through."""
    shown = re.search(r'<aside aria-label="Narrow the search">.*?(<ul>.*</ul>)\s*</section>', html, re.DOTALL)
    assert shown
    whole: list[object] = []
    open_lists = [whole]
    for tag, text in re.findall(r'<(ul|/ul)\b|<a class="pick"[^>]*>([^<]*)', shown[1]):
        if tag == "ul":
            open_lists[-1].append([])
            open_lists.append(open_lists[-1][-1])  # type: ignore[arg-type]  # the list just put there
        elif tag:
            open_lists.pop()
        else:
            open_lists[-1].append(text)
    return whole[0]  # type: ignore[return-value]  # the outermost list


def test_places_are_listed_within_their_countries() -> None:
    """A list in a list; a country that is not among the largest is named for its places."""
    html = results_page(results(hit(), facets={"location": SYRIAN}), State())
    assert nested(html) == ["Syria", ["Abu Kamal", "Tartus"], "Black Sea", "Iraq", ["Al-Qaim"]]
    labels = [found["aria-label"] for found in Page(html).all("ul") if "aria-label" in found]
    assert labels == ["Places in Syria", "Places in Iraq"]
    counted = re.findall(r'<a class="pick"[^>]*>([^<]*)</a>(?:(?!</div>).)*<span class="count">(\d)', html, re.DOTALL)
    assert counted == [("Syria", "4"), ("Abu Kamal", "3"), ("Tartus", "1"), ("Black Sea", "3"), ("Al-Qaim", "2")]
    alone = standalone_page(results(hit(), facets={"location": SYRIAN}), State())
    assert alone.count('<span class="pick"') == 6


@pytest.mark.parametrize(
    ("picked", "given", "clicked", "left", "reason"),
    [
        ([], [], "Abu Kamal", ["Abu Kamal"], "a place"),
        ([], [], "Iraq", ["Iraq"], "a country that has no count"),
        (["Syria"], ["Syria"], "Abu Kamal", ["Abu Kamal"], "a place of a picked country narrows to it"),
        (["Abu Kamal"], ["Abu Kamal"], "Syria", ["Syria"], "the country of a picked place widens to it"),
        (["Abu Kamal"], ["Abu Kamal"], "Tartus", ["Abu Kamal", "Tartus"], "places side by side are alternatives"),
        (["Abu Kamal", "Tartus"], ["Abu Kamal", "Tartus"], "Syria", ["Syria"], "all places of the country go"),
        (["Black Sea"], ["Black Sea"], "Syria", ["Black Sea", "Syria"], "what lies elsewhere stays"),
        (["Syria", "Black Sea"], ["Syria", "Black Sea"], "Syria", ["Black Sea"], "a picked one is let go of"),
        (["Abu Kamal"], ["Al-Bukamal"], "Syria", ["Syria"], "under whatever name it was picked"),
        (["Syria"], ["SYRIA"], "Tartus", ["Tartus"], "in whatever case"),
    ],
)
def test_a_country_and_its_places_stand_for_each_other(
    picked: list[str], given: list[str], clicked: str, left: list[str], reason: str
) -> None:
    """A picked country includes its places, so a place beside it would change nothing: it takes its place."""
    values = tuple(replace(count, selected=count.value in picked) for count in SYRIAN)
    state = State.read([("q", "a"), *(("location", name) for name in given)])
    html = results_page(results(hit(), facets={"location": values}), state)
    targets = dict(re.findall(r'<a class="pick" href="([^"]*)"[^>]*>([^<]*)', html))
    url = next(unescape(url) for url, value in targets.items() if value == clicked)
    assert list(State.read(parse_qsl(urlsplit(url).query)).all("location")) == left, reason


def test_a_hit_tells_by_which_spellings_it_was_found() -> None:
    """Each in quotation marks of the reader's language; none where it was found by what was typed."""
    html = results_page(results(hit(matched=("Al-Bukamal", "البوكمال")), hit()), State())
    assert 'matched as <q><span dir="auto">Al-Bukamal</span></q>, <q><span dir="auto">البوكمال</span></q></p>' in html
    assert html.count("matched as") == 1


def test_where_an_article_was_filed_and_what_else_it_names() -> None:
    """Apart from what it is about: the place and agency beside its date, passing mentions as links to all of them."""
    article = Article(
        id="1", title="Ferry", body="Text.", dateline="BEIRUT (Reuters)", filed_from="Beirut", agency="Reuters",
        locations=("Syria",), actors=("NATO",), mentioned=("Beirut", "Lebanon", "Syria", "NATO"),
    )  # fmt: skip
    html = article_page(article, (), State(), (), ())
    assert "undated · filed from Beirut by Reuters</p>" in html
    assert "<summary>2 names</summary>" in html
    names = [("location", "Syria"), ("actor", "NATO"), ("mention", "Beirut"), ("mention", "Lebanon")]
    assert [next(iter(link.items())) for link in links(html, **{"class": "pick"})] == names
    assert "Also mentioned" not in article_page(replace(article, mentioned=("Syria",)), (), State(), (), ())


@pytest.mark.parametrize(
    ("params", "pills"),
    [
        ([("location", "Syria")], [("place: Syria", {"q": "a"})]),
        ([("mention", "Norway")], [("mention: Norway", {"q": "a"})]),
        ([("not_actor", "NATO")], [("actor: not NATO", {"q": "a"})]),
        ([("after", "2017"), ("before", "2017")], [("date: 2017", {"q": "a"})]),  # one period, one pill
        (
            [("after", "2017"), ("before", "2018")],
            [("from: 2017", {"q": "a", "before": "2018"}), ("to: 2018", {"q": "a", "after": "2017"})],
        ),
        ([], []),
    ],
)
def test_pills_say_what_narrows_and_take_it_away(
    params: list[tuple[str, str]], pills: list[tuple[str, dict[str, str]]]
) -> None:
    """One for each thing, its cross a link to the search without it."""
    html = results_page(results(hit()), State.read([("q", "a"), *params]))
    shown = re.findall(r"<li(?: class=\"not\")?>([^×]*?)<a [^>]*>×", html, re.DOTALL)
    assert [" ".join(re.sub("<[^>]*>", "", pill).split()) for pill in shown] == [text for text, _ in pills]
    assert links(html, rel="nofollow")[: len(pills)] == [query for _, query in pills]


@pytest.mark.parametrize(
    ("page", "shown", "total", "previous", "following"),
    [
        (1, 10, 25, "", "2"),
        (2, 10, 25, "1", "3"),
        (3, 5, 25, "2", ""),
        (9, 0, 25, "3", ""),  # beyond the end: back to the last that has any
        (1, 5, 5, "", ""),
    ],
)
def test_paging(page: int, shown: int, total: int, previous: str, following: str) -> None:
    """Links to the page before and after where there are any."""
    html = results_page(results(*[hit()] * shown, total=total), State.read([("q", "a"), ("page", str(page))]))
    found = {name: links(html, rel=name) for name in ("prev", "next")}
    expected = {"prev": previous, "next": following}
    for name, number in expected.items():
        assert [link.get("page", "1") for link in found[name]] == [number] * bool(number)


def test_an_article_knows_its_way_back() -> None:
    """To the page of results it was opened from; none where there was no search."""
    state = State.read([("q", "a"), ("location", "Syria"), ("page", "3")])
    opened = Page(results_page(results(hit(), total=30), state)).all("a")
    assert {"href": "/article/0123456789abcdef?q=a&location=Syria&page=3"} in opened
    article = Article(id="1", title="Ferry", body="Text.")
    assert '<a href="/?q=a&amp;location=Syria&amp;page=3">← Back' in article_page(article, (), state, (), ())
    assert "← Back" not in article_page(article, (), State(), (), ())


def test_bars_link_to_their_period_and_have_a_table() -> None:
    """Each bar with articles narrows to its month; the table has the same numbers and the undated ones."""
    dates = (*(FacetCount(name, count) for name, count in (("2017-10", 2), ("2017-12", 1))), FacetCount("undated", 4))
    html = results_page(results(hit(), facets={"date": dates}), State.read([("q", "a")]))
    assert html.count("<rect") == 2
    months = [{"q": "a", "after": name, "before": name} for name in ("2017-10", "2017-12")]
    assert links(html, rel="nofollow") == [*months, *months]
    rows = re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]*)(?:</a>)?</th><td>([^<]*)</td>', html)
    assert rows == [("2017-10", "2"), ("2017-12", "1"), ("undated", "4")]


@pytest.mark.parametrize(
    ("params", "picked", "excluded"),
    [
        ((("q", "ferry"),), "ferry event:2017-10", "ferry -event:2017-10"),
        ((), "event:2017-10", "-event:2017-10"),
        ((("q", "ferry OR boat"),), "(ferry OR boat) event:2017-10", "(ferry OR boat) -event:2017-10"),
        ((("q", "old ferry"), ("phrase", "1")), '"old ferry" event:2017-10', '"old ferry" -event:2017-10'),
        ((("q", "ferry event:2017-10"),), "ferry", None),
    ],
)
def test_days_told_of_are_picked_in_the_query(
    params: tuple[tuple[str, str], ...], picked: str, excluded: str | None
) -> None:
    """A link adds the day to the query or takes it away, another one excludes it; the unknown is no day."""
    facets = {"event": (FacetCount("2017-10", 2), FacetCount("undated", 4))}
    html = results_page(results(hit(), facets=facets), State.read(params))
    assert "Days told of" in html
    assert links(html, **{"class": "pick", "rel": "nofollow"}) == [{"q": picked}]
    assert links(html, **{"class": "drop"}) == ([{"q": excluded}] if excluded else [])


def test_of_the_days_told_of_the_most_frequent_are_shown_in_order_of_time() -> None:
    """As many as other facets show."""
    days = tuple(FacetCount(f"2017-10-{day:02}", 1 + day % 2) for day in range(1, 21))
    html = results_page(results(hit(), facets={"event": days}), State())
    shown = [link["q"] for link in links(html, **{"class": "pick", "rel": "nofollow"})]
    assert shown == [f"event:2017-10-{day:02}" for day in range(1, 21, 2)]


def test_what_is_missing_can_still_be_opened() -> None:
    """A hit without a title has a link with words in it."""
    assert ">(no title)</a>" in results_page(results(hit(title="")), State())


def luminance(color: str) -> float:
    """The relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PAIRS = [
    ("ink", "page", 4.5), ("ink", "panel", 4.5), ("ink", "warn", 4.5), ("soft", "page", 4.5), ("soft", "panel", 4.5),
    ("link", "page", 4.5), ("link", "panel", 4.5), ("link", "warn", 4.5), ("page", "link", 4.5),
    ("mark-ink", "mark", 4.5), ("bar", "page", 3.0),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(scheme: str, front: str, back: str, least: float) -> None:
    """Text has the contrast of level AA, bars and borders that of graphics."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", part)) for part in re.findall(r":root \{(.*?)\}", stylesheet())
    )
    colors = light if scheme == "light" else light | dark
    darker, lighter = sorted((luminance(colors[front]), luminance(colors[back])))
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_nothing_is_made_fainter_than_its_colour() -> None:
    """No opacity below one: contrast is measured on the colours alone."""
    assert re.findall(r"opacity: (?!1\b)\S+", stylesheet()) == []

"""The app, asked in this process."""

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from searcher.archive import Archive
from searcher.web.app import make_app
from searcher.web.guard import SECURITY

HERE = "http://localhost"
# A country that is there for its places alone has no count.
PICK = re.compile(
    r'<a class="pick" href="([^"]*)"[^>]*>([^<]*)</a>(?:(?!</div>).)*<span class="count">([\d,]+)', re.DOTALL
)
DROP = re.compile(r'<a class="drop" href="([^"]*)"[^>]*aria-label="exclude (.*?)"')


def search(client: TestClient, **params: Any) -> Any:
    """The JSON answer."""
    response = client.get("/api/search", params=params)
    assert response.status_code == 200
    return response.json()


def total(page: str) -> int:
    """How many articles a page says there are."""
    found = re.search(r'<p class="summary">\s*([\d,]+) article', page)
    return int(found[1].replace(",", "")) if found else 0


def titles(page: str) -> list[str]:
    """The titles of the hits on a page."""
    found = re.findall(r'<h2 dir="auto"><a [^>]*>(.*?)</a></h2>', page)
    return [html.unescape(re.sub("</?mark>", "", title)) for title in found]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?q=Kalibr+Abu+Kamal", 200),
        ("/style.css", 200),
        ("/icon.svg", 200),
        ("/api/search?q=missile", 200),
        ("/api/search", 200),
        ("/nothing", 404),
        ("/api/nothing", 404),
        ("/article/0123456789abcdef", 404),
        ("/article/..%2F..%2Fetc%2Fpasswd", 404),
        ("/api/article/0123456789abcdef", 404),
        ("/?sort=best", 400),
        ("/?match=most", 400),
        ("/?after=2017-99", 400),
        ("/api/search?before=soon", 400),
        ("/api/search?limit=ten", 400),
        ("/api/search?limit=-1", 400),
        ("/api/search?limit=99999", 400),
        ("/api/search?offset=1e3", 400),
        ("/api/search?facet_size=0", 400),
        ("/api/search?facet=mood", 400),
        ("/?page=abc&sort=&location=&unknown=1", 200),  # what means nothing is left aside
        ("/?page=99999", 200),
        ("/?q=%00%ED%A0%80%FF%E2%80%AE", 200),  # bytes that are no text
        ("/?q=" + "%28" * 500, 200),  # parentheses that never close
        ("/?q=" + "a" * 20_000, 200),
        ("/?q=" + "a" * 40_000, 414),
        ("/api/search?q=" + "a" * 40_000, 414),
        ("/?" + "location=a&" * 99, 200),
        ("/?" + "location=a&" * 100, 400),  # every one of them is part of every link of the page
        ("/api/search?" + "location=a&" * 100, 400),
        ("/api/openapi.json", 200),
        ("/?sort=%20newest", 400),  # a choice is one of those there are, and nothing like it
    ],
)
def test_status_and_headers(client: TestClient, path: str, status: int) -> None:
    """Every response, errors too, forbids scripts, framing, sniffing, caching and a Referer."""
    response = client.get(path)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in SECURITY} == SECURITY
    assert response.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")


@pytest.mark.parametrize("path", ["/?after=2017-99&q=ferry", "/nothing", "/article/0123456789abcdef"])
def test_an_error_is_a_page_with_the_search_box(client: TestClient, path: str) -> None:
    """One sentence in a page to go on from; no trace of the program."""
    page = client.get(path).text
    assert "That cannot be answered" in page
    assert 'name="q"' in page
    assert "Traceback" not in page


def test_an_error_of_the_api_is_an_object(client: TestClient) -> None:
    """With the sentence under one key."""
    response = client.get("/api/search?after=2017-99")
    assert set(response.json()) == {"error"}
    assert "after '2017-99' is no date" in response.json()["error"]


def test_an_archive_that_is_gone_is_no_fault_of_the_request(tmp_path: Path) -> None:
    """503, with what happened and what to do, and the same headers."""
    with (
        Archive.open(tmp_path / "gone") as archive,
        TestClient(make_app(archive), base_url=HERE) as client,
    ):
        response = client.get("/?q=ferry")
    assert response.status_code == 503
    assert "make one with" in response.text
    assert response.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]


def test_a_fault_of_the_program_is_told_as_one(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 with the same headers, in one sentence that gives nothing away; what happened is in the log."""

    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of no interest to others")

    monkeypatch.setattr(Archive, "search", faulty)
    with (
        Archive.open(samples) as archive,
        TestClient(make_app(archive), base_url=HERE, raise_server_exceptions=False) as client,
    ):
        page, answer = client.get("/?q=ferry"), client.get("/api/search?q=ferry")
    assert (page.status_code, answer.status_code) == (500, 500)
    assert "the server has a fault (ZeroDivisionError)" in page.text
    assert set(answer.json()) == {"error"}
    for response in (page, answer):
        assert {name: response.headers.get(name) for name in SECURITY} == SECURITY
        assert "of no interest" not in response.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),  # a name that someone pointed at this machine
        ("127.0.0.1.evil.example", 400),
        ("localhost.evil.example:8000", 400),
        ("", 400),
    ],
)
def test_only_this_machine_is_answered_to(client: TestClient, host: str, status: int) -> None:
    """A request under another name is refused, so that no website can read the archive through its visitor."""
    response = client.get("/?q=kalibr", headers={"host": host})
    assert response.status_code == status
    assert response.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]
    assert ("Kalibr" in response.text) == (status == 200)


def test_only_reading_is_possible(client: TestClient) -> None:
    """HEAD answers as GET without a body; anything that would change something is refused."""
    head, get = client.head("/?q=zzzqqq"), client.get("/?q=zzzqqq")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"] == "text/html; charset=utf-8"
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        response = client.request(method, "/?q=a")
        assert (response.status_code, set(response.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


def test_the_page_and_the_api_agree(client: TestClient) -> None:
    """The same titles in the same order, the same total."""
    page, found = client.get("/?q=missile+Syria").text, search(client, q="missile Syria")
    assert titles(page) == [hit["title"] for hit in found["hits"]]
    assert total(page) == found["total"]


@pytest.mark.parametrize("query", ["", "Syria", "Russia OR Ukraine"])
def test_every_facet_link_leads_to_what_it_promises(client: TestClient, query: str) -> None:
    """A name leads to as many articles as stand beside it, `not` to all the others."""
    page = client.get("/", params={"q": query}).text
    whole, picks = total(page), PICK.findall(page)
    counts = {html.unescape(value): int(count) for _, value, count in picks}
    assert len(picks) > 10
    for url, _, count in picks[:12]:
        assert total(client.get(html.unescape(url)).text) == int(count)
    for url, value in DROP.findall(page)[:12]:
        if html.unescape(value) in counts:
            assert total(client.get(html.unescape(url)).text) == whole - counts[html.unescape(value)]


def test_a_picked_value_is_let_go_of(client: TestClient) -> None:
    """Also where it was picked under another name than the one it is counted under."""
    for name in ("Islamic State", "daesh"):
        page = client.get("/", params={"q": "Syria", "actor": name}).text
        selected = re.search(r'<div class="value picked">.*?href="([^"]*)"[^>]*>Islamic State<', page, re.DOTALL)
        assert selected
        assert html.unescape(selected[1]) == "/?q=Syria"


def test_from_a_country_to_its_place_and_back(client: TestClient) -> None:
    """A country holds the articles about its places; each click leads to as many as it promises."""

    def picks(page: str) -> dict[str, tuple[str, int]]:
        return {html.unescape(value): (html.unescape(url), int(count)) for url, value, count in PICK.findall(page)}

    url, syrian = picks(client.get("/").text)["Syria"]
    page = client.get(url).text
    assert total(page) == syrian
    url, of_place = picks(page)["Deir az-Zour"]
    page = client.get(url).text
    assert 0 < of_place < syrian
    assert total(page) == of_place
    assert "place: <b" in page
    url, again = picks(page)["Syria"]
    assert (again, total(client.get(url).text)) == (syrian, syrian)


def test_any_mention_is_a_parameter(client: TestClient) -> None:
    """As every field of values is: to include, to exclude, and to be counted."""
    about, named = search(client, location="Russia")["total"], search(client, mention="Russia")["total"]
    assert 0 < about < named
    assert search(client, not_mention="Russia")["total"] == 80 - named
    counts = search(client, facet="mention")["facets"]["mention"]
    assert [(entry["count"], entry["selected"]) for entry in counts if entry["value"] == "Russia"] == [(named, False)]


def test_every_bar_leads_to_what_it_promises(client: TestClient) -> None:
    """The table of dates links to as many articles as it says; a bar inside leads on to shorter periods."""
    page = client.get("/?q=Russia").text
    rows = re.findall(r'<th scope="row"><a href="([^"]*)"[^>]*>([^<]*)</a></th><td>(\d+)</td>', page)
    assert len(rows) > 3
    for url, name, count in rows:
        narrowed = client.get(html.unescape(url)).text
        assert total(narrowed) == int(count)
        assert f'value="{name}"' in narrowed


def test_a_permalink_holds_the_whole_state(client: TestClient) -> None:
    """What was typed, picked and chosen stands in the form again, and what the form hides is carried along."""
    params = [
        ("q", 'missile "Abu Kamal"'), ("location", "Syria"), ("not_actor", "NATO"), ("after", "2015"),
        ("before", "2018-03"), ("sort", "oldest"), ("match", "any"), ("exact", "1"),
    ]  # fmt: skip
    page = client.get(f"/?{urlencode(params)}").text
    assert 'value="missile &#34;Abu Kamal&#34;"' in page
    assert '<input type="hidden" name="location" value="Syria">' in page
    assert '<input type="hidden" name="not_actor" value="NATO">' in page
    assert 'value="2015"' in page
    assert 'value="2018-03"' in page
    assert '<option value="oldest" selected>' in page
    assert '<option value="any" selected>' in page
    assert re.search(r'name="exact" value="1" checked', page)
    assert not re.search(r'name="phrase" value="1" checked', page)
    found = search(client, **dict(params))
    assert titles(page) == [hit["title"] for hit in found["hits"]]


def test_pages_follow_each_other(client: TestClient) -> None:
    """Walking by Next meets every article once, in the order of the API."""
    found = [hit["title"] for hit in search(client, limit=500)["hits"]]
    seen: list[str] = []
    url = "/"
    while url:
        page = client.get(url).text
        seen += titles(page)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        url = html.unescape(following[1]) if following else ""
    assert seen == found
    assert len(seen) == 80


def test_hyphens_are_underscores(client: TestClient) -> None:
    """`not-location` of the command line and `not_location` of Python are the same parameter."""
    one, other = (
        search(client, q="Russia", **{"not-location": "Syria"}),
        search(client, q="Russia", not_location="Syria"),
    )
    assert one["total"] == other["total"] < search(client, q="Russia")["total"]


def test_the_article_is_shown_with_marks(client: TestClient, kalibr_id: str) -> None:
    """Whole phrases in one mark, its file, its original, what resembles it, and the way back."""
    page = client.get(f"/article/{kalibr_id}", params={"q": '"Abu Kamal"', "page": "2"}).text
    assert page.count("<mark>Abu Kamal</mark>") >= 2
    assert "2017-10-31 19:05 +03:00" in page
    assert "kalibr-submarine-abu-kamal.html" in page
    assert "<h2>Similar</h2>" in page
    assert 'href="/?q=%22Abu+Kamal%22&amp;page=2">← Back' in page
    assert "<mark>" not in client.get(f"/article/{kalibr_id}").text


@pytest.fixture(scope="module")
def kalibr_id(client: TestClient) -> str:
    """The id of the article on the submarine and the town."""
    return str(search(client, q="Kalibr Abu Kamal")["hits"][0]["id"])


def test_what_a_place_of_an_article_leads_to(client: TestClient, kalibr_id: str) -> None:
    """The articles about that place, this one among them."""
    article = client.get(f"/api/article/{kalibr_id}").json()
    page = client.get(f"/article/{kalibr_id}").text
    for name in ("Abu Kamal", "Syria"):
        link = re.search(rf'<a class="pick" href="([^"]*)"[^>]*>{name}</a>', page)
        assert link
        assert article["title"] in titles(client.get(html.unescape(link[1])).text)


def test_copies_of_a_text_are_shown_with_each_other(tmp_path: Path) -> None:
    """An article that stands in another file with other markup is named as a copy."""
    (tmp_path / "a.txt").write_text("Ferry sails\n\nThe ferry sailed on Monday.\n", encoding="utf-8")
    copy = {"title": "Ferry sails", "text": "The ferry sailed, on Monday!", "source": "Post"}
    (tmp_path / "b.json").write_text(json.dumps(copy), encoding="utf-8")
    with Archive.open(tmp_path / "index") as archive:
        assert archive.add([tmp_path / "a.txt", tmp_path / "b.json"]).stories == 1
        with TestClient(make_app(archive), base_url=HERE) as client:
            found = search(client, q="ferry")
            assert [hit["duplicates"] for hit in found["hits"]] == [1, 1]
            assert "1 copy more" in client.get("/?q=ferry").text
            ids = {hit["source"]: hit["id"] for hit in found["hits"]}
            page = client.get(f"/article/{ids['']}").text
            assert re.search(rf'<h2>Same story</h2>.*?href="/article/{ids["Post"]}"', page, re.DOTALL)


def test_harm_is_shown_as_text(harmful: Path) -> None:
    """Markup in any field of an article is words on every page."""
    with Archive.open(harmful) as archive, TestClient(make_app(archive), base_url=HERE) as client:
        article_id = search(client, q="harm")["hits"][0]["id"]
        pages = [client.get(path).text for path in ("/?q=harm", f"/article/{article_id}?q=harm", "/?q=<script>x")]
    for page in pages:
        assert not re.search(r"<(script|img)|\sonerror=\"|href=\"javascript", page)
    assert "&lt;script&gt;" in pages[0]
    assert "&lt;img src=x" in pages[1]

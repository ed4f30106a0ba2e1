"""Markup, scripts and URLs that run, wherever text comes in, in a real browser: seen as text, and nothing runs."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from cli.shell import Shell, serving
from selenium.common.exceptions import NoAlertPresentException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from web.browser import browsing

# Each says `ran` where it is taken for markup, however it came about; the reason it is here.
HARM = {
    "script": "<script>window.ran=1;alert(1)</script>",
    "handler": '"><img src=x onerror="window.ran=2;alert(2)">',
    "single quotes": "'><svg onload='window.ran=3;alert(3)'>",
    "no quotes": "x onmouseover=window.ran=4 autofocus onfocus=window.ran=4 style=position:fixed;inset:0",
    "end of the title": "</title><script>window.ran=5</script>",
    "end of a comment": "--><script>window.ran=6</script><!--",
    "end of the style": "</style><script>window.ran=7</script>",
    "template": "{{ 7*7 }}{% raw %}${7*7}",
    "frame": "<iframe srcdoc='<script>parent.ran=8</script>'></iframe>",
    "math": "<math><mtext></p><style><img title='</style><img src=x onerror=window.ran=9>'>",
    "entities": "&lt;script&gt;window.ran=10&lt;/script&gt;",
    "base": "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "invisible": "\u202e<script>window.ran=11</script>\u2066",
    "wide": "\uff1cscript\uff1ewindow.ran=12\uff1c/script\uff1e",
}
URLS = {
    "javascript": "javascript:window.ran=20",
    "with a line break": "java\nscript:window.ran=21",
    "with a space before": " javascript:window.ran=22",
    "in capitals": "JaVaScRiPt:window.ran=23",
    "data": "data:text/html,<script>window.ran=24</script>",
    "vbscript": "vbscript:window.ran=25",
    "quotes": 'https://a.example/"onclick="window.ran=26',
    "blob": "blob:https://a.example/x",
}
# What of a file name the system allows.
NAME = "<img src=x onerror=window.ran=30>' onclick='window.ran=31' \"onfocus=\"window.ran=32\".json"
# Whether something ran, and how much there is that could: elements, handlers, URLs, styles.
COUNT_OF_HARM = r"""
const all = [...document.querySelectorAll('*')], attributes = all.flatMap(element => [...element.attributes])
const runs = one => /^(href|src|action|formaction|data|xlink:href)$/.test(one.name)
    && /^(javascript|vbscript|data):/i.test(one.value.replace(/\s/g, ''))
return [
    window.ran === undefined,
    document.querySelectorAll('script, img, iframe, math, base, object, embed, [http-equiv=refresh]').length,
    attributes.filter(one => one.name.startsWith('on')).length,
    attributes.filter(runs).length,
    document.querySelectorAll('[style]').length,
]"""
NONE = [True, 0, 0, 0, 0]


@pytest.fixture(scope="module")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell with an archive of articles that mean harm in every field, two of each text so that there are stories."""
    folder = tmp_path_factory.mktemp("harm")
    files = folder / "files"
    files.mkdir()
    for number, text in enumerate([*HARM.values(), *URLS.values()]):
        article = {
            "title": f"Harm {text}", "text": f"A body with {text} in Syria, {number}.\n\n{text}", "source": text,
            "author": text, "section": text, "tags": [text], "url": text, "language": "en", "dateline": text,
            "captions": [text], "location": text,
        }  # fmt: skip
        (files / f"{number} {NAME}").write_text(json.dumps(article), encoding="utf-8")
        copy = {**article, "source": f"Copy {text}", "title": f"Harm again {text}"}
        (files / f"{number} again.json").write_text(json.dumps(copy), encoding="utf-8")
    shell = Shell(folder, folder / "index")
    done = shell.archive("add", str(files))
    assert done.returncode == 0, done.stderr
    return shell


@pytest.fixture(scope="module")
def address(harmful: Shell) -> Iterator[str]:
    """The address of a server of these articles."""
    with serving(harmful) as (found, _):
        yield found


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser as most people have it."""
    with browsing(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


def assert_harmless(browser: Chrome, url: str) -> str:
    """What a page shows, on which nothing ran and nothing is but what the page's own templates hold."""
    browser.get(url)
    with pytest.raises(NoAlertPresentException):
        _ = browser.switch_to.alert
    assert browser.execute_script(COUNT_OF_HARM) == NONE, url
    refused = [entry["message"] for entry in browser.get_log("browser") if "status of 4" not in entry["message"]]
    assert refused == [], url
    return browser.find_element(By.TAG_NAME, "body").text


def ids(shell: Shell) -> list[str]:
    """The ids of one article of each story."""
    return [hit["id"] for hit in shell.found("-n", "500", "--copies", "first", "harm")["hits"]]


def test_the_results(chrome: Chrome, harmful: Shell, address: str) -> None:
    """Titles, snippets, sources and facet values are seen as they are written."""
    seen = "".join(assert_harmless(chrome, f"{address}?q=harm&page={page}") for page in range(1, 6))
    for reason in ("script", "handler", "end of the title", "base", "frame", "template"):
        assert f"Harm {HARM[reason]}" in seen, reason


def test_articles_and_stories(chrome: Chrome, harmful: Shell, address: str) -> None:
    """Every field, the name of the file, and what changed from one copy to the next."""
    seen, found = "", ids(harmful)
    assert len(found) > 15
    for article_id in found:
        seen += assert_harmless(chrome, f"{address}article/{article_id}?q=harm")
        seen += assert_harmless(chrome, f"{address}story/{article_id}?q=harm")
    assert NAME in seen
    assert HARM["script"] in seen
    for reason in ("javascript", "data", "vbscript"):
        assert URLS[reason] in seen, reason


@pytest.mark.parametrize("text", [*HARM.values(), *URLS.values()], ids=[*HARM, *URLS])
def test_what_is_asked(chrome: Chrome, address: str, text: str) -> None:
    """Queries, picked and excluded values, dates, choices and paths, in results and in errors."""
    picks = {"q": text, "location": text, "not_actor": text, "source": text}
    assert text.split()[0] in assert_harmless(chrome, f"{address}?{urlencode(picks)}")
    for wrong in ({"after": text}, {"sort": text, "q": text}):
        assert "cannot be answered" in assert_harmless(chrome, f"{address}?{urlencode(wrong)}")
    for path in ("article/", ""):
        url = f"{address}{path}{quote(text, safe='')}?{urlencode({'q': text})}"
        assert "cannot be answered" in assert_harmless(chrome, url)


@pytest.mark.parametrize("reason", ["script", "handler", "end of the style", "end of the title", "base"])
def test_a_page_in_a_file(chrome: Chrome, harmful: Shell, tmp_path: Path, reason: str) -> None:
    """`search --format html`, whose links lead to files and to the web."""
    done = harmful.search("--format", "html", "-n", "500", "--match", "any", "--", f"harm {HARM[reason]}")
    page = tmp_path / "page.html"
    page.write_text(done.stdout, encoding="utf-8")
    assert f"Harm {HARM[reason]}" in assert_harmless(chrome, page.as_uri())


def test_the_probe_sees_harm(chrome: Chrome, tmp_path: Path) -> None:
    """A page without escaping is told from one with it, so that the tests above can fail."""
    page = tmp_path / "page.html"
    for reason in ("script", "handler", "single quotes"):
        runs = HARM[reason].replace("alert", "String")
        page.write_text(f"<!doctype html><title>x</title><p>{runs}", encoding="utf-8")
        chrome.get(page.as_uri())
        assert chrome.execute_script(COUNT_OF_HARM)[0] is False, reason
    page.write_text(f"<!doctype html><title>x</title><a href='{URLS['in capitals']}'>x</a>", encoding="utf-8")
    chrome.get(page.as_uri())
    assert chrome.execute_script(COUNT_OF_HARM) == [True, 0, 0, 1, 0]

"""The page in a real browser, served by a real process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.shell import Shell, serving
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait
from web.browser import SCRIPTS_OFF, browsing


@pytest.fixture(scope="module")
def address(samples: Path) -> Iterator[str]:
    """The address of a server of the sample articles."""
    with serving(Shell(samples.parent, samples)) as (found, _):
        yield found


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser as most people have it."""
    with browsing(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture
def browser(chrome: Chrome) -> Iterator[Chrome]:
    """The browser; whatever the test did, nothing was refused or went wrong in it."""
    chrome.get_log("browser")
    yield chrome
    assert chrome.get_log("browser") == []


@pytest.fixture(scope="module")
def without_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser that runs no script of any page."""
    with browsing(tmp_path_factory.mktemp("profile"), SCRIPTS_OFF) as driver:
        yield driver


def text(driver: Chrome, selector: str) -> str:
    """The text that a person sees of the first such element."""
    return driver.find_element(By.CSS_SELECTOR, selector).text


def texts(driver: Chrome, selector: str) -> list[str]:
    """The text that a person sees of every such element."""
    return [element.text for element in driver.find_elements(By.CSS_SELECTOR, selector)]


def click(driver: Chrome, selector: str, within: str = "") -> None:
    """Follow the first such link, or the one whose text is `within`."""
    page = driver.find_element(By.TAG_NAME, "html")
    links = driver.find_elements(By.CSS_SELECTOR, selector)
    next(link for link in links if not within or link.text == within).click()
    WebDriverWait(driver, 10).until(staleness_of(page))


def ask(driver: Chrome, query: str) -> None:
    """Type a query and press Enter."""
    page = driver.find_element(By.TAG_NAME, "html")
    box = driver.find_element(By.NAME, "q")
    box.clear()
    box.send_keys(query, Keys.ENTER)
    WebDriverWait(driver, 10).until(staleness_of(page))


def total(driver: Chrome) -> int:
    """The number of articles at the head of the page."""
    first = text(driver, ".summary").split()[0]
    return 0 if first == "Nothing" else int(first.replace(",", ""))


def a_person_searches(driver: Chrome, address: str) -> None:
    """Search, pick, exclude, let go, narrow to a period, read an article, come back."""
    driver.get(address)
    assert total(driver) == 80
    ask(driver, "Russia")
    whole = total(driver)
    assert 1 < whole < 80
    assert driver.title.startswith("Russia")

    click(driver, "a.pick", "Syria")
    picked = total(driver)
    assert texts(driver, ".pills li") == ["place: Syria ×"]
    click(driver, "a[aria-label='exclude Islamic State']")
    assert total(driver) < picked < whole
    assert texts(driver, ".pills li") == ["place: Syria ×", "actor: not Islamic State ×"]
    click(driver, "a[aria-label='remove actor Islamic State']")
    assert total(driver) == picked
    click(driver, "a[aria-label='remove place Syria']")
    assert total(driver) == whole

    click(driver, "svg a")
    assert 0 < total(driver) < whole
    assert texts(driver, ".pills li")[0].startswith("date: ")

    ask(driver, '"Abu Kamal"')
    click(driver, ".pills a")
    title = text(driver, ".hits h2")
    click(driver, ".hits h2 a")
    assert text(driver, "h1") == title
    marked = set(texts(driver, "article mark"))
    assert marked
    assert marked <= {"Abu Kamal", "Albu Kamal", "Al-Bukamal", "البوكمال"}
    click(driver, ".back a")
    assert text(driver, ".hits h2") == title
    driver.back()
    assert text(driver, "h1") == title


def test_a_person_searches(browser: Chrome, address: str) -> None:
    """The whole way by keyboard and mouse, and nothing is refused by the page's policy."""
    a_person_searches(browser, address)


def test_a_person_searches_without_scripts(without_scripts: Chrome, address: str) -> None:
    """The same where no script may run."""
    without_scripts.get("data:text/html,<p id=p>off</p><script>p.textContent='on'</script>")
    assert text(without_scripts, "p") == "off"
    a_person_searches(without_scripts, address)


def test_a_place_stands_within_its_country(browser: Chrome, address: str) -> None:
    """Below it and indented, also where the page is narrow; a click narrows the country to the place."""
    browser.get(f"{address}?q=Russia&location=Syria")
    syria = total(browser)
    for width in (400, 1200):
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        places = browser.find_element(By.CSS_SELECTOR, "aside section")
        country = places.find_element(By.XPATH, ".//a[.='Syria']").rect
        place = places.find_element(By.XPATH, ".//ul[@aria-label='Places in Syria']//a[.='Hmeimim']").rect
        assert place["x"] >= country["x"] + 10
        assert place["y"] > country["y"]
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    click(browser, "aside a.pick", "Hmeimim")
    assert texts(browser, ".pills li") == ["place: Hmeimim ×"]
    assert 0 < total(browser) < syria


def test_harm_runs_nothing(browser: Chrome, harmful: Path) -> None:
    """Markup in the title, body, source, tags and file name of an article is seen as text on every page."""
    with serving(Shell(harmful.parent, harmful)) as (address, _):
        browser.get(f"{address}?q=harm")
        assert "<script>document.title='harmed'</script>" in text(browser, ".hits h2")
        pages = [browser.title]
        click(browser, ".hits h2 a")
        pages.append(browser.title)
        assert "<img src=x onerror=" in text(browser, "h1")
        assert "<img src=x onerror=document.title='harmed'>.json" in text(browser, ".record")
        assert "javascript:" in text(browser, ".record")
    assert "harmed" not in [title.split(" –")[0] for title in pages]
    assert browser.find_elements(By.CSS_SELECTOR, "img, script, a[href^='javascript']") == []


@pytest.mark.parametrize("path", ["", "?q=Kalibr+Abu+Kamal", "?q=zzzqqq", "?q=" + "long" * 60, "article"])
def test_a_narrow_screen_scrolls_one_way(browser: Chrome, address: str, path: str) -> None:
    """At 400 pixels nothing sticks out to the side, whatever the page."""
    browser.set_window_size(1200, 900)
    browser.get(address + ("?q=Kalibr+Abu+Kamal" if path == "article" else path))
    if path == "article":
        click(browser, ".hits h2 a")
    size = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page = "document.documentElement"
    widths = browser.execute_script(f"return [window.innerWidth, {page}.scrollWidth - {page}.clientWidth]")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert widths == [400, 0]


def test_the_keyboard_comes_first_to_the_skip_link(browser: Chrome, address: str) -> None:
    """Tab shows it, Enter leads past the form, and the next stops are the way home and the box."""
    browser.get(f"{address}?q=Russia")
    stops = []
    for _ in range(4):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        focused = browser.switch_to.active_element
        stops.append(focused.get_attribute("name") or focused.text)
        if len(stops) == 1:
            assert focused.rect["x"] >= 0
    assert stops == ["Skip to the results", "News archive", "q", "Search"]
    browser.get(f"{address}?q=Russia")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    browser.switch_to.active_element.send_keys(Keys.TAB)
    inside = "return document.querySelector('main').contains(document.activeElement)"
    assert browser.execute_script(inside)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(browser: Chrome, address: str, scheme: str) -> None:
    """The page follows what the system prefers."""
    feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    browser.get(address)
    color = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    brightness = sum(int(part) for part in color[4:-1].split(","))
    assert (brightness > 600) == (scheme == "light")


def test_a_page_in_a_file_has_its_style(browser: Chrome, samples: Path, tmp_path: Path) -> None:
    """The browser applies the one style that the page's policy names, and has nothing to complain of."""
    done = Shell(tmp_path, samples).search("--format", "html", "Kalibr Abu Kamal")
    (tmp_path / "page.html").write_text(done.stdout, encoding="utf-8")
    browser.get((tmp_path / "page.html").as_uri())
    family = browser.execute_script("return getComputedStyle(document.body).fontFamily")
    assert family.startswith("Georgia")
    assert "Abu Kamal" in texts(browser, "mark")

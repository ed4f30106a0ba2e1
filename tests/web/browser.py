"""Chromium, as tests drive it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

__all__ = ["SCRIPTS_OFF", "browsing"]

BROWSER, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
# A fresh profile, no sandbox (containers), and nothing that calls home.
OPTIONS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--window-size=1200,900",
]  # fmt: skip
SCRIPTS_OFF = {"profile.managed_default_content_settings.javascript": 2}


@contextmanager
def browsing(profile: Path, preferences: dict[str, int] | None = None) -> Iterator[Chrome]:
    """A browser with its own profile, as most people have it but for the preferences given, until the end."""
    if not (BROWSER.exists() and DRIVER.exists()):
        pytest.skip(f"no {BROWSER} with {DRIVER}; on Debian: apt-get install chromium chromium-driver")
    options = ChromeOptions()
    options.binary_location = str(BROWSER)
    for option in [*OPTIONS, f"--user-data-dir={profile}"]:
        options.add_argument(option)
    options.add_experimental_option("prefs", preferences or {})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()

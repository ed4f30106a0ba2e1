"""What every test may use."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

TOP = Path(__file__).resolve().parent.parent

Effort = Callable[[int, int], int]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak` runs the long form of tests that have one: scripts/soak gives it."""
    parser.addoption("--soak", action="store_true", help="run the long form of tests that have one")


@pytest.fixture(scope="session")
def effort(request: pytest.FixtureRequest) -> Effort:
    """How much a test does: `effort(short, long)`, the second with --soak."""
    soaking = bool(request.config.getoption("--soak"))
    return lambda short, long: long if soaking else short


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """On CI a skipped test is a failed one: everything that tests need is there."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped on CI, where nothing may be: {report.longrepr}"


@pytest.fixture(scope="session", autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the package keeps for its user is kept elsewhere while tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample articles of the project."""
    return TOP / "corpus"


@pytest.fixture(scope="session")
def test_data() -> Path:
    """Real material that is not part of the project; where it is absent, tests that need it are skipped."""
    folder = Path(os.environ.get("SEARCHER_TEST_DATA") or TOP.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no test data at {folder}; set SEARCHER_TEST_DATA")
    return folder


@pytest.fixture(scope="session")
def cluster_url() -> str:
    """The address of a real OpenSearch."""
    url = os.environ.get("SEARCHER_CLUSTER")
    if not url:
        pytest.skip("no OpenSearch: run scripts/test --cluster or set SEARCHER_CLUSTER")
    return url


@pytest.fixture
def address(cluster_url: str) -> Iterator[str]:
    """The address of an archive that is not there yet; what is there when the test ends is deleted."""
    from searcher.engines.opensearch import OpenSearchEngine

    url = f"opensearch://{cluster_url.partition('://')[2]}/place-{uuid4().hex}"
    yield url
    if OpenSearchEngine.exists(url):
        OpenSearchEngine.delete(url)

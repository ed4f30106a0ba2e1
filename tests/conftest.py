"""What every test may use."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from cluster3 import Nodes

TOP = Path(__file__).resolve().parent.parent

Effort = Callable[[int, int], int]

NO_CLUSTER = "no OpenSearch: run scripts/test --cluster or set SEARCHER_CLUSTER"
CLUSTER_FIXTURES = {"cluster_url", "nodes"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--soak` runs the long form of tests that have one: scripts/soak gives it."""
    parser.addoption("--soak", action="store_true", help="run the long form of tests that have one")


@pytest.fixture(scope="session")
def effort(request: pytest.FixtureRequest) -> Effort:
    """How much a test does: `effort(short, long)`, the second with --soak."""
    soaking = bool(request.config.getoption("--soak"))
    return lambda short, long: long if soaking else short


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks for a cluster is marked `cluster`; what is marked so is skipped without one.

    What is marked `soak` takes too long for the suite, and is run with --soak alone.
    """
    if not config.getoption("--soak"):
        long = [item for item in items if item.get_closest_marker("soak")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    for item in items:
        if CLUSTER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("cluster")
        if item.get_closest_marker("cluster") and not os.environ.get("SEARCHER_CLUSTER"):
            item.add_marker(pytest.mark.skip(reason=NO_CLUSTER))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """On CI a skipped test is a failed one: everything that tests need is there, a cluster perhaps excepted."""
    outcome: Any = yield
    report = outcome.get_result()
    if (
        report.skipped
        and os.environ.get("CI")
        and not hasattr(report, "wasxfail")
        and not _may_lack_cluster(item, report)
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped on CI, where nothing may be: {report.longrepr}"


def _may_lack_cluster(item: pytest.Item, report: pytest.TestReport) -> bool:
    """Whether .ci/run found that this machine cannot start a cluster, and a test was skipped for that alone."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    is_for_that = bool(item.get_closest_marker("cluster")) and reason == f"Skipped: {NO_CLUSTER}"
    return is_for_that and bool(os.environ.get("CI_WITHOUT_CLUSTER"))


@pytest.fixture(scope="session")
def cluster_url() -> str:
    """Where an OpenSearch answers; what asks for it is marked `cluster`, and gives its indexes names of their own."""
    return os.environ["SEARCHER_CLUSTER"].rstrip("/")


@pytest.fixture(scope="session")
def three_nodes() -> Iterator["Nodes"]:
    """A cluster of three nodes, started for the first test that asks for `nodes`."""
    from cluster3 import Nodes

    with Nodes.running() as nodes:
        yield nodes


@pytest.fixture
def nodes(three_nodes: "Nodes") -> "Nodes":
    """Three nodes that a test may kill: all there and green when it begins, whatever the test before did to them."""
    three_nodes.restore()
    return three_nodes


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


@pytest.fixture
def address(cluster_url: str) -> Iterator[str]:
    """The address of an archive that is not there yet; what is there when the test ends is deleted."""
    from searcher.engines.opensearch import OpenSearchEngine

    url = f"opensearch://{cluster_url.partition('://')[2]}/place-{uuid4().hex}"
    yield url
    if OpenSearchEngine.exists(url):
        OpenSearchEngine.delete(url)

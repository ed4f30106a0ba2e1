"""The engines that run the contract: a later one is added here and nowhere else."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from searcher.engines import Engine
from searcher.engines.opensearch import OpenSearchEngine
from searcher.engines.whoosh import WhooshEngine


def url_of(place: Path) -> str:
    """The address of the archive that stands for a directory."""
    name = hashlib.blake2b(str(place).encode(), digest_size=8).hexdigest()
    return f"opensearch://{os.environ['SEARCHER_CLUSTER'].partition('://')[2]}/test-{name}"


MAKERS: dict[str, Callable[[Path], Engine]] = {
    "whoosh": WhooshEngine.create,
    "opensearch": lambda place: OpenSearchEngine.create(url_of(place)),
}
OPENERS: dict[str, Callable[[Path], Engine]] = {
    "whoosh": WhooshEngine.open,
    "opensearch": lambda place: OpenSearchEngine.open(url_of(place)),
}


ENGINES = [pytest.param(name, marks=[pytest.mark.cluster] * (name == "opensearch")) for name in MAKERS]


@contextmanager
def new_engine(name: str, place: Path) -> Iterator[Engine]:
    """A new, empty engine; it is closed, and what is in a cluster deleted, in the end."""
    with ExitStack() as stack:
        if name == "opensearch":
            stack.callback(OpenSearchEngine.delete, url_of(place))
        yield stack.enter_context(closing(MAKERS[name](place)))


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def stack(engine_name: str) -> Iterator[ExitStack]:
    """What is closed when the test ends."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def make(engine_name: str, stack: ExitStack) -> Callable[[Path], Engine]:
    """Makes a new, empty engine at a place."""
    return lambda place: stack.enter_context(new_engine(engine_name, place))


@pytest.fixture
def make_engine(make: Callable[[Path], Engine], tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Engine]:
    """A new, empty engine at every call; all are closed when the test ends."""
    return lambda: make(tmp_path_factory.mktemp("engine"))


@pytest.fixture
def engine(make_engine: Callable[[], Engine]) -> Engine:
    """A new, empty engine."""
    return make_engine()


@pytest.fixture
def place(tmp_path: Path, make: Callable[[Path], Engine]) -> Path:
    """A place with a new, empty engine, nobody having it open."""
    make(tmp_path / "index").close()
    return tmp_path / "index"


@pytest.fixture
def open_engine(engine_name: str, stack: ExitStack) -> Callable[[Path], Engine]:
    """Opens the engine at a place; all are closed when the test ends."""
    return lambda place: stack.enter_context(closing(OPENERS[engine_name](place)))

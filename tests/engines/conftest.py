"""The engines that run the contract: a later one is added here and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from searcher.engines import Engine
from searcher.engines.whoosh import WhooshEngine

MAKERS: dict[str, Callable[[Path], Engine]] = {"whoosh": WhooshEngine.create}
OPENERS: dict[str, Callable[[Path], Engine]] = {"whoosh": WhooshEngine.open}


@pytest.fixture(params=sorted(MAKERS))
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def make_engine(engine_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Engine]]:
    """A new, empty engine at every call; all are closed when the test ends."""
    with ExitStack() as stack:

        def make() -> Engine:
            engine = MAKERS[engine_name](tmp_path_factory.mktemp("engine"))
            stack.enter_context(closing(engine))
            return engine

        yield make


@pytest.fixture
def engine(make_engine: Callable[[], Engine]) -> Engine:
    """A new, empty engine."""
    return make_engine()


@pytest.fixture
def place(tmp_path: Path, engine_name: str) -> Path:
    """A directory with a new, empty index, nobody having it open."""
    MAKERS[engine_name](tmp_path / "index").close()
    return tmp_path / "index"


@pytest.fixture
def open_engine(engine_name: str) -> Iterator[Callable[[Path], Engine]]:
    """Opens the index in a directory; all are closed when the test ends."""
    with ExitStack() as stack:

        def open_one(path: Path) -> Engine:
            engine = OPENERS[engine_name](path)
            stack.enter_context(closing(engine))
            return engine

        yield open_one

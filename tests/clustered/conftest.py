"""A Dask scheduler on this machine with two workers, processes of their own."""

from collections.abc import Iterator

import pytest
from clustered.dasks import Dask, started


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """The scheduler: two workers of one thread, started again by their nannies when they die."""
    pytest.importorskip("distributed", reason="pip install 'searcher[distributed]'")
    with started(tmp_path_factory.mktemp("dask"), workers=2) as dask:
        yield dask

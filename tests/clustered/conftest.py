"""A Dask scheduler on this machine with two workers, processes of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

dask = pytest.importorskip("dask", reason="pip install 'searcher[distributed]'")


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """The cluster: two workers of one thread, started again by their nannies when they die; two deaths are too many."""
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,
    ):
        yield cluster

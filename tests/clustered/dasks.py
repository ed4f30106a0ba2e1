"""A Dask scheduler and workers as a person starts them: commands of their own, nothing of which is in this process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from processes import until

__all__ = ["Dask", "started"]

# Two workers that died over a parcel are enough, of which each test that kills some waits for the next.
ALLOWED_FAILURES = "1"
PATIENCE = 120.0


@dataclass(frozen=True)
class Dask:
    """A scheduler by its address."""

    scheduler_address: str

    def threads(self) -> int:
        """Of all workers."""
        from distributed import Client

        with Client(self.scheduler_address, set_as_default=False) as client:
            return sum(client.nthreads().values())

    def pids(self) -> list[int]:
        """The processes of the workers, not of the nannies that start them again."""
        from distributed import Client

        with Client(self.scheduler_address, set_as_default=False) as client:
            return sorted(client.run(os.getpid).values())


@contextmanager
def started(folder: Path, workers: int) -> Iterator[Dask]:
    """A scheduler with so many workers of one thread, which end with the context."""
    tests = Path(__file__).resolve().parents[1]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)]),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": ALLOWED_FAILURES,
    }
    told = folder / "scheduler.json"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", told]
    worker = ["worker", "--scheduler-file", told, "--nthreads", "1", "--no-dashboard", "--local-directory", folder]
    with ExitStack() as stack, (folder / "log").open("w") as log:
        for command in [scheduler, *[worker] * workers]:
            if command is worker:
                until(lambda: told.exists() and told.read_text(), PATIENCE)
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *map(str, command)], stdout=log, stderr=log, env=environment
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        until(lambda: told.exists() and told.read_text(), PATIENCE)
        dask = Dask(json.loads(told.read_text())["address"])
        until(lambda: dask.threads() == workers, PATIENCE)
        yield dask

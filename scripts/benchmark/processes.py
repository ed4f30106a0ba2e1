"""Starting the process of an engine, and talking to it through its pipes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

__all__ = ["Server", "WorkerFailed", "bare_memory", "run"]

_SCRIPTS = Path(__file__).resolve().parents[1]


class WorkerFailed(Exception):
    """The process of an engine ended before its work was done; what it wrote to stderr stands above."""


def run(command: list[str]) -> Any:
    """The line of JSON that a process prints; WorkerFailed where it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=_environment(), check=False)
    if done.returncode:
        raise WorkerFailed(f"{' '.join(command)} ended with {done.returncode}: see above")
    return json.loads(done.stdout)


class Server:
    """A process that answers until it is let go; `opened` is what it said when it was ready."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_environment()
        )
        self._asked = cast("IO[str]", self._process.stdin)
        self._said = cast("IO[str]", self._process.stdout)
        self.opened: Mapping[str, Any] = self._read()

    def ask(self, *words: object) -> Any:
        """The answer to a line of words."""
        with suppress(BrokenPipeError):  # then there is nothing to read either
            self._asked.write(" ".join(map(str, words)) + "\n")
            self._asked.flush()
        return self._read()

    def _read(self) -> Any:
        line = self._said.readline()
        if not line:
            raise WorkerFailed(f"{' '.join(self._command)} ended with {self._process.wait()}: see above")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


def bare_memory() -> Any:
    """What Python with numpy takes when it has done nothing."""
    program = "import json, numpy; from benchmark.worker import memory; print(json.dumps(memory()))"
    return run([sys.executable, "-P", "-c", program])


def _environment() -> dict[str, str]:
    path = [str(_SCRIPTS), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}

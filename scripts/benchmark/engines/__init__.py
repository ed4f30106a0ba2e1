"""The engines that are compared: one file each, all alike behind `base`. Which are there is found out, not assumed."""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from benchmark.engines import lucene
from benchmark.engines.base import Adapter

__all__ = ["ENGINES", "OURS", "WHOOSH", "adapter", "command", "missing"]

OURS = "searcher"
WHOOSH = "whoosh"
LUCENE = "lucene"
# Name -> the library that must be there; Lucene is asked in a process of Java.
_LIBRARIES = {OURS: "numpy", "tantivy": "tantivy", "sqlite": "sqlite3", WHOOSH: "whoosh"}
ENGINES = (OURS, "tantivy", LUCENE, "sqlite", WHOOSH)


def adapter(name: str) -> Adapter:
    """The adapter of an engine in Python."""
    made: Adapter = import_module(f"benchmark.engines.{name}_engine").ADAPTER
    return made


def missing(name: str) -> str:
    """Why an engine cannot take part; empty where it can."""
    if name == LUCENE:
        return lucene.missing()
    library = _LIBRARIES[name]
    return "" if find_spec(library) else f"{library} is not installed: pip install 'searcher[bench]'"


def command(name: str, scratch: Path) -> list[str]:
    """What starts the process of an engine; verb and arguments are put behind it, see `worker`."""
    if name == LUCENE:
        return lucene.command(scratch)
    return [sys.executable, "-P", "-m", "benchmark.worker", name]

"""The process that runs one target on input without end, or on one file: python -m fuzzing.child ... Bounded in memory.

It tells each fault as a line of JSON. What it is about to run lies in a file, so that whoever watches can keep it where
the process hangs or dies.
"""

import argparse
import contextlib
import gzip
import json
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from fuzzing.targets import Target

__all__ = ["SLOW", "faults_of", "inputs"]

MEMORY_BYTES = 2_000_000_000  # of a process with its libraries; 32 MB of an article are held some ten times
SLOW = 4  # seconds
LONGEST = 100_000  # bytes that atheris makes, and of what is no file: no article is longer
KEPT = 5  # of a kind
COUNTED = 10  # inputs between two counts: atheris ends the process itself
INSTRUMENTED = ["searcher", "striprtf", "warcio", "feedparser", "docx"]


def faults_of(target: "Target", name: str, data: bytes) -> dict[str, str]:
    """What is wrong with how a target takes an input; empty where nothing is."""
    begun = time.monotonic()
    try:
        target.run(name, data)
    except BaseException as error:  # noqa: BLE001 - everything that leaves is what is looked for
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/searcher/" in f.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        return {"kind": f"{type(error).__name__} at {where}", "detail": traceback.format_exc()[-4000:]}
    seconds = time.monotonic() - begun
    return {"kind": "slow", "detail": f"{seconds:.1f} s"} if seconds > SLOW else {}


def inputs(target: "Target", chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Broken input without end, each with the name of its file."""
    from fuzzing.mutations import mutant, wrapped

    seeds = list(target.seeds())
    while True:
        name, data = chance.choice(seeds)
        if name.endswith(".gz") and "warc" not in name:
            with contextlib.suppress(OSError, EOFError):
                data, name = gzip.decompress(data), name.removesuffix(".gz")
        data = mutant(chance, data)
        if not target.is_file:
            data = data[:LONGEST]
        if target.name == "file":
            data, name = wrapped(chance, data, name)
        yield name, data


class _Run:
    """Runs inputs and tells what it finds."""

    def __init__(self, target: "Target", folder: Path, told: TextIO) -> None:
        self.target, self.folder, self.told = target, folder, told
        self.found: Counter[str] = Counter()
        self.count = 0

    def take(self, name: str, data: bytes) -> None:
        """One input."""
        current = self.folder / "current"
        current.write_bytes(json.dumps(name).encode() + b"\n" + data)
        fault = faults_of(self.target, name, data)
        self.count += 1
        if self.count % COUNTED == 0:
            self.tell({"count": str(self.count)})
        if not fault:
            return
        self.found[fault["kind"]] += 1
        if self.found[fault["kind"]] <= KEPT:
            kept = self.folder / f"{self.target.name}-{os.getpid()}-{self.count}"
            kept.write_bytes(current.read_bytes())
            self.tell({"file": str(kept)} | fault)

    def tell(self, what: dict[str, str]) -> None:
        """A line to whoever watches."""
        print(json.dumps(what), file=self.told, flush=True)


def _covered(run: _Run, seconds: int) -> None:
    """Inputs as atheris finds them: those that reach something new are kept and broken further."""
    import atheris

    seeds = run.folder / "seeds"
    seeds.mkdir(exist_ok=True)
    names = Counter[str]()
    for number, (name, data) in enumerate(run.target.seeds()):
        if len(data) <= LONGEST:
            (seeds / str(number)).write_bytes(data)
            names[Path(name).suffix] += 1
    name = "input" + (names.most_common(1)[0][0] if names else "")
    arguments = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        "-timeout=1000000",
        "-rss_limit_mb=0",
        "-verbosity=0",
    ]

    def one(data: bytes) -> None:
        if not run.count:  # the alarm is for the bounds that readers set themselves; who watches has a clock of its own
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
        run.take(name, data)

    atheris.Setup(["fuzz", *arguments, str(seeds)], one)
    atheris.Fuzz()


def main() -> None:
    """Run until the time is over."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--covered", action="store_true")
    parser.add_argument("--once", type=Path)
    options = parser.parse_args()
    told, sys.stdout = sys.stdout, sys.stderr = sys.stdout, open(os.devnull, "w")  # noqa: SIM115, PTH123 - libraries print
    if options.covered:
        import atheris

        with atheris.instrument_imports(include=INSTRUMENTED):
            from fuzzing.targets import TARGETS
    else:
        from fuzzing.targets import TARGETS
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    run = _Run(TARGETS[options.target], options.folder, told)
    if options.once:
        name, _, data = options.once.read_bytes().partition(b"\n")
        run.take(json.loads(name), data)
    elif options.covered:
        _covered(run, options.seconds)
    else:
        end = time.monotonic() + options.seconds
        for name, data in inputs(run.target, random.Random(options.seed)):  # noqa: S311
            if time.monotonic() > end:
                break
            run.take(name, data)
    run.tell({"count": str(run.count)})


if __name__ == "__main__":
    main()

#!/usr/bin/env python
"""Give broken input to what reads what others wrote: what leaves as an exception, hangs or is lost without a reason?

    scripts/fuzz.py [TARGET ...] [--seconds 60] [--seed 1] [--only mutations|coverage] [--keep DIR] [--list]
    scripts/fuzz.py TARGET --again FILE         one input that was kept, once more

Each target has its time twice: for samples broken in ways known to hurt, and for inputs that atheris finds by what they
reach (extra `fuzz`). A child process runs them, bounded in memory and time; what shows a fault is kept and named.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP), str(TOP / "scripts")]

from fuzzing.targets import TARGETS  # noqa: E402

HANGS = 90  # seconds for one input: longer than the longest time that a reader allows itself
STARTS = 120  # seconds until the first input: what is loaded is instrumented
UNSURE = ("MemoryError", "slow", "hang", "death")  # what a child that ran for long may be to blame for: asked again


class Found:
    """The faults of a run, each told at once."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()

    def add(self, target: str, fault: dict[str, str]) -> None:
        """Tell one."""
        self.kinds[f"{target}: {fault['kind']}"] += 1
        print(json.dumps({"target": target} | fault), flush=True)


def run(target: str, folder: Path, how: list[str]) -> tuple[int, list[dict[str, str]]]:
    """A child until it ends or hangs: how many inputs it took at least, and its faults."""
    command = [sys.executable, "-m", "fuzzing.child", target, str(folder), *how]
    current, told = folder / "current", folder / "told"
    current.unlink(missing_ok=True)
    with told.open("w") as lines:
        child = subprocess.Popen(command, cwd=TOP / "scripts", stdout=lines, stderr=subprocess.DEVNULL)
    ended = _watched(child, current)
    faults = [json.loads(line) for line in told.read_text().splitlines() if line.startswith("{")]
    counts = [int(line["count"]) for line in faults if "count" in line]
    if ended:
        faults.append(_kept(current, folder, target, ended))
    return max(counts, default=0), [line for line in faults if "count" not in line]


def _watched(child: "subprocess.Popen[bytes]", current: Path) -> dict[str, str]:
    """How a child ended where it should not have: it hung at one input, or died."""
    begun = time.time()
    while child.poll() is None:
        time.sleep(0.2)
        waited = time.time() - (current.stat().st_mtime if current.exists() else begun + STARTS - HANGS)
        if waited > HANGS:
            child.kill()
            child.wait()
            return {"kind": "hang", "detail": f"longer than {HANGS} s"}
    return {"kind": "death", "detail": f"the process ended with {child.returncode}"} if child.returncode else {}


def _kept(current: Path, folder: Path, target: str, fault: dict[str, str]) -> dict[str, str]:
    """The input that a child was at, under a name of its own."""
    kept = folder / f"{target}-{fault['kind']}-{time.time_ns()}"
    kept.write_bytes(current.read_bytes() if current.exists() else b"")
    return {"file": str(kept)} | fault


def confirmed(target: str, fault: dict[str, str], folder: Path) -> list[dict[str, str]]:
    """The fault, or what a fresh child makes of its input where the old one may be to blame."""
    if not fault["kind"].startswith(UNSURE) or not Path(fault["file"]).stat().st_size:
        return [fault]
    _, again = run(target, folder, ["--once", fault["file"]])
    return [one | {"file": fault["file"]} for one in again]


def main() -> int:
    """Run every target for its time; 1 where a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="one of --list; all where none is named")
    parser.add_argument("--seconds", type=int, default=60, help="for each target and way")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("mutations", "coverage"))
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz")
    parser.add_argument("--again", type=Path, metavar="FILE")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if unknown := [name for name in options.targets if name not in TARGETS]:
        parser.error(f"no target {unknown[0]!r}; the targets are {', '.join(TARGETS)}")
    if options.list:
        print("\n".join(TARGETS))
        return 0
    found = Found()
    for name in options.targets or TARGETS:
        folder = options.keep / name
        folder.mkdir(parents=True, exist_ok=True)
        ways = {"mutations": ["--seed", str(options.seed)], "coverage": ["--covered"]}
        if options.again:
            ways = {"again": ["--once", str(options.again)]}
        for way, how in ways.items():
            if options.only not in (None, way):
                continue
            count, faults = run(name, folder, [*how, "--seconds", str(options.seconds)])
            sure = [one for fault in faults for one in confirmed(name, fault, folder)]
            for fault in sure:
                found.add(name, fault)
            print(f"{name}, {way}: {count:,} inputs, {len(sure)} faults", flush=True)
    print(f"{dict(found.kinds) or 'no fault'}; what was kept is in {options.keep}")
    return 1 if found.kinds else 0


if __name__ == "__main__":
    sys.exit(main())

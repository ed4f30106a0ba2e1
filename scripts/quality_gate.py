#!/usr/bin/env python
"""How good are the entities, and what is read from pages, and is any figure below its floor?

    scripts/quality_gate.py                              score every set that is present: a minute
    scripts/quality_gate.py --only labelled --only seed  these alone
    scripts/quality_gate.py --pin                        raise floors to the present scores

Sets are the labelled texts of the checkout and, where SEARCHER_TEST_DATA (else ../shared/data) holds them, the marked
texts of others; scripts/quality/ says what each figure means. Floors are in scripts/quality_floors.json with the digest
of the files they were measured on.

Exit status: 0 when all figures hold, 1 when one does not, or a set has other data than its floors, or --pin was
refused, 2 when a file cannot be read. Sets that are absent are named and not scored.

--pin moves a floor up, or a ceiling down, and never the other way: it writes nothing where a figure got worse, until
--allow-regression names that figure.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from quality import sets
from quality.errors import QualityError
from quality.floors import Judged, Measured, Pinned, judge, pin, read_floors, regressions, write_floors

FLOORS = Path(__file__).resolve().parent / "quality_floors.json"
COLUMNS = ("set", "figure", "score", "bound", "verdict")
HINTS = {
    "under": "below its floor: mend it, or --pin --allow-regression SET/FIGURE with the reason in the commit",
    "over": "above its ceiling: mend it, or --pin --allow-regression SET/FIGURE with the reason in the commit",
    "other data": "the data is another one than the floors were measured on; floors do not apply: re-pin with --pin",
    "not pinned": "has no floor yet: --pin gives it one",
    "no such figure": "should be measured, and the set does not give it: bring it back, or take it out of both files",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, and say by the exit status whether all holds."""
    options = _options(arguments)
    chosen = [one for one in sets.SETS if not options.only or one.name in options.only]
    absent = {one.name: f"no {', '.join(one.missing())} below {one.top}" for one in chosen if one.missing()}
    try:
        pinned = read_floors(FLOORS)
        measured = [Measured(one, one.digest(), one.scores()) for one in chosen if one.name not in absent]
    except QualityError as error:
        print(f"scripts/quality_gate.py: {error}", file=sys.stderr)
        return 2
    if options.pin and not _pin(measured, pinned, options.allow_regression):
        return 1
    judged = [line for one in measured for line in judge(one, pinned.get(one.name))]
    failures = _failures(judged, pinned)
    print(_as_json(measured, judged, absent, failures) if options.json else _table(judged, absent))
    for failure in failures:
        print(failure, file=sys.stderr)
    return int(bool(failures))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = [one.name for one in sets.SETS]
    parser.add_argument("--only", action="append", metavar="SET", choices=known, help=f"one of {', '.join(known)}")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument("--pin", action="store_true", help="write the present scores as floors")
    parser.add_argument(
        "--allow-regression", action="append", default=[], metavar="SET/FIGURE", help="with --pin: may get worse"
    )
    options = parser.parse_args(arguments)
    if options.allow_regression and not options.pin:
        parser.error("--allow-regression says what --pin may write: give both")
    return options


def _pin(measured: Sequence[Measured], pinned: dict[str, Pinned], allowed: Sequence[str]) -> bool:
    """Write floors, in `pinned` too, unless that would let a figure get worse that is not allowed to."""
    worse = [name for one in measured for name in regressions(one, pinned.get(one.name))]
    needless = sorted(set(allowed) - set(worse))
    refused = [name for name in worse if name not in allowed]
    for name in needless:
        print(f"{name}: --allow-regression names it, and it did not get worse; leave it out", file=sys.stderr)
    for name in refused:
        print(f"{name}: got worse; nothing is pinned unless --allow-regression {name!r} asks for it", file=sys.stderr)
    if needless or refused:
        return False
    pinned.update({one.name: pin(one) for one in measured})
    write_floors(FLOORS, pinned)
    return True


def _failures(judged: Sequence[Judged], pinned: dict[str, Pinned]) -> list[str]:
    """A line for each figure that fails, one for a whole set where its data is another."""
    lines = [
        f"{line.set if line.verdict == 'other data' else f'{line.set}/{line.figure}'}: {HINTS[line.verdict]}"
        for line in judged
        if line.fails
    ]
    strangers = sorted(set(pinned) - {one.name for one in sets.SETS})
    lines += [f"{name}: has floors in {FLOORS.name}, and there is no such set: take them out" for name in strangers]
    return list(dict.fromkeys(lines))


def _table(judged: Sequence[Judged], absent: dict[str, str]) -> str:
    cells = [(line.set, line.figure, _number(line.score), _number(line.bound), line.verdict) for line in judged]
    rows = [COLUMNS, *cells]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join([*lines, *(f"not scored: {name} ({reason})" for name, reason in absent.items())])


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _as_json(
    measured: Sequence[Measured], judged: Sequence[Judged], absent: dict[str, str], failures: Sequence[str]
) -> str:
    found = {
        one.name: {
            "digest": one.digest,
            "figures": {
                line.figure: {"score": line.score, "bound": line.bound, "verdict": line.verdict}
                for line in judged
                if line.set == one.name
            },
        }
        for one in measured
    }
    return json.dumps({"sets": found, "absent": absent, "failures": list(failures)}, indent=2)


if __name__ == "__main__":
    sys.exit(main())

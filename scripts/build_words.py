#!/usr/bin/env python3
"""Compile searcher/entities/data/words.bin: which words are ordinary English, which are given names or surnames.

    pip install 'searcher[gazetteer]' && apt-get install scowl
    python scripts/build_words.py [--scowl DIR] [--out FILE]

From SCOWL (lists of English words by how common they are; Debian's package `scowl`) and Faker (names of people in some
sixty countries). The same versions give the same bytes.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import faker.providers.person as people
import numpy as np
from anyascii import anyascii

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from searcher.entities.columns import sum_of  # noqa: E402
from searcher.entities.keys import WORD, fold  # noqa: E402
from searcher.entities.sections import pack  # noqa: E402
from searcher.entities.tables import DATA  # noqa: E402
from searcher.entities.vocabulary import COMMON, FREQUENT, GIVEN, ORDINARY, SURNAME  # noqa: E402

# SCOWL's sizes: 10 and 20 hold the 13,000 words everybody uses, 35 is a small dictionary, 60 a large one.
SIZES = {10: FREQUENT | COMMON | ORDINARY, 20: FREQUENT | COMMON | ORDINARY, 35: COMMON | ORDINARY}
SIZES |= dict.fromkeys((40, 50, 55, 60), ORDINARY)
DIALECTS = ("english", "american", "british")
# Names of a script that has no vowels, or no words with spaces, are spelled otherwise in news.
UNREADABLE = ("ar_", "fa_", "he_", "zh_", "ja_", "ko_", "th_", "ta_")


def english(folder: Path) -> Iterator[tuple[str, int]]:
    """The words of SCOWL that are written small, with the flags of their size."""
    for size, flags in SIZES.items():
        for dialect in DIALECTS:
            path = folder / f"{dialect}-words.{size}"
            if path.exists():
                for word in path.read_text(encoding="latin-1").split():
                    if word.islower() and len(word) > 1:
                        yield fold(word), flags


def names() -> Iterator[tuple[str, int]]:
    """The given names and surnames of Faker, in Latin letters."""
    for module in pkgutil.iter_modules(people.__path__):
        if not module.name.startswith(UNREADABLE):
            provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
            for kind, flag in (("first_name", GIVEN), ("last_name", SURNAME)):
                for listed in (getattr(provider, name) for name in dir(provider) if name.startswith(kind)):
                    if isinstance(listed, (tuple, list, dict)):
                        yield from ((word, flag) for word in single(listed))


def single(listed: Iterable[object]) -> Iterator[str]:
    """The names of one word, folded."""
    for name in listed:
        latin = anyascii(name) if isinstance(name, str) else ""
        if latin[:1].isupper() and len(WORD.findall(latin)) == 1 and len(latin) > 1 and not latin.isupper():
            yield fold(latin)


def build(folder: Path) -> bytes:
    """The bytes of the file."""
    flags: dict[int, int] = {}
    for word, flag in (*english(folder), *names()):
        flags[sum_of(word)] = flags.get(sum_of(word), 0) | flag
    made_from = f"scowl of {folder.name}, faker {version('faker')}".encode()
    ordered = sorted(flags)
    return pack(
        {
            "word_crc": np.array(ordered, dtype="<u4"),
            "word_flags": np.array([flags[total] for total in ordered], dtype="|u1"),
            "made_from": np.frombuffer(made_from, dtype="|u1"),
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile the words that ship with searcher.entities.")
    parser.add_argument("--scowl", type=Path, default=Path("/usr/share/dict/scowl"), help="folder of SCOWL's lists")
    parser.add_argument("--out", type=Path, default=DATA / "words.bin", help="where to write (default: %(default)s)")
    given = parser.parse_args()
    if not (given.scowl / "english-words.10").exists():
        raise SystemExit(f"{given.scowl}: no lists of SCOWL here; apt-get install scowl, or name their folder")
    raw = build(given.scowl)
    given.out.write_bytes(raw)
    print(f"{given.out}: {len(raw):,} bytes")


if __name__ == "__main__":
    main()

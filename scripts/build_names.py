#!/usr/bin/env python3
"""Compile searcher/entities/data/names.bin from the hand-written lists, for the look-ups of queries.

    python scripts/build_names.py [--out FILE]

The same lists give the same bytes: run it again after a change to countries.tsv, regions_seas.tsv, actors.tsv,
stop_places.tsv, display.tsv or the acronym words of words.tsv, and commit the result.
"""

import argparse
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from searcher.entities.columns import sum_of  # noqa: E402
from searcher.entities.entity import Entity  # noqa: E402
from searcher.entities.keys import key  # noqa: E402
from searcher.entities.lexicon import ACRONYM_WORDS, Lexicon, lexicon  # noqa: E402
from searcher.entities.listed import ACRONYM_WORD, KINDS, NAMED, NO_ENTITY, PLACE, RULES  # noqa: E402
from searcher.entities.sections import Array, pack, texts  # noqa: E402
from searcher.entities.tables import DATA, cells, rows  # noqa: E402
from searcher.entities.vocabulary import ORDINARY, flags_of  # noqa: E402


def entities(lists: Lexicon) -> dict[str, tuple[Entity, list[str]]]:
    """Per id the entity with the spellings that may stand for it in a query, in the order of the lists."""
    found: dict[str, tuple[Entity, list[str]]] = {}
    for name_key, names in lists.names.items():
        for name in names:
            if name.stands_alone:
                _, spellings = found.setdefault(name.entity.id, (name.entity, []))
                spellings += [] if name_key in ACRONYM_WORDS else [name.text]
    return found


def entity_of(name_key: str, lists: Lexicon, rows: dict[str, int]) -> int:
    """The row of the one entity that a key stands for alone."""
    found = {name.entity.id for name in lists.names.get(name_key, ()) if name.stands_alone}
    return rows[found.pop()] if len(found) == 1 else NO_ENTITY


def flags(name_key: str, lists: Lexicon) -> int:
    """What else is known of a key, as bits."""
    place = PLACE * (name_key in plain_places())
    return NAMED * (name_key in lists.names) | ACRONYM_WORD * (name_key in ACRONYM_WORDS) | place


@lru_cache(maxsize=1)
def plain_places() -> frozenset[str]:
    """The keys of display.tsv that are ordinary words (Cape Town): queries ask the gazetteer for these all the same."""
    spellings = (text for row in rows("display.tsv") for text in (row["name"], *cells(row["aliases"])))
    keys = {key(text) for text in spellings}
    return frozenset(one for one in keys if all(flags_of(word) & ORDINARY for word in one.split(" ")))


def build() -> bytes:
    """The bytes of the file."""
    lists = lexicon()
    found = entities(lists)
    rows = {entity_id: row for row, entity_id in enumerate(found)}
    keys = sorted(
        {*lists.names, *lists.weak, *ACRONYM_WORDS, *plain_places()}, key=lambda name_key: (sum_of(name_key), name_key)
    )
    columns: dict[str, Array] = {
        "key_crc": np.array([sum_of(name_key) for name_key in keys], dtype="<u4"),
        "key_entity": np.array([entity_of(name_key, lists, rows) for name_key in keys], dtype="<u2"),
        "key_flags": np.array([flags(name_key, lists) for name_key in keys], dtype="|u1"),
        "key_rule": np.array([RULES.index(lists.weak.get(name_key, "")) for name_key in keys], dtype="|u1"),
        "entity_kind": np.array([KINDS.index(entity.kind) for entity, _ in found.values()], dtype="|u1"),
        "entity_first": np.cumsum([0, *(len(spellings) for _, spellings in found.values())]).astype("<u4"),
    }
    names = {
        "key_text": keys,
        "entity_id": [entity.id for entity, _ in found.values()],
        "entity_name": [entity.name for entity, _ in found.values()],
        "spelling_text": [text for _, spellings in found.values() for text in spellings],
    }
    return pack(columns | texts(names))


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile the names that ship with searcher.entities.")
    parser.add_argument("--out", type=Path, default=DATA / "names.bin", help="where to write (default: %(default)s)")
    path = parser.parse_args().out
    raw = build()
    path.write_bytes(raw)
    print(f"{path}: {len(raw):,} bytes")


if __name__ == "__main__":
    main()

"""What do the hand-written lists say of one name? Answered from data/names.bin, memory-mapped, for queries.

A query asks about a handful of names; reading the lists for that (lexicon.py) would cost it 70 ms. The file is made
from the lists by scripts/build_names.py and holds one row per key and one per entity that some key stands for.
"""

from functools import lru_cache
from typing import NamedTuple

from searcher.entities.columns import Columns
from searcher.entities.tables import DATA
from searcher.models import MentionKind

__all__ = [
    "ACRONYM_WORD",
    "KINDS",
    "NAMED",
    "NO_ENTITY",
    "PLACE",
    "RULES",
    "Listed",
    "ListedEntity",
    "entity",
    "listed",
]

NO_ENTITY = 0xFFFF  # no entity, or several: the key stands for nothing alone
NAMED, ACRONYM_WORD, PLACE = 1, 2, 4  # the bits of a key's flags
RULES = ("", "never", "word", "name")  # of stop_places.tsv
KINDS: tuple[MentionKind, ...] = ("LOC", "PER", "ORG", "ACTOR", "VESSEL", "DEM")


class Listed(NamedTuple):
    """What the lists say of a key.

    `row` is that of the one entity it stands for alone, None where there is none or several; `named` whether any list
    has a name of that key; `acronym_word` whether it is an abbreviation that is also a word; `place` whether it is a
    name of a place made of ordinary words, such as Cape Town; `rule` that of the stop list, or empty.
    """

    row: int | None = None
    named: bool = False
    acronym_word: bool = False
    rule: str = ""
    place: bool = False


class ListedEntity(NamedTuple):
    """A country, region or actor with the spellings that stand for it alone, in the order of the lists."""

    id: str
    name: str
    kind: MentionKind
    spellings: tuple[str, ...]


_UNLISTED = Listed()


@lru_cache(maxsize=1)
def _columns() -> Columns:
    """The one file of this process, opened at the first question."""
    return Columns(DATA / "names.bin")


@lru_cache(maxsize=4096)
def listed(name_key: str) -> Listed:
    """What the lists say of a key; most keys are in none."""
    columns = _columns()
    for row in columns.rows("key_crc", name_key):
        if columns.text("key_text", row) == name_key:
            entity_row, flags = columns["key_entity"][row], columns["key_flags"][row]
            return Listed(
                row=entity_row if entity_row != NO_ENTITY else None,
                named=bool(flags & NAMED),
                acronym_word=bool(flags & ACRONYM_WORD),
                rule=RULES[columns["key_rule"][row]],
                place=bool(flags & PLACE),
            )
    return _UNLISTED


def entity(row: int) -> ListedEntity:
    """The entity of a row."""
    columns = _columns()
    first, last = columns["entity_first"][row], columns["entity_first"][row + 1]
    return ListedEntity(
        columns.text("entity_id", row),
        columns.text("entity_name", row),
        KINDS[columns["entity_kind"][row]],
        tuple(columns.text("spelling_text", number) for number in range(first, last)),
    )

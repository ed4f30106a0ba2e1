"""What a language says of dates, as one value: its names of months and days, and the words around them.

Patterns are text, compiled where they are first needed (`searcher.events.patterns`). What a language leaves empty is
not read from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["NEVER", "Words", "numbered"]

NEVER = r"(?!)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language.

    `months` and `weekdays` map names to numbers, Monday being 0; `short` are names that are dates beside a day or year
    only. `days` map words to days from the publication, `periods` to (year, month or week; how many from now). Months
    among `people` are names of people too. `cased` names begin with a capital or are written in capitals. `which` are
    words right before a weekday, `counts` those before `ago`. `ideographs`: dates are written 2017年10月31日.

    The others are patterns. `joint` stands between a day and its month, `year_joint` before a year, `span` between the
    two days of a stretch. Those that end in `_before` and `_after` are looked for on that side: of a month or a year
    that stands alone (`month_before`, `year_before`, `year_after`), of what is a name or a habit and no date (`_not_`),
    of a day known by its name (`famed_after`), of the week a weekday lies in (`week_after`), of a day that is another
    one than that near the publication, as in "that Tuesday" (`anaphora`). `future` and `past` are what tells the tense,
    `scheduled` presents that mean what is to come where they stand before a date; with `needs_tense` a weekday without
    any of them stays unknown.
    """

    months: Mapping[str, int]
    short: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    periods: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    cased: bool = False
    month_first: bool = False
    ordinal: str = r"\.?"
    joint: str = r" "
    year_joint: str = r",? "
    span: str = NEVER
    month_before: str = NEVER
    month_not_after: str = NEVER
    year_before: str = NEVER
    year_after: str = ""
    which: tuple[str, ...] = ()
    weekday_not_before: str = NEVER
    weekday_not_after: str = NEVER
    date_not_after: str = NEVER
    famed_after: str = NEVER
    week_after: str = NEVER
    anaphora: str = NEVER
    counts: tuple[str, ...] = ()
    ago: str = NEVER
    future: str = NEVER
    scheduled: str = NEVER
    past: str = NEVER
    needs_tense: bool = False
    ideographs: bool = False


def numbered(text: str, first: int) -> dict[str, int]:
    """Names in groups parted by "|", the groups numbered from `first`; "_" in a name is a space."""
    return {
        name.replace("_", " "): number for number, group in enumerate(text.split("|"), first) for name in group.split()
    }

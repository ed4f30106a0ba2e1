"""Places under the countries they lie in: the counts of places as a person reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from searcher.models import FacetCount

__all__ = ["Branch", "by_country"]


@dataclass(frozen=True, slots=True)
class Branch:
    """A value with the counted places within it. `own` is its count; None where only its places were counted."""

    value: str
    own: FacetCount | None
    places: tuple[FacetCount, ...] = ()


def by_country(counts: Sequence[FacetCount]) -> tuple[Branch, ...]:
    """Countries with their places, and what lies in none, each where the first of it stands among the counts."""
    own = {count.value: count for count in counts if not count.country}
    places: dict[str, list[FacetCount]] = {}
    for count in counts:
        within = places.setdefault(count.country or count.value, [])
        within += [count] if count.country else []
    return tuple(Branch(value, own.get(value), tuple(found)) for value, found in places.items())

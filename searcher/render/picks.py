"""What narrows a search, as links: each value of a facet to be picked, let go of or excluded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from searcher.choices import EVENT_FIELD, VALUE_FIELDS
from searcher.models import FacetCount, Results
from searcher.render.dates import UNDATED
from searcher.render.places import Branch, by_country
from searcher.render.state import State

__all__ = ["LABELS", "Facet", "Value", "facets_of"]

# As many as other facets show.
MOST_DAYS = 10
LABELS = {
    "location": "Places",
    "actor": "Actors",
    "mention": "Mentions",
    "source": "Sources",
    "author": "Authors",
    "language": "Languages",
    "event": "Days told of",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its links, and the values within it; `count` is None where only those were counted.

    `stories` is how many stories the counted articles tell.
    """

    value: str
    count: int | None
    stories: int
    selected: bool
    url: str
    exclude_url: str
    within: tuple["Value", ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A field under the name that a page gives it, with its values."""

    label: str
    values: tuple[Value, ...]


def facets_of(results: Results, state: State) -> list[Facet]:
    """The facets of an answer that have values to pick; places stand under their countries."""
    made = []
    for name, counts in results.facets.items():
        if name in VALUE_FIELDS and counts:
            picks = _Picks(state, name, counts)
            made.append(Facet(LABELS[name], tuple(_branch(branch, picks) for branch in by_country(counts))))
        elif name == EVENT_FIELD and any(count.value != UNDATED for count in counts):
            made.append(_days(counts, state))
    return made


def _days(counts: Sequence[FacetCount], state: State) -> Facet:
    """The days, months or years that most articles tell of, in order of time; a link adds one to the query."""
    known = [count for count in counts if count.value != UNDATED]
    most = sorted(known, key=lambda count: -count.count)[:MOST_DAYS]
    return Facet(LABELS[EVENT_FIELD], tuple(_day(count, state) for count in known if count in most))


def _day(count: FacetCount, state: State) -> Value:
    asked = f"{EVENT_FIELD}:{count.value}"
    words = state.query.split()
    without = state.set(q=" ".join(word for word in words if word != asked))
    # A phrase stays one, and alternatives stay together.
    query = f'"{state.query}"' if state.one("phrase") else state.query
    query = f"({query})" if "OR" in words else query
    narrowed = [state.set(q=f"{query} {sign}{asked}".strip(), phrase="") for sign in ("", "-")]
    return Value(
        value=count.value,
        count=count.count,
        stories=count.stories or count.count,
        selected=asked in words,
        url=(without if asked in words else narrowed[0]).url(),
        exclude_url=narrowed[1].url(),
    )


def _branch(branch: Branch, picks: "_Picks") -> Value:
    """A country with its places, or any other value by itself.

    Who picks a place within a country that was picked narrows to the place; who picks the country widens to it.
    """
    places = [place.value for place in branch.places]
    within = tuple(picks.value(place.value, place, instead_of=[branch.value]) for place in branch.places)
    return replace(picks.value(branch.value, branch.own, instead_of=places), within=within)


class _Picks:
    """The picks of one field, and the links that add to them and take away."""

    def __init__(self, state: State, name: str, counts: Sequence[FacetCount]) -> None:
        self._state = state
        self._name = name
        self._selected = {count.value.casefold(): count.value for count in counts if count.selected}

    def value(self, value: str, count: FacetCount | None, *, instead_of: Sequence[str]) -> Value:
        """A value with the links that pick it instead of some others, or let go of it, and exclude it."""
        selected = count is not None and count.selected
        state = self._without([value]) if selected else self._without(instead_of).plus(self._name, value)
        return Value(
            value=value,
            count=count.count if count else None,
            stories=count.stories or count.count if count else 0,
            selected=selected,
            url=state.url(),
            exclude_url=self._state.plus(f"not_{self._name}", value).url(),
        )

    def _without(self, values: Sequence[str]) -> State:
        """The state without what picked the values, however the URL spells it.

        What was picked under a name that no value has (Daesh for Islamic State) goes with whichever is let go of first.
        """
        state, gone = self._state, set(values).intersection(self._selected.values())
        for given in state.all(self._name) if gone else ():
            if self._selected.get(given.casefold()) in (*gone, None):
                state = state.minus(self._name, given)
        return state

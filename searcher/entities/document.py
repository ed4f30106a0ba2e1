"""One article while its entities are read: its passages, what the lists know in them, and what has been decided."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from searcher.entities.entity import Entity
from searcher.entities.gazetteer import CURATED, NAME
from searcher.entities.lexicon import Lexicon, Name
from searcher.entities.match import Span, match
from searcher.entities.text import Passage, read
from searcher.models import Mention, MentionField

__all__ = ["Document", "in_time", "open_document"]

# Short forms at the end of names, whose full stop is part of them: Microsoft Corp., Martin Luther King Jr.
_STOPPED = frozenset(["corp", "inc", "ltd", "co", "bros", "jr", "sr"])


@dataclass(slots=True)
class Document:
    """The working state that the rules share.

    `spans` are all stretches that some list has a name for; `over` finds them by field and any word. `evidence` counts
    per country what speaks for it without doubt, `support` how much of that a single key said. `small` holds the words
    the article also writes in small letters. `mentions` grows as the rules claim words; no word belongs to two
    mentions, but that a force of a country takes in the country's name, and a body that of its town. `filed_from` and
    `agency` are what the dateline says.
    """

    lists: Lexicon
    passages: tuple[Passage, ...]
    spans: list[Span]
    over: dict[MentionField, dict[int, Span]]
    small: frozenset[str]
    year: int | None = None
    evidence: Counter[str] = field(default_factory=Counter)
    support: Counter[tuple[str, str]] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    filed_from: str = ""
    agency: str = ""

    def free(self, passage: Passage, first: int, last: int) -> bool:
        """Whether none of the words belongs to a mention yet."""
        return not any(passage.taken[first:last])

    def claim(
        self,
        passage: Passage,
        first: int,
        last: int,
        entity: Entity,
        confidence: float,
        rule: str,
        *,
        begin: int | None = None,
    ) -> None:
        """Make words `first` to `last` (exclusive) a mention of the entity, unless one of them is taken.

        The mention can `begin` before the words that it claims: with the Syrian of the Syrian army.
        """
        if not self.free(passage, first, last):
            return
        passage.taken[first:last] = b"\1" * (last - first)
        self.add(passage, first if begin is None else begin, last, entity, confidence, rule)

    def add(self, passage: Passage, first: int, last: int, entity: Entity, confidence: float, rule: str) -> None:
        """A mention around or beside others: the Syrian army, in which Syrian is one of its own."""
        start, end = passage.starts[first], passage.ends[last - 1]
        if passage.folds[last - 1] in _STOPPED and passage.text[end : end + 1] == ".":
            end += 1
        self.mentions.append(
            Mention(
                text=passage.text[start:end],
                start=start,
                end=end,
                field=passage.field,
                kind=entity.kind,
                id=entity.id,
                name=entity.name,
                subkind=entity.subkind,
                country=entity.country,
                admin1=entity.admin1,
                lat=entity.lat,
                lon=entity.lon,
                confidence=confidence,
                rule=rule,
                role=entity.role,
            )
        )

    def others(self, country: str, name_key: str) -> int:
        """How often other names than one speak for a country."""
        return self.evidence[country] - self.support[country, name_key]

    def names_of(self, name_key: str) -> tuple[Name, ...]:
        """The listed names of a key, but for short forms of another time."""
        return in_time(self.lists.names.get(name_key, ()), self.year)

    def main_country(self) -> str:
        """The country with most evidence, where no other comes near: that of "the Defence Ministry" in its own news."""
        ranked = self.evidence.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
            return ""
        return ranked[0][0]

    def span_at(self, passage: Passage, first: int) -> Span | None:
        """The listed name that begins at a word."""
        span = self.over[passage.field].get(first)
        return span if span is not None and span.first == first else None

    def span_over(self, passage: Passage, index: int) -> Span | None:
        """The listed name that a word belongs to."""
        return self.over[passage.field].get(index)


def open_document(lists: Lexicon, title: str, dateline: str, body: str, year: int | None = None) -> Document:
    """Cut the fields into words, match them with the lists, and weigh the countries.

    Of an article of a known year, short forms that meant nobody then are left out.
    """
    passages = (read("title", title), read("dateline", dateline), read("body", body))
    found = {passage.field: list(_of_its_time(match(passage, lists), year)) for passage in passages}
    spans = [span for passage in passages for span in found[passage.field]]
    small = frozenset(word for passage in passages for word in set(passage.words) if word.islower())
    over = {name: {at: span for span in own for at in range(span.first, span.last)} for name, own in found.items()}
    document = Document(lists, passages, spans, over, small, year)
    for span in spans:
        country = _sure_country(span, lists)
        if country:
            document.evidence[country] += 1
            document.support[country, span.key] += 1
    return document


def in_time(names: tuple[Name, ...], year: int | None) -> tuple[Name, ...]:
    """The names without short forms of another time; all of them where the year is not known."""
    if year is None or all(name.years[0] <= year <= name.years[1] for name in names):
        return names
    return tuple(name for name in names if name.years[0] <= year <= name.years[1])


def _of_its_time(spans: Iterable[Span], year: int | None) -> Iterator[Span]:
    """The spans with the names of the article's time; those that no name is left of are none."""
    for span in spans:
        kept = in_time(span.names, year)
        if kept is span.names:
            yield span
        elif kept or span.places:
            yield span._replace(names=kept)


def _sure_country(span: Span, lists: Lexicon) -> str:
    """The country a span speaks for without doubt; empty where it could be something else."""
    if lists.weak.get(span.key):
        return ""
    for name in span.names:
        if name.entity.country and not name.short:
            return name.entity.country
    if span.names:
        return ""
    sure = [place for place in span.places if _distinct(place.subkind, place.rank)]
    if span.passage.field == "dateline" and not sure:
        sure = [place for place in span.places if place.rank >= NAME]
    return max(sure, key=lambda place: place.population).country if sure else ""


def _distinct(subkind: str, rank: int) -> bool:
    return rank == CURATED or (subkind == "capital" and rank >= NAME)

"""The hand-written names: countries with their demonyms, seas and regions, actors. Loaded once, on first use."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, cast

from searcher.entities.entity import Entity
from searcher.entities.keys import WORD, fold, key
from searcher.entities.tables import DATA, cells, rows, words
from searcher.models import MentionKind

__all__ = ["ACRONYM_WORDS", "ALWAYS", "ANY", "CAPITALISED", "CAPITALS", "Lexicon", "Name", "lexicon"]

# Abbreviations that are words once case is folded: IS, WHO, US.
ACRONYM_WORDS = words("lexicon acronym words")

ANY, CAPITALISED, CAPITALS = 0, 1, 2  # how a word of a name has to be written
ALWAYS = (0, 9999)
BEFORE, AFTER = 5, 15  # years around those in office: a candidate, an ex-president


class Name(NamedTuple):
    """One spelling of an entity.

    `cases` says per word how it has to be written. `strict`: an abbreviation that is also a word (IS, WHO), so that
    only capitals among small letters count. `short`: a surname or the like, which needs support from the article.
    `own`: one that the user has added, which goes before all others. `years`: from when to when the short form usually
    means this entity, for people those in office and some around them.
    """

    entity: Entity
    text: str
    cases: tuple[int, ...]
    strict: bool = False
    short: bool = False
    own: bool = False
    years: tuple[int, int] = ALWAYS

    @property
    def stands_alone(self) -> bool:
        """Whether the spelling stands for its entity without a word around it; demonyms and short forms do not."""
        return not self.short and self.entity.kind != "DEM"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`names` maps a key to its names, `longest` a first word to the number of words of its longest name.

    `countries` maps an ISO code to the country; `adjectives` to the word that its army goes by ("Syrian").
    `weak` are the words of stop_places.tsv with their rule: never, word or name. `events` are the keys of names that
    are neither places nor actors: wars, feasts, prizes.
    """

    names: dict[str, tuple[Name, ...]]
    longest: dict[str, int]
    countries: dict[str, Entity]
    adjectives: dict[str, str]
    weak: dict[str, str]
    events: frozenset[str]

    def with_own(self, added: Iterable[tuple[str, Entity]]) -> "Lexicon":
        """These lists and the (spelling, entity) pairs of a user, each in place of whatever else has its key."""
        names, longest, weak = dict(self.names), dict(self.longest), dict(self.weak)
        for text, entity in added:
            name_key = key(text)
            strict = name_key in ACRONYM_WORDS and text.isupper()
            names[name_key] = (Name(entity, text, _cases(text), strict=strict, own=True),)
            weak.pop(name_key, None)
            _reach(longest, name_key)
        return replace(self, names=names, longest=longest, weak=weak)


def _cases(text: str) -> tuple[int, ...]:
    """How each word of a spelling has to be written in a text, read from the spelling itself."""
    found = WORD.findall(text)
    return tuple(
        CAPITALS if word.isupper() and len(fold(word)) > 1 else CAPITALISED if word[0].isupper() else ANY
        for word in found
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _country(row: dict[str, str]) -> Entity:
    lat, lon = _number(row["lat"]), _number(row["lon"])
    return Entity(f"cc:{row['iso2']}", row["name"], "LOC", "country", row["iso2"], "", lat, lon)


def _country_names(row: dict[str, str]) -> Iterator[Name]:
    """A country's names in English and other languages, then its demonyms."""
    country = _country(row)
    spellings = dict.fromkeys([row["name"], *cells(row["names"]), *cells(row["abroad"])])
    for text in spellings:
        yield Name(country, text, _cases(text), strict=key(text) in ACRONYM_WORDS)
    for text in cells(row["demonyms"]):
        if text not in spellings:
            yield Name(country._replace(kind="DEM", subkind="demonym"), text, _cases(text))


def _region_names(row: dict[str, str]) -> Iterator[Name]:
    """A sea's, river's or region's names."""
    lat, lon = _number(row["lat"]), _number(row["lon"])
    region = Entity(row["id"], row["name"], "LOC", row["subkind"], row["country"], "", lat, lon)
    for text in [row["name"], *cells(row["aliases"])]:
        yield Name(region, text, _cases(text))
    for text in cells(row["demonyms"]):
        yield Name(region._replace(kind="DEM", subkind="demonym"), text, _cases(text))


def _years(row: dict[str, str]) -> tuple[int, int]:
    """When news speaks of an actor by a short form: before and after the years in office too, but not for long."""
    first, last = row["from"], row["to"]
    return int(first) - BEFORE if first else ALWAYS[0], int(last) + AFTER if last else ALWAYS[1]


def _actor_names(row: dict[str, str]) -> Iterator[Name]:
    """An actor's names, then the short forms that need support."""
    actor = Entity(row["id"], row["name"], cast("MentionKind", row["kind"]), row["subkind"], row["country"])
    actor = actor._replace(role=row.get("role", ""))
    strict, years = row["case"] == "caps", _years(row)
    for text in [row["name"], *cells(row["aliases"])]:
        yield Name(actor, text, _cases(text), strict=text.isupper() and (strict or key(text) in ACRONYM_WORDS))
    for text in cells(row["short"]):
        yield Name(actor, text, _cases(text), short=True, years=years)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Every name of the lists; where two share a key, countries come first, then regions, then actors."""
    names: dict[str, list[Name]] = {}
    longest: dict[str, int] = {}
    countries, adjectives = {}, {}
    for row in rows("countries.tsv"):
        countries[row["iso2"]] = _country(row)
        adjectives[row["iso2"]] = next(iter(cells(row["demonyms"])), row["name"])
        _add(names, longest, _country_names(row))
    for row in rows("regions_seas.tsv"):
        _add(names, longest, _region_names(row))
    for row in rows("actors.tsv"):
        _add(names, longest, _actor_names(row))
    weak = {key(row["name"]): row["rule"] for row in rows("stop_places.tsv")}
    frozen = {name_key: tuple(found) for name_key, found in names.items()}
    events = frozenset(key(line) for line in (DATA / "events.txt").read_text(encoding="utf-8").splitlines())
    return Lexicon(frozen, longest, countries, adjectives, weak, events)


def _add(names: dict[str, list[Name]], longest: dict[str, int], found: Iterator[Name]) -> None:
    for name in found:
        name_key = key(name.text)
        kept = names.setdefault(name_key, [])
        if all((name.entity.id, name.entity.kind) != (other.entity.id, other.entity.kind) for other in kept):
            kept.append(name)
        _reach(longest, name_key)


def _reach(longest: dict[str, int], name_key: str) -> None:
    """Let the longest name that begins as this one does be at least as long."""
    first = name_key.split(" ", 1)[0]
    longest[first] = max(longest.get(first, 0), name_key.count(" ") + 1)

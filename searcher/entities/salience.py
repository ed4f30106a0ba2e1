"""From single mentions to what an article is about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from searcher.entities.about import about, gather
from searcher.entities.datelines import says_where
from searcher.entities.lexicon import Lexicon
from searcher.entities.organisations import GENERIC
from searcher.entities.tables import words
from searcher.models import Entities, Mention

__all__ = ["summarise"]

# A mention counts its confidence times the weight of where it stands.
TITLE_WEIGHT = 2.0
DATELINE_WEIGHT = 2.0
EARLY_WEIGHT = 1.5
EARLY = 400  # characters of the body
ABOUT = 1.5
SHORT_ABOUT = 1.2
LONG = 800  # characters
# Probability from which on an article is about a country. On Reuters 006-014, which the weights were not fitted on,
# precision and recall are .91 and .93 with .35, .93 and .92 with .4, .94 and .91 with .5.
COUNTRY = 0.38
REGION = 1.3  # a continent or region across borders
NEARLY_BEST = 0.5  # where nothing reaches the threshold: what comes near the best
WITHIN = 0.7  # a place in a country that the article is about: one plain mention, since it says where there
NAMED = 0.7  # people, armed groups, governments, ships: one plain mention
WATERS = words("salience waters")  # in no country, and seldom named in passing
TRUSTED = 0.6  # confidence of a name that a facet shows; of those below half are something else
_ORDER = {"title": 0, "dateline": 1, "body": 2}
UNLISTED_PERSON = "per:"
SOURCES = frozenset(["media", "firm"])  # often named in passing, so these need the threshold


def summarise(found: Iterable[Mention], length: int, lists: Lexicon) -> Entities:
    """The mentions in the order of the text, and the places, actors and countries that carry the article.

    `length` is that of the body in characters: in a short article one mention may be all there is.
    """
    mentions = sorted(found, key=lambda one: (_ORDER[one.field], one.start, -one.end))
    places: dict[str, float] = defaultdict(float)
    actors: dict[str, float] = defaultdict(float)
    spoken: dict[str, float] = defaultdict(float)  # of each country, by its name, its people and its places
    where: dict[str, Mention] = {}
    who: dict[str, Mention] = {}
    for mention in mentions:
        weight = mention.confidence * _weight(mention)
        if mention.kind not in ("LOC", "DEM"):
            if says_where(mention) or not _trusted(mention):
                continue
            who.setdefault(mention.name, mention)
            actors[mention.name] += weight
        elif not says_where(mention):
            spoken[mention.country] += weight
            if mention.kind == "LOC" and mention.subkind != "country":
                where.setdefault(mention.name, mention)
                places[mention.name] += weight
    named = gather(mentions, lists.countries)
    nations = about(named, length)
    inside = {code: share for code, share in nations.items() if named[code].times} or nations
    threshold = SHORT_ABOUT + (ABOUT - SHORT_ABOUT) * min(length / LONG, 1.0)
    return Entities(
        mentions=tuple(mentions),
        locations=tuple(_locations(places, _countries(inside, spoken), spoken, where, lists)),
        actors=tuple(_actors(actors, who, threshold)),
        countries=tuple(_countries(nations, spoken)),
    )


def _locations(
    places: Mapping[str, float],
    nations: Collection[str],
    spoken: Mapping[str, float],
    where: Mapping[str, Mention],
    lists: Lexicon,
) -> Iterator[str]:
    """Places and the countries that the article is about, by salience; every place brings its country along."""
    floors = {
        name: WITHIN if where[name].country in nations or where[name].subkind in WATERS else REGION for name in places
    }
    chosen = {name: score for name, score in places.items() if score >= floors[name]}
    chosen |= {lists.countries[code].name: spoken.get(code, 0.0) for code in nations}
    if not chosen:
        chosen = {name: places[name] for name in _nearly_best(places, REGION)}
    listed: set[str] = set()
    for name in _ranked(chosen):
        home = lists.countries.get(where[name].country) if name in places else None
        for value in (name, home.name if home else name):
            if value not in listed:
                listed.add(value)
                yield value


def _actors(scores: Mapping[str, float], who: Mapping[str, Mention], threshold: float) -> list[str]:
    """Actors by salience; sources and companies are asked for more than a mention."""
    floors = {name: threshold if who[name].subkind in SOURCES else min(NAMED, threshold) for name in scores}
    return [name for name in _ranked(scores) if scores[name] >= floors[name]]


def _trusted(mention: Mention) -> bool:
    """Whether a name is sure enough, and tells enough, to be a value: no guess, no Board, no Ali and no more."""
    alone = mention.kind == "PER" and mention.id.startswith(UNLISTED_PERSON) and " " not in mention.name
    return mention.confidence >= TRUSTED and mention.subkind != GENERIC and not alone


def _countries(nations: Mapping[str, float], spoken: Mapping[str, float]) -> list[str]:
    """The codes of what the article is about, most spoken of first; where none is likely enough, the likeliest."""
    likely = [code for code in nations if nations[code] >= COUNTRY] or _ranked(nations)[:1]
    return sorted(likely, key=lambda code: (-spoken.get(code, 0.0), -nations[code], code))


def _weight(mention: Mention) -> float:
    if mention.field == "body":
        return EARLY_WEIGHT if mention.start < EARLY else 1.0
    return TITLE_WEIGHT if mention.field == "title" else DATELINE_WEIGHT


def _nearly_best(scores: Mapping[str, float], threshold: float) -> list[str]:
    """The names over the threshold, best first; where none is, those near the best."""
    best = max(scores.values(), default=0.0)
    floor = threshold if best >= threshold else best * NEARLY_BEST
    return [name for name in _ranked(scores) if scores[name] >= floor]


def _ranked(scores: Mapping[str, float]) -> list[str]:
    """Names by falling score, equal ones by alphabet."""
    return sorted(scores, key=lambda name: (-scores[name], name))

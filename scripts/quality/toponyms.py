"""Places marked in news: LGL (American local papers) and GeoWebNews (the world's sites of 2018).

A mention is a place's when their characters overlap. LGL marks demonyms as well, and says for most places in which
country they lie; GeoWebNews tells names used for places from names used for people and things.
"""

import gzip
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pycountry

from quality.scores import Scores, Tally, chosen
from searcher.entities import extract
from searcher.models import Mention

__all__ = ["Marked", "geowebnews", "lgl", "score_geowebnews", "score_lgl"]

# Names of GeoNames that pycountry does not know.
COUNTRIES = {
    "Palestinian Territory": "PS",
    "Kosovo": "XK",
    "Ivory Coast": "CI",
    "Democratic Republic of the Congo": "CD",
}
# Of GeoWebNews: names that mean a place, or something through a place; other types are words, languages and the like.
MEANT = frozenset(
    ["Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal", "Metonymic", "Non_Literal_Modifier"]
)
NOT_MEANT = frozenset({"Demonym", "Embedded_Non_Lit", "Non_Toponym", "Homonym"})


@dataclass(frozen=True, slots=True)
class Marked:
    """One text with its places: start, end, ISO code or empty."""

    title: str
    text: str
    places: tuple[tuple[int, int, str], ...]
    other: tuple[tuple[int, int], ...] = ()


def score_lgl(paths: Iterable[Path], *, held: bool = False) -> Scores:
    """Precision and recall of places, and the share of those found whose country is right."""
    tally, countries = Tally(), Tally()
    for path in paths:
        for marked in chosen(lgl(path), held=held):
            _compare(marked, tally, countries)
    return {"precision": tally.precision, "recall": tally.recall, "country right": countries.recall}


def score_geowebnews(paths: Iterable[Path], *, held: bool = False) -> Scores:
    """Precision and recall of names that mean places, or something through a place."""
    tally = Tally()
    for path in paths:
        for marked in chosen(geowebnews(path), held=held):
            _compare(marked, tally, Tally())
    return {"precision": tally.precision, "recall": tally.recall}


def _compare(marked: Marked, tally: Tally, countries: Tally) -> None:
    mentions = [one for one in extract(marked.text).mentions if one.kind in ("LOC", "DEM")]
    for start, end, country in marked.places:
        hits = [one for one in mentions if one.start < end and start < one.end]
        tally.count(bool(hits))
        if hits and country:
            countries.count(any(one.country == country for one in hits))
    tally.wrong += sum(not _overlaps(one, marked) for one in mentions)


def _overlaps(mention: Mention, marked: Marked) -> bool:
    spans = [(start, end) for start, end, _ in marked.places] + list(marked.other)
    return any(mention.start < end and start < mention.end for start, end in spans)


def lgl(path: Path) -> Iterator[Marked]:
    """The articles of LGL; the text begins with the title."""
    for article in _articles(path):
        places = tuple(
            (_number(place, "start"), _number(place, "end"), _country(place.findtext("gaztag/country", "")))
            for place in article.iter("toponym")
        )
        yield Marked(article.findtext("title", ""), article.findtext("text", ""), places)


def geowebnews(path: Path) -> Iterator[Marked]:
    """The articles of GeoWebNews."""
    for article in _articles(path):
        places, other = [], []
        for place in article.iter("toponym"):
            kind, start, end = place.findtext("type", ""), _number(place, "start"), _number(place, "end")
            if kind in MEANT:
                places.append((start, end, ""))
            elif kind in NOT_MEANT:
                other.append((start, end))
        yield Marked(article.findtext("title", ""), article.findtext("text", ""), tuple(places), tuple(other))


def _articles(path: Path) -> list[ET.Element]:
    return ET.fromstring(gzip.decompress(path.read_bytes())).findall("article")  # noqa: S314 - the test data's own file


def _number(place: ET.Element, tag: str) -> int:
    return int(place.findtext(tag, "0"))


def _country(name: str) -> str:
    if not name or name in COUNTRIES:
        return COUNTRIES.get(name, "")
    try:
        return str(pycountry.countries.lookup(name).alpha_2)
    except LookupError:
        return ""

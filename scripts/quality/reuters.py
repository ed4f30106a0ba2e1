"""Reuters-21578: the countries, people and organisations that indexers gave to stories of 1987.

Countries are compared as sets per story, people and organisations by whether one of the mentions is theirs: a person
by the surname in the label, an organisation by its canonical name (`ORGANISATIONS` reads the labels).
"""

import gzip
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pycountry

from quality.scores import Scores, Tally
from searcher.entities import extract
from searcher.models import Entities

__all__ = ["Story", "score", "stories"]

PLACES = {
    "usa": "US", "uk": "GB", "ussr": "RU", "west-germany": "DE", "east-germany": "DE", "south-korea": "KR",
    "turkey": "TR", "north-korea": "KP", "iran": "IR", "syria": "SY", "taiwan": "TW", "vietnam": "VN", "bolivia": "BO",
    "venezuela": "VE", "tanzania": "TZ", "ivory-coast": "CI", "zaire": "CD", "burma": "MM", "czechoslovakia": "CZ",
    "yugoslavia": "YU", "uae": "AE", "brunei": "BN", "laos": "LA", "macao": "MO", "swaziland": "SZ", "kampuchea": "KH",
    "vatican": "VA", "yemen-arab-republic": "YE", "yemen-demo-republic": "YE", "congo": "CG", "western-samoa": "WS",
}  # fmt: skip
# Labels of the collection -> what may be part of a mention's name, in small letters.
ORGANISATIONS = {
    "ec": ("european community", "european union", "european commission"),
    "worldbank": ("world bank",),
    "imf": ("international monetary fund", "imf"),
    "opec": ("opec",),
    "gatt": ("gatt", "general agreement on tariffs"),
    "ico-coffee": ("international coffee org",),
    "icco": ("international cocoa org",),
    "oecd": ("oecd", "organisation for economic co", "organization for economic co"),
    "unctad": ("unctad", "u.n. conference on trade", "un conference on trade"),
    "un": ("united nations", "u.n.", "un "),
    "itc": ("international tin council",),
    "iea": ("international energy agency",),
    "inro": ("international natural rubber",),
    "fao": ("food and agriculture", "fao"),
    "adb-africa": ("african development bank",),
    "iwc-wheat": ("international wheat council",),
    "adb-asia": ("asian development bank",),
    "eib": ("european investment bank",),
    "oapec": ("oapec", "organisation of arab petroleum", "organization of arab petroleum"),
    "isa": ("international sugar",),
    "gcc": ("gulf cooperation council", "gulf co-operation council"),
    "atpc": ("association of tin producing",),
    "iwcc": ("international wrought copper",),
    "imco": ("international maritime",),
    "ida": ("international development association",),
    "euratom": ("euratom", "european atomic energy"),
    "efta": ("efta", "european free trade"),
    "comecon": ("comecon", "council for mutual economic"),
    "bis": ("bank for international settlements",),
    "asean": ("asean", "association of southeast asian", "association of south east asian"),
}


@dataclass(frozen=True, slots=True)
class Story:
    """One story with what its indexers said: ISO codes, surnames as labels have them, labels of organisations."""

    countries: frozenset[str]
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    title: str
    dateline: str
    body: str


def score(paths: Iterable[Path]) -> Scores:
    """Countries as micro-averages over all stories with places and a body; recall of people and organisations."""
    countries, people, organisations = Tally(), Tally(), Tally()
    for path in paths:
        for story in stories(path):
            found = extract(story.body, story.title, story.dateline)
            if story.countries:
                countries.compare(story.countries, found.countries)
            for surname in story.people:
                people.count(_named(surname.split("-")[-1], found, ("PER",)))
            for label in story.organisations:
                organisations.count(any(_named(name, found, ("ORG", "ACTOR")) for name in ORGANISATIONS[label]))
    return {
        "countries precision": countries.precision,
        "countries recall": countries.recall,
        "countries F1": countries.f1,
        "people recall": people.recall,
        "organisations recall": organisations.recall,
    }


def _named(part: str, found: Entities, kinds: tuple[str, ...]) -> bool:
    """Whether a mention of these kinds has the part in its text or in its canonical name."""
    return any(
        part in mention.text.lower() or part in mention.name.lower()
        for mention in found.mentions
        if mention.kind in kinds
    )


def stories(path: Path) -> Iterator[Story]:
    """The stories of one file that have a body and at least one label."""
    text = gzip.decompress(path.read_bytes()).decode("latin-1")
    for item in re.findall(r"<REUTERS.*?</REUTERS>", text, re.DOTALL):
        codes = frozenset(code(place) for place in _labels(item, "PLACES")) - {""}
        people = tuple(_labels(item, "PEOPLE"))
        organisations = tuple(label for label in _labels(item, "ORGS") if label in ORGANISATIONS)
        body = _element(item, "BODY")
        if body and (codes or people or organisations):
            yield Story(codes, people, organisations, _element(item, "TITLE"), _element(item, "DATELINE"), body)


def code(place: str) -> str:
    """The ISO code of a label; empty for what is no country today."""
    if place in PLACES:
        return PLACES[place]
    try:
        return str(pycountry.countries.lookup(place.replace("-", " ")).alpha_2)
    except LookupError:
        return ""


def _labels(item: str, tag: str) -> list[str]:
    return re.findall(r"<D>(.*?)</D>", _element(item, tag))


def _element(item: str, tag: str) -> str:
    """The text of one element; empty where there is none."""
    found = re.search(rf"<{tag}>(.*?)</{tag}>", item, re.DOTALL)
    return html.unescape(found.group(1)) if found else ""

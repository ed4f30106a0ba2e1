"""Articles for tests: one made by hand, and strategies that make many."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from searcher.models import Article, EventDate, Mention, PublicationDate

WORDS = (
    "syria",
    "missile",
    "missiles",
    "navy",
    "port",
    "cease-fire",
    "ceasefire",
    "S-300",
    "oil",
    "price",
    "the",
    "board",
    "news",
    "Raketen",
    "Rakete",
    "北京市",
    "北京大学",
)
PLACES = ("Syria", "Russia", "Abu Kamal", "Deir az-Zour", "Côte d'Ivoire")
ACTORS = ("Islamic State", "United Nations", "Ministry of Defence (Russia)", "Smith, John")
HOMES = {"Abu Kamal": ("Syria", "Syria", "Iraq"), "Deir az-Zour": ("Syria",)}
SOURCES = ("", "Harbour Post", "HARBOUR POST", "Meridian, Wire")
EVENTS = (
    *("2015", "2016-01-01", "2017", "2017-10", "2017-10-01", "2017-10-31", "2017-11", "2017-11-01", "2020-02-29"),
    "",
)
DATES = ("", "2016", "2017-10", "2017-10-31", "2017-10-31T08:15+03:00", "2017-10-31T23:50", "2017-11-01", "2019-02-28")


def article(article_id: str = "a", **fields: Any) -> Article:
    """An article with what matters to the test; a date is given as its text."""
    date = fields.pop("date", "")
    made = Article(id=article_id, title="Untitled", body="Nothing.", fingerprint=article_id)
    return replace(made, date=PublicationDate(date, "field") if date else None, **fields)


def whole_article(article_id: str = "whole") -> Article:
    """An article with every field set."""
    mention = Mention(
        text="Abu Kamal", start=0, end=9, field="body", kind="LOC", id="geo:1", name="Abu Kamal", subkind="city",
        country="SY", admin1="Deir az-Zour", lat=34.45, lon=40.92, confidence=0.9, rule="alias",
    )  # fmt: skip
    event = EventDate(text="Tuesday", start=3, end=10, field="title", day="2017-10-31", confidence=0.7, rule="weekday")
    return Article(
        id=article_id, title="Títle — “quoted”", body="Abu Kamal fell.\n\nSecond paragraph.",
        date=PublicationDate("2017-10-31T08:15+03:00", "jsonld", ambiguous=True), dateline="BEIRUT",
        captions=("A caption",), authors=("A. Writer", "Б. Второй"), source="Harbour Post", url="https://x.example/1",
        language="en", section="World", tags=("topic:war",), path="/archive/x.html", record="line 3", reader="html",
        sha256="00ff", fingerprint="f1", warnings=("a warning",), mentions=(mention,), locations=("Abu Kamal", "Syria"),
        actors=("Islamic State",), countries=("SY",), mentioned=("Abu Kamal", "Syria", "Islamic State"),
        within=(("Abu Kamal", "Syria"),), events=(event,), filed_from="Beirut", agency="Meridian Wire",
    )  # fmt: skip


def texts(most: int = 12) -> st.SearchStrategy[str]:
    """Running text of a few words, so that queries find something."""
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=most).map(" ".join)


def events() -> st.SearchStrategy[EventDate]:
    """A date of the text, sure or not, known or not."""
    sure = st.sampled_from((0.2, 0.5, 0.9))
    day = st.sampled_from(EVENTS)
    return st.builds(EventDate, text=st.just("then"), start=st.just(0), end=st.just(4), field=st.just("body"), day=day,
                     confidence=sure)  # fmt: skip


@st.composite
def articles(draw: st.DrawFn, ids: st.SearchStrategy[str] | None = None) -> Article:
    """An article made of few words, values and dates."""
    locations = tuple(draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True)))
    made = article(
        draw(ids if ids is not None else st.uuids().map(lambda made: made.hex[:16])),
        title=draw(texts(3)),
        body=draw(texts()),
        date=draw(st.sampled_from(DATES)),
        locations=locations,
        within=tuple((place, draw(st.sampled_from(HOMES[place]))) for place in locations if place in HOMES),
        mentioned=tuple(draw(st.lists(st.sampled_from((*PLACES, *ACTORS)), max_size=4, unique=True))),
        actors=tuple(draw(st.lists(st.sampled_from(ACTORS), max_size=2, unique=True))),
        events=tuple(draw(st.lists(events(), max_size=4))),
        source=draw(st.sampled_from(SOURCES)),
        language=draw(st.sampled_from(("en", "ru", "", "de", "fr"))),
        authors=tuple(draw(st.lists(st.sampled_from(("Ana Díaz", "Bo")), max_size=2, unique=True))),
    )
    return replace(made, fingerprint=f"{made.title}|{made.body}")

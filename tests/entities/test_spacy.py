"""A spaCy model adds what the rules leave: offsets hold, ids are those of the rules, and no other name is touched."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from entities.spacy_models import PATTERNS, found_by, from_model, ruled
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from makers import raw

from searcher.config import Settings
from searcher.entities import extract
from searcher.entities.keys import slug
from searcher.entities.spacy_adapter import CONFIDENCE
from searcher.entities.spacy_model import load
from searcher.ingest.crew import Crew
from searcher.ingest.maker import Maker
from searcher.models import Article, Entities


@pytest.mark.parametrize(
    ("body", "text", "kind", "entity_id", "name", "country", "label"),
    [
        # Places: those the gazetteer knows beyond doubt are the place, the others a name.
        ("A ferry left Tarbes.", "Tarbes", "LOC", "geo:2973385", "Tarbes", "FR", "GPE"),
        ("A ferry left Zarvik.", "Zarvik", "LOC", "loc:zarvik", "Zarvik", "", "GPE"),
        ("Rain at Lake Hallan.", "Lake Hallan", "LOC", "loc:lake-hallan", "Lake Hallan", "", "LOC"),
        ("Hallan Bridge is shut.", "Hallan Bridge", "LOC", "loc:hallan-bridge", "Hallan Bridge", "", "FAC"),
        ("Паром вышел в Зарвик.", "Зарвик", "LOC", "loc:zarvik", "Зарвик", "", "GPE"),
        # Actors.
        ("Per Olav Korvald ran.", "Per Olav Korvald", "PER", "per:per-olav-korvald", "Per Olav Korvald", "", "PERSON"),
        ("Norvik Yards shut.", "Norvik Yards", "ORG", "org:norvik-yards", "Norvik Yards", "", "ORG"),
        # Articles, titles and possessives are not part of a name.
        ("Soon the Norvik Yards shut.", "Norvik Yards", "ORG", "org:norvik-yards", "Norvik Yards", "", "ORG"),
        ("It is Norvik Yards's ship.", "Norvik Yards", "ORG", "org:norvik-yards", "Norvik Yards", "", "ORG"),
        # A people is one that the lists know: here in small letters, which the rules pass over.
        ("a syrian sailor", "syrian", "DEM", "cc:SY", "Syria", "SY", "NORP"),
    ],
)  # fmt: skip
def test_what_the_model_adds(
    model: Path, body: str, text: str, kind: str, entity_id: str, name: str, country: str, label: str
) -> None:
    """One mention the rules do not find, with the id that they would give it."""
    assert extract(body).mentions == ()
    (mention,) = found_by(model, body).mentions
    assert (mention.text, mention.kind, mention.id, mention.name, mention.country) == (
        text, kind, entity_id, name, country,
    )  # fmt: skip
    assert (mention.start, mention.end) == (body.index(text), body.index(text) + len(text))
    assert (mention.confidence, mention.rule) == (CONFIDENCE, f"spaCy: {label}")


@pytest.mark.parametrize(
    "body",
    [
        "Zarvikians sang.",  # a people on no list
        "She wrote Harbour Nights.",  # a work
        "It rained on Monday.",  # a day
    ],
)
def test_what_is_no_place_and_no_actor_is_left_out(model: Path, body: str) -> None:
    """Labels of other things, and peoples that could be parties or believers."""
    assert [label for label in PATTERNS if any(text in body for text in PATTERNS[label])]
    assert found_by(model, body) == Entities()


def test_what_the_rules_found_stays_theirs(model: Path) -> None:
    """Whole or in part: their country has coordinates and a weight, the model's bank would hide it."""
    body = "The Bank of Syria lent to Norvik Yards in The Hague."
    found = found_by(model, body)
    ours = [mention for mention in found.mentions if not mention.rule.startswith("spaCy")]
    assert tuple(ours) == extract(body).mentions
    assert [mention.name for mention in ours] == ["Syria", "The Hague"]
    assert [mention.text for mention in from_model(found)] == ["Norvik Yards"]


def test_a_place_with_namesakes_is_that_of_the_country_in_the_article(model: Path) -> None:
    """Without one it stays a name: a wrong point on a map is worse than none."""
    alone = found_by(model, "Cambridge slept.")
    american = found_by(model, "American papers wrote of Cambridge slept.")
    british = found_by(model, "British papers wrote that Cambridge slept.")
    assert [mention.id for mention in from_model(alone)] == ["loc:cambridge"]
    assert [mention.country for mention in american.mentions if mention.text == "Cambridge"] == ["US"]
    assert [mention.country for mention in british.mentions if mention.text == "Cambridge"] == ["GB"]


def test_a_surname_is_that_of_the_person_named_in_full(model: Path) -> None:
    """Before or after, in the title or the body, with its particle or without."""
    found = found_by(model, "Ana Luisa Korvald left Zarvik. Then al-Korvald slept.", "Korvald leaves")
    people = [(mention.field, mention.text, mention.id) for mention in found.mentions if mention.kind == "PER"]
    assert people == [
        ("title", "Korvald", "per:ana-luisa-korvald"),
        ("body", "Ana Luisa Korvald", "per:ana-luisa-korvald"),
        ("body", "al-Korvald", "per:ana-luisa-korvald"),
    ]
    assert found.actors == ("Ana Luisa Korvald",)


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        # Two bear it: it cannot be said who is meant.
        (
            "Ana Luisa Korvald met Per Olav Korvald. Korvald slept.",
            ["per:ana-luisa-korvald", "per:per-olav-korvald", "per:korvald"],
        ),
        # Nobody is named in full.
        ("Then Korvald slept.", ["per:korvald"]),
        # The rules know the full name, by its title; the surname is the model's, for the rules see another name in it.
        ("Ship of President Dov Ashgrove. It was the Ashgrove Oak.", ["per:dov-ashgrove", "per:dov-ashgrove"]),
    ],
)
def test_surnames_that_are_anybodys(model: Path, body: str, ids: list[str]) -> None:
    """One bearer in the article decides; otherwise the surname stands for itself."""
    assert [mention.id for mention in found_by(model, body).mentions] == ids


def test_the_summary_holds_what_the_model_found(model: Path) -> None:
    """Places bring their country along, actors are listed, as with the rules."""
    found = found_by(
        model, "Norvik Yards opened in Tarbes. The people of Tarbes cheered.", "Norvik Yards goes to Tarbes"
    )
    assert (set(found.locations), found.actors, found.countries) == ({"Tarbes", "France"}, ("Norvik Yards",), ("FR",))


def test_the_model_reads_title_and_body_alone(model: Path) -> None:
    """A dateline is the rules', and a title in capitals looks like names all over."""
    found = found_by(model, "Rain in Zarvik.", "Rain in Zarvik", "Zarvik, March 3")
    assert [mention.field for mention in from_model(found)] == ["title", "body"]
    shouting = ruled(model.with_name("shouting"), {"ORG": ["NORVIK YARDS"]})
    assert found_by(shouting, "", "NORVIK YARDS TO SHUT") == extract("", "NORVIK YARDS TO SHUT")
    assert from_model(found_by(shouting, "", "It is NORVIK YARDS again"))


ODD = [
    "İ", "ﬁ", "é", "e\u0301", "👩‍👩‍👧", "\u200b", "\u202e", "\x00", "\ud800", "\r\n", "\u2028", "\n\n", "’s", "'s", "ß",
    "北京", "«", "الـ",
]  # fmt: skip
POSSESSIVES = ("’s", "'s")
NAMES = [text for texts in PATTERNS.values() for text in texts]
TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(st.characters(exclude_categories=()), max_size=60),  # lone surrogates too, as a JSON file can hold them
    st.lists(st.sampled_from([*NAMES, *ODD, "President", "Syria's", ". ", ","]), max_size=25).map(" ".join),
    st.lists(st.sampled_from([*NAMES, *ODD, " "]), max_size=25).map("".join),
)


@given(body=TEXTS, title=TEXTS, dateline=TEXTS)
@settings(deadline=None, max_examples=200)
def test_mentions_quote_any_text(model: Path, body: str, title: str, dateline: str) -> None:
    """In all three fields, in their order, none overlapping, those of the rules unchanged among them."""
    found = found_by(model, body, title, dateline)
    texts = {"title": title, "dateline": dateline, "body": body}
    order = {field: number for number, field in enumerate(texts)}
    for mention in found.mentions:
        assert mention.text == texts[mention.field][mention.start : mention.end] != ""
        assert 0 < mention.confidence <= 1
    for one, other in pairwise(found.mentions):
        assert (order[one.field], one.end) <= (order[other.field], other.start) or one.field != other.field
    assert set(extract(body, title, dateline).mentions) <= set(found.mentions)
    assert set(found.mentions) - set(extract(body, title, dateline).mentions) == set(from_model(found))


@given(texts=st.lists(st.sampled_from(NAMES), min_size=1, max_size=8), odd=st.sampled_from(ODD))
@settings(deadline=None, max_examples=100)
def test_names_are_found_between_unusual_characters(model: Path, texts: list[str], odd: str) -> None:
    """Each as often and where it stands, for any sign that does not go on a name as a possessive does."""
    assume(odd not in POSSESSIVES)
    between = f" {odd}\n{odd} "
    body = between + between.join(texts) + between
    assert [body[found.start : found.end] for found in load(str(model)).names(body)] == texts


def test_workers_read_with_the_model(model: Path) -> None:
    """A maker goes to other processes; what they make is what is made here."""
    make = Maker(Settings(entities=f"spacy:{model}"), date(2024, 1, 2))
    records = [
        raw(f"Rain in Zarvik again, for the {number}. time this year, and it will go on.") for number in range(4)
    ]
    here = [make(record) for record in records]
    with Crew(1, make) as crew:
        there = [made for record in records for made in crew.submit([record]).result(timeout=60)]
    assert there == here
    assert all(isinstance(made, Article) and made.locations == ("Zarvik",) for made in here), here


def test_no_pattern_of_these_tests_is_known_by_chance() -> None:
    """The invented names are in no list: what finds them is the model."""
    invented = ["Zarvik", "Lake Hallan", "Hallan Bridge", "Norvik Yards", "Ana Luisa Korvald"]
    assert [name for name in invented if extract(f"Rain in {name}.").mentions] == []
    assert slug("Зарвик") == slug("Zarvik")

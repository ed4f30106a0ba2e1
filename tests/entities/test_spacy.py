"""A spaCy model adds what the rules leave: offsets hold, ids are those of the rules, and no other name is touched."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest
from entities.spacy_models import PATTERNS, found_by, from_model, ruled, unchanged
from entities.test_offsets import check
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from makers import raw

from searcher.config import Settings
from searcher.entities import extract
from searcher.entities.aliases import Alias, Aliases
from searcher.entities.extractors import extractor
from searcher.entities.keys import slug
from searcher.entities.spacy_adapter import CONFIDENCE
from searcher.entities.spacy_model import load
from searcher.entities.surnames import surname
from searcher.ingest.crew import Crew
from searcher.ingest.maker import Maker
from searcher.models import Article, Entities


@pytest.mark.parametrize(
    ("body", "text", "kind", "entity_id", "name", "country", "label"),
    [
        # Places: those the gazetteer knows beyond doubt are the place, the others a name.
        ("A ferry left tarbes.", "tarbes", "LOC", "geo:2973385", "Tarbes", "FR", "GPE"),
        ("A ferry left zarvik.", "zarvik", "LOC", "loc:zarvik", "zarvik", "", "GPE"),
        ("Rain at lake hallan.", "lake hallan", "LOC", "loc:lake-hallan", "lake hallan", "", "LOC"),
        ("Now hallan bridge is shut.", "hallan bridge", "LOC", "loc:hallan-bridge", "hallan bridge", "", "FAC"),
        ("Паром вышел в зарвик.", "зарвик", "LOC", "loc:zarvik", "зарвик", "", "GPE"),
        # Actors.
        ("Then per olav korvald ran.", "per olav korvald", "PER", "per:per-olav-korvald", "per olav korvald", "",
            "PERSON"),
        ("Now norvik yards shut.", "norvik yards", "ORG", "org:norvik-yards", "norvik yards", "", "ORG"),
        # A firm goes by its name without "Ltd".
        ("Now norvik yards ltd shut.", "norvik yards ltd", "ORG", "org:norvik-yards", "norvik yards", "", "ORG"),
        # Articles, titles and possessives are not part of a name.
        ("Soon the norvik yards shut.", "norvik yards", "ORG", "org:norvik-yards", "norvik yards", "", "ORG"),
        ("It is norvik yards's ship.", "norvik yards", "ORG", "org:norvik-yards", "norvik yards", "", "ORG"),
        ("Then mr. dov ashgrove ran.", "dov ashgrove", "PER", "per:dov-ashgrove", "dov ashgrove", "", "PERSON"),
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
        "Then zarvikians sang.",  # a people on no list
        "She wrote harbour nights.",  # a work
        "It rained on Monday.",  # a day
    ],
)
def test_what_is_nounchanged_and_no_actor_is_left_out(model: Path, body: str) -> None:
    """Labels of other things, and peoples that could be parties or believers."""
    assert [label for label in PATTERNS if any(text in body for text in PATTERNS[label])]
    assert found_by(model, body) == Entities()


def test_what_the_rules_found_stays_theirs(model: Path) -> None:
    """Whole, in part, and one inside another: their country has coordinates and a weight that a bank has not."""
    body = "The bank of Syria lent to norvik yards in The Hague. Syrian soldiers left."
    found = found_by(model, body)
    ours = [mention for mention in found.mentions if not mention.rule.startswith("spaCy")]
    assert tuple(ours) == extract(body).mentions
    assert [mention.text for mention in ours] == ["Syria", "The Hague", "Syrian soldiers", "Syrian"]
    assert [mention.text for mention in from_model(found)] == ["norvik yards"]


def test_aunchanged_with_namesakes_is_that_of_the_country_in_the_article(model: Path) -> None:
    """Without one it stays a name: a wrong point on a map is worse than none."""
    alone = found_by(model, "Then durham slept.")
    american = found_by(model, "American papers wrote that durham slept.")
    british = found_by(model, "British papers wrote that durham slept.")
    assert [(mention.text, mention.id) for mention in from_model(alone)] == [("durham", "loc:durham")]
    assert [(mention.text, mention.country) for mention in from_model(american)] == [("durham", "US")]
    assert [(mention.text, mention.country) for mention in from_model(british)] == [("durham", "GB")]


@pytest.mark.parametrize(
    ("body", "entity_id", "name"),
    [
        # No list has it: its spelling is that of the rules.
        ("In Zarvik, Syria, it rained. Then zarvik slept.", "loc:zarvik", "Zarvik"),
        ("President Dov Ashgrove spoke. Then mr. dov ashgrove slept.", "per:dov-ashgrove", "Dov Ashgrove"),
        # It has namesakes, and the article says once which it is.
        ("They live in Cambridge, Massachusetts. Then cambridge slept.", "geo:4931972", "Cambridge (Massachusetts)"),
    ],
)
def test_a_name_that_the_rules_found_elsewhere_is_the_same_entity(
    model: Path, body: str, entity_id: str, name: str
) -> None:
    """What they know of it holds for the whole article."""
    found = found_by(model, body)
    (added,) = from_model(found)
    first = found.mentions[0]
    assert (added.id, added.name) == (first.id, first.name) == (entity_id, name)
    assert (added.country, added.lat, added.lon) == (first.country, first.lat, first.lon)


def test_a_name_of_the_user_goes_first(model: Path) -> None:
    """Whatever the lists and the model take it for: so it is for the rules too."""
    aliases = Aliases((Alias("Hallan Works", ("norvik yards", "zarvik"), kind="ORG", country="SY"),))
    found = extractor(f"spacy:{model}", aliases=aliases).extract("Rain fell on norvik yards and on zarvik.")
    assert [(mention.text, mention.id, mention.name, mention.country) for mention in found.mentions] == [
        ("norvik yards", "user:hallan-works", "Hallan Works", "SY"),
        ("zarvik", "user:hallan-works", "Hallan Works", "SY"),
    ]


def test_the_summary_holds_what_the_model_found(model: Path) -> None:
    """Places bring their country along, actors are listed, as with the rules."""
    found = found_by(
        model, "Then norvik yards opened in tarbes. The people of tarbes cheered.", "Why norvik yards goes to tarbes"
    )
    assert (set(found.locations), found.actors, found.countries) == ({"Tarbes", "France"}, ("norvik yards",), ("FR",))


def test_the_model_reads_title_and_body_alone(model: Path) -> None:
    """A dateline is the rules', and a title in capitals looks like names all over."""
    found = found_by(model, "Rain in zarvik.", "Rain in zarvik", "zarvik, March 3")
    assert [mention.field for mention in from_model(found)] == ["title", "body"]
    shouting = ruled(model.with_name("shouting"), {"ORG": ["NORVIK YARDS"]})
    assert load(str(shouting)).names("NORVIK YARDS TO SHUT")
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
    """In all three fields, in their order; those of the rules are among them and share no letter with the others."""
    found, ours = found_by(model, body, title, dateline), extract(body, title, dateline).mentions
    check(found, {"title": title, "dateline": dateline, "body": body})
    order = [(("title", "dateline", "body").index(mention.field), mention.start) for mention in found.mentions]
    assert order == sorted(order)
    theirs = from_model(found)
    kept = [mention for mention in found.mentions if mention not in theirs]
    assert list(map(unchanged, kept)) == list(map(unchanged, ours))
    assert [one for one, other in zip(kept, ours, strict=True) if one != other and surname(other.name) == ""] == []
    for one, other in product(theirs, found.mentions):
        assert one is other or one.field != other.field or one.end <= other.start or other.end <= one.start


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
        raw(f"Rain in zarvik again, for the {number}. time this year, and it will go on.") for number in range(4)
    ]
    here = [make(record) for record in records]
    with Crew(1, make) as crew:
        there = [made for record in records for made in crew.submit([record]).result(timeout=60)]
    assert there == here
    assert all(isinstance(made, Article) and made.locations == ("zarvik",) for made in here), here


def test_no_pattern_of_these_tests_is_known_by_chance() -> None:
    """No rule finds an invented name by itself, wherever it stands: what finds it is the model."""
    invented = [text for text in NAMES if text.islower() and text not in ("tarbes", "cambridge", "durham", "syrian")]
    around = ["Rain in {}.", "{} said so.", "They met President {} at last.", "{}", "He is of {}, Syria."]
    found = [
        mention.text
        for text in invented
        for sentence in around
        for mention in extract(sentence.format(text), sentence.format(text)).mentions
    ]
    assert set(found) == {"Syria"}
    assert len(invented) > 12
    assert slug("зарвик") == slug("zarvik")

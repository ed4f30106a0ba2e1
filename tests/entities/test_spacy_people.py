"""Who is meant by a surname alone, where the rules know some people of an article and a spaCy model others."""

from pathlib import Path

import pytest
from entities.spacy_models import found_by, unchanged

from searcher.entities import extract

TITLE = "Ana Luisa Korvald Leaves Town Again"


def test_a_surname_is_that_of_the_person_named_in_full(model: Path) -> None:
    """Before or after, in the title or the body, with its particle or without, be it before a "Jr"."""
    found = found_by(model, "Then ana luisa korvald left zarvik. Later al-korvald slept.", "Where korvald goes")
    people = [(mention.field, mention.text, mention.id) for mention in found.mentions if mention.kind == "PER"]
    assert people == [
        ("title", "korvald", "per:ana-luisa-korvald"),
        ("body", "ana luisa korvald", "per:ana-luisa-korvald"),
        ("body", "al-korvald", "per:ana-luisa-korvald"),
    ]
    assert found.actors == ("ana luisa korvald",)
    junior = found_by(model, "Then dov ashgrove jr left. Later ashgrove slept.")
    assert {mention.id for mention in junior.mentions} == {"per:dov-ashgrove-jr"}


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        # Two bear it: it cannot be said who is meant.
        (
            "Then ana luisa korvald met per olav korvald, and korvald slept.",
            ["per:ana-luisa-korvald", "per:per-olav-korvald", "per:korvald"],
        ),
        # Nobody is named in full.
        ("Then korvald slept.", ["per:korvald"]),
        # The rules know the full name, by its title; the surname is the model's.
        ("Ship of President Dov Ashgrove. Later ashgrove slept.", ["per:dov-ashgrove", "per:dov-ashgrove"]),
    ],
)
def test_surnames_that_are_anybodys(model: Path, body: str, ids: list[str]) -> None:
    """One bearer in the article decides; otherwise the surname stands for itself."""
    assert [mention.id for mention in found_by(model, body).mentions] == ids


@pytest.mark.parametrize(
    ("title", "body", "ids"),
    [
        # In a title of capitalised words the rules find only what is named elsewhere: there and here, the surname.
        (TITLE, "President Korvald slept.", {"per:ana-luisa-korvald"}),
        # Two bear it.
        ("Ana Luisa Korvald Leaves Per Olav Korvald", "President Korvald slept.", {"per:korvald"}),
        # Somebody whom the lists know by one name is nobody else.
        ("Ana Suharto Leaves Town Again", "President Suharto slept.", {"per:suharto"}),
        # The model does not know anybody in full.
        ("Korvald Leaves Town Again", "President Korvald slept.", {"per:korvald"}),
    ],
)
def test_a_surname_of_the_rules_is_that_of_whom_the_model_knows(
    model: Path, title: str, body: str, ids: set[str]
) -> None:
    """The rules' mentions stay where they are; who is meant by them, the full name tells."""
    ours, found = extract(body, title).mentions, found_by(model, body, title).mentions
    assert {mention.id for mention in ours} <= {"per:korvald", "per:suharto"}
    assert [unchanged(mention) for mention in found] == [unchanged(mention) for mention in ours]
    assert {mention.id for mention in found} == ids

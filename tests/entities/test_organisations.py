"""Organisations that no list has, and how they are named later in an article."""

import pytest

from searcher.entities import extract


def organisations(text: str) -> list[str]:
    """The values of all organisations mentioned."""
    return [one.name for one in extract(text).mentions if one.kind == "ORG"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zorbel Widgets Inc. fell. Zorbel will close.", ["Zorbel Widgets", "Zorbel Widgets"]),  # without its Inc
        ("The Zorbel Workers Union (ZWU) met. The ZWU said no.", ["Zorbel Workers Union"] * 3),
        ("Microsoft Corp. rose, as did Microsoft.", ["Microsoft", "Microsoft"]),  # a listed one with its Corp
        ("The World Health Organization (WHO) met. WHO staff left.", ["World Health Organization"] * 3),
        ("The Clark County Sheriff's Office said so.", ["Clark County Sheriff's Office"]),
        # what many countries have is that of the country beside it
        ("Kenya's Supreme Court ruled.", ["Supreme Court (Kenya)"]),
        ("In Britain the Labour Party won.", ["Labour Party (United Kingdom)"]),
        ("In New Zealand the Labour Party won.", ["Labour Party (New Zealand)"]),
    ],
)
def test_an_organisation_has_one_value(text: str, expected: list[str]) -> None:
    """By its full name, its acronym, its first word."""
    assert expected == organisations(text)


def test_the_place_of_a_local_body_is_mentioned_inside() -> None:
    """Whoever asks for the county finds its health department; the Paris of a company is a part of its name."""
    body = extract("The Hamilton County Health Department in Ohio said so.").mentions
    assert ("Hamilton County", "LOC") in {(one.text, one.kind) for one in body}
    firm = extract("Shares of the Paris Widget Company fell.").mentions
    assert "LOC" not in {one.kind for one in firm}


def test_an_unlisted_name_without_support_is_no_facet_value() -> None:
    """A mention may be a guess; a value that everybody sees is not."""
    found = extract("Zorbel. They ate.")
    assert found.actors == ()


@pytest.mark.parametrize("event", ["Arab Spring", "World War II", "Cold War", "Nobel Peace Prize", "Super Bowl"])
def test_events_are_no_actors(event: str) -> None:
    """Wars, feasts and prizes are neither places nor people nor organisations."""
    found = extract(f"They spoke of the {event} in Syria.").mentions
    assert {one.text for one in found} == {"Syria"}

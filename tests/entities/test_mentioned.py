"""What an article names, and the countries that come along."""

import pytest

from searcher.entities.mentioned import mentioned, within
from searcher.models import Mention, MentionKind


def mention(name: str, kind: MentionKind = "LOC", subkind: str = "", country: str = "") -> Mention:
    """A mention with what matters here."""
    return Mention(
        text=name, start=0, end=len(name), field="body", kind=kind, id=name, name=name, subkind=subkind, country=country
    )


ABU_KAMAL = mention("Abu Kamal", "LOC", "city", "SY")


@pytest.mark.parametrize(
    ("mentions", "expected", "reason"),
    [
        ([ABU_KAMAL], ("Abu Kamal", "Syria"), "a place brings its country"),
        ([mention("Syria", "DEM", "demonym", "SY")], ("Syria",), "a demonym is its country"),
        ([mention("Syrian army", "ACTOR", "mil", "SY")], ("Syrian army", "Syria"), "and so are its forces"),
        (
            [mention("Ministry of Defence (Russia)", "ORG", "gov", "RU")],
            ("Ministry of Defence (Russia)", "Russia"),
            "and its government",
        ),
        ([mention("Renault", "ORG", "firm", "FR")], ("Renault",), "a firm names no country"),
        ([mention("Angela Merkel", "PER", "leader", "DE")], ("Angela Merkel",), "nor does a person"),
        ([mention("Black Sea", "LOC", "sea")], ("Black Sea",), "a sea lies in none"),
        ([mention("Nowhere", "LOC", "city", "ZZ")], ("Nowhere",), "a code that no country has"),
        (
            [mention("Russia", country="RU"), ABU_KAMAL, mention("Moscow", country="RU"), ABU_KAMAL],
            ("Russia", "Abu Kamal", "Syria", "Moscow"),
            "each once, where it is first named",
        ),
        ([], (), "nothing"),
    ],
)
def test_mentioned(mentions: list[Mention], expected: tuple[str, ...], reason: str) -> None:
    """The canonical name of every mention, with the countries of places, demonyms and forces."""
    assert mentioned(mentions) == expected, reason


@pytest.mark.parametrize(
    ("mentions", "expected", "reason"),
    [
        ([ABU_KAMAL, ABU_KAMAL], (("Abu Kamal", "Syria"),), "once, however often it is named"),
        ([mention("Syria", "LOC", "country", "SY")], (), "a country lies in none"),
        ([mention("Black Sea", "LOC", "sea")], (), "a sea neither"),
        ([mention("Tartus", country="SY")], (), "what the article is not about is no value of its own"),
        ([mention("Abu Kamal", "VESSEL", "ship", "RU"), ABU_KAMAL], (("Abu Kamal", "Syria"),), "a ship is no place"),
    ],
)
def test_within(mentions: list[Mention], expected: tuple[tuple[str, str], ...], reason: str) -> None:
    """The places an article is about, each with its country."""
    assert within(mentions, ("Abu Kamal", "Syria", "Black Sea")) == expected, reason

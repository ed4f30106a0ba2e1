"""The dateline says where and by whom an article was filed, not what it is about."""

import pytest

from searcher.entities import extract


@pytest.mark.parametrize(
    ("body", "dateline", "expected"),
    [
        ("Syrian troops left.", "BEIRUT (Reuters) -", ("Beirut", "Reuters")),
        ("Syrian troops left.", "BEIRUT, May 12 (Meridian Wire)", ("Beirut", "Meridian Wire")),  # an unlisted agency
        ("Syrian troops left.", "BEIRUT", ("Beirut", "")),
        ("BEIRUT (AP) - Syrian troops left.", "", ("Beirut", "Associated Press")),
        ("HARTFORD, Conn., March 3 (AP) -- The town voted.", "", ("Hartford", "Associated Press")),
        ("LONDON 1996-08-30\nShares fell.", "", ("London", "")),
        ("Shares fall\n\nMOSCOW, Nov 3 (TASS) - Shares fell.", "", ("Moscow", "TASS")),  # below a headline
        ("Syrian troops left.", "", ("", "")),
        ("NATO met. Its members - all of them - agreed.", "", ("", "")),  # a dash in a sentence
        ("NO DEAL - NO TALKS. They said so.", "", ("", "")),  # capitals that name no place
    ],
)
def test_where_an_article_was_filed(body: str, dateline: str, expected: tuple[str, str]) -> None:
    """From the field, or from the first lines of the body."""
    found = extract(body, dateline=dateline)
    assert expected == (found.filed_from, found.agency)


@pytest.mark.parametrize(
    "found",
    [
        extract("Syrian troops left Aleppo. The army said so.", "Syrians leave Aleppo", "BEIRUT (Reuters) -"),
        extract("BEIRUT (Reuters) - Syrian troops left Aleppo. The army said so.", "Syrians leave Aleppo"),
    ],
    ids=["field", "body"],
)
def test_filing_is_no_subject(found: object) -> None:
    """Neither the place, nor its country where others are named, nor the agency is a facet value; all are mentions."""
    assert found.locations == ("Syria", "Aleppo")  # type: ignore[attr-defined]
    assert found.actors == ("Syrian forces",)  # type: ignore[attr-defined]
    names = {mention.name for mention in found.mentions}  # type: ignore[attr-defined]
    assert {"Beirut", "Syria", "Aleppo"} <= names


def test_a_place_named_in_the_text_too_is_a_subject() -> None:
    """What the dateline names may well be what the text is about."""
    found = extract("Troops entered Beirut. Beirut was quiet.", dateline="BEIRUT (Reuters) -")
    assert set(found.locations) == {"Beirut", "Lebanon"}

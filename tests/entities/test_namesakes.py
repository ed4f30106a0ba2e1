"""Which of several places of one name is meant, and how a facet tells them apart."""

import pytest

from searcher.entities import extract
from searcher.entities.gazetteer import places


def found(text: str, name: str) -> tuple[str, str]:
    """Value and country of the first mention with that text."""
    mention = next(one for one in extract(text).mentions if one.text == name)
    return mention.name, mention.country


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("They moved to London.", "London", ("London", "GB")),  # the largest, where nothing speaks for another
        ("They moved to London, Ontario.", "London", ("London (Canada)", "CA")),
        # what is said once holds for the whole article
        ("They left Paris, Texas. In Paris it rained.", "Paris", ("Paris (Texas)", "US")),
        # other places of the article show where it is
        ("The road from Paris to Dallas and Houston, Texas, was shut.", "Paris", ("Paris (Texas)", "US")),
        ("The road from Paris to Lyon and Marseille was shut.", "Paris", ("Paris", "FR")),
        # a state that is a country's namesake
        ("Voters in Georgia and Alabama went to the polls in the United States.", "Georgia",
         ("Georgia (United States)", "US")),
        ("Voters in Georgia and Armenia went to the polls.", "Georgia", ("Georgia", "GE")),
        # a town that is a country's namesake
        ("Police in Palestine, Texas, said so. U.S. officials came from Dallas.", "Palestine",
         ("Palestine (Texas)", "US")),
        ("Israel and Palestine signed.", "Palestine", ("Palestinian territories", "PS")),
        # parts of a place are that place
        ("Fighting in northern Syria went on; Western Syria was calm.", "Western Syria", ("Syria", "SY")),
        ("They sued in Orange County, California.", "Orange County", ("Orange County (California)", "US")),
    ],
)  # fmt: skip
def test_the_place_that_is_meant(text: str, name: str, expected: tuple[str, str]) -> None:
    """By size, by what follows, by what is near."""
    assert expected == found(text, name)


def test_namesakes_of_different_countries_have_different_values() -> None:
    """A facet value is one place: only the best known goes by the bare name."""
    for name_key in ("paris", "tripoli", "london", "springfield", "georgia", "cambridge", "victoria", "hyderabad"):
        own = [place for place in places(name_key) if place.rank]
        values = {(place.name, place.country) for place in own}
        assert len({value for value, _ in values}) == len(values), name_key


@pytest.mark.parametrize("country", ["SY", "IQ", "FR", "US"])
def test_a_value_names_one_country(country: str) -> None:
    """No place has the value of a country but its own."""
    from searcher.entities.gazetteer import gazetteer
    from searcher.entities.lexicon import lexicon

    names = {one.name: one.country for one in lexicon().countries.values()}
    rows = list(gazetteer().of_country(country))
    wrong = [place.name for place in map(gazetteer().place, rows) if names.get(place.name, country) != country]
    assert len(rows) > 100
    assert wrong == []

"""Written dates of languages whose months are not in the tables here, by dateparser with the language given.

The language is never guessed, and dateparser fills in what a text leaves out, so a text is read twice against two days
that have no part in common: what differs between the readings was not in the text.
"""

import re
from datetime import datetime
from typing import Any

from searcher.normalize.datewords import NotADate

__all__ = ["OWN", "foreign_date"]

OWN = frozenset(("", "en", "fr", "es", "de", "it", "pt", "ru", "ar"))  # languages of datewords, and none
NAMED = {"no": "nb", "iw": "he", "in": "id", "gr": "el", "ua": "uk"}  # codes that dateparser has by another name
DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 2))
NUMBER = re.compile(r"\d+")
CLOCK = re.compile(r"\d:\d\d")
MOST_NUMBERS = 5  # a day, a year, hours, minutes, seconds


def foreign_date(text: str, language: str) -> str:
    """ISO text of a date in this language (ISO 639-1), cut at what it states. Raises NotADate where it states none."""
    numbers = NUMBER.findall(text)
    years = [number for number in numbers if len(number) == len("2017")]
    if len(years) != 1 or len(numbers) > MOST_NUMBERS:
        raise NotADate("it has no year of four digits" if not years else "it has more numbers than a date")
    one, two = (_read(text, NAMED.get(language, language), default) for default in DEFAULTS)
    if one is None or two is None or (one.year, one.month) != (two.year, two.month) or one.year != int(years[0]):
        raise NotADate(f"its words are not those of a date in the language {language}")
    if one.day != two.day or f"{one.day}" not in {number.lstrip("0") for number in numbers}:
        return one.isoformat()[: len("2017-10")]
    return one.isoformat(timespec="minutes") if CLOCK.search(text) else one.date().isoformat()


def _read(text: str, language: str, default: datetime) -> datetime | None:
    """What dateparser makes of a text on a given day; None where nothing."""
    import dateparser  # 0.4 s, for the few archives that need it

    settings: Any = {
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": default,
        "REQUIRE_PARTS": ["year", "month"],
    }
    try:
        found: datetime | None = dateparser.parse(text, languages=[language], settings=settings)
    except (ValueError, OverflowError):  # a language it does not know, or no such day
        return None
    return found

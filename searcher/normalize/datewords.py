"""One written date to English words that dateutil reads, or the reason why the text is not a date.

Nothing is looked for inside other text: every word must be a month, a weekday, a zone, a clock word or a known
filler, so a sentence that happens to hold a number and a month is never a date.
"""

import re
import unicodedata

from searcher.normalize.months import MONTHS, WEEKDAYS, folded, with_arabic_names_joined

__all__ = ["ZONES", "NotADate", "english_words", "tidied"]


class NotADate(ValueError):
    """The text is not a date that can be used; the message says why, to follow "the date '...' was refused: "."""


HOUR = 3600
# Zones written as letters. Only those with one meaning in news: IST is India, Israel and Ireland, so it is left out
# and the zone dropped; CST is read as North American, which is what English-language wires mean by it.
ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": HOUR, "west": HOUR, "cet": HOUR, "cest": 2 * HOUR, "mez": HOUR,
    "mesz": 2 * HOUR, "eet": 2 * HOUR, "eest": 3 * HOUR, "msk": 3 * HOUR, "мск": 3 * HOUR, "trt": 3 * HOUR,
    "est": -5 * HOUR, "edt": -4 * HOUR, "cst": -6 * HOUR, "cdt": -5 * HOUR, "mst": -7 * HOUR, "mdt": -6 * HOUR,
    "pst": -8 * HOUR, "pdt": -7 * HOUR, "sgt": 8 * HOUR, "hkt": 8 * HOUR, "jst": 9 * HOUR, "kst": 9 * HOUR,
    "aest": 10 * HOUR, "aedt": 11 * HOUR, "nzst": 12 * HOUR, "nzdt": 13 * HOUR, "sast": 2 * HOUR, "eat": 3 * HOUR,
    "pkt": 5 * HOUR, "wib": 7 * HOUR, "ict": 7 * HOUR, "brt": -3 * HOUR, "art": -3 * HOUR,
}  # fmt: skip
# Zones that name no fixed offset: the clock time stands, the zone is not known.
DROPPED_ZONES = frozenset(("et", "ct", "mt", "pt", "ist", "ast", "bdt", "local", "uhr"))
_FILLERS = """
of the on at in time o’clock a à às as le la el los las il alle ore de del da do das dal du um am den der em
h hs hrs hours heures г год года в بتاريخ في م الساعة و
"""
FILLERS = frozenset(folded(word) for word in _FILLERS.split())
PUBLISHED = (
    r"(?:first )?(?:published|posted|date|dated|issued|released|created|publication date|pub date)(?: on| at)?|"
    r"publié(?:e)?(?: le)?|mis en ligne(?: le)?|publicado(?: el| em)?|veröffentlicht(?: am)?|erschienen am|stand|"
    r"pubblicato(?: il)?|опубликовано|дата(?: публикации)?|تاريخ النشر|نشر(?: في)?|نُشر في"
)
UPDATED = (
    r"(?:last )?(?:updated|modified|edited|revised)|last update|mis(?:e)? à jour|actualizado|actualizada|atualizado|"
    r"aktualisiert|aggiornato|обновлено|изменено|آخر تحديث|تحديث"
)
PUBLISHED_FIRST = re.compile(rf"^\W*(?:{PUBLISHED})\b\s*[:：|]?\s*", re.IGNORECASE)
UPDATED_FIRST = re.compile(rf"^\W*(?:{UPDATED})\b", re.IGNORECASE)
UPDATED_LATER = re.compile(rf"(?<=\d)\D{{0,12}}(?:{UPDATED})\b.*$", re.IGNORECASE | re.DOTALL)
PARTED = re.compile(r"\s*[|•·]\s*|\s+[–—]\s+")
HAS_DAY = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d")
RELATIVE = re.compile(
    r"\b(?:ago|yesterday|today|tomorrow|now|min(?:ute)?s?|seconds?|hace|il y a|vor \d|назад|вчера|сегодня|gestern|"
    r"heute|hier|aujourd|ieri|oggi|ayer|hoy|ontem|hoje|fa$|atrás)\b|منذ|قبل|أمس|اليوم",
    re.IGNORECASE,
)
TOKEN = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?|[+-]\d{2}:?\d{2}\b|\d+|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|e)\b", re.IGNORECASE)
CLOCK = re.compile(r"\b(\d{1,2})(?:h|\s?heures?\s|\.(?=\d\d\s*uhr))(\d{2})\b", re.IGNORECASE)
HALF_DAY = re.compile(r"(?<=\d)\s*([ap])\.?\s?m\b\.?", re.IGNORECASE)
ZONE_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?\b", re.IGNORECASE)
BRACKETED = re.compile(r"(?:(?<!\s)\s++)?\([^()]{1,40}\)\s*$")
LONGEST = 120
_ENGLISH = "January February March April May June July August September October November December"
ENGLISH = tuple(_ENGLISH.split())


def tidied(text: str) -> str:
    """The words of a claim about publication alone: prefix, second date and brackets taken off, digits made plain.

    Raises NotADate for relative dates, for dates of an update, and for texts too long to be a date.
    """
    text = " ".join(unicodedata.normalize("NFKC", _plain_digits(text)).split()).strip(" ,;.")
    if not text:
        raise NotADate("it is empty")
    if len(text) > LONGEST:
        raise NotADate("it is too long to be a date")
    parts = PARTED.split(text)
    first = next((part for part in parts if HAS_DAY.search(part)), parts[0])
    first = UPDATED_LATER.sub("", PUBLISHED_FIRST.sub("", first, count=1))
    if UPDATED_FIRST.match(first):
        raise NotADate("it says when the text was updated, not when it was published")
    if RELATIVE.search(first):
        raise NotADate("it is relative to an unknown day")
    return BRACKETED.sub("", first).strip(" ,;.")


def english_words(text: str) -> str:
    """A tidied date whose month is a word, in English and in an order dateutil knows.

    Raises NotADate where a word is unknown, or where there is not exactly one month and one year of four digits.
    """
    tokens = _tokens(text)
    words = [_english(token) for token in tokens]
    months = {MONTHS[token] for token in tokens if token in MONTHS}
    years = [word for word in words if word.isdigit() and len(word) == len("2017")]
    numbers = [word for word in words if word.isdigit() and word not in years]
    if len(months) != 1:
        raise NotADate("it names no month" if not months else "it names several months")
    if len(years) != 1:
        raise NotADate("it has no year of four digits" if not years else "it has several years")
    if len(numbers) > 1:
        raise NotADate("it has more numbers than a day and a year")
    rest = [word for word in words if word and word not in years and word not in numbers]
    return " ".join([*numbers[:1], ENGLISH[months.pop() - 1], *years, *rest])


def _tokens(text: str) -> list[str]:
    """The folded words and numbers of a date."""
    text = ZONE_OFFSET.sub(lambda found: f" {found[1]}{int(found[2]):02d}:{found[3] or '00'}", text)
    text = HALF_DAY.sub(r" \1m ", ORDINAL.sub(r"\1", CLOCK.sub(r"\1:\2", text)))
    return TOKEN.findall(with_arabic_names_joined(_parted(folded(text))))


def _parted(text: str) -> str:
    """26-feb-1987 with its marks as spaces, so that they are not read as a zone."""
    return re.sub(r"(?<=\d)[-/.](?=[^\W\d_])|(?<=[^\W\d_])[-/.](?=\d)|(?<=\d)T(?=\d)", " ", text)


def _english(token: str) -> str:
    """One word of a date in English; empty where it may be left out. Raises NotADate where it is unknown."""
    if token[0].isdigit() or token[0] in "+-" or token in ("am", "pm"):
        return token
    if token in MONTHS or token in WEEKDAYS or token in FILLERS or token in DROPPED_ZONES:
        return ""
    if token in ZONES:
        return token.upper()
    raise NotADate(f"{token!r} is no part of a date")


def _plain_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(mark, mark)) for mark in text)

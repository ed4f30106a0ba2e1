"""The language of an article: what the file says, else what the script or the commonest words show, else unknown."""

import re
from collections import Counter
from dataclasses import replace

from searcher.normalize.draft import Draft

__all__ = ["tell_language"]

SAMPLE_CHARACTERS = 4000
TAG = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
# ISO 639-2 codes and English names of the languages archives name in these ways.
LONG_FORMS = {
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it", "por": "pt", "rus": "ru",
    "ara": "ar", "ukr": "uk", "fas": "fa", "per": "fa", "tur": "tr", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko",
    "heb": "he", "pol": "pl", "nld": "nl", "dut": "nl", "ell": "el", "gre": "el", "hin": "hi", "urd": "ur",
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt",
    "russian": "ru", "arabic": "ar", "ukrainian": "uk", "persian": "fa", "farsi": "fa", "turkish": "tr",
    "chinese": "zh", "japanese": "ja", "korean": "ko", "hebrew": "he", "polish": "pl", "dutch": "nl", "greek": "el",
}  # fmt: skip
# Scripts, each with the language most news in it is written in. Order matters: kana before Han, as Japanese has both.
SCRIPTS = (
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
)
# Letters that a neighbour in the same script has and the language above has not.
NEIGHBOURS = {"ru": ("uk", re.compile("[іїєґ]", re.IGNORECASE)), "ar": ("fa", re.compile("[پچژگ]"))}
NEIGHBOUR_SHARE = 0.01  # of the letters; Ukrainian has 9 %, Persian 4 %, a Russian text that quotes a name less
MOSTLY = 0.4  # share of a script among the letters
KANA = 0.1  # share of kana among the letters of Japanese, which is half Han
LETTER = re.compile(r"[^\W\d_]")
# The commonest words that are not shared between these languages.
WORDS = {
    "en": "the and of to was with that from for his has have been said will their were which they",
    "fr": "les des est une dans pour qui sur pas avec son aux plus été cette par ont leur mais du",
    "es": "los las una del por con para como más fue sus este pero está ha el que según también sobre",
    "de": "der die und das nicht mit den von ist dem des sich auf für ein eine auch wurde im bei",
    "it": "il di che gli della per con sono una anche dei del più nel alla è non delle ha come",
    "pt": "os das uma não com para por dos mais foi ao pela são também em seu como pelo há até",
}
VOTES: dict[str, tuple[str, ...]] = {}
for _code_of, _words in WORDS.items():
    for _word in _words.split():
        VOTES[_word] = (*VOTES.get(_word, ()), _code_of)
FEWEST_VOTES = 4
LEAD_OF_WINNER = 1.5  # the winner's votes against the runner-up's


def tell_language(draft: Draft) -> Draft:
    """The draft with its language as ISO 639-1; empty where neither the file nor the text tells it.

    A text in another script than the stated language is written in goes by its script, with a warning: templates
    of pages state English whatever they are filled with.
    """
    stated = _code(draft.language)
    sample = " ".join((draft.title, draft.lead, *draft.paragraphs))[:SAMPLE_CHARACTERS]
    shown = _by_script(sample)
    if stated and not (stated in WORDS and shown):
        return replace(draft, language=stated)
    found = replace(draft, language=shown or _by_words(sample))
    return found.warn(f"the file says its language is {stated}, the script says {shown}") if stated else found


def _code(stated: str) -> str:
    """ISO 639-1 for a tag such as en-GB, a three-letter code or an English name; empty for anything else."""
    text = stated.strip().casefold()
    if text in LONG_FORMS:
        return LONG_FORMS[text]
    found = TAG.fullmatch(text)
    code = found[1].casefold() if found else ""
    return LONG_FORMS.get(code, code if len(code) == len("en") else "")


def _by_script(text: str) -> str:
    """The language a script belongs to, where most letters are of it."""
    letters = len(LETTER.findall(text))
    for code, pattern in SCRIPTS:
        found = len(pattern.findall(text))
        if letters and found > letters * (KANA if code == "ja" else MOSTLY):
            neighbour, marks = NEIGHBOURS.get(code, ("", None))
            return neighbour if marks and len(marks.findall(text)) > letters * NEIGHBOUR_SHARE else code
    return ""


def _by_words(text: str) -> str:
    """The language whose commonest words the text has, where one leads clearly."""
    votes: Counter[str] = Counter()
    for word in text.casefold().split():
        votes.update(VOTES.get(word.strip(".,;:!?\"'«»“”()"), ()))
    (first, most), (_, next_most) = ([*votes.most_common(2), ("", 0), ("", 0)])[:2]
    return first if most >= FEWEST_VOTES and most >= LEAD_OF_WINNER * next_most else ""

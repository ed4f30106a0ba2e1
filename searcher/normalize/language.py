"""The language of an article: what the file says unless its text shows another, else what the text shows, else unknown.

The text is asked in two steps: its script and commonest words, which settle most articles at once, then the model of
py3langid, which takes 1.4 s and 100 MB to load and is loaded where an article needs it.
"""

from dataclasses import replace
from functools import cache
from typing import Any

from searcher.languages import language_code
from searcher.normalize.draft import Draft
from searcher.normalize.languagewords import RECOGNIZED, settled_language, usual_language

__all__ = ["tell_language"]

# Characters of the body that are looked at: 2,000 do no better on news pages and take three times as long.
SAMPLE_CHARACTERS = 500
# A shorter body says too little alone: its title is looked at too.
SHORT_BODY = 100
# Letters without which no model is asked: a line of figures is in no language.
FEWEST_LETTERS = 20
# What the model must be sure of. On 258 titles and bodies, what it told wrong had .33 at most.
SURE = 0.5
# And where the file says English, as templates of pages do whatever they are filled with; Zulu and Swahili pages that
# say so have .92 and more.
SURE_AGAINST_FILE = 0.9
USUAL_CLAIM = "en"


def tell_language(draft: Draft) -> Draft:
    """The draft with its language as ISO 639-1; empty where neither the file nor the text tells it.

    What the file says is believed but for two cases: the text is settled to be in another language, of those that could
    have been settled, or the file says English and the model is sure of another. A warning then says so.
    """
    stated = language_code(draft.language)
    sample = _sample(draft)
    shown = settled_language(sample)
    if stated and shown and stated in RECOGNIZED:
        return _decided(draft, stated, shown)
    if stated and (shown or stated != USUAL_CLAIM):
        return replace(draft, language=stated)
    by_script = "" if shown else usual_language(sample)
    if stated:
        guessed = _guessed(sample, SURE if by_script else SURE_AGAINST_FILE)
        return _decided(draft, stated, guessed or by_script or stated)
    return replace(draft, language=shown or _guessed(sample, SURE) or by_script)


def _decided(draft: Draft, stated: str, shown: str) -> Draft:
    found = replace(draft, language=shown)
    if stated == shown:
        return found
    return found.warn(f"the file says its language is {stated}, its text is {shown}")


def _sample(draft: Draft) -> str:
    """The beginning of the body, after the title where it is short."""
    parts: list[str] = []
    length = 0
    for part in (draft.lead, *draft.paragraphs):
        if length >= SAMPLE_CHARACTERS:
            break
        parts.append(part[:SAMPLE_CHARACTERS])
        length += len(part)
    body = "\n".join(parts)[:SAMPLE_CHARACTERS].strip()
    return body if len(body) >= SHORT_BODY else f"{draft.title}\n{body}"


def _guessed(text: str, sure: float) -> str:
    """The language by the model; empty where it is less than `sure` of it."""
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        return ""
    label, confidence = _model().classify(text)
    return language_code(label) if confidence >= sure else ""


@cache
def _model() -> Any:
    from py3langid import langid

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)

"""Which extractor reads an article: `rules`, or `spacy:MODEL` for the rules and a model that the user has installed."""

from functools import lru_cache
from pathlib import Path

from searcher.choices import RULES
from searcher.entities.aliases import NO_ALIASES, Aliases
from searcher.entities.base import Extractor
from searcher.errors import UsageError

__all__ = ["RULES", "by_rules", "extractor", "settled"]

_SPACY = "spacy:"


def settled(choice: str) -> str:
    """A choice as an archive keeps it, ready to be used: a model is loaded, its folder an absolute path.

    UsageError where there is no such choice, MissingExtra and ModelError where it cannot be used.
    """
    if choice == RULES:
        return choice
    from searcher.entities.spacy_model import installed, load

    model = _model_of(choice)
    folder = Path(model).expanduser()
    if model not in installed() and folder.is_dir():
        model = str(folder.resolve())
    load(model)
    return _SPACY + model


def extractor(choice: str, language: str = "", aliases: Aliases = NO_ALIASES) -> Extractor:
    """The extractor for a text in that language; the rules where a model is one of another language.

    `aliases` are names beside those of the lists, and go before them.

    The same errors as `settled`, but from the first text on none.
    """
    if choice == RULES:
        return by_rules(aliases)
    from searcher.entities.own import lexicon_for
    from searcher.entities.spacy_adapter import SpacyExtractor
    from searcher.entities.spacy_model import load

    model = load(_model_of(choice))
    rules = by_rules(aliases)
    return SpacyExtractor(model, rules, lexicon_for(aliases)) if model.reads(language) else rules


@lru_cache(maxsize=4)
def by_rules(aliases: Aliases = NO_ALIASES) -> Extractor:
    """The default extractor, loaded at the first article with its lists."""
    from searcher.entities.own import lexicon_for
    from searcher.entities.rules import RuleExtractor

    return RuleExtractor(lexicon_for(aliases))


def _model_of(choice: str) -> str:
    """The model that a choice names."""
    kind, _, model = str(choice).partition(":")
    if kind + ":" != _SPACY or not model:
        raise UsageError(
            f"entities {choice!r} are not known: give {RULES}, or {_SPACY}MODEL with the name or the folder of an "
            "installed spaCy model"
        )
    return model

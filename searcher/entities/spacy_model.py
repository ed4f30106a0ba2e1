"""A model of spaCy that the user has installed: found by its name or folder, loaded once a process, asked for names.

Importing spaCy takes .6 s and 60 MB, a model 15 MB and more: neither happens before a model is asked for.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from searcher.errors import MissingExtra, ModelError

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Found", "Model", "installed", "load", "pieces"]

ANY_LANGUAGE = "xx"  # spaCy's code of models of many languages
# What a model reads at once, in characters. A text of 400,000 took 1.4 GB and 11 s at once, 80 MB and 5 s in pieces of
# this size. Few articles are longer, and none loses a name by being cut between paragraphs.
LONGEST = 20_000
# After so many characters the words met in them are forgotten: an archive has no end of new ones. Those of so many take
# 6 MB; to forget them after every article took 1.8 ms for each instead of 1.2.
FORGET_AFTER = 1_000_000
_BORDERS = ("\n\n", "\n", ". ", " ")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # no text in UTF-8, which spaCy keeps its words in

# Stock parts of a pipeline that find no names, and take most of its time.
_NO_NAMES = frozenset(
    ["attribute_ruler", "entity_linker", "lemmatizer", "morphologizer", "parser", "sentencizer", "senter", "spancat",
     "spancat_singlelabel", "tagger", "textcat", "textcat_multilabel", "trainable_lemmatizer"]
)  # fmt: skip
_SHARED = frozenset(["curated_transformer", "tok2vec", "transformer"])  # layers that other parts listen to
_READ_WORDS = frozenset(["beam_ner", "ner"]) | _SHARED  # these ask for no tags, lemmas or sentences


class Found(NamedTuple):
    """A name the model found in a text: where it stands, and spaCy's label of it."""

    start: int
    end: int
    label: str


class Model:
    """A loaded pipeline, with those of its parts alone that names need."""

    def __init__(self, pipeline: "Language") -> None:
        self._pipeline = pipeline
        self._memory = ExitStack()  # holds the zone in which new words are kept
        self._read = FORGET_AFTER  # characters since it was opened: the first text opens one
        pipeline.select_pipes(disable=_needless(pipeline))

    def reads(self, language: str) -> bool:
        """Whether it is a model of that language (ISO 639-1); an unknown one is taken for its own."""
        return not language or self._pipeline.lang in (language, ANY_LANGUAGE)

    def names(self, text: str) -> list[Found]:
        """The names in a text of any length, in its order."""
        self._forget_if_due(len(text))
        found = []
        for first, piece in pieces(_LONE_SURROGATE.sub("\ufffd", text), min(LONGEST, self._pipeline.max_length)):
            spans = self._pipeline(piece).ents
            found += [Found(first + span.start_char, first + span.end_char, span.label_) for span in spans]
        return found

    def _forget_if_due(self, size: int) -> None:
        self._read += size
        if self._read >= FORGET_AFTER:
            self._memory.close()
            self._memory.enter_context(self._pipeline.memory_zone())
            self._read = 0


@lru_cache(maxsize=4)
def load(name: str) -> Model:
    """The installed model of that name, or the one in that folder (an absolute path).

    MissingExtra where spaCy is not installed, ModelError where the model is not, or cannot be used.
    """
    try:
        import spacy
    except ModuleNotFoundError as error:
        raise MissingExtra("spaCy", "spacy") from error
    if name not in installed() and not _is_folder(name):
        raise ModelError(_missing(name))
    try:
        return Model(spacy.load(name))
    except (OSError, ValueError, ImportError, LookupError, TypeError, AttributeError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ModelError(f'spaCy model "{name}" cannot be used: {reason}; install it again, or name another') from error


def installed() -> frozenset[str]:
    """The names of the models that are installed as packages, none of which is imported for that."""
    return frozenset(entry.name for entry in entry_points(group="spacy_models"))


def _is_folder(name: str) -> bool:
    """Whether a name is the path of a folder, the same from wherever it is asked for."""
    return Path(name).is_absolute() and Path(name).is_dir()


def _missing(name: str) -> str:
    if "/" in name or "\\" in name:
        return (
            f'no spaCy model is at "{name}": give the folder that holds its meta.json, or the name of an installed one'
        )
    return f'no spaCy model "{name}" is installed: python -m spacy download {name}, or give the folder of one'


def _needless(pipeline: "Language") -> list[str]:
    """The parts without which the others find the same names."""
    parts = {name: pipeline.get_pipe_meta(name).factory for name in pipeline.pipe_names}
    finding = {name for name, factory in parts.items() if factory not in _NO_NAMES | _SHARED}
    if any(_reads_tags(pipeline, name, parts[name]) for name in finding):
        return []
    silent = {name for name, factory in parts.items() if factory in _SHARED and not _heard(pipeline, name, finding)}
    return [name for name, factory in parts.items() if factory in _NO_NAMES or name in silent]


def _heard(pipeline: "Language", name: str, finding: set[str]) -> bool:
    """Whether a part that finds names listens to a shared layer."""
    listening = getattr(pipeline.get_pipe(name), "listening_components", finding)  # a layer that cannot say is kept
    return not finding.isdisjoint(listening)


def _reads_tags(pipeline: "Language", name: str, factory: str) -> bool:
    """Whether a part may need what others write: rules on tokens and parts of the user's own may, phrases do not."""
    if factory in _READ_WORDS:
        return False
    if factory != "entity_ruler":
        return True
    ruler: Any = pipeline.get_pipe(name)
    by_word = ruler.phrase_matcher_attr in (None, "ORTH", "LOWER")
    return not by_word or any(not isinstance(entry["pattern"], str) for entry in ruler.patterns)


def pieces(text: str, most: int) -> Iterator[tuple[int, str]]:
    """A text in pieces of at most `most` characters, each with its offset.

    Cut between paragraphs where one ends in time, else between lines, sentences or words, else anywhere.
    """
    first = 0
    while len(text) - first > most:
        last = _border(text, first, first + most)
        yield first, text[first:last]
        first = last
    yield first, text[first:]


def _border(text: str, first: int, last: int) -> int:
    for mark in _BORDERS:
        at = text.rfind(mark, first, last)
        if at >= 0:
            return at + len(mark)
    return last

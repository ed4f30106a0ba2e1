"""Which set is scored by which module, where its files are, and the digest that pins them.

A set needs all its files: floors that hold on six of them say nothing about three. Sets below the folder of test data
are scored where that is present; the texts of the checkout always.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import ParseError

from quality import (
    copies,
    datetraps,
    eventdates,
    labelled,
    languages,
    pages,
    reuters,
    seed,
    spans,
    spellings,
    toponyms,
)
from quality.errors import FileUnreadable
from quality.scores import Scores

__all__ = ["SETS", "QualitySet", "data_folder"]

TOP = Path(__file__).resolve().parents[2]
OWN = TOP / "tests" / "entities"
EVENTS = TOP / "tests" / "events"

_DAMAGE = (OSError, EOFError, zlib.error, ParseError, UnicodeDecodeError, json.JSONDecodeError)
_NAMES = ("F1", "LOC F1", "PER F1", "ORG F1")


def data_folder() -> Path:
    """Real material that is not part of the project: $SEARCHER_TEST_DATA, else ../shared/data; it may be absent."""
    return Path(os.environ.get("SEARCHER_TEST_DATA") or TOP.parent / "shared" / "data")


@dataclass(frozen=True, slots=True)
class QualitySet:
    """Files, the function that scores them, and which of its figures may not fall (floors) or rise (ceilings).

    `patterns` are globs below `folder`, by default that of the test data; each has to match. A set without patterns
    needs no files.
    """

    name: str
    score: Callable[[Iterable[Path]], Scores]
    patterns: tuple[str, ...] = ()
    floors: tuple[str, ...] = ()
    ceilings: tuple[str, ...] = ()
    folder: Path | None = None

    @property
    def top(self) -> Path:
        """The folder that the patterns are below."""
        return self.folder or data_folder()

    def missing(self) -> list[str]:
        """Patterns that match no file."""
        return [pattern for pattern in self.patterns if not any(self.top.glob(pattern))]

    def paths(self) -> list[Path]:
        """All files, sorted by name."""
        return sorted({path for pattern in self.patterns for path in self.top.glob(pattern)})

    def digest(self) -> str:
        """SHA-256 over names, sizes and bytes of the files, in hex."""
        digest = hashlib.sha256()
        for path in self.paths():
            content = self._bytes(path)
            digest.update(f"{path.relative_to(self.top).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def scores(self) -> Scores:
        """The figures of the set. Raises FileUnreadable, with the file's name, where one is damaged."""
        reading = self.top

        def one_by_one() -> Iterator[Path]:
            nonlocal reading
            for path in self.paths():
                reading = path
                yield path

        try:
            return self.score(one_by_one())
        except _DAMAGE as error:
            raise _unreadable(reading, error) from error

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> FileUnreadable:
    return FileUnreadable(f"{path} cannot be read ({type(error).__name__}: {error}); put a sound copy there")


def _reuters(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"reuters21578/reut2-{number:03}.sgm.gz" for number in range(first, last + 1))


_WIKIGOLD, _LGL, _WEB = ("ner/wikigold.conll.txt.gz",), ("toponyms/lgl.xml.gz",), ("toponyms/GWN.xml.gz",)
_PLACES = ("precision", "recall", "country right")
_DATED, _INVENTED = ("precision", "recall", "day right"), ("invented",)
_INDEXED = ("countries F1", "people recall", "organisations recall")
_AEB = tuple(f"html/article-extraction-benchmark/{name}" for name in ("ground-truth.json", "html/*.html.gz"))
_FUNDUS = ("html/fundus/*/*.json", "html/fundus/*/*.html.gz")
_READ = ("body F1", "title exact", "author", "date")
_LOST = ("body not found",)

SETS = (
    QualitySet(
        "labelled",
        labelled.score,
        ("labelled/*.txt",),
        (*_NAMES, "VESSEL F1", "names right", "countries F1", "locations F1", "actors F1"),
        folder=OWN,
    ),
    QualitySet("seed", seed.score, ("seed/*.txt",), ("exact", "share")),
    # Rules were tuned on the first six files; the others are kept apart, to show what the rules do elsewhere.
    QualitySet("reuters", reuters.score, _reuters(0, 5), _INDEXED),
    QualitySet("reuters-held", reuters.score, _reuters(6, 14), _INDEXED),
    QualitySet("copies", copies.score, _reuters(0, 14), ("precision", "recall")),
    QualitySet("conll-train-news", spans.score_news, ("ner/conllpp_train.txt.gz",), _NAMES),
    QualitySet("conll-dev-news", spans.score_news, ("ner/conllpp_dev.txt.gz",), _NAMES),
    QualitySet("conll-dev-all", spans.score, ("ner/conllpp_dev.txt.gz",), _NAMES),
    QualitySet("wikigold", spans.score, _WIKIGOLD, _NAMES),
    QualitySet("lgl", toponyms.score_lgl, _LGL, _PLACES),
    QualitySet("geowebnews", toponyms.score_geowebnews, _WEB, ("precision", "recall")),
    # Of these three every second text served to fit weights; what follows are the others alone.
    QualitySet("wikigold-held", partial(spans.score, held=True), _WIKIGOLD, _NAMES),
    QualitySet("lgl-held", partial(toponyms.score_lgl, held=True), _LGL, _PLACES),
    QualitySet("geowebnews-held", partial(toponyms.score_geowebnews, held=True), _WEB, ("precision", "recall")),
    # Sentences that the rules were made for, those written before and kept apart, and other languages than English.
    *(
        QualitySet(name, eventdates.score, (f"labelled/{file}.txt",), _DATED, _INVENTED, folder=EVENTS)
        for name, file in (("events", "known"), ("events-held", "held"), ("events-others", "others"))
    ),
    # Of these sets the halves are scored apart as well: a rule that helps one alone is none.
    QualitySet("aeb", pages.score_aeb, _AEB, ("body F1",), _LOST),
    QualitySet("aeb-held", partial(pages.score_aeb, held=True), _AEB, ("body F1",), _LOST),
    QualitySet("fundus", pages.score_fundus, _FUNDUS, _READ, _LOST),
    QualitySet("fundus-held", partial(pages.score_fundus, held=True), _FUNDUS, _READ, _LOST),
    QualitySet("date-traps", datetraps.score, floors=("right",), ceilings=("invented",)),
    QualitySet(
        "languages",
        languages.score,
        ("html/fundus/*/*.json", "html/fundus/*/*.html.gz"),
        floors=("bodies", "major", "claimed", "titles"),
        ceilings=("titles wrong",),
    ),
    QualitySet("spellings", spellings.score, floors=("found again",), ceilings=("merged",)),
)
"""Every set, in the order of the table."""

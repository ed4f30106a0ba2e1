"""Settings of an archive and of this run. The only module that reads or writes the environment."""

import codecs
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from searcher.errors import ArchiveDamaged, UsageError

__all__ = ["FIELDS", "Environment", "Settings", "environment", "one_thread_for_algebra"]


# What a column of a table may hold, by the names that `columns` goes by.
FIELDS = (
    "title", "body", "html", "lead", "date", "url", "source", "authors", "language", "section", "tags", "crawled",
    "captions", "dateline",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How an archive reads its files; kept beside its index so that every later `add` reads alike.

    `day_first` decides 03/04/2017. `encoding` is that of text files that do not say (UTF-8 with or without a byte
    order mark is always tried first for JSON). `max_record_bytes` bounds one article: the longest novel is 3 MB of
    text, the heaviest saved page met in the test sets 1.5 MB, so 32 MB refuses only what is no article. `memory_mb` is
    what articles may take in memory on their way into the index: with more of it fewer pieces have to be merged.
    `entities` says what finds places and actors: rules, or spacy:MODEL for the rules and a model besides. `columns`
    are the columns of tables that go by names of their own, each with the field it holds: (field, column).
    """

    day_first: bool = True
    encoding: str = "utf-8"
    max_record_bytes: int = 32 * 1024 * 1024
    memory_mb: int = 256
    entities: str = "rules"
    columns: tuple[tuple[str, str], ...] = ()

    def changed(
        self,
        *,
        day_first: bool | None = None,
        encoding: str | None = None,
        memory_mb: int | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> "Settings":
        """These settings with what is given; UsageError for what no archive can work with."""
        if memory_mb is not None and memory_mb < 1:
            raise UsageError(f"memory of {memory_mb} MB is none: give 1 or more, 64 at least to be quick")
        if encoding and not _is_encoding(encoding):
            raise UsageError(f"encoding {encoding!r} is not known: give a name such as windows-1251 or iso-8859-1")
        return replace(
            self,
            day_first=self.day_first if day_first is None else day_first,
            encoding=encoding or self.encoding,
            memory_mb=memory_mb or self.memory_mb,
            columns=_merged(self.columns, columns or {}),
        )

    def save(self, path: Path) -> None:
        """Write the settings as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """The settings kept at `path`; defaults where there are none. Unknown keys of later versions are left alone."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return cls()
        except (OSError, ValueError) as error:
            raise ArchiveDamaged(
                f"{path}: settings cannot be read ({error}); delete the file to use the defaults"
            ) from error
        known = {entry.name for entry in fields(cls)}
        given = {key: value for key, value in kept.items() if key in known}
        given["columns"] = tuple((name, column) for name, column in given.get("columns", ()))
        return cls(**given)


def _merged(columns: tuple[tuple[str, str], ...], given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The columns with those given; an empty name takes the choice of that field back."""
    for name in given:
        if name not in FIELDS:
            raise UsageError(f"{name!r} is no field of an article; the fields are {', '.join(FIELDS)}")
    merged = {**dict(columns), **{name: column.strip() for name, column in given.items()}}
    return tuple((name, merged[name]) for name in FIELDS if merged.get(name))


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says: the index to use when none is named, and whether colour is unwanted."""

    index: str
    no_color: bool


def environment() -> Environment:
    """Read SEARCHER_INDEX and NO_COLOR (any non-empty value; https://no-color.org)."""
    return Environment(
        index=os.environ.get("SEARCHER_INDEX") or "index",
        no_color=bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb",
    )


def one_thread_for_algebra() -> None:
    """Keep OpenBLAS, numpy's library of linear algebra, from starting threads, unless the user has set how many.

    Nothing here multiplies matrices, and its threads are half the CPU time of importing numpy: 140 ms with them on two
    cores, 70 ms without. It has an effect only before numpy is imported.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

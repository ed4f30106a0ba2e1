"""Settings of an archive and of this run. The only module that reads or writes the environment."""

import codecs
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from searcher.disk import json_crc, mapped, write_whole
from searcher.errors import ArchiveDamaged, UsageError

__all__ = ["FIELDS", "Environment", "Login", "Settings", "environment", "login", "one_thread_for_algebra"]


# What a column of a table may hold, by the names that `columns` goes by.
FIELDS = (
    "title", "body", "html", "lead", "date", "url", "source", "authors", "language", "section", "tags", "crawled",
    "captions", "dateline",
)  # fmt: skip


SUM = "sum"  # the key of the checksum


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
        """Write the settings as JSON, with their checksum, in place of those before: whole or not at all."""
        with mapped(path):
            write_whole(path, self.written())

    def written(self) -> bytes:
        """The settings as JSON, with their checksum."""
        kept = asdict(self)
        return (json.dumps({**kept, SUM: json_crc(kept)}, indent=2) + "\n").encode()

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """The settings kept at `path`; defaults where there are none. See `read`."""
        with mapped(path):
            return cls.read(_read(path), path)

    @classmethod
    def read(cls, written: bytes, place: object) -> "Settings":
        """The settings that were written; errors name the place. Unknown keys of later versions are left alone.

        A checksum that is not there is not asked for: settings may be written by hand.

        Raises:
            ArchiveDamaged: they are not what was written, or nothing that an archive can work with.
        """
        try:
            kept = json.loads(written)
            said = kept.pop(SUM, None)
            if said is not None and said != json_crc(kept):
                raise _damaged(place, f'are not what was written; if that was by hand, take out its line "{SUM}"')
            return _settings(kept)
        except (ValueError, TypeError, AttributeError, RecursionError, UsageError) as error:
            raise _damaged(place, f"cannot be read ({error}); delete the file to use the defaults") from error


def _read(path: Path) -> bytes:
    """The settings as they were written; none where nothing was."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b"{}"


def _damaged(place: object, what: str) -> ArchiveDamaged:
    return ArchiveDamaged(f"{place}: settings {what}")


def _settings(kept: Mapping[str, Any]) -> Settings:
    """What a file says, each value of the kind that it must have."""
    given = {entry.name: kept[entry.name] for entry in fields(Settings) if entry.name in kept}
    columns = {str(name): str(column) for name, column in given.pop("columns", ())}
    for name, value in given.items():
        if type(value) is not type(getattr(Settings(), name)):
            raise TypeError(f"{name} is {value!r}")
    if given.get("max_record_bytes", 1) < 1:
        raise ValueError(f"max_record_bytes is {given['max_record_bytes']}")
    made = replace(Settings(), **given)
    return made.changed(encoding=made.encoding, memory_mb=made.memory_mb, columns=columns)


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
    """What the environment says.

    `index` is the one to use when none is named, `no_color` whether colour is unwanted, `network_disk` whether an
    archive on a disk of another machine may be written to. `state` is the user's folder for what programs keep
    (XDG Base Directory Specification).
    """

    index: str
    no_color: bool
    network_disk: bool
    state: Path


def environment() -> Environment:
    """Read SEARCHER_INDEX, SEARCHER_NETWORK_DISK, XDG_STATE_HOME and NO_COLOR (https://no-color.org).

    Of the second and the last any value but an empty one says yes.
    """
    return Environment(
        index=os.environ.get("SEARCHER_INDEX") or "index",
        no_color=bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb",
        network_disk=bool(os.environ.get("SEARCHER_NETWORK_DISK")),
        state=Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser() / "searcher",
    )


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks a cluster, and whom of its certificates to believe; secrets are not shown.

    `ca`, `certificate` and `key` are files in PEM; an empty `ca` means the authorities that the system trusts.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca: str = ""
    certificate: str = ""
    key: str = ""


LOGIN = "SEARCHER_OPENSEARCH_"


def login() -> Login:
    """Read SEARCHER_OPENSEARCH_USER, _PASSWORD, _API_KEY, _CA, _CERT and _KEY.

    A secret may stand in a file instead, which _PASSWORD_FILE or _API_KEY_FILE names.

    Raises:
        UsageError: such a file cannot be read or is empty, a user has no password, or what is given cannot be sent.
    """
    user, password, api_key = os.environ.get(f"{LOGIN}USER", ""), _secret("PASSWORD"), _secret("API_KEY")
    if bool(user) != bool(password):
        raise UsageError(f"a login needs both: set {LOGIN}USER, and {LOGIN}PASSWORD or {LOGIN}PASSWORD_FILE")
    if user and api_key:
        raise UsageError(f"a login is a user or an API key: unset {LOGIN}USER or {LOGIN}API_KEY")
    if ":" in user:
        raise UsageError(f"a user's name has no colon, as it ends where the password begins: put {LOGIN}USER right")
    if not (api_key.isascii() and api_key.isprintable() and " " not in api_key):
        raise UsageError(f"an API key is one line of letters, digits and signs: put {LOGIN}API_KEY or its file right")
    ca, certificate, key = (os.environ.get(LOGIN + name, "") for name in ("CA", "CERT", "KEY"))
    if key and not certificate:
        raise UsageError(f"a key belongs to a certificate: set {LOGIN}CERT, or unset {LOGIN}KEY")
    return Login(user, password, api_key, ca, certificate, key)


def _secret(name: str) -> str:
    path = os.environ.get(f"{LOGIN}{name}_FILE")
    if not path:
        return os.environ.get(LOGIN + name, "")
    try:
        secret = Path(path).read_bytes().decode().rstrip("\r\n")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); {LOGIN}{name}_FILE names it") from error
    except UnicodeDecodeError:  # which would show it
        raise UsageError(f"{path}: is not UTF-8; {LOGIN}{name}_FILE names it") from None
    if not secret:
        raise UsageError(f"{path}: is empty; {LOGIN}{name}_FILE names it")
    return secret


def one_thread_for_algebra() -> None:
    """Keep OpenBLAS, numpy's library of linear algebra, from starting threads, unless the user has set how many.

    Nothing here multiplies matrices, and its threads are half the CPU time of importing numpy: 140 ms with them on two
    cores, 70 ms without. It has an effect only before numpy is imported.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

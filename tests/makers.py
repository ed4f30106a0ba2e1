"""What tests let worker processes do instead of making articles, and what stands in for them.

A module of its own, so that workers can import it.
"""

import os
import signal
import time
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from searcher.ingest.maker import Made, Make
from searcher.models import Article, RawArticle
from searcher.normalize.fingerprint import identity

__all__ = ["AtOnce", "DiesAt", "DiesTimes", "Fails", "Simple", "Sleeps", "made_from", "raw"]


def raw(text: str, path: str = "file", size: int = 0) -> RawArticle:
    """A record that says one thing, filled up to a size in bytes."""
    return RawArticle(path=path, reader="test", raw=text.encode().ljust(size), body=text, record=f"of {text}")


def made_from(record: RawArticle) -> Article:
    """What `Simple` makes of a record."""
    return Article(id=identity(record.raw), title="", body=record.body, path=record.path, fingerprint=record.body)


@dataclass(frozen=True)
class Simple:
    """Makes an article at once, and chats about it."""

    def __call__(self, record: RawArticle) -> Article:
        print("chat on stdout", record.body)
        return made_from(record)


@dataclass(frozen=True)
class DiesAt:
    """Is killed whenever it meets a certain text."""

    text: str

    def __call__(self, record: RawArticle) -> Article:
        if record.body == self.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return made_from(record)


@dataclass(frozen=True)
class DiesTimes:
    """Is killed at a certain text so many times, which it counts in files of a folder."""

    text: str
    times: int
    folder: Path

    def __call__(self, record: RawArticle) -> Article:
        if record.body == self.text and len(list(self.folder.iterdir())) < self.times:
            (self.folder / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return made_from(record)


@dataclass(frozen=True)
class Fails:
    """Has a fault that a certain text brings out."""

    text: str

    def __call__(self, record: RawArticle) -> Article:
        if record.body == self.text:
            raise ZeroDivisionError(record.body)
        return made_from(record)


@dataclass(frozen=True)
class Sleeps:
    """Says in a folder that it is at work, and takes its time."""

    seconds: float
    folder: Path

    def __call__(self, record: RawArticle) -> Article:
        (self.folder / str(os.getpid())).touch()
        time.sleep(self.seconds)
        return made_from(record)


class AtOnce:
    """Stands in for the crew: makes articles in this process when it is asked, and keeps what it was asked for."""

    given: ClassVar[list[list[str]]] = []
    started: ClassVar[int] = 0

    @classmethod
    def reset(cls) -> None:
        """Forget what was asked."""
        cls.given, cls.started = [], 0

    def __init__(self, size: int, make: Make) -> None:
        self.make = make
        AtOnce.started += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def submit(self, raws: list[RawArticle]) -> Future[list[Made | None]]:
        """What a crew would give."""
        AtOnce.given.append([record.body for record in raws])
        future: Future[list[Made | None]] = Future()
        future.set_result([self.make(record) for record in raws])
        return future

"""Records of web archives, WARC and ARC, each as it was captured: warcio reads them, fastwarc what warcio cannot."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from searcher.errors import MissingExtra
from searcher.readers.payload import payload
from searcher.readers.unpack import Damaged

__all__ = ["Capture", "Unreadable", "captures", "captures_again"]

LONGEST_HEADER = 1024 * 1024  # bytes between two records; servers and browsers refuse more than 64 kB
PIECE = 64 * 1024


class Unreadable(Exception):
    """A web archive that a library cannot read on in."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One record, counted from 1. Its payload is read by `read`, once, before the next record is asked for.

    `status` is that of the server's answer, 0 where there is none; `missing` tells, after reading, whether the file
    ended before the record did.
    """

    number: int
    kind: str
    url: str
    date: str
    status: int
    content_type: str
    read: Callable[[int], bytes] = field(repr=False)
    missing: Callable[[], bool] = field(repr=False)


def captures(stream: BinaryIO) -> Iterator[Capture]:
    """Each record of an archive, as warcio reads it. Raises Unreadable where it cannot go on."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise MissingExtra("warcio", "warc") from error
    metered = _Metered(stream)
    records = ArchiveIterator(metered, arc2warc=True)
    number = 0
    while True:
        metered.allowed = LONGEST_HEADER
        try:
            with redirect_stderr(io.StringIO()):  # it prints what it finds odd
                record = next(records, None)
        except OSError:
            raise  # the file's fault and not that of what is in it
        except Exception as error:  # headers that it does not understand leave as errors of any kind
            raise Unreadable(" ".join(str(error).split())[:200]) from error
        metered.allowed = sys.maxsize
        if record is None:
            return
        number += 1
        yield _capture(number, record)
        while record.raw_stream.read(PIECE):  # here rather than there, where it would count as header
            pass


def _capture(number: int, record: Any) -> Capture:
    """What warcio knows of a record."""
    http = record.http_headers
    kind = record.rec_type or ""
    typed = (http.get_header("Content-Type") if http else None) if kind == "response" else record.content_type

    encoding, chunked = _sent(http.get_header) if http else ("", False)

    def read(limit: int) -> bytes:
        with redirect_stderr(io.StringIO()):
            return payload(record.raw_stream, encoding, limit, chunked=chunked)

    def missing() -> bool:
        while record.raw_stream.read(PIECE):
            pass
        return getattr(record.raw_stream, "limit", 0) > 0

    return Capture(
        number=number,
        kind=kind,
        url=record.rec_headers.get_header("WARC-Target-URI") or "",
        date=record.rec_headers.get_header("WARC-Date") or "",
        status=_status(http.get_statuscode() if http else ""),
        content_type=typed or "",
        read=read,
        missing=missing,
    )


def captures_again(stream: BinaryIO, after: int) -> Iterator[Capture]:
    """The records after number `after`, as fastwarc reads them. Raises Unreadable where it cannot go on either."""
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as error:
        raise MissingExtra("fastwarc", "warc") from error
    try:
        records = ArchiveIterator(cast("Any", _Metered(stream)), auto_decode="none", max_header_len=LONGEST_HEADER)
        for number, record in enumerate(records, 1):
            if number > after:
                yield _capture_again(number, record)
    except Damaged:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise Unreadable(" ".join(str(error).split())[:200]) from error


def _capture_again(number: int, record: Any) -> Capture:
    """What fastwarc knows of a record."""
    kind = (record.headers.get("WARC-Type") or "").lower()
    http = record.http_headers
    encoding, chunked = _sent(http.get) if http is not None else ("", False)
    typed = http.get("Content-Type") if http is not None and kind == "response" else record.headers.get("Content-Type")
    return Capture(
        number=number,
        kind=kind,
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>"),
        date=record.headers.get("WARC-Date") or "",
        status=_status(str(http.status_code) if http is not None else ""),
        content_type=typed or "",
        read=lambda limit: payload(record.reader, encoding, limit, chunked=chunked),
        missing=lambda: False,
    )


def _sent(header: Callable[[str], str | None]) -> tuple[str, bool]:
    """How a server packed what it sent: the encoding, and whether it came in chunks."""
    encoding = (header("Content-Encoding") or "").strip().lower()
    return encoding, (header("Transfer-Encoding") or "").strip().lower() == "chunked"


def _status(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


class _Metered:
    """A stream that gives what it has rather than nothing before a break, and no more than is allowed at a time."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = cast("io.BufferedReader", stream)
        self._at = 0
        self.allowed = sys.maxsize

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises Damaged where a header has no end."""
        data = self._stream.read1(size)
        self._at += len(data)
        self.allowed -= len(data)
        if self.allowed < 0:
            raise Damaged(f"no end of a header within {LONGEST_HEADER:,} bytes; the file is damaged or no web archive")
        return data

    def tell(self) -> int:
        """How far it was read."""
        return self._at

    def close(self) -> None:
        """Leave it to whoever opened it."""

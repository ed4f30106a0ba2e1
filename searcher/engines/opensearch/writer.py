"""One batch of changes on its way into the cluster.

Nothing is sent before the batch is committed: until then it waits in a file, so that an error discards it whole. Then
it goes in pieces by several connections at once. What the cluster has no room for now is sent again after a pause; what
it refuses for good is told by article. A batch that is broken off in the midst is there in part: the same ids, sent
again, make it whole.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile
from time import sleep
from typing import Any, NamedTuple

import orjson
from opensearchpy import ConnectionError as OpenSearchConnectionError
from opensearchpy import OpenSearchException, SSLError, TransportError

from searcher.engines.base import Refused, Writer
from searcher.engines.opensearch.document import document
from searcher.engines.opensearch.faults import TOO_LARGE, is_passing, is_refusal, reason_of
from searcher.engines.opensearch.indices import Indices, written_by
from searcher.engines.opensearch.lookups import places_of
from searcher.errors import ArchiveError, ArchiveLocked, ClusterError, EngineError
from searcher.models import Article

__all__ = ["OpenSearchWriter"]

# Pieces on their way at once, and the size of one: at 1,000 articles of 300 words 8 MB, well below what a node queues.
CONNECTIONS = 2
CHUNK = 500
CHUNK_BYTES = 10 * 1024 * 1024
# Before each further try where the last one brought nothing more in: 45 s in all, beside what the tries take.
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0)
# So long a node waits for a shard that is not there: it tells before the request is given up.
SECONDS = 20


class _Waiting(NamedTuple):
    """Where the document of an article waits, and the period that it belongs to."""

    period: str
    start: int
    length: int


class OpenSearchWriter(Writer):
    """A batch; several processes may write at once."""

    def __init__(self, indices: Indices, committed: Callable[[], None]) -> None:
        self._indices = indices
        self._cluster = indices.cluster
        self._committed = committed
        self._layout = indices.layout()
        self._changes: dict[str, _Waiting | None] = {}
        self._file = TemporaryFile()  # noqa: SIM115 - closed when the batch ends
        self._size = 0
        self.refused: tuple[Refused, ...] = ()

    def add(self, article: Article) -> None:
        """Add an article, in place of any with the same id."""
        made = document(article).encode()
        self._file.write(made)
        self._changes.pop(article.id, None)
        self._changes[article.id] = _Waiting(self._layout.period_of(article), self._size, len(made))
        self._size += len(made)

    def remove(self, article_id: str) -> None:
        """Remove the article with that id; nothing happens where there is none."""
        self._changes.pop(article_id, None)
        self._changes[article_id] = None

    def commit(self) -> None:
        """Send the batch, and let searches see it.

        Raises:
            ClusterError: some articles were not taken, after all tries; those that were are there.
            ArchiveLocked: the archive is being made anew.
        """
        try:
            if self._changes:
                self._file.flush()
                self._send()
        finally:
            self._file.close()

    def discard(self) -> None:
        """Forget the batch."""
        self._file.close()

    def _send(self) -> None:
        self._indices.fix_version()
        waiting = filter(None, self._changes.values())
        targets = {period: self._indices.ensure(period, self._layout) for period in {entry.period for entry in waiting}}
        held: dict[str, set[str]] = defaultdict(set)
        for article_id, index in places_of(self._cluster, list(self._changes)):
            held[article_id].add(index)
        touched = sorted({*targets.values(), *chain.from_iterable(held.values())})
        try:
            refused = self._send_all(list(self._additions(targets)))
            # Last, so that no fault takes an article away whose other place is not filled yet.
            kept = {entry.id for entry in refused}
            self._send_all([gone for gone in self._removals(targets, held) if gone.action["_id"] not in kept])
        except BaseException:
            with suppress(ArchiveError, EngineError):  # what went wrong first is told
                self._cluster.refresh(touched)
            raise
        finally:
            self._committed()
        if touched:
            self._cluster.refresh(touched)
        self.refused = tuple(refused)

    def _additions(self, targets: dict[str, str]) -> Iterator["_Operation"]:
        for article_id, entry in self._changes.items():
            if entry:
                yield _Operation("index", {"_index": written_by(targets[entry.period]), "_id": article_id}, entry)

    def _removals(self, targets: dict[str, str], held: dict[str, set[str]]) -> Iterator["_Operation"]:
        for article_id, entry in self._changes.items():
            target = targets[entry.period] if entry else ""
            for index in sorted(held[article_id] - {target}):
                yield _Operation("delete", {"_index": written_by(index), "_id": article_id}, None)

    def _send_all(self, operations: list["_Operation"]) -> list[Refused]:
        """Send them until all are taken or refused; what is refused for good.

        Where nothing more is taken it ends after PAUSES; a cluster that loses a node needs some seconds.
        """
        refused: list[Refused] = []
        left, pauses = operations, iter(PAUSES)
        while left:
            before = len(left)
            left, reason = self._send_once(left, refused)
            if len(left) < before:
                pauses = iter(PAUSES)
            if left:
                self._pause(pauses, len(left), len(operations), len(operations) - len(left) - len(refused), reason)
        return refused

    def _pause(self, pauses: Iterator[float], left: int, wanted: int, taken: int, reason: str) -> None:
        pause = next(pauses, None)
        if pause is None:
            raise ClusterError(
                f"{self._cluster.address}: {left:,} of {wanted:,} changes were not taken ({reason}); "
                f"{taken:,} are there: add the same again when it is well, and what is missing comes in"
            )
        sleep(pause)

    def _send_once(self, operations: list["_Operation"], refused: list[Refused]) -> tuple[list["_Operation"], str]:
        """Those that the cluster could not take now, and why not the first; those that were not tried are first."""
        pieces = list(_pieces(operations))
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            shares = list(pool.map(self._send_share, [pieces[start::CONNECTIONS] for start in range(CONNECTIONS)]))
        failed: list[_Operation] = []
        reason = ""
        answered: set[_Operation] = set()
        for operation, fault in chain.from_iterable(shares):
            answered.add(operation)
            if fault is None:
                continue
            if is_refusal(fault):
                refused.append(Refused(operation.action["_id"], reason_of(fault)))
            else:
                failed.append(operation)
                reason = reason or reason_of(fault)
        return [operation for operation in operations if operation not in answered] + failed, reason

    def _send_share(self, pieces: list[list["_Operation"]]) -> list["_Outcome"]:
        """What became of pieces, up to the first that the cluster is too busy for: it is not to get busier."""
        outcomes: list[_Outcome] = []
        for piece in pieces:
            found = self._send_piece(piece)
            outcomes += found
            if any(fault and not is_refusal(fault) for _, fault in found):
                break
        return outcomes

    def _send_piece(self, piece: list["_Operation"]) -> list["_Outcome"]:
        """What became of each; one that is too large for a request is divided."""
        try:
            answer = self._cluster.send("".join(map(self._lines, piece)), SECONDS)
        except OpenSearchException as fault:
            if getattr(fault, "status_code", None) == TOO_LARGE and len(piece) > 1:
                middle = len(piece) // 2
                return self._send_piece(piece[:middle]) + self._send_piece(piece[middle:])
            if not (is_refusal(fault) and len(piece) == 1) and not is_passing(fault) and not _is_unreached(fault):
                raise self._cluster.error(fault) from fault
            return [(operation, fault) for operation in piece]
        return [(operation, self._fault(operation, told)) for operation, told in zip(piece, answer, strict=True)]

    def _fault(self, operation: "_Operation", told: dict[str, Any]) -> OpenSearchException | None:
        """Why the cluster did not take a document; None where it did.

        Raises:
            ArchiveLocked: nothing may be written now.
            ClusterError: nothing may be written, by this login or before something is done.
        """
        status = told.get("status", 500)
        if status < 300 or (status == 404 and operation.kind == "delete"):
            return None
        fault = TransportError(status, "", {"error": told.get("error") or {}})
        if status == 404:
            raise ArchiveLocked(f"{self._cluster.address}: was made anew while this was under way; add the same again")
        if is_refusal(fault) or is_passing(fault) or status >= 500:
            return fault
        raise self._cluster.error(fault) from fault

    def _lines(self, operation: "_Operation") -> str:
        entry = operation.waiting
        document = os.pread(self._file.fileno(), entry.length, entry.start).decode() + "\n" if entry else ""
        return f"{orjson.dumps({operation.kind: operation.action}).decode()}\n{document}"


@dataclass(frozen=True, slots=True, eq=False)
class _Operation:
    """A change of one document in one index."""

    kind: str
    action: dict[str, str]
    waiting: _Waiting | None


_Outcome = tuple[_Operation, OpenSearchException | None]


def _pieces(operations: list[_Operation]) -> Iterator[list[_Operation]]:
    """What is sent at a time: up to CHUNK, and up to CHUNK_BYTES unless one alone has more."""
    piece: list[_Operation] = []
    size = 0
    for operation in operations:
        length = operation.waiting.length if operation.waiting else 0
        if piece and (len(piece) == CHUNK or size + length > CHUNK_BYTES):
            yield piece
            piece, size = [], 0
        piece.append(operation)
        size += length
    if piece:
        yield piece


def _is_unreached(fault: OpenSearchException) -> bool:
    """Whether no answer came; the same is sent again, as a node may be on its way out or back."""
    return isinstance(fault, OpenSearchConnectionError) and not isinstance(fault, SSLError)

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
from tempfile import TemporaryFile
from time import sleep
from typing import Any, NamedTuple

import orjson
from opensearchpy import OpenSearchException
from opensearchpy.helpers import streaming_bulk

from searcher.engines.base import Refused, Writer
from searcher.engines.opensearch.cluster import BUSY, PAUSES
from searcher.engines.opensearch.document import document
from searcher.engines.opensearch.indices import Indices
from searcher.engines.opensearch.lookups import places_of
from searcher.errors import ArchiveLocked, ClusterError
from searcher.models import Article

__all__ = ["OpenSearchWriter"]

# Pieces on their way at once, and the size of one: at 1,000 articles of 300 words 8 MB, well below what a node queues.
CONNECTIONS = 2
CHUNK = 500
CHUNK_BYTES = 10 * 1024 * 1024
# Of a piece those articles that the cluster was too busy for are sent again so often, after 1, 2, 4 ... seconds.
RETRIES = 5
LONGEST_PAUSE = 15
# Of what a cluster says of a fault, as much is passed on.
SHOWN = 300
BLOCKED = "is being made anew, or may only be read; `archive check` says which"


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
        operations = list(self._operations(targets, held))
        touched = sorted({action["_index"] for _, action, _ in operations})
        try:
            self._send_all(operations)
        finally:
            if touched:
                self._cluster.ask("POST", f"/{','.join(touched)}/_refresh", ignore_unavailable="true")
            self._committed()

    def _operations(self, targets: dict[str, str], held: dict[str, set[str]]) -> Iterator["_Operation"]:
        for article_id, entry in self._changes.items():
            target = targets[entry.period] if entry else ""
            for index in sorted(held[article_id] - {target}):
                yield _Operation("delete", {"_index": index, "_id": article_id}, None)
            if entry:
                yield _Operation("index", {"_index": target, "_id": article_id}, entry)

    def _send_all(self, operations: list["_Operation"]) -> None:
        """Send them until all are taken or refused; a cluster that loses a node needs some seconds."""
        refused: list[Refused] = []
        left = operations
        for pause in (*PAUSES, None):
            left, failures = self._send_once(left, refused)
            if not left:
                break
            if pause is None:
                taken = len(operations) - len(left)
                raise ClusterError(
                    f"{self._cluster.address}: {len(left):,} of {len(operations):,} changes were not taken, the first "
                    f"for {failures[0]}; the other {taken:,} are there; add again what is missing when it is well"
                )
            sleep(pause)
        self.refused = tuple(refused)

    def _send_once(
        self, operations: list["_Operation"], refused: list[Refused]
    ) -> tuple[list["_Operation"], list[str]]:
        """Those that the cluster could not take now, and why."""
        left, reasons = [], []
        shares = [operations[start::CONNECTIONS] for start in range(CONNECTIONS)]
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            outcome = {key: told for found in pool.map(self._stream, shares) for key, told in found.items()}
        for operation in operations:
            status, reason = outcome[operation.key]
            if not isinstance(status, int) or status in BUSY:
                left.append(operation)
                reasons.append(reason)
            elif status == 403:
                raise ArchiveLocked(f"{self._cluster.address}: {BLOCKED} ({reason})")
            elif status >= 400 and not (status == 404 and operation.kind == "delete"):
                refused.append(Refused(operation.action["_id"], reason))
        return left, reasons

    def _stream(self, operations: list["_Operation"]) -> dict[tuple[str, str], tuple[Any, str]]:
        """The status of each operation, and the reason where it is not done."""
        outcome = streaming_bulk(
            self._cluster.client,
            operations,
            chunk_size=CHUNK,
            max_chunk_bytes=CHUNK_BYTES,
            expand_action_callback=self._line,
            max_retries=RETRIES,
            initial_backoff=1,
            max_backoff=LONGEST_PAUSE,
            raise_on_error=False,
            raise_on_exception=False,
        )
        try:
            return {(told["_index"], told["_id"]): _status(told) for _, item in outcome for told in item.values()}
        except OpenSearchException as fault:
            raise self._cluster.error(fault) from fault

    def _line(self, operation: "_Operation") -> tuple[dict[str, Any], str | None]:
        entry = operation.waiting
        data = os.pread(self._file.fileno(), entry.length, entry.start).decode() if entry else None
        return {operation.kind: operation.action}, data


class _Operation(NamedTuple):
    """A change of one document in one index."""

    kind: str
    action: dict[str, str]
    waiting: _Waiting | None

    @property
    def key(self) -> tuple[str, str]:
        """By which its outcome is known."""
        return self.action["_index"], self.action["_id"]


def _status(told: dict[str, Any]) -> tuple[Any, str]:
    error = told.get("error") or ""
    reason = error if isinstance(error, str) else orjson.dumps(error.get("caused_by") or error).decode()
    return told.get("status"), " ".join(str(reason).split())[:SHOWN]

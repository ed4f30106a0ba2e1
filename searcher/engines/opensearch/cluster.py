"""Requests to a cluster: sent again where that helps, errors told as errors of the archive."""

import logging
import ssl
from collections.abc import Callable, Mapping, Sequence
from time import sleep
from typing import Any, NamedTuple, TypeVar

import orjson

from searcher.config import Login, login
from searcher.engines.opensearch.address import Address
from searcher.errors import ArchiveError, ArchiveLocked, ArchiveMissing, ClusterError, EngineError, MissingExtra

try:
    import opensearchpy
except ImportError as error:
    raise MissingExtra("opensearch-py", "opensearch") from error

__all__ = ["BUSY", "PAUSES", "SECONDS", "Asked", "Cluster"]

# The longest that one request is waited for.
SECONDS = 60.0
# Before each further try where a cluster is busy, or has lost a node and is choosing another: 12 s in all.
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 4.0)
BUSY = (429, 502, 503, 504)
OLDEST = 2
# Of what a cluster says of a fault, as much is passed on.
SHOWN = 300

T = TypeVar("T")

# Its faults are told by what is raised here; without a handler Python would print them as well.
logging.getLogger("opensearch").addHandler(logging.NullHandler())


class Asked(NamedTuple):
    """One search of several, with the options that are no part of its body."""

    body: Mapping[str, Any]
    options: Mapping[str, Any] = {}


class _Json(opensearchpy.serializer.JSONSerializer):  # type: ignore[misc, unused-ignore]  # typed as Any in some versions
    """JSON by orjson: bodies of hits are most of an answer."""

    def loads(self, s: str) -> Any:
        return orjson.loads(s)

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, str | bytes) else orjson.dumps(data).decode()


class Cluster:
    """The cluster of one archive; `alias` is what its indices are found by."""

    def __init__(self, address: Address, alias: str = "") -> None:
        self.address = address
        self.alias = alias or address.name
        self.client = opensearchpy.OpenSearch(list(address.nodes), **_options(address, login()))

    def ask(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """What the cluster answers; asked again where it is busy or choosing a node, each time after a longer pause.

        Raises:
            ArchiveMissing: there is no such index.
            ArchiveLocked: nothing may be written to it now.
            ClusterError: no node answers, or the cluster refuses or cannot do it now.
            EngineError: it was asked for what it does not understand.
        """
        return self.trying(lambda: self._once(method, path, body, params))

    def trying(self, ask: Callable[[], T]) -> T:
        """The outcome of `ask`, tried again after each of PAUSES while the cluster is busy."""
        for pause in (*PAUSES, None):
            try:
                return ask()
            except opensearchpy.TransportError as fault:
                if pause is None or fault.status_code not in BUSY:
                    raise self.error(fault) from fault
                sleep(pause)
        raise AssertionError("unreachable: the last pause is None")

    def search(self, body: Mapping[str, Any], **params: Any) -> Any:
        """The answer to a search of the whole archive, or of the point in time that the body names."""
        path = "/_search" if "pit" in body else f"/{self.alias}/_search"
        return self.trying(lambda: self._whole(self._once("POST", path, body, params)))

    def searches(self, asked: Sequence["Asked"]) -> list[Any]:
        """The answers to several searches, in one request."""
        lines = "".join(orjson.dumps(part).decode() + "\n" for each in asked for part in (each.options, each.body))
        path = f"/{self.alias}/_msearch"
        return self.trying(lambda: [self._whole(answer) for answer in self._once("POST", path, lines, {})["responses"]])

    def check(self) -> None:
        """Whether it is an OpenSearch that can be worked with.

        Raises:
            ClusterError: it is another program, or too old.
        """
        told = self.ask("GET", "/").get("version", {})
        name, number = told.get("distribution", "Elasticsearch or something else"), str(told.get("number", "0"))
        if name != "opensearch" or int(number.partition(".")[0]) < OLDEST:
            raise ClusterError(
                f"{self.address}: this is {name} {number}; archives are kept in OpenSearch {OLDEST} or later"
            )

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def error(self, fault: Exception) -> ArchiveError | EngineError:
        """What the archive says of a fault."""
        where, status = str(self.address), getattr(fault, "status_code", None)
        if isinstance(fault, opensearchpy.SSLError):
            return ClusterError(f"{where}: {_short(fault.error)}; SEARCHER_OPENSEARCH_CA names the authority to trust")
        if isinstance(fault, opensearchpy.ConnectionTimeout):
            return ClusterError(
                f"{where}: no answer within {SECONDS:g} s; ask for less, or see whether it is overloaded"
            )
        if isinstance(fault, opensearchpy.ConnectionError):
            return ClusterError(
                f"{where}: no node answers ({_short(fault.error)}); is it running, and the address right?"
            )
        kind, reason = _told(fault)
        if status == 404:
            return ArchiveMissing(f"{where}: no archive here; make one with `archive add PATH -i {where}`")
        if status == 401:
            return ClusterError(
                f"{where}: asks for a login: set SEARCHER_OPENSEARCH_USER and SEARCHER_OPENSEARCH_PASSWORD_FILE, "
                "or SEARCHER_OPENSEARCH_API_KEY_FILE"
            )
        if kind == "cluster_block_exception" and "write" in reason:
            return ArchiveLocked(
                f"{where}: is being made anew, and nothing can be written meanwhile; where no rebuild is running "
                "any more, `archive rebuild` begins it again"
            )
        if kind == "cluster_block_exception" and status in (403, 429):
            return ClusterError(f"{where}: may only be read ({reason}); its disks may be full: free some space")
        if status == 403:
            return ClusterError(f"{where}: this login may not do that ({reason}); ask who keeps the cluster")
        if status in BUSY:
            return ClusterError(f"{where}: cannot do it now ({kind}: {reason}); `archive check -i {where}` says more")
        if "clause" in reason:
            return EngineError(
                f"{where}: the query has more words and spellings than the cluster takes at once; ask for fewer, or "
                "with exact spellings, or let who keeps it raise indices.query.bool.max_clause_count"
            )
        return EngineError(f"{where}: {kind or type(fault).__name__}: {reason}")

    def _once(self, method: str, path: str, body: Any, params: Mapping[str, Any]) -> Any:
        return self.client.transport.perform_request(method, path, params=dict(params), body=body)

    def _whole(self, answer: Any) -> Any:
        """An answer of all shards; where some gave none it would be wrong without saying so."""
        if "error" in answer:
            raise opensearchpy.TransportError(answer.get("status", 500), answer["error"].get("type", ""), answer)
        if failures := answer["_shards"].get("failures"):
            cause = failures[0].get("reason", {})
            status = 400 if "clause" in str(cause) else 503
            raise opensearchpy.TransportError(status, cause.get("type", ""), {"error": cause})
        if answer["_shards"]["failed"] or answer["_shards"]["successful"] < answer["_shards"]["total"]:
            raise opensearchpy.TransportError(503, "shards missing", {"error": {"reason": "some shards do not answer"}})
        return answer


def _options(address: Address, who: Login) -> dict[str, Any]:
    options: dict[str, Any] = {
        "serializer": _Json(),
        "timeout": SECONDS,
        "max_retries": max(1, 2 * len(address.nodes)),  # each on another node, where there are several
        "retry_on_status": (),
        "http_compress": False,
    }
    if who.user:
        options["http_auth"] = (who.user, who.password)
    if who.api_key:
        options["headers"] = {"authorization": f"ApiKey {who.api_key}"}
    if address.nodes[0].startswith("https"):
        options["ssl_context"] = _trusting(address, who)
    return options


def _trusting(address: Address, who: Login) -> ssl.SSLContext:
    """Certificates are always looked at; there is no way to leave it out."""
    try:
        context = ssl.create_default_context(cafile=who.ca or None)
        if who.certificate:
            context.load_cert_chain(who.certificate, who.key or None)
    except OSError as error:
        raise ClusterError(
            f"{address}: the certificates that SEARCHER_OPENSEARCH_CA, _CERT and _KEY name cannot be read ({error})"
        ) from error
    return context


def _told(fault: Exception) -> tuple[str, str]:
    """The kind and the reason of a fault, as the cluster names its root."""
    info = getattr(fault, "info", None)
    told = info.get("error", info) if isinstance(info, dict) else info
    if not isinstance(told, dict):
        return "", _short(told or fault)
    roots = told.get("root_cause") or [told]
    causes = [told, *roots, *(entry.get("reason", {}) for entry in told.get("failed_shards", ()))]
    cause = next((entry for entry in reversed(causes) if isinstance(entry, dict) and entry.get("reason")), told)
    return str(cause.get("type", "")), _short(cause.get("reason", ""))


def _short(what: object) -> str:
    return " ".join(str(what).split())[:SHOWN]

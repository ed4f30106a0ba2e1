"""Requests to a cluster: sent again where that helps, errors told as errors of the archive."""

import logging
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import sleep
from typing import Any, NamedTuple, TypeVar

import orjson

from searcher.config import Login, login
from searcher.engines.opensearch.address import Address
from searcher.errors import ArchiveError, ClusterError, EngineError, MissingExtra

try:
    import opensearchpy
    from urllib3 import Timeout
except ImportError as error:
    raise MissingExtra("opensearch-py", "opensearch") from error

# After the message above: these need the library too.
from searcher.engines.opensearch.faults import error_of, is_passing

__all__ = ["PAUSES", "SECONDS", "Asked", "Cluster"]

# The longest that one request is waited for, and a node that is to take it.
SECONDS = 60.0
SECONDS_TO_CONNECT = 10.0
# Before each further try where a cluster is busy, or has lost a node and is choosing another: 12 s in all.
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 4.0)
OLDEST = 2
# Faults of single shards that are no faults of the cluster: the same search would meet them again.
_LASTING = {
    "illegal_argument_exception": 400,
    "parsing_exception": 400,
    "query_shard_exception": 400,
    "search_context_missing_exception": 404,
    "too_many_buckets_exception": 400,
    "too_many_clauses": 400,
}

T = TypeVar("T")

# Its faults are told by what is raised here; without a handler Python would print them as well.
_LOG = logging.getLogger("opensearch")
_LOG.addHandler(logging.NullHandler())


class Asked(NamedTuple):
    """One search of several, with the options that are no part of its body."""

    body: Mapping[str, Any]
    options: Mapping[str, Any] = {}


class _Json(opensearchpy.serializer.JSONSerializer):  # type: ignore[misc, unused-ignore]  # typed as Any in some versions
    """JSON by orjson: bodies of hits are most of an answer."""

    def loads(self, s: str) -> Any:
        try:
            return orjson.loads(s)
        except orjson.JSONDecodeError as error:
            raise opensearchpy.SerializationError(s[:100], error) from error

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, str | bytes) else orjson.dumps(data).decode()


class _Connection(opensearchpy.Urllib3HttpConnection):  # type: ignore[misc, unused-ignore]  # as above
    """A connection that logs what a cluster warns of: it is for who keeps it, and not for the terminal of a user."""

    def _raise_warnings(self, warning_headers: Iterable[str]) -> None:
        for warning in warning_headers:
            _LOG.info("%s warns: %s", self.host, warning)


class Cluster:
    """The cluster of one archive; `alias` is what its indices are found by."""

    def __init__(self, address: Address, alias: str = "") -> None:
        self.address = address
        self.alias = alias or address.name
        who = login()
        self._has_login = bool(who.user or who.api_key)
        self.client = opensearchpy.OpenSearch(list(address.nodes), **_options(address, who))

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
            except opensearchpy.OpenSearchException as fault:
                if pause is None or not is_passing(fault):
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

    def send(self, lines: str, seconds: int) -> list[dict[str, Any]]:
        """What becomes of each of some changes of documents, which are sent once; seconds that shards are waited for.

        No index is made for them: one that is not there may have been replaced.

        Raises:
            opensearchpy.OpenSearchException: none of them is known to be done.
        """
        answer = self._once("POST", f"/_bulk?require_alias=true&timeout={seconds}s", lines, {})
        return [told for item in answer["items"] for told in item.values()]

    def refresh(self, names: Sequence[str]) -> None:
        """Let searches see what is in some indices."""
        path = f"/{','.join(names)}/_refresh?ignore_unavailable=true"
        self.trying(lambda: _refreshed(self._once("POST", path, None, {})))

    def forget(self, pit: str) -> None:
        """Let the cluster forget a point in time; one that is not forgotten ends by itself."""
        try:
            self._once("DELETE", "/_search/point_in_time", {"pit_id": [pit]}, {})
        except opensearchpy.OpenSearchException as fault:
            _LOG.info("%s keeps a point in time until it ends by itself: %s", self.address, fault)

    def check(self) -> None:
        """Whether it is an OpenSearch that can be worked with.

        Raises:
            ClusterError: it is another program, or too old.
        """
        name, number = _program(self.ask("GET", "/"))
        major = number.partition(".")[0]
        if name != "OpenSearch" or not major.isdecimal() or int(major) < OLDEST:
            raise ClusterError(
                f"{self.address}: this is {name} {number}".rstrip() + "; archives are kept in OpenSearch "
                f"{OLDEST} or later: look at the address, or use another cluster"
            )

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    def error(self, fault: Exception) -> ArchiveError | EngineError:
        """What the archive says of a fault."""
        return error_of(fault, str(self.address), SECONDS, has_login=self._has_login)

    def _once(self, method: str, path: str, body: Any, params: Mapping[str, Any]) -> Any:
        return self.client.transport.perform_request(method, path, params=dict(params), body=body)

    def _whole(self, answer: Any) -> Any:
        """An answer of all shards; where some gave none it would be wrong without saying so."""
        if "error" in answer:
            raise opensearchpy.TransportError(answer.get("status", 500), "", answer)
        shards = answer["_shards"]
        if failures := shards.get("failures"):
            cause = failures[0].get("reason") or {}
            kind = cause.get("type", "")
            raise opensearchpy.TransportError(_LASTING.get(kind, 503), kind, {"error": cause})
        if shards["failed"] or shards["successful"] < shards["total"]:
            missing = f"{shards['total'] - shards['successful']} of {shards['total']} shards do not answer"
            raise opensearchpy.TransportError(503, "", {"error": {"reason": missing}})
        return answer


def _refreshed(answer: Any) -> None:
    if answer["_shards"]["failed"]:
        raise opensearchpy.TransportError(503, "", {"error": {"reason": "some shards cannot show what is new"}})


def _program(told: Any) -> tuple[str, str]:
    """What answers there, and its version; Elasticsearch names no distribution."""
    version = told.get("version") if isinstance(told, dict) else None
    if not isinstance(version, dict) or "number" not in version:
        return "no OpenSearch", ""
    name = str(version.get("distribution") or "Elasticsearch")
    return "OpenSearch" if name == "opensearch" else name, str(version["number"])


def _options(address: Address, who: Login) -> dict[str, Any]:
    options: dict[str, Any] = {
        "serializer": _Json(),
        "connection_class": _Connection,
        "timeout": Timeout(connect=SECONDS_TO_CONNECT, read=SECONDS),
        # Each on another node, where there are several; of one alone a connection may have been closed meanwhile.
        "max_retries": len(address.nodes),
        "retry_on_timeout": len(address.nodes) > 1,
        "retry_on_status": (),
        "http_compress": False,
    }
    if who.user:
        pair = f"{who.user}:{who.password}".encode()
        options["headers"] = {"authorization": f"Basic {b64encode(pair).decode()}"}
    if who.api_key:
        options["headers"] = {"authorization": f"ApiKey {who.api_key}"}
    if address.nodes[0].startswith("https"):
        options["ssl_context"] = _trusting(address, who)
    return options


def _trusting(address: Address, who: Login) -> ssl.SSLContext:
    """Certificates are always looked at; there is no way to leave it out."""
    name, path = "CA", who.ca
    try:
        context = ssl.create_default_context(cafile=who.ca or None)
        if who.certificate:
            name, path = "CERT and SEARCHER_OPENSEARCH_KEY", who.certificate
            context.load_cert_chain(who.certificate, who.key or None, _no_passphrase)
    except OSError as error:
        raise ClusterError(
            f"{address}: {path} cannot be used ({error}); SEARCHER_OPENSEARCH_{name} must name files in PEM"
        ) from error
    return context


def _no_passphrase() -> str:
    """Without this Python would ask the terminal."""
    raise OSError("its key is encrypted; give one that is not, in a file that only you can read")

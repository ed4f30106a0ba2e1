"""What went wrong, in the words of the archive: faults of a cluster become errors, and are told apart.

A fault passes where the same request may succeed a moment later: the cluster is busy, or has lost a node and is
choosing another. What a login is made of is in no message.
"""

import re
from collections.abc import Mapping
from typing import Any

import opensearchpy

from searcher.errors import ArchiveError, ArchiveLocked, ArchiveMissing, ClusterError, EngineError

__all__ = ["BUSY", "TOO_LARGE", "error_of", "is_passing", "is_refusal", "no_archive", "reason_of"]

BUSY = (429, 502, 503, 504)
TOO_LARGE = 413
# Of what a cluster says of a fault, as much is passed on.
SHOWN = 300
# What the library writes before the cause: how its objects look.
_OBJECT = re.compile(r"^\(?<?[\w.]+ object at 0x[0-9a-f]+>?[:,] |^HTTPS?Connection(Pool)?\([^)]*\): ")
_WRITES_BLOCKED = "/8/index write"
_REFUSED_LOGIN = (401, 403)


def is_passing(fault: Exception) -> bool:
    """Whether to ask again: a cluster with full disks answers as a busy one does, and stays so until they are freed."""
    return getattr(fault, "status_code", None) in BUSY and not _is_block(fault, 429)


def is_refusal(fault: Exception) -> bool:
    """Whether it is about one document: everything else that came with it may well be taken."""
    status = getattr(fault, "status_code", None)
    return isinstance(status, int) and 400 <= status < 500 and status not in (*BUSY, *_REFUSED_LOGIN, 404)


def reason_of(fault: Exception) -> str:
    """What the cluster says, in short, or why it could not be asked."""
    if isinstance(fault, opensearchpy.ConnectionError):
        return _cause(fault)
    if getattr(fault, "status_code", None) == TOO_LARGE:
        return "larger than a request may be: http.max_content_length of the cluster"
    kind, reason = _told(fault)
    return f"{kind}: {reason}" if kind else reason


def error_of(fault: Exception, where: str, seconds: float, *, has_login: bool) -> ArchiveError | EngineError:
    """What the archive says of a fault at an address; `seconds` is what an answer was waited for."""
    if isinstance(fault, opensearchpy.ConnectionError):
        return _unreached(fault, where, seconds)
    status = getattr(fault, "status_code", None)
    kind, reason = _told(fault)
    if status == 404:
        return _gone(where, kind)
    if status in _REFUSED_LOGIN and kind != "cluster_block_exception":
        return _not_let_in(where, status, reason, has_login=has_login)
    if kind == "cluster_block_exception" and _WRITES_BLOCKED in reason:
        return ArchiveLocked(
            f"{where}: is being made anew, and nothing can be written meanwhile; where no rebuild is running "
            "any more, `archive rebuild` begins it again"
        )
    if kind == "cluster_block_exception" and status in (403, 429):
        return ClusterError(f"{where}: may only be read ({reason}); its disks may be full: free some space")
    if status in BUSY:
        told = f"{kind}: {reason}" if kind else reason
        return ClusterError(f"{where}: cannot do it now ({told}); `archive check -i {where}` says more")
    if "clause" in reason.lower():
        return EngineError(
            f"{where}: the query has more words and spellings than the cluster takes at once; ask for fewer, or "
            "with exact spellings, or let who keeps it raise indices.query.bool.max_clause_count"
        )
    if isinstance(fault, opensearchpy.SerializationError):
        return ClusterError(
            f"{where}: what answers there is no OpenSearch, or something before it; look at the address"
        )
    if status == TOO_LARGE:
        return ClusterError(
            f"{where}: takes no request as large as this one; let who keeps it raise http.max_content_length"
        )
    return EngineError(f"{where}: {reason_of(fault) or type(fault).__name__}; `archive check -i {where}` may say why")


def _unreached(fault: opensearchpy.ConnectionError, where: str, seconds: float) -> ClusterError:
    """No answer came; what is said of it names the likely cause."""
    cause = _cause(fault)
    if isinstance(fault, opensearchpy.ConnectionTimeout):
        return ClusterError(f"{where}: no answer within {seconds:g} s; ask for less, or see whether it is overloaded")
    if isinstance(fault, opensearchpy.SSLError):
        return ClusterError(f"{where}: {_untrusted(cause, where)}")
    if "disconnected" in cause or "BadStatusLine" in cause:
        return ClusterError(
            f"{where}: a program is there and does not answer ({cause}); if it asks for TLS, write opensearchs://"
        )
    return ClusterError(f"{where}: no node answers ({cause}); is it running, and the address right?")


def _untrusted(cause: str, where: str) -> str:
    """What TLS stumbled over."""
    if "WRONG_VERSION_NUMBER" in cause or "RECORD_LAYER_FAILURE" in cause:
        return f"does not speak TLS; without it the address is {where.replace('opensearchs://', 'opensearch://')}"
    if "Hostname mismatch" in cause or "IP address mismatch" in cause:
        return f"its certificate is for another host ({cause}); use the name that it is for"
    if "CERTIFICATE_VERIFY_FAILED" in cause:
        return f"its certificate is not trusted ({cause}); SEARCHER_OPENSEARCH_CA names the authority to trust"
    return (
        f"no connection by TLS ({cause}); where it asks for a certificate of yours, SEARCHER_OPENSEARCH_CERT and "
        "SEARCHER_OPENSEARCH_KEY name it"
    )


def _not_let_in(where: str, status: int | None, reason: str, *, has_login: bool) -> ClusterError:
    if status == 403:
        return ClusterError(f"{where}: this login may not do that ({reason}); ask who keeps the cluster")
    if has_login:
        return ClusterError(
            f"{where}: does not accept this login; look at SEARCHER_OPENSEARCH_USER and its password, or at the API key"
        )
    return ClusterError(
        f"{where}: asks for a login: set SEARCHER_OPENSEARCH_USER and SEARCHER_OPENSEARCH_PASSWORD_FILE, "
        "or SEARCHER_OPENSEARCH_API_KEY_FILE"
    )


def _gone(where: str, kind: str) -> ArchiveError:
    """What is not there: the archive, or what a long read had kept open."""
    if "context" in kind:
        return ClusterError(
            f"{where}: what was being read is kept no longer, as a node was lost or it was left for long; begin again"
        )
    return no_archive(where)


def no_archive(where: str) -> ArchiveMissing:
    """There is none at an address."""
    return ArchiveMissing(f"{where}: no archive here; make one with `archive add PATH -i {where}`")


def _is_block(fault: Exception, status: int) -> bool:
    return getattr(fault, "status_code", None) == status and _told(fault)[0] == "cluster_block_exception"


def _told(fault: Exception) -> tuple[str, str]:
    """The kind and the reason of a fault, as the cluster names its root."""
    info = getattr(fault, "info", None)
    told = info.get("error", info) if isinstance(info, dict) else info
    if not isinstance(told, dict):
        return "", _short(told or fault)
    cause = _root(told)
    return str(cause.get("type", "")), _short(cause.get("reason") or cause.get("type", ""))


def _root(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The innermost cause that says something."""
    causes = [told, *(told.get("root_cause") or [told])]
    causes += [entry.get("reason") or {} for entry in told.get("failed_shards", ())]
    return next((entry for entry in reversed(causes) if isinstance(entry, dict) and entry.get("reason")), told)


def _cause(fault: opensearchpy.ConnectionError) -> str:
    """Why there was no connection, without how the objects of libraries look."""
    text = _short(fault.error)
    while (shorter := _OBJECT.sub("", text)) != text:
        text = shorter
    return text


def _short(what: object) -> str:
    return " ".join(str(what).split())[:SHOWN]

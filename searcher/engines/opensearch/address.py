"""Where is the archive? `opensearch://host:9200/news`, and what a new one is to be like."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from searcher.errors import UsageError

__all__ = ["PERIODS", "SCHEMES", "Address"]

SCHEMES = {"opensearch": "http", "opensearchs": "https"}
PORT = 9200
# How the articles of an archive are divided, one index for each.
PERIODS = ("decade", "year", "all")
MOST_SHARDS = 100
# What OpenSearch takes as the name of an index, less what this engine puts after it.
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,199}")
_EXAMPLE = "opensearch://host:9200/news"


@dataclass(frozen=True, slots=True)
class Address:
    """An archive in a cluster: the URLs of its nodes, and the `name` of the archive there.

    Of a new archive the articles are divided by `period`, each part in so many `shards`.
    """

    nodes: tuple[str, ...]
    name: str
    period: str = "decade"
    shards: int = 1

    @classmethod
    def of(cls, url: str) -> Self:
        """The address that a URL gives: opensearch://HOST:PORT[,HOST:PORT...]/NAME[?period=year&shards=3].

        Raises:
            UsageError: it is none, or has a password in it.
        """
        scheme, _, rest = url.partition("://")
        if scheme not in SCHEMES:
            raise UsageError(f"{_shown(url)}: archives are directories, or {_EXAMPLE} (opensearchs:// for TLS)")
        netloc, _, path = rest.partition("/")
        name, _, query = path.partition("?")
        if "@" in rest:
            raise UsageError(
                f"{_shown(url)}: a name and a password have no place in an address, where others can read them; "
                "set SEARCHER_OPENSEARCH_USER and SEARCHER_OPENSEARCH_PASSWORD_FILE"
            )
        name = name.strip("/")
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{_shown(url)}: {name!r} cannot be the name of an archive: give lower-case letters, digits and "
                f"._- after the host, as in {_EXAMPLE}"
            )
        nodes = tuple(f"{SCHEMES[scheme]}://{_host(part, url)}" for part in netloc.split(","))
        return cls(nodes, name, *_wishes(query, url))

    def __str__(self) -> str:
        scheme = next(name for name, used in SCHEMES.items() if self.nodes[0].startswith(f"{used}://"))
        return f"{scheme}://{','.join(node.partition('://')[2] for node in self.nodes)}/{self.name}"


def _shown(url: str) -> str:
    """Without what may be a secret: what stands before the host, and what was asked for."""
    return re.sub(r"\?.*", "?…", re.sub(r"://.*@", "://…@", url, flags=re.DOTALL), flags=re.DOTALL)[:200]


def _host(part: str, url: str) -> str:
    try:
        found = urlsplit(f"//{part}")
        host, port = found.hostname, found.port
    except ValueError:
        host, port = None, None
    if not host:
        raise UsageError(f"{_shown(url)}: {part[:80]!r} is no host; give {_EXAMPLE}")
    return f"{f'[{host}]' if ':' in host else host}:{port or PORT}"


def _wishes(query: str, url: str) -> tuple[str, int]:
    wishes = dict(parse_qsl(query, keep_blank_values=True))
    period, shards = wishes.pop("period", PERIODS[0]), wishes.pop("shards", "1")
    if wishes or period not in PERIODS or not (shards.isdecimal() and 1 <= int(shards) <= MOST_SHARDS):
        raise UsageError(
            f"{_shown(url)}: after ? there can be period={'|'.join(PERIODS)} and shards=1 to {MOST_SHARDS}, "
            "for an archive that is new"
        )
    return period, int(shards)

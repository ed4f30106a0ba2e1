"""The indices of an archive: one for each period, all of one version, found together by their alias.

NAME-PERIOD-vVERSION hold the articles, the alias NAME stands for all of them. A rebuild makes those of the next
version under the alias NAME.next, and lets them take the place of the others in one step. NAME.kept holds a few small
documents: how the archive is laid out, its settings and the user's spellings. Articles are sent to an index by an
alias of its own, NAME-PERIOD-vVERSION.write, and not by its name: where a rebuild has taken it away meanwhile, the
cluster would make an index of that name, which nobody finds.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from searcher.engines.opensearch.cluster import Cluster
from searcher.engines.opensearch.faults import no_archive
from searcher.engines.opensearch.mapping import FORMAT, index_body
from searcher.errors import ArchiveDamaged, ArchiveMissing, ClusterError, EngineError
from searcher.models import Article

__all__ = ["Indices", "Layout", "written_by"]

UNDATED = "undated"
LAYOUT = "layout"
FIRST = 1
# Seconds that the copies of a new index are waited for, so that none of its articles is in one place only.
PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """How the articles of an archive are divided: by decade, year or not at all, each part in so many shards."""

    period: str
    shards: int
    format: int = FORMAT

    @property
    def first(self) -> str:
        """The part that an empty archive has, so that there is an index to be asked."""
        return "all" if self.period == "all" else UNDATED

    def period_of(self, article: Article) -> str:
        """The part that an article belongs to."""
        if self.period == "all":
            return "all"
        if article.date is None:
            return UNDATED
        year = article.date.first_day.year
        return f"{year:04}" if self.period == "year" else f"{year // 10:03}0s"


class Indices:
    """The indices of one version."""

    def __init__(self, cluster: Cluster, version: int = 0) -> None:
        self.cluster = cluster
        self.archive = cluster.address.name
        self.alias = cluster.alias
        self._version = version
        self._kept = f"{self.archive}.kept"

    def exist(self) -> bool:
        """Whether there is such an archive."""
        return self.kept(LAYOUT) is not None

    def create(self) -> None:
        """Lay out an empty archive; one that is there stays as it is.

        Raises:
            ClusterError: the name is taken by what is no archive.
        """
        layout = Layout(self.cluster.address.period, self.cluster.address.shards)
        if foreign := self._foreign():
            raise ClusterError(
                f"{self.cluster.address}: an index of that name is there and is no archive ({', '.join(foreign)}); "
                "choose another name"
            )
        self._make(
            self._kept,
            {
                "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
                "mappings": {
                    "dynamic": "strict",
                    "_meta": {"archive": self.archive},
                    "properties": {"data": {"type": "binary"}},
                },
            },
        )
        self.ensure(layout.first, layout)
        self.keep(LAYOUT, orjson.dumps({"period": layout.period, "shards": layout.shards, "format": layout.format}))

    def layout(self) -> Layout:
        """How the archive is laid out.

        Raises:
            ArchiveMissing: there is none.
            ArchiveDamaged: it was made by another version, or its alias is gone.
        """
        kept = self.kept(LAYOUT)
        where = self.cluster.address
        if kept is None:
            raise no_archive(str(where))
        layout = Layout(**orjson.loads(kept))
        if layout.format != FORMAT:
            raise ArchiveDamaged(
                f"{where}: made by another version (format {layout.format}, this one reads {FORMAT}); "
                "`archive copy` it to a directory with that version, and from there to a new name with this one"
            )
        return layout

    def names(self) -> tuple[str, ...]:
        """The indices behind the alias, in order."""
        return tuple(sorted(self.cluster.ask("GET", f"/_alias/{self.alias}")))

    def version(self) -> int:
        """That of the indices behind the alias."""
        if not self._version:
            self._version = max((_version_of(name) for name in self.names()), default=FIRST)
        return self._version

    def ensure(self, period: str, layout: Layout) -> str:
        """The index of a period, made where there is none.

        Raises:
            ClusterError: one of that name is there, which this archive did not make.
        """
        version = self._version or FIRST
        name = f"{self.archive}-{period}-v{version}"
        body = index_body(layout.shards, self.archive, replicas=self.alias == self.archive)
        if not self._make(name, {**body, "aliases": {self.alias: {}, written_by(name): {}}}):
            self._check_own(name)
        return name

    def fix_version(self) -> None:
        """Look up again which version answers: a rebuild may have come between."""
        if self.alias == self.archive:
            self._version = 0
            self.version()

    def strays(self) -> list[str]:
        """Indices of this archive that its alias does not name: those of a rebuild that was broken off."""
        known = self.cluster.ask("GET", f"/{self.archive}-*/_mapping", filter_path="*.mappings._meta")
        named = set(self.cluster.ask("GET", f"/_alias/{self.archive}"))
        made = (name for name, held in known.items() if self._is_own(held))
        return sorted(set(made) - named)

    def foreign(self) -> list[str]:
        """Indices that its alias names and that it did not make: searches find in them what is no article."""
        return sorted(
            name for name, held in self.cluster.ask("GET", f"/{self.alias}/_mapping").items() if not self._is_own(held)
        )

    def drop(self, names: Iterable[str]) -> None:
        """Delete indices."""
        for name in names:
            self.cluster.ask("DELETE", f"/{name}", ignore_unavailable="true")

    def delete(self) -> None:
        """Delete the archive with all that belongs to it."""
        if self.exist():
            self.drop([*self.strays(), *self.names(), self._kept])

    def block(self, *, on: bool) -> None:
        """Let nobody write, or let them again."""
        self.cluster.ask("PUT", f"/{self.alias}/_settings", {"index.blocks.write": on})

    def kept(self, name: str) -> bytes | None:
        """A small document kept beside the articles; None where there is none."""
        try:
            found = self.cluster.ask("GET", f"/{self._kept}/_doc/{name}")
        except ArchiveMissing:
            return None
        return b64decode(found["_source"]["data"])

    def keep(self, name: str, data: bytes) -> None:
        """Keep a small document in place of any of that name."""
        body = {"data": b64encode(data).decode()}
        self.cluster.ask("PUT", f"/{self._kept}/_doc/{name}", body, refresh="true")

    def _make(self, name: str, body: dict[str, Any]) -> bool:
        """Whether there was none of that name; it has all its copies, where there are nodes for them."""
        # In the path: as a parameter the client would take the timeout for its own.
        path = f"/{name}?wait_for_active_shards=all&timeout={PATIENCE}s"
        try:
            self.cluster.ask("PUT", path, body)
        except EngineError as error:
            if "already_exists" not in str(error):
                raise
            return False
        return True

    def _foreign(self) -> list[str]:
        """Indices that have the names of this archive, or stand behind its alias, and are not of it."""
        path = f"/{self.archive},{self._kept}/_mapping?ignore_unavailable=true"
        return sorted(name for name, held in self.cluster.ask("GET", path).items() if not self._is_own(held))

    def _check_own(self, name: str) -> None:
        held = self.cluster.ask("GET", f"/{name}").get(name, {})
        if not self._is_own(held) or not {self.alias, written_by(name)} <= held.get("aliases", {}).keys():
            raise ClusterError(
                f"{self.cluster.address}: the index {name} is there and was not made by this archive; delete it, then "
                "add again"
            )

    def _is_own(self, held: dict[str, Any]) -> bool:
        return bool(held.get("mappings", {}).get("_meta", {}).get("archive") == self.archive)


def written_by(name: str) -> str:
    """The alias by which articles are sent to an index."""
    return f"{name}.write"


def _version_of(name: str) -> int:
    """The version in the name of an index."""
    found = re.search(r"-v(\d+)$", name)
    return int(found[1]) if found else FIRST

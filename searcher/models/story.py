"""A story as an archive has it: who ran it when, and what changed from one version to the next."""

from dataclasses import dataclass

from searcher.models.article import PublicationDate

__all__ = ["Story", "Version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One article of a story. `added` and `dropped` are sentences, against the version before it.

    `retitled` says whether its headline is another than that one's. The first version has none before it.
    """

    id: str
    title: str
    date: PublicationDate | None
    source: str
    url: str
    path: str
    retitled: bool = False
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All articles that tell one story, the first copy first; undated ones come last."""

    id: str
    versions: tuple[Version, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Who ran it, in the order in which they did."""
        return tuple(dict.fromkeys(version.source for version in self.versions if version.source))

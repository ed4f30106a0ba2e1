"""What parcels that were under way together brought twice: the same bytes, and copies of one text.

A parcel sees in the archive what was committed before. What it cannot see is what others commit meanwhile, so the
articles of a parcel are kept here until all that were under way beside it are done.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from searcher.ingest.alike import Sketches
from searcher.ingest.cluster.parcels import Joined, Row
from searcher.ingest.stories import LIKENESS, enough

__all__ = ["Overlap", "Twice"]


@dataclass(frozen=True, slots=True)
class Twice:
    """An article that two parcels brought: where it belongs, the first place in the order of the files, and the other.

    `is_kept` says that the parcel of the other one was done before, so that its file is noted already.
    """

    first: Row
    other: Row
    is_kept: bool


@dataclass(slots=True)
class _Done:
    """A parcel that is done, and the numbers of those under way then that are not done yet."""

    number: int
    rows: dict[str, Row]
    awaits: set[int]


class Overlap:
    """The articles of the parcels that were done last, and the stories that turned out to be parts of others."""

    def __init__(self) -> None:
        self._done: list[_Done] = []
        self._into: dict[str, str] = {}

    def twice(self, number: int, rows: dict[str, Row]) -> Iterator[Twice]:
        """The articles of a parcel that another one brought too; `rows` are left without those that belong there."""
        for done in self._beside(number):
            for article_id in sorted(rows.keys() & done.rows.keys()):
                if number < done.number:
                    yield Twice(rows[article_id], done.rows.pop(article_id), is_kept=True)
                else:
                    yield Twice(done.rows[article_id], rows.pop(article_id), is_kept=False)

    def joined(self, number: int, rows: Mapping[str, Row]) -> Iterator[Joined]:
        """Stories to be made parts of others, so that they are those of an add in the order of the files.

        Of copies in two parcels that both began a story, neither seeing the other, the later joins the earlier one most
        like it. A story that a later parcel began and an earlier one joined is named for the article in the earlier
        one. An article that found a story of another parcel stays in that.
        """
        best: dict[str, tuple[float, Row]] = {}
        for done in self._beside(number):
            for much, earlier, later in _copies(done, number, list(rows.values())):
                if later.tells == later.id and much >= enough(later.words):
                    best[later.id] = max(best.get(later.id, (0.0, earlier)), (much, earlier), key=lambda one: one[0])
        for later_id, (_, earlier) in sorted(best.items()):
            into = self.story(earlier.tells)
            if self.story(later_id) == later_id != into:
                yield self.join(Joined(later_id, into))
        for row in rows.values():
            begun = self.story(row.tells)
            if any(done.number > number and begun in done.rows for done in self._beside(number)):
                yield self.join(Joined(begun, row.id))
        for tells in sorted({row.tells for row in rows.values()} & self._into.keys()):
            yield Joined(tells, self.story(tells))  # it was a story of its own when this parcel looked

    def join(self, joined: Joined) -> Joined:
        """Remember that a story is a part of another one."""
        self._into[joined.story] = joined.into
        return joined

    def story(self, story: str) -> str:
        """The story that this one is a part of by now; itself where it is none."""
        while story in self._into:
            story = self._into[story]
        return story

    def keep(self, number: int, rows: dict[str, Row], running: Collection[int]) -> None:
        """Keep the articles of a parcel that is done as long as one of those `running` is."""
        for done in self._done:
            done.awaits.discard(number)
        self._done.append(_Done(number, rows, set(running)))
        self._done = [done for done in self._done if done.awaits]

    def _beside(self, number: int) -> list[_Done]:
        return [done for done in self._done if number in done.awaits]


def _copies(done: _Done, number: int, rows: Sequence[Row]) -> Iterator[tuple[float, Row, Row]]:
    """How much two articles of two parcels are alike, the earlier and the later in the order of the files."""
    before = list(done.rows.values())
    sketches = Sketches()
    sketches.add([row.sketch for row in before])
    ones, others, alike = sketches.add([row.sketch for row in rows])
    for one, other, much in zip(ones.tolist(), others.tolist(), alike.tolist(), strict=True):
        if other < len(before) and much >= LIKENESS:
            pair = before[other], rows[one - len(before)]
            yield (much, *pair) if done.number < number else (much, pair[1], pair[0])

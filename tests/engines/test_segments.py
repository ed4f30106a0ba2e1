"""How batches become segments, and segments become fewer."""

from pathlib import Path

import pytest
from samples import article

from searcher.engines.whoosh import WhooshEngine
from searcher.engines.whoosh.codec.segment import SegmentEntry
from searcher.engines.whoosh.codec.toc import latest_generation, read_contents
from searcher.engines.whoosh.policy import FANOUT, SMALL, to_merge
from searcher.query import Order, SearchRequest, parse


def names(folder: Path) -> list[str]:
    """The names of the files in a directory."""
    return sorted(path.name for path in folder.iterdir())


def segment(name: str, documents: int, deleted: int = 0) -> SegmentEntry:
    """A segment without files."""
    return SegmentEntry(name, documents, {}, deleted)


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ([], []),
        ([10] * (FANOUT - 1), []),  # fewer than FANOUT of a tier stay
        ([10] * FANOUT, [list(range(FANOUT))]),
        ([100_000, *[10] * FANOUT], [list(range(1, FANOUT + 1))]),  # a large one is left alone
        (
            [SMALL * FANOUT] * (FANOUT - 1) + [SMALL] * FANOUT,
            [list(range(2 * FANOUT - 1))],
        ),  # a full tier fills the next
    ],
)
def test_a_full_tier_becomes_one(sizes: list[int], groups: list[list[int]]) -> None:
    """Each article is rewritten once for each tier it climbs."""
    segments = [segment(str(number), size) for number, size in enumerate(sizes)]
    assert [[int(member.name) for member in group] for group in to_merge(segments)] == groups


@pytest.mark.parametrize(("deleted", "rewritten"), [(0, []), (39, []), (41, [["a"]])])
def test_what_is_mostly_deleted_is_rewritten(deleted: int, rewritten: list[list[str]]) -> None:
    """Its room comes back without waiting for its tier to fill."""
    groups = to_merge([segment("a", 100, deleted), segment("b", 5_000)])
    assert [[member.name for member in group] for group in groups] == rewritten


def test_adding_a_few_does_not_rewrite_the_many(tmp_path: Path) -> None:
    """A hundred commits of one article leave a large segment's files as they are, and few segments."""
    engine = WhooshEngine.create(tmp_path)
    with engine.writer() as writer:
        for number in range(2_000):
            writer.add(article(f"old{number}", body=f"common word{number % 50}"))
    large = set(names(tmp_path)) - {"MAIN_WRITELOCK"}
    for number in range(20):
        with engine.writer() as writer:
            writer.add(article(f"new{number}", body="common"))
    left = set(names(tmp_path))
    assert {name for name in large if not name.endswith(".toc")} <= left
    assert len(read_contents(tmp_path, latest_generation(tmp_path)).segments) <= 2 * FANOUT
    assert engine.search(SearchRequest(node=parse("common").node)).total == 2_020


def test_little_memory_makes_more_segments_and_the_same_answers(tmp_path: Path) -> None:
    """A batch that outgrows the memory is written in parts; ids given again in a later part replace the earlier."""
    found = []
    for memory, place in ((256, tmp_path / "large"), (0, tmp_path / "small")):
        WhooshEngine.create(place).close()
        engine = WhooshEngine(place, memory_mb=memory)
        with engine.writer() as writer:
            for number in range(60):
                writer.add(article(f"a{number % 40}", title=f"Part {number}", body=f"common text{number}"))
            writer.remove("a3")
        results = engine.search(SearchRequest(node=parse("common").node, order=Order(limit=100, sort="newest")))
        found.append([(hit.id, hit.title) for hit in results.hits])
        assert engine.check(deep=True) == ()
    assert found[0] == found[1]
    assert len(found[0]) == 39


def test_a_discarded_batch_leaves_no_file(tmp_path: Path) -> None:
    """Segments that were written already are deleted when the batch is thrown away."""
    WhooshEngine.create(tmp_path).close()
    before = names(tmp_path)
    writer = WhooshEngine(tmp_path, memory_mb=0).writer()
    for number in range(5):
        writer.add(article(f"a{number}"))
    writer.discard()
    assert names(tmp_path) == before


def test_what_a_killed_writer_left_is_cleared_by_the_next_commit(tmp_path: Path) -> None:
    """Files that no table of contents names are litter; files of others are not touched."""
    engine = WhooshEngine.create(tmp_path)
    (tmp_path / "MAIN_0123456789abcdef.postings").write_bytes(b"cut")
    (tmp_path / "_MAIN_9.toc.new").write_bytes(b"{")
    (tmp_path / "settings.json").write_text("{}")
    (tmp_path / "settings.json.new").write_text("{")
    with engine.writer() as writer:
        writer.add(article("a"))
    left = names(tmp_path)
    assert "MAIN_0123456789abcdef.postings" not in left
    assert "_MAIN_9.toc.new" not in left
    assert "settings.json.new" not in left
    assert "settings.json" in left


@pytest.mark.parametrize("removed", range(5))
def test_an_index_that_takes_over_may_be_killed_while_it_tidies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, removed: int
) -> None:
    """Wherever it ends, what is left of the index before is no damage to that which is there now."""
    for place, body in ((tmp_path / "old", "old"), (tmp_path / "new", "new")):
        engine = WhooshEngine.create(place)
        with engine.writer() as writer:
            writer.add(article("a", body=f"{body} words"))
        engine.close()
    gone: list[Path] = []

    def remove(path: Path) -> None:
        if len(gone) == removed:
            raise KeyboardInterrupt
        gone.append(path)
        path.unlink()

    monkeypatch.setattr("searcher.disk.remove", remove)
    with WhooshEngine.locked(tmp_path / "old"), pytest.raises(KeyboardInterrupt):
        WhooshEngine.take_over(tmp_path / "old", tmp_path / "new")
    engine = WhooshEngine.open(tmp_path / "old")
    assert engine.search(SearchRequest(node=parse("new").node)).total == 1
    assert engine.check(deep=True) == ()

"""A commit is there whole or not at all, wherever the power goes, whatever the disk had not written by then."""

import shutil
from pathlib import Path

import pytest
from conftest import Effort
from reliability.batches import Recording, apply, held, is_free, kept, put, recorded, started
from reliability.recorded import LOSSES, Loss, Operation, Recorder, after, cuts

from searcher.engines.whoosh import WhooshEngine
from searcher.errors import ArchiveMissing
from searcher.ledger import Ledger

BEFORE = 3  # batches: the next commit merges their segments
CUTS = 150


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """A commit that merges."""
    return recorded(tmp_path_factory.mktemp("recorded") / "index", BEFORE)


def test_a_commit_does_what_it_must_in_order(
    recording: Recording,
) -> None:
    """The ledger and all files are synced, and their names, before anything points at them."""
    place, _, done = recording
    toc = next(number for number, each in enumerate(done) if each.to and each.to.suffix == ".toc")
    written = {each.path for each in done[:toc] if each.kind == "write"}
    synced = [each.path for each in done[:toc] if each.kind == "fsync"]
    assert written == set(synced)
    last_written = max(number for number, each in enumerate(done[:toc]) if each.kind == "create")
    assert place in [each.path for each in done[last_written:toc] if each.kind == "sync"]
    assert done[toc + 1] == Operation("sync", place)
    assert [each.kind for each in done[:toc] if each.kind == "remove"] == []


@pytest.mark.parametrize("loss", LOSSES)
def test_a_cut_leaves_the_old_state_or_the_new(
    loss: Loss, recording: Recording, tmp_path: Path, effort: Effort
) -> None:
    """For each cut: it opens, nothing is lost or doubled, and the next commit makes index and ledger agree."""
    place, files, done = recording
    old, new = states(place, files, tmp_path)
    commit = next(number for number, each in enumerate(done) if each.path.suffix == ".new")
    chosen = cuts(done, every=effort(10_000, 1))
    assert len(chosen) * len(LOSSES) >= CUTS
    seen = set()
    for cut in chosen:
        target = tmp_path / f"cut{cut}"
        put(after(files, done[:cut], loss, seed=cut), place, target)
        found = held(target)
        assert found in (old, new), f"after {cut} operations"
        seen.add(found == new)
        if cut >= commit or cut % effort(40, 2) == 0:
            apply(target, BEFORE + 1)
            assert held(target) == kept(target), f"after {cut} operations"
            assert WhooshEngine(target).check(deep=True) == ()
            assert Ledger(target / "articles").check(deep=True) == ()
        shutil.rmtree(target)
    assert seen == {False, True}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_cut_of_the_first_commit_of_all(loss: Loss, tmp_path: Path, effort: Effort) -> None:
    """There is no index yet, an empty one, or the whole; then it is made again."""
    place = tmp_path / "index"
    recorder = Recorder()
    with recorder.listening():
        started(place, 1)
    whole = held(place)
    for cut in cuts(recorder.done, every=effort(100, 1)):
        target = tmp_path / f"cut{cut}"
        put(after({}, recorder.done[:cut], loss, seed=cut), place, target)
        try:
            assert held(target) in ({}, whole)
        except ArchiveMissing:
            WhooshEngine.create(target).close()
        if cut % effort(9, 2) == 0:
            apply(target, 0)
            assert held(target) == kept(target) == whole
            assert is_free(target)


def states(place: Path, files: dict[Path, bytes], tmp_path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What the archive held before the commit, and after."""
    put(files, place, tmp_path / "old")
    return held(tmp_path / "old"), held(place)

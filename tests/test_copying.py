"""An archive comes to another place whole: every article as it is, and both sides compared."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from samples import whole_article

from searcher import Archive, ingest
from searcher.archive.content import Content
from searcher.engines.whoosh import WhooshEngine
from searcher.errors import ArchiveDamaged, ArchiveMissing, UsageError

# Copies an archive with commits of a few articles, and is killed over one of them.
COPYIST = """
import os, signal, sys
from searcher import Archive, ingest
ingest.BATCH = 4
left = int(sys.argv[3])

def count(article):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

Archive.open(sys.argv[1]).copy_to(sys.argv[2], progress=count)
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Iterator[Archive]:
    """An archive with everything that one can have; tests must not change it."""
    place = tmp_path_factory.mktemp("source")
    shutil.copytree(corpus, place / "in")
    with Archive.open(place / "index") as archive:
        archive.add_alias("Abu Kamal", "Ebu Kemal")
        archive.add(place / "in", day_first=False, columns={"body": "Text"}, memory_mb=77)
        # What no rule finds in it would be lost if it were found anew.
        ingest.copy(archive._writable(), [whole_article()], archive._ledger())
        yield archive


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A place where nothing is yet."""
    return tmp_path / "copy"


def killed_over(article: int, source: Archive, target: Path | str) -> None:
    """A copy that is broken off by a kill."""
    done = subprocess.run(
        [sys.executable, "-c", COPYIST, str(source.location), str(target), str(article)], capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def everything(archive: Archive) -> dict[str, object]:
    """Every article with all that is kept of it, by its id."""
    return {article.id: article for article in archive.articles()}


def test_a_copy_is_the_same(source: Archive, target: Path) -> None:
    """Articles with entities, stories and sketches, settings, aliases, what is known of files; and it is sound."""
    seen: list[str] = []
    report = source.copy_to(target, progress=lambda article: seen.append(article.id))
    with Archive.open(target) as copy:
        assert everything(copy) == everything(source)
        assert any(article.sketch for article in copy.articles())
        assert (report.articles, report.copied, report.present) == (len(seen), len(seen), 0)
        assert report.digest == Content.of(source.articles()).digest == Content.of(copy.articles()).digest
        assert (copy.settings, copy.aliases) == (source.settings, source.aliases)
        assert copy.search("syria", limit=50).facets == source.search("syria", limit=50).facets
        assert copy.check(deep=True) == ()
        folder = Path(source.location).parent / "in"
        assert copy.pending(folder) == source.pending(folder)
        assert copy.pending(folder).unchanged > 0


def test_an_index_can_be_made_anew_at_the_new_place(source: Archive, target: Path) -> None:
    """The articles are kept beside the copy as they were beside the original."""
    source.copy_to(target)
    with Archive.open(target) as copy:
        before = set(everything(copy))
        copy.close()
        for path in target.glob("*MAIN*"):
            path.unlink()
        assert copy.rebuild().added == len(before)
        assert set(everything(copy)) == before


def test_an_empty_archive_can_be_copied_and_copied_over(tmp_path: Path) -> None:
    """To a directory where an empty archive is, too; the source has to be there."""
    with pytest.raises(ArchiveMissing, match="no index here"):
        Archive.open(tmp_path / "none").copy_to(tmp_path / "b")
    WhooshEngine.create(tmp_path / "a").close()
    for _ in range(2):
        assert Archive.open(tmp_path / "a").copy_to(tmp_path / "b").articles == 0
    assert Archive.open(tmp_path / "b").check(deep=True) == ()


@pytest.mark.parametrize("article", [1, 3, 14])
def test_a_copy_that_was_broken_off_is_gone_on_with(source: Archive, target: Path, article: int) -> None:
    """After a kill: nothing is there twice, what was committed is not copied again, nobody takes it for a whole one."""
    killed_over(article, source, target)
    with Archive.open(target) as copy:
        committed = copy.stats().articles
        assert committed == (article - 1) // 4 * 4
        assert ["a copy of another archive" in fault for fault in copy.check()] == [True]
    with pytest.raises(UsageError, match=r"was broken off here; go on with --resume"):
        source.copy_to(target)
    report = source.copy_to(target, resume=True)
    assert (report.present, report.copied) == (committed, report.articles - committed)
    with Archive.open(target) as copy:
        assert everything(copy) == everything(source)
        assert copy.check(deep=True) == ()
        assert copy._ledger().ids() == set(everything(source))


@pytest.mark.cluster
def test_an_archive_comes_to_a_cluster_and_back(source: Archive, address: str, target: Path) -> None:
    """Nothing is lost or changed on the way, and all of it is searched there as here."""
    there = source.copy_to(address)
    with Archive.open(address) as copy:
        assert everything(copy) == everything(source)
        assert (copy.settings, copy.aliases) == (source.settings, source.aliases)
        assert copy.search("syria", limit=50).facets == source.search("syria", limit=50).facets
        assert copy.pending(Path(source.location).parent / "in").unchanged > 0
        assert copy.check(deep=True) == ()
        back = copy.copy_to(target)
    assert there.digest == back.digest == Content.of(source.articles()).digest
    with Archive.open(target) as copy:
        assert (copy.settings, copy.aliases) == (source.settings, source.aliases)
        assert copy.check(deep=True) == ()
        assert copy.rebuild().added == back.articles


@pytest.mark.cluster
def test_a_copy_to_a_cluster_is_gone_on_with(source: Archive, address: str) -> None:
    """After a kill, as one to a directory; nothing is copied over an archive there."""
    killed_over(14, source, address)
    with Archive.open(address) as copy:
        assert copy.stats().articles == 12
        assert ["a copy of another archive" in fault for fault in copy.check()] == [True]
    with pytest.raises(UsageError, match=r"was broken off here; go on with --resume"):
        source.copy_to(address)
    report = source.copy_to(address, resume=True)
    assert (report.present, report.copied) == (12, report.articles - 12)
    with Archive.open(address) as copy:
        assert everything(copy) == everything(source)
        assert copy.check() == ()
    with pytest.raises(UsageError, match=rf"there are {report.articles} articles already"):
        source.copy_to(address)


def test_what_is_there_and_different_is_copied_again(source: Archive, target: Path) -> None:
    """An article that was changed in the half copy becomes that of the source."""
    killed_over(9, source, target)
    with Archive.open(target) as copy:
        changed = next(copy.articles())
        with copy._writable().writer() as writer:
            writer.add(whole_article(changed.id))
    source.copy_to(target, resume=True)
    with Archive.open(target) as copy:
        assert everything(copy) == everything(source)


def test_what_the_source_does_not_have_is_found(source: Archive, target: Path) -> None:
    """Both sides are read and compared at the end; the copy stays one that is not finished."""
    killed_over(9, source, target)
    with Archive.open(target) as copy, copy._writable().writer() as writer:
        writer.add(whole_article("stranger"))
    count = source.stats().articles
    with pytest.raises(ArchiveDamaged, match=rf"{count + 1} articles, where {count} were .*not the same: stranger"):
        source.copy_to(target, resume=True)
    with Archive.open(target) as copy:
        assert copy.remove("stranger") == 1
        source.copy_to(target, resume=True)
        assert copy.check(deep=True) == ()


def test_damage_at_the_new_place_is_found(source: Archive, target: Path) -> None:
    """A disk that gives back other bytes than were written to it: the file is named."""
    killed_over(9, source, target)
    stored = next(target.glob("*.stored"))
    data = bytearray(stored.read_bytes())
    for place in range(len(data) // 3, len(data) // 2):
        data[place] ^= 0xFF
    stored.write_bytes(data)
    with pytest.raises(ArchiveDamaged, match=stored.name):
        source.copy_to(target, resume=True)


def test_a_copy_that_changed_before_it_was_compared_is_an_error(
    source: Archive, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not another count, but other content: at most five ids are named."""
    copied = ingest.copy

    def changed(*arguments: object, **options: object) -> tuple[int, int]:
        counts = copied(*arguments, **options)
        with closing(WhooshEngine.open(target)) as engine, engine.writer() as writer:
            for article in list(engine.articles())[:7]:
                writer.add(whole_article(article.id))
        return counts

    monkeypatch.setattr(ingest, "copy", changed)
    with pytest.raises(ArchiveDamaged, match=r"not the same: (\w+, ){4}\w+\)"):
        source.copy_to(target)


def test_nothing_is_copied_over_an_archive(source: Archive, target: Path, corpus: Path) -> None:
    """Nor onto itself; with --resume only what was broken off, and of the same archive."""
    with Archive.open(target) as other:
        other.add(corpus / "text")
        held = everything(other)
        for resume in (False, True):
            with pytest.raises(UsageError, match=rf"there are {len(held)} articles already"):
                source.copy_to(target, resume=resume)
        assert everything(other) == held
    with pytest.raises(UsageError, match="the archive itself"):
        source.copy_to(Path(source.location).parent / "in" / ".." / "index")


def test_a_copy_of_another_archive_is_not_gone_on_with(source: Archive, target: Path, tmp_path: Path) -> None:
    """The message names the one that it is of."""
    killed_over(9, source, target)
    WhooshEngine.create(tmp_path / "other").close()
    with pytest.raises(UsageError, match=rf"is a copy of {source.location}"):
        Archive.open(tmp_path / "other").copy_to(target, resume=True)


def test_a_file_is_no_place_for_a_copy(source: Archive, tmp_path: Path) -> None:
    """It stays as it is."""
    (tmp_path / "file").write_text("no directory")
    with pytest.raises(ArchiveMissing, match="a file, not the directory"):
        source.copy_to(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "no directory"

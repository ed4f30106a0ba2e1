"""The articles kept beside the index: what the index acknowledged, no more and no less."""

import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import article, whole_article

from searcher.errors import ArchiveDamaged
from searcher.ledger import Ledger
from searcher.ledger.contents import TABLE, read_contents
from searcher.models import Article


def batch(ledger: Ledger, *changes: Article | str) -> None:
    """One batch: articles, and ids that are removed."""
    for change in changes:
        if isinstance(change, str):
            ledger.remove(change)
        else:
            ledger.add(change)
    ledger.write()
    ledger.seal()


def ids(ledger: Ledger) -> list[str]:
    """What is left, in order."""
    return [one.id for one in ledger.articles()]


def test_an_article_comes_back_as_it_was_normalized(tmp_path: Path) -> None:
    """Every field of the file is there; what the rules found in it is found again."""
    ledger = Ledger(tmp_path / "articles")
    whole = whole_article()
    batch(ledger, whole)
    (found,) = ledger.articles()
    assert (found.title, found.body, found.date, found.dateline) == (
        whole.title,
        whole.body,
        whole.date,
        whole.dateline,
    )
    assert (found.path, found.record, found.tags, found.warnings) == (
        whole.path,
        whole.record,
        whole.tags,
        whole.warnings,
    )
    assert (found.mentions, found.locations, found.story, found.sketch) == ((), (), "", b"")


def test_any_tool_reads_the_files(tmp_path: Path) -> None:
    """They are JSON lines under zstd."""
    ledger = Ledger(tmp_path)
    batch(ledger, article("a"), "b")
    with zstandard.open(tmp_path / "000001.jsonl.zst", "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert [line["id"] for line in lines] == ["a", "b"]
    assert lines[1] == {"id": "b", "removed": True}


@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=6), max_size=30))
@settings(deadline=None, max_examples=40)
def test_what_is_left_is_what_a_dictionary_would_hold(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[int, bool]]]
) -> None:
    """However often files are put together: the last line about an article counts."""
    ledger = Ledger(tmp_path_factory.mktemp("ledger"))
    expected: dict[str, str] = {}
    for number, changes in enumerate(batches):
        made: list[Article | str] = []
        for place, (name, removed) in enumerate(changes):
            article_id, title = f"a{name}", f"{number} {place}"
            made.append(article_id if removed else article(article_id, title=title))
            expected.pop(article_id, None)
            if not removed:
                expected[article_id] = title
        batch(ledger, *made)
    assert {one.id: one.title for one in ledger.articles()} == expected
    assert len(read_contents(ledger.folder)) <= 8
    assert ledger.check(deep=True) == ()


def test_a_batch_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    """Nor does one that was never finished."""
    ledger = Ledger(tmp_path)
    batch(ledger, article("a"))
    ledger.add(article("b"))
    ledger.discard()
    assert ids(ledger) == ["a"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000001.jsonl.zst", TABLE]


@pytest.mark.parametrize(
    ("held", "expected", "reason"),
    [
        ({"a", "b"}, ["a", "b"], "the index had committed: the batch belongs to the ledger"),
        ({"a"}, ["a"], "it had not: the batch is deleted"),
        ({"a", "b", "c"}, ["a"], "c is still there, so its removal was not committed"),
    ],
)
def test_what_a_kill_leaves_is_settled(tmp_path: Path, held: set[str], expected: list[str], reason: str) -> None:
    """By what the index holds: a batch that was written and not named."""
    ledger = Ledger(tmp_path)
    batch(ledger, article("a"))
    ledger.add(article("b"))
    ledger.remove("c")
    ledger.write()
    later = Ledger(tmp_path)  # the process that wrote it is no more
    later.settle(lambda article_id: article_id in held)
    assert ids(later) == expected, reason
    assert len(list(tmp_path.glob("*.zst"))) == len(read_contents(tmp_path))


def test_a_file_cut_short_before_its_commit_is_deleted(tmp_path: Path) -> None:
    """Nothing points at it."""
    (tmp_path / "000001.jsonl.zst").write_bytes(zstandard.compress(b'{"id":"a","article":{}}\n')[:-4])
    ledger = Ledger(tmp_path)
    ledger.settle(lambda _: True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("harm", ["flip", "cut", "gone", "table"])
def test_damage_is_named(tmp_path: Path, harm: str) -> None:
    """By file; reading stops there with the same."""
    ledger = Ledger(tmp_path)
    batch(ledger, *(article(f"a{number}", body=f"{number} " * 50) for number in range(100)))
    path = tmp_path / ("contents.json" if harm == "table" else "000001.jsonl.zst")
    data = path.read_bytes()
    middle = len(data) // 2
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(data[:middle])
    else:
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    assert [path.name in fault for fault in ledger.check(deep=True)] == [True]
    with pytest.raises(ArchiveDamaged, match=path.name):
        list(ledger.articles())


def test_a_table_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A stranger's archive reads nothing but its own."""
    ledger = Ledger(tmp_path / "articles")
    batch(ledger, article("a"))
    table = tmp_path / "articles" / TABLE
    harmful = table.read_text().replace("000001.jsonl.zst", "../../secret.zst")
    table.write_text(harmful)
    with pytest.raises(ArchiveDamaged):
        list(ledger.articles())

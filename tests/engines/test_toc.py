"""The table of contents of a stranger's index, or a damaged one."""

from pathlib import Path
from typing import Any

import pytest
from forged import retold
from samples import article

from searcher.engines.whoosh import WhooshEngine
from searcher.errors import ArchiveDamaged


def renamed(field: str, value: str) -> Any:
    """A change of one name in the first segment."""
    return lambda toc: toc["segments"][0].update({field: value})


@pytest.mark.parametrize(
    "change",
    [
        renamed("name", "../../outside"),  # a file would be written there when an article is removed
        renamed("name", "/etc/MAIN_x"),
        renamed("deletions", "../MAIN_x.deletions"),
        lambda toc: toc["segments"][0]["files"].update({"../MAIN_x": [1, 2]}),
        lambda toc: toc["segments"][0].update({"name": 5}),
        lambda toc: toc.update({"segments": "none"}),
        lambda toc: toc.update({"format": 99}),
    ],
)
def test_a_table_of_contents_that_cannot_be_is_damage(tmp_path: Path, change: Any) -> None:
    """Nothing outside the directory is named, opened or written."""
    engine = WhooshEngine.create(tmp_path)
    with engine.writer() as writer:
        writer.add(article("a"))
    engine.close()
    retold(tmp_path, change)
    with pytest.raises(ArchiveDamaged):
        WhooshEngine.open(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"crc": "", "toc": {}}', "[" * 100_000])
def test_a_table_of_contents_that_is_none_is_damage(tmp_path: Path, text: str) -> None:
    """However it is broken, one line says so."""
    WhooshEngine.create(tmp_path).close()
    max(tmp_path.glob("_MAIN_*.toc")).write_text(text)
    with pytest.raises(ArchiveDamaged, match="toc"):
        WhooshEngine.open(tmp_path)


@pytest.mark.parametrize("field", ["mention", "located"])
def test_an_index_of_other_fields_is_refused(tmp_path: Path, field: str) -> None:
    """One from before a field was there has nothing to answer from; the message says what to do."""
    WhooshEngine.create(tmp_path).close()
    retold(tmp_path, lambda toc: toc["fields"].pop(field))
    with pytest.raises(ArchiveDamaged, match="another format; `archive rebuild` makes it anew"):
        WhooshEngine.open(tmp_path)


def test_one_changed_digit_is_noticed(tmp_path: Path) -> None:
    """By the checksum of the table itself, and those it holds of the other files."""
    engine = WhooshEngine.create(tmp_path)
    with engine.writer() as writer:
        writer.add(article("a"))
    path = max(tmp_path.glob("_MAIN_*.toc"))
    path.write_text(path.read_text().replace('"documents": 1', '"documents": 2'))
    with pytest.raises(ArchiveDamaged, match="checksum"):
        WhooshEngine.open(tmp_path)


@pytest.mark.parametrize("ending", [".postings", ".columns", ".stored"])
def test_check_names_the_file_that_changed(tmp_path: Path, ending: str) -> None:
    """A bit, a missing end, a missing file."""
    engine = WhooshEngine.create(tmp_path)
    with engine.writer() as writer:
        for number in range(50):
            writer.add(article(f"a{number}", body=f"common words {number}"))
    victim = next(tmp_path.glob(f"*{ending}"))
    whole = victim.read_bytes()
    middle = len(whole) // 2
    for damaged in (whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :], whole[:-1], None):
        victim.unlink()
        if damaged is not None:
            victim.write_bytes(damaged)
        found = WhooshEngine(tmp_path).check(deep=True)
        assert [victim.name in line for line in found] == [True]

"""Archives of files in an archive of articles: each member has a path of its own, and is compared by it."""

import zipfile
from pathlib import Path

from searcher import Archive
from searcher.ingest import place


def pack(path: Path, files: dict[str, str]) -> None:
    """A ZIP of these texts."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def test_members_are_compared_and_removed_by_their_paths(tmp_path: Path) -> None:
    """An archive that is added again changes nothing; what changed in it is replaced; a member can be removed."""
    path = tmp_path / "2017.zip"
    texts = {"a/ferry.txt": "Ferry returns\n\nIt sailed again.\n", "dam.txt": "Dam opened\n\nOn Friday.\n"}
    pack(path, texts)
    archive = Archive.open(tmp_path / "index")
    first = archive.add([path])
    again = archive.add([path])
    pack(path, texts | {"dam.txt": "Dam opened\n\nOn Saturday, as was said later.\n"})
    changed = archive.add([path])
    assert (first.added, again.unchanged, changed.unchanged, changed.updated) == (2, 2, 1, 1)
    assert [hit.path for hit in archive.search("ferry").hits] == [f"{path}!/a/ferry.txt"]
    assert archive.remove(path=f"{path}!/a/ferry.txt") == 1


def test_the_place_of_a_member_is_that_of_its_archive(tmp_path: Path) -> None:
    """Links to the archive are followed; a folder may have the mark of an archive in its name."""
    pack(tmp_path / "a.zip", {})
    (tmp_path / "b.zip").symlink_to(tmp_path / "a.zip")
    (tmp_path / "News!").mkdir()
    (tmp_path / "News!" / "c.zip").symlink_to(tmp_path / "a.zip")
    (tmp_path / "News!" / "d.txt").symlink_to(tmp_path / "a.zip")
    assert place(f"{tmp_path}/b.zip!/x/y.zip!/z.html") == f"{tmp_path}/a.zip!/x/y.zip!/z.html"
    assert place(f"{tmp_path}/News!/c.zip!/z.html") == f"{tmp_path}/a.zip!/z.html"
    assert place(f"{tmp_path}/News!/d.txt") == f"{tmp_path}/a.zip"
    assert place(f"{tmp_path}/gone.zip!/z.html") == f"{tmp_path}/gone.zip!/z.html"

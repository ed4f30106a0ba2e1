"""What the disk refuses is told with what to do; what lies on another machine is known."""

import errno
import os
from pathlib import Path

import pytest

from searcher import Archive, disk
from searcher.errors import DiskError


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EDQUOT, "make room"),
        (errno.EROFS, "work on a copy"),
        (errno.EACCES, "permissions"),
        (errno.ENOLCK, "put the archive on a local one"),
        (errno.ESTALE, "put the archive on a local one"),
        (errno.EIO, "check the disk"),
    ],
)
def test_a_refusal_is_told_with_its_place_and_a_remedy(code: int, said: str) -> None:
    """In one line; the cause is kept."""
    with pytest.raises(DiskError, match=rf"^/x/y: {os.strerror(code)}; .*{said}") as raised, disk.mapped("/x"):
        raise OSError(code, os.strerror(code), "/x/y")
    assert isinstance(raised.value.__cause__, OSError)


def test_a_file_takes_the_place_of_another_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is renamed the old one is there; what a kill left beside it is no hindrance."""
    place = tmp_path / "file"
    place.write_bytes(b"old")
    (tmp_path / "file.new").write_bytes(b"half")
    seen = []

    def rename(old: Path, new: Path) -> None:
        seen.append((new.read_bytes(), old.read_bytes()))
        old.replace(new)

    monkeypatch.setattr(disk, "rename", rename)
    disk.write_whole(place, b"new")
    assert seen == [(b"old", b"new")]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"new"}


def test_folders_are_made_with_those_above(tmp_path: Path) -> None:
    """And are no error where they are."""
    for _ in range(2):
        disk.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


MOUNTS = """\
21 1 {device} / / rw - ext4 /dev/root rw
35 21 0:99 / /elsewhere rw shared:1 - nfs4 server:/export rw
"""


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("ext4", ""),
        ("tmpfs", ""),
        ("9p", ""),  # the folders of a virtual machine lie on its own host
        ("nfs4", "nfs4"),
        ("nfs", "nfs"),
        ("cifs", "cifs"),
        ("smb3", "smb3"),
        ("fuse.sshfs", "fuse.sshfs"),
        ("fuse.ntfs", ""),
    ],
)
def test_a_network_disk_is_known_by_the_table_of_mounts(
    kind: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No network disk can be had here: the table that the kernel would show is made up (man 5 proc)."""
    number = tmp_path.stat().st_dev
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS.format(device=f"{os.major(number)}:{os.minor(number)}").replace("ext4", kind, 1))
    monkeypatch.setattr(disk, "_MOUNTS", table)
    assert disk.network_disk(tmp_path) == expected
    assert disk.network_disk(tmp_path / "missing") == ""


def test_nothing_is_written_to_a_network_disk_unasked(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there can be read; who sets the variable writes."""
    with Archive.open(tmp_path / "index") as archive:
        archive.add(corpus / "csv")
        monkeypatch.setattr("searcher.engines.whoosh.lock.network_disk", lambda _: "nfs4")
        with pytest.raises(DiskError, match=r"on a nfs4 disk.*SEARCHER_NETWORK_DISK=1"):
            archive.add(corpus / "json")
        assert archive.search("Nigeria").total > 0
        monkeypatch.setenv("SEARCHER_NETWORK_DISK", "1")
        assert archive.add(corpus / "json").added > 0

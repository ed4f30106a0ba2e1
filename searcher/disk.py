"""How do bytes get onto the disk so that they stay there? Every durable file of an archive is written through here.

A file is written once, under a name nothing refers to yet, and synced; then its name is, by syncing its folder; then
something comes to refer to it by a rename, which is there whole or not at all, and the folder is synced again. Whatever
a kill or a power cut leaves undone is then either not referred to, or was finished before (Pillai et al. 2014, All File
Systems Are Not Created Equal, section 2; https://www.sqlite.org/atomiccommit.html, sections 3 and 9).
"""

import errno
import json
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from searcher.errors import DiskError

__all__ = [
    "NEW", "create", "json_crc", "keep", "make_folder", "mapped", "network_disk", "remove", "rename", "size_of",
    "sync", "write_whole",
]  # fmt: skip

NEW = ".new"  # what a file is called until it is whole

_REMEDIES = {
    errno.ENOSPC: "make room and do it again",
    errno.EDQUOT: "make room and do it again",
    errno.EFBIG: "let larger files be written there, and do it again",
    errno.EROFS: "nothing can be written there; work on a copy",
    errno.EACCES: "it takes another user, or other permissions of the folder and the files in it",
    errno.EPERM: "it takes another user, or other permissions of the folder and the files in it",
    errno.ENOLCK: "this disk keeps no locks; put the archive on a local one",
    errno.EOPNOTSUPP: "this disk cannot do what an archive needs; put it on a local one",
    errno.ESTALE: "the server of this disk has taken the file away; put the archive on a local one",
}
_REMEDY = "check the disk and do it again"

# File systems of Linux whose files lie on another machine. Not 9p and virtiofs: those of virtual machines are local.
_NETWORK = re.compile(r"nfs\d?|cifs|smb\d?|smbfs|afs|ceph|glusterfs|fuse\.(sshfs|s3fs|rclone|glusterfs|gvfsd.*)")
_MOUNTS = Path("/proc/self/mountinfo")


@contextmanager
def mapped(place: object) -> Iterator[None]:
    """Run what reads or writes files: what the system refuses becomes a DiskError that says what to do."""
    try:
        yield
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, _REMEDY)
        raise DiskError(f"{error.filename or place}: {error.strerror or error}; {remedy}") from error


def create(path: Path) -> IO[bytes]:
    """A new file, open for writing; what a kill left under its name is taken away, a link is not followed."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def keep(file: IO[bytes]) -> None:
    """Close a file and make its bytes durable; its name is when its folder is synced."""
    with file:
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename(old: Path, new: Path) -> None:
    """Give a file another name at once, in place of any that has it."""
    old.replace(new)


def remove(path: Path) -> None:
    """Take a file away, if it is there."""
    path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """A folder with its name durable, as are those above it that were missing; nothing happens where it is."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file in place of what it was before: one or the other is there, whatever happens."""
    made = path.with_name(path.name + NEW)
    with create(made) as file:
        file.write(data)
        keep(file)
    sync(path.parent)  # the names of files that this one refers to
    rename(made, path)
    sync(path.parent)


def json_crc(value: object) -> str:
    """The CRC-32 of a value that is kept as JSON, however its text is laid out."""
    return f"{zlib.crc32(json.dumps(value, sort_keys=True, separators=(',', ':')).encode()):08x}"


def size_of(folder: Path) -> int:
    """How many bytes the files at and below a folder have; what goes away meanwhile has none."""
    size = 0
    for top, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(top, name)).st_size  # noqa: PTH118 - as os.walk gives them
            except FileNotFoundError:
                continue
    return size


def network_disk(folder: Path) -> str:
    """The kind of file system that a folder is on, where its files lie on another machine; empty where not, or unknown.

    The kernel's table is read (proc(5), /proc/pid/mountinfo); a system without one says nothing.
    """
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        device = folder.stat().st_dev
    except OSError:
        return ""
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in table.splitlines():
        mount, _, source = line.partition(" - ")
        if mount.split()[2:3] == [wanted]:
            kind = source.split()[0] if source else ""
            return kind if _NETWORK.fullmatch(kind) else ""
    return ""

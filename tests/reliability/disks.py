"""Disks for tests that need a bad one: small, full, not to be written."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.shell import LIKE_ANYONE

__all__ = ["limited", "mounted", "unwritable"]

_LIMITED = """
import os, resource, sys
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # Python would keep what it compiled as far as it got
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.argv[2], sys.argv[2:])
"""


def limited(most_bytes: int) -> tuple[str, ...]:
    """Put before a command: no file can grow larger."""
    return (sys.executable, "-c", _LIMITED, str(most_bytes))


@contextmanager
def mounted(place: Path, size: str) -> Iterator[bool]:
    """A disk of its own at a folder while the context lasts; False where this user may not mount one."""
    place.mkdir()
    may = _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", place)
    try:
        yield may
    finally:
        if may:
            subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def unwritable(place: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Everything below a mounted folder cannot be written: what to put before commands, and what the system says.

    Where it is no mount, its modes are taken away, from root too.
    """
    if _mount("-o", "remount,ro", place):
        try:
            yield (), "Read-only file system"
        finally:
            _mount("-o", "remount,rw", place)
        return
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    for path in place.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in folders:
        path.chmod(0o555)
    try:
        yield LIKE_ANYONE, "Permission denied"
    finally:
        for path in folders:
            path.chmod(0o755)
        for path in place.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


def _mount(*arguments: str | Path) -> bool:
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0

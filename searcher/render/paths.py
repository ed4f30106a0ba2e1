"""Paths as people read them."""

from pathlib import Path

__all__ = ["short"]


def short(path: str) -> str:
    """A path relative to here where it lies below."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path

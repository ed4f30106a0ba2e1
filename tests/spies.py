"""What the package does, seen by tests."""

from pathlib import Path
from types import ModuleType

import pytest

from searcher import readers

__all__ = ["files_read_by"]


def files_read_by(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that a module reads from now on; the list grows."""
    names: list[str] = []

    def read(path: Path, *given: object) -> object:
        names.append(path.name)
        return readers.read_file(path, *given)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(module, "read_file", read)
    return names

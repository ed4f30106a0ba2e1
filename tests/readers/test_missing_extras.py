"""Formats that need an optional library: without it a file is one thing skipped, with what to install."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from searcher.config import Settings
from searcher.models import Skipped
from searcher.readers import read_paths


def word() -> bytes:
    """As much of a Word document as tells what it is."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return box.getvalue()


@pytest.mark.parametrize(
    ("module", "name", "content", "extra"),
    [
        pytest.param("docx", "a.docx", word(), "office", id="python-docx"),
        pytest.param("striprtf.striprtf", "a.rtf", rb"{\rtf1 The ferry sailed.}", "office", id="striprtf"),
        pytest.param("pypdf", "a.pdf", b"%PDF-1.4\n", "pdf", id="pypdf"),
    ],
)
def test_a_missing_library_is_named_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, content: bytes, extra: str
) -> None:
    """With the line that installs it; the other files are read."""
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(content)
    (tmp_path / "b.txt").write_text("Ferry sails\n\nIt sailed on Monday.\n")
    missing, other = read_paths([tmp_path], Settings())
    assert isinstance(missing, Skipped)
    assert missing.extra == extra
    assert f"searcher[{extra}]" in missing.reason
    assert not isinstance(other, Skipped)

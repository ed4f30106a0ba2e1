"""Names of files, in a folder or in an archive: which may be those of articles, and what names in archives become."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from searcher.models import Skipped

__all__ = ["MOST_MEMBERS", "label", "leads_out", "link", "listed", "page_stems", "passed_over"]

# Papers about a folder rather than articles in it; only whole words, so that MANIFESTO-2017.html is read.
PAPERS = ("README", "LICENSE", "LICENCE", "MANIFEST")
# What browsers in several languages call the folder of images and scripts beside NAME.html.
ASSET_SUFFIXES = ("_files", "-Dateien", "_fichiers", "_archivos", "_file", "_arquivos")
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
MOST_MEMBERS = 250_000  # names held in memory while an archive is read: 71 MB of them


def page_stems(names: Iterable[str]) -> set[str]:
    """The names of the saved pages among these, without their endings."""
    return {name[: -len(suffix)] for name in names for suffix in PAGE_SUFFIXES if name.lower().endswith(suffix)}


def passed_over(name: str, pages: set[str], folder: str = "") -> bool:
    """Whether a name is that of a hidden file, a paper about the folder, or the assets of a saved page.

    `pages` are the stems of the pages, each behind the `folder` it lies in.
    """
    word = name.replace("-", ".").replace("_", ".").partition(".")[0]
    if name.startswith(".") or word in PAPERS or PurePath(name).stem.upper() in PAPERS:
        return True
    return any(name.endswith(suffix) and folder + name[: -len(suffix)] in pages for suffix in ASSET_SUFFIXES)


def label(name: str) -> str:
    """The name of a member as it can be printed and stored: from the top of the archive, with `/` between folders.

    Empty where it leads out of the archive or is that of a folder.
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if "/" not in text:
        text = text.replace("\\", "/")  # written by old programs on Windows
    parts = [part for part in CONTROLS.sub("\ufffd", text).split("/") if part not in ("", ".")]
    return "" if ".." in parts or text.endswith("/") else "/".join(parts)


def listed(names: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """The members to read, by their labels and with their numbers, and the names that lead out of the archive.

    Of several members of one name the last counts, as it does where an archive is unpacked. Names that end with a
    slash are folders.
    """
    found: dict[str, int] = {}
    out = []
    for number, name in enumerate(names):
        if text := label(name):
            found[text] = number
        elif ".." in name:
            out.append(name)
    pages = page_stems(found)
    return {name: number for name, number in found.items() if not any(_parts_passed_over(name, pages))}, out


def leads_out(path: str, name: str) -> Skipped:
    """The report of a member whose name leads out of its archive."""
    return Skipped(path, f"the name of a file in it, {name[:200]!r}, leads out of the archive; rename the file in it")


def link(path: str) -> Skipped:
    """The report of a link in an archive."""
    return Skipped(path, "a link in an archive, which is not followed; add the file it stands for")


def _parts_passed_over(name: str, pages: set[str]) -> Iterator[bool]:
    """For each folder on the way to a member, and for the member, whether it is passed over."""
    at = 0
    while at >= 0:
        end = name.find("/", at)
        yield passed_over(name[at:] if end < 0 else name[at:end], pages, name[:at])
        at = end + 1 if end >= 0 else -1

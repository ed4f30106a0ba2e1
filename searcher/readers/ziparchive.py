"""The members of a ZIP file, in the order of their names."""

import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from searcher.errors import ReadError
from searcher.models import Skipped
from searcher.readers.listing import leads_out, link, listed
from searcher.readers.magic import kind_of_names
from searcher.readers.source import Source
from searcher.readers.unpack import Budget, Damaged, bounded

__all__ = ["opened_zip", "zip_members", "zip_opener"]

END_BYTES = 64 * 1024 + 22  # a ZIP ends with a record of 22 bytes and a comment
# The table of contents is held in memory at 7 times its size: 16 MB list 240,000 pages and take 120 MB.
DIRECTORY_BYTES = 16 * 1024 * 1024
ENCRYPTED = 0x1
FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, KeyError)


def zip_members(source: Source) -> Iterator[Source | Skipped]:
    """Each file in a ZIP as a source, and what cannot be one. Raises ReadError where there is no table of contents."""
    with source.seekable() as file, opened_zip(file, source.path) as archive:
        office = kind_of_names(archive.namelist())
        if office != "zip":
            raise ReadError(source.path, f"{office.upper()} with its parts in an unusual order; save it again")
        infos = archive.infolist()
        found, out = listed(info.filename for info in infos)
        for name in sorted(found):
            yield _member(source, archive, infos[found[name]], name)
        yield from (leads_out(source.path, name) for name in out)


def opened_zip(file: BinaryIO, path: str) -> zipfile.ZipFile:
    """The archive. Raises ReadError where it is damaged, or lists more than should be held in memory."""
    if (size := _directory_bytes(file)) > DIRECTORY_BYTES:
        reason = f"more files than can be listed ({size:,} bytes of names); unpack it and add the folder"
        raise ReadError(path, reason)
    try:
        return zipfile.ZipFile(file)
    except FAULTS as error:
        reason = f"the ZIP file is damaged or cut short ({error}); copy it again from its origin"
        raise ReadError(path, reason) from error


def _directory_bytes(file: BinaryIO) -> int:
    """How long the table of contents is; 0 where there is none."""
    end = file.seek(0, 2)
    file.seek(max(0, end - END_BYTES))
    tail = file.read(END_BYTES)
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    big = tail.rfind(b"PK\x06\x06")  # the record that takes its place where there are more than 4 GB
    return int.from_bytes(tail[big + 40 : big + 48], "little") if size == 0xFFFFFFFF and big >= 0 else size


def _member(source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Source | Skipped:
    """One member, or why it is none."""
    if info.flag_bits & ENCRYPTED:
        return Skipped(source.inside(name), "encrypted; unpack it with its password and add the files")
    if stat.S_ISLNK(info.external_attr >> 16):
        return link(source.inside(name))
    return source.member(name, zip_opener(archive, info, source.purse))


def zip_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Callable[[], BinaryIO]:
    """A way to open a member; whatever is wrong with it leaves as Damaged or Swollen."""

    def opener() -> BinaryIO:
        try:
            return cast("BinaryIO", archive.open(info))
        except FAULTS as error:
            raise Damaged(f"cannot be unpacked ({error}); pack it again as an ordinary ZIP") from error

    return bounded(opener, budget, "the file in the ZIP")

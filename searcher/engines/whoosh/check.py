"""What is wrong with the files of an index."""

import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from searcher.articlejson import load
from searcher.engines.whoosh.codec.folder import Directory
from searcher.engines.whoosh.codec.segment import SegmentEntry, SegmentReader
from searcher.engines.whoosh.codec.toc import read_contents, read_latest
from searcher.engines.whoosh.faults import reading
from searcher.errors import ArchiveDamaged

__all__ = ["problems"]


def problems(path: Path, *, deep: bool) -> tuple[str, ...]:
    """One line for each file that is not what was written; `deep` reads every posting and article besides."""
    try:
        contents = read_latest(path, partial(read_contents, path))
    except ArchiveDamaged as error:
        return (str(error),)
    found = [line for entry in contents.segments for line in _changed(Directory(path), entry)]
    if deep and not found:
        found = [line for entry in contents.segments for line in _unreadable(path, entry)]
    return tuple(found)


def _changed(folder: Directory, entry: SegmentEntry) -> Iterator[str]:
    """Files that are missing, of another size or of another checksum."""
    for name, note in entry.files.items():
        try:
            data = folder.load(name, note.size)
        except ArchiveDamaged as error:
            yield str(error)
            continue
        if zlib.crc32(data) != note.crc:
            yield str(ArchiveDamaged.at(folder.path / name, "its bytes are not those that were written"))


def _unreadable(path: Path, entry: SegmentEntry) -> Iterator[str]:
    """Everything in a segment is read as a search would."""
    try:
        with reading(path):
            segment = SegmentReader(Directory(path), entry)
            for name in segment.field_names:
                postings = segment.field(name)
                if postings:
                    postings.run(0, len(postings.terms))
            for doc in segment.live_docs().tolist():
                load(segment.fields(doc)["article"])
    except ArchiveDamaged as error:
        yield str(error)

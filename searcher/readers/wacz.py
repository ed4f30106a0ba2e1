"""WACZ: web archives in a ZIP with a list of what is in it and the hash of each part."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from searcher.errors import ReadError
from searcher.models import RawArticle, Skipped
from searcher.readers.magic import zip_kind
from searcher.readers.source import Source
from searcher.readers.webpages import web_pages
from searcher.readers.ziparchive import opened_zip, zip_opener

__all__ = ["WaczReader"]

LIST = "datapackage.json"
DIGEST = "datapackage-digest.json"
# What a ZIP that is broken raises: RuntimeError where it is encrypted or packed in an unknown way.
BROKEN = (RuntimeError, zipfile.BadZipFile, zlib.error, EOFError, OSError)
# Those whose hashes have a length of their own.
ALGORITHMS = {name for name in hashlib.algorithms_guaranteed if not name.startswith("shake")}
LARGEST_LIST = 16 * 1024 * 1024  # one of 100,000 resources takes 20 MB, and no collection has a tenth of them
PIECE = 128 * 1024
CHANGED = (
    "its hash is not the one in {}, so it was changed or damaged since; unpack the WACZ and add it if you trust it"
)

Hashes = Mapping[str, tuple[str, str]]


class WaczReader:
    """Reads the pages of each web archive in a WACZ, shown as `crawl.wacz!/archive/data.warc.gz`.

    A part whose hash is not the listed one is not read. A signature is not verified, only the hash it is made of.
    """

    name = "wacz"

    def sniff(self, head: bytes, path: str) -> bool:
        """By the names of its parts; by the extension, where it is a ZIP at all."""
        kind = zip_kind(head)
        return kind == "wacz" or (kind == "zip" and path.lower().endswith(".wacz"))

    def read(self, source: Source) -> Iterator[RawArticle | Skipped]:
        """The pages of each web archive in turn. Raises ReadError where the ZIP is damaged."""
        with source.seekable() as file, opened_zip(file, source.path) as archive:
            names = [name for name in archive.namelist() if _is_web_archive(name)]
            if not names:
                yield Skipped(source.path, "a WACZ without any web archive under archive/; nothing to add")
            hashes, fault = _listed(archive, source)
            yield from fault
            for name in sorted(set(names)):
                yield from self._pages(archive, name, source, hashes)

    def _pages(
        self, archive: zipfile.ZipFile, name: str, source: Source, hashes: Hashes
    ) -> Iterator[RawArticle | Skipped]:
        """The pages of one web archive."""
        opener = zip_opener(archive, archive.getinfo(name), source.purse)
        member = source.member(name, opener)
        if isinstance(member, Skipped):
            yield member
            return
        try:
            if name in hashes and _hash(opener, hashes[name][0]) != hashes[name][1]:
                yield Skipped(member.path, CHANGED.format(LIST))
            else:
                yield from web_pages(member, self.name)
        except ReadError as error:
            yield Skipped(error.path, error.reason, error.record)
        except OSError as error:
            yield Skipped(member.path, str(error))


def _is_web_archive(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz", ".arc", ".arc.gz"))


def _listed(archive: zipfile.ZipFile, source: Source) -> tuple[Hashes, list[Skipped]]:
    """The algorithm and the hash of each part that is listed, and what is wrong with the list."""
    try:
        content = _small(archive, LIST)
        package = json.loads(content)
        hashes = dict(_hashes(package.get("resources", ())))
        digest = json.loads(_small(archive, DIGEST)) if DIGEST in archive.namelist() else {}
        stated = _hash_of(digest.get("hash", ""), "sha256")
    except (KeyError, ValueError, AttributeError, TypeError, *BROKEN) as error:
        reason = f"cannot be read ({error}), so that nothing in the WACZ can be compared with its hash"
        return {}, [Skipped(source.inside(LIST), reason)]
    if stated and hashlib.new(stated[0], content).hexdigest() != stated[1]:
        return hashes, [Skipped(source.inside(LIST), CHANGED.format(DIGEST))]
    return hashes, []


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """All of a small member."""
    with archive.open(name) as stream:
        content = stream.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        raise ValueError(f"larger than {LARGEST_LIST:,} bytes")
    return content


def _hashes(resources: object) -> Iterator[tuple[str, tuple[str, str]]]:
    """The hashes of the parts: written as `sha256:...`, or beside their algorithm in files of the first version."""
    for resource in resources if isinstance(resources, list) else ():
        stated = resource.get("hash") or resource.get("stats", {}).get("hash", "")
        if found := _hash_of(stated, resource.get("hashing", "sha256")):
            yield resource["path"], found


def _hash_of(text: str, otherwise: str) -> tuple[str, str] | None:
    """Algorithm and hexadecimal hash; None where there is none that can be reckoned."""
    name, _, value = text.rpartition(":")
    name = name or otherwise
    return (name, value.lower()) if value and name in ALGORITHMS else None


def _hash(opener: Callable[[], BinaryIO], algorithm: str) -> str:
    """The hash of a part."""
    found = hashlib.new(algorithm)
    with opener() as stream:
        while piece := stream.read(PIECE):
            found.update(piece)
    return found.hexdigest()

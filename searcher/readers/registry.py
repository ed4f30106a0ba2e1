"""Which reader takes a file. A new format is one file with a Reader and one line here."""

from searcher.readers.base import Reader
from searcher.readers.csv import CsvReader
from searcher.readers.eml import EmlReader
from searcher.readers.html import HtmlReader
from searcher.readers.json import JsonReader
from searcher.readers.jsonl import JsonLinesReader
from searcher.readers.mbox import MboxReader
from searcher.readers.mhtml import MhtmlReader
from searcher.readers.newsml import NewsMlReader
from searcher.readers.newsmlg2 import NewsMlG2Reader
from searcher.readers.nitf import NitfReader
from searcher.readers.reuters import ReutersReader
from searcher.readers.source import Source
from searcher.readers.text import TextReader
from searcher.readers.wacz import WaczReader
from searcher.readers.warc import WarcReader

__all__ = ["READERS", "reader_for"]

# Asked in this order: the most particular first, plain text last because any text will do.
READERS: tuple[Reader, ...] = (
    WaczReader(),
    WarcReader(),
    MboxReader(),
    MhtmlReader(),
    EmlReader(),
    ReutersReader(),
    NitfReader(),
    NewsMlG2Reader(),
    NewsMlReader(),
    HtmlReader(),
    JsonLinesReader(),
    JsonReader(),
    CsvReader(),
    TextReader(),
)


def reader_for(source: Source) -> Reader | None:
    """The reader that takes a file, or None: the content of the file is asked first, its name second."""
    for path in ("", source.name):
        for reader in READERS:
            if reader.sniff(source.head, path):
                return reader
    return None

"""Which reader takes a file. A new format is one file with a Reader and one line here."""

from searcher.readers.anpa import AnpaReader
from searcher.readers.base import Reader
from searcher.readers.csv import CsvReader
from searcher.readers.docx import DocxReader
from searcher.readers.eml import EmlReader
from searcher.readers.factiva import FactivaReader
from searcher.readers.feeds import FeedReader
from searcher.readers.html import HtmlReader
from searcher.readers.iptc7901 import Iptc7901Reader
from searcher.readers.json import JsonReader
from searcher.readers.jsonl import JsonLinesReader
from searcher.readers.mbox import MboxReader
from searcher.readers.mhtml import MhtmlReader
from searcher.readers.newsml import NewsMlReader
from searcher.readers.newsmlg2 import NewsMlG2Reader
from searcher.readers.nexis import NexisReader
from searcher.readers.nexistext import NexisTextReader
from searcher.readers.ninjs import NinjsReader
from searcher.readers.nitf import NitfReader
from searcher.readers.pdf import PdfReader
from searcher.readers.reuters import ReutersReader
from searcher.readers.ris import RisReader
from searcher.readers.rtf import RtfReader
from searcher.readers.source import Source
from searcher.readers.text import TextReader
from searcher.readers.trec import TrecReader
from searcher.readers.wacz import WaczReader
from searcher.readers.warc import WarcReader
from searcher.readers.wxr import WxrReader

__all__ = ["READERS", "reader_for"]

# Asked in this order: the most particular first, plain text last because any text will do.
READERS: tuple[Reader, ...] = (
    WaczReader(),
    WarcReader(),
    MboxReader(),
    MhtmlReader(),
    EmlReader(),
    ReutersReader(),
    FactivaReader(),
    NexisReader(),
    NexisTextReader(),
    DocxReader(),
    PdfReader(),
    RtfReader(),
    TrecReader(),
    RisReader(),
    NewsMlG2Reader(),
    NewsMlReader(),
    NitfReader(),
    NinjsReader(),
    WxrReader(),
    AnpaReader(),
    Iptc7901Reader(),
    FeedReader(),
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

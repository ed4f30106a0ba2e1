"""Files to raw articles: which file formats an archive may be made of, and what each says.

    paths -> walk (files, sorted) -> source (opened, bounded) -> registry (which format) -> a Reader -> RawArticle

A reader takes a file apart and interprets nothing: dates stay words, pages stay HTML. One bad record costs itself.
"""

from searcher.readers.base import Reader
from searcher.readers.registry import READERS, reader_for
from searcher.readers.source import Source, open_source
from searcher.readers.walk import files_under, read_file, read_paths

__all__ = ["READERS", "Reader", "Source", "files_under", "open_source", "read_file", "read_paths", "reader_for"]

"""The files of the index, and Whoosh's view of them.

container    named arrays in a file       packing, runs    numbers in few bytes, postings laid out flat
terms        the words of a field         encode, postings what is written of a field, and read
columns      what is kept by document     stored           the articles
segment      three files                  merge            several segments become one
folder       where files lie              toc              which segments make up the index

codec        ArrayCodec and its segments  index            ArrayIndex: Whoosh's searcher on an index of this engine
perdoc, perdocwriter, values, rawcolumns           its documents
termsreader, fieldwriter, matcher, payload         its terms
storage                                            where Whoosh has its files

Searching needs none of the second group, so Whoosh is imported only where one of its two names is asked for.
"""

from typing import Any

__all__ = ["ArrayCodec", "ArrayIndex"]


def __getattr__(name: str) -> Any:
    if name == "ArrayCodec":
        from searcher.engines.whoosh.codec.codec import ArrayCodec

        return ArrayCodec
    if name == "ArrayIndex":
        from searcher.engines.whoosh.codec.index import ArrayIndex

        return ArrayIndex
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

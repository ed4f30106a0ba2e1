"""The default engine: a Whoosh index in a directory, its files arrays.

codec/       the files: arrays, postings, columns, stored articles, table of contents; Whoosh's view of them
schema       the fields, and how an article fills them
vocabulary   text -> numbers        invert    numbers -> postings       batch    articles -> a segment
writer       one batch of changes   policy    which segments merge      lock     one writer at a time
snapshot     one commit, pinned     sets      documents as arrays       scoring  BM25 on arrays
compile      nodes -> queries       queries, words, columns, patterns   what a query does on a segment
search       match, narrow, count   facets    ranking                   engine   all of it behind the seam
"""

from searcher.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]

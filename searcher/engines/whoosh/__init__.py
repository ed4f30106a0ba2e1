"""The default engine: a Whoosh index in a directory, its files arrays.

codec/       the files: arrays, postings, columns, stored articles, table of contents; Whoosh's view of them
schema       the fields, and how an article fills them; `fields` is the same as Whoosh's schema
vocabulary   text -> numbers         invert     numbers -> postings       batch     articles -> a segment
writer       one batch of changes    policy     which segments merge      lock      one writer at a time
snapshot     one commit, pinned      lists      postings of a word
sets         documents as arrays     scoring    BM25 on arrays
compile      nodes -> queries        queries    and, or, not, prefer      columns   facet values and dates
words, phrases, patterns, oneletter  what a word, a phrase, a pattern, a misspelt word finds in a segment
search       match, narrow, count    facets, ranking                      engine    all of it behind the seam
"""

from searcher.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]

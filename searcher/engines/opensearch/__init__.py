"""The distributed engine: articles in an OpenSearch cluster.

address      where it is                       cluster    requests, tries again, errors
indices      one for each period, one alias    mapping    the fields of an index
document     an article -> a document          writer     one batch, in pieces
nodes        nodes -> the query language       narrowing  what a request leaves
search       hits, total, counts               facets, stories, homes, copies
paging       all hits from one state           lookups    words, keys, sketches
rebuild      new indices in place of old       check      what is wrong
"""

from searcher.engines.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]

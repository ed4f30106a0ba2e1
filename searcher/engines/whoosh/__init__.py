"""The default engine: a Whoosh index in a directory.

schema     the fields          translate  nodes -> Whoosh queries     search   match, narrow, count, order
segment    columns as arrays   collect    queries -> arrays           writer   one batch, all or nothing
"""

from searcher.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]

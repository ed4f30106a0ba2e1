"""The words that options take: one place for the command line, the page and the engines; importing it loads nothing."""

__all__ = ["DATE_FIELD", "DEFAULT_FACETS", "FACETS", "MATCHES", "SORTS", "TEXT_FIELDS", "VALUE_FIELDS"]

TEXT_FIELDS = ("title", "body")
VALUE_FIELDS = ("location", "actor", "source", "author", "language")
DATE_FIELD = "date"

SORTS = ("relevance", "newest", "oldest")
MATCHES = ("all", "any")
FACETS = (*VALUE_FIELDS, DATE_FIELD)
DEFAULT_FACETS = ("location", "actor", "date", "source")

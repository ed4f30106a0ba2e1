"""The words that options take: one place for the command line, the page and the engines; importing it loads nothing."""

__all__ = [
    "ALIAS_KINDS",
    "COPIES",
    "COPY_PER_SOURCE",
    "DATE_FIELD",
    "DEFAULT_FACETS",
    "EVENT_CONFIDENCE",
    "EVENT_FIELD",
    "EVERY_COPY",
    "FACETS",
    "FIRST_COPY",
    "MATCHES",
    "MAX_LIMIT",
    "NAME_FIELDS",
    "PAGE_FACETS",
    "PLACE_FIELD",
    "RULES",
    "SORTS",
    "TEXT_FIELDS",
    "TIME_LIMIT",
    "VALUE_FIELDS",
]

TEXT_FIELDS = ("title", "body")
PLACE_FIELD = "location"
# What an article is about, and whatever it mentions: values are canonical names, which have other spellings.
NAME_FIELDS = (PLACE_FIELD, "actor", "mention")
VALUE_FIELDS = (*NAME_FIELDS, "source", "author", "language")
DATE_FIELD = "date"
EVENT_FIELD = "event"
# Dates of events are searched from this confidence on. The least sure that are read, years behind "since" or "the",
# have it: of 40 in Reuters and on news sites all are years that the text names.
EVENT_CONFIDENCE = 0.5

# What finds places and actors where no language model is asked for.
RULES = "rules"

SORTS = ("relevance", "newest", "oldest")
MATCHES = ("all", "any")
# One page of results; whoever wants them all exports them.
MAX_LIMIT = 10_000
# Of the articles that tell one story: all, the first alone, or the first of each source.
EVERY_COPY, FIRST_COPY, COPY_PER_SOURCE = COPIES = ("all", "first", "per-source")
FACETS = (*VALUE_FIELDS, DATE_FIELD, EVENT_FIELD)
DEFAULT_FACETS = ("location", "actor", "date", "source")
PAGE_FACETS = (*DEFAULT_FACETS, EVENT_FIELD)

# Seconds that a search may take before what was found by then is the answer. At 100,000 articles ordinary searches take
# milliseconds; who waits longer than this wants to know why.
TIME_LIMIT = 2.0

# What a name that a user adds can be: a place, a person, an organisation, a group or government, a ship.
ALIAS_KINDS = ("LOC", "PER", "ORG", "ACTOR", "VESSEL")

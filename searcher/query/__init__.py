"""What does a person mean? A string becomes nodes, nodes become a request, and a text shows where it matches.

parse("“Abu Kamal” kalibr")  ->  ParsedQuery(node, notes)
prefer_adjacent, expand_names ->  the node with what ranks first, and with other spellings of names
SearchRequest                 ->  what an engine is asked
Deadline                      ->  when it has to end
Highlighter                   ->  marks and snippets
"""

from searcher.query.adjacent import prefer_adjacent
from searcher.query.deadline import NEVER, Deadline
from searcher.query.highlight import Highlighter, Mark, Snippet
from searcher.query.names import expand_names
from searcher.query.parser import ParsedQuery, parse
from searcher.query.plan import Names, Plan, SearchOptions, alone, make_plan
from searcher.query.request import Order, SearchRequest, chosen, day_after, day_before, fold_value

__all__ = [
    "NEVER",
    "Deadline",
    "Highlighter",
    "Mark",
    "Names",
    "Order",
    "ParsedQuery",
    "Plan",
    "SearchOptions",
    "SearchRequest",
    "Snippet",
    "alone",
    "chosen",
    "day_after",
    "day_before",
    "expand_names",
    "fold_value",
    "make_plan",
    "parse",
    "prefer_adjacent",
]

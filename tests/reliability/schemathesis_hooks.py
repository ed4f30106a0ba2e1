"""What schemathesis is told of this server; it loads this in its own process.

The format `period` is that of days, months and years: no pattern tells the years that have a 29th of February. Of the
ids that it makes up, every other sound one becomes that of an article, so that there is something to answer.
"""

import os
import re
from typing import Any
from zlib import crc32

import schemathesis
from hypothesis import strategies as st

from searcher.web.guard import MOST_PARAMETERS

LENGTHS = (4, 7, 10)  # a year, a month, a day
IDS = os.environ["ARTICLE_IDS"].split()

days = st.dates().map(lambda day: day.isoformat())
schemathesis.openapi.format("period", st.builds(lambda day, length: day[:length], days, st.sampled_from(LENGTHS)))


@schemathesis.hook
def filter_query(context: schemathesis.HookContext, query: dict[str, Any]) -> bool:
    """Leave out what no schema can say: an empty period is none, and all values together are so many at most."""
    given = [values if isinstance(values, list) else [values] for values in (query or {}).values()]
    empty = [name for name in ("after", "before") if name in (query or {}) and not query[name]]
    return not empty and sum(map(len, given)) <= MOST_PARAMETERS


@schemathesis.hook
def map_path_parameters(context: schemathesis.HookContext, path_parameters: dict[str, Any]) -> dict[str, Any]:
    """Ids of articles instead of some that were made up."""
    made_up = str(path_parameters.get("article_id", "")) if path_parameters else ""
    chance = crc32(made_up.encode("utf-8", "surrogatepass"))
    if not re.fullmatch("[0-9a-f]{16}", made_up) or chance % 2:
        return path_parameters
    return {"article_id": IDS[chance // 2 % len(IDS)]}

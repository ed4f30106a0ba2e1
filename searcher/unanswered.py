"""Why was nothing found? Filters that leave nothing, whatever is searched for."""

from dataclasses import replace

from searcher.engines import Engine
from searcher.query import SearchRequest, alone
from searcher.query.nodes import Everything

__all__ = ["why_nothing"]


def why_nothing(engine: Engine, request: SearchRequest) -> tuple[str, ...]:
    """A note for each filter of a request that no article passes."""
    notes = []
    if request.after and request.before and request.after > request.before:
        notes.append(f"after {request.after} and before {request.before} leave no day between them")
    for field, values in request.include.items():
        unfiltered = replace(request, include={field: values}, exclude={}, after=None, before=None)
        if not engine.search(alone(unfiltered, Everything())).total:
            notes.append(f"no article has the {field} {' or '.join(values)}")
    return tuple(notes)

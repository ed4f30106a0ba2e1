"""One search: a request for hits, total and counts, and a second one for what depends on the first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from searcher.choices import DATE_FIELD, EVERY_COPY, PLACE_FIELD
from searcher.engines.hits import hit_of
from searcher.engines.opensearch.cluster import Asked, Cluster
from searcher.engines.opensearch.copies import copies_beside, later_copies
from searcher.engines.opensearch.document import restored
from searcher.engines.opensearch.facets import Counted, by_interval, counting, is_exact, under
from searcher.engines.opensearch.homes import Homes
from searcher.engines.opensearch.languages import Languages
from searcher.engines.opensearch.narrowing import EVERYTHING, Narrowing
from searcher.engines.opensearch.nodes import Clause, has_text
from searcher.engines.opensearch.paging import MOST, hits_of, window
from searcher.engines.opensearch.stories import ALL, COPIED, copied, repeated, repeats_in
from searcher.models import FacetCount, Hit, Results
from searcher.query import Highlighter, SearchRequest

__all__ = ["first_request", "found_by", "hits_in_order", "narrowed"]

SCORE_DECIMALS = 6
_COPIES, _REPEATED, _DAYS = "copies of", "repeated", "days"
_NEWEST = [{"moment": {"order": "desc", "missing": "_last"}}, {"id": "asc"}]
_ORDERS: dict[str, list[Any]] = {
    "relevance": [{"_score": "desc"}, *_NEWEST],
    "newest": _NEWEST,
    "oldest": [{"moment": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}
# A term of one shard is compared with those of all: else the same article scores otherwise in another decade.
_EVERYWHERE: dict[str, Any] = {"search_type": "dfs_query_then_fetch"}


def narrowed(cluster: Cluster, request: SearchRequest, algorithms: Sequence[str]) -> Narrowing:
    """What a request leaves, copies that are not wanted left out."""
    narrowing = Narrowing.of(request, algorithms)
    if request.copies != EVERY_COPY:
        wanted = [name for name in narrowing.variants if not name or name in request.facets]
        dropped = {name: later_copies(cluster, narrowing.all_of(name), request.copies) for name in wanted}
        narrowing.dropped.update(dropped)
    return narrowing


def found_by(cluster: Cluster, homes: Homes, languages: Languages, request: SearchRequest) -> Results:
    """The answer to a request."""
    narrowing, answer = _first(cluster, languages, request)
    total, counts = answer["hits"]["total"]["value"], answer.get("aggregations", {})
    counted = Counted(request, counts)
    hits = answer["hits"]["hits"]
    order = request.order
    if order.limit and order.offset + order.limit > MOST and order.offset < total:
        hits = window(cluster, _page(request, narrowing), order.offset, order.limit, **_EVERYWHERE)
    repeats, copies = _second(cluster, narrowing, counted, counts, [_told(hit) for hit in hits])
    highlighter = Highlighter(request.node)
    found = [_hit(hit, highlighter) for hit in request.deadline.while_in_time(hits)]
    return Results(
        query=request.query,
        total=total,
        stories=total - repeats.get(ALL, {}).get(ALL, 0),
        hits=tuple(replace(hit, duplicates=max(0, copies.get(hit.story, 1) - 1)) for hit in found),
        facets=_in_countries(homes, counted.facets(repeats)),
        partial=request.deadline.passed,
    )


def hits_in_order(cluster: Cluster, request: SearchRequest, algorithms: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Every hit of a request, whatever its limit, in its order and from one state."""
    page = _page(request, narrowed(cluster, request, algorithms))
    return hits_of(cluster, {**page, "_source": ["article", "sketch"]}, **_EVERYWHERE)


def _page(request: SearchRequest, narrowing: Narrowing) -> dict[str, Any]:
    """The request for hits alone, without a limit."""
    body: dict[str, Any] = {
        "query": narrowing.base,
        "sort": _ORDERS[request.order.sort],
        "track_scores": True,
        "_source": ["article"],
    }
    chosen = narrowing.under()
    return body if chosen is EVERYTHING else {**body, "post_filter": chosen}


def first_request(request: SearchRequest, narrowing: Narrowing, *, thorough: bool = False) -> Asked:
    """The request for hits, total and counts; `thorough` where shards told too little."""
    order = request.order
    counts = {**counting(request, narrowing, thorough=thorough), _COPIES: COPIED}
    body = {**_page(request, narrowing), "track_total_hits": True, "size": 0, "aggs": counts}
    if order.offset + order.limit <= MOST:
        body.update({"from": order.offset, "size": order.limit})
    if not body["size"]:
        body.pop("sort")
    return Asked(_timed(request, body), _EVERYWHERE)


def _first(cluster: Cluster, languages: Languages, request: SearchRequest) -> tuple[Narrowing, dict[str, Any]]:
    """What the request leaves, and the answer to the first question about it."""
    if request.copies != EVERY_COPY:
        languages.now()  # what is left out depends on it
    thorough = False
    while True:
        narrowing = narrowed(cluster, request, languages.algorithms)
        asked = [first_request(request, narrowing, thorough=thorough)]
        asked += [languages.question] if has_text(request.node) else []
        answer, *told = cluster.searches(asked)
        if told and languages.learn(told[0]):
            continue
        if answer["timed_out"]:
            request.deadline.passed = True
        if thorough or is_exact(answer["aggregations"]):
            return narrowing, answer
        thorough = True


def _timed(request: SearchRequest, body: dict[str, Any]) -> dict[str, Any]:
    """A body that is to be answered by the deadline, with what was found by then."""
    left = request.deadline.left
    return body if left is None else {**body, "timeout": f"{max(1, int(left * 1000))}ms"}


def _second(
    cluster: Cluster,
    narrowing: Narrowing,
    counted: Counted,
    counts: Mapping[str, Any],
    told: list[str],
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """What is repeated, by field and value; and how many articles of the archive tell each story of the page."""
    bodies: dict[str, Clause] = {}
    aggregations: dict[str, Clause] = {}
    if DATE_FIELD in counted.counts and counted.wants_days:
        aggregations[_DAYS] = under(narrowing.under(), {_DAYS: by_interval(10)})
    if stories := copied(counts[_COPIES]):
        aggregations[_REPEATED] = repeated(counted, narrowing, stories)
    if aggregations:
        bodies["more"] = {"size": 0, "query": narrowing.base, "aggs": aggregations}
    if told:
        bodies["told"] = copies_beside(told)
    if not bodies:
        return {}, {}
    answers = dict(zip(bodies, cluster.searches([Asked(body) for body in bodies.values()]), strict=True))
    more = answers["more"]["aggregations"] if aggregations else {}
    if _DAYS in more:
        counted.take_days(more[_DAYS][_DAYS])
    buckets = answers["told"]["aggregations"]["told"]["buckets"] if told else []
    repeats = repeats_in(counted, more[_REPEATED]) if _REPEATED in more else {}
    return repeats, {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _told(hit: Mapping[str, Any]) -> str:
    """The story that a hit tells."""
    kept = hit["_source"]["article"]["article"]
    return str(kept.get("story") or kept["id"])


def _hit(hit: Mapping[str, Any], highlighter: Highlighter) -> Hit:
    """A hit, but for the number of its copies."""
    score = round(float(hit.get("_score") or 0.0), SCORE_DECIMALS)
    return hit_of(restored(hit["_source"]), score, 0, highlighter)


def _in_countries(homes: Homes, facets: dict[str, tuple[FacetCount, ...]]) -> dict[str, tuple[FacetCount, ...]]:
    if places := facets.get(PLACE_FIELD):
        found = homes.of([count.value for count in places])
        facets[PLACE_FIELD] = tuple(replace(count, country=found[count.value]) for count in places)
    return facets

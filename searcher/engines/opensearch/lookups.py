"""Articles and words looked up without a search."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from searcher.analysis import words
from searcher.choices import TEXT_FIELDS
from searcher.engines.base import Copy
from searcher.engines.opensearch.cluster import Cluster
from searcher.engines.opensearch.document import bands_of, restored, sketch_in
from searcher.engines.opensearch.mapping import WORD_SUFFIX
from searcher.engines.opensearch.nodes import Clause
from searcher.engines.opensearch.paging import MOST, hits_of

__all__ = ["alike", "ids_at", "ids_with", "paths_of", "places_of", "word_counts", "words_beginning", "words_near"]

_WORDS = tuple(name + WORD_SUFFIX for name in TEXT_FIELDS)
# Words that a beginning or a misspelling stands for, as many as a query may have clauses. Where more begin so, those
# of SAMPLE articles are told, which has the common ones.
MOST_WORDS = 1_000
SAMPLE = 200
# Pieces of sketches asked for at a time, and articles read for one sketch: see MOST_COMPARED in the Whoosh engine.
MOST_PIECES = 60_000
TOGETHER = 1_000


def places_of(cluster: Cluster, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The id of each of some articles that is there, with the name of the index that holds it."""
    for start in range(0, len(ids), MOST // 2):
        asked = list(ids[start : start + MOST // 2])
        body = {"size": MOST, "_source": False, "query": {"ids": {"values": asked}}}
        for hit in cluster.search(body)["hits"]["hits"]:
            yield hit["_id"], hit["_index"]


def paths_of(cluster: Cluster, ids: Sequence[str]) -> dict[str, str]:
    """The path of each of some articles that is there; empty where it came from nowhere."""
    found = {}
    for start in range(0, len(ids), MOST // 2):
        asked = list(ids[start : start + MOST // 2])
        body = {"size": MOST, "_source": False, "docvalue_fields": ["path"], "query": {"ids": {"values": asked}}}
        for hit in cluster.search(body)["hits"]["hits"]:
            found[hit["_id"]] = str(next(iter(hit.get("fields", {}).get("path", ())), ""))
    return found


def ids_at(cluster: Cluster, paths: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each of some paths the ids of its articles, sorted."""
    if not paths:
        return {}
    body = {
        "query": {"terms": {"path": list(paths)}},
        "sort": [{"id": "asc"}],
        "_source": False,
        "docvalue_fields": ["path"],
    }
    found: dict[str, list[str]] = {path: [] for path in paths}
    for hit in _all_of(cluster, body):
        found[hit["fields"]["path"][0]].append(hit["_id"])
    return {path: tuple(ids) for path, ids in found.items()}


def ids_with(cluster: Cluster, field: str, value: str) -> tuple[str, ...]:
    """Ids of the articles whose key is just that, sorted."""
    body = {"query": {"term": {field: value}}, "sort": [{"id": "asc"}], "_source": False}
    return tuple(sorted(hit["_id"] for hit in _all_of(cluster, body)))


def _all_of(cluster: Cluster, body: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """All hits: in one request where they are few."""
    first: list[dict[str, Any]] = cluster.search({**body, "size": TOGETHER})["hits"]["hits"]
    return first if len(first) < TOGETHER else hits_of(cluster, body, MOST)


def alike(cluster: Cluster, sketches: Sequence[bytes], least: int) -> list[tuple[int, Copy]]:
    """Articles whose sketch has at least so many bytes in common with one of these, each with its number."""
    found: list[tuple[int, Copy]] = []
    for number, copies in _sharing(cluster, sketches):
        wanted = sketches[number]
        found += [(number, copy) for copy in copies if sum(map(int.__eq__, wanted, copy.sketch)) >= least]
    return found


def _sharing(cluster: Cluster, sketches: Sequence[bytes]) -> Iterator[tuple[int, list[Copy]]]:
    """For each sketch the articles that have a piece in common with it."""
    owners: dict[int, list[int]] = {}
    for number, sketch in enumerate(sketches):
        for band in set(bands_of(sketch)):
            owners.setdefault(band, []).append(number)
    bands = iter(owners)
    held: dict[int, dict[str, Copy]] = {}
    while asked := list(islice(bands, MOST_PIECES)):
        body = {"query": {"terms": {"bands": asked}}, "sort": [{"id": "asc"}], "_source": _KEYS}
        for hit in hits_of(cluster, body, TOGETHER):
            kept = hit["_source"]
            article = kept["article"]["article"]
            copy = Copy(article["id"], article.get("story") or article["id"], sketch_in(kept))
            for band in bands_of(copy.sketch):
                for number in owners.get(band, ()):
                    held.setdefault(number, {})[copy.id] = copy
    for number in sorted(held):
        yield number, list(held[number].values())


_KEYS = ["article.article.id", "article.article.story", "sketch"]


def word_counts(cluster: Cluster, asked: Sequence[str]) -> dict[str, int]:
    """In how many articles each folded word stands; those that stand in none are left out."""
    if not asked:
        return {}
    filters = {word: {"bool": {"should": [{"term": {name: word}} for name in _WORDS]}} for word in asked}
    body = {"size": 0, "query": _having(asked), "aggs": {"words": {"filters": {"filters": filters}}}}
    buckets = cluster.search(body)["aggregations"]["words"]["buckets"]
    return {word: bucket["doc_count"] for word, bucket in buckets.items() if bucket["doc_count"]}


def _having(asked: Sequence[str]) -> Clause:
    return {"bool": {"should": [{"terms": {name: list(asked)}} for name in _WORDS]}}


def words_beginning(cluster: Cluster, start: str) -> dict[str, int]:
    """Folded words that begin so, with their counts, in order; of very many the common ones."""
    found = set(islice(_expanded(cluster, start), MOST_WORDS + 1))
    if len(found) > MOST_WORDS:
        found = set(sorted(_sampled(cluster, start))[:MOST_WORDS])
    return dict(sorted(word_counts(cluster, sorted(found)).items()))


def _expanded(cluster: Cluster, start: str) -> Iterator[str]:
    """What a prefix becomes when the cluster rewrites it: its words, in order, from the dictionary of each shard."""
    for name in _WORDS:
        query = {"prefix": {name: {"value": start, "rewrite": f"top_terms_{MOST_WORDS + 1}"}}}
        told = cluster.ask(
            "GET", f"/{cluster.alias}/_validate/query", {"query": query}, rewrite="true", all_shards="true"
        )
        for shard in told.get("explanations", ()):
            yield from _terms_in(str(shard.get("explanation", "")), name)


def _terms_in(explanation: str, field: str) -> Iterator[str]:
    """The terms of a query as Lucene writes it: `body_word:missile body_word:mission`."""
    for part in explanation.replace("(", " ").replace(")", " ").split():
        name, _, word = part.partition(":")
        if name == field and word:
            yield word.partition("^")[0]


def _sampled(cluster: Cluster, start: str) -> set[str]:
    """Words that begin so in some articles."""
    beginning: list[Any] = [{"prefix": {name: start}} for name in _WORDS]
    body = {"size": SAMPLE, "query": {"bool": {"should": beginning}}, "_source": ["article"]}
    articles = [restored(hit["_source"]) for hit in cluster.search(body)["hits"]["hits"]]
    return {word for article in articles for word in _in(article.title, article.body) if word.startswith(start)}


def _in(*texts: str) -> Iterable[str]:
    return (word for text in texts for word in words(text))


def words_near(cluster: Cluster, word: str, distance: int) -> dict[str, int]:
    """Folded words with the same first letter, at most so many letters away, with their counts, in order."""
    term = {
        "size": MOST_WORDS, "shard_size": MOST_WORDS, "suggest_mode": "always", "prefix_length": 1,
        "max_edits": distance, "min_word_length": 1, "accuracy": 0.0, "max_inspections": MOST_WORDS,
        "string_distance": "damerau_levenshtein", "max_term_freq": 1_000_000_000,
    }  # fmt: skip
    suggest = {"text": word, **{name: {"term": {**term, "field": name}} for name in _WORDS}}
    answer = cluster.search({"size": 0, "suggest": suggest})["suggest"]
    found = {option["text"] for name in _WORDS for entry in answer[name] for option in entry["options"]}
    return dict(sorted(word_counts(cluster, sorted({*found, word})[:MOST_WORDS]).items()))

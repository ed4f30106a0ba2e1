"""Answers for programs: JSON, JSON lines, CSV."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from searcher.choices import PLACE_FIELD
from searcher.models import AddReport, Article, CopyReport, FacetCount, Hit, Pending, Results, Stats, Story

__all__ = [
    "article_csv",
    "article_dict",
    "article_json",
    "copy_dict",
    "pending_dict",
    "report_dict",
    "report_lines",
    "results_csv",
    "results_dict",
    "results_json",
    "results_jsonl",
    "stats_dict",
    "story_dict",
    "to_json",
]

HIT_COLUMNS = (
    "id",
    "title",
    "date",
    "source",
    "url",
    "path",
    "language",
    "score",
    "snippet",
    "locations",
    "actors",
    "duplicates",
    "story",
)
ARTICLE_COLUMNS = (
    "id",
    "title",
    "date",
    "source",
    "url",
    "path",
    "record",
    "language",
    "authors",
    "locations",
    "actors",
    "body",
)
# A spreadsheet runs cells that begin so; the apostrophe makes them text (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def results_dict(results: Results) -> dict[str, Any]:
    """The object of `search --json` and `/api/search`."""
    made: dict[str, Any] = {
        "query": results.query,
        "total": results.total,
        "stories": results.stories,
        "took_ms": round(results.took_ms, 2),
        "partial": results.partial,
        "suggestion": results.suggestion,
        "notes": list(results.notes),
        "hits": [_hit_dict(hit) for hit in results.hits],
        "facets": {
            name: [_count_dict(count, placed=name == PLACE_FIELD) for count in counts]
            for name, counts in results.facets.items()
        },
    }
    if results.explain:
        made["read_as"] = results.read_as
        made["explain"] = [{"clause": clause, "total": total} for clause, total in results.explain]
    return made


def results_json(results: Results) -> str:
    """One JSON object."""
    return to_json(results_dict(results), indent=2)


def results_jsonl(results: Results) -> str:
    """One JSON object a line: the hits, then everything else as the last line with `"type": "summary"`."""
    whole = results_dict(results)
    hits = whole.pop("hits")
    lines = [{"type": "hit", **hit} for hit in hits]
    return "\n".join(to_json(line) for line in [*lines, {"type": "summary", **whole}])


def results_csv(results: Results) -> str:
    """The hits as CSV with a header line; values of lists are joined by "; "."""
    return _csv(HIT_COLUMNS, [_hit_dict(hit) for hit in results.hits])


def article_csv(article: Article | None) -> str:
    """One article as a CSV line; the header line for None."""
    if article is None:
        return ",".join(ARTICLE_COLUMNS)
    return _csv(ARTICLE_COLUMNS, [article_dict(article)], header=False)


def article_dict(article: Article) -> dict[str, Any]:
    """Every field of an article, its date as ISO 8601 and what is known of it beside."""
    made = asdict(replace(article, sketch=b"", story=article.tells))
    del made["sketch"]  # bytes that mean nothing to others
    date = article.date
    made["date"] = date.isoformat() if date else None
    made["date_precision"] = date.precision if date else "none"
    made["date_source"] = date.source if date else None
    made["date_ambiguous"] = date.ambiguous if date else False
    return made


def article_json(article: Article, *, indent: int | None = 2) -> str:
    """An article as one JSON object."""
    return to_json(article_dict(article), indent=indent)


def pending_dict(pending: Pending) -> dict[str, Any]:
    """The object of `archive add --dry-run --json`."""
    return asdict(pending)


def report_dict(report: AddReport) -> dict[str, Any]:
    """The object of `archive add --json`.

    `extra` stands only where something has to be installed, `workers` and `seconds` where other machines worked.
    """
    made = asdict(report)
    if not report.workers:
        del made["workers"], made["seconds"]
    made["skipped"] = [
        {key: value for key, value in skip.items() if value or key != "extra"} for skip in made["skipped"]
    ]
    return made


def copy_dict(report: CopyReport) -> dict[str, Any]:
    """The object of `archive copy --json`."""
    return asdict(report)


def report_lines(report: AddReport) -> str:
    """What was skipped as JSON lines, then everything else as the last line with `"type": "summary"`."""
    whole = report_dict(report)
    lines = [{"type": "skipped", **skip} for skip in whole.pop("skipped")]
    return "\n".join(to_json(line) for line in [*lines, {"type": "summary", **whole, "skipped": len(lines)}])


def stats_dict(stats: Stats) -> dict[str, Any]:
    """The object of `archive status --json`."""
    return asdict(stats)


def story_dict(story: Story) -> dict[str, Any]:
    """The object of `archive story --json` and `/api/story/ID`."""
    made = asdict(story)
    for version, shown in zip(story.versions, made["versions"], strict=True):
        shown["date"] = version.date.isoformat() if version.date else None
    return {**made, "sources": list(story.sources)}


def _hit_dict(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "title": hit.title,
        "date": hit.date.isoformat() if hit.date else None,
        "source": hit.source,
        "url": hit.url,
        "path": hit.path,
        "language": hit.language,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
        "title_marks": [list(mark) for mark in hit.title_marks],
        "where": hit.where,
        "locations": list(hit.locations),
        "actors": list(hit.actors),
        "duplicates": hit.duplicates,
        "matched": list(hit.matched),
        "story": hit.story,
    }


def _count_dict(count: FacetCount, *, placed: bool) -> dict[str, Any]:
    """A value with its count; of a place the country too."""
    made = {"value": count.value, "count": count.count, "stories": count.stories, "selected": count.selected}
    return {**made, "country": count.country} if placed else made


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Any of these objects as JSON text, every script as itself."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _csv(columns: tuple[str, ...], rows: list[dict[str, Any]], *, header: bool = True) -> str:
    made = [_line([_cell(row[name]) for name in columns]) for row in rows]
    return "\n".join([_line(columns), *made] if header else made)


def _line(cells: Sequence[str]) -> str:
    """One row without its end. The writer quotes just the line breaks of its own end: it is told of both kinds."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return "'" + text if text.startswith(_FORMULA) and not isinstance(value, int | float) else text

"""What the JSON resources answer, as JSON Schema: every key is there, and no other."""

from typing import Any, get_args

from searcher.choices import FACETS, PLACE_FIELD
from searcher.models import MentionField, MentionKind, Precision

__all__ = ["Schema", "schemas"]

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
COUNT: Schema = {"type": "integer", "minimum": 0}
SURE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
YES: Schema = {"type": "boolean"}
ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
DATE: Schema = {
    "type": ["string", "null"],
    "description": "ISO 8601, cut at what is known: 2017, 2017-10, 2017-10-31, 2017-10-31T10:15+03:00.",
}
MARKS: Schema = {
    "description": "Places in the text, as (start, end) in characters.",
    "type": "array",
    "items": {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2},
}
# Keys that are there where `explain` was asked for.
WHERE_ASKED = ("read_as", "explain")


def schemas() -> dict[str, Schema]:
    """Each by the name that the description refers to it by."""
    return {
        "Error": _object(error={**TEXT, "description": "What happened, where, and what to do next, in one sentence."}),
        "Results": _results(),
        "Hit": _hit(),
        "Article": _article(),
        "Mention": _mention(),
        "EventDate": _event(),
        "Story": _object(id=ID, versions={"type": "array", "items": _ref("Version")}, sources=TEXTS),
        "Version": _object(
            id=ID, title=TEXT, date=DATE, source=TEXT, url=TEXT, path=TEXT, retitled=YES, added=TEXTS, dropped=TEXTS
        ),
    }


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in WHERE_ASKED],
        "additionalProperties": False,
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _results() -> Schema:
    facets = {name: _counts(placed=name == PLACE_FIELD) for name in FACETS}
    return _object(
        query={**TEXT, "description": "As it was typed."},
        total={**COUNT, "description": "Articles that match: exact, not those of this page."},
        stories={**COUNT, "description": "Stories that these articles tell."},
        took_ms={"type": "number", "minimum": 0},
        suggestion={"type": ["string", "null"], "description": "A query that finds something, where this does not."},
        notes={**TEXTS, "description": "How the query was read where that is not obvious."},
        partial={"type": "boolean", "description": "Whether the time was over before all was found."},
        hits=_list("Hit"),
        facets={"type": "object", "properties": facets, "additionalProperties": False},
        read_as={**TEXT, "description": "The query as it was understood; with `explain`."},
        explain={"type": "array", "items": _object(clause=TEXT, total=COUNT)},
    )


def _counts(*, placed: bool) -> Schema:
    """The counts of one facet; a place says which country it lies in."""
    country = {"country": TEXT} if placed else {}
    return {"type": "array", "items": _object(value=TEXT, count=COUNT, stories=COUNT, selected=YES, **country)}


def _hit() -> Schema:
    return _object(
        id=ID,
        title=TEXT,
        date=DATE,
        source=TEXT,
        url=TEXT,
        path=TEXT,
        language={**TEXT, "description": "ISO 639-1, or empty."},
        score={"type": "number"},
        snippet=TEXT,
        marks=MARKS,
        title_marks=MARKS,
        where={**TEXT, "description": "Where the snippet stands."},
        locations=TEXTS,
        actors=TEXTS,
        duplicates={**COUNT, "description": "Other articles of the same story."},
        matched={**TEXTS, "description": "Spellings by which names of the query stand in the article."},
        story=ID,
    )


def _article() -> Schema:
    date = {
        "date": DATE,
        "date_precision": {"enum": [*get_args(Precision), "none"]},
        "date_source": {"type": ["string", "null"]},
        "date_ambiguous": YES,
    }
    texts = ("title", "body", "dateline", "source", "url", "language", "section", "path", "record", "reader", "sha256",
             "fingerprint", "filed_from", "agency")  # fmt: skip
    lists = ("captions", "authors", "tags", "warnings", "locations", "actors", "countries", "mentioned")
    return _object(
        id=ID,
        story=ID,
        **dict.fromkeys(texts, TEXT),
        **dict.fromkeys(lists, TEXTS),
        **date,
        within={"type": "array", "items": {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}},
        mentions=_list("Mention"),
        events=_list("EventDate"),
    )


def _mention() -> Schema:
    degrees = {"type": ["number", "null"]}
    return _object(
        **_place_in_text(),
        kind={"enum": list(get_args(MentionKind))},
        id=TEXT,
        name=TEXT,
        subkind=TEXT,
        country={**TEXT, "description": "ISO 3166-1 alpha-2, or empty."},
        admin1=TEXT,
        lat={**degrees, "minimum": -90, "maximum": 90},
        lon={**degrees, "minimum": -180, "maximum": 180},
        confidence=SURE,
        rule=TEXT,
        role=TEXT,
    )


def _event() -> Schema:
    return _object(**_place_in_text(), day=TEXT, confidence=SURE, rule=TEXT)


def _place_in_text() -> dict[str, Schema]:
    """`article[field][start:end]` is `text`."""
    return {"text": TEXT, "start": COUNT, "end": COUNT, "field": {"enum": list(get_args(MentionField))}}

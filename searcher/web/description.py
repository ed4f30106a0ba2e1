"""What the server answers to, as OpenAPI 3.1: for people who write programs on it, and for tests that try it all."""

from functools import cache
from importlib import metadata
from typing import Any

from searcher.choices import COPIES, DEFAULT_FACETS, FACETS, MATCHES, MAX_LIMIT, SORTS, TIME_LIMIT, VALUE_FIELDS
from searcher.web.guard import HEAD_BYTES, MOST_PARAMETERS
from searcher.web.schemas import ID, Schema, schemas

__all__ = ["DESCRIPTION_PATH", "NUMBERS", "description"]

DESCRIPTION_PATH = "/api/openapi.json"
NUMBERS = ("limit", "offset", "facet_size")

DAY = "A year, month or day such as 2017, 2017-10, 2017-10-31, which is included."
FLAG = "On with any value but 0, no, off, false and none at all."
ABOUT = f"""Searches a news archive. Nothing can be changed by it.

A request has at most {MOST_PARAMETERS} parameters and {HEAD_BYTES:,} bytes of address. Parameters of other names mean
nothing; `not-location` is `not_location`. Each answer forbids scripts, framing and caching."""


@cache
def description() -> dict[str, Any]:
    """The whole description; the same object each time."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "News archive", "version": metadata.version("searcher"), "description": ABOUT},
        "paths": {
            "/": _page("The results page.", _search()),
            "/article/{article_id}": _page("An article, marked where a search finds it.", [_id(), *_search()]),
            "/story/{article_id}": _page("Every article of the story that one tells.", [_id(), *map(_kept, _search())]),
            "/api/search": _json("Articles that match, with facet counts.", "Results", [*_search(), *_api()]),
            "/api/article/{article_id}": _json("An article with its mentions.", "Article", [_id()]),
            "/api/story/{article_id}": _json("The story that an article tells.", "Story", [_id()]),
            DESCRIPTION_PATH: _file("This description.", "application/json", {"type": "object"}),
            "/style.css": _file("The style of the pages.", "text/css; charset=utf-8"),
            "/icon.svg": _file("The sign of the pages.", "image/svg+xml"),
        },
        "components": {"schemas": schemas()},
    }


def _search() -> list[Schema]:
    """The parameters that a search is made of, on the pages and in the API."""
    picked = "Articles with this {}; of several values one must be there."
    return [
        _parameter("q", "The query; all articles where it is empty."),
        *(_many(name, picked.format(name)) for name in VALUE_FIELDS),
        *(_many(f"not_{name}", f"Articles without this {name}.") for name in VALUE_FIELDS),
        _parameter("after", DAY, format="period"),
        _parameter("before", DAY, format="period"),
        _parameter("sort", "The order.", enum=["", *SORTS]),
        _parameter("match", "Whether all words must be there, or any.", enum=["", *MATCHES]),
        _parameter("copies", "Which of the articles that tell one story.", enum=["", *COPIES]),
        _parameter("time_limit", f"Seconds that a search may take: fewer than {TIME_LIMIT:g}, else that many."),
        _parameter("phrase", f"All words as one phrase. {FLAG}"),
        _parameter("exact", f"No other spellings of names. {FLAG}"),
        _parameter("page", "The page, from 1; what is no number is 1."),
    ]


def _api() -> list[Schema]:
    """The parameters of the API alone."""
    return [
        _parameter("limit", "Hits in one answer.", type="integer", minimum=0, maximum=MAX_LIMIT, default=10),
        _parameter(
            "offset", "Hits before the first; instead of `page`.", type="integer", minimum=0, maximum=999_999_999
        ),
        _parameter("facet_size", "Values of a facet.", type="integer", minimum=1, maximum=999_999_999, default=10),
        _many("facet", f"What is counted: {', '.join(DEFAULT_FACETS)} where none is given.", enum=list(FACETS)),
        _parameter("explain", "Counts each part of the query alone; with any value."),
    ]


def _parameter(name: str, about: str, **schema: Any) -> Schema:
    return {"name": name, "in": "query", "description": about, "schema": {"type": "string", **schema}}


def _many(name: str, about: str, **schema: Any) -> Schema:
    """A parameter that may be given several times."""
    values = {"type": "array", "items": {"type": "string", **schema}}
    return {"name": name, "in": "query", "description": about, "schema": values, "explode": True}


def _id() -> Schema:
    about = "The id of an article, as /api/search gives it."
    return {"name": "article_id", "in": "path", "required": True, "description": about, "schema": ID}


def _kept(parameter: Schema) -> Schema:
    """A parameter that is not read, but kept for the way back to the search."""
    rest = {key: value for key, value in parameter["schema"].items() if key in ("type", "items")}
    return {**parameter, "schema": rest, "description": "For the way back to the results."}


def _page(about: str, parameters: list[Schema]) -> Schema:
    return _get(about, "text/html; charset=utf-8", {"type": "string"}, "text/html; charset=utf-8", parameters)


def _json(about: str, schema: str, parameters: list[Schema]) -> Schema:
    answer = {"$ref": f"#/components/schemas/{schema}"}
    return _get(about, "application/json", answer, "application/json", parameters)


def _file(about: str, media_type: str, schema: Schema | None = None) -> Schema:
    return {"get": {"summary": about, "responses": {"200": _answer(about, media_type, schema or {"type": "string"})}}}


def _get(about: str, media_type: str, schema: Schema, error_type: str, parameters: list[Schema]) -> Schema:
    """One path: its answer, and the ways in which it fails."""
    error = {"$ref": "#/components/schemas/Error"} if error_type == "application/json" else {"type": "string"}
    failures = {
        "400": "What was asked cannot be meant, or is asked of another host.",
        "404": "No article has this id.",
        "414": "The address is too long.",
        "503": "The archive is missing or damaged.",
    }
    if all(parameter["in"] == "query" for parameter in parameters):
        del failures["404"]
    responses = {"200": _answer(about, media_type, schema)}
    responses |= {status: _answer(reason, error_type, error) for status, reason in failures.items()}
    return {"get": {"summary": about, "parameters": parameters, "responses": responses}}


def _answer(about: str, media_type: str, schema: Schema) -> Schema:
    return {"description": about, "content": {media_type: {"schema": schema}}}

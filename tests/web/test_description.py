"""The description of the server against the server itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from searcher import choices
from searcher.archive import Archive
from searcher.render.state import PARAMETERS
from searcher.web.app import make_app
from searcher.web.description import NUMBERS, description

API_ALONE = {*NUMBERS, "facet", "explain"}


def parameters(path: str, place: str = "query") -> dict[str, Any]:
    """The schema of each parameter of a path."""
    found = description()["paths"][path]["get"]["parameters"]
    return {parameter["name"]: parameter["schema"] for parameter in found if parameter["in"] == place}


def test_every_route_is_described(tmp_path: Path) -> None:
    """And nothing that is not there."""
    with Archive.open(tmp_path) as archive:
        routes = make_app(archive).routes
    assert {route.path for route in routes if isinstance(route, Route)} == set(description()["paths"])
    assert all(isinstance(route, Route) for route in routes)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/", set(PARAMETERS)),
        ("/article/{article_id}", set(PARAMETERS)),
        ("/story/{article_id}", set(PARAMETERS)),
        ("/api/search", {*PARAMETERS, *API_ALONE}),
        ("/api/article/{article_id}", set()),
        ("/api/story/{article_id}", set()),
    ],
)
def test_every_parameter_is_described(path: str, names: set[str]) -> None:
    """Those that make up a search on every page that keeps one, those of the API besides, the id where it is in it."""
    assert set(parameters(path)) == names
    assert set(parameters(path, "path")) == ({"article_id"} if "{article_id}" in path else set())


def test_parameters_take_what_the_archive_takes() -> None:
    """Each choice by the words for it; no choice is the usual one."""
    schemas = parameters("/api/search")
    assert schemas["sort"]["enum"] == ["", *choices.SORTS]
    assert schemas["match"]["enum"] == ["", *choices.MATCHES]
    assert schemas["copies"]["enum"] == ["", *choices.COPIES]
    assert schemas["facet"]["items"]["enum"] == list(choices.FACETS)
    assert schemas["limit"]["maximum"] == choices.MAX_LIMIT
    for name in choices.VALUE_FIELDS:
        assert schemas[name]["type"] == schemas[f"not_{name}"]["type"] == "array"


def test_it_is_served(client: TestClient) -> None:
    """As JSON, with every reference leading somewhere."""
    response = client.get("/api/openapi.json")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert response.json() == description()
    text = json.dumps(response.json())
    known = {f"#/components/schemas/{name}" for name in description()["components"]["schemas"]}
    referred = {part.split('"')[0] for part in text.split('"$ref": "')[1:]}
    assert referred == known

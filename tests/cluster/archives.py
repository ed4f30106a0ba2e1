"""Archives of tests in a cluster: articles made by number, and what a node is told directly."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cluster3 import asked
from samples import article

from searcher.engines.opensearch import OpenSearchEngine
from searcher.models import Article
from searcher.query import Order, SearchRequest
from searcher.query.nodes import Everything

__all__ = ["Node", "add", "ids_in", "numbered", "write_lines"]


def numbered(numbers: Iterable[int], year: int = 2020) -> list[Article]:
    """Articles that are like no other, each found by the word `report` and by one of its own."""
    return [
        article(
            f"{number:08}",
            title=f"Report {number}",
            body=f"Rain over the harbour n{number}. "
            + " ".join(f"w{number * 7919 % (place + 11)}" for place in range(30)),
            date=f"{year}-{1 + number % 12:02}-{1 + number % 28:02}",
        )
        for number in numbers
    ]


def add(engine: OpenSearchEngine, articles: Iterable[Article]) -> set[str]:
    """Add articles as one batch; the ids that are acknowledged."""
    acknowledged = set()
    with engine.writer() as writer:
        for entry in articles:
            writer.add(entry)
            acknowledged.add(entry.id)
    return acknowledged - {refused.id for refused in writer.refused}


def ids_in(engine: OpenSearchEngine) -> set[str]:
    """The ids of all that is there; each is there once, and the total of a search says the same."""
    found = [entry.id for entry in engine.articles()]
    total = engine.search(SearchRequest(node=Everything(), order=Order(limit=0))).total
    assert total == len(found) == len(set(found))
    return set(found)


def write_lines(path: Path, years: Iterable[int], word: str = "rain") -> Path:
    """A file with an article a line, one for each of these years."""
    lines = ({"title": f"On {year}", "body": f"The {word} of {year}, told.", "date": f"{year}-05-01"} for year in years)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


class Node:
    """A node that is told directly what the engine would never tell it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """What it answers."""
        return asked(f"{self.url}{path}", body, method)

    def settings(self, index: str, **changed: object) -> None:
        """Change settings of an index, with __ for the dots of their names; None gives the default back."""
        self.ask("PUT", f"/{index}/_settings", {name.replace("__", "."): value for name, value in changed.items()})

    def setting(self, name: str, value: object) -> None:
        """Change a setting of the whole cluster; None gives the default back."""
        self.ask("PUT", "/_cluster/settings", {"transient": {name: value}})

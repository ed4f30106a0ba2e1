"""What an index answers, as JSON: `python asked.py PLACE`; for any Python that has the package."""

import json
import sys

from searcher import Archive

__all__ = ["QUERIES"]

QUERIES = (
    "kalibr", "submarine OR missile", '"Abu Kamal"', '"near port"~8', "mis*", "fuel~", "wom?n", "location:Syria", "*",
    "Россия", "البوكمال", "date:2017..2019", "-syria navy", "title:treaty^3 crimea", "Daesh", "café",
)  # fmt: skip


def main() -> None:
    """Ask everything, and print the ids with their scores to the last bit, totals, facets and every article."""
    with Archive.open(sys.argv[1]) as archive:
        answers = {}
        for query in QUERIES:
            results = archive.search(query, limit=500)
            facets = {name: [(c.value, c.count) for c in counts] for name, counts in results.facets.items()}
            hits = [(hit.id, hit.score.hex(), hit.snippet) for hit in results.hits]
            answers[query] = {"total": results.total, "hits": hits, "facets": facets, "notes": results.notes}
        articles = sorted(repr(article) for article in archive.articles())
        found = {"answers": answers, "articles": articles, "check": archive.check(deep=True)}
    print(json.dumps(found, sort_keys=True))


if __name__ == "__main__":
    main()

"""The model of how large a cluster must be, and the page that shows it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sizing
from sizing.measure import fill_and_measure
from sizing.model import SHARD_GB, TERMS, Prices, cluster_for, predicted

SCRIPT = Path(sizing.__file__).resolve().parents[1] / "size_cluster.py"
DOCS = SCRIPT.parents[1] / "docs"


def figures(per_article: int, milliseconds: tuple[float, float]) -> list[dict[str, Any]]:
    """Two sizes at which an article takes as many bytes."""
    return [
        {
            "articles": articles,
            "per_second": 1_000,
            "parts": {"stored articles": per_article * articles},
            "milliseconds": {"common word": took},
        }
        for articles, took in zip((10_000, 100_000), milliseconds, strict=True)
    ]


def test_what_grows_with_the_articles_is_reckoned_so() -> None:
    """And what grows with the root of their number, as words do, with the root."""
    found = predicted({"stored": [1_100, 10_000], TERMS: [1_000, 3_162], "none": [0, 0]}, [10, 100], 10_000)
    assert found["stored"] == pytest.approx(1_000_000)
    assert found[TERMS] == pytest.approx(31_620, rel=0.001)
    assert found["none"] == 0


def test_a_part_never_grows_faster_than_the_articles() -> None:
    """Segments that were not merged yet are no law of growth."""
    assert predicted({TERMS: [10, 200]}, [10, 100], 1_000) == {TERMS: 2_000}


def test_shards_disk_nodes_and_money_follow_from_bytes() -> None:
    """3,000 bytes an article make 300 GB of 100 million; every shard is there twice."""
    made = cluster_for(10**8, figures(3_000, (10.0, 10.0)), Prices(node_hour=1.0, gb_month=0.1))
    assert (round(made.primary_gb), made.shards) == (300, 300 // SHARD_GB)
    assert made.disk_gb == pytest.approx(2 * 300 / 0.85 + 30)
    assert (made.nodes, round(made.dollars_a_month)) == (3, round(3 * 730 + made.disk_gb * 0.1))


def test_the_slowest_query_depends_on_the_size_of_a_shard() -> None:
    """0.1 ms for each thousand articles more: ten million in a shard take about a second."""
    made = cluster_for(10**8, figures(3_000, (10.0, 19.0)))
    assert made.slowest_seconds == pytest.approx(0.019 + (10**7 - 10**5) * 0.0001 / 1000)


def test_the_page_shows_what_the_model_says_now() -> None:
    """Of the figures beside it: nobody edits a table by hand."""
    said = subprocess.run([sys.executable, SCRIPT, "tables"], capture_output=True, text=True, check=True).stdout
    page = (DOCS / "scale.md").read_text(encoding="utf-8")
    for table in said.strip().split("\n\n"):
        assert table in page
    sizes = [held["articles"] for held in json.loads((DOCS / "scale.json").read_text(encoding="utf-8"))["figures"]]
    assert sizes[-2:] == [100_000, 1_000_000]


@pytest.mark.cluster
def test_an_archive_is_filled_and_measured_at_each_size(cluster_url: str, corpus: Path) -> None:
    """The parts of an index are all there is of it, but for a few bytes."""
    url = f"opensearch://{cluster_url.partition('://')[2]}/test-sizes"
    small, large = fill_and_measure(url, [400, 600], corpus, "generated", 1)
    assert (small["articles"], large["articles"]) == (400, 600)
    assert small["bytes"] < large["bytes"]
    assert sum(large["parts"].values()) == large["bytes"] <= large["bytes_unmerged"]
    assert all(took > 0 for took in large["milliseconds"].values())

"""A pytest plugin: whatever is tested, Whoosh writes its indexes with this project's codec, and the outcome is told.

The report is JSON in the file that REPORT names: how many segments were begun, which version of Whoosh was tested and
where it lies, the outcome of each test, and the tests that were left out.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
import whoosh
import whoosh.codec

from searcher.engines.whoosh.codec import ArrayCodec

REPORT = "ARRAY_CODEC_REPORT"

begun = 0
outcomes: dict[str, str] = {}
left_out: list[str] = []


class CountedCodec(ArrayCodec):
    """The codec, which counts."""

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """One more."""
        global begun
        begun += 1
        return super().new_segment(storage, indexname)


whoosh.codec.default_codec = CountedCodec


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep how each test ended; an error before or after it is its end."""
    if report.when == "call" or report.outcome != "passed":
        outcomes[report.nodeid] = report.outcome


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Keep what was left out."""
    left_out.extend(item.nodeid for item in items)


def pytest_sessionfinish() -> None:
    """Tell."""
    found = {"begun": begun, "outcomes": outcomes, "left_out": left_out}
    place = {"version": whoosh.__version_str__, "file": whoosh.__file__}
    Path(os.environ[REPORT]).write_text(json.dumps({**found, **place}), encoding="utf-8")

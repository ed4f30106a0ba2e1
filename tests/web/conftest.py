"""Archives to serve: the sample articles, and one article that means harm."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from searcher.archive import Archive
from searcher.web.app import make_app

# Runs and says so where any of it is taken for markup; the name of the file is such a text too.
HARM = "<img src=x onerror=\"document.title='harmed'\"><script>document.title='harmed'</script>"
HARMFUL_NAME = "<img src=x onerror=document.title='harmed'>.json"


@pytest.fixture(scope="session")
def samples(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample articles."""
    return _indexed(corpus, tmp_path_factory.mktemp("samples") / "index")


@pytest.fixture(scope="session")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one article with markup in every field it has."""
    folder = tmp_path_factory.mktemp("harmful")
    article = {
        "title": f"Harm {HARM}", "text": f"A body with {HARM} in Syria.\n\n{HARM}", "source": HARM, "section": HARM,
        "author": HARM, "location": HARM, "tags": [HARM], "url": "javascript:document.title='harmed'",
    }  # fmt: skip
    (folder / HARMFUL_NAME).write_text(json.dumps(article), encoding="utf-8")
    return _indexed(folder / HARMFUL_NAME, folder / "index")


def _indexed(source: Path, index: Path) -> Path:
    with Archive.open(index) as archive:
        assert archive.add(source).skipped == ()
    return index


@pytest.fixture(scope="session")
def client(samples: Path) -> Iterator[TestClient]:
    """A client of the app over the sample articles, in this process."""
    with Archive.open(samples) as archive, TestClient(make_app(archive), base_url="http://127.0.0.1:8000") as made:
        yield made

"""What tests of more than one file here need."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a spaCy pipeline that knows the names of PATTERNS."""
    from entities.spacy_models import PATTERNS, ruled  # spaCy, only where a test asks for it

    return ruled(tmp_path_factory.mktemp("models") / "ruled", PATTERNS)

"""The dates of labelled sentences are read as they are marked."""

from pathlib import Path

import pytest
import quality_gate
from quality.eventdates import Sentence, found_in, sentences

FILES = Path(__file__).parent / "labelled"
SENTENCES = [sentence for name in ("known", "others") for sentence in sentences(FILES / f"{name}.txt")]


@pytest.mark.parametrize("sentence", SENTENCES, ids=[f"{one.language}: {one.text[:50]}" for one in SENTENCES])
def test_each_date_is_read_with_its_day(sentence: Sentence) -> None:
    """The words, in order, each with its day, or "?" where it cannot be known; nothing else."""
    assert found_in(sentence) == sentence.dates


def test_sentences_kept_apart_reach_their_floors() -> None:
    """Those that no rule was made for, scored as the gate scores them."""
    assert quality_gate.main(["--only", "events", "--only", "events-held", "--only", "events-others"]) == 0


def test_there_are_enough_sentences_to_measure_by() -> None:
    """English ones, half of them kept apart, and those of other languages."""
    counts = {name: len(list(sentences(FILES / f"{name}.txt"))) for name in ("known", "held", "others")}
    assert counts["known"] + counts["held"] >= 120
    assert counts["held"] >= 60
    assert counts["others"] >= 30

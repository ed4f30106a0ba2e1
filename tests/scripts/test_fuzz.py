"""The short form of fuzzing: every target takes its samples, and some hundred broken ones, without atheris."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from conftest import Effort
from fuzzing import child, samples
from fuzzing.targets import TARGETS, Fault, Target

from searcher.config import Settings
from searcher.models import RawArticle
from searcher.readers import READERS, read_file

FUZZ = Path(__file__).resolve().parent.parent.parent / "scripts" / "fuzz.py"


@pytest.fixture
def corpus_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Samples that are always there: real data makes the same run longer, and another one elsewhere."""
    monkeypatch.setenv("SEARCHER_TEST_DATA", str(tmp_path))
    samples.samples.cache_clear()
    yield
    samples.samples.cache_clear()


@pytest.mark.parametrize("reader", [reader.name for reader in READERS])
def test_each_reader_has_a_seed(tmp_path: Path, reader: str) -> None:
    """A small file that is recognised as what it is and gives an article."""
    name, content = samples.seed(reader)
    (tmp_path / name).write_bytes(content)
    found = list(read_file(tmp_path / name, Settings()))
    assert {reader} == {item.reader if isinstance(item, RawArticle) else item.reason for item in found}


@pytest.mark.usefixtures("corpus_alone")
@pytest.mark.parametrize("name", TARGETS)
def test_broken_input_is_refused_or_read(name: str, effort: Effort) -> None:
    """The seeds, and the same with bits, chunks, tags and encodings that are wrong: no error but those with a name."""
    target = TARGETS[name]
    chance = random.Random(6)
    given = [*target.seeds(), *islice(child.inputs(target, chance), effort(10, 300))]
    faults = [fault for fault in (child.faults_of(target, *one) for one in given) if fault]
    assert [fault for fault in faults if fault["kind"] != "slow"] == []  # a busy machine is slow


def test_what_is_wrong_is_told() -> None:
    """Whatever leaves a target, with the place where it arose; nothing where nothing does."""

    def run(_: str, data: bytes) -> None:
        if data:
            raise Fault(data.decode())

    target = Target("made", run, lambda: iter([("input", b"x")]))
    assert child.faults_of(target, "input", b"") == {}
    fault = child.faults_of(target, "input", b"no reason")
    assert fault["kind"] == "Fault at ?"
    assert "no reason" in fault["detail"]


def test_an_input_that_was_kept_is_run_again(tmp_path: Path) -> None:
    """It counts one input, and without a fault the command ends well."""
    kept = tmp_path / "kept"
    kept.write_bytes(json.dumps("input.json").encode() + b"\n" + b'{"title": "Mill", "text": "It opened."}')
    command = [sys.executable, str(FUZZ), "json", "--again", str(kept), "--keep", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "json, again: 1 inputs, 0 faults")

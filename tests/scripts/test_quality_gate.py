"""The gate stays shut for a figure that got worse, for other data and for broken files, and no floor falls unasked."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import quality_gate
from quality import reuters, seed, sets, spans, toponyms
from quality.labelled import score as score_labelled
from quality.sets import QualitySet

SCORES = {"F1": 0.9, "recall": 0.8, "merged": 0.01}


class Gate:
    """The gate over one small set of which a test says the scores, with a file of floors of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, output: pytest.CaptureFixture[str]) -> None:
        self.folder, self.output, self.monkeypatch = folder, output, monkeypatch
        self.floors = folder / "floors.json"
        self.scores = dict(SCORES)
        (folder / "data").mkdir()
        self.data = folder / "data" / "news.txt"
        self.data.write_text("texts of a set", encoding="utf-8")
        monkeypatch.setattr(quality_gate, "FLOORS", self.floors)
        self.sets(self.small())

    def small(self, **changes: Any) -> QualitySet:
        """The set, with other parts where asked."""
        parts = {"score": self.score, "patterns": ("news.txt",), "floors": ("F1",), "ceilings": ("merged",)}
        return QualitySet(**({"name": "small", "folder": self.data.parent} | parts | changes))

    def sets(self, *table: QualitySet) -> None:
        self.monkeypatch.setattr(sets, "SETS", table)

    def score(self, paths: Iterable[Path]) -> dict[str, float]:
        assert [path.read_text(encoding="utf-8") for path in paths]
        return dict(self.scores)

    def run(self, *options: str) -> tuple[int, str, str]:
        """Exit status, what is printed, and what is said on stderr."""
        status = quality_gate.main(options)
        return status, *self.output.readouterr()

    def pinned(self) -> Any:
        return json.loads(self.floors.read_text(encoding="utf-8"))


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gate:
    made = Gate(tmp_path, monkeypatch, capsys)
    assert made.run("--pin")[0] == 0
    return made


def test_the_labelled_texts_reach_their_floors() -> None:
    """The fifty texts of the checkout, scored as the gate scores them."""
    assert quality_gate.main(["--only", "labelled"]) == 0


def test_the_table_shows_every_figure_with_its_bound(gate: Gate) -> None:
    """A figure without a bound is shown too."""
    assert [line.split() for line in gate.run()[1].splitlines()] == [
        ["set", "figure", "score", "bound", "verdict"],
        ["small", "F1", "0.9000", "0.9000", "holds"],
        ["small", "recall", "0.8000"],
        ["small", "merged", "0.0100", "0.0100", "holds"],
    ]


@pytest.mark.parametrize(
    ("figure", "score", "status"),
    [
        ("F1", 0.95, 0),  # better
        ("F1", 0.89996, 0),  # the same to four decimals
        ("F1", 0.8999, 1),
        ("merged", 0.0, 0),  # less is better
        ("merged", 0.01004, 0),
        ("merged", 0.0101, 1),
        ("recall", 0.1, 0),  # shown, not bounded
    ],
)
def test_a_figure_that_got_worse_shuts_the_gate(gate: Gate, figure: str, score: float, status: int) -> None:
    """Floors hold from below, ceilings from above, rounding apart; the figure is named."""
    gate.scores[figure] = score
    found, _, errors = gate.run()
    assert (found, f"small/{figure}:" in errors) == (status, status == 1)


def test_other_data_than_pinned_shuts_the_gate(gate: Gate) -> None:
    """Scores on other files say nothing about floors, even where they are higher; pinning again opens it."""
    gate.data.write_text("other texts", encoding="utf-8")
    gate.scores["F1"] = 0.99
    status, _, errors = gate.run()
    assert (status, errors.count("the data is another one")) == (1, 1)
    assert gate.run("--pin")[0] == 0
    assert gate.run()[0] == 0


def test_a_file_more_is_other_data(gate: Gate) -> None:
    """The digest is over all files and their names."""
    gate.sets(gate.small(patterns=("*.txt",)))
    assert gate.run()[0] == 0
    gate.data.rename(gate.data.with_name("old.txt"))
    assert gate.run()[0] == 1
    gate.data.write_text("texts of a set", encoding="utf-8")
    assert gate.run()[0] == 1


def test_absent_sets_are_named_and_not_scored(gate: Gate) -> None:
    """All files of a set or none; their floors stay as they are."""
    before = gate.pinned()
    gate.sets(gate.small(patterns=("news.txt", "more.txt")))
    status, printed, _ = gate.run()
    assert status == 0
    assert f"not scored: small (no more.txt below {gate.data.parent})" in printed
    assert gate.run("--pin")[0] == 0
    assert gate.pinned() == before


def test_pinning_follows_what_got_better(gate: Gate) -> None:
    """Floors up, ceilings down, four decimals; the file is sorted."""
    gate.scores = {"F1": 0.912345, "merged": 0.00123, "recall": 0.7}
    assert gate.run("--pin")[0] == 0
    bounds = gate.pinned()["small"]
    assert (bounds["floors"], bounds["ceilings"]) == ({"F1": 0.9123}, {"merged": 0.0012})
    assert gate.floors.read_text("utf-8") == json.dumps(gate.pinned(), indent=2, sort_keys=True) + "\n"


@pytest.mark.parametrize("other_data", [False, True])
def test_pinning_refuses_what_got_worse(gate: Gate, other_data: bool) -> None:
    """Nothing is written, not even what got better, until every figure that fell is named; other data is no excuse."""
    before = gate.floors.read_bytes()
    gate.scores |= {"F1": 0.5, "merged": 0.5}
    if other_data:
        gate.data.write_text("other texts", encoding="utf-8")
    status, _, errors = gate.run("--pin", "--allow-regression", "small/F1")
    assert (status, "small/merged" in errors, "small/F1" in errors) == (1, True, False)
    assert gate.floors.read_bytes() == before
    status, _, _ = gate.run("--pin", "--allow-regression", "small/F1", "--allow-regression", "small/merged")
    assert status == 0
    bounds = gate.pinned()["small"]
    assert (bounds["floors"], bounds["ceilings"]) == ({"F1": 0.5}, {"merged": 0.5})


def test_a_regression_that_is_none_is_refused(gate: Gate) -> None:
    """A name left over from last time, or misspelt, allows nothing."""
    before = gate.floors.read_bytes()
    gate.scores["F1"] = 0.95
    assert gate.run("--pin", "--allow-regression", "small/F1")[0] == 1
    assert gate.floors.read_bytes() == before


def test_allowing_without_pinning_is_an_error(gate: Gate) -> None:
    """The gate itself forgives nothing."""
    gate.scores["F1"] = 0.5
    with pytest.raises(SystemExit) as ended:
        gate.run("--allow-regression", "small/F1")
    assert ended.value.code == 2


def test_a_new_set_gets_its_floors_by_pinning_only(gate: Gate) -> None:
    """Until then the gate is shut, and running it writes nothing."""
    before = gate.floors.read_bytes()
    gate.sets(gate.small(), gate.small(name="new"))
    status, _, errors = gate.run()
    assert (status, "new/F1: has no floor yet" in errors) == (1, True)
    assert gate.floors.read_bytes() == before
    assert gate.run("--pin", "--only", "new")[0] == 0
    assert gate.run()[0] == 0


def test_only_the_sets_named_are_scored_and_pinned(gate: Gate) -> None:
    """What others reach does not matter then."""
    gate.sets(gate.small(), gate.small(name="new"))
    before = gate.pinned()
    gate.scores["F1"] = 0.5
    assert gate.run("--only", "new", "--pin")[0] == 0
    assert gate.pinned()["small"] == before["small"]
    assert gate.run("--only", "new")[0] == 0
    assert gate.run("--only", "small")[0] == 1


@pytest.mark.parametrize("change", ["not measured", "not bounded"])
def test_a_figure_cannot_be_dropped_unseen(gate: Gate, change: str) -> None:
    """A floor without its figure shuts the gate, and pinning does not take the floor away unasked."""
    if change == "not measured":
        del gate.scores["F1"]
    else:
        gate.sets(gate.small(floors=()))
    assert gate.run()[0] == 1
    assert gate.run("--pin")[0] == 1
    assert gate.pinned()["small"]["floors"] == {"F1": 0.9}


def test_floors_of_no_set_shut_the_gate(gate: Gate) -> None:
    """A set that is taken out takes its floors along."""
    gate.sets(gate.small(name="other"))
    assert gate.run("--pin")[0] == 1
    assert "small: has floors in floors.json, and there is no such set" in gate.run()[2]


def test_a_set_may_need_no_files(gate: Gate) -> None:
    """It is always there."""
    gate.sets(gate.small(), QualitySet("listed", lambda paths: {"found": float(not list(paths))}, floors=("found",)))
    assert gate.run("--pin")[0] == 0
    assert gate.pinned()["listed"]["floors"] == {"found": 1.0}


def test_json_tells_the_same(gate: Gate) -> None:
    """One object on stdout; the status is that of the table."""
    gate.sets(gate.small(), gate.small(name="absent", patterns=("none.txt",)))
    gate.scores["F1"] = 0.5
    status, printed, _ = gate.run("--json")
    told = json.loads(printed)
    assert status == 1
    assert told["sets"]["small"]["figures"]["F1"] == {"score": 0.5, "bound": 0.9, "verdict": "under"}
    assert told["sets"]["small"]["digest"] == gate.pinned()["small"]["digest"]
    assert list(told["absent"]) == ["absent"]
    assert [failure.partition(":")[0] for failure in told["failures"]] == ["small/F1"]


@pytest.mark.parametrize(
    ("score", "content"),
    [
        (reuters.score, b"no gzip"),
        (reuters.score, gzip.compress(b"<REUTERS></REUTERS>" * 99, mtime=0)[:-9]),  # the end is missing
        (spans.score, b"no gzip"),
        (toponyms.score_lgl, gzip.compress(b"<articles><article>", mtime=0)),  # never closed
        (seed.score, b"title\n\xff"),  # no UTF-8
        (score_labelled, b"== one\n\n[LOC Moscow"),
    ],
)
def test_a_broken_file_is_named(gate: Gate, score: Any, content: bytes) -> None:
    """No figure comes of it, and the status is that of an error."""
    gate.sets(gate.small(score=score, patterns=("*.txt",)))
    broken = gate.data.with_name("broken.txt")
    broken.write_bytes(content)
    gate.data.unlink()
    status, printed, errors = gate.run()
    assert (status, printed) == (2, "")
    assert str(broken) in errors


@pytest.mark.parametrize("content", ["", "[]", '{"small": {}}', '{"small": {"digest": "", "floors": {"F1": "high"}}}'])
def test_a_broken_file_of_floors_is_named(gate: Gate, content: str) -> None:
    """It is not taken for a file without floors."""
    gate.floors.write_text(content, encoding="utf-8")
    status, _, errors = gate.run("--pin")
    assert (status, str(gate.floors) in errors) == (2, True)
    assert gate.floors.read_text("utf-8") == content


def test_each_set_has_floors_in_the_file_of_the_checkout() -> None:
    """Pinned on some machine that had them all, and every figure that is to have a bound has one."""
    pinned = json.loads(quality_gate.FLOORS.read_text("utf-8"))
    bounds = {name: (set(entry["floors"]), set(entry.get("ceilings", {}))) for name, entry in pinned.items()}
    assert bounds == {one.name: (set(one.floors), set(one.ceilings)) for one in sets.SETS}

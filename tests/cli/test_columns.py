"""`archive add --column`: kept for every later add, taken back, and refused where there is no such field."""

from pathlib import Path

import pytest
from cli.shell import Shell

TABLE = "Head;Words\nFerry sails again;The harbour ferry is full.\n"


def test_a_column_is_kept_and_taken_back(tmp_path: Path) -> None:
    """The second table needs no option, the third has to be told again."""
    shell = Shell(tmp_path, tmp_path / "index")
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text(TABLE.replace("ferry", f"ferry number {number}"))
    first = shell.archive("add", "--column", "body=Words", "--column", "title=Head", "0.csv")
    assert (first.returncode, first.stderr) == (0, "")
    assert shell.archive("add", "1.csv").returncode == 0
    assert shell.titles("number") == ["Ferry sails again"] * 2
    third = shell.archive("add", "--column", "body=", "2.csv")
    assert third.returncode == 2
    assert "--column body=NAME" in third.stdout


@pytest.mark.parametrize("given", ["text=Words", "Words"])
def test_a_column_of_no_field_is_an_error_of_one_line(tmp_path: Path, given: str) -> None:
    """Nothing is added."""
    (tmp_path / "a.csv").write_text(TABLE)
    done = Shell(tmp_path, tmp_path / "index").archive("add", "--column", given, "a.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert given.partition("=")[0] in done.stderr

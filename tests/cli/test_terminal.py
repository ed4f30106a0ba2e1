"""What a person sees: colour on a terminal alone, marks in it, lines of the terminal's width."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

import pytest
from cli.shell import Shell, program

ESCAPE = re.compile(r"\x1b\[[\d;]*m")


def on_a_terminal(shell: Shell, *arguments: str, columns: int = 80) -> str:
    """What `search` writes to a terminal of so many columns, with plain line ends."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [*program("search"), *arguments]
    with subprocess.Popen(
        command, cwd=shell.folder, env=shell.environment, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL
    ) as running:
        os.close(theirs)
        chunks: list[bytes] = []
        while chunk := _read(ours):
            chunks.append(chunk)
        assert running.wait(60) == 0
    os.close(ours)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """The next bytes; none where the other side is closed, which Linux reports as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_colour_and_marks_on_a_terminal(built: Shell) -> None:
    """What matched stands out, whole phrases in one mark; nothing is marked with asterisks."""
    seen = on_a_terminal(built, '"Abu Kamal"')
    assert "\x1b[1;33mAbu Kamal\x1b[0m" in seen
    assert "*" not in seen


def test_a_pipe_gets_no_colour(built: Shell) -> None:
    """Asterisks mark what matched where there is no terminal."""
    seen = built.search('"Abu Kamal"').stdout
    assert "\x1b" not in seen
    assert "*Abu Kamal*" in seen


@pytest.mark.parametrize("extra", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_unwanted(built: Shell, extra: dict[str, str]) -> None:
    """NO_COLOR (https://no-color.org) and a terminal that has none."""
    assert "\x1b" not in on_a_terminal(Shell(built.folder, built.index, extra), '"Abu Kamal"')


def test_an_empty_no_color_means_nothing(built: Shell) -> None:
    """As the convention says: only when it is not empty."""
    assert "\x1b[" in on_a_terminal(Shell(built.folder, built.index, {"NO_COLOR": ""}), '"Abu Kamal"')


@pytest.mark.parametrize("columns", [60, 100])
def test_lines_fit_the_terminal(built: Shell, columns: int) -> None:
    """All but the line with the path, which is left whole to be copied."""
    seen = ESCAPE.sub("", on_a_terminal(built, "Russia", columns=columns))
    lines = [line for line in seen.split("\n") if not re.match(r"\s+[0-9a-f]{16}  ", line)]
    assert [line for line in lines if len(line) > columns] == []
    assert max(len(line) for line in lines) > columns - 15


def test_progress_is_shown_on_a_terminal_only(built: Shell) -> None:
    """`archive add` into a pipe writes its report and nothing to stderr."""
    (built.folder / "one.txt").write_text("Ferry sails again\n\nThe ferry sailed again on Monday.\n", encoding="utf-8")
    done = built.archive("add", "-i", "other", "one.txt")
    assert (done.returncode, done.stderr) == (0, "")

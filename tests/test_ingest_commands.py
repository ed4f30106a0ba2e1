"""`archive add` with workers, as a person starts it: killed in part, killed whole, interrupted."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli.shell import Shell, program
from processes import children, is_alive, until

ARTICLES = 3000
BODY = "The harbour of Latakia reopened on day {}. Russia's Ministry of Defence said so, and Syria's navy agreed. "


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A folder with a file of articles, which two workers are at for a second or more."""
    lines = (json.dumps({"title": f"Harbour {day}", "body": BODY.format(day) * 5}) for day in range(ARTICLES))
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    return Shell(tmp_path)


@contextmanager
def adding(shell: Shell) -> Iterator[tuple["subprocess.Popen[str]", set[int]]]:
    """`archive add` in a session of its own, as that of a terminal, and its two workers."""
    command = [*program("archive"), "add", "--processes", "2", "many.jsonl"]
    with subprocess.Popen(
        command, cwd=shell.folder, env=shell.environment, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        try:
            until(lambda: len(children(running.pid)) == 2)
            yield running, children(running.pid)
        finally:
            running.kill()


def test_killed_workers_are_replaced_and_nothing_is_lost(shell: Shell) -> None:
    """One while it starts, another while it works."""
    with adding(shell) as (running, workers):
        os.kill(workers.pop(), signal.SIGKILL)
        until(lambda: len(children(running.pid)) == 2)
        time.sleep(0.5)
        for pid in workers & children(running.pid):
            os.kill(pid, signal.SIGKILL)
        out, told = running.communicate(timeout=60)
    assert (running.returncode, told) == (0, "")
    assert out.startswith(f"{ARTICLES:,} added, 0 updated, 0 unchanged, 0 duplicates, 0 skipped")
    assert shell.archive("check", "--deep").stdout == "sound\n"


@pytest.mark.parametrize("wait", [0.0, 0.5])  # while workers start; while they work
def test_ctrl_c_leaves_no_process(shell: Shell, wait: float) -> None:
    """One line on stderr, status 130; the same command goes on and adds everything."""
    with adding(shell) as (running, workers):
        time.sleep(wait)
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=60)
        assert not any(is_alive(pid) for pid in workers)
    assert running.returncode == 130
    assert told == "archive: interrupted; what was committed is in, the same command goes on from there\n"
    assert shell.archive("add", "many.jsonl").returncode == 0
    assert json.loads(shell.archive("status", "--json").stdout)["articles"] == ARTICLES


def test_workers_end_when_the_command_is_killed(shell: Shell) -> None:
    """With no time to end them; the index is sound, and the same command goes on."""
    with adding(shell) as (running, workers):
        running.kill()
    until(lambda: not any(is_alive(pid) for pid in workers), seconds=5)
    assert shell.archive("add", "many.jsonl").returncode == 0
    assert json.loads(shell.archive("status", "--json").stdout)["articles"] == ARTICLES
    assert shell.archive("check", "--deep").stdout == "sound\n"

"""The two commands as a person starts them: real processes, with nothing of this process but its interpreter."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent.parent
# What of the environment a command may see; the rest, such as NO_COLOR or an index of the user's, would change answers.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "XDG_STATE_HOME")
SECONDS = 60

# Root may read everything. Without these two capabilities it may read what the file modes say, like anyone else.
_STEP_DOWN = """
import ctypes, os, sys
for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.argv[1], sys.argv[1:])
"""
LIKE_ANYONE = (sys.executable, "-c", _STEP_DOWN)  # put before a command

Done = subprocess.CompletedProcess[str]


def program(name: str) -> list[str]:
    """The installed command beside this interpreter or, where there is none, its function."""
    installed = Path(sys.executable).with_name(name)
    if installed.exists():
        return [str(installed)]
    return [sys.executable, "-c", f"from searcher.cli.{name} import main; main()"]


@dataclass(frozen=True)
class Shell:
    """A directory to stand in, an index to use, and the environment."""

    folder: Path
    index: Path | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a command; warnings of Python are errors in it too."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        index = {"SEARCHER_INDEX": str(self.index)} if self.index else {}
        return kept | {"PYTHONPATH": str(TOP), "PYTHONWARNINGS": "error", "TERM": "xterm"} | index | self.extra

    def search(self, *arguments: str) -> Done:
        """Run `search`."""
        return self.run(*program("search"), *arguments)

    def archive(self, *arguments: str) -> Done:
        """Run `archive`."""
        return self.run(*program("archive"), *arguments)

    def run(self, *command: str) -> Done:
        """Run anything; its output as text."""
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True,
            encoding="utf-8", errors="surrogateescape", timeout=SECONDS, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def found(self, *arguments: str) -> Any:
        """The object of `search --json`; the command has to have succeeded."""
        done = self.search("--json", *arguments)
        assert (done.returncode in (0, 1), done.stderr) == (True, "")
        return json.loads(done.stdout)

    def titles(self, *arguments: str) -> list[str]:
        """The titles that `search` finds, in order, all of them."""
        return [hit["title"] for hit in self.found("-n", "500", *arguments)["hits"]]


@contextmanager
def serving(shell: Shell, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a server and its process, which is ended at the end if it still runs."""
    command = [*program("archive"), "serve", "-p", "0", *arguments]
    with subprocess.Popen(
        command, cwd=shell.folder, env=shell.environment, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stderr
            line = running.stderr.readline()
            address = re.search(r"http://\S+/", line)
            assert address, line
            yield address[0], running
        finally:
            running.kill()

"""How the commands end: exit status, one line on stderr where something is wrong, never a traceback."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.shell import LIKE_ANYONE, Shell, program

HOLD_LOCK = """
import sys
import time
from pathlib import Path
from searcher.engines.whoosh import WhooshEngine
writer = WhooshEngine.open(Path(sys.argv[1])).writer()
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("kalibr",), 0),  # found
        (("zzzqqq",), 1),  # nothing found
        (("-l", "Atlantis", "kalibr"), 1),  # nothing left
        (("--sort", "best", "kalibr"), 2),  # an error
        (("--help",), 0),
    ],
)
def test_exit_status(built: Shell, arguments: tuple[str, ...], status: int) -> None:
    """0 found, 1 nothing found, 2 an error; only an error writes no answer."""
    done = built.search(*arguments)
    assert done.returncode == status
    assert (done.stdout == "") == (status == 2)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--sort", "best", "x"), "is not one of 'relevance', 'newest', 'oldest'"),
        (("--after", "2017-99", "x"), "after '2017-99' is no date: write a year, month or day"),
        (("--before", "soon", "x"), "before 'soon' is no date"),
        (("--match", "most", "x"), "'all', 'any'"),
        (("--facet", "mood", "x"), "'location', 'actor'"),
        (("--facet-size", "0", "x"), "give 1 or more"),
        (("--format", "xml", "x"), "'text', 'json', 'jsonl', 'csv', 'html'"),
        (("-n", "ten", "x"), "not a valid integer"),
        (("-n", "-1", "x"), "give 0 to 10000"),
        (("--offset", "-1", "x"), "give 0 or more"),
        (("--colour", "x"), "No such option"),
        (("-syria", "x"), "No such option"),  # what should have come after --
        ((), "give words to search for"),
        (("",), "give words to search for"),
        (("-n", "3"), "give words to search for"),
        (("-i", "nowhere", "x"), "make one with `archive add PATH -i nowhere`"),
        (("-i", "/dev/null", "x"), "/dev/null"),  # no directory
    ],
)
def test_a_wrong_search_is_one_line(built: Shell, arguments: tuple[str, ...], says: str) -> None:
    """The line names the command, what is wrong and what to do."""
    done = built.search(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("search: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("find", "x"), "No such command 'find'"),
        (("add",), "Missing argument 'PATH...'"),
        (("show",), "Missing argument 'ID'"),
        (("show", "0123456789abcdef"), "no article 0123456789abcdef"),
        (("show", "-i", "nowhere", "x"), "nowhere: no index here; make one"),
        (("status", "-i", "nowhere"), "nowhere: no index here"),
        (("check", "-i", "nowhere"), "nowhere: no index here"),
        (("export", "-i", "nowhere"), "nowhere: no index here"),
        (("serve", "-i", "nowhere"), "nowhere: no index here"),
        (("remove",), "give ids of articles, or --path FILE"),
        (("export", "--format", "xml"), "'jsonl', 'csv'"),
        (("serve", "-p", "99999"), "not in the range"),
        (("serve", "-p", "0", "--host", "203.0.113.7"), "cannot listen at 203.0.113.7:0"),  # no address of this machine
    ],
)
def test_a_wrong_archive_command_is_one_line(built: Shell, arguments: tuple[str, ...], says: str) -> None:
    """As for `search`: exit status 2 and a line with the next step."""
    done = built.archive(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("archive")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_archive_alone_shows_its_commands(built: Shell) -> None:
    """Without a command there is nothing to do: the help is shown, the status is that of an error."""
    done = built.archive()
    assert done.returncode == 2
    for command in ("add", "check", "export", "remove", "serve", "show", "status"):
        assert f"\n  {command} " in done.stderr


def test_a_reader_that_has_seen_enough(built: Shell) -> None:
    """A pipe closed early is no error and no noise: `search ... | head -1`."""
    command = f"{shlex.join(program('archive'))} export | head -1; echo ${{PIPESTATUS[@]}}"
    done = built.run("bash", "-c", command)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "0 0"
    command = f"{shlex.join(program('search'))} --format jsonl -n 500 '*' | head -1; echo ${{PIPESTATUS[@]}}"
    done = built.run("bash", "-c", command)
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0 0", "")


@pytest.mark.parametrize(
    ("redirection", "status", "says"),
    [
        (">&-", 0, ""),  # no stdout at all: as if nobody read it
        (">/dev/full", 2, "search: No space left on device; check the disk and permissions\n"),
    ],
)
def test_an_answer_that_cannot_be_written(built: Shell, redirection: str, status: int, says: str) -> None:
    """The answer goes nowhere; a full disk is told in one line."""
    if "full" in redirection and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = built.run("bash", "-c", f"{shlex.join(program('search'))} submarine {redirection}")
    assert (done.returncode, done.stderr) == (status, says)


def test_signs_that_the_terminal_cannot_show(built: Shell) -> None:
    """An encoding without Arabic gets escapes, not a traceback."""
    western = Shell(built.folder, built.index, {"PYTHONIOENCODING": "latin-1"})
    done = western.search("البوكمال")
    assert done.returncode == 0
    assert r"\u0627\u0644\u0628\u0648\u0643\u0645\u0627\u0644" in done.stdout


def test_bytes_that_are_no_text(built: Shell) -> None:
    """A query in another encoding than the terminal's is searched as what can be read of it."""
    done = built.search(b"caf\xe9 zzzqqq".decode("utf-8", "surrogateescape"))
    assert done.returncode == 1
    assert done.stdout.startswith("nothing found")
    assert "Traceback" not in done.stderr


def test_a_locked_index_is_named(shell: Shell, corpus: Path) -> None:
    """While another process writes, reading goes on and adding says who is in the way."""
    index = shell.folder / "index"
    shell.archive("add", str(corpus / "csv"))
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(index)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=shell.environment, text=True,
    )  # fmt: skip
    with holding:
        assert holding.stdout
        assert holding.stdout.readline() == "locked\n"
        reading = shell.search("Nigeria")
        adding = shell.archive("add", str(corpus / "json"))
        holding.kill()
    assert reading.returncode == 0
    assert adding.returncode == 2
    assert adding.stderr == (
        f"archive: index: another process ({holding.pid}) is writing to this index; try again when it is done\n"
    )


def test_an_index_that_may_not_be_read_is_named(shell: Shell, corpus: Path) -> None:
    """Without the right to read its files the answer is one line, for root too, who is made to mind the modes."""
    if sys.platform != "linux":
        pytest.skip("capabilities are Linux's")
    shell.archive("add", str(corpus / "csv"))
    for path in (shell.folder / "index").iterdir():
        path.chmod(0)
    done = shell.run(*LIKE_ANYONE, *program("search"), "Nigeria")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "search: index/_MAIN_1.toc: Permission denied; it takes another user, or other permissions of the folder and "
        "the files in it\n"
    )


def test_a_damaged_index_is_named(tmp_path: Path, corpus: Path) -> None:
    """A file cut in half is told by `search` and by `check`, in one line each."""
    shell = Shell(tmp_path, extra={"PYTHONWARNINGS": ""})  # Whoosh leaves the file it could not read to be closed later
    shell.archive("add", str(corpus / "csv"))
    largest = max((shell.folder / "index").iterdir(), key=lambda path: path.stat().st_size)
    os.truncate(largest, largest.stat().st_size // 2)
    for done in (shell.search("Nigeria"), shell.archive("check", "--deep")):
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert "restore it from a copy" in done.stderr


def test_the_first_search_beside_samples_builds_their_index(shell: Shell, corpus: Path) -> None:
    """Where there is no index but ./corpus, it is built, stderr says so, and the answer follows; then never again."""
    (shell.folder / "corpus").mkdir()
    for name in ("kalibr-submarine-abu-kamal.html", "crimea-treaty.html"):
        shutil.copy(corpus / "html" / name, shell.folder / "corpus")
    first, second = shell.search("submarine"), shell.search("submarine")
    assert first.stderr == "no index at index: building it from corpus/\n2 articles added\n"
    assert (first.returncode, second.returncode, second.stderr) == (0, 0, "")
    assert first.stdout.startswith("1 article")


def test_the_environment_names_the_index(built: Shell, tmp_path: Path) -> None:
    """$SEARCHER_INDEX is used where -i is not given, ./index where neither is; -i goes before both."""
    elsewhere = Shell(tmp_path, built.index)
    assert elsewhere.search("submarine").returncode == 0
    assert Shell(tmp_path).search("submarine").stderr.startswith("search: index: no index here")
    assert Shell(tmp_path).search("-i", str(built.index), "submarine").returncode == 0
    assert elsewhere.search("-i", "other", "submarine").stderr.startswith("search: other: no index here")


def test_an_interrupted_add_says_how_to_go_on(shell: Shell) -> None:
    """Ctrl-C ends it with 130; what was committed is in and the index is sound."""
    line = '{"title": "Harbour %d", "body": "The harbour reopened on day %d."}\n'
    (shell.folder / "many.jsonl").write_text("".join(line % (number, number) for number in range(60_000)))
    adding = subprocess.Popen(
        [*program("archive"), "add", "many.jsonl"], cwd=shell.folder, env=shell.environment, stderr=subprocess.PIPE
    )
    while not list((shell.folder / "index").glob("_MAIN_[1-9]*.toc")):  # the first commit has been made
        assert adding.poll() is None
        time.sleep(0.05)
    adding.send_signal(signal.SIGINT)
    _, told = adding.communicate(timeout=60)
    assert (adding.returncode, b"the same command goes on" in told, b"Traceback" in told) == (130, True, False)
    assert shell.archive("check", "--deep").stdout == "sound\n"

"""What the documentation shows is what happens: its commands are run, its generated parts generated again."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from searcher import Archive

TOP = Path(__file__).resolve().parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
PAGES = sorted([TOP / "README.md", *(TOP / "docs").glob("*.md")])
BIN = Path(sys.executable).parent


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language on a page."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Path:
    """A directory with the samples and their index, as after the demonstration."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(corpus, folder / "corpus")
    run("archive add corpus", folder)
    return folder


def run(command: str, folder: Path) -> str:
    """What a shell command shows on a terminal, the time it took left out."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(["sh", "-c", command], **both, text=True, cwd=folder, env=environment, check=False)
    return without_times(done.stdout)


def without_times(text: str) -> str:
    """Milliseconds differ from run to run, white space at the ends of lines does not matter."""
    return "\n".join(line.rstrip() for line in re.sub(r"\d+(\.\d+)? ms", "N ms", text).strip().splitlines())


CONSOLE = [(page, block) for page in PAGES for block in blocks(page, "console")]


@pytest.mark.parametrize(("page", "block"), CONSOLE, ids=[f"{page.name} {block[:40]}" for page, block in CONSOLE])
def test_commands_print_what_the_page_shows(page: Path, block: str, checkout: Path) -> None:
    """Each line with a dollar is run; what follows is what it prints. A line of dots stands for lines left out."""
    commands = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    assert commands, page
    for entry in commands:
        command, _, shown = entry.partition("\n")
        printed = run(command, checkout)
        pattern = ".*".join(
            re.escape(part.strip("\n")) for part in re.split(r"^\.\.\.$", without_times(shown), flags=re.MULTILINE)
        )
        assert re.fullmatch(pattern, printed, re.DOTALL), f"{command}\nprints:\n{printed}"


def test_programs_run(checkout: Path) -> None:
    """Each Python block of the README is a program of its own."""
    programs = blocks(TOP / "README.md", "python")
    assert programs
    for program in programs:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, cwd=checkout
        )
        assert done.returncode == 0, done.stderr


def test_the_two_commands_are_there() -> None:
    """As the README names them."""
    named = re.findall(r"^scripts/(\w+)$", README, re.MULTILINE)
    assert named == ["demo", "test"]
    assert all(os.access(TOP / "scripts" / name, os.X_OK) for name in named)


def test_the_reference_of_commands_is_that_of_the_commands(tmp_path: Path) -> None:
    """docs/commands.md is generated from --help: scripts/build_docs.py writes it anew."""
    subprocess.run([sys.executable, TOP / "scripts" / "build_docs.py", tmp_path / "commands.md"], check=True)
    assert (tmp_path / "commands.md").read_text(encoding="utf-8") == (TOP / "docs" / "commands.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file of the checkout."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_query_language_page_shows_what_is_found(checkout: Path) -> None:
    """Each row of its table is a query and the number of samples it finds."""
    page = (TOP / "docs" / "query-language.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|.*\| (\d+) \|$", page, re.MULTILINE)
    assert len(rows) > 20
    program = (
        "import sys; from searcher import Archive\n"
        "archive = Archive.open('index')\n"
        "for query in sys.stdin.read().splitlines(): print(archive.search(query, match='all').total)"
    )
    queries = "\n".join(query.replace("\\|", "|") for query, _ in rows)
    done = subprocess.run([sys.executable, "-c", program], input=queries, capture_output=True, text=True, cwd=checkout)
    assert [int(line) for line in done.stdout.split()] == [int(count) for _, count in rows], done.stderr


def test_the_example_of_aliases_is_read(tmp_path: Path) -> None:
    """The file on the page has no fault, and each entry stands for what the page says."""
    (example,) = blocks(TOP / "docs" / "aliases.md", "toml")
    (tmp_path / "aliases.toml").write_text(example, encoding="utf-8")
    entries = Archive.open(tmp_path).alias_entries()
    assert [(entry.name, entry.kind, entry.country, entry.known) for entry in entries] == [
        ("Abu Kamal", "LOC", "SY", True),
        ("Desert Column", "ACTOR", "SY", False),
        ("Tell Hazim", "LOC", "SY", False),
    ]


def test_the_changelog_names_this_version() -> None:
    """A version is released with what it brings."""
    version = re.search(r'^version = "([^"]+)"', (TOP / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version is not None
    assert f"## {version[1]} " in (TOP / "CHANGELOG.md").read_text("utf-8")


def test_the_page_of_the_cluster_names_each_command() -> None:
    """And each exit code, as the command does itself."""
    script = TOP / "scripts" / "cluster"
    shown = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, check=True).stdout
    page = (TOP / "docs" / "cluster.md").read_text(encoding="utf-8")
    commands = re.findall(r"^ {4}([a-z-]+)", shown.partition("COMMAND\n")[2], re.MULTILINE)
    assert sorted(re.findall(r"^\| `([a-z-]+)", page, re.MULTILINE)) == sorted(commands)
    codes = re.findall(r"^\| (\d) \|", page, re.MULTILINE)
    assert codes == re.findall(r"(?<=[:;] )(\d)(?= )", shown.replace("\n", " ").partition("Exit codes")[2])


def test_each_promise_names_tests_that_are_there() -> None:
    """By file; and no long form of a reliability test is left out of the table."""
    page = (TOP / "docs" / "reliability.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:tests/)?([\w/]*test_\w+\.py)`", page))
    there = {path.relative_to(TOP / "tests").as_posix() for path in (TOP / "tests").rglob("test_*.py")}
    assert {name if "/" in name else f"reliability/{name}" for name in named} <= there
    assert {name for name in there if name.startswith("reliability/")} <= {f"reliability/{name}" for name in named}

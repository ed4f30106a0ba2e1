"""What a cluster is made from: a JDK that is new enough, an archive that is whole."""

import os
import zipfile
from pathlib import Path

import pytest
from opensearch_nodes.distribution import VERSION, check_fetchable, distribution
from opensearch_nodes.faults import ClusterError, Lacking
from opensearch_nodes.java import find_java


def a_program(path: Path, text: str) -> Path:
    """A shell script that stands for a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def a_jdk(home: Path, version: str) -> Path:
    """Its `java`, which tells its version as a real one does, to stderr."""
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text(f'JAVA_VERSION="{version}"\n')
    return a_program(home / "bin" / "java", f"echo 'openjdk version \"{version}\" 2026-01-20' >&2")


def maven(folder: Path, archive: Path) -> dict[str, str]:
    """The environment with a Maven that delivers an archive, and notes that it was asked."""
    copy = f'for word; do case $word in -DoutputDirectory=*) cp {archive} "${{word#*=}}/o.zip" ;; esac; done'
    program = a_program(folder / "bin" / "mvn", f"echo asked >> {folder}/asked\n{copy}")
    return {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small one with the folders of the real one."""
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as opened:
        opened.writestr(f"opensearch-{VERSION}/lib/opensearch.jar", os.urandom(10_000))
    return tmp_path / "whole.zip"


def test_the_newest_installed_jdk_is_taken(tmp_path: Path) -> None:
    """An older one named for other programs, by JAVA_HOME, is passed over."""
    a_jdk(tmp_path / "installed" / "java-21", "21.0.8")
    newest = a_jdk(tmp_path / "installed" / "java-25", "25.0.1")
    a_jdk(tmp_path / "old", "17.0.16")
    assert find_java({"JAVA_HOME": str(tmp_path / "old")}, tmp_path / "installed") == newest


def test_java_home_comes_before_what_is_installed(tmp_path: Path) -> None:
    """And SEARCHER_JAVA_HOME before both."""
    a_jdk(tmp_path / "installed" / "java-25", "25.0.1")
    hint, order = a_jdk(tmp_path / "hint", "21.0.8"), a_jdk(tmp_path / "order", "22")
    environment = {"JAVA_HOME": str(tmp_path / "hint")}
    assert find_java(environment, tmp_path / "installed") == hint
    assert find_java(environment | {"SEARCHER_JAVA_HOME": str(tmp_path / "order")}, tmp_path / "installed") == order


def test_java_on_the_path_is_the_last_resort(tmp_path: Path) -> None:
    """Where nothing else is there."""
    java = a_jdk(tmp_path / "somewhere", "21")
    assert find_java({"PATH": str(java.parent)}, tmp_path / "installed") == java


def test_each_place_is_named_where_no_jdk_is_new_enough(tmp_path: Path) -> None:
    """With what was found there, and with what to do."""
    old = a_jdk(tmp_path / "old", "1.8.0_402")
    with pytest.raises(Lacking) as told:
        find_java({"PATH": str(old.parent)}, tmp_path / "installed")
    assert str(told.value) == (
        f"no JDK of version 21 or newer found (JAVA_HOME: nothing; {tmp_path}/installed: nothing; "
        f"PATH: Java 1 at {old}); install one, or name its folder: SEARCHER_JAVA_HOME=/path/to/jdk"
    )


def test_an_archive_is_fetched_once(tmp_path: Path, archive: Path) -> None:
    """What is left of a fetch that was killed is cleared away, and used by nobody."""
    environment, home = maven(tmp_path, archive), tmp_path / "home"
    (home / "partial-killed" / f"opensearch-{VERSION}").mkdir(parents=True)
    folder = distribution(home, environment)
    assert (folder / "lib" / "opensearch.jar").stat().st_size == 10_000
    assert distribution(home, {}) == folder
    assert check_fetchable(home, {}) == ""
    assert [path.name for path in home.iterdir()] == [folder.name]
    assert (tmp_path / "asked").read_text() == "asked\n"


@pytest.mark.parametrize("harm", ["cut", "flipped", "another"])
def test_a_broken_download_is_not_used(tmp_path: Path, archive: Path, harm: str) -> None:
    """One cut short, one with a wrong byte, one of something else; each next start fetches again."""
    content = archive.read_bytes()
    if harm == "another":
        with zipfile.ZipFile(archive, "w") as opened:
            opened.writestr("readme", "nothing")
    else:
        flipped = content[:500] + bytes([content[500] ^ 1]) + content[501:]
        archive.write_bytes(content[:6000] if harm == "cut" else flipped)
    environment, home = maven(tmp_path, archive), tmp_path / "home"
    home.mkdir()
    with pytest.raises(ClusterError, match=r"is not whole|another kind of archive"):
        distribution(home, environment)
    assert list(home.iterdir()) == []
    archive.write_bytes(content)
    assert distribution(home, environment).is_dir()


def test_what_maven_says_is_passed_on(tmp_path: Path) -> None:
    """Where it fails, or delivers nothing."""
    program = a_program(tmp_path / "mvn", "echo '[ERROR] Could not transfer artifact'; exit 1")
    with pytest.raises(ClusterError, match=r"exit code 1\); it says:\n\[ERROR\] Could not transfer artifact"):
        distribution(tmp_path, {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"})
    a_program(program, "exit 0")
    with pytest.raises(ClusterError, match="exit code 0"):
        distribution(tmp_path, {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"})

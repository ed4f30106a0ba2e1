"""The official archive of OpenSearch with every module, fetched by Maven, unpacked whole or not at all."""

import shutil
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from opensearch_nodes.faults import ClusterError, Lacking

__all__ = ["VERSION", "check_fetchable", "distribution"]

VERSION = "3.8.0"
# The archive of OpenSearch's own integration tests: the programs of the one for users, in a registry, without a JDK.
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
LONGEST = 1800  # seconds for a download of 160 MB


def distribution(home: Path, environment: Mapping[str, str]) -> Path:
    """The unpacked distribution below `home`, fetched where it is not there yet. Takes the lock of `home` for granted.

    Raises:
        Lacking: it is not there, and there is no Maven.
        ClusterError: the download failed, or what came is not whole.
    """
    folder = home / f"opensearch-{VERSION}"
    if folder.is_dir():
        return folder
    maven = check_fetchable(home, environment)
    for left in home.glob("partial-*"):  # by a command that was killed
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix="partial-", dir=home, ignore_cleanup_errors=True) as partial:
        archive = _fetched(Path(partial), maven, environment)
        # The name in place says that it is whole: it is given last.
        _unpacked(archive, Path(partial)).rename(folder)
    return folder


def check_fetchable(home: Path, environment: Mapping[str, str]) -> str:
    """Maven, or nothing where the distribution is there and none is needed.

    Raises:
        Lacking: it is needed and not there.
    """
    maven = shutil.which("mvn", path=environment.get("PATH", ""))
    if not maven and not (home / f"opensearch-{VERSION}").is_dir():
        raise Lacking(
            f"OpenSearch {VERSION} is not in {home} yet, and there is no Maven (mvn on PATH) to fetch it; install Maven"
        )
    return maven or ""


def _fetched(partial: Path, maven: str, environment: Mapping[str, str]) -> Path:
    """The archive in a folder; Maven refuses one that does not fit the checksum of its registry (-C)."""
    command = [maven, "-q", "-B", "-C", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={partial}"]
    try:
        done = subprocess.run(
            command, cwd=partial, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ClusterError(f"Maven has not fetched {ARTIFACT} within {LONGEST} s; try again") from error
    archives = list(partial.glob("*.zip"))
    if done.returncode or len(archives) != 1:
        told = "\n".join((done.stdout + done.stderr).strip().splitlines()[:5])
        raise ClusterError(f"Maven could not fetch {ARTIFACT} (exit code {done.returncode}); it says:\n{told}")
    return archives[0]


def _unpacked(archive: Path, partial: Path) -> Path:
    """The folder in an archive; every checksum in it is looked at."""
    try:
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(partial / "unpacked")
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ClusterError(
            f"what Maven fetched as {ARTIFACT} is not whole ({error}); delete its copy in Maven's local repository "
            "(~/.m2/repository/org/opensearch/distribution) and try again"
        ) from error
    folder = partial / "unpacked" / f"opensearch-{VERSION}"
    if not (folder / "lib").is_dir():
        raise ClusterError(
            f"the archive {ARTIFACT} holds no folder opensearch-{VERSION}/lib; it is another kind of archive"
        )
    return folder

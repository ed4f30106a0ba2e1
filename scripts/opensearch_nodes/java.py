"""A JDK that is new enough: named by the environment, installed, or on the path."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from opensearch_nodes.faults import Lacking

__all__ = ["OLDEST", "find_java"]

OLDEST = 21  # OpenSearch 3 is compiled for it
INSTALLED = Path("/usr/lib/jvm")  # where Debian, Fedora and Adoptium put theirs


def find_java(environment: Mapping[str, str], installed: Path = INSTALLED) -> Path:
    """The program `java` of the first JDK that is new enough.

    SEARCHER_JAVA_HOME is an order: that one or none. JAVA_HOME is a hint, as other programs may need an older one; then
    come the installed ones, the newest first, and `java` on PATH.

    Raises:
        Lacking: there is none; the message names each place and what was found there.
    """
    named = environment.get("SEARCHER_JAVA_HOME")
    seen = []
    for place, java in [("SEARCHER_JAVA_HOME", _below(named))] if named else _candidates(environment, installed):
        version = _version(java) if java else 0
        if java and version >= OLDEST:
            return java
        found = f"Java {version} at {java}" if version else f"{java} does not run" if java else "nothing"
        seen.append(f"{place}: {found}")
    raise Lacking(
        f"no JDK of version {OLDEST} or newer found ({'; '.join(seen)}); "
        "install one, or name its folder: SEARCHER_JAVA_HOME=/path/to/jdk"
    )


def _candidates(environment: Mapping[str, str], installed: Path) -> Iterator[tuple[str, Path | None]]:
    """Every place to look at, in order, and the program there."""
    yield "JAVA_HOME", _below(environment.get("JAVA_HOME"))
    homes = {home.resolve() for home in installed.glob("*") if (home / "bin" / "java").exists()}  # some by two names
    yield from ((str(installed), _below(str(home))) for home in sorted(homes, key=_stated, reverse=True))
    if not homes:
        yield str(installed), None
    on_path = shutil.which("java", path=environment.get("PATH", ""))
    yield "PATH", Path(on_path) if on_path else None


def _below(home: str | None) -> Path | None:
    return Path(home) / "bin" / "java" if home else None


def _stated(home: Path) -> int:
    """The version that the file `release` of a JDK states; 0 where it states none."""
    try:
        release = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    stated = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(stated[1]) if stated else 0


def _version(java: Path) -> int:
    """The feature version of a `java`, which is run to be sure that it runs; 0 where it does not (1.8 counts as 1)."""
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    stated = re.search(r'version "(\d+)', done.stdout + done.stderr)
    return int(stated[1]) if stated and not done.returncode else 0

"""Lucene, where a Java machine and its jars are present: the folder of the jars is named by LUCENE_JARS.

lucene-core, lucene-analysis-common and lucene-facet of one release are needed (9.12.3 is the last for Java 17). Nothing
is downloaded. `Lucene.java` speaks the language of `worker`.
"""

import os
import shutil
import subprocess
from pathlib import Path

__all__ = ["command", "missing"]

NEEDED = ("lucene-core", "lucene-analysis-common", "lucene-facet")
# One thread collects garbage, as one thread does everything else; the heap is as large as the articles may want.
FLAGS = ("-XX:+UseSerialGC", "-Xmx4g")

_SOURCE = Path(__file__).with_name("Lucene.java")


def missing() -> str:
    """Why Lucene cannot take part; empty where it can."""
    folder = os.environ.get("LUCENE_JARS")
    if not folder:
        return "LUCENE_JARS names no folder with its jars"
    absent = [name for name in NEEDED if not list(Path(folder).glob(f"{name}-[0-9]*.jar"))]
    if absent:
        return f"{folder} (LUCENE_JARS) has no {', '.join(absent)}"
    programs = [program for program in ("java", "javac") if not shutil.which(program)]
    return f"{' and '.join(programs)} not found: install a JDK" if programs else ""


def command(scratch: Path) -> list[str]:
    """What starts it; the program is compiled into `scratch` when that was not done before."""
    classes = scratch / "classes"
    path = os.pathsep.join([str(classes), str(Path(os.environ["LUCENE_JARS"]) / "*")])
    if not (classes / "Lucene.class").exists():
        subprocess.run(["javac", "-cp", path, "-d", classes, _SOURCE], check=True)
    return ["java", *FLAGS, "-cp", path, "Lucene"]

"""One run over files, by the workers of a cluster or by this process alone, and what the archive is after it."""

import json
import os
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from clustered.tabled import OpensTable, Table

from searcher import ingest
from searcher.config import Settings
from searcher.ingest import cluster
from searcher.ingest.manifest import Manifest
from searcher.models import AddReport, Article

__all__ = ["added_alone", "added_by_workers", "articles_of", "words_of", "write"]

TODAY = date(2026, 1, 1)
STEMS = ("harbour", "pilot", "ferry", "grain", "storm", "bridge", "council", "strike", "budget", "rescue", "tanker")
ENDINGS = ("boats", "yards", "prices", "talks", "routes", "crews", "plans", "votes")


def write(path: Path, *articles: tuple[str, str]) -> Path:
    """A file of JSON lines, titles and texts, older than the tick of any clock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"title": title, "text": text}) for title, text in articles]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    then = time.time() - 100
    os.utime(path, (then, then))
    return path


def words_of(number: int, count: int = 60) -> str:
    """A text of its own for each number."""
    picked = (
        f"{STEMS[(number * 7 + at * at) % len(STEMS)]}{ENDINGS[(number + at) % 8]}{number}" for at in range(count)
    )
    return " ".join(picked)


def added_by_workers(folder: Path, address: str, *paths: Path, together: int = 0, prune: bool = False) -> AddReport:
    """Add paths to the archive of a folder by the workers at an address."""
    with closing(Manifest(folder / "files.sqlite", ())) as manifest, cluster.connected(address) as workers:
        opener = OpensTable(folder / "table.sqlite", together)
        return cluster.add(opener, paths, Settings(), workers, manifest, today=TODAY, prune=prune)


def added_alone(folder: Path, *paths: Path, prune: bool = False) -> AddReport:
    """Add paths to the archive of a folder by this process."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(Manifest(folder / "files.sqlite", ())) as manifest:
        engine = Table(folder / "table.sqlite")
        return ingest.add(engine, paths, Settings(), today=TODAY, manifest=manifest, prune=prune)


def articles_of(folder: Path) -> dict[str, Article]:
    """Every article of the archive of a folder, whole."""
    return {article.id: article for article in Table(folder / "table.sqlite").articles()}

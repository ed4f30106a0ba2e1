"""One comparison: every engine indexes the same articles, all must answer alike, then they are timed in turn."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmark.corpus import MORE, Corpus
from benchmark.engines import OURS, command
from benchmark.figures import HOW, Comparison
from benchmark.oneshot import one_shot
from benchmark.picking import pick_queries
from benchmark.processes import Server, run
from benchmark.queries import Query, write_queries

__all__ = ["AnswersDiffer", "check_answers", "compare", "differences", "say"]

# Times every query is asked before it is timed. A Java machine compiles what ran often enough.
WARM_UP = {"lucene": 20}
WARM_UP_OTHERS = 2
DIFFERENCES_SHOWN = 3  # of a query


class AnswersDiffer(Exception):
    """Engines found different articles: their times cannot be compared. The message lists queries and engines."""


def compare(corpus: Corpus, engines: list[str], scratch: Path, *, values: int, rounds: int, seed: int) -> Comparison:
    """Build, check, time, add. `values` of each facet are asked for while it is timed, all of them for the check.

    Raises:
        AnswersDiffer: totals or counts are not the same.
        WorkerFailed: an engine could not do its work.
    """
    made = Comparison(corpus.kind, corpus.census.articles, values, pick_queries(corpus.census, seed))
    asked = scratch / "queries.tsv"
    write_queries(made.queries, asked)
    for engine in engines:
        say(f"{made.articles:,} articles: {engine} indexes")
        _build(made, engine, corpus, scratch)
    with ExitStack() as stack:
        servers = {
            engine: stack.enter_context(
                Server([*command(engine, scratch), "serve", str(scratch / engine), str(asked), str(values)])
            )
            for engine in engines
        }
        say(f"{made.articles:,} articles: answers are compared")
        made.totals = check_answers(
            made.queries, lambda number: {engine: server.ask("answer", number) for engine, server in servers.items()}
        )
        _time(made, servers, rounds)
        for engine, server in servers.items():
            made.search[engine] = {**server.opened, **server.ask("memory")}
    if OURS in engines:
        words = next(query.words for query in made.queries if len(query.words) > 1)
        made.one_shot = one_shot(scratch / OURS, words)
    for engine in engines:
        _add(made, engine, corpus, scratch)
    return made


def say(text: str) -> None:
    """A line about how far the run is."""
    print(text, file=sys.stderr, flush=True)


def _build(made: Comparison, engine: str, corpus: Corpus, scratch: Path) -> None:
    folder = scratch / engine
    words = [*command(engine, scratch), "build", str(corpus.articles), str(folder), "0"]
    made.build[engine] = run(words)
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    made.build[engine]["bytes"] = sum(files)


def _add(made: Comparison, engine: str, corpus: Corpus, scratch: Path) -> None:
    say(f"{made.articles:,} articles: {engine} adds {MORE}")
    words = [*command(engine, scratch), "add", str(corpus.more), str(scratch / engine), str(made.articles)]
    made.add[engine] = run(words)


def check_answers(queries: list[Query], answers: Callable[[int], dict[str, Any]]) -> list[int]:
    """How many articles match each query, if all engines say the same; `answers` asks them query `number`.

    Raises:
        AnswersDiffer: totals, counts or how many of the best are given differ for some query.
    """
    totals, differing = [], []
    for query in queries:
        said = {engine: _flat(answer) for engine, answer in answers(query.number).items()}
        totals.append(next(iter(said.values()))["total"])
        differing += [f"{query.kind}, {query}: {difference}" for difference in differences(said)]
    if differing:
        raise AnswersDiffer("\n".join(differing))
    return totals


def _flat(answer: Any) -> dict[str, int]:
    """What an engine answered as numbers, each under its name."""
    counts = {f"{name} {value}": count for name, found in answer["facets"].items() for value, count in found.items()}
    return {"total": answer["total"], "of the best given": answer["shown"], **counts}


def differences(answers: dict[str, dict[str, int]]) -> list[str]:
    """One line for each of the first few numbers on which engines differ; 0 is what an engine does not mention."""
    names = dict.fromkeys(name for answer in answers.values() for name in answer)
    lines = []
    for name in names:
        said = {engine: answer.get(name, 0) for engine, answer in answers.items()}
        if len(set(said.values())) > 1:
            lines.append(f"{name}: " + ", ".join(f"{engine} {number:,}" for engine, number in said.items()))
    return lines[:DIFFERENCES_SHOWN]


def _time(made: Comparison, servers: dict[str, Server], rounds: int) -> None:
    """Ask class by class, every engine in turn; a round begins with another engine than the round before."""
    made.times = {engine: {how: [[] for _ in made.queries] for how in HOW} for engine in servers}
    for engine, server in servers.items():
        say(f"{made.articles:,} articles: {engine} warms up")
        for _ in range(WARM_UP.get(engine, WARM_UP_OTHERS)):
            for how in HOW:
                server.ask("time", how, *(query.number for query in made.queries))
    engines = list(servers)
    for turn in range(rounds):
        say(f"{made.articles:,} articles: round {turn + 1} of {rounds}")
        first = turn % len(engines)
        for kind in made.classes():
            for how in HOW:
                asked = [query for query in made.queries if query.kind == kind]
                for engine in (*engines[first:], *engines[:first]):
                    _visit(made.times[engine][how], servers[engine], how, asked)


def _visit(times: list[list[int]], server: Server, how: str, asked: list[Query]) -> None:
    """One query is asked twice and counted once: at first the processor's caches hold another engine."""
    numbers = [query.number for query in asked]
    _, *counted = server.ask("time", how, numbers[-1], *numbers)
    for number, took in zip(numbers, counted, strict=True):
        times[number].append(took)

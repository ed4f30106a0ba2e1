"""The figures as tables in Markdown."""

from collections.abc import Iterable, Sequence

from benchmark.engines import OURS
from benchmark.engines.base import EVERY_VALUE
from benchmark.figures import HOW, Comparison, Ratio

__all__ = ["readme_rows", "tables"]

_NAMES = {OURS: "searcher", "tantivy": "tantivy", "lucene": "Lucene", "sqlite": "SQLite FTS5", "whoosh": "Whoosh"}
_MB = 1e6


def tables(made: Comparison, bare: dict[str, int]) -> str:
    """Everything measured of one comparison; `bare` is the memory of Python with numpy."""
    parts = [f"## {made.articles:,} articles ({made.corpus})", _build(made, bare)]
    for how in HOW:
        parts += [f"### {_title(made, how)}", _times(made, how)]
        if OURS in made.engines and len(made.engines) > 1:
            parts += [
                f"Time of {_NAMES[OURS]} by that of the others, with quartiles over the rounds:",
                _ratios(made, how),
            ]
    if made.one_shot:
        cpu, wall = made.one_shot["cpu"], made.one_shot["wall"]
        parts.append(f"`search` in a fresh process: {cpu:.2f} s of CPU, {wall:.2f} s in all.")
    return "\n\n".join(parts) + "\n"


def _title(made: Comparison, how: str) -> str:
    if how == "plain":
        return "top 10 + exact total"
    values = "all values" if made.values >= EVERY_VALUE else f"the {made.values} largest values"
    return f"top 10 + exact total + counts of {values} of both facets"


def _build(made: Comparison, bare: dict[str, int]) -> str:
    head = ["", *(f"{_NAMES[engine]} {_version(made, engine)}".strip() for engine in made.engines)]
    measures = {
        "articles a second": lambda e: f"{made.articles / made.build[e]['wall']:,.0f}",
        "to index, s": lambda e: f"{made.build[e]['wall']:.1f}",
        "to index, CPU s": lambda e: f"{made.build[e]['cpu']:.1f}",
        "peak memory, MB": lambda e: _megabytes(made.build[e].get("peak")),
        "on disk, MB": lambda e: _megabytes(made.build[e]["bytes"]),
        "segments": lambda e: str(made.search[e]["segments"] or "–"),
        "100 articles more, ms": lambda e: f"{made.add[e]['wall'] * 1000:,.0f}",
        "100 articles more, CPU ms": lambda e: f"{made.add[e]['cpu'] * 1000:,.0f}",
        "open and first search, ms": lambda e: f"{made.search[e]['open'] * 1000:,.0f}",
        "searching, MB resident": lambda e: _megabytes(made.search[e].get("resident")),
        "searching, MB not of files": lambda e: _megabytes(made.search[e].get("anonymous")),
    }
    rows = [[name, *map(measure, made.engines)] for name, measure in measures.items()]
    note = (
        f"Python with numpy alone: {_megabytes(bare.get('resident'))} MB resident, "
        f"{_megabytes(bare.get('anonymous'))} not of files."
    )
    return _table(head, rows) + "\n\n" + note


def _version(made: Comparison, engine: str) -> str:
    return str(made.build[engine].get("version", "")).removeprefix("tantivy v").partition(",")[0]


def _times(made: Comparison, how: str) -> str:
    rows = []
    for kind in made.classes():
        times = [f"{_short(made.middle(e, how, kind))} ({_short(made.slow(e, how, [kind]))})" for e in made.engines]
        rows.append([kind, f"{made.hits(kind):,.0f}", *times])
    rows.append(["all, p95", "", *(_short(made.slow(engine, how, made.classes())) for engine in made.engines)])
    head = ["ms, median (p95)", "hits", *(_NAMES[engine] for engine in made.engines)]
    return _table(head, rows)


def _ratios(made: Comparison, how: str) -> str:
    others = [engine for engine in made.engines if engine != OURS]
    rows = [[kind, *(_spread(made.ratio(OURS, other, how, [kind])) for other in others)] for kind in made.classes()]
    rows.append(["geometric mean", *(_spread(made.ratio(OURS, other, how, made.classes())) for other in others)])
    return _table(["", *(_NAMES[other] for other in others)], rows)


def readme_rows(comparisons: Sequence[Comparison], bare: dict[str, int]) -> str:
    """The few rows that the README shows: this engine's figures, and ratios to each other engine."""
    main = comparisons[0]
    compared = [(made, engine) for made in comparisons for engine in made.engines if engine != OURS]
    head = [
        f"{main.articles:,} articles, one core",
        "here",
        *(_against(made, engine, main) for made, engine in compared),
    ]
    rows = [
        ["articles indexed a second", f"{main.articles / main.build[OURS]['wall']:,.0f}"],
        ["on disk, MB", _megabytes(main.build[OURS]["bytes"])],
        *([_title(main, how), f"{_short(main.slow(OURS, how, main.classes()))} ms p95"] for how in HOW),
    ]
    for made, engine in compared:
        rows[0].append(f"× {_short(made.build[engine]['wall'] / made.build[OURS]['wall'])}")
        rows[1].append(f"× {_short(made.build[OURS]['bytes'] / made.build[engine]['bytes'])}")
        for row, how in zip(rows[2:], HOW, strict=True):
            row.append(f"× {_spread(made.ratio(OURS, engine, how, made.classes()))}")
    more, resident = main.add[OURS]["wall"], main.search[OURS].get("resident", 0) - bare.get("resident", 0)
    note = (
        f"100 articles more: {more * 1000:,.0f} ms. Searching takes {_megabytes(resident)} MB beyond Python and numpy."
    )
    if main.one_shot:
        note += f" `search` in a fresh process: {main.one_shot['cpu']:.2f} s of CPU."
    return _table(head, rows) + "\n\n" + note + "\n"


def _against(made: Comparison, engine: str, main: Comparison) -> str:
    name = f"against {_NAMES[engine]}"
    return name if made.articles == main.articles else f"{name} ({made.articles:,})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(head), ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _spread(ratio: Ratio) -> str:
    return f"{_short(ratio.middle)} ({_short(ratio.low)}–{_short(ratio.high)})"


def _short(value: float) -> str:
    """Two digits that count: 0.031, 0.31, 3.1, 31, 310."""
    digits = 3 if value < 0.1 else 2 if value < 1 else 1 if value < 10 else 0
    return f"{value:,.{digits}f}"


def _megabytes(count: int | None) -> str:
    return "–" if count is None else f"{count / _MB:,.0f}" if count >= 10 * _MB else f"{count / _MB:.1f}"

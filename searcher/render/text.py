"""Answers for people: a terminal in colour, or the same without."""

import textwrap
from collections.abc import Sequence
from pathlib import Path

from searcher.models import AddReport, Article, FacetCount, Hit, Results, Stats
from searcher.render.pieces import pieces, printable

__all__ = ["article_text", "report_text", "results_text", "stats_text"]

_BOLD, _DIM, _MARK, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"
_LABELS = {
    "location": "Locations",
    "actor": "Actors",
    "date": "Dates",
    "source": "Sources",
    "author": "Authors",
    "language": "Languages",
}
_HARD_SPACE = "\u00a0"
# Bytes are shown in the unit in which they have one to three digits.
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


class _Ink:
    """Words made bold, dim or marked; without colour marks are put between asterisks."""

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_RESET}" if self.color and text else text

    def dim(self, text: str) -> str:
        return f"{_DIM}{text}{_RESET}" if self.color and text else text

    def marked(self, text: str, marks: Sequence[tuple[int, int]], *, base: str = "") -> str:
        before, after = (_MARK, _RESET + base) if self.color else ("*", "*")
        return "".join(f"{before}{part.text}{after}" if part.marked else part.text for part in pieces(text, marks))


def results_text(results: Results, *, color: bool, width: int, offset: int = 0) -> str:
    """Hits, numbered, then the facets."""
    ink = _Ink(color=color)
    blocks = [_headline(results, offset)]
    blocks += [_hit(hit, number, ink, width) for number, hit in enumerate(results.hits, offset + 1)]
    facets = [_facet(name, counts, ink, width) for name, counts in results.facets.items() if counts]
    if facets:
        blocks.append("\n".join(facets))
    if results.explain:
        clauses = "\n".join(f"{count:>8,}  {printable(clause)}" for clause, count in results.explain)
        blocks.append(f"read as: {printable(results.read_as)}\n{clauses}")
    return "\n\n".join(blocks)


def report_text(report: AddReport) -> str:
    """One line of counts, then one line for each thing skipped."""
    counts = [
        f"{report.added:,} added",
        f"{report.updated:,} updated",
        f"{report.unchanged:,} unchanged",
        f"{report.duplicates:,} duplicates",
        f"{len(report.skipped):,} skipped",
    ]
    lines = [", ".join(counts) + (f" ({report.stories:,} different texts)" if report.stories else "")]
    for skip in report.skipped:
        where = f"{skip.path}, {skip.record}" if skip.record else skip.path
        lines.append(printable(f"skipped {_short(where)}: {skip.reason}"))
    return "\n".join(lines)


def article_text(article: Article, *, color: bool, width: int) -> str:
    """An article to read: title, what is known of it, body."""
    ink = _Ink(color=color)
    facts = [
        ("date", str(article.date or "undated")),
        ("source", article.source),
        ("author", ", ".join(article.authors)),
        ("url", article.url),
        ("file", _short(article.path) + (f", {article.record}" if article.record else "")),
        ("locations", ", ".join(article.locations)),
        ("actors", ", ".join(article.actors)),
        ("note", "; ".join(article.warnings)),
    ]
    head = [ink.bold(printable(article.title))]
    head += [ink.dim(f"{name + ':':<11}{printable(value)}") for name, value in facts if value]
    paragraphs = [textwrap.fill(printable(part), width) for part in article.body.split("\n\n")]
    return "\n".join(head) + "\n\n" + "\n\n".join(paragraphs)


def stats_text(stats: Stats) -> str:
    """What an archive holds, one fact a line."""
    languages = ", ".join(f"{name or 'unknown'} {count:,}" for name, count in stats.languages.items())
    facts = {
        "articles": f"{stats.articles:,}",
        "days": f"{stats.first_day} to {stats.last_day}" if stats.first_day else "none",
        "undated": f"{stats.undated:,}",
        "languages": languages,
        "size": _size(stats.size_bytes),
        "engine": f"{stats.engine}, format {stats.format_version}",
    }
    return "\n".join(f"{name + ':':<11}{value}" for name, value in facts.items() if value)


def _headline(results: Results, offset: int) -> str:
    if not results.total:
        hint = f"; did you mean: {results.suggestion}" if results.suggestion else ""
        return f"nothing found{hint}"
    noun = "article" if results.total == 1 else "articles"
    shown = f", {offset + 1} to {offset + len(results.hits)} shown" if len(results.hits) < results.total else ""
    hint = f"; did you mean: {results.suggestion}" if results.suggestion else ""
    return f"{results.total:,} {noun}{shown} ({results.took_ms:.0f} ms){hint}"


def _hit(hit: Hit, number: int, ink: _Ink, width: int) -> str:
    indent = " " * 4
    title = ink.bold(ink.marked(printable(hit.title), hit.title_marks, base=_BOLD if ink.color else ""))
    facts = [str(hit.date or "undated"), hit.source, hit.where]
    if hit.duplicates:
        facts.append(f"{hit.duplicates} more with the same text")
    about = [", ".join(hit.locations[:6]), ", ".join(hit.actors[:6])]
    lines = [
        f"{number:>3} {title}",
        indent + ink.dim(printable(" · ".join(fact for fact in facts if fact))),
        _wrapped(hit, ink, width, indent),
        indent + ink.dim(printable(" | ".join(part for part in about if part))),
        indent + ink.dim(printable(f"{hit.id}  {_short(hit.path)}")),
    ]
    return "\n".join(line for line in lines if line.strip())


def _wrapped(hit: Hit, ink: _Ink, width: int, indent: str) -> str:
    """The snippet wrapped to the width; marks are put in after wrapping so that they do not count."""
    snippet = list(printable(hit.snippet))
    for start, end in hit.marks:  # a mark is not broken: its spaces are hard ones while lines are made
        snippet[start:end] = "".join(snippet[start:end]).replace(" ", _HARD_SPACE)
    lines = textwrap.wrap(
        "".join(snippet), max(20, width - len(indent)), break_long_words=False, break_on_hyphens=False
    )
    shown: list[str] = []
    at = 0
    for line in lines:
        at = "".join(snippet).index(line[:1], at)
        inside = [
            (max(0, start - at), min(len(line), end - at))
            for start, end in hit.marks
            if start < at + len(line) and end > at
        ]
        shown.append(indent + ink.marked(line.replace(_HARD_SPACE, " "), inside))
        at += len(line)
    return "\n".join(shown)


def _facet(name: str, counts: Sequence[FacetCount], ink: _Ink, width: int) -> str:
    values = ", ".join(f"{'✓ ' if count.selected else ''}{count.value} {count.count:,}" for count in counts)
    label = f"{_LABELS.get(name, name)}: "
    body = textwrap.fill(printable(values), width, initial_indent=label, subsequent_indent="  ")
    return ink.bold(label) + body[len(label) :]


def _short(path: str) -> str:
    """A path relative to here where it lies below."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path


def _size(count: float) -> str:
    for unit in _UNITS[:-1]:
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} {_UNITS[-1]}"

"""Answers for people: a terminal in colour, or the same without."""

from collections.abc import Iterator, Sequence
from itertools import repeat

from searcher.models import AddReport, Article, CopyReport, FacetCount, Hit, Pending, Results, Stats
from searcher.render.copies import counted_copies, counted_stories, differs
from searcher.render.dates import day, moment
from searcher.render.filing import filed
from searcher.render.paths import short
from searcher.render.pieces import pieces, printable
from searcher.render.places import by_country
from searcher.render.told import told
from searcher.render.wrap import inside, lines

__all__ = ["article_text", "copy_text", "pending_text", "report_text", "results_text", "stats_text"]

_BOLD, _DIM, _MARK, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"
_LABELS = {
    "location": "Locations",
    "actor": "Actors",
    "mention": "Mentions",
    "date": "Dates",
    "event": "Events",
    "source": "Sources",
    "author": "Authors",
    "language": "Languages",
}
_INDENT = " " * 4
_FACT_INDENT = " " * 11
# Of files that are gone so many are named; `archive add --dry-run` names all.
MOST_NAMED = 10
# Of the places and actors of a hit, as many as tell what it is about.
_NAMES = 6
# Narrower columns than this are not made: words would stand alone in their lines.
_NARROWEST = 20
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

    def lines(self, text: str, marks: Sequence[tuple[int, int]], width: int, *, base: str = "") -> list[str]:
        """A text in lines, its marks unbroken; the asterisks of marks do not count as width."""
        clean = printable(text)
        return [
            self.marked(clean[start:end], inside(marks, (start, end)), base=base)
            for start, end in lines(clean, width, marks)
        ]

    def title(self, text: str, marks: Sequence[tuple[int, int]], width: int) -> list[str]:
        """A title in bold lines; one that is empty says so."""
        base = _BOLD if self.color else ""
        made = self.lines(text, marks, width, base=base) or ["(no title)"]
        return [self.bold(line) for line in made]

    def faint(self, text: str, width: int) -> list[str]:
        """A text in dim lines."""
        return [self.dim(line) for line in self.lines(text, (), width)]


def results_text(results: Results, *, color: bool, width: int, offset: int = 0) -> str:
    """Hits, numbered, then the facets."""
    ink = _Ink(color=color)
    blocks = [_headline(results, offset)]
    blocks += [_hit(hit, number, ink, width) for number, hit in enumerate(results.hits, offset + 1)]
    facets = [_facet(name, counts, ink, width) for name, counts in results.facets.items() if counts]
    if facets:
        several = any(differs(count) for counts in results.facets.values() for count in counts)
        legend = [ink.dim("(articles/stories, where some articles are copies)")] if several else []
        blocks.append("\n".join([*facets, *legend]))
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
    made = [", ".join(counts) + (f" ({counted_stories(report.stories)})" if report.stories else "")]
    if report.workers:
        done = report.added + report.updated
        rate = f"{done / report.seconds:,.0f} articles a second, " if report.seconds else ""
        made.append(f"{rate}{_counted(report.workers, 'worker')}, {report.seconds:,.1f} s")
    if report.removed:
        made.append(f"{_counted(report.removed, 'article')} of files that are gone removed")
    elif report.missing:
        made.append(f"{_counted(len(report.missing), 'file')} gone (--prune removes the articles)")
        made += [printable(f"gone {short(path)}") for path in report.missing[:MOST_NAMED]]
    for skip in report.skipped:
        where = short(skip.path) + (f", {skip.record}" if skip.record else "")
        made.append(printable(f"skipped {where}: {skip.reason}"))
    return "\n".join(made)


def copy_text(report: CopyReport) -> str:
    """What was copied, and what both places hold."""
    there = f", {report.present:,} were there" if report.present else ""
    return (
        f"{report.copied:,} copied{there}; {_counted(report.articles, 'article')} in both, the same by {report.digest}"
    )


def pending_text(pending: Pending) -> str:
    """What would be done, a file a line."""
    named = {"new": pending.new, "changed": pending.changed, "gone": pending.missing}
    made = [printable(f"{state} {short(path)}") for state, paths in named.items() for path in paths]
    made += [printable(f"skipped {short(skip.path)}: {skip.reason}") for skip in pending.skipped]
    counts = [f"{len(paths):,} {state}" for state, paths in named.items()]
    return "\n".join([*made, ", ".join([*counts, f"{pending.unchanged:,} unchanged"])])


def article_text(article: Article, *, color: bool, width: int) -> str:
    """An article to read: title, what is known of it, body."""
    ink = _Ink(color=color)
    facts = [
        ("date", moment(article.date)),
        ("source", article.source),
        ("author", ", ".join(article.authors)),
        ("filed", filed(article)),
        ("url", article.url),
        ("file", short(article.path) + (f", {article.record}" if article.record else "")),
        ("locations", ", ".join(article.locations)),
        ("actors", ", ".join(article.actors)),
        ("events", told(article)),
        ("note", "; ".join(article.warnings)),
    ]
    head = ink.title(article.title, (), width)
    for name, value in facts:
        made = ink.faint(value, max(_NARROWEST, width - len(_FACT_INDENT)))
        head += [ink.dim(label) + line for label, line in zip(_labels(name), made, strict=False)]
    paragraphs = ["\n".join(ink.lines(part, (), width)) for part in article.body.split("\n\n")]
    return "\n".join(head) + "\n\n" + "\n\n".join(paragraphs)


def stats_text(stats: Stats) -> str:
    """What an archive holds, one fact a line."""
    languages = ", ".join(f"{name or 'unknown'} {count:,}" for name, count in stats.languages.items())
    facts = {
        "articles": f"{stats.articles:,}",
        "stories": f"{stats.stories:,}",
        "days": f"{stats.first_day} to {stats.last_day}" if stats.first_day else "none",
        "undated": f"{stats.undated:,}",
        "languages": languages,
        "entities": stats.entities,
        "size": _size(stats.size_bytes),
        "engine": f"{stats.engine}, format {stats.format_version}",
    }
    return "\n".join(next(_labels(name)) + printable(value) for name, value in facts.items() if value)


def _labels(name: str) -> Iterator[str]:
    """The label of a fact's first line, then white space for the others."""
    yield f"{name + ':':<{len(_FACT_INDENT)}}"
    yield from repeat(_FACT_INDENT)


def _headline(results: Results, offset: int) -> str:
    hint = f"; did you mean: {printable(results.suggestion)}" if results.suggestion else ""
    if not results.total:
        return f"nothing found{hint}"
    noun = "article" if results.total == 1 else "articles"
    shown = f"{offset + 1:,} to {offset + len(results.hits):,}" if results.hits else "none"
    part = f", {shown} shown" if len(results.hits) < results.total else ""
    stories = f", {counted_stories(results.stories)}" if results.stories else ""
    return f"{results.total:,} {noun}{stories}{part} ({results.took_ms:.0f} ms){hint}"


def _hit(hit: Hit, number: int, ink: _Ink, width: int) -> str:
    inner = max(_NARROWEST, width - len(_INDENT))
    facts = [day(hit.date), hit.source, hit.where]
    if hit.duplicates:
        facts.append(counted_copies(hit.duplicates))
    if hit.matched:
        facts.append("matched as " + ", ".join(f'"{spelling}"' for spelling in hit.matched[:_NAMES]))
    about = [", ".join(hit.locations[:_NAMES]), ", ".join(hit.actors[:_NAMES])]
    shown = [
        *ink.title(hit.title, hit.title_marks, inner),
        *ink.faint(" · ".join(fact for fact in facts if fact), inner),
        *ink.lines(hit.snippet, hit.marks, inner),
        *ink.faint(" | ".join(part for part in about if part), inner),
        ink.dim(printable(f"{hit.id}  {short(hit.path)}")),  # in one line, to be copied
    ]
    first, *others = shown
    return "\n".join([f"{number:>3} {first}", *(_INDENT + line for line in others)])


def _facet(name: str, counts: Sequence[FacetCount], ink: _Ink, width: int) -> str:
    label = f"{_LABELS.get(name, name)}: "
    text, whole = label, []
    for before, value, after in _values(counts):
        text += before
        whole.append((len(text), len(text) + len(value)))
        text += value + after
    made = [text[start:end] for start, end in lines(text, width - 2, whole)]
    return "\n  ".join([ink.bold(label) + made[0][len(label) :], *made[1:]])


def _values(counts: Sequence[FacetCount]) -> Iterator[tuple[str, str, str]]:
    """Each value with its count, what stands before it and after it; those within a country stand in parentheses."""
    glue = ""
    for branch in by_country(counts):
        yield glue, _value(branch.own) if branch.own else printable(branch.value), ""
        glue = ", "
        for number, place in enumerate(branch.places, 1):
            yield " (" if number == 1 else ", ", _value(place), ")" if number == len(branch.places) else ""


def _value(count: FacetCount) -> str:
    stories = f"/{count.stories:,}" if differs(count) else ""
    return f"{'✓ ' if count.selected else ''}{printable(count.value)} {count.count:,}{stories}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _size(count: float) -> str:
    for unit in _UNITS[:-1]:
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} {_UNITS[-1]}"

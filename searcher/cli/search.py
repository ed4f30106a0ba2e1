"""`search`: it only searches, whatever words it is given."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searcher.choices import COPIES, DEFAULT_FACETS, FACETS, MATCHES, SORTS, TIME_LIMIT
from searcher.cli.run import ERROR, FOUND, NOTHING, index_option, note, run, terminal_width, wants_color

if TYPE_CHECKING:
    from searcher.archive import Archive
    from searcher.models import Results

__all__ = ["command", "main", "query_text"]

FORMATS = ("text", "json", "jsonl", "csv", "html")
SAMPLES = Path("corpus")
# With one of these there need be no words.
NARROWING = (
    *("location", "actor", "mention", "not_location", "not_actor", "not_mention", "source", "language"),
    *("after", "before"),
)
# What makes an argument more than words: operators, and the signs of the query language.
_OPERATORS = re.compile(r"(?<!\S)(?:AND|OR|NOT)(?!\S)")
_SIGNS = re.compile(rf'{_OPERATORS.pattern}|["“”„«»()*?~^:=]|(?<!\S)-')

_EPILOG = """\b
Examples:
  search Kalibr "Abu Kamal"             both, the second as a phrase
  search '"Abu Kamal" OR Tartus'        quotes inside quotes keep them from the shell
  search -l Syria -a "Islamic State" --after 2017-10 missile
  search --json kalibr | jq .total
  search -- -syria kalibr               -- ends the options

\b
Query language:
  a b              all words            a OR b, NOT a, -a, ( )
  "a phrase"       side by side         "near words"~5   within 5 other words
  miss*  wil?card  patterns             fuzzy~           a letter or two may differ
  =word            as typed             word^2           counts double
  title: body: location: actor: mention: source: author: language:
  date:2017-10   date:2017-10..2017-12   date:>2017-10-15

Exit status: 0 found, 1 nothing found, 2 an error."""


@click.command(name="search", epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("query", nargs=-1)
@index_option
@click.option("-n", "--limit", default=10, show_default=True, help="Articles to show.")
@click.option("--offset", default=0, help="Articles to pass over first.")
@click.option("-l", "--location", multiple=True, help="Only articles about this place (repeat for alternatives).")
@click.option("-a", "--actor", multiple=True, help="Only articles about this actor (repeat for alternatives).")
@click.option("--mention", multiple=True, help="Only articles that name this place or actor, if only in passing.")
@click.option("--not-location", multiple=True, help="No articles about this place.")
@click.option("--not-actor", multiple=True, help="No articles about this actor.")
@click.option("--not-mention", multiple=True, help="No articles that so much as name this place or actor.")
@click.option("--source", multiple=True, help="Only articles of this outlet.")
@click.option("--language", multiple=True, help="Only articles in this language (en, ru, ...).")
@click.option("--after", metavar="DATE", help="From this year, month or day on: 2017, 2017-10, 2017-10-31.")
@click.option("--before", metavar="DATE", help="Up to the end of this year, month or day.")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", show_default=True)
@click.option("--match", type=click.Choice(MATCHES), default="all", show_default=True, help="All words or any.")
@click.option(
    "--copies",
    type=click.Choice(COPIES),
    default="all",
    show_default=True,
    help="Of articles that tell one story: all, the first, or the first of each source.",
)
@click.option(
    "--facet", "facets", multiple=True, type=click.Choice(FACETS), help="Count these instead of the usual facets."
)
@click.option("--facet-size", default=10, show_default=True, help="Values to show of each facet.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--open", "in_browser", is_flag=True, help="Show the results page in the browser.")
@click.option("-p", "--phrase", is_flag=True, help="All the words are one exact phrase.")
@click.option("--exact", is_flag=True, help="Names in no other spelling than the one typed.")
@click.option(
    "--time-limit",
    metavar="SECONDS",
    type=float,
    default=TIME_LIMIT,
    show_default=True,
    help="Show what was found by then; 0 for no limit.",
)
@click.option("--explain", is_flag=True, help="Show how the query was read, and how much each part of it matches.")
def command(query: tuple[str, ...], index: str, form: str, *, in_browser: bool, **options: Any) -> int:
    """Search the archive for QUERY: words, phrases, fields; see below.

    All words must match; articles in which they stand side by side come first.
    """
    from searcher.archive import Archive  # so that --help needs no engine

    text = query_text(query)
    options["facets"] = options["facets"] or DEFAULT_FACETS
    if not text and not any(options[name] for name in NARROWING):
        raise click.UsageError('give words to search for, such as: search "Abu Kamal"')
    with Archive.open(index) as archive:
        _build_if_missing(archive)
        results = archive.search(text, **options)
    _show(results, options, "html" if in_browser else form, in_browser=in_browser)
    return FOUND if results.total else NOTHING


def query_text(arguments: tuple[str, ...]) -> str:
    """The query of several arguments: one of several words that the shell kept together is a phrase or a group."""
    if len(arguments) == 1:
        return arguments[0].strip()
    return " ".join(_kept_together(argument.strip()) for argument in arguments).strip()


def _kept_together(argument: str) -> str:
    if " " not in argument:
        return argument
    if not _SIGNS.search(argument):
        return f'"{argument}"'
    return f"({argument})" if _OPERATORS.search(argument) else argument


def _build_if_missing(archive: "Archive") -> None:
    """The first search in a folder with samples makes their index."""
    if not isinstance(archive.location, Path) or archive.location.is_file():  # no cluster is filled unasked
        return
    if archive.exists or not SAMPLES.is_dir():
        return
    note(f"no index at {archive.location}: building it from {SAMPLES}/")
    report = archive.add([SAMPLES])
    note(f"{report.added:,} articles added" + (f", {len(report.skipped):,} skipped" if report.skipped else ""))


def _show(results: "Results", options: dict[str, Any], form: str, *, in_browser: bool) -> None:
    if form == "html":
        _show_page(results, options, in_browser=in_browser)
        return
    if form in ("text", "csv"):  # the others have the notes in them
        for text in results.notes:
            note(f"note: {text}")
    if form == "text":
        from searcher.render.text import results_text

        click.echo(results_text(results, color=wants_color(), width=terminal_width(), offset=options["offset"]))
        return
    from searcher.render import data

    writers = {"json": data.results_json, "jsonl": data.results_jsonl, "csv": data.results_csv}
    click.echo(writers[form](results))


def _show_page(results: "Results", options: dict[str, Any], *, in_browser: bool) -> None:
    from searcher.render.page import standalone_page  # jinja2
    from searcher.render.state import State

    html = standalone_page(results, State.of(results.query, options), options["offset"])
    if not in_browser:
        click.echo(html)
        return
    import tempfile  # these two take 8 ms, which other searches need not spend
    import webbrowser

    with tempfile.NamedTemporaryFile("w", suffix=".html", prefix="search-", delete=False, encoding="utf-8") as file:
        file.write(html)
    note(f"the page is {file.name}")
    if not webbrowser.open(Path(file.name).as_uri()):
        note("no browser could be started: open the file by hand")


def main() -> None:
    """Entry point of `search`."""
    if not sys.argv[1:]:
        note('search: give words to search for, such as: search "Abu Kamal"  (search --help tells more)')
        sys.exit(ERROR)
    run(command)

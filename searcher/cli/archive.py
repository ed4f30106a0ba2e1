"""`archive`: what manages an archive; searching it is `search`."""

from contextlib import suppress

import click

from searcher.cli.alias import alias
from searcher.cli.progress import progress_bar
from searcher.cli.run import ERROR, FOUND, index_option, json_option, note, run, terminal_width, wants_color

__all__ = ["add", "check", "export", "group", "main", "remove", "serve", "show", "status"]


@click.group(name="archive", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Manage an archive of news articles: add files, look at one, check, export, serve the results page."""


group.add_command(alias)


def _columns(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:  # noqa: ARG001 - click passes them
    """The columns named as FIELD=NAME."""
    for entry in given:
        if "=" not in entry:
            raise click.BadParameter(f"{entry!r} is not FIELD=NAME, such as body=Text")
    return {name.strip(): column for name, _, column in (entry.partition("=") for entry in given)}


@group.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@index_option
@json_option
@click.option(
    "--day-first/--month-first",
    default=None,
    help="How 03/04/2017 is read, now and in every later add  [default: day first]",
)
@click.option("--encoding", help="Encoding of text files that are not UTF-8, such as windows-1251.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=_columns,
    help="Which column of a table holds a field of an article, such as body=Text or title=Head, now and in every later "
    "add; may be given several times; body= takes one back.",
)
@click.option(
    "--entities",
    metavar="rules|spacy:MODEL",
    help="What finds places and actors, now and in every later add: the rules, or the rules and a spaCy model that you "
    "have installed, by its name or folder  [default: rules]",
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    metavar="N",
    help="How many read articles at the same time  [default: one for each core, at most 8]",
)
@click.option(
    "--memory",
    "memory_mb",
    type=click.IntRange(1),
    metavar="MB",
    help="What articles may take in memory before they are written, now and in every later add  [default: 256]",
)
def add(
    paths: tuple[str, ...],
    index: str,
    encoding: str | None,
    columns: dict[str, str],
    entities: str | None,
    processes: int | None,
    memory_mb: int | None,
    *,
    as_json: bool,
    day_first: bool | None,
) -> int:
    """Add files and folders; what changed since the last time replaces what was there.

    Exit status: 0, or 2 when anything was skipped (the rest is in).
    """
    from searcher.archive import Archive  # so that --help needs no engine
    from searcher.render.data import report_dict, to_json
    from searcher.render.text import report_text

    with Archive.open(index) as archive, progress_bar() as progress:
        try:
            report = archive.add(
                paths,
                day_first=day_first,
                encoding=encoding,
                columns=columns,
                entities=entities,
                processes=processes,
                memory_mb=memory_mb,
                progress=progress,
            )
        except KeyboardInterrupt:
            note("archive: interrupted; what was committed is in, the same command goes on from there")
            raise
    click.echo(to_json(report_dict(report)) if as_json else report_text(report))
    return ERROR if report.skipped else FOUND


@group.command()
@click.argument("article_id", metavar="ID")
@index_option
@json_option
def show(article_id: str, index: str, *, as_json: bool) -> None:
    """Show one article; its id is what a search prints below it."""
    from searcher.archive import Archive
    from searcher.render.data import article_json
    from searcher.render.text import article_text

    with Archive.open(index) as archive:
        article = archive.get(article_id)
    shown = article_json(article) if as_json else article_text(article, color=wants_color(), width=terminal_width())
    click.echo(shown)


@group.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--path", help="Remove every article that came from this file.")
@index_option
def remove(ids: tuple[str, ...], path: str | None, index: str) -> int:
    """Remove articles from the index; their files stay where they are."""
    from searcher.archive import Archive

    if not ids and not path:
        raise click.UsageError("give ids of articles, or --path FILE")
    with Archive.open(index) as archive:
        removed = archive.remove(*ids, path=path)
    click.echo(f"{removed:,} removed")
    if not removed:
        note("archive: nothing in this index has that id or came from that file; `archive export` lists what is there")
    return FOUND if removed else ERROR


@group.command()
@index_option
@json_option
def status(index: str, *, as_json: bool) -> None:
    """Show what the archive holds: counts, days, languages, size."""
    from searcher.archive import Archive
    from searcher.render.data import stats_dict, to_json
    from searcher.render.text import stats_text

    with Archive.open(index) as archive:
        stats = archive.stats()
    click.echo(to_json(stats_dict(stats)) if as_json else stats_text(stats))


@group.command()
@click.option("--deep", is_flag=True, help="Read every article and every list of the index.")
@index_option
def check(index: str, *, deep: bool) -> int:
    """Check the files of the index: exit status 0 when they are sound, 2 when not."""
    from searcher.archive import Archive

    with Archive.open(index) as archive:
        faults = archive.check(deep=deep)
    for fault in faults:
        note(fault)
    if not faults:
        click.echo("sound")
    return ERROR if faults else FOUND


@group.command()
@click.argument("query", nargs=-1)
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@index_option
def export(query: tuple[str, ...], form: str, index: str) -> None:
    """Write every article, or all that QUERY finds, to stdout with their mentions."""
    from searcher.archive import Archive
    from searcher.render.data import article_csv, article_json

    with Archive.open(index) as archive:
        if form == "csv":
            click.echo(article_csv(None))
        for article in archive.articles(" ".join(query)):
            click.echo(article_csv(article) if form == "csv" else article_json(article, indent=None))


@group.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--open", "in_browser", is_flag=True, help="Open the page in the browser.")
@index_option
def serve(host: str, port: int, index: str, *, in_browser: bool) -> None:
    """Serve the results page on this machine until Ctrl-C."""
    from searcher.archive import Archive
    from searcher.web.server import serve as serve_archive  # starlette and uvicorn

    with Archive.open(index) as archive, suppress(KeyboardInterrupt):
        archive.stats()  # a missing index is an error now, not on the first request
        serve_archive(archive, host, port, announce=note, in_browser=in_browser)


def main() -> None:
    """Entry point of `archive`."""
    run(group)

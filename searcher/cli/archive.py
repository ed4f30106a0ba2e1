"""`archive`: what manages an archive; searching it is `search`."""

from contextlib import suppress

import click

from searcher.cli.add import add, rebuild, watch
from searcher.cli.alias import alias
from searcher.cli.copy import copy
from searcher.cli.run import ERROR, FOUND, index_option, json_option, note, run, terminal_width, wants_color

__all__ = ["check", "export", "group", "main", "remove", "serve", "show", "status", "story"]


@click.group(name="archive", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Manage an archive of news articles: add files, look at one, check, export, serve the results page."""


for command in (add, watch, rebuild, copy, alias):
    group.add_command(command)


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
@click.argument("article_id", metavar="ID")
@index_option
@json_option
def story(article_id: str, index: str, *, as_json: bool) -> None:
    """Show who ran the story of an article when, and what changed from one version to the next."""
    from searcher.archive import Archive
    from searcher.render.data import story_dict, to_json
    from searcher.render.story import story_text

    with Archive.open(index) as archive:
        found = archive.story(article_id)
    click.echo(to_json(story_dict(found), indent=2) if as_json else story_text(found, width=terminal_width()))


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
@click.option("--allow-host", "allowed", multiple=True, metavar="NAME", help="Answer under this name too (repeatable).")
@click.option("--open", "in_browser", is_flag=True, help="Open the page in the browser.")
@index_option
def serve(host: str, port: int, index: str, *, allowed: tuple[str, ...], in_browser: bool) -> None:
    """Serve the results page on this machine until Ctrl-C."""
    from searcher.archive import Archive
    from searcher.web.server import serve as serve_archive  # starlette and uvicorn

    with Archive.open(index) as archive, suppress(KeyboardInterrupt):
        archive.stats()  # a missing index is an error now, not on the first request
        serve_archive(archive, host, port, announce=note, in_browser=in_browser, allowed=allowed)


def main() -> None:
    """Entry point of `archive`."""
    run(group)

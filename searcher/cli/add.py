"""`archive add`, `archive watch`, `archive rebuild`: what brings articles into an index."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from searcher.cli.progress import progress_bar
from searcher.cli.run import ERROR, FOUND, index_option, json_option, note

__all__ = ["add", "rebuild", "watch"]


def _columns(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """The columns named as FIELD=NAME."""
    for entry in given:
        if "=" not in entry:
            raise click.BadParameter(f"{entry!r} is not FIELD=NAME, such as body=Text")
    return {name.strip(): column for name, _, column in (entry.partition("=") for entry in given)}


@click.command()
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
    "--dask",
    metavar="ADDRESS",
    help="Let the workers of the Dask scheduler at this address, such as tcp://host:8786, read and write; for archives "
    "at opensearch://. Files have to be on a disk that every worker has, at the same path.",
)
@click.option(
    "--memory",
    "memory_mb",
    type=click.IntRange(1),
    metavar="MB",
    help="What articles may take in memory before they are written, now and in every later add  [default: 256]",
)
@click.option("--prune", is_flag=True, help="Remove the articles of files that are not there any more.")
@click.option("--dry-run", is_flag=True, help="Only tell which files are new, changed or gone.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write what was skipped, and why, to this file as JSON lines.",
)
def add(
    paths: tuple[str, ...], index: str, report_file: Path | None, *, as_json: bool, dry_run: bool, **options: Any
) -> int:
    """Add files and folders; what changed since the last time replaces what was there.

    Exit status: 0, or 2 when anything was skipped (the rest is in).
    """
    from searcher.archive import Archive  # so that --help needs no engine
    from searcher.render.data import pending_dict, report_dict, report_lines, to_json
    from searcher.render.text import pending_text, report_text

    with Archive.open(index) as archive:
        if dry_run:
            pending = archive.pending(paths)
            click.echo(to_json(pending_dict(pending)) if as_json else pending_text(pending))
            return ERROR if pending.skipped else FOUND
        with progress_bar() as progress:
            try:
                report = archive.add(paths, progress=progress, **options)
            except KeyboardInterrupt:
                note("archive: interrupted; what was committed is in, the same command goes on from there")
                raise
    if report_file:
        report_file.write_text(report_lines(report) + "\n", encoding="utf-8")
    click.echo(to_json(report_dict(report)) if as_json else report_text(report))
    return ERROR if report.skipped else FOUND


@click.command()
@click.argument("folders", nargs=-1, required=True, metavar="DIR...", type=click.Path(exists=True, file_okay=False))
@index_option
@click.option("--prune", is_flag=True, help="Remove the articles of files that are deleted.")
@click.option("--processes", type=click.IntRange(1), metavar="N", help="As in `archive add`.")
def watch(folders: tuple[str, ...], index: str, processes: int | None, *, prune: bool) -> None:
    """Add folders and keep up with them: new and changed files are added within seconds, until Ctrl-C.

    Needs the extra "watch".
    """
    from searcher.archive import Archive
    from searcher.models import AddReport
    from searcher.render.text import report_text

    def told(report: AddReport) -> None:
        if report != AddReport(unchanged=report.unchanged, duplicates=report.duplicates):
            click.echo(report_text(report))

    with Archive.open(index) as archive, suppress(KeyboardInterrupt):
        note(f"archive: watching {', '.join(folders)}; Ctrl-C ends it")
        archive.watch(folders, prune=prune, processes=processes, told=told)


@click.command()
@index_option
@json_option
@click.option(
    "--entities", metavar="rules|spacy:MODEL", help="What finds places and actors, now and in every later add."
)
@click.option("--processes", type=click.IntRange(1), metavar="N", help="How many work at the same time.")
@click.option("--memory", "memory_mb", type=click.IntRange(1), metavar="MB", help="As in `archive add`.")
def rebuild(index: str, entities: str | None, processes: int | None, memory_mb: int | None, *, as_json: bool) -> int:
    """Make the index anew from the articles kept beside it, without the files they came from.

    For an index that is damaged or was made by another version, and to find places and actors anew. The old index
    answers until the new one is whole.
    """
    from searcher.archive import Archive
    from searcher.render.data import report_dict, to_json
    from searcher.render.text import report_text

    with Archive.open(index) as archive, progress_bar() as progress:
        report = archive.rebuild(entities=entities, processes=processes, memory_mb=memory_mb, progress=progress)
    click.echo(to_json(report_dict(report)) if as_json else report_text(report))
    return ERROR if report.skipped else FOUND

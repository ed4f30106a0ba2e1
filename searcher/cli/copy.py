"""`archive copy`: an archive comes to another place."""

import click

from searcher.cli.progress import progress_bar
from searcher.cli.run import json_option, note

__all__ = ["copy"]


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@click.option("--resume", is_flag=True, help="Go on with a copy that was broken off.")
@json_option
def copy(source: str, target: str, *, resume: bool, as_json: bool) -> None:
    """Copy an archive: every article as it is, settings and aliases.

    SOURCE and TARGET are directories or addresses such as opensearch://HOST:9200/NAME. In TARGET there is no archive
    yet, or an empty one. At the end all of it is read and compared with SOURCE.

    Exit status: 0 when both hold the same, or 2.
    """
    from searcher.archive import Archive
    from searcher.render.data import copy_dict, to_json
    from searcher.render.text import copy_text

    with Archive.open(source) as archive, progress_bar() as progress:
        try:
            report = archive.copy_to(target, resume=resume, progress=progress)
        except KeyboardInterrupt:
            note("archive: interrupted; with --resume the same command goes on from there")
            raise
    click.echo(to_json(copy_dict(report)) if as_json else copy_text(report))

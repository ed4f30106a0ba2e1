"""`archive alias`: spellings of names that the lists do not have."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from searcher.choices import ALIAS_KINDS
from searcher.cli.progress import progress_bar
from searcher.cli.run import ERROR, FOUND, NOTHING, index_option, json_option, note

if TYPE_CHECKING:
    from searcher.archive import Archive
    from searcher.models import AliasEntry, AliasSuggestion, MentionKind

__all__ = ["add", "alias", "apply", "list_entries", "remove", "suggest"]

Command = TypeVar("Command", bound=Callable[..., object])


def _what_it_is(command: Command) -> Command:
    """The options that say what a name is that no list has."""
    country = click.option(
        "--country", default="", metavar="CODE", help="Of a new name, or of one that several bear: SY."
    )
    kind = click.option(
        "--kind",
        type=click.Choice(ALIAS_KINDS, case_sensitive=False),
        metavar="KIND",
        help="Of a new name: LOC (a place), PER, ORG, ACTOR (a group or government) or VESSEL.",
    )
    return kind(country(command))


@click.group()
def alias() -> None:
    """Add spellings of names to those that are known; they are kept in aliases.toml in the archive's directory."""


@alias.command()
@click.argument("name")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Spellings to show.")
@click.option("--add", "adding", is_flag=True, help="Add those with the same skeleton that are not counted yet.")
@_what_it_is
@index_option
@json_option
def suggest(
    name: str, limit: int, kind: "MentionKind | None", country: str, index: str, *, adding: bool, as_json: bool
) -> int:
    """Show spellings found in the archive that may be NAME.

    Each with the number of articles that have it. The surest come first: the same skeleton (what is left where
    transliterations differ), the same consonants, letters close to each other. Nothing is added without --add.

    Exit status: 0, or 1 when there is none.
    """
    from searcher.archive import Archive
    from searcher.render.aliases import suggestions_json, suggestions_text

    with Archive.open(index) as archive:
        found = archive.suggest_aliases(name, limit)
        if as_json:
            click.echo(suggestions_json(found))
        elif found:
            click.echo(suggestions_text(found))
        fresh = [one for one in found if not one.known]
        sure = [one for one in fresh if one.likeness == "same skeleton"]
        if adding and sure:
            entry = archive.add_alias(name, *(one.spelling for one in sure), kind=kind, country=country.upper())
            _tell(archive, entry, quiet=as_json)
        elif fresh and not as_json:
            _propose(name, sure)
    return FOUND if found else NOTHING


@alias.command()
@click.argument("name")
@click.argument("spellings", nargs=-1, metavar="[SPELLING]...")
@_what_it_is
@index_option
def add(name: str, spellings: tuple[str, ...], kind: "MentionKind | None", country: str, index: str) -> None:
    """Let NAME be spelt in other ways too.

    NAME is any name that is known, such as "Abu Kamal", or with --kind a new one. Searches use it at once, and so do
    articles that are added later.
    """
    from searcher.archive import Archive

    with Archive.open(index) as archive:
        _tell(archive, archive.add_alias(name, *spellings, kind=kind, country=country.upper()))


@alias.command()
@click.argument("name")
@click.argument("spellings", nargs=-1, metavar="[SPELLING]...")
@index_option
def remove(name: str, spellings: tuple[str, ...], index: str) -> None:
    """Take spellings away from NAME, or all that were added where none is given."""
    from searcher.archive import Archive

    with Archive.open(index) as archive:
        gone = archive.remove_alias(name, *spellings)
        click.echo(f"removed {', '.join(gone) or name}")
        _point_to_apply(archive)


@alias.command("list")
@index_option
@json_option
def list_entries(index: str, *, as_json: bool) -> None:
    """Show the names that have spellings added, and what they stand for."""
    from searcher.archive import Archive
    from searcher.render.aliases import entries_json, entries_text

    with Archive.open(index) as archive:
        entries = archive.alias_entries()
    if as_json:
        click.echo(entries_json(entries))
    elif entries:
        click.echo(entries_text(entries))


@alias.command()
@click.option("--processes", type=click.IntRange(1), metavar="N", help="How many work  [default: one for each core]")
@index_option
@json_option
def apply(processes: int | None, index: str, *, as_json: bool) -> int:
    """Find places and actors of every article again.

    With the spellings as they are now, and without reading any file.

    Exit status: 0, or 2 when an article was skipped.
    """
    from searcher.archive import Archive
    from searcher.render.data import report_dict, to_json

    with Archive.open(index) as archive, progress_bar() as progress:
        report = archive.apply_aliases(processes=processes, progress=progress)
    for skipped in report.skipped:
        note(f"skipped {skipped.path}: {skipped.reason}")
    click.echo(
        to_json(report_dict(report)) if as_json else f"{report.updated:,} changed, {report.unchanged:,} unchanged"
    )
    return ERROR if report.skipped else FOUND


def _tell(archive: "Archive", entry: "AliasEntry", *, quiet: bool = False) -> None:
    from searcher.render.aliases import entry_text

    if not quiet:
        click.echo(entry_text(entry))
    _point_to_apply(archive)


def _point_to_apply(archive: "Archive") -> None:
    if archive.exists:
        note("searches use it now; for the facets of articles that are in already run `archive alias apply`")


def _propose(name: str, sure: "list[AliasSuggestion]") -> None:
    """The command for those with the same skeleton; where there are none a person has to say which."""
    from searcher.render.aliases import add_command

    context = click.get_current_context()
    named = context.get_parameter_source("index") is click.core.ParameterSource.COMMANDLINE
    spellings = [one.spelling for one in sure] or ["SPELLING"]
    command = add_command(name, spellings, context.params["index"] if named else "")
    click.echo(f"\nto add {'those with the same skeleton' if sure else 'one'}: {command}")

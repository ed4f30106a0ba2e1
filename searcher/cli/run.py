"""What both commands share: how they end, and where they write."""

import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click

from searcher.config import environment
from searcher.errors import SearcherError

__all__ = ["ERROR", "FOUND", "NOTHING", "index_option", "note", "run", "terminal_width", "wants_color"]

FOUND, NOTHING, ERROR = 0, 1, 2
INTERRUPTED = 130

index_option = click.option(
    "-i",
    "--index",
    metavar="DIR",
    default=lambda: environment().index,
    help="The archive's directory  [default: $SEARCHER_INDEX, else ./index]",
)


def run(command: click.Command) -> NoReturn:
    """Run a command and exit with its status: expected failures are one line, a closed pipe is none."""
    try:
        status = command.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = ERROR
    except BrokenPipeError:
        _let_go_of_stdout()
        status = FOUND
    except SearcherError as error:
        note(f"{command.name}: {error}")
        status = ERROR
    sys.exit(status if isinstance(status, int) else FOUND)


def note(text: str) -> None:
    """One line on stderr."""
    click.echo(text, err=True)


def wants_color() -> bool:
    """Whether stdout is a terminal whose user does not mind colour."""
    return sys.stdout.isatty() and not environment().no_color


def terminal_width() -> int:
    """Columns to fill: those of the terminal, 100 where there is none, never less than 40 or more than 120."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 100
    except OSError:
        columns = 100
    return max(40, min(120, columns))


def _let_go_of_stdout() -> None:
    """Python flushes stdout on its way out; what the reader of a closed pipe did not want goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

"""What both commands share: how they end, and where they write."""

import atexit
import gc
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from searcher.config import environment, one_thread_for_algebra
from searcher.errors import SearcherError
from searcher.render.pieces import printable

__all__ = ["ERROR", "FOUND", "NOTHING", "index_option", "json_option", "note", "run", "terminal_width", "wants_color"]

FOUND, NOTHING, ERROR = 0, 1, 2
INTERRUPTED = 130

index_option = click.option(
    "-i",
    "--index",
    metavar="DIR|URL",
    default=lambda: environment().index,
    help="The archive: its directory, or opensearch://HOST:9200/NAME  [default: $SEARCHER_INDEX, else ./index]",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def run(command: click.Command) -> NoReturn:
    """Run a command and exit with its status: expected failures are one line, a closed pipe is none.

    The command is not run by its own `main`, which takes a closed pipe for an error.
    """
    _ready_streams()
    one_thread_for_algebra()
    try:
        with command.make_context(command.name, sys.argv[1:]) as context:
            status = command.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        status = ERROR
    except click.ClickException as error:
        note(_in_one_line(error, command.name or ""))
        status = ERROR
    except BrokenPipeError:
        _let_go_of_stdout()
        status = FOUND
    except OSError as error:
        _let_go_of_stdout()
        where = f"{error.filename}: " if error.filename else ""
        note(f"{command.name}: {where}{error.strerror or error}; check the disk and permissions")
        status = ERROR
    except SearcherError as error:
        note(f"{command.name}: {error}")
        status = ERROR
    gc.freeze()  # nothing is left to collect: looking through all that numpy made takes Python 12 ms on its way out
    sys.exit(status if isinstance(status, int) else FOUND)


def note(text: str) -> None:
    """One line on stderr."""
    click.echo(printable(text), err=True)


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


def _ready_streams() -> None:
    """Streams that take whatever is written: what an encoding has no sign for is written as its escape.

    Where stdout was closed by the caller Python has none; what goes there goes nowhere.
    """
    if getattr(sys, "stdout", None) is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the process ends
        atexit.register(sys.stdout.close)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _in_one_line(error: click.ClickException, name: str) -> str:
    """What is wrong with the arguments, and where they are explained."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else name
    return f"{path}: {error.format_message().rstrip('.')}  ({path} --help tells more)"


def _let_go_of_stdout() -> None:
    """Python flushes stdout on its way out; what the reader of a closed pipe did not want goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

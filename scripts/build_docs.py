#!/usr/bin/env python
"""Write docs/commands.md from the commands' own help: scripts/build_docs.py [FILE]."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from searcher.cli.archive import group
from searcher.cli.search import command

TARGET = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
WIDTH = 100


def main() -> None:
    target = Path(sys.argv[1]) if sys.argv[1:] else TARGET
    parts = ["# Commands", "Generated from `--help` by `scripts/build_docs.py`."]
    parts += [f"## {name}\n\n```text\n{text}\n```" for name, text in _helps()]
    target.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _helps() -> Iterator[tuple[str, str]]:
    yield "search", _help(command, "search")
    yield from _helps_of(group, "archive")


def _helps_of(shown: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """A command and, of a group, all commands below it."""
    yield name, _help(shown, name)
    for below, inner in sorted(shown.commands.items()) if isinstance(shown, click.Group) else ():
        yield from _helps_of(inner, f"{name} {below}")


def _help(shown: click.Command, name: str) -> str:
    context = shown.make_context(name, [], resilient_parsing=True, terminal_width=WIDTH, max_content_width=WIDTH)
    return "\n".join(line.rstrip() for line in shown.get_help(context).splitlines())


if __name__ == "__main__":
    main()

"""A bar that counts articles while a command works."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress_bar"]


@contextmanager
def progress_bar() -> Iterator[Callable[[object], None] | None]:
    """A bar on stderr that counts articles, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit=" articles", file=sys.stderr, leave=False) as bar:

        def advance(_item: object) -> None:
            bar.update()

        yield advance

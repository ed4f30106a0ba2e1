"""A bar that counts articles while a command works, with their rate and how much is skipped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from searcher.models import Skipped

__all__ = ["progress_bar"]


@contextmanager
def progress_bar() -> Iterator[Callable[[object], None] | None]:
    """A bar on stderr that counts articles, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit=" articles", file=sys.stderr, leave=False) as bar:
        skipped = 0

        def advance(item: object) -> None:
            nonlocal skipped
            if isinstance(item, Skipped):
                skipped += 1
                bar.set_postfix(skipped=skipped, refresh=False)
            else:
                bar.update()

        yield advance

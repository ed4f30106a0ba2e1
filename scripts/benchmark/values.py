"""Places, actors and days for articles whose texts have none that are known.

How often and how unevenly is fitted to what this package finds in Reuters news: 3 to 4 places and 1 to 3 actors an
article, the commonest place in half of all articles, the commonest actor in one of thirty.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmark.words import invented_words

__all__ = ["drawn_values"]

# In 2,100 items 792 different places and 811 actors were found, and growing; 100,000 articles have about these.
PLACES, PLACE_HEAD, PLACE_TAIL, MEAN_PLACES = 2_000, 0.5, 1.25, 3.3
ACTORS, ACTOR_HEAD, ACTOR_TAIL, MEAN_ACTORS = 5_000, 8.0, 1.0, 2.5
FIRST_DAY, DAYS = date(2012, 1, 1).toordinal(), 6 * 365
BATCH = 1_000

Drawn = tuple[int, tuple[str, ...], tuple[str, ...]]


def drawn_values(seed: int) -> Iterator[Drawn]:
    """(day, places, actors) without end, the same for the same seed."""
    random = np.random.default_rng(seed)
    names = [word.capitalize() for word in invented_words(2 * (PLACES + ACTORS), seed + 1)]
    places = names[-PLACES:]
    actors = [f"{first} {last}" for first, last in zip(names[:ACTORS], names[ACTORS : 2 * ACTORS], strict=True)]
    place_steps, actor_steps = _steps(PLACES, PLACE_HEAD, PLACE_TAIL), _steps(ACTORS, ACTOR_HEAD, ACTOR_TAIL)
    while True:
        days = FIRST_DAY + random.integers(0, DAYS, BATCH)
        some_places = _several(random, place_steps, places, MEAN_PLACES)
        some_actors = _several(random, actor_steps, actors, MEAN_ACTORS)
        yield from zip(days.tolist(), some_places, some_actors, strict=True)


def _steps(count: int, head: float, tail: float) -> NDArray[np.float64]:
    weight = 1 / (np.arange(1, count + 1) + head) ** tail
    steps: NDArray[np.float64] = np.cumsum(weight / weight.sum())
    return steps


def _several(
    random: np.random.Generator, steps: NDArray[np.float64], names: Sequence[str], mean: float
) -> Iterator[tuple[str, ...]]:
    """For each article of a batch different names, on average somewhat less than `mean`: those drawn twice are one."""
    counts = random.poisson(mean, BATCH)
    drawn = np.searchsorted(steps, random.random(counts.sum())).clip(max=len(names) - 1).tolist()
    start = 0
    for count in counts.tolist():
        yield tuple(names[number] for number in dict.fromkeys(drawn[start : start + count]))
        start += count

"""Multinomial logistic regression without a library: for the weights that ship with searcher.entities."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["fit"]

FEWEST = 6  # times that evidence has to be seen

Floats = npt.NDArray[np.float64]
Slope = Callable[[Floats], tuple[float, Floats]]


def fit(
    evidence: Sequence[Collection[str]],
    kinds: Sequence[Collection[int]],
    counts: Sequence[float],
    several: int,
    penalty: float,
) -> dict[str, Floats]:
    """Per piece of evidence its weight for each of `several` kinds.

    `evidence`, `kinds` and `counts` say of each example what is seen, what it can be, and how much it counts: texts in
    which only places are marked tell of other names that they are no places, not what they are. Minimised is the
    cross-entropy plus `penalty`/2 times the sum of squares of the weights.
    """
    often = Counter(one for found in evidence for one in found)
    names = sorted(one for one, count in often.items() if count >= FEWEST)
    column = {one: number for number, one in enumerate(names)}
    matrix = np.zeros((len(evidence), len(names)))
    for row, found in enumerate(evidence):
        matrix[row, [column[one] for one in found if one in column]] = 1.0
    allowed = np.zeros((len(kinds), several))
    for row, possible in enumerate(kinds):
        allowed[row, list(possible)] = 1.0
    shares = np.asarray(counts)

    def slope(flat: Floats) -> tuple[float, Floats]:
        table = flat.reshape(len(names), several)
        totals = matrix @ table
        totals -= totals.max(axis=1, keepdims=True)
        odds = np.exp(totals)
        odds /= odds.sum(axis=1, keepdims=True)
        right = odds * allowed
        share = right.sum(axis=1, keepdims=True) + 1e-12
        wanted = right / share
        loss = -(shares * np.log(share[:, 0])).sum() + penalty / 2 * (flat @ flat)
        gradient = matrix.T @ ((odds - wanted) * shares[:, None]) + penalty * table
        return float(loss), gradient.ravel()

    found_weights = _minimise(slope, len(names) * several).reshape(len(names), several)
    return dict(zip(names, found_weights, strict=True))


def _minimise(slope: Slope, size: int, steps: int = 200, memory: int = 10) -> Floats:
    """L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5) with steps halved until they go down."""
    at = np.zeros(size)
    loss, gradient = slope(at)
    moves: list[tuple[Floats, Floats]] = []
    for _ in range(steps):
        direction = -_scaled(gradient, moves)
        length = 1.0 if moves else 1.0 / max(1.0, float(np.linalg.norm(gradient)))
        while True:
            ahead = at + length * direction
            new_loss, new_gradient = slope(ahead)
            if new_loss <= loss + 1e-4 * length * float(direction @ gradient) or length < 1e-10:
                break
            length /= 2
        moves = [*moves[-memory + 1 :], (ahead - at, new_gradient - gradient)]
        done = loss - new_loss < 1e-6 * abs(loss)
        at, loss, gradient = ahead, new_loss, new_gradient
        if done:
            break
    return at


def _scaled(gradient: Floats, moves: list[tuple[Floats, Floats]]) -> Floats:
    """The gradient times what the last moves tell of the inverse of the curvature."""
    result, factors = gradient.copy(), []
    for step, change in reversed(moves):
        factor = float(step @ result) / float(change @ step)
        factors.append(factor)
        result -= factor * change
    if moves:
        step, change = moves[-1]
        result *= float(step @ change) / float(change @ change)
    for (step, change), factor in zip(moves, reversed(factors), strict=True):
        result += (factor - float(change @ result) / float(change @ step)) * step
    return result

"""Arithmetic that the generators of the example tables share; only uniform draws enter it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["logistic", "logit", "picked", "shift", "solve"]

Reals = npt.NDArray[np.float64]

# Halvings of an interval until its ends are neighbouring numbers.
HALVINGS = 60


def logistic(score: Reals) -> Reals:
    """Return the chances of scores on the logit scale."""
    chance: Reals = 1 / (1 + np.exp(-score))
    return chance


def logit(share: Reals) -> Reals:
    """Return the scores of chances; of uniform draws: draws of the logistic distribution."""
    score: Reals = np.log(share / (1 - share))
    return score


def picked(chances: Reals, draw: float) -> int:
    """Return which of several weighted things a uniform draw falls on."""
    edges = np.cumsum(chances)
    return int(np.searchsorted(edges, draw * edges[-1], side="right").clip(max=len(edges) - 1))


def solve(rising: Callable[[float], float], wanted: float) -> float:
    """Return where a rising function of one number takes the value wanted, by halving."""
    low, high = -20.0, 20.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2


def shift(scores: Reals, wanted: float) -> float:
    """Return what has to be added to scores for their mean chance to be the one wanted."""
    return solve(lambda more: float(logistic(scores + more).mean()), wanted)

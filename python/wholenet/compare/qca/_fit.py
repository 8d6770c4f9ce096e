"""How well one set lies within another: consistency, PRI, coverage, relevance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Members = NDArray[np.float64]

__all__ = ["ROUNDING", "consistency", "coverage", "pri", "relevance", "unique_coverages"]

# What rounding may take from a sum of memberships.
ROUNDING = 1e-9


def consistency(x: Members, y: Members) -> float:
    """Σ min(x, y) ÷ Σ x: how far x lies within y; NaN where nobody is in x at all."""
    return _ratio(np.minimum(x, y).sum(), x.sum())


def coverage(x: Members, y: Members) -> float:
    """Σ min(x, y) ÷ Σ y: how much of y is in x."""
    return consistency(y, x)


def pri(x: Members, y: Members) -> float:
    """Leave out of both sums what is in y and in its negation at once: x within y rather than within ~y."""
    both = np.minimum(np.minimum(x, y), 1 - y).sum()
    return _ratio(np.minimum(x, y).sum() - both, x.sum() - both)


def relevance(x: Members, y: Members) -> float:
    """Σ (1 - x) ÷ Σ (1 - min(x, y)): low where a necessary x is there in nearly every case."""
    return _ratio((1 - x).sum(), (1 - np.minimum(x, y)).sum())


def unique_coverages(members: list[Members], y: Members) -> list[float]:
    """The share of y that each set covers and none of the others does."""
    stacked = np.array(members)
    place, cases = stacked.argmax(axis=0), np.arange(stacked.shape[1])
    highest = stacked[place, cases]
    # Without the set that is highest for a case, the next one is; memberships are not below 0.
    stacked[place, cases] = 0
    next_one = stacked.max(axis=0)
    whole = coverage(highest, y)
    return [whole - coverage(np.where(place == at, next_one, highest), y) for at in range(len(members))]


def _ratio(part: float, whole: float) -> float:
    return max(float(part / whole), 0.0) if whole > ROUNDING else float("nan")

"""Variances of sums over dyads that share actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet.inference._least_squares import products

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Codes = NDArray[np.int64]

__all__ = ["Robust", "ends", "meat", "robust"]

# Above this condition number predictors fall together.
SINGULAR = 1e12


def ends(layout: list[tuple[int, int, str, NDArray[np.uint32]]], dyads: NDArray[np.bool_]) -> tuple[Codes, Codes]:
    """Number the actors of each dyad, those of one network after those of the other."""
    rows, columns, first = [], [], 0
    for size, other, _, _ in layout:
        row, column = np.divmod(np.arange(size * other), other)
        rows.append(row + first)
        columns.append(column + first)
        first += size
    return np.concatenate(rows)[dyads], np.concatenate(columns)[dyads]


def meat(scores: Array, rows: Codes, columns: Codes) -> Array:
    """
    Add up the products of the scores of all pairs of dyads that share an actor, each pair once (and each with itself).

    That is Σ s(i)·s(i)' over the sums of the scores of each actor's dyads, in which dyads of the same two actors meet
    twice, less Σ over the sums of the scores of each two actors.
    """
    actors, both = _by_actor(scores, rows, columns), _by_pair(scores, rows, columns)
    found: Array = products(actors, actors) - products(both, both)
    return found


def _by_actor(values: Array, rows: Codes, columns: Codes) -> Array:
    n = int(max(rows.max(), columns.max())) + 1
    found: Array = np.stack([np.bincount(rows, one, n) + np.bincount(columns, one, n) for one in values.T], axis=1)
    return found


def _by_pair(values: Array, rows: Codes, columns: Codes) -> Array:
    n = int(max(rows.max(), columns.max())) + 1
    pairs = np.unique(np.minimum(rows, columns) * n + np.maximum(rows, columns), return_inverse=True)[1]
    found: Array = np.stack([np.bincount(pairs, one) for one in values.T], axis=1).astype(np.float64)
    return found


@dataclass(frozen=True, slots=True)
class Robust:
    """Covariances of the coefficients of a logistic regression."""

    sandwich: Array
    """H⁻¹·meat·H⁻¹."""
    left_out: Array
    """The same, with the actors' sums of scores weighted by what the other dyads tell; NaN where these tell nothing."""
    alone: dict[int, int]
    """Coefficients that the dyads without one actor do not tell, by that actor."""


def robust(x: Array, y: Array, beta: Array, rows: Codes, columns: Codes) -> Robust:
    """Compute covariances of coefficients, from dyads that share actors."""
    chance = 1 / (1 + np.exp(-(x * beta).sum(axis=1)))
    weights = chance * (1 - chance)
    information = products(x * weights[:, None], x)
    inverse = np.asarray(np.linalg.inv(information), dtype=np.float64)
    scores = x * (y - chance)[:, None]
    pairs = _by_pair(scores, rows, columns)
    both = _spread(inverse, products(pairs, pairs))
    steps, alone = _steps(x, weights, scores, rows, columns)
    left_out = products(steps, steps) - both
    for place in alone:
        left_out[place, :] = left_out[:, place] = np.nan
    return Robust(_spread(inverse, meat(scores, rows, columns)), left_out, alone)


def _steps(x: Array, weights: Array, scores: Array, rows: Codes, columns: Codes) -> tuple[Array, dict[int, int]]:
    """How the coefficients move, by one step of Newton's, when the dyads of an actor are left out."""
    sums = _by_actor(scores, rows, columns)
    steps = np.zeros_like(sums)
    alone: dict[int, int] = {}
    for actor in np.unique(np.concatenate([rows, columns])).tolist():
        other = (rows != actor) & (columns != actor)
        kept = x[other]
        told = [place for place in range(x.shape[1]) if not place or (len(kept) and np.ptp(kept[:, place]) > 0)]
        alone |= {place: actor for place in range(x.shape[1]) if place not in told}
        part = kept[:, told]
        information = products(part * weights[other][:, None], part)
        # Whatever the units of the predictors.
        scale = np.sqrt(information.diagonal())
        if not len(kept) or np.linalg.cond(information / scale[:, None] / scale[None, :]) > SINGULAR:
            return steps, dict.fromkeys(range(x.shape[1]), actor)
        steps[actor, told] = np.linalg.solve(information, sums[actor, told])
    return steps, alone


def _spread(inverse: Array, middle: Array) -> Array:
    """Give inverse · middle · inverse, without the rounding of one half."""
    half = np.array([[(row * column).sum() for column in middle.T] for row in inverse])
    found: Array = np.array([[(row * column).sum() for column in inverse.T] for row in half])
    return (found + found.T) / 2

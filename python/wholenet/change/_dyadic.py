"""Variances of sums over dyads that share actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet.inference._least_squares import products

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Codes = NDArray[np.int64]

__all__ = ["ends", "logistic_covariance", "meat"]


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
    n = int(max(rows.max(), columns.max())) + 1
    pairs = np.unique(np.minimum(rows, columns) * n + np.maximum(rows, columns), return_inverse=True)[1]
    actors: Array = np.stack(
        [np.bincount(rows, one, n) + np.bincount(columns, one, n).astype(np.float64) for one in scores.T], axis=1
    )
    both: Array = np.stack([np.bincount(pairs, one).astype(np.float64) for one in scores.T], axis=1)
    found: Array = products(actors, actors) - products(both, both)
    return found


def logistic_covariance(x: Array, y: Array, beta: Array, rows: Codes, columns: Codes) -> Array:
    """Give the dyadic cluster-robust covariance of the coefficients of a logistic regression."""
    chance = 1 / (1 + np.exp(-(x * beta).sum(axis=1)))
    inverse = np.linalg.inv(products(x * (chance * (1 - chance))[:, None], x))
    middle = meat(x * (y - chance)[:, None], rows, columns)
    half = np.array([[(row * column).sum() for column in middle.T] for row in inverse])
    found: Array = np.array([[(row * column).sum() for column in inverse.T] for row in half])
    return (found + found.T) / 2

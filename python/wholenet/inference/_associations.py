"""Measures of association of relations, in the data and in draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wholenet.inference._draws import Kernel
    from wholenet.inference._dyads import Layout, Stack

    Array = NDArray[np.float64]

__all__ = ["STATISTICS"]

MOST_LEVELS = 1 << 20


@dataclass(frozen=True, slots=True)
class _Correlation:
    """Pearson correlations of permuted `x` with `y`."""

    layout: Layout
    x: list[Array]
    y: list[Array]
    size: float | None
    """√(Σx² Σy²) of centred complete relations."""
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        pairs = [(0, 0)] if self.size is not None else [(0, 0), (0, 1), (1, 0), (1, 1), (2, 1), (1, 2)]
        sums = _core.inference_permuted_products(
            self.layout, self.x, self.y, pairs, first, count, self.seed, progress
        ).reshape(count, -1)
        return sums[:, 0] / self.size if self.size is not None else _correlated(*sums.T)


def _correlated(xy: Array, x: Array, y: Array, n: Array, xx: Array, yy: Array) -> Array:
    """Correlations from sums."""
    with np.errstate(divide="ignore", invalid="ignore"):
        own, other = xx - x * x / n, yy - y * y / n
        found: Array = (xy - x * y / n) / np.sqrt(own * other)
    # What is left of sums that cancel is no variation.
    return np.where((own <= 1e-12 * xx) | (other <= 1e-12 * yy), np.nan, found)


def _pearson(stack: Stack, x: Array, y: Array, seed: int) -> tuple[float, _Correlation]:
    common = stack.base
    # Of values on any scale the squares must be numbers.
    x, y = (cells / np.abs(cells[common]).max() for cells in (x, y))
    a, b = x[common] - x[common].mean(), y[common] - y[common].mean()
    estimate = float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))
    complete = stack.complete
    centred = [np.where(np.isnan(cells), 0.0, cells - cells[common].mean()) for cells in (x, y)]
    if complete:
        size = float(np.sqrt((a * a).sum() * (b * b).sum()))
        return estimate, _Correlation(stack.among_alike([0], [1]), centred[:1], centred[1:], size, seed)
    known = [(~np.isnan(cells)).astype(float) for cells in (x, y)]
    parts = [[cells, seen, cells * cells] for cells, seen in zip(centred, known, strict=True)]
    return estimate, _Correlation(stack.among_alike([0], [1]), parts[0], parts[1], None, seed)


@dataclass(frozen=True, slots=True)
class _Jaccard:
    """Jaccard coefficients of permuted `x` (ties, observed) with `y`."""

    layout: Layout
    x: list[Array]
    y: list[Array]
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        both, one, other = (
            _core.inference_permuted_products(
                self.layout, self.x, self.y, [(0, 0), (0, 1), (1, 0)], first, count, self.seed, progress
            )
            .reshape(count, -1)
            .T
        )
        with np.errstate(invalid="ignore"):
            return both / (one + other - both)


def _jaccard(stack: Stack, x: Array, y: Array, seed: int) -> tuple[float, _Jaccard]:
    common = stack.base
    both, either = x[common] * y[common], np.maximum(x[common], y[common])
    parts = [[np.nan_to_num(cells), (~np.isnan(cells)).astype(float)] for cells in (x, y)]
    return float(both.sum() / either.sum()), _Jaccard(stack.among_alike([0], [1]), parts[0], parts[1], seed)


@dataclass(frozen=True, slots=True)
class _Both:
    """Shares of the dyads that permuted `x` (ties, observed) and `y` have in common that are tied in both."""

    layout: Layout
    x: list[Array]
    y: list[Array]
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        both, common = (
            _core.inference_permuted_products(
                self.layout, self.x, self.y, [(0, 0), (1, 1)], first, count, self.seed, progress
            )
            .reshape(count, -1)
            .T
        )
        with np.errstate(invalid="ignore"):
            return both / common


def _both(stack: Stack, x: Array, y: Array, seed: int) -> tuple[float, _Both]:
    common = stack.base
    parts = [[np.nan_to_num(cells), (~np.isnan(cells)).astype(float)] for cells in (x, y)]
    return float((x[common] * y[common]).mean()), _Both(stack.among_alike([0], [1]), parts[0], parts[1], seed)


@dataclass(frozen=True, slots=True)
class _Agreement:
    """Simple matching, or Hamming distances, of permuted `x` and `y`."""

    layout: Layout
    x: Array
    y: Array
    hamming: bool
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        common, apart, same = (
            _core.inference_permuted_agreement(self.layout, self.x, self.y, first, count, self.seed, progress)
            .reshape(count, -1)
            .T
        )
        with np.errstate(invalid="ignore"):
            return np.where(common > 0, apart, np.nan) if self.hamming else same / common


def _matching(stack: Stack, x: Array, y: Array, seed: int) -> tuple[float, _Agreement]:
    common = stack.base
    estimate = float((x[common] == y[common]).mean())
    return estimate, _Agreement(stack.among_alike([0], [1]), x, y, hamming=False, seed=seed)


def _hamming(stack: Stack, x: Array, y: Array, seed: int) -> tuple[float, _Agreement]:
    common = stack.base
    estimate = float(np.abs(x[common] - y[common]).sum())
    return estimate, _Agreement(stack.among_alike([0], [1]), x, y, hamming=True, seed=seed)


@dataclass(frozen=True, slots=True)
class _Gamma:
    """Goodman and Kruskal's gamma of permuted `x` and `y`, which hold ranks from 0."""

    layout: Layout
    x: Array
    y: Array
    levels: tuple[int, int]
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        return _core.inference_permuted_gamma(
            self.layout, self.x, self.y, self.levels, first, count, self.seed, progress
        )


def _gamma(stack: Stack, x: Array, y: Array, seed: int) -> tuple[float, _Gamma]:
    ranked, levels = [], []
    for cells in (x, y):
        known = ~np.isnan(cells)
        values = np.unique(cells[known])
        ranks = np.full(len(cells), np.nan)
        ranks[known] = np.searchsorted(values, cells[known])
        ranked.append(ranks)
        levels.append(len(values))
    if levels[0] * levels[1] > MOST_LEVELS:
        msg = (
            f"gamma counts dyads by value, and {levels[0]:,} × {levels[1]:,} values are too many. Use kind='spearman', "
            "or fewer classes of values"
        )
        raise ArgumentError(msg)
    table = np.zeros((levels[0], levels[1]))
    common = stack.base
    np.add.at(table, (ranked[0][common].astype(int), ranked[1][common].astype(int)), 1.0)
    kernel = _Gamma(stack.among_alike([0], [1]), ranked[0], ranked[1], (levels[0], levels[1]), seed)
    return _gamma_of(table), kernel


def _gamma_of(table: Array) -> float:
    """Gamma of a table of counts: of each cell, those below right are alike, those below left the other way round."""
    alike, other = 0.0, 0.0
    for row in range(len(table) - 1):
        below = table[row + 1 :].sum(axis=0)
        right = np.append(np.cumsum(below[::-1])[::-1][1:], 0.0)
        left = np.append(0.0, np.cumsum(below)[:-1])
        alike += float((table[row] * right).sum())
        other += float((table[row] * left).sum())
    return (alike - other) / (alike + other)


STATISTICS: dict[str, Callable[[Stack, Array, Array, int], tuple[float, Kernel]]] = {
    "pearson": _pearson,
    "spearman": _pearson,
    "jaccard": _jaccard,
    "both": _both,
    "matching": _matching,
    "hamming": _hamming,
    "gamma": _gamma,
}

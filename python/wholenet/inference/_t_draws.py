"""The t-values of draws, by least squares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.inference._dyads import Layout

    Array = NDArray[np.float64]

__all__ = ["NOTHING", "Outcome", "OutcomePartlyObserved", "PartlyObserved", "Predictor", "Robust"]

# What rounding leaves of a sum of squares that should be nothing.
NOTHING = 1e-12
# Condition of a matrix from which on half of the digits are lost.
SINGULAR = 1e10


def _sums(
    layout: Layout,
    moving: list[Array],
    fixed: list[Array],
    pairs: list[tuple[int, int]],
    draws: tuple[int, int, int],
    *,
    progress: bool,
) -> Array:
    first, count, seed = draws
    found = _core.inference_permuted_products(layout, moving, fixed, pairs, first, count, seed, progress)
    return found.reshape(count, len(pairs))


@dataclass(frozen=True, slots=True)
class Predictor:
    """The t of a permuted predictor beside others (complete data)."""

    layout: Layout
    moving: Array
    fixed: list[Array]
    size: float
    rest: float
    freedom: int
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        pairs = [(0, at) for at in range(len(self.fixed))]
        sums = _sums(self.layout, [self.moving], self.fixed, pairs, (first, count, self.seed), progress=progress)
        own = self.size - (sums[:, 1:] ** 2).sum(axis=1)
        return _t(sums[:, 0], np.where(own > NOTHING * self.size, own, np.nan), self.rest, self.freedom)


def _t(product: Array, own: Array, rest: Array | float, freedom: Array | float) -> Array:
    """The t from the product of what is left of a predictor and of the outcome, and their sums of squares."""
    with np.errstate(divide="ignore", invalid="ignore"):
        left = rest - product**2 / own
        variance = np.where(left > NOTHING * rest, left, 0.0) / freedom
        found: Array = product / np.sqrt(own * variance)
    return found


@dataclass(frozen=True, slots=True)
class PartlyObserved:
    """The t of a permuted predictor beside others, over the dyads that are observed in the draw."""

    layout: Layout
    moving: Array
    seen: Array | None
    """1 where what moves is observed; None: everywhere."""
    stay: list[Array]
    """An orthonormal basis of the other predictors, and what it leaves of the outcome."""
    still: Array
    """1 where these are observed."""
    outcome: Array
    """The outcome there, centred."""
    p: int
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        k = len(self.stay)
        fixed, pairs = [*self.stay, self.still], [*((0, at) for at in range(k)), (1, k)]
        matrices = [self.moving, self.moving**2]
        cells = [(a, b) for a in range(k) for b in range(a + 1)]
        if self.seen is not None:
            matrices.append(self.seen)
            fixed += [self.outcome, self.outcome**2, *(self.stay[a] * self.stay[b] for a, b in cells)]
            pairs += [(2, at) for at in range(k, len(fixed))]
        sums = _sums(self.layout, matrices, fixed, pairs, (first, count, self.seed), progress=progress)
        cross, size = sums[:, :k], sums[:, k]
        if self.seen is None:
            # The dyads are the same in every draw, so that the basis stays orthonormal.
            own = size - (cross[:, :-1] ** 2).sum(axis=1)
            rest = float((self.stay[-1] * self.stay[-1] * self._once()).sum())
            own = np.where(own > NOTHING * size, own, np.nan)
            return _t(cross[:, -1], own, rest, float((self.still * self._once()).sum()) - self.p)
        gram = np.zeros((count, k, k))
        for at, (a, b) in enumerate(cells):
            gram[:, a, b] = gram[:, b, a] = sums[:, k + 4 + at]
        n, total, squares = sums[:, k + 1], sums[:, k + 2], sums[:, k + 3]
        found = self._refitted(gram, cross, size, n)
        return np.where(_varies(total, squares, n), found, np.nan)

    def _once(self) -> Array:
        """1 for each cell that is a dyad, each dyad once."""
        parts = [
            np.tri(rows, k=-1) if shape == "undirected" else np.ones((rows, columns))
            for rows, columns, shape, _ in self.layout
        ]
        return np.concatenate([part.ravel() for part in parts])

    def _refitted(self, gram: Array, cross: Array, size: Array, n: Array) -> Array:
        """The t of regressions on dyads that differ from draw to draw."""
        q = gram.shape[1] - 1
        with np.errstate(all="ignore"):
            fitted = _solved(gram[:, :q, :q], np.stack([cross[:, :q], gram[:, :q, q]], axis=2))
            own = size - (cross[:, :q] * fitted[:, :, 0]).sum(axis=1)
            product = cross[:, q] - (cross[:, :q] * fitted[:, :, 1]).sum(axis=1)
            rest = gram[:, q, q] - (gram[:, :q, q] * fitted[:, :, 1]).sum(axis=1)
            own = np.where((own > 1e-9 * size) & (n > self.p), own, np.nan)
            return _t(product, own, rest, n - self.p)


def _varies(total: Array, squares: Array, n: Array) -> NDArray[np.bool_]:
    """Whether the outcome varies over the dyads of a draw."""
    with np.errstate(all="ignore"):
        return squares - total**2 / n > NOTHING * squares


def _solved(gram: Array, right: Array) -> Array:
    """Solve for each draw; NaN where a matrix is singular."""
    good: NDArray[np.bool_] = np.asarray(np.isfinite(gram).all(axis=(1, 2)))
    good[good] = np.linalg.cond(gram[good]) < SINGULAR
    found = np.full_like(right, np.nan)
    found[good] = np.linalg.solve(gram[good], right[good])
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """The t of all coefficients under a permuted outcome (complete data)."""

    layout: Layout
    moving: Array
    targets: list[Array]
    gram: Array
    unit: Array
    size: float
    mean: float
    n: int
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        pairs = [(0, at) for at in range(len(self.targets))]
        beta = _sums(self.layout, [self.moving], self.targets, pairs, (first, count, self.seed), progress=progress)
        rest = self.size - np.einsum("di,ij,dj->d", beta, self.gram, beta)
        rest = np.where(rest > NOTHING * self.size, rest, 0.0)
        se = np.sqrt(rest[:, None] / (self.n - len(self.targets)) * np.diag(self.unit))
        beta[:, 0] += self.mean
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Array = beta / se
        return found


@dataclass(frozen=True, slots=True)
class OutcomePartlyObserved:
    """The t of all coefficients under a permuted outcome, over the dyads that are observed in the draw."""

    layout: Layout
    seen: Array
    moving: Array
    stay: list[Array]
    """An orthonormal basis of the predictors."""
    still: Array
    """1 where these are observed."""
    inverse: Array
    """From coefficients of the basis to those of the predictors."""
    mean: float
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        p = len(self.stay)
        cells = [(a, b) for a in range(p) for b in range(a + 1)]
        fixed = [*(self.stay[a] * self.stay[b] for a, b in cells), *self.stay, self.still]
        moving = [self.seen, self.moving, self.moving**2]
        last = len(fixed) - 1
        pairs = [(0, at) for at in range(len(cells))] + [(1, len(cells) + at) for at in range(p)]
        pairs += [(0, last), (1, last), (2, last)]
        sums = _sums(self.layout, moving, fixed, pairs, (first, count, self.seed), progress=progress)
        gram = np.zeros((count, p, p))
        for at, (a, b) in enumerate(cells):
            gram[:, a, b] = gram[:, b, a] = sums[:, at]
        cross, (n, total, size) = sums[:, len(cells) : -3], sums[:, -3:].T
        with np.errstate(all="ignore"):
            unit = _solved(gram, np.broadcast_to(np.eye(p), gram.shape))
            slopes = np.einsum("dij,dj->di", unit, cross)
            rest = size - (slopes * cross).sum(axis=1)
            variance = np.where(rest > NOTHING * size, rest, 0.0) / np.where(n > p, n - p, np.nan)
            spread = np.einsum("pi,dij,pj->dp", self.inverse, unit, self.inverse)
            beta = slopes @ self.inverse.T
            beta[:, 0] += self.mean
            found: Array = beta / np.sqrt(variance[:, None] * spread)
        return np.where(_varies(total, size, n)[:, None], found, np.nan)


@dataclass(frozen=True, slots=True)
class Robust:
    """Heteroskedasticity-robust t of a permuted predictor, or of all under a permuted outcome (complete data)."""

    layout: Layout
    moving: Array
    basis: list[Array]
    targets: list[Array]
    role: str
    factor: float
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        found = _core.inference_permuted_robust(
            self.layout, self.moving, self.basis, self.targets, self.role, first, count, self.seed, progress
        )
        shape = (count,) if self.role == "predictor" else (count, len(self.targets))
        return found.reshape(shape) * self.factor

"""Whether groups with many trajectories are also those with good outcomes: agreement of ranks."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from wholenet.inference._draws import drawn, each, stream
from wholenet.inference._p import p_values

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

__all__ = ["Agreement", "agreement", "mean_ranks"]

# With two groups the ranks agree or don't, whatever they are.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kendall's tau-b and Spearman's rho, with two-sided p-values of permutations; NaN where they are not defined."""

    groups: int
    tau: float
    p_tau: float
    rho: float
    p_rho: float


def agreement(
    volume: NDArray[np.float64],
    outcome: NDArray[np.float64],
    draws: int,
    seed: int,
    sample: int,
    executor: Executor | None,
    *,
    progress: bool,
) -> Agreement:
    """Compare the ranks of groups; those without one of the two are left out."""
    known = ~np.isnan(volume) & ~np.isnan(outcome)
    x, y = volume[known], outcome[known]
    many = len(x)
    if many < FEWEST or not np.ptp(x) or not np.ptp(y):
        return Agreement(many, np.nan, np.nan, np.nan, np.nan)
    kernel = _Permuted(_signs(x), _signs(y), _centred(x), _centred(y), seed, sample)
    estimate = kernel.at(np.arange(many))
    found = drawn(kernel, draws, seed=seed, executor=executor, progress=progress)
    p = p_values(estimate, found, symmetric=True)[2]
    return Agreement(many, float(estimate[0]), float(p[0]), float(estimate[1]), float(p[1]))


@dataclass(frozen=True, slots=True)
class _Permuted:
    """Both coefficients, with the outcomes dealt out to the groups anew."""

    over: NDArray[np.int8]
    under: NDArray[np.int8]
    ranks: NDArray[np.float64]
    others: NDArray[np.float64]
    seed: int
    sample: int

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        return each(self._draw, first, count, name="permutations", progress=progress)

    def _draw(self, draw: int) -> NDArray[np.float64]:
        return self.at(stream(self.seed, draw, self.sample).permutation(len(self.ranks)))

    def at(self, order: NDArray[np.int64]) -> NDArray[np.float64]:
        """Give tau-b and rho for one order of the outcomes."""
        apart = [int(np.abs(signs).sum(dtype=np.int64)) for signs in (self.over, self.under)]
        agreed = int((self.over * self.under[order][:, order]).sum(dtype=np.int64))
        size = float(np.sqrt((self.ranks**2).sum() * (self.others**2).sum()))
        rho = float((self.ranks * self.others[order]).sum()) / size
        return np.array([agreed / sqrt(apart[0] * apart[1]), rho])


def mean_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank from 1, lowest first; equal values share the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    found: NDArray[np.float64] = (last - (count - 1) / 2)[place]
    return found


def _signs(values: NDArray[np.float64]) -> NDArray[np.int8]:
    return np.sign(values[:, None] - values[None, :]).astype(np.int8)


def _centred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return mean_ranks(values) - (len(values) + 1) / 2

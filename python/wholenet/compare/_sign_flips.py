"""The sign-flip test of paired differences, and the interval of what it does not reject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet.inference._draws import drawn, each, stream
from wholenet.inference._p import p_values

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Flips", "sign_flips"]


@dataclass(frozen=True, slots=True)
class Flips:
    """The mean difference, its two-sided p and interval; `draws` are combinations of signs beside the observed one."""

    estimate: float
    p: float
    lower: float
    upper: float
    exhaustive: bool
    draws: int


@dataclass(frozen=True, slots=True)
class _Subsets:
    """Which pairs change their sign in a draw: every subset in turn but the empty one, or random ones."""

    pairs: int
    exhaustive: bool
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        return each(self._one, first, count, name="signs", progress=progress)

    def _one(self, draw: int) -> Array:
        if self.exhaustive:
            return ((draw + 1) >> np.arange(self.pairs) & 1).astype(np.float64)
        return stream(self.seed, draw).integers(2, size=self.pairs).astype(np.float64)


def sign_flips(differences: Array, draws: int, confidence: float, seed: int, *, progress: bool) -> Flips:
    """Test that the mean difference is 0.

    A subset F of m pairs whose signs change makes the sum Σd - 2·Σ(d in F). Of differences less δ it is as high as the
    observed one where the mean over F is at most δ. So the ends of the interval are means of subsets, by rank.
    """
    pairs = len(differences)
    exhaustive = 2**pairs - 1 <= draws
    draws = 2**pairs - 1 if exhaustive else draws
    flipped = drawn(_Subsets(pairs, exhaustive, seed), draws, seed=seed, executor=None, progress=progress)
    mean = float(differences.mean())
    moved = (flipped * differences).sum(axis=1)
    p = p_values(np.array([mean]), (mean - 2 * moved / pairs)[:, None], symmetric=False)[2]
    sizes = flipped.sum(axis=1)
    # Random signs may all stay; then nothing tells such a draw from the data, whatever the difference is.
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(sizes > 0, moved / sizes, np.nan)
    rank = int(np.floor((1 - confidence) / 2 * (draws + 1) * (1 + 1e-12)))
    ends = (-np.inf, np.inf)
    if rank >= 1:
        ends = (
            float(np.sort(np.where(np.isnan(means), -np.inf, means))[rank - 1]),
            float(np.sort(np.where(np.isnan(means), np.inf, means))[-rank]),
        )
    return Flips(mean, float(p[0]), *ends, exhaustive, draws)

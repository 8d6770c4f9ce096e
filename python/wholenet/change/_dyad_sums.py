"""Numbers made of sums over dyads, with standard errors by leaving actors out or resampling them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._student import quantile
from wholenet.inference._draws import drawn, each, stream
from wholenet.inference._resampled import margin
from wholenet.inference._vertices import Picked

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from typing import Any

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Number = Callable[[NDArray[Any]], Any]

__all__ = ["DyadSums", "Interval", "over"]

# A step into the imaginary axis, so small that its square is nothing beside a number (Squire & Trapp 1998).
STEP = 1e-30


def over(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[Any]:
    """Divide, real or complex; NaN where the whole is 0."""
    there = whole != 0
    return np.where(there, part / np.where(there, whole, 1), np.nan)


@dataclass(frozen=True, slots=True)
class Spread:
    """A number, its standard error and its interval."""

    estimate: float
    se: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Interval(Spread):
    """The same with its draws (NaN where it is not defined)."""

    distribution: Array

    @property
    def failed(self) -> int:
        """In how many draws the number is not defined."""
        return int(np.isnan(self.distribution).sum())


@dataclass(frozen=True, slots=True)
class DyadSums:
    """What is added up over the dyads of n actors: k numbers for each unordered pair (both directions added up)."""

    n: int
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Array
    """Of shape (pairs, k), for the pairs of `rows` and `columns` of which any number is not 0."""
    seed: int

    @classmethod
    def of(cls, channels: list[NDArray[Any]], seed: int) -> DyadSums:
        """Take matrices of which each cell counts in its place; a dyad may stand in one half only."""
        both = np.stack([one.astype(np.float64) + one.T for one in channels], axis=-1)
        rows, columns = np.nonzero(np.triu(both.any(axis=-1), 1))
        return cls(len(both), rows, columns, both[rows, columns], seed)

    @property
    def totals(self) -> Array:
        """The sums of the data."""
        found: Array = self.values.sum(axis=0)
        return found

    def draws(self, draws: int, *, executor: Executor | None, progress: bool) -> Array:
        """Give the sums of networks of resampled actors, of shape (draws, k)."""
        return drawn(self, draws, seed=self.seed, executor=executor, progress=progress)

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        """Compute some of the draws."""
        # Where each pair stands in `values`; one past the end: nowhere.
        places = np.full((self.n, self.n), len(self.values))
        places[self.rows, self.columns] = places[self.columns, self.rows] = np.arange(len(self.values))
        values = np.vstack([self.values, np.zeros((1, self.values.shape[1]))])

        def one(draw: int) -> Array:
            picked = Picked.of((self.n,), stream(self.seed, draw))
            times = np.bincount(picked.rows, minlength=self.n)
            weights = (times[self.rows] * times[self.columns]).astype(np.float64)
            found: Array = (weights[:, None] * self.values).sum(axis=0) + values[places[picked.fill]].sum(axis=0)
            return found

        return each(one, first, count, name="draws", progress=progress).reshape(count, self.values.shape[1])

    def interval(self, number: Number, draws: Array, confidence: float) -> Interval:
        """
        Measure a number of the sums, with the standard error of its draws less what they count too often.

        A number is made of sums so that doubling all leaves it as it is. `number` takes arrays whose last axis holds
        the sums.
        """
        estimate = float(number(self.totals))
        distribution = np.asarray(number(draws), dtype=np.float64)
        known = distribution[~np.isnan(distribution)]
        if np.isnan(estimate) or len(known) <= 1:
            nan = float("nan")
            return Interval(estimate, nan, nan, nan, distribution)
        # The bootstrap counts the square of what each dyad adds three times, for once.
        own = float((self._influence(number) ** 2).sum())
        se = float(np.sqrt(max(float(known.var(ddof=1)) - 2 * own, own)))
        reach = margin(se, confidence)
        return Interval(estimate, se, estimate - reach, estimate + reach, distribution)

    def jackknife(self, number: Number, confidence: float) -> Spread:
        """
        Measure a number of the sums, with the standard error of leaving each actor out.

        The jackknife counts what each dyad adds twice, for once.
        """
        estimate = float(number(self.totals))
        without = np.tile(self.totals, (self.n, 1))
        np.subtract.at(without, self.rows, self.values)
        np.subtract.at(without, self.columns, self.values)
        left: Array = np.asarray(number(without), dtype=np.float64)
        if np.isnan(estimate) or np.isnan(left).any():
            return Spread(estimate, *[float("nan")] * 3)
        own = float((self._influence(number) ** 2).sum())
        change = (self.n - 1) / self.n * float(((left - left.mean()) ** 2).sum())
        se = float(np.sqrt(max(change - own, own)))
        reach = quantile((1 + confidence) / 2, self.n - 1) * se
        return Spread(estimate, se, estimate - reach, estimate + reach)

    def _influence(self, number: Number) -> Array:
        """What each dyad adds to the number, to first order."""
        found: Array = (self.values * self._slopes(number)).sum(axis=1)
        return found

    def _slopes(self, number: Number) -> Array:
        """The derivatives of the number by the sums."""
        totals = self.totals.astype(np.complex128)
        steps = totals + 1j * STEP * np.eye(len(totals))
        found: Array = np.imag(number(steps)) / STEP
        return found

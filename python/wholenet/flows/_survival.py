"""The share of trajectories that last longer, where some are not over yet (Kaplan and Meier 1958)."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Survival"]

# What rounding of a product takes from one half does not make it another number.
SLACK = 1e-12
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Survival:
    """The estimate: at each day on which one ended, the share that lasts longer, and its variance by Greenwood."""

    day: NDArray[np.int64]
    share: NDArray[np.float64]
    variance: NDArray[np.float64]
    last: int

    @classmethod
    def of(cls, days: NDArray[np.int64], ended: NDArray[np.bool_]) -> Survival:
        """Estimate it; one that is not over was seen for its days."""
        day, place = np.unique(days[ended], return_inverse=True)
        events = np.bincount(place, minlength=len(day))
        at_risk = len(days) - np.searchsorted(np.sort(days), day)
        share: NDArray[np.float64] = np.cumprod(1 - events / at_risk, dtype=np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = share**2 * np.cumsum(events / (at_risk * (at_risk - events)))
        return cls(day, share, np.where(share > SLACK, variance, 0.0), int(days.max(initial=-1)))

    def beyond(self, limit: float) -> float:
        """Give the share that lasts `limit` days or longer; NaN where nobody was seen for so long."""
        before = int(np.searchsorted(self.day, limit))
        share = float(self.share[before - 1]) if before else 1.0
        return share if self.last >= limit or share <= SLACK else np.nan

    def median(self, confidence: float) -> tuple[float, float, float]:
        """Give the first day that half last no longer than, with an interval; NaN, or infinity, where none is known.

        The interval holds the days at which the share does not differ from one half, on the scale of log(-log(share)).
        """
        past = np.flatnonzero(self.share <= HALF + SLACK)
        middle = float(self.day[past[0]]) if len(past) else np.nan
        inner = (self.share > SLACK) & (self.share < 1)
        share, day = self.share[inner], self.day[inner]
        if not len(day):
            return middle, np.nan, np.nan
        slope = 1 / (share * np.log(share))
        away = (np.log(-np.log(share)) - np.log(-np.log(HALF))) / (slope * np.sqrt(self.variance[inner]))
        near = np.flatnonzero(np.abs(away) <= NormalDist().inv_cdf(0.5 + confidence / 2))
        if not len(near):
            return middle, np.nan, np.nan
        after = self.day[self.day > day[near[-1]]]
        return middle, float(day[near[0]]), float(after[0]) if len(after) else np.inf

"""How a measure goes with the size of networks, and what it would be at a common size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Trend", "trend_of"]

# Networks that a slope over sizes needs.
LEAST = 4
# No measure rises or falls by a higher power of size.
STEEPEST = 100.0
HALVINGS = 200


@dataclass(frozen=True, slots=True)
class Trend:
    """A measure goes with size n by centre·(n ÷ common)^slope (a power), or by centre + slope·log(n ÷ common)."""

    power: bool
    centre: float
    slope: float
    common: float

    def at(self, sizes: NDArray[np.float64] | NDArray[np.int64]) -> Array:
        """What it is at some sizes."""
        logs: Array = np.log(sizes / self.common)
        found: Array = self.centre * np.exp(self.slope * logs) if self.power else self.centre + self.slope * logs
        return found

    def common_size(self, value: Array, sizes: NDArray[np.int64]) -> Array:
        """What values would be at the common size."""
        logs: Array = np.log(sizes / self.common)
        found: Array = value * np.exp(-self.slope * logs) if self.power else value - self.slope * logs
        return found


def trend_of(value: Array, sizes: NDArray[np.int64]) -> Trend:
    """Fit: a power for a measure that is nowhere negative, else a line over log size; NaN where there is none."""
    common = float(np.exp(np.log(sizes).mean()))
    known = np.isfinite(value)
    x, y = np.log(sizes[known] / common), value[known]
    power = bool((y >= 0).all())
    if len(y) < LEAST or np.ptp(x) == 0:
        return Trend(power, np.nan, np.nan, common)
    if not power:
        centred = x - x.mean()
        slope = float((centred * y).sum() / (centred**2).sum())
        return Trend(power, float(y.mean() - slope * x.mean()), slope, common)
    slope = _power(x, y)
    return Trend(power, float(y.sum() / np.exp(slope * x).sum()), slope, common)


def _power(x: Array, y: Array) -> float:
    """Solve Σ xy ÷ Σ y = Σ x·exp(bx) ÷ Σ exp(bx) for b: the right side rises with b."""
    if not y.any():
        return 0.0
    wanted = float((x * y).sum() / y.sum())
    low, high = -STEEPEST, STEEPEST

    def reached(slope: float) -> float:
        weights = np.exp(slope * x - (slope * x).max())
        return float((x * weights).sum() / weights.sum())

    if not reached(low) < wanted < reached(high):
        return float("nan")
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if reached(middle) < wanted else (low, middle)
    return (low + high) / 2

"""Statistics of actors in random order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from wholenet.inference._draws import Patient, stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Permuted", "Statistic"]

# Cells worked on at a time; what comes out does not depend on it.
CELLS = 1 << 18


class Statistic(Protocol):
    """Statistics of values in other orders. It can be pickled."""

    @property
    def width(self) -> int:
        """Cells of memory that an order takes."""

    def __call__(self, orders: NDArray[np.intp]) -> NDArray[np.float64]:
        """Compute a row for each row of `orders`, by sums along rows that do not depend on how many rows there are."""


@dataclass(frozen=True, slots=True)
class Permuted:
    """The kernel of a permutation test: each draw is an order of n actors, within strata, from its own stream."""

    statistic: Statistic
    n: int
    seed: int
    strata: tuple[NDArray[np.intp], ...] | None = None

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        """Compute draws `first` to `first` + `count` - 1."""
        size = max(1, CELLS // max(self.statistic.width, self.n))
        parts = []
        with Patient("permutations", count, progress=progress) as shown:
            for start in range(first, first + count, size):
                stop = min(start + size, first + count)
                parts.append(self.statistic(np.array([self.order(draw) for draw in range(start, stop)])))
                shown.reach(stop - first)
        return np.concatenate(parts)

    def order(self, draw: int) -> NDArray[np.intp]:
        """Put the actors in random order."""
        generator = stream(self.seed, draw)
        if self.strata is None:
            return generator.permutation(self.n)
        order = np.empty(self.n, dtype=np.intp)
        for actors in self.strata:
            order[actors] = generator.permutation(actors)
        return order

"""The programme behind a plan: which pairs may change, what changes cost, what must hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet.design._programme import Programme, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wholenet.design._cuts import Cuts
    from wholenet.design._demands import Demand, Ground

__all__ = ["Problem"]

Set = tuple["NDArray[np.int64]", int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Demands and conditions on a network; `column` tells each pair's place among those that may change, or -1.

    A pair without a tie may change if it is in a demand for ties, or if there are conditions; one with a tie, if it is
    in a demand that limits ties. To change any other costs, and helps nothing.
    """

    ground: Ground
    demands: Sequence[Demand]
    conditions: Sequence[Cuts]
    column: NDArray[np.int64]
    pairs: NDArray[np.int64]

    @classmethod
    def of(cls, ground: Ground, demands: Sequence[Demand], conditions: Sequence[Cuts]) -> Problem:
        """Find the pairs that may change."""
        makes = np.full(len(ground.first), bool(conditions))
        drops = np.zeros(len(ground.first), dtype=bool)
        for one in demands:
            if one.low > 0:
                makes[one.pairs] = True
            if one.high < len(one.pairs):
                drops[one.pairs] = True
        pairs = np.flatnonzero(np.where(ground.present, drops, makes))
        column = np.full(len(ground.first), -1, dtype=np.int64)
        column[pairs] = np.arange(len(pairs))
        return cls(ground, demands, conditions, column, pairs)

    def programme(self, cost: NDArray[np.float64]) -> Programme:
        """Make the programme of the demands; conditions come as cuts."""
        made = Programme(cost[self.pairs])
        made.add([self.row(one.pairs, one.low, one.high) for one in self.demands])
        return made

    def row(self, pairs: NDArray[np.int64], low: float, high: float) -> Row:
        """Write a sum of ties as one of changes: a tie that is there counts until it changes."""
        columns = self.column[pairs]
        there = self.ground.present[pairs]
        held = int(there.sum())
        movable = columns >= 0
        signs = np.where(there, -1, 1)[movable]
        return Row(columns[movable], signs, low - held, high - held)

    def tied(self, choice: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The pairs with a tie after these changes."""
        found: NDArray[np.bool_] = self.ground.present.copy()
        found[self.pairs] ^= choice
        return found

    def cuts(self, tied: NDArray[np.bool_]) -> list[Set]:
        """Sets of pairs with fewer ties than the conditions need."""
        matrix = self._matrix(tied) if self.conditions else tied
        return [found for one in self.conditions for found in one(matrix)]

    def lacking(self, tied: NDArray[np.bool_]) -> int:
        """Count what the conditions lack."""
        matrix = self._matrix(tied)
        return sum(one.lacking(matrix) for one in self.conditions)

    def partly(self, tied: NDArray[np.float64]) -> list[Set]:
        """More of them, where ties are in part."""
        matrix = self._matrix(tied)
        return [found for one in self.conditions for found in one.partly(matrix)]

    def _matrix(self, tied: NDArray[Any]) -> NDArray[Any]:
        n, ground = self.ground.n, self.ground
        matrix = np.zeros((n, n), dtype=tied.dtype)
        matrix[ground.first, ground.second] = matrix[ground.second, ground.first] = tied
        return matrix

"""Ties added by and by until the conditions hold: a plan that is feasible, if not the smallest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.design._problem import Problem, Set
    from wholenet.design._programme import Clock

__all__ = ["repaired"]


def repaired(
    problem: Problem, tied: NDArray[np.bool_], cuts: list[Set], clock: Clock
) -> tuple[NDArray[np.bool_] | None, list[Set]]:
    """Add ties to a network that meets all demands until its conditions hold; and what had to be asked for.

    The pair that is in the most sets goes first. None where demands leave no room.
    """
    asked: list[Set] = []
    tied = tied.copy()
    room = _Room(problem, tied)
    while cuts and clock.left:
        clock.tick()
        added = _cover(problem, tied, cuts, room)
        if not added:
            return None, asked
        cuts = problem.cuts(tied)
        asked += cuts
    if cuts:
        return None, asked
    return _pruned(problem, tied, clock), asked


class _Room:
    """Which pairs may still get a tie under the demands that limit ties."""

    def __init__(self, problem: Problem, tied: NDArray[np.bool_]) -> None:
        self._limits = [one for one in problem.demands if one.high < len(one.pairs)]
        self._left = [one.high - int(tied[one.pairs].sum()) for one in self._limits]
        self.open = ~tied & (problem.column >= 0)
        self._of: dict[int, list[int]] = {}
        for at, one in enumerate(self._limits):
            for pair in one.pairs.tolist():
                self._of.setdefault(pair, []).append(at)
            self._close(at)

    def take(self, pair: int) -> None:
        """Give a pair a tie."""
        self.open[pair] = False
        for at in self._of.get(pair, ()):
            self._left[at] -= 1
            self._close(at)

    def _close(self, at: int) -> None:
        if self._left[at] <= 0:
            self.open[self._limits[at].pairs] = False


def _cover(problem: Problem, tied: NDArray[np.bool_], cuts: list[Set], room: _Room) -> bool:
    """Add ties until each set has one more, or none can be added to it; tell whether any was."""
    waiting, added = [pairs for pairs, _ in cuts], False
    while waiting:
        count = np.zeros(len(problem.column), dtype=np.int64)
        for pairs in waiting:
            count[pairs] += 1
        count[~room.open] = 0
        pair = int(np.argmax(count))
        if not count[pair]:
            break
        tied[pair] = added = True
        room.take(pair)
        waiting = [pairs for pairs in waiting if not (pairs == pair).any()]
    return added


def _pruned(problem: Problem, tied: NDArray[np.bool_], clock: Clock) -> NDArray[np.bool_]:
    """Take back ties that were made and are not needed."""
    for pair in np.flatnonzero(tied & ~problem.ground.present).tolist():
        if not clock.left:
            break
        tied[pair] = False
        needed = any(
            one.low > 0 and pair in one.pairs and int(tied[one.pairs].sum()) < one.low for one in problem.demands
        )
        if needed or problem.cuts(tied):
            tied[pair] = True
    return tied

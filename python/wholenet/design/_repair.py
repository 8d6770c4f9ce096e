"""Ties moved, and then added, until the conditions hold: a plan that is feasible, if not proven to be the smallest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.design._problem import Problem, Set
    from wholenet.design._programme import Clock

__all__ = ["repaired"]

# How many places for a tie are tried in turn.
TRIES = 8


def repaired(
    problem: Problem, tied: NDArray[np.bool_], cuts: list[Set], clock: Clock
) -> tuple[NDArray[np.bool_] | None, list[Set]]:
    """Move and add ties of a network that meets all demands until its conditions hold; and what had to be asked for.

    Ties that are to be made are moved as long as less is lacking after; then the pair that is in most sets gets a tie.
    None where demands leave no room, or time is out.
    """
    asked: list[Set] = []
    state = _State(problem, tied)
    while cuts and clock.left:
        if not state.moved(cuts, clock) and not state.added(cuts):
            return None, asked
        cuts = problem.cuts(state.tied)
        asked += cuts
    if cuts:
        return None, asked
    state.prune(clock)
    return state.tied, asked


class _State:
    """A network that meets all demands, and how far each demand is from its limits."""

    def __init__(self, problem: Problem, tied: NDArray[np.bool_]) -> None:
        self.problem, self.tied = problem, tied.copy()
        self._demands = problem.demands
        self._sum = [int(tied[one.pairs].sum()) for one in problem.demands]
        self._of: dict[int, list[int]] = {}
        for at, one in enumerate(problem.demands):
            for pair in one.pairs.tolist():
                self._of.setdefault(pair, []).append(at)
        self._movable = (problem.column >= 0) & ~problem.ground.present

    def _set(self, pair: int, *, there: bool) -> None:
        self.tied[pair] = there
        for at in self._of.get(pair, ()):
            self._sum[at] += 1 if there else -1

    def _fits(self, pair: int) -> bool:
        """Whether all demands of a pair are met."""
        return all(self._demands[at].low <= self._sum[at] <= self._demands[at].high for at in self._of.get(pair, ()))

    def _wanted(self, cuts: list[Set]) -> NDArray[np.int64]:
        """In how many sets each pair is that could get a tie."""
        count = np.zeros(len(self.tied), dtype=np.int64)
        for pairs, _ in cuts:
            count[pairs] += 1
        count[self.tied | ~self._movable] = 0
        return count

    def added(self, cuts: list[Set]) -> bool:
        """Give the pair that is in most sets a tie, if demands let any have one."""
        count = self._wanted(cuts)
        for pair in np.argsort(-count, kind="stable").tolist():
            if not count[pair]:
                return False
            self._set(pair, there=True)
            if self._fits(pair):
                return True
            self._set(pair, there=False)
        return False

    def moved(self, cuts: list[Set], clock: Clock) -> bool:
        """Move ties one by one to where less is lacking after; tell whether any was."""
        lacking, count, moved = self.problem.lacking(self.tied), self._wanted(cuts), False
        ground = self.problem.ground
        for pair in np.flatnonzero(self.tied & self._movable).tolist():
            if not lacking or not clock.left:
                break
            clock.tick()
            ends = (ground.first[pair], ground.second[pair])
            shares = np.isin(ground.first, ends) | np.isin(ground.second, ends)
            places = np.flatnonzero(shares & (count > 0) & ~self.tied)
            order = places[np.argsort(-count[places], kind="stable")][:TRIES].tolist()
            self._set(pair, there=False)
            for place in order:
                self._set(place, there=True)
                if self._fits(pair) and self._fits(place):
                    found = self.problem.lacking(self.tied)
                    if found < lacking:
                        lacking, moved = found, True
                        break
                self._set(place, there=False)
            else:
                self._set(pair, there=True)
        return moved

    def prune(self, clock: Clock) -> None:
        """Take back ties that were made and are not needed."""
        for pair in np.flatnonzero(self.tied & self._movable).tolist():
            if not clock.left:
                break
            self._set(pair, there=False)
            if not self._fits(pair) or self.problem.lacking(self.tied):
                self._set(pair, there=True)

"""The search for the cheapest changes: solve, look for conditions that fail, ask for what they need, solve again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from wholenet.design._repair import repaired

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.design._problem import Problem, Set
    from wholenet.design._programme import Clock, Programme

__all__ = ["Found", "Search"]

# What a sum of whole numbers may be off by in the solver.
NEAR = 1e-6
# Of two pairs that cost the same, one that conditions need more is this much cheaper at most, as a share. The bound
# is corrected for it.
TILT = 0.004
# What is this far below what a set of pairs must have is too little of it.
SHORT = 0.02
# Shares of a tie that are read as a tie, in turn, where choices are in part.
SHARES = (0.99, 0.5, 0.25, 0.1, 0.02)
# The bound by choices in part is given up once this many rounds, of at most so many, raise it by less than SHORT.
STALLS, ROUNDS = 4, 60
# How many rounds of it follow once whole choices were made.
AGAIN = 2


# A set of pairs, and how many of them must have a tie.
Key = tuple[bytes, int]


@dataclass(frozen=True, slots=True)
class Found:
    """The best network found (pairs with a tie; None: none), its cost, and a proven lower bound of any."""

    tied: NDArray[np.bool_] | None
    cost: float
    bound: float
    infeasible: bool


@dataclass(slots=True)
class Search:
    """A search for changes of a network that cost least."""

    problem: Problem
    programme: Programme
    cost: NDArray[np.float64]
    clock: Clock
    asked: list[Key] = field(default_factory=list)
    kept: set[Key] = field(default_factory=set)

    def run(self, gap: float, best: NDArray[np.bool_] | None = None) -> Found:
        """Search until the cost is proven to be at most `gap` (a share) above the least, or time is out.

        What the conditions need is asked for once a network lacks it, so that each programme asks for less than all:
        its bound holds, and a network that lacks nothing is a solution.
        """
        problem, present = self.problem, self.problem.ground.present
        least, bound = np.inf if best is None else self._price(best), 0.0
        plain = self.cost[problem.pairs]
        price, tilt, rounds = self._tilted(), TILT, ROUNDS
        while True:
            bound = min(least, max(bound, self._rounded(self._root(rounds))))
            rounds = AGAIN
            if best is not None and (least <= max(bound, NEAR) * (1 + gap) or not self.clock.left):
                break
            self.programme.price(price)
            if best is not None:
                self.programme.start((best != present)[problem.pairs])
            solved = self.programme.solve(gap, self.clock)
            if solved.infeasible and best is None:
                return Found(None, np.inf, np.inf, infeasible=True)
            bound = min(least, max(bound, self._rounded(solved.bound / (1 + tilt))))
            if solved.choice is None:
                break
            tied = problem.tied(solved.choice)
            cuts = problem.cuts(tied)
            fixed, more = repaired(problem, tied, cuts, self.clock) if cuts else (tied, [])
            if fixed is not None and self._price(fixed) < least - NEAR:
                least, best = self._price(fixed), fixed
            bound = min(bound, least)
            if not self.clock.left or (not cuts and not tilt):
                break
            if not cuts:
                # What is left to prove may be as little as the tilt.
                price, tilt = plain, 0.0
            self.kept |= {(pairs.tobytes(), number) for pairs, number in cuts}
            self._ask([*cuts, *more])
        return Found(best, least, bound, infeasible=False)

    def _price(self, tied: NDArray[np.bool_]) -> float:
        return float(self.cost[tied != self.problem.ground.present].sum())

    def _rounded(self, bound: float) -> float:
        """Raise a bound to the next whole number if all costs are whole."""
        return float(np.ceil(bound - NEAR)) if (self.cost == np.round(self.cost)).all() else bound

    def _tilted(self) -> NDArray[np.float64]:
        """Of plans that cost the same prefer those whose ties help more conditions: it saves rounds."""
        count = np.zeros(len(self.cost))
        for pairs, _ in self.problem.cuts(self.problem.ground.present):
            count[pairs] += 1
        tilted: NDArray[np.float64] = self.cost * (1 + TILT * (1 - count / max(count.max(initial=0), 1)))
        return tilted[self.problem.pairs]

    def _root(self, rounds: int) -> float:
        """Ask for what conditions need where choices are in part, and give the bound that this proves.

        It raises the bound at little cost.
        """
        problem, present = self.problem, self.problem.ground.present
        value, stalls, loose = 0.0, 0, np.zeros(0, dtype=bool)
        if problem.conditions:
            self.programme.price(self.cost[problem.pairs])
        for _ in range(rounds if problem.conditions else 0):
            choice = self.programme.relaxed(self.clock)
            if choice is None:
                break
            loose = self.programme.slack(self.programme.rows - len(self.asked))
            tied = present.astype(np.float64)
            tied[problem.pairs] = np.abs(present[problem.pairs] - choice)
            found = [one for level in SHARES for one in problem.cuts(tied >= level)] + problem.partly(tied)
            fresh = self._ask([(pairs, least) for pairs, least in found if tied[pairs].sum() < least - SHORT])
            before, value = value, float(self.cost[problem.pairs] @ choice)
            stalls += value - before < SHORT
            if not fresh or stalls > STALLS:
                break
        self._forget(np.flatnonzero(loose).tolist())
        return value

    def _forget(self, loose: list[int]) -> None:
        """Take away what need not be asked for where choices are in part: fewer rows are faster.

        What whole choices lacked stays asked for, or the search could go in circles.
        """
        gone = {at for at in loose if self.asked[at] not in self.kept}
        first = self.programme.rows - len(self.asked)
        self.programme.drop(np.array([first + at for at in sorted(gone)], dtype=np.int64))
        self.asked = [key for at, key in enumerate(self.asked) if at not in gone]

    def _ask(self, cuts: list[Set]) -> int:
        """Ask for those that are not asked for yet, and tell how many."""
        known, fresh = set(self.asked), {}
        for pairs, least in cuts:
            key = (pairs.tobytes(), least)
            if key not in known:
                fresh[key] = self.problem.row(pairs, least, np.inf)
        self.asked += fresh
        self.programme.add(list(fresh.values()))
        return len(fresh)

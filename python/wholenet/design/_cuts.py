"""What a network must have so that levels are near each other, and so that it survives the loss of any one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.design._demands import Ground

__all__ = ["Cuts", "Survive", "Within", "near", "separated"]


# Of two steps the sets can be told where ties are in part.
TWO = 2


class Cuts(Protocol):
    """A condition on the whole network, told by sets of pairs of which some must have a tie."""

    def __call__(self, tied: NDArray[np.bool_]) -> list[tuple[NDArray[np.int64], int]]:
        """Give sets of pairs, each with how many ties there must be at least, that (n, n) `tied` has too few of."""

    def partly(self, tied: NDArray[np.float64]) -> list[tuple[NDArray[np.int64], int]]:
        """Give more of them where ties are in part; it need not find any."""

    def lacking(self, tied: NDArray[np.bool_]) -> int:
        """Count what (n, n) `tied` lacks: 0 where the condition holds."""

    @property
    def words(self) -> str:
        """The condition in words."""


@dataclass(frozen=True, slots=True)
class Within:
    """From each organisation some organisation of each other level is within `steps`; `level` -1: of none."""

    ground: Ground
    level: NDArray[np.int64]
    names: list[Any]
    steps: int
    by: str

    @property
    def words(self) -> str:
        """The condition in words."""
        steps = f"{self.steps} step{'s' * (self.steps != 1)}"
        return f"from every organisation some organisation of each other {self.by} is within {steps}"

    def __call__(self, tied: NDArray[np.bool_]) -> list[tuple[NDArray[np.int64], int]]:
        """Cut off each level that is too far from an organisation, from both sides.

        Give each organisation a height: 0 to the one, `steps` + 1 to the level, and to the others their distance from
        the one (or `steps` + 1 less that from the level). A path of `steps` ties from 0 to `steps` + 1 climbs 2 or more
        at once somewhere; no tie does so now, so that one of the pairs that would must have a tie.
        """
        found = []
        distance = near(tied, self.steps)
        for code in range(len(self.names)):
            there = self.level == code
            to_level = distance[:, there].min(axis=1, initial=self.steps + 1)
            for actor in np.flatnonzero((self.level >= 0) & ~there & (to_level > self.steps)).tolist():
                ahead = np.minimum(distance[actor], self.steps)
                back = self.steps + 1 - np.minimum(to_level, self.steps)
                for height in (ahead, back):
                    height[there], height[actor] = self.steps + 1, 0
                    found.append((self._climbing(height), 1))
        return found

    def partly(self, tied: NDArray[np.float64]) -> list[tuple[NDArray[np.int64], int]]:
        """Of two steps, the sets that (n, n) ties in part have least of: each other one on the side with less."""
        if self.steps != TWO:
            return []
        found = []
        for code in range(len(self.names)):
            there = self.level == code
            to_level = tied[:, there].sum(axis=1)
            least = np.minimum(tied, to_level)
            least[:, there] = 0
            np.fill_diagonal(least, 0)
            short = least.sum(axis=1) + to_level < 1
            for actor in np.flatnonzero((self.level >= 0) & ~there & short).tolist():
                height = np.where(tied[actor] <= to_level, TWO, 1)
                height[there], height[actor] = TWO + 1, 0
                found.append((self._climbing(height), 1))
        return found

    def lacking(self, tied: NDArray[np.bool_]) -> int:
        """Count the organisations and levels that are too far from each other."""
        ball = _balls(tied, self.steps)[-1]
        masks = [sum(1 << at for at in np.flatnonzero(self.level == code).tolist()) for code in range(len(self.names))]
        asked = np.flatnonzero(self.level >= 0).tolist()
        return sum(not ball[actor] & mask for mask in masks for actor in asked)

    def _climbing(self, height: NDArray[np.int64]) -> NDArray[np.int64]:
        jump = np.abs(height[self.ground.first] - height[self.ground.second]) > 1
        return np.flatnonzero(jump)


@dataclass(frozen=True, slots=True)
class Survive:
    """All organisations are connected, and stay so when any one of them leaves."""

    ground: Ground

    @property
    def words(self) -> str:
        """The condition in words."""
        return "the network stays connected when any one organisation leaves"

    def __call__(self, tied: NDArray[np.bool_]) -> list[tuple[NDArray[np.int64], int]]:
        """Ask for a tie between each part that hangs together, or does without one organisation, and the rest."""
        n = self.ground.n
        everybody = np.ones(n, dtype=bool)
        parts = components(tied, everybody)
        if len(parts) > 1:
            # Two ties lead out of a part once there are three organisations: their ends do not leave together.
            least = 1 if n == TWO else 2
            return [(self._out(part, everybody), least) for part in parts]
        found = []
        for actor in np.flatnonzero(separated(tied)[1]).tolist():
            stay = everybody.copy()
            stay[actor] = False
            parts = components(tied, stay)
            found += [(self._out(part, stay), 1) for part in parts if len(parts) > 1]
        return found

    def partly(self, tied: NDArray[np.float64]) -> list[tuple[NDArray[np.int64], int]]:  # noqa: ARG002 (other conditions read it)
        """None more than those of shares that are read as ties."""
        return []

    def lacking(self, tied: NDArray[np.bool_]) -> int:
        """Count the parts that are cut off now, and those that are when one leaves, over all who may."""
        parts, apart = separated(tied)
        return (parts - 1) * len(tied) + sum(apart)

    def _out(self, part: NDArray[np.bool_], among: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The pairs of one in the part and one outside."""
        first, second = self.ground.first, self.ground.second
        return np.flatnonzero((part[first] != part[second]) & among[first] & among[second])


def near(tied: NDArray[np.bool_], steps: int) -> NDArray[np.int64]:
    """Distances up to `steps`; `steps` + 1: farther."""
    n = len(tied)
    found = np.full((n, n), steps + 1, dtype=np.int64)
    for ball in _balls(tied, steps):
        found -= _bits(ball, n)
    return found


def _balls(tied: NDArray[np.bool_], steps: int) -> list[list[int]]:
    """Who is within 0, 1, … `steps` of each: whole numbers whose bits are actors."""
    partners = [np.flatnonzero(row).tolist() for row in tied]
    balls = [[1 << actor for actor in range(len(tied))]]
    for _ in range(steps):
        last = balls[-1]
        ball = last.copy()
        for actor, others in enumerate(partners):
            for other in others:
                ball[actor] |= last[other]
        balls.append(ball)
    return balls


def _bits(ball: list[int], n: int) -> NDArray[np.uint8]:
    """Lay bits out as an (n, n) array of 0 and 1."""
    size = -(-n // 8)
    joined = b"".join(one.to_bytes(size, "little") for one in ball)
    cells = np.frombuffer(joined, dtype=np.uint8).reshape(n, size)
    return np.unpackbits(cells, axis=1, bitorder="little")[:, :n]


def separated(tied: NDArray[np.bool_]) -> tuple[int, list[int]]:
    """Count the components, and for each actor how many more there are of its own without it.

    By depth-first search: `low` is the earliest place that an actor and those found after it are tied to. What is found
    from an actor is cut off without it if it has no tie to an earlier place (Hopcroft & Tarjan 1973,
    https://doi.org/10.1145/362248.362272).
    """
    n = len(tied)
    partners = [np.flatnonzero(row).tolist() for row in tied]
    place, low, apart, parts, count = [-1] * n, [0] * n, [0] * n, 0, 0
    for start in range(n):
        if place[start] >= 0:
            continue
        parts += 1
        # The first of a component cuts off what is found from it, but for one part.
        apart[start] = -1 if partners[start] else 0
        path = [(start, -1, iter(partners[start]))]
        place[start] = low[start] = count
        count += 1
        while path:
            actor, before, rest = path[-1]
            other = next(rest, None)
            if other is None:
                path.pop()
                if before >= 0:
                    low[before] = min(low[before], low[actor])
                    apart[before] += low[actor] >= place[before]
            elif place[other] < 0:
                place[other] = low[other] = count
                count += 1
                path.append((other, actor, iter(partners[other])))
            elif other != before:
                low[actor] = min(low[actor], place[other])
    return parts, apart


def components(tied: NDArray[np.bool_], among: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """The components of some organisations, as marks, in the order of their first."""
    left, found = among.copy(), []
    while left.any():
        part = np.zeros(len(left), dtype=bool)
        fresh = part.copy()
        fresh[int(np.argmax(left))] = True
        while fresh.any():
            part |= fresh
            fresh = tied[fresh].any(axis=0) & among & ~part
        found.append(part)
        left &= ~part
    return found

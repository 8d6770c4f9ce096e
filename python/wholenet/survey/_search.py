"""Answers tried one after the other, for measures that depend on ties in no known way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._table import level
from wholenet.errors import WholenetError
from wholenet.inference._draws import Patient, stream
from wholenet.survey._cells import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wholenet.network import Network

    Cells = tuple[NDArray[np.int64], NDArray[np.int64]]

__all__ = ["Answers"]

STEP = "one of the possible answers"
# Half of the draws fill at random, a quarter climbs and a quarter descends.
AT_RANDOM = 0.5


@dataclass(slots=True)
class Answers:
    """Ways to fill a network that were measured, and the lowest and highest that came out.

    `lower` and `upper` are of the measure, NaN until it is defined; `lowest` and `highest` are the fillings that give
    them, for a measure of the network. The first error is kept, for when no answer can be measured.
    """

    net: Network
    name: str
    function: Callable[[Network], Any]
    cells: Cells
    of_actors: bool = False
    lower: NDArray[np.float64] = field(default_factory=lambda: np.array(np.nan))
    upper: NDArray[np.float64] = field(default_factory=lambda: np.array(np.nan))
    lowest: NDArray[np.float64] | None = None
    highest: NDArray[np.float64] | None = None
    count: int = 0
    undefined: int = 0
    error: WholenetError | None = None

    def measure(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Measure the network with an answer, and keep what is lower or higher than before."""
        self.count += 1
        net = filled(self.net, self.cells, values, STEP)
        try:
            result = self.function(net)
        except WholenetError as error:
            self.error = self.error or error
            self.undefined += 1
            return np.array(np.nan)
        self.of_actors = level(self.name, result, net) == "actors"
        found = np.asarray(result, dtype=np.float64)
        self.undefined += bool(np.isnan(found).any())
        if not self.of_actors:
            if not found >= self.lower and not np.isnan(found):
                self.lowest = values
            if not found <= self.upper and not np.isnan(found):
                self.highest = values
        self.lower, self.upper = np.fmin(self.lower, found), np.fmax(self.upper, found)
        return found

    def every(self, most: float) -> None:
        """Measure all answers of a network without values."""
        k = len(self.cells[0])
        bits = np.arange(k)
        for code in range(1 << k):
            self.measure(np.where((code >> bits) & 1, most, 0.0))

    def search(self, least: float, most: float, draws: int, seed: int, *, progress: bool) -> None:
        """Measure answers at random, then change the best step by step."""
        k = len(self.cells[0])
        at_random = max(2, int(draws * AT_RANDOM))
        with Patient("answers", draws, progress=progress) as shown:
            self.measure(np.zeros(k))
            self.measure(np.full(k, most))
            for draw in range(at_random - 2):
                self.measure(self._at_random(least, most, stream(seed, draw)))
                shown.reach(draw + 3)
            if self.of_actors or self.lowest is None:
                # Each actor has extremes of its own: there is no one best answer to change.
                for draw in range(at_random, draws):
                    self.measure(self._at_random(least, most, stream(seed, draw)))
                    shown.reach(draw + 1)
                return
            for draw in range(at_random, draws):
                self._step(least, most, stream(seed, draw), highest=draw % 2 == 0)
                shown.reach(draw + 1)

    def _at_random(self, least: float, most: float, random: np.random.Generator) -> NDArray[np.float64]:
        """Fill cells with a density of their own for each actor, or one for all."""
        k, n = len(self.cells[0]), self.net.n_actors
        density = random.random() if random.random() < AT_RANDOM else random.random(n)[self.cells[0]]
        return np.where(random.random(k) < density, _worth(least, most, k, random), 0.0)

    def _step(self, least: float, most: float, random: np.random.Generator, *, highest: bool) -> None:
        """Change the best answer in one dyad, in some, in all of one actor, or from the side of the others."""
        best = self.highest if highest else self.lowest
        if best is None:
            return
        k = len(best)
        way = random.integers(4)
        if way == 0:
            which = random.random(k) < 2.0 ** -random.integers(1, 8)
        elif way == 1:
            which = self.cells[0] == self.cells[0][random.integers(k)]
        elif way == 2:  # noqa: PLR2004 (the third of four ways)
            which = self.cells[1] == self.cells[1][random.integers(k)]
        else:
            which = np.arange(k) == random.integers(k)
        tie = _worth(least, most, k, random)
        changed = np.where(best[which] == 0, tie[which], 0.0)
        if way in {1, 2}:
            changed = tie[which] if random.random() < AT_RANDOM else np.zeros(int(which.sum()))
        tried = best.copy()
        tried[which] = changed
        self.measure(tried)


def _worth(least: float, most: float, k: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Values of ties: the least or the most, at random."""
    return np.where(random.random(k) < AT_RANDOM, least, most)

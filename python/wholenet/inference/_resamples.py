"""Measures of networks of resampled actors: the one mechanism of all that is bootstrapped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from wholenet._shared import shared
from wholenet.cohesion import density
from wholenet.errors import DrawError
from wholenet.inference._draws import drawn, each, failed
from wholenet.inference._vertices import Densities, Vertices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.inference._statistic import Statistic
    from wholenet.network import Network

__all__ = ["Measured", "needs_attributes", "resampled"]


def resampled(
    statistic: Statistic,
    net: Network,
    draws: int,
    *,
    seed: int,
    sample: int = 0,
    executor: Executor | None,
    progress: bool,
) -> NDArray[np.float64]:
    """Measure networks of resampled actors; a draw that can't be measured is an error."""
    kernel = Measured.of((statistic,), net, seed=seed, sample=sample, strict=True)
    return drawn(kernel, draws, seed=seed, executor=executor, progress=progress)[:, 0]


def needs_attributes(statistics: Sequence[Statistic]) -> bool:
    """Tell whether copies of actors must carry attributes: the package's own measures, by name, read none."""
    return not all(one.named for one in statistics)


@dataclass(frozen=True, slots=True)
class Measured:
    """The kernel of a bootstrap of k statistics: a row of k numbers per draw.

    What can't be measured is NaN, or raises if `strict`. Density does not need the network to be made.
    """

    statistics: tuple[Statistic, ...]
    vertices: Vertices
    densities: Densities | None
    strict: bool

    @classmethod
    def of(
        cls, statistics: tuple[Statistic, ...], net: Network, *, seed: int, sample: int = 0, strict: bool = False
    ) -> Self:
        """Read a network."""
        vertices = Vertices.of(net, seed=seed, sample=sample, attributes=needs_attributes(statistics))
        quick = any(one.function is density for one in statistics)
        return cls(statistics, vertices, Densities.of(net) if quick else None, strict)

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        """Compute draws `first` to `first` + `count` - 1."""
        return each(self._one, first, count, name="draws", progress=progress)

    def _one(self, draw: int) -> NDArray[np.float64]:
        picked, found = self.vertices.picked(draw), np.full(len(self.statistics), np.nan)
        others = []
        for place, one in enumerate(self.statistics):
            if self.densities is not None and one.function is density:
                found[place] = self.densities.density(picked)
            else:
                others.append(place)
        if others:
            net = self.vertices.network(picked)
            with shared():
                for place in others:
                    found[place] = self._measured(self.statistics[place], net, draw)
        return found

    def _measured(self, statistic: Statistic, net: Network, draw: int) -> float:
        try:
            return statistic.of(net)
        except Exception as error:
            if not self.strict:
                return np.nan
            what = f"can't be measured: {statistic.name!r} raises {type(error).__name__}: {error}"
            raise DrawError(failed(draw, self.vertices.seed, what)) from error

    def reason(self, place: int, draw: int) -> str:
        """Say why a statistic has no number in a draw."""
        statistic = self.statistics[place]
        try:
            found = statistic.of(self.vertices.network(self.vertices.picked(draw)))
        except Exception as error:  # noqa: BLE001 (whatever a measure raises is told)
            return f"{type(error).__name__}: {error}"
        return f"no finite number ({found})"

"""A number of a network: one of the package's measures by name, or the caller's own function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._table import functions_of, level
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["Statistic", "dyads_of", "statistic_of", "statistics_of"]


@dataclass(frozen=True, slots=True)
class Statistic:
    """What is measured of each network; `named` ones read no attributes."""

    name: str
    function: Callable[[Network], Any]
    named: bool

    def of(self, net: Network) -> float:
        """Measure a network."""
        found = self.function(net)
        if level(self.name, found, net) != "network":
            msg = f"{self.name!r} gives a number per actor; what is resampled must be one number for the network"
            raise ArgumentError(msg)
        return float(found)

    def per_actor(self, net: Network) -> NDArray[np.float64]:
        """Measure the actors of a network."""
        found = self.function(net)
        if level(self.name, found, net) != "actors":
            msg = f"{self.name!r} gives one number for the network; what is ranked must be one number per actor"
            raise ArgumentError(msg)
        return np.asarray(found, dtype=np.float64)

    def observed(self, net: Network) -> float:
        """Measure the network that was observed, which must have a number."""
        found = self.of(net)
        if not np.isfinite(found):
            msg = f"{self.name!r} of the network is no finite number ({found}), so that there is nothing to resample"
            raise ArgumentError(msg)
        return found


def statistic_of(statistic: object) -> Statistic:
    """Look up a statistic."""
    return statistics_of([statistic])[0]


def statistics_of(measures: object) -> tuple[Statistic, ...]:
    """Look up statistics: one, several, or a mapping of names to them."""
    if isinstance(measures, Mapping):
        given: list[object] = list(measures.values())
    else:
        given = list(measures) if isinstance(measures, Iterable) and not isinstance(measures, str) else [measures]
        measures = given
    functions = functions_of(measures)
    return tuple(
        Statistic(name, function, isinstance(one, str))
        for (name, function), one in zip(functions.items(), given, strict=True)
    )


def dyads_of(net: Network) -> str:
    """Say over how many dyads a statistic runs."""
    missing = net.missing
    every = f" of {missing.observed + missing.dyads:,}" if missing.dyads else ""
    return f"{missing.observed:,}{every} dyads"

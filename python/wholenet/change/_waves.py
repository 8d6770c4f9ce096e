"""Two observations of a network, as matrices of the actors in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _ingest
from wholenet.change._tie_change import aligned
from wholenet.inference._dyads import recipes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

    Marks = NDArray[np.bool_]

__all__ = ["Waves", "changed", "quotient"]


@dataclass(frozen=True, slots=True)
class Waves:
    """Ties of the actors in both networks; an undirected dyad stands in the upper half only."""

    before: Network
    after: Network
    first: Marks
    second: Marks
    observed: Marks
    """The dyads that were observed both times, each once."""

    @classmethod
    def of(cls, before: Network, after: Network) -> Waves:
        """Put both in the order of the first."""
        first, second = aligned(before, after)
        cells = [net.to_matrix() for net in (first, second)]
        observed = ~np.isnan(cells[0]) & ~np.isnan(cells[1]) & ~np.eye(len(cells[0]), dtype=bool)
        if not first.directed:
            observed = np.triu(observed)
        one, other = (observed & (matrix != 0) for matrix in cells)
        return cls(first, second, one, other, observed)

    @property
    def fates(self) -> dict[str, Marks]:
        """The dyads by what became of them."""
        return {
            "kept": self.first & self.second,
            "dissolved": self.first & ~self.second,
            "new": ~self.first & self.second,
            "never": self.observed & ~self.first & ~self.second,
        }

    @property
    def dyads(self) -> int:
        """How many dyads were observed both times."""
        return int(self.observed.sum())

    @property
    def words(self) -> str:
        """Say over how many dyads something runs."""
        n = self.before.n_actors
        every = n * (n - 1) // (1 if self.before.directed else 2)
        left = f" ({every - self.dyads:,} not observed both times)" if every > self.dyads else ""
        return f"{self.dyads:,} {'ordered ' if self.before.directed else ''}dyads of {n:,} actors in both{left}"

    @property
    def recipe(self) -> tuple[str, ...]:
        """The coding steps of both networks."""
        return recipes({"before": self.before, "after": self.after})


def quotient(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """Divide; NaN where the whole is 0."""
    found: NDArray[np.float64] = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole != 0)
    return found


def changed(waves: Waves, attribute: str, *, mark: bool = False) -> tuple[str | int, ...]:
    """
    Tell which actors have another value of an attribute at the second wave; none where it is not known there.

    Of a mark false, 0 and an empty value are the same.
    """
    if attribute not in waves.after.attribute_names:
        return ()
    one, other = (net.attribute(attribute).tolist() for net in (waves.before, waves.after))
    labels = waves.before.labels.tolist()

    def differ(first: Any, second: Any) -> bool:
        empty = [_ingest.is_empty(value) or (mark and not value) for value in (first, second)]
        return empty[0] != empty[1] or bool(not empty[0] and first != second)

    return tuple(label for label, a, b in zip(labels, one, other, strict=True) if differ(a, b))

"""The result of ranking actors with uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._checks import choice, whole
from wholenet._rank_chart import Ranked, ranked_dots
from wholenet._results import listed
from wholenet._show import facts_html, table_html
from wholenet.errors import ActorError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["RankIntervals"]

# Actors shown in Jupyter.
SHOWN = 10


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RankIntervals:
    """
    Actors ranked by k measures, with intervals of their ranks.

    Parameters
    ----------
    names : tuple of str
        The k measures.
    labels : array of shape (n,)
        The actors.
    values : array of shape (k, n)
        The measures; NaN where an actor has no value.
    ranks : array of shape (k, n)
        1 is the highest; equal values share the mean of their ranks.
    lower, upper : array of shape (k, n)
        The interval of each rank; NaN where there is none.
    top_share : array of shape (k, n)
        The share of draws, of those in which the actor was drawn, in which it is among the `top` highest.
    drawn : array of shape (k, n)
        In how many draws the actor was drawn, and had a rank.
    failed : array of shape (k,)
        In how many draws a measure gave no rank at all.
    top : int
        How many ranks count as highest.
    confidence : float
        The probability that the interval of an actor should cover its rank.
    distribution : array of shape (draws, k, n)
        The rank of each actor in each draw: the middle of its lowest and highest; NaN where it was not drawn.
    draws : int
        The number of draws.
    seed : int
        The seed of the draws.
    observed : str
        How many dyads of the network were observed.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "c", "d"], ["b", "c", "d", "b"]), directed=False)
    >>> wn.inference.rank_intervals(net, "degree", seed=1)
    <RankIntervals: 4 actors by degree, highest b (rank 1, 1 to 4); 95 % intervals of 1,000 bootstrap draws, seed 1>
    """

    names: tuple[str, ...]
    labels: NDArray[Any]
    values: NDArray[np.float64]
    ranks: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    top_share: NDArray[np.float64]
    drawn: NDArray[np.int64]
    failed: NDArray[np.int64]
    top: int
    confidence: float
    distribution: NDArray[np.float64]
    draws: int
    seed: int
    observed: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table of one row for each measure and actor.

        Returns
        -------
        table
            The columns ``measure``, ``actor``, ``value``, ``rank``, ``lower``, ``upper``, ``top_share`` and ``drawn``;
            actors in the order of the network.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b", "c", "d"], ["b", "c", "d", "b"]), directed=False)
        >>> wn.inference.rank_intervals(net, "degree", seed=1).to_frame()[["measure", "actor", "value", "rank"]]
          measure actor  value  rank
        0  degree     a    1.0   4.0
        1  degree     b    3.0   1.0
        2  degree     c    2.0   2.5
        3  degree     d    2.0   2.5
        """
        columns = {
            "measure": [name for name in self.names for _ in range(len(self.labels))],
            "actor": listed(self.labels) * len(self.names),
            "value": self.values.ravel(),
            "rank": self.ranks.ravel(),
            "lower": self.lower.ravel(),
            "upper": self.upper.ravel(),
            "top_share": self.top_share.ravel(),
            "drawn": self.drawn.ravel(),
        }
        return _frames.make(columns, self.kind)

    def plot(
        self,
        *,
        measure: str | None = None,
        actors: int = 15,
        mark: Iterable[object] = (),
        marked: str = "marked",
        title: str | None = None,
        width: int = 720,
    ) -> Picture:
        """Draw the highest actors as ranked dots with their intervals.

        Parameters
        ----------
        measure : str, optional
            The name of the measure. Default: the first.
        actors : int
            How many actors, from the highest.
        mark : sequence of labels
            Actors drawn as diamonds, for instance the gatekeepers.
        marked : str
            What the diamonds are called.
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A row for each actor, with its value at the right.

        Raises
        ------
        ArgumentError
            There is no such measure.
        ActorError
            A marked actor is not in the network.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b", "c", "d"], ["b", "c", "d", "b"]), directed=False)
        >>> wn.inference.rank_intervals(net, "degree", seed=1).plot(mark=["b"])
        <Picture: Ranks by degree, 95 % intervals>
        """
        name = self.names[0] if measure is None else measure
        if len(self.names) > 1 or measure is not None:
            choice("measure", name, self.names)
        row, chosen = self.names.index(name), set(mark)
        odd = [one for one in chosen if one not in set(self.labels.tolist())]
        if odd:
            msg = f"mark names {odd[0]!r}, which is no actor of the network"
            raise ActorError(msg)
        rows = [
            Ranked(
                str(self.labels[at]),
                f"{self.values[row, at]:,.4g}",
                float(self.ranks[row, at]),
                float(self.lower[row, at]),
                float(self.upper[row, at]),
                self.labels[at] in chosen,
            )
            for at in self._order(row)[: whole(actors, "actors")]
        ]
        heading = title or f"Ranks by {name}, {100 * self.confidence:g} % intervals"
        last = int((~np.isnan(self.values[row])).sum())
        return ranked_dots(rows, last, heading, marked if chosen else None, float(width))

    def _order(self, row: int) -> list[int]:
        """Actors that have a value, highest first."""
        order = np.argsort(self.ranks[row], kind="stable").tolist()
        return [at for at in order if not np.isnan(self.ranks[row, at])]

    def _highest(self, row: int) -> str:
        order = self._order(row)
        if not order:
            return f"{self.names[row]}, of which nobody has a value"
        at = order[0]
        interval = f"{self.lower[row, at]:g} to {self.upper[row, at]:g}"
        return f"{self.names[row]}, highest {self.labels[at]} (rank {self.ranks[row, at]:g}, {interval})"

    def __repr__(self) -> str:
        highest = "; by ".join(self._highest(row) for row in range(len(self.names)))
        return (
            f"<RankIntervals: {len(self.labels):,} actors by {highest}; {100 * self.confidence:g} % intervals of "
            f"{self.draws:,} bootstrap draws, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        header = ["", "value", "rank", f"{100 * self.confidence:g} % from", "to", f"share of draws in top {self.top}"]
        tables = []
        for row, name in enumerate(self.names):
            order = self._order(row)[:SHOWN]
            columns = (self.values, self.ranks, self.lower, self.upper, self.top_share)
            cells = [[str(self.labels[at]), *(float(column[row, at]) for column in columns)] for at in order]
            tables.append(table_html(header, cells, f"Highest by {name}, {len(order)} of {len(self.labels):,} actors"))
        facts = [
            ("Draws", f"{self.draws:,}, of actors with replacement"),
            *((f"Undefined: {name}", f"in {n:,} draws") for name, n in zip(self.names, self.failed, strict=True) if n),
            ("Runs over", self.observed),
            ("Seed", f"{self.seed}"),
        ]
        return "".join(tables) + facts_html("Ranks", facts, self.recipe)

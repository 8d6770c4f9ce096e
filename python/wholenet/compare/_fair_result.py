"""The result of measuring networks of different size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._show import recipe_html, table_html
from wholenet.compare._fair_chart import Panel, size_panels

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.compare._sizes import Trend

__all__ = ["Fair"]

NUMBERS = ("value", "mean", "sd", "low", "high", "z", "percentile", "at_common_size")
CONDITIONS = {"density": "of the same size and number of ties", "size": "of the same size"}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Fair:
    """
    Measures of networks beside those of random networks of the same size; see `fair`.

    Parameters
    ----------
    by : tuple of str
        What the values in keys are called.
    keys : tuple of tuples
        The n networks.
    measures : tuple of str
        The k measures.
    actors : array of shape (n,)
        How many actors each network has.
    value : array of shape (n, k)
        The measures as they are.
    mean, sd, low, high : arrays of shape (n, k)
        Of the random networks: mean, standard deviation, and the quantiles 2.5 % and 97.5 %.
    z, percentile : arrays of shape (n, k)
        Where the measure lies among them; NaN where they do not vary.
    at_common_size : array of shape (n, k)
        What the measure would be at the common size.
    slope : array of shape (k,)
        How a measure goes with size: the power of size, or (where it is negative somewhere) the rise with log size.
    trends : tuple
        The lines that ``plot`` draws.
    common_size : float
        The geometric mean of the sizes.
    condition : {"density", "size"}
        What random networks have in common with a network.
    draws, seed : int
        The number of random networks, and their seed.
    recipe : tuple of str
        The coding steps of the first network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> def ring(n):
    ...     return wn.Network.from_edges(([*range(n)], [*range(1, n), 0]), directed=False)
    >>> study = wn.Study({f"ring of {n}": ring(n) for n in (5, 8)}, by="network")
    >>> wn.compare.fair(study, ["transitivity"], draws=99, seed=1)
    <Fair: transitivity of 2 networks of 5 to 8 actors, each beside 99 random ones of the same size and number of \
ties, seed 1>
    """

    by: tuple[str, ...]
    keys: tuple[tuple[Any, ...], ...]
    measures: tuple[str, ...]
    actors: NDArray[np.int64]
    value: NDArray[np.float64]
    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    z: NDArray[np.float64]
    percentile: NDArray[np.float64]
    at_common_size: NDArray[np.float64]
    slope: NDArray[np.float64]
    trends: tuple[Trend, ...]
    common_size: float
    condition: str
    draws: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    def _columns(self) -> dict[str, Any]:
        n, k = self.value.shape
        columns: dict[str, Any] = {
            name: [key[at] for key in self.keys for _ in range(k)] for at, name in enumerate(self.by)
        }
        columns |= {"actors": np.repeat(self.actors, k), "measure": list(self.measures) * n}
        return columns | {name: getattr(self, name).ravel() for name in NUMBERS}

    def to_frame(self) -> IntoDataFrame:
        """Lay the measures out as a table.

        Returns
        -------
        table
            One row for each network and measure: the columns of ``by``, ``actors``, ``measure``, ``value``, ``mean``,
            ``sd``, ``low``, ``high``, ``z``, ``percentile`` and ``at_common_size``.

        Examples
        --------
        >>> import wholenet as wn
        >>> def ring(n):
        ...     return wn.Network.from_edges(([*range(n)], [*range(1, n), 0]), directed=False)
        >>> study = wn.Study({f"ring of {n}": ring(n) for n in (5, 8)}, by="network")
        >>> wn.compare.fair(study, ["transitivity"], draws=99, seed=1).to_frame()[["actors", "value"]]
           actors  value
        0       5    0.0
        1       8    0.0
        """
        return _frames.make(self._columns(), self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw each measure over the size of the networks, with what random networks of that size have.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A panel for each measure: networks as dots, the middle 95 % of their random networks as bars, and a line
            for how the measure goes with size.

        Examples
        --------
        >>> import wholenet as wn
        >>> def ring(n):
        ...     return wn.Network.from_edges(([*range(n)], [*range(1, n), 0]), directed=False)
        >>> study = wn.Study({f"ring of {n}": ring(n) for n in (5, 8)}, by="network")
        >>> wn.compare.fair(study, ["transitivity"], draws=99, seed=1).plot()
        <Picture: transitivity over the size of 2 networks>
        """
        panels = [
            Panel(
                name,
                self.value[:, at],
                np.where(self.sd[:, at] > 0, self.low[:, at], np.nan),
                self.high[:, at],
                self.trends[at],
            )
            for at, name in enumerate(self.measures)
        ]
        names = [", ".join(map(str, key)) for key in self.keys]
        bars = f"bars: the middle 95 % of random networks {CONDITIONS[self.condition]}"
        words = f"{', '.join(self.measures)} over the size of {len(names):,} networks"
        return size_panels(panels, self.actors, names, bars, title, words, float(width))

    def __repr__(self) -> str:
        return (
            f"<Fair: {', '.join(self.measures)} of {len(self.keys):,} networks of {self.actors.min():,} to "
            f"{self.actors.max():,} actors, each beside {self.draws:,} random ones {CONDITIONS[self.condition]}, seed "
            f"{self.seed}>"
        )

    def _repr_html_(self) -> str:
        header = (*self.by, "actors", "measure", "as it is", "by chance", "sd", "2.5 %", "97.5 %", "z", "percentile",
                  f"at {self.common_size:.0f} actors")  # fmt: skip
        columns = [column.tolist() if isinstance(column, np.ndarray) else column for column in self._columns().values()]
        rows = [
            ["–" if isinstance(cell, float) and np.isnan(cell) else cell for cell in row]
            for row in zip(*columns, strict=True)
        ]
        return table_html(header, rows, repr(self)[1:-1]) + recipe_html(self.recipe)

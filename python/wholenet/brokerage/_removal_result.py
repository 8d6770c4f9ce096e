"""The result of taking actors away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import recipe_html, table_html

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["TESTED", "Removal"]

# What is compared with random removals, in the order of the columns of p-values and draws.
TESTED = ("fragmentation", "distance_fragmentation", "lost")
NAMES = ("fragmentation", "distance-weighted fragmentation", "share of joined pairs that are lost")
# How many rows show in Jupyter.
SHOWN = 20


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Removal:
    """
    What is left of a network without some of its actors, beside what random actors leave.

    All arrays have a row for nobody, then one for each actor, then, if actors were named and these are two or more, one
    for all of them together.

    Parameters
    ----------
    removed : tuple of str
        Who is gone: ``"nobody"``, an actor's label, or ``"all 3"``.
    size : array of shape (k,)
        How many actors are gone.
    fragmentation, distance_fragmentation : arrays of shape (k,)
        The share of pairs of the others that no path joins; 1 - the mean of 1 ÷ distance over these pairs.
    components, largest : arrays of shape (k,)
        How many components the others are in, and how many actors the largest has.
    lost : array of shape (k,)
        Of the pairs of the others that a path joined before, the share that none does now.
    p_lower, p_upper, p_two_sided : arrays of shape (k, 3)
        (1 + number of random removals of as many actors that give at most as much) ÷ (1 + draws); at least as much;
        twice the smaller. Of fragmentation, distance-weighted fragmentation, and pairs lost. NaN for nobody.
    distribution : array of shape (draws, 3)
        The three after each random removal of as many actors as in the last row.
    draws : int
        The number of random removals.
    seed : int
        The seed of the draws.
    by : str or None
        The attribute that told the actors.
    together : bool
        Whether the last row is of all actors together.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), directed=False)
    >>> wn.brokerage.removal(net, actors=["a", "d"], seed=1)
    <Removal: 2 actors, together: fragmentation 1 (0 before), p 0.184 (as high), 1,000 random removals, seed 1>
    """

    removed: tuple[str, ...]
    size: NDArray[np.int64]
    fragmentation: NDArray[np.float64]
    distance_fragmentation: NDArray[np.float64]
    components: NDArray[np.int64]
    largest: NDArray[np.int64]
    lost: NDArray[np.float64]
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    distribution: NDArray[np.float64]
    draws: int
    seed: int
    by: str | None
    together: bool
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the removals out as a table.

        Returns
        -------
        table
            One row per removal: ``removed``, as text; ``size``; ``fragmentation``, ``distance_fragmentation``,
            ``components``, ``largest`` and ``lost`` of who is left; and ``p_fragmentation``,
            ``p_distance_fragmentation`` and ``p_lost``, the share of random removals of as many actors that give at
            least as much.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), directed=False)
        >>> found = wn.brokerage.removal(net, actors=["a", "d"], seed=1).to_frame()
        >>> found[["removed", "size", "fragmentation", "components", "largest"]].round(3)
          removed  size  fragmentation  components  largest
        0  nobody     0          0.000           1        5
        1       a     1          0.833           3        2
        2       d     1          0.500           2        3
        3   all 2     2          1.000           3        1
        """
        return _frames.make(self._columns(), self.kind)

    def _columns(self) -> dict[str, Any]:
        return {
            "removed": list(self.removed),
            "size": self.size,
            "fragmentation": self.fragmentation,
            "distance_fragmentation": self.distance_fragmentation,
            "components": self.components,
            "largest": self.largest,
            "lost": self.lost,
            **{f"p_{name}": self.p_upper[:, at] for at, name in enumerate(TESTED)},
        }

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw what random removals leave, and where the removal of these actors lies.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            Three histograms, of the removal of all actors together; where each actor was taken away alone, of the one
            without whom distance-weighted fragmentation is highest.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), directed=False)
        >>> wn.brokerage.removal(net, seed=1).plot().description.partition(":")[0]
        'without a, drawn at random and observed'
        """
        at = self._chief()
        rows = [
            Drawn(name, float(getattr(self, field)[at]), self.distribution[:, place], self._words(at, place))
            for place, (field, name) in enumerate(zip(TESTED, NAMES, strict=True))
        ]
        return distributions(rows, f"without {self.removed[at]}", title, float(width))

    def _words(self, at: int, place: int) -> str:
        return f"p {self.p_upper[at, place]:.3g} (as high), {self.draws:,} random removals"

    def _chief(self) -> int:
        """The row that matters most: that of all together, else the one that breaks the network up most."""
        found = self.distance_fragmentation[1:]
        if self.together or np.isnan(found).all():
            return len(self.removed) - 1
        return 1 + int(np.nanargmax(found))

    def __repr__(self) -> str:
        at, actors = self._chief(), len(self.removed) - 1 - self.together
        told = f"{actors:,} actor{'s' * (actors != 1)}" + (f" ({self.by})" if self.by else "")
        which = ", together" if self.together else f", most without {self.removed[at]}" if actors > 1 else ""
        value, before = self.fragmentation[at], self.fragmentation[0]
        return (
            f"<Removal: {told}{which}: fragmentation {value:.4g} ({before:.4g} before), "
            f"p {self.p_upper[at, 0]:.3g} (as high), {self.draws:,} random removals, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        columns = self._columns()
        order = np.argsort(-np.nan_to_num(self.distance_fragmentation[1:], nan=-1), kind="stable") + 1
        last = len(self.removed) - 1
        if self.together:
            order = np.array([last, *(at for at in order.tolist() if at != last)])
        shown = [0, *order[:SHOWN].tolist()]
        rows = [[np.asarray(column)[at].item() for column in columns.values()] for at in shown]
        more = f" {last - SHOWN:,} rows that break it up less are not shown." if last > SHOWN else ""
        caption = (
            f"Without some actors{f' ({self.by})' if self.by else ''}, those first that break the network up most; p: "
            f"share of {self.draws:,} random removals of as many that give at least as much (seed {self.seed}).{more}"
        )
        return table_html(list(columns), rows, caption) + recipe_html(self.recipe)

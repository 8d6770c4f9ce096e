"""The result of taking actors away one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._results import listed
from wholenet._show import facts_html
from wholenet.design._curve_chart import Curve, curves

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Robustness"]

HALF = 0.5
# Who goes first, in words.
WORDS = {
    "degree": "most ties first",
    "betweenness": "highest betweenness first",
    "array": "in the order given",
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Robustness:
    """
    What hangs together as actors go; see `robustness`.

    Parameters
    ----------
    order : str
        Who goes first.
    removed : array of shape (n,)
        The actors, in the order in which they go.
    largest, joined : arrays of shape (n + 1,)
        After none, one, two … have gone: the actors of the largest component as a share of all there were, and the
        share of all pairs that are joined.
    random, lower, upper : arrays of shape (2, n + 1)
        The mean of the two over random orders, and their 2.5th and 97.5th percentiles.
    r, r_random : float
        The mean of the largest component's share after one, two … have gone; and the mean of this over random orders.
    p_lower : float
        (1 + number of random orders whose R is at most as low) ÷ (1 + draws).
    distribution : array of shape (draws,)
        R of the random orders.
    draws, seed : int
        The number of random orders, and their seed.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a"] * 4, list("bcde")), directed=False)
    >>> wn.design.robustness(net, seed=1)
    <Robustness, most ties first: half of the actors hang together until 1 of 5 is gone; R 0.16, at random 0.318;
    1,000 draws, seed 1>
    """

    order: str
    removed: NDArray[Any]
    largest: NDArray[np.float64]
    joined: NDArray[np.float64]
    random: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    r: float
    r_random: float
    p_lower: float
    distribution: NDArray[np.float64]
    draws: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the curves out as a table.

        Returns
        -------
        table
            One row for each number of actors gone: ``gone``, ``share`` (of all), ``actor`` (who went last; empty in the
            first row), ``largest`` and ``joined``, and of random orders ``random_largest`` with ``lower_largest`` and
            ``upper_largest``, and ``random_joined`` with ``lower_joined`` and ``upper_joined``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
        >>> wn.design.robustness(net, seed=1).to_frame()[["gone", "actor", "largest"]].round(2)
           gone actor  largest
        0     0           1.00
        1     1     b     0.33
        2     2     a     0.33
        3     3     c     0.00
        """
        n = len(self.removed)
        columns: dict[str, Any] = {
            "gone": np.arange(n + 1),
            "share": np.arange(n + 1) / n,
            "actor": listed(["", *map(str, self.removed.tolist())]),
            "largest": self.largest,
            "joined": self.joined,
        }
        for at, name in enumerate(("largest", "joined")):
            parts = {"random": self.random, "lower": self.lower, "upper": self.upper}
            columns |= {f"{word}_{name}": values[at] for word, values in parts.items()}
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the largest component against the share of actors that are gone.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            The curve in this order, and that of random orders with the range of 95 in 100 of them.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
        >>> wn.design.robustness(net, seed=1).plot()
        <Picture: Largest component as actors go: most ties first, and at random>
        """
        share = np.arange(len(self.largest)) / (len(self.largest) - 1)
        drawn = Curve("at random", share, self.random[0], self.lower[0], self.upper[0])
        asked = Curve(self._words(), share, self.largest, None, None)
        axes = ("share of organisations gone", "share in the largest component")
        return curves(
            drawn, asked, axes, title, float(width), f"Largest component as actors go: {self._words()}, and at random"
        )

    def _words(self) -> str:
        return WORDS.get(self.order, f"{self.order} first")

    def _half(self) -> int:
        """How many are gone when for the first time fewer than half of all hang together."""
        return int(np.argmax(self.largest < HALF))

    def __repr__(self) -> str:
        half, n = self._half(), len(self.removed)
        return (
            f"<Robustness, {self._words()}: half of the actors hang together until {half:,} of {n:,} "
            f"{'is' if half == 1 else 'are'} gone; R {self.r:.3g}, at random {self.r_random:.3g}; "
            f"{self.draws:,} draws, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        n, half = len(self.removed), self._half()
        at_random = int(np.argmax(self.random[0] < HALF))
        facts = [
            ("Who goes first", self._words()),
            ("Fewer than half hang together", f"once {half:,} of {n:,} are gone; at random {at_random:,}"),
            ("R", f"{self.r:.3f}; at random {self.r_random:.3f} (p {self.p_lower:.3g}, as low)"),
            ("Random orders", f"{self.draws:,} (seed {self.seed})"),
            ("First to go", ", ".join(map(str, self.removed[:10].tolist()))),
        ]
        return facts_html("Robustness", facts, self.recipe)

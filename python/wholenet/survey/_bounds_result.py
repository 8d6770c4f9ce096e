"""The result of bounding a measure."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._results import listed
from wholenet._show import facts_html

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["Bounds"]

SHOWN = 5


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Bounds:
    """
    The lowest and highest value of a measure that any answer to what was not observed allows for.

    Parameters
    ----------
    name : str
        What was measured.
    lower, upper : float, or array of shape (n,)
        The bounds; of a measure of actors one for each. NaN where the measure is undefined whatever the answer.
    observed : float, or array of shape (n,)
        The measure of the network as it was observed, read as the measure reads it; NaN where it can't be.
    exact : bool
        Whether no answer lies outside. If not, the true range may be wider.
    how : str
        How they were found, in words.
    answers : int
        How many ways to fill the network were measured.
    undefined : int
        In how many of these the measure was not defined, or failed; for a measure of actors, for an actor at least.
    unobserved : int
        How many dyads were not observed.
    values : pair of float, or None
        The least and the most that a tie may be worth, as given.
    labels : array of shape (n,)
        The actors; none for a measure of the whole network.
    seed : int or None
        The seed of the search; None where nothing was drawn.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_matrix([[0, 1, 0], [float("nan")] * 3, [0, 1, 0]])
    >>> wn.survey.bounds(net, "density")
    <Bounds: density from 0.3333 to 0.6667 (observed 0.5), exact, 2 dyads not observed>
    """

    name: str
    lower: float | NDArray[np.float64]
    upper: float | NDArray[np.float64]
    observed: float | NDArray[np.float64]
    exact: bool
    how: str
    answers: int
    undefined: int
    unobserved: int
    values: tuple[float, float] | None
    labels: NDArray[Any]
    seed: int | None
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the bounds out as a table.

        Returns
        -------
        table
            One row, or one per actor: ``measure``, ``actor`` (of actors only), ``observed``, ``lower``, ``upper``,
            ``exact`` and ``how``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_matrix([[0, 1, 0], [float("nan")] * 3, [0, 1, 0]], labels=["a", "b", "c"])
        >>> wn.survey.bounds(net, "degree").to_frame()[["actor", "observed", "lower", "upper", "exact"]]
          actor  observed  lower  upper  exact
        0     a       1.0    1.0    2.0   True
        1     b       2.0    2.0    4.0   True
        2     c       1.0    1.0    2.0   True
        """
        number = np.size(self.lower)
        actors = {"actor": listed(self.labels)} if np.ndim(self.lower) else {}
        numbers = {name: np.atleast_1d(getattr(self, name)) for name in ("observed", "lower", "upper")}
        same = {"exact": np.full(number, self.exact), "how": listed([self.how] * number)}
        return _frames.make({"measure": listed([self.name] * number), **actors, **numbers, **same}, self.kind)

    def _range(self) -> str:
        if np.ndim(self.lower):
            return f"of {len(self.labels):,} actors"
        return f"from {self.lower:.4g} to {self.upper:.4g} (observed {self.observed:.4g})"

    def __repr__(self) -> str:
        found = "exact" if self.exact else f"sampled ({self.answers:,} answers, seed {self.seed}): may be wider"
        return f"<Bounds: {self.name} {self._range()}, {found}, {self.unobserved:,} dyads not observed>"

    def _repr_html_(self) -> str:
        if np.ndim(self.lower):
            width = np.nan_to_num(np.subtract(self.upper, self.lower), nan=-inf)
            lower, upper = np.asarray(self.lower), np.asarray(self.upper)
            order = np.argsort(-width, kind="stable")[:SHOWN].tolist()
            rows = [(str(self.labels[at]), f"{lower[at]:.4g} to {upper[at]:.4g}") for at in order]
        else:
            rows = [(self.name, self._range())]
        facts = [
            *rows,
            ("Exact", "yes" if self.exact else "no: the true range may be wider"),
            ("How", self.how),
            ("Not observed", f"{self.unobserved:,} dyads"),
            *([("Undefined", f"in {self.undefined:,} of {self.answers:,} answers")] if self.undefined else []),
            *([("Seed", f"{self.seed}")] if self.seed is not None else []),
        ]
        return facts_html(f"Bounds of {self.name}", facts, self.recipe)

"""Estimates from samples, with bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._results import listed
from wholenet._show import facts_html

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import DTypeLike, NDArray

__all__ = ["Estimate"]

SHOWN = 5


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Estimate:
    """
    A measure estimated from a sample, with bounds that hold for all actors at once.

    ``numpy.asarray(estimate)`` gives its values.

    Parameters
    ----------
    values : array of shape (n,) or ()
        The estimates, in the order of `labels`.
    lower, upper : arrays of the same shape
        The bounds.
    confidence : float
        The probability, at least, that all true values lie within their bounds.
    samples : int
        How many paths or sources were drawn.
    seed : int
        The seed of the draws.
    labels : array of shape (n,)
        The actors; none for a measure of the whole network.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    error : array of shape (n,) or ()
        How far the true value may lie from the estimate: the distance to the farther bound.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "a"], ["b", "c", "d", "e"]), directed=False)
    >>> wn.centrality.betweenness(net, samples=1000, seed=1)
    <Estimate: 5 actors, error at most 0.4762 with probability 0.9, 1,000 samples, seed 1>
    """

    values: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    confidence: float
    samples: int
    seed: int
    labels: NDArray[Any]
    recipe: tuple[str, ...]
    kind: str

    @property
    def error(self) -> NDArray[np.float64]:
        """How far the true value may lie from the estimate."""
        return np.maximum(self.upper - self.values, self.values - self.lower)

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[Any]:  # noqa: FBT001
        return np.array(self.values, dtype=dtype, copy=copy)

    def to_frame(self) -> IntoDataFrame:
        """Lay the estimates out as a table.

        Returns
        -------
        table
            One row per actor: ``actor``, ``estimate``, ``lower`` and ``upper``; of a whole network one row without
            ``actor``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b", "c"], ["b", "c", "a"]), directed=False)
        >>> wn.centrality.betweenness(net, samples=10, seed=1).to_frame()["estimate"].tolist()
        [0.0, 0.0, 0.0]
        """
        actors = {} if self.values.ndim == 0 else {"actor": listed(self.labels)}
        numbers = {"estimate": self.values, "lower": self.lower, "upper": self.upper}
        return _frames.make({**actors, **{name: np.atleast_1d(value) for name, value in numbers.items()}}, self.kind)

    def __repr__(self) -> str:
        error = self.error[~np.isnan(self.error)]
        what = f"{float(self.values):.4g}" if self.values.ndim == 0 else f"{len(self.values):,} actors"
        most = f"error at most {error.max():.4g}" if error.size else "no value"
        draws = f"{self.samples:,} samples, seed {self.seed}"
        return f"<Estimate: {what}, {most} with probability {self.confidence:g}, {draws}>"

    def _repr_html_(self) -> str:
        facts = [("Estimate", repr(self)[11:-1])]
        if self.values.ndim:
            for at in np.argsort(-self.values, kind="stable")[:SHOWN].tolist():
                bounds = f"{self.values[at]:.4g} ({self.lower[at]:.4g} to {self.upper[at]:.4g})"
                facts.append((str(self.labels[at]), bounds))
        return facts_html("Estimate", facts, self.recipe)

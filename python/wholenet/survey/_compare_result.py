"""The result of comparing treatments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet._results import listed
from wholenet._show import recipe_html, table_html
from wholenet.survey._treatments_chart import chart

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture
    from wholenet.survey._bounds_result import Bounds

__all__ = ["Row", "TreatmentComparison"]


@dataclass(frozen=True, slots=True)
class Row:
    """What a treatment gives; NaN and None where it gives nothing."""

    treatment: str
    value: float = float("nan")
    lower: float = float("nan")
    upper: float = float("nan")
    actors: int | None = None
    dyads: int | None = None
    note: str = ""
    recipe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class TreatmentComparison:
    """
    A measure after each treatment of what was not observed.

    Parameters
    ----------
    name : str
        What was measured.
    rows : tuple
        One for each treatment, with the fields ``treatment``, ``value``, ``lower``, ``upper``, ``actors``, ``dyads``,
        ``note`` and ``recipe`` (the coding steps of the treated network).
    bounds : Bounds or None
        The bounds; None where they were not asked for, or there are none.
    draws : int
        The number of imputed networks.
    seed : int
        The seed of the imputation and of the search for bounds.
    recipe : tuple of str
        The coding steps of the network before any treatment.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> nan = float("nan")
    >>> net = wn.Network.from_matrix([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1], [nan, nan, nan, 0]])
    >>> wn.survey.treatments(net, "density", by=None, treatments=["available", "null", "complete"], seed=1)
    <TreatmentComparison: density after 3 treatments from 0.3333 to 0.4444, bounds 0.3333 to 0.5833 (exact), seed 1>
    """

    name: str
    rows: tuple[Row, ...]
    bounds: Bounds | None
    draws: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the comparison out as a table.

        Returns
        -------
        table
            One row per treatment, the bounds last: ``treatment``, ``value``, ``lower`` and ``upper`` (the interval of
            the imputation, or the bounds), ``actors`` and ``dyads`` (observed after the treatment; 0 where it is not
            possible), ``note``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_matrix([[0, 1], [1, 0]], directed=False)
        >>> found = wn.survey.treatments(net, "density", by=None, treatments=["null", "union"], bounds=False)
        >>> found.to_frame()[["treatment", "value", "actors", "dyads"]]
          treatment  value  actors  dyads
        0      null    1.0       2      1
        1     union    NaN       0      0
        """
        columns = {"treatment": listed([row.treatment for row in self.rows])}
        for name in ("value", "lower", "upper"):
            columns[name] = np.array([getattr(row, name) for row in self.rows], dtype=np.float64)
        for name in ("actors", "dyads"):
            columns[name] = np.array([getattr(row, name) or 0 for row in self.rows], dtype=np.int64)
        return _frames.make({**columns, "note": listed([row.note for row in self.rows])}, self.kind)

    def plot(self, *, title: str | None = None, width: int = 720) -> Picture:
        """Draw the values of all treatments on one axis, over the range that any answers allow for.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A dot for each treatment, hollow where it is of an undirected network or of fewer actors, with the interval
            of the imputation as a line. The band is the bounds; its edges are dashed where they were searched for, and
            may lie further out.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_matrix([[0, 1, 0], [float("nan")] * 3, [0, 1, 0]])
        >>> wn.survey.treatments(net, "density", by=None, seed=1).plot()
        <Picture: density after each treatment of what was not observed>
        """
        return chart(self, title, float(width))

    def __repr__(self) -> str:
        values = [row.value for row in self.rows if not np.isnan(row.value)]
        number = len([row for row in self.rows if row.treatment != "bounds"])
        found = f"from {min(values):.4g} to {max(values):.4g}" if values else "none defined"
        limits = ""
        if self.bounds is not None:
            how = "exact" if self.bounds.exact else "sampled, may be wider"
            limits = f", bounds {self.bounds.lower:.4g} to {self.bounds.upper:.4g} ({how})"
        return f"<TreatmentComparison: {self.name} after {number} treatments {found}{limits}, seed {self.seed}>"

    def _repr_html_(self) -> str:
        def shown(value: float | None) -> object:
            return "–" if value is None or np.isnan(value) else value

        rows = [
            (row.treatment, *map(shown, (row.value, row.lower, row.upper, row.actors, row.dyads)), row.note)
            for row in self.rows
        ]
        header = ("treatment", self.name, "lower", "upper", "actors", "dyads", "note")
        words = f"{self.name} after each treatment of what was not observed (seed {self.seed})"
        return f"<div>{table_html(header, rows, words)}{recipe_html(self.recipe)}</div>"

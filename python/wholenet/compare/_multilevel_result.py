"""The result of a multilevel model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet._show import facts_html, table_html
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["Multilevel"]

COLUMNS = ("estimate", "se", "df", "t", "p", "lower", "upper")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Multilevel:
    """
    A regression of rows that belong to networks; see `multilevel`.

    Parameters
    ----------
    formula, group : str
        What was fitted, and the column that names the network.
    terms, meaning : tuple of str
        The k coefficients: their names, and what each says in plain words.
    of_network : array of shape (k,)
        Whether a coefficient is about networks: its column is the same within each.
    estimate, se, df, t, p, lower, upper : arrays of shape (k,)
        The coefficients, standard errors, degrees of freedom (between and within), two-sided p, and intervals.
    between, within : float
        The variance between networks, and of rows within them.
    icc, icc_empty : float
        The share of the variance that is between networks: beside the predictors, and without any.
    sizes : mapping from str to int
        How many rows each network has.
    singular : bool
        Whether no variance between networks is left.
    dropped : int
        How many rows were left out for a missing value.
    remarks : tuple of str
        What to know before believing it.
    confidence : float
        The probability that an interval should cover the truth.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({"network": list("aabbcc"), "score": [1.0, 3.0, 3.0, 5.0, 5.0, 7.0]})
    >>> wn.compare.multilevel(data, "score ~ 1")
    <Multilevel: score ~ 1, 6 rows in 3 networks, share between networks 0.6; with 3 networks the variance between \
them is hardly known>
    """

    formula: str
    group: str
    terms: tuple[str, ...]
    meaning: tuple[str, ...]
    of_network: NDArray[np.bool_]
    estimate: NDArray[np.float64]
    se: NDArray[np.float64]
    df: NDArray[np.float64]
    t: NDArray[np.float64]
    p: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    between: float
    within: float
    icc: float
    icc_empty: float
    sizes: Mapping[str, int]
    singular: bool
    dropped: int
    remarks: tuple[str, ...]
    confidence: float
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the coefficients out as a table.

        Returns
        -------
        table
            One row for each coefficient: ``term``, ``meaning``, ``of_network``, ``estimate``, ``se``, ``df``, ``t``,
            ``p``, ``lower`` and ``upper``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({"network": list("aabbcc"), "score": [1.0, 3.0, 3.0, 5.0, 5.0, 7.0]})
        >>> wn.compare.multilevel(data, "score ~ 1").to_frame()[["term", "estimate", "df"]].round(6)
                term  estimate   df
        0  intercept       4.0  2.0
        """
        columns = {"term": list(self.terms), "meaning": list(self.meaning), "of_network": self.of_network}
        return _frames.make(columns | {name: getattr(self, name) for name in COLUMNS}, self.kind)

    def _of(self) -> str:
        rows = sum(self.sizes.values())
        left = f" ({self.dropped:,} left out for a missing value)" if self.dropped else ""
        return f"{rows:,} rows in {len(self.sizes):,} networks{left}"

    def __repr__(self) -> str:
        notes = f"; {'; '.join(self.remarks)}" if self.remarks else ""
        return f"<Multilevel: {self.formula}, {self._of()}, share between networks {self.icc:.3g}{notes}>"

    def _repr_html_(self) -> str:
        level = f"{100 * self.confidence:g} %"
        header = ("", "says", "of", "estimate", f"{level} from", "to", "se", "df", "p")
        about = ["network" if one else "row" for one in self.of_network.tolist()]
        numbers = (self.estimate, self.lower, self.upper, self.se)
        rows = zip(
            self.terms,
            self.meaning,
            about,
            *(column.tolist() for column in numbers),
            self.df.astype(int).tolist(),
            map(shown_p, self.p.tolist()),
            strict=True,
        )
        sizes = np.array(list(self.sizes.values()))
        facts = [
            ("Runs over", self._of()),
            ("Rows of a network", f"{sizes.min():,} to {sizes.max():,}, median {np.median(sizes):g}"),
            ("Variance", f"{self.between:.3g} between networks, {self.within:.3g} within"),
            ("Share between networks", f"{self.icc:.3g}; without predictors {self.icc_empty:.3g}"),
            *(("Note", remark) for remark in self.remarks),
        ]
        return table_html(header, rows, self.formula) + facts_html("Multilevel model", facts, ())

"""The result of leaving out each network in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._narwhals import nw
from wholenet._show import table_html
from wholenet.change._estimates_chart import Shown, estimates
from wholenet.errors import ArgumentError
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["LeaveOneOut"]

# Networks of a picture.
SHOWN = 12


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class LeaveOneOut:
    """
    A regression over networks without each network in turn; see `leave_one_out`.

    Parameters
    ----------
    formula : str
        What was fitted.
    networks : tuple of str
        The n networks, each of which was left out once.
    terms : tuple of str
        The k coefficients.
    whole, whole_lower, whole_upper, whole_p : arrays of shape (k,)
        The coefficients of all networks together, with robust intervals and p.
    estimate, lower, upper : arrays of shape (n, k)
        The coefficients without each network, and their robust intervals.
    p, p_robust : arrays of shape (n, k)
        Their ordinary and robust p.
    moves : array of shape (n, k)
        How far a network moves a coefficient by being there, in standard errors (DFBETAS).
    most : table
        For each coefficient the network that moves it most, estimate and robust p without that network, the lowest and
        highest estimate without any one, and how many networks change its sign by leaving.
    confidence : float
        The probability that an interval should cover the truth.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({"network": list("abcde"), "size": [1, 2, 3, 4, 9], "score": [2.0, 1.0, 1.0, 2.0, 9.0]})
    >>> wn.compare.leave_one_out(wn.compare.effects(data, "score ~ size", permutations=99, seed=1))
    <LeaveOneOut: score ~ size, 5 networks; size 1.01, most by e: 0 without it>
    """

    formula: str
    networks: tuple[str, ...]
    terms: tuple[str, ...]
    whole: NDArray[np.float64]
    whole_lower: NDArray[np.float64]
    whole_upper: NDArray[np.float64]
    whole_p: NDArray[np.float64]
    estimate: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    p: NDArray[np.float64]
    p_robust: NDArray[np.float64]
    moves: NDArray[np.float64]
    most: Any
    confidence: float
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay all fits out as a table.

        Returns
        -------
        table
            One row for each network left out and coefficient: ``network``, ``term``, ``estimate``, ``lower``,
            ``upper``, ``p``, ``p_robust`` and ``moves``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({"network": list("abcde"), "size": [1, 2, 3, 4, 9], "score": [2.0, 1.0, 1.0, 2.0, 9.0]})
        >>> found = wn.compare.leave_one_out(wn.compare.effects(data, "score ~ size", permutations=99, seed=1))
        >>> found.to_frame().shape
        (10, 8)
        """
        n, k = self.estimate.shape
        numbers = ("estimate", "lower", "upper", "p", "p_robust", "moves")
        columns = {"network": np.repeat(self.networks, k).tolist(), "term": list(self.terms) * n}
        return _frames.make(columns | {name: getattr(self, name).ravel() for name in numbers}, self.kind)

    def plot(self, *, term: str | None = None, title: str | None = None, width: int = 640) -> Picture:
        """Draw a coefficient without each of the networks that move it most.

        Parameters
        ----------
        term : str, optional
            The coefficient. Default: the last, which is that of the interaction where there is one.
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            The coefficient of all networks, and below it without each of the 12 that move it most, with robust
            intervals.

        Raises
        ------
        ArgumentError
            There is no such coefficient.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({"network": list("abcde"), "size": [1, 2, 3, 4, 9], "score": [2.0, 1.0, 1.0, 2.0, 9.0]})
        >>> wn.compare.leave_one_out(wn.compare.effects(data, "score ~ size", permutations=99, seed=1)).plot()
        <Picture: size, without each of the 5 networks that move it most>
        """
        term = self.terms[-1] if term is None else term
        if term not in self.terms:
            hint = _frames.near(term, self.terms) or "."
            msg = f"there is no coefficient {term!r}{hint} There are: {', '.join(self.terms)}"
            raise ArgumentError(msg)
        at = self.terms.index(term)
        order = np.argsort(-np.abs(np.nan_to_num(self.moves[:, at])), kind="stable")[:SHOWN].tolist()
        labels = ["all networks", *(f"without {self.networks[row]}" for row in order)]
        numbers = np.column_stack(
            [
                np.append(whole[at], part[order, at])
                for whole, part in (
                    (self.whole, self.estimate),
                    (self.whole_lower, self.lower),
                    (self.whole_upper, self.upper),
                    (self.whole_p, self.p_robust),
                )
            ]
        )
        rows = [
            Shown(label, estimate, lower, upper, f"p {shown_p(p)}")
            for label, (estimate, lower, upper, p) in zip(labels, numbers.tolist(), strict=True)
        ]
        words = f"{term}, without each of the {len(order)} networks that move it most"
        return estimates(rows, term, title, float(width), words, none=0.0)

    def __repr__(self) -> str:
        told = "".join(
            f"; {row['term']} {row['estimate']:.3g}, most by {row['network']}: {row['without_it']:.3g} without it"
            for row in self._most()[1:]
        )
        return f"<LeaveOneOut: {self.formula}, {len(self.networks):,} networks{told}>"

    def _most(self) -> list[dict[str, Any]]:
        frame: Any = nw.from_native(self.most, eager_only=True)
        return list(frame.iter_rows(named=True))

    def _repr_html_(self) -> str:
        header = ("", "estimate", "moved most by", "moves", "without it", "p without it", "lowest", "highest",
                  "networks that change the sign")  # fmt: skip
        caption = f"{self.formula}: without each of {len(self.networks):,} networks"
        return table_html(header, [list(row.values()) for row in self._most()], caption)

"""The result of a regression over networks."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from wholenet import _frames
from wholenet._show import facts_html, table_html
from wholenet.change._estimates_chart import Shown, estimates
from wholenet.compare._interaction import Interaction, interaction_of
from wholenet.errors import ArgumentError
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.compare._design import Design

__all__ = ["Effects"]

COLUMNS = (
    "estimate",
    "se",
    "t",
    "p",
    "se_robust",
    "t_robust",
    "p_robust",
    "lower",
    "upper",
    "p_permutation",
)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Effects:
    """
    A regression over networks with ordinary, robust and permutation inference; see `effects`.

    Parameters
    ----------
    formula : str
        What was fitted, with all terms written out.
    terms, meaning : tuple of str
        The k coefficients: their names, and what each says in plain words.
    estimate, se, t, p : arrays of shape (k,)
        The coefficients, in units of the outcome; ordinary standard errors, t and two-sided p.
    se_robust, t_robust, p_robust, lower, upper : arrays of shape (k,)
        The same, robust against unequal variances (HC3), and the ends of the intervals.
    p_permutation : array of shape (k,)
        Two-sided p by permutation of residuals, of the robust t; NaN of the constant, which has none.
    confidence : float
        The probability that an interval should cover the truth.
    r_squared : float
        The share of the variance explained.
    networks, dropped : tuple of str
        The n networks, and those left out for a missing value.
    remarks : tuple of str
        What to know before believing it, such as combinations of categories with few networks.
    distribution : array of shape (permutations, k)
        The robust t of each draw; NaN of the constant. NaN or infinite where a draw leaves no variance, which counts as
        extreme.
    permutations, seed : int
        The number of draws, and their seed.
    design : object
        The outcome and the predictors, which `leave_one_out` and ``interaction`` read.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({"network": list("abcde"), "size": [1, 2, 3, 4, 5], "score": [1.0, 2.0, 2.0, 4.0, 5.0]})
    >>> data = pd.concat([data, data.assign(network=list("fghij"))])
    >>> wn.compare.effects(data, "score ~ size", permutations=99, seed=1)
    <Effects: score ~ size, 10 networks, R squared 0.926, 99 permutations, seed 1>
    """

    formula: str
    terms: tuple[str, ...]
    meaning: tuple[str, ...]
    estimate: NDArray[np.float64]
    se: NDArray[np.float64]
    t: NDArray[np.float64]
    p: NDArray[np.float64]
    se_robust: NDArray[np.float64]
    t_robust: NDArray[np.float64]
    p_robust: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    p_permutation: NDArray[np.float64]
    confidence: float
    r_squared: float
    networks: tuple[str, ...]
    dropped: tuple[str, ...]
    remarks: tuple[str, ...]
    distribution: NDArray[np.float64]
    permutations: int
    seed: int
    design: Design
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the coefficients out as a table.

        Returns
        -------
        table
            One row for each coefficient: ``term``, ``meaning``, ``estimate``, ``se``, ``t``, ``p``, ``se_robust``,
            ``t_robust``, ``p_robust``, ``lower``, ``upper`` and ``p_permutation``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({"network": list("abcde"), "size": [1, 2, 3, 4, 5], "score": [1.0, 2.0, 2.0, 4.0, 5.0]})
        >>> found = wn.compare.effects(data, "score ~ size", permutations=99, seed=1)
        >>> found.to_frame()[["term", "meaning", "estimate", "se"]].round(3)
                term                    meaning  estimate     se
        0  intercept  mean score, where size is 0      -0.2  0.542
        1       size            size one higher       1.0  0.163
        """
        columns = {name: getattr(self, name) for name in COLUMNS}
        return _frames.make({"term": list(self.terms), "meaning": list(self.meaning), **columns}, self.kind)

    def interaction(self, *, of: str | None = None, within: str | None = None, progress: bool = True) -> Interaction:
        """Tell what one predictor does in each category of another: means of all combinations, and effects.

        Parameters
        ----------
        of : str, optional
            The predictor whose effect is asked for, such as governance. Default: the second of the first interaction
            of two predictors of categories in the formula.
        within : str, optional
            The predictor in whose categories it is asked for, such as the context. Default: the first of these two.
        progress : bool
            Whether work longer than about a second shows a progress bar.

        Returns
        -------
        Interaction
            Means of the outcome in each combination, as they are and adjusted for the other predictors; the effect of
            `of` in each category of `within`; and how much these effects differ.

        Raises
        ------
        ArgumentError
            The formula has no interaction of two predictors of categories, or not of these.

        Notes
        -----
        Adjusted means are what the regression gives on average if all networks were of the combination and otherwise
        as they are. Effects are differences of two of them, and contrasts differences of two effects; intervals are
        robust (HC3). Permutations have the seed and the number of those of the regression. p are not adjusted for the
        number of effects; `inference.adjust` does that.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({
        ...     "network": list("abcdefgh"),
        ...     "ses": ["low"] * 4 + ["high"] * 4,
        ...     "inside": [False, False, True, True] * 2,
        ...     "effectiveness": [4.0, 5.0, 6.0, 7.0, 7.0, 8.0, 7.0, 8.0],
        ... })
        >>> found = wn.compare.effects(data, "effectiveness ~ ses * inside", permutations=99, seed=1).interaction()
        >>> found.cells[["ses", "inside", "networks", "mean"]]
            ses inside  networks  mean
        0  high     no         2   7.5
        1  high    yes         2   7.5
        2   low     no         2   4.5
        3   low    yes         2   6.5
        """
        return interaction_of(self.design, of, within, self.confidence, self.permutations, self.seed, progress=progress)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the interaction, or without one the coefficients.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            As of ``interaction()``: networks as dots, means with their intervals. Where the formula has no interaction
            of two predictors of categories: the coefficients but the constant, with their intervals.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({"network": list("abcde"), "size": [1, 2, 3, 4, 5], "score": [1.0, 2.0, 2.0, 4.0, 5.0]})
        >>> wn.compare.effects(data, "score ~ size", permutations=99, seed=1).plot()
        <Picture: What goes with score, 95 % intervals>
        """
        try:
            return self.interaction().plot(title=title, width=width)
        except ArgumentError:
            pass
        rows = [
            Shown(
                term,
                float(self.estimate[at]),
                float(self.lower[at]),
                float(self.upper[at]),
                f"p {shown_p(float(self.p_permutation[at]))}",
            )
            for at, term in enumerate(self.terms)
            if at
        ]
        outcome = self.design.formula.outcome
        words = f"What goes with {outcome}, {100 * self.confidence:g} % intervals"
        return estimates(rows, f"difference in {outcome}", title, float(width), words, none=0.0)

    def _of(self) -> str:
        left = f" ({len(self.dropped):,} left out for a missing value)" if self.dropped else ""
        return f"{len(self.networks):,} networks{left}"

    def __repr__(self) -> str:
        few = f"; {'; '.join(self.remarks)}" if self.remarks else ""
        return (
            f"<Effects: {self.formula}, {self._of()}, R squared {self.r_squared:.3g}, {self.permutations:,} "
            f"permutations, seed {self.seed}{few}>"
        )

    def _repr_html_(self) -> str:
        level = f"{100 * self.confidence:g} %"
        header = ("", "says", "estimate", f"{level} from", "to", "p, permutation", "p, robust", "p, ordinary")
        columns = (self.estimate, self.lower, self.upper, self.p_permutation, self.p_robust, self.p)
        cells = (["–" if isnan(one) else one for one in column.tolist()] for column in columns)
        rows = zip(self.terms, self.meaning, *cells, strict=True)
        facts = [
            ("Runs over", self._of()),
            *((("Left out", ", ".join(self.dropped)),) if self.dropped else ()),
            ("R squared", f"{self.r_squared:.3g}"),
            ("Permutations", f"{self.permutations:,}, seed {self.seed}"),
            *(("Note", remark) for remark in self.remarks),
        ]
        return table_html(header, rows, self.formula) + facts_html("Regression over networks", facts, ())

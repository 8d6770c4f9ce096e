"""The result of the mixed model of accuracy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet._show import facts_html, table_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["AccuracyModel"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class AccuracyModel:
    """
    What goes with an accurate perception; see `accuracy_model`.

    Parameters
    ----------
    terms : tuple of str
        The k terms: the intercept, the waves but the first, the predictors.
    coefficient, se : array of shape (k,)
        Log odds, and their standard errors.
    odds_ratio, lower, upper : array of shape (k,)
        The exponential of `coefficient`, and the ends of its interval.
    confidence : float
        The probability that an interval should cover the truth.
    p : array of shape (k,)
        Two-sided p-values of coefficient ÷ se by the normal distribution.
    p_network : array of shape (k,)
        Two-sided p-values of the draws that keep the autocorrelation of a predictor over the ties, the larger of two
        kinds of weights; NaN for other terms.
    sd_organisation, sd_network : float
        Standard deviations of the random intercepts, in log odds; NaN where there is one network.
    observations, organisations, networks : int
        How many complete answers, of how many organisations, in how many networks (places).
    silent : int
        How many organisations in a wave did not answer.
    incomplete : mapping from str to int
        Of those who answered, how many have no value of each predictor, and are left out.
    estimator : str
        How it was estimated.
    distribution : array of shape (permutations, predictors)
        The score statistics of the draws, those by the weights that give the larger p-value.
    permutations, seed : int
        The number of draws, and their seed.
    recipe : tuple of str
        The coding steps of the first network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> study = wn.datasets.youth_care().select(relation="any contact", municipality="Elzerveen")
    >>> found = wn.governance.accuracy_model(
    ...     study, ["trust"], formal="lead organisation", permutations=9, seed=1
    ... )
    >>> found
    <AccuracyModel: 3 terms, 87 answers of 57 organisations in 1 network, 9 draws, seed 1>
    """

    terms: tuple[str, ...]
    coefficient: NDArray[np.float64]
    se: NDArray[np.float64]
    odds_ratio: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    confidence: float
    p: NDArray[np.float64]
    p_network: NDArray[np.float64]
    sd_organisation: float
    sd_network: float
    observations: int
    organisations: int
    networks: int
    silent: int
    incomplete: Mapping[str, int]
    estimator: str
    distribution: NDArray[np.float64]
    permutations: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the coefficients out as a table.

        Returns
        -------
        table
            One row for each term: ``term``, ``coefficient``, ``se``, ``odds_ratio``, ``lower``, ``upper``, ``p`` and
            ``p_network``.

        Examples
        --------
        >>> import wholenet as wn
        >>> study = wn.datasets.youth_care().select(relation="any contact", municipality="Elzerveen")
        >>> found = wn.governance.accuracy_model(
        ...     study, ["trust"], formal="lead organisation", permutations=9, seed=1
        ... )
        >>> found.to_frame()["term"].to_list()
        ['intercept', 'wave 2', 'trust']
        """
        names = ("coefficient", "se", "odds_ratio", "lower", "upper", "p", "p_network")
        return _frames.make({"term": list(self.terms), **{name: getattr(self, name) for name in names}}, self.kind)

    def _of(self) -> str:
        networks = "1 network" if self.networks == 1 else f"{self.networks:,} networks"
        return f"{self.observations:,} answers of {self.organisations:,} organisations in {networks}"

    def __repr__(self) -> str:
        return f"<AccuracyModel: {len(self.terms)} terms, {self._of()}, {self.permutations:,} draws, seed {self.seed}>"

    def _repr_html_(self) -> str:
        columns = (self.odds_ratio, self.lower, self.upper, self.p, self.p_network)
        rows = zip(self.terms, *(column.tolist() for column in columns), strict=True)
        shown = [["–" if isinstance(cell, float) and np.isnan(cell) else cell for cell in row] for row in rows]
        header = ("term", "odds ratio", "lower", "upper", "p", "p, ties kept")
        left_out = ", ".join(f"{name} {count:,}" for name, count in self.incomplete.items() if count) or "none"
        facts = [
            ("Runs over", self._of()),
            ("Did not answer", f"{self.silent:,}"),
            ("Left out for a missing value", left_out),
            ("Random intercepts, sd", f"organisation {self.sd_organisation:.3g}, network {self.sd_network:.3g}"),
            ("Estimator", self.estimator),
            ("Draws", f"{self.permutations:,}, seed {self.seed}"),
        ]
        caption = f"Accurate perception: odds ratios, {self.confidence:.0%} intervals"
        return table_html(header, shown, caption) + facts_html("Mixed model of accuracy", facts, self.recipe)

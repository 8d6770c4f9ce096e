"""The result of a regression on dyads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import facts_html, table_html
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Regression"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Regression:
    """
    A regression of one relation on others, tested by permutations.

    Parameters
    ----------
    terms : tuple of str
        The intercept and the predictors.
    estimate, standardized, se, t : arrays of shape (terms,)
        Coefficients, those in standard deviations (linear; NaN else and for the intercept), standard errors, and
        coefficient ÷ standard error (z for logistic and Poisson regression).
    p_lower, p_upper, p_two_sided : arrays of shape (terms,)
        (1 + number of permutations with a t at least as extreme) ÷ (1 + permutations). NaN for an intercept that was
        not tested.
    vif : array of shape (terms,)
        Variance inflation factors; NaN for the intercept.
    distribution : array of shape (permutations, terms)
        The t of each permutation; NaN where there is none.
    failed : array of shape (terms,)
        How many permutations could not be fitted; they count as extreme.
    family : {"linear", "logistic", "poisson"}
        The kind of regression.
    method : {"dsp", "y", "x"}
        What was permuted.
    r_squared, adjusted_r_squared : float
        Linear: shares of the variance. Else: 1 - deviance ÷ that of the intercept alone, and NaN.
    deviance, aic : float
        Of a logistic or Poisson regression; NaN of a linear one.
    n : int
        Number of dyads.
    observed : str
        The same in words.
    permutations, seed : int
        Number of permutations, and their seed.
    se_kind : {"classical", "robust"}
        How standard errors were computed.
    recipe : tuple of str
        The coding steps of the networks.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    null : str
        The null hypothesis of each p-value.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.datasets.youth_care()["Elzerveen", 1, "client referral"]
    >>> wn.inference.mrqap(net, ["same(sector)"], permutations=99, seed=1).terms
    ('intercept', 'same(sector)')
    """

    terms: tuple[str, ...]
    estimate: NDArray[np.float64]
    standardized: NDArray[np.float64]
    se: NDArray[np.float64]
    t: NDArray[np.float64]
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    vif: NDArray[np.float64]
    distribution: NDArray[np.float64]
    failed: NDArray[np.int64]
    family: str
    method: str
    r_squared: float
    adjusted_r_squared: float
    deviance: float
    aic: float
    n: int
    observed: str
    permutations: int
    seed: int
    se_kind: str
    recipe: tuple[str, ...]
    kind: str

    @property
    def null(self) -> str:
        """The null hypothesis of each p-value."""
        return {
            "dsp": "Given the other predictors, a predictor has nothing to do with the outcome",
            "x": "A predictor has nothing to do with the outcome or with the other predictors",
            "y": "No predictor has anything to do with the outcome",
        }[self.method]

    @property
    def peers(self) -> str:
        """What it corresponds to in UCINET and R."""
        if self.family == "poisson":
            return "UCINET and R's sna have no Poisson regression of dyads"
        name = {"linear": ("MR-QAP", "netlm"), "logistic": ("LR-QAP", "netlogit")}[self.family]
        how = {"dsp": "qapspp", "x": "qapx", "y": "qapy"}[self.method]
        return f'UCINET: Tools > Statistics > Matrix (QAP) > {name[0]}; R: sna::{name[1]}(nullhyp = "{how}")'

    def to_frame(self) -> IntoDataFrame:
        """Lay the regression out as a table.

        Returns
        -------
        table
            One row per coefficient: ``term``, ``estimate``, ``standardized``, ``se``, ``t``, ``p_lower``, ``p_upper``,
            ``p`` (two-sided) and ``vif``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.datasets.youth_care()["Elzerveen", 1, "client referral"]
        >>> list(wn.inference.mrqap(net, ["same(sector)"], permutations=99, seed=1).to_frame().columns)
        ['term', 'estimate', 'standardized', 'se', 't', 'p_lower', 'p_upper', 'p', 'vif']
        """
        columns = {
            "term": list(self.terms),
            "estimate": self.estimate,
            "standardized": self.standardized,
            "se": self.se,
            "t": self.t,
            "p_lower": self.p_lower,
            "p_upper": self.p_upper,
            "p": self.p_two_sided,
            "vif": self.vif,
        }
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the t-values of the permutations, and where that of the data lies, for each tested coefficient.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram per coefficient.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.datasets.youth_care()["Elzerveen", 1, "client referral"]
        >>> wn.inference.mrqap(net, ["same(sector)"], permutations=99, seed=1).plot()
        <Picture: t, drawn at random and observed: same(sector)>
        """
        rows = [
            Drawn(term, float(t), self.distribution[:, place], f"p {shown_p(p)} (two-sided)")
            for place, (term, t, p) in enumerate(zip(self.terms, self.t, self.p_two_sided, strict=True))
            if not np.isnan(p)
        ]
        return distributions(rows, self._statistic(), title, float(width))

    def _statistic(self) -> str:
        return "t" if self.family == "linear" else "z"

    def _fit(self) -> str:
        if self.family == "linear":
            return f"R² {self.r_squared:.3f}"
        return f"deviance {self.deviance:,.1f}, 1 - deviance ÷ null deviance {self.r_squared:.3f}"

    def __repr__(self) -> str:
        return (
            f"<Regression: {self.family}, {len(self.terms) - 1} predictors, {self.observed}, {self._fit()}; "
            f"{self.permutations:,} permutations ({self.method}), seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        header = ("", "estimate", "standardized", "se", self._statistic(), "p lower", "p upper", "p two-sided", "VIF")
        arrays = (self.estimate, self.standardized, self.se, self.t, self.p_lower, self.p_upper, self.p_two_sided)
        rows = [
            (term, *(_cell(column[place]) for column in (*arrays, self.vif))) for place, term in enumerate(self.terms)
        ]
        facts = [
            ("Dyads", self.observed),
            ("Fit", self._fit() + ("" if np.isnan(self.aic) else f", AIC {self.aic:,.1f}")),
            ("Permutations", f"{self.permutations:,}, {METHODS[self.method]} (seed {self.seed})"),
            ("Null hypothesis", self.null),
            ("Corresponds to", self.peers),
        ]
        if self.failed.any():
            worst = int(self.failed.max())
            facts.append(("Not fitted", f"up to {worst:,} permutations of a predictor; they count as extreme"))
        if self.se_kind == "robust":
            facts.insert(2, ("Standard errors", "heteroskedasticity-robust"))
        title = f"{self.family.capitalize()} regression on dyads"
        return table_html(header, rows) + facts_html(title, facts, self.recipe)


METHODS = {
    "dsp": "double semi-partialling: what the other predictors leave of a predictor is permuted",
    "x": "of one predictor at a time",
    "y": "of the outcome",
}


def _cell(value: float) -> object:
    return "" if np.isnan(value) else float(value)

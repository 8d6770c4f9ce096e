"""The result of a model of which ties persist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet._show import facts_html, table_html
from wholenet.change._estimates_chart import Shown, estimates
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.inference import Regression

__all__ = ["Persistence"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Persistence:
    """
    A logistic regression of whether ties persist; see `persistence`.

    Parameters
    ----------
    terms : tuple of str
        The intercept and the predictors.
    estimate, se, z, p : arrays of shape (terms,)
        Coefficients, dyadic cluster-robust standard errors for few actors (NaN where there is none), coefficient ÷
        standard error, and its two-sided p-value from the normal distribution.
    p_lrqap : array of shape (terms,)
        Two-sided p-values of permutations; NaN for the intercept.
    lower, upper : arrays of shape (terms,)
        Normal intervals of the coefficients.
    sandwich : array of shape (terms,)
        Dyadic cluster-robust standard errors as published, for many actors.
    alone : mapping
        Terms whose coefficient rests on one actor, so that they have no `se`, and the actor.
    positive_definite : bool
        Whether the robust covariance is. If not, its standard errors are not to be relied on.
    regression : Regression
        The LRQAP: classical standard errors, permutation distribution, fit.
    kept, dissolved : int
        How many ties of each kind the regression runs over.
    left_out : int
        How many more ties there are, for which a predictor is not known.
    actors, networks : int
        How many actors are in both waves, and in how many networks.
    confidence : float
        The probability that an interval should cover the true coefficient.
    permutations, seed : int
        Number of permutations, and their seed.
    recipe : tuple of str
        The coding steps of the networks.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    odds_ratio : array of shape (terms,)
        exp(`estimate`).

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((list("abcdeabc"), list("bcdeacde")), weight=[1, 1, 1, 1, 2, 2, 2, 2])
    >>> after = wn.Network.from_edges((list("aeab"), list("bacd")), before.actors)
    >>> found = wn.change.persistence(before, after, ["strength"], permutations=99, seed=1)
    >>> found.terms, found.kept, found.dissolved
    (('intercept', 'strength'), 4, 4)
    """

    terms: tuple[str, ...]
    estimate: NDArray[np.float64]
    se: NDArray[np.float64]
    z: NDArray[np.float64]
    p: NDArray[np.float64]
    p_lrqap: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    sandwich: NDArray[np.float64]
    alone: Mapping[str, str | int]
    positive_definite: bool
    regression: Regression
    kept: int
    dissolved: int
    left_out: int
    actors: int
    networks: int
    confidence: float
    permutations: int
    seed: int
    recipe: tuple[str, ...]
    kind: str

    @property
    def odds_ratio(self) -> NDArray[np.float64]:
        """How the odds that a tie persists change with one more of a predictor."""
        found: NDArray[np.float64] = np.exp(self.estimate)
        return found

    def to_frame(self) -> IntoDataFrame:
        """Lay the regression out as a table.

        Returns
        -------
        table
            One row per coefficient: ``term``, ``estimate``, ``odds_ratio``, ``se``, ``z``, ``p`` (of the robust
            standard errors), ``p_lrqap``, ``lower`` and ``upper`` (of the coefficient).

        Examples
        --------
        >>> import wholenet as wn
        >>> before = wn.Network.from_edges((list("abcdeabc"), list("bcdeacde")), weight=[1, 1, 1, 1, 2, 2, 2, 2])
        >>> after = wn.Network.from_edges((list("aeab"), list("bacd")), before.actors)
        >>> found = wn.change.persistence(before, after, ["strength"], permutations=99, seed=1)
        >>> found.to_frame()[["term", "odds_ratio"]].round(3)
                term  odds_ratio
        0  intercept       0.037
        1   strength       9.000
        """
        columns = {
            "term": list(self.terms),
            "estimate": self.estimate,
            "odds_ratio": self.odds_ratio,
            "se": self.se,
            "z": self.z,
            "p": self.p,
            "p_lrqap": self.p_lrqap,
            "lower": self.lower,
            "upper": self.upper,
        }
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the coefficients of the predictors with their intervals.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A dot with an interval per predictor, and its odds ratio; right of the line ties persist more often.

        Examples
        --------
        >>> import wholenet as wn
        >>> before = wn.Network.from_edges((list("abcdeabc"), list("bcdeacde")), weight=[1, 1, 1, 1, 2, 2, 2, 2])
        >>> after = wn.Network.from_edges((list("aeab"), list("bacd")), before.actors)
        >>> wn.change.persistence(before, after, ["strength"], permutations=99, seed=1).plot()
        <Picture: Coefficients of persistence: strength>
        """
        rows = [
            Shown(term, float(self.estimate[at]), float(self.lower[at]), float(self.upper[at]), self._words(at))
            for at, term in enumerate(self.terms)
            if at
        ]
        axis = f"log odds that a tie persists, with {100 * self.confidence:g} % intervals"
        names = ", ".join(self.terms[1:])
        return estimates(rows, axis, title, float(width), f"Coefficients of persistence: {names}", none=0.0)

    def _words(self, at: int) -> str:
        return f"odds × {self.odds_ratio[at]:.3g}"

    def _ties(self) -> str:
        left = f" ({self.left_out:,} more with a predictor not known)" if self.left_out else ""
        where = f" in {self.networks:,} networks" if self.networks > 1 else ""
        return f"{self.kept + self.dissolved:,} ties of {self.actors:,} actors{where}, {self.kept:,} kept{left}"

    def __repr__(self) -> str:
        doubt = "" if self.positive_definite or self.alone else "; the robust covariance is not positive definite"
        doubt += "".join(f"; the coefficient of {term} rests on {actor} alone" for term, actor in self.alone.items())
        return (
            f"<Persistence: {len(self.terms) - 1} predictors, {self._ties()}; {self.permutations:,} permutations, seed "
            f"{self.seed}{doubt}>"
        )

    def _repr_html_(self) -> str:
        columns = (self.estimate, self.odds_ratio, self.se, self.z, self.p, self.p_lrqap, self.lower, self.upper)
        header = ("", "estimate", "odds ratio", "se (robust)", "z", "p (robust)", "p (LRQAP)", "lower", "upper")
        rows = [
            (term, *("" if np.isnan(column[at]) else float(column[at]) for column in columns))
            for at, term in enumerate(self.terms)
        ]
        best = min((one for one in self.p_lrqap.tolist() if not np.isnan(one)), default=float("nan"))
        facts = [
            ("Ties", self._ties()),
            ("Standard errors", "dyadic cluster-robust: ties that share an actor depend on each other"),
            ("Permutations", f"{self.permutations:,} of each predictor, lowest p {shown_p(best)} (seed {self.seed})"),
            ("Corresponds to", "UCINET: Tools > Statistics > Matrix (QAP) > LR-QAP; R: sna::netlogit"),
        ]
        facts += [("Note", f"the coefficient of {term} rests on {actor} alone") for term, actor in self.alone.items()]
        if not self.positive_definite and not self.alone:
            facts.insert(2, ("Note", "the robust covariance is not positive definite; go by the permutations"))
        return table_html(header, rows) + facts_html("What predicts whether a tie persists", facts, self.recipe)

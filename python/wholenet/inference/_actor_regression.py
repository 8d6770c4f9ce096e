"""Regression of an outcome of actors, tested by permutation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._actor_values import columns_of, design, kind_from, named, numbers_of
from wholenet._checks import core_of, seeded, whole
from wholenet._distribution_chart import Drawn, distributions
from wholenet._show import recipe_html, table_html
from wholenet.errors import ArgumentError, ModelError
from wholenet.inference._draws import drawn
from wholenet.inference._p import p_values
from wholenet.inference._permuted import Permuted
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

    from wholenet._picture import Picture
    from wholenet.network import Network

__all__ = ["PermutationRegression", "permutation_regression"]

NULL = "Null hypothesis of each row: given the other predictors, y does not depend on this one."
PEERS = "UCINET: node-level regression; R: none in sna"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PermutationRegression:
    """
    A regression of an outcome of actors, and what its coefficients are in permuted data.

    Parameters
    ----------
    terms : tuple of str
        The coefficients: ``intercept``, and the predictors.
    estimate, standardized, se, t : arrays of shape (k,)
        Of each coefficient the estimate, the estimate times the predictor's standard deviation ÷ that of y, the
        standard error, and the ratio of estimate and error.
    p_lower, p_upper, p_two_sided : arrays of shape (k,)
        (1 + number of draws whose t is at least as extreme) ÷ (1 + draws): as low, as high, as far from 0. NaN for the
        intercept.
    distribution : array of shape (permutations, k)
        The t of each draw (infinite where a draw leaves no error); NaN for the intercept.
    r_squared, p_r_squared : float
        The share of the variance explained, and how often it is as high when y is in random order.
    permutations : int
        The number of draws.
    seed : int
        The seed of the draws.
    n : int
        The number of actors.
    outcome : str
        What was explained.
    null : str
        The null hypothesis.
    peers : str
        The UCINET procedure and the R function that it corresponds to.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.inference.permutation_regression([1, 2, 2, 4, 5], [0, 1, 2, 3, 4], seed=1)
    <PermutationRegression: y of 5 actors, x 1 (p 0.0343), R squared 0.9259 (p 0.0343), 10,000 permutations, seed 1>
    """

    terms: tuple[str, ...]
    estimate: NDArray[np.float64]
    standardized: NDArray[np.float64]
    se: NDArray[np.float64]
    t: NDArray[np.float64]
    p_lower: NDArray[np.float64]
    p_upper: NDArray[np.float64]
    p_two_sided: NDArray[np.float64]
    distribution: NDArray[np.float64]
    r_squared: float
    p_r_squared: float
    permutations: int
    seed: int
    n: int
    outcome: str
    null: str
    peers: str
    recipe: tuple[str, ...]
    kind: str

    def _columns(self) -> dict[str, NDArray[np.float64]]:
        return {
            "estimate": self.estimate,
            "standardized": self.standardized,
            "se": self.se,
            "t": self.t,
            "p_lower": self.p_lower,
            "p_upper": self.p_upper,
            "p": self.p_two_sided,
        }

    def to_frame(self) -> IntoDataFrame:
        """Lay the coefficients out as a table.

        Returns
        -------
        table
            One row per coefficient: ``term``, ``estimate``, ``standardized``, ``se``, ``t``, ``p_lower``, ``p_upper``
            and ``p`` (two-sided).

        Examples
        --------
        >>> import wholenet as wn
        >>> found = wn.inference.permutation_regression([1, 2, 2, 4, 5], [0, 1, 2, 3, 4], seed=1)
        >>> found.to_frame()[["term", "estimate", "standardized", "se", "t"]].round(3)
                term  estimate  standardized     se      t
        0  intercept       0.8         0.000  0.400  2.000
        1          x       1.0         0.962  0.163  6.124
        """
        return _frames.make({"term": list(self.terms), **self._columns()}, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw the distribution of t of each predictor, and where the observed one lies.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A histogram for each predictor. Draws at least as high (or low) as the observed value are dark.

        Examples
        --------
        >>> import wholenet as wn
        >>> wn.inference.permutation_regression([1, 2, 2, 4, 5], [0, 1, 2, 3, 4], seed=1).plot()
        <Picture: t, drawn at random and observed: x>
        """
        rows = [
            Drawn(term, float(self.t[at]), self.distribution[:, at], f"p {shown_p(float(self.p_two_sided[at]))}")
            for at, term in enumerate(self.terms)
            if not np.isnan(self.p_two_sided[at])
        ]
        return distributions(rows, "t", title, float(width))

    def __repr__(self) -> str:
        found = ", ".join(
            f"{term} {value:.4g} (p {shown_p(p)})"
            for term, value, p in zip(self.terms, self.estimate.tolist(), self.p_two_sided.tolist(), strict=True)
            if not np.isnan(p)
        )
        return (
            f"<PermutationRegression: {self.outcome} of {self.n:,} actors, {found}, R squared {self.r_squared:.4g} "
            f"(p {shown_p(self.p_r_squared)}), {self.permutations:,} permutations, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        columns = self._columns()
        caption = (
            f"Regression of {self.outcome}, {self.n:,} actors, {self.permutations:,} permutations (seed {self.seed}): "
            f"R squared {self.r_squared:.4g} (p {shown_p(self.p_r_squared)}). {self.null} Corresponds to {self.peers}"
        )
        rows = zip(self.terms, *(column.tolist() for column in columns.values()), strict=True)
        return table_html(["term", *columns], rows, caption) + recipe_html(self.recipe)


@dataclass(frozen=True, slots=True)
class Partial:
    """The partial correlation of each predictor with permuted residuals, and R squared for permuted y.

    For a predictor x(j), let e be the residuals of y given the other predictors. With Q an orthonormal basis of all
    predictors, and r what is left of x(j) beside the others, permuted residuals P·e have b = r'Pe ÷ r'r, and what the
    whole model leaves of them is |e|² - |Q'Pe|². The partial correlation c = r'Pe ÷ |r| ÷ √(r'Pe² ÷ r'r + what is
    left) rises with t, and is never infinite.
    """

    basis: NDArray[np.float64]  # Q less the constant, transposed: (k - 1, n)
    own: NDArray[np.float64]  # r ÷ |r| of each predictor: (k - 1, n)
    residuals: NDArray[np.float64]  # e of each: (k - 1, n)
    y: NDArray[np.float64]  # less its mean

    @property
    def width(self) -> int:
        """Cells of memory that an order takes."""
        return len(self.y)

    def __call__(self, orders: NDArray[np.intp]) -> NDArray[np.float64]:
        """Put the residuals in each order."""
        found = np.empty((len(orders), len(self.own) + 1))
        for at, (own, residuals) in enumerate(zip(self.own, self.residuals, strict=True)):
            permuted = residuals[orders]
            left = np.maximum((residuals**2).sum() - self._explained(permuted), 0.0)
            slope = (permuted * own).sum(axis=1)
            length = np.sqrt(slope**2 + left)
            found[:, at] = np.divide(slope, length, out=np.zeros(len(orders)), where=length > 0)
        found[:, -1] = self._explained(self.y[orders]) / (self.y**2).sum()
        return found

    def _explained(self, permuted: NDArray[np.float64]) -> NDArray[np.float64]:
        """The squared length of what the predictors explain."""
        explained = np.zeros(len(permuted))
        for vector in self.basis:
            explained += (permuted * vector).sum(axis=1) ** 2
        return explained

    def t(self, partial: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn partial correlations into t; infinite where nothing is left."""
        with np.errstate(divide="ignore"):
            found: NDArray[np.float64] = partial * np.sqrt((len(self.y) - len(self.basis) - 1) / (1 - partial**2))
        return found


def permutation_regression(
    y: str | ArrayLike,
    x: str | Sequence[str] | Mapping[str, Any] | IntoDataFrame | ArrayLike,
    *,
    net: Network | None = None,
    permutations: int = 10_000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> PermutationRegression:
    """Permutation regression: which predictors explain an outcome of actors.

    Parameters
    ----------
    y : str, or array of shape (n,)
        The outcome: an attribute of `net`, or a number for each actor, for instance ``centrality.degree(net)``.
    x : str, sequence of str, mapping, table, or array of shape (n,) or (n, predictors)
        The predictors: attributes of `net`, arrays by name, columns of a table, or columns of an array (then called
        ``x1``, ``x2`` …). Numbers; groups as columns of 0 and 1.
    net : Network, optional
        The network whose attributes and actors these are; without one all are arrays.
    permutations : int
        How many random orders of the residuals.
    seed : int, optional
        Makes the test reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    PermutationRegression
        Coefficients of least squares with a constant, p-values of their t, R squared and its p-value.

    Raises
    ------
    ArgumentError
        A number is missing or not finite, or lengths do not fit. The message names the actors.
    ColumnError
        The network has no such attribute.
    ModelError
        A predictor is constant, or collinear with others; y is constant, or follows from the predictors without error;
        there are as many coefficients as actors.
    ExecutorError
        The executor died.

    Notes
    -----
    Estimates, standard errors and t are those of ordinary least squares. What is tested is t. Each predictor is tested
    given the others (Freedman & Lane 1983): y is regressed on the other predictors, the residuals are put in random
    order and added to what was fitted, and the whole model is fitted to that. With one predictor this puts y itself in
    random order. Putting y in random order for several predictors, too, tests each of them as if none had an effect;
    where another has, the draws have other errors than the data. R squared is tested by putting y in random order, as
    no predictor has an effect under its null hypothesis. The intercept is not tested: no order changes the mean.

    The p-values hold for disturbances of any distribution that do not depend on each other: exactly with one predictor,
    and else the better the more actors there are. Where disturbances follow the ties, see `models.autocorrelation`.

    O(permutations × n × k²) time. The same seed gives the same bits with any executor.

    Peers: UCINET's node-level regression puts y in random order, 10,000 times; with one predictor it is the same test.
    R's sna has none.

    References
    ----------
    Freedman, D. & Lane, D. (1983). A nonstochastic interpretation of reported significance levels. Journal of Business
    & Economic Statistics 1, 292-298. https://doi.org/10.1080/07350015.1983.10509354

    Anderson, M. J. & Robinson, J. (2001). Permutation tests for linear models. Australian & New Zealand Journal of
    Statistics 43, 75-88. https://doi.org/10.1111/1467-842X.00156

    Examples
    --------
    Of the 120 orders of y, 2 have so steep a slope (the two 2s may change places) and 2 as steep a one downwards.

    >>> import wholenet as wn
    >>> found = wn.inference.permutation_regression([1, 2, 2, 4, 5], [0, 1, 2, 3, 4], seed=1)
    >>> found.estimate.round(3)
    array([0.8, 1. ])
    >>> found.p_two_sided.round(2)
    array([ nan, 0.03])
    """
    if net is not None:
        core_of(net, two_mode=True)
    outcome, columns = numbers_of(y, "y", net), columns_of(x, net)
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    if not columns:
        msg = "x must hold at least one predictor"
        raise ArgumentError(msg)
    terms, matrix = design(columns, len(outcome), intercept=True, others=0)
    if np.ptp(outcome) == 0:
        msg = "y is the same for all actors, so that there is nothing to explain"
        raise ModelError(msg)
    estimate, errors, statistic = _least_squares(outcome, matrix)
    kernel = Permuted(statistic, len(outcome), seed)
    found = drawn(kernel, permutations, seed=seed, executor=executor, progress=progress)
    observed = statistic(np.arange(len(outcome))[None, :])[0]
    *tests, (_, p_r_squared, _) = zip(*p_values(observed, found, symmetric=True), strict=True)
    lower, upper, both = np.array([(np.nan,) * 3, *tests]).T
    return PermutationRegression(
        terms=tuple(terms),
        estimate=estimate,
        standardized=estimate * matrix.std(axis=0) / outcome.std(),
        se=errors,
        t=estimate / errors,
        p_lower=lower,
        p_upper=upper,
        p_two_sided=both,
        distribution=np.column_stack([np.full(permutations, np.nan), statistic.t(found[:, :-1])]),
        r_squared=float(observed[-1]),
        p_r_squared=float(p_r_squared),
        permutations=permutations,
        seed=seed,
        n=len(outcome),
        outcome=named(y, "y"),
        null=NULL,
        peers=PEERS,
        recipe=() if net is None else net.recipe,
        kind=kind_from(net, y, x),
    )


def _least_squares(
    y: NDArray[np.float64], matrix: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], Partial]:
    """Estimates, their standard errors, and what the permutations need."""
    q, r = np.linalg.qr(matrix)
    inverse = np.linalg.inv(r)
    left = y - q @ (q.T @ y)
    squares, total = float(left @ left), float(((y - y.mean()) ** 2).sum())
    if squares <= len(y) * np.finfo(float).eps * total:
        msg = "the predictors give y without any error, so that there is nothing to test. Use fewer of them"
        raise ModelError(msg)
    errors = np.sqrt(squares / (len(y) - len(r)) * (inverse**2).sum(axis=1))
    own, residuals = [], []
    for at in range(1, matrix.shape[1]):
        others = np.linalg.qr(np.delete(matrix, at, axis=1))[0]
        rest = matrix[:, at] - others @ (others.T @ matrix[:, at])
        own.append(rest / np.linalg.norm(rest))
        residuals.append(y - others @ (others.T @ y))
    # The constant explains nothing of what has mean 0.
    centred = np.linalg.qr(matrix[:, 1:] - matrix[:, 1:].mean(axis=0))[0]
    return inverse @ (q.T @ y), errors, Partial(centred.T, np.array(own), np.array(residuals), y - y.mean())

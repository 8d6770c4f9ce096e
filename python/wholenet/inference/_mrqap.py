"""MRQAP: regression of a relation on others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._checks import choice, seeded, whole
from wholenet.errors import ArgumentError
from wholenet.inference import _glm, _least_squares
from wholenet.inference._draws import drawn
from wholenet.inference._dyads import many, needs_symmetric, stacked
from wholenet.inference._least_squares import Design
from wholenet.inference._p import p_values
from wholenet.inference._regression import Regression
from wholenet.inference._terms import Term, predictors_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Executor

    from numpy.typing import ArrayLike, NDArray

    from wholenet.inference._draws import Kernel
    from wholenet.network import Network
    from wholenet.study import Study

    Array = NDArray[np.float64]

__all__ = ["mrqap"]

EMPTY = float("nan")


def mrqap(
    y: Network | ArrayLike | Study | Mapping[Any, Network] | Sequence[Network],
    predictors: Mapping[str, Any] | Sequence[Term | str] | str,
    *,
    family: Literal["linear", "logistic", "poisson"] = "linear",
    method: Literal["dsp", "y", "x"] = "dsp",
    permutations: int = 2000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool | None = None,
    se: Literal["classical", "robust"] = "classical",
    data: Mapping[str, Any] | None = None,
) -> Regression:
    """Multiple regression QAP: what predicts the ties of a relation.

    Parameters
    ----------
    y : Network, matrix, or several networks
        The outcome. Several networks (a study, a mapping, a sequence) are pooled into one regression, and actors are
        permuted within each network.
    predictors : mapping, list or formula
        A mapping from names to networks or matrices of the same actors (of several networks: to the same keys), or to
        terms made of attributes of the actors: `same`, `sender`, `receiver`, `absdiff`, `both`, also written as text,
        ``"same(sector)"``. A list of terms. Or a formula, ``"trust + same(sector)"``, whose plain names are in `data`.
    family : {"linear", "logistic", "poisson"}
        Least squares; logistic regression of ties that are there or not; Poisson regression of counts.
    method : {"dsp", "y", "x"}
        What is permuted: what the other predictors leave of a predictor (double semi-partialling), the outcome, or a
        predictor as it is.
    permutations : int
        How many permutations, for each predictor.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to run the permutations (of dask: ``Client(...).get_executor()``). Default: here, on all threads.
    progress : bool, optional
        Whether work longer than about a second shows a progress bar. Default: it does.
    se : {"classical", "robust"}
        Standard errors, in the data and in every permutation: classical, or robust against unequal variances (HC1;
        linear regression of complete data only).
    data : mapping of networks or matrices, optional
        The relations that a formula names.

    Returns
    -------
    Regression
        Coefficients, with the permutation distribution of their t and its p-values.

    Raises
    ------
    ArgumentError
        Something that is no relation or term, relations of different size, an unknown word, `permutations` below 1;
        robust standard errors of anything but linear regression of complete data.
    LabelError
        Actors of one network that are not in another.
    DirectionError
        The outcome is undirected and a predictor is not the same both ways; or of several networks some are directed
        and some are not.
    ModelError
        An outcome that is the same in all dyads, or that the family can't have; a predictor that is the same in all
        dyads, or that others determine; too few dyads; a logistic or Poisson regression with separation.
    ConvergenceError
        A logistic or Poisson regression that does not settle.
    ExecutorError
        The executor died.

    Notes
    -----
    Over the dyads in which the outcome and all predictors were observed (ordered pairs; unordered ones where all
    relations are symmetric): y = β₀ + Σ β·x + ε; logistic log(π ÷ (1 - π)), Poisson log(μ) in place of y. Standard
    errors take dyads for independent, which they are not: so they are not to be read as such, and p-values come from
    permutations of the actors, of the t (logistic, Poisson: z) of each coefficient.

    - ``"dsp"``: the residuals of a predictor on the others are permuted, rows and columns alike, and take its place
      (Dekker et al. 2007). It holds its level when predictors are correlated and when the relations are autocorrelated,
      unlike the other two. Logistic and Poisson regression use residuals of least squares too, as sna does.
    - ``"y"``: the outcome is permuted, which tests that no predictor matters; it finds too much where predictors are
      correlated. The intercept is tested too.
    - ``"x"``: a predictor is permuted, which also breaks its relation to the other predictors.

    Dyads that were not observed move with their actors; a permutation is fitted on the dyads that are observed then.
    Where actors did not answer, in what moves and in what stays, those who answered are permuted among each other, and
    those who did not: so every permutation is fitted on as many dyads as the data.
    A permutation that can't be fitted (separation, or a predictor that falls together with others) counts as
    extreme on every side, and `failed` tells how many there were.

    Standardized coefficient: β·sd(x) ÷ sd(y). VIF: 1 ÷ (1 - R² of the predictor on the others). Adjusted R²:
    1 - (1 - R²)(N - 1) ÷ (N - p). Predictors with missing attribute values are not observed in the dyads of these
    actors.

    O(n²·k²) time per permutation and predictor, O(n²·k) memory, for k predictors (k³ in place of k² where dyads are
    missing). The same seed gives the same bits on any number of threads, and on any executor.

    Peers: R's sna (``netlm``, ``netlogit``) finds the same coefficients, t and z; of its null hypotheses ``"qapspp"``
    is ``"dsp"``, ``"qapy"`` is ``"y"``, ``"qapx"`` is ``"x"``. It counts p-values without the data themselves, so that
    they may be 0. For undirected relations its ``"qapspp"`` gives the p-values of residuals that fill one half of the
    matrix only, here they fill both. UCINET's Double Dekker permutes b ÷ SE² in its fast version,
    where this permutes t.

    References
    ----------
    Dekker, D., Krackhardt, D. & Snijders, T. A. B. (2007). Sensitivity of MRQAP tests to collinearity and
    autocorrelation conditions. Psychometrika 72, 563-581. https://doi.org/10.1007/s11336-007-9016-1

    Krackhardt, D. (1988). Predicting with networks: nonparametric multiple regression analysis of dyadic data. Social
    Networks 10, 359-381. https://doi.org/10.1016/0378-8733(88)90004-4

    White, H. (1980). A heteroskedasticity-consistent covariance matrix estimator and a direct test for
    heteroskedasticity. Econometrica 48, 817-838. https://doi.org/10.2307/1912934

    Examples
    --------
    Ties within a sector have density 2 ÷ 4, ties between sectors 2 ÷ 8:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcd"), "sector": ["care", "care", "school", "school"]})
    >>> net = wn.Network.from_edges((list("abcd"), list("bdda")), actors)
    >>> found = wn.inference.mrqap(net, ["same(sector)"], permutations=100, seed=1)
    >>> found.to_frame()[["term", "estimate"]]
               term  estimate
    0     intercept      0.25
    1  same(sector)      0.25
    """
    choice("family", family, ("linear", "logistic", "poisson"))
    choice("method", method, ("dsp", "y", "x"))
    choice("se", se, ("classical", "robust"))
    permutations, seed = whole(permutations, "permutations"), seeded(seed)
    outcome = many(y, "y")
    found = predictors_of(predictors, data, outcome)
    for columns in found.values():
        for key, block in outcome.items():
            if key in columns and columns[key].matrix.shape == block.matrix.shape:
                needs_symmetric(block, columns[key].aligned(block))
    stack = stacked([outcome, *found.values()], None)
    design = Design.of(stack, tuple(found))
    design.check()
    fitted = _fitted(design, family, se)
    kernels = _kernels(design, family, method, seed, robust=se == "robust")

    def draws(kernel: Kernel) -> Array:
        return drawn(kernel, permutations, seed=seed, executor=executor, progress=progress, may_fail=True)

    if method == "y":
        distribution = draws(kernels(0))
    else:
        columns_drawn = [draws(kernels(place)) for place in range(1, len(design.names))]
        distribution = np.column_stack([np.full(permutations, np.nan), *columns_drawn])
    return _result(design, fitted, distribution, seed, method)


def _fitted(design: Design, family: str, se: str) -> dict[str, Any]:
    """Coefficients and what else the data give."""
    if family == "linear":
        if se == "robust" and not design.complete:
            msg = (
                "robust standard errors need every dyad observed, and "
                f"{int(design.stack.dyads.sum()) - design.n:,} are not; use se='classical'"
            )
            raise ArgumentError(msg)
        fit = _least_squares.fit(design, robust=se == "robust")
        shares = {"r_squared": fit.r_squared, "adjusted_r_squared": fit.adjusted, "deviance": EMPTY, "aic": EMPTY}
        own = {"estimate": fit.beta, "se": fit.se, "standardized": fit.standardized, "vif": fit.vif}
        return {**own, **shares, "family": family, "se_kind": se}
    if se == "robust":
        msg = f"robust standard errors are for linear regression; {family} regression has se='classical'"
        raise ArgumentError(msg)
    _glm.check(design, family)
    found = _glm.fit(design, family)
    return {
        "estimate": found.beta,
        "se": found.se,
        "standardized": np.full(len(found.beta), np.nan),
        "vif": _least_squares.vif(design),
        "r_squared": 1 - found.deviance / found.null_deviance,
        "adjusted_r_squared": EMPTY,
        "deviance": found.deviance,
        "aic": found.aic,
        "family": family,
        "se_kind": se,
    }


def _kernels(design: Design, family: str, method: str, seed: int, *, robust: bool) -> Callable[[int], Kernel]:
    """Give the kernel of each predictor; of the outcome at 0."""
    partial = method == "dsp"

    def made(place: int) -> Kernel:
        if family == "linear":
            if method == "y":
                return _least_squares.outcome(design, seed, robust=robust)
            return _least_squares.predictor(design, place, seed, partial=partial, robust=robust)
        if method == "y":
            return _glm.outcome(design, family, seed)
        return _glm.predictor(design, place, family, seed, partial=partial)

    return made


def _result(design: Design, fitted: dict[str, Any], distribution: Array, seed: int, method: str) -> Regression:
    t = fitted["estimate"] / fitted["se"]
    lower, upper, both = p_values(t, distribution, symmetric=True)
    untested = (np.arange(len(design.names)) == 0) & (method != "y")
    failed = np.where(untested, 0, np.isnan(distribution).sum(axis=0))
    for p in (lower, upper, both):
        p[untested] = np.nan
    return Regression(
        terms=design.names,
        t=t,
        p_lower=lower,
        p_upper=upper,
        p_two_sided=both,
        distribution=distribution,
        failed=failed,
        method=method,
        n=design.n,
        observed=design.stack.words(design.n),
        permutations=len(distribution),
        seed=seed,
        recipe=design.stack.recipe,
        kind=design.stack.kind,
        **fitted,
    )

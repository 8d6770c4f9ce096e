"""Least squares with three kinds of inference: ordinary, robust against unequal variances (HC3), by permutation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet.errors import DependencyError, ModelError
from wholenet.inference._draws import drawn
from wholenet.inference._p import p_values
from wholenet.inference._permuted import Permuted

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.compare._design import Design

    Array = NDArray[np.float64]

__all__ = ["Fit", "Tested", "fitted", "permuted", "regressed", "t_tests"]

# A network with this share of its own fit, or more, decides a coefficient alone.
ALONE = 1 - 1e-9
# What rounding leaves of a difference between numbers of size 1.
ROUNDING = 1e-13


@dataclass(frozen=True, slots=True)
class Fit:
    """A regression: coefficients (k,), their two covariances (k, k), and what permutations need."""

    beta: Array
    ordinary: Array
    robust: Array
    hat: Array  # what coefficients weigh outcomes with: (k, n)
    y: Array
    residuals: Array
    leverage: Array
    df: int
    r_squared: float

    def robust_se(self, weights: Array) -> Array:
        """Standard errors of combinations of coefficients, of shape (m, k), by HC3."""
        return _se(weights, self.robust)

    def ordinary_se(self, weights: Array) -> Array:
        """The same by one variance for all networks."""
        return _se(weights, self.ordinary)


@dataclass(frozen=True, slots=True)
class Tested:
    """Of m combinations of coefficients the estimates and three kinds of inference."""

    estimate: Array
    se: Array
    t: Array
    p: Array
    se_robust: Array
    t_robust: Array
    p_robust: Array
    reach: Array  # how far the robust interval reaches to either side


def _se(weights: Array, covariance: Array) -> Array:
    found: Array = np.sqrt(np.einsum("mi,ij,mj->m", weights, covariance, weights))
    return found


def regressed(y: Array, x: Array) -> tuple[Any, Array]:
    """Fit by statsmodels on orthonormal columns; and what turns its coefficients into those of the columns of `x`.

    Of columns of very different length, or far from 0, statsmodels by itself leaves out what it takes for rounding.
    """
    try:
        from statsmodels.regression.linear_model import OLS
    except ImportError as error:
        msg = "regressions need statsmodels; install it with pip install 'wholenet[models]'"
        raise DependencyError(msg) from error
    q, r = np.linalg.qr(x)
    return OLS(y, q, hasconst=True).fit(), np.linalg.inv(r)


def fitted(design: Design, *, strict: bool = True) -> Fit:
    """Fit by statsmodels; refuses a network that decides a coefficient alone, and a fit without error.

    If not `strict`, HC3 is NaN where a network does.
    """
    y, x = design.y, design.x
    found, back = regressed(y, x)
    basis = found.model.exog
    leverage = np.asarray(found.get_influence().hat_matrix_diag)
    lone = np.flatnonzero(leverage >= ALONE)
    if len(lone) and strict:
        _refuse_alone(design, int(lone[0]))
    if strict and found.ssr <= len(y) * np.finfo(float).eps * found.centered_tss:
        msg = (
            f"the predictors give {design.formula.outcome!r} without any error, so that there is nothing to test. "
            "Use fewer of them"
        )
        raise ModelError(msg)
    return Fit(
        beta=np.einsum("ij,j->i", back, found.params),
        ordinary=np.einsum("ij,jk,lk->il", back, found.cov_params(), back),
        robust=np.full(back.shape, np.nan) if len(lone) else np.einsum("ij,jk,lk->il", back, found.cov_HC3, back),
        hat=np.einsum("ij,nj->in", back, basis),
        y=y,
        residuals=np.asarray(found.resid),
        leverage=leverage,
        df=int(found.df_resid),
        r_squared=float(found.rsquared) if np.ptp(y) else np.nan,
    )


def _refuse_alone(design: Design, row: int) -> None:
    own = [
        f"{name} {column.levels[int(column.values[row])]}" for name, column in design.columns.items() if column.levels
    ]
    like = f" ({', '.join(own)})" if own else ""
    msg = (
        f"{design.labels[row]!r} decides a coefficient alone: no other network is like it{like}, so that the "
        "regression fits it without error and its variance can't be known. Leave an interaction or a predictor out, "
        "join categories, or leave this network out"
    )
    raise ModelError(msg)


def t_tests(fit: Fit, weights: Array, confidence: float) -> Tested:
    """Estimate combinations of coefficients, of shape (m, k), and test them by t."""
    from scipy import stats

    estimate = np.einsum("mk,k->m", weights, fit.beta)
    sizes = np.abs(np.einsum("mk,kn->mn", weights, fit.hat)) * np.abs(fit.y)
    estimate[np.abs(estimate) <= ROUNDING * sizes.sum(axis=1)] = 0.0
    se, robust = fit.ordinary_se(weights), fit.robust_se(weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        t, t_robust = estimate / se, estimate / robust
    return Tested(
        estimate=estimate,
        se=se,
        t=t,
        p=2 * stats.t.sf(np.abs(t), fit.df),
        se_robust=robust,
        t_robust=t_robust,
        p_robust=2 * stats.t.sf(np.abs(t_robust), fit.df),
        reach=stats.t.ppf(0.5 + confidence / 2, fit.df) * robust,
    )


@dataclass(frozen=True, slots=True)
class _Robust:
    """The robust t of combinations of coefficients, of the residuals without them in other orders.

    Let w give a combination: its estimate is w'y. Without it (under its null hypothesis) the residuals are e₀ = e +
    w·(w'y) ÷ (w'w), for e those of the whole model. Of e₀ in another order the estimate is w'Pe₀, and its HC3 variance
    Σ w²·r² ÷ (1 - h)² with r what the whole model leaves of Pe₀.
    """

    weights: Array  # (m, n)
    residuals: Array  # without each combination: (m, n)
    basis: Array  # orthonormal, of the design: (k, n)
    shrink: Array  # 1 - leverage: (n,)

    @property
    def width(self) -> int:
        return len(self.shrink)

    def __call__(self, orders: NDArray[np.intp]) -> Array:
        found = np.empty((len(orders), len(self.weights)))
        for at, (weight, residuals) in enumerate(zip(self.weights, self.residuals, strict=True)):
            moved = residuals[orders]
            left = moved.copy()
            for vector in self.basis:
                left -= (moved * vector).sum(axis=1)[:, None] * vector
            variance = ((weight * left / self.shrink) ** 2).sum(axis=1)
            with np.errstate(divide="ignore", invalid="ignore"):
                found[:, at] = (moved * weight).sum(axis=1) / np.sqrt(variance)
        return found


def permuted(
    design: Design,
    fit: Fit,
    weights: Array,
    permutations: int,
    *,
    seed: int,
    executor: Executor | None,
    progress: bool,
) -> tuple[Array, Array]:
    """Test combinations of coefficients by permutation: p-values (m,) and the draws (permutations, m)."""
    n = len(design.y)
    per_row = np.einsum("mk,kn->mn", weights, fit.hat)
    estimate = np.einsum("mk,k->m", weights, fit.beta)
    without = fit.residuals + per_row * (estimate / (per_row**2).sum(axis=1))[:, None]
    basis = np.ascontiguousarray(np.linalg.qr(design.x)[0].T)
    kernel = Permuted(_Robust(per_row, without, basis, 1 - fit.leverage), n, seed)
    found = drawn(kernel, permutations, seed=seed, executor=executor, progress=progress, may_fail=True)
    observed = kernel.statistic(np.arange(n)[None, :])[0]
    return p_values(observed, found, symmetric=True)[2], found

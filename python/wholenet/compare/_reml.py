"""A regression with a random intercept, by restricted maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet.compare._least_squares import regressed
from wholenet.errors import DependencyError, ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Reml", "reml"]

# Ratios of the variance between groups to that within, on which the maximum is looked for first: 0, a slight one, which
# tells whether the likelihood falls from there, and two for each power of ten up to the largest that rounding allows.
GRID = np.concatenate([[0.0], 10.0 ** (np.arange(-12, 33) / 2)])
SETTLED = 1e-9


@dataclass(frozen=True, slots=True)
class Reml:
    """Coefficients, their standard errors, the two variances, and the log-likelihood but for a constant."""

    beta: Array
    se: Array
    between: float
    within: float
    log_likelihood: float


def reml(y: Array, x: Array, codes: NDArray[np.intp]) -> Reml:
    """Fit: the ratio of the variances by a search in one dimension, the rest by least squares."""
    try:
        from scipy.optimize import minimize_scalar
    except ImportError as error:
        msg = "multilevel models need statsmodels; install it with pip install 'wholenet[models]'"
        raise DependencyError(msg) from error
    centred = y - y.mean()
    if _rest(centred, x, codes) <= len(y) * np.finfo(float).eps * float((centred**2).sum()):
        msg = "within networks the predictors give the outcome without any error, so that there is nothing to test"
        raise ModelError(msg)

    def cost(logarithm: float) -> float:
        return -_log_likelihood(centred, x, codes, np.exp(logarithm))

    with np.errstate(divide="ignore"):
        logs = np.log(GRID)
    at = int(np.argmin([cost(one) for one in logs.tolist()]))
    best = -np.inf
    if at:
        ends = (float(logs[max(at - 1, 1)]), float(logs[min(at + 1, len(logs) - 1)]))
        best = float(minimize_scalar(cost, bounds=ends, method="bounded", options={"xatol": SETTLED}).x)
    ratio = float(np.exp(best))
    fit, back = regressed(_transformed(centred, codes, ratio), _transformed(x, codes, ratio))
    within = float(fit.scale)
    beta: Array = np.einsum("ij,j->i", back, fit.params)
    beta[0] += y.mean()
    return Reml(
        beta=beta,
        se=np.sqrt(np.einsum("ij,jk,ik->i", back, fit.cov_params(), back)),
        between=within * ratio,
        within=within,
        log_likelihood=-cost(best),
    )


def _transformed(values: Array, codes: NDArray[np.intp], ratio: float) -> Array:
    """Take from each value a part of its group's mean, so that the rest is independent of each other."""
    sizes = np.bincount(codes)
    columns = values.reshape(len(codes), -1)
    means = np.column_stack([np.bincount(codes, column) / sizes for column in columns.T])
    # What is left of the mean is added to the differences from it, which keeps figures where little is.
    left = (1 / np.sqrt(1 + sizes * ratio))[codes]
    found: Array = (columns - means[codes] + left[:, None] * means[codes]).reshape(values.shape)
    return found


def _log_likelihood(y: Array, x: Array, codes: NDArray[np.intp], ratio: float) -> float:
    """-½·[(n - k)·log RSS + log det X'V⁻¹X + Σ log(1 + mθ)]."""
    moved, own = _transformed(x, codes, ratio), _transformed(y, codes, ratio)
    q, r = np.linalg.qr(moved)
    left = own - q @ (q.T @ own)
    sizes = np.bincount(codes)
    n, k = x.shape
    fits = (n - k) * np.log((left**2).sum()) + 2 * np.log(np.abs(np.diag(r))).sum()
    return float(-0.5 * (fits + np.log1p(sizes * ratio).sum()))


def _rest(y: Array, x: Array, codes: NDArray[np.intp]) -> float:
    """What is left of the outcome within groups."""
    sizes = np.bincount(codes)
    both = np.column_stack([y, x])
    means = np.column_stack([np.bincount(codes, column) / sizes for column in both.T])
    within = both - means[codes]
    weights = np.linalg.lstsq(within[:, 1:], within[:, 0], rcond=None)[0]
    return float(((within[:, 0] - within[:, 1:] @ weights) ** 2).sum())

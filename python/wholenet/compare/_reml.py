"""A regression with a random intercept, by restricted maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet.errors import DependencyError, ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Reml", "reml"]

# Shares of the variance that is between groups, on which the maximum is looked for first; beside 0 a slight one, which
# tells whether the likelihood falls from there.
GRID = np.concatenate([[0.0, 1e-6], np.linspace(0.02, 0.98, 33), 1 - 1e-2 * 0.1 ** np.arange(5)])
SETTLED = 1e-12


@dataclass(frozen=True, slots=True)
class Reml:
    """Coefficients, their standard errors, the two variances, and the log-likelihood but for a constant."""

    beta: Array
    se: Array
    between: float
    within: float
    log_likelihood: float


def reml(y: Array, x: Array, codes: NDArray[np.intp]) -> Reml:
    """Fit: the share of the variance between groups by a search in one dimension, the rest by least squares."""
    try:
        from scipy.optimize import minimize_scalar
        from statsmodels.regression.linear_model import OLS
    except ImportError as error:
        msg = "multilevel models need statsmodels; install it with pip install 'wholenet[models]'"
        raise DependencyError(msg) from error
    centred = y - y.mean()
    if _rest(centred, x, codes) <= len(y) * np.finfo(float).eps * float((centred**2).sum()):
        msg = "within networks the predictors give the outcome without any error, so that there is nothing to test"
        raise ModelError(msg)

    def cost(share: float) -> float:
        return -_log_likelihood(centred, x, codes, share)

    at = int(np.argmin([cost(share) for share in GRID.tolist()]))
    share = 0.0
    if at:
        ends = (float(GRID[at - 1]), float(GRID[min(at + 1, len(GRID) - 1)]))
        share = float(minimize_scalar(cost, bounds=ends, method="bounded", options={"xatol": SETTLED}).x)
    fit = OLS(_transformed(y, codes, share), _transformed(x, codes, share)).fit()
    within = float(fit.scale)
    return Reml(
        beta=np.asarray(fit.params),
        se=np.asarray(fit.bse),
        between=within * share / (1 - share),
        within=within,
        log_likelihood=-cost(share),
    )


def _transformed(values: Array, codes: NDArray[np.intp], share: float) -> Array:
    """Take from each value a part of its group's mean, so that the rest is independent of each other."""
    sizes = np.bincount(codes)
    columns = values.reshape(len(codes), -1)
    means = np.column_stack([np.bincount(codes, column) / sizes for column in columns.T])
    ratio = share / (1 - share)
    part = (1 - 1 / np.sqrt(1 + sizes * ratio))[codes]
    found: Array = (columns - part[:, None] * means[codes]).reshape(values.shape)
    return found


def _log_likelihood(y: Array, x: Array, codes: NDArray[np.intp], share: float) -> float:
    """-½·[(n - k)·log RSS + log det X'V⁻¹X + Σ log(1 + mθ)]."""
    moved, own = _transformed(x, codes, share), _transformed(y, codes, share)
    q, r = np.linalg.qr(moved)
    left = own - q @ (q.T @ own)
    sizes = np.bincount(codes)
    n, k = x.shape
    fits = (n - k) * np.log((left**2).sum()) + 2 * np.log(np.abs(np.diag(r))).sum()
    return float(-0.5 * (fits + np.log1p(sizes * share / (1 - share)).sum()))


def _rest(y: Array, x: Array, codes: NDArray[np.intp]) -> float:
    """What is left of the outcome within groups."""
    sizes = np.bincount(codes)
    both = np.column_stack([y, x])
    means = np.column_stack([np.bincount(codes, column) / sizes for column in both.T])
    within = both - means[codes]
    weights = np.linalg.lstsq(within[:, 1:], within[:, 0], rcond=None)[0]
    return float(((within[:, 0] - within[:, 1:] @ weights) ** 2).sum())

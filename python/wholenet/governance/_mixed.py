"""The generalised linear mixed model: statsmodels' estimates, with standard errors that hold."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet.errors import ConvergenceError, DependencyError, ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.governance._panel import Panel

    Array = NDArray[np.float64]

__all__ = ["Mixed", "mixed", "plain"]

# Standard deviations of the priors: of coefficients of standardized predictors, of the log of those of intercepts.
FIXED, LOG_SD = 10.0, 1.0
# Start of the posterior standard deviations, as statsmodels has it but for its noise.
START = float(np.exp(-0.5))
STEPS = 50
SETTLED = 1e-10
# A standardized predictor that moves the log odds by more tells 0 from 1 without exception.
UNBOUNDED = 25.0


@dataclass(frozen=True, slots=True)
class Mixed:
    """Coefficients, their standard errors, and the standard deviations of the intercepts; NaN: there is none."""

    beta: Array
    se: Array
    sd_organisation: float
    sd_network: float


def mixed(panel: Panel) -> Mixed:
    """Fit by variational Bayes; standard errors by the information about fixed and random effects together."""
    try:
        from scipy.sparse import csr_array
        from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM
        from statsmodels.tools.sm_exceptions import ConvergenceWarning
    except ImportError as error:
        msg = "the mixed model needs statsmodels; install it with pip install 'wholenet[models]'"
        raise DependencyError(msg) from error
    x, middle, scale = _standardized(panel.x)
    groups = [panel.organisation, *([panel.group] if len(panel.places) > 1 else [])]
    sizes = [int(one.max()) + 1 for one in groups]
    columns = np.concatenate([one + sum(sizes[:at]) for at, one in enumerate(groups)])
    rows = np.tile(np.arange(len(x)), len(groups))
    z = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(x), sum(sizes)))
    kinds = np.repeat(np.arange(len(groups)), sizes)
    model = BinomialBayesMixedGLM(panel.y, x, z, kinds, vcp_p=LOG_SD, fe_p=FIXED)
    total = x.shape[1] + len(groups) + len(kinds)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = model.fit_vb(mean=np.zeros(total), sd=np.full(total, START))
    if any(issubclass(one.category, ConvergenceWarning) for one in said) or not np.isfinite(found.fe_mean).all():
        msg = (
            f"the mixed model of {len(x):,} answers did not settle. Use fewer predictors, or leave out networks with "
            "few answers"
        )
        raise ConvergenceError(msg)
    sds = np.exp(found.vcp_mean)
    covariance = _covariance(x, z.toarray(), found.fe_mean, found.vc_mean, sds[kinds])
    back = np.diag(1 / scale)
    back[0, 1:] = -middle[1:] / scale[1:]
    network = float(sds[1]) if len(groups) > 1 else np.nan
    return Mixed(back @ found.fe_mean, np.sqrt(np.diag(back @ covariance @ back.T)), float(sds[0]), network)


def _standardized(x: Array) -> tuple[Array, Array, Array]:
    """Centre and scale all columns but the constant."""
    middle: Array = x.mean(axis=0)
    scale: Array = x.std(axis=0)
    middle[0], scale[0] = 0.0, 1.0
    standardized: Array = (x - middle) / scale
    return standardized, middle, scale


def _covariance(x: Array, z: Array, beta: Array, effects: Array, sds: Array) -> Array:
    """The fixed effects' part of the inverse information, random effects having the precision 1 ÷ sd²."""
    chance = _logistic(x @ beta + z @ effects)
    weight = (chance * (1 - chance))[:, None]
    fixed, cross = x.T @ (weight * x), x.T @ (weight * z)
    random = z.T @ (weight * z) + np.diag(1 / sds**2)
    covariance: Array = np.linalg.inv(fixed - cross @ np.linalg.solve(random, cross.T)).astype(np.float64)
    return covariance


def plain(y: Array, x: Array) -> Array:
    """Chances by the logistic regression without random effects; refuses separation."""
    x, _, _ = _standardized(x)
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = _logistic(x @ beta)
        weight = chance * (1 - chance)
        try:
            step = np.linalg.solve(x.T @ (weight[:, None] * x), x.T @ (y - chance))
        except np.linalg.LinAlgError:
            break
        beta += step
        if np.abs(beta).max() > UNBOUNDED:
            break
        if np.abs(step).max() < SETTLED:
            return _logistic(x @ beta)
    msg = (
        "some combination of predictors tells accurate answers apart from others without exception, or nearly so "
        "(separation), so that a coefficient has no bound. Leave a predictor out"
    )
    raise ModelError(msg)


def _logistic(score: Array) -> Array:
    chance: Array = 1 / (1 + np.exp(-score))
    return chance

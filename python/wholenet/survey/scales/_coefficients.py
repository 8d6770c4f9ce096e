"""Alpha, a model with one factor, and how each item goes with the others."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from wholenet._export import needs
from wholenet.survey.scales._answers import NOTHING, alike

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["against", "alpha", "alpha_interval", "one_factor", "part_of"]

# A uniqueness below this is one that would be negative if it might be.
IMPROPER = 1e-4


def alpha(values: Floats) -> float:
    """Cronbach's alpha of complete answers (n, k); NaN with one item, or where all have the same sum."""
    k = values.shape[1]
    total = float(values.sum(axis=1).var(ddof=1))
    if k == 1 or total <= NOTHING * float((values**2).max()):
        return np.nan
    return float(k / (k - 1) * (1 - float(values.var(axis=0, ddof=1).sum()) / total))


def alpha_interval(values: Floats, confidence: float) -> list[float]:
    """Give alpha, and the ends of Feldt's interval."""
    with needs("scipy"):
        from scipy.stats import f

    n, k = values.shape
    found = alpha(values)
    if np.isnan(found):
        return [np.nan] * 3
    high, low = f.ppf([(1 + confidence) / 2, (1 - confidence) / 2], n - 1, (n - 1) * (k - 1)).tolist()
    return [found, 1 - (1 - found) * high, 1 - (1 - found) * low]


def correlation(x: Floats, y: Floats) -> float:
    """Pearson's correlation; NaN where one does not vary."""
    if any(alike(one, float(np.abs(one).max())) for one in (x, y)):
        return np.nan
    x, y = x - float(x.mean()), y - float(y.mean())
    return float((x * y).sum()) / float(np.sqrt(float((x**2).sum()) * float((y**2).sum())))


def part_of(values: Floats, at: int) -> list[float]:
    """Give the standard deviation of an item, its correlation with the rest, and the alpha of the rest."""
    own, others = values[:, at], np.delete(values, at, axis=1)
    rest = correlation(own, others.sum(axis=1)) if others.shape[1] else np.nan
    return [float(own.std(ddof=1)), rest, alpha(others) if others.shape[1] > 1 else np.nan]


def one_factor(values: Floats) -> Floats | None:
    """Loadings (k,) of one factor, in units of the items; None where the model can't be fitted."""
    with needs("statsmodels"):
        from statsmodels.multivariate.factor import Factor

    n, k = values.shape
    correlations = np.array([[correlation(values[:, i], values[:, j]) for j in range(k)] for i in range(k)])
    np.fill_diagonal(correlations, 1.0)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            found = Factor(corr=correlations, n_factor=1, method="ml", nobs=n).fit()
        except (np.linalg.LinAlgError, ValueError):
            return None
    loadings = np.asarray(found.loadings, dtype=np.float64)[:, 0]
    settled = found.mle_retvals.success and not said and np.isfinite(loadings).all()
    if not settled or (1 - loadings**2).min() < IMPROPER:
        return None
    standard: Floats = loadings * values.std(axis=0, ddof=1)
    return standard


def against(values: Floats) -> list[tuple[int, float]]:
    """Find the items that go against the others, the worst first, and how much so once those before are turned.

    Those that fit once it is turned are left alone.
    """
    values, found = values.copy(), []
    others = list(range(values.shape[1]))
    for _ in range(values.shape[1] // 2):
        rest = {at: part_of(values, at)[1] for at in others}
        worst = min(others, key=lambda at: np.nan_to_num(rest[at]))
        if not rest[worst] < 0:
            break
        values[:, worst] *= -1
        others.remove(worst)
        found.append((worst, rest[worst]))
    return found

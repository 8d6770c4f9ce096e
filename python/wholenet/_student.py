"""Quantiles and p-values of Student's t, for which no other package is needed."""

from __future__ import annotations

from math import exp, inf, isinf, lgamma, log
from statistics import NormalDist

__all__ = ["quantile", "two_sided"]

# Steps after which the continued fraction has settled, and halvings that leave nothing of a double.
STEPS, HALVINGS = 300, 200
TINY, SETTLED = 1e-300, 1e-15
# From so many degrees of freedom on, the expansion around the normal distribution is exact to the last digits, while
# the beta function loses them.
MANY = 1e5


def quantile(share: float, df: float) -> float:
    """Give the value that `share` of the distribution lies below, for a share of at least one half."""
    if isinf(df):
        return NormalDist().inv_cdf(share)
    if df >= MANY:
        return _near_normal(NormalDist().inv_cdf(share), df)
    low, high = 0.0, 1.0
    while _below(high, df) < share and high < inf:
        low, high = high, high * 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (middle, high) if _below(middle, df) < share else (low, middle)
    return (low + high) / 2


def two_sided(t: float, df: float) -> float:
    """Give the share of the distribution that lies at least as far from 0 as t."""
    return 0.0 if isinf(t) else _beta_share(df / 2, 0.5, df / (df + t * t))


def _near_normal(z: float, df: float) -> float:
    """Give the quantile of many degrees of freedom by that of the normal distribution (Cornish-Fisher)."""
    return z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)


def _below(t: float, df: float) -> float:
    """Share of the distribution below a positive t."""
    return 1 - _beta_share(df / 2, 0.5, df / (df + t * t)) / 2


def _beta_share(a: float, b: float, x: float) -> float:
    """Regularized incomplete beta function, by its continued fraction (Lentz's method)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    c, d = 1.0, 1 / _nonzero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _nonzero(1 + term * d)
            c = _nonzero(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < SETTLED:
            break
    return front * found


def _nonzero(value: float) -> float:
    return value if abs(value) > TINY else TINY

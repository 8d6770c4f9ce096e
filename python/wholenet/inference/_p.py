"""P-values of draws, and their adjustment for many tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet._checks import choice
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["adjust", "p_values"]

# What rounding takes from an equal statistic does not make it a lower one.
SLACK = 1e-10


def p_values(
    estimate: NDArray[np.float64], distribution: NDArray[np.float64], *, symmetric: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Lower, upper and two-sided p-values of estimates of shape (k,) beside draws of shape (draws, k).

    Each is (1 + number of draws at least as extreme) / (1 + draws). Two-sided: by absolute value for a statistic that
    is symmetric about 0, else twice the smaller of the other two. A draw that is NaN counts as extreme.
    """
    draws, odd = len(distribution), np.isnan(distribution)

    def share(values: NDArray[np.float64], than: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
        finite = np.where(np.isfinite(values), np.abs(values), 0.0)
        slack = SLACK * np.maximum(np.abs(than), np.median(finite, axis=0) if draws else 0.0)
        with np.errstate(invalid="ignore"):
            extreme = (sign * (values - than) >= 0) | (np.abs(values - than) <= slack) | (values == than)
        found: NDArray[np.float64] = (1 + (extreme | odd).sum(axis=0)) / (1 + draws)
        return found

    lower, upper = share(distribution, estimate, -1), share(distribution, estimate, 1)
    if symmetric:
        both = share(np.abs(distribution), np.abs(estimate), 1)
    else:
        both = np.minimum(1.0, 2 * np.minimum(lower, upper))
    undefined = np.isnan(estimate) | (draws == 0)
    return np.where(undefined, np.nan, lower), np.where(undefined, np.nan, upper), np.where(undefined, np.nan, both)


def adjust(p: ArrayLike, *, method: Literal["holm", "bh"] = "holm") -> NDArray[np.float64]:
    """Adjust p-values for the number of tests.

    Parameters
    ----------
    p : array of shape (k,)
        P-values, each from 0 to 1; NaN is no test and stays NaN.
    method : {"holm", "bh"}
        ``"holm"``: the probability of one false rejection or more stays below the level. ``"bh"`` (Benjamini and
        Hochberg): the expected share of false ones among the rejections does.

    Returns
    -------
    array of shape (k,)
        Adjusted p-values, in the same order.

    Raises
    ------
    ArgumentError
        A value is not between 0 and 1, or `method` is neither word.

    Notes
    -----
    With p(1) ≤ … ≤ p(k): Holm's are max over j ≤ i of min(1, (k - j + 1)·p(j)), those of Benjamini and Hochberg
    min over j ≥ i of min(1, k·p(j) ÷ j). Holm's hold for tests that depend on each other in any way; those of
    Benjamini and Hochberg for tests that are independent or depend positively.

    R's ``p.adjust`` agrees (``"holm"``, ``"BH"``). UCINET does not adjust.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
    65-70. https://www.jstor.org/stable/4615733

    Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society
    B 57, 289-300. https://doi.org/10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.inference.adjust([0.01, 0.04, 0.03])
    array([0.03, 0.06, 0.06])
    >>> wn.inference.adjust([0.01, 0.04, 0.03], method="bh")
    array([0.03, 0.04, 0.04])
    """
    choice("method", method, ("holm", "bh"))
    values = np.asarray(p, dtype=np.float64)
    if values.ndim != 1 or ((values < 0) | (values > 1)).any():
        msg = "p must be a sequence of p-values between 0 and 1 (NaN where there is no test)"
        raise ArgumentError(msg)
    order = np.argsort(values, kind="stable")[: int((~np.isnan(values)).sum())]
    ranked, k = values[order], len(order)
    adjusted = np.full(len(values), np.nan)
    if method == "holm":
        adjusted[order] = np.minimum(1.0, np.maximum.accumulate(ranked * np.arange(k, 0, -1)))
    else:
        adjusted[order] = np.minimum(1.0, np.minimum.accumulate((ranked * k / np.arange(1, k + 1))[::-1])[::-1])
    return adjusted

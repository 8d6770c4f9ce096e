"""From measured values to memberships in a set."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from wholenet._ingest import first_of, number
from wholenet.compare.qca._sets import CROSSOVER, at_crossover, numbers_in
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["anchors_in_order", "calibrate", "calibrate_crisp", "memberships"]

# The log odds of membership at the outer anchors: 3 and -3 (Ragin 2008).
LOG_ODDS = 3.0


def calibrate(values: ArrayLike, *, out: float, crossover: float, full: float) -> NDArray[np.float64]:
    """Calibrate a fuzzy set from three anchors (the direct method).

    Parameters
    ----------
    values : array of shape (n,)
        What was measured, one number for each case; null where it was not.
    out : float
        The anchor at which a case is fully out of the set.
    crossover : float
        The anchor at which it is neither more in than out nor more out than in.
    full : float
        The anchor at which it is fully in. Below `out` for sets such as "poor" of which high values are out.

    Returns
    -------
    array of shape (n,)
        Memberships between 0 and 1: .05 at `out`, .5 at `crossover`, .95 at `full`, in the order of `values`. NaN
        where nothing was measured.

    Raises
    ------
    ArgumentError
        The anchors are not in order, that is `crossover` is not between `out` and `full`; an anchor or a value is no
        number, or infinite.

    Warns
    -----
    UserWarning
        A value lies exactly at the crossover. The case is then in no row of a truth table, whatever its other
        memberships are. Move the crossover to where no case is.

    Notes
    -----
    Membership = 1 ÷ (1 + exp(-L)), with log odds L = 3·(x - crossover) ÷ (full - crossover) for values on the side of
    `full`, and -3·(x - crossover) ÷ (out - crossover) on the side of `out`. So the outer anchors have the log odds 3
    and -3, memberships of .9526 and .0474.

    Anchors come from what is known about the cases and the set, not from the values at hand: the mean is no crossover.

    O(n) time.

    Peers: fsQCA's ``calibrate(x, full, crossover, out)`` is the same. R's QCA makes the outer anchors exactly .95 and
    .05 (log odds 2.944), so that memberships differ by less than .005, and writes those below .0001 and above .9999 as
    0 and 1.

    References
    ----------
    Ragin, C. C. (2008). Redesigning social inquiry: fuzzy sets and beyond, ch. 5. University of Chicago Press.
    https://doi.org/10.7208/chicago/9780226702797.001.0001

    Examples
    --------
    >>> from wholenet.compare import qca
    >>> qca.calibrate([1, 4, 5, 7, 10], out=4, crossover=5.5, full=7).round(2)
    array([0.  , 0.05, 0.27, 0.95, 1.  ])
    """
    anchors = anchors_in_order(out, crossover, full)
    found = memberships(_finite(values), *anchors)
    even = np.flatnonzero(found == CROSSOVER)
    if len(even):
        rows = first_of((f"row {row}" for row in even[:5].tolist()), len(even))
        message = (
            f"{len(even):,} of {len(found):,} values lie exactly at the crossover {crossover:g} ({rows}). These cases "
            "are in no row of a truth table; move the crossover to where no case is"
        )
        warnings.warn(message, UserWarning, stacklevel=2)
    return found


def calibrate_crisp(values: ArrayLike, *, threshold: float) -> NDArray[np.float64]:
    """Calibrate a crisp set: out below a threshold, in from it on.

    Parameters
    ----------
    values : array of shape (n,)
        What was measured, one number for each case; null where it was not.
    threshold : float
        The lowest value of a case that is in.

    Returns
    -------
    array of shape (n,)
        0 below the threshold, 1 at or above it, in the order of `values`. NaN where nothing was measured.

    Raises
    ------
    ArgumentError
        The threshold or a value is no number, or infinite.

    Notes
    -----
    There is one threshold: several would make a set of many values, which truth tables of crisp and fuzzy sets can't
    hold. O(n) time.

    Peers: R's QCA has ``calibrate(x, type="crisp", thresholds=...)``, with which a value at the threshold is in, too.

    References
    ----------
    Rihoux, B. & De Meur, G. (2009). Crisp-set qualitative comparative analysis (csQCA). In B. Rihoux & C. C. Ragin
    (eds.), Configurational comparative methods, 33-68. Sage. https://doi.org/10.4135/9781452226569

    Examples
    --------
    >>> from wholenet.compare import qca
    >>> qca.calibrate_crisp([549, 550, 720], threshold=550)
    array([0., 1., 1.])
    """
    found = _finite(values)
    least = _anchor("threshold", threshold)
    return np.where(np.isnan(found), np.nan, (found >= least).astype(np.float64))


def anchors_in_order(out: object, crossover: object, full: object) -> tuple[float, float, float]:
    """Check three anchors."""
    found = _anchor("out", out), _anchor("crossover", crossover), _anchor("full", full)
    if not (found[0] < found[1] < found[2] or found[0] > found[1] > found[2]):
        msg = (
            f"the anchors must be in order, with crossover between out and full, but out is {found[0]:g}, crossover "
            f"{found[1]:g} and full {found[2]:g}"
        )
        raise ArgumentError(msg)
    return found


def memberships(values: NDArray[np.float64], out: float, crossover: float, full: float) -> NDArray[np.float64]:
    """Give memberships by the direct method."""
    above = (values > crossover) == (full > crossover)
    odds = np.where(above, (values - crossover) / (full - crossover), -(values - crossover) / (out - crossover))
    with np.errstate(over="ignore"):
        return at_crossover(1 / (1 + np.exp(-LOG_ODDS * odds)))


def _anchor(argument: str, value: object) -> float:
    found = number(value, argument)
    if not np.isfinite(found):
        msg = f"{argument} must be finite, but is {found}"
        raise ArgumentError(msg)
    return found


def _finite(values: ArrayLike) -> NDArray[np.float64]:
    cells = values.to_list() if hasattr(values, "to_list") else np.asarray(values, dtype=object).tolist()
    if not isinstance(cells, list) or any(isinstance(cell, list) for cell in cells):
        msg = "values must hold one number for each case"
        raise ArgumentError(msg)
    found = numbers_in(cells, "values")
    endless = np.flatnonzero(np.isinf(found))
    if len(endless):
        msg = f"values must be finite, but row {endless[0]} has {found[endless[0]]}"
        raise ArgumentError(msg)
    return found

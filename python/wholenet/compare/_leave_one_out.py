"""How much a regression over networks depends on single networks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _frames
from wholenet.compare._effects_result import Effects
from wholenet.compare._least_squares import fitted, t_tests
from wholenet.compare._leave_one_out_result import LeaveOneOut
from wholenet.errors import ArgumentError, ModelError
from wholenet.inference._draws import Patient

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.compare._design import Design

__all__ = ["leave_one_out"]


def leave_one_out(found: Effects, *, progress: bool = True) -> LeaveOneOut:
    """Leave out each network in turn from a regression over networks, to see whether one of them makes the result.

    Parameters
    ----------
    found : Effects
        What `effects` gives.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    LeaveOneOut
        For each network left out, of each coefficient the estimate with its robust interval, the ordinary and the
        robust p, and how far it moves; and for each coefficient which networks matter most.

    Raises
    ------
    ArgumentError
        `found` is no result of `effects`.
    ModelError
        With one network less there are no more networks than coefficients.

    Notes
    -----
    ``moves`` is DFBETAS (Belsley, Kuh & Welsch 1980): (b - b₋ᵢ) ÷ (s₋ᵢ·√((X'X)⁻¹ⱼⱼ)), for coefficients b, those without
    network i, and the residual standard deviation without it. They call a network influential from 2 ÷ √n on. Where
    another network becomes the only one of its kind when one leaves, the robust interval and p are NaN. ``moves`` is
    infinite where the others are fitted without error.

    A result that hangs on one network is not wrong; it is known from that network alone. Leaving it out for good needs
    a reason that has nothing to do with the outcome.

    O(n²k²) time.

    Peers: statsmodels' ``OLSInfluence.dfbetas`` and R's ``dfbetas`` have the same ``moves``.

    References
    ----------
    Belsley, D. A., Kuh, E. & Welsch, R. E. (1980). Regression diagnostics. Wiley.
    https://doi.org/10.1002/0471725153

    Examples
    --------
    Without the last network there is no slope:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({"network": list("abcde"), "size": [1, 2, 3, 4, 9], "score": [2.0, 1.0, 1.0, 2.0, 9.0]})
    >>> found = wn.compare.leave_one_out(wn.compare.effects(data, "score ~ size", permutations=99, seed=1))
    >>> found.estimate[:, 1].round(2).tolist()
    [1.22, 0.99, 0.97, 1.01, 0.0]
    >>> found.most["network"].to_list()
    ['e', 'e']
    """
    design = _design_in(found)
    n, k = design.x.shape
    if n - 1 <= k:
        msg = f"{k:,} coefficients need more networks than that when one leaves, but there are {n:,}. Use fewer"
        raise ModelError(msg)
    # The spread of coefficients by the design of all networks: √((X'X)⁻¹ⱼⱼ).
    unit = np.sqrt((fitted(design).hat ** 2).sum(axis=1))
    rows = []
    with Patient("networks left out", n, progress=progress) as shown:
        for row in range(n):
            rows.append(_without(design, row, found.confidence, unit))
            shown.reach(row + 1)
    estimate, lower, upper, p, p_robust, spread = (np.array(part) for part in zip(*rows, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        moves = (found.estimate - estimate) / spread
    return LeaveOneOut(
        formula=found.formula,
        networks=design.labels,
        terms=design.terms,
        whole=found.estimate,
        whole_lower=found.lower,
        whole_upper=found.upper,
        whole_p=found.p_robust,
        estimate=estimate,
        lower=lower,
        upper=upper,
        p=p,
        p_robust=p_robust,
        moves=moves,
        most=_most(found, estimate, p_robust, moves),
        confidence=found.confidence,
        kind=design.kind,
    )


def _design_in(found: object) -> Design:
    if not isinstance(found, Effects):
        msg = f"found must be what effects(...) gives, but is a {type(found).__name__}"
        raise ArgumentError(msg)
    return found.design


def _without(design: Design, row: int, confidence: float, unit: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Fit without a network."""
    kept = np.delete(np.arange(len(design.y)), row)
    smaller = replace(
        design, y=design.y[kept], x=design.x[kept], labels=tuple(design.labels[one] for one in kept.tolist())
    )
    fit = fitted(smaller, strict=False)
    tested = t_tests(fit, np.eye(len(fit.beta)), confidence)
    left, around = (fit.residuals**2).sum(), ((smaller.y - smaller.y.mean()) ** 2).sum()
    # What rounding leaves of a fit without error is none.
    sigma = np.sqrt(left / fit.df) if left > len(kept) * np.finfo(float).eps * around else 0.0
    ends = (tested.estimate - tested.reach, tested.estimate + tested.reach)
    return tested.estimate, *ends, tested.p, tested.p_robust, sigma * unit


def _most(
    found: Effects, estimate: NDArray[np.float64], p: NDArray[np.float64], moves: NDArray[np.float64]
) -> IntoDataFrame:
    """For each coefficient the network that moves it most, and the range over all."""
    at = np.nanargmax(np.abs(moves), axis=0)
    each = np.arange(len(found.terms))
    names = np.array(found.networks, dtype=object)
    columns = {
        "term": list(found.terms),
        "estimate": found.estimate,
        "network": names[at].tolist(),
        "moves": moves[at, each],
        "without_it": estimate[at, each],
        "p_without_it": p[at, each],
        "lowest": estimate.min(axis=0),
        "highest": estimate.max(axis=0),
        "sign_changes": (np.sign(estimate) != np.sign(found.estimate)).sum(axis=0),
    }
    return _frames.make(columns, found.kind)

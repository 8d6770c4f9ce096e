"""Logistic and Poisson regression on dyads: the fit, and z-values of permutations."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet.errors import ConvergenceError, ModelError
from wholenet.inference._least_squares import moving

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.inference._draws import Kernel
    from wholenet.inference._dyads import Layout
    from wholenet.inference._least_squares import Design

    Array = NDArray[np.float64]

__all__ = ["GlmFit", "check", "fit", "outcome", "predictor"]


@dataclass(frozen=True, slots=True)
class GlmFit:
    """Coefficients with their standard errors."""

    beta: Array
    se: Array
    deviance: float
    null_deviance: float
    aic: float


def check(design: Design, family: str) -> None:
    """Refuse an outcome that the family can't have."""
    y = design.y
    odd = y[(y != 0) & (y != 1)] if family == "logistic" else y[(y < 0) | (y != np.floor(y))]
    if len(odd):
        wants = "0 and 1; make ties of the values with net.dichotomize(...)" if family == "logistic" else "counts"
        msg = f"{family} regression needs an outcome of {wants}, and there is {odd[0]:g}"
        raise ModelError(msg)
    if np.ptp(y) == 0:
        msg = f"the outcome is {y[0]:g} in all {len(y):,} dyads, so that there is nothing to predict"
        raise ModelError(msg)


def fit(design: Design, family: str) -> GlmFit:
    """Fit by maximum likelihood."""
    y, columns = _cells(design)
    beta, se, deviance, converged, unbounded = _core.inference_glm(design.stack.layout, family, y, columns)
    bad = [name for name, gone in zip(design.names, unbounded, strict=True) if gone]
    if bad:
        msg = (
            f"the coefficient of {', '.join(map(repr, bad))} has no bound: some combination of predictors tells "
            "outcomes of 0 apart from others without exception (separation). Leave a predictor out, or merge "
            "categories that are rare"
        )
        raise ModelError(msg)
    if not converged:
        msg = f"the {family} regression did not settle; predictors on very different scales may be the reason"
        raise ConvergenceError(msg)
    null = _core.inference_glm(design.stack.layout, family, y, columns[:1])[2]
    likelihood = -deviance / 2
    if family == "poisson":
        y = design.y
        counts, times = np.unique(y, return_counts=True)
        full = [k * (np.log(k) if k else 0.0) - k - lgamma(k + 1) for k in counts.tolist()]
        likelihood += float(np.dot(full, times))
    return GlmFit(beta, se, deviance, null, 2 * len(columns) - 2 * likelihood)


@dataclass(frozen=True, slots=True)
class _Glm:
    """z of permuted predictors or outcomes."""

    layout: Layout
    family: str
    moving: Array
    still: Array
    columns: list[Array]
    start: list[float]
    role: str
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        found = _core.inference_permuted_glm(
            self.layout,
            self.family,
            self.moving,
            self.still,
            self.columns,
            self.start,
            self.role,
            first,
            count,
            self.seed,
            progress,
        )
        return found if self.role == "predictor" else found.reshape(count, len(self.columns))


def predictor(design: Design, place: int, family: str, seed: int, *, partial: bool) -> Kernel:
    """Make a kernel for the z of one predictor, permuted as it is or after what the others explain is taken off."""
    moves, _ = moving(design, place, partial=partial, empty=np.nan)
    y, columns = _cells(design.where(without=place))
    others = [column for at, column in enumerate(columns) if at != place]
    start = _core.inference_glm(design.stack.layout, family, y, others)[0].tolist()
    return _Glm(design.layout(place, partial=partial), family, moves, y, others, start, "predictor", seed)


def outcome(design: Design, family: str, seed: int) -> Kernel:
    """Make a kernel for the z of all coefficients under permutations of the outcome."""
    y = _cells(design.where(only=0))[0]
    columns = _cells(design.where(outcome=False))[1]
    alone = _core.inference_glm(design.stack.layout, family, y, columns[:1])[0].tolist()
    start = alone + [0.0] * (len(columns) - 1)
    return _Glm(design.layout(0, partial=False), family, y, columns[0], columns, start, "outcome", seed)


def _cells(design: Design) -> tuple[Array, list[Array]]:
    """Outcome and columns, cell by cell; NaN where there is none."""
    return design.cells(design.y, empty=np.nan), [design.cells(column, empty=np.nan) for column in design.columns]

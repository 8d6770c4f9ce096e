"""Least squares on dyads: the fit, and t-values of permutations (Frisch & Waugh 1933)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet.errors import ModelError
from wholenet.inference._t_draws import (
    NOTHING,
    Outcome,
    OutcomePartlyObserved,
    PartlyObserved,
    Predictor,
    Robust,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.inference._draws import Kernel
    from wholenet.inference._dyads import Layout, Stack

    Array = NDArray[np.float64]

__all__ = ["Design", "LinearFit", "fit", "moving", "outcome", "predictor", "vif"]

# What rounding leaves of the variation of values that are the same, relative to their squares.
CONSTANT = 1e-26


@dataclass(frozen=True, slots=True)
class Design:
    """Outcome and predictors of dyads that were observed."""

    stack: Stack
    names: tuple[str, ...]
    """The intercept and the predictors."""
    y: Array
    columns: tuple[Array, ...]
    dyads: NDArray[np.bool_]
    """The cells of these dyads, each dyad once."""

    @classmethod
    def of(cls, stack: Stack, names: tuple[str, ...]) -> Design:
        """Take the first relation of a stack as the outcome, the others as predictors, where all are observed."""
        return cls._on(stack, ("intercept", *names), stack.base)

    @classmethod
    def _on(cls, stack: Stack, names: tuple[str, ...], dyads: NDArray[np.bool_]) -> Design:
        y, *others = (cells[dyads] for cells in stack.cells)
        return cls(stack, names, y, (np.ones(len(y)), *others), dyads)

    def where(self, *, outcome: bool = True, without: int | None = None, only: int | None = None) -> Design:
        """Take the dyads in which other relations are observed: not the outcome, not one predictor, or only one."""
        if self.complete:
            return self
        kept = [place for place in range(1, len(self.names)) if place != without and only in {None, place}]
        seen = self.stack.dyads.copy()
        for place in ([0] if outcome else []) + kept:
            seen &= ~np.isnan(self.stack.cells[place])
        return self._on(self.stack, self.names, seen)

    def layout(self, place: int, *, partial: bool) -> Layout:
        """How actors are permuted with a predictor, or with the outcome at 0."""
        every = range(1, len(self.names))
        if place == 0:
            return self.stack.among_alike([0], every)
        return self.stack.among_alike(every if partial else [place], [0, *(at for at in every if at != place)])

    @property
    def complete(self) -> bool:
        """Whether all dyads were observed."""
        return self.n == int(self.stack.dyads.sum())

    @property
    def n(self) -> int:
        """Number of dyads."""
        return len(self.y)

    def cells(self, values: Array, *, empty: float = 0.0) -> Array:
        """Lay values of dyads out as matrices; undirected ones hold each value twice."""
        found = np.full(len(self.dyads), empty)
        found[self.dyads] = values
        first = 0
        for rows, columns, shape, _ in self.stack.layout:
            if shape == "undirected":
                block = found[first : first + rows * columns].reshape(rows, columns)
                above = np.triu_indices(rows, k=1)
                block[above] = block.T[above]
            first += rows * columns
        return found

    def basis(self, without: int | None = None) -> list[Array]:
        """Orthonormal columns that span the predictors, of which one may be left out; the intercept's comes first."""
        known: list[Array] = []
        for place, column in enumerate(self.columns):
            if place == without:
                continue
            left = left_by(known, column)
            rest = np.sqrt(product(left, left))
            if rest <= 1e-9 * np.sqrt(product(column, column)):
                raise ModelError(self._why_not(place))
            known.append(left / rest)
        return known

    def _why_not(self, place: int) -> str:
        name, values = self.names[place], self.columns[place]
        if np.ptp(values) <= 1e-9 * np.abs(values).max():
            return (
                f"the predictor {name!r} is {values[0]:g} in all {self.n:,} dyads in which everything is observed, so "
                "that it predicts nothing. Dyads of actors with an empty attribute are not observed; for whether an "
                "actor has a value make a column of True and False"
            )
        return f"the predictor {name!r} follows from {', '.join(self.names[1:place])} in all dyads; leave one out"

    def check(self) -> None:
        """Refuse predictors that do not vary, or that others determine."""
        if self.n <= len(self.names):
            msg = f"{self.n:,} dyads are observed in all relations, too few for {len(self.names)} coefficients"
            raise ModelError(msg)
        self.basis()


def moving(design: Design, place: int, *, partial: bool, empty: float) -> tuple[Array, Design]:
    """What is permuted of a predictor, cell by cell: itself, or what the others leave of it; and where it is known."""
    if not partial:
        seen = design.where(outcome=False, only=place)
        own = seen.columns[place]
        return seen.cells(own - own.mean(), empty=empty), seen
    seen = design.where(outcome=False)
    return seen.cells(left_by(seen.basis(place), seen.columns[place]), empty=empty), seen


def product(a: Array, b: Array) -> float:
    """Σ of products; not by BLAS, whose threads would change its bits and take the processor from others."""
    return float((a * b).sum())


def products(a: Array, b: Array) -> Array:
    """Σ of products of the columns of two arrays."""
    return np.array([[product(one, other) for other in b.T] for one in a.T])


def left_by(basis: list[Array], values: Array) -> Array:
    """What orthonormal columns leave of values."""
    left = values.copy()
    for _ in range(2):  # twice, since rounding leaves a little the first time
        for column in basis:
            left -= product(left, column) * column
    return left


@dataclass(frozen=True, slots=True)
class LinearFit:
    """Coefficients with their standard errors."""

    beta: Array
    se: Array
    standardized: Array
    vif: Array
    r_squared: float
    adjusted: float


def fit(design: Design, *, robust: bool) -> LinearFit:
    """Fit by ordinary least squares."""
    y, x = design.y, np.stack(design.columns, axis=1)
    n, p = x.shape
    spread = float(((y - y.mean()) ** 2).sum())
    if spread <= CONSTANT * float((y * y).sum()):
        msg = f"the outcome is {y[0]:g} in all {n:,} dyads, so that there is nothing to predict"
        raise ModelError(msg)
    q = np.stack(design.basis(), axis=1)
    inverse = np.linalg.inv(np.triu(products(q, x)))
    beta = inverse @ products(q, y[:, None])[:, 0]
    left = left_by(list(q.T), y)
    rest = product(left, left)
    if rest <= NOTHING * spread:
        msg = "the predictors give the outcome exactly, so that there is no variation to test against"
        raise ModelError(msg)
    unit = inverse @ inverse.T
    if robust:
        inner = q * left[:, None]
        covariance = inverse @ products(inner, inner) @ inverse.T * n / (n - p)
    else:
        covariance = unit * rest / (n - p)
    with np.errstate(invalid="ignore"):
        standardized = beta * np.sqrt(x.var(axis=0) / y.var())
    standardized[0] = np.nan
    share = 1 - rest / spread
    adjusted = 1 - (1 - share) * (n - 1) / (n - p)
    return LinearFit(beta, np.sqrt(np.diag(covariance)), standardized, vif(design), share, adjusted)


def vif(design: Design) -> Array:
    """Variance inflation: the sum of squares of a predictor, ÷ what the others leave of it."""
    columns = design.columns[1:]
    sizes = [float(((x - x.mean()) ** 2).sum()) for x in columns]
    left = [left_by(design.basis(place), x) for place, x in enumerate(columns, 1)]
    return np.array([np.nan, *(size / product(rest, rest) for size, rest in zip(sizes, left, strict=True))])


def predictor(design: Design, place: int, seed: int, *, partial: bool, robust: bool) -> Kernel:
    """Make a kernel for the t of one predictor, permuted as it is or after what the others explain is taken off."""
    moves, seen = moving(design, place, partial=partial, empty=0.0)
    # Where the rest of the regression is observed.
    still = design.where(without=place)
    basis = still.basis(place)
    target = left_by(basis, still.y)
    p, layout = len(design.columns), design.layout(place, partial=partial)
    if robust:
        factor = float(np.sqrt((design.n - p) / design.n))
        stay = [still.cells(column) for column in basis]
        return Robust(layout, moves, stay, [still.cells(target)], "predictor", factor, seed)
    if not design.complete:
        stay = [still.cells(column) for column in (*basis, target)]
        own = None if seen.complete else seen.cells(np.ones(seen.n))
        centred = still.cells(still.y - still.y.mean())
        return PartlyObserved(layout, moves, own, stay, still.cells(np.ones(still.n)), centred, p, seed)
    size, rest = float((moves[design.dyads] ** 2).sum()), product(target, target)
    # What moves adds up to 0, so its product with the intercept is 0.
    fixed = [design.cells(column) for column in (target, *basis[1:])]
    return Predictor(layout, moves, fixed, size, rest, design.n - p, seed)


def outcome(design: Design, seed: int, *, robust: bool) -> Kernel:
    """Make a kernel for the t of all coefficients under permutations of the outcome."""
    layout = design.layout(0, partial=False)
    if not design.complete:
        seen, still = design.where(only=0), design.where(outcome=False)
        mean = float(seen.y.mean())
        basis = still.basis()
        both = products(np.stack(basis, axis=1), np.stack(still.columns, axis=1))
        inverse = np.asarray(np.linalg.inv(np.triu(both)), dtype=np.float64)
        stay = [still.cells(column) for column in basis]
        moves = seen.cells(seen.y - mean)
        ones = still.cells(np.ones(still.n))
        return OutcomePartlyObserved(layout, seen.cells(np.ones(seen.n)), moves, stay, ones, inverse, mean, seed)
    mean, x, basis = float(design.y.mean()), np.stack(design.columns, axis=1), design.basis()
    inverse = np.asarray(np.linalg.inv(np.triu(products(np.stack(basis, axis=1), x))), dtype=np.float64)
    targets = [design.cells(np.einsum("p,pn->n", row, np.stack(basis))) for row in inverse]
    if robust:
        factor = float(np.sqrt((design.n - x.shape[1]) / design.n))
        stay = [design.cells(column) for column in basis]
        return Robust(layout, design.cells(design.y), stay, targets, "outcome", factor, seed)
    size = float(((design.y - mean) ** 2).sum())
    gram, unit = products(x, x), np.asarray(inverse @ inverse.T, np.float64)
    return Outcome(layout, design.cells(design.y - mean), targets, gram, unit, size, mean, design.n, seed)

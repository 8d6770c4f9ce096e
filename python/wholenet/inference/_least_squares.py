"""Least squares on dyads: the fit, and t-values of permutations (Frisch & Waugh 1933)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.inference._draws import Kernel
    from wholenet.inference._dyads import Layout, Stack

    Array = NDArray[np.float64]

__all__ = ["Design", "LinearFit", "fit", "outcome", "predictor"]

# What rounding leaves of a sum of squares that should be nothing.
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Design:
    """Outcome and predictors, cell by cell: NaN where not all were observed."""

    stack: Stack
    names: tuple[str, ...]
    """The intercept and the predictors."""
    y: Array
    columns: tuple[Array, ...]
    base: NDArray[np.bool_]
    """The dyads, each once, in which all were observed."""
    wide: NDArray[np.bool_]
    """The same, and the other half of symmetric matrices."""

    @classmethod
    def of(cls, stack: Stack, names: tuple[str, ...]) -> Design:
        """Take the first relation of a stack as the outcome, the others as predictors."""
        wide = ~np.isnan(stack.cells[0])
        for cells in stack.cells[1:]:
            wide &= ~np.isnan(cells)
        base = wide & stack.dyads
        y, *others = (np.where(wide, cells, np.nan) for cells in stack.cells)
        one = np.where(wide, 1.0, np.nan)
        return cls(stack, ("intercept", *names), y, (one, *others), base, wide)

    @property
    def complete(self) -> bool:
        """Whether all dyads were observed."""
        return bool((self.base == self.stack.dyads).all())

    @property
    def n(self) -> int:
        """Number of dyads."""
        return int(self.base.sum())

    def matrix(self, without: int | None = None) -> Array:
        """The predictors of the dyads, one per column; one may be left out."""
        kept = [column[self.base] for place, column in enumerate(self.columns) if place != without]
        return np.stack(kept, axis=1)

    def filled(self, cells: Array) -> Array:
        """Cells with 0 where there is none."""
        return np.where(self.wide, cells, 0.0)

    def check(self) -> None:
        """Refuse predictors that do not vary, or that others determine."""
        if self.n <= len(self.names):
            msg = f"{self.n:,} dyads are observed in all relations, too few for {len(self.names)} coefficients"
            raise ModelError(msg)
        known: list[Array] = []
        for place, name in enumerate(self.names):
            values = self.columns[place][self.base]
            left = values.copy()
            for _ in range(2):  # twice, since rounding leaves a little the first time
                for other in known:
                    left -= (left @ other) * other
            size, rest = float(np.linalg.norm(values)), float(np.linalg.norm(left))
            if rest > 1e-9 * size and size > 0:
                known.append(left / rest)
                continue
            if np.ptp(values) <= 1e-9 * max(size, 1e-300):
                msg = f"the predictor {name!r} is {values[0]:g} in all {self.n:,} dyads, so that it predicts nothing"
                raise ModelError(msg)
            msg = f"the predictor {name!r} follows from {', '.join(self.names[1:place])} in all dyads; leave one out"
            raise ModelError(msg)


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
    y, x = design.y[design.base], design.matrix()
    n, p = x.shape
    spread = float(((y - y.mean()) ** 2).sum())
    if spread <= NOTHING * max(float((y * y).sum()), 1e-300):
        msg = f"the outcome is {y[0]:g} in all {n:,} dyads, so that there is nothing to predict"
        raise ModelError(msg)
    q, r = np.linalg.qr(x)
    beta = np.linalg.solve(r, q.T @ y)
    left = y - x @ beta
    rest = float(left @ left)
    if rest <= NOTHING * spread:
        msg = "the predictors give the outcome exactly, so that there is no variation to test against"
        raise ModelError(msg)
    inverse = np.linalg.inv(r)
    unit = inverse @ inverse.T
    if robust:
        inner = q * left[:, None]
        covariance = inverse @ (inner.T @ inner) @ inverse.T * n / (n - p)
    else:
        covariance = unit * rest / (n - p)
    variances = x.var(axis=0)
    with np.errstate(invalid="ignore"):
        standardized = beta * np.sqrt(variances / y.var())
    standardized[0] = np.nan
    # The sum of squares that the other predictors leave of one is 1 ÷ its cell of (XᵀX)⁻¹.
    vif = n * variances * np.diag(unit)
    vif[0] = np.nan
    share = 1 - rest / spread
    return LinearFit(beta, np.sqrt(np.diag(covariance)), standardized, vif, share, 1 - (1 - share) * (n - 1) / (n - p))


def left_of(design: Design, place: int) -> Array:
    """What the other predictors leave of one, cell by cell."""
    others = [column for at, column in enumerate(design.columns) if at != place]
    x = np.stack([column[design.base] for column in others], axis=1)
    slopes = np.linalg.lstsq(x, design.columns[place][design.base], rcond=None)[0]
    explained: Array = sum(
        (slope * column for slope, column in zip(slopes, others, strict=True)), np.zeros_like(design.y)
    )
    return design.columns[place] - explained


def _basis(design: Design, without: int | None) -> list[Array]:
    """Orthonormal columns that span the predictors, cell by cell; the first is the intercept's."""
    q = np.linalg.qr(design.matrix(without))[0]
    found = []
    for column in q.T:
        cells = np.zeros_like(design.y)
        cells[design.base] = column
        found.append(cells)
    return found


def predictor(design: Design, place: int, seed: int, *, partial: bool, robust: bool) -> Kernel:
    """Make a kernel for the t of one predictor, permuted as it is or after what the others explain is taken off."""
    moving = left_of(design, place) if partial else design.columns[place] - design.columns[place][design.base].mean()
    basis = _basis(design, place)
    y, own = design.y[design.base], np.stack([column[design.base] for column in basis], axis=1)
    target = np.zeros_like(design.y)
    target[design.base] = y - own @ (own.T @ y)
    p, layout = len(design.columns), design.stack.layout
    if robust:
        factor = np.sqrt((design.n - p) / design.n)
        return _Robust(layout, design.filled(moving), basis, [target], "predictor", factor, seed)
    if not design.complete:
        return _PartlyObserved(layout, design.wide, design.filled(moving), basis, target, p, seed)
    size, rest = float((moving[design.base] ** 2).sum()), float((target**2).sum())
    # What moves adds up to 0, so its product with the intercept is 0.
    return _Predictor(layout, design.filled(moving), [target, *basis[1:]], size, rest, design.n - p, seed)


def outcome(design: Design, seed: int, *, robust: bool) -> Kernel:
    """Make a kernel for the t of all coefficients under permutations of the outcome."""
    mean = float(design.y[design.base].mean())
    moving, layout = design.filled(design.y - mean), design.stack.layout
    x = design.matrix()
    unit = np.asarray(np.linalg.inv(x.T @ x), dtype=np.float64)
    targets = []
    for row in unit @ x.T:
        cells = np.zeros_like(design.y)
        cells[design.base] = row
        targets.append(cells)
    if robust:
        factor = np.sqrt((design.n - x.shape[1]) / design.n)
        # The intercept needs the mean back.
        return _Robust(layout, design.filled(design.y), _basis(design, None), targets, "outcome", factor, seed)
    if not design.complete:
        columns = [design.filled(column) for column in design.columns]
        return _OutcomePartlyObserved(layout, design.wide, design.base, moving, columns, mean, seed)
    size = float((moving[design.base] ** 2).sum())
    gram: Array = x.T @ x
    return _Outcome(layout, moving, targets, gram, unit, size, mean, design.n, seed)


# Kernels --------------------------------------------------------------------------------------------------


def _sums(
    layout: Layout,
    moving: list[Array],
    fixed: list[Array],
    pairs: list[tuple[int, int]],
    draws: tuple[int, int, int],
    *,
    progress: bool,
) -> Array:
    first, count, seed = draws
    found = _core.inference_permuted_products(layout, moving, fixed, pairs, first, count, seed, progress)
    return found.reshape(count, len(pairs))


@dataclass(frozen=True, slots=True)
class _Predictor:
    """The t of a permuted predictor beside others (complete data)."""

    layout: Layout
    moving: Array
    fixed: list[Array]
    size: float
    rest: float
    freedom: int
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        pairs = [(0, at) for at in range(len(self.fixed))]
        sums = _sums(self.layout, [self.moving], self.fixed, pairs, (first, count, self.seed), progress=progress)
        own = self.size - (sums[:, 1:] ** 2).sum(axis=1)
        return _t(sums[:, 0], np.where(own > NOTHING * self.size, own, np.nan), self.rest, self.freedom)


def _t(product: Array, own: Array, rest: Array | float, freedom: Array | float) -> Array:
    """The t from the product of what is left of a predictor and of the outcome, and their sums of squares."""
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.maximum(rest - product**2 / own, 0) / freedom
        found: Array = product / np.sqrt(own * variance)
    return found


@dataclass(frozen=True, slots=True)
class _PartlyObserved:
    """The t of a permuted predictor beside others, over the dyads that are observed in the draw."""

    layout: Layout
    seen: NDArray[np.bool_]
    moving: Array
    basis: list[Array]
    target: Array
    p: int
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        stay = [*self.basis, self.target]
        k = len(stay)
        cells = [(a, b) for a in range(k) for b in range(a + 1)]
        base = np.where(self.basis[0] != 0, 1.0, 0.0)
        fixed = [*(stay[a] * stay[b] for a, b in cells), *stay, base]
        moving = [self.seen.astype(float), self.moving, self.moving**2]
        pairs = [(0, at) for at in range(len(cells))] + [(1, len(cells) + at) for at in range(k)]
        pairs += [(2, len(fixed) - 1), (0, len(fixed) - 1)]
        sums = _sums(self.layout, moving, fixed, pairs, (first, count, self.seed), progress=progress)
        gram = np.zeros((count, k, k))
        for at, (a, b) in enumerate(cells):
            gram[:, a, b] = gram[:, b, a] = sums[:, at]
        cross, size, n = sums[:, len(cells) : len(cells) + k], sums[:, -2], sums[:, -1]
        q = k - 1
        with np.errstate(all="ignore"):
            fitted = _solved(gram[:, :q, :q], np.stack([cross[:, :q], gram[:, :q, q]], axis=2))
            own = size - (cross[:, :q] * fitted[:, :, 0]).sum(axis=1)
            product = cross[:, q] - (cross[:, :q] * fitted[:, :, 1]).sum(axis=1)
            rest = gram[:, q, q] - (gram[:, :q, q] * fitted[:, :, 1]).sum(axis=1)
            own = np.where((own > 1e-9 * size) & (n > self.p), own, np.nan)
            return _t(product, own, rest, n - self.p)


def _solved(gram: Array, right: Array) -> Array:
    """Solve for each draw; NaN where a matrix is singular."""
    good: NDArray[np.bool_] = np.asarray(np.isfinite(gram).all(axis=(1, 2)))
    good[good] = np.linalg.cond(gram[good]) < 1e10  # noqa: PLR2004 (half of the digits)
    found = np.full_like(right, np.nan)
    found[good] = np.linalg.solve(gram[good], right[good])
    return found


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The t of all coefficients under a permuted outcome (complete data)."""

    layout: Layout
    moving: Array
    targets: list[Array]
    gram: Array
    unit: Array
    size: float
    mean: float
    n: int
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        pairs = [(0, at) for at in range(len(self.targets))]
        beta = _sums(self.layout, [self.moving], self.targets, pairs, (first, count, self.seed), progress=progress)
        rest = self.size - np.einsum("di,ij,dj->d", beta, self.gram, beta)
        se = np.sqrt(np.maximum(rest, 0)[:, None] / (self.n - len(self.targets)) * np.diag(self.unit))
        beta[:, 0] += self.mean
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Array = beta / se
        return found


@dataclass(frozen=True, slots=True)
class _OutcomePartlyObserved:
    """The t of all coefficients under a permuted outcome, over the dyads that are observed in the draw."""

    layout: Layout
    seen: NDArray[np.bool_]
    base: NDArray[np.bool_]
    moving: Array
    columns: list[Array]
    mean: float
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        p = len(self.columns)
        base = self.base.astype(float)
        cells = [(a, b) for a in range(p) for b in range(a + 1)]
        stay = [column * base for column in self.columns]
        fixed = [*(stay[a] * stay[b] for a, b in cells), *stay]
        moving = [self.seen.astype(float), self.moving, self.moving**2]
        pairs = [(0, at) for at in range(len(cells))] + [(1, len(cells) + at) for at in range(p)] + [(2, len(cells))]
        sums = _sums(self.layout, moving, fixed, pairs, (first, count, self.seed), progress=progress)
        gram = np.zeros((count, p, p))
        for at, (a, b) in enumerate(cells):
            gram[:, a, b] = gram[:, b, a] = sums[:, at]
        cross, size, n = sums[:, len(cells) : len(cells) + p], sums[:, -1], sums[:, 0]
        with np.errstate(all="ignore"):
            # Columns of very different size would make the sums look singular.
            scale = 1 / np.sqrt(np.einsum("dii->di", gram))
            unit = _solved(gram * scale[:, :, None] * scale[:, None, :], np.broadcast_to(np.eye(p), gram.shape))
            unit = unit * scale[:, :, None] * scale[:, None, :]
            beta = np.einsum("dij,dj->di", unit, cross)
            rest = np.maximum(size - (beta * cross).sum(axis=1), 0)
            freedom = np.where(n > p, n - p, np.nan)
            se = np.sqrt((rest / freedom)[:, None] * np.einsum("dii->di", unit))
            beta[:, 0] += self.mean
            found: Array = beta / se
        return found


@dataclass(frozen=True, slots=True)
class _Robust:
    """Heteroskedasticity-robust t of a permuted predictor, or of all under a permuted outcome (complete data)."""

    layout: Layout
    moving: Array
    basis: list[Array]
    targets: list[Array]
    role: str
    factor: float
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        found = _core.inference_permuted_robust(
            self.layout, self.moving, self.basis, self.targets, self.role, first, count, self.seed, progress
        )
        shape = (count,) if self.role == "predictor" else (count, len(self.targets))
        return found.reshape(shape) * self.factor

"""The likelihood of the network autocorrelation model, and its maximum.

y = ρWy + Xβ + u and u = λMu + ν. With A = I - ρW, B = I - λM and ν = B(Ay - Xβ), the log-likelihood is
log|A| + log|B| - n/2·log(2πσ²) - ν'ν/2σ². Given ρ and λ, the best β is least squares of BAy on BX, and the best σ² is
ν'ν/n; what is left is a function of ρ and λ, which is searched on a grid first, because it may have several maxima, and
then by Newton's method.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet.errors import ConvergenceError, ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Influence", "Likelihood", "Point"]

# A real part below this share of the largest eigenvalue is 0.
REAL = 1e-6
# How far the grid reaches where nothing bounds ρ or λ, in units of 1 ÷ the largest sum of a row.
FAR = 5.0
# Points of the grid for one parameter, and along each side for two.
LINE, SIDE = 200, 40
# How many maxima of the grid Newton's method starts from.
STARTS = 5
# A step this short, in standard errors squared, is the last.
SETTLED = 1e-16
STEPS = 100
# The least curvature that a step goes by, as a share.
FLAT = 1e-8
# So near the top rounding hides what a step gains.
HIDDEN = 1e-8
# Residuals below this share of the size of what they are residuals of are rounding.
ROUNDING = 1e-13
# Where the variance falls below this share of that of y, it goes to 0.
NOTHING = 1e-12


class Influence:
    """The weights of one of the two terms, and what their eigenvalues tell of log|I - rW|."""

    def __init__(self, matrix: NDArray[np.float64] | None, n: int) -> None:
        self.there = matrix is not None
        self.matrix = np.zeros((n, n)) if matrix is None else matrix
        symmetric = np.array_equal(self.matrix, self.matrix.T)
        values = np.linalg.eigvalsh(self.matrix) if symmetric else np.linalg.eigvals(self.matrix)
        self.eigenvalues = values if self.there else np.zeros(0)
        # Where all real parts are 0, as with weights that are each other's opposite, their size bounds r.
        radius, real = np.abs(self.eigenvalues).max(initial=0.0), self.eigenvalues.real
        low, high = real.min(initial=0.0), real.max(initial=0.0)
        bound = 1 / radius if radius else np.inf
        self.low = 1 / low if low < -REAL * radius else -bound
        self.high = 1 / high if high > REAL * radius else bound

    def log_det(self, r: NDArray[np.float64]) -> NDArray[np.float64]:
        """log|I - rW| for each r."""
        found: NDArray[np.float64] = np.log(np.abs(1 - r[:, None] * self.eigenvalues)).sum(axis=1)
        return found

    def trace(self, r: float, power: int) -> float:
        """The trace of (W(I - rW)⁻¹) to a power."""
        return float(((self.eigenvalues / (1 - r * self.eigenvalues)) ** power).sum().real)

    def grid(self, size: int) -> NDArray[np.float64]:
        """Values of r to look at, denser towards the bounds; 0 only where there is no such term."""
        if not self.there:
            return np.zeros(1)
        reach = FAR / np.abs(self.matrix).sum(axis=1).max()
        low = self.low if np.isfinite(self.low) else -reach
        high = self.high if np.isfinite(self.high) else reach
        return (low + high) / 2 - (high - low) / 2 * np.cos(np.pi * (np.arange(size) + 0.5) / size)


@dataclass(frozen=True, slots=True)
class Point:
    """The best fit for one ρ and λ."""

    rho: float
    lam: float
    beta: NDArray[np.float64]
    variance: float
    value: float
    disturbances: NDArray[np.float64]  # u = Ay - Xβ
    innovations: NDArray[np.float64]  # ν = Bu


class Likelihood:
    """The log-likelihood of y given the predictors and the weights."""

    def __init__(self, y: NDArray[np.float64], x: NDArray[np.float64], effects: Influence, others: Influence) -> None:
        self.y, self.x, self.effects, self.others = y, x, effects, others
        self.lagged = effects.matrix @ y
        self.free = [at for at, one in enumerate((effects, others)) if one.there]
        self._needs_variation()

    def _needs_variation(self) -> None:
        """Refuse a y, or influences on it, that the predictors give without error."""
        y, lagged = self._left(0.0)
        if np.linalg.norm(y) <= ROUNDING * np.linalg.norm(self.y):
            msg = "the predictors give y without any error, so that there is nothing to explain. Use fewer of them"
            raise ModelError(msg)
        if self.effects.there and np.linalg.norm(lagged) <= ROUNDING * np.linalg.norm(self.lagged):
            msg = (
                "the sums of the others' y, weighted by effects, are collinear with the predictors, so that their "
                "influence can't be told from that of the predictors. Leave one of them out"
            )
            raise ModelError(msg)

    def _left(self, lam: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What is left of By and BWy beside BX."""
        filtered = [one - lam * (self.others.matrix @ one) for one in (self.x, self.y, self.lagged)]
        basis = np.linalg.qr(filtered[0])[0]
        return filtered[1] - basis @ (basis.T @ filtered[1]), filtered[2] - basis @ (basis.T @ filtered[2])

    def _concentrated(self, squares: NDArray[np.float64]) -> NDArray[np.float64]:
        """The log-likelihood without the determinants, for sums of squared innovations."""
        n = len(self.y)
        return -n / 2 * (np.log(2 * np.pi * squares / n) + 1)

    def at(self, rho: float, lam: float) -> Point:
        """Find the best β and σ² for one ρ and λ."""
        y = self.y - rho * self.lagged
        x, filtered = self.x - lam * (self.others.matrix @ self.x), y - lam * (self.others.matrix @ y)
        q, r = np.linalg.qr(x)
        beta = np.linalg.solve(r, q.T @ filtered)
        innovations = filtered - x @ beta
        squares = float(innovations @ innovations)
        with np.errstate(divide="ignore"):
            value = self._concentrated(np.array([squares]))
        value = value + self.effects.log_det(np.array([rho])) + self.others.log_det(np.array([lam]))
        return Point(rho, lam, beta, squares / len(y), float(value[0]), y - self.x @ beta, innovations)

    def gradient(self, point: Point) -> NDArray[np.float64]:
        """The slope of the log-likelihood along those of ρ and λ that are there, β and σ² at their best."""
        lagged = self.lagged - point.lam * (self.others.matrix @ self.lagged)
        swayed = self.others.matrix @ point.disturbances
        slopes = np.array([lagged, swayed]) @ point.innovations / point.variance
        slopes -= self.effects.trace(point.rho, 1), self.others.trace(point.lam, 1)
        return slopes[self.free]

    def information(self, point: Point) -> NDArray[np.float64]:
        """The negative second derivatives, observed: along β, ρ and λ if there, σ²."""
        m, variance = self.others.matrix, point.variance
        filtered = [one - point.lam * (m @ one) for one in (self.x, self.lagged)]
        # Minus the slopes of ν along β, ρ, λ; and where two of them work together.
        slopes = np.column_stack([*filtered, m @ point.disturbances])
        p = self.x.shape[1]
        found = np.zeros((p + 3, p + 3))
        found[:-1, :-1] = slopes.T @ slopes
        along = np.append(m @ self.x, (m @ self.lagged)[:, None], axis=1).T @ point.innovations
        found[: p + 1, p + 1] += along
        found[p + 1, : p + 1] += along
        found /= variance
        found[p, p] += self.effects.trace(point.rho, 2)
        found[p + 1, p + 1] += self.others.trace(point.lam, 2)
        found[:-1, -1] = found[-1, :-1] = slopes.T @ point.innovations / variance**2
        found[-1, -1] = len(self.y) / (2 * variance**2)
        keep = [*range(p), *(p + at for at in self.free), p + 2]
        return found[np.ix_(keep, keep)]

    def _starts(self) -> list[tuple[float, float]]:
        """Maxima of the log-likelihood on a grid, the highest first; and the ρ and λ with the least squares."""
        size = SIDE if len(self.free) > 1 else LINE
        rhos, lams = self.effects.grid(size), self.others.grid(size)
        values, least = np.empty((len(rhos), len(lams))), np.zeros((len(lams), 2))
        for at, lam in enumerate(lams.tolist()):
            y, lagged = self._left(lam)
            squares = y @ y - 2 * rhos * (y @ lagged) + rhos**2 * (lagged @ lagged)
            values[:, at] = self._concentrated(np.maximum(squares, np.finfo(float).tiny))
            if self.effects.there:
                best = np.clip((y @ lagged) / (lagged @ lagged), rhos[0], rhos[-1])
                least[at] = best, ((y - best * lagged) ** 2).sum()
        values += self.effects.log_det(rhos)[:, None] + self.others.log_det(lams)
        around = np.pad(values, 1, constant_values=-np.inf)
        shape = tuple(slice(1, 1 + length) for length in values.shape)
        highest = np.max([np.roll(around, (i, j), (0, 1))[shape] for i in (-1, 0, 1) for j in (-1, 0, 1)], axis=0)
        tops = np.argwhere(values >= highest)
        order = np.argsort(-values[tops[:, 0], tops[:, 1]], kind="stable")[:STARTS]
        starts = [(float(rhos[i]), float(lams[j])) for i, j in tops[order].tolist()]
        # Where the outcomes are far from 0, ρ may be known so well that its maximum falls between the points.
        at = int(np.argmin(least[:, 1]))
        return [*starts, (float(least[at, 0]), float(lams[at]))] if self.effects.there else starts

    def maximum(self) -> Point:
        """Find the highest point."""
        if not self.free:
            return self.at(0.0, 0.0)
        found = [climbed for start in self._starts() if (climbed := self._climb(*start)) is not None]
        if not found:
            bounds = " and ".join(
                f"{name} between {one.low:.4g} and {one.high:.4g}"
                for name, one in (("rho", self.effects), ("lambda", self.others))
                if one.there
            )
            msg = (
                f"the likelihood has no maximum with {bounds}: it rises towards a bound, or until y is fitted without "
                "error. A network in which (almost) all are tied to all does that"
            )
            raise ConvergenceError(msg)
        return max(found, key=lambda point: point.value)

    def _climb(self, rho: float, lam: float) -> Point | None:
        """Newton's method from one point; None where it finds no maximum within the bounds."""
        point, floor = self.at(rho, lam), NOTHING * float(np.var(self.y))
        for _ in range(STEPS):
            if not point.variance > floor:
                return None
            slope = self.gradient(point)
            step = self._step(point, slope)
            gain = float(slope @ step)
            if gain <= SETTLED:
                return point
            following = self._along(point, step, gain)
            if following is None:
                return None
            point = following
        return None

    def _step(self, point: Point, slope: NDArray[np.float64]) -> NDArray[np.float64]:
        """The step of Newton's method, uphill along every axis of the curvature."""
        information, k = self.information(point), len(slope)
        p = self.x.shape[1]
        own, rest = slice(p, p + k), [*range(p), p + k]
        cross = information[own, rest]
        curvature = information[own, own] - cross @ np.linalg.solve(information[np.ix_(rest, rest)], cross.T)
        # In units in which the curvature along ρ and λ is 1: they may differ by orders of magnitude.
        unit = np.sqrt(np.maximum(np.abs(np.diag(curvature)), np.finfo(float).tiny))
        values, axes = np.linalg.eigh(curvature / np.outer(unit, unit))
        values = np.maximum(np.abs(values), FLAT)
        step: NDArray[np.float64] = axes @ ((axes.T @ (slope / unit)) / values) / unit
        return step

    def _along(self, point: Point, step: NDArray[np.float64], gain: float) -> Point | None:
        """The first of ever shorter steps that stays within the bounds and gains."""
        full = np.zeros(2)
        full[self.free] = step
        for halving in range(40):
            rho, lam = np.array([point.rho, point.lam]) + full / 2**halving
            if self.effects.low < rho < self.effects.high and self.others.low < lam < self.others.high:
                following = self.at(float(rho), float(lam))
                if following.value >= point.value + 1e-4 * gain / 2**halving or gain < HIDDEN:
                    return following
        return None

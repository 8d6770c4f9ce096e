"""What pairs of groups have in common: the prior of each, drawn from its posterior given all of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Prior"]

# The weights, in dyads, that the prior may have: from 1 to 1,024, equally probable beforehand.
WEIGHTS = 2.0 ** np.arange(11)
# What the whole network weighs, in dyads, beside pairs of one kind; and the least parameter that can be drawn from.
WHOLE, LEAST = 2.0, 1e-6


@dataclass(frozen=True, slots=True)
class Prior:
    """
    Prior of the state of a dyad, for pairs of groups of one kind (of one group, or of two).

    Its mean and its weight κ are not known. κ is drawn from its posterior over `WEIGHTS` given the dyads with two
    reports (Dirichlet-multinomial likelihood). Given κ a pair with N dyads tells as much of the mean as
    N(κ + 1) ÷ (κ + N) independent dyads do: of alike pairs (large κ) all dyads count, of different ones each pair as
    one. So that the mean is drawn from a Dirichlet distribution with these counts, and those of the whole network with
    the weight of two dyads.

    counts: (k, s) dyads of each pair by state; whole: (s,) dyad distribution of the network; chances: of each weight.
    """

    counts: NDArray[np.float64]
    whole: NDArray[np.float64]
    chances: NDArray[np.float64]

    @classmethod
    def of(cls, counts: NDArray[np.float64], whole: NDArray[np.float64]) -> Prior:
        """Find the posterior of the weight."""
        found = cls(counts, whole, np.zeros(len(WEIGHTS)))
        seen = counts[counts.sum(axis=1) > 0]
        logs = np.array([_likelihood(seen, weight, found.parameters(weight)) for weight in WEIGHTS.tolist()])
        chances = np.exp(logs - logs.max())
        return cls(counts, whole, chances / chances.sum())

    def parameters(self, weight: float) -> NDArray[np.float64]:
        """Give the parameters of the distribution of the mean, given the weight."""
        dyads = self.counts.sum(axis=1, keepdims=True)
        found: NDArray[np.float64] = WHOLE * self.whole + (self.counts * (weight + 1) / (weight + dyads)).sum(axis=0)
        return found

    def draw(self, random: np.random.Generator) -> NDArray[np.float64]:
        """Draw a prior: parameters of a Dirichlet distribution of the s states."""
        weight = float(random.choice(WEIGHTS, p=self.chances))
        mean = random.standard_gamma(self.parameters(weight))
        found: NDArray[np.float64] = np.maximum(weight * mean / mean.sum(), LEAST)
        return found


def _likelihood(counts: NDArray[np.float64], weight: float, parameters: NDArray[np.float64]) -> float:
    """Log-likelihood of the dyads of each pair, given the weight of the prior and its mean."""
    alpha = np.maximum(weight * parameters / parameters.sum(), LEAST).tolist()
    found = 0.0
    for row in counts.tolist():
        found += lgamma(weight) - lgamma(weight + sum(row))
        found += sum(lgamma(one + count) - lgamma(one) for one, count in zip(alpha, row, strict=True))
    return found

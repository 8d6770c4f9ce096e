"""A stochastic block model of dyads: what was observed of each pair of groups, and draws of its probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet.survey._prior import Prior

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Blocks"]

# Steps after which data augmentation has forgotten where it began, and expectation-maximisation has settled.
SWEEPS, ROUNDS = 50, 500
# States of a dyad from the first group to the second: mutual, one way, the other way, null.
TURNED = [0, 2, 1, 3]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What was observed of each unordered pair of groups.

    Dyads stand so that the first actor's group is not behind the second's. Their states are numbered 0 mutual, 1 from
    first to second only, 2 from second to first only, 3 null; in an undirected network 0 a tie and 1 none.

    first, second: the groups of each of k pairs; between: those of two groups; pair: of each dyad; there, back: the
    reports of each dyad, NaN where there is none (undirected: `back` equals `there`).
    two: (k, 4) dyads with two reports, by state (undirected: (k, 2)); ahead, behind: (k, 2) dyads with the report of
    the first or of the second actor only: a tie, no tie; none: (k,) dyads without a report.
    """

    names: Sequence[Any]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    directed: bool
    two: NDArray[np.float64]
    ahead: NDArray[np.float64]
    behind: NDArray[np.float64]
    none: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        names: Sequence[Any],
        pair: NDArray[np.int64],
        there: NDArray[np.float64],
        back: NDArray[np.float64],
        *,
        directed: bool,
    ) -> Blocks:
        """Count what was observed."""
        first, second = np.triu_indices(len(names))
        k = len(first)
        seen, answered = ~np.isnan(there), ~np.isnan(back)

        def counts(which: NDArray[np.bool_], state: NDArray[np.float64], states: int) -> NDArray[np.float64]:
            code = pair[which] * states + state[which].astype(np.int64)
            return np.bincount(code, minlength=k * states).reshape(k, states).astype(np.float64)

        state = 2 * (1 - there) + (1 - back) if directed else 1 - there
        return cls(
            names,
            first.astype(np.int64),
            second.astype(np.int64),
            directed,
            counts(seen & answered, state, 4 if directed else 2),
            counts(seen & ~answered, 1 - there, 2),
            counts(answered & ~seen, 1 - back, 2),
            np.bincount(pair[~seen & ~answered], minlength=k).astype(np.float64),
        )

    @property
    def dyads(self) -> NDArray[np.float64]:
        """Number of dyads of each pair."""
        one: NDArray[np.float64] = self.ahead.sum(axis=1) + self.behind.sum(axis=1)
        dyads: NDArray[np.float64] = self.two.sum(axis=1) + one + self.none
        return dyads

    @property
    def unseen(self) -> NDArray[np.bool_]:
        """Pairs that have dyads of which no report was observed."""
        unseen: NDArray[np.bool_] = (self.dyads > 0) & (self.none == self.dyads)
        return unseen

    def overall(self) -> NDArray[np.float64]:
        """Dyad distribution of the whole network, with half a dyad added to each state."""
        if not self.directed:
            ties, none = self.two.sum(axis=0) + 0.5
            return np.array([ties / (ties + none), none / (ties + none)])
        mutual, ahead, behind, null = self.two.sum(axis=0)
        full = np.array([mutual, ahead + behind, null]) + 0.5
        tie, absent = (self.ahead + self.behind).sum(axis=0)
        p = full / full.sum()
        for _ in range(ROUNDS):
            returned, alone = p[0] / (p[0] + p[1] / 2), p[1] / 2 / (p[1] / 2 + p[2])
            p = full + np.array([tie * returned, tie * (1 - returned) + absent * alone, absent * (1 - alone)])
            p /= p.sum()
        return np.array([p[0], p[1] / 2, p[1] / 2, p[2]])

    def priors(self) -> tuple[Prior, Prior]:
        """Give the priors of pairs of one group and of two; within a group, and without direction, of fewer states.

        Which of two groups stands first means nothing, so that one way and the other are one state here.
        """
        whole = self.overall()
        within, counts = self.first == self.second, self.two
        if self.directed:
            whole, counts = _folded(whole[None, :])[0], _folded(counts)
        return Prior.of(counts[within], whole), Prior.of(counts[~within], whole)

    def draw(self, priors: tuple[Prior, Prior], random: np.random.Generator) -> NDArray[np.float64]:
        """Draw the probabilities of the states of each pair of groups, given what was observed."""
        across = self.first != self.second
        alphas = [prior.draw(random) for prior in priors]
        if not self.directed:
            alpha = np.where(across[:, None], alphas[1], alphas[0])
            tie = random.beta(alpha[:, 0] + self.two[:, 0], alpha[:, 1] + self.two[:, 1])
            return np.column_stack([tie, 1 - tie])
        within, between = (np.array([a[0], a[1] / 2, a[1] / 2, a[2]]) for a in alphas)
        p = np.empty((len(self.first), 4))
        p[across] = _between(self.two[across], self.ahead[across], self.behind[across], between, random)
        p[~across] = _within(self.two[~across], (self.ahead + self.behind)[~across], within, random)
        return p


def _folded(states: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take both ways as one state."""
    return np.column_stack([states[:, 0], states[:, 1] + states[:, 2], states[:, 3]])


def _between(
    two: NDArray[np.float64],
    ahead: NDArray[np.float64],
    behind: NDArray[np.float64],
    alpha: NDArray[np.float64],
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Draw for pairs of two groups by monotone data augmentation.

    The reports of the side with more dyads of its own report enter directly: P(its report), and P(the other's | its)
    are then independent beta distributions. Only the few dyads of the other side's report alone are augmented.
    """
    turn = behind.sum(axis=1) > ahead.sum(axis=1)
    two = np.where(turn[:, None], two[:, TURNED], two)
    major = np.where(turn[:, None], behind, ahead)
    minor: NDArray[np.int64] = np.where(turn[:, None], ahead, behind).astype(np.int64)
    full = two
    p = _joint(full, major, alpha, random)
    for _ in range(SWEEPS if minor.any() else 0):
        tie = random.binomial(minor[:, 0], _part(p[:, 0], p[:, 2]))
        absent = random.binomial(minor[:, 1], _part(p[:, 1], p[:, 3]))
        full = two + np.column_stack([tie, absent, minor[:, 0] - tie, minor[:, 1] - absent])
        p = _joint(full, major, alpha, random)
    return np.where(turn[:, None], p[:, TURNED], p)


def _joint(
    full: NDArray[np.float64], major: NDArray[np.float64], alpha: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the four probabilities, given dyads with two reports and those with the report of one side."""
    a = full + alpha
    tie = random.beta(a[:, 0] + a[:, 1] + major[:, 0], a[:, 2] + a[:, 3] + major[:, 1])
    returned, alone = random.beta(a[:, 0], a[:, 1]), random.beta(a[:, 2], a[:, 3])
    return np.column_stack([tie * returned, tie * (1 - returned), (1 - tie) * alone, (1 - tie) * (1 - alone)])


def _within(
    two: NDArray[np.float64], one: NDArray[np.float64], alpha: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Draw for dyads within a group, in which the two actors are alike, by data augmentation."""
    full = np.column_stack([two[:, 0] + alpha[0], two[:, 1] + two[:, 2] + alpha[1] + alpha[2], two[:, 3] + alpha[3]])
    reports: NDArray[np.int64] = one.astype(np.int64)
    p = _dirichlet(full, random)
    for _ in range(SWEEPS if reports.any() else 0):
        mutual = random.binomial(reports[:, 0], _part(p[:, 0], p[:, 1] / 2))
        alone = random.binomial(reports[:, 1], _part(p[:, 1] / 2, p[:, 2]))
        more = np.column_stack([mutual, reports[:, 0] - mutual + alone, reports[:, 1] - alone])
        p = _dirichlet(full + more, random)
    return np.column_stack([p[:, 0], p[:, 1] / 2, p[:, 1] / 2, p[:, 2]])


def _dirichlet(alpha: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    found = random.standard_gamma(alpha)
    total: NDArray[np.float64] = found.sum(axis=1, keepdims=True)
    return found / total


def _part(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of one in both; one half where both are 0 to the last bit."""
    total = one + other
    return np.divide(one, total, out=np.full_like(total, 0.5), where=total > 0)

"""Tests of whether an outcome of actors differs between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._actor_values import groups_in, kind_from, named, numbers_of
from wholenet._checks import core_of, seeded, whole
from wholenet.errors import ArgumentError, ModelError
from wholenet.inference._draws import drawn
from wholenet.inference._permuted import Permuted
from wholenet.inference._results import ResamplingTest, tested

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network

__all__ = ["permutation_anova", "permutation_ttest"]

TWO = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of the first group minus that of the second."""

    values: NDArray[np.float64]  # less their mean
    first: int  # how many are in the first group

    @property
    def width(self) -> int:
        """Cells of memory that an order takes."""
        return len(self.values)

    def __call__(self, orders: NDArray[np.intp]) -> NDArray[np.float64]:
        """Take the first places of each order as the first group."""
        total: NDArray[np.float64] = self.values[orders[:, : self.first]].sum(axis=1, keepdims=True)
        return total / self.first + total / (len(self.values) - self.first)


@dataclass(frozen=True, slots=True)
class Between:
    """The share of the variance that lies between groups."""

    values: NDArray[np.float64]  # less their mean
    ends: tuple[int, ...]  # where each group ends among the places of an order

    @property
    def width(self) -> int:
        """Cells of memory that an order takes."""
        return len(self.values)

    def __call__(self, orders: NDArray[np.intp]) -> NDArray[np.float64]:
        """Take the first places of each order as the first group, and so on."""
        squares, start = np.zeros((len(orders), 1)), 0
        for end in self.ends:
            squares += self.values[orders[:, start:end]].sum(axis=1, keepdims=True) ** 2 / (end - start)
            start = end
        return squares / float((self.values**2).sum())


def permutation_ttest(
    values: str | ArrayLike,
    *,
    by: str | ArrayLike,
    net: Network | None = None,
    permutations: int = 10_000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> ResamplingTest:
    """Permutation t-test: whether the mean of an outcome differs between two groups of actors.

    Parameters
    ----------
    values : str, or array of shape (n,)
        The outcome: an attribute of `net`, or a number for each actor, for instance ``centrality.degree(net)``.
    by : str, or array of shape (n,)
        The groups, of which there must be two: an attribute of `net`, or a group for each actor.
    net : Network, optional
        The network whose attributes and actors these are; without one both are arrays.
    permutations : int
        How many random orders of the values.
    seed : int, optional
        Makes the test reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    ResamplingTest
        The difference of the means (first group in sorted order minus second), p-values, and the differences of the
        permutations.

    Raises
    ------
    ArgumentError
        A number is missing or not finite, lengths do not fit, or there are not two groups.
    ColumnError
        The network has no such attribute.
    LabelError
        An actor has no group.
    ModelError
        The values are all the same.
    ExecutorError
        The executor died.

    Notes
    -----
    The null hypothesis is that the values would be the same whichever group an actor is in, so that any other order of
    them is as probable. Each draw puts the values in random order and takes the difference of the two means again. The
    order of Student's t is the same, so that the p-values are those of t. Two-sided: the share of draws that differ at
    least as much in either direction. The test is exact as long as either the values or the groups are spread over the
    actors without regard to their ties; where both follow the same ties, it rejects too often. Unequal variances are a
    difference, too: with groups of different sizes the test may reject for them.

    A group needs one actor only. O(permutations × n) time. The same seed gives the same bits with any executor.

    Peers: UCINET has it among its node-level tests, with 10,000 permutations; R's sna does not.

    References
    ----------
    Borgatti, S. P., Everett, M. G. & Johnson, J. C. (2013). Analyzing Social Networks, ch. 8. Sage.

    Examples
    --------
    Of the 10 ways to choose two of five values, only that of 4 and 5 has so high a difference.

    >>> import wholenet as wn
    >>> found = wn.inference.permutation_ttest([4, 5, 1, 2, 3], by=["a", "a", "b", "b", "b"], seed=1)
    >>> found.estimate, round(found.p_upper, 1)
    (2.5, 0.1)
    """
    common = _Common.read(values, by, net, permutations, seed)
    if len(common.names) != TWO:
        msg = (
            f"by must hold two groups, but holds {len(common.names):,}. With more, use permutation_anova; leave others "
            "out with net.subset(...)"
        )
        raise ArgumentError(msg)
    order = np.argsort(common.codes, kind="stable")
    statistic = Difference(common.centred[order], int((common.codes == 0).sum()))
    first, second = common.names
    return common.test(
        statistic,
        name=f"mean of {common.outcome}: {first} minus {second}",
        null=f"{common.outcome} does not depend on the group: any order of the values is as probable",
        peers="UCINET: node-level t-test; R: none in sna",
        more="",
        executor=executor,
        progress=progress,
    )


def permutation_anova(
    values: str | ArrayLike,
    *,
    by: str | ArrayLike,
    net: Network | None = None,
    permutations: int = 10_000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> ResamplingTest:
    """Permutation analysis of variance: whether the mean of an outcome differs between groups of actors.

    Parameters
    ----------
    values : str, or array of shape (n,)
        The outcome: an attribute of `net`, or a number for each actor, for instance ``centrality.degree(net)``.
    by : str, or array of shape (n,)
        The groups: an attribute of `net`, or a group for each actor.
    net : Network, optional
        The network whose attributes and actors these are; without one both are arrays.
    permutations : int
        How many random orders of the values.
    seed : int, optional
        Makes the test reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    ResamplingTest
        Eta squared, from 0 (all means are equal) to 1 (within groups all values are), its p-values, and those of the
        permutations; F stands in `observed`. ``p_two_sided`` equals ``p_upper``: a difference in any direction raises
        eta squared.

    Raises
    ------
    ArgumentError
        A number is missing or not finite, lengths do not fit, there is only one group, or each actor is one.
    ColumnError
        The network has no such attribute.
    LabelError
        An actor has no group.
    ModelError
        The values are all the same.
    ExecutorError
        The executor died.

    Notes
    -----
    With g groups, n(k) actors and the mean m(k) in group k, m over all: eta squared is Σ n(k)·(m(k) - m)² ÷ Σ (x - m)²,
    and F = (eta² ÷ (g - 1)) ÷ ((1 - eta²) ÷ (n - g)). Each draw puts the values in random order. F rises with eta
    squared, so that the p-values are those of F. With two groups ``p_two_sided`` is that of `permutation_ttest`.

    O(permutations × n) time. The same seed gives the same bits with any executor.

    Peers: UCINET has it among its node-level tests, with 10,000 permutations; R's sna does not.

    References
    ----------
    Borgatti, S. P., Everett, M. G. & Johnson, J. C. (2013). Analyzing Social Networks, ch. 8. Sage.

    Examples
    --------
    >>> import wholenet as wn
    >>> found = wn.inference.permutation_anova([4, 5, 1, 2, 3], by=["a", "a", "b", "b", "b"], seed=1)
    >>> found.estimate
    0.75
    >>> found.observed
    '5 actors: 2 a (mean 4.5), 3 b (mean 2); F(1, 3) = 9'
    """
    common = _Common.read(values, by, net, permutations, seed)
    n, groups = len(common.codes), len(common.names)
    if not 1 < groups < n:
        msg = f"by must hold at least two groups, and fewer than the {n:,} actors, but holds {groups:,}"
        raise ArgumentError(msg)
    order = np.argsort(common.codes, kind="stable")
    ends = np.cumsum(np.bincount(common.codes))
    # Scaled, so that no square is too large or too small.
    statistic = Between(common.centred[order] / np.ptp(common.values), tuple(ends.tolist()))
    eta = float(statistic(np.arange(n)[None, :])[0, 0])
    # What rounding leaves of no variance within groups is none.
    ratio = eta / (groups - 1) / ((1 - eta) / (n - groups)) if 1 - eta > n * np.finfo(float).eps else np.inf
    return common.test(
        statistic,
        name=f"eta squared of {common.outcome}",
        null=f"{common.outcome} does not depend on the group: any order of the values is as probable",
        peers="UCINET: node-level ANOVA; R: none in sna",
        more=f"; F({groups - 1}, {n - groups}) = {ratio:.4g}",
        executor=executor,
        progress=progress,
    )


@dataclass(frozen=True, slots=True)
class _Common:
    """What both tests read."""

    outcome: str
    values: NDArray[np.float64]
    codes: NDArray[np.intp]
    names: list[Any]
    net: Network | None
    permutations: int
    seed: int
    kind: str

    @classmethod
    def read(cls, values: object, by: object, net: Network | None, permutations: object, seed: object) -> _Common:
        """Check the arguments."""
        if net is not None:
            core_of(net, two_mode=True)
        numbers = numbers_of(values, "values", net)
        codes, names = groups_in(by, "by", net)
        if len(codes) != len(numbers):
            msg = f"values holds {len(numbers):,} actors, but by {len(codes):,}"
            raise ArgumentError(msg)
        if not len(numbers) or np.ptp(numbers) == 0:
            msg = "values are the same for all actors, so that nothing can differ between groups"
            raise ModelError(msg)
        draws = whole(permutations, "permutations")
        kind = kind_from(net, values, by)
        return cls(named(values, "values"), numbers, codes, names, net, draws, seeded(seed), kind)

    @property
    def centred(self) -> NDArray[np.float64]:
        """The values less their mean."""
        return self.values - float(self.values.mean())

    def groups(self) -> str:
        """Say how many actors the groups have, and the means."""
        sizes = np.bincount(self.codes)
        means = np.bincount(self.codes, self.values) / sizes
        told = zip(self.names, sizes.tolist(), means.tolist(), strict=True)
        return ", ".join(f"{size:,} {name} (mean {mean:.4g})" for name, size, mean in told)

    def test(
        self,
        statistic: Difference | Between,
        *,
        name: str,
        null: str,
        peers: str,
        more: str,
        executor: Executor | None,
        progress: bool,
    ) -> ResamplingTest:
        """Draw, and make a result."""
        n = len(self.values)
        kernel = Permuted(statistic, n, self.seed)
        found = drawn(kernel, self.permutations, seed=self.seed, executor=executor, progress=progress)
        return tested(
            name,
            float(statistic(np.arange(n)[None, :])[0, 0]),
            found[:, 0],
            symmetric=True,
            seed=self.seed,
            observed=f"{n:,} actors: {self.groups()}{more}",
            null=null,
            peers=peers,
            recipe=() if self.net is None else self.net.recipe,
            kind=self.kind,
        )

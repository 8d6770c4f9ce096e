"""The groups of the actors permuted among them, while ties stay where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from wholenet._checks import core_of, groups_of
from wholenet.errors import ArgumentError
from wholenet.inference._draws import drawn, each, stream
from wholenet.inference._dyads import strata

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["NULL", "Grouped", "Measure", "permuted"]

NULL = "who is tied to whom does not depend on the groups of {by!r}: any actor might have any other's group"
# Each pair of groups takes memory, in each draw.
GROUPS = 1000


class Measure(Protocol):
    """Computes statistics of shape (k,) from ties and observed dyads of each pair of groups. It can be pickled."""

    def __call__(self, ties: NDArray[np.float64], dyads: NDArray[np.float64], /) -> NDArray[np.float64]:
        """Measure one grouping."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The ties and the unobserved dyads of a network, to be counted by the groups of their actors.

    An undirected network has each dyad once, in the cell with the lower group first.
    """

    codes: NDArray[np.int64]
    names: list[Any]
    directed: bool
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    value: NDArray[np.float64] | None
    gaps: tuple[NDArray[np.int64], NDArray[np.int64]]
    possible: NDArray[np.float64]
    strata: tuple[NDArray[np.intp], ...]
    """Those who answered, and those who did not."""

    @classmethod
    def of(cls, net: Network, by: str) -> Grouped:
        """Read a network and an attribute."""
        core = core_of(net)
        codes, names = groups_of(net, by)
        if len(names) > GROUPS:
            msg = f"{by!r} has {len(names):,} different values; a test of groups takes {GROUPS:,} at most"
            raise ArgumentError(msg)
        source, target, value = core.ties()
        hidden = np.zeros((0, 0))
        if core.n_unobserved:
            hidden = np.isnan(net.to_matrix())
            np.fill_diagonal(hidden, val=False)
        first, second = np.nonzero(hidden if net.directed else np.triu(hidden))
        sizes = np.bincount(codes, minlength=len(names)).astype(np.float64)
        possible = np.outer(sizes, sizes) - np.diag(sizes)
        if not net.directed:
            possible = np.triu(possible) - np.diag(sizes * (sizes - 1) / 2)
        return cls(
            codes=codes.astype(np.int64),
            names=names,
            directed=net.directed,
            source=source.astype(np.int64),
            target=target.astype(np.int64),
            value=value,
            gaps=(first.astype(np.int64), second.astype(np.int64)),
            possible=possible,
            strata=strata(net),
        )

    def counts(self, codes: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sum up ties and observed dyads of each pair of groups, when the actors are of these groups."""
        ties = self._cells(codes, self.source, self.target, self.value)
        if not len(self.gaps[0]):
            return ties, self.possible
        return ties, self.possible - self._cells(codes, *self.gaps, None)

    def _cells(
        self,
        codes: NDArray[np.int64],
        source: NDArray[np.int64],
        target: NDArray[np.int64],
        value: NDArray[np.float64] | None,
    ) -> NDArray[np.float64]:
        number, one, other = len(self.names), codes[source], codes[target]
        if not self.directed:
            one, other = np.minimum(one, other), np.maximum(one, other)
        cells = np.bincount(one * number + other, weights=value, minlength=number * number)
        return cells.astype(np.float64).reshape(number, number)


def permuted(
    grouped: Grouped, measure: Measure, permutations: int, *, seed: int, executor: Executor | None, progress: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure the groups as they are, shape (k,), and with permuted labels, shape (permutations, k)."""
    estimate = measure(*grouped.counts(grouped.codes))
    kernel = _Permuted(grouped, measure, seed)
    # A pair of groups may have no observed dyad in a draw; p-values count that as extreme.
    return estimate, drawn(kernel, permutations, seed=seed, executor=executor, progress=progress, may_fail=True)


@dataclass(frozen=True, slots=True)
class _Permuted:
    grouped: Grouped
    measure: Measure
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        return each(self._one, first, count, name="permutations", progress=progress)

    def _one(self, draw: int) -> NDArray[np.float64]:
        # Groups that answered less often would else seem to have fewer ties than chance gives them.
        generator, codes = stream(self.seed, draw), self.grouped.codes.copy()
        for actors in self.grouped.strata:
            codes[actors] = generator.permutation(codes[actors])
        return self.measure(*self.grouped.counts(codes))

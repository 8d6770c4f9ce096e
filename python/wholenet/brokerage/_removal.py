"""What happens to a network when actors go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._actor_values import marks_of
from wholenet._checks import core_of, needs_actors, needs_undirected, seeded, whole
from wholenet._results import kind_of
from wholenet.brokerage._removal_result import Removal
from wholenet.errors import ArgumentError
from wholenet.inference._draws import drawn, stream
from wholenet.inference._p import p_values

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network

__all__ = ["removal"]

# The columns of the kernel that are compared with random removals: fragmentation, by distance, and pairs lost.
COMPARED = [0, 1, 4]


def removal(
    net: Network,
    *,
    actors: str | ArrayLike | None = None,
    draws: int = 1_000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Removal:
    """Removal: what is left of a network without some of its actors, and whether random ones leave as little.

    Parameters
    ----------
    net : Network
        An undirected network.
    actors : str, sequence of labels, or array of bool of shape (n,), optional
        Whom to take away, each alone and then all together: an attribute that marks them (where it is true, 1,
        or text), or the actors themselves. Default: each actor of the network, alone.
    draws : int
        How many random removals to compare with.
    seed : int, optional
        Makes the comparison reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the draws; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Removal
        For nobody, for each actor and for all together: fragmentation, distance-weighted fragmentation, components,
        the largest of these, the share of joined pairs that are lost, and p-values.

    Raises
    ------
    DirectionError
        The network is directed.
    SmallNetworkError
        The network has no actors.
    ColumnError
        The network has no attribute of this name.
    ActorError
        A label is not in the network.
    ArgumentError
        `actors` holds nobody, or somebody twice; `draws` is not a whole number of at least 1.

    Notes
    -----
    With n actors left, s(c) of them in component c, and d(i, j) the distance between two of them now:

    ==========================  ====================================================================
    ``fragmentation``           F = 1 - Σ s(c)·(s(c) - 1) ÷ n(n - 1), pairs without a path
    ``distance_fragmentation``  1 - Σ 1 ÷ d(i, j) ÷ n(n - 1) over ordered pairs, without a path 0
    ``lost``                    1 - Σ s(c)·(s(c) - 1) ÷ Σ r(c)·(r(c) - 1), with r(c) the number of those who are left in
                                each component of the network before: pairs that lose every path
    ==========================  ====================================================================

    The first two also fall when those who go were themselves badly joined: an isolate's absence makes a network less
    fragmented. ``lost`` compares the same pairs before and after, and never falls below 0. NaN where fewer than two
    are left; ``lost`` also where no pair of them was joined before.

    Each draw takes as many actors as went, at random among all n, each as likely; p is
    (1 + number of draws at least as high) ÷ (1 + draws), in the row of an actor beside draws of one actor. Actors
    are not alike: those with many ties leave larger holes, so that a low p says that these actors matter more than
    others, not why. Many rows are many tests; see `inference.adjust`.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent, so that fragmentation
    may be too high; see ``net.missing``.

    O(n·(n + m) ÷ 64) word operations a removal at best, O(n·(n + m)) at worst.

    Peers: UCINET's KeyPlayer has the two criteria of fragmentation. igraph, networkx and sna have no such table; what
    they give for the network of those who are left agrees.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational & Mathematical
    Organization Theory 12, 21-34. https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    A star whose arm d leads on to e. Without a two are left alone, and d with e:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), directed=False)
    >>> found = wn.brokerage.removal(net, seed=1)
    >>> found.removed
    ('nobody', 'a', 'b', 'c', 'd', 'e')
    >>> found.fragmentation.round(3)
    array([0.   , 0.833, 0.   , 0.   , 0.5  , 0.   ])
    """
    core = core_of(net)
    needs_actors(core, "removal")
    needs_undirected(core, "removal")
    draws, seed = whole(draws, "draws"), seeded(seed)
    chosen = _chosen(net, actors)
    together = actors is not None and len(chosen) > 1
    sets = [[], *([one] for one in chosen), *([chosen] if together else [])]
    found = _core.brokerage_removal(core, sets, progress)
    kernel = _Random(net, len(sets[-1]), seed)
    random = drawn(kernel, draws, seed=seed, executor=executor, progress=progress, may_fail=True)
    lower, upper, both = _compared(found[:, COMPARED], random, together=together)
    return Removal(
        removed=("nobody", *map(str, net.labels[chosen].tolist()), *([f"all {len(chosen):,}"] if together else [])),
        size=np.array([len(one) for one in sets], dtype=np.int64),
        fragmentation=found[:, 0].copy(),
        distance_fragmentation=found[:, 1].copy(),
        components=found[:, 2].astype(np.int64),
        largest=found[:, 3].astype(np.int64),
        lost=found[:, 4].copy(),
        p_lower=lower,
        p_upper=upper,
        p_two_sided=both,
        distribution=random[:, 1].copy(),
        draws=draws,
        seed=seed,
        by=actors if isinstance(actors, str) else None,
        together=together,
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _chosen(net: Network, actors: str | ArrayLike | None) -> list[int]:
    """The places of those who go."""
    if actors is None:
        return list(range(net.n_actors))
    if isinstance(actors, str):
        marked: list[int] = np.flatnonzero(marks_of(net, actors, "actors")).tolist()
        if not marked:
            msg = f"actors={actors!r} marks nobody: the attribute is empty, false or 0 for all {net.n_actors:,} actors"
            raise ArgumentError(msg)
        return marked
    places: list[int] = net._positions(actors).tolist()  # noqa: SLF001 (measures are the other half of Network)
    if not places:
        msg = "actors must name at least one actor to take away, but is empty"
        raise ArgumentError(msg)
    return places


def _compared(
    found: NDArray[np.float64], random: NDArray[np.float64], *, together: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """P-values of each removal: of an actor beside removals of one, of all beside removals of as many."""
    result = tuple(np.full(found.shape, np.nan) for _ in range(3))
    singles = slice(1, len(found) - together)
    for rows, draws in ((singles, random[:, 0]), (slice(singles.stop, len(found)), random[:, 1])):
        for column in range(found.shape[1]):
            estimates = found[rows, column]
            beside = np.broadcast_to(draws[:, [column]], (len(draws), len(estimates)))
            for whole_table, values in zip(result, p_values(estimates, beside, symmetric=False), strict=True):
                whole_table[rows, column] = values
    return result[0], result[1], result[2]


@dataclass(frozen=True, slots=True)
class _Random:
    """Removals of one actor at random, and of `size`: arrays of shape (draws, 2, 3)."""

    net: Network
    size: int
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        """Compute draws `first` to `first` + `count` - 1."""
        n = self.net.n_actors
        orders = [stream(self.seed, draw).permutation(n)[: self.size].tolist() for draw in range(first, first + count)]
        sets = [chosen for order in orders for chosen in (order[:1], order)]
        found = _core.brokerage_removal(core_of(self.net), sets, progress)
        return found[:, COMPARED].reshape(count, 2, len(COMPARED))

"""How well a network holds together as its actors go, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._actor_values import marks_of, numbers_of
from wholenet._checks import core_of, needs_actors, needs_undirected, seeded, whole
from wholenet._results import kind_of
from wholenet.centrality import betweenness, degree
from wholenet.design._robustness_result import Robustness
from wholenet.errors import ArgumentError
from wholenet.inference._draws import drawn, each, stream
from wholenet.inference._p import p_values

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from numpy.typing import ArrayLike, NDArray

    from wholenet.network import Network

__all__ = ["robustness"]


def robustness(
    net: Network,
    *,
    order: str | ArrayLike = "degree",
    draws: int = 1000,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Robustness:
    """Robustness: how much of a network hangs together as actors go, the most important first or at random.

    Parameters
    ----------
    net : Network
        The undirected network.
    order : {"degree", "betweenness"}, str, or array of shape (n,)
        Who goes first: at each step the one with the most ties, or the highest betweenness, in what is left; or those
        whom an attribute marks (such as ``"gatekeeper"``), by degree, and then the others, by degree; or those with the
        highest number in an array. Of equals the first in the order of the actors.
    draws : int
        How many random orders.
    seed : int, optional
        Makes the draws reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where draws are computed. Default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Robustness
        The share of all actors in the largest component, and the share of pairs that are joined, after each removal, in
        this order and in random ones; R of both.

    Raises
    ------
    DirectionError
        The network is directed.
    ColumnError
        `order` is none of the words, and the network has no attribute of this name.
    ArgumentError
        The attribute holds no marks, or marks nobody; an array is not of n numbers; `draws` or `seed` is not a whole
        number.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    With s(q) the number of actors in the largest component after q have gone, as a share of all n there were,
    R = 1 ÷ n · Σ s(q) over q = 1 … n. It is (n - 1) ÷ 2n in a complete network, and (n - 1) ÷ n² in one without
    ties. The share of pairs that are joined is Σ c·(c - 1) ÷ n·(n - 1) over the components, of c actors, of what is
    left; NaN for a single actor.

    `lower` and `upper` are the 2.5th and the 97.5th percentile of the random orders at each step: of 95 in 100 random
    losses the curve lies between them there. ``p_lower`` is (1 + number of random orders whose R is at most as low) ÷
    (1 + draws). The order by degree nearly always gives a low one; how far the two curves lie apart tells more.

    Values and self-ties are not read. A tie that was not observed is read as absent, so that the network may be more
    robust than it looks. O(n + m) time for each random order, O(n·(n + m)) for degree, O(n²·m) for betweenness.

    Peers: R's NetSwan has curves of this kind (``swan_combinatory``); igraph, networkx and UCINET do not.

    References
    ----------
    Albert, R., Jeong, H. & Barabási, A.-L. (2000). Error and attack tolerance of complex networks. Nature 406, 378-382.
    https://doi.org/10.1038/35019019

    Schneider, C. M., Moreira, A. A., Andrade, J. S., Havlin, S. & Herrmann, H. J. (2011). Mitigation of malicious
    attacks on networks. PNAS 108, 3838-3841. https://doi.org/10.1073/pnas.1009440108

    Examples
    --------
    A star of five: without its centre all others are alone.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a"] * 4, list("bcde")), directed=False)
    >>> found = wn.design.robustness(net, seed=1)
    >>> found.largest
    array([1. , 0.2, 0.2, 0.2, 0.2, 0. ])
    >>> round(found.r, 2)
    0.16
    """
    core = core_of(net)
    needs_actors(core, "robustness")
    needs_undirected(core, "robustness")
    draws, seed = whole(draws, "draws"), seeded(seed)
    source, target, _ = core.ties()
    gone = _order(net, order)
    curve = _Curve(net.n_actors, source.tolist(), target.tolist(), seed)
    largest, joined = curve.of(gone)
    random = drawn(curve, draws, seed=seed, executor=executor, progress=progress, may_fail=True)
    r, drawn_r = float(largest[1:].mean()), random[:, 0, 1:].mean(axis=1)
    lower, upper = (_quantile(random, share) for share in (0.025, 0.975))
    return Robustness(
        order=order if isinstance(order, str) else "array",
        removed=net.labels[gone],
        largest=largest,
        joined=joined,
        random=random.sum(axis=0) / draws,
        lower=lower,
        upper=upper,
        r=r,
        r_random=float(drawn_r.sum() / draws),
        p_lower=float(p_values(np.array([r]), drawn_r[:, None], symmetric=False)[0][0]),
        distribution=drawn_r,
        draws=draws,
        seed=seed,
        recipe=net.recipe,
        kind=kind_of(net),
    )


def _quantile(random: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.quantile(random, share, axis=0)
    return found


def _order(net: Network, order: Any) -> NDArray[np.intp]:
    """Who goes when."""
    if not isinstance(order, str):
        return np.argsort(-numbers_of(order, "order", net), kind="stable")
    if order in {"degree", "betweenness"}:
        measure: Callable[[Network], NDArray[np.float64]] = degree if order == "degree" else _betweenness
        return _by_turns(net, measure, np.zeros(net.n_actors))
    marked = marks_of(net, order, "order")
    if not marked.any():
        msg = f"order={order!r} marks nobody: the attribute is empty, false or 0 for all {net.n_actors:,} actors"
        raise ArgumentError(msg)
    return _by_turns(net, degree, marked.astype(np.float64))


def _betweenness(net: Network) -> NDArray[np.float64]:
    return betweenness(net, progress=False)


def _by_turns(
    net: Network, measure: Callable[[Network], NDArray[np.float64]], first: NDArray[np.float64]
) -> NDArray[np.intp]:
    """At each turn the one of those with the highest `first` goes whose measure is highest in what is left."""
    left, gone = np.arange(net.n_actors), []
    while len(left):
        # Betweenness is a sum; what rounding makes of equals does not decide.
        values = np.round(measure(net), 9)
        at = int(np.lexsort((left, -values, -first[left]))[0])
        gone.append(int(left[at]))
        left = np.delete(left, at)
        if len(left):
            keep = np.ones(net.n_actors, dtype=bool)
            keep[at] = False
            net = net.subset(keep)
    return np.array(gone, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class _Curve:
    """Largest component and joined pairs as actors go; as a kernel, in random orders: (draws, 2, n + 1)."""

    n: int
    source: list[int]
    target: list[int]
    seed: int

    def __call__(self, first: int, count: int, *, progress: bool) -> NDArray[np.float64]:
        """Compute draws `first` to `first` + `count` - 1."""
        return each(self._draw, first, count, name="draws", progress=progress)

    def _draw(self, draw: int) -> NDArray[np.float64]:
        return np.array(self.of(stream(self.seed, draw).permutation(self.n)))

    def of(self, gone: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Shares after none, one, two … have gone: they come back in turn, and components grow together."""
        n, turn = self.n, np.empty(self.n, dtype=np.int64)
        turn[gone] = np.arange(n)
        back = turn.tolist()
        # A tie is there again once the end that went first is back.
        ties: list[list[int]] = [[] for _ in range(n)]
        for one, other in zip(self.source, self.target, strict=True):
            early, late = (one, other) if back[one] < back[other] else (other, one)
            ties[early].append(late)
        parent, size = list(range(n)), [1] * n
        largest, joined, top, pairs = np.zeros(n + 1), np.zeros(n + 1), 0, 0

        def root(one: int) -> int:
            while parent[one] != one:
                parent[one] = one = parent[parent[one]]
            return one

        for place in range(n - 1, -1, -1):
            here = int(gone[place])
            top = max(top, 1)
            for other in ties[here]:
                one, two = root(here), root(other)
                if one != two:
                    small, large = (one, two) if size[one] < size[two] else (two, one)
                    pairs += 2 * size[small] * size[large]
                    parent[small], size[large] = large, size[small] + size[large]
                    top = max(top, size[large])
            largest[place], joined[place] = top, pairs
        return largest / n, joined / (n * (n - 1)) if n > 1 else np.full(n + 1, np.nan)

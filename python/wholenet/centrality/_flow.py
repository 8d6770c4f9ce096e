"""What flows or runs like a current through actors, along all paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._checks import core_of, needs_signless, needs_undirected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["current_flow_betweenness", "current_flow_closeness", "flow_betweenness", "information"]


def flow_betweenness(net: Network, *, progress: bool = True) -> NDArray[np.float64]:
    """Flow betweenness: the share of the largest flows between others that needs the actor.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A share from 0 to 1 for each actor, in the order of ``net.labels``; NaN where nothing can flow between others.

    Raises
    ------
    SignedTiesError
        The network has negative values.

    Notes
    -----
    The largest flow from j to k is the most that ties can carry from one to the other at the same time, each up to
    its value (without values: 1), in either direction in undirected networks. The score of i is Σ (f(j, k) -
    f′(j, k)) ÷ Σ f(j, k) over the pairs of others, with f′ the largest flow in the network without i: what must pass
    it. Pairs are unordered in undirected networks and ordered in directed ones.

    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    A flow for each pair and for each actor that it passes, each O(m·√m) at worst without values: for networks up to
    some hundreds of actors.

    Peers: sna's ``flowbet(cmode="normflow")`` agrees; its default does not divide. UCINET has it. igraph and networkx
    do not have it.

    References
    ----------
    Freeman, L. C., Borgatti, S. P. & White, D. R. (1991). Centrality in valued graphs: a measure of betweenness based
    on network flow. Social Networks 13, 141-154. https://doi.org/10.1016/0378-8733(91)90017-N

    Examples
    --------
    A chain a - b - c needs b; a ring of four gives its neighbours another way for half of the flow:

    >>> import wholenet as wn
    >>> wn.centrality.flow_betweenness(wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False))
    array([0., 1., 0.])
    >>> ring = wn.Network.from_edges((["a", "b", "c", "d"], ["b", "c", "d", "a"]), directed=False)
    >>> wn.centrality.flow_betweenness(ring)
    array([0.5, 0.5, 0.5, 0.5])
    """
    lost, flow = _core.centrality_flow_betweenness(core_of(net), progress)
    shares = np.full(len(lost), np.nan)
    np.divide(lost, flow, out=shares, where=flow > 0)
    return shares


def information(net: Network) -> NDArray[np.float64]:
    """Information centrality: closeness by all paths at once, short ones counting most.

    Parameters
    ----------
    net : Network
        An undirected network.

    Returns
    -------
    array of shape (n,)
        A score above 0 for each actor, in the order of ``net.labels``; NaN for isolates.

    Raises
    ------
    DirectionError
        The network is directed.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    The information between i and j is 1 ÷ r(i, j), with r the effective resistance between them when each tie is a
    conductor of its value (without values: 1); with one path it is 1 ÷ the length of the path, and with several
    independent ones the sum. The score of i is the harmonic mean over the n actors of its component, of whom itself
    counts 0 resistance: n ÷ Σ r(i, j). Actors of different components are compared only with their own.

    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``. Ties of value 0 carry
    nothing.

    O(n³) time and 16n² bytes for the n of the largest component.

    Peers: sna (``infocent``) agrees in connected networks, and ignores the direction of ties; in others it gives actors
    of different components a finite resistance. networkx (``information_centrality``) returns 1 ÷ Σ r(i, j), without
    n. `current_flow_closeness` is the same but for a factor (n - 1) ÷ n.

    References
    ----------
    Stephenson, K. & Zelen, M. (1989). Rethinking centrality: methods and examples. Social Networks 11, 1-37.
    https://doi.org/10.1016/0378-8733(89)90016-6

    Examples
    --------
    In a path of three the resistances are the distances: the end has 3 ÷ (1 + 2), the middle 3 ÷ (1 + 1).

    >>> import wholenet as wn
    >>> wn.centrality.information(wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)).round(3)
    array([1. , 1.5, 1. ])
    """
    core = core_of(net)
    scores = np.full(core.n_actors, np.nan)
    for members, potentials in _parts(core, "information"):
        scores[members] = len(members) / _resistances(potentials)
    return scores


def current_flow_closeness(net: Network) -> NDArray[np.float64]:
    """Current-flow closeness: the inverse of the mean effective resistance to the others.

    Parameters
    ----------
    net : Network
        An undirected network.

    Returns
    -------
    array of shape (n,)
        A score above 0 for each actor, in the order of ``net.labels``; NaN for isolates. Without values at least its
        `closeness`, and equal in trees.

    Raises
    ------
    DirectionError
        The network is directed.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    (n - 1) ÷ Σ r(i, j) over the n actors of i's component, with r(i, j) the effective resistance when each tie is a
    conductor of its value (without values: 1). Where a walk at random would go from i to j, rather than a shortest
    path. See `information` for self-ties, missing ties and cost.

    Peers: networkx (``current_flow_closeness_centrality``) returns 1 ÷ Σ r(i, j) of connected networks and refuses
    others. igraph and sna do not have it.

    References
    ----------
    Brandes, U. & Fleischer, D. (2005). Centrality measures based on current flow. STACS 2005, LNCS 3404, 533-544.
    https://doi.org/10.1007/978-3-540-31856-9_44

    Examples
    --------
    In a triangle each pair has a path of one step beside one of two: resistance 2/3.

    >>> import wholenet as wn
    >>> triangle = wn.Network.from_edges((["a", "b", "c"], ["b", "c", "a"]), directed=False)
    >>> wn.centrality.current_flow_closeness(triangle).round(3)
    array([1.5, 1.5, 1.5])
    """
    core = core_of(net)
    scores = np.full(core.n_actors, np.nan)
    for members, potentials in _parts(core, "current_flow_closeness"):
        scores[members] = (len(members) - 1) / _resistances(potentials)
    return scores


def current_flow_betweenness(net: Network) -> NDArray[np.float64]:
    """Current-flow betweenness: how much of a unit current between others runs through the actor.

    Parameters
    ----------
    net : Network
        An undirected network.

    Returns
    -------
    array of shape (n,)
        A score from 0 to (n - 1)(n - 2)/2 for each actor, in the order of ``net.labels``; 0 for isolates. In trees
        equal to `betweenness`.

    Raises
    ------
    DirectionError
        The network is directed.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    For each unordered pair of others that a path joins, a unit current enters at one and leaves at the other, each
    tie being a conductor of its value (without values: 1); the actor's part is half of the sum of the currents on its
    ties. It is also the betweenness of random walks (Newman), back and forth not counted. The ends of a pair get
    nothing.

    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``. Ties of value 0 carry
    nothing.

    O(n³ + m·n log n) time, 16n² bytes.

    Peers: networkx (``current_flow_betweenness_centrality(normalized=False)``) agrees on connected networks, and
    refuses others. igraph and sna do not have it.

    References
    ----------
    Newman, M. E. J. (2005). A measure of betweenness centrality based on random walks. Social Networks 27, 39-54.
    https://doi.org/10.1016/j.socnet.2004.11.009

    Brandes, U. & Fleischer, D. (2005). Centrality measures based on current flow. STACS 2005, LNCS 3404, 533-544.
    https://doi.org/10.1007/978-3-540-31856-9_44

    Examples
    --------
    In a triangle two thirds of the current go straight, and one third by the other actor:

    >>> import wholenet as wn
    >>> triangle = wn.Network.from_edges((["a", "b", "c"], ["b", "c", "a"]), directed=False)
    >>> wn.centrality.current_flow_betweenness(triangle).round(3)
    array([0.333, 0.333, 0.333])
    """
    core = core_of(net)
    scores = np.zeros(core.n_actors)
    source, target, value = core.ties()
    value = np.ones(len(source)) if value is None else value
    place = np.full(core.n_actors, -1)
    for members, potentials in _parts(core, "current_flow_betweenness"):
        place[members] = np.arange(len(members))
        # |x(s) - x(t)| over all pairs: in rising order number k is added k times and taken away (last - k) times.
        rank = 2.0 * np.arange(len(members)) - (len(members) - 1)
        for tie in np.flatnonzero(place[source] >= 0):
            one, other = source[tie], target[tie]
            drops = np.sort(potentials[place[one]] - potentials[place[other]])
            current = value[tie] * (rank @ drops)
            scores[one] += current
            scores[other] += current
        # What enters or leaves at the actor itself does not run through it.
        scores[members] = np.maximum(scores[members] - (len(members) - 1), 0.0) / 2
        place[members] = -1
    return scores


def _parts(core: _core.Network, measure: str) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Give the members of each component with more than one actor, and the potentials between them."""
    needs_undirected(core, measure)
    needs_signless(core, measure)
    # Ties of value 0 carry nothing, and do not hold a component together.
    carrying = core.above(0.0, inclusive=False) if core.valued else core
    part = _core.cohesion_components(carrying, "weak")
    sizes = np.bincount(part)
    for number in np.flatnonzero(sizes > 1):
        members = np.flatnonzero(part == number)
        ties = np.nan_to_num(core.subset(members.tolist()).dense())
        np.fill_diagonal(ties, 0.0)
        # The pseudoinverse of the Laplacian: what the constant adds, its inverse takes away.
        constant = ties.sum() / len(ties) ** 2
        laplacian = np.diag(ties.sum(axis=1)) - ties
        yield members, np.linalg.inv(laplacian + constant) - 1 / (constant * len(ties) ** 2)


def _resistances(potentials: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum the effective resistances between each actor and the others."""
    own = np.diag(potentials)
    sums: NDArray[np.float64] = len(own) * own + own.sum() - 2 * potentials.sum(axis=1)
    return sums

"""What shortest paths say besides closeness and betweenness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet import _core, _export
from wholenet._checks import core_of
from wholenet._results import table_of
from wholenet._shared import totals
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["eccentricity", "edge_betweenness", "load", "reach", "stress", "valente_forman"]


def eccentricity(
    net: Network, *, mode: Literal["in", "out", "all"] = "out", progress: bool = True
) -> NDArray[np.float64]:
    """Eccentricity: the distance to the farthest of the actors that can be reached.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A whole number of steps from 1 to n - 1 for each actor, in the order of ``net.labels``; NaN for actors who
        reach nobody.

    Raises
    ------
    ArgumentError
        `mode` is none of the words above.

    Notes
    -----
    e(i) = max d(i, j) over the actors j ≠ i with a path from i. The largest eccentricity is the `cohesion.diameter`,
    the smallest the radius. In a network that falls apart actors of small components have small eccentricities: it
    compares actors of one component only.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent, so distances may be
    too long; see ``net.missing``.

    O(n·m ÷ 64) word operations at best, n·m at worst; O(n + m) memory per thread.

    Peers: igraph agrees, and gives 0 where nobody is reached; networkx agrees on (strongly) connected networks and
    refuses others. sna's ``graphcent`` is 1 ÷ eccentricity, and 0 for actors who do not reach all others.

    References
    ----------
    Hage, P. & Harary, F. (1995). Eccentricity and centrality in networks. Social Networks 17, 57-63.
    https://doi.org/10.1016/0378-8733(94)00248-9

    Examples
    --------
    A path of three and a pair:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False)
    >>> wn.centrality.eccentricity(net)
    array([2., 1., 2., 1., 1.])
    """
    return _core.centrality_eccentricity(totals(core_of(net, two_mode=True), mode, None, progress=progress))


def valente_forman(
    net: Network, *, mode: Literal["in", "out", "all"] = "out", progress: bool = True
) -> NDArray[np.float64]:
    """Integration and radiality: closeness by reversed distances, so that actors who can't be reached add 0.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        ``"in"`` is integration, ``"out"`` radiality; ``"all"`` ignores the direction of ties. In an undirected network
        the three are the same.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A score from 0 (reaches nobody) to 1 (tied to everybody) for each actor, in the order of ``net.labels``; all
        NaN in a network without ties.

    Raises
    ------
    ArgumentError
        `mode` is none of the words above.

    Notes
    -----
    With D the longest distance in the network, the reversed distance is D + 1 - d(i, j), and 0 where there is no path.
    The score is the sum of the reversed distances ÷ D(n - 1), as UCINET divides; the paper divides by n - 1 only.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(n·m ÷ 64) word operations at best, n·m at worst; O(n + m) memory per thread.

    Peers: UCINET's Valente-Foreman closeness. igraph, networkx and sna do not have it.

    References
    ----------
    Valente, T. W. & Foreman, R. K. (1998). Integration and radiality: measuring the extent of an individual's
    connectedness and reachability in a network. Social Networks 20, 89-105.
    https://doi.org/10.1016/S0378-8733(97)00007-5

    Examples
    --------
    The longest distance is 2, so that a reaches b with 2 and c with 1, of at most 4 · 2:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False)
    >>> wn.centrality.valente_forman(net)
    array([0.375, 0.5  , 0.375, 0.25 , 0.25 ])
    """
    return _core.centrality_valente_forman(totals(core_of(net), mode, None, progress=progress))


def reach(
    net: Network, k: int = 2, *, mode: Literal["in", "out", "all"] = "out", progress: bool = True
) -> NDArray[np.float64]:
    """Reach: the share of the other actors within k steps.

    Parameters
    ----------
    net : Network
        The network.
    k : int
        Number of steps, at least 1.
    mode : {"in", "out", "all"}
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A share from 0 to 1 for each actor, in the order of ``net.labels``; NaN in a network of one actor.

    Raises
    ------
    ArgumentError
        `k` is not a whole number of at least 1, or `mode` is none of the words above.

    Notes
    -----
    The number of actors j ≠ i with d(i, j) ≤ k, ÷ (n - 1); in a two-mode network actors of both modes count. With k = 1
    it is the share of the others that are partners (in or out); with k = n - 1 of those whom any path leads to.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent, so reach may be too
    small; see ``net.missing``.

    O(n·m ÷ 64) word operations at best, n·m at worst; O(n + m) memory per thread.

    Peers: UCINET's k-reach centrality; igraph (``neighborhood_size``) counts, with the actor itself. networkx's
    ``local_reaching_centrality`` is k = n - 1.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational & Mathematical
    Organization Theory 12, 21-34. https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "c"], ["b", "c", "d"]))
    >>> wn.centrality.reach(net, 2).round(3)
    array([0.667, 0.667, 0.333, 0.   ])
    """
    core = core_of(net, two_mode=True)
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        msg = f"k is a number of steps, a whole number of at least 1, but is {k!r}"
        raise ArgumentError(msg)
    counts = _core.centrality_reach(core, min(k, max(core.n_actors, 1)), mode, progress)
    return counts / (core.n_actors - 1) if core.n_actors > 1 else counts + float("nan")


def stress(net: Network, *, progress: bool = True) -> NDArray[np.float64]:
    """Stress: the number of shortest paths between others that pass through an actor.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A whole number of paths for each actor, in the order of ``net.labels``; 0 for isolates and ends of paths.

    Notes
    -----
    Where `betweenness` gives a pair's shortest paths 1 together, stress counts each. Paths are counted over unordered
    pairs in undirected networks and over ordered pairs in directed ones. Counts above 2⁵³ are rounded.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(n·m) time, O(n + m) memory per thread.

    Peers: sna's ``stresscent`` agrees. igraph and networkx do not have it.

    References
    ----------
    Shimbel, A. (1953). Structural parameters of communication networks. Bulletin of Mathematical Biophysics 15,
    501-507. https://doi.org/10.1007/BF02476438

    Brandes, U. (2008). On variants of shortest-path betweenness centrality and their generic computation. Social
    Networks 30, 136-145. https://doi.org/10.1016/j.socnet.2007.11.001

    Examples
    --------
    In a ring of four each actor lies on one of the two shortest paths between its neighbours:

    >>> import wholenet as wn
    >>> ring = wn.Network.from_edges((["a", "b", "c", "d"], ["b", "c", "d", "a"]), directed=False)
    >>> wn.centrality.stress(ring)
    array([1., 1., 1., 1.])
    """
    return _core.centrality_stress(core_of(net, two_mode=True), progress)


def load(net: Network, *, progress: bool = True) -> NDArray[np.float64]:
    """Load: what an actor passes on when everybody sends one unit to everybody, split evenly at each step.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A score of at least 0 for each actor, in the order of ``net.labels``; 0 for isolates and ends of paths.

    Notes
    -----
    Units travel along shortest paths. An actor that can pass a unit on to several next actors on such paths gives
    each an equal part; in `betweenness` the parts are proportional to the number of shortest paths ahead. The two
    differ wherever those numbers do. Scores count unordered pairs in undirected networks (the mean of both ways) and
    ordered pairs in directed ones; the ends of a path get nothing.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(n·m) time, O(n + m) memory per thread.

    Peers: networkx's ``load_centrality(normalized=False)`` agrees on directed networks, and is twice ours on undirected
    ones (it counts ordered pairs there too). sna's ``loadcent`` adds what an actor sends and gets itself. igraph does
    not have it.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Physical Review E 64, 016132.
    https://doi.org/10.1103/PhysRevE.64.016132

    Brandes, U. (2008). On variants of shortest-path betweenness centrality and their generic computation. Social
    Networks 30, 136-145. https://doi.org/10.1016/j.socnet.2007.11.001

    Examples
    --------
    >>> import wholenet as wn
    >>> ring = wn.Network.from_edges((["a", "b", "c", "d"], ["b", "c", "d", "a"]), directed=False)
    >>> wn.centrality.load(ring)
    array([0.5, 0.5, 0.5, 0.5])
    """
    return _core.centrality_load(core_of(net, two_mode=True), progress)


def edge_betweenness(net: Network, *, progress: bool = True) -> IntoDataFrame:
    """Edge betweenness: how many shortest paths run along each tie.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        One row per tie, in the order of ``net.ties``: ``source``, ``target``, ``betweenness``. In the kind of table
        that the network came from.

    Notes
    -----
    For each pair of actors the shortest paths between them count 1 together; a tie's score is the sum of the parts
    that run along it, over unordered pairs in undirected networks and ordered pairs in directed ones. It is at least 1
    (its own two ends), and the sum over all ties is the sum of all finite distances.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(n·m) time, O(n + m) memory per thread.

    Peers: igraph and networkx (``normalized=False``) agree.

    References
    ----------
    Girvan, M. & Newman, M. E. J. (2002). Community structure in social and biological networks. PNAS 99, 7821-7826.
    https://doi.org/10.1073/pnas.122653799

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
    >>> wn.centrality.edge_betweenness(net)
      source target  betweenness
    0      a      b          2.0
    1      b      c          2.0
    """
    core = core_of(net, two_mode=True)
    source, target, _ = core.ties()
    scores = _core.centrality_edge_betweenness(core, progress)
    columns = {**_export.ends(net.labels, source, target), "betweenness": scores}
    return table_of(net, columns)

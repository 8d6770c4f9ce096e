"""How deep in dense parts an actor sits, and whom it is tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet import _core
from wholenet._checks import core_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["average_neighbour_degree", "coreness"]


def coreness(net: Network, *, mode: Literal["in", "out", "all"] = "all") -> NDArray[np.int64]:
    """Coreness: the largest k such that the actor is in a set whose members all have k ties within it.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Which ties within the set count: those that members get, send, or both, so that a mutual tie counts twice. In
        an undirected network the three are the same.

    Returns
    -------
    array of shape (n,)
        A whole number for each actor, in the order of ``net.labels``; 0 for isolates.

    Raises
    ------
    ArgumentError
        `mode` is none of the words above.

    Notes
    -----
    The k-core is the largest set of actors of whom each has at least k ties with others of the set; an actor's
    coreness is the largest k for which it is in the k-core. Values are not read. Self-ties are not read. A tie that
    was not observed is read as absent, so coreness may be too low; see ``net.missing``.

    O(n + m) time.

    Peers: igraph (``coreness``) and sna (``kcores``) agree; networkx (``core_number``) is ``mode="all"``. For mutual
    ties that count once, as in UCINET's K-core index, pass ``net.symmetrize("union")``.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5, 269-287.
    https://doi.org/10.1016/0378-8733(83)90028-X

    Batagelj, V. & Zaveršnik, M. (2003). An O(m) algorithm for cores decomposition of networks.
    https://doi.org/10.48550/arXiv.cs/0310049

    Examples
    --------
    A triangle with a pendant:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    >>> wn.centrality.coreness(net)
    array([2, 2, 2, 1])
    """
    return _core.centrality_coreness(core_of(net, two_mode=True), mode)


def average_neighbour_degree(net: Network, *, mode: Literal["in", "out", "all"] = "all") -> NDArray[np.float64]:
    """Average neighbour degree: the mean degree of those that an actor is tied to.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        With ``"out"`` the mean out-degree of those that the actor sends ties to, with ``"in"`` the mean in-degree of
        those that it gets ties from, with ``"all"`` the mean degree (in + out) of those that it has any tie with. In
        an undirected network the three are the same.

    Returns
    -------
    array of shape (n,)
        A number of ties for each actor, in the order of ``net.labels``; NaN for actors without such ties.

    Raises
    ------
    ArgumentError
        `mode` is none of the words above.

    Notes
    -----
    Partners count alike, however strong the tie: values are not read. Self-ties are not read. A tie that was not
    observed is read as absent; see ``net.missing``.

    O(n + m) time.

    Peers: networkx (``average_neighbor_degree``) is ``mode="out"`` with 0 instead of NaN; igraph (``knn``) takes
    undirected networks.

    References
    ----------
    Pastor-Satorras, R., Vázquez, A. & Vespignani, A. (2001). Dynamical and correlation properties of the Internet.
    Physical Review Letters 87, 258701. https://doi.org/10.1103/PhysRevLett.87.258701

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    >>> wn.centrality.average_neighbour_degree(net).round(3)
    array([2.5  , 2.5  , 1.667, 3.   ])
    """
    return _core.centrality_average_neighbour_degree(core_of(net, two_mode=True), mode)

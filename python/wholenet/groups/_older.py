"""Older ways to find communities: label propagation, and taking away the ties between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet import _core
from wholenet._checks import core_of, seeded, whole
from wholenet.groups._communities import communities_of

if TYPE_CHECKING:
    from wholenet.groups._communities import Communities
    from wholenet.network import Network

__all__ = ["girvan_newman", "label_propagation"]


def label_propagation(net: Network, *, seed: int | None = None) -> Communities:
    """Label propagation: everybody takes over the label that most of its ties lead to.

    Parameters
    ----------
    net : Network
        An undirected network.
    seed : int, optional
        Makes the random choices reproducible. Default: one is drawn, and kept in the result.

    Returns
    -------
    Communities
        The membership, its modularity, and the seed.

    Raises
    ------
    DirectionError
        The network is directed.
    SignedTiesError
        The network has negative values.
    ArgumentError
        `seed` is not a whole number.

    Notes
    -----
    Everybody starts with a label of its own. In random order each actor takes over the label with the largest sum of
    tie values around it, one of them at random if there are several, and keeps its own if that is one of them; until
    nobody has another label to take. What comes out depends much on the seed, and is often one community of almost
    everybody: `leiden` is the better choice. It is here because earlier studies used it. Self-ties are not read.
    Isolates are communities by themselves. A tie that was not observed is read as absent; see ``net.missing``.

    O(m) time per pass, of which there are few. The same seed gives the same result on any number of threads.

    Peers: igraph (``community_label_propagation``) and networkx (``asyn_lpa_communities``) do the same.

    References
    ----------
    Raghavan, U. N., Albert, R. & Kumara, S. (2007). Near linear time algorithm to detect community structures in
    large-scale networks. Physical Review E 76, 036106. https://doi.org/10.1103/PhysRevE.76.036106

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdef"), list("bcaefd")), directed=False)
    >>> wn.groups.label_propagation(net, seed=1).membership
    array([0, 0, 0, 1, 1, 1])
    """
    core = core_of(net)
    seed = seeded(seed)
    return communities_of(net, _core.groups_label_propagation(core, seed), 1.0, seed)


def girvan_newman(net: Network, *, number: int | None = None, progress: bool = True) -> Communities:
    """Girvan and Newman's communities: what is left together when the ties in between are taken away.

    Parameters
    ----------
    net : Network
        An undirected network.
    number : int, optional
        How many communities. Default: as many as give the highest modularity.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Communities
        The membership and its modularity. There is no seed.

    Raises
    ------
    DirectionError
        The network is directed.
    ArgumentError
        `number` is not a whole number from 1 to the number of actors.

    Notes
    -----
    The tie with the highest betweenness (`wholenet.centrality.edge_betweenness`) is taken away, betweenness is computed
    anew, and so on; the components of what is left are the communities. Among ties of equal betweenness, up to
    rounding, the one listed first goes. Where the network has more components than `number`, these are the
    communities. Values are not read: modularity is that of the ties without values. Self-ties are not read. Isolates
    are communities by themselves. A tie that was not observed is read as absent; see ``net.missing``.

    O(n·m²) time: for networks of some thousands of ties.

    Peers: igraph (``community_edge_betweenness``) and networkx (``girvan_newman``) take the same ties away, but may
    choose others among equals.

    References
    ----------
    Girvan, M. & Newman, M. E. J. (2002). Community structure in social and biological networks. PNAS 99, 7821-7826.
    https://doi.org/10.1073/pnas.122653799

    Examples
    --------
    Two triangles and a tie between them:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), directed=False)
    >>> wn.groups.girvan_newman(net)
    <Communities: 6 actors in 2 communities, modularity 0.3571 at resolution 1>
    """
    core = core_of(net)
    wanted = None if number is None else whole(number, "number")
    return communities_of(net, _core.groups_girvan_newman(core, wanted, progress), 1.0, None)

"""What falls apart when an actor or a tie goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core, _export
from wholenet._checks import core_of, needs_undirected
from wholenet._results import table_of
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["biconnected", "bridges", "cut_actors", "edge_connectivity"]


def cut_actors(net: Network) -> NDArray[np.bool_]:
    """Cut actors: those without whom their component falls apart (cutpoints, articulation points).

    Parameters
    ----------
    net : Network
        An undirected network.

    Returns
    -------
    array of shape (n,)
        Whether each actor is one, in the order of ``net.labels``; false for isolates.

    Raises
    ------
    DirectionError
        The network is directed.

    Notes
    -----
    An actor is a cut actor when the network has more components without it (and its ties) than with it: when it is
    in two or more of the `biconnected` components. Values are not read. Self-ties are not read. A tie that was not
    observed is read as absent, so that an actor may look like one; see ``net.missing``.

    O(n + m) time.

    Peers: igraph and networkx (``articulation_points``) and sna (``cutpoints``) agree; of directed networks igraph
    ignores the direction, and sna offers three definitions. Say which with ``net.symmetrize(...)``.

    References
    ----------
    Hopcroft, J. & Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation. Communications of
    the ACM 16, 372-378. https://doi.org/10.1145/362248.362272

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    >>> wn.cohesion.cut_actors(net)
    array([False, False,  True, False])
    """
    core = core_of(net, two_mode=True)
    needs_undirected(core, "cut_actors")
    return np.array(_core.cohesion_biconnected(core)[3], dtype=bool)


def bridges(net: Network) -> IntoDataFrame:
    """Bridges: the ties without which their component falls apart.

    Parameters
    ----------
    net : Network
        An undirected network.

    Returns
    -------
    table
        One row per bridge, in the order of ``net.ties``: ``source``, ``target``. In the kind of table that the
        network came from.

    Raises
    ------
    DirectionError
        The network is directed.

    Notes
    -----
    A tie is a bridge when it is on no cycle: it is a `biconnected` component by itself. Values are not read. Self-ties
    are not read. A tie that was not observed is read as absent, so that a tie may look like one; see ``net.missing``.

    O(n + m) time.

    Peers: igraph and networkx (``bridges``) agree.

    References
    ----------
    Hopcroft, J. & Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation. Communications of
    the ACM 16, 372-378. https://doi.org/10.1145/362248.362272

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    >>> wn.cohesion.bridges(net)
      source target
    0      c      d
    """
    core = core_of(net, two_mode=True)
    needs_undirected(core, "bridges")
    source, target, component, _ = _core.cohesion_biconnected(core)
    alone = np.bincount(component)[component] == 1
    return _table(net, source[alone], target[alone])


def biconnected(net: Network) -> IntoDataFrame:
    """Biconnected components: the sets of ties that no single actor holds together (blocks).

    Parameters
    ----------
    net : Network
        An undirected network.

    Returns
    -------
    table
        One row per tie, in the order of ``net.ties``: ``source``, ``target``, ``component``, numbered from 0 by
        decreasing number of ties. In the kind of table that the network came from.

    Raises
    ------
    DirectionError
        The network is directed.

    Notes
    -----
    Two ties are in one component when a cycle runs through both. Each tie is in one; an actor is in as many as its
    ties, a `cut_actors` one in several, an isolate in none. Values are not read. Self-ties are not read. A tie that
    was not observed is read as absent, so that components may seem apart; see ``net.missing``.

    O(n + m) time.

    Peers: igraph and networkx (``biconnected_components``) agree; sna's ``bicomponent.dist`` leaves components of
    two actors out. Numbers differ.

    References
    ----------
    Hopcroft, J. & Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation. Communications of
    the ACM 16, 372-378. https://doi.org/10.1145/362248.362272

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    >>> wn.cohesion.biconnected(net)
      source target  component
    0      a      b          0
    1      a      c          0
    2      b      c          0
    3      c      d          1
    """
    core = core_of(net, two_mode=True)
    needs_undirected(core, "biconnected")
    source, target, component, _ = _core.cohesion_biconnected(core)
    return _table(net, source, target, component=component.astype(np.int64))


def edge_connectivity(
    net: Network, *, capacity: Literal["value"] | None = None, progress: bool = True
) -> NDArray[np.float64]:
    """Edge connectivity: how many ties must go before one actor no longer reaches the other.

    Parameters
    ----------
    net : Network
        The network.
    capacity : {"value"}, optional
        Ties count by their value, so that the result is the largest flow. Default: each tie counts 1.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n, n)
        Row i, column j: from i to j, both in the order of ``net.labels``; 0 where no path leads, NaN on the diagonal.

    Raises
    ------
    ArgumentError
        `capacity` is another word, or is given and the network has no values. Or there are more than 65,536 actors,
        so that the matrix would have more than 2³² cells.
    SignedTiesError
        `capacity` is given and the network has negative values.

    Notes
    -----
    By the theorem of Menger, and of Ford & Fulkerson, it is also the number of paths from i to j that have no tie in
    common (with `capacity`: the largest flow). Undirected networks need n - 1 flows, by Gusfield's form of the
    Gomory-Hu tree. Self-ties are not read. A tie that was not observed is read as absent, so connectivity may be too
    low; see ``net.missing``.

    n - 1 flows undirected, n(n - 1) directed, each O(m·√m) at worst without `capacity`; 8n² bytes.

    Peers: sna (``maxflow``) agrees, with infinity on the diagonal; igraph and networkx (``edge_connectivity`` with
    two actors) agree; without actors theirs is the smallest entry.

    References
    ----------
    Gusfield, D. (1990). Very simple methods for all pairs network flow analysis. SIAM Journal on Computing 19,
    143-155. https://doi.org/10.1137/0219009

    Examples
    --------
    A triangle with a pendant:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    >>> wn.cohesion.edge_connectivity(net)
    array([[nan,  2.,  2.,  1.],
           [ 2., nan,  2.,  1.],
           [ 2.,  2., nan,  1.],
           [ 1.,  1.,  1., nan]])
    """
    core = core_of(net, two_mode=True)
    if capacity not in {None, "value"}:
        msg = f'capacity must be "value" or None, but is {capacity!r}'
        raise ArgumentError(msg)
    if capacity and not core.valued:
        msg = 'capacity="value" reads tie values, and this network has none. Leave capacity= out'
        raise ArgumentError(msg)
    return _core.cohesion_edge_connectivity(core, capacity or "unit", progress)


def _table(
    net: Network, source: NDArray[np.uint32], target: NDArray[np.uint32], **columns: NDArray[np.int64]
) -> IntoDataFrame:
    ends = _export.ends(net.labels, source, target)
    return table_of(net, {**ends, **columns})

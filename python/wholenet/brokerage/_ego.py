"""Ego networks in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core
from wholenet._checks import choice, core_of
from wholenet._results import listed, table_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["ego_networks"]


def ego_networks(net: Network, *, mode: Literal["in", "out", "all"] = "all", progress: bool = True) -> IntoDataFrame:
    """Ego networks: how many partners each actor has, and how they are tied among each other.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Whether partners are those that an actor gets ties from, sends ties to, or both. In an undirected network the
        three are the same.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        One row per actor, with the columns

        ``actor`` : the label;
        ``size`` : number of partners;
        ``ties`` : ties among the partners, in any direction;
        ``pairs`` : how many there could be: size · (size - 1), in an undirected network half of it;
        ``density`` : ties ÷ pairs, NaN for actors with fewer than two partners;
        ``parts`` : number of weak components that the partners fall into without the actor.

        In the kind of table that the network came from.

    Raises
    ------
    ArgumentError
        `mode` is none of the words above.

    Notes
    -----
    The actor itself and its ties are not counted. Undirected, the density is `centrality.local_clustering`.
    Of the groups that partners are of, `mixing.homophily` and `mixing.participation` tell; of redundancy,
    `effective_size` and `constraint`. ``net.ego`` gives the network of one actor.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(Σ d·e·log d) time for actors of degree d whose partners have degree e.

    Peers: UCINET's Ego Network Basic Measures (Size, Ties, Pairs, Density, nWeakC) agree. sna (``ego.extract``) and
    networkx (``ego_graph``) give the ego networks themselves.

    References
    ----------
    Borgatti, S. P., Everett, M. G. & Johnson, J. C. (2013). Analyzing Social Networks, ch. 15. Sage.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "b"], ["b", "c", "d", "c"]), directed=False)
    >>> wn.brokerage.ego_networks(net).round(3)
      actor  size  ties  pairs  density  parts
    0     a     3     1      3    0.333      2
    1     b     2     1      1    1.000      1
    2     c     2     1      1    1.000      1
    3     d     1     0      0      NaN      1
    """
    choice("mode", mode, ("in", "out", "all"))
    core = core_of(net)
    size, ties, parts = _core.brokerage_ego_networks(core, mode, progress)
    pairs = size * (size - 1) // (1 if core.directed else 2)
    density = np.divide(ties, pairs, out=np.full(len(size), np.nan), where=pairs > 0)
    labels = listed(net.labels)
    columns = {"actor": labels, "size": size, "ties": ties, "pairs": pairs, "density": density, "parts": parts}
    return table_of(net, columns)

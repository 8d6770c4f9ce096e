"""Cores: groups in which everybody is tied to at least k others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet import _core
from wholenet._checks import core_of
from wholenet.groups._sets import sets_table

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["cores"]


def cores(net: Network) -> IntoDataFrame:
    """Cores: the largest connected groups in which everybody is tied to at least k others, for every k.

    Parameters
    ----------
    net : Network
        An undirected network.

    Returns
    -------
    table
        One row per member of each core: ``k``, from 1; ``core``, numbered from 0 over all, for each k by decreasing
        size; ``size``; ``actor``. In the kind of table that the network came from.

    Raises
    ------
    DirectionError
        The network is directed: say what an undirected tie is first, for instance a mutual one, with
        ``net.symmetrize("confirmed")``.

    Notes
    -----
    Cores are nested: each lies within one of the next lower k. The highest k of an actor is its
    `wholenet.centrality.coreness`. Isolates are in no core. Values are not read. Self-ties are not read. A tie that was
    not observed is read as absent, so that cores may be too small; see ``net.missing``.

    O(n + m) time, and a row per actor and k.

    Peers: igraph (``coreness``) and networkx (``core_number``, ``k_core``) have the numbers; their k-core holds all the
    actors of that coreness, connected or not.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5, 269-287.
    https://doi.org/10.1016/0378-8733(83)90028-X

    Examples
    --------
    A triangle with somebody attached:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abca"), list("bcad")), directed=False)
    >>> wn.groups.cores(net)
       k  core  size actor
    0  1     0     4     a
    1  1     0     4     b
    2  1     0     4     c
    3  1     0     4     d
    4  2     1     3     a
    5  2     1     3     b
    6  2     1     3     c
    """
    levels, found = _core.groups_cores(core_of(net))
    return sets_table(net, "core", found, {"k": levels})

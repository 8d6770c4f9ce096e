"""Cliques: groups in which everybody is tied to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet import _core
from wholenet._checks import core_of, whole
from wholenet.groups._sets import sets_table

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["cliques"]


def cliques(net: Network, *, min_size: int = 3, progress: bool = True) -> IntoDataFrame:
    """Cliques: the largest groups in which everybody is tied to everybody.

    Parameters
    ----------
    net : Network
        An undirected network.
    min_size : int
        The smallest size that is listed.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        One row per member of each clique: ``clique``, numbered from 0 by decreasing size; ``size``; ``actor``. In the
        kind of table that the network came from.

    Raises
    ------
    DirectionError
        The network is directed: say what an undirected tie is first, for instance a mutual one, with
        ``net.symmetrize("confirmed")``.
    ArgumentError
        `min_size` is not a whole number of at least 1.

    Notes
    -----
    A clique is maximal: nobody else is tied to all its members. Cliques overlap, and there may be very many of them:
    up to 3^(n ÷ 3). An isolate is a clique of one. Values are not read. Self-ties are not read. A tie that was not
    observed is read as absent, so that cliques may be too small; see ``net.missing``.

    O(n·d·3^(d ÷ 3)) time for the largest coreness d.

    Peers: igraph (``maximal_cliques``) and networkx (``find_cliques``) find the same, in other orders; sna
    (``clique.census``) counts them by size.

    References
    ----------
    Luce, R. D. & Perry, A. D. (1949). A method of matrix analysis of group structure. Psychometrika 14, 95-116.
    https://doi.org/10.1007/BF02289146

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abacd"), list("bccde")), directed=False)
    >>> wn.groups.cliques(net, min_size=2)
       clique  size actor
    0       0     3     a
    1       0     3     b
    2       0     3     c
    3       1     2     c
    4       1     2     d
    5       2     2     d
    6       2     2     e
    """
    core = core_of(net)
    return sets_table(net, "clique", _core.groups_cliques(core, min(whole(min_size, "min_size"), 2**32), progress))

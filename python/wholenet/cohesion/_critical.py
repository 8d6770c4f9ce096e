"""What the network loses with a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core, _export
from wholenet._checks import core_of, needs_undirected
from wholenet._results import table_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["critical_ties"]


def critical_ties(net: Network, *, progress: bool = True) -> IntoDataFrame:
    """Critical ties: what the loss of each tie takes from how firmly pairs and groups hang together.

    Parameters
    ----------
    net : Network
        An undirected network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        One row per tie, in the order of ``net.ties``: ``source``, ``target``; ``connectivity``, λ of its two ends;
        ``bridge``, whether its loss parts them; ``disconnected``, how many pairs of actors no path joins any more once
        it is gone; ``weakened``, how many pairs have a lower λ then; and ``sets``, how many lambda sets fall apart. In
        the kind of table that the network came from.

    Raises
    ------
    DirectionError
        The network is directed.
    ArgumentError
        There are more than 65,536 actors.

    Notes
    -----
    λ(i, j) is the number of ties that must go before no path joins i and j (`edge_connectivity`). Each tie is taken
    away from the whole network, one at a time; the counts are of all n(n - 1) ÷ 2 pairs:

    ================  =============================================================================
    ``disconnected``  pairs with λ > 0 before and λ = 0 after: s·t for a bridge between s and t actors, else 0
    ``weakened``      pairs with a lower λ after; it falls by 1, where the tie is in one of their smallest cuts
    ``sets``          lambda sets (`groups.lambda_sets`) of level l in which some pair has λ < l after
    ================  =============================================================================

    The two ends of a tie always lose one, and with them the smallest lambda set that holds both, so that ``weakened``
    and ``sets`` are at least 1. A tie can split a set without joining two of its members: ways between them run
    through others.

    Values are not read: each tie counts 1. Self-ties are not read, and have no row. A tie that was not observed is read
    as absent, so that a tie may look more critical than it is; see ``net.missing``.

    n(n - 1) ÷ 2 flows, O(m·√m) each at worst, each of which tells of all ties; 12n² bytes.

    Peers: igraph and networkx find the bridges (``bridges``). UCINET, igraph, networkx and sna do not count what other
    ties take.

    References
    ----------
    Picard, J.-C. & Queyranne, M. (1980). On the structure of all minimum cuts in a network and applications.
    Mathematical Programming Study 13, 8-16. https://doi.org/10.1007/BFb0120902

    Borgatti, S. P., Everett, M. G. & Shirey, P. R. (1990). LS sets, lambda sets and other cohesive subsets. Social
    Networks 12, 337-357. https://doi.org/10.1016/0378-8733(90)90014-Z

    Examples
    --------
    A triangle with a pendant. Each side of the triangle weakens three pairs and splits the triangle; the tie to the
    pendant parts it from the three others, and so splits the set of all four:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    >>> wn.cohesion.critical_ties(net)
      source target  connectivity  bridge  disconnected  weakened  sets
    0      a      b             2   False             0         3     1
    1      a      c             2   False             0         3     1
    2      b      c             2   False             0         3     1
    3      c      d             1    True             3         3     1
    """
    core = core_of(net, two_mode=True)
    needs_undirected(core, "critical_ties")
    (source, target), *counts = _core.cohesion_critical_ties(core, progress)
    connectivity, disconnected, weakened, sets = (count.astype(np.int64) for count in counts)
    columns = {
        **_export.ends(net.labels, source, target),
        "connectivity": connectivity,
        "bridge": disconnected > 0,
        "disconnected": disconnected,
        "weakened": weakened,
        "sets": sets,
    }
    return table_of(net, columns)

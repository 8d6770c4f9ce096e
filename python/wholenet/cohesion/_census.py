"""Pairs and triples of actors, counted by type; public in `cohesion`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet import _core
from wholenet._checks import core_of
from wholenet._results import table_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["dyad_census", "triad_census"]


def dyad_census(net: Network) -> IntoDataFrame:
    """Dyad census: how many pairs of actors have ties both ways, one way, and none.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    table
        Columns ``type`` (``"mutual"``, ``"asymmetric"``, ``"null"``) and ``count``, in the kind of table that the
        network came from.

    Notes
    -----
    Counts the unordered pairs of different actors that were observed in both directions; n(n - 1)/2 if all were. Ties
    of an undirected network are mutual. Values and self-ties are not read. All counts are 0 in a network of fewer than
    two actors.

    O(n + m + c log m) time for c single unobserved dyads.

    Peers: igraph and sna (``dyad.census``) agree on networks observed in full.

    References
    ----------
    Holland, P. W. & Leinhardt, S. (1970). A method for detecting structure in sociometric data. American Journal of
    Sociology 76, 492-513. https://doi.org/10.1086/224954

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.cohesion.dyad_census(wn.Network.from_edges((["a", "b", "a"], ["b", "a", "c"])))
             type  count
    0      mutual      1
    1  asymmetric      1
    2        null      1
    """
    counts = _core.cohesion_dyad_census(core_of(net))
    types = ["mutual", "asymmetric", "null"]
    return table_of(net, {"type": types, "count": counts})


def triad_census(net: Network, *, progress: bool = True) -> IntoDataFrame:
    """Triad census: how many triples of actors there are of each of the 16 types.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        Columns ``type`` and ``count``, 16 rows in the usual order from ``"003"`` to ``"300"``, in the kind of table
        that the network came from.

    Raises
    ------
    ArgumentError
        There are more than 3,810,000 actors, whose triples 64 bits can't count.

    Notes
    -----
    A type is named by its numbers of mutual, asymmetric and null dyads, and by a letter where these leave more than
    one arrangement: Down, Up, Cyclic, Transitive. In 111D the asymmetric tie points to a member of the mutual pair, in
    111U away from it. Counts the triples of which all six (undirected: three) dyads were observed;
    n(n - 1)(n - 2)/6 if all were. Ties of an undirected network are mutual, so that only
    003, 102, 201 and 300 occur. Values and self-ties are not read. All counts are 0 in a network of fewer than three
    actors.

    O(m·d) time for the largest degree d; c single unobserved dyads add O(c·n).

    Peers: igraph, networkx (``triadic_census``) and sna (``triad.census``) agree on networks observed in full; sna
    gives the four types only for undirected networks, and networkx refuses them.

    References
    ----------
    Holland, P. W. & Leinhardt, S. (1970). A method for detecting structure in sociometric data. American Journal of
    Sociology 76, 492-513. https://doi.org/10.1086/224954

    Batagelj, V. & Mrvar, A. (2001). A subquadratic triad census algorithm for large sparse networks with small maximum
    degree. Social Networks 23, 237-243. https://doi.org/10.1016/S0378-8733(01)00035-1

    Examples
    --------
    Among a, b, c a transitive triple; d hangs on c, so that a-c-d and b-c-d are two-paths:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]))
    >>> census = wn.cohesion.triad_census(net)
    >>> census[census["count"] > 0]
       type  count
    1   012      1
    5  021C      2
    8  030T      1
    """
    census = _core.cohesion_triad_census(core_of(net), progress)
    types, counts = zip(*census, strict=True)
    return table_of(net, {"type": list(types), "count": list(counts)})

"""How many ties there are, and who has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._checks import core_of, needs_actors

if TYPE_CHECKING:
    from wholenet.network import Network

__all__ = ["active_actors", "density", "isolates", "mean_degree"]


def density(net: Network) -> float:
    """Density: the share of the observed dyads that have a tie; in a valued network the mean value.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    float
        From 0 to 1; in a valued network in the unit of the values. NaN where no dyad was observed, as in a network of
        one actor.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Ties ÷ observed dyads: ordered pairs of different actors in a directed network, n(n - 1) if all were observed, and
    unordered pairs in an undirected one, n(n - 1)/2. In a valued network the numerator is the sum of the values, a
    dyad without a tie counting 0; for the share of dyads with a tie take ``net.dichotomize(...)`` first. Self-ties
    are neither in the numerator nor in the denominator. How many dyads were observed is ``net.missing.observed``.

    O(n + m) time.

    Peers: UCINET agrees, and sna (``gden``), also where ties were not observed. networkx and igraph agree on networks
    without self-ties and values: they put self-ties in the numerator only (igraph unless ``loops=True``), do not read
    values, and know no unobserved ties.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 101-103, 129, 143. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.cohesion.density(wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"])))
    0.5

    The same ties when c did not answer: 3 of the 4 dyads that a and b were asked about.

    >>> net = wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"]), respondents=["a", "b"])
    >>> wn.cohesion.density(net)
    0.75
    """
    core = core_of(net, two_mode=True)
    needs_actors(core, "density")
    return _core.cohesion_density(core)


def mean_degree(net: Network) -> float:
    """Mean degree: the number of ties that an actor has on average, as far as observed.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    float
        From 0 to n - 1. NaN where there are dyads and none was observed.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    (n - 1) · ties ÷ observed dyads: the share of dyads with a tie times the number of others. Of m ties observed in
    full that is 2m ÷ n in an undirected network, the mean of ``centrality.degree``; in a directed one m ÷ n, the mean
    out-degree and the mean in-degree alike (not their sum). Where dyads were not observed it is what the mean would be
    if they were like the others; the mean of ``centrality.degree`` would count them as absent.

    Values are not read. Self-ties are not counted.

    O(1) time.

    Peers: UCINET's "Avg Degree" agrees; m ÷ n or 2m ÷ n from igraph, networkx and sna agree on networks observed in
    full, without self-ties.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 100, 125-126. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.cohesion.mean_degree(wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"])))
    1.0
    >>> wn.cohesion.mean_degree(wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)) == 4 / 3
    True
    """
    core = core_of(net)
    needs_actors(core, "mean_degree")
    if core.n_actors == 1:
        return 0.0
    if core.observed_dyads == 0:
        return float("nan")
    return core.n_ties * (core.n_actors - 1) / core.observed_dyads


def active_actors(net: Network) -> int:
    """Active actors: the number of actors with a tie to or from another.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    int
        From 0 to n.

    Notes
    -----
    n less the number of `isolates`. Self-ties are not read. A tie that was not observed is read as absent; see
    ``net.missing``.

    O(n) time.

    Peers: the number of vertices of degree above 0 in igraph, networkx and sna, in networks without self-ties.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 100, 128. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": ["a", "b", "c"]}))
    >>> wn.cohesion.active_actors(net), wn.cohesion.isolates(net)
    (2, 1)
    """
    return int(np.count_nonzero(_core.centrality_degree(core_of(net, two_mode=True), "all", normalized=False)))


def isolates(net: Network) -> int:
    """Isolates: the number of actors without any tie.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    int
        From 0 to n. Who they are: ``net.labels[wn.centrality.degree(net) == 0]``.

    Notes
    -----
    An isolate neither sends nor receives a tie to or from another actor. Self-ties are not read. A tie that was not
    observed is read as absent, so that an actor may seem isolated who did not answer and whom nobody named; see
    ``net.missing``.

    O(n) time.

    Peers: networkx (``number_of_isolates``) and sna (``isolates``) agree on networks without self-ties; to networkx an
    actor with a self-tie is no isolate.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 100, 128. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": ["a", "b", "c"]}))
    >>> wn.cohesion.isolates(net)
    1
    """
    return core_of(net, two_mode=True).n_actors - active_actors(net)

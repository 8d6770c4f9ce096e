"""How a network holds together: one number, or one table, for the whole network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core
from wholenet._census import dyad_census, triad_census
from wholenet._checks import choice, core_of, needs_actors
from wholenet._distances import average_distance, diameter, distances
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = [
    "active_actors",
    "average_distance",
    "centralization",
    "components",
    "density",
    "diameter",
    "distances",
    "dyad_census",
    "isolates",
    "mean_degree",
    "reciprocity",
    "transitivity",
    "triad_census",
]


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
    core = core_of(net)
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
    return int(np.count_nonzero(_core.centrality_degree(core_of(net), "all", normalized=False)))


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
    return core_of(net).n_actors - active_actors(net)


def components(net: Network, *, kind: Literal["weak", "strong"] = "weak") -> NDArray[np.int64]:
    """Components: which of the parts that no path joins each actor is in.

    Parameters
    ----------
    net : Network
        The network.
    kind : {"weak", "strong"}
        Whether paths may run against the ties. In an undirected network the two are the same.

    Returns
    -------
    array of shape (n,)
        Whole numbers, in the order of ``net.labels``: 0 for members of the largest component, 1 for the next, and so
        on; among components of equal size the one with the first actor comes first.

    Raises
    ------
    ArgumentError
        `kind` is neither of the two words.

    Notes
    -----
    Two actors are in the same weak component when a path joins them, whatever the direction of its ties; in the same
    strong component when directed paths lead from each to the other. An isolate is a component of its own. The sizes
    are ``numpy.bincount(components(net))``.

    Self-ties are not read. A tie that was not observed is read as absent, so that components may seem apart; see
    ``net.missing``.

    O(n + m) time.

    Peers: igraph, networkx and sna (``component.dist``) find the same parts, and number them in another order. UCINET's
    whole-network table counts strong components.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 109-110, 132-134. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "c", "d", "e"], ["b", "d", "e", "c"]))
    >>> wn.cohesion.components(net)
    array([1, 1, 0, 0, 0])
    >>> wn.cohesion.components(net, kind="strong")
    array([1, 2, 0, 0, 0])
    """
    return _core.cohesion_components(core_of(net), kind)


def reciprocity(net: Network, *, kind: Literal["arcs", "dyads"] = "arcs") -> float:
    """Reciprocity: the share of ties that are returned, or of tied pairs that are mutual.

    Parameters
    ----------
    net : Network
        The network.
    kind : {"arcs", "dyads"}
        Whether ties are counted, or pairs of actors.

    Returns
    -------
    float
        From 0 to 1; 1 in an undirected network. NaN where no tie was observed.

    Raises
    ------
    ArgumentError
        `kind` is neither of the two words.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Over the pairs of actors observed in both directions, with M mutual and A asymmetric ones: ``"arcs"`` is
    2M ÷ (2M + A), ``"dyads"`` M ÷ (M + A). A tie to an actor who did not answer is in neither, since nobody knows
    whether it is returned.

    Values are not read: a tie is returned whatever the two values. Self-ties are not read.

    O(n + m) time.

    Peers: ``"arcs"`` is igraph's and networkx's default, sna's ``"edgewise"``, UCINET's "Arc Reciprocity" and R
    igraph's default; ``"dyads"`` is igraph's ``mode="ratio"``, sna's ``"dyadic.nonnull"`` and UCINET's "Dyad
    Reciprocity". sna's *default* counts pairs without a tie as reciprocal too. networkx gives 0 for undirected
    networks.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 510-522. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    One of the two pairs with a tie is mutual, and two of the three ties are returned:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a"], ["b", "a", "c"]))
    >>> wn.cohesion.reciprocity(net) == 2 / 3
    True
    >>> wn.cohesion.reciprocity(net, kind="dyads")
    0.5
    """
    choice("kind", kind, ("arcs", "dyads"))
    core = core_of(net)
    needs_actors(core, "reciprocity")
    return _core.cohesion_reciprocity(core, kind == "dyads")


def transitivity(net: Network) -> float:
    """Transitivity: the share of two-paths that are closed.

    Parameters
    ----------
    net : Network
        The network.

    Returns
    -------
    float
        From 0 to 1. NaN where there are no two-paths.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Undirected: 3 × triangles ÷ connected triples. Directed: of all ordered triples i → j → k of different actors, the
    share that also has i → k ("weak" transitivity: only two-paths can violate it).

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent: in a two-path it takes
    the two-path away, as the closing tie it leaves the two-path open; see ``net.missing``.

    O(m·√m) time undirected; O(m·d) directed, for the largest degree d.

    Peers: sna (``gtrans``, measure ``"weak"``) agrees on both, as does UCINET's "Transitivity/Closure". igraph and
    networkx agree on undirected networks; on directed ones igraph ignores direction, and networkx counts triangles and
    triples in a mix of both. sna's ``"strong"`` also counts triples that are no two-path.

    References
    ----------
    Holland, P. W. & Leinhardt, S. (1971). Transitivity in structural models of small groups. Comparative Group
    Studies 2, 107-124. https://doi.org/10.1177/104649647100200201

    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 243-247. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    Of the two-paths a-b-c, b-c-d and a-c-d the first is closed, by the tie from a to c:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]))
    >>> wn.cohesion.transitivity(net) == 1 / 3
    True
    >>> wn.cohesion.transitivity(net.symmetrize("union"))
    0.6
    """
    core = core_of(net)
    needs_actors(core, "transitivity")
    return _core.cohesion_transitivity(core)


def centralization(
    net: Network,
    *,
    measure: Literal["degree", "closeness", "betweenness"] = "degree",
    mode: Literal["in", "out", "all"] | None = None,
    progress: bool = True,
) -> float:
    """Centralization: how far the network is organised around its most central actor.

    Parameters
    ----------
    net : Network
        The network.
    measure : {"degree", "closeness", "betweenness"}
        The centrality that is looked at.
    mode : {"in", "out", "all"}, optional
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    float
        From 0 (all actors alike) to 1 (the network named under Notes). NaN where the denominator is 0, that is below
        three actors (below two for the in- or out-measures of a directed network); and for the closeness of an
        undirected network that is not connected.

    Raises
    ------
    ArgumentError
        `measure` or `mode` is none of the words above; `mode` is given with ``measure="betweenness"``;
        ``mode="all"`` with the closeness of a directed network (use ``net.symmetrize(...)`` first).
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Freeman's index: Σ (max - c(i)) ÷ the largest value of that sum in any network of n actors.

    ================  ====================  ========================  ====================================
    measure           network               denominator               attained by
    ================  ====================  ========================  ====================================
    degree            undirected            (n - 1)(n - 2)            a star
    degree, all       directed              2(n - 1)(n - 2)           a star of mutual ties
    degree, in, out   directed              (n - 1)²                  a star with all ties one way
    closeness         undirected            (n - 1)(n - 2)/(2n - 3)   a star
    closeness in, out directed              (n - 1)²/n                a star with all ties one way
    betweenness       undirected            (n - 1)²(n - 2)/2         a star
    betweenness       directed              (n - 1)²(n - 2)           a star of mutual ties
    ================  ====================  ========================  ====================================

    `mode` is ``"all"`` by default for the degree and ``"out"`` for closeness; betweenness, which follows the direction
    of ties, takes none.

    Closeness is (n - 1) ÷ sum of distances. Undirected the denominator holds among connected networks, so that others
    give NaN; in a directed network an actor that can't be reached counts as n steps away
    (``closeness(unreachable="n")``), which settles all cases.

    Values are not read, so that the index never exceeds 1. Self-ties are not read. A tie that was not observed is
    read as absent; see ``net.missing``.

    The time that the measure takes: see `centrality`.

    Peers: sna (``centralization``) agrees for degree and betweenness, and for closeness where every actor can reach
    every other (else sna scores actors 0). R igraph agrees for betweenness, undirected closeness and, with
    ``loops=FALSE``, for degree in and out; its default ``loops=TRUE`` allows for self-ties in the denominator, so that
    a star scores below 1. UCINET's in- and out-centralization agree; its "Deg Centralization" is that of the
    symmetrized network.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1, 215-239.
    https://doi.org/10.1016/0378-8733(78)90021-7

    Examples
    --------
    >>> import wholenet as wn
    >>> star = wn.Network.from_edges((["a", "a", "a", "a"], ["b", "c", "d", "e"]))
    >>> wn.cohesion.centralization(star, mode="out"), wn.cohesion.centralization(star, mode="in")
    (1.0, 0.0625)
    >>> wn.cohesion.centralization(star.symmetrize("union"), measure="betweenness")
    1.0
    """
    choice("measure", measure, ("degree", "closeness", "betweenness"))
    if measure == "betweenness" and mode is not None:
        msg = f"mode={mode!r} has no meaning for betweenness, which follows the direction of ties; leave it out"
        raise ArgumentError(msg)
    core = core_of(net)
    needs_actors(core, "centralization")
    if mode is None:
        mode = "all" if measure == "degree" else "out"
    return _core.cohesion_centralization(core, measure, mode, progress)

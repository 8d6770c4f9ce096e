"""How far a network is organised around one actor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet import _core
from wholenet._checks import choice, core_of, needs_actors
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from wholenet.network import Network

__all__ = ["centralization"]


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

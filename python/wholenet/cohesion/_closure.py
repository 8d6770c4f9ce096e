"""Ties that are returned, and triples that close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet import _core
from wholenet._checks import choice, core_of, needs_actors

if TYPE_CHECKING:
    from wholenet.network import Network

__all__ = ["reciprocity", "transitivity"]


def reciprocity(net: Network, *, kind: Literal["arcs", "edgewise", "dyads"] = "arcs") -> float:
    """Reciprocity: the share of ties that are returned, or of tied pairs that are mutual.

    Parameters
    ----------
    net : Network
        The network.
    kind : {"arcs", "edgewise", "dyads"}
        Whether ties are counted (``"edgewise"`` is sna's name for it), or pairs of actors.

    Returns
    -------
    float
        From 0 to 1; 1 in an undirected network. NaN where no tie was observed.

    Raises
    ------
    ArgumentError
        `kind` is none of the words above.
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
    choice("kind", kind, ("arcs", "edgewise", "dyads"))
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

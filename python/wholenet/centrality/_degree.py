"""Counting ties: degree and strength."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet import _core
from wholenet._checks import core_of
from wholenet.centrality._modes import divided, others

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["degree", "strength"]


def degree(net: Network, *, mode: Literal["in", "out", "all"] = "all", normalized: bool = False) -> NDArray[np.float64]:
    """Degree: the number of ties of each actor.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.
    normalized : bool
        Whether to divide by the largest score that is possible, see Notes.

    Returns
    -------
    array of shape (n,)
        A whole number from 0 to n - 1 (2(n - 1) for ``"all"`` in a directed network) for each actor, in the order
        of ``net.labels``; normalized from 0 to 1, and NaN in a network of one actor.

    Raises
    ------
    ArgumentError
        `mode` is none of the three.

    Notes
    -----
    ``"in"`` counts ties that arrive, ``"out"`` ties that leave, ``"all"`` their sum in a directed network, so that a
    mutual tie counts 2. Denominator when normalized: n - 1, or 2(n - 1) for ``"all"`` in a directed network; in a
    two-mode network the size of the other mode (Borgatti & Everett 1997).

    Values are not read. Self-ties are not counted. An isolate has 0.

    Ties that were not observed are not counted: the degree is then a lower bound. An actor who did not answer has no
    observed outgoing tie, so its ``"out"`` is 0 here; ``net.missing.non_respondents`` says whom this concerns, and
    ``cohesion.mean_degree`` gives a mean over observed dyads.

    O(n) time.

    Peers: igraph (``degree``), networkx (``degree``) and sna (``degree``, cmode ``"freeman"``) agree on networks
    without self-ties; igraph and networkx count a self-tie twice. networkx's ``degree_centrality`` divides by n - 1
    in directed networks too, so it goes up to 2.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1, 215-239.
    https://doi.org/10.1016/0378-8733(78)90021-7

    Borgatti, S. P. & Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks 19, 243-269.
    https://doi.org/10.1016/S0378-8733(96)00301-2

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"]))
    >>> wn.centrality.degree(net)
    array([3., 2., 1.])
    >>> wn.centrality.degree(net, mode="in", normalized=True)
    array([0.5, 0.5, 0.5])
    """
    core = core_of(net, two_mode=True)
    if core.first_mode is None or not normalized:
        return _core.centrality_degree(core, mode, normalized)
    return divided(_core.centrality_degree(core, mode, normalized=False), others(core)[1])


def strength(net: Network, *, mode: Literal["in", "out", "all"] = "all") -> NDArray[np.float64]:
    """Strength: the sum of the tie values of each actor.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.

    Returns
    -------
    array of shape (n,)
        The sum for each actor, in the order of ``net.labels`` and the unit of the values; 0 for an isolate. May be
        negative in a signed network.

    Raises
    ------
    ArgumentError
        `mode` is none of the three.

    Notes
    -----
    Reads tie values as strengths; without values each tie counts 1, and the strength is the `degree`. ``"all"`` adds
    arriving and leaving ties in a directed network. Self-ties are not counted. Ties that were not observed add
    nothing: see `degree`.

    O(n + m) time.

    Peers: igraph (``strength``) and networkx (``degree(weight=...)``) agree on networks without self-ties, and add the
    value of a self-tie twice.

    References
    ----------
    Barrat, A., Barthélemy, M., Pastor-Satorras, R. & Vespignani, A. (2004). The architecture of complex weighted
    networks. PNAS 101, 3747-3752. https://doi.org/10.1073/pnas.0400087101

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"]), weight=[2, 3, 0.5])
    >>> wn.centrality.strength(net)
    array([5.5, 2.5, 3. ])
    >>> wn.centrality.strength(net, mode="out")
    array([5. , 0.5, 0. ])
    """
    return _core.centrality_strength(core_of(net, two_mode=True), mode)

"""Ties among an actor's partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core
from wholenet._checks import choice, core_of
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["local_clustering"]


def local_clustering(
    net: Network, *, isolates: Literal["nan", "zero"] = "nan", variant: Literal["barrat", "onnela"] | None = None
) -> NDArray[np.float64]:
    """Local clustering: the share of the possible ties among an actor's partners that exist.

    Parameters
    ----------
    net : Network
        The network.
    isolates : {"nan", "zero"}
        What actors get that have no two partners (and so no possible tie among them).
    variant : {"barrat", "onnela"}, optional
        How values count, see Notes. Default: they are not read.

    Returns
    -------
    array of shape (n,)
        A share from 0 to 1 for each actor, in the order of ``net.labels``; NaN (or 0) for actors with fewer than two
        partners.

    Raises
    ------
    ArgumentError
        `isolates` or `variant` is none of the words above; or `variant` is given and the network has no values.
    DirectionError
        `variant` is ``"barrat"`` and the network is directed.
    SignedTiesError
        `variant` is given and the network has negative values.

    Notes
    -----
    Undirected (Watts & Strogatz): the number of ties among the d partners of an actor ÷ d(d - 1)/2.

    Directed (Fagiolo's total): the number of directed triangles of any orientation through the actor ÷
    2(d(d - 1) - 2b), the number that its ties could be part of, with d the ties that arrive plus those that leave and
    b the mutual ones. For the undirected share pass ``net.symmetrize(...)``.

    The mean over actors, ``numpy.nanmean``, leaves actors without two partners out; with ``isolates="zero"`` they
    count as 0. Neither is `cohesion.transitivity`, which weights actors by their pairs of partners.

    Valued: with ``"barrat"`` (undirected) each pair of an actor's partners counts by the mean value of the actor's two
    ties, so that the share is of strength instead of ties: Σ (w(i, j) + w(i, k)) over tied pairs of partners ÷
    (s(d - 1)), s being the actor's sum of values. With ``"onnela"`` each tied pair counts by the cube root of the
    product of the three values, each divided by the largest value in the network (NaN if that is 0); the denominators
    stay those above, directed too.

    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(m·√m) time.

    Peers: igraph (``transitivity_local_undirected``) agrees on undirected networks, with NaN, and ignores direction
    on others; networkx (``clustering``) agrees on both, with ``isolates="zero"``. With ``weight=`` networkx is
    ``"onnela"`` and igraph (``transitivity_local_undirected``) ``"barrat"``.

    References
    ----------
    Watts, D. J. & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. Nature 393, 440-442.
    https://doi.org/10.1038/30918

    Barrat, A., Barthélemy, M., Pastor-Satorras, R. & Vespignani, A. (2004). The architecture of complex weighted
    networks. PNAS 101, 3747-3752. https://doi.org/10.1073/pnas.0400087101

    Onnela, J.-P., Saramäki, J., Kertész, J. & Kaski, K. (2005). Intensity and coherence of motifs in weighted complex
    networks. Physical Review E 71, 065103. https://doi.org/10.1103/PhysRevE.71.065103

    Fagiolo, G. (2007). Clustering in complex directed networks. Physical Review E 76, 026107.
    https://doi.org/10.1103/PhysRevE.76.026107

    Examples
    --------
    A triangle with a pendant: one of the three pairs of partners of c is tied, the only pair of a and of b too.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    >>> wn.centrality.local_clustering(net).round(3)
    array([1.   , 1.   , 0.333,   nan])
    >>> wn.centrality.local_clustering(net, isolates="zero").round(3)
    array([1.   , 1.   , 0.333, 0.   ])
    """
    choice("isolates", isolates, ("nan", "zero"))
    core = core_of(net)
    if variant is not None and not core.valued:
        msg = f"variant={variant!r} reads tie values, and this network has none. Leave variant= out"
        raise ArgumentError(msg)
    scores = _core.centrality_local_clustering(core, variant)
    return np.nan_to_num(scores, nan=0.0) if isolates == "zero" else scores

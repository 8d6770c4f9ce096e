"""Which actors hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet import _core
from wholenet._checks import core_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["components"]


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
    return _core.cohesion_components(core_of(net, two_mode=True), kind)

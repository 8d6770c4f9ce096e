"""Regular equivalence: being tied to the same kinds of actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet import _core
from wholenet._checks import whole
from wholenet.positions._equivalence import cores_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["regular_equivalence"]


def regular_equivalence(
    net: Network | Sequence[Network], *, iterations: int = 3, progress: bool = True
) -> NDArray[np.float64]:
    """Regular equivalence (REGE): how far each pair of actors is tied to the same kinds of actors.

    Parameters
    ----------
    net : Network or sequence of networks
        The network; or several relations among the same actors, whose ties are compared together.
    iterations : int
        How often the similarities are computed from the last ones; three by custom. More tell actors further apart.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n, n)
        Similarities from 0 to 1, symmetric, in the order of ``net.labels``; 1 on the diagonal, and between actors who
        could not be told apart.

    Raises
    ------
    ArgumentError
        The relations are not among the same actors in the same order; `iterations` is not a whole number of at least 1.
    SignedTiesError
        A network has negative values.

    Notes
    -----
    All similarities M are 1 at first. Then, for each pair i and j: each partner k of i is matched with the partner m of
    j for which M(k, m)·Σ min(x(i, k), x(j, m)) is largest, the sum being over the relations and both directions; and
    each partner of j with one of i. The new M(i, j) is the sum of these matches ÷ the sum of Σ max(x(i, k), x(j, m))
    over the same pairs (of equal matches the one for which this is smallest; own ties alone where nobody matches). Two
    actors without ties are alike, one without and one with ties have 0.

    In an undirected network without values all actors with ties are regularly equivalent: everything is 1. Give
    distances instead, made a valued network, or use directed ties. Two actors whose partners are of the same kinds, in
    whatever numbers, stay at 1 in networks without values.

    Cluster with ``hierarchy(1 - regular_equivalence(net))``. Reads tie values. Self-ties are not read. A tie that was
    not observed is read as absent; see ``net.missing``.

    O(m²) time per iteration, O(n²) memory.

    Peers: UCINET's REGE is the same procedure. sna (``redist``) has CATREGE instead, which tells after how many
    iterations two actors part. igraph and networkx do not have it.

    References
    ----------
    White, D. R. & Reitz, K. P. (1983). Graph and semigroup homomorphisms on networks of relations. Social Networks 5,
    193-234. https://doi.org/10.1016/0378-8733(83)90025-4

    Borgatti, S. P. & Everett, M. G. (1993). Two algorithms for computing regular equivalence. Social Networks 15,
    361-376. https://doi.org/10.1016/0378-8733(93)90012-A

    Examples
    --------
    A director, two managers, and three who report to them: both managers are alike, whether one or two report to them.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["b", "c", "d", "e", "f"], ["a", "a", "b", "b", "c"]))
    >>> wn.positions.regular_equivalence(net).round(2)
    array([[1.  , 0.4 , 0.34, 0.  , 0.  , 0.  ],
           [0.4 , 1.  , 1.  , 0.25, 0.25, 0.23],
           [0.34, 1.  , 1.  , 0.33, 0.33, 0.31],
           [0.  , 0.25, 0.33, 1.  , 1.  , 1.  ],
           [0.  , 0.25, 0.33, 1.  , 1.  , 1.  ],
           [0.  , 0.23, 0.31, 1.  , 1.  , 1.  ]])
    """
    cores = cores_of(net)
    return _core.positions_regular_equivalence(cores, min(whole(iterations, "iterations"), 2**32 - 1), progress)

"""Who can reach whom, and how near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._checks import core_of, needs_actors
from wholenet._shared import distance_counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["breadth", "compactness", "fragmentation", "reachability"]


def reachability(net: Network, *, progress: bool = True) -> NDArray[np.bool_]:
    """Reachability: whether a path leads from each actor to each other.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n, n)
        Row i, column j: whether j can be reached from i, both in the order of ``net.labels``; true on the diagonal.

    Raises
    ------
    ArgumentError
        There are more than 65,536 actors, so that the matrix would have more than 2³² cells.

    Notes
    -----
    Where `distances` is finite. Paths follow the direction of ties. Values and self-ties are not read. A tie that was
    not observed is read as absent, so that reach may be too small; see ``net.missing``.

    O(n·m ÷ 64) word operations at best, n·m at worst; 9n² bytes.

    Peers: sna (``reachability``) agrees, diagonal included; networkx's ``transitive_closure`` and igraph's
    ``subcomponent`` tell the same of single pairs.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 158-159. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.cohesion.reachability(wn.Network.from_edges((["a", "b"], ["b", "c"])))
    array([[ True,  True,  True],
           [False,  True,  True],
           [False, False,  True]])
    """
    return np.isfinite(_core.cohesion_distances(core_of(net, two_mode=True), None, progress))


def compactness(net: Network, *, progress: bool = True) -> float:
    """Compactness: the mean of 1 ÷ distance over all pairs of actors, also called global efficiency.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    float
        From 0 (no ties) to 1 (everybody is tied to everybody); NaN in a network of one actor.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    Σ 1 ÷ d(i, j) ÷ n(n - 1) over ordered pairs; a pair without a path adds 0. The mean of
    ``centrality.harmonic(net, normalized=True)``. Values are not read. Self-ties are not read. A tie that was not
    observed is read as absent, so that compactness may be too low; see ``net.missing``.

    O(n·m ÷ 64) word operations at best, n·m at worst; O(n) memory per thread.

    Peers: UCINET's "Compactness" agrees, and networkx's and igraph's ``global_efficiency``.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational & Mathematical
    Organization Theory 12, 21-34. https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    A path of three: two pairs at distance 1, one at 2.

    >>> import wholenet as wn
    >>> wn.cohesion.compactness(wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)).__round__(3)
    0.833
    """
    core = core_of(net)
    needs_actors(core, "compactness")
    n = core.n_actors
    counts = distance_counts(core, progress=progress)[1:]
    return float((counts / np.arange(1, len(counts) + 1)).sum() / (n * (n - 1))) if n > 1 else float("nan")


def breadth(net: Network, *, progress: bool = True) -> float:
    """Breadth: 1 - compactness; also distance-weighted fragmentation.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    float
        From 0 (everybody is tied to everybody) to 1 (no ties); NaN in a network of one actor.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    See `compactness`, whose notes tell formula, missing ties and cost. UCINET's "Breadth" agrees.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.cohesion.breadth(wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)).__round__(3)
    0.167
    """
    needs_actors(core_of(net), "breadth")
    return 1 - compactness(net, progress=progress)


def fragmentation(net: Network, *, weighted: bool = False, progress: bool = True) -> float:
    """Fragmentation: the share of pairs of actors that can't reach each other.

    Parameters
    ----------
    net : Network
        The network.
    weighted : bool
        Whether a pair that can counts by its distance: 1 - 1 ÷ distance, in place of 0. This is `breadth`.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    float
        From 0 (everybody can reach everybody; weighted: is tied to everybody) to 1 (no pair); NaN in a network of one
        actor.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    A pair counts as joined when each can reach the other: 1 - Σ s(s - 1) ÷ n(n - 1), with s the sizes of the strong
    components. Values are not read. Self-ties are not read. A tie that was not observed is read as absent, so that
    fragmentation may be too high; see ``net.missing``.

    O(n + m) time; weighted O(n·m ÷ 64) word operations at best, n·m at worst.

    Peers: in directed networks UCINET's "Fragmentation" is 1 - the share of *ordered* pairs with a path:
    ``1 - reachability(net)`` off the diagonal, which `whole_network` gives. Undirected it agrees.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational & Mathematical
    Organization Theory 12, 21-34. https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    Components of three and two: 3 + 1 of the 10 pairs are joined.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False)
    >>> wn.cohesion.fragmentation(net)
    0.6
    """
    core = core_of(net)
    needs_actors(core, "fragmentation")
    if weighted:
        return breadth(net, progress=progress)
    n = core.n_actors
    sizes = np.bincount(_core.cohesion_components(core, "strong")).astype(float)
    return 1 - float((sizes * (sizes - 1)).sum()) / (n * (n - 1)) if n > 1 else float("nan")

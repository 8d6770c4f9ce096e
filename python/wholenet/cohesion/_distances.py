"""Distances between actors, and what sums them up; public in `cohesion`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

import numpy as np

from wholenet import _core
from wholenet._checks import core_of, needs_actors, needs_values
from wholenet._shared import distance_counts
from wholenet.centrality import _sampled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet._estimate import Estimate
    from wholenet.network import Network

__all__ = ["average_distance", "diameter", "distances"]


def distances(
    net: Network, *, distance: Literal["inverse", "value"] | None = None, progress: bool = True
) -> NDArray[np.float64]:
    """Distances: how long the shortest path is from each actor to each other.

    Parameters
    ----------
    net : Network
        The network.
    distance : {"inverse", "value"}, optional
        How the length of a tie follows from its value: 1 ÷ value, so that strong ties are short, or the value itself.
        Default: values are not read, and paths count steps.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n, n)
        Row i, column j: the distance from i to j, both in the order of ``net.labels``; ``inf`` where there is no path,
        0 on the diagonal.

    Raises
    ------
    ArgumentError
        `distance` is neither of the two words; or it is given and the network has no values, or one that is not
        above 0. Or there are more than 65,536 actors, so that the matrix would have more than 2³² cells.

    Notes
    -----
    Paths follow the direction of ties. Self-ties are not read. A tie that was not observed is read as absent, so
    distances may be too long; see ``net.missing``.

    In steps O(n·m ÷ 64) word operations at best, n·m at worst; with `distance` O(n·(m + n log n)). The matrix takes
    8n² bytes; `average_distance` and `diameter` do without it.

    Peers: igraph (``distances``, mode ``"out"``), networkx (``floyd_warshall_numpy``) and sna (``geodist``) agree.

    References
    ----------
    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 110-112, 134-136. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[4, 2])
    >>> wn.cohesion.distances(net)
    array([[ 0.,  1.,  2.],
           [inf,  0.,  1.],
           [inf, inf,  0.]])
    >>> wn.cohesion.distances(net, distance="inverse")[0]
    array([0.  , 0.25, 0.75])
    """
    core = core_of(net, two_mode=True)
    needs_values(core, distance)
    return _core.cohesion_distances(core, distance, progress)


@overload
def average_distance(
    net: Network, *, samples: None = ..., delta: float = ..., seed: int | None = ..., progress: bool = ...
) -> float: ...


@overload
def average_distance(
    net: Network, *, samples: int, delta: float = ..., seed: int | None = ..., progress: bool = ...
) -> Estimate: ...


def average_distance(
    net: Network, *, samples: int | None = None, delta: float = 0.1, seed: int | None = None, progress: bool = True
) -> float | Estimate:
    """Average distance: the mean length of the shortest paths, over pairs of actors that a path joins.

    Parameters
    ----------
    net : Network
        The network.
    samples : int, optional
        Estimate it from the distances of so many random actors, at least 2. Default: it is exact.
    delta : float
        With `samples`: the probability, at most, that the true value is out of its bounds.
    seed : int, optional
        With `samples`: makes the draws reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    float, or Estimate
        In steps, at least 1. NaN where no path joins two actors. With `samples` an estimate of it, with bounds.

    Raises
    ------
    ArgumentError
        `samples`, `delta` or `seed` is out of its range.
    DirectionError
        The network is directed, and `samples` is given: how many pairs have a path is not known then.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    The mean of the finite entries of `distances` off the diagonal. Pairs without a path are left out, so that a
    network that falls apart may have *shorter* average distance: report the share of pairs joined beside it, or the
    mean of ``centrality.harmonic``.

    Estimates: sources are drawn with replacement, and the sum of all distances is n times the mean of their sums.
    Bounds are those of Maurer and Pontil (2009), from the mean and variance of the draws and from twice the farthest
    distance of a source; they hold with probability 1 - delta. The number of pairs that have a path is exact.

    Values are not read. Paths follow the direction of ties. Self-ties are not read. A tie that was not observed is
    read as absent; see ``net.missing``.

    O(n·m ÷ 64) word operations at best, n·m at worst; O(n) memory per thread.

    Peers: igraph (``average_path_length``, R ``mean_distance``) and UCINET's "Avg Distance" agree; networkx
    (``average_shortest_path_length``) agrees on connected networks and refuses others.

    References
    ----------
    Watts, D. J. & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. Nature 393, 440-442.
    https://doi.org/10.1038/30918

    Examples
    --------
    A path of three (distances 1, 1, 2) and a pair (1):

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False)
    >>> wn.cohesion.average_distance(net)
    1.25
    """
    core = core_of(net, two_mode=True)
    needs_actors(core, "average_distance")
    if samples is not None:
        return _sampled.average_distance(net, core, samples=samples, delta=delta, seed=seed, progress=progress)
    counts = distance_counts(core, progress=progress)[1:]
    return float(counts @ np.arange(1, len(counts) + 1) / counts.sum()) if len(counts) else float("nan")


def diameter(net: Network, *, progress: bool = True) -> float:
    """Diameter: the longest of the shortest paths, over pairs of actors that a path joins.

    Parameters
    ----------
    net : Network
        The network.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    float
        A whole number of steps from 1 to n - 1. NaN where no path joins two actors.

    Raises
    ------
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    The largest finite entry of `distances`: in a network that falls apart the longest distance within a part.

    Values are not read. Paths follow the direction of ties. Self-ties are not read. A tie that was not observed is
    read as absent; see ``net.missing``.

    Exact. In an undirected network actors are searched from in order of their distance from a middle one, the farthest
    first, until no other can be farther from anybody (iFUB): mostly a small part of O(n·m ÷ 64) word operations, at
    worst all of n·m; O(n) memory per thread.

    Peers: igraph and UCINET agree (igraph gives 0 where there is no path); networkx agrees on connected networks and
    refuses others.

    References
    ----------
    Crescenzi, P., Grossi, R., Habib, M., Lanzi, L. & Marino, A. (2013). On computing the diameter of real-world
    undirected graphs. Theoretical Computer Science 514, 84-95. https://doi.org/10.1016/j.tcs.2012.09.018

    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 111-112, 134-136. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.cohesion.diameter(wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False))
    2.0
    """
    core = core_of(net, two_mode=True)
    needs_actors(core, "diameter")
    longest = _core.cohesion_diameter(core, progress)
    return float(longest) if longest > 0 else float("nan")

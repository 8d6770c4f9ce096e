"""Standing between others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

import numpy as np

from wholenet import _core
from wholenet._checks import core_of, needs_values
from wholenet.centrality import _sampled
from wholenet.centrality._modes import divided, most_between, unlengthened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet._estimate import Estimate
    from wholenet.network import Network

__all__ = ["betweenness"]


@overload
def betweenness(
    net: Network,
    *,
    normalized: bool = ...,
    distance: Literal["inverse", "value"] | None = ...,
    samples: None = ...,
    epsilon: None = ...,
    delta: float = ...,
    seed: int | None = ...,
    progress: bool = ...,
) -> NDArray[np.float64]: ...


@overload
def betweenness(
    net: Network,
    *,
    normalized: bool = ...,
    distance: None = ...,
    samples: int | None = ...,
    epsilon: float | None = ...,
    delta: float = ...,
    seed: int | None = ...,
    progress: bool = ...,
) -> Estimate: ...


def betweenness(
    net: Network,
    *,
    normalized: bool = False,
    distance: Literal["inverse", "value"] | None = None,
    samples: int | None = None,
    epsilon: float | None = None,
    delta: float = 0.1,
    seed: int | None = None,
    progress: bool = True,
) -> NDArray[np.float64] | Estimate:
    """Betweenness: the share of shortest paths between others that run through an actor, summed over pairs.

    Parameters
    ----------
    net : Network
        The network.
    normalized : bool
        Whether to divide by the largest score that is possible, see Notes.
    distance : {"inverse", "value"}, optional
        How the length of a tie follows from its value: 1 ÷ value, so that strong ties are short, or the value itself.
        Default: values are not read, and paths count steps.
    samples : int, optional
        Estimate the scores from so many random shortest paths. Default: they are exact.
    epsilon : float, optional
        Estimate the scores from as many random shortest paths as it takes for no score to be off by more than this, as
        a share of the n(n - 1) ordered pairs.
    delta : float
        With `samples` or `epsilon`: the probability, at most, that the true score of some actor is out of its bounds.
    seed : int, optional
        With `samples` or `epsilon`: makes the draws reproducible. Default: one is drawn, and kept in the result.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,), or Estimate
        A score for each actor, in the order of ``net.labels``: from 0 to (n - 1)(n - 2), or half of it in an
        undirected network; normalized from 0 to 1, and NaN in a network of fewer than three actors. With
        `samples` or `epsilon` an estimate of it, with bounds.

    Raises
    ------
    ArgumentError
        `distance` is neither of the two words; or it is given and the network has no values, or one that is not
        above 0. Or two actors have more than 1e308 shortest paths between them, which double precision can't count.
        Or `samples`, `epsilon`, `delta` or `seed` is out of its range; or both of the first two are given, or one with
        `distance`.

    Notes
    -----
    The score of i is the sum, over pairs of other actors s and t, of the number of shortest paths from s to t through
    i ÷ the number of all shortest paths from s to t. Pairs are ordered in a directed network and unordered in an
    undirected one. The ends of a path do not count as on it. Pairs without a path add nothing, so isolates have 0 and
    disconnected networks need no special rule.

    Denominator when normalized: (n - 1)(n - 2) in a directed network, half of it in an undirected one: the score of
    the centre of a star. In a two-mode network: the largest score of an actor of its mode, beside n″ actors of the
    other. It has an actor tied to all of these, when the others of its own mode hang evenly on them, one tie each:
    (N² - Σ b²) ÷ 2 for N = n - 1 and n″ branches of b actors. (Borgatti & Everett 1997 give a smaller denominator where
    the actor's mode is the larger one, with which scores can exceed 1.)

    Paths follow the direction of ties. Self-ties are not read. A tie that was not observed is read as absent: that
    lengthens or cuts paths, and may raise the scores of others; see ``net.missing``. Numbers of paths are counted in
    double precision, exact up to 2⁵³ and then rounded. With `distance`, two paths count as equally short when their
    lengths are equal up to rounding.

    Estimates: each draw is a random ordered pair of actors and a random one of its shortest paths, and a score is the
    share of draws that run through the actor, times the number of pairs. Bounds are Chernoff's, and hold for all
    actors at once with probability 1 - delta: about √(2b·ln(2n ÷ delta) ÷ samples) off for a small share b. With
    `epsilon` they are looked at several times, each at a part of delta, until all are close enough.

    Exact (Brandes): O(n·m) time in steps, O(n·(m + n log n)) with `distance`. O(n + m) memory per thread.

    Peers: igraph, networkx (``normalized=False``) and sna agree, directed or not; networkx's default divides as ours
    does with ``normalized=True``, as does igraph for R. networkit counts each unordered pair twice.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40, 35-41.
    https://doi.org/10.2307/3033543

    White, D. R. & Borgatti, S. P. (1994). Betweenness centrality measures for directed graphs. Social Networks 16,
    335-346. https://doi.org/10.1016/0378-8733(94)90015-9

    Borassi, M. & Natale, E. (2019). KADABRA is an adaptive algorithm for betweenness via random approximation. ACM
    Journal of Experimental Algorithmics 24, 1.2. https://doi.org/10.1145/3284359

    Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25, 163-177.
    https://doi.org/10.1080/0022250X.2001.9990249

    Examples
    --------
    All paths between the others of a star run through its centre, half of those between opposite corners of a square
    through each of the other two:

    >>> import wholenet as wn
    >>> star = wn.Network.from_edges((["a", "a", "a", "a"], ["b", "c", "d", "e"]), directed=False)
    >>> wn.centrality.betweenness(star)
    array([6., 0., 0., 0., 0.])
    >>> square = wn.Network.from_edges((["a", "b", "c", "d"], ["b", "c", "d", "a"]), directed=False)
    >>> wn.centrality.betweenness(square)
    array([0.5, 0.5, 0.5, 0.5])
    """
    core = core_of(net, two_mode=True)
    needs_values(core, distance)
    if samples is not None or epsilon is not None:
        unlengthened(distance)
        n = net.n_actors
        orders = 1 if core.directed else 2
        pairs = n * (n - 1) / orders
        most = np.full(n, (n - 1) * (n - 2) / orders) if core.first_mode is None else most_between(core)
        scale = divided(np.full(n, pairs), most) if normalized else pairs
        return _sampled.betweenness(
            net, core, scale, samples=samples, epsilon=epsilon, delta=delta, seed=seed, progress=progress
        )
    if core.first_mode is not None and normalized:
        scores = _core.centrality_betweenness(core, normalized=False, distance=distance, progress=progress)
        return divided(scores, most_between(core))
    return _core.centrality_betweenness(core, normalized, distance, progress)

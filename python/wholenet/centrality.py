"""Actor prominence: one number per actor, as an array in the order of the actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core
from wholenet._checks import choice, core_of, needs_values
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = [
    "betweenness",
    "closeness",
    "degree",
    "eigenvector",
    "harmonic",
    "local_clustering",
    "pagerank",
    "strength",
]


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
    mutual tie counts 2. Denominator when normalized: n - 1, or 2(n - 1) for ``"all"`` in a directed network.

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

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["b", "c", "a"]))
    >>> wn.centrality.degree(net)
    array([3., 2., 1.])
    >>> wn.centrality.degree(net, mode="in", normalized=True)
    array([0.5, 0.5, 0.5])
    """
    return _core.centrality_degree(core_of(net), mode, normalized)


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
    return _core.centrality_strength(core_of(net), mode)


def closeness(
    net: Network,
    *,
    mode: Literal["in", "out", "all"] = "out",
    unreachable: Literal["ignore", "scale", "n", "max+1"] = "ignore",
    distance: Literal["inverse", "value"] | None = None,
    progress: bool = True,
) -> NDArray[np.float64]:
    """Closeness: the inverse of the mean distance between an actor and the others.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.
    unreachable : {"ignore", "scale", "n", "max+1"}
        What an actor counts for that no path leads to, see Notes.
    distance : {"inverse", "value"}, optional
        How the length of a tie follows from its value: 1 ÷ value, so that strong ties are short, or the value itself.
        Default: values are not read, and paths count steps.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A score for each actor, in the order of ``net.labels``. In steps from 0 to 1, where 1 is a tie to everybody
        (with ``"ignore"``: to everybody whom a path leads to); per unit of length with `distance`.

    Raises
    ------
    ArgumentError
        `mode`, `unreachable` or `distance` is none of the words above; `distance` is given and the network has no
        values, or one that is not above 0; `distance` is given with ``unreachable="n"`` or ``"max+1"``, which are
        numbers of steps; `distance` is given with ``mode="all"`` in a directed network (use ``net.symmetrize(...)``
        first, to say what the value of a mutual tie is).

    Notes
    -----
    Let r be the number of other actors that can be reached and s the sum of the distances to them.

    ============== ============================================ ===================================================
    `unreachable`  score                                        reaches nobody
    ============== ============================================ ===================================================
    ``"ignore"``   r ÷ s                                        NaN
    ``"scale"``    (r ÷ s) · r ÷ (n - 1)                        0
    ``"n"``        (n - 1) ÷ (s + (n - 1 - r) · n)              1 ÷ n
    ``"max+1"``    (n - 1) ÷ (s + (n - 1 - r) · (longest + 1))   1 ÷ (longest + 1); NaN where there are no ties at all
    ============== ============================================ ===================================================

    *longest* is the longest distance between any two actors of the network. In a connected (directed: strongly
    connected) network the four agree. In a disconnected one ``"ignore"`` compares actors of different components only
    with their own: a pair of actors scores 1. Where networks fall apart, `harmonic` is the better measure.

    ``"out"`` looks at paths from the actor, ``"in"`` at paths to it, ``"all"`` at paths that ignore direction.
    Self-ties are not read. A tie that was not observed is read as absent, so paths may be too long; see
    ``net.missing``. A network of one actor gives NaN (``"scale"``: 0).

    In steps O(n·m ÷ 64) word operations at best (searches from 64 actors at once), n·m at worst; with `distance`
    O(n·(m + n log n)). O(n + m) memory per thread.

    Peers: ``"ignore"`` is igraph's ``closeness(normalized=True)`` and networkx's with ``wf_improved=False`` (which
    has 0 for isolates); ``"scale"`` is networkx's default (Wasserman & Faust). networkx measures distances *to* the
    actor: ours with ``mode="in"``. sna agrees in connected networks and gives 0 to every actor that can't reach all
    others. UCINET's Freeman closeness uses ``"max+1"`` by default. ``"n"`` is what igraph did before version 0.10.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. Social Networks 1, 215-239.
    https://doi.org/10.1016/0378-8733(78)90021-7

    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 184-187, 200-201. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    A path of three and a pair:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False)
    >>> wn.centrality.closeness(net).round(3)
    array([0.667, 1.   , 0.667, 1.   , 1.   ])
    >>> wn.centrality.closeness(net, unreachable="scale").round(3)
    array([0.333, 0.5  , 0.333, 0.25 , 0.25 ])
    >>> wn.centrality.closeness(net, unreachable="max+1").round(3)
    array([0.444, 0.5  , 0.444, 0.4  , 0.4  ])
    """
    core = core_of(net)
    needs_values(core, distance)
    if distance is not None and unreachable in {"n", "max+1"}:
        msg = (
            f"unreachable={unreachable!r} is a number of steps, and distance={distance!r} gives paths a length. Pass "
            'unreachable="ignore" or "scale", or leave distance= out'
        )
        raise ArgumentError(msg)
    return _core.centrality_closeness(core, mode, unreachable, distance, progress)


def harmonic(
    net: Network,
    *,
    mode: Literal["in", "out", "all"] = "out",
    normalized: bool = False,
    distance: Literal["inverse", "value"] | None = None,
    progress: bool = True,
) -> NDArray[np.float64]:
    """Harmonic closeness: the sum of 1 ÷ distance to every other actor.

    Parameters
    ----------
    net : Network
        The network.
    mode : {"in", "out", "all"}
        Whether ties are followed towards the actor, away from it, or both ways. In an undirected network the three
        are the same.
    normalized : bool
        Whether to divide by the largest score that is possible, see Notes.
    distance : {"inverse", "value"}, optional
        How the length of a tie follows from its value: 1 ÷ value, so that strong ties are short, or the value itself.
        Default: values are not read, and paths count steps.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A score for each actor, in the order of ``net.labels``: in steps from 0 (reaches nobody) to n - 1 (tied to
        everybody), normalized from 0 to 1, and NaN in a network of one actor.

    Raises
    ------
    ArgumentError
        `mode` or `distance` is none of the words above; `distance` is given and the network has no values, or one
        that is not above 0; `distance` is given with ``mode="all"`` in a directed network (use
        ``net.symmetrize(...)`` first).

    Notes
    -----
    An actor that can't be reached adds 0, so disconnected networks need no special rule. Denominator when
    normalized: n - 1; with `distance` that is a mean of 1 ÷ length, which is not bound by 1.

    ``"out"`` looks at paths from the actor, ``"in"`` at paths to it, ``"all"`` at paths that ignore direction.
    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    In steps O(n·m ÷ 64) word operations at best, n·m at worst; with `distance` O(n·(m + n log n)). O(n + m) memory
    per thread.

    Peers: igraph for Python and sna (``closeness``, cmode ``"suminvdir"``) divide by n - 1 by default, igraph for R
    does not; networkx returns the sum, of distances *to* the actor: ours with ``mode="in"``. sna's ``"gil-schmidt"``
    divides by the number of actors reached.

    References
    ----------
    Marchiori, M. & Latora, V. (2000). Harmony in the small-world. Physica A 285, 539-546.
    https://doi.org/10.1016/S0378-4371(00)00311-3

    Boldi, P. & Vigna, S. (2014). Axioms for centrality. Internet Mathematics 10, 222-262.
    https://doi.org/10.1080/15427951.2013.865686

    Examples
    --------
    A path of three and a pair:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b", "x"], ["b", "c", "y"]), directed=False)
    >>> wn.centrality.harmonic(net)
    array([1.5, 2. , 1.5, 1. , 1. ])
    >>> wn.centrality.harmonic(net, normalized=True)
    array([0.375, 0.5  , 0.375, 0.25 , 0.25 ])
    """
    core = core_of(net)
    needs_values(core, distance)
    return _core.centrality_harmonic(core, mode, normalized, distance, progress)


def betweenness(
    net: Network,
    *,
    normalized: bool = False,
    distance: Literal["inverse", "value"] | None = None,
    progress: bool = True,
) -> NDArray[np.float64]:
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
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n,)
        A score for each actor, in the order of ``net.labels``: from 0 to (n - 1)(n - 2), or half of it in an
        undirected network; normalized from 0 to 1, and NaN in a network of fewer than three actors.

    Raises
    ------
    ArgumentError
        `distance` is neither of the two words; or it is given and the network has no values, or one that is not
        above 0. Or two actors have more than 1e308 shortest paths between them, which double precision can't count.

    Notes
    -----
    The score of i is the sum, over pairs of other actors s and t, of the number of shortest paths from s to t through
    i ÷ the number of all shortest paths from s to t. Pairs are ordered in a directed network and unordered in an
    undirected one. The ends of a path do not count as on it. Pairs without a path add nothing, so isolates have 0 and
    disconnected networks need no special rule.

    Denominator when normalized: (n - 1)(n - 2) in a directed network, half of it in an undirected one: the score of
    the centre of a star.

    Paths follow the direction of ties. Self-ties are not read. A tie that was not observed is read as absent: that
    lengthens or cuts paths, and may raise the scores of others; see ``net.missing``. Numbers of paths are counted in
    double precision, exact up to 2⁵³ and then rounded. With `distance`, two paths count as equally short when their
    lengths are equal up to rounding.

    Exact (Brandes): O(n·m) time in steps, O(n·(m + n log n)) with `distance`. O(n + m) memory per thread.

    Peers: igraph, networkx (``normalized=False``) and sna agree, directed or not; networkx's default divides as ours
    does with ``normalized=True``, as does igraph for R. networkit counts each unordered pair twice.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40, 35-41.
    https://doi.org/10.2307/3033543

    White, D. R. & Borgatti, S. P. (1994). Betweenness centrality measures for directed graphs. Social Networks 16,
    335-346. https://doi.org/10.1016/0378-8733(94)90015-9

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
    core = core_of(net)
    needs_values(core, distance)
    return _core.centrality_betweenness(core, normalized, distance, progress)


def eigenvector(net: Network, *, scale: Literal["max", "norm"] = "max") -> NDArray[np.float64]:
    """Eigenvector centrality: a score proportional to the sum of the scores of those who choose the actor.

    Parameters
    ----------
    net : Network
        The network.
    scale : {"max", "norm"}
        Whether the largest score is 1, or the sum of the squared scores.

    Returns
    -------
    array of shape (n,)
        A score from 0 to 1 for each actor, in the order of ``net.labels``. All NaN where there is no such vector: in
        a network without ties, and in a directed one without a cycle.

    Raises
    ------
    ArgumentError
        `scale` is neither of the two words.
    SignedTiesError
        The network has negative values.
    ConvergenceError
        The two largest eigenvalues of a component are so near each other that 100,000 iterations do not settle.

    Notes
    -----
    Solves λ·x(i) = Σ a(j, i)·x(j) for the largest λ, where a(j, i) is the value of the tie from j to i: *incoming*
    ties count, and values are read as strengths. For outgoing ties pass ``net.reverse()``.

    The answer is the limit of the power iteration from equal scores, which settles what it means in networks that
    fall apart. Undirected: actors outside the component with the largest λ have 0; where components share it, each has
    the scores that it would have by itself, weighted by how well equal scores project on it. Directed: actors whom no
    path leads to from a strong component with the largest λ have 0 (up to rounding); where one such component leads to
    another, so has everybody but those at the end of the longest chain of them. Stars, trees, rings and other
    bipartite or periodic networks need no special care: the iteration runs on A + λ/4·I.

    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``. Isolates have 0.

    O(m) time per iteration. It has converged when the norm of Ax - λx is below 1e-13 times λ and the norm of x.

    Peers: igraph (largest score 1) agrees where one component alone has the largest λ; where several share it, igraph
    picks one answer among many, and without a cycle it scores the actors at the ends of paths 1. networkx (norm 1,
    ``eigenvector_centrality_numpy``) agrees, and refuses networks that are not (strongly) connected. sna's ``evcent``
    reads *outgoing* ties, ours of ``net.reverse()``, and gives all actors of a star the same score.

    References
    ----------
    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. Journal of
    Mathematical Sociology 2, 113-120. https://doi.org/10.1080/0022250X.1972.9989806

    Examples
    --------
    In a star of five λ is 2, and the centre has twice the score of the others:

    >>> import wholenet as wn
    >>> star = wn.Network.from_edges((["a", "a", "a", "a"], ["b", "c", "d", "e"]), directed=False)
    >>> wn.centrality.eigenvector(star).round(12)
    array([1. , 0.5, 0.5, 0.5, 0.5])
    >>> wn.centrality.eigenvector(star, scale="norm").round(3)
    array([0.707, 0.354, 0.354, 0.354, 0.354])
    """
    return _core.centrality_eigenvector(core_of(net), scale)


def pagerank(net: Network, *, damping: float = 0.85) -> NDArray[np.float64]:
    """PageRank: the share of time that a walker along ties, who sometimes jumps anywhere, spends at an actor.

    Parameters
    ----------
    net : Network
        The network.
    damping : float
        The probability of following a tie instead of jumping; at least 0 and below 1.

    Returns
    -------
    array of shape (n,)
        A share above 0 for each actor, in the order of ``net.labels``; the shares sum to 1.

    Raises
    ------
    ArgumentError
        `damping` is outside its range.
    SignedTiesError
        The network has negative values.
    ConvergenceError
        `damping` is so near 1 that 10,000 iterations do not settle.

    Notes
    -----
    The walker at an actor follows one of its outgoing ties, in proportion to their values (read as strengths), with
    probability `damping`, and else goes to an actor at random; from an actor without outgoing ties always to an actor
    at random. In an undirected network ties lead both ways. Self-ties are not read. A tie that was not observed is
    read as absent; see ``net.missing``.

    O(m) time per iteration, about 230 of them for 0.85. It stops when rounding is all that still changes.

    Peers: igraph and networkx agree, to their tolerance: networkx stops at a change of n·1e-6, which ``tol=``
    lowers.

    References
    ----------
    Brin, S. & Page, L. (1998). The anatomy of a large-scale hypertextual web search engine. Computer Networks and
    ISDN Systems 30, 107-117. https://doi.org/10.1016/S0169-7552(98)00110-X

    Examples
    --------
    With damping 0.5 the walker leaves a for b half of the time, and jumps from b always: p(a) = ¼ + p(b)/4, so that
    p(a) = 0.4.

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a"], ["b"]))
    >>> wn.centrality.pagerank(net, damping=0.5).round(12)
    array([0.4, 0.6])
    """
    return _core.centrality_pagerank(core_of(net), damping)


def local_clustering(net: Network, *, isolates: Literal["nan", "zero"] = "nan") -> NDArray[np.float64]:
    """Local clustering: the share of the possible ties among an actor's partners that exist.

    Parameters
    ----------
    net : Network
        The network.
    isolates : {"nan", "zero"}
        What actors get that have no two partners (and so no possible tie among them).

    Returns
    -------
    array of shape (n,)
        A share from 0 to 1 for each actor, in the order of ``net.labels``; NaN (or 0) for actors with fewer than two
        partners.

    Raises
    ------
    ArgumentError
        `isolates` is neither of the two words.

    Notes
    -----
    Undirected (Watts & Strogatz): the number of ties among the d partners of an actor ÷ d(d - 1)/2.

    Directed (Fagiolo's total): the number of directed triangles of any orientation through the actor ÷
    2(d(d - 1) - 2b), the number that its ties could be part of, with d the ties that arrive plus those that leave and
    b the mutual ones. For the undirected share pass ``net.symmetrize(...)``.

    The mean over actors, ``numpy.nanmean``, leaves actors without two partners out; with ``isolates="zero"`` they
    count as 0. Neither is `cohesion.transitivity`, which weights actors by their pairs of partners.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(m·√m) time.

    Peers: igraph (``transitivity_local_undirected``) agrees on undirected networks, with NaN, and ignores direction
    on others; networkx (``clustering``) agrees on both, with ``isolates="zero"``.

    References
    ----------
    Watts, D. J. & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. Nature 393, 440-442.
    https://doi.org/10.1038/30918

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
    scores = _core.centrality_local_clustering(core_of(net))
    return np.nan_to_num(scores, nan=0.0) if isolates == "zero" else scores

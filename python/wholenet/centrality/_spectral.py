"""Prominence that follows from that of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from wholenet import _core
from wholenet._checks import core_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["eigenvector", "pagerank"]


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
    return _core.centrality_eigenvector(core_of(net, two_mode=True), scale)


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

"""Prominence by walks of all lengths."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core
from wholenet._checks import choice, core_of, needs_signless, needs_undirected
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["authorities", "bonacich_power", "hubs", "katz", "pn", "subgraph"]


def bonacich_power(net: Network, *, beta: float) -> NDArray[np.float64]:
    """Bonacich power: a score that partners' scores raise (beta above 0) or lower (below 0).

    Parameters
    ----------
    net : Network
        The network.
    beta : float
        How much partners count: positive where ties to the central make central, negative where ties to those
        without other options give power. Its size should be below 1 ÷ the largest eigenvalue of the matrix.

    Returns
    -------
    array of shape (n,)
        A score for each actor, in the order of ``net.labels``, scaled so that the squares sum to n; 0 for actors who
        send no ties. All NaN in a network without ties.

    Raises
    ------
    ArgumentError
        `beta` is not finite, or 1 ÷ `beta` is an eigenvalue, so that there is no answer.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    c = (I - βA)⁻¹ A 1, with a(i, j) the value of the tie from i to j: *outgoing* ties count (for incoming ones pass
    ``net.reverse()``), and values are read as strengths. With β = 0 it is proportional to strength; as β nears 1 ÷ the
    largest eigenvalue, to the eigenvector. Beyond that the series of walks does not converge: scores are defined, but
    change sign in ways that are hard to read.

    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(n³) time, 8n² bytes.

    Peers: sna (``bonpow``), igraph for R (``power_centrality``) and UCINET agree. sna's ``rescale=TRUE`` makes the
    scores sum to 1.

    References
    ----------
    Bonacich, P. (1987). Power and centrality: a family of measures. American Journal of Sociology 92, 1170-1182.
    https://doi.org/10.1086/228631

    Examples
    --------
    In an exchange chain of five, those next to the ends have power over them:

    >>> import wholenet as wn
    >>> chain = wn.Network.from_edges((["a", "b", "c", "d"], ["b", "c", "d", "e"]), directed=False)
    >>> wn.centrality.bonacich_power(chain, beta=-0.4).round(3)
    array([0.363, 1.451, 0.725, 1.451, 0.363])
    """
    core = core_of(net)
    needs_signless(core, "bonacich_power")
    if not math.isfinite(beta):
        msg = f"beta must be a finite number, but is {beta!r}"
        raise ArgumentError(msg)
    ties = _dense(core)
    try:
        scores = np.linalg.solve(np.eye(len(ties)) - beta * ties, ties.sum(axis=1))
    except np.linalg.LinAlgError as error:
        msg = f"beta={beta!r} is 1 ÷ an eigenvalue of the network, where the scores are not defined; choose another"
        raise ArgumentError(msg) from error
    length = math.sqrt(scores @ scores)
    return scores * (math.sqrt(len(scores)) / length) if length else np.full(len(scores), np.nan)


def katz(net: Network, *, alpha: float) -> NDArray[np.float64]:
    """Katz status: 1 plus a share alpha of the status of those who choose the actor.

    Parameters
    ----------
    net : Network
        The network.
    alpha : float
        How much of a chooser's status is passed on; from 0 to below 1 ÷ the largest eigenvalue of the matrix.

    Returns
    -------
    array of shape (n,)
        A status of at least 1 for each actor, in the order of ``net.labels``; 1 for actors whom nobody chooses.

    Raises
    ------
    ArgumentError
        `alpha` is below 0.
    ConvergenceError
        `alpha` is so large that the sum over walks does not settle.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    x(i) = 1 + α Σ a(j, i)·x(j), with a(j, i) the value of the tie from j to i: *incoming* ties count, and values are
    read as strengths. A walk of length k to the actor counts αᵏ.

    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(m) time per iteration.

    Peers: networkx (``katz_centrality``) divides the same scores by their Euclidean norm; igraph for R's
    ``alpha_centrality`` agrees.

    References
    ----------
    Katz, L. (1953). A new status index derived from sociometric analysis. Psychometrika 18, 39-43.
    https://doi.org/10.1007/BF02289026

    Examples
    --------
    c is chosen by b, who is chosen by a: 1 + ½(1 + ½).

    >>> import wholenet as wn
    >>> wn.centrality.katz(wn.Network.from_edges((["a", "b"], ["b", "c"])), alpha=0.5)
    array([1.  , 1.5 , 1.75])
    """
    return _core.centrality_katz(core_of(net), alpha)


def hubs(net: Network, *, scale: Literal["max", "norm"] = "max") -> NDArray[np.float64]:
    """Hubs: a score proportional to the sum of the authority of those whom the actor chooses.

    Parameters
    ----------
    net : Network
        The network.
    scale : {"max", "norm"}
        Whether the largest score is 1, or the sum of the squared scores.

    Returns
    -------
    array of shape (n,)
        A score from 0 to 1 for each actor, in the order of ``net.labels``. All NaN in a network without ties.

    Raises
    ------
    ArgumentError
        `scale` is neither of the two words.
    SignedTiesError
        The network has negative values.
    ConvergenceError
        The two largest singular values of a part are so near each other that 100,000 iterations do not settle.

    Notes
    -----
    Hubs h and `authorities` g solve h(i) ∝ Σ a(i, j)·g(j) and g(j) ∝ Σ a(i, j)·h(i) for the largest factor: they are
    the principal left and right singular vectors of the matrix. Values are read as strengths. In an undirected network
    both are the eigenvector centrality of connected networks that are not bipartite. Where several vectors share the
    largest factor, the answer is the limit from equal scores, as in `eigenvector`.

    Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``. Actors who send no
    ties have 0.

    O(m) time per iteration.

    Peers: igraph (``hub_score``) agrees, with the largest score 1; networkx (``hits``) divides by the sum.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. Journal of the ACM 46, 604-632.
    https://doi.org/10.1145/324133.324140

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["c", "d", "c"]))
    >>> wn.centrality.hubs(net).round(3)
    array([1.   , 0.618, 0.   , 0.   ])
    """
    return _scaled(_core.centrality_hits(core_of(net))[0], scale)


def authorities(net: Network, *, scale: Literal["max", "norm"] = "max") -> NDArray[np.float64]:
    """Authorities: a score proportional to the sum of the hub scores of those who choose the actor.

    Parameters
    ----------
    net : Network
        The network.
    scale : {"max", "norm"}
        Whether the largest score is 1, or the sum of the squared scores.

    Returns
    -------
    array of shape (n,)
        A score from 0 to 1 for each actor, in the order of ``net.labels``. All NaN in a network without ties.

    Raises
    ------
    ArgumentError
        `scale` is neither of the two words.
    SignedTiesError
        The network has negative values.
    ConvergenceError
        The two largest singular values of a part are so near each other that 100,000 iterations do not settle.

    Notes
    -----
    The other half of `hubs`, whose notes tell formula, isolates, missing ties and cost. Actors whom nobody chooses
    have 0.

    Peers: igraph (``authority_score``) agrees, with the largest score 1; networkx (``hits``) divides by the sum.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. Journal of the ACM 46, 604-632.
    https://doi.org/10.1145/324133.324140

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["c", "d", "c"]))
    >>> wn.centrality.authorities(net).round(3)
    array([0.   , 0.   , 1.   , 0.618])
    """
    return _scaled(_core.centrality_hits(core_of(net))[1], scale)


def subgraph(net: Network) -> NDArray[np.float64]:
    """Subgraph centrality: the number of closed walks from an actor, long ones counting little.

    Parameters
    ----------
    net : Network
        An undirected network.

    Returns
    -------
    array of shape (n,)
        A score of at least 1 for each actor, in the order of ``net.labels``; 1 for isolates. Infinite where it
        exceeds the largest number that fits, about 10³⁰⁸.

    Raises
    ------
    DirectionError
        The network is directed.
    SignedTiesError
        The network has negative values.

    Notes
    -----
    The diagonal of exp(A) = Σ Aᵏ ÷ k!, with A the matrix of values, read as strengths (``net.dichotomize`` makes them
    1). A closed walk of k steps counts 1 ÷ k!. Self-ties are not read. A tie that was not observed is read as absent;
    see ``net.missing``.

    O(n³) time, 24n² bytes.

    Peers: networkx and igraph for R (``subgraph_centrality``) agree, and do not read values.

    References
    ----------
    Estrada, E. & Rodríguez-Velázquez, J. A. (2005). Subgraph centrality in complex networks. Physical Review E 71,
    056103. https://doi.org/10.1103/PhysRevE.71.056103

    Examples
    --------
    A pair has the eigenvalues 1 and -1, and each actor (e + 1/e) ÷ 2:

    >>> import wholenet as wn
    >>> wn.centrality.subgraph(wn.Network.from_edges((["a"], ["b"]), directed=False)).round(3)
    array([1.543, 1.543])
    """
    core = core_of(net)
    needs_undirected(core, "subgraph")
    needs_signless(core, "subgraph")
    eigenvalues, vectors = np.linalg.eigh(_dense(core))
    with np.errstate(over="ignore"):
        # Scores below 1 are rounding only.
        scores: NDArray[np.float64] = np.maximum(vectors**2 @ np.exp(eigenvalues), 1.0)
    return scores


def pn(net: Network) -> NDArray[np.float64]:
    """PN centrality: status from positive and negative ties together.

    Parameters
    ----------
    net : Network
        An undirected network whose ties may be negative (``signed=True``); ties without values are positive.

    Returns
    -------
    array of shape (n,)
        A score for each actor, in the order of ``net.labels``: 1 for isolates, from above -1 (the one whom a
        group of friends rejects) to 2 (everybody is friends); NaN in a network of one actor, or of two with a
        negative tie, where the equations have no single answer.

    Raises
    ------
    DirectionError
        The network is directed.

    Notes
    -----
    (I - A ÷ (2n - 2))⁻¹ 1, with A = P - 2N, P holding 1 for positive and N for negative ties; a value of 0 is
    neither. Positive ties with actors of high status raise the score; negative ties lower it, twice as much. The size
    of values is not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(n³) time, 8n² bytes.

    Peers: UCINET, and R's signnet (``pn_index``). igraph, networkx and sna do not have it.

    References
    ----------
    Everett, M. G. & Borgatti, S. P. (2014). Networks containing negative ties. Social Networks 38, 111-120.
    https://doi.org/10.1016/j.socnet.2014.03.005

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[1, -1], directed=False, signed=True)
    >>> wn.centrality.pn(net).round(3)
    array([1.273, 1.091, 0.455])
    """
    core = core_of(net)
    needs_undirected(core, "pn")
    n = core.n_actors
    if n <= 1:
        return np.full(n, np.nan)
    signs = np.sign(_dense(core))
    ties = np.where(signs < 0, 2 * signs, signs)
    if n == 2 and ties.min() < 0:  # noqa: PLR2004 (two actors; in larger networks the matrix is never singular)
        return np.full(n, np.nan)
    return np.linalg.solve(np.eye(n) - ties / (2 * n - 2), np.ones(n)).astype(np.float64, copy=False)


def _dense(core: _core.Network) -> NDArray[np.float64]:
    """Give the matrix without self-ties; what was not observed is 0."""
    ties = np.nan_to_num(core.dense())
    np.fill_diagonal(ties, 0.0)
    return ties


def _scaled(scores: NDArray[np.float64], scale: str) -> NDArray[np.float64]:
    choice("scale", scale, ("max", "norm"))
    return scores / scores.max() if scale == "max" and len(scores) else scores

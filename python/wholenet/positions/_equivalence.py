"""How alike the ties of two actors are, and the tree that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core
from wholenet._checks import core_of
from wholenet.errors import ArgumentError
from wholenet.network import Network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["cores_of", "hierarchy", "structural_equivalence"]

SQUARE = 2


def cores_of(net: Network | Sequence[Network]) -> list[_core.Network]:
    """Get at the compiled parts of one relation or several among the same actors."""
    if isinstance(net, Network):
        return [core_of(net)]
    relations = list(net) if hasattr(net, "__iter__") else [net]
    if not relations:
        msg = "give at least one network"
        raise ArgumentError(msg)
    cores = [core_of(one) for one in relations]
    if any(core.labels() != cores[0].labels() for core in cores if isinstance(core.labels(), list)) or any(
        core.n_actors != cores[0].n_actors for core in cores
    ):
        msg = "the relations must be among the same actors in the same order; bring them in line with net.subset(...)"
        raise ArgumentError(msg)
    return cores


def structural_equivalence(
    net: Network | Sequence[Network],
    *,
    mode: Literal["in", "out", "all"] = "all",
    kind: Literal["euclidean", "correlation", "hamming", "jaccard"] = "euclidean",
    progress: bool = True,
) -> NDArray[np.float64]:
    """Structural equivalence: how alike the ties of each pair of actors are.

    Parameters
    ----------
    net : Network or sequence of networks
        The network; or several relations among the same actors, whose ties are compared together.
    mode : {"in", "out", "all"}
        Whether the ties that arrive at the actors are compared, those that leave them, or both. In an undirected
        network the three are the same.
    kind : {"euclidean", "correlation", "hamming", "jaccard"}
        The comparison, see Notes.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    array of shape (n, n)
        Symmetric, in the order of ``net.labels``. For ``"euclidean"`` and ``"hamming"`` a distance: 0 for actors with
        the same ties. For ``"correlation"`` (-1 to 1) and ``"jaccard"`` (0 to 1) a similarity: 1 for actors with the
        same ties. NaN where the comparison is undefined.

    Raises
    ------
    ArgumentError
        `mode` or `kind` is none of the words above; the relations are not among the same actors in the same order.

    Notes
    -----
    The profile of i, seen beside j, is its ties to and from every third actor k (with `mode` only one of the two ways),
    then x(i, j) and x(j, i), which stand beside x(j, i) and x(i, j) in the profile of j: two actors who do the same to
    each other are alike (the *reciprocal* treatment of the cells between the two, UCINET's). In an undirected network
    a dyad is one cell. Over the cells of the two profiles a and b:

    =================  ===============================================================
    ``"euclidean"``    √ Σ (a - b)²
    ``"correlation"``  Pearson's correlation; NaN for a profile whose values are all equal
    ``"hamming"``      number of cells in which a and b differ
    ``"jaccard"``      cells with a tie in both ÷ cells with a tie in either; NaN without a tie
    =================  ===============================================================

    Reads tie values, as they are (``"jaccard"``: whether there is a tie). Self-ties are not read. Isolates are alike
    (``"euclidean"`` 0). Cells that were not observed in both profiles are left out; distances are then scaled up by the
    number of cells ÷ the number compared. NaN where no cell was observed in both.

    O(n³) time per relation, O(n²) memory.

    Peers: UCINET's profile similarity has these conventions. sna (``sedist``) leaves out the two cells between i and j,
    and counts each dyad of an undirected network twice, so that its distances are √2 times (``"hamming"``: twice) ours
    there. igraph's ``similarity`` compares sets of neighbours instead.

    References
    ----------
    Burt, R. S. (1976). Positions in networks. Social Forces 55, 93-122. https://doi.org/10.2307/2577097

    Wasserman, S. & Faust, K. (1994). Social Network Analysis, p. 366-375. Cambridge University Press.
    https://doi.org/10.1017/CBO9780511815478

    Examples
    --------
    Two schools that both refer to the team are alike; the team differs from either in all three cells:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["school 1", "school 2"], ["team", "team"]))
    >>> wn.positions.structural_equivalence(net).round(2)
    array([[0.  , 0.  , 1.73],
           [0.  , 0.  , 1.73],
           [1.73, 1.73, 0.  ]])
    """
    return _core.positions_structural_equivalence(cores_of(net), mode, kind, progress)


def hierarchy(
    distances: ArrayLike, *, method: Literal["average", "complete", "single"] = "average"
) -> NDArray[np.float64]:
    """Hierarchical clustering: the tree in which the two closest groups merge until one is left.

    Parameters
    ----------
    distances : array of shape (n, n)
        Distances between actors, symmetric, for instance of `structural_equivalence`. Make distances of similarities
        first, for instance 1 - r of correlations.
    method : {"average", "complete", "single"}
        The distance between two groups: the mean, largest or smallest distance between their members.

    Returns
    -------
    array of shape (n - 1, 4)
        Rows in scipy's linkage format: one row per merger, with the two groups, their distance, and the size of the new
        group. Actors are groups 0 to n - 1, the merger in row i makes group n + i. ``scipy.cluster.hierarchy`` draws
        it (``dendrogram``) and cuts it (``fcluster``).

    Raises
    ------
    ArgumentError
        `distances` is not square, not symmetric, or not finite; `method` is none of the words above.

    Notes
    -----
    O(n²) time and memory. Between equal distances the pair found first merges first, which may give other trees than
    scipy's where distances are tied.

    Peers: scipy (``linkage``) agrees where no distances are tied; UCINET's and sna's trees are of the same kinds.

    References
    ----------
    Müllner, D. (2011). Modern hierarchical, agglomerative clustering algorithms. https://arxiv.org/abs/1109.2378

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.positions.hierarchy([[0, 1, 4], [1, 0, 6], [4, 6, 0]])
    array([[0., 1., 1., 2.],
           [2., 3., 5., 3.]])
    """
    array = np.ascontiguousarray(distances, dtype=np.float64)
    if array.ndim != SQUARE or array.shape[0] != array.shape[1]:
        msg = f"distances must be a square matrix, but have shape {array.shape}"
        raise ArgumentError(msg)
    if not np.isfinite(array).all():
        i, j = np.argwhere(~np.isfinite(array))[0].tolist()
        msg = f"distances must be finite, but cell ({i}, {j}) is {array[i, j]}; leave out actors without a distance"
        raise ArgumentError(msg)
    if not np.array_equal(array, array.T):
        i, j = np.argwhere(array != array.T)[0].tolist()
        msg = f"distances must be symmetric, but cell ({i}, {j}) is {array[i, j]} and cell ({j}, {i}) is {array[j, i]}"
        raise ArgumentError(msg)
    return _core.positions_hierarchy(array, method)

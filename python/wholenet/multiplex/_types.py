"""Multiplexity: of how many kinds the tie between two actors is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._results import table_of
from wholenet.multiplex._read import laid, read, tied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["multiplexity", "types_per_tie"]


def multiplexity(relations: Mapping[Any, Network] | Study) -> NDArray[np.float64]:
    """Multiplexity: in how many relations each two actors are tied.

    Parameters
    ----------
    relations : mapping from names to Network, or Study
        Relations of the same actors, found by label. The networks of a study may differ by one name of its ``by``.

    Returns
    -------
    array of shape (n, n)
        Row i, column j: the number of relations with a tie from i to j, from 0 to the number of relations; NaN where
        one of them was not observed; 0 on the diagonal. Actors are in the order of the first relation.

    Raises
    ------
    ArgumentError
        No relation, or something else; a study of which networks differ by more than one name; more than 65,536 actors.
    LabelError
        An actor is in one of the relations only.
    ModeError
        A relation has two modes.

    Notes
    -----
    The tie of an undirected relation counts in both directions. Values and self-ties are not read.

    O(r·n²) time for r relations.

    Peers: UCINET has it as the sum of dichotomized matrices; igraph, networkx and sna have no function for it.

    References
    ----------
    Verbrugge, L. M. (1979). Multiplexity in adult friendships. Social Forces 57, 1286-1309.
    https://doi.org/10.1093/sf/57.4.1286

    Examples
    --------
    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("ab"), list("bc")))
    >>> trust = wn.Network.from_edges((list("ac"), list("bb")))
    >>> wn.multiplex.multiplexity({"advice": advice, "trust": trust})
    array([[0., 2., 0.],
           [0., 0., 1.],
           [0., 1., 0.]])
    """
    nets = read(relations, "multiplexity", least=1)
    n = next(iter(nets.values())).n_actors
    found = np.zeros(n * n)
    for cells in laid(nets).cells:
        found += tied(cells)
    matrix = found.reshape(n, n)
    np.fill_diagonal(matrix, 0)
    return matrix


def types_per_tie(relations: Mapping[Any, Network] | Study) -> IntoDataFrame:
    """Number of types per tie: how many dyads are tied in one relation, in two, and so on.

    Parameters
    ----------
    relations : mapping from names to Network, or Study
        Relations of the same actors, found by label. The networks of a study may differ by one name of its ``by``.

    Returns
    -------
    table
        One row for each number of relations from 1 to all, with the columns

        ``types`` : in how many relations;
        ``dyads`` : number of dyads that are tied in so many;
        ``share`` : its share of the dyads that are tied in any; NaN where none is.

        In the kind of table that the first network came from.

    Raises
    ------
    ArgumentError
        No relation, or something else; a study of which networks differ by more than one name; more than 65,536 actors.
    LabelError
        An actor is in one of the relations only.
    ModeError
        A relation has two modes.

    Notes
    -----
    Over the dyads that all relations observed. Dyads are ordered pairs; unordered ones where all relations are
    symmetric and the first is an undirected network. To count pairs of actors whoever reports them, make the relations
    undirected first, with ``net.symmetrize("union")``. Values and self-ties are not read.

    A general relation, such as any contact, that covers the others adds one type to each tie; leave it out to count
    kinds of exchange.

    O(r·n²) time for r relations.

    Peers: none of UCINET, igraph, networkx and sna has it in one step.

    References
    ----------
    Verbrugge, L. M. (1979). Multiplexity in adult friendships. Social Forces 57, 1286-1309.
    https://doi.org/10.1093/sf/57.4.1286

    Examples
    --------
    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("ab"), list("bc")))
    >>> trust = wn.Network.from_edges((list("acc"), list("bba")))
    >>> wn.multiplex.types_per_tie({"advice": advice, "trust": trust})
       types  dyads  share
    0      1      3   0.75
    1      2      1   0.25
    """
    nets = read(relations, "types_per_tie", least=1)
    stack = laid(nets)
    types = sum((tied(cells[stack.base]) for cells in stack.cells), np.zeros(int(stack.base.sum())))
    counts = np.bincount(types.astype(np.int64), minlength=len(nets) + 1)[1:]
    total = counts.sum()
    share = counts / total if total else np.full(len(counts), np.nan)
    columns = {"types": np.arange(1, len(nets) + 1), "dyads": counts.astype(np.int64), "share": share}
    return table_of(next(iter(nets.values())), columns)

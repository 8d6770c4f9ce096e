"""Multiplex degree: partners in each relation, and over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._checks import choice
from wholenet._results import listed, table_of
from wholenet.errors import ArgumentError
from wholenet.multiplex._read import laid, read, tied

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["multiplex_degree"]

OWN = ("actor", "partners", "ties", "types_per_partner", "observed")


def multiplex_degree(
    relations: Mapping[Any, Network] | Study, *, mode: Literal["in", "out", "all"] = "all"
) -> IntoDataFrame:
    """Multiplex degree: how many partners each actor has in each relation, and how many different ones over all.

    Parameters
    ----------
    relations : mapping from names to Network, or Study
        Relations of the same actors, found by label. The networks of a study may differ by one name of its ``by``.
    mode : {"in", "out", "all"}
        Whether partners are those whom ties come from, those whom they go to, or either.

    Returns
    -------
    table
        One row per actor, in the order of the first relation, with the columns

        ``actor`` : the label;
        a column for each relation : the number of partners in it;
        ``partners`` : the number of different partners over all relations;
        ``ties`` : the sum over the relations;
        ``types_per_partner`` : ties ÷ partners, from 1 to the number of relations; NaN for one without partners;
        ``observed`` : the number of others with whom all relations were observed, in the directions of `mode`.

        In the kind of table that the first network came from.

    Raises
    ------
    ArgumentError
        `mode` is none of the three; no relation, or something else; a relation is called as one of the other columns,
        or as another relation is when written as text (1 and "1"); a study of which networks differ by more than one
        name; more than 65,536 actors.
    LabelError
        An actor is in one of the relations only.
    ModeError
        A relation has two modes.

    Notes
    -----
    With ``mode="all"`` a partner counts once, whether ties run one way or both: `centrality.degree` counts a mutual tie
    twice. For the other modes, and in undirected relations, the columns are that degree. Values and self-ties are not
    read.

    Ties that were not observed are not counted: the numbers are lower bounds, and an actor who did not answer has none
    with ``mode="out"``. ``observed`` tells whom this concerns: less than n - 1.

    O(r·n²) time for r relations.

    Peers: none of UCINET, igraph, networkx and sna has it in one step. R's multinet has ``degree_ml``,
    ``neighborhood_ml`` and ``connective_redundancy_ml``, which in undirected relations is 1 - 1 ÷ types per partner.

    References
    ----------
    Berlingerio, M., Coscia, M., Giannotti, F., Monreale, A. & Pedreschi, D. (2013). Multidimensional networks:
    foundations of structural analysis. World Wide Web 16, 567-593. https://doi.org/10.1007/s11280-012-0190-4

    Examples
    --------
    >>> import wholenet as wn
    >>> advice = wn.Network.from_edges((list("aab"), list("bcc")))
    >>> trust = wn.Network.from_edges((list("abb"), list("bac")))
    >>> table = wn.multiplex.multiplex_degree({"advice": advice, "trust": trust}, mode="out")
    >>> table[["actor", "advice", "trust", "partners", "ties", "types_per_partner"]]
      actor  advice  trust  partners  ties  types_per_partner
    0     a       2      1         2     3                1.5
    1     b       1      2         2     3                1.5
    2     c       0      0         0     0                NaN
    """
    choice("mode", mode, ("in", "out", "all"))
    nets = read(relations, "multiplex_degree", least=1)
    taken = [str(name) for name in nets if str(name) in OWN]
    if taken:
        msg = f"a relation is called {taken[0]!r}, as a column of the table is; give it another name"
        raise ArgumentError(msg)
    twice = [str(name) for name in nets if [str(other) for other in nets].count(str(name)) > 1]
    if twice:
        msg = f"two relations are called {twice[0]!r} as text, and each has a column; give one another name"
        raise ArgumentError(msg)
    first = next(iter(nets.values()))
    n = first.n_actors
    ways = [_towards(tied(cells).reshape(n, n), mode) for cells in laid(nets).cells]
    with_ties = [cells.sum(axis=1) for cells, _ in ways]
    partners = _any([cells for cells, _ in ways]).sum(axis=1)
    ties = np.sum(with_ties, axis=0)
    columns: dict[str, Any] = {"actor": listed(first.labels)}
    columns |= {str(name): counts for name, counts in zip(nets, with_ties, strict=True)}
    columns["partners"], columns["ties"] = partners, ties
    columns["types_per_partner"] = np.divide(ties, partners, out=np.full(n, np.nan), where=partners > 0)
    columns["observed"] = (~_any([hidden for _, hidden in ways])).sum(axis=1) - (1 if n else 0)
    return table_of(first, columns)


def _towards(cells: NDArray[np.float64], mode: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which others each actor is tied to, and which were not observed."""
    np.fill_diagonal(cells, 0)
    ties, hidden = cells > 0, np.isnan(cells)
    if mode == "all":
        return ties | ties.T, hidden | hidden.T
    return (ties, hidden) if mode == "out" else (ties.T, hidden.T)


def _any(parts: list[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.any(parts, axis=0)
    return found

"""CONCOR: positions by convergent correlations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _core, _frames
from wholenet._results import kind_of
from wholenet._show import facts_html
from wholenet.errors import ArgumentError
from wholenet.network import Network
from wholenet.positions._equivalence import cores_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["Concor", "concor"]

SHOWN = 5


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Concor:
    """
    Positions found by CONCOR.

    Parameters
    ----------
    membership : array of shape (n,)
        The position of each actor after the last split, numbered from 0 along the tree.
    levels : tuple of arrays of shape (n,)
        The same after each split; the last is `membership`.
    correlations : array of shape (n, n)
        The correlations between profiles that the first split started from.
    labels : array of shape (n,)
        The actors.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "b", "b"], ["c", "d", "c", "d"]))
    >>> wn.positions.concor(net, depth=1)
    <Concor: 4 actors, 2 positions of 2 and 2>
    """

    membership: NDArray[np.int64]
    levels: tuple[NDArray[np.int64], ...]
    correlations: NDArray[np.float64]
    labels: NDArray[Any]
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the positions out as a table.

        Returns
        -------
        table
            One row per actor: ``actor``, then ``level 1``, ``level 2`` … with its position after each split.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "a", "b", "b"], ["c", "d", "c", "d"]))
        >>> wn.positions.concor(net, depth=1).to_frame()
          actor  level 1
        0     a        0
        1     b        0
        2     c        1
        3     d        1
        """
        columns = {f"level {number}": level for number, level in enumerate(self.levels, start=1)}
        return _frames.make({"actor": self.labels.tolist(), **columns}, self.kind)

    def _sizes(self) -> str:
        return " and ".join(str(size) for size in np.bincount(self.membership))

    def __repr__(self) -> str:
        positions = len(set(self.membership.tolist()))
        return f"<Concor: {len(self.membership)} actors, {positions} positions of {self._sizes()}>"

    def _repr_html_(self) -> str:
        facts = [
            (f"Position {number}", ", ".join(str(label) for label in self.labels[self.membership == number]))
            for number in range(len(set(self.membership.tolist())))
        ]
        return facts_html("CONCOR", facts, self.recipe)


def concor(net: Network | Sequence[Network], *, depth: int = 2, mode: Literal["in", "out", "all"] = "all") -> Concor:
    """CONCOR: positions by convergent correlations.

    Parameters
    ----------
    net : Network or sequence of networks
        The network; or several relations among the same actors, whose ties are stacked.
    depth : int
        How many times every position is split in two: at most 2 to the power of `depth` positions.
    mode : {"in", "out", "all"}
        Whether the ties that arrive at the actors are compared, those that leave them, or both. In an undirected
        network the three are the same.

    Returns
    -------
    Concor
        The positions after each split, and the correlations at the start.

    Raises
    ------
    ArgumentError
        Actors whose ties are all alike, such as isolates, have no correlation: leave them out with
        ``net.subset(...)``. `depth` is not a whole number of at least 1; `mode` is none of the three; the relations
        are not among the same actors in the same order.
    ConvergenceError
        Correlations that do not go to ±1.

    Notes
    -----
    The correlations between the profiles of all actors (`structural_equivalence`, ``kind="correlation"``) make a
    matrix; its columns are correlated, the columns of the result again, and so on. All correlations go to 1 or -1,
    which splits the actors in two: within each part all are 1. Each part is split in the same way, starting from the
    first correlations among its members. A part of one, or one in which all columns are the same, stays whole. The
    part with the first actor comes first.

    Reads tie values. Self-ties are not read. Dyads that were not observed are left out of the first correlations.

    The authors correlate the ties that arrive, ``mode="in"``: on the eight relations of Sampson's monastery that gives
    their blocks, the loyal opposition, the outcasts and the young Turks.

    CONCOR is a procedure, not the optimum of a criterion: compare with `blockmodel`.

    O(n³) time per iteration, of which a split takes some ten.

    Peers: UCINET's CONCOR is the same procedure, and like ours puts x(i, j) beside x(j, i). igraph, networkx and sna
    do not have it.

    References
    ----------
    Breiger, R. L., Boorman, S. A. & Arabie, P. (1975). An algorithm for clustering relational data with applications
    to social network analysis and comparison with multidimensional scaling. Journal of Mathematical Psychology 12,
    328-383. https://doi.org/10.1016/0022-2496(75)90028-0

    Examples
    --------
    Those who refer and those who are referred to:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "b", "b"], ["c", "d", "c", "d"]))
    >>> wn.positions.concor(net, depth=1).membership
    array([0, 0, 1, 1])
    """
    if isinstance(depth, bool) or not isinstance(depth, int | np.integer) or depth < 1:
        msg = f"depth must be a whole number of at least 1, but is {depth!r}"
        raise ArgumentError(msg)
    relations = [net] if isinstance(net, Network) else list(net)
    cores, first = cores_of(relations), relations[0]
    correlations = _core.positions_structural_equivalence(cores, mode, "correlation", progress=False)
    undefined = np.isnan(correlations)
    if undefined.any():
        # Profiles without spread have no correlation with anybody; then single pairs without cells in common.
        alone = np.flatnonzero(undefined.sum(axis=1) == len(undefined) - 1)
        who = alone if len(alone) else np.flatnonzero(undefined.any(axis=1))
        shown = ", ".join(repr(label) for label in first.labels[who[:SHOWN]].tolist())
        more = ", …" if len(who) > SHOWN else ""
        count = "1 actor has" if len(who) == 1 else f"{len(who)} actors have"
        msg = (
            f"{count} no correlation with others ({shown}{more}): their ties are all alike, or were not observed. "
            "Leave them out, with net.subset(...)"
        )
        raise ArgumentError(msg)
    levels = tuple(np.array(level, dtype=np.int64) for level in _core.positions_concor(correlations, int(depth)))
    return Concor(levels[-1], levels, correlations, first.labels, first.recipe, kind_of(first))

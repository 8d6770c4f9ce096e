"""Lambda sets: groups that are hard to separate by taking ties away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import core_of, needs_undirected
from wholenet._results import kind_of
from wholenet._show import facts_html
from wholenet.cohesion import edge_connectivity

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["LambdaSets", "lambda_sets"]

SHOWN = 12


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class LambdaSets:
    """
    The lambda sets of a network, one within the other.

    Parameters
    ----------
    connectivity : array of shape (n, n)
        How many ties (or how much value) must go to separate each two actors; NaN on the diagonal.
    levels : tuple of float
        The different numbers in it above 0, falling.
    labels : array of shape (n,)
        The actors.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), directed=False)
    >>> wn.groups.lambda_sets(net)
    <LambdaSets: 3 sets of 6 actors, levels 2 to 1>
    """

    connectivity: NDArray[np.float64]
    levels: tuple[float, ...]
    labels: NDArray[Any]
    recipe: tuple[str, ...]
    kind: str

    def membership(self, level: float) -> NDArray[np.int64]:
        """Give the sets at one level: actors together whom fewer ties than this do not separate.

        Parameters
        ----------
        level : float
            The least connectivity within a set.

        Returns
        -------
        array of shape (n,)
            The set of each actor, in the order of `labels`, numbered from 0 by decreasing size; an actor in no set is
            one by itself.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), directed=False)
        >>> wn.groups.lambda_sets(net).membership(2)
        array([0, 0, 0, 1, 1, 1])
        """
        together = self.connectivity >= level
        np.fill_diagonal(together, val=True)
        # Whoever is with the same first actor is together: no third separates two whom it is tied to.
        first = together.argmax(axis=1) if len(together) else np.zeros(0, dtype=np.int64)
        _, part = np.unique(first, return_inverse=True)
        order = np.argsort(-np.bincount(part), kind="stable")
        number = np.empty_like(order)
        number[order] = np.arange(len(order))
        return number[part]

    def to_frame(self) -> IntoDataFrame:
        """List the sets, those that are hardest to separate first.

        Returns
        -------
        table
            One row per set of two or more actors: ``level``, the least connectivity within it; ``outside``, the largest
            between a member and somebody else, NaN if there is nobody else; ``size``; and ``actors``, the members'
            labels with a comma between.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), directed=False)
        >>> wn.groups.lambda_sets(net).to_frame()
           level  outside  size            actors
        0    2.0      1.0     3           a, b, c
        1    2.0      1.0     3           d, e, f
        2    1.0      NaN     6  a, b, c, d, e, f
        """
        rows = [
            (
                level,
                float(self.connectivity[np.ix_(members, ~members)].max()) if not members.all() else float("nan"),
                int(members.sum()),
                ", ".join(str(label) for label in self.labels[members]),
            )
            for level, members in self._sets()
        ]
        names = ("level", "outside", "size", "actors")
        if not rows:
            empty = (np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64), np.array([], dtype="U1"))
            return _frames.make(dict(zip(names, empty, strict=True)), self.kind)
        return _frames.make(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)), self.kind)

    def _sets(self) -> list[tuple[float, NDArray[np.bool_]]]:
        """Give each set of two or more once, with the highest level at which it is one."""
        met: set[bytes] = set()
        found = []
        for level in self.levels:
            part = self.membership(level)
            for number in np.flatnonzero(np.bincount(part) > 1).tolist():
                members = part == number
                if members.tobytes() not in met:
                    met.add(members.tobytes())
                    found.append((level, members))
        return found

    def __repr__(self) -> str:
        sets = len(self._sets())
        span = f", levels {self.levels[0]:g} to {self.levels[-1]:g}" if self.levels else ""
        return f"<LambdaSets: {sets:,} set{'' if sets == 1 else 's'} of {len(self.labels):,} actors{span}>"

    def _repr_html_(self) -> str:
        sets = self._sets()
        facts = [("Sets", f"{len(sets):,}")]
        for level, members in sets[:SHOWN]:
            names = self.labels[members]
            listed = ", ".join(str(label) for label in names[:SHOWN])
            more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
            facts.append((f"λ {level:g} ({len(names):,})", listed + more))
        if len(sets) > SHOWN:
            facts.append(("And", f"{len(sets) - SHOWN:,} looser ones"))
        return facts_html("Lambda sets", facts, self.recipe)


def lambda_sets(net: Network, *, capacity: Literal["value"] | None = None, progress: bool = True) -> LambdaSets:
    """Lambda sets: groups of whom each two are harder to separate than any member is from the rest.

    Parameters
    ----------
    net : Network
        An undirected network.
    capacity : {"value"}, optional
        Ties count by their value. Default: each tie counts 1.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    LambdaSets
        All sets, which lie one within the other or apart.

    Raises
    ------
    DirectionError
        The network is directed.
    ArgumentError
        `capacity` is another word, or is given and the network has no values. Or there are more than 65,536 actors.
    SignedTiesError
        `capacity` is given and the network has negative values.

    Notes
    -----
    With λ(i, j) the number of ties that must go before no path joins i and j (`cohesion.edge_connectivity`), a set S is
    a lambda set when λ(i, j) > λ(i, k) for all i, j in S and k outside. Members need not be tied to each other: what
    holds them together are many separate ways. Isolates are in none. Self-ties are not read. A tie that was not
    observed is read as absent, so that λ may be too low; see ``net.missing``.

    n - 1 flows, each O(m·√m) at worst without `capacity`; 8n² bytes.

    Peers: UCINET's Lambda Sets prints the same hierarchy. igraph (``cohesive_blocks``) and networkx
    (``k_edge_components``) cut by vertices, or at one level: ``membership(k)``.

    References
    ----------
    Borgatti, S. P., Everett, M. G. & Shirey, P. R. (1990). LS sets, lambda sets and other cohesive subsets. Social
    Networks 12, 337-357. https://doi.org/10.1016/0378-8733(90)90014-Z

    Examples
    --------
    Two triangles with a tie between them:

    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), directed=False)
    >>> wn.groups.lambda_sets(net).levels
    (2.0, 1.0)
    """
    needs_undirected(core_of(net), "lambda_sets")
    found = edge_connectivity(net, capacity=capacity, progress=progress)
    levels = np.unique(found[found > 0])[::-1]
    return LambdaSets(found, tuple(levels.tolist()), net.labels, net.recipe, kind_of(net))

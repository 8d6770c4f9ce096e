"""Lambda sets: groups that are hard to separate by taking ties away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import core_of, needs_undirected
from wholenet._classes import empty
from wholenet._dendrogram import Axis, Names, dendrogram
from wholenet._results import kind_of
from wholenet._show import facts_html
from wholenet.cohesion import edge_connectivity
from wholenet.errors import ArgumentError
from wholenet.positions import hierarchy

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

    from wholenet._picture import Picture
    from wholenet.network import Network

__all__ = ["LambdaSets", "lambda_sets"]

SHOWN = 12
# How many actors a picture has rows for, unless more are asked for.
ROWS = 150


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

    def linkage(self) -> NDArray[np.float64]:
        """Give the sets as a tree, in scipy's linkage format.

        Returns
        -------
        array of shape (n - 1, 4)
            One row per merger, with the two groups, their distance, and the size of the new group. The distance is the
            highest level - λ, so that it is 0 within the tightest set, and the highest level itself between actors whom
            no path joins. Sets that merge at one level do so in several rows of the same distance.

        Notes
        -----
        ``scipy.cluster.hierarchy`` draws it (``dendrogram``) and cuts it: ``fcluster(tree, levels[0] - level,
        "distance")`` gives the sets of `membership`. It is the single linkage of these distances. O(n²).

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
        >>> wn.groups.lambda_sets(net).linkage()
        array([[0., 1., 0., 2.],
               [2., 4., 0., 3.],
               [3., 5., 1., 4.]])
        """
        return self._tree(np.ones(len(self.labels), dtype=bool))

    def _tree(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Merge some of the actors; the others do not change what is between these."""
        if not chosen.any():
            return np.zeros((0, 4))
        away = (self.levels[0] if self.levels else 0.0) - self.connectivity[np.ix_(chosen, chosen)]
        np.fill_diagonal(away, 0.0)
        return hierarchy(away, method="single")

    def plot(
        self,
        *,
        mark: ArrayLike | None = None,
        least: float | None = None,
        title: str | None = None,
        width: int = 720,
    ) -> Picture:
        """Draw the sets as a dendrogram: actors in rows, λ on the axis, from the tightest sets to the loosest.

        Parameters
        ----------
        mark : array of shape (n,), optional
            Whom to mark with a diamond, in the order of `labels`: where it is true, or holds something; for instance
            ``net.attribute("gatekeeper")``.
        least : float, optional
            Actors have a row if λ between them and somebody is at least this. Default: the lowest level above which at
            most 150 actors are.
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A dendrogram. Lines that meet at a level are one set there. Below it stands how many actors have no row.

        Raises
        ------
        ArgumentError
            `mark` has not one entry for each actor, or `least` is not a number above 0.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), directed=False)
        >>> wn.groups.lambda_sets(net).plot()
        <Picture: Dendrogram of 6 actors, by edge connectivity λ>
        """
        marked = np.zeros(len(self.labels), dtype=bool) if mark is None else self._marked(mark)
        strongest = np.nan_to_num(self.connectivity).max(axis=1, initial=0.0)
        least = self._least(strongest) if least is None else _level(least)
        chosen = strongest >= least
        out = int((~chosen).sum())
        note = f"Not shown: {out:,} actor{'s' * (out != 1)} with λ below {least:g} to everybody" if out else ""
        names = Names(
            tuple(map(str, self.labels[chosen].tolist())), marked[chosen], getattr(mark, "name", "") or "marked"
        )
        top, shown = (self.levels or (0.0,))[0], [level for level in self.levels if level >= least]
        low = min(shown, default=0.0)
        ticks = tuple((top - level, f"{level:g}") for level in shown)
        axis = Axis("edge connectivity λ", ticks, top - low)
        return dendrogram(self._tree(chosen), names, axis, title, float(width), note=note)

    def _least(self, strongest: NDArray[np.float64]) -> float:
        """The lowest level that few enough actors reach."""
        few = [level for level in self.levels if (strongest >= level).sum() <= ROWS]
        return few[-1] if few else (self.levels or (1.0,))[0]

    def _marked(self, mark: ArrayLike) -> NDArray[np.bool_]:
        cells = np.asarray(mark, dtype=object)
        if cells.shape != (len(self.labels),):
            msg = (
                f"mark must hold an entry for each of the {len(self.labels):,} actors, but has the shape {cells.shape}"
            )
            raise ArgumentError(msg)
        return np.array([not empty(cell) and bool(cell) for cell in cells.tolist()], dtype=bool)

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


def _level(least: object) -> float:
    if isinstance(least, bool) or not isinstance(least, int | float | np.number) or not 0 < least < np.inf:
        msg = f"least must be a number above 0, but is {least!r}"
        raise ArgumentError(msg)
    return float(least)


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

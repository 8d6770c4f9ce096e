"""Key players: the actors that matter most together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from wholenet import _core, _frames
from wholenet._checks import choice, core_of, whole
from wholenet._results import kind_of
from wholenet._show import facts_html

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["KeyPlayers", "key_players"]

CRITERIA = ("fragmentation", "distance_fragmentation", "reach", "distance_reach")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class KeyPlayers:
    """
    The set of actors that a search found.

    Parameters
    ----------
    members : array
        The actors, in the order of the network.
    criterion : str
        What they were chosen for.
    value, before : float
        The criterion with these actors, and with none.
    exact : bool
        Whether all sets of this size were looked at. If not, a better one may exist.
    solutions : int or None
        How many sets have this value; None where not all were looked at.
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), directed=False)
    >>> wn.brokerage.key_players(net, size=1)
    <KeyPlayers: 'a'; fragmentation 0.8333 (0 before), the best of all sets>
    """

    members: NDArray[Any]
    criterion: str
    value: float
    before: float
    exact: bool
    solutions: int | None
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the set out as a table.

        Returns
        -------
        table
            One row per member: ``actor``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), directed=False)
        >>> wn.brokerage.key_players(net, size=1).to_frame()
          actor
        0     a
        """
        return _frames.make({"actor": self.members.tolist()}, self.kind)

    def _how(self) -> str:
        if self.solutions is None:
            return "found by exchanges: a better set may exist"
        return "the best of all sets" if self.solutions == 1 else f"one of {self.solutions:,} equally good sets"

    def __repr__(self) -> str:
        members = ", ".join(repr(label) for label in self.members.tolist())
        return f"<KeyPlayers: {members}; {self.criterion} {self.value:.4g} ({self.before:.4g} before), {self._how()}>"

    def _repr_html_(self) -> str:
        facts = [
            ("Members", ", ".join(str(label) for label in self.members.tolist())),
            (self.criterion.replace("_", " ").capitalize(), f"{self.value:.4g} ({self.before:.4g} without them)"),
            ("Search", self._how()),
        ]
        return facts_html("Key players", facts, self.recipe)


def key_players(
    net: Network,
    *,
    size: int,
    criterion: Literal["fragmentation", "distance_fragmentation", "reach", "distance_reach"] = "fragmentation",
    steps: int = 1,
    progress: bool = True,
) -> KeyPlayers:
    """Key players: the actors whose absence breaks a network up most, or who together reach most of it.

    Parameters
    ----------
    net : Network
        The network; for the two criteria of fragmentation an undirected one.
    size : int
        How many actors.
    criterion : {"fragmentation", "distance_fragmentation", "reach", "distance_reach"}
        What they are chosen for, see Notes.
    steps : int
        For ``"reach"``: within how many steps.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    KeyPlayers
        The set, the value of the criterion with it and without, and whether it is known to be the best.

    Raises
    ------
    ArgumentError
        `size` is not a whole number from 1 to one below the number of actors; `criterion` is none of the words;
        `steps` is not a whole number of at least 1.
    DirectionError
        The network is directed, and the criterion is one of fragmentation.

    Notes
    -----
    Once the set K is gone, with n actors left: ``"fragmentation"`` is 1 - Σ s(s - 1) ÷ n(n - 1) over the sizes s of the
    components, the share of pairs without a path; ``"distance_fragmentation"`` is 1 - the mean of 1 ÷ d(i, j) over the
    pairs, 0 where there is no path. 0 where fewer than two are left.

    With the set, and all n actors: ``"reach"`` is the share of actors in K or within `steps` of one of its members;
    ``"distance_reach"`` is the mean of 1 ÷ d, with d the distance from the nearest member, 1 for the members
    themselves. In a directed network paths run from K along the ties.

    A set is not made of the actors who rank highest one by one: two who are tied to the same others add little to each
    other. All sets are looked at where that takes a few seconds at most. For the two criteria of reach, sets that
    can't be best are left out first, so that this goes for larger sets too (of five among 135 actors, say). Else the
    best actor is added again and again, and members are exchanged as long as that helps: from nobody, from the contacts
    of actors who have few, and from the actors with most ties. ``exact`` tells which.

    Values are not read. Self-ties are not read. A tie that was not observed is read as absent; see ``net.missing``.

    O(C(n, k)·(n + m)) time where all sets of k are looked at, n times as much for distance-weighted fragmentation.

    Peers: UCINET's KeyPlayer has these criteria, and searches by exchanges from random starts. igraph, networkx and
    sna do not have them.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. Computational and Mathematical
    Organization Theory 12, 21-34. https://doi.org/10.1007/s10588-006-7084-x

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), directed=False)
    >>> wn.brokerage.key_players(net, size=2, criterion="reach")
    <KeyPlayers: 'a', 'd'; reach 1 (0 before), one of 2 equally good sets>
    """
    core = core_of(net)
    choice("criterion", criterion, CRITERIA)
    size, steps = whole(size, "size"), min(whole(steps, "steps"), 2**32 - 1)
    members, value, before, solutions = _core.brokerage_key_players(core, size, criterion, steps, progress)
    return KeyPlayers(
        members=net.labels[members],
        criterion=criterion,
        value=value,
        before=before,
        exact=solutions is not None,
        solutions=solutions,
        recipe=net.recipe,
        kind=kind_of(net),
    )

"""What becomes of ties and actors between two observations of a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core, _frames
from wholenet._checks import core_of
from wholenet._results import kind_of, table_of
from wholenet._show import facts_html
from wholenet.errors import ArgumentError, LabelError

if TYPE_CHECKING:
    from typing import Any

    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network

__all__ = ["TieChange", "aligned", "joiners", "leavers", "tie_change", "ties"]

Label = str | int
LISTED = 10  # joiners and leavers that are named


@dataclass(frozen=True, slots=True, repr=False)
class TieChange:
    """What became of the ties of a network between two observations; see `tie_change`.

    Parameters
    ----------
    kept : int
        Number of dyads with a tie both times.
    dissolved : int
        Number of dyads with a tie the first time only.
    new : int
        Number of dyads with a tie the second time only.
    never : int
        Number of dyads without a tie either time.
    actors : tuple of labels
        Actors in both networks, among whom dyads were counted, in the order of the first.
    joiners : tuple of labels
        Actors in the second network only, in its order.
    leavers : tuple of labels
        Actors in the first network only, in its order.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes: that of the first network.

    Notes
    -----
    The four counts add up to the number of dyads observed both times. The rates derived from them are NaN where
    their denominator is 0.

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> after = wn.Network.from_edges((["a", "c", "d"], ["b", "a", "a"]))
    >>> change = wn.change.tie_change(before, after)
    >>> change.kept, change.dissolved, change.new, change.never
    (1, 1, 1, 3)
    """

    kept: int
    dissolved: int
    new: int
    never: int
    actors: tuple[Label, ...]
    joiners: tuple[Label, ...]
    leavers: tuple[Label, ...]
    kind: str = field(default_factory=_frames.default_kind, compare=False)

    @property
    def jaccard(self) -> float:
        """Kept ÷ (kept + dissolved + new): the share of ties at either time that were there both times."""
        return _share(self.kept, self.kept + self.dissolved + self.new)

    @property
    def dissolution(self) -> float:
        """Dissolved ÷ (kept + dissolved): the share of the first ties that are gone."""
        return _share(self.dissolved, self.kept + self.dissolved)

    @property
    def formation(self) -> float:
        """New ÷ (new + never): the share of the dyads without a tie that got one."""
        return _share(self.new, self.new + self.never)

    def to_frame(self) -> IntoDataFrame:
        """Lay the counts and rates out as a table.

        Returns
        -------
        table
            One row with the columns ``kept``, ``dissolved``, ``new``, ``never``, ``jaccard``, ``dissolution``,
            ``formation``, ``actors``, ``joiners``, ``leavers`` (the last three: how many), in the kind of table that
            the first network came from.

        Examples
        --------
        >>> import wholenet as wn
        >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]))
        >>> wn.change.tie_change(before, before).to_frame()[["kept", "never", "jaccard", "actors"]]
           kept  never  jaccard  actors
        0     2      4      1.0       3
        """
        columns: dict[str, list[int] | list[float]] = {
            "kept": [self.kept],
            "dissolved": [self.dissolved],
            "new": [self.new],
            "never": [self.never],
            "jaccard": [self.jaccard],
            "dissolution": [self.dissolution],
            "formation": [self.formation],
            "actors": [len(self.actors)],
            "joiners": [len(self.joiners)],
            "leavers": [len(self.leavers)],
        }
        return _frames.make(columns, self.kind)

    def __repr__(self) -> str:
        return (
            f"<TieChange: {self.kept:,} kept, {self.dissolved:,} dissolved, {self.new:,} new, {self.never:,} never; "
            f"Jaccard {self.jaccard:.3f}; {len(self.actors):,} actors in both, {len(self.joiners):,} joined, "
            f"{len(self.leavers):,} left>"
        )

    def _repr_html_(self) -> str:
        def listed(labels: tuple[Label, ...]) -> str:
            shown = ", ".join(map(str, labels[:LISTED])) + (", …" if len(labels) > LISTED else "")
            return f"{len(labels):,} ({shown})" if labels else "0"

        facts = [
            ("Kept", f"{self.kept:,}"),
            ("Dissolved", f"{self.dissolved:,} ({self.dissolution:.1%} of the first ties)"),
            ("New", f"{self.new:,} ({self.formation:.1%} of the dyads without a tie)"),
            ("Never", f"{self.never:,}"),
            ("Jaccard", f"{self.jaccard:.3f}"),
            ("Actors in both", f"{len(self.actors):,}"),
            ("Joined", listed(self.joiners)),
            ("Left", listed(self.leavers)),
        ]
        return facts_html("Change of ties", facts, ())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def tie_change(before: Network, after: Network) -> TieChange:
    """Count the ties that were kept, dissolved and new between two observations of a network.

    Parameters
    ----------
    before : Network
        The network at the first observation.
    after : Network
        The network at the second observation; directed if the first is.

    Returns
    -------
    TieChange
        The counts, with rates derived from them, and who joined and left.

    Raises
    ------
    ArgumentError
        One of the networks is directed and the other is not.
    LabelError
        The labels of one network are text and those of the other integers.

    Notes
    -----
    Counts the dyads *among actors in both networks* (found by label, whatever their order) that were *observed both
    times*: ordered pairs in directed networks, unordered pairs in undirected ones. So neither an organisation that
    joins nor one that did not answer makes a tie new or dissolved.

    With K kept, D dissolved, N new and O never tied dyads: ``jaccard`` is K ÷ (K + D + N), ``dissolution`` (the hazard
    of a tie) D ÷ (K + D), ``formation`` (that of a dyad without a tie) N ÷ (N + O).

    Values are not read: a tie that has become stronger is kept. Take ``net.dichotomize(...)`` first to follow strong
    ties. Self-ties are not read.

    O(n + m) time, and O(n²) where dyads were not observed in both networks.

    Peers: networkx (``intersection``, ``difference``) and igraph (the same) find the same ties in networks of the same
    actors observed in full, and have no account of who was observed. Neither these nor sna count change.

    References
    ----------
    Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11, 37-50.
    https://doi.org/10.1111/j.1469-8137.1912.tb05611.x

    Snijders, T. A. B., van de Bunt, G. G. & Steglich, C. E. G. (2010). Introduction to stochastic actor-based models
    for network dynamics. Social Networks 32, 44-60. https://doi.org/10.1016/j.socnet.2009.02.004

    Examples
    --------
    Among a, b and c the tie a-b is kept, b-c dissolved and c-a new; d joins:

    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> after = wn.Network.from_edges((["a", "c", "d"], ["b", "a", "a"]))
    >>> change = wn.change.tie_change(before, after)
    >>> change
    <TieChange: 1 kept, 1 dissolved, 1 new, 3 never; Jaccard 0.333; 3 actors in both, 1 joined, 0 left>
    >>> change.dissolution, change.formation, change.joiners
    (0.5, 0.25, ('d',))
    """
    first, second = aligned(before, after)
    kept, dissolved, new, never = _core.change_tie_change(core_of(first), core_of(second))
    return TieChange(
        kept,
        dissolved,
        new,
        never,
        tuple(first.labels.tolist()),
        joiners(before, after),
        leavers(before, after),
        kind_of(before),
    )


def ties(before: Network, after: Network) -> IntoDataFrame:
    """List the ties at either of two observations, and what became of each.

    Parameters
    ----------
    before : Network
        The network at the first observation.
    after : Network
        The network at the second observation; directed if the first is.

    Returns
    -------
    table
        Columns ``source``, ``target`` (labels) and ``state``: ``"kept"``, ``"dissolved"`` or ``"new"``. A row for each
        dyad among actors in both networks that was observed both times and had a tie at either, an undirected one
        once; in the order of the first network's actors, and the kind of table that it came from.

    Raises
    ------
    ArgumentError
        One of the networks is directed and the other is not.
    LabelError
        The labels of one network are text and those of the other integers.

    Notes
    -----
    As many rows of each state as `tie_change` counts; see there for what is left out. O(n + m) time.

    References
    ----------
    Snijders, T. A. B., van de Bunt, G. G. & Steglich, C. E. G. (2010). Introduction to stochastic actor-based models
    for network dynamics. Social Networks 32, 44-60. https://doi.org/10.1016/j.socnet.2009.02.004

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> after = wn.Network.from_edges((["a", "c", "d"], ["b", "a", "a"]))
    >>> wn.change.ties(before, after)
      source target      state
    0      a      b       kept
    1      b      c  dissolved
    2      c      a        new
    """
    first, second = aligned(before, after)
    source, target, states = _core.change_tie_fates(core_of(first), core_of(second))
    labels = first.labels
    columns: dict[str, Any] = {
        "source": labels[source].tolist(),
        "target": labels[target].tolist(),
        "state": states,
    }
    if not states:
        # An empty list has no type to go by.
        text = np.array([], dtype="U1")
        empty = text if labels.dtype == object else np.array([], dtype=np.int64)
        columns = {"source": empty, "target": empty, "state": text}
    return table_of(before, columns)


def joiners(before: Network, after: Network) -> tuple[Label, ...]:
    """Tell which actors are in the second network only.

    Parameters
    ----------
    before : Network
        The network at the first observation.
    after : Network
        The network at the second observation; directed if the first is.

    Returns
    -------
    tuple of labels
        In the order of the second network.

    Raises
    ------
    LabelError
        The labels of one network are text and those of the other integers.

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> after = wn.Network.from_edges((["a", "d"], ["b", "a"]))
    >>> wn.change.joiners(before, after)
    ('d',)
    """
    _check_labels(before, after)
    return _only(after, before)


def leavers(before: Network, after: Network) -> tuple[Label, ...]:
    """Tell which actors are in the first network only.

    Parameters
    ----------
    before : Network
        The network at the first observation.
    after : Network
        The network at the second observation; directed if the first is.

    Returns
    -------
    tuple of labels
        In the order of the first network.

    Raises
    ------
    LabelError
        The labels of one network are text and those of the other integers.

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> after = wn.Network.from_edges((["a", "d"], ["b", "a"]))
    >>> wn.change.leavers(before, after)
    ('c',)
    """
    _check_labels(before, after)
    return _only(before, after)


def _only(here: Network, there: Network) -> tuple[Label, ...]:
    others = set(there.labels.tolist())
    return tuple(label for label in here.labels.tolist() if label not in others)


def aligned(before: Network, after: Network) -> tuple[Network, Network]:
    """Both networks among the actors in both, in the order of the first."""
    _check_labels(before, after)
    if before.directed != after.directed:
        words = {True: "directed", False: "undirected"}
        msg = (
            "after must have the direction of before, but it is "
            f"{words[after.directed]} and before is {words[before.directed]}. Make the directed one undirected with "
            "net.symmetrize(...)"
        )
        raise ArgumentError(msg)
    first, second = before.labels.tolist(), after.labels.tolist()
    if first == second:
        return before, after
    others = set(second)
    both = [label for label in first if label in others]
    return before.subset(both), after.subset(both)


def _check_labels(before: Network, after: Network) -> None:
    core_of(before, "before")
    core_of(after, "after")
    kinds = {True: "integers", False: "text"}
    one, other = before.labels.dtype != object, after.labels.dtype != object
    if before.n_actors and after.n_actors and one != other:
        first, second = before.labels[:1].tolist(), after.labels[:1].tolist()
        msg = (
            "the same actors must have the same labels in both networks, but those of before are "
            f"{kinds[one]} ({first[0]!r}) and those of after {kinds[other]} ({second[0]!r})"
        )
        raise LabelError(msg)

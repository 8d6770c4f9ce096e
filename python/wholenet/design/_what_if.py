"""What would change if organisations or ties came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest, cohesion
from wholenet._checks import whole
from wholenet._results import kind_of, listed
from wholenet.design._altered import altered
from wholenet.design._cuts import near
from wholenet.design._demands import ground_of, limits_of
from wholenet.design._what_if_result import WhatIf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    from wholenet.design._altered import Altered
    from wholenet.network import Network

__all__ = ["what_if"]


def what_if(
    net: Network,
    *,
    remove: str | ArrayLike = (),
    add: Mapping[Any, Mapping[str, Any]] | None = None,
    add_ties: Sequence[tuple[Any, Any]] = (),
    drop_ties: Sequence[tuple[Any, Any]] = (),
    merge: Mapping[Any, Sequence[Any]] | None = None,
    levels: str | None = "care_level",
    within: int = 2,
    capacity: int | str | None = None,
) -> WhatIf:
    """What if: what changes when organisations or ties are added, merged, or taken away.

    Parameters
    ----------
    net : Network
        The undirected network.
    remove : str or sequence of labels
        Who leaves: the attribute that marks them (such as ``"gatekeeper"``), or labels.
    add : mapping from label to attributes, optional
        New organisations, without ties but those in `add_ties`: ``{"Team West": {"sector": "welfare"}}``.
    add_ties, drop_ties : sequence of pairs of labels
        Ties that are made, and let go.
    merge : mapping from label to labels, optional
        Organisations that become one: ``{"new": ["a", "b"]}``. It has a tie where any of them has one, and the
        attributes of the first.
    levels : str, optional
        The attribute that holds the level of care, for care paths and for who can take over. None: no levels.
    within : int
        How many steps a care path may have, and reach may go.
    capacity : int or str, optional
        How many ties an organisation can keep up: one number, or an attribute (empty: not known).

    Returns
    -------
    WhatIf
        The network before and after in numbers, the load of each organisation, care paths that break, and the network
        after.

    Raises
    ------
    DirectionError
        The network is directed.
    ColumnError
        There is no attribute of this name.
    ArgumentError
        A label is not in the network, named twice, or new and there already; nothing changes, or nobody is left; a
        number is not whole.
    TieError
        A tie to be made is there already, or one to be let go is not.
    SmallNetworkError
        The network has no actors.

    Notes
    -----
    First organisations are added, then ties made, then let go, then organisations merged, and last they leave. So
    `remove` by labels names those after a merger.

    *Reach* is the mean over organisations of the share of the others that are at most `within` steps away.
    *Fragmentation* is the share of pairs that no path joins. Both are NaN with one organisation.

    A *care path* leads from an organisation to a level other than its own: there is one if some organisation of that
    level is at most `within` steps away. It is broken if there was one, and is none after. Only organisations that are
    there before and after, under the same label, are compared.

    *Who takes over*: when an organisation leaves, each partner that stays loses a tie. Of those who stay and have the
    level of the one that leaves (without `levels`: of all), those that are not tied to this partner yet could take it
    over, each to the same share. An organisation's `takes_over` is the sum of its shares: the number of ties by which
    its load is expected to grow if all are taken over evenly. Ties that nobody could take over are counted; those of an
    organisation without a level are among them. So a load may grow to after + takes_over; it is over capacity if this
    is more.

    Values and self-ties are not read. A tie that was not observed is read as absent. O(n²·l) time for l levels.

    Peers: none that we know of has this table; its measures are those of `cohesion`, and `brokerage.removal` tests
    whether a loss is worse than that of random organisations.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcde"), "care_level": ["light", "light", "heavy", "heavy", "light"]})
    >>> net = wn.Network.from_edges((["a", "a", "b"], ["c", "d", "e"]), actors, directed=False)
    >>> found = wn.design.what_if(net, remove=["a"], within=1)
    >>> found
    <WhatIf: a leaves; fragmentation 0.6 to 0.833, 2 care paths broken, 2 ties to take over>
    >>> found.loads
      actor  before  after  takes_over  capacity  over
    0     b       1      1         1.0       NaN   NaN
    1     c       1      0         0.0       NaN   NaN
    2     d       1      0         0.0       NaN   NaN
    3     e       1      1         1.0       NaN   NaN
    """
    ground_of(net, "what_if")
    steps = whole(within, "within")
    if levels is not None:
        net.attribute(levels)
    if capacity is not None and not isinstance(capacity, str):
        capacity = whole(capacity, "capacity", least=0)
    change = altered(net, remove, add, add_ties, drop_ties, merge)
    after = change.network(net)
    takes, orphans = _takes_over(change, after, levels)
    paths, broken = _paths(net, change, after, levels, steps)
    kind = kind_of(net)
    return WhatIf(
        measures=_measures(net, after, steps),
        loads=_frames.make(_loads(net, change, after, takes, capacity), kind),
        paths=None if paths is None else _frames.make(paths, kind),
        broken=_frames.make(broken, kind),
        words=tuple(change.words),
        orphans=orphans,
        network=after,
        recipe=net.recipe,
        kind=kind,
    )


def _measures(before: Network, after: Network, steps: int) -> dict[str, list[Any]]:
    """The networks in numbers."""
    names: dict[str, Callable[[Network], Any]] = {
        "organisations": lambda net: float(net.n_actors),
        "ties": lambda net: float(net.n_ties),
        "mean degree": lambda net: 2 * net.n_ties / net.n_actors,
        "isolates": cohesion.isolates,
        "components": lambda net: float(len(np.unique(cohesion.components(net)))),
        "largest component": lambda net: float(np.bincount(cohesion.components(net)).max()),
        "fragmentation": lambda net: cohesion.fragmentation(net) if net.n_actors > 1 else np.nan,
        f"reach within {steps}": lambda net: _reach(net, steps),
    }
    found = [[float(measure(one)) for measure in names.values()] for one in (before, after)]
    gained = [later - earlier for earlier, later in zip(*found, strict=True)]
    return {"measure": list(names), "before": found[0], "after": found[1], "difference": gained}


def _tied(net: Network) -> NDArray[np.bool_]:
    tied: NDArray[np.bool_] = np.nan_to_num(net.to_matrix()) != 0
    np.fill_diagonal(tied, val=False)
    return tied


def _close(net: Network, steps: int) -> NDArray[np.bool_]:
    """Who is within so many steps of whom; no path has more steps than there are actors."""
    most = min(steps, net.n_actors)
    found: NDArray[np.bool_] = near(_tied(net), most) <= most
    return found


def _reach(net: Network, steps: int) -> float:
    n = net.n_actors
    return float(_close(net, steps).sum() - n) / (n * (n - 1)) if n > 1 else np.nan


def _takes_over(change: Altered, after: Network, levels: str | None) -> tuple[NDArray[np.float64], int]:
    """How many of the lost ties each could take over, if those who can share them evenly; and how many nobody can."""
    tied, place = _tied(after), {label: at for at, label in enumerate(change.labels)}
    share, orphans = np.zeros(after.n_actors), 0
    for attributes, partners in change.lost:
        alike = np.ones(after.n_actors, dtype=bool)
        if levels is not None:
            level = attributes[levels]
            alike[:] = [level is not None and one == level for one in change.attributes[levels]]
        for partner in sorted(place[one] for one in partners):
            could = alike & ~tied[partner]
            could[partner] = False
            if could.any():
                share[could] += 1 / could.sum()
            else:
                orphans += 1
    return share, orphans


def _loads(
    net: Network, change: Altered, after: Network, takes: NDArray[np.float64], capacity: int | str | None
) -> dict[str, Any]:
    degree = dict(zip(net.labels.tolist(), _tied(net).sum(axis=1).tolist(), strict=True))
    labels = after.labels.tolist()
    later = _tied(after).sum(axis=1).astype(np.int64)
    limit = np.full(len(labels), np.nan) if capacity is None else limits_of(after, capacity)
    return {
        "actor": listed(labels),
        "before": np.array([sum(degree[one] for one in change.origin[label]) for label in labels], dtype=np.int64),
        "after": later,
        "takes_over": takes,
        "capacity": limit,
        "over": np.where(np.isnan(limit), np.nan, np.maximum(later + takes - limit, 0.0)),
    }


def _reached(net: Network, levels: str, steps: int) -> dict[Any, tuple[Any, set[Any]]]:
    """By label: an organisation's level, and the other levels within so many steps."""
    cells = net.attribute(levels).tolist()
    close = _close(net, steps)
    found = {}
    for at, label in enumerate(net.labels.tolist()):
        if not _ingest.is_empty(cells[at]):
            reached = {
                cells[other] for other in np.flatnonzero(close[at]).tolist() if not _ingest.is_empty(cells[other])
            }
            found[label] = (cells[at], reached - {cells[at]})
    return found


def _paths(
    net: Network, change: Altered, after: Network, levels: str | None, steps: int
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """For each pair of levels how many have a path before and after; and which paths broke."""
    if levels is None:
        return None, {"actor": net.labels[:0], "level": np.array([""])[:0], "to_level": np.array([""])[:0]}
    before, later = _reached(net, levels, steps), _reached(after, levels, steps)
    same = [label for label in before if label in later and change.origin[label] == [label]]
    names = sorted({level for level, _ in (*before.values(), *later.values())}, key=str)
    rows, broken = [], []
    for one in names:
        own = [label for label in same if before[label][0] == one]
        for other in names:
            if other == one or not own:
                continue
            there = {label for label in own if other in before[label][1]}
            still = {label for label in own if other in later[label][1]}
            broken += [(label, one, other) for label in own if label in there - still]
            rows.append((one, other, len(own), len(there), len(still), len(there - still), len(still - there)))
    columns = ("level", "to_level", "organisations", "before", "after", "broken", "opened")
    sample = names[0] if names else ""
    paths = {
        name: _frames.column([row[at] for row in rows], sample if at < FIRST else 0) for at, name in enumerate(columns)
    }
    ends = {
        name: _frames.column([row[at] for row in broken], net.labels[0] if not at else sample)
        for at, name in enumerate(("actor", "level", "to_level"))
    }
    return paths, ends


# Columns of the table of paths that hold levels.
FIRST = 2

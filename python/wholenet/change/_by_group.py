"""What became of ties: by the groups of their ends, by marked actors, by strength."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _ingest
from wholenet._actor_values import marks_of
from wholenet._results import listed
from wholenet.change._group_change import GroupChange, group_change
from wholenet.change._waves import Waves, changed
from wholenet.errors import ArgumentError, DirectionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["by_mark", "by_pair", "by_value"]

DYADS = ("kept", "dissolved", "new", "never")
TIES = ("kept", "dissolved")
MOST = 50


def by_pair(before: Network, after: Network, *, by: str = "sector") -> GroupChange:
    """Count kept, dissolved and new ties for each pair of groups, such as sectors.

    Parameters
    ----------
    before : Network
        The network at the first observation, whose actors have the attribute.
    after : Network
        The network at the second observation; directed if the first is.
    by : str
        Attribute that holds the group; text or integers.

    Returns
    -------
    GroupChange
        A row for each ordered pair of groups (unordered in undirected networks) with ``from`` and ``to``, in sorted
        order: ``kept``, ``dissolved``, ``new``, ``never``, ``dissolution``, ``formation``, ``jaccard``.

    Raises
    ------
    ArgumentError
        One of the networks is directed and the other is not.
    ColumnError
        There is no such attribute in the first network.
    LabelError
        The labels of one network are text and those of the other integers.

    Notes
    -----
    Runs over the dyads that `tie_change` counts, among actors in both networks and observed both times; rows add up to
    its counts. Groups are those of the first wave: actors with another one at the second are listed in ``changed``
    (where the second network has the attribute). Dyads of actors without a group are left out, and counted in
    ``unknown``. Values and self-ties are not read.

    O(n²) time and memory.

    Peers: none of UCINET, igraph, networkx and sna counts change by groups.

    References
    ----------
    Snijders, T. A. B., van de Bunt, G. G. & Steglich, C. E. G. (2010). Introduction to stochastic actor-based models
    for network dynamics. Social Networks 32, 44-60. https://doi.org/10.1016/j.socnet.2009.02.004

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c"], "sector": ["care", "care", "school"]})
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]), actors, directed=False)
    >>> after = wn.Network.from_edges((["a", "a"], ["b", "c"]), actors, directed=False)
    >>> wn.change.by_pair(before, after).to_frame()[["from", "to", "kept", "dissolved", "new", "never"]]
         from      to  kept  dissolved  new  never
    0    care    care     1          0    0      0
    1    care  school     0          1    1      0
    2  school  school     0          0    0      0
    """
    waves = Waves.of(before, after)
    values = waves.before.attribute(by).tolist()
    known = [at for at, value in enumerate(values) if not _ingest.is_empty(value)]
    found, names = _ingest.groups(np.array([values[at] for at in known], dtype=object), by, np.array(known))
    groups = np.full(len(values), -1, dtype=np.int64)
    groups[known] = found
    k = len(names)
    row, column = groups[:, None], groups[None, :]
    codes = np.where((row < 0) | (column < 0), -1, row * k + column)
    sender, receiver = np.divmod(np.arange(k * k), max(k, 1))
    if not waves.before.directed:
        once = sender <= receiver
        place = np.full(k * k + 1, -1, dtype=np.int64)
        place[:-1][once] = np.arange(int(once.sum()))
        low, high = np.minimum(row, column), np.maximum(row, column)
        codes = place[np.where(low < 0, -1, low * k + high)]
        sender, receiver = sender[once], receiver[once]
    rows = {"from": listed([names[at] for at in sender]), "to": listed([names[at] for at in receiver])}
    return group_change(waves, rows, codes, DYADS, changed=changed(waves, by))


def by_mark(before: Network, after: Network, *, mark: str = "gatekeeper") -> GroupChange:
    """Count kept, dissolved and new ties among marked actors, between these and others, and among others.

    Parameters
    ----------
    before : Network
        The network at the first observation, whose actors have the attribute.
    after : Network
        The network at the second observation; directed if the first is.
    mark : str
        Attribute that marks actors, for instance gatekeepers: true or false, 1 or 0, or a kind where it is not empty.

    Returns
    -------
    GroupChange
        Three rows, ``ties``: ``"among marked"``, ``"marked and others"`` (in directed networks in either direction)
        and ``"among others"``, each with ``kept``, ``dissolved``, ``new``, ``never``, ``dissolution``, ``formation``,
        ``jaccard``.

    Raises
    ------
    ArgumentError
        One of the networks is directed and the other is not; the attribute holds other numbers than 1 and 0.
    ColumnError
        There is no such attribute in the first network.
    LabelError
        The labels of one network are text and those of the other integers.

    Notes
    -----
    Runs over the dyads that `tie_change` counts, among actors in both networks and observed both times; rows add up to
    its counts. Marks are those of the first wave: actors whose mark, or kind of mark, is another one at the second are
    listed in ``changed``. An empty value is no mark. Values and self-ties are not read.

    In these studies a gatekeeper is an organisation with the legal authority to refer; the position of this name is
    that of `brokerage.roles`.

    O(n²) time and memory.

    Peers: none of UCINET, igraph, networkx and sna counts change by groups.

    References
    ----------
    Snijders, T. A. B., van de Bunt, G. G. & Steglich, C. E. G. (2010). Introduction to stochastic actor-based models
    for network dynamics. Social Networks 32, 44-60. https://doi.org/10.1016/j.socnet.2009.02.004

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": ["a", "b", "c"], "gatekeeper": ["doctor", None, None]})
    >>> before = wn.Network.from_edges((["a", "b"], ["b", "c"]), actors, directed=False)
    >>> after = wn.Network.from_edges((["a"], ["b"]), actors, directed=False)
    >>> wn.change.by_mark(before, after).to_frame()[["ties", "kept", "dissolved", "dissolution"]]
                    ties  kept  dissolved  dissolution
    0       among marked     0          0          NaN
    1  marked and others     1          0          0.0
    2       among others     0          1          1.0
    """
    waves = Waves.of(before, after)
    marked = marks_of(waves.before, mark).astype(np.int64)
    codes = 2 - (marked[:, None] + marked[None, :])
    rows = {"ties": ["among marked", "marked and others", "among others"]}
    return group_change(waves, rows, codes, DYADS, changed=changed(waves, mark, mark=True))


def by_value(before: Network, after: Network, *, reciprocity: bool = False) -> GroupChange:
    """Count kept and dissolved ties by how strong they were at first.

    Parameters
    ----------
    before : Network
        The network at the first observation, with values.
    after : Network
        The network at the second observation; directed if the first is. Its values are not read.
    reciprocity : bool
        Whether ties of each value are also told apart by whether the tie the other way was there at first (directed
        networks only).

    Returns
    -------
    GroupChange
        A row for each ``value`` at first, lowest first: ``kept``, ``dissolved``, ``dissolution``. With reciprocity a
        row for each value and ``reciprocated``: ``"yes"``, ``"no"``, or ``"not observed"`` where the other actor did
        not answer at first.

    Raises
    ------
    ArgumentError
        One of the networks is directed and the other is not; the first has no values, or more than 50 different ones.
    DirectionError
        `reciprocity` of undirected networks.
    LabelError
        The labels of one network are text and those of the other integers.

    Notes
    -----
    Runs over the ties that `tie_change` counts as kept or dissolved; rows add up to these. Self-ties are not read.

    O(n²) time and memory.

    Peers: none of UCINET, igraph, networkx and sna counts change by strength.

    References
    ----------
    Snijders, T. A. B., van de Bunt, G. G. & Steglich, C. E. G. (2010). Introduction to stochastic actor-based models
    for network dynamics. Social Networks 32, 44-60. https://doi.org/10.1016/j.socnet.2009.02.004

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((list("abc"), list("bca")), weight=[1, 4, 4])
    >>> after = wn.Network.from_edges((list("bc"), list("ca")))
    >>> wn.change.by_value(before, after).to_frame()
       value  kept  dissolved  dissolution
    0    1.0     0          1          1.0
    1    4.0     2          0          0.0
    """
    _ingest.flag(reciprocity, "reciprocity")
    waves = Waves.of(before, after)
    if not before.valued:
        msg = "by_value reads the values of the ties of before, and this network has none; tie_change counts all ties"
        raise ArgumentError(msg)
    cells = waves.before.to_matrix()
    values, place = np.unique(cells[waves.first], return_inverse=True)
    if len(values) > MOST:
        msg = (
            f"before has ties of {len(values):,} different values, more than {MOST} rows. Take the strong and the "
            "other ties apart with net.dichotomize(...) instead"
        )
        raise ArgumentError(msg)
    codes = np.zeros(cells.shape, dtype=np.int64)
    rows: dict[str, Any] = {"value": values}
    if reciprocity:
        place, rows = _with_reciprocity(waves, cells, values, place)
    codes[waves.first] = place
    return group_change(waves, rows, codes, TIES)


def _with_reciprocity(
    waves: Waves, cells: NDArray[np.float64], values: NDArray[np.float64], place: NDArray[np.int64]
) -> tuple[NDArray[np.int64], dict[str, Any]]:
    if not waves.before.directed:
        msg = "reciprocity=True tells ties with and without one the other way apart, and these networks are undirected"
        raise DirectionError(msg)
    back = cells.T[waves.first]
    words = ("yes", "no", "not observed")
    code = place * len(words) + np.where(np.isnan(back), 2, (back == 0).astype(np.int64))
    rows = {"value": np.repeat(values, len(words)), "reciprocated": listed(list(words) * len(values))}
    return code, rows

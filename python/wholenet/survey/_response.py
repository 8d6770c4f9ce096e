"""Who answered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from wholenet import _ingest
from wholenet._checks import core_of
from wholenet.errors import LabelError
from wholenet.survey._networks import rows_of

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["response"]

NONE = "none"
WHY = "does not tell any more which of two actors answered"


def response(net: Network | Study, *, by: str | None = None) -> IntoDataFrame:
    """Response: how many actors answered, per network and group.

    Parameters
    ----------
    net : Network or Study
        The network of what actors report, directed; or several.
    by : str, optional
        Attribute that holds the group, such as the sector, or the type of gatekeeper. Actors without one are a group
        of their own, called ``"none"``.

    Returns
    -------
    table
        A row for each network, or for each of its groups (in sorted order, ``"none"`` last): for a study the columns
        of ``study.by``, then, with `by`, ``group``, and ``actors``, ``answered`` (their numbers) and ``response``, the
        share that answered, from 0 to 1; NaN in a network without actors. In the kind of table that the network came
        from.

    Raises
    ------
    DirectionError
        A network is undirected: of a dyad that one of two actors reported it does not tell which.
    ColumnError
        There is no such attribute.
    LabelError
        A group is called ``"none"`` already, and there are actors without one; two groups look the same as text.
    ArgumentError
        `net` is no network or study; the study is empty, or its keys are called as a column of the table is.
    ModeError
        A network has two modes.

    Notes
    -----
    answered ÷ actors. An actor answered unless it is in ``net.missing.non_respondents``: one that answered and did not
    say yes or no of anybody counts as having answered. Reads who answered only: ties and values do not matter.

    O(n) time for each network; O(n log n) with `by`.

    Peers: UCINET, sna, igraph and networkx have no account of who answered.

    References
    ----------
    Kossinets, G. (2006). Effects of missing data in social networks. Social Networks 28, 247-268.
    https://doi.org/10.1016/j.socnet.2005.07.002

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> actors = pd.DataFrame({"name": list("abcd"), "gatekeeper": ["gp", "gp", None, None]})
    >>> net = wn.Network.from_edges((["a"], ["b"]), actors, respondents=["a", "c", "d"])
    >>> wn.survey.response(net)
       actors  answered  response
    0       4         3      0.75
    >>> wn.survey.response(net, by="gatekeeper")
      group  actors  answered  response
    0    gp       2         1       0.5
    1  none       2         2       1.0
    """
    like = {**({} if by is None else {"group": ""}), "actors": 0, "answered": 0, "response": 0.5}
    return rows_of(net, lambda one: _rows(one, by), like, why=WHY)


def _rows(net: Network, by: str | None) -> list[dict[str, Any]]:
    """Count the actors of each group who answered."""
    answered = ~core_of(net).unobserved()[0]
    if by is None:
        return [_row(net.n_actors, int(answered.sum()))]
    groups, order = _groups(net, by)
    actors = Counter(groups)
    told = Counter(group for group, one in zip(groups, answered.tolist(), strict=True) if one)
    return [{"group": group, **_row(actors[group], told[group])} for group in order]


def _row(actors: int, answered: int) -> dict[str, Any]:
    return {"actors": actors, "answered": answered, "response": answered / actors if actors else float("nan")}


def _groups(net: Network, by: str) -> tuple[list[str], list[str]]:
    """Name the group of each actor as text, and list the groups in order."""
    values = [None if _ingest.is_empty(value) or value == "" else value for value in net.attribute(by).tolist()]
    kept = {value for value in values if value is not None}
    try:
        names = sorted(kept)
    except TypeError:
        names = sorted(kept, key=str)
    # A column of whole numbers with gaps holds floating-point ones in pandas.
    words = [f"{value:.0f}" if isinstance(value, float) and value.is_integer() else value for value in names]
    told = dict(zip(names, _ingest.as_text(words, by), strict=True))
    none = values.count(None)
    if not none:
        return [told[value] for value in values], list(told.values())
    if NONE in told.values():
        msg = f"{none:,} actors have no {by!r}, and a group is called {NONE!r} already; call that one something else"
        raise LabelError(msg)
    return [NONE if value is None else told[value] for value in values], [*told.values(), NONE]

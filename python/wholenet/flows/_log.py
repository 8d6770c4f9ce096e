"""The event log: trajectories of clients, of which only counts leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

from wholenet import _frames, _ingest
from wholenet._checks import choice, whole
from wholenet._show import facts_html
from wholenet.errors import ArgumentError
from wholenet.flows import _read
from wholenet.flows._columns import Columns, cut, known, named, places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._narwhals import nw
    from wholenet.flows._part import Part

__all__ = ["EventLog", "event_log", "parts_of"]

# With fewer than two the one client of a cell could be told.
LEAST = 2


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class EventLog:
    """
    Trajectories of clients at organisations; see `event_log`.

    The log keeps the trajectories to itself: what it shows, and what the functions of this family return, are counts
    and averages of at least `min_count` clients. It can't be written to a file or sent to another process.

    Parameters
    ----------
    _parts : tuple
        The trajectories, which stay inside.
    organisations : tuple
        Labels of the organisations.
    actors : table or None
        The table of organisations, if one was given.
    levels, referrers : tuple
        The groups in their order; empty where there is no such column.
    by : str or None
        The column that tells places apart.
    min_count : int
        The smallest number of clients that is shown.
    round_to : int or None
        What counts are rounded to.
    has_ends : bool
        Whether a column told when trajectories ended.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that results come in.
    recipe : tuple of str
        What was read and checked.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"who": [1, 1, 2], "where": ["gp", "team", "gp"], "day": [0, 30, 5]})
    >>> wn.flows.event_log(table, client="who", organisation="where", start="day", min_count=2)
    <EventLog: 3 trajectories of 2 clients at 2 organisations; not shown: counts under 2 clients>
    """

    _parts: tuple[Part, ...]
    organisations: tuple[Any, ...]
    actors: nw.DataFrame[Any] | None
    levels: tuple[Any, ...]
    referrers: tuple[Any, ...]
    by: str | None
    min_count: int
    round_to: int | None
    has_ends: bool
    kind: str
    recipe: tuple[str, ...]

    def shown(self, count: int) -> str:
        """Write a count, unless it is small.

        Parameters
        ----------
        count : int
            A number of clients or trajectories.

        Returns
        -------
        str
            The number, rounded if the log rounds; or that it is under `min_count`.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> table = pd.DataFrame({"who": [1, 1, 2], "where": ["gp", "team", "gp"], "day": [0, 30, 5]})
        >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day")
        >>> log.shown(3), log.shown(1200)
        ('under 10', '1,200')
        """
        if 0 < count < self.min_count:
            return f"under {self.min_count}"
        return f"{count if self.round_to is None else self.round_to * round(count / self.round_to):,}"

    def __repr__(self) -> str:
        trajectories, clients, _ = _totals(self)
        where = f" in {len(self._parts)} places" if self.by else ""
        return (
            f"<EventLog: {_of(self, trajectories, clients)} trajectories of {self.shown(clients)} clients at "
            f"{len(self.organisations):,} organisations{where}; not shown: counts under {self.min_count} clients>"
        )

    def _repr_html_(self) -> str:
        trajectories, clients, _ = _totals(self)
        facts = [
            ("Trajectories", _of(self, trajectories, clients)),
            ("Clients", self.shown(clients)),
            ("Organisations", f"{len(self.organisations):,}"),
            ("Shown from", f"{self.min_count} clients on"),
        ]
        return facts_html("Event log", facts, self.recipe)

    def __reduce__(self) -> NoReturn:
        msg = (
            "an event log holds clients, so it is not written to a file or sent to another process; make it again there"
        )
        raise ArgumentError(msg)


def parts_of(log: EventLog) -> tuple[Part, ...]:
    """Get at the trajectories, by place; what leaves this family is protected first."""
    return log._parts  # noqa: SLF001 (the functions of this family are the other half of the log)


def event_log(
    table: IntoDataFrame,
    *,
    client: str,
    organisation: str,
    start: str,
    end: str | None = None,
    level: str | None = None,
    referrer: str | None = None,
    end_reason: str | None = None,
    drop_out: Sequence[Any] = (),
    outcomes: Sequence[str] = (),
    by: str | None = None,
    levels: Sequence[Any] | None = None,
    last_day: Any = None,
    organisations: Sequence[Any] | IntoDataFrame | None = None,
    overlaps: str = "keep",
    duplicates: str = "error",
    min_count: int = 10,
    round_to: int | None = None,
) -> EventLog:
    """Read an event log: which client was at which organisation, and when.

    Parameters
    ----------
    table : table
        One row for each trajectory.
    client, organisation : str
        The columns with the client and the organisation: text or whole numbers.
    start, end : str
        The columns with the first and the last day: dates (also as text, 2019-12-31), times (of which the day counts),
        or whole numbers of days.
        An empty end means that the trajectory goes on. Without `end` only `referrals` can be read.
    level : str, optional
        The column with the level of care, whose order `levels` gives.
    referrer : str, optional
        The column with who referred; where it is empty: "not known".
    end_reason : str, optional
        The column with the reason of the end; empty where it is not known.
    drop_out : sequence
        The values of `end_reason` that mean that the client dropped out. All others mean: as planned.
    outcomes : sequence of str
        Columns with outcomes: numbers, empty where nothing was measured.
    by : str, optional
        The column that tells places apart, such as the municipality. Each is treated by itself, and a client or an
        organisation that is in two of them as two. Default: it is one place.
    levels : sequence, optional
        All levels of care, from light to heavy. Needed with `level`.
    last_day : date or int, optional
        The last day of observation, up to which trajectories that go on are known. Default: the latest day of all.
    organisations : sequence or table, optional
        All organisations there are; or a table of them, whose first column holds the labels and the others become
        attributes in `referrals`. Default: those in the log, sorted.
    overlaps : {"keep", "error"}
        What to do with a trajectory that starts while the client is still in another at the same organisation.
    duplicates : {"error", "drop"}
        What to do with a trajectory that is listed twice: the same client, organisation, days, level, referrer and
        reason.
    min_count : int
        The smallest number of clients that results show, at least 2.
    round_to : int, optional
        Round the counts that results show to multiples of this, such as 5. Default: exact counts.

    Returns
    -------
    EventLog
        The log, for the other functions of this family.

    Raises
    ------
    ColumnError
        A column named is not there.
    LabelError
        Labels of mixed kinds; an organisation that is not in `organisations`, a level that is not in `levels`.
    ArgumentError
        Rows that end before they start or after `last_day`, without a client, a first day or a level, with
        a reason but no end, that are listed twice, or overlap where that is refused. The message gives row numbers
        from 0, and never a client.

    Notes
    -----
    A client's trajectories are read in the order of their first days; of those with the same first day the one that
    ends first comes first, then that of the lower level. The order of rows never matters.

    What becomes of a client after a trajectory: it *dropped out* where the reason says so, whether or not it came back
    later; else it *went on* if the trajectory ended and another of the client's follows; else it *left as planned*, or
    *left, reason not known*; it is *still in care* while the trajectory goes on. Clients with one trajectory hand over
    nothing; the recipe counts them.

    Clients become numbers when the log is made, and their labels are not kept. Of all results together: no count of 1
    to `min_count` - 1 clients is shown, and enough others are blanked that a reader with all tables of one log is left
    with `min_count` or more possible whole numbers for each of these. The page on flows says how, and what this does
    not cover: two logs, networks of two windows, and knowledge from elsewhere.

    O(m) time, and O(k log k) for the k trajectories of each client.

    Peers: process-mining packages such as bupaR and pm4py read logs of cases and activities; they do not suppress.

    References
    ----------
    Hundepohl, A., Domingo-Ferrer, J., Franconi, L., Giessing, S., Schulte Nordholt, E., Spicer, K. & de Wolf, P.-P.
    (2012). Statistical Disclosure Control. Wiley. https://doi.org/10.1002/9781118348239

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"who": [1, 1, 2], "where": ["gp", "team", "gp"], "day": [0, 30, 5]})
    >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", min_count=2)
    >>> log.recipe[0]
    '3 trajectories of 2 clients read'
    """
    choice("overlaps", overlaps, ("keep", "error"))
    choice("duplicates", duplicates, ("error", "drop"))
    least = whole(min_count, "min_count", least=LEAST)
    rounding = None if round_to is None else whole(round_to, "round_to", least=LEAST)
    frame = _frames.numbered(_frames.wrap(table, "table"), "table")
    if not len(frame):
        msg = "the table has no rows, so there is no trajectory to read"
        raise ArgumentError(msg)
    actors, listed = known(organisations)
    codes, labels = _read.organisations(frame, organisation, listed)
    who, count = _read.clients(frame, client)
    when = _read.times(frame, start, end, last_day)
    height, steps = _heights(frame, level, levels)
    sent, senders = (None, []) if referrer is None else _read.groups(frame, referrer, "referrer", None)
    columns = Columns(
        who, count, codes, when, _read.reasons(frame, end_reason, drop_out, when.ended), height, sent,
        {name: _read.outcome(frame, name) for name in named(outcomes)},
    )  # fmt: skip
    place, places = (None, [()]) if by is None else places_of(frame, by)
    parts, steps_done = cut(columns, place, places, overlaps, duplicates, ends=end is not None)
    log = EventLog(
        parts, tuple(labels), actors, tuple(steps), tuple(senders), by, least, rounding, end is not None,
        _frames.kind_of(frame), (),
    )  # fmt: skip
    return _told(log, steps_done)


def _heights(
    frame: nw.DataFrame[Any], level: str | None, levels: Sequence[Any] | None
) -> tuple[NDArray[np.int64] | None, list[Any]]:
    """Read the levels of care in their order."""
    if level is not None and levels is not None:
        return _read.groups(frame, level, "level", levels)
    if level is not None:
        held = dict.fromkeys(frame[_frames.require(frame, level, "level")].to_list())
        found = _ingest.first_of(map(repr, held), len(held))
        msg = f"levels= must list the levels of care from light to heavy; the column {level!r} holds {found}"
        raise ArgumentError(msg)
    if levels is not None:
        msg = "levels= orders the levels of care, but no column holds them; name it with level="
        raise ArgumentError(msg)
    return None, []


def _totals(log: EventLog) -> tuple[int, int, int]:
    """Count trajectories, clients, and clients with one trajectory; places with few clients are not in it.

    Their numbers could be worked out from those of the others.
    """
    parts = parts_of(log)
    parts = tuple(part for part in parts if part.clients >= log.min_count) or parts
    return (
        sum(len(part.client) for part in parts),
        sum(part.clients for part in parts),
        sum(part.single for part in parts),
    )


def _of(log: EventLog, trajectories: int, clients: int) -> str:
    """Write how many trajectories there are, unless they are of few clients."""
    return log.shown(min(trajectories, clients) if clients < log.min_count else trajectories)


def _told(log: EventLog, done: list[tuple[str, int]]) -> EventLog:
    """Write the recipe, without small counts."""
    trajectories, clients, single = _totals(log)
    # How many have one and how many have more add up to all.
    small = 0 < single < log.min_count or 0 < clients - single < log.min_count
    ones = f"under {log.min_count}, or all but so many" if small else log.shown(single)
    recipe = [
        f"{_of(log, trajectories, clients)} trajectories of {log.shown(clients)} clients read",
        f"clients with one trajectory, which hands over nothing: {ones}",
    ]
    recipe += [f"{what}: {log.shown(count)}" for what, count in done if count]
    return replace(log, recipe=tuple(recipe))

"""Trajectories by organisation, level, referrer or step, and which of these may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet.errors import ArgumentError
from wholenet.flows._part import ENDS, ONWARD, STATUSES
from wholenet.flows._protect import Crossed, crossed, pooled, protected, sizes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.flows._log import EventLog
    from wholenet.flows._part import Part

__all__ = ["BY", "START", "Flow", "Grouped", "flow", "grouped"]

BY = ("organisation", "level", "referrer", "path")
START = "start"


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of trajectories, and what may be shown of them.

    Parameters
    ----------
    names : list
        What each group is called: a tuple with one value for each column that names it.
    code : array of shape (m,)
        The group of each trajectory.
    within : array of shape (r,)
        Groups with the same number add up to a group of `above`, which has that number; without `above` to all.
    hidden : array of shape (r,)
        Groups of which nothing is shown.
    status : array of shape (r, 5)
        Numbers of trajectories by status that are not shown.
    above : Grouped, optional
        What steps add up to: the levels that they lead to.
    """

    names: list[tuple[Any, ...]]
    code: NDArray[np.int64]
    within: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    status: NDArray[np.bool_]
    above: Grouped | None = None

    def counts(self, part: Part, of: NDArray[np.bool_] | None = None) -> Crossed:
        """Count trajectories and clients in each group, of all or of some: (r,) each."""
        if of is None:
            return sizes(self.code, part.client, len(self.names))
        return sizes(self.code[of], part.client[of], len(self.names))

    def pool(self, part: Part, of: NDArray[np.bool_], least: int, forced: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell for which groups to hide how many of their trajectories are marked; all that add up to a hidden one."""
        found = forced.copy()
        if self.above is not None:
            found |= self.above.pool(part, of, least, self.above.hidden)[self.within]
        for one in np.unique(self.within).tolist():
            here = self.within == one
            # Marked or not, they add up to the trajectories of the group.
            place, rows = np.cumsum(here) - 1, here[self.code]
            found[here] |= protected(
                place[self.code[rows]], of[rows].astype(np.int64), part.client[rows], least,
                rows=found[here].astype(np.int64), columns=np.zeros(2, dtype=np.int64), open_to_all=[0],
            ).any(axis=1)  # fmt: skip
        return found


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps between levels: rows are the start and the levels, columns the levels and the ends."""

    rows: list[Any]
    columns: list[Any]
    found: Crossed
    hidden: NDArray[np.bool_]


def grouped(log: EventLog, part: Part, by: str) -> Grouped:
    """Group the trajectories of a place."""
    if by == "level":
        return _by_level(log, part)
    if by == "path":
        return _by_path(log, part)
    names, codes = (log.organisations, part.organisation) if by == "organisation" else (log.referrers, part.referrer)
    code = _needed(codes, by).astype(np.int64)
    clients = sizes(code, part.client, len(names)).clients
    hidden = pooled(clients, log.min_count)
    status = _statuses(part.status, _ends(part, log.min_count), code, part.client, hidden, log)
    return Grouped([(name,) for name in names], code, np.zeros(len(names), dtype=np.int64), hidden, status)


def flow(log: EventLog, part: Part) -> Flow:
    """Count the steps between levels, and the ends, of a place."""
    level, many = _needed(part.level, "level"), len(log.levels)
    status, first = part.status, part.first
    following = np.append(level[1:], 0)
    to = np.where(status == ONWARD, following, many + status - 1)
    source = np.concatenate([np.zeros(int(first.sum()), dtype=np.int64), level + 1])
    target = np.concatenate([level[first], to])
    client = np.concatenate([part.client[first], part.client])
    order = np.argsort(client, kind="stable")
    source, target, client = source[order], target[order], client[order]
    shape = (many + 1, many + len(ENDS))
    heights = pooled(sizes(level, part.client, many).clients, log.min_count)
    ends = _ends(part, log.min_count)
    never = np.zeros(shape, dtype=np.bool_)
    never[0, many:] = True
    hidden = protected(
        source, target, client, log.min_count,
        rows=np.append(0, heights), columns=np.append(heights, 2 * ends[1:]), never=never,
    ) & ~never  # fmt: skip
    hidden |= ends[ONWARD] & ~never
    columns = [*log.levels, *(STATUSES[end] for end in ENDS)]
    return Flow([START, *log.levels], columns, crossed(source, target, client, shape), hidden)


def _by_level(log: EventLog, part: Part) -> Grouped:
    steps, many = flow(log, part), len(log.levels)
    level = _needed(part.level, "level")
    hidden = pooled(sizes(level, part.client, many).clients, log.min_count)
    status = np.zeros((many, len(STATUSES)), dtype=np.bool_)
    status[:, 1:] = steps.hidden[1:, many:]
    return Grouped([(name,) for name in log.levels], level, np.zeros(many, dtype=np.int64), hidden, status)


def _by_path(log: EventLog, part: Part) -> Grouped:
    """Group by the level before and the own level; what is shown follows from the table of steps."""
    steps, many = flow(log, part), len(log.levels)
    level = _needed(part.level, "level")
    before = np.where(part.first, 0, np.append(0, level[:-1] + 1))
    names = [(source, target) for target in log.levels for source in [START, *log.levels]]
    size = many + 1
    hidden, status = np.zeros(len(names), dtype=np.bool_), np.zeros((len(names), len(STATUSES)), dtype=np.bool_)
    for one in range(many):
        block, here = slice(one * size, (one + 1) * size), level == one
        clients = sizes(before[here], part.client[here], size).clients
        hidden[block] = pooled(clients, log.min_count, steps.hidden[:, one]) | steps.hidden[:, one]
        status[block] = True
        if not steps.hidden[one + 1, many:].any():
            ends = _ends(part, log.min_count)
            status[block] = _statuses(part.status[here], ends, before[here], part.client[here], hidden[block], log)
    return Grouped(names, level * size + before, np.arange(len(names)) // size, hidden, status, _by_level(log, part))


def _statuses(
    status: NDArray[np.int64],
    ends: NDArray[np.bool_],
    code: NDArray[np.int64],
    client: NDArray[np.uint32],
    hidden: NDArray[np.bool_],
    log: EventLog,
) -> NDArray[np.bool_]:
    """Tell which numbers by group and status are hidden; `ends` are hidden throughout."""
    if ends[ONWARD]:
        return np.ones((len(hidden), len(STATUSES)), dtype=np.bool_)
    pools = (hidden.astype(np.int64), ends.astype(np.int64))
    return protected(code, status, client, log.min_count, rows=pools[0], columns=pools[1])


def _ends(part: Part, least: int) -> NDArray[np.bool_]:
    """Tell which statuses are hidden throughout: rare ends with others, and all where few clients went on."""
    status = part.status
    clients = sizes(status, part.client, len(STATUSES)).clients
    if 0 < clients[ONWARD] < least:
        return np.ones(len(STATUSES), dtype=np.bool_)
    return np.append(False, pooled(clients[1:], least))


def _needed(codes: NDArray[Any] | None, by: str) -> NDArray[Any]:
    if codes is None:
        msg = f"the log has no {by}; name its column with {by}= in event_log"
        raise ArgumentError(msg)
    return codes

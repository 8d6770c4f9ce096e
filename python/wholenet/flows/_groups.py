"""Trajectories by organisation, level, referrer or step, and which of these may be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet.errors import ArgumentError
from wholenet.flows._part import ENDS, ONWARD, STATUSES, STILL
from wholenet.flows._protect import Crossed, Protected, crossed, different, pooled, protected, sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wholenet.flows._log import EventLog
    from wholenet.flows._part import Part

__all__ = ["BY", "START", "Flow", "Grouped", "flow", "grouped", "organisations_hidden"]

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
    above, below : Grouped, optional
        What steps add up to, the levels that they lead to; and what levels are the sum of.
    """

    names: list[tuple[Any, ...]]
    code: NDArray[np.int64]
    within: NDArray[np.int64]
    hidden: NDArray[np.bool_]
    status: NDArray[np.bool_]
    above: Grouped | None = None
    below: Grouped | None = None

    def counts(self, part: Part, of: NDArray[np.bool_] | None = None) -> Crossed:
        """Count trajectories and clients in each group, of all or of some: (r,) each."""
        if of is None:
            return sizes(self.code, part.client, len(self.names))
        return sizes(self.code[of], part.client[of], len(self.names))

    def pool(self, part: Part, of: NDArray[np.bool_], least: int, forced: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell for which groups to hide how many of their trajectories are marked; all that add up to a hidden one."""
        found, small = forced.copy(), np.zeros(len(forced), dtype=np.bool_)
        if self.above is not None:
            found |= self.above.pool(part, of, least, self.above.hidden)[self.within]
        if self.below is not None:
            below = self.below
            narrow = [
                one for one, block in below.blocks() if below.marked(part, of, least, block, below.hidden).exposed
            ]
            small[narrow] = True
        for _, block in self.blocks():
            found[block] |= self.marked(part, of, least, block, found | self.hidden, small).hidden.any(axis=1)
            # Their sums, and so their mean, follow from the others: they have to be those of enough clients.
            marked, clients = part.client[of], self.counts(part, of).clients
            while 0 < different(marked[(block & found)[self.code[of]]]) < least:
                rest = block & ~found & (clients > 0)
                if not rest.any():
                    break
                found[np.where(rest, clients, np.iinfo(np.int64).max).argmin()] = True
        return found

    def median_shown(self, part: Part, least: int) -> NDArray[np.bool_]:
        """Tell for which groups to show the median duration.

        Where it is not known how many still go on, this follows from nothing but the clients of the group: else the
        median would tell how many have ended.
        """
        enough = np.where(
            self.status[:, STILL],
            self.counts(part).clients >= 2 * least,
            self.counts(part, part.ended).clients >= least,
        )
        found: NDArray[np.bool_] = enough & ~self.hidden
        return found

    def marked(
        self,
        part: Part,
        of: NDArray[np.bool_],
        least: int,
        block: NDArray[np.bool_],
        whole: NDArray[np.bool_],
        small: NDArray[np.bool_] | None = None,
    ) -> Protected:
        """Protect how many are marked in a block of groups, some of which are hidden as a `whole`."""
        # Marked or not, they add up to the trajectories of the group.
        none = np.zeros(2, dtype=np.int64)
        return self.protect(part, of.astype(np.int64), none, least, block, whole, small=small, open_to_all=[0])

    def protect(
        self,
        part: Part,
        column: NDArray[np.int64],
        columns: NDArray[np.int64],
        least: int,
        block: NDArray[np.bool_],
        whole: NDArray[np.bool_],
        *,
        of: NDArray[np.bool_] | None = None,
        small: NDArray[np.bool_] | None = None,
        open_to_all: Sequence[int] = (),
    ) -> Protected:
        """Protect a table of a block of groups by another code, of all trajectories or of some.

        Groups hidden as a `whole` are pooled; of those that are `small` each cell is protected as a small one.
        """
        forced = None if small is None else np.repeat(small[block][:, None], len(columns), axis=1)
        rows = block[self.code] if of is None else block[self.code] & of
        place = np.cumsum(block) - 1
        return protected(
            place[self.code[rows]], column[rows], part.client[rows], least, rows=whole[block].astype(np.int64),
            columns=columns, forced=forced, open_to_all=open_to_all,
        )  # fmt: skip

    def blocks(self) -> list[tuple[int, NDArray[np.bool_]]]:
        """List what groups add up to, with the groups that do."""
        return [(one, self.within == one) for one in np.unique(self.within).tolist()]


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
    if by == "organisation":
        names, code, hidden = log.organisations, part.organisation.astype(np.int64), organisations_hidden(log, part)
    else:
        names, code = log.referrers, _needed(part.referrer, by)
        hidden = pooled(code, part.client, len(names), log.min_count)
    status = _statuses(part.status, _ends(part, log.min_count), code, part.client, hidden, log).hidden
    return Grouped([(name,) for name in names], code, np.zeros(len(names), dtype=np.int64), hidden, status)


def organisations_hidden(log: EventLog, part: Part) -> NDArray[np.bool_]:
    """Tell which organisations to hide: (n,).

    Networks show from and to how many others clients came: one has as many trajectories at least.
    """
    many, code, least = len(log.organisations), part.organisation.astype(np.int64), log.min_count
    hidden = pooled(code, part.client, many, least)
    if not hidden.any():
        return hidden
    passed = part.followed[:-1] & (code[1:] != code[:-1])
    source, target = np.divmod(np.unique(code[:-1][passed] * many + code[1:][passed]), many)
    floor = np.bincount(source, minlength=many) + np.bincount(target, minlength=many)
    return pooled(code, part.client, many, least, floor=floor)


def flow(log: EventLog, part: Part) -> Flow:
    """Count the steps between levels, and the ends, of a place."""
    level, many, least = _needed(part.level, "level"), len(log.levels), log.min_count
    status, first = part.status, part.first
    to = np.where(status == ONWARD, np.append(level[1:], 0), many + status - 1)
    source = np.concatenate([np.zeros(int(first.sum()), dtype=np.int64), level + 1])
    target = np.concatenate([level[first], to])
    client = np.concatenate([part.client[first], part.client])
    order = np.argsort(client, kind="stable")
    source, target, client = source[order], target[order], client[order]
    shape = (many + 1, many + len(ENDS))
    heights = pooled(level, part.client, many, least)
    ends = _ends(part, least)
    never, forced = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    never[0, many:] = True
    rows, columns = np.append(0, heights), np.append(heights, 2 * ends[1:])
    forced[1:, shape[1] - 1] = _few_ended(status, level, part.client, heights, least)
    floor = np.zeros(shape, dtype=np.int64)
    floor[1:, shape[1] - 1] = _going_on(status, level, part.client, heights, least)

    def hide() -> NDArray[np.bool_]:
        found = protected(
            source, target, client, least, rows=rows, columns=columns, never=never, forced=forced, floor=floor
        )
        shown: NDArray[np.bool_] = (found.hidden | ends[ONWARD]) & ~never
        return shown

    hidden = hide()
    # Where steps and ends of a level together tell too much of the ends after each step, its ends are hidden.
    narrow = [one for one in range(many) if _ends_of_steps(log, part, hidden, one).exposed]
    if narrow:
        forced[np.array(narrow) + 1, many:] = True
        hidden = hide()
    found = crossed(source, target, client, shape)
    # One who stays at a level counts in its row and in its column: this step and ends need twice the room.
    while len(tight := _tight(found.count, hidden, least)):
        for one in tight:
            shown = np.where(hidden[one + 1] | never[one + 1], np.iinfo(np.int64).max, found.count[one + 1])
            forced[one + 1, int(shown.argmin())] = True
        hidden = hide()
    names = [*log.levels, *(STATUSES[end] for end in ENDS)]
    return Flow([START, *log.levels], names, found, hidden)


def _tight(count: NDArray[np.int64], hidden: NDArray[np.bool_], least: int) -> list[int]:
    """List levels where ends and the step to the same level are hidden, and all that is hidden is little."""
    many = len(count) - 1
    found = []
    for one in range(many):
        row = hidden[one + 1]
        if row[one] and row[many:].any() and not row.all() and count[one + 1][row].sum() < 2 * least:
            found.append(one)
    return found


def _by_level(log: EventLog, part: Part) -> Grouped:
    steps, many = flow(log, part), len(log.levels)
    level = _needed(part.level, "level")
    hidden = pooled(level, part.client, many, log.min_count)
    status = np.zeros((many, len(STATUSES)), dtype=np.bool_)
    status[:, 1:] = steps.hidden[1:, many:]
    below = _steps(log, part, steps)
    return Grouped([(name,) for name in log.levels], level, np.zeros(many, dtype=np.int64), hidden, status, below=below)


def _by_path(log: EventLog, part: Part) -> Grouped:
    """Group by the level before and the own level; what is shown follows from the table of steps."""
    return replace(_steps(log, part, flow(log, part)), above=_by_level(log, part))


def _steps(log: EventLog, part: Part, steps: Flow) -> Grouped:
    """Group by the level before and the own level, without the levels that they add up to."""
    many, size = len(log.levels), len(log.levels) + 1
    names = [(source, target) for target in log.levels for source in steps.rows]
    hidden = np.zeros(len(names), dtype=np.bool_)
    status = np.ones((len(names), len(STATUSES)), dtype=np.bool_)
    level, before = _needed(part.level, "level"), _before(part)
    for one in range(many):
        block = slice(one * size, (one + 1) * size)
        hidden[block] = steps.hidden[:, one]
        if not steps.hidden[one + 1, many:].any():
            status[block] = _ends_of_steps(log, part, steps.hidden, one).hidden
    return Grouped(names, level * size + before, np.arange(len(names)) // size, hidden, status)


def _ends_of_steps(log: EventLog, part: Part, hidden: NDArray[np.bool_], one: int) -> Protected:
    """Protect what became of clients after each step into a level, where steps are `hidden`."""
    here, before = _needed(part.level, "level") == one, _before(part)
    ends = _ends(part, log.min_count)
    return _statuses(part.status[here], ends, before[here], part.client[here], hidden[:, one], log)


def _before(part: Part) -> NDArray[np.int64]:
    """Give the level that each trajectory came from, counted from 1; 0 is the start."""
    return np.where(part.first, 0, np.append(0, _needed(part.level, "level")[:-1] + 1))


def _statuses(
    status: NDArray[np.int64],
    ends: NDArray[np.bool_],
    code: NDArray[np.int64],
    client: NDArray[np.uint32],
    hidden: NDArray[np.bool_],
    log: EventLog,
) -> Protected:
    """Tell which numbers by group and status are hidden; `ends` are hidden throughout."""
    if ends[ONWARD]:
        return Protected(np.ones((len(hidden), len(STATUSES)), dtype=np.bool_), exposed=False)
    pools = (hidden.astype(np.int64), ends.astype(np.int64))
    forced = np.zeros((len(hidden), len(STATUSES)), dtype=np.bool_)
    forced[:, STILL] = _few_ended(status, code, client, hidden, log.min_count)
    floor = np.zeros(forced.shape, dtype=np.int64)
    floor[:, STILL] = _going_on(status, code, client, hidden, log.min_count)
    return protected(code, status, client, log.min_count, rows=pools[0], columns=pools[1], forced=forced, floor=floor)


def _few_ended(
    status: NDArray[np.int64],
    code: NDArray[np.int64],
    client: NDArray[np.uint32],
    hidden: NDArray[np.bool_],
    least: int,
) -> NDArray[np.bool_]:
    """Tell in which groups few clients have ended: how many go on would tell their number. The hidden are one."""
    merged = np.where(hidden, int(hidden.argmax()), np.arange(len(hidden)))[code]
    over = status != STILL
    clients = sizes(merged[over], client[over], len(hidden)).clients
    found: NDArray[np.bool_] = (clients > 0) & (clients < least)
    return found


def _going_on(
    status: NDArray[np.int64],
    code: NDArray[np.int64],
    client: NDArray[np.uint32],
    hidden: NDArray[np.bool_],
    least: int,
) -> NDArray[np.int64]:
    """Give how many trajectories of each group go on for certain where its median is not known: more than half."""
    every, still = sizes(code, client, len(hidden)), status == STILL
    many = sizes(code[still], client[still], len(hidden)).count
    told = ~hidden & (every.clients >= 2 * least) & (2 * many > every.count)
    return np.where(told, every.count // 2 + 1, 0)


def _ends(part: Part, least: int) -> NDArray[np.bool_]:
    """Tell which statuses are hidden throughout: rare ends with others, and all where few clients went on."""
    status = part.status
    if 0 < different(part.client[status == ONWARD]) < least:
        return np.ones(len(STATUSES), dtype=np.bool_)
    ends = status != ONWARD
    return np.append(False, pooled(status[ends] - 1, part.client[ends], len(ENDS), least))


def _needed(codes: NDArray[Any] | None, by: str) -> NDArray[Any]:
    if codes is None:
        msg = f"the log has no {by}; name its column with {by}= in event_log"
        raise ArgumentError(msg)
    return codes

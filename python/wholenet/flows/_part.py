"""The trajectories of one place, and what follows from their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _core

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["DROPPED", "ENDS", "ONWARD", "PLANNED", "STATUSES", "STILL", "UNKNOWN", "Part", "taken"]

# What becomes of a client after a trajectory: another one, or an end of care.
STATUSES = ("went on", "left as planned", "dropped out", "left, reason not known", "still in care")
ONWARD, PLANNED, DROPPED, UNKNOWN, STILL = range(len(STATUSES))
# Rows that are taken in a few hundredths of a second.
STEP = 2**20

ENDS = (PLANNED, DROPPED, UNKNOWN, STILL)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Part:
    """Trajectories in the order of clients and of their starts: (m,) each.

    `client` and `organisation` are codes; `end` is the last day of observation where it is not known. `reason` is one
    of PLANNED, DROPPED and UNKNOWN, STILL where there is no end. `level` and `referrer` are codes, or None.
    """

    key: tuple[Any, ...]
    client: NDArray[np.uint32]
    organisation: NDArray[np.uint32]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    reason: NDArray[np.int8]
    level: NDArray[np.int64] | None
    referrer: NDArray[np.int64] | None
    outcomes: Mapping[str, NDArray[np.float64]]

    @property
    def ended(self) -> NDArray[np.bool_]:
        """Which trajectories have an end."""
        found: NDArray[np.bool_] = self.reason != STILL
        return found

    @property
    def clients(self) -> int:
        """How many clients there are."""
        return int((self.client[1:] != self.client[:-1]).sum()) + 1 if len(self.client) else 0

    @property
    def single(self) -> int:
        """How many clients have one trajectory."""
        apart = np.concatenate([[True], self.client[1:] != self.client[:-1], [True]])
        return int((apart[1:] & apart[:-1]).sum()) if len(self.client) else 0

    @property
    def followed(self) -> NDArray[np.bool_]:
        """Which trajectories are not the last of their client."""
        found = np.zeros(len(self.client), dtype=np.bool_)
        found[:-1] = self.client[1:] == self.client[:-1]
        return found

    @property
    def first(self) -> NDArray[np.bool_]:
        """Which trajectories follow none from which the client went on."""
        found = np.ones(len(self.client), dtype=np.bool_)
        found[1:] = ~self._onward()[:-1]
        return found

    @property
    def status(self) -> NDArray[np.int64]:
        """What became of the client after each trajectory."""
        return np.where(self._onward(), ONWARD, self.reason.astype(np.int64))

    @property
    def repeated(self) -> NDArray[np.bool_]:
        """Which trajectories are the same as the one before, outcomes aside."""
        found = np.zeros(len(self.client), dtype=np.bool_)
        found[1:] = True
        for codes in (
            self.client, self.organisation, self.start, self.end, self.reason, self.level, self.referrer,
        ):  # fmt: skip
            if codes is not None:
                found[1:] &= codes[1:] == codes[:-1]
        return found

    @property
    def overlaps(self) -> NDArray[np.int64]:
        """Find the trajectories that start before the one before has ended, of one client at one organisation."""
        organisation = self.organisation.astype(np.int64)
        order = _core.flows_order(self.client, int(self.client.max(initial=0)) + 1, organisation, self.start, self.end)
        same = (self.client[order][1:] == self.client[order][:-1]) & (
            organisation[order][1:] == organisation[order][:-1]
        )
        until = np.where(self.ended, self.end, np.iinfo(np.int64).max)[order]
        found: NDArray[np.int64] = order[1:][same & (self.start[order][1:] < until[:-1])].astype(np.int64)
        return np.sort(found)

    def take(self, rows: NDArray[Any]) -> Part:
        """Give the trajectories in some rows, in their order."""
        start = taken(self.start, rows)
        return Part(
            self.key,
            taken(self.client, rows),
            taken(self.organisation, rows),
            start,
            start if self.end is self.start else taken(self.end, rows),
            taken(self.reason, rows),
            None if self.level is None else taken(self.level, rows),
            None if self.referrer is None else taken(self.referrer, rows),
            {name: taken(values, rows) for name, values in self.outcomes.items()},
        )

    def _onward(self) -> NDArray[np.bool_]:
        """Which trajectories ended, but not by dropping out, and are followed by another of the same client."""
        found: NDArray[np.bool_] = self.followed & self.ended & (self.reason != DROPPED)
        return found


def taken(values: NDArray[Any], rows: NDArray[Any]) -> NDArray[Any]:
    """Take rows out of a column, in steps between which a request to stop is heard."""
    found = np.empty(len(rows), dtype=values.dtype)
    for first in range(0, len(rows), STEP):
        found[first : first + STEP] = values[rows[first : first + STEP]]
    return found

"""Which ties between organisations to hide, so that those of few clients can't be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FREE", "Ties", "hidden_ties"]

# What no reader knows: more than any count; sums of many of them fit.
FREE = 2**36


@dataclass(frozen=True, slots=True)
class Ties:
    """Which ties to hide, and which of these their source's, or their target's, own number narrows down: (k,) each."""

    hidden: NDArray[np.bool_]
    from_source: NDArray[np.bool_]
    to_target: NDArray[np.bool_]


def hidden_ties(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    count: NDArray[np.int64],
    clients: NDArray[np.int64],
    trajectories: NDArray[np.int64],
    least: int,
) -> Ties:
    """Hide ties of fewer than `least` clients, and others until each of these could be `least` whole numbers or more.

    `trajectories` are those that a reader knows each organisation to have: (n,), FREE where none does. All but a
    client's last hand over, and all but the first take over; handovers of an organisation to itself are not shown. So a
    hidden tie can go up by what other hidden ties from the same source, and to the same target, give, or clients who
    end or start there. Where this is too little, the smallest tie shown from the source, or to the target, goes too.
    Told as well are ties of which all this still tells too much, as long as a reader sees where there are none.
    """
    small = clients < least
    hidden = small.copy()
    order = np.lexsort((target, source, count))
    while True:
        room = _Room.of(source, target, count, hidden, trajectories, least)
        lacking, of_source = small & room.little, room.by_source <= room.by_target
        shown = order[~hidden[order]]
        more = np.zeros(len(hidden), dtype=np.bool_)
        for ends, wrong in ((source, lacking & of_source), (target, lacking & ~of_source)):
            first, at = np.unique(ends[shown], return_index=True)
            more[shown[at[np.isin(first, ends[wrong])]]] = True
        narrow = [small & (by + count - 1 < least - 1) for by in (room.by_source, room.by_target)]
        rest = lacking & ~narrow[0] & ~narrow[1]
        if not more.any() and rest.any():
            # What stands in the way is what all ties add up to.
            more[shown[:1]] = True
        if not more.any():
            return Ties(hidden, narrow[0] | rest, narrow[1])
        hidden |= more


@dataclass(frozen=True, slots=True)
class _Room:
    """How far hidden ties can go up for their source, and for their target; and whether they can move too little."""

    by_source: NDArray[np.int64]
    by_target: NDArray[np.int64]
    little: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        source: NDArray[np.int64],
        target: NDArray[np.int64],
        count: NDArray[np.int64],
        hidden: NDArray[np.bool_],
        trajectories: NDArray[np.int64],
        least: int,
    ) -> _Room:
        # A hidden tie is known to have one handover at least: where there are none, this is shown.
        n, secret = len(trajectories), (count - 1) * hidden
        # Clients who end there, or begin there; both, where the organisation hands over to itself.
        ended = np.maximum(trajectories - _sums(source, count, n), 0)
        begun = np.maximum(trajectories - _sums(target, count, n), 0)
        by_source = _sums(source, secret, n)[source] - secret + ended[source]
        by_target = _sums(target, secret, n)[target] - secret + begun[target]
        # All handovers together are known: where one tie takes more, others give, and the other way round.
        takes = np.minimum(ended[source], begun[target]) * hidden
        up = np.minimum(np.minimum(by_source, by_target), secret.sum() - secret)
        down = np.minimum(count - 1, takes.sum() - takes)
        return cls(by_source, by_target, np.minimum(up, least) + down < least - 1)


def _sums(place: NDArray[np.int64], values: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Add whole numbers up by place."""
    found = np.zeros(n, dtype=np.int64)
    np.add.at(found, place, values)
    return found

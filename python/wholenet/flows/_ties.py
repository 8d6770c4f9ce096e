"""Which ties between organisations to hide, so that those of few clients can't be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FREE", "hidden_ties"]

# What no reader knows: more than any count; sums of many of them fit.
FREE = 2**36


def hidden_ties(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    count: NDArray[np.int64],
    clients: NDArray[np.int64],
    trajectories: NDArray[np.int64],
    least: int,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Hide ties of fewer than `least` clients, and others until each of these could be `least` whole numbers or more.

    `trajectories` are those that a reader knows each organisation to have: (n,), FREE where none does. All but a
    client's last hand over, and all but the first take over; handovers of an organisation to itself are not shown. So a
    hidden tie can go up by what other hidden ties from the same source, and to the same target, give, or clients who
    end or start there. Where this is too little, the smallest tie shown from the source, or to the target, goes too.
    Told as well are ties of which all this still tells too much.
    """
    small = clients < least
    hidden = small.copy()
    order = np.lexsort((target, source, count))
    while True:
        lacking, from_source = _lacking(source, target, count, hidden, small, trajectories, least)
        shown = order[~hidden[order]]
        more = np.zeros(len(hidden), dtype=np.bool_)
        for ends, wrong in ((source, lacking & from_source), (target, lacking & ~from_source)):
            first, at = np.unique(ends[shown], return_index=True)
            more[shown[at[np.isin(first, ends[wrong])]]] = True
        if lacking.any() and not more.any():
            # What stands in the way has nothing left to hide; the rest of the network may.
            more[shown[:1]] = True
        if not more.any():
            return hidden, lacking
        hidden |= more


def _lacking(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    count: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    small: NDArray[np.bool_],
    trajectories: NDArray[np.int64],
    least: int,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which small ties could be too few numbers, and whether that is for the ties from their source."""
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
    return small & (np.minimum(up, least) + down < least - 1), by_source <= by_target


def _sums(place: NDArray[np.int64], values: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Add whole numbers up by place."""
    found = np.zeros(n, dtype=np.int64)
    np.add.at(found, place, values)
    return found

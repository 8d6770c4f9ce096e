"""Which ties between organisations to hide, so that those of few clients can't be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FREE", "Margins", "hidden_ties"]

# What no reader knows: more than any count; sums of many of them fit.
FREE = 2**36


@dataclass(frozen=True, slots=True)
class Margins:
    """What a reader may know of each organisation: (n,) each.

    `onward` are trajectories after which the client went on, `all_of_it` all trajectories; FREE where a reader does not
    know them.
    """

    onward: NDArray[np.int64]
    all_of_it: NDArray[np.int64]


def hidden_ties(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    count: NDArray[np.int64],
    clients: NDArray[np.int64],
    margins: Margins,
    least: int,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Hide ties of fewer than `least` clients, and others until each of these could be `least` whole numbers or more.

    A hidden tie from o to p can go down by what others hidden from o, or handovers of o to itself, take up, and up by
    what they give; and so for those to p, or clients who start at p. Where this is too little, the smallest tie shown
    from o, or to p, goes too. Told as well are those of which the numbers of the two organisations alone tell too much.
    """
    small = clients < least
    hidden = small.copy()
    n = len(margins.onward)
    order = np.lexsort((target, source, count))
    while True:
        lacking, from_source = _lacking(source, target, count, hidden, small, margins, n, least)
        if not lacking.any():
            return hidden, lacking
        shown = order[~hidden[order]]
        more = np.zeros(len(hidden), dtype=np.bool_)
        for ends, wrong in ((source, lacking & from_source), (target, lacking & ~from_source)):
            first, at = np.unique(ends[shown], return_index=True)
            more[shown[at[np.isin(first, ends[wrong])]]] = True
        if not more.any():
            # The ends that could help have nothing left to hide; the other ends may.
            both = np.isin(source, source[lacking]) | np.isin(target, target[lacking])
            more = both & ~hidden
        if not more.any():
            return hidden, lacking
        hidden |= more


def _lacking(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    count: NDArray[np.int64],
    hidden: NDArray[np.bool_],
    small: NDArray[np.bool_],
    margins: Margins,
    n: int,
    least: int,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which small ties could be too few numbers, and whether that is for the ties from their source."""
    out, into = _sums(source, count, n), _sums(target, count, n)
    kept = np.maximum(margins.onward - out, 0)  # handovers of an organisation to itself, or beyond the window
    begun = np.maximum(margins.all_of_it - into - kept, 0)  # clients who start there
    begun[margins.all_of_it >= FREE] = FREE
    # What another tie to the same organisation gives becomes a handover of its source to itself, in place of a start.
    given = np.minimum(count, begun[source]) * hidden
    by_source = _sums(source, count * hidden, n)[source] - count * hidden + kept[source]
    by_target = _sums(target, given, n)[target] - given + begun[target]
    elsewhere = _sums(source, np.where(hidden, begun[target], 0), n)[source] - begun[target] + begun[source]
    up = np.minimum(by_source, by_target)
    down = np.minimum(count, elsewhere)
    lacking = small & (np.minimum(up, least) + down < least - 1)
    return lacking, by_source <= by_target


def _sums(place: NDArray[np.int64], values: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Add whole numbers up by place."""
    found = np.zeros(n, dtype=np.int64)
    np.add.at(found, place, values)
    return found

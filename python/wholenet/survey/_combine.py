"""From the items of persons to one cell for each organisation and alter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _ingest
from wholenet.errors import ArgumentError, LabelError, TieError
from wholenet.survey._words import EMPTY, NO, SKIPPED, TIE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wholenet.survey._items import Items

__all__ = ["RULES", "Cells", "checked_rule", "combined", "counting_designated", "numbered", "once"]

# Up to here products of codes are whole numbers of 64 bits.
LARGEST = 1 << 62

RULES = {
    "any": "the largest answer counts",
    "majority": "a tie where more than half of those who answered report one, with the median of its values",
    "mean": "the mean of the answers, 'no' counting 0",
    "designated": "the designated respondent counts",
}


@dataclass(frozen=True, slots=True)
class Cells:
    """What each organisation said about each alter: codes, the state, and the value of a tie."""

    part: NDArray[np.int64]
    relation: NDArray[np.int64]
    ego: NDArray[np.int64]
    alter: NDArray[np.int64]
    state: NDArray[np.int8]
    value: NDArray[np.float64]


def numbered(*columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the combinations of codes from 0, in order."""
    codes, size = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        # Codes may start below 0: that of a respondent who is not known does.
        own = column - column.min(initial=0)
        width = int(own.max(initial=0)) + 1
        if size * width > LARGEST:
            codes = _dense(codes)
            size = int(codes.max(initial=0)) + 1
        codes, size = codes * width + own, size * width
    return _dense(codes)


def _dense(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.unique(codes, return_inverse=True)[1].reshape(-1).astype(np.int64)


def once(items: Items, duplicates: str, told: Callable[[Items, int], str], *, persons: bool) -> Items:
    """See to it that each person answers each item once."""
    codes = numbered(items.part, items.relation, items.ego, items.person, items.alter)
    if not len(codes) or np.bincount(codes).max() == 1:
        return items
    empty = items.state == EMPTY
    if duplicates in {"error", "merge"}:
        _refuse_repeats(items, codes, empty, told, merge=duplicates == "merge", persons=persons)
    # The first that is not empty, or with "last" the last.
    row = -items.row if duplicates == "last" else items.row
    order = np.lexsort((row, empty, codes))
    first = np.unique(codes[order], return_index=True)[1]
    return items.keep(np.sort(order[first]))


def _refuse_repeats(
    items: Items,
    codes: NDArray[np.int64],
    empty: NDArray[np.bool_],
    told: Callable[[Items, int], str],
    *,
    merge: bool,
    persons: bool,
) -> None:
    """Refuse answers that contradict, and unless they are merged, also those that are repeated."""
    order = np.lexsort((items.row, codes))
    order = order[~empty[order]] if merge else order
    same = codes[order[1:]] == codes[order[:-1]]
    told_both = ~empty[order[1:]] & ~empty[order[:-1]]
    differs = (
        same
        & told_both
        & ((items.state[order[1:]] != items.state[order[:-1]]) | (items.value[order[1:]] != items.value[order[:-1]]))
    )
    found = differs if differs.any() else same
    if not found.any() or (merge and not differs.any()):
        return
    places = np.flatnonzero(found)
    shown = _ingest.first_of(
        (
            f"{told(items, int(order[at]))} and in row {items.row[order[at + 1]]}"
            for at in places[: _ingest.SHOWN].tolist()
        ),
        len(places),
    )
    count = _ingest.counted(len(places), "item")
    what = "answered differently by the same respondent" if differs.any() else "answered more than once"
    ways = 'Choose duplicates="first" or "last"' if differs.any() else 'Choose duplicates="merge"'
    several = "" if persons else ", or tell the respondents of an organisation apart with respondent="
    msg = f"{count} {what}: {shown}. {ways}{several}, or leave rows out"
    raise TieError(msg)


def counting_designated(items: Items, labels: list[Any]) -> Items:
    """Keep the answers of those who are designated, and of those who are alone."""
    groups = numbered(items.part, items.relation, items.ego)
    persons = numbered(groups, items.person)
    first = np.unique(persons, return_index=True)[1]
    marked = np.bincount(persons, weights=items.designated) > 0
    group = groups[first]
    alone = np.bincount(group)[group] == 1
    kept = np.bincount(group, weights=marked | alone)
    odd = np.flatnonzero(kept != 1)
    if len(odd):
        egos = dict.fromkeys(labels[items.ego[first[np.argmax(group == at)]]] for at in odd.tolist())
        shown = _ingest.first_of(map(repr, list(egos)[: _ingest.SHOWN]), len(egos))
        msg = (
            "with several respondents, one of them must be designated, but none is, or more than one, of "
            f"{shown}. Mark one in the column that designated= names, or use another combine="
        )
        raise LabelError(msg)
    return items.keep((marked | alone)[persons])


def combined(items: Items, rule: str) -> Cells:
    """Make one cell of what several persons of an organisation said about an alter."""
    codes = numbered(items.part, items.relation, items.ego, items.alter)
    first = np.unique(codes, return_index=True)[1]
    cells = len(first)

    def count(which: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(codes[which], minlength=cells)

    ties, answers = count(items.state == TIE), count(items.state >= NO)
    value = _values(items, codes, ties, answers, rule)
    state = np.where(count(items.state == UNKNOWN) > 0, UNKNOWN, SKIPPED)
    state = np.where(answers > 0, np.where(value > 0, TIE, NO), state).astype(np.int8)
    return Cells(
        part=items.part[first],
        relation=items.relation[first],
        ego=items.ego[first],
        alter=items.alter[first],
        state=state,
        value=value,
    )


def _values(
    items: Items, codes: NDArray[np.int64], ties: NDArray[np.int64], answers: NDArray[np.int64], rule: str
) -> NDArray[np.float64]:
    """Give the value of each cell; 0 where no tie is left."""
    value = np.zeros(len(ties))
    which = items.state == TIE
    # In the order of the values, so that the order of the rows does not matter.
    order = np.lexsort((items.value[which], codes[which]))
    sorted_codes, values = codes[which][order], items.value[which][order]
    told = np.flatnonzero(ties)
    ends = np.cumsum(ties[told])
    starts = ends - ties[told]
    if not len(told):
        return value
    if rule == "mean":
        value[told] = np.add.reduceat(values, starts) / answers[told]
    elif rule == "majority":
        middle = values[starts + (ties[told] - 1) // 2]
        value[told] = np.where(2 * ties[told] > answers[told], middle, 0.0)
    else:
        value[sorted_codes[ends - 1]] = values[ends - 1]
    return value


def checked_rule(combine: str, designated: object, *, persons: bool) -> None:
    """Check that ``combine=``, ``designated=`` and ``respondent=`` go together."""
    if combine != "any" and not persons:
        msg = f"combine={combine!r} is about several respondents; name the column that tells them apart, respondent="
        raise ArgumentError(msg)
    if (combine == "designated") != (designated is not None):
        msg = 'combine="designated" and designated= go together: the second says whose answer counts'
        raise ArgumentError(msg)

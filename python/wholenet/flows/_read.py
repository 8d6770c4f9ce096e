"""Columns of an event log: checked, and turned into codes. No message holds what identifies a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from wholenet import _core, _frames, _ingest
from wholenet._ingest import first_of
from wholenet.errors import ArgumentError, LabelError
from wholenet.flows import _dates
from wholenet.flows._part import DROPPED, PLANNED, STILL, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wholenet._narwhals import nw

__all__ = ["Times", "clients", "groups", "organisations", "outcome", "reasons", "refuse_rows", "times"]

# The group of trajectories whose referrer is not recorded.
NOT_KNOWN = "not known"


def refuse_rows(rows: NDArray[np.int64], what: str, advice: str) -> NoReturn:
    """Refuse rows by their numbers."""
    many = f"{len(rows):,} rows" if len(rows) > 1 else "1 row"
    msg = f"{many} {what} (row{'s' if len(rows) > 1 else ''} {first_of(rows[:5].tolist(), len(rows))}). {advice}"
    raise ArgumentError(msg)


def clients(frame: nw.DataFrame[Any], name: str) -> tuple[NDArray[np.uint32], int]:
    """Number the clients, and count them."""
    column = frame[_frames.require(frame, name, "client")]
    marks = column.is_null().to_numpy() if _typed(column) else [_ingest.is_empty(one) for one in column.to_list()]
    empty = np.flatnonzero(marks)
    if len(empty):
        refuse_rows(empty, f"have no client in the column {name!r}", "Fill them in, or leave these rows out")
    try:
        codes, count, _ = _core.flows_codes(_ingest.label_column(column.to_native(), name), name, labelled=False)
    except (LabelError, UnicodeError):
        msg = f"the column {name!r} (for client=) must hold text or whole numbers, one kind throughout"
        raise LabelError(msg) from None
    return codes, count


def _typed(column: nw.Series[Any]) -> bool:
    """Whether all cells are of one kind, which the table knows."""
    dtype = column.dtype
    return dtype.is_numeric() or str(dtype) in {"String", "Categorical"}


def organisations(
    frame: nw.DataFrame[Any], name: str, known: Sequence[Any] | None
) -> tuple[NDArray[np.uint32], list[Any]]:
    """Number the organisations: in the order of those known, else in sorted order."""
    column = _ingest.label_column(frame[_frames.require(frame, name, "organisation")].to_native(), name)
    codes, _, labels = _core.flows_codes(column, name, labelled=True)
    found = _ingest.as_list(labels) if isinstance(labels, np.ndarray) else list(labels)
    if known is None:
        return codes, found
    place = {label: at for at, label in enumerate(known)}
    lacking = [at for at, label in enumerate(found) if label not in place]
    if lacking:
        rows = np.flatnonzero(np.isin(codes, lacking))
        first = found[int(codes[rows[0]])]
        hint = _frames.near(first, known) if isinstance(first, str) else ""
        shown = first_of((repr(found[at]) for at in lacking[:5]), len(lacking))
        msg = (
            f"{_ingest.counted(len(lacking), 'organisation')} of the column {name!r} not among organisations=: "
            f"{shown} ({_ingest.counted(len(rows), 'row')}, the first is row {rows[0]}){hint or '.'} Correct the "
            "labels, or add them to organisations="
        )
        raise LabelError(msg)
    new = np.array([place[label] for label in found], dtype=np.uint32)
    return new[codes] if len(codes) else codes, list(known)


def groups(
    frame: nw.DataFrame[Any], name: str, argument: str, names: Sequence[Any] | None
) -> tuple[NDArray[np.int64], list[Any]]:
    """Number the groups of a column: in the order of `names`, else in sorted order, with those not known at the end."""
    column = frame[_frames.require(frame, name, argument)]
    values = [None if _ingest.is_empty(value) else value for value in column.to_list()]
    empty = np.flatnonzero([value is None for value in values])
    if len(empty) and argument != "referrer":
        advice = f"Fill them in, for instance with {NOT_KNOWN!r}, or leave these rows out"
        refuse_rows(empty, f"are empty in the column {name!r} (for {argument}=)", advice)
    values = [NOT_KNOWN if value is None else value for value in values]
    found = list(dict.fromkeys(values))
    if names is None:
        names = sorted(found, key=lambda one: (one == NOT_KNOWN, str(type(one)), one))
    place = {one: at for at, one in enumerate(names)}
    unknown = [one for one in found if one not in place]
    if unknown:
        row = values.index(unknown[0])
        msg = (
            f"the column {name!r} holds {unknown[0]!r} (row {row}), which is not among {argument}s="
            f"{_frames.near(str(unknown[0]), map(str, names)) or '.'} List all of them, in their order"
        )
        raise LabelError(msg)
    return np.array([place[value] for value in values], dtype=np.int64), list(names)


@dataclass(frozen=True, slots=True)
class Times:
    """First and last days; the last day of observation stands where there is no end."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    ended: NDArray[np.bool_]
    last: int


def times(frame: nw.DataFrame[Any], start: str, end: str | None, last_day: Any) -> Times:
    """Read first and last days, and check that they fit."""
    column = frame[_frames.require(frame, start, "start")]
    first, empty = _dates.read(column, start)
    if empty.any():
        refuse_rows(np.flatnonzero(empty), f"have no day in the column {start!r}", "Fill them in, or leave them out")
    if end is None:
        last, going_on = first, np.zeros(len(first), dtype=np.bool_)
    else:
        last, going_on = _dates.read(frame[_frames.require(frame, end, "end")], end)
    wrong = np.flatnonzero(~going_on & (last < first))
    if len(wrong):
        refuse_rows(wrong, f"end before they start: {end!r} is before {start!r}", "Correct the days")
    known = np.where(going_on, first, last)
    latest = int(max(first.max(initial=np.iinfo(np.int64).min), known.max(initial=np.iinfo(np.int64).min)))
    if last_day is not None and len(first):
        given = _dates.day(last_day, "last_day", dates=not column.dtype.is_numeric())
        late = np.flatnonzero((first > given) | (known > given))
        if len(late):
            refuse_rows(late, "start or end after last_day", "Give a later last_day=, or leave these rows out")
        latest = given
    # Where nothing goes on without an end the columns are taken as they are.
    return Times(first, np.where(going_on, latest, last) if going_on.any() else last, ~going_on, latest)


def reasons(
    frame: nw.DataFrame[Any], name: str | None, drop_out: Sequence[Any], ended: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """Read why trajectories ended: as planned, or by dropping out."""
    if name is None:
        if len(drop_out):
            msg = "drop_out= lists reasons, but no column holds them; name it with end_reason="
            raise ArgumentError(msg)
        return np.where(ended, np.int8(UNKNOWN), np.int8(STILL))
    values = frame[_frames.require(frame, name, "end_reason")].to_list()
    empty = np.array([_ingest.is_empty(value) for value in values], dtype=np.bool_)
    found = {value for value in values if not _ingest.is_empty(value)}
    held = first_of(sorted(map(repr, found)), len(found))
    if not len(drop_out):
        msg = f"drop_out= must list which values of {name!r} mean that the client dropped out; it holds {held}"
        raise ArgumentError(msg)
    for one in drop_out:
        if one not in found:
            hint = _frames.near(str(one), map(str, found)) or "."
            msg = f"drop_out= lists {one!r}, which the column {name!r} does not hold{hint} It holds {held}"
            raise ArgumentError(msg)
    early = set(drop_out)
    wrong = np.flatnonzero(~empty & ~ended)
    if len(wrong):
        refuse_rows(wrong, f"have a reason in {name!r} but no end", "Fill in the end, or leave the reason empty")
    dropped = np.array([value in early for value in values], dtype=np.bool_)
    why = np.where(~ended, STILL, np.where(empty, UNKNOWN, np.where(dropped, DROPPED, PLANNED)))
    return why.astype(np.int8)


def outcome(frame: nw.DataFrame[Any], name: str) -> NDArray[np.float64]:
    """Read an outcome: numbers, NaN where it was not measured."""
    column = frame[_frames.require(frame, name, "outcomes")]
    values = column.to_list()
    if not all(_ingest.is_empty(one) or (isinstance(one, int | float) and np.isfinite(one)) for one in values):
        row = next(
            row
            for row, one in enumerate(values)
            if not (_ingest.is_empty(one) or (isinstance(one, int | float) and np.isfinite(one)))
        )
        msg = f"the column {name!r} (for outcomes=) must hold finite numbers or be empty; row {row} does not"
        raise ArgumentError(msg)
    return np.array([np.nan if _ingest.is_empty(one) else float(one) for one in values], dtype=np.float64)

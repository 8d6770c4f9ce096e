"""Days in any table: dates, times, or whole numbers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from wholenet import _ingest
from wholenet._narwhals import nw
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Days", "day", "read"]

Days = tuple["NDArray[np.int64]", "NDArray[np.bool_]"]

# Characters of 2019-12-31.
LONG = 10
EPOCH = date(1970, 1, 1).toordinal()
# Further off than any date that tables can hold; differences of two stay far inside 64 bits.
FAR = 2**40


def read(series: nw.Series[Any], name: str) -> Days:
    """Read a column as days, and tell which cells are empty (their day is 0).

    Dates count from 1970-01-01, times by the day they fall on where the clock was read; whole numbers are days. Text
    must be dates as 2019-12-31.
    """
    dtype = series.dtype
    if isinstance(dtype, nw.Date | nw.Datetime):
        return _dates(series, dtype)
    if dtype.is_integer() or dtype.is_float():
        return _numbers(series, name)
    return _objects(series.to_list(), name)


def day(value: Any, name: str, *, dates: bool) -> int:
    """Read one day, of the kind that the columns have."""
    value = _written(value) or value
    if isinstance(value, date):
        found, known = value.toordinal() - EPOCH, dates
    elif isinstance(value, int | np.integer) and not isinstance(value, bool):
        found, known = int(value), not dates
    else:
        found, known = 0, False
    if not known or abs(found) > FAR:
        wanted = "a date, as in the columns of days" if dates else "a whole number, as in the columns of days"
        msg = f"{name} must be {wanted}, but is {value!r}"
        raise ArgumentError(msg)
    return found


def _dates(series: nw.Series[Any], dtype: Any) -> Days:
    import pyarrow as pa
    import pyarrow.compute as pc

    column = series.to_arrow()
    if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
        column = pc.local_timestamp(column)
    if pa.types.is_timestamp(column.type):
        column = pc.floor_temporal(column, unit="day")
    days = column.cast(pa.date32()).cast(pa.int32())
    empty = np.asarray(days.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    filled = pc.fill_null(days, 0).to_numpy(zero_copy_only=False)
    return np.asarray(filled, dtype=np.int64), empty


def _numbers(series: nw.Series[Any], name: str) -> Days:
    if series.dtype.is_integer() and not series.null_count():
        days = np.asarray(series.to_numpy())
        if len(days) and (days.max() > FAR or days.min() < -FAR):
            _refuse(name, int(np.argmax((days > FAR) | (days < -FAR))), "a number too large to be a day")
        return days.astype(np.int64), np.zeros(len(days), dtype=np.bool_)
    values = np.asarray(series.cast(nw.Float64).fill_null(float("nan")).to_numpy(), dtype=np.float64)
    empty = np.isnan(values)
    whole = np.where(empty, 0.0, values)
    wrong = np.flatnonzero(~((np.abs(whole) <= FAR) & (whole == np.floor(whole))))
    if len(wrong):
        _refuse(name, int(wrong[0]), "a number that is no whole day")
    return whole.astype(np.int64), empty


def _objects(values: list[Any], name: str) -> Days:
    days, empty = np.zeros(len(values), dtype=np.int64), np.zeros(len(values), dtype=np.bool_)
    for row, value in enumerate(values):
        if _ingest.is_empty(value):
            empty[row] = True
        elif isinstance(value, date | datetime):
            days[row] = value.toordinal() - EPOCH
        elif (found := _written(value)) is not None:
            days[row] = found.toordinal() - EPOCH
        else:
            _refuse(name, row, "other text" if isinstance(value, str) else f"a {type(value).__name__}")
    return days, empty


def _written(value: Any) -> date | None:
    """Read a date that is written as 2019-12-31."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == LONG else None
    except ValueError:
        return None


def _refuse(name: str, row: int, found: str) -> NoReturn:
    msg = (
        f"the column {name!r} must hold dates (such as 2019-12-31), times or whole days, but row {row} holds "
        f"{found}. Turn it into dates first, for instance with pandas.to_datetime or polars' str.to_date"
    )
    raise ArgumentError(msg)

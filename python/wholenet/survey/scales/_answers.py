"""Answers to the items of scales, read from a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from wholenet import _frames
from wholenet._ingest import first_of, is_empty
from wholenet._keys import described, groups_by, names_of, shown, sortable
from wholenet._narwhals import nw
from wholenet.errors import ArgumentError, ColumnError, LabelError
from wholenet.survey.scales._scale import Scale, scales_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Key = tuple[Any, ...]

__all__ = ["Answers", "alike", "answers_of", "columns_named", "laid_out", "named", "refuse_repeats", "refuse_twice"]

# What rounding leaves of a difference that is none, as a share of the largest value.
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of n respondents, (n, items) for each scale: NaN where there is none, reversed items turned."""

    frame: nw.DataFrame[Any]
    scales: tuple[Scale, ...]
    items: tuple[NDArray[np.float64], ...]

    @property
    def kind(self) -> str:
        """The kind of table that they came in."""
        return _frames.kind_of(self.frame)

    def scores(self, place: int) -> NDArray[np.float64]:
        """Give the mean of the items answered, (n,); NaN where too few were."""
        items = self.items[place]
        answered = (~np.isnan(items)).sum(axis=1)
        enough = answered >= self.scales[place].needed
        found: NDArray[np.float64] = np.where(np.isnan(items), 0.0, items).sum(axis=1) / np.maximum(answered, 1)
        found[~enough] = np.nan
        return found

    def every(self) -> NDArray[np.float64]:
        """Give the scores on all scales, (n, scales)."""
        return np.column_stack([self.scores(place) for place in range(len(self.scales))])

    def groups(self, by: Sequence[str], argument: str = "table") -> list[tuple[Key, NDArray[np.int64]]]:
        """List the rows of each combination of the columns `by`, in the order of their values."""
        if not by:
            return [((), np.arange(len(self.frame)))]
        found = groups_by(self.frame, by, argument)
        return [(key, found[key]) for key in sorted(found, key=sortable)]


def answers_of(table: object, scorecard: object) -> Answers:
    """Read and check the answers to all items of a scorecard."""
    scales = scales_of(scorecard)
    frame = _frames.takeable(_frames.wrap(table, "table"))
    if not len(frame):
        msg = "the table has no rows, so that nobody answered"
        raise ArgumentError(msg)
    return Answers(frame, scales, tuple(_read(frame, scale) for scale in scales))


def _read(frame: nw.DataFrame[Any], scale: Scale) -> NDArray[np.float64]:
    columns = []
    for item in scale.items:
        if item not in frame.columns:
            msg = (
                f"the table has no column {item!r}, an item of the scale {scale.name!r}"
                f"{_frames.near(item, frame.columns) or '.'} It has: {shown(frame.columns)}"
            )
            raise ColumnError(msg)
        values = _numbers(frame[item], item, scale)
        with np.errstate(invalid="ignore"):
            outside = np.flatnonzero((values < scale.low) | (values > scale.high))
        if len(outside):
            rows = first_of((f"row {row}: {values[row]:g}" for row in outside.tolist()), len(outside))
            msg = (
                f"{item!r} of the scale {scale.name!r} goes from {scale.low:g} to {scale.high:g}, but {len(outside):,} "
                f"answers lie outside ({rows}). Make them empty if they stand for no answer, or declare other low= and "
                "high="
            )
            raise ArgumentError(msg)
        columns.append(scale.low + scale.high - values if item in scale.reversed else values)
    return np.column_stack(columns)


def _numbers(series: nw.Series[Any], item: str, scale: Scale) -> NDArray[np.float64]:
    """Read a column of numbers; empty cells become NaN."""
    dtype = series.dtype
    if dtype.is_numeric():
        found: NDArray[np.float64] = series.cast(nw.Float64).fill_null(float("nan")).to_numpy().astype(np.float64)
        return found
    cells = series.to_list()
    odd = [
        row
        for row, cell in enumerate(cells)
        if not is_empty(cell) and (isinstance(cell, bool | str) or not isinstance(cell, int | float | np.number))
    ]
    if odd:
        _refuse_words(cells, odd, item, scale)
    return np.array([np.nan if is_empty(cell) else float(cell) for cell in cells], dtype=np.float64)


def _refuse_words(cells: list[Any], odd: list[int], item: str, scale: Scale) -> NoReturn:
    rows = first_of((f"row {row}: {cells[row]!r}" for row in odd), len(odd))
    msg = (
        f"{item!r} of the scale {scale.name!r} must hold numbers from {scale.low:g} to {scale.high:g}, but "
        f"{len(odd):,} cells hold something else ({rows}). Turn words into numbers first, and leave cells empty where "
        "nothing was answered"
    )
    raise ArgumentError(msg)


def columns_named(answers: Answers, names: object, argument: str) -> tuple[str, ...]:
    """Read names of columns that tell groups apart; none is legal."""
    if isinstance(names, tuple | list) and not names:
        return ()
    if not isinstance(names, str | tuple | list):
        msg = f"{argument} must name one or more columns, but is {names!r}"
        raise ArgumentError(msg)
    return tuple(_frames.require(answers.frame, name, argument) for name in names_of(names))


def alike(values: NDArray[np.float64], largest: float) -> bool:
    """Whether values differ by no more than rounding; means of a third and two thirds do, that are equal on paper."""
    return bool(np.ptp(values) <= NOTHING * largest)


def laid_out(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Put rows in columns of these names."""
    refuse_twice(names)
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def refuse_twice(names: Sequence[str]) -> None:
    """Refuse a name that two columns of a result would have."""
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        msg = (
            f"{twice!r} would be the name of two columns of the result; rename that column of the table, or give the "
            "scale another name"
        )
        raise ArgumentError(msg)


def named(by: Sequence[str], key: Key) -> str:
    """Name a group at the start of a message."""
    return f"{described(by, key)}: " if key else ""


def refuse_repeats(answers: Answers, by: Sequence[str], organisation: str, respondent: str) -> None:
    """Refuse a respondent who stands in two rows of one group."""
    names = tuple(dict.fromkeys((*by, organisation, respondent)))
    for key, rows in groups_by(answers.frame, names, "table").items():
        if len(rows) > 1:
            msg = (
                f"the table holds {described(names, key)} more than once (rows {shown(rows.tolist())}), so that this "
                "respondent would count more than once. Leave one row, name what tells the rows apart (by= or place=), "
                "or pass respondent=None if every row is another respondent"
            )
            raise LabelError(msg)

"""Columns of a table with one row for each network, or respondent: numbers and categories, complete rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet._actor_values import LARGE
from wholenet._checks import choice
from wholenet.errors import ArgumentError, LabelError, ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from wholenet._narwhals import nw

__all__ = ["Column", "Rows", "column_of", "labels_of", "level_of", "rows_of"]

YES_NO = ("no", "yes")
# Categories that are in use have at least this many values.
TWO = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A predictor: numbers; or codes of categories, the reference first, with what they are called."""

    name: str
    values: NDArray[np.float64]
    levels: tuple[str, ...] = ()

    def level(self, code: int) -> str:
        """Say what a category is called, with the name of the predictor."""
        return f"{self.name}: {self.levels[code]}"

    def take(self, rows: NDArray[Any]) -> Column:
        """Keep some rows."""
        return Column(self.name, self.values[rows], self.levels)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table in which all columns asked for have a value, and the labels of the others."""

    frame: nw.DataFrame[Any]
    labels: tuple[str, ...]
    kept: NDArray[np.intp]
    dropped: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of table that results follow."""
        return _frames.kind_of(self.frame)

    def cells(self, name: str) -> list[Any]:
        """The values of a column in the rows that are kept."""
        found = self.frame[name].to_list()
        return [found[row] for row in self.kept.tolist()]


def rows_of(data: object, names: Sequence[str], label: str | None, missing: str, *, repeated: bool = False) -> Rows:
    """Find the complete rows; others are refused, or left out and listed. `label` names the networks."""
    choice("missing", missing, ("refuse", "drop"))
    frame = _frames.wrap(data, "data")
    for name in names:
        _frames.require(frame, name, "formula")
    if label is not None:
        _frames.require(frame, label, "network")
    labels = labels_of(frame, label, repeated=repeated)
    columns = {name: [_ingest.is_empty(cell) for cell in frame[name].to_list()] for name in dict.fromkeys(names)}
    lacking = np.zeros(len(frame), dtype=bool)
    for empty in columns.values():
        lacking |= np.array(empty, dtype=bool)
    gone = np.flatnonzero(lacking)
    if len(gone) and missing == "refuse":
        told = ", ".join(f"{name!r} in {sum(empty):,}" for name, empty in columns.items() if any(empty))
        who = _ingest.first_of((labels[row] for row in gone.tolist()), len(gone))
        msg = (
            f"{len(gone):,} of {len(frame):,} rows have no value of {told} ({who}). Fill them in, or leave these rows "
            'out with missing="drop"'
        )
        raise ArgumentError(msg)
    kept = np.flatnonzero(~lacking)
    if not len(kept):
        msg = f"none of the {len(frame):,} rows has a value of all of {', '.join(map(repr, columns))}"
        raise ModelError(msg)
    chosen = tuple(labels[row] for row in kept.tolist())
    return Rows(frame, chosen, kept, tuple(labels[row] for row in gone.tolist()))


def labels_of(frame: nw.DataFrame[Any], label: str | None, *, repeated: bool = False) -> tuple[str, ...]:
    """Name the rows: by a column, in which each network stands once, or by their number from 0."""
    if label is None:
        return tuple(f"row {row}" for row in range(len(frame)))
    cells = frame[label].to_list()
    empty = [row for row, cell in enumerate(cells) if _ingest.is_empty(cell)]
    if empty:
        msg = f"the column {label!r} is empty in {len(empty):,} rows ({_ingest.first_of(empty, len(empty))})"
        raise LabelError(msg)
    names = tuple(str(cell) for cell in cells)
    seen: dict[str, int] = {}
    for row, name in enumerate(names):
        if not repeated and name in seen:
            msg = (
                f"the network {name!r} stands in two rows ({seen[name]} and {row}), and each must stand in one. Take "
                "one wave, or see multilevel for rows that belong to networks"
            )
            raise LabelError(msg)
        seen[name] = row
    return names


def column_of(rows: Rows, name: str, reference: Mapping[str, str | bool] | None = None) -> Column:
    """Read a predictor: numbers as they are, true and false, or text as categories."""
    cells = rows.cells(name)
    kinds = {_kind(cell) for cell in cells}
    if kinds == {"bool"}:
        return _categories(name, [level_of(cell) for cell in cells], YES_NO, reference)
    if kinds == {"text"}:
        return _categories(name, [level_of(cell) for cell in cells], sorted(map(level_of, set(cells))), reference)
    if kinds != {"number"}:
        msg = f"the column {name!r} must hold numbers, true and false, or text, but holds {_odd(cells, kinds)}"
        raise ArgumentError(msg)
    if reference is not None and name in reference:
        msg = f"reference= names {name!r}, which holds numbers; only categories have a reference"
        raise ArgumentError(msg)
    values = np.array([float(cell) for cell in cells], dtype=np.float64)
    odd = np.flatnonzero(~np.isfinite(values))
    if len(odd):
        msg = f"the column {name!r} holds {values[odd[0]]}, at {rows.labels[odd[0]]!r}; numbers must be finite"
        raise ArgumentError(msg)
    largest = float(np.abs(values).max())
    if largest and not 1 / LARGE <= largest <= LARGE:
        msg = f"the column {name!r} holds numbers up to {largest:.3g}, whose squares can't be computed with. Scale it"
        raise ArgumentError(msg)
    return Column(name, values)


def level_of(cell: Any) -> str:
    """Say what the category of a cell is called."""
    return YES_NO[bool(cell)] if isinstance(cell, bool | np.bool_) else str(cell)


def _kind(cell: Any) -> str:
    if isinstance(cell, bool | np.bool_):
        return "bool"
    if isinstance(cell, str):
        return "text"
    return "number" if isinstance(cell, int | float | np.number) else type(cell).__name__


def _odd(cells: list[Any], kinds: Iterable[str]) -> str:
    first = {kind: next(cell for cell in cells if _kind(cell) == kind) for kind in sorted(kinds)}
    return " and ".join(f"{kind} ({cell!r})" for kind, cell in first.items())


def _categories(
    name: str, cells: list[str], levels: Sequence[str], reference: Mapping[str, str | bool] | None
) -> Column:
    """Number categories, the reference first."""
    used = [level for level in levels if level in set(cells)]
    if len(used) < TWO:
        msg = f"{name!r} is {used[0]!r} in all {len(cells):,} rows, so that it can't explain differences. Leave it out"
        raise ModelError(msg)
    first = used[0]
    if reference is not None and name in reference:
        wanted = reference[name]
        first = YES_NO[wanted] if isinstance(wanted, bool) else str(wanted)
        if first not in used:
            msg = f"reference={{{name!r}: {wanted!r}}} is none of {', '.join(map(repr, used))}"
            raise ArgumentError(msg + _frames.near(first, used))
    order = [first, *(level for level in used if level != first)]
    number = {level: float(code) for code, level in enumerate(order)}
    return Column(name, np.array([number[cell] for cell in cells]), tuple(order))

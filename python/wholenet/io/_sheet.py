"""A table for people to read: headers in words, cells as text, numbers with equal decimals."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from wholenet import _frames
from wholenet._ingest import is_empty
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame

__all__ = ["Column", "Sheet"]

DASH, MINUS, INFINITY = "–", "−", "∞"
# What neither XML nor a spreadsheet can hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_DIGITS = 15
# From here on, digits before the point are not known any more.
LARGE = 1e15


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, its cells (None where empty), and how its numbers are shown.

    Parameters
    ----------
    header : str
        The name in words.
    cells : list
        Numbers, truth values, dates and text.
    numeric : bool
        Whether it holds numbers, which stand right.
    digits : int
        Decimals; 0 where all numbers are whole.
    """

    header: str
    cells: list[Any]
    numeric: bool
    digits: int

    @classmethod
    def of(cls, name: str, values: Sequence[Any], digits: int) -> Self:
        """Read the values of a column."""
        header = checked_text(str(name).replace("_", " ").strip(), f"the name of the column {name!r}")
        header = header[:1].upper() + header[1:]
        cells = [None if _is_empty(value) else _plain(value, name, row) for row, value in enumerate(values)]
        filled = [cell for cell in cells if cell is not None]
        numeric = bool(filled) and all(_is_number(cell) for cell in filled)
        whole = numeric and all(np.isfinite(float(cell)) and cell == int(cell) for cell in filled)
        return cls(header, cells, numeric, 0 if whole else digits)

    def texts(self) -> list[str]:
        """Show each cell as text; an empty one is a dash."""
        return [_shown(cell, self.digits) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title and the notes under it."""

    columns: tuple[Column, ...]
    title: str
    notes: tuple[str, ...]
    rows: int

    @classmethod
    def of(cls, table: IntoDataFrame, *, title: object, note: object, digits: object) -> Self:
        """Read a table and what is printed with it."""
        frame = _frames.numbered(_frames.wrap(table, "table"), "table")
        if not frame.columns:
            msg = "the table has no columns"
            raise ArgumentError(msg)
        decimals = 3 if digits is None else digits
        if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= MOST_DIGITS:
            msg = f"digits must be a whole number from 0 to {MOST_DIGITS}, but is {digits!r}"
            raise ArgumentError(msg)
        columns = tuple(Column.of(name, frame[name].to_list(), decimals) for name in frame.columns)
        return cls(columns, "" if title is None else _line(title, "title"), _notes(note), len(frame))


def _shown(cell: Any, digits: int) -> str:
    """Show a cell as text."""
    if cell is None:
        return DASH
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return _number(cell, digits) if _is_number(cell) else str(cell)


def _number(value: Any, digits: int) -> str:
    """Show a number with so many decimals, and never a small one as 0."""
    sign, size = MINUS if value < 0 else "", abs(value)
    if not np.isfinite(float(value)):
        return sign + INFINITY
    if isinstance(value, int):
        return f"{sign}{size}"
    if size >= LARGE:
        return f"{sign}{size:.{digits or 3}e}"
    text = f"{size:.{digits}f}"
    if size and not float(text):
        least = f"{10.0**-digits:.{digits}f}"
        return f"> {MINUS}{least}" if sign else f"< {least}"
    return sign + text


def checked_text(text: str, where: str) -> str:
    """Refuse characters that a document can't hold."""
    if found := CONTROL.search(text):
        msg = f"{where} holds the control character {found[0]!r}, which a document can't hold; take it out first"
        raise ArgumentError(msg)
    return text


def _line(value: object, argument: str) -> str:
    if not isinstance(value, str):
        msg = f"{argument} must be text, but is {value!r}"
        raise ArgumentError(msg)
    return checked_text(value, argument)


def _notes(note: object) -> tuple[str, ...]:
    """Read one note, or several, such as a recipe."""
    if note is None:
        return ()
    if isinstance(note, list | tuple):
        return tuple(_line(one, "each line of note") for one in note)
    return (_line(note, "note"),)


def _is_empty(value: Any) -> bool:
    return is_empty(value) or (isinstance(value, Decimal) and value.is_nan())


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def _plain(value: Any, name: str, row: int) -> Any:
    """Make a Python number, truth value, date or text of a value."""
    found = value.item() if isinstance(value, np.generic) else value
    if isinstance(found, str):
        return checked_text(found, f"the column {name!r}, row {row},")
    if isinstance(found, list | tuple | dict | set | bytes | np.ndarray):
        msg = (
            f"the column {name!r} holds {type(found).__name__} values (row {row}), which are no cells of a table; make "
            "them text or numbers first"
        )
        raise ArgumentError(msg)
    return found if isinstance(found, int | float | Decimal | dt.date | dt.time) else str(found)

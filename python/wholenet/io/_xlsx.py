"""Tables for Excel: numbers as numbers, text as text."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

from wholenet import _export
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from wholenet.io._sheet import Column, Sheet

__all__ = ["xlsx"]

MOST_ROWS, MOST_COLUMNS, LONGEST = 1_048_576, 16_384, 32_767
# Excel keeps 15 digits of a number, which is no larger than this.
LARGEST, HUGE = 10**15, 9.9e307
FIRST_YEAR = 1901
WIDEST = 50
# Text that begins so is a formula for Excel as soon as somebody edits it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def xlsx(sheet: Sheet) -> bytes:
    """Lay out a workbook of one sheet: title, header, rows, notes."""
    with _export.needs("openpyxl"):
        from openpyxl import Workbook

    top = 2 if sheet.title else 1
    if sheet.rows + top + len(sheet.notes) + 1 > MOST_ROWS or len(sheet.columns) > MOST_COLUMNS:
        msg = (
            f"a sheet of Excel holds {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns, and this table has "
            f"{sheet.rows:,} and {len(sheet.columns):,}; write it to .csv or .parquet"
        )
        raise ArgumentError(msg)
    book = Workbook()
    page: Worksheet = book.active
    page.title = "Table"
    book.properties.creator = "wholenet"
    if sheet.title:
        _fill(page.cell(1, 1), sheet.title, bold=True)
        book.properties.title = sheet.title
    for place, column in enumerate(sheet.columns, start=1):
        _column(page, column, place, top)
    for place, note in enumerate(sheet.notes):
        _fill(page.cell(top + sheet.rows + 2 + place, 1), note)
    page.freeze_panes = page.cell(top + 1, 1)
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    sink = BytesIO()
    book.save(sink)
    return sink.getvalue()


def _column(page: Worksheet, column: Column, place: int, top: int) -> None:
    """Write a header and the cells under it."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    head = page.cell(top, place)
    _fill(head, column.header, bold=True)
    head.alignment = Alignment(horizontal="right" if column.numeric else "left")
    # A number too large for a form is shown by Excel's own rule.
    form = "0" if not column.digits else "0." + "0" * column.digits
    for row, value in enumerate(column.cells, start=top + 1):
        if value is not None:
            _fill(page.cell(row, place), value, form=form if column.numeric else "")
    longest = max((len(text) for text in column.texts()), default=0)
    page.column_dimensions[get_column_letter(place)].width = min(max(longest, len(column.header)) + 2, WIDEST)


def _fill(cell: Cell, value: Any, *, form: str = "", bold: bool = False) -> None:
    """Write one value as what it is; what Excel has no kind for is text."""
    from openpyxl.styles import Font

    if bold:
        cell.font = Font(bold=True)
    if isinstance(value, str) or not _fits(value):
        _text(cell, str(value))
        return
    cell.value = value
    if form:
        cell.number_format = form


def _fits(value: Any) -> bool:
    """Tell whether Excel has a cell of this kind that keeps the value."""
    if isinstance(value, dt.date):
        return value.year >= FIRST_YEAR and getattr(value, "tzinfo", None) is None
    if isinstance(value, dt.time):
        return False
    return bool(abs(value) < (LARGEST if isinstance(value, int) else HUGE))


def _text(cell: Cell, text: str) -> None:
    """Write text, which no program may read as a formula or an error."""
    if len(text) > LONGEST:
        msg = f"a cell of Excel holds {LONGEST:,} characters, and {cell.coordinate} would have {len(text):,}"
        raise ArgumentError(msg)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA):
        cell.quotePrefix = True

"""Tables for Word: a real table with a caption, whose header is repeated on each page."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

from wholenet import _export
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table

    from wholenet.io._sheet import Sheet

__all__ = ["docx"]

MOST_COLUMNS = 63
# A table with more columns lies on its side.
UPRIGHT = 7
SHORT_SIDE, LONG_SIDE, MARGIN = 210, 297, 20  # A4, in millimetres
POINTS = 9
TWIPS = 1440 / 25.4  # of a millimetre
LETTER, PADDING, NARROWEST = 100, 230, 500  # twips
THICK, THIN = "12", "6"  # eighths of a point


def docx(sheet: Sheet) -> bytes:
    """Lay out a document of one table: caption, header, rows, notes."""
    with _export.needs("python-docx"):
        import docx as word

    if len(sheet.columns) > MOST_COLUMNS:
        msg = f"a table of Word holds {MOST_COLUMNS} columns, and this one has {len(sheet.columns)}; leave some out"
        raise ArgumentError(msg)
    document = word.Document()
    lying = len(sheet.columns) > UPRIGHT
    _page(document, lying=lying)
    about = document.core_properties
    about.author, about.comments, about.title = "wholenet", "", sheet.title[:255]
    about.created = about.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    if sheet.title:
        _caption(document, sheet.title)
    table = document.add_table(sheet.rows + 1, len(sheet.columns))
    _fill(table, sheet, _widths(sheet, lying=lying))
    for note in sheet.notes:
        _line(document, note)
    sink = BytesIO()
    document.save(sink)
    return sink.getvalue()


def _page(document: Document, *, lying: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page = document.sections[0]
    wide, high = (LONG_SIDE, SHORT_SIDE) if lying else (SHORT_SIDE, LONG_SIDE)
    page.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(wide), Mm(high)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)


def _caption(document: Document, title: str) -> None:
    """Add a caption with a number that Word counts, so that a list of tables finds it."""
    from docx.shared import RGBColor

    paragraph = document.add_paragraph("Table ", style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    field = _element("w:fldSimple", instr=r" SEQ Table \* ARABIC ")
    number = _element("w:r")
    number.append(_element("w:t"))
    number[0].text = "1"
    field.append(number)
    paragraph._p.append(field)  # noqa: SLF001 (python-docx has no call for fields)
    paragraph.add_run(f". {title}")
    document.styles["Caption"].font.color.rgb = RGBColor(0, 0, 0)


def _widths(sheet: Sheet, *, lying: bool) -> list[int]:
    """Make columns as wide as what they hold; all narrower where the page is too narrow."""
    longest = [max(map(len, (column.header, *column.texts()))) for column in sheet.columns]
    wanted = [max(LETTER * letters + PADDING, NARROWEST) for letters in longest]
    page = ((LONG_SIDE if lying else SHORT_SIDE) - 2 * MARGIN) * TWIPS
    return [int(width * min(1.0, page / sum(wanted))) for width in wanted]


def _fill(table: Table, sheet: Sheet, widths: list[int]) -> None:
    """Write the cells; python-docx looks each one up anew, which takes a minute for a long table."""
    from docx.shared import Twips

    lines = [[column.header for column in sheet.columns]]
    lines += map(list, zip(*(column.texts() for column in sheet.columns), strict=True))
    for grid, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):  # noqa: SLF001 (see above)
        grid.w = Twips(width)
    for place, (row, texts) in enumerate(zip(table._tbl.tr_lst, lines, strict=True)):  # noqa: SLF001 (see above)
        properties = row.get_or_add_trPr()
        properties.append(_element("w:cantSplit"))
        if place == 0:
            properties.append(_element("w:tblHeader"))
        for cell, column, text, width in zip(row.tc_lst, sheet.columns, texts, widths, strict=True):
            cell.width = Twips(width)
            _cell(cell, text, right=column.numeric, head=place == 0)
            _rules(cell, first=place == 0, last=place == len(lines) - 1)


def _cell(cell: Any, text: str, *, right: bool, head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(cell.p_lst[0], cell)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(POINTS), head or None


def _rules(cell: Any, *, first: bool, last: bool) -> None:
    """Draw the three lines of a table in print: above, under the header, below."""
    sides = ({"top": THICK, "bottom": THIN} if first else {}) | ({"bottom": THICK} if last else {})
    if sides:
        borders = _element("w:tcBorders")
        for side, size in sides.items():
            borders.append(_element(f"w:{side}", val="single", sz=size, space="0", color="000000"))
        cell.get_or_add_tcPr().append(borders)


def _line(document: Document, note: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(3), Pt(0)
    paragraph.add_run(note).font.size = Pt(POINTS)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    """Make an element of Word's XML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made

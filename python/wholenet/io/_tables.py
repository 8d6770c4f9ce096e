"""Tables in files: CSV as spreadsheets write it, Parquet, and tables for Excel, Word and LaTeX."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from wholenet import _export, _frames
from wholenet._narwhals import nw
from wholenet.errors import ArgumentError, FormatError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from narwhals.typing import IntoDataFrame

__all__ = ["read_table", "write_table"]

PLAIN, PRINTED = (".csv", ".parquet"), (".xlsx", ".docx", ".tex")
DELIMITERS = (",", ";", "\t", "|")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
EMPTY = frozenset({"", "NA", "NaN", "nan", "null", "NULL"})
WHOLE = r"-?(0|[1-9][0-9]{0,17})"
NUMBER = {
    ".": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?",
    ",": r"[+-]?([0-9]+(,[0-9]*)?|,[0-9]+)([eE][+-]?[0-9]+)?",
}
# A code, not a number: a leading zero, or more digits than a number keeps.
CODE = r"^[+-]?(0[0-9]|[0-9]{19})"
TRUTH = r"(?i)true|false"


def read_table(
    path: str | Path,
    *,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    kind: str | None = None,
) -> IntoDataFrame:
    r"""Read a table from a CSV or Parquet file.

    Parameters
    ----------
    path : str or Path
        The file; its ending tells what it is: ``.parquet``, or ``.csv``, ``.tsv`` or ``.txt``.
    delimiter : str, optional
        What separates the cells of a CSV file. Default: the one of comma, semicolon, tab and bar that stands
        most often in the first line.
    decimal : {".", ","}, optional
        The decimal mark. Default: a comma if cells are separated by something else and numbers hold one.
    encoding : str, optional
        The character encoding. Default: UTF-8, or what a byte-order mark says.
    kind : {"pandas", "polars", "pyarrow"}, optional
        Kind of table to make. Default: pandas if installed, else polars, else pyarrow.

    Returns
    -------
    table
        A column of whole numbers, of numbers or of true and false is read as such when every cell is one or is
        empty (also: ``NA``, ``NaN``, ``null``); all others stay text, in which only an empty cell is null.
        Numbers with leading zeros, such as ``007``, and whole numbers of more than 18 digits are text.

    Raises
    ------
    MissingFileError
        There is no such file.
    FileAccessError
        The system refuses to read it.
    FormatError
        Its content can't be read: the message names the line or byte, and the argument that may help.
    ArgumentError
        The file's ending, or an argument, is none of the above.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import wholenet as wn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "ties.csv"
    ...     _ = file.write_text("van;naar;uren\nhuisarts;school;1,5\n", encoding="utf-8")
    ...     wn.io.read_table(file)
            van    naar  uren
    0  huisarts  school   1.5
    """
    path, kind = Path(path), _frames.check_kind(kind)
    ending = path.suffix.lower()
    if ending not in {".csv", ".tsv", ".txt", ".parquet"}:
        msg = f"{path} must end in .csv, .tsv, .txt or .parquet to be read as a table"
        if ending in {".xlsx", ".xls", ".ods"}:
            msg += "; save the sheet as CSV first, or read it with pandas.read_excel"
        raise ArgumentError(msg)
    content = _export.read(path)
    if ending == ".parquet":
        table = _parquet(path, content)
    else:
        table = _csv(path, content, _delimiter(delimiter), decimal, encoding)
    native: IntoDataFrame = _export.in_kind(nw.from_native(table, eager_only=True), kind).to_native()
    return native


def _delimiter(delimiter: str | None) -> str | None:
    if delimiter is None or (isinstance(delimiter, str) and len(delimiter) == 1 and delimiter not in '\r\n"\0'):
        return delimiter
    msg = f"delimiter must be one character, but is {delimiter!r}"
    raise ArgumentError(msg)


def write_table(
    table: IntoDataFrame,
    path: str | Path,
    *,
    title: str | None = None,
    note: str | Sequence[str] | None = None,
    digits: int | None = None,
) -> None:
    r"""Write a table to a file: for programs (CSV, Parquet), or for people (Excel, Word, LaTeX).

    Parameters
    ----------
    table : table
        What to write.
    path : str or Path
        The file; its ending tells what it becomes. For programs: ``.csv`` (UTF-8, commas, decimal points) or
        ``.parquet``. For people: ``.xlsx``, ``.docx`` or ``.tex``. One that exists is replaced once the new one is
        whole.
    title : str, optional
        What to print above a table for people: its caption in Word and LaTeX, its first row in Excel.
    note : str or sequence of str, optional
        What to print under a table for people, each on a line of its own: what the columns mean, or ``net.recipe``.
    digits : int, optional
        Decimals of numbers in a table for people. Default: 3.

    Raises
    ------
    ArgumentError
        Another ending, or values that the file can't hold; `title`, `note` or `digits` for a file for programs.
    DependencyError
        The package openpyxl (for ``.xlsx``) or python-docx (for ``.docx``) is not installed.
    MissingFileError
        There is no such folder.
    FileAccessError
        The system refuses to write it.

    Notes
    -----
    In a table for people headers are the names of the columns with spaces for ``_``. Numbers stand right, with
    `digits` decimals, or none in a column of whole numbers; one that would be shown as 0 and is not, as "< 0.001".
    Empty cells are a dash, and true and false "yes" and "no". In Excel cells keep the number (15 digits of it) and are
    rounded for the eye only, empty cells are empty, and text is text, also where it begins with ``=``, ``+``, ``-`` or
    ``@``; whole numbers of more than 15 digits, numbers from 9.9e307, dates before 1901 and times with a zone become
    text.

    Word counts the captions of its tables (update the fields after pasting several into one document), and repeats the
    header on each page. LaTeX needs the package booktabs, and for more than 40 rows longtable; the file is UTF-8 and is
    read with ``\input``.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"wave": [1, 2], "mean_degree": [20.46, 25.5]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_table(table, folder + "/a.csv")
    ...     wn.io.read_table(folder + "/a.csv")["wave"].tolist()
    ...     wn.io.write_table(table, folder + "/a.tex", digits=1)
    ...     print(*[line for line in Path(folder, "a.tex").read_text().splitlines() if "&" in line], sep="\n")
    [1, 2]
    Wave & Mean degree \\
    1 & 20.5 \\
    2 & 25.5 \\
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in {*PLAIN, *PRINTED}:
        msg = f"{path} must end in {', '.join([*PLAIN, *PRINTED][:-1])} or {PRINTED[-1]} to be written as a table"
        raise ArgumentError(msg)
    if ending in PRINTED:
        _export.write(path, _printed(table, ending, title=title, note=note, digits=digits))
        return
    given = [name for name, value in (("title", title), ("note", note), ("digits", digits)) if value is not None]
    if given:
        msg = f"{given[0]}= is for tables that are read by people ({', '.join(PRINTED)}); {path} holds the data alone"
        raise ArgumentError(msg)
    import pyarrow as pa

    sink = BytesIO()
    try:
        frame = _frames.to_arrow(_frames.wrap(table, "table"), "table")
        if ending == ".parquet":
            import pyarrow.parquet as pq

            pq.write_table(frame, sink)
        else:
            import pyarrow.csv

            pyarrow.csv.write_csv(frame, sink)
    except pa.ArrowException as error:
        msg = f"the table can't be written to {path}: {error}"
        raise ArgumentError(msg) from None
    _export.write(path, sink.getvalue())


def _printed(table: IntoDataFrame, ending: str, **options: object) -> bytes:
    """Lay out a table for people."""
    from wholenet.io._sheet import Sheet

    sheet = Sheet.of(table, **options)
    if ending == ".xlsx":
        from wholenet.io._xlsx import xlsx as laid_out
    elif ending == ".docx":
        from wholenet.io._docx import docx as laid_out
    else:
        from wholenet.io._latex import latex as laid_out
    return laid_out(sheet)


def _parquet(path: Path, content: bytes) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        _check_names(path, file.schema_arrow.names)
        table: pa.Table = file.read()
        table.validate(full=True)  # text may not be Unicode
    except (pa.ArrowException, OSError) as error:
        msg = f"{path} is not a whole Parquet file: {error}"
        raise FormatError(msg) from None
    return table


def _check_names(path: Path, names: Sequence[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        msg = f"{path} has the column {repeated[0]!r} more than once; rename one of the two"
        raise FormatError(msg)


def _csv(path: Path, content: bytes, delimiter: str | None, decimal: str | None, encoding: str | None) -> pa.Table:
    import pyarrow as pa

    if decimal is not None and decimal not in NUMBER:
        msg = f'decimal must be "." or ",", but is {decimal!r}'
        raise ArgumentError(msg)
    text = _decoded(path, content, encoding)
    if delimiter is None:
        first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
        delimiter = max(DELIMITERS, key=first.count)
    rows = _cells(path, text, delimiter)
    header, body = rows[0], rows[1:]
    _check_names(path, header)
    columns = [_column(path, cells) for cells in list(zip(*body, strict=True)) or [() for _ in header]]
    if decimal is None:
        decimal = "." if delimiter == "," else _decimal(columns)
    return pa.table({name: _typed(column, decimal) for name, column in zip(header, columns, strict=True)})


def _decoded(path: Path, content: bytes, encoding: str | None) -> str:
    if encoding is None:
        encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        place = min(getattr(error, "start", 0), max(len(content) - 1, 0))
        line = content.count(b"\n", 0, place) + 1
        hint = 'pass encoding="windows-1252"' if encoding.startswith("utf") else "pass another encoding="
        found = f"line {line} holds the byte 0x{content[place]:02x}" if content else "it is empty"
        msg = f"{path} is not in {encoding}: {found}. If it was saved by a spreadsheet on Windows, {hint}"
        raise FormatError(msg) from None
    except (LookupError, TypeError, ValueError):
        msg = f"there is no encoding {encoding!r}"
        raise ArgumentError(msg) from None
    if "\0" in text:
        msg = (
            f"{path} is not a text file in {encoding}: it holds null characters. "
            'If another program reads it as text, pass its encoding, for instance encoding="utf-16-le"'
        )
        raise FormatError(msg)
    return text.removeprefix("\ufeff")


def _cells(path: Path, text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if not row:
                continue
            if rows and len(row) != len(rows[0]):
                count = f"{len(row)} cell{'s' if len(row) != 1 else ''}"
                msg = (
                    f"{path}, line {reader.line_num}: {count}, but the header has {len(rows[0])} "
                    f"(separated by {delimiter!r}; pass delimiter= if that is wrong)"
                )
                raise FormatError(msg)
            rows.append(row)
    except csv.Error as error:
        msg = f"{path}, line {reader.line_num}: {error}; the file may be truncated inside a quoted cell"
        raise FormatError(msg) from None
    if not rows:
        msg = f"{path} is empty"
        raise FormatError(msg)
    return rows


def _column(path: Path, cells: Sequence[str]) -> pa.StringArray:
    import pyarrow as pa

    try:
        return pa.array(cells, type=pa.string())
    except UnicodeError as error:
        msg = f"{path} holds text that is not Unicode: {error}"
        raise FormatError(msg) from None


def _filled(cells: pa.StringArray) -> pa.StringArray:
    """Make null what is empty in a column of anything but text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pc.is_in(cells, value_set=pa.array(sorted(EMPTY))), pa.scalar(None, pa.string()), cells)


def _all(cells: pa.StringArray, pattern: str) -> bool:
    """Whether each cell that is filled fits, and some cell is."""
    import pyarrow.compute as pc

    if cells.null_count == len(cells):
        return False
    return bool(pc.all(pc.match_substring_regex(cells, rf"^(?:{pattern})$")).as_py())


def _decimal(columns: Sequence[pa.StringArray]) -> str:
    """Choose a comma, if some column is all numbers and has commas in them."""
    import pyarrow.compute as pc

    for column in columns:
        cells = _filled(column)
        if _all(cells, NUMBER[","]) and pc.any(pc.match_substring(cells, ",")).as_py():
            return ","
    return "."


def _typed(text: pa.StringArray, decimal: str) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = _filled(text)
    if _all(cells, WHOLE):
        return pc.cast(cells, pa.int64())
    if _all(cells, NUMBER[decimal]) and not pc.any(pc.match_substring_regex(cells, CODE)).as_py():
        numbers = pc.replace_substring(pc.utf8_ltrim(cells, "+"), ",", ".")
        return pc.cast(numbers, pa.float64())
    if _all(cells, TRUTH):
        return pc.equal(pc.utf8_lower(cells), "true")
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)

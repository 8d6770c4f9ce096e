"""Tables in files: CSV as spreadsheets write it, and Parquet."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from wholenet import _export, _frames
from wholenet.errors import ArgumentError, FormatError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from narwhals.typing import IntoDataFrame

__all__ = ["read_table", "write_table"]

DELIMITERS = (",", ";", "\t", "|")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
EMPTY = frozenset({"", "NA", "NaN", "nan", "null", "NULL"})
WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
NUMBER = {
    ".": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"),
    ",": re.compile(r"[+-]?(\d+(,\d*)?|,\d+)([eE][+-]?\d+)?"),
}
# A code, not a number: a leading zero, or more digits than a number keeps.
CODE = re.compile(r"[+-]?(0\d|\d{19})")
TRUTH = {"true": True, "false": False}


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


def write_table(table: IntoDataFrame, path: str | Path) -> None:
    """Write a table to a CSV or Parquet file.

    Parameters
    ----------
    table : table
        What to write.
    path : str or Path
        The file, ending in ``.csv`` (UTF-8, commas, decimal points) or ``.parquet``; one that exists is replaced
        once the new one is whole.

    Raises
    ------
    ArgumentError
        Another ending, or values that the file can't hold.
    MissingFileError
        There is no such folder.
    FileAccessError
        The system refuses to write it.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_table(pd.DataFrame({"a": [1]}), folder + "/a.csv")
    ...     wn.io.read_table(folder + "/a.csv")["a"].tolist()
    [1]
    """
    path = Path(path)
    if path.suffix.lower() not in {".csv", ".parquet"}:
        msg = f"{path} must end in .csv or .parquet to be written as a table"
        raise ArgumentError(msg)
    import pyarrow as pa

    sink = BytesIO()
    try:
        frame = _frames.numbered(_frames.wrap(table, "table"), "table").to_arrow().replace_schema_metadata(None)
        if path.suffix.lower() == ".parquet":
            import pyarrow.parquet as pq

            pq.write_table(frame, sink)
        else:
            import pyarrow.csv

            pyarrow.csv.write_csv(frame, sink)
    except pa.ArrowException as error:
        msg = f"the table can't be written to {path}: {error}"
        raise ArgumentError(msg) from None
    _export.write(path, sink.getvalue())


def _parquet(path: Path, content: bytes) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table: pa.Table = pq.read_table(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as error:
        msg = f"{path} is not a whole Parquet file: {error}"
        raise FormatError(msg) from None
    _check_names(path, table.column_names)
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
        first = text.partition("\n")[0]
        delimiter = max(DELIMITERS, key=first.count)
    rows = _cells(path, text, delimiter)
    header, body = rows[0], rows[1:]
    _check_names(path, header)
    columns = list(zip(*body, strict=True)) or [() for _ in header]
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
                msg = (
                    f"{path}, line {reader.line_num}: {len(row)} cells, but the header has {len(rows[0])} "
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


def _decimal(columns: Sequence[Sequence[str]]) -> str:
    """A comma, if some column is all numbers with commas in them."""
    for column in columns:
        cells = [cell for cell in column if cell not in EMPTY]
        if any("," in cell for cell in cells) and all(NUMBER[","].fullmatch(cell) for cell in cells):
            return ","
    return "."


def _typed(cells: Sequence[str], decimal: str) -> pa.Array:
    import pyarrow as pa

    filled = [cell for cell in cells if cell not in EMPTY]

    def converted(convert: Any, kind: pa.DataType) -> pa.Array:
        return pa.array([None if cell in EMPTY else convert(cell) for cell in cells], type=kind)

    if filled and all(WHOLE.fullmatch(cell) for cell in filled):
        return converted(int, pa.int64())
    if filled and all(NUMBER[decimal].fullmatch(cell) and not CODE.match(cell) for cell in filled):
        return converted(lambda cell: float(cell.replace(",", ".")), pa.float64())
    if filled and all(cell.lower() in TRUTH for cell in filled):
        return converted(lambda cell: TRUTH[cell.lower()], pa.bool_())
    return pa.array([cell or None for cell in cells], type=pa.string())

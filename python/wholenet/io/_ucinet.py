"""UCINET's own files: a header ``.##h`` and numbers ``.##d``."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wholenet.errors import ArgumentError, FileAccessError, FormatError, MissingFileError
from wholenet.io._matrices import Matrices, matrices_of

if TYPE_CHECKING:
    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["read_ucinet", "write_ucinet"]

# The data type of numbers of four bytes, which UCINET writes; how it codes others is not described.
SINGLE = 7
NUMBER = np.dtype("<f4")
# Missing cells are written 1e38, and all of 1e37 or more are read as missing.
MISSING, LEAST_MISSING = 1e38, 1e37
# The label type of the date record: the size of fixed labels, or the encoding of variable ones.
FIXED = {0: 10, 1: 20}
WIDE = "utf-16-le"
NARROW = "cp1252"
VARIABLE = {2: NARROW, 3: WIDE}
MATRICES = 3
# The date in headers that are written, always the same: the first Saturday of 2000, years being counted from there.
WRITTEN = (0, 1, 1, 7)
# Of a label, in bytes.
LONGEST = 0xFFFE


def read_ucinet(path: str | Path) -> Matrices:
    """Read a UCINET dataset.

    Parameters
    ----------
    path : str or Path
        Its header (``.##h``) or its numbers (``.##d``); both must be there.

    Returns
    -------
    Matrices
        Its matrices with labels; ``.network()``, ``.study()`` or ``.to_frame()`` makes something of them.

    Raises
    ------
    MissingFileError
        One of the two files is not there.
    FileAccessError
        One of them can't be read.
    FormatError
        The header is none of UCINET's, or the files end too early or too late: with the byte, or both counts.

    Notes
    -----
    All header versions from 4010 to 6405 are read. Numbers of 1e37 and more are missing cells: NaN, and so
    unobserved in a network. Labels that are empty are numbered from 1.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_ucinet(net, f"{folder}/advice.##h")
    ...     wn.io.read_ucinet(f"{folder}/advice.##h").network() == net
    True
    """
    header, numbers = _files(path)
    content = _content(header)
    reader = _Reader(header, content)
    version = _version(reader)
    code = reader.bytes(1, "the data type")[0]
    (columns, rows, matrices), labels, title = _header(reader, version)
    if code != SINGLE:
        msg = f"{header}: numbers are of data type {code}, and only those of type {SINGLE} (four bytes) can be read"
        raise FormatError(msg)
    cells = _content(numbers)
    wanted = columns * rows * matrices * NUMBER.itemsize
    if len(cells) != wanted:
        msg = (
            f"{numbers} holds {len(cells):,} bytes, but {matrices:,} matrices of {rows:,} rows and {columns:,} columns "
            f"of {NUMBER.itemsize} bytes each have {wanted:,}: the file is not whole, or not that of this header"
        )
        raise FormatError(msg)
    values = np.frombuffer(cells, dtype=NUMBER).reshape(matrices, rows, columns).astype(np.float64)
    return Matrices(
        np.where(values >= LEAST_MISSING, np.nan, values),
        rows=_named(labels[1], rows),
        columns=_named(labels[0], columns),
        relations=_named(labels[2], matrices),
        title=title,
    )


def write_ucinet(data: Network | Study | Matrices, path: str | Path) -> None:
    """Write a UCINET dataset.

    Parameters
    ----------
    data : Network, Study or Matrices
        What to write: of a study a matrix for each network, all of the same actors.
    path : str or Path
        Where to: the header (``.##h``); the numbers go into ``.##d`` beside it. Both are replaced.

    Raises
    ------
    ArgumentError
        The path has another ending; networks of different actors; a value of 1e37 or more, which UCINET would take
        as missing; a label that is empty or has more than 32,767 characters; or what is given is none of the three.
    FileAccessError
        A file can't be written.

    Notes
    -----
    Header version 6404, numbers of 4 bytes as UCINET has them: values keep about seven digits. What was not observed
    is a missing cell.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_ucinet(wn.Network.from_edges((["a"], ["b"])), f"{folder}/advice.##h")
    ...     wn.io.read_ucinet(f"{folder}/advice.##h")
    <Matrices: 1 of 2 by 2 (1)>
    """
    header, numbers = _files(path, there=False)
    found = matrices_of(data)
    large = np.abs(np.nan_to_num(found.cells)) >= LEAST_MISSING
    if large.any():
        msg = f"{int(large.sum()):,} values are 1e37 or more, which UCINET takes as missing; scale them first"
        raise ArgumentError(msg)
    cells = np.where(np.isnan(found.cells), MISSING, found.cells).astype(NUMBER)
    matrices, rows, columns = found.cells.shape
    title = found.title.encode(NARROW, "replace")[:255]
    content = b"\x05V6404" + struct.pack("<5h", *WRITTEN, 3) + bytes([SINGLE]) + struct.pack("<h", MATRICES)
    content += struct.pack("<3i", columns, rows, matrices) + bytes([len(title)]) + title + bytes([1, 1, 1])
    for names in (found.columns, found.rows, found.relations):
        for name in names:
            text = name.encode(WIDE)
            if not text:
                msg = "a label is empty, and UCINET would number it; name it first"
                raise ArgumentError(msg)
            if len(text) > LONGEST:
                msg = f"a label has {len(text) // 2:,} characters, more than UCINET's files hold"
                raise ArgumentError(msg)
            content += struct.pack("<H", len(text)) + text
    for file, written in ((header, content), (numbers, cells.tobytes())):
        try:
            file.write_bytes(written)
        except OSError as error:
            msg = f"{file} can't be written: {error.strerror}"
            raise FileAccessError(msg) from error


def _files(path: str | Path, *, there: bool = True) -> tuple[Path, Path]:
    """Find the header and the numbers by the name of either; endings may be of capital letters."""
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in {".##h", ".##d"}:
        msg = f"a UCINET dataset is a pair of files .##h and .##d, but the path is {str(path)!r}"
        raise ArgumentError(msg)
    both = []
    for letter in "hd":
        kind = letter.upper() if path.suffix[-1].isupper() else letter
        both.append(path.with_suffix(f".##{kind}"))
    if there:
        for file in both:
            if not file.is_file():
                msg = f"{file} is not there; a UCINET dataset needs both its .##h and its .##d file"
                raise MissingFileError(msg)
    return both[0], both[1]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        msg = f"{file} can't be read: {error.strerror}"
        raise FileAccessError(msg) from error


class _Reader:
    """Takes bytes off the front of a header, and says where it ends too early."""

    def __init__(self, file: Path, content: bytes) -> None:
        self.file, self.content, self.place = file, content, 0

    def bytes(self, count: int, what: str) -> bytes:
        found = self.content[self.place : self.place + count]
        if len(found) < count:
            msg = f"{self.file} ends at byte {len(self.content):,}, within {what} (from byte {self.place:,})"
            raise FormatError(msg)
        self.place += count
        return found

    def numbers(self, code: str, what: str) -> tuple[int, ...]:
        return struct.unpack(f"<{code}", self.bytes(struct.calcsize(f"<{code}"), what))


class _Version(NamedTuple):
    """What the opening of a header tells of the rest."""

    label_type: int
    wide_dimensions: bool
    trailing_byte: bool


def _version(reader: _Reader) -> _Version:
    opening = reader.content[:6]
    if opening[:2] == b"\x05V" and reader.bytes(6, "the version")[1:] not in {b"V6404", b"V6405"}:
        msg = f"{reader.file} is of version {opening[2:].decode(NARROW)}, and the latest that can be read is 6405"
        raise FormatError(msg)
    if opening[:1] != b"\x05" or opening[1:] not in {b"DATE:", b"V6404", b"V6405"}:
        return _Version(0, wide_dimensions=False, trailing_byte=False)
    reader.place = len(opening)
    kind = reader.numbers("5h", "the date")[4]
    if kind not in FIXED and kind not in VARIABLE:
        msg = f"{reader.file}: label type {kind} (bytes 14 and 15) is none of UCINET's (0 to 3)"
        raise FormatError(msg)
    return _Version(kind, wide_dimensions=opening[1:] != b"DATE:", trailing_byte=opening[1:] == b"V6405")


def _header(reader: _Reader, version: _Version) -> tuple[tuple[int, ...], list[list[str] | None], str]:
    (dimensions,) = reader.numbers("h", "the number of dimensions")
    if dimensions not in {2, MATRICES}:
        msg = f"{reader.file} is no UCINET header that can be read: it has {dimensions} dimensions, and not 2 or 3"
        raise FormatError(msg)
    sizes = reader.numbers(f"{dimensions}{'i' if version.wide_dimensions else 'h'}", "the dimensions")
    if any(size < 0 for size in sizes):
        msg = f"{reader.file} is no UCINET header: its dimensions are {sizes}"
        raise FormatError(msg)
    (length,) = reader.bytes(1, "the title")
    title = reader.bytes(length, "the title").decode(NARROW, "replace")
    there = reader.bytes(dimensions, "what has labels")
    labels: list[list[str] | None] = []
    for name, size, has in zip(("columns", "rows", "matrices"), sizes, there, strict=False):
        labels.append([_label(reader, version.label_type, name) for _ in range(size)] if has else None)
    if version.trailing_byte:
        reader.bytes(1, "what it is")
    if reader.place != len(reader.content):
        msg = (
            f"{reader.file} holds {len(reader.content):,} bytes, but its header ends at byte {reader.place:,}: "
            "it is damaged, or of a version that is not known"
        )
        raise FormatError(msg)
    return (*sizes, 1)[:MATRICES], [*labels, None][:MATRICES], title


def _label(reader: _Reader, kind: int, name: str) -> str:
    what = f"the labels of the {name}"
    if kind in FIXED:
        content = reader.bytes(FIXED[kind], what)
        return content[1 : 1 + content[0]].decode(NARROW, "replace").strip()
    (length,) = reader.numbers("H", what)
    return reader.bytes(length, what).decode(VARIABLE[kind], "replace")


def _named(labels: list[str] | None, size: int) -> tuple[str, ...]:
    """Number what has no labels, from 1."""
    found = labels if labels is not None else [""] * size
    return tuple(label or str(place) for place, label in enumerate(found, 1))

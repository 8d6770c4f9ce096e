"""UCINET's text format, DL."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

import numpy as np

from wholenet.errors import FormatError
from wholenet.io._matrices import Matrices, matrices_of
from wholenet.io._text import decoded, store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["read_dl", "write_dl"]

TOKEN = re.compile(r'"([^"]*)"|([^\s,;=:!"]+)|([!:])')
FORMATS = {
    **dict.fromkeys(("fullmatrix", "fm"), "full"),
    **dict.fromkeys(("upperhalf", "uh"), "upper"),
    **dict.fromkeys(("lowerhalf", "lh"), "lower"),
    **dict.fromkeys(("edgelist1", "el1"), "edges"),
    **dict.fromkeys(("edgelist2", "el2"), "edges"),
    **dict.fromkeys(("nodelist1", "nl1"), "nodes"),
    **dict.fromkeys(("nodelist2", "nl2"), "nodes"),
}
COUNTS = {"n": "n", "nr": "nr", "nc": "nc", "nm": "nm"}
# What names the matrices.
LEVELS = {"level", "matrix", "mat", "relation"}
UNKNOWN = {"na", "nan", ".", "?"}
LEAST_MISSING = 1e37


T = TypeVar("T")


class _Word(NamedTuple):
    text: str
    line: int
    quoted: bool


def read_dl(path: str | Path, *, encoding: str = "utf-8") -> Matrices:
    r"""Read a DL file, UCINET's text format.

    Parameters
    ----------
    path : str or Path
        The file.
    encoding : str
        Its character encoding; older files are often ``"cp1252"``.

    Returns
    -------
    Matrices
        Its matrices with labels; ``.network()``, ``.study()`` or ``.to_frame()`` makes something of them.

    Raises
    ------
    MissingFileError
        There is no such file.
    FileAccessError
        It can't be read.
    FormatError
        It is no DL file, is not whole, or holds what can't be read: with the line, and the counts.

    Notes
    -----
    Formats are ``fullmatrix``, ``upperhalf``, ``lowerhalf``, ``edgelist1`` and ``edgelist2``, ``nodelist1`` and
    ``nodelist2``, with or without diagonal, several matrices (in lists apart by ``!``), and labels listed or embedded
    in the data. A tie listed twice is an error. In lists what is not there is no tie. ``NA``, ``.``, ``?`` and
    numbers of 1e37 and more are missing cells. UCINET fills a file that ends early with missing cells; here that is
    an error.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import wholenet as wn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "advice.dl")
    ...     _ = file.write_text("dl n=3 format=edgelist1\nlabels embedded\ndata:\nann bob\nbob cat 2\n")
    ...     wn.io.read_dl(file).network()
    <Network: 3 actors, 2 directed ties, valued>
    """
    return _Parser(Path(path), decoded(Path(path), encoding)).matrices()


def write_dl(data: Network | Study | Matrices, path: str | Path) -> None:
    """Write a DL file, UCINET's text format.

    Parameters
    ----------
    data : Network, Study or Matrices
        What to write: of a study a matrix for each network, all of the same actors.
    path : str or Path
        Where to; a file that is there is replaced.

    Raises
    ------
    ArgumentError
        Networks of different actors, or what is given is none of the three.
    FormatError
        A label holds a double quote, which DL can't write.
    FileAccessError
        The file can't be written.

    Notes
    -----
    A full matrix with diagonal, labels in double quotes, UTF-8. Values are written in full; what was not observed is
    ``NA``.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_dl(net, f"{folder}/advice.dl")
    ...     wn.io.read_dl(f"{folder}/advice.dl").network() == net
    True
    """
    found = matrices_of(data)
    count, rows, columns = found.cells.shape
    lines = [f"dl nr={rows} nc={columns} nm={count} format=fullmatrix diagonal=present"]
    for name, labels in (("row", found.rows), ("column", found.columns), ("matrix", found.relations)):
        odd = next((label for label in labels if set(label) & set('"\r\n')), None)
        if odd is not None:
            msg = f"the label {odd!r} holds a double quote or a line break, which DL files can't; rename it first"
            raise FormatError(msg)
        lines += [f"{name} labels:", *(f'"{label}"' for label in labels)]
    lines.append("data:")
    for matrix in found.cells.tolist():
        lines += [" ".join("NA" if math.isnan(cell) else f"{cell:.17g}" for cell in row) for row in matrix]
    store(path, "\n".join(lines) + "\n")


class _Parser:
    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.words = [
            _Word(match[1] if match[1] is not None else match[2] or match[3], number, match[1] is not None)
            for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
            for match in TOKEN.finditer(line)
        ]
        self.place = 0
        self.sizes: dict[str, int] = {}
        self.format = "full"
        self.diagonal = True
        self.labels: dict[str, list[str]] = {}
        self.embedded: set[str] = set()
        self.title = ""

    def stop(self, what: str, word: _Word | None = None) -> NoReturn:
        last = word or (self.words[min(self.place, len(self.words) - 1)] if self.words else _Word("", 1, quoted=False))
        msg = f"{self.path}, line {last.line}: {what}"
        raise FormatError(msg)

    def next(self, what: str) -> _Word:
        if self.place >= len(self.words):
            self.stop(f"the file ends where {what} should be")
        self.place += 1
        return self.words[self.place - 1]

    def peek(self) -> str:
        if self.place >= len(self.words) or self.words[self.place].quoted:
            return ""
        return self.words[self.place].text.lower()

    # The header ------------------------------------------------------------------------------------------

    def matrices(self) -> Matrices:
        if self.peek() != "dl":
            self.stop("a DL file begins with the word DL")
        self.place += 1
        while True:
            word = self.next("DATA:")
            key = word.text.lower()
            if key == ":":
                continue
            if key == "data" and not word.quoted:
                break
            self.statement(key, word)
        if self.peek() == ":":
            self.place += 1
        rows = self.sizes.get("nr", self.sizes.get("n"))
        if rows is None:
            self.stop("the file does not say how many actors there are (N=)")
        columns = self.sizes.get("nc", self.sizes.get("n", rows))
        return self.data(rows, columns, self.sizes.get("nm", 1))

    def statement(self, key: str, word: _Word) -> None:
        if key in COUNTS:
            self.sizes[COUNTS[key]] = self.whole(f"the number after {word.text}=")
        elif key == "format":
            self.format = self.choice(FORMATS, "a format")
        elif key in {"diagonal", "diag"}:
            self.diagonal = self.choice({"present": True, "absent": False}, "present or absent")
        elif key == "title":
            self.title = self.next("a title").text
        elif key in {"row", "rows"}:
            self.label_words(("rows",))
        elif key in {"column", "columns", "col", "cols"}:
            self.label_words(("columns",))
        elif key in LEVELS:
            self.label_words(("levels",))
        elif key == "labels":
            self.place -= 1
            self.label_words(("rows", "columns"))
        else:
            self.stop(f"{word.text!r} is nothing that a DL file says before its data", word)

    def choice(self, words: dict[str, T], what: str) -> T:
        word = self.next(what)
        if word.text.lower() not in words:
            self.stop(f"{word.text!r} is not {what} that can be read ({', '.join(words)})", word)
        return words[word.text.lower()]

    def whole(self, what: str) -> int:
        word = self.next(what)
        if not word.text.isdigit():
            self.stop(f"{what} should be a whole number, but is {word.text!r}", word)
        return int(word.text)

    def label_words(self, sides: tuple[str, ...]) -> None:
        word = self.next("LABELS")
        if word.text.lower() not in {"labels", "label"}:
            self.stop(f"LABELS should follow, but not {word.text!r}", word)
        if self.peek() == ":":
            self.place += 1
        if self.peek() == "embedded":
            self.place += 1
            self.embedded.update(sides)
            return
        size = self.sizes.get({"rows": "nr", "columns": "nc", "levels": "nm"}[sides[0]])
        size = size if size is not None or sides == ("levels",) else self.sizes.get("n")
        if size is None:
            self.stop("labels stand before the number of what they name", word)
        found: list[str] = []
        while len(found) < size:
            one = self.next(f"label {len(found) + 1} of {size}")
            if not one.quoted and one.text.lower() == "data" and self.peek() == ":":
                self.stop(f"there are {len(found)} labels, but {size} are needed", one)
            found.append(one.text)
        for side in sides:
            self.labels[side] = found

    # The data ---------------------------------------------------------------------------------------------

    def data(self, rows: int, columns: int, count: int) -> Matrices:
        square = rows == columns and "nc" not in self.sizes
        if self.format in {"upper", "lower"} and rows != columns:
            self.stop(f"half a matrix needs as many rows as columns, but there are {rows} and {columns}")
        values = np.zeros((count, rows, columns))
        if self.format in {"edges", "nodes"}:
            if square and "rows" in self.embedded:
                self.embedded.add("columns")
            self.lists(values, square=square)
        else:
            for matrix in values:
                self.cells(matrix)
        if self.place < len(self.words):
            self.stop(
                f"{len(self.words) - self.place:,} more words follow after {count} matrices of {rows} rows and "
                f"{columns} columns",
                self.words[self.place],
            )
        relations = self.labels.get("levels") or [str(place) for place in range(1, count + 1)]
        names = {
            side: tuple(self.labels.get(side) or [str(place) for place in range(1, size + 1)])
            for side, size in (("rows", rows), ("columns", columns))
        }
        if square and "columns" not in self.labels:
            names["columns"] = names["rows"]
        values[values >= LEAST_MISSING] = np.nan
        return Matrices(values, names["rows"], names["columns"], tuple(relations), self.title)

    def number(self, what: str) -> float:
        word = self.next(what)
        if word.text.lower() in UNKNOWN:
            return math.nan
        try:
            return float(word.text)
        except ValueError:
            self.stop(f"{what} should be a number, but is {word.text!r}", word)

    def cells(self, matrix: NDArray[np.float64]) -> None:
        rows, columns = matrix.shape
        if "columns" in self.embedded:
            self.labels["columns"] = [self.next(f"the label of column {place + 1}").text for place in range(columns)]
        if "rows" in self.embedded:
            self.labels["rows"] = []
        for row in range(rows):
            if "rows" in self.embedded:
                self.labels["rows"].append(self.next(f"the label of row {row + 1}").text)
            first = row if self.format == "upper" else 0
            last = row + 1 if self.format == "lower" else columns
            for column in range(first, last):
                if column == row and not self.diagonal:
                    continue
                cell = self.number(f"row {row + 1}, column {column + 1} of {rows} by {columns}")
                matrix[row, column] = cell
                if self.format != "full":
                    matrix[column, row] = cell

    def lists(self, values: NDArray[np.float64], *, square: bool) -> None:
        """Read ties, or for each actor those that it has ties to; a line holds one."""
        matrix = 0
        met: set[tuple[int, int, int]] = set()
        while self.place < len(self.words):
            if self.peek() == "!":
                self.place += 1
                matrix += 1
                continue
            line = self.words[self.place].line
            words = []
            while self.place < len(self.words) and self.words[self.place].line == line and self.peek() != "!":
                words.append(self.next("a tie"))
            if matrix >= len(values):
                self.stop(f"ties of matrix {matrix + 1} follow, but there are {len(values)} (NM=)", words[0])
            self.tie(values, matrix, words, met, square=square)

    def tie(
        self,
        values: NDArray[np.float64],
        matrix: int,
        words: list[_Word],
        met: set[tuple[int, int, int]],
        *,
        square: bool,
    ) -> None:
        edges = self.format == "edges"
        if edges and len(words) not in {2, 3}:
            self.stop(f"a tie is two actors and perhaps a value, but here are {len(words)} words", words[0])
        row = self.actor(words[0], "rows", values.shape[1])
        for word in words[1:2] if edges else words[1:]:
            column = self.actor(word, "rows" if square else "columns", values.shape[1 if square else 2])
            if (matrix, row, column) in met:
                self.stop(f"the tie from {words[0].text!r} to {word.text!r} is listed twice", word)
            met.add((matrix, row, column))
            values[matrix, row, column] = 1.0
            if edges and words[2:]:
                self.place -= 1
                values[matrix, row, column] = self.number("the value of a tie")

    def actor(self, word: _Word, side: str, size: int) -> int:
        if side in self.embedded:
            known = self.labels.setdefault(side, [])
            if word.text not in known:
                if len(known) == size:
                    self.stop(f"{word.text!r} is one more than the {size} that the file announces", word)
                known.append(word.text)
            return known.index(word.text)
        if not word.text.isdigit() or not 1 <= int(word.text) <= size:
            self.stop(f"{word.text!r} is not a number from 1 to {size}; labels need LABELS EMBEDDED", word)
        return int(word.text) - 1

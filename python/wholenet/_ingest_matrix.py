"""Ties that callers hand in as a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from wholenet import _core, _frames
from wholenet._ingest import (
    PAIR,
    SHOWN,
    Made,
    actor_table,
    as_list,
    coding_steps,
    counted,
    first_of,
    flag,
    is_empty,
    label_column,
)
from wholenet._narwhals import nw
from wholenet.errors import ArgumentError, TieError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["as_floats", "check_square", "matrix", "own_labels"]

# Actors whose every pair may be laid out: 2 ** 32 cells.
CELLS = 65_536


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a square matrix that are not 0, and the labels that it carries."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float64]
    n: int
    own: list[Any] | None = None

    def where(self, keep: NDArray[np.bool_]) -> _Cells:
        return _Cells(self.rows[keep], self.columns[keep], self.values[keep], self.n, self.own)

    def show(self, chosen: NDArray[np.bool_], names: Callable[[int], str]) -> str:
        """Name cells as a message shows them."""
        places = np.flatnonzero(chosen)
        first = (
            f"row {names(self.rows[place])}, column {names(self.columns[place])}: {self.values[place]:g}"
            for place in places[:SHOWN].tolist()
        )
        return f"{len(places)} cell{'s' if len(places) != 1 else ''} ({first_of(first, len(places))})"


def matrix(
    matrix: Any,
    actors: IntoDataFrame | None,
    *,
    labels: Sequence[str] | Sequence[int] | None,
    actor: str | None,
    directed: bool,
    loops: str,
    signed: bool,
) -> Made:
    """Read ties in a square matrix."""
    directed, signed = flag(directed, "directed"), flag(signed, "signed")
    frame, names = actor_table(actors, actor)
    cells, kind = _cells(matrix)
    names = _matrix_labels(cells, frame, names, labels)
    listed = as_list(names)
    empty = np.isnan(cells.values)
    cells = cells.where(~(empty & (cells.rows == cells.columns)))
    _check_cells(cells, listed, directed=directed, loops=loops, signed=signed)
    if not directed:
        cells = cells.where(cells.rows <= cells.columns)
    silent = np.zeros(cells.n, dtype=bool)
    if directed and cells.n > 1:
        silent = np.bincount(cells.rows[np.isnan(cells.values)], minlength=cells.n) == cells.n - 1
        # One who reports on themselves did answer.
        silent[cells.rows[cells.rows == cells.columns]] = False
        cells = cells.where(~(silent[cells.rows] & np.isnan(cells.values)))
    empty = np.isnan(cells.values)
    binary = bool(np.all((cells.values == 1) | empty))
    core, counts = _core.network_from_codes(
        names,
        cells.rows.astype(np.uint32),
        cells.columns.astype(np.uint32),
        cells.values if not binary or empty.any() else None,
        silent if silent.any() else None,
        directed=directed,
        loops=loops,
        signed=signed,
        binary=binary,
    )
    kind = kind or _frames.default_kind() if frame is None else _frames.kind_of(frame)
    recipe = coding_steps(f"matrix of {counted(cells.n, 'actor')}", counts, directed=directed, unit="cells")
    return Made(core, frame, kind, recipe)


def _cells(matrix: Any) -> tuple[_Cells, str | None]:
    """Find the cells that are not 0, and the kind of table that the matrix is."""
    if hasattr(matrix, "tocoo"):
        _check_square(matrix.shape)
        # A copy, because the next two lines change it: entries listed twice add up, as in scipy.
        sparse = matrix.tocoo(copy=True)
        sparse.sum_duplicates()
        sparse.eliminate_zeros()
        values = as_floats(sparse.data)
        return _Cells(sparse.row.astype(np.int64), sparse.col.astype(np.int64), values, sparse.shape[0]), None
    own = kind = None
    if _frames.is_frame(matrix):
        frame = _frames.wrap(matrix, "matrix")
        kind = _frames.kind_of(frame)
        _check_square(frame.shape)
        own = own_labels(frame)
        try:
            matrix = frame.to_numpy()
        except Exception:  # noqa: BLE001 (each kind of table has its own)
            _refuse_cells("of a kind that numpy has not")
    if isinstance(matrix, np.ma.MaskedArray):
        matrix = np.ma.filled(matrix.astype(np.float64), np.nan)
    dense = as_floats(matrix)
    _check_square(dense.shape)
    rows, columns = np.nonzero(dense)
    return _Cells(rows, columns, dense[rows, columns], dense.shape[0], own), kind


def as_floats(matrix: Any) -> NDArray[np.float64]:
    try:
        array = np.asarray(matrix)
    except ValueError:
        msg = "the matrix must be square, but its rows have different lengths"
        raise ArgumentError(msg) from None
    except Exception:  # noqa: BLE001 (each kind of column has its own)
        _refuse_cells(f"a {type(matrix).__name__}")
    if array.dtype.kind == "O":
        cells = array.reshape(-1).tolist()
        if any(isinstance(cell, str) for cell in cells):
            _refuse_cells(array.dtype)
        try:
            array = np.array([np.nan if is_empty(cell) else cell for cell in cells]).reshape(array.shape)
        except ValueError:
            _refuse_cells(array.dtype)
    if array.dtype.kind not in "iufb":
        _refuse_cells(array.dtype)
    return np.ascontiguousarray(array, dtype=np.float64)


def _refuse_cells(kind: Any) -> NoReturn:
    msg = f"the cells of the matrix must be numbers, but are {kind}"
    raise ArgumentError(msg)


def own_labels(frame: nw.DataFrame[Any]) -> list[Any] | None:
    """Read the labels of a table used as a matrix: a pandas index, or the names of the columns."""
    across = list(frame.columns)
    index = nw.maybe_get_index(frame)
    if index is None:
        return across
    down = list(index)
    if across != down:
        first = next(place for place, (a, b) in enumerate(zip(across, down, strict=True)) if a != b)
        msg = (
            "rows and columns of the table must have the same labels in the same order; "
            f"at position {first} the row is {down[first]!r} and the column {across[first]!r}"
        )
        raise ArgumentError(msg)
    return down


def _matrix_labels(cells: _Cells, frame: nw.DataFrame[Any] | None, names: Any, labels: Any) -> Any:
    """Choose the labels: those given, else the matrix's own, else numbers."""
    if labels is not None:
        if frame is not None:
            msg = "give the labels once, with labels= or with actors="
            raise ArgumentError(msg)
        names = label_column(labels, "labels")
    elif names is None:
        names = np.arange(cells.n, dtype=np.int64) if cells.own is None else label_column(cells.own, "index")
    if len(names) != cells.n:
        given = "labels" if frame is None else "actors"
        msg = f"the matrix has {cells.n} rows, but there are {len(names)} {given}"
        raise ArgumentError(msg)
    if frame is not None and cells.own is not None:
        _check_same_order(cells.own, frame[frame.columns[0]].to_list())
    return names


def _check_same_order(own: list[Any], listed: list[Any]) -> None:
    """Refuse a matrix and an actors table with the same labels in different orders."""
    if own != listed and set(map(str, own)) == set(map(str, listed)):
        first = next((place for place, (a, b) in enumerate(zip(own, listed, strict=True)) if str(a) != str(b)), None)
        if first is not None:
            msg = (
                "the matrix and the actors table must have the same order; "
                f"at position {first} the matrix has {own[first]!r} and the table {listed[first]!r}"
            )
            raise ArgumentError(msg)


def _check_square(shape: tuple[int, ...]) -> None:
    if len(shape) != PAIR or shape[0] != shape[1]:
        msg = f"the matrix must be square, with a row and a column for each actor, but has shape {shape}"
        raise ArgumentError(msg)


def _check_cells(cells: _Cells, labels: list[Any], *, directed: bool, loops: str, signed: bool) -> None:
    def names(place: int) -> str:
        return repr(labels[place])

    infinite, diagonal = np.isinf(cells.values), cells.rows == cells.columns
    if infinite.any():
        msg = f"{cells.show(infinite, names)}: the value is infinite; values must be finite (NaN means: not observed)"
        raise TieError(msg)
    if loops == "error" and diagonal.any():
        msg = (
            f"{cells.show(diagonal, names)}: an actor has a tie to itself. "
            'Pass loops="drop" to leave such ties out, or loops="keep" to keep them'
        )
        raise TieError(msg)
    if not signed and (cells.values < 0).any():
        msg = (
            f"{cells.show(cells.values < 0, names)}: the value is negative. "
            "Pass signed=True if the relation has negative ties, or recode the values first"
        )
        raise TieError(msg)
    if not directed:
        _check_symmetric(cells, names)


def check_square(n: int, remedy: str) -> None:
    """Refuse to lay out more cells than a machine holds."""
    if n > CELLS:
        msg = f"a matrix of {n:,} × {n:,} cells would take {8 * n * n / 1e9:,.0f} GB; {remedy}"
        raise ArgumentError(msg)


def _check_symmetric(cells: _Cells, names: Callable[[int], str]) -> None:
    def in_order(first: NDArray[np.int64], second: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.float64]]:
        order = np.argsort(first * cells.n + second, kind="stable")
        return (first * cells.n + second)[order], cells.values[order]

    place, here = in_order(cells.rows, cells.columns)
    turned, there = in_order(cells.columns, cells.rows)
    if np.array_equal(place, turned) and np.array_equal(here, there, equal_nan=True):
        return
    lookup = dict(zip(place.tolist(), here.tolist(), strict=True))
    for cell, value in lookup.items():
        row, column = divmod(cell, cells.n)
        back = lookup.get(column * cells.n + row, 0.0)
        if back != value and not (np.isnan(back) and np.isnan(value)):
            msg = (
                f"the matrix is not symmetric: row {names(row)}, column {names(column)} holds {value:g}, but row "
                f"{names(column)}, column {names(row)} holds {back:g}. Pass directed=True, and then "
                "net.symmetrize(...) if need be"
            )
            raise ArgumentError(msg)

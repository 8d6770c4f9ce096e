"""Which cells of a table to hide, so that hidden ones can't be worked out from totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

__all__ = ["Cells", "Hidden", "hide"]

# Further than any count; sums of four of them fit.
FAR = 2**60


@dataclass(frozen=True, slots=True)
class Cells:
    """A table with its totals: the last row and the last column, in one dimension the last cell.

    Parameters
    ----------
    count : array of shape (r + 1, c + 1) or (1, c + 1)
        The counts; 0 where the table has no row.
    listed : array of the same shape
        Whether the table has a row for the cell, so that it can be hidden.
    unknown : array of the same shape
        Totals that no reader knows.
    place : pair of arrays
        Row and column of each row of the table.
    """

    count: NDArray[np.int64]
    listed: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    place: tuple[NDArray[np.int64], NDArray[np.int64]]

    @classmethod
    def read(
        cls,
        keys: Sequence[Sequence[Any]],
        counts: NDArray[np.int64],
        *,
        total: Hashable,
        known: bool,
        names: tuple[str, ...],
    ) -> Self:
        """Lay out a table of one or two columns of groups."""
        codes = [_coded(column, total) for column in keys]
        levels = [int(code.max(initial=-1, where=code >= 0)) + 1 for code in codes]
        across = np.where(codes[-1] < 0, levels[-1], codes[-1])
        down = np.where(codes[0] < 0, levels[0], codes[0]) if len(codes) > 1 else np.zeros_like(across)
        shape = (levels[0] + 1 if len(codes) > 1 else 1, levels[-1] + 1)
        _check_once(down * shape[1] + across, keys, names)
        count, listed = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=bool)
        count[down, across], listed[down, across] = counts, True
        sums = _summed(count)
        wrong = np.argwhere(listed & (count != sums))
        if len(wrong):
            place = tuple(wrong[0].tolist())
            row = int(np.flatnonzero((down == place[0]) & (across == place[1]))[0])
            told = ", ".join(f"{name}={column[row]!r}" for name, column in zip(names, keys, strict=True))
            msg = (
                f"the total in the row {told} is {count[place]}, but the cells add up to {sums[place]}; list the cells "
                "that are left out, or leave the totals out and say total=None"
            )
            raise ArgumentError(msg)
        return cls(sums, listed, _margin(shape) & ~listed & (not known), (down, across))


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which cells are hidden, how many because they are small, and how many stay exposed all the same."""

    hidden: NDArray[np.bool_]
    small: int
    exposed: int


def hide(cells: Cells, least: int, small: NDArray[np.bool_] | None = None) -> Hidden:
    """Hide counts under `least` (or those marked), and others until each could be `least` whole numbers or more."""
    small = cells.listed & (cells.count > 0) & (cells.count < least) if small is None else small
    hidden = small | cells.unknown
    exposed = (_one_way if len(cells.count) == 1 else _two_way)(cells, hidden, small, least - 1)
    return Hidden(hidden, int(small.sum()), exposed)


def _one_way(cells: Cells, hidden: NDArray[np.bool_], small: NDArray[np.bool_], width: int) -> int:
    """Hide in one dimension: cells that add up to enough, else the total."""
    count, inner = cells.count[0, :-1], hidden[0, :-1]
    while not hidden[0, -1] and inner.any() and (inner.sum() == 1 or count[inner].sum() < width):
        free = np.flatnonzero(cells.listed[0, :-1] & ~inner)
        if len(free):
            enough = free[count[free] >= width - count[inner].sum()]
            inner[enough[np.argmin(count[enough])] if len(enough) else free[np.argmax(count[free])]] = True
        elif cells.listed[0, -1]:
            hidden[0, -1] = True
        else:
            return int(small.sum())
    return 0


def _two_way(cells: Cells, hidden: NDArray[np.bool_], small: NDArray[np.bool_], width: int) -> int:
    """Hide rectangles, in which the corners can go up and down by turns without a change of any sum."""
    exposed, places = 0, np.argwhere(small)
    for row, column in places[np.argsort(cells.count[small], kind="stable")].tolist():
        if _rectangle(cells, hidden, (row, column), width):
            continue
        exposed += 1
        if not _rectangle(cells, hidden, (row, column), _spread(cells.count, row, column)):
            hidden |= cells.listed
    return exposed


def _rectangle(cells: Cells, hidden: NDArray[np.bool_], corner: tuple[int, int], width: int) -> bool:
    """Hide the cheapest rectangle at a corner that can move by `width` or more; tell whether there is one."""
    row, column = corner
    up, down = _rooms(cells.count)
    rise = np.minimum(np.minimum(up[row, column], up), np.minimum(down[row][None, :], down[:, column][:, None]))
    fall = np.minimum(np.minimum(down[row, column], down), np.minimum(up[row][None, :], up[:, column][:, None]))
    usable = cells.listed | cells.unknown
    fits = (rise + fall >= width) & usable & usable[row][None, :] & usable[:, column][:, None]
    fits[row], fits[:, column] = False, False
    if not fits.any():
        return False
    price = np.where(hidden, 0, cells.count + 1)
    price = price + price[row][None, :] + price[:, column][:, None]
    other = np.unravel_index(int(np.argmin(np.where(fits, price, FAR))), price.shape)
    for place in ((row, other[1]), (other[0], column), other):
        hidden[place] = True
    return True


def _rooms(count: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How far each cell can go up and down, with totals counted as negative so that rows and columns add up to 0."""
    total = _margin(count.shape)
    total[-1, -1] = False
    return np.where(total, count, FAR), np.where(total, FAR, count)


def _spread(count: NDArray[np.int64], row: int, column: int) -> int:
    """How far apart the bounds of a cell are that its totals set (Fréchet); nothing sets bounds to a total."""
    if _margin(count.shape)[row, column]:
        return FAR
    across, down, whole = int(count[row, -1]), int(count[-1, column]), int(count[-1, -1])
    return min(across, down) - max(0, across + down - whole)


def _margin(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Mark the totals."""
    marks = np.zeros(shape, dtype=bool)
    marks[:, -1] = True
    if shape[0] > 1:
        marks[-1] = True
    return marks


def _summed(count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Fill in the totals."""
    sums = count.copy()
    if len(sums) > 1:
        sums[-1] = sums[:-1].sum(axis=0)
    sums[:, -1] = sums[:, :-1].sum(axis=1)
    return sums


def _coded(values: Sequence[Any], total: Hashable) -> NDArray[np.int64]:
    """Number groups from 0 in the order in which they come; a total is -1."""
    number: dict[Any, int] = {}
    if total is not None:
        number[total] = -1
    start = len(number)
    return np.array([number.setdefault(value, len(number) - start) for value in values], dtype=np.int64)


def _check_once(places: NDArray[np.int64], keys: Sequence[Sequence[Any]], names: tuple[str, ...]) -> None:
    """Refuse a group, or a pair of groups, that stands in two rows."""
    _, first, times = np.unique(places, return_index=True, return_counts=True)
    if (times > 1).any():
        row = int(first[np.argmax(times > 1)])
        told = ", ".join(f"{name}={column[row]!r}" for name, column in zip(names, keys, strict=True))
        msg = (
            f"{told} stands in more than one row; add them up first, or name in within= the columns that tell several "
            "tables apart"
        )
        raise ArgumentError(msg)

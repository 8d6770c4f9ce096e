"""Which cells of a table to hide, by how far each can move while all totals stay (Gusfield 1988).

Hidden cells are edges between rows and columns: each can go up without end, and down to 0. How far one cell can go up
is the largest flow from its column back to its row through the others, and how far down that from row to column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["hidden_cells", "room"]

# Further than any count; sums of two of them fit.
FAR = 2**61

Cell = tuple[int, int]


def hidden_cells(
    count: NDArray[np.int64], usable: NDArray[np.bool_], small: NDArray[np.bool_], width: int
) -> tuple[NDArray[np.bool_], bool]:
    """Hide the small cells, and others until each of them can move by `width`; if none helps, all that are `usable`.

    Tells as well whether none helped: then the totals by themselves narrow a small cell down.
    """
    hidden = small & usable
    cells = np.argwhere(hidden)
    for cell in map(tuple, cells[np.argsort(count[hidden], kind="stable")].tolist()):
        while (lacking := width - room(count, hidden, cell, width)) > 0:
            if not _widened(count, usable, hidden, cell, lacking):
                return usable.copy(), True
    return hidden, False


def room(count: NDArray[np.int64], hidden: NDArray[np.bool_], cell: Cell, enough: int) -> int:
    """Tell by how much a hidden cell can move, up and down together; no more than `enough`."""
    others = hidden.copy()
    others[cell] = False
    up = np.where(others, FAR, 0)
    down = np.where(others, count, 0)
    # Up: its column gives, by way of other columns, to its row.
    found = _flow(down.copy(), up.copy(), cell, enough, from_row=False)
    wanted = min(enough - found, int(count[cell]))
    return found + (_flow(down, up, cell, wanted, from_row=True) if wanted > 0 else 0)


def _flow(down: NDArray[np.int64], up: NDArray[np.int64], cell: Cell, enough: int, *, from_row: bool) -> int:
    """Push along shortest ways between a cell's row and its column: cells go `up` from rows to columns, `down` back."""
    found = 0
    while found < enough:
        way = _way(down > 0, up > 0, cell, from_row=from_row)
        if not way:
            break
        step = min(enough - found, *(int((up if rising else down)[place]) for place, rising in way))
        for place, rising in way:
            gives, takes = (up, down) if rising else (down, up)
            gives[place] -= step
            takes[place] += step
        found += step
    return found


def _way(down: NDArray[np.bool_], up: NDArray[np.bool_], cell: Cell, *, from_row: bool) -> list[tuple[Cell, bool]]:
    """Find a shortest way: cells with whether they rise; empty where there is none."""
    rows, columns = down.shape
    over_row, over_column = np.full(rows, -1), np.full(columns, -1)  # by which column, by which row each was reached
    row_done, column_done = np.zeros(rows, dtype=np.bool_), np.zeros(columns, dtype=np.bool_)
    (row_done if from_row else column_done)[cell[0] if from_row else cell[1]] = True
    fresh, at_rows = np.array([cell[0] if from_row else cell[1]]), from_row
    while len(fresh) and not (column_done[cell[1]] if from_row else row_done[cell[0]]):
        if at_rows:
            reached = up[fresh] & ~column_done
            over_column[reached.any(axis=0)] = fresh[reached.argmax(axis=0)[reached.any(axis=0)]]
            fresh = np.flatnonzero(reached.any(axis=0))
            column_done[fresh] = True
        else:
            reached = down[:, fresh].T & ~row_done
            over_row[reached.any(axis=0)] = fresh[reached.argmax(axis=0)[reached.any(axis=0)]]
            fresh = np.flatnonzero(reached.any(axis=0))
            row_done[fresh] = True
        at_rows = not at_rows
    if not (column_done[cell[1]] if from_row else row_done[cell[0]]):
        return []
    return _traced(over_row, over_column, cell, from_row=from_row)


def _traced(
    over_row: NDArray[np.int64], over_column: NDArray[np.int64], cell: Cell, *, from_row: bool
) -> list[tuple[Cell, bool]]:
    """Walk back from the end of a way to its beginning."""
    way: list[tuple[Cell, bool]] = []
    row, column = (-1, cell[1]) if from_row else (cell[0], -1)
    while True:
        if column >= 0:
            row = int(over_column[column])
            way.append(((row, column), True))
            column = -1
            if from_row and row == cell[0]:
                return way
        else:
            column = int(over_row[row])
            way.append(((row, column), False))
            row = -1
            if not from_row and column == cell[1]:
                return way


def _widened(
    count: NDArray[np.int64], usable: NDArray[np.bool_], hidden: NDArray[np.bool_], cell: Cell, lacking: int
) -> bool:
    """Hide the rectangle at a cell that gives most room for the counts that it hides; tell whether there was one."""
    row, column = cell
    rise = np.minimum(count[row][None, :], count[:, column][:, None])
    fall = np.minimum(int(count[cell]), count)
    fits = usable & usable[row][None, :] & usable[:, column][:, None]
    fits &= ~(hidden & hidden[row][None, :] & hidden[:, column][:, None]) & (rise + fall > 0)
    fits[row], fits[:, column] = False, False
    if not fits.any():
        return False
    price = np.where(hidden, 0, count + 1)
    price = price + price[row][None, :] + price[:, column][:, None]
    worth = np.where(fits, np.minimum(rise + fall, lacking) / np.maximum(price, 1), -1.0)
    other = np.unravel_index(int(np.argmax(worth)), worth.shape)
    for place in ((row, other[1]), (other[0], column), other):
        hidden[place] = True
    return True

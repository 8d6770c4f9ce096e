"""What may be shown of the counts of a log, so that the others can't be worked out from all its tables together.

Tables of one log share their totals and nothing else: the numbers by organisation, by level, by referrer. So each is
protected against a reader who knows all its totals; then the tables can be solved one by one, and each leaves
`min_count` possible values for each count that is hidden. Groups that are hidden as a whole are pooled first: what a
reader knows is their sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet.flows._rooms import hidden_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Crossed", "Protected", "crossed", "different", "pooled", "protected", "rounded", "sizes"]


@dataclass(frozen=True, slots=True)
class Crossed:
    """How many trajectories and how many different clients each cell, or each group, has."""

    count: NDArray[np.int64]
    clients: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Protected:
    """Which cells to hide: (r, c); and whether totals narrow a small one down all the same."""

    hidden: NDArray[np.bool_]
    exposed: bool


def crossed(
    row: NDArray[np.int64], column: NDArray[np.int64], client: NDArray[np.uint32], shape: tuple[int, int]
) -> Crossed:
    """Count trajectories and clients by two codes; those of each client stand together."""
    cells = shape[0] * shape[1]
    count, clients = _core.flows_crossed(client, row * shape[1] + column, cells)
    return Crossed(count.reshape(shape), clients.reshape(shape))


def sizes(code: NDArray[np.int64], client: NDArray[np.uint32], many: int) -> Crossed:
    """Count trajectories and clients by one code: (many,) each; those of each client stand together."""
    count, clients = _core.flows_crossed(client, code, many)
    return Crossed(count, clients)


def different(client: NDArray[np.uint32]) -> int:
    """Count different clients; the trajectories of each stand together."""
    return int((client[1:] != client[:-1]).sum()) + 1 if len(client) else 0


def pooled(
    code: NDArray[np.int64],
    client: NDArray[np.uint32],
    many: int,
    least: int,
    forced: NDArray[np.bool_] | None = None,
    floor: NDArray[np.int64] | None = None,
) -> NDArray[np.bool_]:
    """Tell which groups to hide: those of 1 to `least` - 1 clients, and others until together they have `least`.

    A reader knows that each has as many trajectories as its `floor` or more.
    """
    found = sizes(code, client, many)
    clients, free = found.clients, found.count if floor is None else found.count - floor
    hidden = _one_by_one(clients, least, forced)

    def few() -> bool:
        # One client may be in several of them.
        return different(client[hidden[code]]) < least or int(free[hidden].sum()) < least - 1

    while hidden.any() and few() and (rest := (clients > 0) & ~hidden).any():
        hidden[np.where(rest, clients, np.iinfo(np.int64).max).argmin()] = True
    return hidden


def _one_by_one(clients: NDArray[np.int64], least: int, forced: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    """Tell which groups to hide as if no client were in two of them."""
    # The report is imported when it is needed, so that importing the package stays fast.
    from wholenet.report._suppression import Cells, hide

    small = (clients > 0) & (clients < least)
    if forced is not None:
        small |= forced & (clients > 0)
    count = np.append(clients, clients.sum())[None, :]
    listed = np.append(clients > 0, False)[None, :]
    cells = Cells(count, listed, np.zeros_like(listed), (np.zeros(0, np.int64), np.zeros(0, np.int64)))
    # One more than the smallest count that may be shown: the pool itself may be.
    return hide(cells, least + 1, np.append(small, False)[None, :]).hidden[0, :-1]


def protected(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    client: NDArray[np.uint32],
    least: int,
    *,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    never: NDArray[np.bool_] | None = None,
    forced: NDArray[np.bool_] | None = None,
    floor: NDArray[np.int64] | None = None,
    open_to_all: Sequence[int] = (),
) -> Protected:
    """Tell which cells to hide of a table of codes.

    `rows` and `columns` tell which are hidden as a whole: 0 is none, equal numbers are pooled. `never` marks cells that
    can't hold anybody, `forced` cells that are hidden whatever they hold; counts in the columns
    `open_to_all` are hidden only where they would give others away. A reader knows that each cell holds its `floor` or
    more.
    """
    down, across = _merged(rows), _merged(columns)
    size = (int(down.max(initial=-1)) + 1, int(across.max(initial=-1)) + 1)
    found = crossed(down[row], across[column], client, size)
    small = (found.clients > 0) & (found.clients < least)
    small[:, across[list(open_to_all)]] = False
    if forced is not None:
        places = np.nonzero(forced)
        small[down[places[0]], across[places[1]]] = True
    hidden, exposed = np.zeros(size, dtype=np.bool_), False
    if size[0] > 1 and size[1] > 1:
        usable = np.ones(size, dtype=np.bool_)
        if never is not None:
            usable[down[np.nonzero(never)[0]], across[np.nonzero(never)[1]]] = False
        known = np.zeros(size, dtype=np.int64)
        if floor is not None:
            np.add.at(known, (down[:, None], across[None, :]), floor)
        hidden, exposed = hidden_cells(found.count - known, usable, small, least - 1)
    return Protected(hidden[down][:, across] | (rows > 0)[:, None] | (columns > 0)[None, :], exposed)


def rounded(count: int, base: int | None) -> int:
    """Round a count to a multiple of `base`; halves go to the even multiple."""
    return count if base is None else base * round(count / base)


def _merged(pools: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the groups anew, from 0: each one shown, and each pool."""
    alone = np.where(pools == 0, np.arange(len(pools)), len(pools) + pools)
    codes: NDArray[np.int64] = np.unique(alone, return_inverse=True)[1].astype(np.int64)
    return codes

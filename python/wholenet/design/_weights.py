"""Numbers for each pair: what a change costs, how strong a tie is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import core_of, needs_signless
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.design._demands import Ground
    from wholenet.network import Network

# Numbers that HiGHS's tolerance of a millionth does not touch.
SMALL, LARGE = 1e-3, 1e6

__all__ = ["number", "strengths", "weights"]


def number(value: Any, argument: str, *, zero: bool) -> float:
    fits = isinstance(value, int | float | np.number) and not isinstance(value, bool) and np.isfinite(value)
    if not fits or value < 0 or (not zero and value == 0):
        msg = f"{argument} must be a number {'of at least' if zero else 'above'} 0, but is {value!r}"
        raise ArgumentError(msg)
    return float(value)


def weights(values: Any, argument: str, ground: Ground, *, zero: bool) -> NDArray[np.float64]:
    """Read a number for each pair."""
    try:
        cells = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        cells = np.empty(0)
    n = ground.n
    if cells.shape != (n, n):
        msg = f"{argument} must be an array of numbers of shape ({n}, {n}), one for each pair"
        raise ArgumentError(msg)
    one, other = cells[ground.first, ground.second], cells[ground.second, ground.first]
    odd = np.flatnonzero(~np.isfinite(one) | (one != other) | (one < 0) | ((one == 0) & (not zero)))
    if len(odd):
        msg = (
            f"{argument} must be finite, {'at least' if zero else 'above'} 0, and the same on both sides of the "
            f"diagonal, but for {ground.name(int(odd[0]))} it is {one[odd[0]]:g} and {other[odd[0]]:g}"
        )
        raise ArgumentError(msg)
    known = one[one > 0]
    if len(known) and not SMALL <= known.min() <= known.max() <= LARGE:
        msg = (
            f"{argument} holds numbers from {known.min():g} to {known.max():g}, and the solver can't tell such numbers "
            f"apart. Use a unit in which all are from {SMALL:g} to {LARGE:g} (or 0)"
        )
        raise ArgumentError(msg)
    return one


def strengths(net: Network, ground: Ground, keep: Any) -> NDArray[np.float64] | None:
    """How strong each existing tie is."""
    if keep is None:
        return None
    if isinstance(keep, str):
        if keep != "value":
            msg = f'keep must be "value" or an array with a number for each pair, but is {keep!r}'
            raise ArgumentError(msg)
        needs_signless(core_of(net), 'plan with keep="value"')
        return np.nan_to_num(net.to_matrix())[ground.first, ground.second]
    return weights(keep, "keep", ground, zero=True)

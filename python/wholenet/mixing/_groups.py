"""What the measures of groups share: their ties, and shares of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet import _core

__all__ = ["ratio", "ties"]


def ratio(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """Divide, giving NaN where the whole is 0."""
    shares: NDArray[np.float64] = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole != 0)
    return shares


def ties(core: _core.Network, mode: str = "all") -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """List the ties of each actor, to another, with their values: those it sends, gets, or both."""
    source, target, value = core.ties()
    values = np.ones(len(source)) if value is None else value
    if mode == "out" and core.directed:
        return source.astype(np.intp), target.astype(np.intp), values
    if mode == "in" and core.directed:
        return target.astype(np.intp), source.astype(np.intp), values
    ends = np.concatenate([source, target]).astype(np.intp), np.concatenate([target, source]).astype(np.intp)
    return *ends, np.concatenate([values, values])

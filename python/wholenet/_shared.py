"""Work that several measures of one table need, done once."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from wholenet import _core

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["distance_counts", "shared", "totals"]

_kept: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("kept", default=None)


@contextmanager
def shared() -> Iterator[None]:
    """Keep what `totals` and `distance_counts` find, until the end of the block."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def totals(core: _core.Network, mode: str, distance: str | None, *, progress: bool) -> _core.Totals:
    """Sum the distances of each actor."""
    found: _core.Totals = _once(_core.paths_totals, core, mode, distance, progress)
    return found


def distance_counts(core: _core.Network, *, progress: bool) -> NDArray[np.uint64]:
    """Count the ordered pairs of different actors at each distance; the first number, for 0, is 0."""
    found: NDArray[np.uint64] = _once(_core.cohesion_distance_counts, core, progress)
    return found


def _once(function: Callable[..., Any], core: _core.Network, *arguments: object) -> Any:
    kept = _kept.get()
    if kept is None:
        return function(core, *arguments)
    # The network itself goes in too, so that no other takes its address while this is kept.
    key = (function.__name__, id(core), *arguments)
    if key not in kept:
        kept[key] = (core, function(core, *arguments))
    return kept[key][1]

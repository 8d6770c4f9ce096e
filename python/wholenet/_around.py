"""Those around an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet import _core

__all__ = ["around"]


def around(core: _core.Network, ego: int, *, steps: int, mode: str, include: bool) -> NDArray[np.uint32]:
    """Find those within some steps of an actor."""
    source, target, _ = core.ties()
    near = np.zeros(core.n_actors, dtype=bool)
    near[ego] = True
    for _ in range(min(steps, core.n_actors)):
        found = near.copy()
        if mode != "in" or not core.directed:
            found[target[near[source]]] = True
        if mode != "out" or not core.directed:
            found[source[near[target]]] = True
        if found.sum() == near.sum():
            break
        near = found
    near[ego] = include
    return np.flatnonzero(near).astype(np.uint32)

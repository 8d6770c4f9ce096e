"""How many strong relations each organisation of the example study can keep up.

Nothing is published about this; the figures are assumptions. Gatekeepers have staff for it: most can keep up 11 to 15
relations, others 4 to 7. A capacity lasts: it is the same in both waves. It is drawn from a stream of its own, so that
nothing else of the study depends on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["capacities"]

STREAM: Final = 7001
# The least that a gatekeeper and another organisation can keep up, and how many more at most.
OF_GATEKEEPER: Final = (11, 4)
OF_OTHERS: Final = (4, 3)


def capacities(gatekeeper: NDArray[np.bool_], seed: tuple[int, ...]) -> NDArray[np.int64]:
    """Return the capacity of each organisation, (n,)."""
    lot = np.random.default_rng([*seed, STREAM]).random(gatekeeper.size)
    least, more = (np.where(gatekeeper, *pair) for pair in zip(OF_GATEKEEPER, OF_OTHERS, strict=True))
    found: NDArray[np.int64] = (least + np.floor(lot * (more + 1))).astype(np.int64)
    return found

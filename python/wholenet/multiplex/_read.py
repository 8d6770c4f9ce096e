"""Relations laid out beside each other: which dyads were observed in all, and which are tied in each."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._ingest_matrix import check_square
from wholenet._relations import relations_of
from wholenet.inference._dyads import Stack, many, stacked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["laid", "pairs_of", "read", "tied"]


def read(relations: object, measure: str, *, least: int = 2) -> dict[Any, Network]:
    """Read relations, and refuse more actors than can be laid out in pairs."""
    nets = relations_of(relations, least=least)
    for net in nets.values():
        check_square(net.n_actors, f"{measure} reads each pair of actors")
    return nets


def laid(nets: Mapping[Any, Network]) -> Stack:
    """Lay relations out, their actors in the order of the first."""
    return stacked([many(net, repr(name)) for name, net in nets.items()], None)


def tied(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave out values: 1 for a tie, 0 for none, NaN where it was not observed."""
    return np.where(np.isnan(cells), np.nan, cells != 0)


def pairs_of(nets: Mapping[Any, Network]) -> list[tuple[Any, Any]]:
    """List each two relations."""
    return list(combinations(nets, 2))

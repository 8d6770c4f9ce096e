"""Sets of actors that may overlap, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet._results import listed, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["sets_table"]


def sets_table(
    net: Network, name: str, found: Sequence[NDArray[np.uint32]], facts: Mapping[str, Sequence[int]] | None = None
) -> IntoDataFrame:
    """Make a table with a row per member of each set, the sets numbered under `name`; `facts` holds more about each."""
    sizes = np.array([len(one) for one in found], dtype=np.int64)
    members = np.concatenate(found) if found else np.zeros(0, dtype=np.uint32)
    about = {fact: np.repeat(np.array(values, dtype=np.int64), sizes) for fact, values in (facts or {}).items()}
    columns = {
        **about,
        name: np.repeat(np.arange(len(found)), sizes),
        "size": np.repeat(sizes, sizes),
        "actor": listed(net.labels[members]),
    }
    return table_of(net, columns)

"""Tables of results: of the kind that a network came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.network import Network

__all__ = ["kind_of", "listed", "table_of"]


def kind_of(net: Network) -> str:
    """Tell the kind of table that a network came from: results follow it."""
    return net._kind  # noqa: SLF001 (measures are the other half of Network, as in `_checks.core_of`)


def table_of(net: Network, columns: Mapping[str, Any]) -> IntoDataFrame:
    """Make a table of the kind that a network came from."""
    return _frames.make(columns, kind_of(net))


def listed(labels: NDArray[Any] | list[Any]) -> Any:
    """Give labels as a column; an empty list would have no type to go by."""
    found = labels if isinstance(labels, list) else labels.tolist()
    return found or np.array([], dtype="U1")

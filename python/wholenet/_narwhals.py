"""narwhals, imported when a table is first met: it takes a quarter of the time of importing this package."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["nw"]

if TYPE_CHECKING:
    import narwhals as nw
else:

    class _Narwhals:
        def __getattr__(self, name: str) -> Any:
            return getattr(import_module("narwhals"), name)

    nw = _Narwhals()

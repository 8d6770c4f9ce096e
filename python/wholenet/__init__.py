"""Whole-network analysis: every actor in a bounded population and every tie among them.

Start with `Network.from_edges` or `Study.from_edges`, look at measures in the modules `centrality`, `cohesion`,
`mixing`, `multiplex` and `change`, collect them with `table`, test them with `inference` and `models`, and draw with
`draw`.
``wn.datasets.youth_care()`` is an example study to try things on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from wholenet import (
    _core,
    brokerage,
    centrality,
    change,
    cohesion,
    compare,
    datasets,
    design,
    errors,
    flows,
    governance,
    groups,
    inference,
    io,
    mixing,
    models,
    multiplex,
    positions,
    survey,
)
from wholenet._definitions import crosswalk, definitions
from wholenet._estimate import Estimate
from wholenet._table import table
from wholenet._threads import get_threads, set_threads
from wholenet.errors import WholenetError
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from wholenet import draw, report

__version__ = _core.__version__

__all__ = [
    "Estimate",
    "Network",
    "Study",
    "WholenetError",
    "brokerage",
    "centrality",
    "change",
    "cohesion",
    "compare",
    "crosswalk",
    "datasets",
    "definitions",
    "design",
    "draw",
    "errors",
    "flows",
    "get_threads",
    "governance",
    "groups",
    "inference",
    "io",
    "mixing",
    "models",
    "multiplex",
    "positions",
    "report",
    "set_threads",
    "survey",
    "table",
]


def __getattr__(name: str) -> Any:
    # Pictures and the report are imported when first asked for, so that importing the package stays fast.
    if name in {"draw", "report"}:
        return import_module(f"wholenet.{name}")
    msg = f"module 'wholenet' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

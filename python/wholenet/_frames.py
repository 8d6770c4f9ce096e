"""Tables at the border: pandas, polars and pyarrow through narwhals."""

from __future__ import annotations

import difflib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import narwhals as nw

from wholenet.errors import ArgumentError, ColumnError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from narwhals.typing import IntoDataFrame

__all__ = ["default_kind", "is_frame", "kind_of", "make", "near", "require", "wrap"]

KINDS = {"pandas": "pandas", "polars": "polars", "pyarrow": "pyarrow"}


def default_kind() -> str:
    """Kind of the tables that have no model to follow: pandas if installed, else polars, else pyarrow."""
    return next(kind for kind in ("pandas", "polars", "pyarrow") if find_spec(kind))


def is_frame(data: object) -> bool:
    """Tell whether `data` is a table of a known kind."""
    native = nw.from_native(data, eager_only=True, pass_through=True)  # type: ignore[call-overload]
    return isinstance(native, nw.DataFrame)


def wrap(data: object, argument: str) -> nw.DataFrame[Any]:
    """See `data` as a narwhals table."""
    if isinstance(data, nw.DataFrame):
        return data
    if not is_frame(data):
        msg = f"{argument} must be a pandas, polars or pyarrow table, but is a {type(data).__name__}"
        raise ArgumentError(msg)
    return nw.from_native(data, eager_only=True)  # type: ignore[call-overload, no-any-return]


def kind_of(frame: nw.DataFrame[Any]) -> str:
    """Name the kind of a table, for `make`."""
    return str(frame.implementation)


def make(columns: Mapping[str, Any], kind: str) -> IntoDataFrame:
    """Make a table of the given kind."""
    native: IntoDataFrame = nw.from_dict(dict(columns), backend=kind).to_native()  # type: ignore[arg-type]
    return native


def near(name: str, names: Iterable[str]) -> str:
    """Suggest the nearest of `names`, as the end of a sentence."""
    names = [str(one) for one in names]
    close = difflib.get_close_matches(str(name), names, n=1, cutoff=0.6)
    lower = {one.lower(): one for one in names}
    if not close and str(name).lower() in lower:
        close = [lower[str(name).lower()]]
    return f"; did you mean {close[0]!r}?" if close else ""


def require(frame: nw.DataFrame[Any], name: str, argument: str) -> str:
    """Check that a table has the column that `argument` names."""
    if name in frame.columns:
        return name
    listed = ", ".join(map(repr, frame.columns))
    msg = f"the table has no column {name!r} (for {argument}=){near(name, frame.columns)} It has: {listed}"
    raise ColumnError(msg.replace(f"{argument}=) It", f"{argument}=). It"))

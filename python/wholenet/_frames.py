"""Tables at the border: pandas, polars and pyarrow through narwhals."""

from __future__ import annotations

import difflib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from wholenet._narwhals import nw
from wholenet.errors import ArgumentError, ColumnError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa
    from narwhals.typing import IntoDataFrame

__all__ = [
    "check_kind",
    "column",
    "default_kind",
    "is_frame",
    "kind_of",
    "make",
    "near",
    "numbered",
    "require",
    "takeable",
    "to_arrow",
    "wrap",
]

KINDS = ("pandas", "polars", "pyarrow")
# Above this many names, looking for a near one takes longer than a reader waits.
MANY = 20_000


def default_kind() -> str:
    """Kind of the tables that have no model to follow: pandas if installed, else polars, else pyarrow."""
    return next(kind for kind in KINDS if find_spec(kind))


def check_kind(kind: str | None) -> str:
    """Read a caller's ``kind=``."""
    if kind is None:
        return default_kind()
    if kind not in KINDS:
        msg = f"kind must be one of {', '.join(map(repr, KINDS))}, but is {kind!r}"
        raise ArgumentError(msg)
    return kind


def is_frame(data: object) -> bool:
    """Tell whether `data` is a table of a known kind."""
    return isinstance(data, nw.DataFrame) or bool(nw.dependencies.is_into_dataframe(data))


def wrap(data: object, argument: str) -> nw.DataFrame[Any]:
    """See `data` as a narwhals table."""
    if not is_frame(data):
        msg = f"{argument} must be a pandas, polars or pyarrow table, but is a {type(data).__name__}"
        if hasattr(data, "collect"):
            msg += "; call .collect() on it first"
        raise ArgumentError(msg)
    try:
        frame: nw.DataFrame[Any] = nw.from_native(data, eager_only=True)
        _ = frame.columns
    except nw.exceptions.DuplicateError:
        listed: Any = getattr(data, "column_names", None) or getattr(data, "columns", ())
        names = [str(name) for name in listed]
        repeated = next((name for name in names if names.count(name) > 1), "")
        msg = f"the table of {argument} has the column {repeated!r} more than once; rename one of the two"
        raise ColumnError(msg) from None
    return frame


def to_arrow(frame: nw.DataFrame[Any], argument: str) -> pa.Table:
    """Turn a table into a plain pyarrow table."""
    import pyarrow as pa

    names = frame.columns
    try:
        if kind_of(frame) == "polars":
            # What polars would hand over of these are addresses in memory.
            names = [name for name, dtype in frame.schema.items() if isinstance(dtype, nw.Object)]
            if names:
                raise pa.ArrowInvalid("Python objects of no known kind")  # noqa: EM101, TRY003
        return numbered(frame, argument).to_arrow().replace_schema_metadata(None)
    except (pa.ArrowException, OverflowError, UnicodeError) as error:
        name = next((name for name in names if not _fits(frame, name)), names[0])
        msg = (
            f"the column {name!r} of {argument} holds values that can't be written ({error}); make them one kind first"
        )
        raise ArgumentError(msg) from None


def _fits(frame: nw.DataFrame[Any], name: str) -> bool:
    import pyarrow as pa

    try:
        frame[name].to_arrow()
    except (pa.ArrowException, OverflowError, UnicodeError):
        return False
    return True


def takeable(frame: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Turn text in views, of which pyarrow can't take some rows, into plain text."""
    if kind_of(frame) != "pyarrow":
        return frame
    import pyarrow as pa

    table = frame.to_arrow()
    fields = [
        field.with_type(pa.large_string()) if pa.types.is_string_view(field.type) else field for field in table.schema
    ]
    schema = pa.schema(fields)
    return frame if schema == table.schema else nw.from_native(table.cast(schema), eager_only=True)


def numbered(frame: nw.DataFrame[Any], argument: str) -> nw.DataFrame[Any]:
    """Leave out the row numbers that a pandas table carries; an index that means something is refused."""
    index = nw.maybe_get_index(frame)
    if index is None:
        return frame
    names = [name for name in index.names if name is not None]
    if names or (len(index) and getattr(index.dtype, "kind", "O") not in "iu"):
        name = f" {names[0]!r}" if names else ""
        msg = f"the table of {argument} has labels in its index{name}, which is not a column; call reset_index() first"
        raise ArgumentError(msg)
    return nw.maybe_reset_index(frame)


def kind_of(frame: nw.DataFrame[Any]) -> str:
    """Name the kind of a table, for `make`."""
    return str(frame.implementation)


def make(columns: Mapping[str, Any], kind: str) -> IntoDataFrame:
    """Make a table of the given kind."""
    native: IntoDataFrame = nw.from_dict(dict(columns), backend=kind).to_native()  # type: ignore[arg-type]
    return native


def column(values: list[Any], sample: Any) -> Any:
    """Give values as a column; where there are none, `sample` tells of what kind they would be."""
    import numpy as np

    return values or np.array([sample])[:0]


def near(name: str, names: Iterable[str]) -> str:
    """Suggest the nearest of `names`, as the end of a sentence."""
    lower = {str(one).lower(): str(one) for one in names}
    wanted = str(name).lower()
    if wanted in lower:
        return f"; did you mean {lower[wanted]!r}?"
    close = difflib.get_close_matches(wanted, lower, n=1, cutoff=0.6) if len(lower) <= MANY else []
    return f"; did you mean {lower[close[0]]!r}?" if close else ""


def require(frame: nw.DataFrame[Any], name: str, argument: str) -> str:
    """Check that a table has the column that `argument` names."""
    if name in frame.columns:
        return name
    index = nw.maybe_get_index(frame)
    if index is not None and name in index.names:
        msg = f"{name!r} (for {argument}=) is the table's index, not a column; call reset_index() first"
        raise ColumnError(msg)
    hint = near(name, frame.columns) or "."
    listed = ", ".join(map(repr, frame.columns)) or "no columns"
    msg = f"the table has no column {name!r} (for {argument}=){hint} It has: {listed}"
    raise ColumnError(msg)

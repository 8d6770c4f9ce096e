"""Keys that tell the networks of a study apart, and the rows of a table that belong to each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet._narwhals import nw
from wholenet.errors import ArgumentError, LabelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["Rows", "described", "directed_of", "groups_by", "names_of", "shown", "sortable"]

Key = tuple[Any, ...]
SHOWN = 6


def names_of(by: str | Sequence[str]) -> tuple[str, ...]:
    """Read the names in ``by=``."""
    names = (by,) if isinstance(by, str) else tuple(by) if isinstance(by, Iterable) else ()
    if not names or not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        msg = f"by= needs one or more different names, but is {by!r}"
        raise ArgumentError(msg)
    return names


def shown(values: Iterable[Any]) -> str:
    """List the first few values."""
    first = [repr(value) for _, value in zip(range(SHOWN + 1), values, strict=False)]
    return ", ".join(first[:SHOWN]) + (", …" if len(first) > SHOWN else "")


def sortable(value: Any) -> Any:
    """Order keys of numbers by number and of text by text, numbers first."""
    if isinstance(value, tuple):
        return tuple(map(sortable, value))
    return (0, value, "") if isinstance(value, Real) else (1, 0, str(value))


def _check_filled(empty: NDArray[np.int64], name: str, argument: str) -> None:
    if len(empty):
        rows = f"{len(empty)} row{'s' if len(empty) > 1 else ''} ({shown(empty.tolist())})"
        msg = f"column {name!r} of {argument} is empty in {rows}; every row needs a value there"
        raise LabelError(msg)


def _check_plain(values: list[Any], name: str, argument: str) -> None:
    odd = [
        value
        for value in values
        if isinstance(value, tuple)
        or not isinstance(value, Hashable)
        or (isinstance(value, int) and not -(2**63) <= value < 2**63)
    ]
    if odd:
        msg = f"column {name!r} of {argument} must hold text or numbers, but holds {odd[0]!r}"
        raise LabelError(msg)


def _listed_codes(values: list[Any], name: str, argument: str) -> tuple[NDArray[np.int64], list[Any]]:
    """As `_codes`, for a column of Python objects."""
    empty = [row for row, value in enumerate(values) if _ingest.is_empty(value)]
    _check_filled(np.array(empty, dtype=np.int64), name, argument)
    kinds: dict[type, int] = {}
    for row, value in enumerate(values):
        kinds.setdefault(type(value), row)
    if len(kinds) > 1:
        seen = ", ".join(f"{kind.__name__} (row {row}: {values[row]!r})" for kind, row in kinds.items())
        msg = f"column {name!r} of {argument} holds values of several kinds: {seen}; make them one kind"
        raise LabelError(msg)
    _check_plain(values, name, argument)
    levels = list(dict.fromkeys(values))
    number = {value: code for code, value in enumerate(levels)}
    return np.array([number[value] for value in values], dtype=np.int64), levels


def _codes(frame: nw.DataFrame[Any], name: str, argument: str) -> tuple[NDArray[np.int64], list[Any]]:
    """Number the values of a column from 0, and list them; every row must have one."""
    series = frame[name]
    if isinstance(series.dtype, nw.Object | nw.Unknown | nw.List | nw.Struct | nw.Array):
        return _listed_codes(series.to_list(), name, argument)
    import pyarrow as pa

    try:
        column = series.to_arrow()
        whole = column.combine_chunks() if hasattr(column, "combine_chunks") else column
        encoded = whole.dictionary_encode()
    except (pa.ArrowException, OverflowError, UnicodeError):
        return _listed_codes(series.to_list(), name, argument)
    empty = np.asarray(encoded.is_null())
    if series.dtype.is_float():
        empty = empty | np.isnan(series.to_numpy())
    _check_filled(np.flatnonzero(empty), name, argument)
    codes: NDArray[np.int64] = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    levels = encoded.dictionary.to_pylist()
    _check_plain(levels, name, argument)
    return codes, levels


def combined(frame: nw.DataFrame[Any], names: Sequence[str], argument: str) -> tuple[NDArray[np.int64], list[Key]]:
    """Number the combinations of some columns from 0 in the order in which they appear, and list them."""
    codes = np.zeros(len(frame), dtype=np.int64)
    keys: list[Key] = [()]
    for name in names:
        own, levels = _codes(frame, name, argument)
        used, first, dense = np.unique(codes * max(len(levels), 1) + own, return_index=True, return_inverse=True)
        keys = [(*keys[code // len(levels)], levels[code % len(levels)]) for code in used.tolist()]
        order = np.argsort(first, kind="stable")
        keys = [keys[place] for place in order.tolist()]
        codes = np.argsort(order, kind="stable")[dense.reshape(-1)].astype(np.int64)
    return codes, keys


def groups_by(frame: nw.DataFrame[Any], names: Sequence[str], argument: str) -> dict[Key, NDArray[np.int64]]:
    """Find the rows of each combination of the columns `names`, in the order of the table."""
    codes, keys = combined(frame, names, argument)
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(keys)))
    return dict(zip(keys, np.split(order, ends[:-1]), strict=True)) if len(frame) else {}


class Rows:
    """The rows of a table of actors that belong to each network."""

    def __init__(self, frame: nw.DataFrame[Any], names: Key, argument: str, label: str | None) -> None:
        self.frame = _frames.takeable(frame)
        self.argument = argument
        self.places = [place for place, name in enumerate(names) if name in frame.columns]
        self.shared = tuple(names[place] for place in self.places)
        others = [name for name in frame.columns if name not in self.shared]
        if label is None and not others:
            beside = f" beside {', '.join(self.shared)}" if self.shared else "s"
            msg = f"the {argument} table has no column{beside}"
            raise ArgumentError(msg)
        self.label = _frames.require(frame, others[0] if label is None else label, "actor")
        self.columns = [self.label, *(name for name in others if name != self.label)]
        self.groups = groups_by(frame, self.shared, argument) if self.shared else {(): np.arange(len(frame))}

    def check_once(self) -> None:
        """Refuse an actor that is listed twice for one network; rows are those of the whole table."""
        listed = (*self.shared, self.label)
        codes, keys = combined(self.frame, listed, self.argument)
        counts = np.bincount(codes, minlength=len(keys))
        if not (counts > 1).any():
            return
        first = int(np.argmax(counts[codes] > 1))
        key, rows = keys[int(codes[first])], np.flatnonzero(codes == codes[first]).tolist()
        told = described(self.shared, key[:-1])
        msg = (
            f"the {self.argument} table lists {key[-1]!r} more than once{f' for {told}' if told else ''} "
            f"(rows {shown(rows)}); leave one row for each actor"
        )
        raise LabelError(msg)

    def of(self, key: Key) -> IntoDataFrame:
        """Give the rows of one network, without the columns of the key."""
        own = tuple(key[place] for place in self.places)
        rows = self.groups.get(own)
        if rows is None:
            there = "; ".join(described(self.shared, one) for one in list(self.groups)[:SHOWN])
            msg = (
                f"the {self.argument} table has no row for {described(self.shared, own)}; every network needs its "
                f"actors. It has rows for {there or 'nothing'}"
            )
            raise LabelError(msg)
        native: IntoDataFrame = self.frame[rows, :].select(self.columns).to_native()
        return native

    def labels(self, key: Key) -> Any:
        """List the labels of one network; none is legal."""
        rows = self.groups.get(tuple(key[place] for place in self.places), np.array([], dtype=np.int64))
        return self.frame[self.label][rows].to_native()


def described(names: Sequence[str], key: Key) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in zip(names, key, strict=True))


def directed_of(directed: bool | Mapping[Any, bool], names: Key, key: Key, frame: nw.DataFrame[Any]) -> bool:  # noqa: FBT001 (as the caller's own argument)
    """Tell whether the network of a key is directed, as ``directed=`` says."""
    if not isinstance(directed, Mapping):
        return _ingest.flag(directed, "directed")
    for value in key:
        if value in directed:
            return _ingest.flag(directed[value], f"directed[{value!r}]")
    known = "; ".join(f"{name}: {shown(dict.fromkeys(frame[name].to_list()))}" for name in names)
    msg = (
        "directed= must name every value of one column of by=; "
        f"it names {shown(directed)}, and none of {key!r}. There are {known}"
    )
    raise ArgumentError(msg)

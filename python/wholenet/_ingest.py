"""What callers hand in, checked and turned into a network: tables and arrays of ties, labels, attributes."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from wholenet import _core, _frames
from wholenet._narwhals import nw
from wholenet.errors import ArgumentError, LabelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = [
    "PAIR",
    "SHOWN",
    "Made",
    "actor_table",
    "as_list",
    "as_text",
    "coding_steps",
    "counted",
    "edges",
    "first_of",
    "flag",
    "groups",
    "is_empty",
    "kind_word",
    "label_column",
    "matched",
    "with_added",
]

PAIR = 2
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Made:
    """The parts of a network."""

    core: _core.Network
    frame: nw.DataFrame[Any] | None
    kind: str
    recipe: tuple[str, ...]


def flag(value: Any, argument: str) -> bool:
    """Read an argument that is true or false."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    msg = f"{argument} must be True or False, but is {value!r}"
    raise ArgumentError(msg)


def number(value: Any, argument: str) -> float:
    """Read an argument that is a number."""
    if isinstance(value, Real) and not np.isnan(float(value)):
        return float(value)
    msg = f"{argument} must be a number, but is {value!r}"
    raise ArgumentError(msg)


# Lists of ties --------------------------------------------------------------------------------------------


def edges(
    ties: Any,
    actors: IntoDataFrame | None,
    *,
    source: str,
    target: str,
    weight: Any,
    actor: str | None,
    directed: bool,
    loops: str,
    duplicates: str,
    unknown: str,
    signed: bool,
    respondents: Any,
    rows: NDArray[np.int64] | None = None,
    name: str = "",
) -> Made:
    """Read ties in a list; `rows` are their numbers in the caller's table, `name` what the network is called there."""
    senders, receivers, values, kind = _tie_columns(ties, source, target, weight, rows)
    if len(senders) != len(receivers):
        msg = f"there are {len(senders):,} senders but {len(receivers):,} receivers; each tie needs one of each"
        raise ArgumentError(msg)
    if values is not None and len(values) != len(senders):
        msg = f"there are {len(senders):,} ties but {len(values):,} values; each tie needs one"
        raise ArgumentError(msg)
    frame, names = actor_table(actors, actor)
    answered = _respondents(respondents, frame)
    if answered is not None and names is not None and not isinstance(respondents, str):
        _check_known(answered, names)
    if frame is None and not len(senders) and not (answered is not None and len(answered)):
        msg = "the table of ties has no rows, so it names no actors; pass actors= for a network without ties"
        raise ArgumentError(msg)
    # An empty column has no kind of its own.
    if names is not None and not len(senders):
        senders = receivers = names[:0]
    elif names is not None and not len(names):
        names = senders[:0]
    directed, signed = flag(directed, "directed"), flag(signed, "signed")
    try:
        core, counts = _core.network_from_edges(
            senders,
            receivers,
            values,
            names,
            answered,
            directed=directed,
            loops=loops,
            duplicates=duplicates,
            unknown=unknown,
            signed=signed,
            rows=rows,
        )
    except UnicodeError as error:
        _refuse_text("a column of labels", error)
    if frame is not None:
        kind = kind or _frames.kind_of(frame)
        if counts["actors_added"]:
            frame = with_added(frame, list(core.labels()[len(frame) :]))
    kind = kind or _frames.default_kind()
    first = f"{name}: {counted(counts['rows'], 'tie')} listed" if name else f"{counted(counts['rows'], 'tie')} listed"
    recipe = coding_steps(first, counts, directed=directed, duplicates=duplicates)
    return Made(core, frame, kind, recipe)


def _tie_columns(
    ties: Any,
    source: str,
    target: str,
    weight: Any,
    rows: NDArray[np.int64] | None,
) -> tuple[Any, Any, NDArray[np.float64] | None, str | None]:
    """Find the columns that the core reads: sender, receiver, value; and the kind of table they came in."""
    if not _frames.is_frame(ties):
        if isinstance(weight, str):
            msg = "weight= names a column, but the ties are not a table; pass the values as an array"
            raise ArgumentError(msg)
        senders, receivers = _pair(ties)
        return senders, receivers, None if weight is None else _values(weight, "weight", rows), None
    frame = _frames.wrap(ties, "ties")
    senders = _labels(frame[_frames.require(frame, source, "source")], source, rows)
    receivers = _labels(frame[_frames.require(frame, target, "target")], target, rows)
    values = None
    if isinstance(weight, str):
        values = _values(frame[_frames.require(frame, weight, "weight")], weight, rows)
    elif weight is not None:
        values = _values(weight, "weight", rows)
    return senders, receivers, values, _frames.kind_of(frame)


def _pair(ties: Any) -> tuple[Any, Any]:
    """Read senders and receivers from a pair of arrays, or from an array or list with two columns."""
    if isinstance(ties, tuple) and len(ties) == PAIR:
        return label_column(ties[0], "source"), label_column(ties[1], "target")
    if hasattr(ties, "collect"):
        msg = f"ties must be a table or arrays, but are a {type(ties).__name__}; call .collect() on it first"
        raise ArgumentError(msg)
    # Labels of different kinds must not become text on the way.
    array = _as_array(ties) if hasattr(ties, "__array__") else _pairs(ties)
    if array.size == 0 and array.ndim == 1:
        return label_column([], "source"), label_column([], "target")
    if array.ndim != PAIR or array.shape[1] != PAIR:
        msg = (
            "ties must be a table, an array with two columns, or a pair of arrays (senders, receivers); "
            f"an array of shape {array.shape} is none of these"
        )
        raise ArgumentError(msg)
    return label_column(array[:, 0], "source"), label_column(array[:, 1], "target")


def _pairs(ties: Any) -> NDArray[np.object_]:
    """Lay out a list of pairs without changing what is in them."""
    try:
        return np.array(ties, dtype=object)
    except ValueError:
        msg = (
            "ties must be a table, an array with two columns, or a pair of arrays; in this list not every tie is a pair"
        )
        raise ArgumentError(msg) from None


def _as_array(values: Any) -> NDArray[Any]:
    """See columns as a numpy array; a few kinds of number can't be one."""
    try:
        return np.asarray(values)
    except Exception:  # noqa: BLE001 (each kind of column has its own)
        return _pairs(list(values))


def with_added(frame: nw.DataFrame[Any], names: list[Any]) -> nw.DataFrame[Any]:
    """Append a row for each actor that was not in the actors table; its attributes are empty."""
    column = frame.columns[0]
    if isinstance(frame[column].dtype, nw.Categorical | nw.Enum):
        frame = frame.with_columns(nw.col(column).cast(nw.String))
    if _frames.kind_of(frame) == "pyarrow":
        import pyarrow as pa

        table = frame.to_arrow()
        kind = table.schema.field(column).type if len(table) else None
        more = pa.table({column: pa.array(names, type=kind)})
        if not len(table):
            table = table.set_column(0, column, more[column][:0])
        return nw.from_native(pa.concat_tables([table, more], promote_options="default"), eager_only=True)
    added = _frames.wrap(_frames.make({column: names}, _frames.kind_of(frame)), "actors")
    if len(frame):
        added = added.with_columns(nw.col(column).cast(frame[column].dtype))
    else:
        frame = frame.with_columns(nw.col(column).cast(added[column].dtype))
    return _frames.numbered(nw.concat([frame, added], how="diagonal"), "actors")


def coding_steps(
    first: str, counts: Mapping[str, int], *, directed: bool, duplicates: str = "error", unit: str = "rows"
) -> tuple[str, ...]:
    """State what was done to the rows, with numbers; what did nothing is left out."""
    steps = [f"{first}, {'directed' if directed else 'undirected'}"]
    lost = "their outgoing ties" if directed else "the dyads between them"
    words = {
        "loops_dropped": "self-ties dropped",
        "duplicates_merged": f"repeated ties merged by {duplicates!r}",
        "zeros": f"{unit} with value 0 read as no tie",
        "unobserved_rows": f"{unit} with an empty value read as not observed",
        "unknown_dropped": "ties of unknown actors dropped",
        "actors_added": "actors added that were not in the actors table",
        "non_respondents": f"actors who did not answer, so that {lost} are not observed",
    }
    steps += [f"{text}: {counts[key]:,}" for key, text in words.items() if counts.get(key)]
    return tuple(steps)


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


# Columns --------------------------------------------------------------------------------------------------


def first_of(items: Iterable[Any], total: int) -> str:
    """List the first of `items` and say when there are more."""
    first = [str(item) for _, item in zip(range(SHOWN), items, strict=False)]
    return ", ".join(first) + (", …" if total > len(first) else "")


def _at(places: Iterable[int], rows: NDArray[np.int64] | None) -> list[int]:
    """Give the row numbers of the caller's table."""
    return [int(place) if rows is None else int(rows[place]) for place in places]


def label_column(values: Any, name: str) -> Any:
    """Read labels in an array or list."""
    series = nw.from_native(_chunked(values), series_only=True, pass_through=True)
    if isinstance(series, nw.Series):
        return _labels(series, name, None)
    if isinstance(values, str) or not (hasattr(values, "__array__") or hasattr(values, "__iter__")):
        msg = f"{name} must be a sequence of labels, but is {values!r}"
        raise ArgumentError(msg)
    if not hasattr(values, "__array__"):
        return _listed(list(values), name, None)
    array = np.asarray(values)
    if array.ndim != 1:
        msg = f"{name} must be one column of labels, but is an array of shape {array.shape}"
        raise ArgumentError(msg)
    if array.dtype.kind in "iu":
        if array.dtype.kind == "u" and array.size and array.max() > np.iinfo(np.int64).max:
            _too_long(name)
        return np.ascontiguousarray(array, dtype=np.int64)
    if array.dtype.kind == "f":
        _refuse_floats(array, name, None)
    if array.dtype.kind not in "UTO":
        _refuse_kind(str(array.dtype), name)
    return _listed(array.tolist(), name, None)


def _chunked(values: Any) -> Any:
    """See a pyarrow array as one with chunks, which narwhals knows."""
    if hasattr(values, "__arrow_c_array__") and type(values).__module__ == "pyarrow.lib":
        import pyarrow as pa

        return pa.chunked_array([values])
    return values


def _labels(series: nw.Series[Any], name: str, rows: NDArray[np.int64] | None) -> Any:
    """Read a column of labels: Arrow text, Arrow integers, or a dictionary of either."""
    dtype = series.dtype
    if isinstance(dtype, nw.Object | nw.Unknown | nw.Int128 | nw.UInt128) or not len(series):
        return _listed(series.to_list(), name, rows)
    if dtype.is_float():
        _refuse_floats(series.cast(nw.Float64).to_numpy(), name, rows)
    if not (dtype.is_integer() or isinstance(dtype, nw.String | nw.Categorical | nw.Enum)):
        _refuse_kind(str(dtype), name)
    if series.null_count():
        _refuse_empty(name, np.flatnonzero(series.is_null().to_numpy()).tolist(), rows)
    if dtype != nw.Categorical and hasattr(series.to_native(), "__arrow_c_stream__"):
        return series.to_native()  # the core borrows it; converting would copy
    import pyarrow as pa

    try:
        column = series.to_arrow()
    except (pa.ArrowException, OverflowError, UnicodeError):
        return _listed(series.to_list(), name, rows)
    if dtype == nw.Categorical:
        held = column.type.value_type
        if not (pa.types.is_integer(held) or pa.types.is_string(held) or pa.types.is_large_string(held)):
            _refuse_kind(f"categories of {held}", name)
    return column


def as_list(names: Any) -> list[Any]:
    """List labels that `_array` or `_labels` read."""
    listed: list[Any] = (
        names.tolist() if isinstance(names, np.ndarray) else nw.from_native(_chunked(names), series_only=True).to_list()
    )
    return listed


def _listed(values: list[Any], name: str, rows: NDArray[np.int64] | None) -> Any:
    """Read labels that are Python objects."""
    import pyarrow as pa

    kinds = {kind_word(kind) for kind in set(map(type, values))}
    if kinds - {"text", "integer"}:
        empty = [place for place, value in enumerate(values) if is_empty(value)]
        if empty:
            _refuse_empty(name, empty, rows)
    if len(kinds) > 1:
        _refuse_mixed(values, name, rows)
    kind = next(iter(kinds), "text")
    if kind not in {"text", "integer"}:
        _refuse_kind(kind, name)
    try:
        return pa.chunked_array([pa.array(values, type=pa.string() if kind == "text" else pa.int64())])
    except (OverflowError, pa.ArrowInvalid):
        _too_long(name)
    except UnicodeError as error:
        _refuse_text(f"column {name!r}", error)


def kind_word(kind: type) -> str:
    """Name a kind of label."""
    if issubclass(kind, str):
        return "text"
    if issubclass(kind, int | np.integer) and kind is not bool:
        return "integer"
    return kind.__name__


def is_empty(value: Any) -> bool:
    """Tell whether a cell is null, NaN, NaT or pandas' NA."""
    return type(value).__name__ in {"NoneType", "NAType", "NaTType"} or (
        isinstance(value, float) and value != value  # noqa: PLR0124 (only NaN differs from itself)
    )


def _refuse_mixed(values: Sequence[Any], name: str, rows: NDArray[np.int64] | None) -> NoReturn:
    """Name the kinds of labels in a column, with the first row of each."""
    first: dict[str, int] = {}
    for place, value in enumerate(values):
        first.setdefault(kind_word(type(value)), place)
    seen = ", ".join(f"{kind} (row {_at([place], rows)[0]}: {values[place]!r})" for kind, place in first.items())
    msg = (
        f"labels must be all text or all integers; column {name!r} holds {seen}. "
        "Make them one kind, for instance with astype(str)"
    )
    raise LabelError(msg)


def _refuse_empty(name: str, places: Sequence[int], rows: NDArray[np.int64] | None) -> NoReturn:
    found = f"{len(places)} empty label{'s' if len(places) > 1 else ''}"
    shown = first_of(_at(places[:SHOWN], rows), len(places))
    msg = f"column {name!r} has {found} (row{'s' if len(places) > 1 else ''} {shown}); fill in or leave out these rows"
    raise LabelError(msg)


def _refuse_floats(values: NDArray[Any], name: str, rows: NDArray[np.int64] | None) -> NoReturn:
    empty = np.flatnonzero(np.isnan(values))
    if len(empty):
        _refuse_empty(name, empty.tolist(), rows)
    msg = (
        f"labels must be text or integers; column {name!r} holds floating-point numbers. "
        "Convert them, for instance with astype(int)"
    )
    raise LabelError(msg)


def _refuse_kind(kind: str, name: str) -> NoReturn:
    msg = f"labels must be text or integers; column {name!r} holds {kind}. Convert them, for instance with astype(str)"
    raise LabelError(msg)


def _refuse_text(where: str, error: UnicodeError) -> NoReturn:
    msg = f"{where} holds text that is not Unicode: {error}"
    raise LabelError(msg) from None


def _too_long(name: str) -> NoReturn:
    msg = f"integer labels must fit in 64 bits, with a sign; column {name!r} holds a larger one. Make them text"
    raise LabelError(msg)


def _values(values: Any, name: str, rows: NDArray[np.int64] | None) -> NDArray[np.float64]:
    """Read tie values; empty ones become NaN."""
    series = nw.from_native(_chunked(values), series_only=True, pass_through=True)
    if not isinstance(series, nw.Series):
        array = values if hasattr(values, "__array__") else np.array(values, dtype=object)
        array = np.asarray(array)
        if array.ndim != 1:
            msg = f"{name} must be one column of tie values, but is an array of shape {array.shape}"
            raise ArgumentError(msg)
        if array.dtype.kind in "iufb":
            return array.astype(np.float64)
        return _numbers(array.tolist(), name, rows)
    if isinstance(series.dtype, nw.Object | nw.Unknown):
        return _numbers(series.to_list(), name, rows)
    if series.null_count() == len(series):
        return np.full(len(series), np.nan)
    if not (series.dtype.is_numeric() or series.dtype == nw.Boolean):
        _refuse_values(series.to_list(), name, rows)
    return np.asarray(series.cast(nw.Float64).fill_null(float("nan")).to_numpy(), dtype=np.float64)


def _numbers(values: list[Any], name: str, rows: NDArray[np.int64] | None) -> NDArray[np.float64]:
    numbers = [float("nan") if is_empty(value) else value for value in values]
    if any(isinstance(value, str) for value in numbers):
        _refuse_values(values, name, rows)
    try:
        array = np.array(numbers, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        _refuse_values(values, name, rows)
    if array.ndim != 1:
        _refuse_values(values, name, rows)
    return array


def _refuse_values(values: list[Any], name: str, rows: NDArray[np.int64] | None) -> NoReturn:
    place = next((place for place, value in enumerate(values) if not isinstance(value, int | float | None)), 0)
    msg = (
        f"tie values must be numbers; column {name!r} holds {values[place]!r} (row {_at([place], rows)[0]}). "
        "Convert the column first"
        if values
        else f"tie values must be numbers; column {name!r} is of another kind"
    )
    raise ArgumentError(msg)


# Actors ---------------------------------------------------------------------------------------------------


def actor_table(actors: IntoDataFrame | None, actor: str | None) -> tuple[nw.DataFrame[Any] | None, Any]:
    """Put the label column of the actors table first, and read it."""
    if actors is None:
        if actor is not None:
            msg = "actor= names a column of the actors table, but there is none; pass actors="
            raise ArgumentError(msg)
        return None, None
    frame = _frames.takeable(_frames.wrap(actors, "actors").clone())
    if not frame.columns:
        msg = "the actors table has no columns"
        raise ArgumentError(msg)
    name = _frames.require(frame, frame.columns[0] if actor is None else actor, "actor")
    frame = _frames.numbered(frame, "actors")
    if frame.columns[0] != name:
        frame = frame.select([name, *(other for other in frame.columns if other != name)])
    return frame, _labels(frame[name], name, None)


def _respondents(respondents: Any, frame: nw.DataFrame[Any] | None) -> Any:
    """Read the labels of those who answered; None when everybody did."""
    if respondents is None:
        return None
    if not isinstance(respondents, str):
        if "bool" in str(getattr(respondents, "dtype", "")).lower():
            msg = (
                "respondents= takes the labels of those who answered, or the name of a column of actors "
                "with true and false"
            )
            raise ArgumentError(msg)
        return label_column(respondents, "respondents")
    if frame is None:
        msg = "respondents= names a column of the actors table, but there is none; pass actors=, or the labels"
        raise ArgumentError(msg)
    values = frame[_frames.require(frame, respondents, "respondents")].to_list()
    odd = [place for place, value in enumerate(values) if is_empty(value) or value not in (True, False)]
    name = frame.columns[0]
    labels = frame[name]
    if odd:
        first = first_of((f"{labels[place]!r}: {values[place]!r}" for place in odd[:SHOWN]), len(odd))
        msg = f"column {respondents!r} must say true or false for each actor; {len(odd)} do not ({first})"
        raise ArgumentError(msg)
    return _labels(labels[[place for place, value in enumerate(values) if value]], name, None)


def _check_known(answered: Any, names: Any) -> None:
    """Refuse respondents who are not in the actors table."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        listed, known = _arrow(answered), _arrow(names)
    except pa.ArrowInvalid:
        return  # integers beyond 64 bits, which the core finds out, and says
    if pa.types.is_integer(listed.type) != pa.types.is_integer(known.type) or not len(known):
        return  # which the core finds out, and says
    lacking = pc.unique(listed.filter(pc.invert(pc.is_in(listed, value_set=known)))).to_pylist()
    if lacking:
        found = "1 respondent is" if len(lacking) == 1 else f"{len(lacking):,} respondents are"
        msg = (
            f"{found} not in the actors table: {first_of(map(repr, lacking), len(lacking))}. "
            "Correct the labels, or add them to the table"
        )
        raise LabelError(msg)


def _arrow(labels: Any) -> Any:
    """See labels that `_array` or `_labels` read as one Arrow array, of text or of integers."""
    import pyarrow as pa

    if isinstance(labels, np.ndarray):
        return pa.array(labels)
    column = nw.from_native(_chunked(labels), series_only=True).to_arrow()
    if hasattr(column, "combine_chunks"):
        column = column.combine_chunks()
    held = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    return column.cast(pa.int64() if pa.types.is_integer(held) else pa.large_string())


def groups(values: NDArray[Any], by: str, labels: NDArray[Any]) -> tuple[NDArray[np.uint32], list[Any]]:
    """Number the groups of an attribute from 0 in sorted order; every actor must have one."""
    listed = values.tolist()
    empty = [place for place, value in enumerate(listed) if is_empty(value)]
    if empty:
        shown = first_of((repr(labels[place]) for place in empty[:SHOWN]), len(empty))
        msg = f"{len(empty)} actors have no {by!r} ({shown}). Fill it in, or leave them out with net.subset(...)"
        raise LabelError(msg)
    try:
        names = sorted(set(listed))
    except TypeError:
        names = sorted(set(listed), key=str)
    number = {name: code for code, name in enumerate(names)}
    return np.array([number[value] for value in listed], dtype=np.uint32), names


def as_text(names: list[Any], by: str) -> list[str]:
    """Name groups as text; two that look the same are refused."""
    text = [str(name) for name in names]
    alike = next((name for place, name in enumerate(text) if name in text[:place]), None)
    if alike is not None:
        msg = f"two groups of {by!r} look the same as text: {alike!r}; make the column one kind"
        raise LabelError(msg)
    return text


def matched(actors: Any, actor: str | None, labels: list[Any]) -> tuple[NDArray[np.int64], nw.DataFrame[Any]]:
    """Find the row of each label in an actors table that must hold them all, once; and the table, labels first."""
    frame, _ = actor_table(actors, actor)
    if frame is None:
        msg = "actors must be a pandas, polars or pyarrow table, but is None"
        raise ArgumentError(msg)
    listed = frame[frame.columns[0]].to_list()
    rows = {label: row for row, label in enumerate(listed)}
    lacking = [label for label in labels if label not in rows]
    known = set(labels)
    others = [label for label in listed if label not in known]
    repeated = [label for row, label in enumerate(listed) if rows[label] != row]
    for found, labelled in (("lacks", lacking), ("also has", others), ("repeats", repeated)):
        if labelled:
            shown = first_of((repr(label) for label in labelled[:SHOWN]), len(labelled))
            msg = f"the table must have one row for each of the {len(labels)} actors, but it {found} {shown}"
            raise LabelError(msg)
    return np.array([rows[label] for label in labels], dtype=np.int64), frame

"""What callers hand in, checked and turned into a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from wholenet import _core, _frames
from wholenet.errors import ArgumentError, LabelError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import igraph as ig
    import networkx as nx
    from narwhals.typing import IntoDataFrame
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Made", "edges", "groups", "igraph", "matrix", "networkx"]

PAIR = 2


@dataclass(frozen=True, slots=True)
class Made:
    """The parts of a network."""

    core: _core.Network
    frame: nw.DataFrame[Any] | None
    kind: str
    recipe: tuple[str, ...]


def edges(
    ties: Any,  # noqa: ANN401 (whatever the caller has)
    actors: IntoDataFrame | None,
    *,
    source: str,
    target: str,
    weight: Any,  # noqa: ANN401
    actor: str | None,
    directed: bool,
    loops: str,
    duplicates: str,
    unknown: str,
    signed: bool,
    respondents: Any,  # noqa: ANN401
    rows: NDArray[np.int64] | None = None,
    name: str = "",
) -> Made:
    """Ties in a list; `rows` are their numbers in the caller's table, `name` what the network is called there."""
    senders, receivers, values, kind = _tie_columns(ties, source, target, weight)
    frame, names = _actor_column(actors, actor)
    if frame is not None:
        kind = _frames.kind_of(frame) if kind is None else kind
    core, counts = _core.network_from_edges(
        senders,
        receivers,
        values,
        names,
        _respondents(respondents, frame, names),
        directed=directed,
        loops=loops,
        duplicates=duplicates,
        unknown=unknown,
        signed=signed,
        rows=rows,
    )
    if frame is not None and counts["actors_added"]:
        frame = _with_added(frame, names_of=core.labels()[len(frame) :])
    first = f"{name}: " if name else ""
    recipe = _recipe(f"{first}{counts['rows']:,} ties listed", counts, directed=directed, duplicates=duplicates)
    return Made(core, frame, kind or _frames.default_kind(), recipe)


def _tie_columns(ties: Any, source: str, target: str, weight: Any) -> tuple[Any, Any, Any, str | None]:  # noqa: ANN401
    """Columns that the core reads: sender, receiver, value; and the kind of table they came in."""
    if _frames.is_frame(ties):
        frame = _frames.wrap(ties, "ties")
        senders = _readable(frame[_frames.require(frame, source, "source")], source)
        receivers = _readable(frame[_frames.require(frame, target, "target")], target)
        if isinstance(weight, str):
            weight = _numbers(frame[_frames.require(frame, weight, "weight")], weight)
        elif weight is not None:
            weight = np.asarray(weight, dtype=np.float64)
        return senders, receivers, weight, _frames.kind_of(frame)
    if isinstance(weight, str):
        msg = "weight= names a column, but the ties are not a table; pass the values as an array"
        raise ArgumentError(msg)
    senders, receivers = _pair(ties)
    return senders, receivers, None if weight is None else np.asarray(weight, dtype=np.float64), None


def _pair(ties: Any) -> tuple[Any, Any]:  # noqa: ANN401
    if isinstance(ties, tuple) and len(ties) == PAIR:
        return _array(ties[0], "source"), _array(ties[1], "target")
    array = np.asarray(ties)
    if array.ndim != PAIR or array.shape[1] != PAIR:
        msg = (
            "ties must be a table, an array with two columns, or a pair of arrays (senders, receivers); "
            f"an array of shape {array.shape} is none of these"
        )
        raise ArgumentError(msg)
    return _array(array[:, 0], "source"), _array(array[:, 1], "target")


def _array(values: Any, name: str) -> Any:  # noqa: ANN401
    """An array or list as something the core reads: int64, or an Arrow array of text."""
    array = values if isinstance(values, np.ndarray) else np.array(values, dtype=object)
    if array.dtype.kind in "iu":
        return np.ascontiguousarray(array, dtype=np.int64)
    return _readable(_series(array.tolist(), name), name)


def _series(values: list[Any], name: str) -> nw.Series[Any]:
    import pyarrow as pa  # noqa: PLC0415

    try:
        column = pa.chunked_array([pa.array(values, type=pa.string() if not values else None)])
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        raise LabelError(_mixed(values, name)) from None
    return nw.from_native(column, series_only=True)


def _mixed(values: Sequence[Any], name: str) -> str:
    """Name the kinds of labels in a column, with the first row of each."""
    first: dict[str, tuple[int, Any]] = {}
    for row, value in enumerate(values):
        first.setdefault(type(value).__name__, (row, value))
    seen = ", ".join(f"{kind} (row {row}: {value!r})" for kind, (row, value) in first.items())
    return f"labels must be all text or all integers; column {name!r} holds {seen}. Make them one kind, for instance with astype(str)"


def _readable(series: nw.Series[Any], name: str) -> Any:  # noqa: ANN401
    """A column of labels as an object with the Arrow interface (or an int64 array)."""
    if series.dtype == nw.Object or series.dtype == nw.Unknown:
        values = series.to_list()
        kinds = {type(value) for value in values if value is not None and value == value}  # noqa: PLR0124
        if len(kinds) > 1:
            raise LabelError(_mixed(values, name))
        return _series(values, name).to_native()
    if series.dtype.is_float():
        values = series.to_numpy()
        empty = np.flatnonzero(np.isnan(values))
        if len(empty):
            raise LabelError(_empty(name, empty))
        msg = f"labels must be text or integers; column {name!r} holds floating-point numbers. Convert them, for instance with astype(int)"
        raise LabelError(msg)
    return series.to_arrow()


def _empty(name: str, rows: NDArray[np.intp]) -> str:
    shown = ", ".join(map(str, rows[:5].tolist())) + (", …" if len(rows) > 5 else "")  # noqa: PLR2004
    return f"column {name!r} has {len(rows)} empty labels (rows {shown}); every tie needs two actors"


def _numbers(series: nw.Series[Any], name: str) -> NDArray[np.float64]:
    """A column of tie values; empty ones become NaN."""
    if not (series.dtype.is_numeric() or series.dtype == nw.Boolean):
        msg = f"tie values must be numbers; column {name!r} holds {series.dtype}"
        raise ArgumentError(msg)
    return np.asarray(series.cast(nw.Float64).fill_null(float("nan")).to_numpy(), dtype=np.float64)


def _actor_column(actors: IntoDataFrame | None, actor: str | None) -> tuple[nw.DataFrame[Any] | None, Any]:
    """The actors table, label column first, and that column."""
    if actors is None:
        if actor is not None:
            msg = "actor= names a column of the actors table, but there is none; pass actors="
            raise ArgumentError(msg)
        return None, None
    frame = _frames.wrap(actors, "actors").clone()
    if not frame.columns:
        msg = "the actors table has no columns"
        raise ArgumentError(msg)
    name = _frames.require(frame, actor or frame.columns[0], "actor")
    return frame.select(name, nw.exclude(name)), _readable(frame[name], name)


def _respondents(respondents: Any, frame: nw.DataFrame[Any] | None, names: Any) -> Any:  # noqa: ANN401
    """The labels of those who answered, as a column; None when everybody did."""
    if respondents is None:
        return None
    if not isinstance(respondents, str):
        return _array(respondents, "respondents")
    if frame is None:
        msg = "respondents= names a column of the actors table, but there is none; pass actors=, or the labels"
        raise ArgumentError(msg)
    answered = frame[_frames.require(frame, respondents, "respondents")]
    values = answered.to_list()
    odd = [row for row, value in enumerate(values) if value not in (True, False, 0, 1) or value is None]
    if odd:
        msg = f"column {respondents!r} must say true or false for each actor; row {odd[0]} holds {values[odd[0]]!r}"
        raise ArgumentError(msg)
    labels = frame[frame.columns[0]]
    return _readable(labels.filter([bool(value) for value in values]), frame.columns[0])


def _with_added(frame: nw.DataFrame[Any], names_of: Any) -> nw.DataFrame[Any]:  # noqa: ANN401
    added = _frames.make({frame.columns[0]: list(names_of)}, _frames.kind_of(frame))
    return nw.concat([frame, nw.from_native(added, eager_only=True)], how="diagonal")


def _recipe(first: str, counts: Mapping[str, int], *, directed: bool, duplicates: str) -> tuple[str, ...]:
    """State what was done to the rows, with numbers; what did nothing is left out."""
    steps = [f"{first}, {'directed' if directed else 'undirected'}"]
    words = {
        "loops_dropped": "self-ties dropped",
        "duplicates_merged": f"repeated ties merged by {duplicates!r}",
        "zeros": "rows with value 0 read as no tie",
        "unobserved_rows": "rows with an empty value read as not observed",
        "unknown_dropped": "ties of unknown actors dropped",
        "actors_added": "actors added that were not in the actors table",
        "non_respondents": "actors did not answer: their outgoing ties are not observed",
    }
    steps += [f"{counts[key]:,} {text}" for key, text in words.items() if counts.get(key)]
    return tuple(steps)


def groups(values: NDArray[Any], by: str, labels: NDArray[Any]) -> tuple[NDArray[np.uint32], list[Any]]:
    """Number the groups of an attribute from 0 in sorted order; every actor must have one."""
    listed = values.tolist()
    empty = [row for row, value in enumerate(listed) if value is None or value != value]  # noqa: PLR0124
    if empty:
        shown = ", ".join(repr(labels[row]) for row in empty[:5])
        msg = f"{len(empty)} actors have no {by!r}, first: {shown}. Fill it in, or leave them out with net.subset(...)"
        raise LabelError(msg)
    try:
        names = sorted(set(listed))
    except TypeError:
        names = sorted(set(listed), key=str)
    number = {name: code for code, name in enumerate(names)}
    return np.array([number[value] for value in listed], dtype=np.uint32), names


# Matrices -------------------------------------------------------------------------------------------------


def matrix(
    matrix: Any,  # noqa: ANN401
    actors: IntoDataFrame | None,
    *,
    labels: Sequence[str] | Sequence[int] | None,
    actor: str | None,
    directed: bool,
    loops: str,
    signed: bool,
) -> Made:
    """Ties in a square matrix."""
    frame, names = _actor_column(actors, actor)
    rows, columns, values, n, own = _cells(matrix)
    if labels is not None:
        if names is not None:
            msg = "give the labels once, with labels= or with actors="
            raise ArgumentError(msg)
        names = _array(labels, "labels")
    elif names is None:
        names = own if own is not None else np.arange(n, dtype=np.int64)
    if len(names) != n:
        msg = f"the matrix has {n} rows, but there are {len(names)} labels"
        raise ArgumentError(msg)
    empty = np.isnan(values)
    off = rows != columns
    rows, columns, values, empty = (part[off | ~empty] for part in (rows, columns, values, empty))
    if not directed:
        _check_symmetric(rows, columns, values, n)
        upper = rows <= columns
        rows, columns, values, empty = (part[upper] for part in (rows, columns, values, empty))
    silent = np.bincount(rows[empty], minlength=n) == n - 1 if directed and n > 1 else np.zeros(n, dtype=bool)
    kept = ~silent[rows] if directed else slice(None)
    rows, columns, values = rows[kept], columns[kept], values[kept]
    binary = bool(np.all((values == 1) | np.isnan(values)))
    core, counts = _core.network_from_codes(
        names,
        rows.astype(np.uint32),
        columns.astype(np.uint32),
        values if not binary or np.isnan(values).any() else None,
        silent if silent.any() else None,
        directed=directed,
        loops=loops,
        signed=signed,
        binary=binary,
    )
    kind = _frames.default_kind() if frame is None else _frames.kind_of(frame)
    recipe = _recipe(f"matrix of {n:,} actors", counts, directed=directed, duplicates="error")
    return Made(core, frame, kind, recipe)


def _cells(matrix: Any) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.float64], int, Any]:  # noqa: ANN401
    """Cells that are not 0: rows, columns, values; the size; and the labels that a pandas table carries."""
    own = None
    if hasattr(matrix, "tocoo"):
        sparse = matrix.tocoo()
        _check_square(sparse.shape)
        return sparse.row, sparse.col, np.asarray(sparse.data, dtype=np.float64), sparse.shape[0], None
    if hasattr(matrix, "index") and hasattr(matrix, "columns"):
        across, down = list(matrix.columns), list(matrix.index)
        _check_square(matrix.shape)
        if across != down:
            first = next(place for place, (a, b) in enumerate(zip(across, down, strict=True)) if a != b)
            msg = (
                "rows and columns of the table must have the same labels in the same order; "
                f"at position {first} the row is {down[first]!r} and the column {across[first]!r}"
            )
            raise ArgumentError(msg)
        own = _array(down, "index")
    dense = np.asarray(matrix, dtype=np.float64)
    _check_square(dense.shape)
    rows, columns = np.nonzero(dense)
    return rows, columns, dense[rows, columns], dense.shape[0], own


def _check_square(shape: tuple[int, ...]) -> None:
    if len(shape) != PAIR or shape[0] != shape[1]:
        msg = f"the matrix must be square, but has shape {shape}"
        raise ArgumentError(msg)


def _check_symmetric(rows: NDArray[Any], columns: NDArray[Any], values: NDArray[np.float64], n: int) -> None:
    def in_order(first: NDArray[Any], second: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.float64]]:
        order = np.argsort(first * n + second, kind="stable")
        return (first * n + second)[order], values[order]

    cells, here = in_order(rows.astype(np.int64), columns.astype(np.int64))
    turned, there = in_order(columns.astype(np.int64), rows.astype(np.int64))
    if np.array_equal(cells, turned) and np.array_equal(here, there, equal_nan=True):
        return
    lookup = dict(zip(cells.tolist(), here.tolist(), strict=True))
    for cell, value in lookup.items():
        back = lookup.get(cell % n * n + cell // n, 0.0)
        if back != value and not (np.isnan(back) and np.isnan(value)):
            msg = (
                f"the matrix is not symmetric: cell ({cell // n}, {cell % n}) is {value:g}, but cell "
                f"({cell % n}, {cell // n}) is {back:g}. Pass directed=True, and then net.symmetrize(...) if need be"
            )
            raise ArgumentError(msg)


# Graphs of other packages ---------------------------------------------------------------------------------


def networkx(graph: nx.Graph, *, weight: str | None) -> Made:
    """A NetworkX graph."""
    if graph.is_multigraph():
        msg = "a multigraph has ties listed more than once; make it a Graph or DiGraph first, or use from_edges(duplicates=...)"
        raise ArgumentError(msg)
    nodes = dict(graph.nodes(data=True))
    ties = [(a, b, data.get(weight, 1)) for a, b, data in graph.edges(data=True)]
    return _graph(list(nodes), list(nodes.values()), ties, directed=graph.is_directed(), weight=weight, origin="NetworkX")


def igraph(graph: ig.Graph, *, weight: str | None) -> Made:
    """An igraph graph."""
    attributes = [vertex.attributes() for vertex in graph.vs]
    names = [one.pop("name") for one in attributes] if "name" in graph.vs.attributes() else list(range(graph.vcount()))
    values = graph.es[weight] if weight else [1] * graph.ecount()
    ties = [(names[edge.source], names[edge.target], value) for edge, value in zip(graph.es, values, strict=True)]
    return _graph(names, attributes, ties, directed=graph.is_directed(), weight=weight, origin="igraph")


def _graph(
    names: list[Any],
    attributes: list[dict[str, Any]],
    ties: list[tuple[Any, Any, Any]],
    *,
    directed: bool,
    weight: str | None,
    origin: str,
) -> Made:
    odd = next((name for name in names if not isinstance(name, str | int)), None)
    if odd is not None:
        msg = f"nodes must be strings or integers, but one is {odd!r}; relabel them first"
        raise LabelError(msg)
    keys = dict.fromkeys(key for one in attributes for key in one)
    kind = _frames.default_kind()
    columns = {"actor": names} | {key: [one.get(key) for one in attributes] for key in keys if key != "actor"}
    if not names:
        columns = {"actor": np.array([], dtype=np.int64)}
    frame = _frames.make(columns, kind)
    made = edges(
        ([tie[0] for tie in ties], [tie[1] for tie in ties]) if ties else np.empty((0, 2), dtype=np.int64),
        frame,
        source="source",
        target="target",
        weight=[tie[2] for tie in ties] if weight else None,
        actor=None,
        directed=directed,
        loops="keep",
        duplicates="error",
        unknown="error",
        signed=True,
        respondents=None,
    )
    recipe = (f"{origin} graph, " + made.recipe[0], *made.recipe[1:])
    return Made(made.core, made.frame if keys else None, kind, recipe)

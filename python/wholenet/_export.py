"""Networks as other things: tables, matrices, graphs of other packages, files."""

from __future__ import annotations

import contextlib
import os
import tempfile
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import numpy as np

from wholenet import _frames
from wholenet.errors import DependencyError, MissingFileError

if TYPE_CHECKING:
    from pathlib import Path

    import igraph as ig
    import networkx as nx
    import scipy.sparse
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet import _core

__all__ = ["edges", "igraph", "in_kind", "networkx", "pack", "read", "same_table", "sparse", "unpack", "write"]


def _all_ties(core: _core.Network) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float64] | None]:
    """Ties and, after them, self-ties."""
    source, target, value = core.ties()
    actors, loops = core.loops()
    if not len(actors):
        return source, target, value
    values = None if value is None else np.concatenate([value, loops])
    return np.concatenate([source, actors]), np.concatenate([target, actors]), values


def edges(
    core: _core.Network, labels: NDArray[Any], kind: str, *, missing: Literal["leave", "null"]
) -> IntoDataFrame:
    """The edge table."""
    source, target, value = _all_ties(core)
    if missing == "null":
        hidden = np.argwhere(np.isnan(core.dense()))
        if not core.directed:
            hidden = hidden[hidden[:, 0] < hidden[:, 1]]
        value = np.ones(len(source)) if value is None else value
        value = np.concatenate([value, np.full(len(hidden), np.nan)])
        source, target = np.concatenate([source, hidden[:, 0]]), np.concatenate([target, hidden[:, 1]])
    columns = {"source": labels[source].tolist(), "target": labels[target].tolist()}
    if not columns["source"]:
        # An empty list has no type to go by.
        empty = np.array([], dtype=np.int64) if labels.dtype != object else np.array([], dtype="U1")
        columns = {"source": empty, "target": empty}
    if value is None:
        return _frames.make(columns, kind)
    return _frames.make({**columns, "value": [None if np.isnan(one) else one for one in value.tolist()]}, kind)


def sparse(core: _core.Network) -> scipy.sparse.csr_array:
    """The scipy array."""
    with _needs("scipy"):
        from scipy.sparse import csr_array  # noqa: PLC0415
    source, target, value = _all_ties(core)
    value = np.ones(len(source)) if value is None else value
    if not core.directed:
        off = source != target
        source, target = np.concatenate([source, target[off]]), np.concatenate([target, source[off]])
        value = np.concatenate([value, value[off]])
    array = csr_array((value, (source, target)), shape=(core.n_actors, core.n_actors))
    array.sort_indices()
    return array


def _attributes(frame: nw.DataFrame[Any]) -> dict[str, list[Any]]:
    return {name: frame[name].to_list() for name in frame.columns[1:]}


def networkx(core: _core.Network, labels: NDArray[Any], frame: nw.DataFrame[Any]) -> nx.Graph:
    """The NetworkX graph."""
    with _needs("networkx"):
        import networkx as nx  # noqa: PLC0415
    graph = nx.DiGraph() if core.directed else nx.Graph()
    names, attributes = labels.tolist(), _attributes(frame)
    for position, name in enumerate(names):
        graph.add_node(name, **{key: values[position] for key, values in attributes.items()})
    source, target, value = _all_ties(core)
    pairs = zip(labels[source].tolist(), labels[target].tolist(), strict=True)
    if value is None:
        graph.add_edges_from(pairs)
    else:
        graph.add_weighted_edges_from((*pair, one) for pair, one in zip(pairs, value.tolist(), strict=True))
    return graph


def igraph(core: _core.Network, labels: NDArray[Any], frame: nw.DataFrame[Any]) -> ig.Graph:
    """The igraph graph."""
    with _needs("igraph"):
        import igraph as ig  # noqa: PLC0415
    source, target, value = _all_ties(core)
    graph = ig.Graph(n=core.n_actors, edges=np.column_stack([source, target]).tolist(), directed=core.directed)
    graph.vs["name"] = labels.tolist()
    for key, values in _attributes(frame).items():
        graph.vs[key] = values
    if value is not None:
        graph.es["weight"] = value.tolist()
    return graph


@contextlib.contextmanager
def _needs(package: str) -> Any:  # noqa: ANN401 (a generator of nothing)
    try:
        yield
    except ImportError as error:
        msg = f"this call needs the package {package}: pip install {package}"
        raise DependencyError(msg) from error


def pack(frame: nw.DataFrame[Any]) -> bytes:
    """Bytes of a table, in Arrow's stream format."""
    import pyarrow as pa  # noqa: PLC0415

    table = frame.to_arrow().replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def unpack(content: bytes, kind: str) -> nw.DataFrame[Any]:
    """Undo `pack`."""
    import pyarrow as pa  # noqa: PLC0415

    with pa.ipc.open_stream(content) as stream:
        return in_kind(nw.from_native(stream.read_all(), eager_only=True), kind)


def in_kind(table: nw.DataFrame[Any], kind: str) -> nw.DataFrame[Any]:
    """A pyarrow table as one of another kind."""
    if kind == "pandas":
        return nw.from_native(table.to_pandas(), eager_only=True)
    if kind == "polars":
        return nw.from_native(table.to_polars(), eager_only=True)
    return table


def same_table(left: IntoDataFrame, right: IntoDataFrame) -> bool:
    """Whether two tables, of whatever kinds, hold the same columns of the same values."""
    one, other = _frames.wrap(left, "actors"), _frames.wrap(right, "actors")
    if one.columns != other.columns or len(one) != len(other):
        return False
    return all(_same(one[name].to_list(), other[name].to_list()) for name in one.columns)


def _same(left: list[Any], right: list[Any]) -> bool:
    def empty(value: object) -> bool:
        return value is None or value != value  # noqa: PLR0124 (only NaN differs from itself)

    return all(a == b or (empty(a) and empty(b)) for a, b in zip(left, right, strict=True))


def write(path: Path, content: bytes) -> None:
    """Write a file in one move: who reads it sees the old content or the new, whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105 (the two names are on one file system)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)  # noqa: PTH108
        raise


def read(path: Path) -> bytes:
    """Read a file, or say that it is not there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        msg = f"there is no file {path}"
        raise MissingFileError(msg) from None

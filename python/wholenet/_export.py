"""Networks as other things: tables, matrices, graphs of other packages, files."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames, _ingest
from wholenet._narwhals import nw
from wholenet.errors import ArgumentError, DependencyError, FileAccessError, FormatError, MissingFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import igraph as ig
    import networkx as nx
    import scipy.sparse
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet import _core

__all__ = [
    "edges",
    "ends",
    "igraph",
    "in_kind",
    "needs",
    "networkx",
    "pack",
    "read",
    "same_attributes",
    "sparse",
    "unpack",
    "write",
]


def _all_ties(
    core: _core.Network,
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.float64] | None]:
    """List the ties and, after them, the self-ties."""
    source, target, value = core.ties()
    actors, loops = core.loops()
    if not len(actors):
        return source, target, value
    values = None if value is None else np.concatenate([value, loops])
    return np.concatenate([source, actors]), np.concatenate([target, actors]), values


def edges(core: _core.Network, labels: NDArray[Any], kind: str, *, missing: Literal["leave", "null"]) -> IntoDataFrame:
    """Lay out the edge table."""
    if missing not in {"leave", "null"}:
        msg = f'missing must be "leave" or "null", but is {missing!r}'
        raise ArgumentError(msg)
    source, target, value = _all_ties(core)
    listed: NDArray[np.float64] | list[float | None] | None = value
    if missing == "null":
        hidden = np.argwhere(np.isnan(core.dense()))
        if not core.directed:
            hidden = hidden[hidden[:, 0] < hidden[:, 1]]
        known = np.ones(len(source)) if value is None else value
        listed = [*known.tolist(), *[None] * len(hidden)] if len(hidden) else known
        source = np.concatenate([source, hidden[:, 0]])
        target = np.concatenate([target, hidden[:, 1]])
    columns = ends(labels, source, target)
    if listed is None:
        return _frames.make(columns, kind)
    frame = _frames.wrap(_frames.make({**columns, "value": listed}, kind), "ties")
    native: IntoDataFrame = frame.with_columns(nw.col("value").cast(nw.Float64)).to_native()
    return native


def ends(labels: NDArray[Any], source: NDArray[Any], target: NDArray[Any]) -> dict[str, Any]:
    """Give the columns that name the actors of ties."""
    if not len(source):
        # An empty column has no values to tell its type by.
        none = np.array([], dtype=np.str_ if labels.dtype == object else np.int64)
        return {"source": none, "target": none}
    return {"source": labels[source].tolist(), "target": labels[target].tolist()}


def sparse(core: _core.Network) -> scipy.sparse.csr_array:
    """Make the scipy array."""
    with needs("scipy"):
        from scipy.sparse import csr_array
    source, target, value = _all_ties(core)
    value = np.ones(len(source)) if value is None else value
    if core.first_mode is not None:
        shape = (core.first_mode, core.n_actors - core.first_mode)
        array = csr_array((value, (source, target - core.first_mode)), shape=shape)
        array.sort_indices()
        return array
    if not core.directed:
        off = source != target
        source, target = np.concatenate([source, target[off]]), np.concatenate([target, source[off]])
        value = np.concatenate([value, value[off]])
    array = csr_array((value, (source, target)), shape=(core.n_actors, core.n_actors))
    array.sort_indices()
    return array


def _attributes(frame: nw.DataFrame[Any] | None) -> dict[str, list[Any]]:
    return {} if frame is None else {str(name): frame[name].to_list() for name in frame.columns[1:]}


def _mode_attribute(
    core: _core.Network, frame: nw.DataFrame[Any] | None, name: str, marks: tuple[Any, Any]
) -> dict[str, list[Any]]:
    """Give the attribute by which another package tells two modes apart."""
    if core.first_mode is None:
        return {}
    if frame is not None and name in frame.columns[1:]:
        msg = (
            f"{name!r} is the attribute that tells the two modes apart there, but the actors have an attribute "
            f"{name!r} too; rename it first, with net.with_actors(...)"
        )
        raise ArgumentError(msg)
    return {name: [marks[place >= core.first_mode] for place in range(core.n_actors)]}


def networkx(core: _core.Network, labels: NDArray[Any], frame: nw.DataFrame[Any] | None) -> nx.Graph:
    """Make the NetworkX graph."""
    with needs("networkx"):
        import networkx as nx
    graph = nx.DiGraph() if core.directed else nx.Graph()
    attributes = _attributes(frame) | _mode_attribute(core, frame, "bipartite", (0, 1))
    for position, name in enumerate(labels.tolist()):
        graph.add_nodes_from([(name, {key: values[position] for key, values in attributes.items()})])
    source, target, value = _all_ties(core)
    pairs = zip(labels[source].tolist(), labels[target].tolist(), strict=True)
    if value is None:
        graph.add_edges_from(pairs)
    else:
        graph.add_weighted_edges_from((*pair, one) for pair, one in zip(pairs, value.tolist(), strict=True))
    return graph


def igraph(core: _core.Network, labels: NDArray[Any], frame: nw.DataFrame[Any] | None) -> ig.Graph:
    """Make the igraph graph."""
    with needs("igraph"):
        import igraph as ig
    attributes = _attributes(frame)
    if "name" in attributes:
        msg = (
            "igraph keeps the labels in the vertex attribute 'name', but the actors have an attribute 'name' too; "
            "rename it first, with net.with_actors(...)"
        )
        raise ArgumentError(msg)
    attributes |= _mode_attribute(core, frame, "type", (False, True))
    source, target, value = _all_ties(core)
    graph = ig.Graph(n=core.n_actors, edges=np.column_stack([source, target]).tolist(), directed=core.directed)
    graph.vs["name"] = labels.tolist()
    for key, values in attributes.items():
        graph.vs[key] = values
    if value is not None:
        graph.es["weight"] = value.tolist()
    return graph


@contextlib.contextmanager
def needs(package: str) -> Iterator[None]:
    """Say which package an import lacks."""
    try:
        yield
    except ImportError as error:
        msg = f"this call needs the package {package}: pip install {package}"
        raise DependencyError(msg) from error


def pack(frame: nw.DataFrame[Any]) -> bytes:
    """Turn a table into bytes, in Arrow's stream format."""
    import pyarrow as pa

    table = _frames.to_arrow(frame, "actors")
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def unpack(content: bytes, kind: str, rows: int) -> nw.DataFrame[Any]:
    """Undo `pack`; the table must have as many rows as there are actors."""
    import pyarrow as pa

    try:
        with pa.ipc.open_stream(content) as stream:
            table = stream.read_all()
        # Reading looks at no more than it must; what does not fit would be read past its end later.
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        msg = f"the actors table in the file can't be read: {error}"
        raise FormatError(msg) from None
    if len(table) != rows:
        msg = f"the file's content contradicts itself: {len(table)} rows in the actors table for {rows} actors"
        raise FormatError(msg)
    return in_kind(nw.from_native(table, eager_only=True), kind)


def in_kind(table: nw.DataFrame[Any], kind: str) -> nw.DataFrame[Any]:
    """Turn a pyarrow table into one of another kind."""
    with needs(kind):
        if kind == "pandas":
            return nw.from_native(table.to_pandas(), eager_only=True)
        if kind == "polars":
            return nw.from_native(table.to_polars(), eager_only=True)
    return table


def same_attributes(left: nw.DataFrame[Any] | None, right: nw.DataFrame[Any] | None) -> bool:
    """Whether two actors tables, of whatever kinds, have the same attributes with the same values."""
    one, other = _attributes(left), _attributes(right)
    return list(one) == list(other) and all(_same(one[name], other[name]) for name in one)


def _same(left: list[Any], right: list[Any]) -> bool:
    def alike(a: Any, b: Any) -> bool:
        empty = _ingest.is_empty(a), _ingest.is_empty(b)
        return all(empty) or (not any(empty) and bool(a == b))

    return len(left) == len(right) and all(map(alike, left, right))


def write(path: Path, content: bytes) -> None:
    """Write a file in one move: who reads it sees the old content or the new, whole."""
    place = os.path.realpath(path)
    folder, file = os.path.split(place)
    temporary = os.path.join(folder, f".wholenet-{secrets.token_hex(8)}")  # noqa: PTH118 (realpath gave a str)
    try:
        _write_through(temporary, content, like=place)
        os.replace(temporary, place)  # noqa: PTH105 (the two names are on one file system)
    except FileNotFoundError:
        msg = f"there is no folder {folder} to write {file} to"
        raise MissingFileError(msg) from None
    except OSError as error:
        msg = f"{path} can't be written: {error.strerror or error}"
        raise FileAccessError(msg) from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 (of a str; it is gone when all went well)


def _write_through(path: str, content: bytes, *, like: str) -> None:
    """Write a new file through to the disk, with the permissions of an old one if there is one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        with contextlib.suppress(OSError):
            os.chmod(path, os.stat(like).st_mode)  # noqa: PTH101, PTH116
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> bytes:
    """Read a file, or say why it can't be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        msg = f"there is no file {path}"
        raise MissingFileError(msg) from None
    except OSError as error:
        msg = f"{path} can't be read: {error.strerror or error}"
        raise FileAccessError(msg) from error

"""Two-mode networks: telling the modes apart, and reading them from lists and rectangular matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from wholenet import _core, _frames, _ingest, _ingest_matrix
from wholenet.errors import ArgumentError, LabelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["check", "edges", "matrix"]

MODES = 2
SHOWN = 5


def check(directed: bool | None, loops: str, actors: object = None) -> None:  # noqa: FBT001 (the caller's arguments)
    """Refuse arguments that have no meaning in a two-mode network."""
    if directed is not None and _ingest.flag(directed, "directed"):
        msg = "a two-mode network is undirected; leave directed= out"
        raise ArgumentError(msg)
    if loops != "error":
        msg = f"loops={loops!r} has no meaning in a two-mode network, where every tie joins two modes; leave it out"
        raise ArgumentError(msg)
    if actors is not None:
        msg = "a two-mode matrix takes no actors=; give attributes afterwards, with net.with_actors(...)"
        raise ArgumentError(msg)


def edges(made: _ingest.Made, two_mode: bool | str) -> _ingest.Made:  # noqa: FBT001 (the caller's argument)
    """Make a two-mode network of one that was read as directed, its self-ties kept."""
    second = _by_column(made, two_mode) if isinstance(two_mode, str) else _by_place(made.core)
    return _in_modes(made, second)


def _in_modes(made: _ingest.Made, second: NDArray[np.bool_]) -> _ingest.Made:
    core = made.core.modes(second.tolist())
    frame = made.frame
    if frame is not None:
        frame = _frames.numbered(frame[np.argsort(second, kind="stable"), :], "actors")
    sizes = f"{core.first_mode:,} and {core.n_actors - (core.first_mode or 0):,} actors"
    first, *rest = made.recipe
    steps = [first.removesuffix(", directed") + f", two-mode: {sizes}", *rest]
    silent = core.unobserved()[0].sum()
    steps = [step for step in steps if "who did not answer" not in step]
    if silent:
        steps.append(f"actors of the first mode who did not answer, so that their dyads are not observed: {silent:,}")
    return _ingest.Made(core, frame, made.kind, tuple(steps))


def _by_place(core: _core.Network) -> NDArray[np.bool_]:
    """Tell the modes by where an actor stands in the list: senders are the first."""
    sources, targets = _ends(core)
    labels = core.labels()
    both = np.flatnonzero(sources & targets)
    if len(both):
        _refuse(
            labels,
            both,
            ("stands", "stand"),
            "in both columns of the ties",
            "In a two-mode network the two modes have labels of their own",
        )
    neither = np.flatnonzero(~(sources | targets))
    if len(neither):
        _refuse(
            labels,
            neither,
            ("has", "have"),
            "no tie, so that the mode is not known",
            "Pass two_mode= the name of the column of the actors table that tells it",
        )
    return targets


def _ends(core: _core.Network) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark who sends and who receives a tie, or is in an unobserved dyad."""
    source, target, _ = core.ties()
    loops, _ = core.loops()
    cells = np.array(core.unobserved()[2], dtype=np.int64).reshape(-1, 2)
    sources, targets = np.zeros(core.n_actors, dtype=bool), np.zeros(core.n_actors, dtype=bool)
    sources[source] = sources[loops] = sources[cells[:, 0]] = True
    targets[target] = targets[loops] = targets[cells[:, 1]] = True
    return sources, targets


def _by_column(made: _ingest.Made, name: str) -> NDArray[np.bool_]:
    """Tell the modes by a column of the actors table; that of the senders is the first."""
    if made.frame is None:
        msg = f"two_mode={name!r} names a column of the actors table, but there is none; pass actors="
        raise ArgumentError(msg)
    values = made.frame[_frames.require(made.frame, name, "two_mode")].to_numpy()
    codes, names = _ingest.groups(values, name, np.array(list(made.core.labels()), dtype=object))
    if len(names) > MODES:
        msg = f"the column {name!r} must tell two modes apart, but has {len(names)} different values"
        raise ArgumentError(msg)
    source, _, _ = made.core.ties()
    first = codes[source[0]] if len(source) else codes[0] if len(codes) else 0
    return np.asarray(codes != first)


def _refuse(labels: Any, places: NDArray[np.int64], verb: tuple[str, str], what: str, remedy: str) -> NoReturn:
    shown = ", ".join(repr(labels[place]) for place in places[:SHOWN].tolist())
    more = ", …" if len(places) > SHOWN else ""
    who = f"1 actor {verb[0]}" if len(places) == 1 else f"{len(places):,} actors {verb[1]}"
    msg = f"{who} {what} ({shown}{more}). {remedy}"
    raise LabelError(msg)


def matrix(values: Any, labels: Sequence[Any] | None, *, signed: bool) -> _ingest.Made:
    """Read a matrix with a row for each actor of the first mode and a column for each of the second."""
    own = kind = None
    if _frames.is_frame(values):
        frame = _frames.wrap(values, "matrix")
        kind, native = _frames.kind_of(frame), frame.to_native()
        if kind == "pandas":
            own = ([*native.index], [*native.columns])
        values = frame.to_numpy()
    cells = _ingest_matrix.as_floats(values)
    if cells.ndim != MODES:
        msg = f"a two-mode network takes a matrix of rows and columns, but this has shape {cells.shape}"
        raise ArgumentError(msg)
    rows, columns = cells.shape
    names = _names(labels, own, rows, columns)
    silent = np.concatenate([np.isnan(cells).all(axis=1) & (columns > 0), np.zeros(columns, dtype=bool)])
    source, target = np.nonzero(np.where(silent[:rows, None], 0, cells))
    value = cells[source, target]
    empty = np.isnan(value)
    binary = bool(np.all((value == 1) | empty))
    core, counts = _core.network_from_codes(
        names,
        source.astype(np.uint32),
        (target + rows).astype(np.uint32),
        value if not binary or empty.any() else None,
        silent if silent.any() else None,
        directed=True,
        loops="error",
        signed=signed,
        binary=binary,
    )
    recipe = _ingest.coding_steps(f"matrix of {rows:,} × {columns:,} actors", counts, directed=True, unit="cells")
    made = _ingest.Made(core, None, kind or _frames.default_kind(), recipe)
    return _in_modes(made, np.arange(rows + columns) >= rows)


def _names(labels: Any, own: Any, rows: int, columns: int) -> Any:
    """Read the labels of both modes, one after the other."""
    if labels is None and own is None:
        return np.arange(rows + columns, dtype=np.int64)
    pair = own if labels is None else labels
    if not (isinstance(pair, tuple | list) and len(pair) == MODES and all(hasattr(one, "__len__") for one in pair)):
        msg = "labels of a two-mode network are a pair: those of the rows and those of the columns"
        raise ArgumentError(msg)
    first, second = list(pair[0]), list(pair[1])
    if (len(first), len(second)) != (rows, columns):
        msg = f"the matrix is {rows} × {columns}, but there are {len(first)} and {len(second)} labels"
        raise ArgumentError(msg)
    return _ingest.label_column([*first, *second], "labels")

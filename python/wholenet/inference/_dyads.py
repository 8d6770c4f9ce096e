"""Relations as matrices: read, aligned, and laid out for draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet._checks import core_of
from wholenet._ingest_matrix import as_floats, own_labels
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, ColumnError, DirectionError, LabelError
from wholenet.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Layout = list[tuple[int, int, str, NDArray[np.uint32]]]

__all__ = ["Relation", "Stack", "aligned", "attribute", "many", "needs_symmetric", "recipes", "stacked", "strata"]

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Relation:
    """The matrix of a relation: NaN where a dyad was not observed."""

    name: str
    matrix: Array
    two_mode: bool
    labels: list[Any] | None = None
    """The actors, those of the first mode before those of the second; None: those of whatever it is compared with."""
    silent: NDArray[np.bool_] | None = None
    """Actors of a network who did not answer."""
    source: Network | None = None
    """The network that it is of."""
    net: Network | None = None
    """Where attributes are read: the network, while its actors stand in its own order."""

    @property
    def directed(self) -> bool:
        """Whether it is of a directed network."""
        return self.source is not None and self.source.directed

    @property
    def symmetric(self) -> bool:
        """Whether both directions of each dyad are the same."""
        return not self.two_mode and np.array_equal(self.cells(), self.cells().T, equal_nan=True)

    def cells(self) -> Array:
        """The matrix, with NaN on the diagonal of one mode."""
        if self.two_mode:
            return self.matrix
        found = self.matrix.copy()
        np.fill_diagonal(found, np.nan)
        return found

    def silence(self) -> NDArray[np.int64]:
        """Tell apart actors of whom nothing was observed in rows or columns, and silent ones; 0: all others."""
        gone = np.isnan(self.cells())
        rows, columns = gone.sum(axis=1), gone.sum(axis=0)
        if self.two_mode:
            return np.concatenate([rows == gone.shape[1], columns == gone.shape[0]]).astype(np.int64)
        # Of two actors in an undirected dyad one report is enough, so that a silent one has some dyads.
        silent = np.zeros(len(gone), dtype=np.int64) if self.silent is None else self.silent * (rows > 1)
        found: NDArray[np.int64] = silent + 2 * (rows == len(gone)) + 4 * (columns == len(gone))
        return found

    def aligned(self, to: Relation) -> Relation:
        """Put the actors in the order of another relation."""
        same = self.matrix.shape == to.matrix.shape
        if self.labels is None or to.labels is None:
            if not same:
                msg = (
                    f"{self.name} is {_size(self)} and {to.name} is {_size(to)}: relations that are compared have the "
                    "same actors"
                )
                raise ArgumentError(msg)
            # A square matrix may be that of two modes of equal size.
            return replace(self, two_mode=self.two_mode or to.two_mode)
        if self.two_mode != to.two_mode:
            msg = f"{self.name} is {_size(self)} and {to.name} is {_size(to)}: one has two modes"
            raise ArgumentError(msg)
        return self if self.labels == to.labels else self._ordered(to, self.labels, to.labels)

    def _ordered(self, to: Relation, own: list[Any], wanted: list[Any]) -> Relation:
        _same_actors(self, to, own, wanted)
        place = {label: at for at, label in enumerate(own)}
        order = np.array([place[label] for label in wanted], dtype=np.int64)
        rows = self.matrix.shape[0]
        silent = None if self.silent is None else self.silent[order]
        if not self.two_mode:
            matrix = self.matrix[np.ix_(order, order)]
        elif (order[:rows] >= rows).any():
            msg = f"the modes of {self.name} and {to.name} have different actors"
            raise LabelError(msg)
        else:
            matrix = self.matrix[np.ix_(order[:rows], order[rows:] - rows)]
        return replace(self, matrix=matrix, labels=wanted, silent=silent, net=None)


def _same_actors(one: Relation, other: Relation, own: list[Any], wanted: list[Any]) -> None:
    for first, second, here, there in ((wanted, own, one.name, other.name), (own, wanted, other.name, one.name)):
        known = set(second)
        absent = [label for label in first if label not in known]
        if absent:
            listed = ", ".join(map(repr, absent[:SHOWN])) + (", …" if len(absent) > SHOWN else "")
            msg = (
                f"{len(absent)} actor{'s' * (len(absent) > 1)} of {there} {'are' if len(absent) > 1 else 'is'} not "
                f"in {here}: {listed}. Compare those in both, with change.common(...) or net.subset(...)"
            )
            raise LabelError(msg)


def _size(relation: Relation) -> str:
    rows, columns = relation.matrix.shape
    return f"{rows:,} × {columns:,}{' (two modes)' if relation.two_mode else ''}"


def relation(data: Any, name: str) -> Relation:
    """Read a relation: a network, or a matrix."""
    if isinstance(data, Network):
        core = core_of(data, name, two_mode=True)
        first, matrix = core.first_mode, core.dense()
        labels = data.labels.tolist()
        names = set(data.missing.non_respondents)
        silent = np.array([label in names for label in labels], dtype=bool)
        cells = matrix if first is None else matrix[:first, first:]
        return Relation(name, cells, first is not None, labels, silent, data, data)
    labels = None
    if _frames.is_frame(data):
        frame = _frames.wrap(data, name)
        labels = own_labels(frame) if frame.shape[0] == frame.shape[1] else None
        labels = None if labels == list(range(len(frame))) else labels
        data = frame.to_numpy()
    elif not isinstance(data, np.ndarray | list | tuple) and not hasattr(data, "toarray"):
        msg = f"{name} must be a Network or a matrix of numbers, but is a {type(data).__name__}"
        raise ArgumentError(msg)
    if hasattr(data, "toarray"):
        data = data.toarray()
    if isinstance(data, np.ma.MaskedArray):
        data = np.ma.filled(data.astype(np.float64), np.nan)
    matrix = as_floats(data)
    if matrix.ndim != 2:  # noqa: PLR2004 (rows and columns)
        msg = f"{name} must be a Network or a matrix, but has {matrix.ndim} dimensions"
        raise ArgumentError(msg)
    if np.isinf(matrix).any():
        row, column = np.argwhere(np.isinf(matrix))[0].tolist()
        msg = f"{name} is infinite in row {row}, column {column}; give NaN where a dyad was not observed"
        raise ArgumentError(msg)
    return Relation(name, matrix, matrix.shape[0] != matrix.shape[1], labels)


def strata(net: Network) -> tuple[NDArray[np.intp], ...]:
    """Those who answered, and those who did not: the actors among whom labels and values are permuted."""
    if not net.missing.dyads:
        return (np.arange(net.n_actors),)
    codes = relation(net, "net").silence()
    return tuple(np.flatnonzero(codes == code) for code in np.unique(codes))


def many(data: Any, name: str) -> dict[Any, Relation]:
    """Read one relation, or that of several networks: a study, a mapping, a sequence of networks or matrices."""
    if isinstance(data, Mapping):
        found = _short_keys({key: relation(one, f"{name}[{key!r}]") for key, one in data.items()})
    elif isinstance(data, list | tuple) and data and all(isinstance(one, Network) or _is_matrix(one) for one in data):
        found = {key: relation(one, f"{name}[{key}]") for key, one in enumerate(data)}
    else:
        return {None: relation(data, name)}
    if not found:
        msg = f"{name} has no network"
        raise ArgumentError(msg)
    return found


def _is_matrix(data: Any) -> bool:
    """Whether it has rows: a list of matrices is told from a matrix as a list of rows."""
    if isinstance(data, list | tuple):
        return bool(data) and isinstance(data[0], list | tuple | np.ndarray)
    return len(getattr(data, "shape", ())) > 1


def _short_keys(found: dict[Any, Relation]) -> dict[Any, Relation]:
    """Leave out what is the same in all keys, such as the relation of ``study.select(relation=...)``."""
    keys = [key if isinstance(key, tuple) else (key,) for key in found]
    differ = [place for place in range(len(keys[0]) if keys else 0) if len({key[place] for key in keys}) > 1]
    return {tuple(key[place] for place in differ): one for key, one in zip(keys, found.values(), strict=True)}


@dataclass(frozen=True, slots=True)
class Stack:
    """The cells of several relations, one network after the other."""

    layout: Layout
    cells: list[Array]
    """For each relation; NaN where not observed, and on diagonals."""
    dyads: NDArray[np.bool_]
    """The cells that are dyads, each once."""
    silence: list[list[NDArray[np.int64]]]
    """For each relation and network, which actors were not observed (`Relation.silence`)."""
    directed: bool
    recipe: tuple[str, ...]
    kind: str

    def among_alike(self, moving: Sequence[int], still: Sequence[int]) -> Layout:
        """Permute those who answered among each other, and those who did not, where this keeps the dyads the same.

        Where both what moves and what stays has actors that were not observed, other permutations would leave fewer
        dyads than the data have.
        """
        hidden = [any(codes.any() for place in places for codes in self.silence[place]) for places in (moving, still)]
        if not all(hidden):
            return self.layout
        found: Layout = []
        for block, (rows, columns, shape, groups) in enumerate(self.layout):
            kinds = np.stack([self.silence[place][block] for place in moving])
            both = kinds if not len(groups) else np.vstack([kinds, groups])
            codes = np.unique(both, axis=1, return_inverse=True)[1].reshape(-1)
            found.append((rows, columns, shape, codes.astype(np.uint32)))
        return found

    @property
    def base(self) -> NDArray[np.bool_]:
        """The dyads that all relations observed."""
        base = self.dyads.copy()
        for cells in self.cells:
            base &= ~np.isnan(cells)
        return base

    @property
    def complete(self) -> bool:
        """Whether all dyads were observed in all relations."""
        return bool((self.base == self.dyads).all())

    def words(self, number: int) -> str:
        """Say over how many dyads something runs."""
        missing = int(self.dyads.sum()) - number
        networks = f" in {len(self.layout):,} networks" if len(self.layout) > 1 else ""
        left = f" ({missing:,} not observed)" if missing else ""
        return f"{number:,} {'ordered ' if self.directed else ''}dyads{networks}{left}"


def stacked(relations: Sequence[Mapping[Any, Relation]], within: Any) -> Stack:
    """Lay relations out, network by network; the actors of the first one with labels give the order."""
    first = relations[0]
    for other in relations[1:]:
        if set(other) != set(first):
            names = [next(iter(one.values())).name for one in (first, other)]
            msg = f"{names[0]} and {names[1]} have different networks: {list(first)} and {list(other)}"
            raise ArgumentError(msg)
    blocks = [aligned([one[key] for one in relations]) for key in first]
    shapes = [_shape(block) for block in blocks]
    if "directed" in shapes and "undirected" in shapes:
        names = [blocks[shapes.index(shape)][0].name for shape in ("directed", "undirected")]
        msg = (
            f"{names[0]} is directed and {names[1]} is not: networks that are pooled are of one kind. Make them so "
            "with net.symmetrize(...)"
        )
        raise DirectionError(msg)
    layout = [
        (block[0].matrix.shape[0], block[0].matrix.shape[1], shape, codes)
        for block, shape, codes in zip(blocks, shapes, _groups(within, blocks, list(first)), strict=True)
    ]
    cells = [np.concatenate([block[at].cells().ravel() for block in blocks]) for at in range(len(relations))]
    dyads = np.concatenate([_dyads(block[0].matrix.shape, shape) for block, shape in zip(blocks, shapes, strict=True)])
    silence = [[block[at].silence() for block in blocks] for at in range(len(relations))]
    nets = {one.name: one.source for given in relations for one in given.values() if one.source is not None}
    kind = kind_of(next(iter(nets.values()))) if nets else _frames.default_kind()
    return Stack(layout, cells, dyads, silence, "directed" in shapes, recipes(nets), kind)


def aligned(block: Sequence[Relation]) -> list[Relation]:
    """Put relations of one network in the order of the first one that has labels."""
    to = next((one for one in block if one.labels is not None), block[0])
    found = [one.aligned(to) for one in block]
    # What a matrix of two modes is like shows beside a network of two modes only.
    return [one.aligned(found[0]) for one in found]


def recipes(nets: Mapping[str, Network]) -> tuple[str, ...]:
    """The coding steps of several networks: once where they are the same, else with their names."""
    steps = list(dict.fromkeys(net.recipe for net in nets.values()))
    if len(steps) <= 1:
        return steps[0] if steps else ()
    return tuple(f"{name}: {step}" for name, net in nets.items() for step in net.recipe)


def _shape(block: list[Relation]) -> str:
    """Which cells are dyads: what the first relation is, if it is a network, decides."""
    first = block[0]
    if first.two_mode:
        return "two-mode"
    if not all(one.symmetric for one in block):
        return "directed"
    directed = first.directed if first.source is not None else any(one.directed for one in block)
    return "directed" if directed else "undirected"


def _dyads(size: tuple[int, ...], shape: str) -> NDArray[np.bool_]:
    mask = np.ones(size, dtype=bool)
    if shape == "directed":
        np.fill_diagonal(mask, val=False)
    if shape == "undirected":
        mask = np.tri(size[0], k=-1, dtype=bool)
    return mask.ravel()


def _groups(within: Any, blocks: list[list[Relation]], keys: list[Any]) -> list[NDArray[np.uint32]]:
    """Number the groups in which actors are permuted; none: all."""
    if within is None:
        return [np.array([], dtype=np.uint32)] * len(blocks)
    if not isinstance(within, str) and len(blocks) > 1:
        msg = "with several networks within= is the name of an attribute of their actors"
        raise ArgumentError(msg)
    found = []
    for block, key in zip(blocks, keys, strict=True):
        first = next((one for one in block if one.net is not None), block[0])
        values = attribute(first, within, key) if isinstance(within, str) else np.asarray(within, dtype=object)
        actors = sum(first.matrix.shape) if first.two_mode else first.matrix.shape[0]
        if values.shape != (actors,):
            msg = f"within= needs a group for each of the {actors:,} actors, but has the shape {values.shape}"
            raise ArgumentError(msg)
        found.append(_codes(values.tolist(), first.labels))
    return found


def _codes(values: list[Any], labels: list[Any] | None) -> NDArray[np.uint32]:
    empty = [at for at, value in enumerate(values) if _ingest.is_empty(value)]
    if empty:
        actor = labels[empty[0]] if labels else empty[0]
        msg = f"within= is empty for {len(empty)} actors, {actor!r} among them; every actor needs a group"
        raise ArgumentError(msg)
    try:
        codes = {value: code for code, value in enumerate(dict.fromkeys(values))}
    except TypeError as error:
        msg = f"within= holds what can't be a group: {error}"
        raise ArgumentError(msg) from error
    return np.array([codes[value] for value in values], dtype=np.uint32)


def attribute(block: Relation, name: str, key: Any = None) -> NDArray[Any]:
    """Read an attribute of the actors of a network."""
    if block.net is None:
        where = "" if key is None else f" ({key!r})"
        msg = f"the attribute {name!r} is read from the actors of {block.name}{where}, which is a matrix, not a Network"
        raise ArgumentError(msg)
    try:
        return np.asarray(block.net.attribute(name))
    except ColumnError as error:
        error.add_note(f"in {block.name}")
        raise


def needs_symmetric(outcome: Relation, predictor: Relation) -> None:
    """Refuse a predictor with a direction of an outcome without."""
    undirected = outcome.source is not None and not outcome.directed and not outcome.two_mode
    if undirected and not predictor.symmetric:
        msg = (
            f"{outcome.name} is undirected and {predictor.name} is not the same both ways. Say what an undirected tie "
            "is with net.symmetrize(...), or give a symmetric predictor (same, absdiff, both)"
        )
        raise DirectionError(msg)

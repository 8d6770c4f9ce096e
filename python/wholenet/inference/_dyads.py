"""Relations as matrices: read, aligned, and laid out for draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet._checks import core_of
from wholenet._results import kind_of
from wholenet.errors import ArgumentError, DirectionError, LabelError
from wholenet.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Layout = list[tuple[int, int, str, NDArray[np.uint32]]]

__all__ = ["Relation", "Stack", "many", "stacked"]

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Relation:
    """The matrix of a relation: NaN where a dyad was not observed, and on the diagonal of one mode."""

    name: str
    matrix: Array
    two_mode: bool
    net: Network | None = None

    @property
    def labels(self) -> list[Any] | None:
        """The actors, those of the first mode before those of the second."""
        return None if self.net is None else self.net.labels.tolist()

    @property
    def symmetric(self) -> bool:
        """Whether both directions of each dyad are the same."""
        return not self.two_mode and np.array_equal(self.matrix, self.matrix.T, equal_nan=True)

    def silence(self) -> NDArray[np.int64]:
        """Tell apart actors of whom nothing was observed in rows or columns, and silent ones; 0: all others."""
        gone = np.isnan(self.matrix)
        rows, columns = gone.sum(axis=1), gone.sum(axis=0)
        if self.two_mode:
            return np.concatenate([rows == gone.shape[1], columns == gone.shape[0]]).astype(np.int64)
        n = len(gone)
        silent = np.zeros(n, dtype=np.int64)
        if self.net is not None:
            # An undirected dyad is observed when one of the two answered.
            names = set(self.net.missing.non_respondents)
            silent = np.array([label in names for label in self.net.labels.tolist()], dtype=np.int64) * (rows > 1)
        found: NDArray[np.int64] = silent + 2 * (rows == n) + 4 * (columns == n)
        return found

    def aligned(self, to: Relation) -> Relation:
        """Put the actors in the order of another relation."""
        if self.labels is not None and to.labels is not None and self.labels != to.labels:
            return self._ordered(to, self.labels, to.labels)
        if self.matrix.shape != to.matrix.shape or self.two_mode != to.two_mode:
            msg = (
                f"{self.name} is {_size(self)} and {to.name} is {_size(to)}: relations that are compared have the "
                "same actors"
            )
            raise ArgumentError(msg)
        return self

    def _ordered(self, to: Relation, own: list[Any], wanted: list[Any]) -> Relation:
        if self.two_mode != to.two_mode:
            msg = f"{self.name} is {_size(self)} and {to.name} is {_size(to)}: one has two modes"
            raise ArgumentError(msg)
        for first, second, name, other in ((wanted, own, self.name, to.name), (own, wanted, to.name, self.name)):
            known = set(second)
            absent = [label for label in first if label not in known]
            if absent:
                listed = ", ".join(map(repr, absent[:SHOWN])) + (", …" if len(absent) > SHOWN else "")
                msg = (
                    f"{len(absent)} actor{'s' * (len(absent) > 1)} of {other} {'are' if len(absent) > 1 else 'is'} not "
                    f"in {name}: {listed}. Compare those in both, with net.subset(...)"
                )
                raise LabelError(msg)
        place = {label: at for at, label in enumerate(own)}
        order = np.array([place[label] for label in wanted])
        rows = self.matrix.shape[0]
        if not self.two_mode:
            return Relation(self.name, self.matrix[np.ix_(order, order)], two_mode=False, net=to.net)
        first_mode = order[:rows]
        if (first_mode >= rows).any():
            msg = f"the modes of {self.name} and {to.name} have different actors"
            raise LabelError(msg)
        return Relation(self.name, self.matrix[np.ix_(first_mode, order[rows:] - rows)], two_mode=True, net=to.net)


def _size(relation: Relation) -> str:
    rows, columns = relation.matrix.shape
    return f"{rows:,} × {columns:,}{' (two modes)' if relation.two_mode else ''}"


def relation(data: Any, name: str) -> Relation:
    """Read a relation: a network, or a matrix."""
    if isinstance(data, Network):
        core = core_of(data, name, two_mode=True)
        matrix: Array = core.dense()
        if core.first_mode is not None:
            return Relation(name, matrix[: core.first_mode, core.first_mode :], two_mode=True, net=data)
        np.fill_diagonal(matrix, np.nan)
        return Relation(name, matrix, two_mode=False, net=data)
    try:
        matrix = np.array(data, dtype=np.float64)
    except (TypeError, ValueError) as error:
        msg = f"{name} must be a Network or a matrix of numbers, but is a {type(data).__name__}"
        raise ArgumentError(msg) from error
    if matrix.ndim != 2:  # noqa: PLR2004 (rows and columns)
        msg = f"{name} must be a Network or a matrix, but has {matrix.ndim} dimensions"
        raise ArgumentError(msg)
    if np.isinf(matrix).any():
        row, column = np.argwhere(np.isinf(matrix))[0].tolist()
        msg = f"{name} is infinite in row {row}, column {column}; give NaN where a dyad was not observed"
        raise ArgumentError(msg)
    square = matrix.shape[0] == matrix.shape[1]
    if square:
        np.fill_diagonal(matrix, np.nan)
    return Relation(name, matrix, two_mode=not square)


def many(data: Any, name: str) -> dict[Any, Relation]:
    """Read one relation, or that of several networks: a study, a mapping, a sequence of networks or matrices."""
    if isinstance(data, Mapping):
        found = {key: relation(one, f"{name}[{key!r}]") for key, one in data.items()}
    elif isinstance(data, Sequence) and data and all(isinstance(one, Network) or np.ndim(one) == 2 for one in data):  # noqa: PLR2004
        found = {key: relation(one, f"{name}[{key}]") for key, one in enumerate(data)}
    else:
        return {None: relation(data, name)}
    if not found:
        msg = f"{name} has no network"
        raise ArgumentError(msg)
    return found


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
    """Lay relations out, network by network; the actors of the first one give the order."""
    first = relations[0]
    for other in relations[1:]:
        if set(other) != set(first):
            names = next(iter(first.values())).name, next(iter(other.values())).name
            msg = f"{names[0]} and {names[1]} have different networks: {list(first)} and {list(other)}"
            raise ArgumentError(msg)
    blocks = [[one[key] for one in relations] for key in first]
    aligned = [[one.aligned(block[0]) for one in block] for block in blocks]
    shapes = [_shape(block) for block in aligned]
    if "directed" in shapes:
        # Networks that are pooled are of one kind; a symmetric matrix may be of a directed relation by chance.
        shapes = ["directed" if shape == "undirected" else shape for shape in shapes]
    groups = _groups(within, [block[0] for block in aligned], list(first))
    layout = [
        (block[0].matrix.shape[0], block[0].matrix.shape[1], shape, codes)
        for block, shape, codes in zip(aligned, shapes, groups, strict=True)
    ]
    cells = [np.concatenate([block[at].matrix.ravel() for block in aligned]) for at in range(len(relations))]
    dyads = np.concatenate([_dyads(block[0].matrix.shape, shape) for block, shape in zip(aligned, shapes, strict=True)])
    nets = [one.net for block in blocks for one in block if one.net is not None]
    recipe = tuple(dict.fromkeys(step for net in nets for step in net.recipe))
    kind = kind_of(nets[0]) if nets else _frames.default_kind()
    silence = [[block[at].silence() for block in aligned] for at in range(len(relations))]
    return Stack(layout, cells, dyads, silence, "undirected" not in shapes and "two-mode" not in shapes, recipe, kind)


def _shape(block: list[Relation]) -> str:
    if block[0].two_mode:
        return "two-mode"
    directed = any(one.net is not None and one.net.directed for one in block)
    return "directed" if directed or not all(one.symmetric for one in block) else "undirected"


def _dyads(size: tuple[int, ...], shape: str) -> NDArray[np.bool_]:
    mask = np.ones(size, dtype=bool)
    if shape == "directed":
        np.fill_diagonal(mask, val=False)
    if shape == "undirected":
        mask = np.tri(size[0], k=-1, dtype=bool)
    return mask.ravel()


def _groups(within: Any, blocks: list[Relation], keys: list[Any]) -> list[NDArray[np.uint32]]:
    """Number the groups in which actors are permuted; none: all."""
    if within is None:
        return [np.array([], dtype=np.uint32)] * len(blocks)
    if not isinstance(within, str) and len(blocks) > 1:
        msg = "with several networks within= is the name of an attribute of their actors"
        raise ArgumentError(msg)
    found = []
    for block, key in zip(blocks, keys, strict=True):
        values = attribute(block, within, key) if isinstance(within, str) else np.asarray(within, dtype=object)
        actors = sum(block.matrix.shape) if block.two_mode else block.matrix.shape[0]
        if values.shape != (actors,):
            msg = f"within= needs a group for each of the {actors:,} actors, but has the shape {values.shape}"
            raise ArgumentError(msg)
        empty = [at for at, value in enumerate(values.tolist()) if _ingest.is_empty(value)]
        if empty:
            labels = block.labels
            first = labels[empty[0]] if labels else empty[0]
            msg = f"within= is empty for {len(empty)} actors, {first!r} among them; every actor needs a group"
            raise ArgumentError(msg)
        codes = {value: code for code, value in enumerate(dict.fromkeys(values.tolist()))}
        found.append(np.array([codes[value] for value in values.tolist()], dtype=np.uint32))
    return found


def attribute(block: Relation, name: str, key: Any = None) -> NDArray[Any]:
    """Read an attribute of the actors of a network."""
    if block.net is None:
        where = "" if key is None else f" ({key!r})"
        msg = f"the attribute {name!r} is read from the actors of {block.name}{where}, which is a matrix, not a Network"
        raise ArgumentError(msg)
    return np.asarray(block.net.attribute(name))


def needs_symmetric(outcome: Relation, predictor: Relation) -> None:
    """Refuse a predictor with a direction of an outcome without."""
    if outcome.net is not None and not outcome.net.directed and not outcome.two_mode and not predictor.symmetric:
        msg = (
            f"{outcome.name} is undirected and {predictor.name} is not the same both ways. Say what an undirected tie "
            "is with net.symmetrize(...), or give a symmetric predictor (same, absdiff, both)"
        )
        raise DirectionError(msg)

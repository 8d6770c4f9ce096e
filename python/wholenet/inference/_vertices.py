"""Actors drawn with replacement, and the networks that they make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from wholenet import _core, _frames
from wholenet._narwhals import nw
from wholenet._results import kind_of
from wholenet.errors import SmallNetworkError
from wholenet.inference._draws import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.network import Network

    Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

__all__ = ["Densities", "Picked", "Vertices", "sizes_of"]


def sizes_of(net: Network, what: str) -> tuple[int, ...]:
    """Count the actors of each mode; there must be two at least."""
    sizes = tuple(np.bincount(net.modes, minlength=2 if net.two_mode else 1).tolist())
    least = min(sizes)
    if least <= 1:
        where, verb = " in each mode" if net.two_mode else "", "is" if least == 1 else "are"
        msg = f"{what} needs at least two actors{where}, but there {verb} {least}"
        raise SmallNetworkError(msg)
    return sizes


@dataclass(frozen=True, slots=True)
class Picked:
    """One draw: actors for the rows and the columns, and the dyads that stand between copies of one actor."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    fill: Pairs

    @classmethod
    def of(cls, sizes: tuple[int, ...], random: np.random.Generator) -> Self:
        """Draw."""
        n = sizes[0]
        rows = random.integers(n, size=n)
        if len(sizes) > 1:
            return cls(rows, random.integers(sizes[1], size=sizes[1]), (rows[:0], rows[:0]))
        copies = np.bincount(rows, minlength=n)
        # An ordered pair of different actors for each pair of positions with the same actor.
        first, second = np.divmod(random.integers(n * (n - 1), size=int((copies * (copies - 1)).sum()) // 2), n - 1)
        return cls(rows, rows, (first, second + (second >= first)))

    def copies(self) -> Pairs:
        """List the pairs of positions that hold the same actor, in a network of one mode."""
        one, other = np.nonzero(np.triu(self.rows[:, None] == self.rows[None, :], 1))
        return one.astype(np.int64), other.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Densities:
    """Densities of resampled networks, by how often each actor is drawn.

    A pair of actors drawn c and d times stands in c·d pairs of positions. `ties` and `hidden` list the pairs (in two
    modes: cells) that have a tie or were not observed, both directions added up.
    """

    cells: NDArray[np.float64]
    gaps: NDArray[np.float64]
    sizes: tuple[int, ...]
    ties: Pairs
    hidden: Pairs

    @classmethod
    def of(cls, net: Network) -> Self:
        """Read a network."""
        matrix = net.to_matrix()
        if not net.two_mode:
            np.fill_diagonal(matrix, 0)
        gaps, cells = np.isnan(matrix).astype(np.float64), np.nan_to_num(matrix)
        if net.two_mode:
            upper = cells, gaps
        else:
            # Values of both signs may add up to 0; such a pair adds nothing.
            gaps, cells = gaps + gaps.T, cells + cells.T
            upper = np.triu(cells), np.triu(gaps)
        return cls(cells, gaps, sizes_of(net, "the bootstrap"), _pairs(upper[0]), _pairs(upper[1]))

    def density(self, picked: Picked) -> float:
        """Measure the network of one draw."""
        rows = np.bincount(picked.rows, minlength=self.sizes[0])
        columns = rows if picked.columns is picked.rows else np.bincount(picked.columns, minlength=self.sizes[1])

        def total(cells: NDArray[np.float64], at: Pairs) -> float:
            if not len(at[0]):
                return 0.0
            return float((rows[at[0]] * columns[at[1]] * cells[at]).sum() + cells[picked.fill].sum())

        dyads = self.sizes[0] * (self.sizes[1] if len(self.sizes) > 1 else self.sizes[0] - 1)
        observed = dyads - total(self.gaps, self.hidden)
        return total(self.cells, self.ties) / observed if observed else float("nan")


def _pairs(cells: NDArray[np.float64]) -> Pairs:
    rows, columns = np.nonzero(cells)
    return rows.astype(np.int64), columns.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Vertices:
    """A network whose actors are drawn with replacement; seed and sample draw the same in all networks of one size.

    `attributes`: whether copies of actors get their attributes.
    """

    net: Network
    cells: NDArray[np.float64]
    sizes: tuple[int, ...]
    text: list[str]
    seed: int
    sample: int
    attributes: bool

    @classmethod
    def of(cls, net: Network, *, seed: int, sample: int = 0, attributes: bool) -> Self:
        """Read a network."""
        text = [str(label) for label in net.labels.tolist()]
        return cls(net, net.to_matrix(), sizes_of(net, "the bootstrap"), text, seed, sample, attributes)

    def picked(self, draw: int) -> Picked:
        """Draw actors."""
        return Picked.of(self.sizes, stream(self.seed, draw, self.sample))

    def network(self, picked: Picked) -> Network:
        """Make the network of one draw."""
        cells = self.cells[np.ix_(picked.rows, picked.columns)]
        actors = picked.rows
        if self.net.two_mode:
            actors = np.concatenate([picked.rows, self.sizes[0] + picked.columns])
        else:
            one, other = picked.copies()
            first, second = picked.fill
            cells[one, other], cells[other, one] = self.cells[first, second], self.cells[second, first]
        labels = _told_apart([self.text[actor] for actor in actors.tolist()], self.text)
        return _made(self.net, cells, actors, labels, attributes=self.attributes)


def _told_apart(labels: list[str], known: list[str]) -> list[str]:
    """Number the copies of an actor: "gp", "gp (2)", "gp (3)"; no copy is called as another actor is."""
    taken, times, told = set(known), dict.fromkeys(labels, 0), []
    for label in labels:
        times[label] += 1
        name = label
        while times[label] > 1 and (name := f"{label} ({times[label]})") in taken:
            times[label] += 1
        taken.add(name)
        told.append(name)
    return told


def _made(
    net: Network, cells: NDArray[np.float64], actors: NDArray[np.int64], labels: list[str], *, attributes: bool
) -> Network:
    """Make a network like `net` of other cells and of copies of its actors."""
    import pyarrow as pa

    kept = cells if net.directed or net.two_mode else np.triu(cells)
    empty = np.isnan(kept)
    silent = np.zeros(len(actors), dtype=bool)
    if net.two_mode:
        silent[: len(kept)] = empty.all(axis=1)
    elif net.directed:
        silent = (empty.sum(axis=1) == len(kept) - 1) & (kept.diagonal() == 0)
    quiet = silent[: len(kept), None] & empty
    source, target = np.nonzero(np.where(quiet, 0, kept))
    value = kept[source, target]
    core, _ = _core.network_from_codes(
        pa.chunked_array([pa.array(labels, pa.string())]),
        source.astype(np.uint32),
        (target + (len(kept) if net.two_mode else 0)).astype(np.uint32),
        value if net.valued or np.isnan(value).any() else None,
        silent if silent.any() else None,
        directed=net.directed or net.two_mode,
        loops="keep",
        signed=net.signed,
        binary=not net.valued,
    )
    if net.two_mode:
        core = core.modes((np.arange(len(actors)) >= len(kept)).tolist())
    step = f"{len(actors)} actors drawn with replacement"
    # Most measures do not read attributes, whose table takes longer to make than the network.
    frame = partial(_table, net, actors, labels) if attributes else None
    return net._make(core, frame=frame, kind=kind_of(net), recipe=(*net.recipe, step))


def _table(net: Network, actors: NDArray[np.int64], labels: list[str]) -> Any:
    """Give copies of actors their attributes."""
    frame = net._frame  # noqa: SLF001 (as `_checks.core_of`)
    if frame is None:
        return None
    rows = _frames.numbered(frame[actors, :], "actors")
    kind: Any = _frames.kind_of(frame)
    return rows.with_columns(nw.new_series(rows.columns[0], labels, backend=kind))

"""Draws of a predictor that keep its autocorrelation over the ties: Moran spectral randomization."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet.inference._draws import each, stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.governance._panel import Panel

    Array = NDArray[np.float64]

__all__ = ["Place", "Randomized", "Spectrum", "randomized", "spectra", "spectrum"]

# Eigenvalues nearer to each other than this share of the largest count as equal.
EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Spectrum:
    """Vectors (n, n - 1) of the doubly centred weights: with an eigenvalue of their own, and runs of equal ones."""

    vectors: Array
    single: NDArray[np.intp]
    runs: tuple[tuple[int, int], ...]

    def parts(self, centred: Array) -> Array:
        """Give what of values (n, k) that add up to 0 each vector holds: (n - 1, k)."""
        found: Array = np.einsum("ij,ik->jk", self.vectors, centred)
        return found

    def turned(self, parts: Array, random: np.random.Generator) -> Array:
        """Turn at random among equal eigenvalues, and give the values (n, k): variances and Moran's I stay."""
        new = parts.copy()
        signs = np.where(random.random(len(self.single)) < 1 / 2, 1.0, -1.0)
        new[self.single] *= signs[:, None]
        for start, end in self.runs:
            new[start:end] = np.einsum("ij,jk->ik", _turn(end - start, random), parts[start:end])
        values: Array = np.einsum("ij,jk->ik", self.vectors, new)
        return values


def _turn(size: int, random: np.random.Generator) -> Array:
    """Draw an orthogonal matrix, all being equally probable."""
    q, r = np.linalg.qr(random.standard_normal((size, size)))
    turn: Array = q * np.sign(np.diag(r))
    return turn


def spectrum(weights: Array) -> Spectrum:
    """Decompose symmetric weights (n, n), centred by rows and columns."""
    n = len(weights)
    # An orthonormal basis of what adds up to 0, so that the constant is no vector among those of eigenvalue 0.
    basis = np.linalg.qr(np.column_stack([np.ones(n), np.eye(n)[:, : n - 1]]))[0][:, 1:]
    values, vectors = np.linalg.eigh(basis.T @ weights @ basis)
    apart = np.diff(values) > EQUAL * np.abs(values).max(initial=0.0)
    starts = np.concatenate([[0], np.flatnonzero(apart) + 1]) if n > 1 else np.zeros(0, dtype=np.intp)
    ends = np.append(starts[1:], n - 1)[: len(starts)]
    alone = ends - starts == 1
    runs = tuple(zip(starts[~alone].tolist(), ends[~alone].tolist(), strict=True))
    return Spectrum(basis @ vectors, starts[alone].astype(np.intp), runs)


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its spectrum, and where the values (organisations, waves) of its rows stand."""

    spectrum: Spectrum
    rows: NDArray[np.intp]
    organisation: NDArray[np.intp]
    wave: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Randomized:
    """The kernel: the score statistic of a predictor, turned at random in each place."""

    places: tuple[Place, ...]
    middles: tuple[Array, ...]  # of each place: the mean of each wave
    parts: tuple[Array, ...]  # of each place: what each vector holds of the values, by waves
    residual: Array  # outcome less chance
    root: Array  # square roots of the weights chance·(1 - chance)
    others: Array  # orthonormal columns: the other terms times `root`
    seed: int
    sample: int

    def __call__(self, first: int, count: int, *, progress: bool) -> Array:
        return each(self._draw, first, count, name="draws", progress=progress)

    def _draw(self, draw: int) -> float:
        random = stream(self.seed, draw, self.sample)
        column = np.empty(len(self.residual))
        for place, middle, parts in zip(self.places, self.middles, self.parts, strict=True):
            values = middle + place.spectrum.turned(parts, random)
            column[place.rows] = values[place.organisation, place.wave]
        return self.score(column)

    def score(self, column: Array) -> float:
        """Give the score of a column, divided by its standard deviation under independence; 0 if it has none."""
        weighted = column * self.root
        shares = np.einsum("ij,i->j", self.others, weighted)
        left = weighted - np.einsum("ij,j->i", self.others, shares)
        spread = float((left**2).sum())
        # What rounding leaves of a mixture of the other terms is nothing.
        if spread <= len(column) * np.finfo(float).eps * float((weighted**2).sum()):
            return 0.0
        return float((column * self.residual).sum() / np.sqrt(spread))


def spectra(panel: Panel) -> tuple[tuple[Place, ...], ...]:
    """Decompose the ties of each place by `WEIGHTS`: each tie counts 1, then each counts 1 ÷ the actor's number."""
    found = []
    for place in range(len(panel.places)):
        rows = np.flatnonzero(panel.group == place)
        codes, own = np.unique(panel.organisation[rows], return_inverse=True)
        labels: list[object] = [None] * len(codes)
        for row, at in zip(rows.tolist(), own.tolist(), strict=True):
            labels[at] = panel.answers[int(panel.source[row])].net.labels[int(panel.actor[row])]
        ties = _ties(panel, place, labels)
        found.append([Place(spectrum(weights(ties)), rows, own, panel.wave[rows]) for weights in WEIGHTS])
    return tuple(zip(*found, strict=True))


def _ties(panel: Panel, place: int, labels: list[object]) -> Array:
    """Count in how many waves two organisations of a place are tied, in either direction."""
    ties = np.zeros((len(labels), len(labels)))
    for number, one in enumerate(panel.answers):
        if panel.place_of[number] == place:
            position = {label: at for at, label in enumerate(one.net.labels.tolist())}
            here = [at for at, label in enumerate(labels) if label in position]
            there = [position[labels[at]] for at in here]
            tied = np.nan_to_num(one.net.to_matrix()[np.ix_(there, there)]) != 0
            ties[np.ix_(here, here)] += (tied | tied.T).astype(np.float64)
    np.fill_diagonal(ties, 0.0)
    return ties


def _as_they_are(ties: Array) -> Array:
    return ties


def _by_rows(ties: Array) -> Array:
    """Give each row the sum 1, and halve both directions: Moran's I is that of the rows."""
    sums = ties.sum(axis=1, keepdims=True)
    shares = np.divide(ties, sums, out=np.zeros_like(ties), where=sums > 0)
    both: Array = (shares + shares.T) / 2
    return both


WEIGHTS = (_as_they_are, _by_rows)


def randomized(
    panel: Panel,
    places: tuple[Place, ...],
    others: Array,
    column: Array,
    chance: Array,
    seed: int,
    sample: int,
) -> Randomized:
    """Make the kernel of one column: what `others`, with the chances that they give, do not explain of it is turned."""
    root = np.sqrt(chance * (1 - chance))
    basis = np.linalg.qr(others * root[:, None])[0]
    weighted = column * root
    left = (weighted - basis @ (basis.T @ weighted)) / root
    values = [_filled(left[place.rows], place, int(panel.wave.max()) + 1) for place in places]
    middles = tuple(table.mean(axis=0) for table in values)
    tables = zip(places, values, middles, strict=True)
    parts = tuple(place.spectrum.parts(table - middle) for place, table, middle in tables)
    return Randomized(places, middles, parts, panel.y - chance, root, basis, seed, sample)


def _filled(column: Array, place: Place, waves: int) -> Array:
    """Lay values out by organisation and wave; a wave without one gets the mean of the organisation's others."""
    table = np.full((int(place.organisation.max()) + 1, waves), np.nan)
    table[place.organisation, place.wave] = column
    known = ~np.isnan(table)
    own = np.where(known, table, 0.0).sum(axis=1) / known.sum(axis=1)
    return np.where(known, table, own[:, None])

"""Scores of the organisations of a network beside their positions, and their correlations in other orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet.errors import ArgumentError
from wholenet.inference._draws import drawn
from wholenet.inference._p import p_values
from wholenet.inference._permuted import Permuted
from wholenet.survey.scales._answers import NOTHING, alike

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.network import Network

    Floats = NDArray[np.float64]

__all__ = ["FEWEST", "Correlations", "Placed", "correlations"]

# Two points always lie on a line.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Correlations:
    """Correlations of columns with the orders of values: (n, k) each, less their means and of length 1, or 0."""

    values: Floats
    places: Floats

    @property
    def width(self) -> int:
        """Cells of memory that an order takes."""
        return len(self.values)

    def __call__(self, orders: NDArray[np.intp]) -> Floats:
        """Put the values in each order."""
        columns = [
            (value[orders] * place).sum(axis=1) for value, place in zip(self.values.T, self.places.T, strict=True)
        ]
        return np.column_stack(columns)


@dataclass(frozen=True, slots=True)
class Placed:
    """The actors of one network: scores (n, scales) and positions (n,); and the scores of organisations elsewhere."""

    scores: Floats
    places: Floats
    elsewhere: Floats

    @classmethod
    def read(cls, net: Network, own: dict[Any, Floats], places: Floats, name: str) -> Placed:
        """Look organisations up among the actors."""
        labels = net.labels.tolist()
        known = set(labels)
        strange = [label for label in own if label not in known]
        if len(strange) == len(own):
            near = next((hint for label in strange if (hint := _frames.near(label, labels))), "")
            msg = f"no organisation with a score is an actor of {name}: {strange[0]!r} is none{near}"
            raise ArgumentError(msg)
        none = np.full(len(next(iter(own.values()))), np.nan)
        scores = np.array([own.get(label, none) for label in labels])
        places = np.where(np.isfinite(places), places, np.nan)
        return cls(scores, places, np.array([own[label] for label in strange]).reshape(len(strange), len(none)))

    def counts(self, at: int) -> list[int]:
        """Count the organisations of a scale, and those that were left out, by reason."""
        scored, placed = ~np.isnan(self.scores[:, at]), ~np.isnan(self.places)
        elsewhere = int((~np.isnan(self.elsewhere[:, at])).sum())
        return [int((scored & placed).sum()), int((~scored).sum()), int((scored & ~placed).sum()), elsewhere]

    def test(self, permutations: int, seed: int, executor: Executor | None, *, progress: bool) -> Floats:
        """Give r, p, rank correlation and p of each scale; scales that the same organisations have share draws."""
        found = np.full((self.scores.shape[1], 4), np.nan)
        used = ~np.isnan(self.scores) & ~np.isnan(self.places)[:, None]
        alike: dict[bytes, list[int]] = {}
        for at in range(used.shape[1]):
            alike.setdefault(used[:, at].tobytes(), []).append(at)
        for scales in alike.values():
            rows = used[:, scales[0]]
            scores, places = self.scores[rows][:, scales], self.places[rows]
            varied = [at for at in range(len(scales)) if len(scores) >= FEWEST and not _same(scores[:, at])]
            if not varied or _same(places):
                continue
            statistic = correlations(scores[:, varied], places)
            estimate = statistic(np.arange(len(scores))[None, :])[0]
            kernel = Permuted(statistic, len(scores), seed)
            draws = drawn(kernel, permutations, seed=seed, executor=executor, progress=progress)
            p = p_values(estimate, draws, symmetric=True)[2]
            numbers = np.column_stack([estimate, p]).reshape(len(varied), 4)
            found[np.array(scales)[varied]] = numbers
        return found


def correlations(scores: Floats, places: Floats) -> Correlations:
    """Lay out scores and positions, each as it is and by rank, scale by scale."""
    values = [column for at in range(scores.shape[1]) for column in (scores[:, at], _ranks(scores[:, at]))]
    beside = [places, _ranks(places)] * scores.shape[1]
    return Correlations(*(np.column_stack([_standard(column) for column in part]) for part in (values, beside)))


def _standard(values: Floats) -> Floats:
    centred = (values - float(values.mean())) / float(np.ptp(values))
    found: Floats = centred / float(np.sqrt((centred**2).sum()))
    return found


def _ranks(values: Floats) -> Floats:
    """Rank from 1; equal values, and those that only rounding sets apart, share their mean rank."""
    order = np.argsort(values, kind="stable")
    steps = np.diff(values[order]) > NOTHING * float(np.abs(values).max())
    codes = np.empty(len(values), dtype=np.intp)
    codes[order] = np.concatenate([[0], np.cumsum(steps)])
    counts = np.bincount(codes)
    found: Floats = (np.cumsum(counts) - (counts - 1) / 2)[codes]
    return found


def _same(values: Floats) -> bool:
    return alike(values, float(np.abs(values).max()))

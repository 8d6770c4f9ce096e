"""Reads memberships of cases in sets from any table."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._ingest import first_of, is_empty
from wholenet.compare.qca._fit import ROUNDING
from wholenet.compare.qca._terms import ALWAYS, name_of
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["CROSSOVER", "Sets", "at_crossover", "listed_names", "numbers_in", "read_outcome", "read_sets"]

# More in than out above it, more out than in below.
CROSSOVER = 0.5


@dataclass(frozen=True, slots=True)
class Sets:
    """Memberships of cases in sets: (n, k), with names of both and the kind of table they came from."""

    names: tuple[str, ...]
    members: NDArray[np.float64]
    cases: tuple[str, ...]
    kind: str


def listed_names(names: object, argument: str) -> tuple[str, ...]:
    """Read names of columns: one, or several that differ."""
    found = [names] if isinstance(names, str) else list(names) if isinstance(names, list | tuple) else []
    if not found or not all(isinstance(name, str) for name in found):
        msg = f"{argument} must name one column or list several, but is {names!r}"
        raise ArgumentError(msg)
    twice = next((name for name in found if found.count(name) > 1), None)
    odd = next((name for name in found if set(name) & set("~*+()")), None)
    # Terms are written with names, and read again.
    vague = next((name for name in found if name != name.strip() or name in ("", ALWAYS)), None)
    if odd is not None:
        what = f"has {odd!r}, but ~, *, + and brackets stand for operations"
    elif vague is not None:
        what = f"has {vague!r}, but 1 stands for every case, and a name has no spaces before or behind it; rename it"
    else:
        what = f"names {twice!r} twice"
    if (odd, vague, twice) != (None, None, None):
        msg = f"{argument} {what}"
        raise ArgumentError(msg)
    return tuple(found)


def read_sets(data: object, names: Sequence[str], argument: str, cases: str | None) -> Sets:
    """Read memberships between 0 and 1, each case's in each of the sets."""
    frame = _frames.wrap(data, "data")
    labels = _cases(frame, cases)
    columns = [_memberships(frame, name, argument, labels) for name in names]
    members = np.column_stack(columns) if columns else np.empty((len(labels), 0))
    return Sets(tuple(names), members, labels, _frames.kind_of(frame))


def read_outcome(data: object, outcome: object, cases: str | None) -> tuple[str, NDArray[np.float64]]:
    """Read the memberships in the outcome, or in its negation: ``"~survival"``; they must differ."""
    if not isinstance(outcome, str):
        msg = f"outcome must name a column, or its negation with a ~ in front, but is {outcome!r}"
        raise ArgumentError(msg)
    name, present = name_of(outcome)
    values = read_sets(data, [name], "outcome", cases).members[:, 0]
    if np.ptp(values) == 0:
        msg = f"the outcome {name!r} is {values[0]:g} in every case, so that nothing tells the cases apart"
        raise ArgumentError(msg)
    return (name if present else f"~{name}"), (values if present else 1 - values)


def numbers_in(values: list[Any], name: str) -> NDArray[np.float64]:
    """Read numbers; an empty cell is NaN."""
    cells = [np.nan if is_empty(cell) else cell for cell in values]
    odd = next((cell for cell in cells if not isinstance(cell, Real | np.bool_)), None)
    if odd is not None:
        msg = f"{name} must hold numbers, but holds {odd!r}"
        raise ArgumentError(msg)
    return np.array([float(cell) for cell in cells], dtype=np.float64)


def _cases(frame: Any, cases: str | None) -> tuple[str, ...]:
    if not len(frame):
        msg = "data has no rows, and each case is a row"
        raise ArgumentError(msg)
    if cases is None:
        return tuple(str(row) for row in range(len(frame)))
    cells = frame.get_column(_frames.require(frame, cases, "cases")).to_list()
    nameless = [f"row {at}" for at, cell in enumerate(cells) if is_empty(cell)]
    if nameless:
        who = first_of(nameless[:5], len(nameless))
        msg = f"{len(nameless):,} of {len(cells):,} cases have no name in {cases!r} ({who})"
        raise ArgumentError(msg)
    labels = [str(label) for label in cells]
    if len(set(labels)) < len(labels):
        twice = next(label for label in labels if labels.count(label) > 1)
        msg = f"the case {twice!r} is there more than once in {cases!r}; each row is a case of its own"
        raise ArgumentError(msg)
    return tuple(labels)


def _memberships(frame: Any, name: str, argument: str, labels: tuple[str, ...]) -> NDArray[np.float64]:
    found = numbers_in(frame.get_column(_frames.require(frame, name, argument)).to_list(), repr(name))
    empty = np.flatnonzero(np.isnan(found))
    if len(empty):
        who = first_of((repr(labels[at]) for at in empty[:5].tolist()), len(empty))
        msg = (
            f"{len(empty):,} of {len(found):,} cases have no membership in {name!r} ({who}). Leave them out, or fill in"
        )
        raise ArgumentError(msg)
    outside = np.flatnonzero((found < 0) | (found > 1))
    if len(outside):
        at = outside[0]
        msg = (
            f"{name!r} must hold memberships between 0 and 1, but holds {found[at]:g} (case {labels[at]!r}; "
            f"{len(outside):,} of {len(found):,} cases are outside). Calibrate it first, with qca.calibrate or "
            "qca.calibrate_crisp"
        )
        raise ArgumentError(msg)
    return at_crossover(found)


def at_crossover(members: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take rounding off memberships of .5: 1.1 - .6 is not quite that to a computer."""
    return np.where(np.abs(members - CROSSOVER) <= ROUNDING, CROSSOVER, members)

"""Answers and predictors of all networks, one row for each organisation and wave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._actor_values import array_of
from wholenet._ingest import is_empty
from wholenet.errors import ArgumentError, ModelError
from wholenet.governance._answers import named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.governance._answers import Answers

__all__ = ["Panel", "Predictors", "mixtures", "panel_of"]

# Below this share of its length a column is a mixture of the others.
COLLINEAR = 1e-9
NOWHERE = -1
Predictors = str | Sequence[str] | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """The complete rows: outcome (m,), design (m, k) with the constant first, and what each row belongs to."""

    y: NDArray[np.float64]
    x: NDArray[np.float64]
    terms: list[str]
    predictors: list[str]
    organisation: NDArray[np.intp]
    group: NDArray[np.intp]  # the place
    wave: NDArray[np.intp]
    answers: list[Answers]
    places: list[tuple[Any, ...]]
    place_of: list[int]  # of each network; `NOWHERE` if nobody of the place has a complete row
    actor: NDArray[np.intp]  # position among the actors of its network
    source: NDArray[np.intp]  # number of the network
    silent: int
    incomplete: dict[str, int]


def panel_of(by: tuple[str, ...], answers: list[Answers], predictors: Predictors, wave: str | None) -> Panel:
    """Lay out the complete rows, and count the others; places without any have no number."""
    at = _wave_at(by, wave)
    wanted = _listed(predictors)
    values = [np.column_stack([_values(one, name, what) for name, what in wanted.items()]) for one in answers]
    known = [one.answered for one in answers]
    rows = [np.flatnonzero(a & ~np.isnan(v).any(axis=1)) for v, a in zip(values, known, strict=True)]
    keys = [_without(one.key, at) for one in answers]
    places = list(dict.fromkeys(key for key, here in zip(keys, rows, strict=True) if len(here)))
    place_of = [places.index(key) if key in places else NOWHERE for key in keys]
    source = np.repeat(np.arange(len(answers)), [len(one) for one in rows])
    actor = np.concatenate(rows)
    own = [(place_of[s], answers[s].net.labels[a]) for s, a in zip(source.tolist(), actor.tolist(), strict=True)]
    number = {one: k for k, one in enumerate(dict.fromkeys(own))}
    when, later = _waves(answers, at, wave, source)
    x = np.column_stack(
        [np.ones(len(actor)), *later.values(), np.concatenate([v[r] for v, r in zip(values, rows, strict=True)])]
    )
    terms = ["intercept", *later, *wanted]
    _check(x, terms)
    return Panel(
        y=np.concatenate([one.accurate[r] for one, r in zip(answers, rows, strict=True)]).astype(np.float64),
        x=x,
        terms=terms,
        predictors=list(wanted),
        organisation=np.array([number[one] for one in own], dtype=np.intp),
        group=np.array(place_of)[source],
        wave=when,
        answers=answers,
        places=places,
        place_of=place_of,
        actor=actor,
        source=source,
        silent=int(sum((~a).sum() for a in known)),
        incomplete=_incomplete(list(wanted), values, known),
    )


def _incomplete(names: list[str], values: list[NDArray[Any]], known: list[NDArray[np.bool_]]) -> dict[str, int]:
    """Count for each predictor who answered and has no value."""
    return {
        name: int(sum((np.isnan(v[:, k]) & a).sum() for v, a in zip(values, known, strict=True)))
        for k, name in enumerate(names)
    }


def _waves(
    answers: list[Answers], at: int | None, wave: str | None, source: NDArray[np.intp]
) -> tuple[NDArray[np.intp], dict[str, NDArray[np.float64]]]:
    """Number the wave of each row, and give a column of 0 and 1 for each wave but the first."""
    waves = sorted({one.key[at] for one in answers}) if at is not None else [None]
    when = np.array([waves.index(one.key[at]) if at is not None else 0 for one in answers], dtype=np.intp)[source]
    return when, {f"{wave} {waves[k]}": (when == k).astype(np.float64) for k in range(1, len(waves))}


def _wave_at(by: tuple[str, ...], wave: str | None) -> int | None:
    if wave is None or (wave not in by and wave == "wave"):
        return None
    if wave not in by:
        msg = f"wave={wave!r} must be one of the names in the keys ({', '.join(by) or 'none: this is one network'})"
        raise ArgumentError(msg)
    return by.index(wave)


def _without(key: tuple[Any, ...], at: int | None) -> tuple[Any, ...]:
    return key if at is None else key[:at] + key[at + 1 :]


def _listed(predictors: object) -> dict[str, Any]:
    if isinstance(predictors, str):
        return {predictors: predictors}
    if isinstance(predictors, Mapping) and predictors:
        return {str(name): what for name, what in predictors.items()}
    if isinstance(predictors, Sequence) and len(predictors) and all(isinstance(one, str) for one in predictors):
        return {name: name for name in predictors}
    msg = f"predictors must name attributes, or be a mapping from names to attributes or values, but is {predictors!r}"
    raise ArgumentError(msg)


def _values(one: Answers, name: str, what: Any) -> NDArray[np.float64]:
    """Read a predictor in one network: NaN where it is empty."""
    net, found = one.net, what
    if isinstance(what, Mapping):
        whole = one.key[0] if len(one.key) == 1 else one.key
        if whole not in what:
            msg = f"the predictor {name!r} has no values for {named(one.key)}"
            raise ArgumentError(msg)
        found = what[whole]
    elif callable(what):
        found = what(net)
    cells = (net.attribute(found) if isinstance(found, str) else array_of(found, f"the predictor {name!r}")).tolist()
    if len(cells) != net.n_actors:
        msg = f"the predictor {name!r} must hold a number for each of the {net.n_actors:,} actors of {named(one.key)}"
        raise ArgumentError(msg)
    try:
        numbers = np.array([np.nan if is_empty(cell) else float(cell) for cell in cells], dtype=np.float64)
    except (TypeError, ValueError):
        numbers = None
    # Text is no number, not even that of digits.
    if numbers is None or any(isinstance(cell, str) for cell in cells):
        msg = f"the predictor {name!r} must hold numbers, but in {named(one.key)} it holds something else"
        raise ArgumentError(msg)
    if np.isinf(numbers).any():
        msg = f"the predictor {name!r} is not finite in {named(one.key)}, at {net.labels[np.isinf(numbers)][0]!r}"
        raise ArgumentError(msg)
    return numbers


def _check(x: NDArray[np.float64], terms: list[str]) -> None:
    if len(set(terms)) < len(terms):
        msg = f"two terms have the same name: {', '.join(terms)}. Rename a predictor"
        raise ArgumentError(msg)
    if len(x) <= x.shape[1]:
        msg = f"{x.shape[1]:,} coefficients need more complete answers than that, but there are {len(x):,}"
        raise ModelError(msg)
    for name, column in zip(terms[1:], x.T[1:], strict=True):
        if np.ptp(column) == 0:
            msg = f"{name!r} is {column[0]:g} in all {len(x):,} complete answers. Leave it out"
            raise ModelError(msg)
    follows = mixtures(x)
    if len(follows):
        name = terms[int(follows[0])]
        msg = f"{name!r} is collinear: it follows from the terms before it. Leave one of them out"
        raise ModelError(msg)


def mixtures(x: NDArray[np.float64]) -> NDArray[np.intp]:
    """List the columns that follow from those before them; the first is the constant, and no other is constant."""
    centred = x[:, 1:] - x[:, 1:].mean(axis=0)
    left = np.abs(np.diag(np.linalg.qr(centred / np.sqrt((centred**2).sum(axis=0)), mode="r")))
    return 1 + np.flatnonzero(left <= COLLINEAR)

"""The design of a regression: a column for each coefficient, and what the coefficient says in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._frames import near
from wholenet.compare._columns import Column, Rows, column_of
from wholenet.compare._formula import CROSS, Formula
from wholenet.errors import ArgumentError, ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Design", "design_of"]

# Below this share of its length a column is a mixture of the others.
COLLINEAR = 1e-9
INTERCEPT = "intercept"


@dataclass(frozen=True, slots=True)
class Design:
    """Outcome (n,), design (n, k) with the constant first, and what rows and columns are."""

    formula: Formula
    y: NDArray[np.float64]
    x: NDArray[np.float64]
    columns: Mapping[str, Column]
    terms: tuple[str, ...]
    meaning: tuple[str, ...]
    labels: tuple[str, ...]
    dropped: tuple[str, ...]
    kind: str

    def at(self, levels: Mapping[str, int]) -> NDArray[np.float64]:
        """Give the mean design row if the categories of all rows were these: (k,)."""
        values = {
            name: np.full(len(self.y), float(levels[name])) if name in levels else column.values
            for name, column in self.columns.items()
        }
        row: NDArray[np.float64] = _matrix(self.formula, self.columns, values, len(self.y)).mean(axis=0)
        return row

    def categories(self) -> list[str]:
        """The predictors that are categories."""
        return [name for name, column in self.columns.items() if column.levels]


def design_of(formula: Formula, rows: Rows, reference: Mapping[str, str | bool] | None, unit: str) -> Design:
    """Lay out a regression; refuses what can't be estimated. `unit` says what a row is, in the plural."""
    columns = {name: column_of(rows, name, reference) for name in formula.names}
    _check_reference(reference, columns)
    outcome = column_of(rows, formula.outcome)
    if outcome.levels:
        msg = f"the outcome {formula.outcome!r} must hold numbers, but holds categories ({', '.join(outcome.levels)})"
        raise ArgumentError(msg)
    terms, meaning = _named(formula, columns)
    values = {name: column.values for name, column in columns.items()}
    x = _matrix(formula, columns, values, len(outcome.values))
    design = Design(
        formula=formula,
        y=outcome.values,
        x=x,
        columns=columns,
        terms=terms,
        meaning=meaning,
        labels=rows.labels,
        dropped=rows.dropped,
        kind=rows.kind,
    )
    _check(design, unit)
    return design


def _check_reference(reference: object, columns: Mapping[str, Column]) -> None:
    if reference is None:
        return
    if not isinstance(reference, Mapping):
        msg = f"reference must be a mapping from predictors to their reference, but is a {type(reference).__name__}"
        raise ArgumentError(msg)
    for name in reference:
        if name not in columns:
            msg = f"reference= names {name!r}, which the formula does not{near(str(name), columns)}"
            raise ArgumentError(msg)


def _codes(term: tuple[str, ...], columns: Mapping[str, Column]) -> list[tuple[int, ...]]:
    """For each coefficient of a term the categories that it is about; 0 stands for a predictor of numbers."""
    ranges = [range(1, len(columns[name].levels)) if columns[name].levels else range(1) for name in term]
    return list(product(*ranges))


def _matrix(
    formula: Formula, columns: Mapping[str, Column], values: Mapping[str, NDArray[np.float64]], n: int
) -> NDArray[np.float64]:
    found = [np.ones(n)]
    for term in formula.terms:
        for codes in _codes(term, columns):
            cells = np.ones(n)
            for name, code in zip(term, codes, strict=True):
                cells = cells * ((values[name] == code) if columns[name].levels else values[name])
            found.append(cells)
    return np.column_stack(found)


def _named(formula: Formula, columns: Mapping[str, Column]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the coefficients, and say what they are."""
    terms, meaning = [INTERCEPT], [f"mean {formula.outcome}{_where([], formula, columns)}"]
    for term in formula.terms:
        for codes in _codes(term, columns):
            parts = [
                columns[name].level(code) if columns[name].levels else name
                for name, code in zip(term, codes, strict=True)
            ]
            terms.append(CROSS.join(parts))
            meaning.append(_meaning(term, codes, formula, columns))
    twice = next((term for term in terms if terms.count(term) > 1), None)
    if twice is not None:
        msg = f"two coefficients would be called {twice!r}. Rename a column or a category"
        raise ArgumentError(msg)
    return tuple(terms), tuple(meaning)


def _meaning(term: tuple[str, ...], codes: tuple[int, ...], formula: Formula, columns: Mapping[str, Column]) -> str:
    name, column = term[-1], columns[term[-1]]
    step = f"{column.levels[codes[-1]]} instead of {column.levels[0]}" if column.levels else f"{name} one higher"
    if len(term) == 1:
        return step + _where([name], formula, columns)
    effect = f"effect of {name} ({step})" if column.levels else f"effect of {step}"
    for other, code in zip(reversed(term[:-1]), reversed(codes[:-1]), strict=True):
        levels = columns[other].levels
        if levels:
            effect = f"{effect} where {other} is {levels[code]}, less that where it is {levels[0]}"
        else:
            effect = f"how much the {effect} grows with {other} one higher"
    return effect + _where(list(term), formula, columns)


def _where(own: list[str], formula: Formula, columns: Mapping[str, Column]) -> str:
    """At what value of the predictors that interact with these it holds; for the constant of all predictors."""
    others = [
        other
        for other in formula.names
        if other not in own and (not own or any({*own, other} <= set(term) for term in formula.terms))
    ]
    told = [f"{other} is {columns[other].levels[0] if columns[other].levels else 0}" for other in others]
    return f", where {' and '.join(told)}" if told else ""


def _check(design: Design, unit: str) -> None:
    """Refuse what can't be estimated, in the words of the table."""
    n, k = design.x.shape
    if np.ptp(design.y) == 0:
        msg = f"the outcome {design.formula.outcome!r} is {design.y[0]:g} for all {n:,} {unit}: nothing to explain"
        raise ModelError(msg)
    if n <= k:
        msg = f"{k:,} coefficients need more {unit} than that, but there are {n:,}. Use fewer predictors"
        raise ModelError(msg)
    for at, term in enumerate(design.terms[1:], start=1):
        column: Any = design.x[:, at]
        if np.ptp(column) == 0:
            what = f"no network has {term}" if not column[0] and CROSS in term else f"{term!r} is the same for all"
            msg = f"{what} ({n:,} {unit}), so that its coefficient can't be estimated. Leave it out"
            raise ModelError(msg)
    scaled = np.column_stack([np.ones(n), design.x[:, 1:] - design.x[:, 1:].mean(axis=0)])
    left = np.abs(np.diag(np.linalg.qr(scaled / np.sqrt((scaled**2).sum(axis=0)), mode="r")))
    if (left <= COLLINEAR).any():
        at = int(np.argmax(left <= COLLINEAR))
        beside = np.delete(np.arange(at), 0)
        weights = np.linalg.lstsq(scaled[:, 1:at], scaled[:, at], rcond=None)[0]
        involved = [design.terms[one] for one, weight in zip(beside, weights, strict=True) if abs(weight) > COLLINEAR]
        msg = (
            f"{design.terms[at]!r} is collinear: it follows from {' and '.join(map(repr, involved))} in these {n:,} "
            f"{unit}. Leave one of them out, or an interaction of which a combination does not occur"
        )
        raise ModelError(msg)

"""Formulas of regressions: an outcome, a tilde, and predictors with +, * and : between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CROSS", "Formula", "formula_of"]

# Between the names of an interaction, as results show it.
CROSS = " × "
# A name in quotes, or a mark, or anything else.
PART = re.compile(r"'([^']*)'|\"([^\"]*)\"|([~+*:])|([^~+*:'\"]+)")
EXAMPLE = "Write an outcome, ~, and predictors, as in 'effectiveness ~ ses * inside + organisations'"


# The sides of a formula, and the predictors of the simplest interaction.
TWO = 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """A name, or a mark between names."""

    text: str
    mark: bool
    quoted: bool = False


# The constant, which is always there; a column of that name stands in quotes.
CONSTANT = _Piece("1", mark=False)


@dataclass(frozen=True, slots=True)
class Formula:
    """The outcome, and terms: each one predictor, or several whose product it is, the shorter ones first."""

    outcome: str
    terms: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The predictors, in the order in which they are named."""
        return tuple(dict.fromkeys(name for term in self.terms for name in term))

    def interactions(self) -> list[tuple[str, str]]:
        """The terms of two predictors."""
        return [(term[0], term[1]) for term in self.terms if len(term) == TWO]

    def __str__(self) -> str:
        return f"{self.outcome} ~ {' + '.join(CROSS.join(term) for term in self.terms) or '1'}"


def formula_of(text: object) -> Formula:
    """Read a formula; ``a * b`` is a + b + a:b, and ``a:b`` the product alone."""
    if not isinstance(text, str):
        msg = f"formula must be text, but is a {type(text).__name__}. {EXAMPLE}"
        raise ArgumentError(msg)
    sides = _split(_pieces(text), "~")
    if len(sides) != TWO or len(sides[0]) != 1 or sides[0][0].mark:
        msg = f"the formula {text!r} must have one outcome, a ~, and predictors. {EXAMPLE}"
        raise ArgumentError(msg)
    outcome = sides[0][0].text
    terms: dict[frozenset[str], tuple[str, ...]] = {}
    for part in _split(sides[1], "+"):
        if part == [CONSTANT]:
            continue
        for term in _products(part, text):
            terms.setdefault(frozenset(term), term)
    ordered = tuple(sorted(terms.values(), key=len))
    _check(outcome, ordered, text)
    return Formula(outcome, ordered)


def _pieces(text: str) -> list[_Piece]:
    """Read names, quoted or not, and the marks between them."""
    found, end = [], 0
    for match in PART.finditer(text):
        if match.start() != end:
            break
        end = match.end()
        quoted = match[1] if match[1] is not None else match[2]
        if quoted is not None:
            found.append(_Piece(quoted, mark=False, quoted=True))
        elif match[3]:
            found.append(_Piece(match[3], mark=True))
        elif match[4].strip():
            found.append(_Piece(match[4].strip(), mark=False))
    if end != len(text):
        msg = (
            f"the formula {text!r} has a quotation mark without another one, at {text[end : end + 12]!r}. Write names "
            "that hold one in quotes of the other kind"
        )
        raise ArgumentError(msg)
    return found


def _split(pieces: Sequence[_Piece], mark: str) -> list[list[_Piece]]:
    """Split at a mark."""
    found: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.mark and piece.text == mark:
            found.append([])
        else:
            found[-1].append(piece)
    return found


def _products(part: Sequence[_Piece], text: str) -> list[tuple[str, ...]]:
    """Read what stands between two plus signs: ``*`` gives all products of its factors, ``:`` one."""
    factors = []
    for one in _split(part, "*"):
        names = _split(one, ":")
        if any(len(name) != 1 for name in names):
            msg = f"the formula {text!r} has a mark without a name beside it, or two names without a mark. {EXAMPLE}"
            raise ArgumentError(msg)
        factors.append(tuple(name[0].text for name in names))
    return [
        tuple(dict.fromkeys(name for factor in chosen for name in factor))
        for size in range(1, len(factors) + 1)
        for chosen in combinations(factors, size)
    ]


def _check(outcome: str, terms: tuple[tuple[str, ...], ...], text: str) -> None:
    """Refuse the outcome among predictors, and products without their parts."""
    known = {frozenset(term) for term in terms}
    for term in terms:
        if outcome in term:
            msg = f"the formula {text!r} has {outcome!r} on both sides of the ~"
            raise ArgumentError(msg)
        absent = [part for size in range(1, len(term)) for part in combinations(term, size) if set(part) not in known]
        if absent:
            msg = (
                f"the formula {text!r} has {':'.join(term)} without {':'.join(absent[0])}, so that its coefficient "
                f"would be no interaction. Write {' * '.join(term)}"
            )
            raise ArgumentError(msg)

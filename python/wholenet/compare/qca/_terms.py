"""Terms and sums of terms in the field's notation: ``*`` and, ``+`` or, ``~`` not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet._frames import near
from wholenet.errors import ArgumentError, ColumnError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from wholenet.compare.qca._sets import Sets

__all__ = ["ALWAYS", "Term", "member", "name_of", "parsed", "sum_member", "term_of", "terms_in", "written"]

# The conditions that a term names, each with whether it is present, in the order of the conditions.
Term = tuple[tuple[str, bool], ...]
# A term that names no condition: every case is in it.
ALWAYS = "1"


def name_of(literal: str) -> tuple[str, bool]:
    """Read a condition, or ``~`` and a condition: its name, and whether it is present."""
    text = literal.strip()
    return (text.removeprefix("~").strip(), not text.startswith("~"))


def written(term: Term) -> str:
    """Write a term."""
    return "*".join(name if present else f"~{name}" for name, present in term) or ALWAYS


def term_of(mask: int, value: int, conditions: Sequence[str]) -> Term:
    """Read a term from bits; the first condition has the highest."""
    last = len(conditions) - 1
    return tuple(
        (name, bool(value >> (last - at) & 1)) for at, name in enumerate(conditions) if mask >> (last - at) & 1
    )


def parsed(text: object, argument: str) -> list[Term]:
    """Read a sum of terms such as ``"A*~B + C"``."""
    if not isinstance(text, str) or not text.strip():
        msg = f'{argument} must be a term or a sum of terms, such as "A*~B + C", but is {text!r}'
        raise ArgumentError(msg)
    terms = [tuple(name_of(literal) for literal in part.split("*")) for part in text.split("+")]
    for term in terms:
        names = [name for name, _ in term]
        odd = next((name for name in names if not name or set(name) & set("~*+()")), None)
        twice = next((name for name in names if names.count(name) > 1), None)
        if odd is not None or twice is not None:
            what = f"names {twice!r} twice in one term" if odd is None else f"can't be read near {odd!r}"
            msg = f'{argument}={text!r} {what}. Write a sum of terms, such as "A*~B + C"'
            raise ArgumentError(msg)
    return terms


def terms_in(texts: Iterable[str]) -> list[Term]:
    """Read terms that were written here."""
    return [() if text == ALWAYS else term for text in texts for term in parsed(text, "terms")]


def member(term: Term, sets: Sets) -> NDArray[np.float64]:
    """Give each case's membership in a term: the lowest of those in its conditions."""
    found = np.ones(len(sets.cases))
    for name, present in term:
        if name not in sets.names:
            msg = f"there is no condition {name!r}{near(name, sets.names) or '.'} There are: {', '.join(sets.names)}"
            raise ColumnError(msg)
        values = sets.members[:, sets.names.index(name)]
        found = np.minimum(found, values if present else 1 - values)
    return found


def sum_member(terms: Iterable[Term], sets: Sets) -> NDArray[np.float64]:
    """Give each case's membership in a sum of terms: the highest of those in the terms."""
    found = np.zeros(len(sets.cases))
    for term in terms:
        found = np.maximum(found, member(term, sets))
    return found

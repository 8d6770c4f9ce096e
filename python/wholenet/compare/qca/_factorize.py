"""Sums of terms with common conditions in front of brackets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wholenet.compare.qca._solution import Solution
from wholenet.compare.qca._terms import Term, parsed, terms_in, written

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["factorize"]


def factorize(solution: Solution | str) -> tuple[str, ...]:
    """Factorize: write a solution with common conditions in front of brackets.

    Parameters
    ----------
    solution : Solution or str
        A solution, or a sum of terms such as ``"A*B + A*C"``.

    Returns
    -------
    tuple of str
        A formula for each model; it says the same as the sum of terms.

    Raises
    ------
    ArgumentError
        What was handed in is neither, or can't be read.

    Notes
    -----
    The condition that most terms share is put in front of a bracket, of those shared by as many the first; within the
    bracket and for the other terms the same is done again. A formula may have other factorizations that are as good.
    A condition in front of a bracket is not more of a cause than those in it.

    O(t²·k) time, for t terms.

    Peers: R's QCA (``factorize``) lists several factorizations.

    Examples
    --------
    >>> from wholenet.compare import qca
    >>> qca.factorize("A*B + A*~C + D*E")
    ('A*(B + ~C) + D*E',)
    """
    if isinstance(solution, Solution):
        return tuple(_factored(terms_in(model.terms)) for model in solution.models)
    return (_factored(parsed(solution, "solution")),)


def _factored(terms: Sequence[Term]) -> str:
    if len(terms) == 1:
        return written(terms[0])
    counts = Counter(literal for term in terms for literal in term)
    literal, most = max(counts.items(), key=lambda item: item[1], default=(None, 0))
    if most <= 1:
        return " + ".join(map(written, terms))
    inside = [term for term in terms if literal in term]
    common = [one for one in inside[0] if all(one in term for term in inside)]
    rest = [tuple(one for one in term if one not in common) for term in inside]
    outside = [term for term in terms if literal not in term]
    # A term that is wholly in front takes the others in.
    bracket = "" if () in rest else f"*({_factored(rest)})"
    front = f"{written(tuple(common))}{bracket}"
    return f"{front} + {_factored(outside)}" if outside else front

"""Predictors of dyads from attributes of actors, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames, _ingest
from wholenet.errors import ArgumentError, ModelError
from wholenet.inference._dyads import Relation, attribute, many

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Term", "absdiff", "both", "predictors_of", "receiver", "same", "sender"]

WORDS = ("same", "sender", "receiver", "absdiff", "both")
WORD = re.compile(r"(\w+)\(\s*(?:'([^']*)'|\"([^\"]*)\"|([^'\"()]+?))\s*\)")


@dataclass(frozen=True, slots=True)
class Term:
    """
    A predictor of dyads that is made from an attribute of the actors.

    Parameters
    ----------
    word : {"same", "sender", "receiver", "absdiff", "both"}
        What is made of it.
    attribute : str
        The attribute.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.inference.same("sector")
    Term(word='same', attribute='sector')
    """

    word: str
    attribute: str


def same(attribute: str) -> Term:
    """Predict dyads by whether both actors are alike: 1 where they have the same value of an attribute, else 0.

    Parameters
    ----------
    attribute : str
        The attribute of the actors.

    Returns
    -------
    Term
        A predictor for `mrqap`.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.inference.same("sector")
    Term(word='same', attribute='sector')
    """
    return Term("same", attribute)


def sender(attribute: str) -> Term:
    """Predict dyads by the sender: the value of an attribute of the actor in the row.

    Parameters
    ----------
    attribute : str
        The attribute of the actors: numbers, True and False, or text, of which each value but the first (in sorted
        order) becomes a predictor of 0 and 1.

    Returns
    -------
    Term
        A predictor for `mrqap`.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.inference.sender("size")
    Term(word='sender', attribute='size')
    """
    return Term("sender", attribute)


def receiver(attribute: str) -> Term:
    """Predict dyads by the receiver: the value of an attribute of the actor in the column.

    Parameters
    ----------
    attribute : str
        The attribute of the actors: numbers, True and False, or text, of which each value but the first (in sorted
        order) becomes a predictor of 0 and 1.

    Returns
    -------
    Term
        A predictor for `mrqap`.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.inference.receiver("size")
    Term(word='receiver', attribute='size')
    """
    return Term("receiver", attribute)


def absdiff(attribute: str) -> Term:
    """Predict dyads by how far the actors are apart: the absolute difference of a numeric attribute.

    Parameters
    ----------
    attribute : str
        The attribute of the actors: numbers.

    Returns
    -------
    Term
        A predictor for `mrqap`.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.inference.absdiff("level")
    Term(word='absdiff', attribute='level')
    """
    return Term("absdiff", attribute)


def both(attribute: str) -> Term:
    """Predict dyads by whether an attribute holds for both actors: 1 where it does, else 0.

    Parameters
    ----------
    attribute : str
        The attribute of the actors: True and False, or 1 and 0.

    Returns
    -------
    Term
        A predictor for `mrqap`.

    Examples
    --------
    >>> import wholenet as wn
    >>> wn.inference.both("gatekeeper")
    Term(word='both', attribute='gatekeeper')
    """
    return Term("both", attribute)


def predictors_of(
    predictors: Any, data: Mapping[str, Any] | None, outcome: Mapping[Any, Relation]
) -> dict[str, dict[Any, Relation]]:
    """Read predictors, by name: for each network of the outcome a matrix."""
    if isinstance(predictors, str):
        listed: dict[str, Any] = dict(_formula(predictors, data))
    elif isinstance(predictors, Mapping):
        listed = dict(predictors)
    elif isinstance(predictors, Sequence) and all(isinstance(one, Term | str) for one in predictors):
        listed = {_name(term): term for term in (_term(one) for one in predictors)}
    else:
        msg = (
            "predictors must be a mapping from names to networks, matrices or terms, a list of terms such as "
            f"same('sector'), or a formula, but is a {type(predictors).__name__}"
        )
        raise ArgumentError(msg)
    if data is not None and not isinstance(predictors, str):
        msg = "data= gives the relations that a formula names; with other predictors leave it out"
        raise ArgumentError(msg)
    if not listed:
        msg = "predictors is empty; a regression needs at least one"
        raise ArgumentError(msg)
    found: dict[str, dict[Any, Relation]] = {}
    for name, value in listed.items():
        made = _made(str(name), value, outcome)
        taken = [one for one in made if one in found or one == "intercept"]
        if taken:
            msg = f"another predictor is called {taken[0]!r} too; give them other names, with a mapping"
            raise ArgumentError(msg)
        found |= made
    return found


def _made(name: str, value: Any, outcome: Mapping[Any, Relation]) -> dict[str, dict[Any, Relation]]:
    if isinstance(value, str):
        value = _term(value)
    if not isinstance(value, Term):
        return {name: many(value, name)}
    columns: dict[str, dict[Any, Relation]] = {}
    for key, block in outcome.items():
        for suffix, matrix in _matrices(value, block, key, outcome).items():
            made = Relation(name + suffix, matrix, block.two_mode, block.labels)
            columns.setdefault(name + suffix, {})[key] = made
    return columns


def _name(term: Term) -> str:
    return f"{term.word}({term.attribute})"


def _term(text: Term | str) -> Term:
    """Read a word with its attribute, such as ``same(sector)``."""
    if isinstance(text, Term):
        return text
    match = WORD.fullmatch(text.strip())
    if match is None:
        msg = f"{text!r} is no term; write a word with an attribute, such as same(sector)"
        raise ArgumentError(msg)
    if match[1] not in WORDS:
        msg = f"{match[1]!r} is none of the words {', '.join(WORDS)}{_frames.near(match[1], WORDS)}"
        raise ArgumentError(msg)
    return Term(match[1], match[2] or match[3] or match[4])


def _formula(text: str, data: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    """Read terms with plus signs between; a name without a word is one of `data`."""
    parts = [part.strip() for part in text.rpartition("~")[2].split("+")]
    found: list[tuple[str, Any]] = []
    for part in parts:
        if "(" in part:
            term = _term(part)
            found.append((_name(term), term))
        elif data is not None and part in data:
            found.append((part, data[part]))
        else:
            known = ", ".join(map(repr, data or ())) or "nothing"
            msg = (
                f"the formula names {part!r}, and data= has {known}{_frames.near(part, data or ())}. Terms are added "
                "with +: names of data=, and words such as same(sector)"
            )
            raise ArgumentError(msg)
    return found


def _matrices(term: Term, block: Relation, key: Any, outcome: Mapping[Any, Relation]) -> dict[str, NDArray[np.float64]]:
    """Make the matrices of a term, by the end of their names."""
    values = attribute(block, term.attribute, key)
    rows = block.matrix.shape[0]
    row, column = (values[:rows], values[rows:]) if block.two_mode else (values, values)
    if term.word == "same":
        listed = values.tolist()
        codes = {value: code for code, value in enumerate(one for one in listed if not _ingest.is_empty(one))}
        numbers = np.array([np.nan if _ingest.is_empty(one) else codes[one] for one in listed], dtype=float)
        first, second = (numbers[:rows], numbers[rows:]) if block.two_mode else (numbers, numbers)
        gap = np.abs(first[:, None] - second[None, :])
        return {"": np.where(np.isnan(gap), np.nan, (gap == 0).astype(float))}
    if term.word in {"sender", "receiver"}:
        columns = _columns(term, values, outcome)
        size = block.matrix.shape

        def part(one: NDArray[np.float64]) -> NDArray[np.float64]:
            return one[:rows, None] if term.word == "sender" else one[-size[1] :][None, :]

        return {suffix: np.broadcast_to(part(one), size).copy() for suffix, one in columns.items()}
    first, second = _numbers(term, row), _numbers(term, column)
    if term.word == "absdiff":
        return {"": np.abs(first[:, None] - second[None, :])}
    both_ends = np.append(first, second)
    odd = both_ends[(both_ends != 0) & (both_ends != 1) & ~np.isnan(both_ends)]
    if len(odd):
        msg = f"both({term.attribute!r}) needs True and False, or 1 and 0, and there is {odd[0]:g}"
        raise ArgumentError(msg)
    return {"": first[:, None] * second[None, :]}


def _numbers(term: Term, values: NDArray[Any]) -> NDArray[np.float64]:
    empty = [_ingest.is_empty(value) for value in values.tolist()]
    try:
        return np.array(
            [np.nan if gone else float(value) for value, gone in zip(values.tolist(), empty, strict=True)], dtype=float
        )
    except (TypeError, ValueError) as error:
        msg = f"{_name(term)} needs an attribute of numbers, and {term.attribute!r} holds text; same(...) reads text"
        raise ArgumentError(msg) from error


def _columns(term: Term, values: NDArray[Any], outcome: Mapping[Any, Relation]) -> dict[str, NDArray[np.float64]]:
    """An attribute of numbers as it is; of text a column for each value but the first of all networks."""
    known = {value for key, one in outcome.items() for value in attribute(one, term.attribute, key).tolist()}
    levels = sorted(value for value in known if isinstance(value, str))
    if not levels:
        return {"": _numbers(term, values)}
    if len(levels) == 1:
        msg = (
            f"{term.attribute!r} is {levels[0]!r} wherever it is not empty, so that {_name(term)} predicts nothing. "
            "For whether an actor has a value make a column of True and False, with net.with_actors(...)"
        )
        raise ModelError(msg)
    listed = values.tolist()
    empty = np.array([_ingest.is_empty(value) for value in listed], dtype=bool)
    return {
        f"[{level}]": np.where(empty, np.nan, np.array([value == level for value in listed], dtype=float))
        for level in levels[1:]
    }

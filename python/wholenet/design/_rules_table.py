"""Rules from a table that anyone can edit in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wholenet import _frames, _ingest
from wholenet.design._rules import Rule, at_most, must, never
from wholenet.errors import ArgumentError, WholenetError

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

__all__ = ["rules"]

COLUMNS = ("rule", "who", "with_whom", "ties")
KINDS = ("must", "never", "at_most")
NOT = "not "


def rules(table: IntoDataFrame) -> list[Rule]:
    """Read rules from a table: one for each row.

    Parameters
    ----------
    table : table
        With the columns ``rule`` (``must``, ``never`` or ``at_most``), ``who`` and ``with_whom`` (which organisations;
        empty: everybody), and ``ties`` (of `must` a number or ``all``, empty: 1; of `at_most` a number or the attribute
        that holds it; of `never` empty).

    Returns
    -------
    list of Rule
        The rules in the order of the rows, to be used in `gap` and `plan`.

    Raises
    ------
    ColumnError
        A column is not there.
    ArgumentError
        A row is no rule, or the same as one before; the message names the row, from 0.

    Notes
    -----
    Organisations are told by conditions with semicolons between them, which must all hold: ``sector = mental health``
    (the attribute has this value), ``sector = safety or welfare`` (one of these), ``gatekeeper`` (it is marked by this
    attribute), ``not gatekeeper`` (it is not). Values are text; those of an attribute that holds numbers can't be told
    in a table. A value with the word "or" in it neither: use `must`, `never` and `at_most` for these.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({
    ...     "rule": ["must", "at_most"],
    ...     "who": ["gatekeeper", None],
    ...     "with_whom": ["sector = mental health", None],
    ...     "ties": [2, "capacity"],
    ... })
    >>> wn.design.rules(table)
    [<Rule: every gatekeeper organisation has at least 2 ties with mental health ones>,
     <Rule: no organisation has more ties than its capacity>]
    """
    frame = _frames.wrap(table, "table")
    cells = [frame[_frames.require(frame, name, name)].to_list() for name in COLUMNS]
    found: list[Rule] = []
    for row, values in enumerate(zip(*cells, strict=True)):
        rule = _rule(row, *(None if _blank(one) else one for one in values))
        if rule in found:
            msg = f"row {row} of the rules says the same as row {found.index(rule)}: {rule}. Leave one out"
            raise ArgumentError(msg)
        found.append(rule)
    if not found:
        msg = "the table of rules has no rows"
        raise ArgumentError(msg)
    return found


def _blank(cell: object) -> bool:
    return _ingest.is_empty(cell) or (isinstance(cell, str) and not cell.strip())


def _rule(row: int, kind: Any, who: Any, whom: Any, ties: Any) -> Rule:
    """Read a row; what is wrong is said with its number."""
    word = str(kind).strip()
    if word not in KINDS:
        msg = f'row {row} of the rules: rule must be "must", "never" or "at_most", but is {kind!r}'
        raise ArgumentError(msg)
    selectors = {**_conditions(row, "who", who, ""), **_conditions(row, "with_whom", whom, "with_")}
    count = _ties(ties)
    if word == "never" and count not in {None, 0}:
        msg = f"row {row} of the rules: a rule that says never has no number of ties, but has {ties!r}. Leave it empty"
        raise ArgumentError(msg)
    if word == "at_most" and count is None:
        msg = f"row {row} of the rules: ties is empty; at_most needs a number, or the attribute that holds it"
        raise ArgumentError(msg)
    try:
        if word == "never":
            return never(**selectors)
        return must(1 if count is None else count, **selectors) if word == "must" else at_most(count, **selectors)
    except WholenetError as error:
        msg = f"row {row} of the rules: {error}"
        raise ArgumentError(msg) from None


def _ties(cell: Any) -> Any:
    """A number as a number, also where the column holds text or fractions."""
    text = str(cell).strip()
    try:
        number = float(text)
    except ValueError:
        return None if cell is None else text
    return int(number) if number.is_integer() else number


def _conditions(row: int, column: str, text: Any, prefix: str) -> dict[str, Any]:
    """Read conditions such as 'gatekeeper; sector = mental health'."""
    found: dict[str, Any] = {}
    for part in [] if text is None else str(text).split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        mark = not name.startswith(NOT)
        name = name if equals or mark else name.removeprefix(NOT).strip()
        values = [one.strip() for one in value.split(" or ")]
        if not name or (equals and not all(values)) or prefix + name in found:
            msg = (
                f"row {row} of the rules: {column} must be conditions such as 'gatekeeper; sector = mental health', "
                f"each about another attribute, but is {text!r}"
            )
            raise ArgumentError(msg)
        found[prefix + name] = values if equals else mark
    return found

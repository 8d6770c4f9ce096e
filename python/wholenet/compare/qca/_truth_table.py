"""Makes truth tables of crisp and fuzzy sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._checks import whole
from wholenet._ingest import number
from wholenet.compare.qca._fit import ROUNDING, consistency, pri
from wholenet.compare.qca._necessity import apart
from wholenet.compare.qca._sets import CROSSOVER, Sets, listed_names, read_outcome, read_sets
from wholenet.compare.qca._truth_table_result import CODES, COLUMNS, Cutoffs, TruthTable
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["MOST_CONDITIONS", "cutoffs_of", "tabulated", "truth_table"]

MOST_CONDITIONS = 16


def truth_table(
    data: IntoDataFrame,
    *,
    outcome: str,
    conditions: str | Sequence[str],
    cases: str | None = None,
    frequency: int = 1,
    consistency: float = 0.8,
    pri: float | None = None,
) -> TruthTable:
    """Truth table: which combinations of conditions there are, and which are sufficient for the outcome.

    Parameters
    ----------
    data : table
        One row per case, with memberships between 0 and 1.
    outcome : str
        The column of the outcome; with a ``~`` in front its absence.
    conditions : str or list of str
        The columns of the conditions, at most 16.
    cases : str, optional
        The column that names the cases. Default: they are named by their rows, from 0.
    frequency : int
        From how many cases on a row counts. Rows with fewer are remainders.
    consistency : float
        From which consistency on a row is sufficient.
    pri : float, optional
        From which PRI on a row is sufficient. Default: any.

    Returns
    -------
    TruthTable
        For each row with cases: its code, how many and which cases, consistency and PRI.

    Raises
    ------
    ArgumentError
        A membership is not between 0 and 1, or missing; a condition or the outcome is the same in all cases; a
        condition is called as a column of the result is; there are more than 16 conditions; a cut-off is out of range.
    ColumnError
        There is no such column.

    Notes
    -----
    k conditions make 2^k rows, the corners of the space of memberships. A case belongs to the one row in which its
    membership (the lowest of those in the conditions, negated where the row has them absent) is above .5; with a
    membership of .5 in some condition (but for rounding) it belongs to none, and is listed in ``unassigned``.
    Consistency and PRI are those of `sufficiency`, over all cases with their memberships in the row, not only over
    those that belong to it.

    Codes: ``1`` where consistency and PRI reach their cut-offs, else ``0``. A row below a cut-off of which some cases
    have the outcome (above .5) and others do not (below .5) is contradictory: ``C``. It is never resolved: `minimize`
    neither explains it nor uses it as a remainder, as with 0, and the cases are named. Look at them: a condition may be
    missing, or a case calibrated wrongly. A row that reaches the cut-offs in spite of such cases has the code 1, and
    these are named in ``deviant``. ``?``: fewer cases than `frequency`.

    A row may be sufficient for an outcome and for its absence where memberships are near .5; its PRI is low then. So
    give `pri` (.5 at least) with fuzzy sets, and look at the table of ``~outcome`` as well.

    Nothing is left out silently: cases with a missing membership are refused. O(n·r·k) time, for r rows with cases.

    Peers: R's QCA (``truthTable``) and fsQCA have the same numbers. In R's QCA ``C`` stands for consistencies between
    two cut-offs, whatever its cases are; fsQCA codes contradictory rows by the cut-off.

    References
    ----------
    Ragin, C. C. (2008). Redesigning social inquiry: fuzzy sets and beyond, ch. 7. University of Chicago Press.
    https://doi.org/10.7208/chicago/9780226702797.001.0001

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 1], "y": [1, 1, 1, 0]})
    >>> found = qca.truth_table(data, outcome="y", conditions=["a", "b"])
    >>> found.codes, found.deviant
    (('1', '1', 'C'), ((), (), ('3',)))
    """
    names = listed_names(conditions, "conditions")
    if len(names) > MOST_CONDITIONS:
        msg = (
            f"{len(names)} conditions make {2 ** len(names):,} rows and {3 ** len(names):,} terms to look at, and "
            f"{MOST_CONDITIONS} are the most that can be done. Most rows would be without cases anyway: choose fewer "
            "conditions, or join some to one"
        )
        raise ArgumentError(msg)
    cutoffs = cutoffs_of(frequency, consistency, pri)
    apart(outcome, names)
    label, y = read_outcome(data, outcome, cases)
    return tabulated(read_sets(data, names, "conditions", cases), label, y, cutoffs)


def cutoffs_of(frequency: object, consistency: object, pri: object) -> Cutoffs:
    """Check cut-offs."""
    least = _cutoff(consistency, "consistency")
    return Cutoffs(whole(frequency, "frequency"), least, None if pri is None else _cutoff(pri, "pri"))


def _cutoff(value: object, argument: str) -> float:
    found = number(value, argument)
    if not 0 < found <= 1:
        msg = f"{argument} must be above 0 and at most 1, but is {value!r}"
        raise ArgumentError(msg)
    return found


def tabulated(sets: Sets, outcome: str, y: NDArray[np.float64], cutoffs: Cutoffs) -> TruthTable:
    """Make the truth table of memberships."""
    for at, name in enumerate(sets.names):
        values = sets.members[:, at]
        if np.ptp(values) == 0:
            msg = f"the condition {name!r} is {values[0]:g} in every case, so that it explains nothing; leave it out"
            raise ArgumentError(msg)
        if name in COLUMNS:
            msg = f"the condition {name!r} has the name of another column of the truth table; rename it"
            raise ArgumentError(msg)
    within = ~(sets.members == CROSSOVER).any(axis=1)
    digits = 1 << np.arange(len(sets.names) - 1, -1, -1, dtype=np.int64)
    places = np.where(within, ((sets.members > CROSSOVER) * digits).sum(axis=1), -1)
    rows = [_row(sets, y, int(place), places == place, cutoffs) for place in np.unique(places[within])]
    rows.sort(key=lambda row: (CODES.index(row["codes"]), -row["consistency"], row["numbers"]))
    return TruthTable(
        outcome=outcome,
        numbers=np.array([row["numbers"] for row in rows], dtype=np.int64),
        configurations=np.array([row["configuration"] for row in rows], dtype=np.bool_).reshape(-1, len(sets.names)),
        n=np.array([row["n"] for row in rows], dtype=np.int64),
        consistency=np.array([row["consistency"] for row in rows], dtype=np.float64),
        pri=np.array([row["pri"] for row in rows], dtype=np.float64),
        codes=tuple(row["codes"] for row in rows),
        cases=tuple(row["cases"] for row in rows),
        deviant=tuple(row["deviant"] for row in rows),
        unassigned=_named(sets, ~within),
        cutoffs=cutoffs,
        sets=sets,
        y=y,
    )


def _row(sets: Sets, y: NDArray[np.float64], place: int, belong: NDArray[np.bool_], cutoffs: Cutoffs) -> dict[str, Any]:
    last = len(sets.names) - 1
    configuration = [bool(place >> (last - at) & 1) for at in range(last + 1)]
    x = np.where(configuration, sets.members, 1 - sets.members).min(axis=1)
    fit, strict = consistency(x, y), pri(x, y)
    having, lacking = belong & (y > CROSSOVER), belong & (y < CROSSOVER)
    enough = fit >= cutoffs.consistency - ROUNDING
    if cutoffs.pri is not None:
        enough = enough and strict >= cutoffs.pri - ROUNDING
    code = "1" if enough else "C" if having.any() and lacking.any() else "0"
    return {
        "numbers": place + 1,
        "configuration": configuration,
        "n": int(belong.sum()),
        "consistency": fit,
        "pri": strict,
        "codes": code if belong.sum() >= cutoffs.frequency else "?",
        "cases": _named(sets, belong),
        "deviant": _named(sets, lacking),
    }


def _named(sets: Sets, which: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(sets.cases[at] for at in np.flatnonzero(which).tolist())

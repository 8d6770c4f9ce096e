"""The remainders that a solution takes to have the outcome, and which of them can't be upheld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet.compare.qca._fit import ROUNDING, coverage
from wholenet.compare.qca._minimize import solved
from wholenet.compare.qca._solution import needs_solution
from wholenet.compare.qca._truth_table import tabulated

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet.compare.qca._solution import Solution

__all__ = ["assumptions"]

# From this consistency on a condition is called necessary (Schneider & Wagemann 2012).
NECESSARY = 0.9


def assumptions(solution: Solution, *, progress: bool = True) -> IntoDataFrame:
    """Simplifying assumptions: the remainders that a solution takes to have the outcome, and which are untenable.

    Parameters
    ----------
    solution : Solution
        A parsimonious or an intermediate solution.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    table
        One row per remainder that some model uses: ``row``, a column of 0 and 1 for each condition, ``models``,
        ``contradictory`` (whether the solution for the absence of the outcome uses it, too), ``against`` (necessary
        conditions that it lacks), and ``n`` (its cases, where there are some but fewer than the cut-off).

    Raises
    ------
    ArgumentError
        `solution` is none.

    Notes
    -----
    Nobody has seen such cases, so that assumptions are to be judged by what is known: say for each whether it is
    plausible. Two kinds never are. A *contradictory* one is taken to have the outcome here and, in some model of the
    solution of the same kind for ``~outcome`` (with the same cut-offs, and expectations turned round), not to have it.
    One *against* a necessary condition takes the outcome to be there without a condition (or the absence of one) that
    is necessary by `necessity` with a consistency of .9 or more.

    The complex solution uses no remainders, and the table has no rows. Time as for `minimize`.

    Peers: R's QCA (``findRows``) and SetMethods find contradictory assumptions and those against necessary conditions.

    References
    ----------
    Schneider, C. Q. & Wagemann, C. (2012). Set-theoretic methods for the social sciences, ch. 8. Cambridge University
    Press. https://doi.org/10.1017/CBO9781139004244

    Examples
    --------
    Nobody has a without b, and both solutions use that row.

    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 0, 0], "b": [1, 1, 0], "y": [1, 0, 1]})
    >>> table = qca.truth_table(data, outcome="y", conditions=["a", "b"])
    >>> qca.assumptions(qca.minimize(table, solution="parsimonious"))
       row  a  b models  contradictory against  n
    0    3  1  0     M1          False          0
    """
    needs_solution(solution)
    table = solution.table
    models: dict[int, list[str]] = {}
    for model in solution.models:
        for row in model.assumptions:
            models.setdefault(row, []).append(model.name)
    rows = sorted(models)
    last = len(table.conditions) - 1
    present = np.array([[(row - 1) >> (last - at) & 1 for at in range(last + 1)] for row in rows], dtype=np.int64)
    present = present.reshape(len(rows), last + 1)
    opposite = _opposite(solution, progress=progress) if rows else frozenset()
    counts = dict(zip(table.numbers.tolist(), table.n.tolist(), strict=True))
    columns: dict[str, Any] = {"row": np.array(rows, dtype=np.int64)}
    columns |= {name: present[:, at] for at, name in enumerate(table.conditions)}
    columns["models"] = _frames.column([", ".join(models[row]) for row in rows], "")
    columns["contradictory"] = np.array([row in opposite for row in rows], dtype=np.bool_)
    columns["against"] = _frames.column(_against(solution, present), "")
    columns["n"] = np.array([counts.get(row, 0) for row in rows], dtype=np.int64)
    return _frames.make(columns, table.sets.kind)


def _opposite(solution: Solution, *, progress: bool) -> frozenset[int]:
    """The remainders that models of the negated outcome use."""
    table = solution.table
    name = table.outcome.removeprefix("~") if table.outcome.startswith("~") else f"~{table.outcome}"
    other = tabulated(table.sets, name, 1 - table.y, table.cutoffs)
    if "1" not in other.codes:
        return frozenset()
    turned = {condition: 1 - value for condition, value in solution.expectations.items()}
    found = solved(other, solution.solution, turned, progress=progress)
    return frozenset(row for model in found.models for row in model.assumptions)


def _against(solution: Solution, present: np.ndarray[Any, np.dtype[np.int64]]) -> list[str]:
    """For each row the necessary conditions that it lacks."""
    sets, y = solution.table.sets, solution.table.y
    necessary = []
    for at, name in enumerate(sets.names):
        x = sets.members[:, at]
        options = ((name, 0, x), (f"~{name}", 1, 1 - x))
        necessary += [(at, text, lacking) for text, lacking, one in options if coverage(one, y) >= NECESSARY - ROUNDING]
    return [", ".join(text for at, text, lacking in necessary if row[at] == lacking) for row in present.tolist()]

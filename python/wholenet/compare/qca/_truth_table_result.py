"""A truth table: which combinations of conditions there are, and where the outcome is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._show import table_html

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet.compare.qca._sets import Sets

__all__ = ["CODES", "COLUMNS", "Cutoffs", "TruthTable"]

# In the order in which rows are listed.
CODES = ("1", "C", "0", "?")
# Columns that stand beside those of the conditions, here and where assumptions are listed.
COLUMNS = frozenset(
    {"row", "outcome", "n", "consistency", "pri", "cases", "deviant", "models", "contradictory", "against"}
)


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """From where on a row counts: cases, consistency and PRI (None: any)."""

    frequency: int
    consistency: float
    pri: float | None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class TruthTable:
    """
    A truth table.

    Rows with cases stand in the order of their codes (1, C, 0, ?), the most consistent first.

    Parameters
    ----------
    outcome : str
        The outcome; with a ``~`` in front its absence.
    numbers : array of shape (r,)
        The numbers of the rows, from 1: 1 + the conditions read as a binary number, the first one being the highest
        digit, as in R's QCA.
    configurations : array of shape (r, k)
        Which conditions are present in each row.
    n : array of shape (r,)
        How many cases are in each row.
    consistency, pri : array of shape (r,)
        How far the row is sufficient for the outcome.
    codes : tuple of str
        ``"1"`` sufficient, ``"0"`` not, ``"C"`` not and contradictory, ``"?"`` a remainder with too few cases.
    cases : tuple of tuple of str
        The cases in each row.
    deviant : tuple of tuple of str
        Those of them that do not have the outcome.
    unassigned : tuple of str
        Cases that are in no row, having a membership of exactly .5 in some condition.
    cutoffs : Cutoffs
        From where on a row counts.
    sets : Sets
        The memberships in the conditions, with the names of these and of the cases.
    y : array of shape (n,)
        The memberships in the outcome.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.compare import qca
    >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 1], "y": [1, 1, 1, 0]})
    >>> qca.truth_table(data, outcome="y", conditions=["a", "b"])
    <TruthTable: y by a, b; 4 cases in 3 of 4 rows: 2 with code 1, 1 contradictory, 1 remainder>
    """

    outcome: str
    numbers: NDArray[np.int64]
    configurations: NDArray[np.bool_]
    n: NDArray[np.int64]
    consistency: NDArray[np.float64]
    pri: NDArray[np.float64]
    codes: tuple[str, ...]
    cases: tuple[tuple[str, ...], ...]
    deviant: tuple[tuple[str, ...], ...]
    unassigned: tuple[str, ...]
    cutoffs: Cutoffs
    sets: Sets
    y: NDArray[np.float64]

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions, in order.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.compare import qca
        >>> data = pd.DataFrame({"a": [1, 0], "y": [1, 0]})
        >>> qca.truth_table(data, outcome="y", conditions="a").conditions
        ('a',)
        """
        return self.sets.names

    @property
    def remainders(self) -> int:
        """How many rows are remainders: without cases, or with fewer than the cut-off.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.compare import qca
        >>> data = pd.DataFrame({"a": [1, 0], "b": [1, 0], "y": [1, 0]})
        >>> qca.truth_table(data, outcome="y", conditions=["a", "b"]).remainders
        2
        """
        return (1 << len(self.conditions)) - sum(code != "?" for code in self.codes)

    def to_frame(self) -> IntoDataFrame:
        """Lay the rows that have cases out as a table.

        Returns
        -------
        table
            ``row``, a column of 0 and 1 for each condition, then ``outcome``, ``n``, ``consistency``, ``pri``,
            ``cases`` and ``deviant``.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.compare import qca
        >>> data = pd.DataFrame({"a": [1, 1, 0, 0], "b": [0, 1, 1, 1], "y": [1, 1, 1, 0]})
        >>> qca.truth_table(data, outcome="y", conditions=["a", "b"]).to_frame()
           row  a  b outcome  n  consistency  pri cases deviant
        0    3  1  0       1  1          1.0  1.0     0
        1    4  1  1       1  1          1.0  1.0     1
        2    2  0  1       C  2          0.5  0.5  2, 3       3
        """
        return _frames.make(self._columns(), self.sets.kind)

    def _columns(self) -> dict[str, Any]:
        present = self.configurations.astype(np.int64)
        columns: dict[str, Any] = {"row": self.numbers}
        columns |= {name: present[:, at] for at, name in enumerate(self.conditions)}
        columns |= {"outcome": list(self.codes), "n": self.n, "consistency": self.consistency, "pri": self.pri}
        columns["cases"] = [", ".join(cases) for cases in self.cases]
        columns["deviant"] = [", ".join(cases) for cases in self.deviant]
        return columns

    def __repr__(self) -> str:
        many = 2 ** len(self.conditions)
        there = len(self.codes)
        facts = [f"{self.codes.count('1'):,} with code 1"]
        if "C" in self.codes:
            facts.append(f"{self.codes.count('C'):,} contradictory")
        facts.append(f"{self.remainders:,} remainder{'s' * (self.remainders != 1)}")
        if self.unassigned:
            facts.append(f"{len(self.unassigned):,} case{'s' * (len(self.unassigned) != 1)} in no row")
        return (
            f"<TruthTable: {self.outcome} by {', '.join(self.conditions)}; {self.n.sum():,} cases in {there:,} of "
            f"{many:,} rows: {', '.join(facts)}>"
        )

    def _repr_html_(self) -> str:
        columns = self._columns()
        rows = zip(*(list(values) for values in columns.values()), strict=True)
        cut = self.cutoffs
        least = "" if cut.pri is None else f", PRI at least {cut.pri:g}"
        lost = f"; in no row: {', '.join(self.unassigned)}" if self.unassigned else ""
        caption = (
            f"Truth table of {self.outcome}: cases at least {cut.frequency:,}, consistency at least "
            f"{cut.consistency:g}{least}; {self.remainders:,} remainders{lost}"
        )
        plain = ([value.item() if isinstance(value, np.generic) else value for value in row] for row in rows)
        return table_html(list(columns), plain, caption)

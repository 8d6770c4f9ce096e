"""Small-cell suppression: what may be published of a table of counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._checks import whole
from wholenet._ingest import flag
from wholenet._narwhals import nw
from wholenet._show import table_html
from wholenet.errors import ArgumentError
from wholenet.report._suppression import Cells, hide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

__all__ = ["Suppressed", "suppress"]

MARKER = "suppressed"
MOST_GROUPINGS = 2
BLANK = "–"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Suppressed:
    """
    A table without its small counts.

    Parameters
    ----------
    table : table
        The table, in the kind it came in: blanked cells are empty, and the column ``suppressed`` marks their rows. It
        does not tell a small count from one that was blanked to protect it.
    rows : int
        Number of rows.
    small : int
        Number of rows blanked because their count is small. For the owner of the data: don't publish it.
    others : int
        Number of rows blanked because a small count could be worked out from them. Don't publish it.
    exposed : int
        Number of small counts for which no choice of cells leaves `min_count` possible values, because the totals that
        readers know set closer bounds by themselves. Hide these totals too, or merge groups.
    min_count : int
        The smallest count that is shown.
    note : str
        What to print under the table.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"sector": ["care", "school", "sport"], "actors": [9, 6, 2]})
    >>> wn.report.suppress(table, by="sector", count="actors")
    <Suppressed: 2 of 3 rows blanked (1 with a count under 5, 1 to protect it)>
    """

    table: IntoDataFrame
    rows: int
    small: int
    others: int
    exposed: int
    min_count: int
    note: str

    def to_frame(self) -> IntoDataFrame:
        """Give the table that may be published.

        Returns
        -------
        table
            The same as `table`.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> table = pd.DataFrame({"sector": ["care", "school", "sport"], "actors": [9, 6, 2]})
        >>> wn.report.suppress(table, by="sector", count="actors").to_frame()
           sector  actors  suppressed
        0    care     9.0       False
        1  school     NaN        True
        2   sport     NaN        True
        """
        return self.table

    def __repr__(self) -> str:
        parts = f"{self.small} with a count under {self.min_count}, {self.others} to protect {_them(self.small)}"
        text = f"{self.small + self.others} of {self.rows} rows blanked ({parts})"
        if self.exposed:
            text += f"; the totals give {self.exposed} of them away in part"
        return f"<Suppressed: {text}>"

    def _repr_html_(self) -> str:
        frame = _frames.wrap(self.table, "table")
        shown = [name for name in frame.columns if name != MARKER]
        columns = [frame[name].to_list() for name in shown]
        rows = [[BLANK if _empty(cell) else cell for cell in row] for row in zip(*columns, strict=True)]
        return table_html(shown, rows, caption=self.note)


def suppress(
    table: IntoDataFrame,
    *,
    by: str | Sequence[str],
    count: str,
    values: Sequence[str] | None = None,
    min_count: int = 5,
    total: str | int | None = None,
    margins: bool = True,
    within: str | Sequence[str] = (),
) -> Suppressed:
    """Blank small counts in a table, and enough others that they can't be worked out.

    Parameters
    ----------
    table : table
        One row for each group, or pair of groups, with a count of the units behind it (organisations, clients).
    by : str or sequence of str
        The column or the two columns that hold the groups: a table of one dimension, or of rows and columns.
    count : str
        The column with the count: whole numbers of at least 0, without empty cells.
    values : sequence of str, optional
        Columns that are blanked together with the count: what was computed from these units. Default: all columns but
        `by` and `within`.
    min_count : int
        The smallest count that may be shown, at least 2.
    total : str or int, optional
        What stands in a column of `by` where a row is a total. Such rows must be the sums of the others, and are
        blanked as others are. Default: the table has no totals.
    margins : bool
        Whether readers know the totals that are not in the table: of rows, of columns, of all. They do when these
        stand elsewhere in the report, such as the number of organisations, and when `values` has shares of them.
    within : str or sequence of str
        Columns that tell several tables apart, such as municipality and wave. Each is treated by itself.

    Returns
    -------
    Suppressed
        The table with blanks, the number of rows blanked, and a note to print.

    Raises
    ------
    ColumnError
        A column named is not there.
    ArgumentError
        Counts that are empty, negative or not whole; a group, or pair of groups, that stands in two rows; an empty
        group; totals that are not the sum of their cells; more than two columns in `by`; or a table with a column that
        is called ``suppressed`` already.

    Notes
    -----
    *Primary suppression*: every count of 1 to `min_count` - 1 is blanked, totals included. A count of 0 is about nobody
    and is shown, unless it is needed to protect another; where it tells something of all the others ("no client of this
    group was helped"), merge groups first.

    *Secondary suppression*: a reader who knows all that is not blanked, all totals, and that counts are at least 0,
    is left with `min_count` or more possible whole numbers for each blanked count (unless `exposed` is more than 0). In
    one dimension the blanked counts add up to at least `min_count` - 1 and are two or more. In two, each small count
    stands in a corner of a rectangle of four blanked cells, of which two can go up and two down, or the other way
    round, by `min_count` - 1 steps together. Of such rectangles the one is taken that blanks the smallest counts (each
    plus 1). This is a heuristic: the choice that blanks least is NP-hard to find. Where no rectangle is wide enough,
    one is taken that leaves all that the totals leave, and the cell is counted in `exposed`; where there is none of
    these either, all cells are blanked.

    Pairs that are not in the table count as 0, and as known. Other columns that add up, such as ties, can't be solved
    for from their totals either, but how far they can be narrowed is not checked.

    It does not protect the same counts in *another* table: pass what is published together as one table, or with the
    same groups everywhere. A table of unordered pairs must list each pair once, and has no sums of rows and columns:
    ``margins=False``. One who belongs to a group knows one of its units; one who knows this procedure may rule out
    some values more. Counts can also be guessed from `values` that
    stay: a share of .333 tells of a multiple of 3.

    O(k · r · c) time for k small counts in r rows and c columns.

    Peers: the hypercube method of τ-ARGUS also works with corners of such rectangles; UCINET, sna, igraph and networkx
    have none.

    References
    ----------
    Hundepohl, A., Domingo-Ferrer, J., Franconi, L., Giessing, S., Schulte Nordholt, E., Spicer, K. & de Wolf, P.-P.
    (2012). Statistical Disclosure Control, ch. 4. Wiley. https://doi.org/10.1002/9781118348239

    Gusfield, D. (1988). A graph theoretic approach to statistical data security. SIAM Journal on Computing 17,
    552-571. https://doi.org/10.1137/0217034

    Examples
    --------
    The 2 could be worked out from the total, so that the 6 goes too:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"sector": ["care", "school", "sport", "all"], "actors": [9, 6, 2, 17]})
    >>> found = wn.report.suppress(table, by="sector", count="actors", total="all")
    >>> found.table["suppressed"].tolist()
    [False, True, True, False]
    >>> found.note
    '–: not shown, because the count is under 5 or would tell one that is (2 of 4 rows).'
    """
    frame = _frames.numbered(_frames.wrap(table, "table"), "table")
    groups, apart = _columns(frame, by, "by"), _columns(frame, within, "within")
    if not 1 <= len(groups) <= MOST_GROUPINGS or set(groups) & set(apart):
        msg = (
            f"by= names the one or two columns that hold the groups, but is {by!r}; columns that tell tables apart go "
            "into within="
        )
        raise ArgumentError(msg)
    least = whole(min_count, "min_count", least=2)
    blanked = _blanked(frame, count, values, (*groups, *apart))
    known = flag(margins, "margins")
    counts = _counts(frame, _frames.require(frame, count, "count"))
    listed = [frame[name].to_list() for name in groups]
    hidden, small, exposed = np.zeros(len(frame), dtype=bool), 0, 0
    for rows in _tables(frame, apart):
        keys = [[column[row] for row in rows] for column in listed]
        cells = Cells.read(keys, counts[rows], total=total, known=known, names=groups)
        done = hide(cells, least)
        hidden[rows] = done.hidden[cells.place]
        small += done.small
        exposed += done.exposed
    note = (
        f"{BLANK}: not shown, because the count is under {least} or would tell one that is "
        f"({hidden.sum()} of {len(frame)} rows)."
    )
    return Suppressed(
        _with_blanks(frame, blanked, hidden), len(frame), small, int(hidden.sum()) - small, exposed, least, note
    )


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def _empty(value: Any) -> bool:
    return value is None or bool(value != value)  # noqa: PLR0124 (only NaN differs from itself)


def _columns(frame: nw.DataFrame[Any], names: str | Sequence[str], argument: str) -> tuple[str, ...]:
    """Read one or more names of columns, which have no empty cells."""
    if not isinstance(names, str) and not (
        isinstance(names, list | tuple) and all(isinstance(one, str) for one in names)
    ):
        msg = f"{argument}= names one or more columns, but is {names!r}"
        raise ArgumentError(msg)
    listed = tuple(dict.fromkeys([names] if isinstance(names, str) else names))
    for name in listed:
        empty = [
            row for row, value in enumerate(frame[_frames.require(frame, name, argument)].to_list()) if _empty(value)
        ]
        if empty:
            msg = f"the column {name!r} (for {argument}=) is empty in row {empty[0]}; give each row its group"
            raise ArgumentError(msg)
    return listed


def _blanked(frame: nw.DataFrame[Any], count: str, values: Sequence[str] | None, keys: tuple[str, ...]) -> list[str]:
    """List the columns that are blanked together."""
    if MARKER in frame.columns:
        msg = f"the table has a column {MARKER!r} already; rename it, or use the table from before it was suppressed"
        raise ArgumentError(msg)
    if count in keys:
        msg = f"count= names the column {count!r}, which holds groups"
        raise ArgumentError(msg)
    if values is None:
        return [name for name in frame.columns if name not in keys]
    listed = _listed(values)
    if held := sorted(set(listed) & set(keys)):
        msg = f"values= names the column {held[0]!r}, which holds groups; groups stay"
        raise ArgumentError(msg)
    return [count, *(_frames.require(frame, name, "values") for name in listed if name != count)]


def _listed(values: Any) -> list[str]:
    if isinstance(values, str) or not isinstance(values, list | tuple):
        msg = f"values= is a list of columns, but is {values!r}"
        raise ArgumentError(msg)
    return list(values)


def _counts(frame: nw.DataFrame[Any], name: str) -> NDArray[np.int64]:
    """Read counts: whole numbers of at least 0."""
    if not frame[name].dtype.is_numeric():
        msg = f"the column {name!r} (for count=) must hold counts, but holds {frame[name].dtype}"
        raise ArgumentError(msg)
    found = np.array([np.nan if one is None else float(one) for one in frame[name].to_list()], dtype=np.float64)
    wrong = np.flatnonzero(~(np.isfinite(found) & (found >= 0) & (found == np.floor(found))))
    if len(wrong):
        row = int(wrong[0])
        msg = (
            f"the column {name!r} (for count=) must hold whole numbers of at least 0, but row {row} holds "
            f"{frame[name].to_list()[row]!r}"
        )
        raise ArgumentError(msg)
    return found.astype(np.int64)


def _tables(frame: nw.DataFrame[Any], apart: tuple[str, ...]) -> list[list[int]]:
    """Find the rows of each table."""
    if not apart:
        return [list(range(len(frame)))] if len(frame) else []
    rows: dict[tuple[Any, ...], list[int]] = {}
    for row, key in enumerate(zip(*(frame[name].to_list() for name in apart), strict=True)):
        rows.setdefault(key, []).append(row)
    return list(rows.values())


def _with_blanks(frame: nw.DataFrame[Any], names: list[str], hidden: NDArray[np.bool_]) -> IntoDataFrame:
    """Empty some cells, and mark their rows."""
    backend: Any = frame.implementation
    marked = frame.with_columns(nw.new_series(MARKER, hidden.tolist(), nw.Boolean(), backend=backend))
    blank = [nw.when(~nw.col(MARKER)).then(nw.col(name)).alias(name) for name in names]
    native: IntoDataFrame = marked.with_columns(*blank).to_native()
    return native

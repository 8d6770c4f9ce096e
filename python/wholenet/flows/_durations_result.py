"""The result of `durations`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._checks import choice
from wholenet._show import table_html
from wholenet.change._estimates_chart import Shown, estimates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture

__all__ = ["CLASSES", "Durations"]

CLASSES = ("< 3 months", "3-6 months", "6-12 months", "1-2 years", "2-3 years", "3-4 years", "4+ years")
BLANK = "–"
WIDTH = 640.0


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Durations:
    """
    How long trajectories last; see `durations`.

    Parameters
    ----------
    medians : mapping from str to list
        One entry for each group in every column; see `to_frame`.
    shares : mapping from str to list
        One entry for each group and class of duration in every column; see `to_frame`.
    by : str or None
        What the groups are.
    confidence : float
        The probability that an interval should cover the truth.
    min_count : int
        The smallest number of clients that is shown.
    recipe : tuple of str
        What was read.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"who": [1, 2], "where": ["a"] * 2, "day": [0] * 2, "until": [61, 122]})
    >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", min_count=2)
    >>> wn.flows.durations(log)
    <Durations: 1 group, 1 median shown>
    """

    medians: Mapping[str, list[Any]]
    shares: Mapping[str, list[Any]]
    by: str | None
    confidence: float
    min_count: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self, what: str = "medians") -> IntoDataFrame:
        """Lay the result out as a table.

        Parameters
        ----------
        what : {"medians", "shares"}
            Which of the two tables.

        Returns
        -------
        table
            Medians: one row for each group: its place and name, ``trajectories``, ``median``, ``lower`` and ``upper``
            (months; NaN where not shown or not known), ``suppressed``. Shares: one row for each group and class, with
            ``duration``, ``share`` (of all, counting those that still go on), ``ended_only``, ``suppressed``.

        Raises
        ------
        ArgumentError
            `what` is neither word.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> table = pd.DataFrame({"who": [1, 2], "where": ["a"] * 2, "day": [0] * 2, "until": [61, 122]})
        >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", min_count=2)
        >>> wn.flows.durations(log).to_frame()[["trajectories", "median"]].round(2)
           trajectories  median
        0           2.0     2.0
        """
        choice("what", what, ("medians", "shares"))
        return _frames.make(self.medians if what == "medians" else self.shares, self.kind)

    def plot(self, *, title: str | None = None, width: float = WIDTH) -> Picture:
        """Draw the medians with their intervals.

        Parameters
        ----------
        title : str, optional
            The heading.
        width : float
            Width in pixels.

        Returns
        -------
        Picture
            A dot and an interval for each group that is shown.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> table = pd.DataFrame({"who": [1, 2], "where": ["a"] * 2, "day": [0] * 2, "until": [61, 122]})
        >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", min_count=2)
        >>> wn.flows.durations(log).plot()
        <Picture: Median duration in months>
        """
        names = [name for name in self.medians if name not in NUMBERS]
        rows = []
        for at, hidden in enumerate(self.medians["suppressed"]):
            name = " → ".join(str(self.medians[one][at]) for one in names) or "all trajectories"
            middle = self.medians["median"][at]
            words = "not shown" if hidden else "not known" if np.isnan(middle) else f"{middle:.1f} months"
            ends = (self.medians["lower"][at], self.medians["upper"][at])
            rows.append(Shown(name, middle, *ends, words))
        return estimates(rows, "months", title, width, title or "Median duration in months", none=0.0)

    def __repr__(self) -> str:
        many = len(self.medians["suppressed"])
        shown = many - sum(self.medians["suppressed"])
        return (
            f"<Durations: {many:,} group{'s' if many != 1 else ''}, {shown:,} median{'s' if shown != 1 else ''} shown>"
        )

    def _repr_html_(self) -> str:
        names = [name for name in self.medians if name != "suppressed"]
        rows = [
            [BLANK if isinstance(one, float) and np.isnan(one) else one for one in row]
            for row in zip(*(self.medians[name] for name in names), strict=True)
        ]
        return table_html(names, rows, f"Median duration in months, {self.confidence:.0%} intervals")


NUMBERS = ("trajectories", "median", "lower", "upper", "suppressed")

"""The result of `outcomes`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet import _frames
from wholenet._checks import choice
from wholenet._show import table_html
from wholenet.errors import ArgumentError
from wholenet.flows._agreement import mean_ranks
from wholenet.flows._slopes_chart import Slope, slopes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture

__all__ = ["DROP_OUT", "Outcomes"]

DROP_OUT = "drop_out"
BLANK = "–"
WIDTH = 560.0


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Outcomes:
    """
    Counts and outcomes of groups of trajectories; see `outcomes`.

    Parameters
    ----------
    groups : mapping from str to list
        One entry for each group in every column; see `to_frame`.
    agreement : mapping from str to list
        One entry for each outcome (and place) in every column; see `to_frame`.
    by : str
        What the groups are.
    place : str or None
        The column that tells places apart.
    measured : tuple of str
        The outcomes.
    confidence : float
        The probability that an interval should cover the truth.
    permutations, seed : int
        The number of permutations for each p-value, and their seed.
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
    >>> wn.flows.outcomes(log, seed=1)
    <Outcomes: 1 of 1 groups shown, by organisation, 9,999 permutations, seed 1>
    """

    groups: Mapping[str, list[Any]]
    agreement: Mapping[str, list[Any]]
    by: str
    place: str | None
    measured: tuple[str, ...]
    confidence: float
    permutations: int
    seed: int
    min_count: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self, what: Literal["groups", "agreement"] = "groups") -> IntoDataFrame:
        """Lay the result out as a table.

        Parameters
        ----------
        what : {"groups", "agreement"}
            Which of the two tables.

        Returns
        -------
        table
            Groups: one row for each: its place and name, ``trajectories``, ``clients``, ``median_months``, ``ended``
            (for a reason that is known), ``drop_out`` with ``…_lower`` and ``…_upper``; each outcome with ``…_lower``,
            ``…_upper`` and ``…_answered``; ``suppressed``. NaN is not shown, or not known. Agreement: one row for each
            outcome (and place): ``groups`` compared, ``tau``, ``p_tau``, ``rho``, ``p_rho``.

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
        >>> wn.flows.outcomes(log, seed=1).to_frame("agreement")[["outcome", "groups", "tau"]]
            outcome  groups  tau
        0  drop_out       0  NaN
        """
        choice("what", what, ("groups", "agreement"))
        return _frames.make(self.groups if what == "groups" else self.agreement, self.kind)

    def plot(
        self,
        outcome: str = DROP_OUT,
        *,
        best: Literal["high", "low"] | None = None,
        place: Any = None,
        title: str | None = None,
        width: float = WIDTH,
    ) -> Picture:
        """Draw the ranks of groups by count beside their ranks by an outcome.

        Parameters
        ----------
        outcome : str
            Which outcome: ``"drop_out"`` or one of the log.
        best : {"high", "low"}, optional
            Whether rank 1 has the highest or the lowest value. Default: the lowest for ``"drop_out"``, else the
            highest.
        place : optional
            Which place, where the log has several.
        title : str, optional
            The heading.
        width : float
            Width in pixels.

        Returns
        -------
        Picture
            A line for each group that is shown in both, from its rank by trajectories to that by outcome.

        Raises
        ------
        ArgumentError
            There is no such outcome or place.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> table = pd.DataFrame({"who": [1, 2], "where": ["a"] * 2, "day": [0] * 2, "until": [61, 122]})
        >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", min_count=2)
        >>> wn.flows.outcomes(log, seed=1).plot()
        <Picture: Ranks by trajectories and by drop_out>
        """
        if outcome not in self.measured:
            msg = f"outcome must be one of {', '.join(map(repr, self.measured))}, but is {outcome!r}"
            raise ArgumentError(msg + _frames.near(str(outcome), self.measured))
        best = ("low" if outcome == DROP_OUT else "high") if best is None else best
        choice("best", best, ("high", "low"))
        rows = [at for at in self._rows(place) if self.groups[outcome][at] == self.groups[outcome][at]]
        volume = np.array([self.groups["trajectories"][at] for at in rows], dtype=np.float64)
        values = np.array([self.groups[outcome][at] for at in rows], dtype=np.float64)
        before, after = mean_ranks(-volume), mean_ranks(-values if best == "high" else values)
        lines = [
            Slope(self._name(at), f"{volume[k]:,.0f}", _figure(outcome, values[k]), before[k], after[k])
            for k, at in enumerate(rows)
        ]
        words = outcome.replace("_", " ")
        description = f"Ranks by trajectories and by {outcome}"
        return slopes(
            lines, ("by trajectories (most first)", f"by {words} ({best}est first)"), title, width, description
        )

    def _rows(self, place: Any) -> list[int]:
        """Find the rows of a place."""
        rows = range(len(self.groups["trajectories"]))
        if self.place is None:
            if place is not None:
                msg = f"place={place!r} picks one of several places, but the log has one; name their column with by="
                raise ArgumentError(msg)
            return list(rows)
        known = list(dict.fromkeys(self.groups[self.place]))
        chosen = known[0] if place is None and len(known) == 1 else place
        if chosen not in known:
            msg = f"place must be one of {', '.join(map(repr, known))}, but is {place!r}"
            raise ArgumentError(msg)
        return [at for at in rows if self.groups[self.place][at] == chosen]

    def _name(self, at: int) -> str:
        names = ("level_before", "level") if self.by == "path" else (self.by,)
        return " → ".join(str(self.groups[name][at]) for name in names)

    def __repr__(self) -> str:
        hidden = self.groups["suppressed"]
        return (
            f"<Outcomes: {len(hidden) - sum(hidden):,} of {len(hidden):,} groups shown, by {self.by}, "
            f"{self.permutations:,} permutations, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        names = [name for name in self.groups if name != "suppressed"]
        rows = [
            [BLANK if isinstance(one, float) and np.isnan(one) else one for one in row]
            for row in zip(*(self.groups[name] for name in names), strict=True)
        ]
        why = f"not shown, to protect counts under {self.min_count}, or not known"
        caption = f"Counts and outcomes by {self.by}; {BLANK}: {why}"
        return table_html(names, rows, caption)


def _figure(outcome: str, value: float) -> str:
    return f"{value:.0%}" if outcome == DROP_OUT else f"{value:.3g}"

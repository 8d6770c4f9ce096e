"""Which steps between levels of care exist, and where clients leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._results import listed
from wholenet._show import table_html
from wholenet.errors import ArgumentError
from wholenet.flows._groups import flow
from wholenet.flows._levels_chart import Band, bands
from wholenet.flows._log import EventLog, parts_of
from wholenet.flows._protect import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture

__all__ = ["LevelFlows", "levels", "log_of"]

BLANK = "–"
WIDTH = 720.0


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class LevelFlows:
    """
    Steps between levels of care; see `levels`.

    Parameters
    ----------
    steps : mapping from str to list
        One entry for each step in every column; see `to_frame`.
    by : str or None
        The column that tells places apart.
    min_count : int
        The smallest number of clients that is shown.
    recipe : tuple of str
        What was read, and what is not shown.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"who": [1, 1, 2, 2], "where": list("abab"), "day": [0, 9, 0, 9], "until": [9, 20, 9, 20]})
    >>> table["level"] = ["light", "heavy"] * 2
    >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", level="level",
    ...                          levels=["light", "heavy"], min_count=2)
    >>> wn.flows.levels(log)
    <LevelFlows: 3 kinds of steps taken, 11 never, 0 not shown>
    """

    steps: Mapping[str, list[Any]]
    by: str | None
    min_count: int
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the steps out as a table.

        Returns
        -------
        table
            One row for each step that there could be: the place (where the log has places), ``source`` ("start" or a
            level), ``target`` (a level, or an end: "left as planned", "dropped out", "left, reason not known", "still
            in care"), ``direction`` ("start", "up", "down", "same", "end"), ``trajectories`` (how many; NaN where it is
            not shown), and ``suppressed``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> table = pd.DataFrame({"who": [1, 1, 2, 2], "where": list("abab"), "day": [0, 9, 0, 9]})
        >>> table["until"], table["level"] = [9, 20, 9, 20], ["light", "heavy"] * 2
        >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", level="level",
        ...                          levels=["light", "heavy"], min_count=2)
        >>> wn.flows.levels(log).to_frame().query("trajectories > 0")[["source", "target", "direction", "trajectories"]]
           source                  target direction  trajectories
        0   start                   light     start           2.0
        3   light                   heavy        up           2.0
        12  heavy  left, reason not known       end           2.0
        """
        columns = {name: listed(values) for name, values in self.steps.items()}
        return _frames.make(columns, self.kind)

    def plot(self, place: Any = None, *, title: str | None = None, width: float = WIDTH) -> Picture:
        """Draw bands from each level to where clients went.

        Parameters
        ----------
        place : optional
            Which place, where the log has several.
        title : str, optional
            The heading.
        width : float
            Width in pixels.

        Returns
        -------
        Picture
            Bands as wide as their counts; what is not shown is a dashed line.

        Raises
        ------
        ArgumentError
            There are several places and none is named, or the one named is not there.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> table = pd.DataFrame({"who": [1, 2], "where": list("ab"), "day": [0, 9], "until": [9, 20], "level": "l"})
        >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", level="level",
        ...                          levels=["l"], min_count=2)
        >>> wn.flows.levels(log).plot()
        <Picture: Steps between levels of care>
        """
        rows = list(range(len(self.steps["source"])))
        if self.by is not None:
            known = list(dict.fromkeys(self.steps[self.by]))
            if place not in known and not (place is None and len(known) == 1):
                msg = f"place must be one of {', '.join(map(repr, known))}, but is {place!r}"
                raise ArgumentError(msg)
            rows = [at for at in rows if self.steps[self.by][at] == (known[0] if place is None else place)]
        elif place is not None:
            msg = f"place={place!r} picks one of several places, but the log has one; name their column with by="
            raise ArgumentError(msg)
        drawn = [
            Band(
                str(self.steps["source"][at]), str(self.steps["target"][at]), self.steps["direction"][at],
                self.steps["trajectories"][at], suppressed=self.steps["suppressed"][at],
            )
            for at in rows
        ]  # fmt: skip
        return bands(drawn, title, width, self.min_count)

    def __repr__(self) -> str:
        counts = [
            one for one, hidden in zip(self.steps["trajectories"], self.steps["suppressed"], strict=True) if not hidden
        ]
        taken, hidden = sum(one > 0 for one in counts), sum(self.steps["suppressed"])
        return f"<LevelFlows: {taken} kinds of steps taken, {len(counts) - taken} never, {hidden} not shown>"

    def _repr_html_(self) -> str:
        keep = [at for at, one in enumerate(self.steps["trajectories"]) if one != 0]
        names = [name for name in self.steps if name != "suppressed"]
        rows = [
            [BLANK if self.steps[name][at] != self.steps[name][at] else self.steps[name][at] for name in names]
            for at in keep
        ]
        return table_html(
            names, rows, f"Steps between levels; {BLANK}: not shown, to protect counts under {self.min_count}"
        )


def levels(log: EventLog) -> LevelFlows:
    """Flow of clients between levels of care: which steps are taken, which never, and where they leave.

    Parameters
    ----------
    log : EventLog
        The log, with levels and ends.

    Returns
    -------
    LevelFlows
        The number of trajectories of each step, with a table and a picture.

    Raises
    ------
    ArgumentError
        `log` is no event log, or has no levels or no ends.

    Notes
    -----
    Each trajectory is one step out of its level: to the level of the client's next trajectory if the client went on
    (see `event_log`), else to an end. A trajectory that does not follow one from which the client went on comes from
    the start: the client's first, one after a drop-out, or one beside another that is not over. So the steps into a
    level are as many as those out of it: its trajectories. Both trajectories of a step may be at one organisation, and
    any time may lie between them.

    A step of 1 to `min_count` - 1 clients is blanked, with others, so that neither rows nor columns nor any other
    result of the log give it back. Where a level, or an end, is rare altogether, all its steps are blanked. A count of
    0 is shown: this step is never taken. It is blanked where it protects another.

    O(m) time.

    Peers: none of UCINET, sna, igraph and networkx reads event logs; the counts are those of pandas' ``crosstab`` of
    each trajectory's level and the next.

    References
    ----------
    Hundepohl, A., Domingo-Ferrer, J., Franconi, L., Giessing, S., Schulte Nordholt, E., Spicer, K. & de Wolf, P.-P.
    (2012). Statistical Disclosure Control, ch. 4. Wiley. https://doi.org/10.1002/9781118348239

    Examples
    --------
    Two clients go from light to heavy care:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"who": [1, 1, 2, 2], "where": list("abab"), "day": [0, 9, 0, 9], "until": [9, 20, 9, 20]})
    >>> table["level"] = ["light", "heavy"] * 2
    >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", level="level",
    ...                          levels=["light", "heavy"], min_count=2)
    >>> found = wn.flows.levels(log)
    >>> found.to_frame().query("direction == 'up'")["trajectories"].tolist()
    [2.0]
    """
    log_of(log, ends="levels")
    found = [(part.key, flow(log, part)) for part in parts_of(log)]
    columns: dict[str, list[Any]] = {} if log.by is None else {log.by: []}
    columns |= {name: [] for name in ("source", "target", "direction", "trajectories", "suppressed")}
    for key, one in found:
        for row, source in enumerate(one.rows):
            for column, target in enumerate(one.columns):
                direction = _direction(row, column, len(log.levels))
                if direction is None:
                    continue
                if log.by is not None:
                    columns[log.by].append(key[0])
                hidden = bool(one.hidden[row, column])
                count = np.nan if hidden else float(rounded(int(one.found.count[row, column]), log.round_to))
                for name, value in zip(
                    ("source", "target", "direction", "trajectories", "suppressed"),
                    (source, target, direction, count, hidden),
                    strict=True,
                ):
                    columns[name].append(value)
    blanked = sum(columns["suppressed"])
    recipe = (*log.recipe, f"steps not shown, to protect counts under {log.min_count} clients: {blanked:,}")
    return LevelFlows(columns, log.by, log.min_count, recipe, log.kind)


def log_of(log: object, *, ends: str | None = None) -> EventLog:
    """Check that an argument is an event log, and for what needs it that it has ends."""
    if not isinstance(log, EventLog):
        msg = f"log must be an EventLog, but is a {type(log).__name__}. Make one with wn.flows.event_log"
        raise ArgumentError(msg)
    if ends is not None and not log.has_ends:
        msg = f"{ends} needs to know when trajectories end; name the column with end= in event_log"
        raise ArgumentError(msg)
    return log


def _direction(row: int, column: int, many: int) -> str | None:
    """Which way a step leads; None for what can't be."""
    if column >= many:
        return "end" if row else None
    if row == 0:
        return "start"
    return "same" if row - 1 == column else "up" if row - 1 < column else "down"

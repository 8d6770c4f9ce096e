"""The result of scoring networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._ingest import counted
from wholenet._keys import sortable
from wholenet._show import table_html
from wholenet.errors import ArgumentError
from wholenet.survey.scales._profile_chart import Line, Point, profile
from wholenet.survey.scales._reliability_result import cells, notes_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture

__all__ = ["Scores"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Scores:
    """
    Scores of networks on scales; see `scores`.

    Parameters
    ----------
    rows : mapping from str to list
        One entry for each network and scale in every column; see `to_frame`.
    parts : mapping from str to list
        One entry for each organisation in every column; see `organisations`.
    by : tuple of str
        The columns that tell networks and waves apart.
    organisation : str
        The column with the organisations.
    scales : tuple of str
        The names of the scales.
    ends : tuple of float
        The lowest and the highest answer that there is.
    unit : {"organisation", "respondent"}
        What counts once.
    confidence : float
        The probability that an interval should cover the truth.
    notes : tuple of str
        What has no interval.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    organisations : table
        One row for each organisation in each network.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.survey import scales
    >>> answers = pd.DataFrame({"organisation": ["school", "team"], "respondent": [1, 2], "trust": [3, 5]})
    >>> scales.scores(answers, scales.Scale("trust", ["trust"]), by=())
    <Scores: 1 scale, 2 organisations of 2 respondents in 1 network>
    """

    rows: Mapping[str, list[Any]]
    parts: Mapping[str, Any]
    by: tuple[str, ...]
    organisation: str
    scales: tuple[str, ...]
    ends: tuple[float, float]
    unit: str
    confidence: float
    notes: tuple[str, ...]
    kind: str

    @property
    def organisations(self) -> IntoDataFrame:
        """One row for each organisation in each network, to join to actors.

        The columns are those of `by`, the organisation, ``respondents`` (rows), and one for each scale with the mean of
        its respondents; NaN where none of them has a score.
        """
        return _frames.make(self.parts, self.kind)

    def to_frame(self) -> IntoDataFrame:
        """Lay the scores out as a table.

        Returns
        -------
        table
            One row for each network and scale: the columns of `by`, ``scale``, ``organisations`` and ``respondents``
            (with a score), ``without`` (respondents who have none), ``score``, ``sd`` (of what counts once), ``lower``
            and ``upper``.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.survey import scales
        >>> answers = pd.DataFrame({"organisation": ["school", "team"], "respondent": [1, 2], "trust": [3, 5]})
        >>> found = scales.scores(answers, scales.Scale("trust", ["trust"]), by=())
        >>> found.to_frame()[["scale", "organisations", "score"]]
           scale  organisations  score
        0  trust              2    4.0
        """
        return _frames.make(self.rows, self.kind)

    def plot(self, *, wave: str | None = "wave", title: str | None = None, width: int = 720) -> Picture:
        """Draw the profile: for each scale a line for each network, with a dot and an interval for each wave.

        Parameters
        ----------
        wave : str, optional
            The column of `by` that holds waves; they share a line. None, or a name that `by` does not have: each row of
            `by` has its own line.
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            Dots with intervals on the range of the scales; the last wave is filled, those before are not. At the right
            stand the scores and the last minus the first: of all who answered in each wave, while `change` compares
            the same organisations.

        Raises
        ------
        ArgumentError
            There are more than three waves.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.survey import scales
        >>> answers = pd.DataFrame({"organisation": ["school", "team"], "respondent": [1, 2], "trust": [3, 5]})
        >>> scales.scores(answers, scales.Scale("trust", ["trust"]), by=()).plot()
        <Picture: Profile of 1 scale>
        """
        wave = wave if wave in self.by else None
        lines = self._lines(wave)
        # A place may lack the first wave, so that the order is that of the waves and not that of the rows.
        waves = [] if wave is None else [f"{wave} {one}" for one in sorted(set(self.rows[wave]), key=sortable)]
        if len(waves) > MOST_WAVES:
            msg = f"a profile shows up to {MOST_WAVES} waves, but there are {len(waves)}; take some of them"
            raise ArgumentError(msg)
        unit = "organisations" if self.unit == "organisation" else "respondents"
        axis = f"score (mean of {unit}, {self.confidence:.0%} interval)"
        description = f"Profile of {counted(len(self.scales), 'scale')}"
        return profile(lines, waves, self.ends, axis, title, float(width), description)

    def _lines(self, wave: str | None) -> list[Line]:
        """Put the waves of a scale and a place together."""
        places = [name for name in self.by if name != wave]
        found: dict[tuple[Any, ...], list[Point]] = {}
        for at, scale in enumerate(self.rows["scale"]):
            key = (scale, *(self.rows[name][at] for name in places))
            numbers = [self.rows[name][at] for name in ("score", "lower", "upper")]
            label = "" if wave is None else f"{wave} {self.rows[wave][at]}"
            found.setdefault(key, []).append(Point(label, *numbers))
        ordered = sorted(found, key=lambda key: self.scales.index(key[0]))
        return [Line(key[0], " ".join(map(str, key[1:])), tuple(found[key])) for key in ordered]

    def __repr__(self) -> str:
        scales = counted(len(self.scales), "scale")
        people = counted(int(sum(self.parts["respondents"])), "respondent")
        networks = counted(len(self.rows["scale"]) // len(self.scales), "network")
        if "wave" in self.by:
            networks += " and waves"
        return (
            f"<Scores: {scales}, {counted(len(self.parts['respondents']), 'organisation')} of {people} in {networks}>"
        )

    def _repr_html_(self) -> str:
        caption = f"Scores by {self.unit}, {self.confidence:.0%} intervals"
        return table_html(list(self.rows), cells(self.rows), caption) + notes_html(self.notes)


MOST_WAVES = 3

"""The result of comparing scores of two waves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._ingest import counted
from wholenet._show import table_html
from wholenet.change._estimates_chart import Shown, estimates
from wholenet.survey.scales._reliability_result import cells, notes_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture

__all__ = ["ScoreChange"]

# Below, a p-value is not told by its digits.
SMALL = 0.001


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ScoreChange:
    """
    Change of scores between two waves; see `change`.

    Parameters
    ----------
    rows : mapping from str to list
        One entry for each place and scale in every column; see `to_frame`.
    place : tuple of str
        The columns that tell places apart; none where all are taken together.
    wave : str
        The column with the waves.
    between : tuple
        The earlier and the later wave.
    confidence : float
        The probability that an interval should cover the truth.
    notes : tuple of str
        What has no p-value, and why.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.survey import scales
    >>> answers = pd.DataFrame({"wave": [1, 1, 2, 2], "organisation": list("abab"), "trust": [1, 2, 2, 4]})
    >>> scales.change(answers, scales.Scale("trust", ["trust"]), place=(), respondent=None)
    <ScoreChange: 1 scale, 2 organisations in both waves (wave 1 to 2)>
    """

    rows: Mapping[str, list[Any]]
    place: tuple[str, ...]
    wave: str
    between: tuple[Any, Any]
    confidence: float
    notes: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table.

        Returns
        -------
        table
            One row for each place and scale: the columns of `place`, ``scale``, ``pairs`` (organisations with a score
            in both waves), ``only_before`` and ``only_after``, ``before`` and ``after`` (means of the pairs),
            ``difference`` with ``sd`` (of the differences), ``lower`` and ``upper``, ``p``, ``before_all`` and
            ``after_all`` (means of all with a score in the wave), and ``holm`` (p adjusted for the number of rows).

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.survey import scales
        >>> answers = pd.DataFrame({"wave": [1, 1, 2, 2], "organisation": list("abab"), "trust": [1, 2, 2, 4]})
        >>> found = scales.change(answers, scales.Scale("trust", ["trust"]), place=(), respondent=None)
        >>> found.to_frame()[["scale", "pairs", "difference"]]
           scale  pairs  difference
        0  trust      2         1.5
        """
        return _frames.make(self.rows, self.kind)

    def plot(self, *, title: str | None = None, width: int = 840) -> Picture:
        """Draw the differences with their intervals, one below the other.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A dot and an interval for each place and scale; right of the line at 0 scores rose. The p-values are
            adjusted for the number of rows.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.survey import scales
        >>> answers = pd.DataFrame({"wave": [1, 1, 2, 2], "organisation": list("abab"), "trust": [1, 2, 2, 4]})
        >>> scales.change(answers, scales.Scale("trust", ["trust"]), place=(), respondent=None).plot()
        <Picture: Change of scores between two waves>
        """
        order = sorted(range(len(self.rows["scale"])), key=lambda at: self._scales.index(self.rows["scale"][at]))
        shown = []
        for at in order:
            key = " ".join(str(self.rows[name][at]) for name in self.place)
            name = f"{self.rows['scale'][at]}{f', {key}' if key else ''}"
            difference, lower, upper = (self.rows[one][at] for one in ("difference", "lower", "upper"))
            p = self.rows["holm"][at]
            words = f"{counted(self.rows['pairs'][at], 'pair')}{_shown_p(p)}"
            shown.append(Shown(name, difference, lower, upper, words))
        axis = (
            f"change from {self.wave} {self.between[0]} to {self.between[1]}, {self.confidence:.0%} interval; p by Holm"
        )
        return estimates(shown, axis, title, float(width), "Change of scores between two waves", none=0.0)

    @property
    def _scales(self) -> list[str]:
        return list(dict.fromkeys(self.rows["scale"]))

    def __repr__(self) -> str:
        first = self._scales[0]
        pairs = sum(
            count for scale, count in zip(self.rows["scale"], self.rows["pairs"], strict=True) if scale == first
        )
        scales, waves = counted(len(self._scales), "scale"), f"{self.wave} {self.between[0]} to {self.between[1]}"
        return f"<ScoreChange: {scales}, {counted(pairs, 'organisation')} in both waves ({waves})>"

    def _repr_html_(self) -> str:
        waves = f"{self.wave} {self.between[0]} to {self.between[1]}"
        caption = f"Change of scores, {waves}; {self.confidence:.0%} intervals, p by paired t-test, Holm over all rows"
        return table_html(list(self.rows), cells(self.rows), caption) + notes_html(self.notes)


def _shown_p(p: float) -> str:
    """Write a p-value after what it is of; nothing where there is none."""
    return "" if np.isnan(p) else ", p < .001" if p < SMALL else f", p {p:.2g}"

"""The result of a look at the reliability of scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._ingest import counted
from wholenet._show import facts_html, table_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

__all__ = ["Reliability", "cells", "notes_html"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Reliability:
    """
    How well the items of scales measure one thing; see `reliability`.

    Parameters
    ----------
    scales : mapping from str to list
        One entry for each group and scale in every column; see `to_frame`.
    parts : mapping from str to list
        One entry for each group and item in every column; see `items`.
    by : tuple of str
        The columns that tell groups apart.
    confidence : float
        The probability that the interval of alpha should cover the truth.
    notes : tuple of str
        What to look at first: items that may have been asked the other way round, groups that are too small, scales
        without omega.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    items : table
        One row for each group and item.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.survey import scales
    >>> answers = pd.DataFrame({"t1": [1, 2, 3, 4], "t2": [4, 3, 2, 2]})
    >>> found = scales.reliability(answers, scales.Scale("trust", ["t1", "t2"]))
    >>> found.notes[0][:60]
    'trust: t1 goes against the other items (correlation -0.94): '
    """

    scales: Mapping[str, list[Any]]
    parts: Mapping[str, list[Any]]
    by: tuple[str, ...]
    confidence: float
    notes: tuple[str, ...]
    kind: str

    @property
    def items(self) -> IntoDataFrame:
        """One row for each group and item.

        The columns are those of `by`, ``scale``, ``item``, ``reversed``, ``answered`` (respondents), ``mean`` (of
        those), ``sd``, ``item_rest`` and ``alpha_without`` (of those who answered all items of the scale).
        """
        return _frames.make(self.parts, self.kind)

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table.

        Returns
        -------
        table
            One row for each group and scale: the columns of `by`, ``scale``, ``items`` (how many), ``answered``
            (respondents who answered one item at least), ``complete`` (who answered all), ``alpha``, ``lower``,
            ``upper`` and ``omega``.

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.survey import scales
        >>> answers = pd.DataFrame({"t1": [1, 2, 3, 4], "t2": [2, 1, 4, 3]})
        >>> scales.reliability(answers, scales.Scale("trust", ["t1", "t2"])).to_frame()[["scale", "complete", "alpha"]]
           scale  complete  alpha
        0  trust         4   0.75
        """
        return _frames.make(self.scales, self.kind)

    def __repr__(self) -> str:
        scales = len(dict.fromkeys(self.scales["scale"]))
        known = [one for one in self.scales["alpha"] if not np.isnan(one)]
        ends = "not defined" if not known else f"{min(known):.2f} to {max(known):.2f}"
        if len(known) == 1:
            ends = f"{known[0]:.2f}"
        people = sum(self.scales["answered"][: self._groups])
        notes = f"; {counted(len(self.notes), 'note')}: {self.notes[0]}" if self.notes else ""
        return f"<Reliability: {counted(scales, 'scale')}, {counted(people, 'respondent')}; alpha {ends}{notes}>"

    @property
    def _groups(self) -> int:
        return self.scales["scale"].count(self.scales["scale"][0])

    def _repr_html_(self) -> str:
        caption = f"Reliability; {self.confidence:.0%} intervals of alpha by Feldt, omega total of one factor"
        return table_html(list(self.scales), cells(self.scales), caption) + notes_html(self.notes)


def cells(columns: Mapping[str, list[Any]]) -> list[list[Any]]:
    """Lay out rows to be shown; a number that there is none of is a dash."""
    rows = zip(*columns.values(), strict=True)
    return [["–" if isinstance(cell, float) and np.isnan(cell) else cell for cell in row] for row in rows]


def notes_html(notes: tuple[str, ...]) -> str:
    """Lay out notes below a table; nothing where there are none."""
    return facts_html("Notes", [(f"{place}", note) for place, note in enumerate(notes, 1)], ()) if notes else ""

"""The result of a look at agreement within groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._ingest import counted
from wholenet._show import table_html
from wholenet.survey.scales._reliability_result import cells, notes_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

__all__ = ["Agreement"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Agreement:
    """
    Whether respondents of one group agree; see `agreement`.

    Parameters
    ----------
    scales : mapping from str to list
        One entry for each scale in every column; see `to_frame`.
    parts : mapping from str to list
        One entry for each group and scale in every column; see `groups`.
    by : tuple of str
        The columns that tell groups apart.
    null : str
        How those answer who know nothing.
    confidence : float
        The probability that the interval of ICC(1) should cover the truth.
    notes : tuple of str
        Groups that are too small for rwg(j), and scales without ICC.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    groups : table
        One row for each group and scale.

    Examples
    --------
    >>> import pandas as pd
    >>> from wholenet.survey import scales
    >>> answers = pd.DataFrame({"place": ["A", "A", "B"], "trust": [4, 5, 1]})
    >>> scales.agreement(answers, scales.Scale("trust", ["trust"]), group="place").notes
    ('trust: no rwg with fewer than two complete respondents in 1 group (B)',)
    """

    scales: Mapping[str, list[Any]]
    parts: Mapping[str, list[Any]]
    by: tuple[str, ...]
    null: str
    confidence: float
    notes: tuple[str, ...]
    kind: str

    @property
    def groups(self) -> IntoDataFrame:
        """One row for each group and scale.

        The columns are those of `group`, ``scale``, ``respondents`` (with a score), ``complete`` (who answered all
        items), ``q`` (the mean variance of the items ÷ that of the null) and ``rwg``.
        """
        return _frames.make(self.parts, self.kind)

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table.

        Returns
        -------
        table
            One row for each scale: ``scale``, ``respondents`` (with a score), ``groups``, ``size`` (k, see
            `agreement`), ``f``, ``p``, ``icc1``, ``lower``, ``upper``, ``icc2``, ``rwg_median`` and ``rwg_lowest``
            (over groups).

        Examples
        --------
        >>> import pandas as pd
        >>> from wholenet.survey import scales
        >>> answers = pd.DataFrame({"place": ["A", "A", "B", "B"], "trust": [4, 5, 1, 2]})
        >>> found = scales.agreement(answers, scales.Scale("trust", ["trust"]), group="place")
        >>> found.to_frame()[["scale", "f", "rwg_median"]]
           scale     f  rwg_median
        0  trust  18.0        0.75
        """
        return _frames.make(self.scales, self.kind)

    def __repr__(self) -> str:
        scales, people = len(self.scales["scale"]), max(self.scales["respondents"])
        groups = len(self.parts["scale"]) // scales
        return (
            f"<Agreement: {counted(scales, 'scale')}, {counted(people, 'respondent')} in {counted(groups, 'group')}; "
            f"ICC(1) {_ends(self.scales['icc1'])}, median rwg {_ends(self.scales['rwg_median'])}>"
        )

    def _repr_html_(self) -> str:
        caption = f"Agreement within {', '.join(self.by)}; null: {self.null}; {self.confidence:.0%} intervals of ICC(1)"
        return table_html(list(self.scales), cells(self.scales), caption) + notes_html(self.notes)


def _ends(values: list[float]) -> str:
    known = [f"{one:.2f}" for one in sorted(values) if not np.isnan(one)]
    return "not defined" if not known else known[0] if known[0] == known[-1] else f"{known[0]} to {known[-1]}"

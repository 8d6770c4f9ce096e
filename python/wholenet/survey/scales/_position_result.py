"""The result of correlating scores with positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wholenet import _frames
from wholenet._ingest import counted
from wholenet._show import recipe_html, table_html
from wholenet.survey.scales._reliability_result import cells, notes_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

__all__ = ["Position"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Position:
    """
    Whether scores go with positions in the network; see `position`.

    Parameters
    ----------
    rows : mapping from str to list
        One entry for each network and scale in every column; see `to_frame`.
    by : tuple of str
        The columns that tell networks and waves apart.
    measure : str
        The position.
    permutations, seed : int
        The number of draws for each p-value, and their seed.
    notes : tuple of str
        What has no correlation, organisations that are no actors of their network, and whether there are too few draws
        for the number of tests.
    recipe : tuple of str
        The coding steps of the first network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> from wholenet.survey import scales
    >>> net = wn.Network.from_edges((list("abc"), list("ccb")))
    >>> answers = pd.DataFrame({"organisation": list("abc"), "trust": [1, 3, 5]})
    >>> card = scales.Scale("trust", ["trust"])
    >>> scales.position(scales.scores(answers, card, by=(), respondent=None), net, seed=1)
    <Position: 1 scale with indegree in 1 network, 9,999 draws, seed 1>
    """

    rows: Mapping[str, list[Any]]
    by: tuple[str, ...]
    measure: str
    permutations: int
    seed: int
    notes: tuple[str, ...]
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the result out as a table.

        Returns
        -------
        table
            One row for each network and scale: the names in ``by``, ``scale``, ``organisations`` (that count),
            ``without_score``, ``without_position`` and ``not_in_network`` (left out), ``pearson``, ``p_pearson``,
            ``spearman``, ``p_spearman``, ``holm_pearson`` and ``holm_spearman``.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> from wholenet.survey import scales
        >>> net = wn.Network.from_edges((list("abc"), list("ccb")))
        >>> answers = pd.DataFrame({"organisation": list("abc"), "trust": [1, 3, 5]})
        >>> card = scales.Scale("trust", ["trust"])
        >>> found = scales.position(scales.scores(answers, card, by=(), respondent=None), net, seed=1)
        >>> found.to_frame()[["scale", "organisations", "pearson"]]
           scale  organisations  pearson
        0  trust              3      1.0
        """
        return _frames.make(self.rows, self.kind)

    def __repr__(self) -> str:
        scales = len(dict.fromkeys(self.rows["scale"]))
        networks = counted(len(self.rows["scale"]) // scales, "network")
        return (
            f"<Position: {counted(scales, 'scale')} with {self.measure} in {networks}, {self.permutations:,} draws, "
            f"seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        caption = f"Scores and {self.measure}; {self.permutations:,} permutations, seed {self.seed}"
        return (
            table_html(list(self.rows), cells(self.rows), caption) + notes_html(self.notes) + recipe_html(self.recipe)
        )

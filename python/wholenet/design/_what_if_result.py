"""The result of asking what would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._show import recipe_html, table_html
from wholenet.design._load_chart import Shift, load_shifts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture
    from wholenet.network import Network

__all__ = ["WhatIf"]

# How many organisations show.
SHOWN = 20
# How many changes are said one by one.
SAID = 3


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class WhatIf:
    """
    What changes; see `what_if`.

    Parameters
    ----------
    measures : mapping from str to list
        One entry for each measure in every column; see `to_frame`.
    loads : table
        Each organisation after: ``actor``, ``before`` (its ties; of a merged one the sum of its parts'), ``after``,
        ``takes_over`` (lost ties of others that it would take over), ``capacity`` and ``over`` (by how much after and
        takes_over exceed it); NaN where it is not known.
    paths : table or None
        For each ordered pair of levels: ``level``, ``to_level``, ``organisations`` (of the first level that are
        compared), ``before`` and ``after`` (how many of these have a path), ``broken`` and ``opened``. None without
        levels.
    broken : table
        The paths that broke: ``actor``, ``level`` and ``to_level``.
    words : tuple of str
        What changes, in words.
    orphans : int
        How many lost ties nobody could take over.
    network : Network
        The network after, without values.
    recipe : tuple of str
        The coding steps of the network before.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of the tables.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
    >>> wn.design.what_if(net, remove=["b"], levels=None)
    <WhatIf: b leaves; fragmentation 0 to 1, 2 ties to take over>
    """

    measures: Mapping[str, list[Any]]
    loads: IntoDataFrame
    paths: IntoDataFrame | None
    broken: IntoDataFrame
    words: tuple[str, ...]
    orphans: int
    network: Network
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the networks before and after out as a table.

        Returns
        -------
        table
            One row for each measure: ``measure``, ``before``, ``after`` and ``difference``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
        >>> wn.design.what_if(net, drop_ties=[("a", "b")], levels=None).to_frame().round(2)
                     measure  before  after  difference
        0      organisations    3.00   3.00        0.00
        1               ties    2.00   1.00       -1.00
        2        mean degree    1.33   0.67       -0.67
        3           isolates    0.00   1.00        1.00
        4         components    1.00   2.00        1.00
        5  largest component    3.00   2.00       -1.00
        6      fragmentation    0.00   0.67        0.67
        7     reach within 2    1.00   0.33       -0.67
        """
        return _frames.make(self.measures, self.kind)

    def plot(self, *, title: str | None = None, width: int = 720) -> Picture:
        """Draw whose load shifts.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            For the 20 organisations whose load changes most: ties before, ties after with what they would take over,
            and capacity.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
        >>> wn.design.what_if(net, remove=["b"], levels=None).plot()
        <Picture: Ties of 0 organisations before and after>
        """
        rows = [Shift(str(one[0]), one[1], one[2] + one[3], one[4]) for one in self._by_load()]
        return load_shifts([one for one in rows if one.before != one.after][:SHOWN], title, float(width))

    def _by_load(self) -> list[tuple[Any, ...]]:
        """Those first whose load changes most."""
        rows: list[tuple[Any, ...]] = list(_frames.wrap(self.loads, "loads").rows())
        return sorted(rows, key=lambda row: -abs(row[2] + row[3] - row[1]))

    def _number(self, measure: str, column: str) -> float:
        found: float = self.measures[column][self.measures["measure"].index(measure)]
        return found

    def _lost(self) -> int:
        """How many ties of those who left others would have to take over."""
        taken: list[float] = _frames.wrap(self.loads, "loads")["takes_over"].to_list()
        return self.orphans + round(sum(taken))

    def _said(self) -> str:
        more = len(self.words) - SAID
        return ", ".join(self.words[:SAID]) + (f" and {more:,} more changes" if more > 0 else "")

    def __repr__(self) -> str:
        ends = [self._number("fragmentation", column) for column in ("before", "after")]
        broken, lost = len(_frames.wrap(self.broken, "broken")), self._lost()
        paths = f", {broken:,} care path{'s' * (broken != 1)} broken" if self.paths is not None else ""
        take = f", {lost:,} tie{'s' * (lost != 1)} to take over" if lost else ""
        nobody = f" ({self.orphans:,} by nobody)" if self.orphans else ""
        return f"<WhatIf: {self._said()}; fragmentation {ends[0]:.3g} to {ends[1]:.3g}{paths}{take}{nobody}>"

    def _repr_html_(self) -> str:
        rows = zip(*self.measures.values(), strict=True)
        html = table_html(list(self.measures), rows, f"What if: {self._said()}")
        columns = _frames.wrap(self.loads, "loads").columns
        grown = [row for row in self._by_load() if row[3] > 0 or np.nan_to_num(row[5]) > 0][:SHOWN]
        if grown:
            nobody = f"; {self.orphans:,} ties nobody could take over" if self.orphans else ""
            html += table_html(columns, grown, f"Whose load would grow{nobody}")
        if self.paths is not None:
            table = _frames.wrap(self.paths, "paths")
            lost = [row for row in table.rows() if row[5]]
            if lost:
                html += table_html(table.columns, lost, "Care paths that break")
        return html + recipe_html(self.recipe)

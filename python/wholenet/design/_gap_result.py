"""The result of comparing required with actual ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._show import recipe_html, table_html
from wholenet.design._gap_chart import Bar, rule_bars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture

__all__ = ["Gap"]

# How many organisations that lack ties show in Jupyter.
SHOWN = 20


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Gap:
    """
    Required against actual ties; see `gap`.

    Parameters
    ----------
    rules : mapping from str to list
        One entry for each rule in every column; see `to_frame`.
    missing : table
        Who lacks ties: ``rule``, ``actor``, ``has`` and ``needs`` (ties), ``lacks``, ``not_known`` (pairs that were not
        observed and might be such ties), ``could`` (with how many a tie could be made: none is known, and none is
        forbidden) and ``partners`` (the first of them).
    ties : table
        Pairs: ``actor``, ``other`` and ``status``: ``"missing"`` (required between these two), ``"forbidden"`` (and
        there), ``"unneeded"`` (there, and no rule asks for it), ``"not known"`` (required or forbidden, and not
        observed).
    loads : table
        Each organisation: ``actor``, ``ties``, ``not_known`` (pairs that were not observed), ``unneeded`` (ties that no
        rule asks for), ``capacity`` (NaN: no limit) and ``room`` (capacity less ties; below 0: too many).
    recipe : tuple of str
        The coding steps of the network.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of the tables.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "a"], ["b", "c"]), directed=False)
    >>> wn.design.gap(net, wn.design.must(2))
    <Gap: 1 rule; 2 of 3 demands not met; 2 ties lacking, 0 forbidden, 0 that no rule asks for>
    """

    rules: Mapping[str, list[Any]]
    missing: IntoDataFrame
    ties: IntoDataFrame
    loads: IntoDataFrame
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the rules out as a table.

        Returns
        -------
        table
            One row for each rule: ``rule`` in words, ``of`` (whether it asks something of organisations or of pairs),
            ``asked`` (of how many), ``met``, ``not_met`` and ``not_known``.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "a"], ["b", "c"]), directed=False)
        >>> wn.design.gap(net, wn.design.at_most(1)).to_frame()[["asked", "met", "not_met"]]
           asked  met  not_met
        0      3    2        1
        """
        return _frames.make(self.rules, self.kind)

    def plot(self, *, title: str | None = None, width: int = 720) -> Picture:
        """Draw how far each rule is met.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A bar for each rule: of how many organisations or pairs it is met, not known, and not met.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "a"], ["b", "c"]), directed=False)
        >>> wn.design.gap(net, wn.design.at_most(1)).plot()
        <Picture: How far 1 rule is met>
        """
        columns = [self.rules[name] for name in ("rule", "of", "met", "not_known", "not_met")]
        bars = [Bar(*row) for row in zip(*columns, strict=True)]
        return rule_bars(bars, title, float(width))

    def _statuses(self) -> list[str]:
        found: list[str] = _frames.wrap(self.ties, "ties")["status"].to_list()
        return found

    def __repr__(self) -> str:
        rules, status = len(self.rules["rule"]), self._statuses()
        lacking = sum(_frames.wrap(self.missing, "missing")["lacks"].to_list())
        return (
            f"<Gap: {rules:,} rule{'s' * (rules != 1)}; {sum(self.rules['not_met']):,} of "
            f"{sum(self.rules['asked']):,} demands not met; {lacking:,} tie{'s' * (lacking != 1)} lacking, "
            f"{status.count('forbidden'):,} forbidden, {status.count('unneeded'):,} that no rule asks for>"
        )

    def _repr_html_(self) -> str:
        caption = "Required against actual: of how many organisations, or pairs, each rule is met"
        html = table_html(list(self.rules), zip(*self.rules.values(), strict=True), caption)
        missing = _frames.wrap(self.missing, "missing")
        if len(missing):
            more = f"; {len(missing) - SHOWN:,} more are in .missing" if len(missing) > SHOWN else ""
            rows = missing.head(SHOWN).rows()
            html += table_html(missing.columns, rows, f"Who lacks ties, and with whom they could be{more}")
        over = _frames.wrap(self.loads, "loads")
        heavy = [row for row in over.rows() if np.nan_to_num(row[-1]) < 0]
        if heavy:
            heavy.sort(key=lambda row: row[-1])
            html += table_html(over.columns, heavy[:SHOWN], f"{len(heavy):,} with more ties than their capacity")
        return html + recipe_html(self.recipe)

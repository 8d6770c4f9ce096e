"""The result of pairing networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet._narwhals import nw
from wholenet._show import facts_html, table_html
from wholenet.compare._pairs_chart import Pair, pairs_chart
from wholenet.inference._results import shown_p

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture

__all__ = ["Matched"]

# Standardized mean differences beyond this are usually called out of balance.
BALANCED = 0.1


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Matched:
    """
    Paired networks and how their outcomes differ; see `matched`.

    Parameters
    ----------
    outcome, treatment : str
        The columns with the outcome and with what is asked about.
    treated, control : str
        What the networks on either side of a pair are.
    on, exact : tuple of str
        The columns in which paired networks are alike, or the same.
    estimate : float
        The mean difference in the outcome, treated less control.
    lower, upper : float
        The ends of its interval; infinite where there are too few pairs for one.
    p : float
        Two-sided p of the sign-flip test.
    pairs : table
        One row for each of the m pairs: the networks ``treated`` and ``control``, their ``distance``,
        ``outcome_treated``, ``outcome_control`` and ``difference``.
    balance : table
        One row for each column of `on`: the standardized mean difference ``before`` and ``after`` matching.
    unmatched, dropped : tuple of str
        Networks without a partner, and those left out for a missing value.
    confidence : float
        The probability that the interval should cover the truth.
    exhaustive : bool
        Whether all combinations of signs were taken.
    draws, seed : int
        The number of combinations of signs beside the observed one, and the seed of random ones.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import pandas as pd
    >>> import wholenet as wn
    >>> data = pd.DataFrame({
    ...     "network": list("abcde"),
    ...     "inside": [False, True, False, True, False],
    ...     "organisations": [10, 20, 21, 30, 33],
    ...     "effectiveness": [5.0, 7.0, 6.0, 8.0, 6.0],
    ... })
    >>> wn.compare.matched(data, outcome="effectiveness", treatment="inside", on="organisations", seed=1)
    <Matched: effectiveness, inside yes less inside no: 1.5 (p 0.5), 2 pairs, too few for a 95 % interval; 1 without a \
partner>
    """

    outcome: str
    treatment: str
    treated: str
    control: str
    on: tuple[str, ...]
    exact: tuple[str, ...]
    estimate: float
    lower: float
    upper: float
    p: float
    pairs: Any
    balance: Any
    unmatched: tuple[str, ...]
    dropped: tuple[str, ...]
    confidence: float
    exhaustive: bool
    draws: int
    seed: int
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Give the pairs as a table.

        Returns
        -------
        table
            ``pairs``; ``balance`` holds the other one.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({
        ...     "network": list("abcde"),
        ...     "inside": [False, True, False, True, False],
        ...     "organisations": [10, 20, 21, 30, 33],
        ...     "effectiveness": [5.0, 7.0, 6.0, 8.0, 6.0],
        ... })
        >>> found = wn.compare.matched(data, outcome="effectiveness", treatment="inside", on="organisations", seed=1)
        >>> found.to_frame()["treated"].to_list()
        ['b', 'd']
        """
        native: IntoDataFrame = self.pairs
        return native

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw both outcomes of each pair on a line.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            A row for each pair, the largest difference at the top.

        Examples
        --------
        >>> import pandas as pd
        >>> import wholenet as wn
        >>> data = pd.DataFrame({
        ...     "network": list("abcde"),
        ...     "inside": [False, True, False, True, False],
        ...     "organisations": [10, 20, 21, 30, 33],
        ...     "effectiveness": [5.0, 7.0, 6.0, 8.0, 6.0],
        ... })
        >>> wn.compare.matched(data, outcome="effectiveness", treatment="inside", on="organisations", seed=1).plot()
        <Picture: effectiveness of 2 pairs of networks: inside yes and inside no>
        """
        rows = [
            Pair(row["treated"], row["control"], row["outcome_treated"], row["outcome_control"]) for row in self._rows()
        ]
        rows.sort(key=lambda row: row.other - row.one)
        words = f"{self.outcome} of {len(rows):,} pairs of networks: {self.treated} and {self.control}"
        return pairs_chart(rows, (self.outcome, self.treated, self.control), title, words, float(width))

    def _rows(self, which: str = "pairs") -> list[dict[str, Any]]:
        frame: Any = nw.from_native(getattr(self, which), eager_only=True)
        return list(frame.iter_rows(named=True))

    def _interval(self) -> str:
        level = f"{100 * self.confidence:g} %"
        if not np.isfinite(self.lower):
            return f"too few for a {level} interval"
        return f"{level} interval {self.lower:.3g} to {self.upper:.3g}"

    def __repr__(self) -> str:
        left = f"; {len(self.unmatched):,} without a partner" if self.unmatched else ""
        return (
            f"<Matched: {self.outcome}, {self.treated} less {self.control}: {self.estimate:.3g} (p {shown_p(self.p)}), "
            f"{len(self._rows()):,} pairs, {self._interval()}{left}>"
        )

    def _repr_html_(self) -> str:
        rows = self._rows()
        signs = "all combinations of signs" if self.exhaustive else f"{self.draws:,} random signs, seed {self.seed}"
        facts = [
            (f"{self.treated} less {self.control}", f"{self.estimate:.3g}"),
            ("Pairs", f"{len(rows):,}, {self._interval()}"),
            ("p, sign flips", f"{shown_p(self.p)} ({signs})"),
            ("Alike in", ", ".join(self.on) or "nothing"),
            ("The same in", ", ".join(self.exact) or "nothing"),
            ("Without a partner", ", ".join(self.unmatched) or "none"),
            *((("Left out for a missing value", ", ".join(self.dropped)),) if self.dropped else ()),
        ]
        left = [row for row in self._rows("balance") if abs(row["after"]) > BALANCED]
        if left:
            facts.append(
                ("Out of balance after all", ", ".join(f"{row['column']} {row['after']:+.2f}" for row in left))
            )
        head = facts_html(f"Matched pairs: {self.outcome}", facts, ())
        header = (self.treated, self.control, "distance", self.outcome, self.outcome, "difference")
        pairs = table_html(header, [list(row.values()) for row in rows], "Pairs")
        balance = [list(row.values()) for row in self._rows("balance")]
        return head + pairs + table_html(("", "before", "after"), balance, "Balance: standardized mean differences")

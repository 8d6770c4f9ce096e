"""The result of counting change by kinds of ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._charts import Change, changes
from wholenet._results import kind_of
from wholenet._show import facts_html, table_html
from wholenet.change._waves import quotient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.change._waves import Waves

__all__ = ["GroupChange", "group_change"]

SHOWN = 20


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class GroupChange:
    """
    What became of ties, by kinds of ties.

    Parameters
    ----------
    rows : mapping
        The columns that tell the k kinds of ties apart, such as ``from`` and ``to``.
    counts : mapping
        Arrays of shape (k,): ``kept``, ``dissolved`` and, where kinds are of dyads, ``new`` and ``never``.
    changed : tuple of labels
        Actors in both networks whose attribute is another one at the second wave; they count with that of the first.
    unknown : int
        How many dyads were left out since an actor has no such attribute.
    observed : str
        How many dyads it runs over, in words.
    recipe : tuple of str
        The coding steps of the networks.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Examples
    --------
    >>> import wholenet as wn
    >>> before = wn.Network.from_edges((list("ab"), list("bc")), weight=[1, 2])
    >>> after = wn.Network.from_edges((list("bc"), list("ca")))
    >>> wn.change.by_value(before, after)
    <GroupChange: 2 kinds of ties, 1 kept, 1 dissolved; 6 ordered dyads of 3 actors in both>
    """

    rows: Mapping[str, Any]
    counts: Mapping[str, NDArray[np.int64]]
    changed: tuple[str | int, ...]
    unknown: int
    observed: str
    recipe: tuple[str, ...]
    kind: str

    def to_frame(self) -> IntoDataFrame:
        """Lay the counts and rates out as a table.

        Returns
        -------
        table
            One row for each kind of ties: what tells them apart, ``kept``, ``dissolved``, ``dissolution`` =
            dissolved ÷ (kept + dissolved); where kinds are of dyads also ``new``, ``never``, ``formation`` =
            new ÷ (new + never), and ``jaccard`` = kept ÷ (kept + dissolved + new). NaN where they divide by 0.

        Examples
        --------
        >>> import wholenet as wn
        >>> before = wn.Network.from_edges((list("ab"), list("bc")), weight=[1, 2])
        >>> after = wn.Network.from_edges((list("bc"), list("ca")))
        >>> wn.change.by_value(before, after).to_frame()
           value  kept  dissolved  dissolution
        0    1.0     0          1          1.0
        1    2.0     1          0          0.0
        """
        return _frames.make({**self.rows, **self.counts, **self._rates()}, self.kind)

    def plot(self, *, title: str | None = None, width: int = 640) -> Picture:
        """Draw a bar for each kind of ties: dissolved ones left of a line, kept and new ones right of it.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            The 20 kinds with most ties at either time, in the order of the table.

        Examples
        --------
        >>> import wholenet as wn
        >>> before = wn.Network.from_edges((list("ab"), list("bc")), weight=[1, 2])
        >>> wn.change.by_value(before, before).plot()
        <Picture: Ties dissolved, kept and new between waves>
        """
        new = self.counts.get("new", np.zeros_like(self.counts["kept"]))
        sizes = self.counts["kept"] + self.counts["dissolved"] + new
        most = np.sort(np.argsort(-sizes, kind="stable")[:SHOWN])
        bars = [
            Change(self._named(row), int(self.counts["kept"][row]), int(self.counts["dissolved"][row]), int(new[row]))
            for row in most.tolist()
        ]
        return changes(bars, title, float(width))

    def _rates(self) -> dict[str, NDArray[np.float64]]:
        kept, dissolved = self.counts["kept"], self.counts["dissolved"]
        rates = {"dissolution": quotient(dissolved, kept + dissolved)}
        if "new" in self.counts:
            new = self.counts["new"]
            rates["formation"] = quotient(new, new + self.counts["never"])
            rates["jaccard"] = quotient(kept, kept + dissolved + new)
        return rates

    def _named(self, row: int) -> str:
        return (" to " if "from" in self.rows else ", ").join(f"{column[row]}" for column in self.rows.values())

    def __repr__(self) -> str:
        kept, dissolved = (int(self.counts[name].sum()) for name in ("kept", "dissolved"))
        other = f"; {len(self.changed):,} actors have another value at the second wave" if self.changed else ""
        left = f"; {self.unknown:,} dyads left out, of actors without a value" if self.unknown else ""
        return (
            f"<GroupChange: {len(self.counts['kept']):,} kinds of ties, {kept:,} kept, {dissolved:,} dissolved; "
            f"{self.observed}{other}{left}>"
        )

    def _repr_html_(self) -> str:
        rates = self._rates()
        header = [*self.rows, *self.counts, *rates]
        rows = [
            [*(str(column[row]) for column in self.rows.values()),
             *(int(column[row]) for column in self.counts.values()),
             *(float(column[row]) for column in rates.values())]
            for row in range(len(self.counts["kept"]))
        ]  # fmt: skip
        facts = [("Runs over", self.observed)]
        if self.changed:
            listed = ", ".join(map(str, self.changed[:SHOWN])) + (", …" if len(self.changed) > SHOWN else "")
            facts.append(("Another value at the second wave", f"{len(self.changed):,} ({listed})"))
        if self.unknown:
            facts.append(("Left out", f"{self.unknown:,} dyads of actors without a value"))
        return table_html(header, rows) + facts_html("Change by kinds of ties", facts, self.recipe)


def group_change(
    waves: Waves,
    rows: Mapping[str, Any],
    codes: NDArray[np.int64],
    fates: tuple[str, ...],
    *,
    changed: tuple[str | int, ...] = (),
) -> GroupChange:
    """Count the fates of dyads by the code of each cell; dyads with a negative code are left out."""
    k = len(next(iter(rows.values())))
    there = {name: cells & (codes >= 0) for name, cells in waves.fates.items() if name in fates}
    return GroupChange(
        rows=rows,
        counts={name: np.bincount(codes[cells], minlength=k).astype(np.int64) for name, cells in there.items()},
        changed=changed,
        unknown=int((waves.observed & (codes < 0)).sum()),
        observed=waves.words,
        recipe=waves.recipe,
        kind=kind_of(waves.before),
    )

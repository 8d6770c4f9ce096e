"""The result of planning ties."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from wholenet import _frames, _ingest
from wholenet._show import recipe_html, table_html
from wholenet.design._load_chart import Shift, load_shifts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrame

    from wholenet._picture import Picture
    from wholenet.network import Network

__all__ = ["Plan"]

# How many actions show in Jupyter, and organisations in a picture.
SHOWN = 40


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Plan:
    """
    Ties to make and to let go; see `plan`.

    Parameters
    ----------
    table : mapping from str to list
        One entry for each action in every column; see `to_frame`.
    loads : table
        Each organisation: ``actor``, ``before`` and ``after`` (its ties) and ``capacity`` (NaN: no limit).
    network : Network
        The network after, without values.
    rules : tuple of str
        What holds in it, in words.
    cost : float
        What the actions cost together; with the default costs their number.
    bound : float
        What any plan costs at least: proven.
    let_go : float
        The strength, in sum, of the ties that are let go; NaN without ``keep=``.
    seconds : float
        How long the search took.
    recipe : tuple of str
        The coding steps of the network before.
    kind : {"pandas", "polars", "pyarrow"}
        The kind of table that `to_frame` makes.

    Attributes
    ----------
    actions : tuple of str
        The actions in plain words.
    gap : float
        By which share the plan may cost more than the cheapest, at most: (cost - bound) ÷ bound. 0: it is the cheapest;
        infinite: nothing is proven.

    Examples
    --------
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
    >>> found = wn.design.plan(net, survive_any_leaver=True)
    >>> found.actions
    ('a and c: make a tie, so that the network stays connected when any one organisation leaves',)
    """

    table: Mapping[str, list[Any]]
    loads: IntoDataFrame
    network: Network
    rules: tuple[str, ...]
    cost: float
    bound: float
    let_go: float
    seconds: float
    recipe: tuple[str, ...]
    kind: str

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions in plain words."""
        columns = [self.table[name] for name in ("actor", "other", "action", "because")]
        return tuple(f"{one} and {other}: {what}, {why}" for one, other, what, why in zip(*columns, strict=True))

    @property
    def gap(self) -> float:
        """By which share the plan may cost more than the cheapest, at most."""
        if self.cost <= self.bound:
            return 0.0
        return (self.cost - self.bound) / self.bound if self.bound else inf

    def to_frame(self) -> IntoDataFrame:
        """Lay the actions out as a table.

        Returns
        -------
        table
            One row for each action: ``actor``, ``other``, ``action`` (make a tie; ask, and make a tie if there is none;
            let the tie go), ``because``, and ``value`` (the strength of a tie that is let go; NaN without ``keep=``).

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a"], ["b"]), directed=False)
        >>> wn.design.plan(net, wn.design.at_most(0)).to_frame()[["actor", "other", "action"]]
          actor other          action
        0     a     b  let the tie go
        """
        first = _frames.wrap(self.loads, "loads")["actor"].to_list()[0]
        samples = {"actor": first, "other": first, "action": "", "because": "", "value": 0.0}
        columns = {name: _frames.column(self.table[name], sample) for name, sample in samples.items()}
        return _frames.make(columns, self.kind)

    def plot(self, *, title: str | None = None, width: int = 720) -> Picture:
        """Draw whose load changes.

        Parameters
        ----------
        title : str, optional
            A heading.
        width : int
            Width in pixels.

        Returns
        -------
        Picture
            For each organisation whose number of ties changes (the 40 that change most) its ties before and after, and
            its capacity.

        Examples
        --------
        >>> import wholenet as wn
        >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), directed=False)
        >>> wn.design.plan(net, wn.design.at_most(1)).plot()
        <Picture: Ties of 2 organisations before and after>
        """
        frame = _frames.wrap(self.loads, "loads")
        columns = [frame[name].to_list() for name in ("actor", "before", "after", "capacity")]
        rows = [Shift(str(name), *rest) for name, *rest in zip(*columns, strict=True)]
        moved = sorted((one for one in rows if one.before != one.after), key=lambda one: -abs(one.after - one.before))
        return load_shifts(moved[:SHOWN], title, float(width))

    def _proven(self) -> str:
        if self.gap == inf:
            return "how far above the least is not proven"
        return "proven to be the least" if self.gap <= 0 else f"at most {self.gap:.1%} above the least"

    def __repr__(self) -> str:
        kinds = self.table["action"]
        parts = [f"{kinds.count('make a tie'):,} tie{'s' * (kinds.count('make a tie') != 1)} to make"]
        asks = sum(one.startswith("ask") for one in kinds)
        parts += [f"{asks:,} to ask after"] if asks else []
        parts += [f"{kinds.count('let the tie go'):,} to let go"]
        return f"<Plan: {', '.join(parts)}; cost {self.cost:g}, {self._proven()}>"

    def _repr_html_(self) -> str:
        columns = [self.table[name] for name in ("actor", "other", "action", "because")]
        rows = list(zip(*columns, strict=True))
        more = f" {len(rows) - SHOWN:,} more actions are in .actions." if len(rows) > SHOWN else ""
        caption = (
            f"{_ingest.counted(len(rows), 'action')}, cost {self.cost:g}, {self._proven()} "
            f"({self.seconds:.1f} seconds).{more}"
        )
        html = table_html(["actor", "other", "action", "because"], rows[:SHOWN], caption)
        held = table_html(["What holds after"], [[one] for one in self.rules])
        return html + held + recipe_html(self.recipe)

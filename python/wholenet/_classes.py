"""What actors are coloured and marked by: attributes as a few classes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._narwhals import nw
from wholenet._palette import CATEGORIES, FIFTHS, OTHER, UNKNOWN, sequence
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from wholenet.network import Network

__all__ = ["Scheme", "Values", "empty", "values_of"]


# What values are called that come without a name.
CALLED = {"colour": "class", "mark": "marked", "size": "value"}


@dataclass(frozen=True, slots=True)
class Values:
    """One value per actor, what they are called, and their order where they have one of their own."""

    name: str
    entries: tuple[Any, ...]
    attribute: bool = False
    order: tuple[Any, ...] = ()

    def worded(self, actor: int) -> str:
        """Write one entry."""
        return "not known" if empty(self.entries[actor]) else _shown(self.entries[actor])


def values_of(net: Network, source: str | ArrayLike, argument: str) -> Values:
    """Look up an attribute by name, or take one value per actor as they are."""
    if isinstance(source, str):
        frame = _frames.wrap(net.actors, "actors")
        column = frame[_frames.require(frame, source, argument)]
        # Tables of every kind show ordered categories as an Enum here.
        order = tuple(column.dtype.categories) if isinstance(column.dtype, nw.Enum) else ()
        return Values(source, tuple(map(_plain, column.to_list())), attribute=True, order=order)
    entries = np.asarray(source)
    if entries.shape != (net.n_actors,):
        msg = (
            f"{argument} must be the name of an attribute or an array with one entry per actor ({net.n_actors}), but "
            f"has shape {entries.shape}"
        )
        raise ArgumentError(msg)
    return Values(CALLED.get(argument, argument), tuple(map(_plain, entries.tolist())))


def _plain(value: object) -> str | float | None:
    if isinstance(value, str | int | float):
        return value
    return None if value is None or type(value).__name__ in {"NAType", "NaTType"} else str(value)


def empty(value: object) -> bool:
    """Tell whether a cell holds nothing: null, NaN, or empty text."""
    return value is None or value == "" or value != value  # noqa: PLR0124 (only NaN differs from itself)


@dataclass(frozen=True, slots=True)
class Scheme:
    """Classes and their colours: one per value, or quantiles of a quantity.

    The colours are the same for all networks whose values a scheme was made of.
    """

    kept: tuple[Any, ...]
    grouped: int
    edges: tuple[float, ...] = ()
    ordered: bool = False

    @classmethod
    def of(cls, columns: Sequence[Values]) -> Scheme:
        """Give the largest classes a colour each, or cut a quantity into five."""
        counts = Counter(value for column in columns for value in column.entries if not empty(value))
        if len(counts) > len(CATEGORIES) and all(_is_quantity(value) for value in counts):
            shares = np.linspace(0, 1, FIFTHS + 1)
            cut = np.quantile(np.repeat(list(counts), list(counts.values())), shares)
            if all(float(value).is_integer() for value in counts):
                cut = np.floor(cut)
            return cls((), 0, tuple(np.unique(cut).tolist()))
        order = {value: place for column in reversed(columns) for place, value in enumerate(column.order)}
        ranked = sorted(counts, key=lambda value: (-counts[value], _shown(value)))
        kept = ranked if len(ranked) <= len(CATEGORIES) else ranked[: len(CATEGORIES) - 1]
        kept.sort(key=lambda value: (order.get(value, len(order)), _sort_key(value)))
        in_order = len(kept) > 2 and all(value in order for value in kept)  # noqa: PLR2004 (two are not a scale)
        return cls(tuple(kept), len(ranked) - len(kept), ordered=in_order)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the classes, for the legend."""
        if self.edges:
            own = [_range(low, high, first=not place) for place, (low, high) in enumerate(pairwise(self.edges))]
        else:
            own = [_shown(value) for value in self.kept]
        return (*own, f"other ({self.grouped} kinds)", "not known")

    @property
    def colours(self) -> tuple[str, ...]:
        """Colours of the classes: light to dark where they are in order."""
        if self.edges:
            own = sequence(len(self.edges) - 1)
        else:
            own = sequence(len(self.kept)) if self.ordered else list(CATEGORIES[: len(self.kept)])
        return (*own, OTHER, UNKNOWN)

    def codes(self, values: Values) -> list[int]:
        """Class of each actor: a position in `names`."""
        unknown = len(self.names) - 1
        if self.edges:
            inner = np.array(self.edges[1:-1])
            return [unknown if empty(one) else int(np.searchsorted(inner, one, "left")) for one in values.entries]
        place = {value: position for position, value in enumerate(self.kept)}
        return [unknown if empty(one) else place.get(one, unknown - 1) for one in values.entries]


def _range(low: float, high: float, *, first: bool) -> str:
    if first:
        return f"{low:,.4g} to {high:,.4g}"
    if low.is_integer() and high.is_integer():
        return f"{high:,.4g}" if high == low + 1 else f"{low + 1:,.4g} to {high:,.4g}"
    return f"over {low:,.4g} to {high:,.4g}"


def _is_quantity(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


def _sort_key(value: object) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, str(value).casefold())

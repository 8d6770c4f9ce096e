"""A legend: lines of a symbol and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from wholenet._svg import SOFT, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Row", "draw", "width"]

SIZE = 11.0
INDENT = 25.0
LEAST = 116.0
LARGEST_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class Row:
    """A line: a symbol drawn around a point, a label, and how many there are; a heading without a symbol."""

    label: str
    count: int | None = None
    symbol: Callable[[float, float], str] | None = None
    height: float = 16.0
    above: float = 0.0


def width(rows: Sequence[Row], page: float) -> float:
    """Room that a legend takes beside a picture as wide as `page`."""
    longest = max((text_width(row.label + _tail(row), SIZE) for row in rows), default=0.0)
    return min(max(longest + INDENT + 12, LEAST), LARGEST_SHARE * page)


def draw(rows: Sequence[Row], left: float, top: float, room: float) -> tuple[str, float]:
    """Write a legend; gives the height at which it ends, too."""
    parts, y = [], top
    for row in rows:
        y += row.above
        parts.append(_row(row, left, y + row.height / 2, room))
        y += row.height
    return "".join(parts), y


def _tail(row: Row) -> str:
    return "" if row.count is None else f"\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}{row.count:,}"


def _row(row: Row, left: float, middle: float, room: float) -> str:
    base = middle + 0.36 * SIZE
    if row.symbol is None:
        return text(shorten(row.label, SIZE, room - 8), left + 4, base, font_size=SIZE, font_weight=600)
    tail = _tail(row)
    short = shorten(row.label, SIZE, room - INDENT - 6 - text_width(tail, SIZE))
    # The label in a span of its own direction, so that the number stays behind it.
    spans = [
        element("tspan", escape(short), unicode_bidi="isolate"),
        element("tspan", tail, fill=SOFT) if tail else "",
        title(row.label) if short.endswith("…") else "",
    ]
    written = element("text", spans, x=number(left + INDENT), y=number(base), font_size=SIZE)
    return row.symbol(left + 11, middle) + written

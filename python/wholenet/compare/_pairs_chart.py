"""Two values of each pair on a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title
from wholenet.compare._interaction_chart import figure, line, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet._picture import Picture

__all__ = ["Pair", "pairs_chart"]

SIZE, SMALL = 11.0, 10.0
STEP = 20.0
ONE, OTHER, BETWEEN, GRID = "#1f3f66", "#e0995e", "#b9cadd", "#e3e8ec"


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: both names and both values."""

    name: str
    partner: str
    one: float
    other: float


def pairs_chart(
    rows: Sequence[Pair], names: tuple[str, str, str], heading: str | None, description: str, width: float
) -> Picture:
    """Draw a row per pair; `names` are of the axis and of both sides."""
    axis, one, other = names
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    parts += [
        _dot(18, top + 8),
        text(one, 28, top + 12, font_size=SIZE),
        _diamond(52 + text_width(one, SIZE), top + 8),
        text(other, 62 + text_width(one, SIZE), top + 12, font_size=SIZE),
    ]
    top += 28
    labels = [f"{row.name} \N{EN DASH} {row.partner}" for row in rows]
    left = min(max(text_width(label, SIZE) for label in labels) + 24, 0.42 * width)
    signed = [_signed(row.one - row.other) for row in rows]
    right = width - 26 - max(32, *(text_width(one, SMALL) for one in signed))
    half = (left - 14 - text_width(" \N{EN DASH} ", SIZE)) / 2
    values = [value for row in rows for value in (row.one, row.other)]
    room = 0.05 * (max(values) - min(values) or 1.0)
    low, high = min(values) - room, max(values) + room

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    end = top + STEP * len(rows) + 4
    looks: Attributes = {"font_size": SMALL, "fill": SOFT, "text_anchor": "middle"}
    for tick in ticks(low, high):
        parts += [line(x(tick), top, x(tick), end, GRID), text(figure(tick), x(tick), end + 13, **looks)]
    for place, (row, label, gap) in enumerate(zip(rows, labels, signed, strict=True)):
        y = top + STEP * (place + 0.5)
        halves = (shorten(one, SIZE, half) for one in (row.name, row.partner))
        shown = label if text_width(label, SIZE) <= left - 14 else " \N{EN DASH} ".join(halves)
        parts.append(text(shown, left - 10, y + 4, font_size=SIZE, text_anchor="end"))
        tip = title(f"{label}: {row.one:.4g} and {row.other:.4g}")
        bar = line(x(row.one), y, x(row.other), y, BETWEEN, thick=4)
        parts.append(element("g", [tip, bar, _diamond(x(row.other), y), _dot(x(row.one), y)]))
        parts.append(text(gap, right + 14, y + 4, font_size=SMALL, fill=SOFT))
    parts.append(text(axis, (left + right) / 2, end + 30, font_size=SIZE, text_anchor="middle"))
    return page(width, end + 40, parts, description)


def _signed(value: float) -> str:
    return f"+{figure(value)}" if value > 0 else figure(value)


def _dot(x: float, y: float) -> str:
    return element("circle", cx=number(x), cy=number(y), r=4.6, fill=ONE, stroke=INK)


def _diamond(x: float, y: float) -> str:
    return element("path", d=f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z", fill=OTHER, stroke=INK)

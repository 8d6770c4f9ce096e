"""Ties of organisations before and after, with their capacity."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet._picture import Picture

__all__ = ["Shift", "load_shifts"]

SIZE, SMALL = 11.0, 10.0
STEP = 19.0
BEFORE, AFTER, LINE, GRID = "#ffffff", "#1f3f66", "#9db9d6", "#e3e8ec"
# Steps of the axis: the first with at most so many of them.
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
TICKS = 12


@dataclass(frozen=True, slots=True)
class Shift:
    """An organisation's ties before and after, and how many it can keep up (NaN: not known)."""

    name: str
    before: float
    after: float
    capacity: float


def load_shifts(rows: Sequence[Shift], heading: str | None, width: float) -> Picture:
    """Draw a ring (before), a dot (after) and a stroke (capacity) per row."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    known = [one.capacity for one in rows if not isnan(one.capacity)]
    parts += _legend(top + 8, capacity=bool(known))
    top += 24
    left = min(max((text_width(one.name, SIZE) for one in rows), default=0.0) + 20, 0.42 * width)
    right = width - 20
    highest = max([1.0, *(one.before for one in rows), *(one.after for one in rows), *known])

    def x(value: float) -> float:
        return left + 8 + value / highest * (right - left - 16)

    end = top + STEP * len(rows) + 4
    step = next((step for step in STEPS if highest / step <= TICKS), max(1, int(highest / TICKS)))
    looks: Attributes = {"font_size": SMALL, "fill": SOFT, "text_anchor": "middle"}
    for tick in range(0, int(highest) + 1, step):
        parts.append(_line(x(tick), top, x(tick), end, GRID))
        parts.append(text(f"{tick:,}", x(tick), end + 13, **looks))
    for place, one in enumerate(rows):
        y = top + STEP * (place + 0.5)
        parts.append(element("g", _row(one, x(one.before), x(one.after), x(one.capacity), y)))
        parts.append(text(shorten(one.name, SIZE, left - 14), left - 4, y + 4, font_size=SIZE, text_anchor="end"))
    parts.append(text("ties", (left + right) / 2, end + 28, font_size=SIZE, text_anchor="middle"))
    many = f"{len(rows):,} organisation{'s' * (len(rows) != 1)}"
    return page(width, end + 38, parts, f"Ties of {many} before and after")


def _row(one: Shift, before: float, after: float, capacity: float, y: float) -> list[str]:
    known = not isnan(one.capacity)
    limit = f", capacity {one.capacity:g}" if known else ""
    parts = [title(f"{one.name}: {one.before:g} before, {one.after:g} after{limit}")]
    parts.append(_line(before, y, after, y, LINE, thick=4))
    if known:
        parts.append(_line(capacity, y - 7, capacity, y + 7, "#c2571a", thick=2.5))
    return [*parts, _dot(before, y, BEFORE), _dot(after, y, AFTER)]


def _legend(y: float, *, capacity: bool) -> list[str]:
    parts = [_dot(20, y, BEFORE), text("before", 30, y + 4, font_size=SIZE)]
    parts += [_dot(90, y, AFTER), text("after", 100, y + 4, font_size=SIZE)]
    if capacity:
        parts += [_line(152, y - 7, 152, y + 7, "#c2571a", thick=2.5), text("capacity", 160, y + 4, font_size=SIZE)]
    return parts


def _dot(x: float, y: float, fill: str) -> str:
    return element("circle", cx=number(x), cy=number(y), r=4.2, fill=fill, stroke=INK)


def _line(x: float, y: float, to: float, down: float, colour: str, *, thick: float = 1) -> str:
    ends = {"x1": number(x), "y1": number(y), "x2": number(to), "y2": number(down)}
    return element("line", stroke=colour, stroke_width=thick, stroke_linecap="round", **ends)

"""Ranked dots with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet._picture import Picture

__all__ = ["Ranked", "ranked_dots"]

SIZE, SMALL = 11.0, 10.0
STEP = 19.0
BAR, LINE, MARK, GRID = "#2f6299", "#9db9d6", "#c2571a", "#e3e8ec"
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
TICKS = 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row: who, what stands at the right, the rank with its interval, and whether it is marked."""

    name: str
    words: str
    rank: float
    lower: float
    upper: float
    marked: bool


def ranked_dots(rows: Sequence[Ranked], last: int, heading: str | None, marked: str | None, width: float) -> Picture:
    """Draw a dot and an interval per row on an axis from rank 1 to `last`; `marked` says what marks mean."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    if marked:
        parts += [_dot(20, top + 8, marked=True), text(marked, 30, top + 12, font_size=SIZE)]
        top += 22
    left = min(max((text_width(row.name, SIZE) for row in rows), default=0.0) + 20, 0.42 * width)
    words = max((text_width(row.words, SMALL) for row in rows), default=0.0)
    right = width - max(words, text_width("value", SMALL)) - 26

    def x(rank: float) -> float:
        return left + 8 + (rank - 1) / max(last - 1, 1) * (right - left - 16)

    end = top + STEP * len(rows) + 4
    looks: Attributes = {"font_size": SMALL, "fill": SOFT, "text_anchor": "middle"}
    for tick in _ticks(last):
        parts.append(_line(x(tick), top, x(tick), end, GRID))
        parts.append(text(f"{tick:,}", x(tick), end + 13, **looks))
    for place, row in enumerate(rows):
        y = top + STEP * (place + 0.5)
        tip = title(f"{row.name}: rank {row.rank:g}, {row.lower:g} to {row.upper:g}; {row.words}")
        bar = _line(x(row.lower), y, x(row.upper), y, LINE, thick=4) if row.lower <= row.upper else ""
        parts.append(element("g", [tip, bar, _dot(x(row.rank), y, marked=row.marked)]))
        short = shorten(row.name, SIZE, left - 14)
        weight = 600 if row.marked else None
        parts.append(text(short, left - 4, y + 4, font_size=SIZE, text_anchor="end", font_weight=weight))
        parts.append(text(row.words, right + 10, y + 4, font_size=SMALL, fill=SOFT))
    parts.append(text("value", right + 10, end + 13, font_size=SMALL, fill=SOFT))
    parts.append(text("rank", (left + right) / 2, end + 28, font_size=SIZE, text_anchor="middle"))
    return page(width, end + 38, parts, heading or "Ranks with intervals")


def _ticks(last: int) -> list[int]:
    """Rank 1, and round ranks up to the last."""
    step = next((step for step in STEPS if last / step <= TICKS), max(last // TICKS, 1))
    return [1, *(rank for rank in range(step, last + 1, step) if rank > 1)]


def _dot(x: float, y: float, *, marked: bool) -> str:
    if marked:
        return element("path", d=f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z", fill=MARK, stroke=INK)
    return element("circle", cx=number(x), cy=number(y), r=4.2, fill=BAR)


def _line(x: float, y: float, to: float, down: float, colour: str, *, thick: float = 1) -> str:
    ends = {"x1": number(x), "y1": number(y), "x2": number(to), "y2": number(down)}
    return element("line", stroke=colour, stroke_width=thick, stroke_linecap="round", **ends)

"""Estimates with intervals, one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wholenet._picture import Picture

__all__ = ["Shown", "estimates"]

SIZE, SMALL = 11.0, 10.0
STEP = 24.0
DOT, LINE, GRID = "#2f6299", "#9db9d6", "#e3e8ec"
TICKS = 6
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row: its name, the estimate with its interval (NaN: none), and what stands at the right."""

    name: str
    estimate: float
    lower: float
    upper: float
    words: str


def estimates(
    rows: Sequence[Shown], axis: str, heading: str | None, width: float, description: str, *, none: float
) -> Picture:
    """Draw a dot with an interval per row; a line stands at `none`, where there is no effect, loss or difference."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    left = min(max((text_width(row.name, SIZE) for row in rows), default=0.0) + 24, 0.42 * width)
    right = width - max((text_width(row.words, SMALL) for row in rows), default=0.0) - 26
    ends = np.array([none, *(value for row in rows for value in (row.estimate, row.lower, row.upper))])
    ends = ends[np.isfinite(ends)]
    low, high = float(ends.min()), float(ends.max())
    room = 0.05 * (high - low or 1.0)
    low, high = low - room, high + room

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    end = top + STEP * len(rows) + 4
    looks: Attributes = {"font_size": SMALL, "fill": SOFT, "text_anchor": "middle"}
    for tick in _ticks(low, high):
        parts += [_line(x(tick), top, x(tick), end, GRID), text(_figure(tick), x(tick), end + 13, **looks)]
    parts.append(_line(x(none), top, x(none), end, INK))
    for place, row in enumerate(rows):
        y = top + STEP * (place + 0.5)
        parts.append(text(shorten(row.name, SIZE, left - 14), left - 10, y + 4, font_size=SIZE, text_anchor="end"))
        parts.append(text(row.words, right + 12, y + 4, font_size=SMALL, fill=SOFT))
        if np.isfinite(row.estimate):
            parts.append(_row(row, x, y))
    parts.append(text(axis, (left + right) / 2, end + 30, font_size=SIZE, text_anchor="middle"))
    return page(width, end + 40, parts, description)


def _row(row: Shown, x: Callable[[float], float], y: float) -> str:
    known = np.isfinite(row.lower) and np.isfinite(row.upper)
    tip = f"{row.name}: {row.estimate:.4g}" + (f", {row.lower:.4g} to {row.upper:.4g}" if known else "")
    bar = _line(x(row.lower), y, x(row.upper), y, LINE, thick=5) if known else ""
    dot = element("circle", cx=number(x(row.estimate)), cy=number(y), r=5, fill=DOT)
    return element("g", [title(tip), bar, dot])


def _ticks(low: float, high: float) -> list[float]:
    rough = (high - low) / TICKS
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(step * power for step in ROUND if step * power >= rough * (1 - 1e-9))
    first = int(np.ceil(low / step))
    return [float(f"{place * step:.6g}") for place in range(first, int(np.floor(high / step)) + 1)]


def _figure(value: float) -> str:
    return f"{value:,.4g}".replace("-", "\N{MINUS SIGN}")


def _line(x: float, y: float, to: float, down: float, colour: str, *, thick: float = 1) -> str:
    ends = {"x1": number(x), "y1": number(y), "x2": number(to), "y2": number(down)}
    return element("line", stroke=colour, stroke_width=thick, **ends)

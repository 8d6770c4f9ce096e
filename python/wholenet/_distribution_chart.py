"""What draws give, as a histogram with the observed value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Drawn", "distributions"]

SIZE, SMALL = 11.0, 10.0
PANEL, BETWEEN = 96.0, 50.0
BARS = 41
PALE, DARK, GRID = "#b9cadd", "#2f6299", "#d8dee4"
MARGIN = 16.0


class Drawn:
    """One histogram: its name, what was observed, the draws, words on the right; `test`: whether extremes matter."""

    def __init__(
        self, name: str, observed: float, draws: NDArray[np.float64], words: str, *, test: bool = True
    ) -> None:
        self.name, self.observed, self.words, self.test = name, observed, words, test
        self.draws = draws[np.isfinite(draws)]


def distributions(rows: Sequence[Drawn], axis: str, heading: str | None, width: float) -> Picture:
    """Draw a histogram per row; of a test the draws at least as high, or as low, as what was observed are dark."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    for row in rows:
        parts += _panel(row, top + 22, width)
        top += PANEL + BETWEEN
    parts.append(text(axis, width / 2, top + 4, font_size=SIZE, text_anchor="middle"))
    names = ", ".join(row.name for row in rows if row.name)
    return page(width, top + 14, parts, f"{axis}, drawn at random and observed" + (f": {names}" if names else ""))


def _panel(row: Drawn, top: float, width: float) -> list[str]:
    known = np.isfinite(row.observed)
    values = np.append(row.draws, row.observed if known else [])
    if not len(values):
        values = np.zeros(1)
    low, high = float(values.min()), float(values.max())
    # Values that differ by rounding alone stand in one place.
    size = max(abs(low), abs(high))
    spread = high - low if high - low > 1e-9 * size else 0.1 * (size or 1.0)
    low, high = low - 0.04 * spread, high + 0.04 * spread
    base, left, right = top + PANEL, MARGIN, width - MARGIN
    count, edges = np.histogram(row.draws, bins=min(BARS, max(len(np.unique(row.draws)), 5)), range=(low, high))
    middle = float(np.median(row.draws)) if len(row.draws) else row.observed
    side = (1 if row.observed >= middle else -1) if known and row.test else 0

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    parts = []
    for first, last, found in zip(edges[:-1].tolist(), edges[1:].tolist(), count.tolist(), strict=True):
        if found:
            height = PANEL * 0.92 * found / int(count.max())
            # A bar that holds the observed value holds draws that are as extreme.
            colour = DARK if side and (last if side > 0 else -first) >= side * row.observed else PALE
            tip = title(f"{first:.4g} to {last:.4g}: {found:,} draws")
            sides = {"x": number(x(first)), "width": number(max(x(last) - x(first) - 0.6, 0.6))}
            parts.append(element("rect", tip, y=number(base - height), height=number(height), fill=colour, **sides))
    parts.append(_line(left, base, right, base, SOFT))
    parts += [
        text(_figure(tick), x(tick), base + 13, font_size=SMALL, text_anchor="middle", fill=SOFT)
        for tick in _ticks(low, high)
    ]
    parts += _mark(row.observed, x, top, base, (left + right) / 2) if known else []
    room = right - left - text_width(row.words, SMALL) - 16
    parts.append(text(shorten(row.name, SIZE, room), left, top - 10, font_size=SIZE, font_weight=600))
    parts.append(text(row.words, right, top - 10, font_size=SMALL, text_anchor="end", fill=SOFT))
    return parts


def _mark(observed: float, x: Callable[[float], float], top: float, base: float, middle: float) -> list[str]:
    """A line where the observed value lies, with its number on the side that has more room."""
    at = x(observed)
    side, place = ("end", at - 5) if at > middle else ("start", at + 5)
    looks: Attributes = {"font_size": SMALL, "font_weight": 600, "text_anchor": side, "paint_order": "stroke"}
    words = text(f"observed {_figure(observed)}", place, top + 6, stroke="#ffffff", stroke_width=3, **looks)
    return [_line(at, top - 4, at, base, INK, thick=2), words]


def _figure(value: float) -> str:
    return f"{value:,.4g}".replace("-", "\N{MINUS SIGN}")


def _ticks(low: float, high: float) -> list[float]:
    rough = (high - low) / 6
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough * (1 - 1e-9))
    first = int(np.ceil(low / step))
    return [float(f"{place * step:.6g}") for place in range(first, int(np.floor(high / step)) + 1)]


def _line(x: float, y: float, to: float, down: float, colour: str, *, thick: float = 1) -> str:
    ends = {"x1": number(x), "y1": number(y), "x2": number(to), "y2": number(down)}
    return element("line", stroke=colour, stroke_width=thick, **ends)

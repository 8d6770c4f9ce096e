"""Numbers on shades in small tables, side by side: one conclusion under many definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._palette import UNKNOWN, ink_on, sequence
from wholenet._picture import page
from wholenet._svg import SOFT, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Panel", "panels"]

SIZE, SMALL = 11.0, 10.0
SIDE, HEIGHT = 40.0, 18.0
BETWEEN, GROUP = 22.0, 6.0
SHADES = 64
WIDE = 99.5  # from here on numbers have no decimals
MIDDLE = 9.95  # and from here on one

Names = tuple["Sequence[str]", "Sequence[str]", "Sequence[str]"]


@dataclass(frozen=True, slots=True)
class Panel:
    """One small table: its name, and cells of shape (groups of rows, rows, columns)."""

    name: str
    cells: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Scale:
    """From numbers to shades, dark for high ones."""

    low: float
    high: float

    @classmethod
    def of(cls, band: Sequence[Panel]) -> _Scale:
        known = np.concatenate([panel.cells[np.isfinite(panel.cells)] for panel in band] or [np.zeros(0)])
        return cls(float(known.min()), float(known.max())) if len(known) else cls(0.0, 0.0)

    def __call__(self, value: float) -> str:
        if not np.isfinite(value):
            return UNKNOWN
        span = self.high - self.low
        return sequence(SHADES)[round((value - self.low) / span * (SHADES - 1)) if span else 0]


def panels(
    bands: Mapping[str, Sequence[Panel]], names: Names, heading: str | None, description: str, width: float
) -> Picture:
    """Draw a band of panels for each conclusion; `names` are those of groups of rows, rows and columns."""
    groups, rows, columns = names
    left = 24 + max(text_width(name, SMALL) for name in groups) + max(text_width(name, SMALL) for name in rows)
    across = SIDE * len(columns)
    in_line = max(1, int((width - left - 8 + BETWEEN) // (across + BETWEEN)))
    down = (HEIGHT * len(rows) + GROUP) * len(groups)
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    top = 34.0 if heading else 8.0
    for name, band in bands.items():
        scale = _Scale.of(band)
        parts.append(text(shorten(name, 12, width - 24), 12, top + 14, font_size=12, font_weight=600))
        top += 24
        for first in range(0, len(band), in_line):
            named = any(panel.name for panel in band)
            top += 16 if named else 0
            parts += _row_names(groups, rows, left, top)
            for place, panel in enumerate(band[first : first + in_line]):
                x = left + place * (across + BETWEEN)
                parts.append(text(shorten(panel.name, SIZE, across), x, top - 5, font_size=SIZE) if named else "")
                parts += _cells(panel, names, scale, x, top)
            top += down + 24
    kinds = text("columns: number of other relations; darker is higher", left, top, font_size=SMALL, fill=SOFT)
    return page(width, top + 12, [*parts, kinds], description)


def _row_names(groups: Sequence[str], rows: Sequence[str], left: float, top: float) -> list[str]:
    parts = []
    for group, name in enumerate(groups):
        start = top + group * (HEIGHT * len(rows) + GROUP)
        parts.append(text(name, 12, start + 13, font_size=SMALL, fill=SOFT))
        parts += [
            text(row, left - 6, start + place * HEIGHT + 13, font_size=SMALL, text_anchor="end")
            for place, row in enumerate(rows)
        ]
    return parts


def _cells(panel: Panel, names: Names, scale: _Scale, left: float, top: float) -> list[str]:
    groups, rows, columns = names
    parts = []
    for (group, row, column), value in np.ndenumerate(panel.cells):
        x = left + column * SIDE
        y = top + group * (HEIGHT * len(rows) + GROUP) + row * HEIGHT
        colour, known = scale(float(value)), np.isfinite(value)
        tip = f"{panel.name}: {rows[row]}, {groups[group]}, {columns[column]}: "
        inside = title(tip + (f"{value:.4g}" if known else "not defined"))
        size = {"width": number(SIDE - 0.8), "height": number(HEIGHT - 0.8)}
        parts.append(element("rect", inside, x=number(x), y=number(y), fill=colour, **size))
        shown = _short(float(value)) if known else "–"
        looks = {"text_anchor": "middle", "fill": ink_on(colour), "pointer_events": "none"}
        parts.append(text(shown, x + SIDE / 2, y + 13, font_size=SMALL, **looks))
    end = top + (HEIGHT * len(rows) + GROUP) * len(groups) + 6
    for place, name in enumerate(columns):
        x = left + (place + 0.5) * SIDE
        parts.append(text(name, x, end, font_size=SMALL, fill=SOFT, text_anchor="middle"))
    return parts


def _short(value: float) -> str:
    if abs(value) >= WIDE:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= MIDDLE else f"{value:.2f}"

"""Charts: degrees, change between waves, densities between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._palette import diverging, ink_on
from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Change", "changes", "degrees", "heatmap"]

SIZE = 11.0
SMALL = 10.0
GRID = "#d8dee4"
BAR = "#2f6299"
PANEL, BETWEEN = 74.0, 44.0
BARS = 40
OUTSIDE = 30.0  # room for numbers beside a bar
SLOPE = 0.72  # what slanted text takes of its length, upwards


def _heading(content: str | None, width: float) -> tuple[list[str], float]:
    """The heading, if there is one, and the height that it takes."""
    if not content:
        return [], 8.0
    return [text(shorten(content, 14, width - 24), 12, 20, font_size=14, font_weight=600)], 34.0


def _ticks(top: float, count: int = 4) -> list[float]:
    """Round numbers from 0 to `top`, about `count` steps apart."""
    if top <= 0:
        return [0.0]
    rough = top / count
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough * (1 - 1e-9))
    return [float(f"{place * step:.6g}") for place in range(int(top / step * (1 + 1e-9)) + 1)]


# Degrees --------------------------------------------------------------------------------------------------


def degrees(rows: Sequence[tuple[str, NDArray[np.float64]]], axis: str, heading: str | None, width: float) -> Picture:
    """Draw a histogram per network, one below the other, on the same axes."""
    edges = _edges(max((float(values.max(initial=0)) for _, values in rows), default=0.0))
    counts = [np.histogram(values, bins=edges)[0] for _, values in rows]
    highest = max((int(count.max(initial=0)) for count in counts), default=0)
    parts, top = _heading(heading, width)
    scale = _Scale(float(edges[0]), float(edges[-1]), 40.0, width - 14)
    for (name, values), count in zip(rows, counts, strict=True):
        parts += _bars(count, edges, scale, top + 20, highest)
        parts += _facts(name, values, scale, top + 20)
        top += PANEL + BETWEEN
    parts.append(text(axis, (scale.left + scale.right) / 2, top + 8, font_size=SIZE, text_anchor="middle"))
    names = ", ".join(name for name, _ in rows if name)
    return page(width, top + 18, parts, f"How many actors have how many {axis}" + (f": {names}" if names else ""))


def _edges(largest: float) -> NDArray[np.float64]:
    """Borders of the bars: one per number up to 40, else of a round width that gives about as many."""
    step = 1.0
    while largest / step > BARS:
        step *= 2.5 if str(step)[0] == "2" else 2
    first = -0.5 if step == 1 else 0.0
    return np.arange(first, largest + step + 1e-9, step)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to the page."""

    low: float
    high: float
    left: float
    right: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        return self.left + (value - self.low) / span * (self.right - self.left) if span else self.left


def _bars(count: NDArray[np.int64], edges: NDArray[np.float64], scale: _Scale, top: float, highest: int) -> list[str]:
    """Bars on their axes."""
    base, middle = top + PANEL, top + PANEL / 2
    turned = f"rotate(-90 11 {number(middle)})"
    parts = [text("actors", 11, middle, font_size=SMALL, fill=SOFT, text_anchor="middle", transform=turned)]
    parts += [_grid_line(tick, base - PANEL * tick / max(highest, 1), scale) for tick in _ticks(highest, 2)]
    for low, high, found in zip(edges[:-1].tolist(), edges[1:].tolist(), count.tolist(), strict=True):
        if found:
            x, gap, height = scale(low), min(1.0, 0.15 * (scale(high) - scale(low))), PANEL * found / highest
            kind = f"{high - 0.5:.0f}" if high - low == 1 else f"{low:.0f} to {high - 1:.0f}"
            parts.append(_rect(x + gap / 2, base - height, scale(high) - x - gap, height, BAR, f"{kind}: {found}"))
    parts.append(_path(f"M{number(scale.left)} {number(base)}H{number(scale.right)}", SOFT))
    shown = [tick for tick in _ticks(scale.high, 8) if scale.low <= tick <= scale.high]
    looks: Attributes = {"font_size": SMALL, "text_anchor": "middle", "fill": SOFT}
    return parts + [text(f"{tick:,.0f}", scale(tick), base + 12, **looks) for tick in shown]


def _facts(name: str, values: NDArray[np.float64], scale: _Scale, top: float) -> list[str]:
    """What is above the bars: name and numbers; and the mean as a line."""
    parts, facts = [], f"{len(values):,} actor{'s' * (len(values) != 1)}"
    if len(values):
        mean = float(values.mean())
        facts += f", mean {mean:.1f}, median {np.median(values):g}, highest {values.max():g}"
        parts.append(_path(f"M{number(scale(mean))} {number(top - 2)}V{number(top + PANEL)}", INK, "3 2"))
    room = scale.right - scale.left - text_width(facts, SMALL) - 16
    parts.append(text(shorten(name, SIZE, room), scale.left, top - 8, font_size=SIZE, font_weight=600))
    parts.append(text(facts, scale.right, top - 8, font_size=SMALL, text_anchor="end", fill=SOFT))
    return parts


def _grid_line(tick: float, y: float, scale: _Scale) -> str:
    return _path(f"M{number(scale.left)} {number(y)}H{number(scale.right)}", GRID) + text(
        f"{tick:,.0f}", scale.left - 5, y + 3.5, font_size=SMALL, text_anchor="end", fill=SOFT
    )


# Change ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """Ties between two waves."""

    name: str
    kept: int
    dissolved: int
    new: int


FATES = {"dissolved": "#e0995e", "kept": "#1f3f66", "new": "#a9cbe8"}
STEP, THICK = 25.0, 18.0


def changes(rows: Sequence[Change], heading: str | None, width: float) -> Picture:
    """Draw a bar per row: dissolved ties left of a line, kept and then new ones right of it."""
    parts, top = _heading(heading, width)
    left = min(max((text_width(row.name, SIZE) for row in rows), default=0.0) + 22, 0.36 * width)
    gone = max((row.dissolved for row in rows), default=0)
    here = max((row.kept + row.new for row in rows), default=0)
    unit = (width - left - 2 * OUTSIDE) / max(gone + here, 1)
    zero = left + OUTSIDE + gone * unit
    x = left + OUTSIDE
    for fate, colour in FATES.items():
        parts += [_rect(x, top + 2, 11, 11, colour), text(fate, x + 16, top + 11.5, font_size=SIZE)]
        x += 34 + text_width(fate, SIZE)
    top += 26
    for place, row in enumerate(rows):
        parts += _change_bar(row, zero, unit, top + place * STEP)
        name = shorten(row.name, SIZE, left - 14)
        parts.append(text(name, left - 6, top + place * STEP + 13, font_size=SIZE, text_anchor="end"))
    end = top + STEP * len(rows)
    parts.append(_path(f"M{number(zero)} {number(top - 3)}V{number(end - STEP + THICK + 3)}", INK) if rows else "")
    return page(width, end + 4, parts, "Ties dissolved, kept and new between waves")


def _change_bar(row: Change, zero: float, unit: float, top: float) -> list[str]:
    counts = {"dissolved": row.dissolved, "kept": row.kept, "new": row.new}
    starts = {"dissolved": zero - row.dissolved * unit, "kept": zero, "new": zero + row.kept * unit}
    parts = []
    for fate, colour in FATES.items():
        x, length, shown = starts[fate], counts[fate] * unit, f"{counts[fate]:,}"
        if counts[fate]:
            parts.append(_rect(x, top, length, THICK, colour, f"{row.name}: {shown} {fate}"))
        looks: Attributes = {"font_size": SMALL, "fill": SOFT}
        if text_width(shown, SMALL) + 6 <= length:
            looks = {"font_size": SMALL, "fill": ink_on(colour), "text_anchor": "middle", "pointer_events": "none"}
            parts.append(text(shown, x + length / 2, top + 13, **looks))
        elif fate == "dissolved":
            parts.append(text(shown, x - 3, top + 13, text_anchor="end", **looks))
        elif fate == "new":
            parts.append(text(shown, x + length + 3, top + 13, **looks))
    return parts


# Densities between groups ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Colours:
    """From numbers to colours: two doublings either side of the centre, or differences from 0."""

    centre: float
    reach: float

    def __call__(self, value: float) -> str:
        if np.isnan(value):
            return "#f0f2f4"
        if self.centre == 0:
            return diverging(value / self.reach)
        return diverging(float(np.log2(value / self.centre)) / 2 if value > 0 else -1.0)

    def marks(self) -> list[tuple[float, str]]:
        """What stands below the key, from 0 to 1 along it."""
        if self.centre == 0:
            return [(0.0, _short(-self.reach)), (0.5, "0"), (1.0, _short(self.reach))]
        low, high = (
            (f"≤ {_mark(self.centre / 4)}", _mark(self.centre / 2)),
            (_mark(self.centre * 2), f"≥ {_mark(self.centre * 4)}"),
        )
        return list(zip((0.0, 0.25, 0.5, 0.75, 1.0), (*low, _mark(self.centre), *high), strict=True))


def heatmap(
    cells: NDArray[np.float64],
    rows: Sequence[str],
    columns: Sequence[str],
    heading: str | None,
    centre: float,
    width: float,
) -> Picture:
    """Draw a table of numbers on colours."""
    parts, top = _heading(heading, width)
    left = min(max((text_width(row, SIZE) for row in rows), default=0.0) + 16, 0.34 * width)
    rise = min(max((text_width(column, SIZE) for column in columns), default=0.0) * SLOPE + 16, 0.26 * width)
    side = min((width - left - 0.55 * rise) / max(len(columns), 1), 64.0)
    height = min(side, 30.0)
    top += rise
    size = min(SIZE, 0.3 * side, 0.62 * height)
    colours = _Colours(centre, float(np.nanmax(np.abs(cells), initial=0.0)) or 1.0)
    for place, name in enumerate(columns):
        x, short = left + (place + 0.5) * side, shorten(name, SIZE, (rise - 14) / SLOPE)
        parts.append(text(short, x, top - 6, font_size=SIZE, transform=f"rotate(-45 {number(x)} {number(top - 6)})"))
    for place, name in enumerate(rows):
        y, short = top + (place + 0.5) * height + 4, shorten(name, SIZE, left - 12)
        parts.append(text(short, left - 7, y, font_size=SIZE, text_anchor="end"))
    for (row, column), value in np.ndenumerate(cells):
        known = not np.isnan(value)
        x, y, colour = left + column * side, top + row * height, colours(float(value))
        tip = f"{rows[row]} → {columns[column]}: {f'{value:,.4g}' if known else 'nothing observed'}"
        parts.append(_rect(x, y, side - 0.8, height - 0.8, colour, tip))
        looks: Attributes = {"font_size": size, "text_anchor": "middle", "fill": ink_on(colour)}
        shown = _short(float(value)) if known else "–"
        parts.append(text(shown, x + side / 2, y + height / 2 + 0.36 * size, pointer_events="none", **looks))
    end = top + len(rows) * height
    parts += _key(colours, left, end + 16)
    return page(width, end + 52, parts, heading or "Table of numbers on colours")


# From where on numbers are rounded to 10.0 in three figures, and to 100 in two and three.
TEN, HUNDRED = 9.95, 99.5


def _short(value: float) -> str:
    if abs(value) >= HUNDRED:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= TEN else f"{value:.2f}"


def _mark(value: float) -> str:
    """A number below the key, where two figures have room."""
    return f"{value:,.0f}" if value >= HUNDRED else f"{value:.2g}"


def _key(colours: _Colours, left: float, top: float) -> list[str]:
    """The colours with their values."""
    steps, side = 24, 7.0
    places = [(left + place * side, 2 * place / (steps - 1) - 1) for place in range(steps)]
    looks: Attributes = {"font_size": SMALL, "text_anchor": "middle", "fill": SOFT}
    parts = [_rect(x, top, side + 0.2, 9, diverging(position)) for x, position in places]
    return parts + [text(mark, left + share * steps * side, top + 20, **looks) for share, mark in colours.marks()]


# Shapes ---------------------------------------------------------------------------------------------------


def _rect(x: float, y: float, width: float, height: float, fill: str, tip: str = "") -> str:
    inside = title(tip) if tip else ""
    return element("rect", inside, x=number(x), y=number(y), width=number(width), height=number(height), fill=fill)


def _path(line: str, stroke: str, dashes: str | None = None) -> str:
    return element("path", d=line, stroke=stroke, fill="none", stroke_dasharray=dashes)

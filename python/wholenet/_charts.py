"""Charts: degrees, change between waves, densities between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._palette import diverging, ink_on
from wholenet._svg import INK, PAPER, SOFT, document, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Change", "changes", "degrees", "heatmap"]

SIZE = 11.0
SMALL = 10.0
GRID = "#d8dee4"
BAR = "#2f6299"
PANEL, BETWEEN = 74.0, 44.0
BINS = 40


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


def degrees(rows: Sequence[tuple[str, NDArray[np.float64]]], axis: str, heading: str | None, width: float) -> str:
    """Draw a histogram per network, one below the other, on the same axes."""
    left, right = 40.0, 14.0
    largest = max((float(values.max(initial=0)) for _, values in rows), default=0.0)
    step = max(1, *(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500) if largest / size > BINS / 2.5)) if largest > BINS else 1
    edges = np.arange(0, largest + step + 0.5, step) - (0.5 if step == 1 else 0.0)
    if edges[-1] <= largest:
        edges = np.append(edges, edges[-1] + step)
    counts = [np.histogram(values, bins=edges)[0] for _, values in rows]
    highest = max((int(count.max(initial=0)) for count in counts), default=0)
    parts, top = _heading(heading, width)
    scale = _Scale(float(edges[0]), float(edges[-1]), left, width - right)
    for (name, values), count in zip(rows, counts, strict=True):
        parts += _panel(name, values, count, edges, scale, top + 20, highest, step)
        top += PANEL + BETWEEN
    parts.append(text(axis, (left + width - right) / 2, top + 18, font_size=SIZE, text_anchor="middle"))
    names = ", ".join(name for name, _ in rows if name)
    return document(width, top + 28, parts, f"How many actors have how many {axis}" + (f": {names}" if names else ""))


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


def _panel(
    name: str,
    values: NDArray[np.float64],
    count: NDArray[np.int64],
    edges: NDArray[np.float64],
    scale: _Scale,
    top: float,
    highest: int,
    step: int,
) -> list[str]:
    base = top + PANEL
    parts = [_axis_mark(tick, base - PANEL * tick / max(highest, 1), scale) for tick in _ticks(highest, 2)]
    for low, high, found in zip(edges[:-1].tolist(), edges[1:].tolist(), count.tolist(), strict=True):
        if found:
            x, to_x, height = scale(low), scale(high), PANEL * found / highest
            gap = min(1.0, 0.15 * (to_x - x))
            kind = f"{np.ceil(low):.0f}" if step == 1 else f"{low:.0f} to {high - 1:.0f}"
            bar = title(f"{kind}: {found} actor{'s' * (found != 1)}")
            parts.append(
                element("rect", bar, x=number(x + gap / 2), y=number(base - height), width=number(to_x - x - gap, 2), height=number(height), fill=BAR)
            )
    parts.append(element("path", d=f"M{number(scale.left)} {number(base)}H{number(scale.right)}", stroke=SOFT, fill="none"))
    shown = [tick for tick in _ticks(scale.high, 8) if scale.low <= tick <= scale.high]
    parts += [text(f"{tick:,.0f}", scale(tick), base + 12, font_size=SMALL, text_anchor="middle", fill=SOFT) for tick in shown]
    facts = f"{len(values):,} actors"
    if len(values):
        mean = float(values.mean())
        facts += f", mean {mean:.1f}, median {np.median(values):g}, highest {values.max():g}"
        x = number(scale(mean))
        parts.append(element("path", title(f"mean {mean:.1f}"), d=f"M{x} {number(top - 2)}V{number(base)}", stroke=INK, stroke_width=1.2, stroke_dasharray="3 2", fill="none"))
    room = scale.right - scale.left - text_width(facts, SMALL) - 16
    parts.append(text(shorten(name, SIZE, room), scale.left, top - 8, font_size=SIZE, font_weight=600))
    parts.append(text(facts, scale.right, top - 8, font_size=SMALL, text_anchor="end", fill=SOFT))
    return parts


def _axis_mark(tick: float, y: float, scale: _Scale) -> str:
    line = element("path", d=f"M{number(scale.left)} {number(y)}H{number(scale.right)}", stroke=GRID, fill="none")
    return line + text(f"{tick:,.0f}", scale.left - 5, y + 3.5, font_size=SMALL, text_anchor="end", fill=SOFT)


# Change ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """Ties between two waves."""

    name: str
    kept: int
    dissolved: int
    new: int


FATES = (("dissolved", "#e0995e"), ("kept", "#1f3f66"), ("new", "#a9cbe8"))


def changes(rows: Sequence[Change], heading: str | None, width: float) -> str:
    """Draw a bar per row: dissolved ties left of a line, kept and then new ones right of it."""
    parts, top = _heading(heading, width)
    left = min(max((text_width(row.name, SIZE) for row in rows), default=0.0) + 22, 0.36 * width)
    inner = width - left - 46.0
    gone = max((row.dissolved for row in rows), default=0)
    here = max((row.kept + row.new for row in rows), default=0)
    unit = inner / max(gone + here, 1)
    zero = left + gone * unit
    parts += _change_key(left, top)
    top += 26
    for row in rows:
        parts += _change_bar(row, zero, unit, top, left)
        top += 25
    parts.append(element("path", d=f"M{number(zero)} {number(top - 25 * len(rows) - 3)}V{number(top)}", stroke=INK, fill="none"))
    return document(width, top + 10, parts, "Ties dissolved, kept and new between waves")


def _change_key(left: float, top: float) -> list[str]:
    parts, x = [], left
    words = {"dissolved": "dissolved", "kept": "kept", "new": "new"}
    for fate, colour in FATES:
        parts.append(element("rect", x=number(x), y=number(top + 2), width=11, height=11, fill=colour))
        parts.append(text(words[fate], x + 16, top + 11.5, font_size=SIZE))
        x += 34 + text_width(words[fate], SIZE)
    return parts


def _change_bar(row: Change, zero: float, unit: float, top: float, left: float) -> list[str]:
    base = top + 13
    parts = [text(shorten(row.name, SIZE, left - 14), left - 10, base, font_size=SIZE, text_anchor="end")]
    starts = {"dissolved": zero - row.dissolved * unit, "kept": zero, "new": zero + row.kept * unit}
    for fate, colour in FATES:
        count = getattr(row, fate)
        x, length = starts[fate], count * unit
        if count:
            tip = title(f"{row.name}: {count:,} {fate}")
            parts.append(element("rect", tip, x=number(x), y=number(top), width=number(length), height=18, fill=colour, stroke=PAPER, stroke_width=0.8))
        shown = f"{count:,}"
        if text_width(shown, SMALL) + 6 <= length:
            parts.append(text(shown, x + length / 2, base, font_size=SMALL, text_anchor="middle", fill=ink_on(colour)))
        elif fate == "dissolved":
            parts.append(text(shown, x - 3, base, font_size=SMALL, text_anchor="end", fill=SOFT))
        elif fate == "new":
            parts.append(text(shown, x + length + 3, base, font_size=SMALL, fill=SOFT))
    return parts


# Densities between groups ---------------------------------------------------------------------------------


def heatmap(
    cells: NDArray[np.float64],
    rows: Sequence[str],
    columns: Sequence[str],
    heading: str | None,
    centre: float,
    width: float,
) -> str:
    """Draw a table of numbers on colours: log steps around `centre`, or differences from 0."""
    parts, top = _heading(heading, width)
    longest = max((text_width(row, SIZE) for row in rows), default=0.0)
    left = min(longest + 16, 0.34 * width)
    above = min(max((text_width(column, SIZE) for column in columns), default=0.0) * 0.72 + 16, 0.26 * width)
    overhang = 0.55 * above
    side = min((width - left - overhang) / max(len(columns), 1), 64.0)
    high = min(side, 30.0) if side > 22 else side
    top += above
    reach = float(np.nanmax(np.abs(cells), initial=0.0)) if centre == 0 and not np.isnan(cells).all() else 1.0
    for place, name in enumerate(columns):
        x, y = left + (place + 0.5) * side, top - 6
        short = shorten(name, SIZE, (above - 14) / 0.72)
        parts.append(text(short, x, y, font_size=SIZE, transform=f"rotate(-45 {number(x)} {number(y)})"))
    for place, name in enumerate(rows):
        y = top + (place + 0.5) * high + 4
        parts.append(text(shorten(name, SIZE, left - 12), left - 7, y, font_size=SIZE, text_anchor="end"))
    size = min(SIZE, 0.3 * side, 0.62 * high)
    for (row, column), value in np.ndenumerate(cells):
        x, y = left + column * side, top + row * high
        parts.append(_cell(float(value), (x, y, side, high), size, _position(float(value), centre, reach), f"{rows[row]} → {columns[column]}"))
    end = top + len(rows) * high
    parts.append(_key(left, end + 16, centre, reach))
    return document(width, end + 52, parts, "Table of densities between groups")


def _position(value: float, centre: float, reach: float) -> float:
    """From -1 to 1: two doublings either side of `centre`, or the share of the largest difference."""
    if centre == 0:
        return value / reach if reach else 0.0
    return float(np.clip(np.log2(value / centre) / 2, -1, 1)) if value > 0 else -1.0


def _cell(value: float, box: tuple[float, float, float, float], size: float, position: float, name: str) -> str:
    x, y, width, height = box
    known = not np.isnan(value)
    colour = diverging(position) if known else "#f0f2f4"
    shown = _short(value) if known else "–"
    tip = title(f"{name}: {f'{value:,.4g}' if known else 'no dyads observed'}")
    rect = element("rect", tip, x=number(x), y=number(y), width=number(width, 2), height=number(height, 2), fill=colour, stroke=PAPER, stroke_width=1)
    label = text(shown, x + width / 2, y + height / 2 + 0.36 * size, font_size=size, text_anchor="middle", fill=ink_on(colour), pointer_events="none")
    return rect + label


def _short(value: float) -> str:
    digits = 1 if abs(value) >= 9.95 else 2  # noqa: PLR2004
    return f"{value:,.0f}" if abs(value) >= 99.5 else f"{value:.{digits}f}"  # noqa: PLR2004


def _key(left: float, top: float, centre: float, reach: float) -> str:
    """The colours with their values."""
    steps, side = 24, 7.0
    parts = [
        element("rect", x=number(left + place * side), y=number(top), width=side + 0.2, height=9, fill=diverging(2 * place / (steps - 1) - 1))
        for place in range(steps)
    ]
    if centre == 0:
        marks = [(-1.0, _short(-reach)), (0.0, "0"), (1.0, _short(reach))]
    else:
        marks = [(-1.0, f"≤ {centre / 4:g}"), (-0.5, f"{centre / 2:g}"), (0.0, f"{centre:g}"), (0.5, f"{centre * 2:g}"), (1.0, f"≥ {centre * 4:g}")]
    for position, mark in marks:
        x = left + (position + 1) / 2 * steps * side
        parts.append(text(mark, x, top + 20, font_size=SMALL, text_anchor="middle", fill=SOFT))
    return "".join(parts)

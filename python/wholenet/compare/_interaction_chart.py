"""Networks as dots, and means of combinations with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from wholenet._palette import CATEGORIES
from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wholenet._picture import Picture

__all__ = ["Cell", "figure", "interaction_chart", "line", "ticks"]

SIZE, SMALL = 11.0, 10.0
HEIGHT = 300.0
LEFT = 12.0
GRID = "#e3e8ec"
# The first three stay apart in grey; marks and lines tell the others apart, too.
COLOURS = ("#1f3f66", "#e0995e", "#78a212", *CATEGORIES)
MARKS = ("circle", "diamond", "square", "triangle")
CORNERS = {
    "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle": ((0, -1), (0.95, 0.7), (-0.95, 0.7)),
}
DASHES = (None, "7 4", "2 3", "10 3 2 3")
BETWEEN = 7.0  # between dots of the same height
DOT = 3.2
TICKS = 6
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Cell:
    """A combination: its categories, the outcomes of its networks, and their mean with its interval."""

    context: str
    kind: str
    values: tuple[float, ...]
    mean: float
    lower: float
    upper: float


def interaction_chart(
    cells: Sequence[Cell], names: tuple[str, str, str], words: str, heading: str | None, width: float
) -> Picture:
    """Draw contexts side by side, kinds by colour, mark and line; `names` are of the outcome and both predictors."""
    outcome, context, kind = names
    contexts, kinds = (list(dict.fromkeys(getattr(cell, one) for cell in cells)) for one in ("context", "kind"))
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    key, top = _key(kinds, kind, words, top, width)
    parts += key
    ends = [value for cell in cells for value in (*cell.values, cell.lower, cell.upper) if np.isfinite(value)]
    low, high = min(ends), max(ends)
    room = 0.05 * (high - low or 1.0)
    low, high = low - room, high + room
    left, right, bottom = 56.0, width - 14.0, top + HEIGHT

    def y(value: float) -> float:
        return bottom - (value - low) / (high - low) * HEIGHT

    for tick in ticks(low, high):
        parts.append(line(left, y(tick), right, y(tick), GRID))
        parts.append(text(figure(tick), left - 6, y(tick) + 3.5, font_size=SMALL, fill=SOFT, text_anchor="end"))
    span = (right - left) / len(contexts)
    turned = f"rotate(-90 14 {number((top + bottom) / 2)})"
    parts.append(text(outcome, 14, (top + bottom) / 2, font_size=SIZE, text_anchor="middle", transform=turned))
    looks: Attributes = {"font_size": SIZE, "text_anchor": "middle"}
    for place, name in enumerate(contexts):
        shown = shorten(f"{context}: {name}", SIZE, span - 8)
        parts.append(text(shown, left + span * (place + 0.5), bottom + 18, **looks))
    step = 0.62 * span / len(kinds)
    parts += _series(
        cells, contexts, kinds, lambda a, b: left + span * (a + 0.5) + step * (b - (len(kinds) - 1) / 2), y
    )
    return page(width, bottom + 28, parts, f"{outcome} by {context} and {kind}: networks and {words}")


def _look(place: int) -> tuple[str, str, str | None]:
    """Colour, mark and line of a kind."""
    return COLOURS[place % len(COLOURS)], MARKS[place % len(MARKS)], DASHES[place % len(DASHES)]


def _series(
    cells: Sequence[Cell],
    contexts: Sequence[str],
    kinds: Sequence[str],
    x: Callable[[int, int], float],
    y: Callable[[float], float],
) -> list[str]:
    """Dots first, then lines between means, then the means on top."""
    dots, lines, means = [], [], []
    for b, kind in enumerate(kinds):
        colour, mark, dash = _look(b)
        own = [cell for cell in cells if cell.kind == kind]
        places = [(x(contexts.index(cell.context), b), cell) for cell in own]
        for (at, cell), (then, later) in pairwise(places):
            ends = (at, y(cell.mean), then, y(later.mean))
            lines.append(line(*ends, colour, thick=1.6, dash=dash))
        for at, cell in places:
            dots += [
                _mark(at + shift, y(value), DOT, colour, mark, filled=False)
                for value, shift in zip(
                    sorted(cell.values), _shifts([y(one) for one in sorted(cell.values)]), strict=True
                )
            ]
            bar = [line(at, y(cell.lower), at, y(cell.upper), colour, thick=3)] if np.isfinite(cell.lower) else []
            tip = title(
                f"{cell.context}, {cell.kind}: {cell.mean:.3g} ({cell.lower:.3g} to {cell.upper:.3g}), "
                f"{len(cell.values):,} networks"
            )
            means.append(element("g", [tip, *bar, _mark(at, y(cell.mean), 6.5, colour, mark, filled=True)]))
    return dots + lines + means


def _shifts(heights: Sequence[float]) -> list[float]:
    """Move dots aside that would lie on each other, away from the mean's bar."""
    found: list[float] = []
    for place, height in enumerate(heights):
        taken = {found[other] for other in range(place) if abs(heights[other] - height) < 2 * DOT}
        tries = (side * (14 + BETWEEN * step) for step in range(len(heights)) for side in (1, -1))
        found.append(next(shift for shift in tries if shift not in taken))
    return found


def _key(kinds: Sequence[str], name: str, words: str, top: float, width: float) -> tuple[list[str], float]:
    """What marks and lines stand for, on as many lines as it takes; and where it ends."""
    parts, x = [], LEFT
    for b, kind in enumerate(kinds):
        colour, mark, dash = _look(b)
        shown = shorten(f"{name}: {kind}", SIZE, width - 60)
        if x > LEFT and x + 36 + text_width(shown, SIZE) > width - 12:
            x, top = LEFT, top + 18
        parts += [
            line(x, top + 8, x + 30, top + 8, colour, thick=1.6, dash=dash),
            _mark(x + 15, top + 8, 5.5, colour, mark, filled=True),
            text(shown, x + 36, top + 12, font_size=SIZE),
        ]
        x += 58 + text_width(shown, SIZE)
    small = shorten(f"Small marks are networks; large ones {words}", SMALL, width - 24)
    parts.append(text(small, 12, top + 31, font_size=SMALL, fill=SOFT))
    return parts, top + 44


def _mark(x: float, y: float, size: float, colour: str, mark: str, *, filled: bool) -> str:
    looks: Attributes = {
        "fill": colour if filled else "none",
        "stroke": INK if filled else colour,
        "stroke_width": 1.0 if filled else 1.3,
    }
    if mark == "circle":
        return element("circle", cx=number(x), cy=number(y), r=size, **looks)
    corners = CORNERS[mark]
    reach = size * (0.9 if mark == "square" else 1.25)
    path = "L".join(f"{number(x + reach * a, 2)} {number(y + reach * b, 2)}" for a, b in corners)
    return element("path", d=f"M{path}Z", **looks)


def ticks(low: float, high: float) -> list[float]:
    """Give round numbers from `low` to `high`."""
    rough = (high - low) / TICKS
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(step * power for step in ROUND if step * power >= rough * (1 - 1e-9))
    first = int(np.ceil(low / step))
    return [float(f"{place * step:.6g}") for place in range(first, int(np.floor(high / step)) + 1)]


def figure(value: float) -> str:
    """Write a number."""
    return f"{value:,.4g}".replace("-", "\N{MINUS SIGN}")


def line(x: float, y: float, to: float, down: float, colour: str, *, thick: float = 1, dash: str | None = None) -> str:
    """Draw a line."""
    ends = {"x1": number(x), "y1": number(y), "x2": number(to), "y2": number(down)}
    return element("line", stroke=colour, stroke_width=thick, stroke_dasharray=dash, **ends)

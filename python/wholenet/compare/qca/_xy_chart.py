"""Named dots in a square, with lines at the middle and the diagonal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wholenet._picture import Picture

__all__ = ["Dot", "xy_chart"]

SIZE, SMALL, TITLE = 11.0, 10.0, 14.0
LINE = 18.0
# How much wider bold letters and signs are.
BOLD = 1.2
LEFT, RIGHT, ABOVE = 64.0, 24.0, 40.0
TYPICAL, AGAINST, OTHER, GRID = "#2f6299", "#c2571a", "#ffffff", "#d8dee4"
HALF = 0.5
RADIUS, GAP = 5.0, 7.0
# Left of the axis, up to its title.
ROOM = 36.0
# Names of so many cases at one place are written out.
NAMED = 3

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A place and the cases that are there."""

    x: float
    y: float
    names: tuple[str, ...]

    @property
    def against(self) -> bool:
        """Whether the cases are in the term but do not have the outcome."""
        return self.x > HALF > self.y

    @property
    def label(self) -> str:
        """The names, if they are few."""
        more = len(self.names) - NAMED
        return ", ".join(self.names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def xy_chart(
    dots: Sequence[Dot], across: str, up: str, heading: str, fit: str, width: float, description: str
) -> Picture:
    """Draw the dots; names stand where there is room for them."""
    side = width - LEFT - RIGHT
    lines = _wrapped(heading, width - 24)
    top = ABOVE + LINE * (len(lines) - 1)
    end = top + side

    def place(x: float, y: float) -> tuple[float, float]:
        return LEFT + x * side, end - y * side

    parts = [text(line, 12, 22 + LINE * at, font_size=TITLE, font_weight=600) for at, line in enumerate(lines)]
    parts += _frame(place)
    taken: list[Box] = [_around(*place(dot.x, dot.y)) for dot in dots]
    # The numbers of the upright axis.
    taken += [(LEFT - ROOM, place(0, tick)[1] - 6, LEFT - 10, place(0, tick)[1] + 6) for tick in (0, HALF, 1)]
    for dot in sorted(dots, key=lambda dot: (not dot.against, -dot.x, -dot.y)):
        parts.append(_dot(dot, *place(dot.x, dot.y)))
        parts.append(_name(dot, *place(dot.x, dot.y), taken, (LEFT - ROOM, top - 8, width - 2, end + 8)))
    parts += _axes(across, up, fit, side, end)
    return page(width, end + 88, parts, description)


def _wrapped(heading: str, room: float) -> list[str]:
    """Break a sum of terms before a plus or an arrow where it gets too long."""
    lines: list[str] = []
    for part in re.split(r" (?=(?:\+|=>) )", heading):
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and text_width(longer, BOLD * TITLE) > room:
            lines.append(part)
        else:
            lines[-1:] = [longer]
    return [shorten(line, BOLD * TITLE, room) for line in lines]


def _frame(place: Callable[[float, float], tuple[float, float]]) -> list[str]:
    lines = [(0, 0, 1, 1, SOFT, "4 3"), (HALF, 0, HALF, 1, INK, None), (0, HALF, 1, HALF, INK, None)]
    parts = []
    for step in (0, 1):
        lines += [(step, 0, step, 1, GRID, None), (0, step, 1, step, GRID, None)]
    for x, y, to, up, colour, dashes in lines:
        (x1, y1), (x2, y2) = place(x, y), place(to, up)
        ends: Attributes = {"x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)}
        parts.append(element("line", stroke=colour, stroke_dasharray=dashes, stroke_width=1, **ends))
    for tick in (0, HALF, 1):
        (x, low), (left, y) = place(tick, 0), place(0, tick)
        parts.append(text(f"{tick:g}", x, low + 16, font_size=SMALL, fill=SOFT, text_anchor="middle"))
        parts.append(text(f"{tick:g}", left - 12, y + 3.5, font_size=SMALL, fill=SOFT, text_anchor="end"))
    return parts


def _axes(across: str, up: str, fit: str, side: float, end: float) -> list[str]:
    middle = LEFT + side / 2
    turned = f"rotate(-90 18 {number(end - side / 2)})"
    looks: Attributes = {"font_size": SIZE, "text_anchor": "middle"}
    return [
        text(shorten(f"membership in {across}", SIZE, side), middle, end + 34, **looks),
        text(shorten(f"membership in {up}", SIZE, side), 18, end - side / 2, transform=turned, **looks),
        text(shorten(fit, SIZE, side), LEFT, end + 56, font_size=SIZE),
        *_key(end + 72),
    ]


def _key(y: float) -> list[str]:
    """What the marks mean."""
    parts, x = [], LEFT + 6
    for mark, words in (
        (_circle(TYPICAL), "in both"),
        (_mark, "in the term only"),
        (_circle(OTHER), "not in the term"),
    ):
        parts += [mark(x, y), text(words, x + 12, y + 4, font_size=SIZE, fill=SOFT)]
        x += text_width(words, SIZE) + 36
    return parts


def _mark(x: float, y: float) -> str:
    return element("path", d=f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z", fill=AGAINST, stroke=INK)


def _circle(fill: str) -> Callable[[float, float], str]:
    def drawn(x: float, y: float) -> str:
        return element("circle", cx=number(x), cy=number(y), r=RADIUS, fill=fill, stroke=TYPICAL, stroke_width=1.5)

    return drawn


def _dot(dot: Dot, x: float, y: float) -> str:
    tip = title(f"{', '.join(dot.names)}: {dot.x:.3g} and {dot.y:.3g}")
    if dot.against:
        return element("g", [tip, _mark(x, y)])
    fill = TYPICAL if dot.x > HALF and dot.y > HALF else OTHER
    return element("g", [tip, _circle(fill)(x, y)])


def _name(dot: Dot, x: float, y: float, taken: list[Box], within: Box) -> str:
    """Write the names beside the dot, at the first of eight places where nothing stands yet."""
    wide = text_width(dot.label, SMALL) + 2
    rows = (y + 3.5, y - GAP, y + GAP + 8)
    options = [(x + GAP + 2, row, "start") for row in rows] + [(x - GAP - 2, row, "end") for row in rows]
    options += [(x, row, "middle") for row in rows[1:]]
    for left, base, anchor in options:
        start = {"start": left, "end": left - wide, "middle": left - wide / 2}[anchor]
        box = (start, base - 9, start + wide, base + 2)
        inside = box[0] > within[0] and box[1] > within[1] and box[2] < within[2] and box[3] < within[3]
        own = _around(x, y)
        if inside and not any(_overlap(box, other) for other in taken if other != own):
            taken.append(box)
            return text(dot.label, left, base, font_size=SMALL, text_anchor=anchor)
    return ""


def _around(x: float, y: float) -> Box:
    return (x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

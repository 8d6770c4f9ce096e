"""Bands from where clients were to where they went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet._palette import ink_on
from wholenet._picture import page
from wholenet._svg import INK, SOFT, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet._picture import Picture

__all__ = ["Band", "bands"]

SIZE, SMALL = 11.0, 10.0
HEIGHT, GAP, BOX, THIN = 430.0, 16.0, 9.0, 3.0
# From light to dark in grey as well, so that up and down stay apart.
COLOURS = {"up": "#1f3f66", "same": "#9aa4ae", "down": "#e0995e", "start": "#a9cbe8", "end": "#6f5a8c"}
WORDS = {
    "start": "into care",
    "up": "step up",
    "same": "same level",
    "down": "step down",
    "end": "out of care, or still there",
}
LABELLED = 11.0


@dataclass(frozen=True, slots=True)
class Band:
    """A step: from where, to where, its direction and count; NaN where it is not shown."""

    source: str
    target: str
    direction: str
    count: float
    suppressed: bool

    @property
    def size(self) -> float:
        """What the band takes up."""
        return 0.0 if self.suppressed else self.count


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the picture: the groups, and where the next band of each starts."""

    names: list[str]
    top: dict[str, float]
    height: dict[str, float]


def bands(steps: Sequence[Band], heading: str | None, width: float, least: int) -> Picture:
    """Draw a band for each step; what is not shown is a dashed line."""
    drawn = [step for step in steps if step.suppressed or step.count > 0]
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    legend, top = _legend(drawn, top, width, least)
    parts += legend
    sides = [[getattr(step, side) for step in drawn] for side in ("source", "target")]
    names = [list(dict.fromkeys(side)) for side in sides]
    # Targets in the order in which all steps name them.
    order = list(dict.fromkeys(step.target for step in steps))
    names[1].sort(key=order.index)
    total = max(sum(step.size for step in drawn), 1.0)
    unit = HEIGHT / total
    left, right = (_side(drawn, side, names[at], unit, top) for at, side in enumerate(("source", "target")))
    room = [min(max((text_width(name, SIZE) for name in side), default=0.0) + 14, 0.3 * width) for side in names]
    ends = (room[0], width - room[1])
    places = ({**left.top}, {**right.top})
    for step in sorted(drawn, key=lambda step: (names[0].index(step.source), names[1].index(step.target))):
        thick = THIN if step.suppressed else step.size * unit
        parts.append(_band(step, places[0][step.source], places[1][step.target], thick, ends))
        places[0][step.source] += thick
        places[1][step.target] += thick
    for side, x, anchor in ((left, ends[0], "end"), (right, ends[1], "start")):
        for name in side.names:
            parts += _box(name, x, side, anchor, room[0 if anchor == "end" else 1])
    bottom = max(side.top[name] + side.height[name] for side in (left, right) for name in side.names) if drawn else top
    return page(width, bottom + 14, parts, heading or "Steps between levels of care")


def _side(drawn: Sequence[Band], which: str, names: list[str], unit: float, top: float) -> _Side:
    tops, heights = {}, {}
    for name in names:
        here = [step for step in drawn if getattr(step, which) == name]
        heights[name] = sum(THIN if step.suppressed else step.size * unit for step in here)
        tops[name] = top
        top += max(heights[name], SIZE) + GAP
    return _Side(names, tops, heights)


def _legend(drawn: Sequence[Band], top: float, width: float, least: int) -> tuple[list[str], float]:
    parts, x = [], 12.0
    words = {
        direction: words for direction, words in WORDS.items() if any(step.direction == direction for step in drawn)
    }
    hidden = f"not shown (to protect counts under {least})"
    for direction, shown in [*words.items(), *([("", hidden)] if any(step.suppressed for step in drawn) else [])]:
        length = 34 + text_width(shown, SIZE)
        if x + length > width and x > 12:  # noqa: PLR2004 (the left edge)
            x, top = 12.0, top + 18
        if direction:
            parts.append(element("rect", x=x, y=top + 2, width=11, height=11, fill=COLOURS[direction], opacity=0.75))
        else:
            parts.append(_dashes(f"M{number(x - 2)} {number(top + 8)}h15"))
        parts.append(text(shown, x + 16, top + 11.5, font_size=SIZE))
        x += length
    return parts, top + 30


def _band(step: Band, start: float, end: float, thick: float, ends: tuple[float, float]) -> str:
    left, right = ends[0] + BOX, ends[1] - BOX
    if step.suppressed:
        y, to = start + thick / 2, end + thick / 2
        curve = f"M{number(left)} {number(y)}{_curve((left, y), (right, to))}"
        return element("g", [title(f"{step.source} → {step.target}: not shown"), _dashes(curve)])
    low, to = start + thick, end + thick
    shape = f"M{number(left)} {number(start)}{_curve((left, start), (right, end))}"
    shape += f"V{number(to)}{_curve((right, to), (left, low))}Z"
    shown = f"{step.count:,.0f}"
    parts = [title(f"{step.source} → {step.target}: {shown}")]
    parts.append(element("path", d=shape, fill=COLOURS[step.direction], opacity=0.75))
    if thick >= LABELLED:
        y = start + thick / 2 + 3.5
        fill = ink_on(COLOURS[step.direction])
        parts.append(text(shown, left + 6, y, font_size=SMALL, fill=fill, pointer_events="none"))
    return element("g", parts)


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Go over to the end of a band, level at both ends."""
    middle = number((start[0] + end[0]) / 2)
    return f"C{middle} {number(start[1])} {middle} {number(end[1])} {number(end[0])} {number(end[1])}"


def _box(name: str, x: float, side: _Side, anchor: str, room: float) -> list[str]:
    top, height = side.top[name], max(side.height[name], 1.0)
    box = element(
        "rect", x=number(x if anchor == "end" else x - BOX), y=number(top), width=BOX, height=number(height), fill=INK
    )
    place = x - 6 if anchor == "end" else x + 6
    shown = shorten(name, SIZE, room - 8)
    return [box, text(shown, place, top + height / 2 + 4, font_size=SIZE, text_anchor=anchor)]


def _dashes(line: str) -> str:
    return element("path", d=line, stroke=SOFT, fill="none", stroke_width=1.4, stroke_dasharray="4 3")

"""Profiles: scores on several scales, network by network and wave by wave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._picture import page
from wholenet._svg import INK, PAPER, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wholenet._picture import Picture

__all__ = ["Line", "Point", "profile"]

SIZE, SMALL = 11.0, 10.0
STEP, HEAD = 21.0, 24.0
# Earlier waves are lighter, and their dots are not filled: to be told apart without colours.
FIRST, LAST, GRID = "#7a8794", "#1f4e86", "#e3e8ec"
APART = 4.0
FEW_TICKS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """The score in a wave, with its interval (NaN: none)."""

    wave: str
    score: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Line:
    """The waves of a scale in one place."""

    scale: str
    place: str
    points: tuple[Point, ...]

    @property
    def words(self) -> str:
        """The scores, and how much higher the last is than the first."""
        known = [point.score for point in self.points if np.isfinite(point.score)]
        if not known:
            return "no score"
        if len(self.points) == 1 or len(known) < len(self.points):
            return ", ".join(f"{one:.2f}" for one in known)
        # Adding 0 takes the sign from what rounds to none.
        gap = round(known[-1] - known[0], 2) + 0.0
        shown = f"{gap:+.2f}".replace("-", "\N{MINUS SIGN}") if gap else "0.00"
        return f"{known[0]:.2f} → {known[-1]:.2f}  ({shown})"


def profile(
    lines: Sequence[Line],
    waves: Sequence[str],
    ends: tuple[float, float],
    axis: str,
    heading: str | None,
    width: float,
    description: str,
) -> Picture:
    """Draw the lines, those of a scale below its name; `ends` are those of the axis at least."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    if len(waves) > 1:
        parts += _key(waves, top)
        top += 24
    alone = not any(line.place for line in lines)
    names = [line.scale if alone else line.place for line in lines]
    left = min(max(text_width(name, SIZE) for name in names) + 34, 0.42 * width)
    right = width - max(text_width(line.words, SMALL) for line in lines) - 26
    known = [value for line in lines for one in line.points for value in (one.score, one.lower, one.upper)]
    finite = [value for value in known if np.isfinite(value)]
    low, high = min(ends[0], *finite, ends[1]), max(ends[1], *finite, ends[0])

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    places, end = _places(lines, top, alone=alone)
    looks: Attributes = {"font_size": SMALL, "fill": SOFT, "text_anchor": "middle"}
    for tick in _ticks(*ends):
        parts += [_rule(x(tick), top, x(tick), end, GRID), text(f"{tick:g}", x(tick), end + 13, **looks)]
    for line, y in zip(lines, places, strict=True):
        name = shorten(line.scale if alone else line.place, SIZE, left - 22)
        parts.append(text(name, left - 12, y + 4, font_size=SIZE, text_anchor="end"))
        parts.append(text(line.words, right + 14, y + 4, font_size=SMALL, fill=SOFT))
        parts += _dots(line, waves, x, y)
    if not alone:
        parts += _heads(lines, places, width)
    parts.append(text(axis, (left + right) / 2, end + 30, font_size=SIZE, text_anchor="middle"))
    return page(width, end + 40, parts, description)


def _places(lines: Sequence[Line], top: float, *, alone: bool) -> tuple[list[float], float]:
    """Find the height of each line; a scale's name stands above its first."""
    places, y, scale = [], top, None
    for line in lines:
        if not alone and line.scale != scale:
            y, scale = y + HEAD, line.scale
        places.append(y + STEP / 2)
        y += STEP
    return places, y + 4


def _heads(lines: Sequence[Line], places: Sequence[float], width: float) -> list[str]:
    parts, scale = [], None
    for line, y in zip(lines, places, strict=True):
        if line.scale != scale:
            scale = line.scale
            name = shorten(scale, SIZE, width - 24)
            behind = element(
                "rect", x=8, y=number(y - STEP / 2 - 18), width=text_width(name, SIZE) + 12, height=16, fill=PAPER
            )
            parts += [behind, text(name, 12, y - STEP / 2 - 6, font_size=SIZE, font_weight=600)]
    return parts


def _dots(line: Line, waves: Sequence[str], x: Callable[[float], float], y: float) -> list[str]:
    """Draw the waves of a line, one a little below the other, the earlier ones first."""
    parts = []
    for place, point in enumerate(line.points):
        if not np.isfinite(point.score):
            continue
        order = waves.index(point.wave) if point.wave else 0
        down = y + (order - (max(len(waves), 1) - 1) / 2) * 2 * APART
        last = place == len(line.points) - 1
        known = np.isfinite(point.lower) and np.isfinite(point.upper)
        span = f", {point.lower:.2f} to {point.upper:.2f}" if known else ", no interval"
        name = " ".join(part for part in (line.place, point.wave) if part)
        tip = title(f"{line.scale}{f' ({name})' if name else ''}: {point.score:.2f}{span}")
        colour = LAST if last and order == max(len(waves), 1) - 1 else FIRST
        bar = _rule(x(point.lower), down, x(point.upper), down, colour, thick=2) if known else ""
        parts.append(element("g", [tip, bar, _dot(x(point.score), down, colour)]))
    return parts


def _dot(x: float, y: float, colour: str) -> str:
    fill = LAST if colour == LAST else PAPER
    return element("circle", cx=number(x), cy=number(y), r=3.6, fill=fill, stroke=colour, stroke_width=1.6)


def _key(waves: Sequence[str], top: float) -> list[str]:
    """Say which wave is which."""
    parts, x = [], 18.0
    for place, wave in enumerate(waves):
        colour = LAST if place == len(waves) - 1 else FIRST
        parts += [
            _rule(x - 8, top + 8, x + 8, top + 8, colour, thick=2),
            _dot(x, top + 8, colour),
            text(wave, x + 14, top + 12, font_size=SIZE, fill=INK),
        ]
        x += 44 + text_width(wave, SIZE)
    return parts


def _ticks(low: float, high: float) -> list[float]:
    """Give the answers of a scale, or a few round numbers between its ends."""
    step = 1.0
    while (high - low) / step > FEW_TICKS:
        step *= 2.5 if str(step)[0] == "2" else 2
    return [float(tick) for tick in np.arange(low, high + 1e-9, step)]


def _rule(x: float, y: float, to: float, down: float, colour: str, *, thick: float = 1) -> str:
    ends = {"x1": number(x), "y1": number(y), "x2": number(to), "y2": number(down)}
    return element("line", stroke=colour, stroke_width=thick, **ends)

"""Lines between two rankings of the same groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet._picture import page
from wholenet._svg import INK, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet._picture import Picture

__all__ = ["Slope", "slopes"]

SIZE, SMALL = 11.0, 10.0
STEP = 21.0
# Dark, light and in between, so that grey keeps them apart.
BETTER, WORSE, EQUAL = "#1f3f66", "#e0995e", "#b4bcc4"


@dataclass(frozen=True, slots=True)
class Slope:
    """A group: its name, its value on either side as words, and its rank on either side."""

    name: str
    before: str
    after: str
    rank_before: float
    rank_after: float


def slopes(
    lines: Sequence[Slope], axes: tuple[str, str], heading: str | None, width: float, description: str
) -> Picture:
    """Draw a line for each group; those that rise are dark, those that fall are dashed."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    words = (
        ("ranks higher by outcome", BETTER, None),
        ("ranks lower by outcome", WORSE, "5 3"),
        ("same rank", EQUAL, None),
    )
    x = 12.0
    for shown, colour, dashes in words:
        parts += [_line(x, top + 8, x + 16, top + 8, colour, dashes), text(shown, x + 21, top + 11.5, font_size=SIZE)]
        x += 40 + text_width(shown, SIZE)
    top += 34
    longest = max((text_width(line.name, SIZE) for line in lines), default=0.0)
    left = min(longest + max((text_width(line.before, SMALL) for line in lines), default=0.0) + 38, 0.44 * width)
    right = width - left
    looks: Attributes = {"font_size": SIZE, "fill": SOFT}
    parts.append(text(axes[0], left, top, text_anchor="middle", **looks))
    parts.append(text(axes[1], right, top, text_anchor="middle", **looks))
    top += 8
    sides = (_places([line.rank_before for line in lines]), _places([line.rank_after for line in lines]))
    for at, line in enumerate(lines):
        ends = (top + STEP * (sides[0][at] + 0.5), top + STEP * (sides[1][at] + 0.5))
        parts += _slope(line, ends, left, right)
    return page(width, top + STEP * max(len(lines), 1) + 12, parts, description)


def _places(ranks: list[float]) -> list[int]:
    """Give each rank a line of its own; equal ones stand below each other."""
    order = sorted(range(len(ranks)), key=lambda at: (ranks[at], at))
    places = [0] * len(ranks)
    for place, at in enumerate(order):
        places[at] = place
    return places


def _slope(line: Slope, ends: tuple[float, float], left: float, right: float) -> list[str]:
    moved = line.rank_after - line.rank_before
    colour, dashes = (BETTER, None) if moved < 0 else (WORSE, "5 3") if moved > 0 else (EQUAL, None)
    tip = f"{line.name}: rank {line.rank_before:g} ({line.before}), rank {line.rank_after:g} ({line.after})"
    drawn = [title(tip), _line(left, ends[0], right, ends[1], colour, dashes)]
    drawn += [
        element("circle", cx=number(x), cy=number(y), r=3.5, fill=INK) for x, y in zip((left, right), ends, strict=True)
    ]
    room = left - 20
    shown = [shorten(line.name, SIZE, room - text_width(value, SMALL) - 8) for value in (line.before, line.after)]
    return [
        element("g", drawn),
        text(f"{shown[0]}  {line.before}", left - 9, ends[0] + 4, font_size=SIZE, text_anchor="end"),
        text(f"{line.after}  {shown[1]}", right + 9, ends[1] + 4, font_size=SIZE),
    ]


def _line(x: float, y: float, to: float, down: float, colour: str, dashes: str | None) -> str:
    ends = {"x1": number(x), "y1": number(y), "x2": number(to), "y2": number(down)}
    return element("line", stroke=colour, stroke_width=2, stroke_dasharray=dashes, **ends)

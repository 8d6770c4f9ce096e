"""How far rules are met, as bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet._picture import page
from wholenet._svg import SOFT, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet._picture import Picture

__all__ = ["Bar", "rule_bars"]

SIZE, SMALL = 11.0, 10.0
STEP, THICK = 42.0, 14.0
MARGIN = 14.0
# Dark, light with an outline, and middle: apart in grey and for the colour-blind.
COLOURS = {"met": "#1f3f66", "not known": "#e3e7eb", "not met": "#e0995e"}
OUTLINE = "#8b949e"


@dataclass(frozen=True, slots=True)
class Bar:
    """A rule, what it asks something of, and of how many of them it is met, not known, and not met."""

    rule: str
    of: str
    met: int
    not_known: int
    not_met: int


def rule_bars(bars: Sequence[Bar], heading: str | None, width: float) -> Picture:
    """Draw a bar per rule, below its words; all are as long, since rules ask something of different numbers."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    x = MARGIN
    for word, colour in COLOURS.items():
        parts.append(_rect(x, top + 2, 11, 11, colour))
        parts.append(text(word, x + 16, top + 11.5, font_size=SIZE))
        x += 34 + text_width(word, SIZE)
    top += 26
    for place, one in enumerate(bars):
        parts += _bar(one, top + place * STEP, width)
    many = f"{len(bars):,} rule{'s are' if len(bars) != 1 else ' is'}"
    return page(width, top + STEP * len(bars) + 6, parts, f"How far {many} met")


def _bar(one: Bar, top: float, width: float) -> list[str]:
    counts = {"met": one.met, "not known": one.not_known, "not met": one.not_met}
    total = sum(counts.values())
    words = f"met by {one.met:,} of {total:,} {one.of}"
    unknown = f", {one.not_known:,} not known" if one.not_known else ""
    right = width - MARGIN
    room = right - MARGIN - text_width(words + unknown, SMALL) - 16
    parts = [
        text(shorten(one.rule, SIZE, room), MARGIN, top + 11, font_size=SIZE),
        text(words + unknown, right, top + 11, font_size=SMALL, fill=SOFT, text_anchor="end"),
    ]
    x = MARGIN
    for word, count in counts.items():
        if count:
            length = (right - MARGIN) * count / total
            tip = title(f"{one.rule}: {word} {count:,} of {total:,} {one.of}")
            parts.append(element("g", [tip, _rect(x, top + 17, length, THICK, COLOURS[word])]))
            x += length
    return parts


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    sides = {"x": number(x), "y": number(y), "width": number(width), "height": number(height)}
    return element("rect", fill=fill, stroke=OUTLINE, stroke_width=0.5, **sides)

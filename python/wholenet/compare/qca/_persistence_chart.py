"""Bars: in how many settings each term of a solution persists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wholenet._picture import page
from wholenet._svg import SOFT, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet._picture import Picture

__all__ = ["persistence"]

SIZE, SMALL = 11.0, 10.0
STEP, THICK = 22.0, 14.0
OWN, OTHER, EMPTY = "#1f3f66", "#a9cbe8", "#eef1f4"
SHOWN = 20


def persistence(rows: Sequence[tuple[str, int, bool]], settings: int, heading: str | None, width: float) -> Picture:
    """Draw a bar per term (term, in how many settings, whether the initial solution has it)."""
    heading = f"Terms that persist in {settings:,} settings" if heading is None else heading
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)]
    x = 12.0
    for colour, words in ((OWN, "in the initial solution"), (OTHER, "in others only")):
        parts += [_rect(x, 34, 11, 11, colour), text(words, x + 16, 43.5, font_size=SIZE)]
        x += 38 + text_width(words, SIZE)
    shown = rows[:SHOWN]
    left = min(max((text_width(term, SIZE) for term, _, _ in shown), default=0.0) + 24, 0.5 * width)
    right = width - text_width(f"{settings:,} of {settings:,}", SMALL) - 24
    top = 58.0
    for place, (term, count, own) in enumerate(shown):
        y = top + STEP * place
        words = f"{count:,} of {settings:,}"
        parts.append(text(shorten(term, SIZE, left - 18), left - 8, y + 11, font_size=SIZE, text_anchor="end"))
        parts.append(_rect(left, y, right - left, THICK, EMPTY))
        bar = _rect(left, y, (right - left) * count / settings, THICK, OWN if own else OTHER)
        parts.append(element("g", [title(f"{term}: {words} settings"), bar]))
        parts.append(text(words, right + 8, y + 11, font_size=SMALL, fill=SOFT))
    end = top + STEP * len(shown)
    if len(rows) > SHOWN:
        parts.append(text(f"and {len(rows) - SHOWN:,} terms in fewer", left, end + 10, font_size=SMALL, fill=SOFT))
        end += 16
    return page(width, end + 6, parts, f"In how many of {settings:,} settings {len(rows):,} terms persist")


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return element("rect", x=number(x), y=number(y), width=number(width), height=number(height), fill=fill)

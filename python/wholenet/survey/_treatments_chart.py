"""Treatments of what was not observed, as dots on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet._charts import _ticks as round_numbers
from wholenet._picture import page
from wholenet._svg import INK, PAPER, SOFT, Attributes, element, number, shorten, text, text_width, title

if TYPE_CHECKING:
    from wholenet._picture import Picture
    from wholenet.survey._compare_result import Row, TreatmentComparison

__all__ = ["chart"]

SIZE, SMALL = 11.0, 10.0
ROW, RADIUS, HALF = 26.0, 4.6, 5.0
BAND, EDGE, GRID = "#e4e8ec", "#8a949e", "#d8dee4"
# Those whose value is of another network than the one asked about.
OTHER = ("union", "confirmed", "complete")
MARGIN, BELOW = 16.0, 64.0


class _Scale:
    """From values to the page."""

    def __init__(self, low: float, high: float, left: float, right: float) -> None:
        self.low, self.left, self.right = low, left, right
        self.unit = (right - left) / (high - low)

    def __call__(self, value: float) -> float:
        return self.left + (value - self.low) * self.unit


def chart(found: TreatmentComparison, heading: str | None, width: float) -> Picture:
    """Draw a row per treatment."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    rows = [row for row in found.rows if row.treatment != "bounds"]
    left = 24 + max((text_width(row.treatment, SIZE) for row in rows), default=0.0)
    scale = _scale(found, left, width - 66)
    bottom = top + ROW * len(rows) + 8
    if scale is not None:
        parts += _axis(scale, top, bottom)
        parts += _band(found, scale, top, bottom)
    for place, row in enumerate(rows):
        parts += _row(row, scale, top + 4 + (place + 0.5) * ROW, left, width)
    parts.append(text(found.name, (left + width - 66) / 2, bottom + 28, font_size=SIZE, text_anchor="middle"))
    parts += _key(found, bottom + 48, left)
    return page(width, bottom + BELOW, parts, f"{found.name} after each treatment of what was not observed")


def _scale(found: TreatmentComparison, left: float, right: float) -> _Scale | None:
    """Make the axis reach over all that is drawn; None where nothing is."""
    numbers = np.array([(row.value, row.lower, row.upper) for row in found.rows], dtype=float).ravel()
    numbers = numbers[np.isfinite(numbers)]
    if not len(numbers):
        return None
    low, high = float(numbers.min()), float(numbers.max())
    room = 0.05 * (high - low) or 0.05 * abs(high) or 1.0
    return _Scale(low - room, high + room, left, right)


def _axis(scale: _Scale, top: float, bottom: float) -> list[str]:
    high = scale.low + (scale.right - scale.left) / scale.unit
    step = round_numbers(high - scale.low, 5)[1]
    parts, looks = [], Attributes(font_size=SMALL, text_anchor="middle", fill=SOFT)
    first = int(np.ceil(scale.low / step))
    for place in range(first, int(np.floor(high / step)) + 1):
        x = scale(place * step)
        parts.append(_line(x, top, x, bottom, GRID))
        parts.append(text(f"{place * step:.6g}", x, bottom + 13, **looks))
    return [*parts, _line(scale.left, bottom, scale.right, bottom, SOFT)]


def _band(found: TreatmentComparison, scale: _Scale, top: float, bottom: float) -> list[str]:
    """The bounds, behind all rows."""
    limits = found.bounds
    if limits is None or not np.isfinite(float(limits.upper) - float(limits.lower)):
        return []
    low, high = scale(float(limits.lower)), scale(float(limits.upper))
    tip = title(f"bounds: {limits.lower:.4g} to {limits.upper:.4g}; {limits.how}")
    box = element(
        "rect",
        tip,
        x=number(low),
        y=number(top),
        width=number(max(high - low, 1)),
        height=number(bottom - top),
        fill=BAND,
        fill_opacity="0.8",
    )
    dashes = None if limits.exact else "4 3"
    return [box, *(_line(x, top, x, bottom, EDGE, dashes) for x in (low, high))]


def _row(row: Row, scale: _Scale | None, y: float, left: float, width: float) -> list[str]:
    parts = [text(row.treatment, left - 12, y + 4, font_size=SIZE, text_anchor="end")]
    if scale is None or not np.isfinite(row.value):
        words = shorten(row.note, SMALL, width - left - 30)
        room = text_width(words, SMALL) + 8
        # Grid and band do not run through the words.
        parts.append(element("rect", x=number(left + 2), y=number(y - 8), width=number(room), height="16", fill=PAPER))
        return [*parts, text(words, left + 6, y + 3.5, font_size=SMALL, fill=SOFT, font_style="italic")]
    x = scale(row.value)
    interval = np.isfinite([row.lower, row.upper]).all()
    words = f"{row.value:.4g}" + (f" ({row.lower:.4g} to {row.upper:.4g})" if interval else "")
    if interval:
        low, high = scale(row.lower), scale(row.upper)
        parts += [_line(low, y, high, y, INK, width=1.6)]
        parts += [_line(end, y - HALF, end, y + HALF, INK, width=1.6) for end in (low, high)]
    fill = PAPER if row.treatment in OTHER else INK
    looks: Attributes = {"cx": number(x), "cy": number(y), "r": number(RADIUS), "fill": fill, "stroke": INK}
    parts.append(element("circle", title(f"{row.treatment}: {words}; {row.note}"), stroke_width="1.4", **looks))
    return [*parts, text(f"{row.value:.3g}", width - 12, y + 4, font_size=SIZE, text_anchor="end")]


def _key(found: TreatmentComparison, y: float, left: float) -> list[str]:
    """What the marks mean."""
    limits = found.bounds
    items = [("dot", "of this network"), ("hollow", "of an undirected, or smaller, network")]
    if limits is not None:
        how = "any answers allow for" if limits.exact else "answers searched allow for at least"
        items.append(("band", f"{how} {limits.lower:.3g} to {limits.upper:.3g}"))
    parts, x = [], left
    for mark, words in items:
        if mark == "band":
            parts.append(element("rect", x=number(x - 5), y=number(y - 9), width="12", height="10", fill=BAND))
            parts += [_line(x + at, y - 9, x + at, y + 1, EDGE, None if limits and limits.exact else "4 3")
                      for at in (-5, 7)]  # fmt: skip
        else:
            fill = PAPER if mark == "hollow" else INK
            parts.append(element("circle", cx=number(x), cy=number(y - 4), r="4.2", fill=fill, stroke=INK))
        parts.append(text(words, x + 12, y, font_size=SMALL, fill=SOFT))
        x += 30 + text_width(words, SMALL)
    return parts


def _line(
    x: float, y: float, to_x: float, to_y: float, stroke: str, dashes: str | None = None, width: float = 1.0
) -> str:
    path = f"M{number(x)} {number(y)}L{number(to_x)} {number(to_y)}"
    return element("path", d=path, stroke=stroke, fill="none", stroke_width=width, stroke_dasharray=dashes)

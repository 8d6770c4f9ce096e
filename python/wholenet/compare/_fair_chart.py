"""Measures over the size of networks, with what chance makes of each size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._picture import page
from wholenet._svg import SOFT, Attributes, element, number, shorten, text, title
from wholenet.compare._interaction_chart import figure, line, ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wholenet._picture import Picture
    from wholenet.compare._sizes import Trend

__all__ = ["Panel", "size_panels"]

SIZE, SMALL = 11.0, 10.0
HEIGHT, BETWEEN = 150.0, 56.0
BAR, DOT, SLOPE, GRID = "#d9b38c", "#1f3f66", "#57606a", "#e3e8ec"
POINTS = 40  # of a curved line


@dataclass(frozen=True, slots=True)
class Panel:
    """A measure: numbers, ends of bars (NaN: none), and how it goes with size."""

    name: str
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    trend: Trend


def size_panels(
    panels: Sequence[Panel],
    sizes: NDArray[np.int64],
    names: Sequence[str],
    bars: str,
    heading: str | None,
    description: str,
    width: float,
) -> Picture:
    """Draw a panel per measure, one below the other, on the same axis of sizes."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    low, high = float(sizes.min()), float(sizes.max())
    room = 0.04 * (high - low or 1.0)
    low, high = low - room, high + room
    left, right = 56.0, width - 14.0

    def x(size: float) -> float:
        return left + (size - low) / (high - low) * (right - left)

    legend = f"Dots: networks; {bars}"
    if any(np.isfinite(panel.trend.slope) for panel in panels):
        legend += "; line: how it goes with size"
    parts.append(text(shorten(legend, SMALL, width - 24), 12, top + 10, font_size=SMALL, fill=SOFT))
    top += 20
    for panel in panels:
        parts += _panel(panel, sizes, names, x, (left, right, top + 20))
        top += HEIGHT + BETWEEN
    parts.append(text("actors", (left + right) / 2, top - 4, font_size=SIZE, text_anchor="middle"))
    return page(width, top + 6, parts, description)


def _panel(
    panel: Panel,
    sizes: NDArray[np.int64],
    names: Sequence[str],
    x: Callable[[float], float],
    frame: tuple[float, float, float],
) -> list[str]:
    left, right, top = frame
    bottom = top + HEIGHT
    ends = np.concatenate([panel.value, panel.low, panel.high])
    ends = ends[np.isfinite(ends)] if np.isfinite(ends).any() else np.zeros(1)
    low, high = float(ends.min()), float(ends.max())
    room = 0.06 * (high - low or abs(high) or 1.0)
    low, high = low - room, high + room

    def y(value: float) -> float:
        return bottom - (value - low) / (high - low) * HEIGHT

    parts = [text(panel.name, left, top - 8, font_size=SIZE, font_weight=600)]
    for tick in ticks(low, high):
        parts.append(line(left, y(tick), right, y(tick), GRID))
        parts.append(text(figure(tick), left - 6, y(tick) + 3.5, font_size=SMALL, fill=SOFT, text_anchor="end"))
    looks: Attributes = {"font_size": SMALL, "fill": SOFT, "text_anchor": "middle"}
    whole = [tick for tick in ticks(float(sizes.min()), float(sizes.max() + 1)) if tick == round(tick)]
    parts += [text(figure(tick), x(tick), bottom + 14, **looks) for tick in whole if x(tick) <= right]
    parts += _trend(panel, sizes, x, y)
    order = np.argsort(sizes, kind="stable").tolist()
    for at in order:
        if np.isfinite(panel.low[at]):
            spot = x(float(sizes[at]))
            parts.append(line(spot, y(float(panel.low[at])), spot, y(float(panel.high[at])), BAR, thick=4))
    for at in order:
        if np.isfinite(panel.value[at]):
            tip = title(f"{names[at]}: {panel.value[at]:.4g}, {sizes[at]:,} actors")
            centre = {"cx": number(x(float(sizes[at]))), "cy": number(y(float(panel.value[at])))}
            parts.append(element("circle", tip, r=3.6, fill=DOT, stroke="#ffffff", stroke_width=0.8, **centre))
    return parts


def _trend(
    panel: Panel, sizes: NDArray[np.int64], x: Callable[[float], float], y: Callable[[float], float]
) -> list[str]:
    """The line of how it goes with size."""
    if not np.isfinite(panel.trend.slope):
        return []
    across = np.linspace(float(sizes.min()), float(sizes.max()), POINTS)
    heights = panel.trend.at(across)
    ends = np.concatenate([panel.value, panel.low, panel.high])
    inside = (heights >= np.nanmin(ends)) & (heights <= np.nanmax(ends))
    points = [
        f"{number(x(a))} {number(y(b))}"
        for a, b, shown in zip(across.tolist(), heights.tolist(), inside.tolist(), strict=True)
        if shown
    ]
    if len(points) <= 1:
        return []
    looks: Attributes = {"fill": "none", "stroke": SLOPE, "stroke_width": 1.2, "stroke_dasharray": "6 4"}
    return [element("path", d=f"M{'L'.join(points)}", **looks)]

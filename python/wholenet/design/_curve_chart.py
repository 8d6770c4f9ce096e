"""Two curves on the same axes from 0 to 1, one with a band around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wholenet._picture import page
from wholenet._svg import SOFT, Attributes, element, number, shorten, text, text_width

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Curve", "curves"]

SIZE, SMALL = 11.0, 10.0
HEIGHT = 260.0
BAND, PALE, DARK, GRID = "#d3dfec", "#6f94b8", "#c2571a", "#e3e8ec"
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve, and the band around it if it has one."""

    name: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    lower: NDArray[np.float64] | None
    upper: NDArray[np.float64] | None


def curves(
    under: Curve, over: Curve, axes: tuple[str, str], heading: str | None, width: float, description: str
) -> Picture:
    """Draw a dashed curve with its band, and a solid one over it."""
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    parts += _legend(under.name, over.name, top + 8)
    top += 26
    left, right, base = 60.0, width - 20, top + HEIGHT

    def x(value: float) -> float:
        return left + value * (right - left)

    def y(value: float) -> float:
        return base - value * HEIGHT

    looks: Attributes = {"font_size": SMALL, "fill": SOFT}
    for tick in TICKS:
        parts.append(_path(f"M{number(left)} {number(y(tick))}H{number(right)}", GRID))
        parts.append(text(f"{tick:.0%}", left - 6, y(tick) + 3.5, text_anchor="end", **looks))
        parts.append(text(f"{tick:.0%}", x(tick), base + 14, text_anchor="middle", **looks))
    if under.lower is not None and under.upper is not None:
        there = [(x(a), y(b)) for a, b in zip(under.x.tolist(), under.upper.tolist(), strict=True)]
        back = [(x(a), y(b)) for a, b in zip(under.x.tolist(), under.lower.tolist(), strict=True)]
        parts.append(element("path", d=_points([*there, *back[::-1]]) + "Z", fill=BAND))
    for one, colour, dashes in ((under, PALE, "5 3"), (over, DARK, None)):
        points = [(x(a), y(b)) for a, b in zip(one.x.tolist(), one.y.tolist(), strict=True)]
        parts.append(_path(_points(points), colour, dashes, 2.2))
    turned = f"rotate(-90 14 {number((top + base) / 2)})"
    parts.append(text(axes[1], 14, (top + base) / 2, font_size=SIZE, text_anchor="middle", transform=turned))
    parts.append(text(axes[0], (left + right) / 2, base + 32, font_size=SIZE, text_anchor="middle"))
    return page(width, base + 42, parts, description)


def _legend(under: str, over: str, y: float) -> list[str]:
    words = f"{under} (band: 95 in 100 draws)"
    at = 60 + 36 + text_width(over, SIZE) + 24
    return [
        _path(f"M60 {number(y)}h26", DARK, None, 2.2),
        text(over, 92, y + 4, font_size=SIZE),
        element("rect", x=number(at), y=number(y - 6), width=26, height=12, fill=BAND),
        _path(f"M{number(at)} {number(y)}h26", PALE, "5 3", 2.2),
        text(words, at + 32, y + 4, font_size=SIZE),
    ]


def _points(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(a)} {number(b)}" for a, b in points)


def _path(d: str, colour: str, dashes: str | None = None, thick: float = 1) -> str:
    return element("path", d=d, fill="none", stroke=colour, stroke_width=thick, stroke_dasharray=dashes)

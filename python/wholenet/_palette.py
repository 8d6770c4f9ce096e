"""Colours that stay apart for the colour-blind, and as well as twelve can in grey."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CATEGORIES", "FIFTHS", "OTHER", "UNKNOWN", "darker", "diverging", "ink_on", "is_light", "sequence"]

# Chosen to lie apart in OKLab, as seen with normal sight and (Machado, Oliveira & Fernandes 2009,
# doi:10.1109/TVCG.2009.113) without red, green or blue cones: at least 0.08. Lightness is spread from 0.37
# to 0.87. Each next colour is the one farthest from those before.
CATEGORIES = (
    "#3c18a2",
    "#e4cc36",
    "#2a7830",
    "#24aec0",
    "#c0d8f6",
    "#9648b4",
    "#fc8478",
    "#6c3c06",
    "#78a212",
    "#96065a",
    "#a27878",
    "#2a72ea",
)
OTHER = "#8b949e"
UNKNOWN = "#e3e7eb"

# Light to dark, for quantities (after cividis: Nunez, Anderton & Renslow 2018, doi:10.1371/journal.pone.0199239).
STEPS = ("#fde737", "#c2b56a", "#84807a", "#4d556c", "#00204c")
FIFTHS = len(STEPS)

# From well below to well above what is expected. The dark end is above, so that grey still ranks the extremes.
BELOW, MIDDLE, ABOVE = (107, 163, 208), (250, 250, 248), (140, 45, 4)


def sequence(count: int) -> list[str]:
    """Give `count` colours from light to dark."""
    stops = [_rgb(step) for step in STEPS]
    colours = []
    for place in range(count):
        whole, rest = divmod(place * (len(stops) - 1) / max(count - 1, 1), 1)
        pair = zip(stops[int(whole)], stops[min(int(whole) + 1, len(stops) - 1)], strict=True)
        colours.append(_hex([low + rest * (high - low) for low, high in pair]))
    return colours


def diverging(position: float) -> str:
    """Give the colour at a position from -1 (below) over 0 to 1 (above)."""
    position = max(-1.0, min(1.0, position))
    end = ABOVE if position > 0 else BELOW
    return _hex([middle + abs(position) * (far - middle) for middle, far in zip(MIDDLE, end, strict=True)])


def ink_on(colour: str) -> str:
    """Give the text colour that reads on a background: equal contrast with black and white (WCAG 2) decides."""
    return "#ffffff" if _luminance(colour) < 0.179 else "#1b1f24"  # noqa: PLR2004


def is_light(colour: str) -> bool:
    """Tell whether a thin line of the colour is hard to see on paper."""
    return _luminance(colour) > 0.4  # noqa: PLR2004


def darker(colour: str) -> str:
    """Give a shade of the colour."""
    return _hex([0.7 * one for one in _rgb(colour)])


def _rgb(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in _rgb(colour)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]  # noqa: PLR2004
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _hex(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{round(one):02x}" for one in channels)

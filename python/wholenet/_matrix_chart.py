"""The matrix of a network as a picture: groups beside each other, ties as filled cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._palette import FIFTHS, UNKNOWN, sequence
from wholenet._picture import page
from wholenet._svg import INK, SOFT, element, number, shorten, text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Groups", "matrix"]

SIZE, SMALL = 11.0, 9.0
SMALLEST = 7.5  # rows that are less high have no labels
FRAME = "#8b949e"


@dataclass(frozen=True, slots=True)
class Groups:
    """Consecutive rows that belong together: their names, and where each begins and the last one ends."""

    names: tuple[str, ...]
    bounds: tuple[int, ...]


def matrix(
    cells: NDArray[np.float64],
    labels: Sequence[str],
    groups: Groups,
    heading: str | None,
    width: float,
    *,
    valued: bool,
) -> Picture:
    """Draw a matrix of which rows and columns are in order already; NaN was not observed."""
    n = len(cells)
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    spans = list(zip(groups.names, groups.bounds[:-1], groups.bounds[1:], strict=True))
    beside = max((text_width(name, SIZE) for name in groups.names), default=0.0)
    room = min(beside + 14, 0.25 * width)
    rows = min(max((text_width(label, SMALL) for label in labels), default=0.0) + 8, 0.25 * width)
    named = (width - room - rows - 12) / max(n, 1) >= SMALLEST
    left = room + (rows if named else 0.0)
    side = (width - left - 12) / max(n, 1)
    top += 18 if any(groups.names) else 0
    drawn = _Drawn(left, top, side)
    parts += _cells(cells, drawn, valued=valued)
    for name, first, last in [span for span in spans if span[0]]:
        middle = (first + last) / 2 * side
        parts.append(
            text(shorten(name, SIZE, room - 12), room - 8, top + middle + 4, font_size=SIZE, text_anchor="end")
        )
        if text_width(name, SIZE) < (last - first) * side:
            parts.append(text(name, left + middle, top - 6, font_size=SIZE, text_anchor="middle"))
    if named:
        size = min(SMALL, 0.9 * side)
        parts += [
            text(
                shorten(label, size, rows - 6),
                left - 5,
                top + (at + 0.5) * side + 0.36 * size,
                font_size=size,
                fill=SOFT,
                text_anchor="end",
            )
            for at, label in enumerate(labels)
        ]
    end = n * side
    for bound in groups.bounds:
        place = bound * side
        outside = bound in {0, n}
        line = f"M{number(left)} {number(top + place)}h{number(end)}M{number(left + place)} {number(top)}v{number(end)}"
        parts.append(element("path", d=line, stroke=INK if outside else FRAME, stroke_width=1.0, fill="none"))
    low = top + end + 18
    parts += _legend(cells, left, low, valued=valued)
    words = "" if not any(groups.names) else f" in {len(spans)} groups"
    return page(width, low + 14, parts, f"Matrix of {n:,} actors{words}")


@dataclass(frozen=True, slots=True)
class _Drawn:
    left: float
    top: float
    side: float

    def path(self, shown: NDArray[np.bool_], fill: str) -> str:
        """Fill some cells, in one element."""
        gap = 0.08 * self.side if self.side > 4 else 0.0  # noqa: PLR2004 (where one sees it)
        side = number(self.side - gap, 2)
        moves = (
            f"M{number(self.left + column * self.side + gap / 2, 2)} {number(self.top + row * self.side + gap / 2, 2)}"
            f"h{side}v{side}h-{side}z"
            for row, column in np.argwhere(shown).tolist()
        )
        return element("path", d="".join(moves), fill=fill)


def _fifths(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values that part the ties in five; fewer where values are few."""
    ties = cells[~np.isnan(cells) & (cells != 0)]
    return np.unique(np.quantile(ties, np.linspace(0, 1, FIFTHS + 1))) if len(ties) else np.zeros(0)


def _steps(cells: NDArray[np.float64], *, valued: bool) -> list[tuple[str, NDArray[np.bool_], str]]:
    """What shows in one colour: a colour, its cells, and what it stands for."""
    ties = ~np.isnan(cells) & (cells != 0)
    if not valued:
        return [(INK, ties, "tie")] if ties.any() else []
    values = np.unique(cells[ties])
    if len(values) <= FIFTHS:
        colours = sequence(max(len(values), 1))
        return [(colour, ties & (cells == value), f"{value:g}") for colour, value in zip(colours, values, strict=True)]
    bounds = _fifths(cells)
    colours = sequence(len(bounds) - 1)
    steps = []
    for at, colour in enumerate(colours):
        low, high = bounds[at], bounds[at + 1]
        within = ties & (cells >= low) & ((cells < high) if at + 1 < len(colours) else (cells <= high))
        steps.append((colour, within, f"{low:.3g} to {high:.3g}"))
    return steps


def _cells(cells: NDArray[np.float64], drawn: _Drawn, *, valued: bool) -> list[str]:
    hidden = np.isnan(cells)
    parts = [drawn.path(hidden, UNKNOWN)] if hidden.any() else []
    return parts + [drawn.path(shown, colour) for colour, shown, _ in _steps(cells, valued=valued)]


def _legend(cells: NDArray[np.float64], left: float, top: float, *, valued: bool) -> list[str]:
    entries = [(colour, word) for colour, _, word in _steps(cells, valued=valued)]
    if np.isnan(cells).any():
        entries.append((UNKNOWN, "not observed"))
    parts, x = [], left
    for colour, word in entries:
        parts.append(element("rect", x=number(x), y=number(top - 8), width="9", height="9", fill=colour))
        parts.append(text(word, x + 13, top, font_size=SMALL, fill=SOFT))
        x += 13 + text_width(word, SMALL) + 16
    return parts

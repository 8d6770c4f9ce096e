"""A tree of groups as a picture: actors in rows, and where they merge on an axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._nodes import symbol
from wholenet._palette import CATEGORIES
from wholenet._picture import page
from wholenet._svg import INK, SOFT, element, number, shorten, text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wholenet._picture import Picture

__all__ = ["Axis", "Names", "dendrogram"]

SIZE, SMALL = 11.0, 9.5
ROW, TIGHT, MANY = 15.0, 11.5, 60
GRID, LINE, MARK = "#e3e7eb", "#2f6299", CATEGORIES[6]
MARGIN, STUB, DIAMOND = 14.0, 10.0, 3.0
# What names take of the width at most.
SHARE = 0.36


@dataclass(frozen=True, slots=True)
class Axis:
    """What merges happen at: its name, its value for a height in the tree, and how high the tree is drawn."""

    name: str
    ticks: tuple[tuple[float, str], ...]  # heights, and what is written there
    end: float  # mergers above are not drawn


@dataclass(frozen=True, slots=True)
class Names:
    """What actors are called, which are marked, and what that means."""

    labels: tuple[str, ...]
    marked: NDArray[np.bool_]
    meaning: str = "marked"


def dendrogram(
    tree: NDArray[np.float64], names: Names, axis: Axis, heading: str | None, width: float, *, note: str = ""
) -> Picture:
    """Draw a tree in scipy's linkage format; those who merge first stand together, the tightest groups above."""
    n = len(names.labels)
    top = 34.0 if heading else 8.0
    parts = [text(shorten(heading, 14, width - 24), 12, 20, font_size=14, font_weight=600)] if heading else []
    if names.marked.any():
        parts.append(symbol(MARGIN + DIAMOND, top + 8, DIAMOND, MARK, marked=True))
        parts.append(text(shorten(names.meaning, SMALL, 0.5 * width), MARGIN + 12, top + 11.5, font_size=SMALL))
        top += 18
    height = ROW if n <= MANY else TIGHT
    room = min(max((text_width(name, SMALL) for name in names.labels), default=0.0) + 16, SHARE * width)
    drawn = _Drawn(MARGIN + room, width - MARGIN, top + 30, height, axis.end)
    order = _order(tree, n)
    parts += _scale(axis, drawn, n)
    parts += _rows(names, order, drawn, room)
    parts.append(element("path", d=_branches(tree, order, drawn), stroke=LINE, stroke_width=1.3, fill="none"))
    low = drawn.top + n * height + 22
    if note:
        parts.append(text(shorten(note, SMALL, width - 2 * MARGIN), MARGIN, low + 12, font_size=SMALL, fill=SOFT))
        low += 18
    return page(width, low + 6, parts, f"Dendrogram of {n:,} actor{'s' * (n != 1)}, by {axis.name}")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Where things stand on the page."""

    left: float
    right: float
    top: float
    row: float
    end: float

    def x(self, height: float) -> float:
        """From a height in the tree to the page."""
        room = self.right - self.left - 2 * STUB
        return self.left + STUB + (room * height / self.end if self.end > 0 else 0.0)

    def y(self, place: float) -> float:
        """The middle of a row."""
        return self.top + (place + 0.5) * self.row


def _order(tree: NDArray[np.float64], n: int) -> list[int]:
    """Actors from the first row to the last."""
    # Of each group what sorts it beside another: its height, its size, its first member; and its members in order.
    groups: list[tuple[tuple[float, int, int], list[int]]] = [((np.inf, -1, actor), [actor]) for actor in range(n)]
    for one, other, height, size in tree.tolist():
        first, second = sorted((groups[int(one)], groups[int(other)]), key=lambda group: group[0])
        groups.append(((height, -int(size), min(first[0][2], second[0][2])), first[1] + second[1]))
    return groups[-1][1] if groups else []


def _scale(axis: Axis, drawn: _Drawn, n: int) -> list[str]:
    """The axis, above and below the rows."""
    low = drawn.top + n * drawn.row
    parts = [text(axis.name, (drawn.left + drawn.right) / 2, drawn.top - 20, font_size=SIZE, text_anchor="middle")]
    free = -np.inf
    for height, word in axis.ticks:
        x, half = drawn.x(height), text_width(word, SMALL) / 2 + 3
        parts.append(element("path", d=f"M{number(x)} {number(drawn.top - 3)}V{number(low + 3)}", stroke=GRID))
        if x - half >= free:
            places = (drawn.top - 7, low + 14)
            parts += [text(word, x, y, font_size=SMALL, text_anchor="middle", fill=SOFT) for y in places]
            free = x + half
    return parts


def _rows(names: Names, order: Sequence[int], drawn: _Drawn, room: float) -> list[str]:
    parts = []
    for place, actor in enumerate(order):
        marked, y = bool(names.marked[actor]), drawn.y(place)
        if marked:
            parts.append(symbol(drawn.left - 6, y, DIAMOND, MARK, marked=True))
        parts.append(
            text(
                shorten(names.labels[actor], SMALL, room - 14),
                drawn.left - 13,
                y + 0.36 * SMALL,
                font_size=SMALL,
                text_anchor="end",
                fill=INK if marked else SOFT,
                font_weight=600 if marked else None,
            )
        )
    return parts


@dataclass(slots=True)
class _Bar:
    """A group: its height, and the rows that its line runs between; of an actor one row."""

    height: float
    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def _branches(tree: NDArray[np.float64], order: Sequence[int], drawn: _Drawn) -> str:
    """The lines of the tree, as one path; groups that are left at the end each run out of it."""
    rows = {actor: drawn.y(place) for place, actor in enumerate(order)}
    bars = [_Bar(-1.0, rows[actor], rows[actor]) for actor in range(len(order))]
    moves, left = [], dict.fromkeys(range(len(order)))
    for one, other, height, _ in tree.tolist():
        ends = []
        for child in (bars[int(one)], bars[int(other)]):
            # Those who merge at the same height are one group, with one line.
            same = child.height == height
            ends += [child.low, child.high] if same else [child.middle]
            if not same and height <= drawn.end:
                moves.append(_line(child, drawn, height))
        if height <= drawn.end:
            left.pop(int(one))
            left.pop(int(other))
            left[len(bars)] = None
        bars.append(_Bar(height, min(ends), max(ends)))
    moves += [_line(bars[one], drawn, None) for one in left]
    return "".join(moves)


def _line(bar: _Bar, drawn: _Drawn, height: float | None) -> str:
    """A group's line, and from its middle the way to where it merges."""
    x = number(drawn.left if bar.height < 0 else drawn.x(bar.height))
    upright = f"M{x} {number(bar.low)}V{number(bar.high)}" if bar.high > bar.low else ""
    return f"{upright}M{x} {number(bar.middle)}H{number(drawn.right if height is None else drawn.x(height))}"

"""Labels beside their nodes, where they cover least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._svg import INK, PAPER, element, number, shorten, text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["draw"]

# Where a label may stand: right, left, above, below, and between these.
DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
# How far from the node's border; from the second on with a line to the node.
DISTANCES = (2.5, 12.0, 24.0, 36.0)
LARGE, SMALL = 10.0, 8.5
FEW = 40  # labels up to which they are large
ROOM = 0.38  # what a label may take of the width
OVER_LABEL, OVER_NODE, OUTSIDE, AWAY = 4.0, 1.0, 8.0, 4.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a label: its box (left, top, right, bottom), and how far from the node."""

    box: tuple[float, float, float, float]
    distance: float


def draw(
    names: Sequence[object],
    chosen: Sequence[int],
    discs: NDArray[np.float64],
    frame: tuple[float, float, float, float],
) -> list[str]:
    """Write the labels of chosen actors, large nodes first, each where it covers least of what is there.

    `discs` holds a row of x, y and radius for each actor; `frame` is left, top, right and bottom.
    """
    size = LARGE if len(chosen) <= FEW else SMALL
    nodes = np.column_stack([discs[:, :2] - discs[:, 2:], discs[:, :2] + discs[:, 2:]])
    taken = np.zeros((0, 4))
    lines, labels = [], []
    for actor in sorted(chosen, key=lambda actor: (-discs[actor, 2], actor)):
        content = shorten(names[actor], size, ROOM * (frame[2] - frame[0]))
        places = _places(content, size, *discs[actor].tolist())
        boxes = np.array([place.box for place in places])
        costs = OVER_LABEL * _overlap(boxes, taken) + OVER_NODE * _overlap(boxes, np.delete(nodes, actor, axis=0))
        costs += OUTSIDE * _outside(boxes, frame) + AWAY * np.array([place.distance for place in places])
        best = places[int(np.argmin(costs))]
        taken = np.vstack([taken, best.box])
        left, top, right, bottom = best.box
        if best.distance > DISTANCES[0]:
            x, y, radius = discs[actor].tolist()
            lines.append(_line(x, y, radius, min(max(x, left), right), min(max(y, top), bottom)))
        labels.append(_label(content, left, bottom - 0.27 * size, size))
    return [element("g", lines, fill="none", pointer_events="none") if lines else "", *labels]


def _line(x: float, y: float, radius: float, to_x: float, to_y: float) -> str:
    """From the border of a node to its label."""
    share = radius / max(float(np.hypot(to_x - x, to_y - y)), radius)
    start = f"{number(x + share * (to_x - x))} {number(y + share * (to_y - y))}"
    line = f"M{start}L{number(to_x)} {number(to_y)}"
    under = element("path", d=line, stroke=PAPER, stroke_width=4)
    return under + element("path", d=line, stroke=INK, stroke_width=1.2)


def _label(content: str, x: float, y: float, size: float) -> str:
    return text(
        content,
        x,
        y,
        font_size=size,
        fill=INK,
        stroke=PAPER,
        stroke_width=2.5,
        stroke_linejoin="round",
        paint_order="stroke",
        pointer_events="none",
    )


def _places(content: str, size: float, x: float, y: float, radius: float) -> list[Place]:
    width, height = text_width(content, size), 1.2 * size
    places = []
    for distance in DISTANCES:
        for side, down in DIRECTIONS:
            reach = (radius + distance) * (0.75 if side and down else 1.0)
            middle_x = x + side * (reach + width / 2)
            middle_y = y + down * (reach + (0 if side else height / 2))
            box = (middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2)
            places.append(Place(box, distance))
    return places


def _overlap(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area that each box has in common with others."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    area: NDArray[np.float64] = np.clip(high - low, 0, None).prod(axis=2).sum(axis=1)
    return area


def _outside(boxes: NDArray[np.float64], frame: tuple[float, float, float, float]) -> NDArray[np.float64]:
    """How far each box sticks out of the frame, times its height."""
    beyond = np.clip(np.array(frame[:2]) - boxes[:, :2], 0, None) + np.clip(boxes[:, 2:] - np.array(frame[2:]), 0, None)
    area: NDArray[np.float64] = beyond.sum(axis=1) * (boxes[:, 3] - boxes[:, 1])
    return area

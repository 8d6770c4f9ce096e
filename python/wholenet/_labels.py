"""Labels beside their nodes, where they cover least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._svg import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Label", "place_labels"]

# Where a label may stand: share of its width to the left of the node's side, and of its height above its centre.
PLACES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -0.8), (1, 0.8), (-1, -0.8), (-1, 0.8))
GAP = 2.5


@dataclass(frozen=True, slots=True)
class Label:
    """What to write at an actor."""

    actor: int
    content: str


def place_labels(
    labels: Sequence[Label],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    radius: NDArray[np.float64],
    size: float,
    frame: tuple[float, float, float, float],
) -> list[tuple[Label, float, float]]:
    """Choose for each label in turn the place where it covers least of labels, nodes and border.

    Gives each label with where its text begins (left end, baseline).
    """
    nodes = np.column_stack([x - radius, y - radius, x + radius, y + radius])
    taken = np.zeros((0, 4))
    placed = []
    for label in labels:
        boxes = np.array([_box(label, place, x, y, radius, size) for place in PLACES])
        others = np.delete(nodes, label.actor, axis=0)
        costs = 4 * _overlap(boxes, taken) + _overlap(boxes, others) + 8 * _outside(boxes, frame)
        best = int(np.argmin(costs + 0.01 * np.arange(len(PLACES))))
        taken = np.vstack([taken, boxes[best]])
        placed.append((label, float(boxes[best, 0]), float(boxes[best, 3]) - 0.25 * size))
    return placed


def _box(
    label: Label,
    place: tuple[float, float],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    radius: NDArray[np.float64],
    size: float,
) -> list[float]:
    width, height, actor = text_width(label.content, size), 1.2 * size, label.actor
    reach = radius[actor] + GAP
    side, above = place
    middle_x = x[actor] + side * (reach * (1 if above == 0 else 0.7) + width / 2)
    middle_y = y[actor] + above * (reach + height / 2) * (1 if side == 0 else 0.8)
    return [middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2]


def _overlap(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Area that each box has in common with others."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    area: NDArray[np.float64] = np.clip(high - low, 0, None).prod(axis=2).sum(axis=1)
    return area


def _outside(boxes: NDArray[np.float64], frame: tuple[float, float, float, float]) -> NDArray[np.float64]:
    """How far each box sticks out of the frame, times its height."""
    left, top, width, height = frame
    out = (
        np.clip(left - boxes[:, 0], 0, None)
        + np.clip(boxes[:, 2] - left - width, 0, None)
        + np.clip(top - boxes[:, 1], 0, None)
        + np.clip(boxes[:, 3] - top - height, 0, None)
    )
    area: NDArray[np.float64] = out * (boxes[:, 3] - boxes[:, 1])
    return area

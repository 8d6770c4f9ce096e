"""How an actor looks on a map: its size and its symbol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wholenet._palette import darker, is_light
from wholenet._svg import INK, PAPER, element, number

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["DIAMOND", "Radii", "symbol"]

# Half the diagonal of a diamond beside a disc of radius 1 that looks as large.
DIAMOND = 1.3


@dataclass(frozen=True, slots=True)
class Radii:
    """Sizes as radii: the area above that of the smallest node grows with the value."""

    largest: float
    least: float
    top: float

    @classmethod
    def of(cls, values: NDArray[np.float64], spacing: float) -> Radii:
        """Fit the scale to how far apart the nodes stand."""
        largest = float(np.clip(0.32 * spacing, 3.0, 14.0))
        known = values[np.isfinite(values)]
        return cls(largest, max(0.3 * largest, 1.8), float(known.max(initial=0.0)))

    def __call__(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Radii of values; the smallest for those not known, a middling one where all are 0."""
        share = np.nan_to_num(values) / self.top if self.top > 0 else np.full(len(values), 0.25)
        radii: NDArray[np.float64] = np.sqrt(self.least**2 + share * (self.largest**2 - self.least**2))
        return radii

    def examples(self) -> list[float]:
        """Up to three round values, large to small, for a legend."""
        if self.top <= 0:
            return []
        first = _round_down(self.top)
        chosen = [first, _round_down(first / 3), _round_down(first / 12)]
        whole = float(self.top).is_integer()
        return list(dict.fromkeys(one for one in chosen if one >= 1 or not whole))


def _round_down(value: float) -> float:
    """The largest of 1, 2, 3, 5 times a power of ten that is not above."""
    power = 10.0 ** np.floor(np.log10(value))
    step = max(step for step in (1, 2, 3, 5) if step * power <= value * (1 + 1e-9))
    return float(f"{step * power:.6g}")


def symbol(
    x: float, y: float, radius: float, fill: str, *, marked: bool = False, silent: bool = False, inside: str = ""
) -> str:
    """Draw one actor: a disc, a dark-rimmed diamond if marked, hollow with a dashed rim if silent."""
    looks: dict[str, float | str | None]
    if silent:
        rim = darker(fill) if is_light(fill) else fill
        looks = {"fill": PAPER, "stroke": rim, "stroke_width": 2.2 if marked else 1.7, "stroke_dasharray": "2.6 1.4"}
    else:
        looks = {"fill": fill, "stroke": INK if marked else PAPER, "stroke_width": 1.7 if marked else 1}
    if not marked:
        return element("circle", inside, cx=number(x), cy=number(y), r=number(radius), **looks)
    reach = DIAMOND * radius
    corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    outline = "M" + "L".join(f"{number(px)} {number(py)}" for px, py in corners) + "Z"
    return element("path", inside, d=outline, **looks)

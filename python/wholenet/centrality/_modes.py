"""The denominators of two-mode networks (Borgatti & Everett 1997)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wholenet import _core
from wholenet._shared import totals
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["divided", "most_between", "others", "two_mode_closeness", "unlengthened"]


def others(core: _core.Network) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count for each actor the others of its own mode, and the actors of the other mode."""
    first = core.first_mode or 0
    second = core.n_actors - first
    in_first = np.arange(core.n_actors) < first
    return np.where(in_first, first - 1.0, second - 1.0), np.where(in_first, float(second), float(first))


def divided(scores: NDArray[np.float64], denominators: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide, giving NaN where the denominator is 0."""
    quotients = np.full(len(scores), np.nan)
    np.divide(scores, denominators, out=quotients, where=denominators > 0)
    return quotients


def most_between(core: _core.Network) -> NDArray[np.float64]:
    """
    Give the largest betweenness that an actor of its mode can have.

    It is reached by an actor tied to the whole other mode, when the others of its own mode hang evenly, one tie each,
    on the other mode: pairs from different branches then all pass it.
    """
    own, other = others(core)
    whole, rest = np.divmod(own, np.maximum(other, 1))
    pairs = (own + other) ** 2 - rest * (whole + 2) ** 2 - (other - rest) * (whole + 1) ** 2
    return np.where(other > 0, pairs / 2, 0.0)


def unlengthened(distance: str | None) -> None:
    """Refuse lengths where distances are estimated from a sample."""
    if distance is not None:
        msg = f"estimates count steps; leave distance={distance!r} out, or samples="
        raise ArgumentError(msg)


def two_mode_closeness(core: _core.Network, unreachable: str, *, progress: bool) -> NDArray[np.float64]:
    """Compute closeness relative to the shortest distances that two modes allow: 1 to the other mode, 2 to its own."""
    first = core.first_mode or 0
    part = _core.cohesion_components(core, "weak")
    in_first = np.arange(core.n_actors) < first
    size = np.bincount(part, minlength=1)
    from_first = np.bincount(part[in_first], minlength=len(size))
    own = np.where(in_first, from_first[part], (size - from_first)[part]) - 1.0
    other = size[part] - 1.0 - own
    reached = own + other
    # The mean distance to the actors reached is 1 ÷ this score.
    inverse = _core.centrality_closeness(totals(core, "all", None, progress=progress), "ignore")
    scores = divided((other + 2 * own) * np.nan_to_num(inverse), reached)
    if unreachable == "scale":
        scores = np.where(reached > 0, np.nan_to_num(scores) * reached / max(core.n_actors - 1, 1), 0.0)
    return scores

"""What a plan asks for, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet.design._rules import partners

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wholenet.design._cuts import Cuts
    from wholenet.design._demands import Demand, Ground
    from wholenet.design._rules import Rule

__all__ = ["actions_of"]


def actions_of(
    ground: Ground,
    demands: Sequence[Demand],
    rules: Sequence[Rule],
    conditions: Sequence[Cuts],
    tied: NDArray[np.bool_],
    strength: NDArray[np.float64] | None,
) -> dict[str, list[Any]]:
    """Say each change: the ties to make, to ask after, and to let go, each with what it is for."""
    changed = np.flatnonzero(tied != ground.present)
    reasons: dict[int, list[str]] = {pair: [] for pair in changed.tolist()}
    for one in demands:
        before, after = int(ground.present[one.pairs].sum()), int(tied[one.pairs].sum())
        if before >= one.low and before <= one.high:
            continue
        for pair in set(one.pairs.tolist()) & reasons.keys():
            if tied[pair] == (before < one.low):
                reasons[pair].append(_reason(ground, one, rules, after))
    general = [f"so that {one.words}" for one in conditions]
    rows = []
    for pair in sorted(reasons, key=lambda pair: (_order(ground, tied, pair), pair)):
        because = ", and ".join(dict.fromkeys(reasons[pair]))
        if not because and tied[pair]:
            because = _instead(ground, demands, rules, tied, pair) or " and ".join(general)
        because = because or _room(ground, demands, tied, pair)
        action = ACTIONS[_order(ground, tied, pair)]
        value = float(strength[pair]) if strength is not None and not tied[pair] else np.nan
        ends = (ground.labels[ground.first[pair]], ground.labels[ground.second[pair]])
        rows.append((*ends, action, because, value))
    names = ("actor", "other", "action", "because", "value")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


ACTIONS = ("make a tie", "ask, and make a tie if there is none", "let the tie go")


def _order(ground: Ground, tied: NDArray[np.bool_], pair: int) -> int:
    if not tied[pair]:
        return 2
    return int(ground.unknown[pair])


def _instead(
    ground: Ground, demands: Sequence[Demand], rules: Sequence[Rule], tied: NDArray[np.bool_], pair: int
) -> str:
    """Say what a tie is for that is made in the place of one that goes: who would lack it otherwise."""
    asked = [
        one for one in demands if one.actor >= 0 and 0 < one.low == int(tied[one.pairs].sum()) and pair in one.pairs
    ]
    return ", and ".join(dict.fromkeys(_reason(ground, one, rules, one.low, has="still has") for one in asked))


def _room(ground: Ground, demands: Sequence[Demand], tied: NDArray[np.bool_], pair: int) -> str:
    """Say why a tie goes that breaks no rule now: who would have too many with those that are made."""
    full = [one for one in demands if one.actor >= 0 and pair in one.pairs and int(tied[one.pairs].sum()) >= one.high]
    names = dict.fromkeys(f"{ground.labels[one.actor]}, which may have {one.high:,}," for one in full)
    return f"so that {' and '.join(names)} {'has' if len(names) == 1 else 'have'} room for ties that must be"


def _reason(ground: Ground, one: Demand, rules: Sequence[Rule], after: int, has: str = "has") -> str:
    """Say what a change does for one demand."""
    if one.rule >= len(rules):
        return "since it is required"
    rule = rules[one.rule]
    if one.actor < 0:
        return f"since {rule}"
    name = ground.labels[one.actor]
    held = f"{name} {has} {after:,} tie{'s' * (after != 1)}{partners(rule.whom, after, 'organisation')}"
    return f"so that {held}" if one.low > 0 else f"so that {held} of the {one.high:,} that it may have"

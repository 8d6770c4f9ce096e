"""Why no network meets all rules: a set of demands that conflict, none of which can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import numpy as np

from wholenet import _ingest
from wholenet.design._demands import touching
from wholenet.design._problem import Problem
from wholenet.design._programme import Clock
from wholenet.design._search import Search
from wholenet.errors import InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet.design._cuts import Cuts
    from wholenet.design._demands import Demand, Ground

__all__ = ["feasible", "refuse"]

# Seconds for one look at whether demands can be met.
PATIENCE = 10.0


def feasible(ground: Ground, demands: Sequence[Demand], conditions: Sequence[Cuts], clock: Clock) -> bool | None:
    """Tell whether some network meets these demands; None: not in time."""
    problem = Problem.of(ground, demands, conditions)
    cost = np.ones(len(ground.first))
    clock.tick()
    search = Search(problem, problem.programme(cost), cost, Clock(min(PATIENCE, clock.left), clock.show))
    found = search.run(ANY)
    return None if found.tied is None and not found.infeasible else not found.infeasible


# Any network will do, however far from the cheapest.
ANY = 1e15


def refuse(
    ground: Ground, demands: Sequence[Demand], conditions: Sequence[Cuts], words: Sequence[str], clock: Clock
) -> NoReturn:
    """Say why no network meets all rules."""
    found, sure = _conflict(ground, demands, conditions, words, clock)
    rules = "; ".join(f"({at}) {one}" for at, one in enumerate(found, 1))
    advice = "Change one of them: without any one of these demands the others of them can be met"
    if not sure:
        advice = "Time was out before all of them were tried, so that some may have no part in it"
    error = InfeasibleError(f"infeasible, because of these rules: {rules}. {advice}")
    error.conflict = found
    raise error


def _conflict(
    ground: Ground, demands: Sequence[Demand], conditions: Sequence[Cuts], words: Sequence[str], clock: Clock
) -> tuple[tuple[str, ...], bool]:
    """Find demands that can't be met together, and say them; and whether without any one the others can be met.

    One organisation's own demands come first: they say most. Then all demands, then also the conditions.
    """
    pool, kept = _least_pool(ground, demands, conditions, clock)
    parts: list[Demand | Cuts] = [*pool, *kept]
    found, sure = _minimal(ground, parts, clock)
    chosen = [one for one in found if not callable(one)]
    said = [
        _sentence(ground, words[rule], [one for one in chosen if one.rule == rule], demands)
        for rule in dict.fromkeys(one.rule for one in chosen)
    ]
    return (*said, *(one.words for one in found if callable(one))), sure


def _least_pool(
    ground: Ground, demands: Sequence[Demand], conditions: Sequence[Cuts], clock: Clock
) -> tuple[Sequence[Demand], Sequence[Cuts]]:
    """Find a small part of the demands that can't be met."""
    for actor in range(ground.n):
        own = [demands[at] for at in touching(demands, ground, actor)]
        if any(one.low > 0 for one in own) and feasible(ground, own, (), clock) is False:
            return own, ()
    if feasible(ground, demands, (), clock) is False:
        return demands, ()
    return demands, conditions


def _minimal(ground: Ground, parts: list[Demand | Cuts], clock: Clock) -> tuple[list[Demand | Cuts], bool]:
    """Leave out what can be left out, by large pieces first, then one by one; and tell whether it was all of it."""
    size = len(parts)
    while True:
        size = max(1, size // 2)
        at, sure = 0, True
        while at < len(parts):
            rest = parts[:at] + parts[at + size :]
            conditions = [one for one in rest if callable(one)]
            answer = feasible(ground, [one for one in rest if not callable(one)], conditions, clock)
            if answer is False:
                parts = rest
            else:
                at += size
                sure = sure and answer is True
        if size == 1:
            return parts, sure


def _sentence(ground: Ground, words: str, chosen: Sequence[Demand], demands: Sequence[Demand]) -> str:
    """Say a rule with those whom it asks too much of: who, and how many ties."""
    rule = chosen[0].rule
    total = sum(one.rule == rule for one in demands)
    if chosen[0].actor < 0:
        names = [ground.name(int(one.pairs[0])) for one in chosen]
        unit = "pair"
    else:
        names = [f"{ground.labels[one.actor]}{_count(one)}" for one in chosen]
        unit = "organisation"
    many = f"{len(chosen):,} of {total:,} {unit}{'s' * (total != 1)}"
    return f"{words} ({many}: {_ingest.first_of(names, len(names))})"


def _count(one: Demand) -> str:
    """How many ties one organisation must have, or may have."""
    if one.low > 0:
        return f" needs {one.low:,}, among {len(one.pairs):,} it could have"
    return f" may have {one.high:,}"

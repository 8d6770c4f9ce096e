"""Generator of the invented trajectories: clients of youth care, from organisation to organisation.

About 50, 250 and 500 children are in care at a time in the small, middle and large municipality. Each enters on some
day of the six years that are observed, at a care level, with a referrer, and stays for a time; the shares of
referrers and of durations are those of the national statistics. A trajectory ends as planned, early by the client
(who drops out) or early by the organisation; then another may follow, a level lighter or heavier, mostly after a gap
of some weeks and seldom before the first has ended. It goes by preference to an organisation to which the first one
says it refers clients. What is still going on at the last day has no end. How well an organisation does (drop-out,
satisfaction, goals attained) has nothing to do with how many clients it has; so ranks by count say little about ranks
by outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from wholenet.datasets._chance import logistic, logit, picked

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["DURATIONS", "LAST_DAY", "REFERRERS", "trajectories"]

STREAM: Final = 1
# Who enters in all six years, for 50, 250 and 500 in care at a time.
CLIENTS: Final = (150, 760, 1500)
FIRST_DAY: Final = date(2014, 1, 1)
LAST_DAY: Final = date(2019, 12, 31)
DAYS: Final = (LAST_DAY - FIRST_DAY).days
# Per cent of the trajectories by referrer; of the rest it is not known.
REFERRERS: Final = {
    "general practitioner": 35.5,
    "municipal access": 31.3,
    "none": 15.1,
    "certified institution": 9.3,
    "medical specialist": 4.8,
    "youth doctor": 2.8,
    "court": 0.4,
}
# How much heavier than others the care is to which a referrer refers (log odds per level).
HEAVIER: Final = dict(zip(REFERRERS, (0.0, 0.0, -0.3, 0.7, 0.4, -0.2, 1.2), strict=True))
# Per cent of the trajectories by duration in days: from, up to.
DURATIONS: Final = {
    (7, 91): 16.0, (91, 182): 17.0, (182, 365): 30.0, (365, 730): 23.0, (730, 1095): 7.0, (1095, 1461): 3.0,
    (1461, 2190): 4.0,
}  # fmt: skip
# Per cent of the first trajectories by care level, from universal to taking over.
FIRST_LEVEL: Final = np.array([6.0, 12.0, 34.0, 22.0, 16.0, 6.0, 4.0])
GIVES_CARE: Final = frozenset(
    {
        "municipality", "welfare", "primary health care", "youth health care", "medical care", "mental health",
        "specialist youth care", "disability care", "safety",
    }
)  # fmt: skip
PLANNED, CLIENT, ORGANISATION = "as planned", "early, by the client", "early, by the organisation"
# Of each way to end: log odds beside a planned end for an average organisation, and the chance that another follows.
EARLY: Final = {CLIENT: -1.45, ORGANISATION: -1.55}
FOLLOWS: Final = {PLANNED: 0.55, CLIENT: 0.20, ORGANISATION: 0.80}
# Chances of steps of -2 to 2 levels.
STEPS: Final = {
    PLANNED: np.array([0.05, 0.37, 0.33, 0.20, 0.05]),
    CLIENT: np.array([0.05, 0.20, 0.35, 0.30, 0.10]),
    ORGANISATION: np.array([0.0, 0.05, 0.20, 0.50, 0.25]),
}
# A tie of referral makes an organisation so many times as likely to be the next.
BY_REFERRAL: Final = 8.0
SAME_AGAIN: Final = 0.2
OVERLAPS: Final = 0.06
GAP: Final = 60
OVERLAP: Final = 30
MOST: Final = 8
# Logistic scales of an organisation's size and quality, and what a point of quality does.
SIZE, QUALITY = 0.55, 0.45
LESS_DROP_OUT, MORE_SATISFIED, MORE_GOALS = 0.6, 0.8, 0.9
SATISFACTION, SATISFACTION_SCALE, LESS_IF_EARLY = 7.2, 0.75, 1.2
GOALS, GOALS_SCALE = 0.5, 0.6
ASKED: Final = {"satisfaction": 0.6, "goals": 0.7}
LEVELS: Final = 7
LAST_WAVE: Final = 2
# Rounds of fitting a table to its margins.
ROUNDS: Final = 100


@dataclass(frozen=True)
class Providers:
    """The organisations of one place that give care, (n,); who refers to whom, (n, n)."""

    labels: list[str]
    level: NDArray[np.int64]
    size: NDArray[np.float64]
    quality: NDArray[np.float64]
    refers: NDArray[np.bool_]


def trajectories(ties: pa.Table, actors: pa.Table, stream: int = STREAM) -> pa.Table:
    """Return one row for each trajectory, given the tables of ties and actors."""
    rng = np.random.default_rng([stream, 6060])
    rows: list[tuple[Any, ...]] = []
    names = actors["care_level"].combine_chunks().dictionary.to_pylist()
    for place, clients in zip(dict.fromkeys(actors["municipality"].to_pylist()), CLIENTS, strict=True):
        providers = _providers(ties, actors, place, names, rng)
        for number in range(1, clients + 1):
            rows.extend((place, f"{place[0]}{number:04d}", *one) for one in _of_a_client(providers, rng))
    columns = list(zip(*rows, strict=True))
    levels = pa.DictionaryArray.from_arrays(pa.array(columns[3], pa.int8()), pa.array(names), ordered=True)
    referrer = _referrers(np.array(columns[3]), rng)
    made = dict(zip(("municipality", "client", "organisation"), columns[:3], strict=True))
    rest = dict(zip(("start", "end", "end_reason", "satisfaction", "goals"), columns[4:], strict=True))
    return pa.table({**made, "care_level": levels, "referrer": pa.array(referrer, pa.string()), **rest})


def _providers(ties: pa.Table, actors: pa.Table, place: str, names: list[str], rng: np.random.Generator) -> Providers:
    found = [
        row
        for row in actors.to_pylist()
        if (row["municipality"], row["wave"]) == (place, LAST_WAVE) and row["sector"] in GIVES_CARE
    ]
    labels = [row["organisation"] for row in found]
    refers = np.zeros((len(labels), len(labels)), dtype=np.bool_)
    at = {label: position for position, label in enumerate(labels)}
    for row in ties.to_pylist():
        referral = (row["municipality"], row["relation"]) == (place, "client referral")
        if referral and row["source"] in at and row["target"] in at:
            refers[at[row["source"]], at[row["target"]]] = True
    return Providers(
        labels=labels,
        level=np.array([names.index(row["care_level"]) for row in found]),
        size=np.exp(SIZE * logit(rng.random(len(labels)))),
        quality=QUALITY * logit(rng.random(len(labels))),
        refers=refers,
    )


def _of_a_client(providers: Providers, rng: np.random.Generator) -> list[tuple[Any, ...]]:
    """Draw the trajectories of one client: organisation, level, start, end, how it ended, and outcomes."""
    rows: list[tuple[Any, ...]] = []
    day = int(rng.random() * DAYS)
    level = picked(FIRST_LEVEL, rng.random())
    before: int | None = None
    while day <= DAYS and len(rows) < MOST:
        who = _next(providers, level, before, rng)
        lasted = _duration(rng)
        reason = _end(providers.quality[who], rng)
        outcome = _outcomes(providers.quality[who], reason, rng)
        start, end = FIRST_DAY + timedelta(day), FIRST_DAY + timedelta(day + lasted)
        over = day + lasted <= DAYS
        ending = (end, reason, *outcome) if over else (None, None, None, None)
        rows.append((providers.labels[who], level, start, *ending))
        lot = rng.random(4)
        if not over or lot[0] >= FOLLOWS[reason]:
            break
        step = picked(STEPS[reason], lot[1]) - 2
        level = min(max(level + step, 0), LEVELS - 1)
        early = lot[2] < OVERLAPS
        day += lasted + (-min(int(lot[3] * OVERLAP), lasted - 1) if early else int(lot[3] * GAP))
        before = who
    return rows


def _next(providers: Providers, level: int, before: int | None, rng: np.random.Generator) -> int:
    """Pick an organisation at this care level, seldom the same as before."""
    weight = providers.size * (providers.level == level)
    if before is not None:
        weight = weight * np.where(providers.refers[before], BY_REFERRAL, 1.0)
        weight[before] *= SAME_AGAIN
    return picked(weight, rng.random())


def _duration(rng: np.random.Generator) -> int:
    lot = rng.random(2)
    low, high = list(DURATIONS)[picked(np.array(list(DURATIONS.values())), lot[0])]
    return low + int(lot[1] * (high - low))


def _end(quality: float, rng: np.random.Generator) -> str:
    odds = np.array([1.0, np.exp(EARLY[CLIENT] - LESS_DROP_OUT * quality), np.exp(EARLY[ORGANISATION])])
    return (PLANNED, CLIENT, ORGANISATION)[picked(odds, rng.random())]


def _outcomes(quality: float, reason: str, rng: np.random.Generator) -> tuple[int | None, float | None]:
    """Draw satisfaction (1 to 10) and the share of goals attained; None where not asked or not answered."""
    lot, asked = logit(rng.random(2)), rng.random(2)
    early = reason != PLANNED
    satisfied = SATISFACTION + MORE_SATISFIED * quality - LESS_IF_EARLY * early + SATISFACTION_SCALE * lot[0]
    goals = logistic(GOALS + MORE_GOALS * quality - LESS_IF_EARLY * early + GOALS_SCALE * lot[1])
    return (
        int(np.clip(np.round(satisfied), 1, 10)) if asked[0] < ASKED["satisfaction"] else None,
        float(np.round(goals, 1)) if asked[1] < ASKED["goals"] else None,
    )


def _referrers(level: NDArray[np.int64], rng: np.random.Generator) -> list[str | None]:
    """Draw a referrer for each trajectory: the shares are given, and heavier care has other referrers."""
    names: list[str | None] = [*REFERRERS, None]
    known = np.array(list(REFERRERS.values()))
    wanted = np.append(known, 100 - known.sum()) / 100
    table = np.exp(np.append(list(HEAVIER.values()), 0.0)[:, None] * np.arange(LEVELS))
    counts = np.bincount(level, minlength=LEVELS) / level.size
    for _ in range(ROUNDS):
        table *= (wanted / (table * counts).sum(axis=1))[:, None]
        table /= table.sum(axis=0)
    return [names[picked(table[:, at], draw)] for at, draw in zip(level, rng.random(level.size), strict=True)]

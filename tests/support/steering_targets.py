"""The targets about many networks, trajectories, scorecards and capacities, worked out in plain numpy."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow.parquet as pq
from scipy.stats import kendalltau, spearmanr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

TABLES: Final = Path(__file__).parents[2] / "python" / "wholenet" / "datasets" / "tables"
DROPPED_OUT: Final = "early, by the client"
CUTS: Final = (0, 91, 182, 365, 730, 1095, 1461)
FACTORS: Final = ("partners", "agreements", "culture", "direction", "continuity", "knowledge", "evaluation", "exchange")
LAST_DAY: Final = date(2019, 12, 31)


def rows_of(name: str) -> list[dict[str, Any]]:
    """Return the rows of a shipped table."""
    found: list[dict[str, Any]] = pq.read_table(TABLES / f"{name}.parquet").to_pylist()
    return found


def column(name: str, of: str) -> NDArray[Any]:
    """Return a column of a shipped table."""
    return np.array([row[of] for row in rows_of(name)])


# -- many networks -------------------------------------------------------------------------------


def effectiveness(ses: str, *, inside: bool) -> float:
    """Return the mean effectiveness of the networks of one kind."""
    kind = (column("neighbourhoods", "ses") == ses) & (column("neighbourhoods", "inside") == inside)
    return float(column("neighbourhoods", "effectiveness")[kind].mean())


def membership(values: NDArray[np.float64], out: float, half: float, full: float) -> NDArray[np.float64]:
    """Return fuzzy memberships: log odds are linear on both sides of the crossover, 19 to 1 at the other anchors."""
    slope = np.where(values >= half, 1 / (full - half), 1 / (half - out))
    degree: NDArray[np.float64] = 1 / (1 + 19.0 ** (-(values - half) * slope))
    return degree


def sufficiency() -> float:
    """Return how far culture and direction together are a subset of effectiveness."""
    both = np.minimum(*(membership(column("neighbourhoods", name), 2.3, 3.3, 4.3) for name in ("culture", "direction")))
    outcome = membership(column("neighbourhoods", "effectiveness"), 4.5, 6.25, 8.0)
    return float(np.minimum(both, outcome).sum() / both.sum())


def density_by_size() -> float:
    """Return the rank correlation of density with size."""
    names, sizes = column("neighbourhoods", "network"), column("neighbourhoods", "organisations")
    ties = column("neighbourhood_ties", "network")
    density = [(ties == name).sum() * 2 / (n * (n - 1)) for name, n in zip(names, sizes, strict=True)]
    return float(spearmanr(density, sizes).statistic)


# -- trajectories --------------------------------------------------------------------------------


def in_care(place: str) -> float:
    """Return how many children are in care at a time, in the last three years."""
    days = [date(year, month, 1) for year in (2017, 2018, 2019) for month in range(1, 13)]
    found = [row for row in rows_of("trajectories") if row["municipality"] == place]
    there = [
        {row["client"] for row in found if row["start"] <= day and (row["end"] is None or row["end"] > day)}
        for day in days
    ]
    return float(np.mean([len(clients) for clients in there]))


def referred(by: str) -> float:
    """Return the share of trajectories with this referrer."""
    return float((column("trajectories", "referrer") == by).mean())


def lasting(at: int) -> float:
    """Return the share of trajectories in a class of durations, by the product limit."""
    rows = rows_of("trajectories")
    lasted = np.array([((row["end"] or LAST_DAY) - row["start"]).days for row in rows])
    ended = np.array([row["end"] is not None for row in rows])

    def beyond(day: int) -> float:
        steps = [
            1 - (ended & (lasted == t)).sum() / (lasted >= t).sum() for t in np.unique(lasted[ended & (lasted < day)])
        ]
        return float(np.prod(steps))

    return beyond(CUTS[at]) - (beyond(CUTS[at + 1]) if at + 1 < len(CUTS) else 0.0)


def by_organisation(outcome: str) -> float:
    """Return Kendall's tau-b of the number of trajectories with a mean outcome."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows_of("trajectories"):
        found.setdefault((row["municipality"], row["organisation"]), []).append(row)
    large = [rows for rows in found.values() if len(rows) >= 10]
    means = [np.mean([row[outcome] for row in rows if row[outcome] is not None]) for rows in large]
    return float(kendalltau([len(rows) for rows in large], means).statistic)


def drop_out() -> float:
    """Return the share of ended trajectories that the client ended early."""
    reasons = [row["end_reason"] for row in rows_of("trajectories") if row["end"] is not None]
    return reasons.count(DROPPED_OUT) / len(reasons)


# -- scorecards ----------------------------------------------------------------------------------


def items(factor: str) -> NDArray[np.float64]:
    """Return the ratings of a factor's items, (respondents, 3), all asked the same way round."""
    turned = {"culture_3", "exchange_3"}
    names = [f"{factor}_{item}" for item in (1, 2, 3)]
    return np.array(
        [
            [np.nan if row[name] is None else 6 - row[name] if name in turned else row[name] for name in names]
            for row in rows_of("scorecards")
        ]
    )


def alphas() -> list[float]:
    """Return Cronbach's alpha of every factor."""
    found = []
    for factor in FACTORS:
        whole = items(factor)[~np.isnan(items(factor)).any(axis=1)]
        found.append(1.5 * (1 - whole.var(axis=0, ddof=1).sum() / whole.sum(axis=1).var(ddof=1)))
    return found


def weakest() -> float:
    """Return the level of evaluation less that of the next weakest factor."""
    levels = {factor: float(np.nanmean(items(factor))) for factor in FACTORS}
    return levels.pop("evaluation") - min(levels.values())


def score(factor: str, place: str, wave: int) -> dict[str, float]:
    """Return the mean score of each organisation of a municipality in a wave."""
    found: dict[str, list[float]] = {}
    for row, ratings in zip(rows_of("scorecards"), items(factor), strict=True):
        if (row["municipality"], row["wave"]) == (place, wave):
            found.setdefault(row["organisation"], []).append(float(np.nanmean(ratings)))
    return {organisation: float(np.mean(scores)) for organisation, scores in found.items()}


def change(factor: str, place: str) -> float:
    """Return how much better a factor scores in wave 2."""
    before, after = (np.mean(list(score(factor, place, wave).values())) for wave in (1, 2))
    return float(after - before)


def by_position(factor: str) -> float:
    """Return the correlation of an organisation's score with how many name it as a contact, over all networks."""
    named: dict[tuple[str, int, str], int] = {}
    for row in rows_of("ties"):
        if row["relation"] == "any contact":
            key = (row["municipality"], row["wave"], row["target"])
            named[key] = named.get(key, 0) + 1
    found = []
    for place in dict.fromkeys(column("actors", "municipality")):
        for wave in (1, 2):
            scores = score(factor, place, wave)
            position = [named.get((place, wave, organisation), 0) for organisation in scores]
            found.append(float(np.corrcoef(position, list(scores.values()))[0, 1]))
    return float(np.mean(found))


def capacity(*, of_gatekeepers: bool) -> float:
    """Return the mean capacity of gatekeepers, or of the others."""
    gatekeeper = np.array([row["gatekeeper"] is not None for row in rows_of("actors")])
    return float(column("actors", "capacity")[gatekeeper == of_gatekeepers].mean())


# Of each target: its values, all of which are to lie in its band.
STEERING: Final[dict[str, Callable[[], list[float]]]] = {
    "capacity of gatekeepers": lambda: [capacity(of_gatekeepers=True)],
    "capacity of others": lambda: [capacity(of_gatekeepers=False)],
    "neighbourhood networks": lambda: [float(len(rows_of("neighbourhoods")))],
    "effectiveness at high status": lambda: [effectiveness("high", inside=False) - effectiveness("low", inside=False)],
    "effectiveness inside, low status": lambda: [
        effectiveness("low", inside=True) - effectiveness("low", inside=False)
    ],
    "effectiveness inside, high status": lambda: [
        effectiveness("high", inside=True) - effectiveness("high", inside=False)
    ],
    "culture with direction suffices": lambda: [sufficiency()],
    "neighbourhood density by size": lambda: [density_by_size()],
    "children in care, small": lambda: [in_care("Elzerveen")],
    "children in care, middle": lambda: [in_care("Brinkelaar")],
    "children in care, large": lambda: [in_care("Waalderhaven")],
    **{
        f"referrer: {name}": lambda name=name: [referred(name)]
        for name in (
            "general practitioner",
            "municipal access",
            "none",
            "certified institution",
            "medical specialist",
            "youth doctor",
            "court",
        )
    },
    **{
        f"duration: {name}": lambda at=at: [lasting(at)]
        for at, name in enumerate(
            ("under 3 months", "3-6 months", "6-12 months", "1-2 years", "2-3 years", "3-4 years", "4 years or more")
        )
    },
    "drop-out": lambda: [drop_out()],
    "counts against satisfaction": lambda: [by_organisation("satisfaction")],
    "counts against goals": lambda: [by_organisation("goals")],
    "reliability of factors": alphas,
    "weakest factor": lambda: [weakest()],
    "agreements, change": lambda: [
        change("agreements", place) for place in ("Elzerveen", "Brinkelaar", "Waalderhaven")
    ],
    "partners by position": lambda: [by_position("partners")],
}

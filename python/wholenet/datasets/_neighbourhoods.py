"""Generator of the invented neighbourhood networks: one team and its partners in each of forty municipalities.

What is published is a pattern of signs: collaboration is more effective where socio-economic status is high, and a team
inside the municipal organisation helps only where it is low. So effectiveness is

    base + 1.3 · high + 1.2 · inside - 1.2 · high · inside + 1.6 · culture and direction + noise

(the last term, a configuration of two success factors, is an assumption: the lower of both memberships counts, so that
neither is enough alone). Networks have 10 to 40 organisations, each with about six ties whatever the size; so their
densities fall with size and have nothing to do with effectiveness.

`STREAM` is the first, counted from 1, whose draws meet all targets; so the pattern is built in, and p-values about it
do not mean what they would of a single draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from wholenet.datasets._chance import logistic, logit, picked, shift

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["neighbourhoods"]

STREAM: Final = 1
NAMES: Final = (
    "Achterveen", "Beekdal", "Berkenlaar", "Bosrand", "Broekzijde", "Dijkwacht", "Duinzoom", "Eikenhorst",
    "Esdoornwijk", "Gaardenpoort", "Geestmeer", "Grashoek", "Haverland", "Heidekamp", "Hofstede", "Iepenburg",
    "Kalkoven", "Kleiweg", "Korenbloem", "Kwelder", "Lageland", "Leliegracht", "Linderoord", "Maasbocht",
    "Meerkoet", "Molenvliet", "Nieuwoord", "Oeverloos", "Olmenhof", "Populierdal", "Rietkraag", "Rozengaarde",
    "Schansveld", "Sluiswachter", "Terpzicht", "Veenrand", "Vlierhoek", "Waterhoek", "Wilgenkade", "Zandpad",
)  # fmt: skip
SECTORS: Final = ("municipality", "welfare", "primary health care", "education", "childcare", "safety")
# How many organisations there are of each sector, per hundred.
MIX: Final = np.array([8.0, 22.0, 15.0, 30.0, 18.0, 7.0])
SMALLEST, LARGEST = 10, 40
TIES_EACH: Final = 6.0
SAME_SECTOR: Final = 0.7
EFFECT: Final = {"base": 4.6, "high": 1.3, "inside": 1.2, "both": -1.2, "configuration": 1.6}
# Scale of the logistic noise: a standard deviation of .45.
NOISE: Final = 0.25
FACTORS: Final = ("agreements", "culture", "direction", "exchange")
# Mean and logistic scale of a success factor over networks, and where it counts as half present, with its steepness.
FACTOR_MEAN, FACTOR_SCALE, HALF, STEEP = 3.3, 0.32, 3.3, 4.0


def neighbourhoods(stream: int = STREAM) -> dict[str, pa.Table]:
    """Return the table of networks, and those of their ties and organisations."""
    rng = np.random.default_rng([stream, 4040])
    n = len(NAMES)
    status = np.round(0.55 * logit(rng.random(n)), 2)
    high = np.argsort(np.argsort(status)) >= n // 2
    inside = _half_of_each(high, rng)
    factors = {name: np.clip(np.round(FACTOR_MEAN + FACTOR_SCALE * logit(rng.random(n)), 2), 1, 5) for name in FACTORS}
    present = {name: logistic(STEEP * (values - HALF)) for name, values in factors.items()}
    score = EFFECT["base"] + EFFECT["high"] * high + EFFECT["inside"] * inside + EFFECT["both"] * (high & inside)
    score = score + EFFECT["configuration"] * np.minimum(present["culture"], present["direction"])
    effectiveness = np.clip(np.round(score + NOISE * logit(rng.random(n)), 1), 1, 10)
    sizes = SMALLEST + np.floor(rng.random(n) * (LARGEST - SMALLEST + 1)).astype(np.int64)
    respondents = np.maximum(np.round(sizes * (0.5 + 0.4 * rng.random(n))), 5).astype(np.int64)
    ties, actors = _networks(sizes, rng)
    networks = pa.table(
        {
            "network": list(NAMES),
            "ses": np.where(high, "high", "low").tolist(),
            "ses_score": status,
            "inside": inside,
            "organisations": sizes,
            "respondents": respondents,
            **factors,
            "effectiveness": effectiveness,
        }
    )
    return {"neighbourhoods": networks, "neighbourhood_ties": ties, "neighbourhood_actors": actors}


def _half_of_each(high: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Place half of the teams inside the municipal organisation, where status is high and where it is low."""
    lot = rng.random(high.size)
    inside = np.zeros(high.size, dtype=np.bool_)
    for kind in (high, ~high):
        inside |= kind & (lot < np.median(lot[kind]))
    return inside


def _networks(sizes: NDArray[np.int64], rng: np.random.Generator) -> tuple[pa.Table, pa.Table]:
    ties: list[tuple[str, str, str]] = []
    actors: list[tuple[str, str, str]] = []
    for name, size in zip(NAMES, sizes.tolist(), strict=True):
        sector = np.array([0, *(picked(MIX, draw) for draw in rng.random(size - 1))])
        labels = _labels(sector)
        activity = 0.5 * logit(rng.random(size))
        activity[0] += 1.0
        score = activity[:, None] + activity + SAME_SECTOR * (sector[:, None] == sector)
        pairs = np.triu_indices(size, k=1)
        chance = logistic(score[pairs] + shift(score[pairs], TIES_EACH / (size - 1)))
        there = rng.random(pairs[0].size) < chance
        ties += [(name, labels[a], labels[b]) for a, b in zip(pairs[0][there], pairs[1][there], strict=True)]
        actors += [(name, label, SECTORS[of]) for label, of in zip(labels, sector, strict=True)]
    made_ties = pa.table(dict(zip(("network", "source", "target"), zip(*ties, strict=True), strict=True)))
    made_actors = pa.table(dict(zip(("network", "organisation", "sector"), zip(*actors, strict=True), strict=True)))
    return made_ties, made_actors


def _labels(sector: NDArray[np.int64]) -> list[str]:
    """Name organisations by their sector and a number; the first is the team itself."""
    seen: dict[int, int] = {}
    labels = []
    for code in sector.tolist():
        seen[code] = seen.get(code, 0) + 1
        labels.append(f"{SECTORS[code]} {seen[code]}")
    labels[0] = "neighbourhood team"
    return labels

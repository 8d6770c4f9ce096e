"""Generator of the invented scorecards: what respondents think of eight success factors of integrated youth care.

Each organisation that answered in a wave has one to three respondents, who rate three statements per factor from 1 (not
at all) to 5 (fully). A rating is the factor's level in that wave, plus what the organisation and the respondent think
of all factors and of this one, plus noise of the statement, rounded. Two statements are asked the other way round.
Levels are assumptions: evaluation is the weakest factor, agreements and the exchange of information get better between
the waves, the others do not change. What an organisation thinks of the right partners and of direction rises with the
number of colleagues that name it as a contact; of other factors it does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from wholenet.datasets._chance import logit

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FACTORS", "REVERSED", "scorecards"]

STREAM: Final = 1
FACTORS: Final = ("partners", "agreements", "culture", "direction", "continuity", "knowledge", "evaluation", "exchange")
ITEMS: Final = 3
REVERSED: Final = ("culture_3", "exchange_3")
LEVEL: Final = dict(zip(FACTORS, (3.7, 3.0, 3.4, 3.2, 2.9, 3.0, 2.5, 2.8), strict=True))
BETTER: Final = {"agreements": 0.35, "exchange": 0.30}
OF_THE_PLACE: Final = 0.15
BY_POSITION: Final = {"partners": 0.35, "direction": 0.30}
# Logistic scales: of the organisation and the respondent in general, of the organisation on a factor, of a statement.
ORGANISATION, RESPONDENT, ON_A_FACTOR, STATEMENT = 0.16, 0.18, 0.22, 0.32
# How much harder to agree with the statements of a factor are.
HARDER: Final = (0.2, 0.0, -0.2)
NOT_ANSWERED: Final = 0.03
LOWEST, HIGHEST = 1, 5


def scorecards(ties: pa.Table, actors: pa.Table, stream: int = STREAM) -> pa.Table:
    """Return one row for each respondent in each wave, given the tables of ties and actors."""
    rng = np.random.default_rng([stream, 5050])
    rows: list[tuple[Any, ...]] = []
    known = {(row["municipality"], row["organisation"]) for row in actors.to_pylist()}
    views = {key: _view(rng) for key in sorted(known)}
    for place in dict.fromkeys(actors["municipality"].to_pylist()):
        level = {name: LEVEL[name] + OF_THE_PLACE * float(logit(rng.random(1))[0]) for name in FACTORS}
        for wave in (1, 2):
            position = _position(ties, actors, place, wave)
            for organisation, named in position.items():
                view = views[place, organisation]
                for number in range(view["respondents"]):
                    wanted = {name: level[name] + _shift(name, wave, named) + view[name] for name in FACTORS}
                    who = f"{organisation}, respondent {number + 1}"
                    rows.append((place, wave, organisation, who, *_ratings(wanted, view["mood"][number], rng)))
    names = ("municipality", "wave", "organisation", "respondent")
    items = [f"{factor}_{item}" for factor in FACTORS for item in range(1, ITEMS + 1)]
    return pa.table(dict(zip((*names, *items), zip(*rows, strict=True), strict=True)))


def _view(rng: np.random.Generator) -> dict[str, Any]:
    """Draw what an organisation thinks in general and of each factor, and the mood of its respondents."""
    general = ORGANISATION * float(logit(rng.random(1))[0])
    of_factors = (ON_A_FACTOR * logit(rng.random(len(FACTORS))) + general).tolist()
    return {
        "respondents": 1 + int(rng.random() * 3),
        "mood": (RESPONDENT * logit(rng.random(3))).tolist(),
        **dict(zip(FACTORS, of_factors, strict=True)),
    }


def _position(ties: pa.Table, actors: pa.Table, place: str, wave: int) -> dict[str, float]:
    """Return, of those who answered, how often they are named as a contact, as a standard score."""
    answered = [
        row["organisation"]
        for row in actors.to_pylist()
        if (row["municipality"], row["wave"]) == (place, wave) and row["responded"]
    ]
    named = dict.fromkeys(answered, 0)
    for row in ties.to_pylist():
        here = (row["municipality"], row["wave"], row["relation"]) == (place, wave, "any contact")
        if here and row["target"] in named:
            named[row["target"]] += 1
    counts = np.array(list(named.values()), dtype=np.float64)
    scores: NDArray[np.float64] = (counts - counts.mean()) / counts.std()
    return dict(zip(answered, scores.tolist(), strict=True))


def _shift(factor: str, wave: int, named: float) -> float:
    return (wave - 1) * BETTER.get(factor, 0.0) + BY_POSITION.get(factor, 0.0) * named


def _ratings(wanted: dict[str, float], mood: float, rng: np.random.Generator) -> list[int | None]:
    ratings: list[int | None] = []
    for factor in FACTORS:
        drawn = wanted[factor] + mood + np.array(HARDER) + STATEMENT * logit(rng.random(ITEMS))
        for item, value in enumerate(np.clip(np.round(drawn), LOWEST, HIGHEST).astype(np.int64).tolist(), start=1):
            asked = LOWEST + HIGHEST - value if f"{factor}_{item}" in REVERSED else value
            ratings.append(None if rng.random() < NOT_ANSWERED else asked)
    return ratings

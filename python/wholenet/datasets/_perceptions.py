"""What the organisations of the example study think of its governance, and how far they trust the network.

Formally all three municipalities have a lead organisation. Whether a respondent says so is a draw: a logistic score of
the frequency of its contact with the lead (0 to 4), the number of kinds of exchange with it (0 to 3), both as it
reports them itself, and a lasting disposition of the organisation. Trust has no part in it (its coefficient is 0); it
lasts in part from wave to wave, and is a little higher where contact is more frequent. The intercepts are solved so
that the expected share of accurate answers is that of `ACCURATE`. The lead knows what it is. A few of those who
answered did not know the mode, and a few gave no trust.

The draws come from streams of their own, so that nothing else of the study depends on them. `STREAM` was chosen: it is
the first, counted from 1, whose draws meet all targets, those about the coefficients of a logistic regression among
them; the 120 before it miss one or more. So the pattern is built in. That an analysis finds it (contact and exchange
matter, trust does not) says that the analysis reads these data rightly, and nothing about youth care; and p-values do
not mean what they would of a single draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from wholenet.datasets._chance import logistic, logit, shift

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["ACCURATE", "FORMAL", "MODES", "Perceptions", "perceptions"]

STREAM: Final = 121
MODES: Final = ("shared", "lead organisation", "network administrative organisation")
FORMAL: Final = MODES[1]
# Expected share of accurate answers in each wave.
ACCURATE: Final = (0.35, 0.45)
# Logits for one step more of contact with the lead, and for one kind of exchange more.
PER_CONTACT: Final = 0.60
PER_EXCHANGE: Final = 0.85
# Scale of the logistic disposition: its standard deviation is 1.
DISPOSITION: Final = 0.5513
# Of the answers that are not accurate, the share that say "shared".
SHARED: Final = 0.65
UNSURE: Final = 0.06
NO_TRUST_GIVEN: Final = 0.03
# Trust without contact, what a step of contact adds, and the scales of what lasts and what does not.
TRUST: Final = 3.1
TRUST_PER_CONTACT: Final = 0.12
TRUST_LASTING: Final = 0.30
TRUST_PASSING: Final = 0.22


@dataclass(frozen=True)
class Perceptions:
    """What one municipality answered: two waves of n, None where nothing was answered."""

    mode: list[list[str | None]]
    trust: list[list[float | None]]


def perceptions(
    contact: NDArray[np.int64],
    exchange: NDArray[np.int64],
    lead: NDArray[np.bool_],
    answers: NDArray[np.bool_],
    seed: tuple[int, ...],
) -> Perceptions:
    """Draw the answers: ``contact`` with the lead, ``exchange`` with it and ``answers`` are (2, n), ``lead`` (n,)."""
    rng = np.random.default_rng([*seed, STREAM])
    n = lead.size
    disposition, lasting = DISPOSITION * logit(rng.random(n)), TRUST_LASTING * logit(rng.random(n))
    mode, given = [], []
    for wave, wanted in enumerate(ACCURATE):
        score = PER_CONTACT * contact[wave] + PER_EXCHANGE * exchange[wave] + disposition
        score += shift(score[answers[wave] & ~lead], wanted)
        accurate = (rng.random(n) < logistic(score)) | lead
        mistaken = np.where(rng.random(n) < SHARED, MODES[0], MODES[2])
        sure = (rng.random(n) >= UNSURE) | lead
        trust = TRUST + TRUST_PER_CONTACT * contact[wave] + lasting + TRUST_PASSING * logit(rng.random(n))
        told = rng.random(n) >= NO_TRUST_GIVEN
        mode.append(_where(answers[wave] & sure, np.where(accurate, FORMAL, mistaken)))
        given.append(_where(answers[wave] & told, np.clip(np.round(trust, 1), 1, 5)))
    return Perceptions(mode, given)


def _where(known: NDArray[np.bool_], values: NDArray[np.str_] | NDArray[np.float64]) -> list[Any]:
    return [value if there else None for value, there in zip(values.tolist(), known.tolist(), strict=True)]

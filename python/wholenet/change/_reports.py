"""What becomes of true ties when actors report them: who answers, who reports, and how reports are coded."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._checks import choice
from wholenet.errors import ArgumentError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Coding", "Rule", "Unanswered", "chance", "pair"]

Rule = Literal["union", "confirmed", "sender"]
Unanswered = Literal["absent", "missing"]

RULES = ("union", "confirmed", "sender")
BOTH = 2


@dataclass(frozen=True, slots=True)
class Coding:
    """How reports become ties."""

    rule: str
    unanswered: str

    @classmethod
    def of(cls, rule: str, unanswered: str) -> Coding:
        """Check the words."""
        choice("rule", rule, RULES)
        choice("unanswered", unanswered, ("absent", "missing"))
        return cls(rule, unanswered)

    @property
    def reporters(self) -> int:
        """How many actors are asked about a tie."""
        return 1 if self.rule == "sender" else BOTH

    def seen(self, reports: int, reporting: Any) -> Any:
        """Give the probability that a true tie is coded as one, given the number of reports on it."""
        if self.rule == "confirmed":
            return reporting**BOTH if reports == BOTH else 0 * reporting
        return 1 - (1 - reporting) ** reports

    def observed(self, reports: int) -> bool:
        """Tell whether a dyad counts as observed."""
        return self.unanswered == "absent" or reports >= (BOTH if self.rule == "confirmed" else 1)

    def coded(self, reports: NDArray[np.float64]) -> NDArray[np.float64]:
        """Code a matrix of reports (NaN: unanswered) as ties: 1, 0, or NaN for not observed.

        The union and what is confirmed stand in the upper half, below it and on the diagonal is NaN; the sender's
        reports stand in all cells but the diagonal.
        """
        answered = ~np.isnan(reports)
        said = answered & (reports != 0)
        if self.rule == "sender":
            counts, ties = answered.astype(np.int64), said
            outside = np.eye(len(reports), dtype=bool)
        else:
            counts = answered.astype(np.int64) + answered.T
            ties = said & said.T if self.rule == "confirmed" else said | said.T
            outside = np.tri(len(reports), dtype=bool)
        known = np.isin(counts, [k for k in range(BOTH + 1) if self.observed(k)])
        return np.where(known & ~outside, ties.astype(np.float64), np.nan)

    def loss(self, response: tuple[float, float], reporting: tuple[float, float], answer_again: float | None) -> float:
        """Give the share of the ties coded at first that are not coded again, if all true ties stay."""
        again = response[1] if answer_again is None else answer_again
        # Of those who did not answer at first so many answer later that `response` of all do.
        first = response[0]
        fresh = response[1] if first == 1 else (response[1] - first * again) / (1 - first)
        seen = counted = 0.0
        for one in product((0, 1), repeat=self.reporters):
            before = float(np.prod([first if answer else 1 - first for answer in one]))
            before *= self.seen(sum(one), reporting[0])
            for two in product((0, 1), repeat=self.reporters):
                chances = [again if answer else fresh for answer in one]
                after = float(np.prod([p if answer else 1 - p for p, answer in zip(chances, two, strict=True)]))
                counted += before * after * self.observed(sum(two))
                seen += before * after * self.seen(sum(two), reporting[1])
        return 1 - seen / counted if counted else float("nan")


def chance(value: object, argument: str, *, zero: bool = False) -> float:
    """Check that an argument is a probability; 0 is one where it makes sense."""
    if isinstance(value, int | float | np.number) and not isinstance(value, bool) and 0 <= value <= 1:
        found = float(value)
        if found > 0 or zero:
            return found
    low = "0" if zero else "above 0"
    msg = f"{argument} must be a number from {low} to 1, but is {value!r}"
    raise ArgumentError(msg)


def pair(value: object, argument: str) -> tuple[float, float]:
    """Read a probability of both waves, or one for each."""
    if isinstance(value, tuple | list):
        if len(value) != BOTH:
            msg = f"{argument} must be one number or two, for the first and the second wave, but has {len(value)}"
            raise ArgumentError(msg)
        return chance(value[0], f"{argument}[0]"), chance(value[1], f"{argument}[1]")
    return (chance(value, argument),) * 2

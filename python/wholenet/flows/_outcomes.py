"""What counts say beside what outcomes say."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._checks import choice, seeded, share, whole
from wholenet._student import quantile
from wholenet.flows._agreement import agreement
from wholenet.flows._durations import MONTH, named
from wholenet.flows._groups import BY, Grouped, grouped
from wholenet.flows._levels import log_of
from wholenet.flows._log import parts_of
from wholenet.flows._outcomes_result import DROP_OUT, Outcomes
from wholenet.flows._part import DROPPED, STILL, UNKNOWN, Part
from wholenet.flows._protect import rounded
from wholenet.flows._survival import Survival
from wholenet.governance._accuracy import wilson

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from wholenet.flows._log import EventLog

__all__ = ["outcomes"]

# A spread needs two.
SPREAD = 2


def outcomes(
    log: EventLog,
    *,
    by: Literal["organisation", "level", "referrer", "path"] = "organisation",
    confidence: float = 0.95,
    permutations: int = 9999,
    seed: int | None = None,
    executor: Executor | None = None,
    progress: bool = True,
) -> Outcomes:
    """What counts say beside what outcomes say: trajectories and durations against drop-out and measured outcomes.

    Parameters
    ----------
    log : EventLog
        The log, with ends.
    by : {"organisation", "level", "referrer", "path"}
        For each of these; ``"path"`` is the level before with the own level.
    confidence : float
        The probability that an interval should cover the truth.
    permutations : int
        How many permutations for each p-value.
    seed : int, optional
        Makes the permutations reproducible. Default: one is drawn, and kept in the result.
    executor : concurrent.futures.Executor, optional
        Where to compute the permutations; default: here.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Outcomes
        For each group its counts, its median duration and its outcomes; and per outcome how far the ranks of groups by
        count and by outcome agree.

    Raises
    ------
    ArgumentError
        `log` is no event log, has no ends, or lacks what `by` asks for.

    Notes
    -----
    ``drop_out`` is the share of trajectories ended by dropping out ÷ all that ended for a reason that is known
    (``ended``); the others are not in it. Its interval is Wilson's. It is NaN where none ended, and where one of the
    numbers is not shown.

    An outcome's mean is over the trajectories with an answer (``…_answered``), with an interval by Student's t; of one
    answer it has none. Those who did not answer may have fared worse: compare ``…_answered`` with ``trajectories``.
    Intervals take trajectories as independent, also those of one client. The median duration counts those that still go
    on (see `durations`).

    The ranks of groups by trajectories and by an outcome are compared by Kendall's τ-b = (concordant - discordant
    pairs) ÷ √(pairs that differ in the one · pairs that differ in the other), and by Spearman's ρ, the correlation of
    the ranks. p is two-sided, of permutations that deal the outcomes out to the groups at random. NaN with fewer than
    three groups, or where all are equal. A high τ means that groups with many trajectories have high values; near 0,
    counts tell nothing of the outcome. Of means those take part that are shown. Of drop-out all groups do that are
    shown and where `min_count` clients or more ended for a known reason, with their exact values, also where few
    dropped out so that their share is not shown: else groups with few trajectories would take part only if many did.
    Where 1 to `min_count` - 1 of them are not shown, the ranks would tell theirs: none takes part, and both are NaN.

    Rows of fewer than `min_count` clients are blanked, and others so that they can't be worked out; so are the numbers
    of those who dropped out and of answers where they are small. O(m + permutations × k²) time for k groups. The same
    seed gives the same bits with any executor.

    Peers: scipy's ``kendalltau`` and ``spearmanr`` agree on the coefficients, statsmodels' ``proportion_confint`` with
    ``method="wilson"`` on the intervals of shares; UCINET has no such table.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33, 239-251.
    https://doi.org/10.1093/biomet/33.3.239

    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association 22, 209-212. https://doi.org/10.1080/01621459.1927.10502953

    Examples
    --------
    Four clients at each of two organisations; at b two drop out:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"who": [1, 2, 3, 4, 5, 6, 7, 8], "where": list("aaaabbbb"), "day": 0, "until": [9] * 8})
    >>> table["why"], table["grade"] = ["planned"] * 4 + ["planned", "planned", "early", "early"], [8, 6, 7, 7] * 2
    >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", end_reason="why",
    ...                          drop_out=["early"], outcomes=["grade"], min_count=2)
    >>> found = wn.flows.outcomes(log, permutations=99, seed=1)
    >>> found.to_frame()[["organisation", "trajectories", "drop_out", "grade"]]
      organisation  trajectories  drop_out  grade
    0            a           4.0       0.0    7.0
    1            b           4.0       0.5    7.0
    """
    log_of(log, ends="outcomes")
    choice("by", by, BY)
    level, draws = share(confidence, "confidence"), whole(permutations, "permutations")
    start = seeded(seed)
    rows: dict[str, list[Any]] = {}
    places = [_Place.read(log, part, by, level) for part in parts_of(log)]
    for place in places:
        for row in place.rows():
            for name, value in row.items():
                rows.setdefault(name, []).append(value)
    measured = [DROP_OUT, *(parts_of(log)[0].outcomes if parts_of(log) else ())]
    found: dict[str, list[Any]] = {}
    for number, place in enumerate(places):
        for at, name in enumerate(measured):
            volume, values = place.ranked(name)
            sample = number * len(measured) + at
            one = agreement(volume, values, draws, start, sample, executor, progress=progress)
            told = ({} if log.by is None else {log.by: place.part.key[0]}) | {"outcome": name, "groups": one.groups}
            told |= {"tau": one.tau, "p_tau": one.p_tau, "rho": one.rho, "p_rho": one.p_rho}
            for key, value in told.items():
                found.setdefault(key, []).append(value)
    return Outcomes(rows, found, by, log.by, tuple(measured), level, draws, start, log.min_count, log.recipe, log.kind)


@dataclass(frozen=True, slots=True)
class _Place:
    """The groups of one place, with what may be shown of them."""

    log: EventLog
    part: Part
    by: str
    confidence: float
    groups: Grouped
    unknown: NDArray[np.bool_]
    answered: dict[str, NDArray[np.bool_]]

    @classmethod
    def read(cls, log: EventLog, part: Part, by: str, confidence: float) -> _Place:
        groups = grouped(log, part, by)
        answered = {}
        for name, values in part.outcomes.items():
            answered[name] = groups.pool(part, ~np.isnan(values), log.min_count, groups.hidden)
        over = [part.reason == UNKNOWN, (part.reason != UNKNOWN) & (part.reason != STILL)]
        unknown = np.any([groups.pool(part, which, log.min_count, groups.hidden) for which in over], axis=0)
        return cls(log, part, by, confidence, groups, unknown, answered)

    def rows(self) -> list[dict[str, Any]]:
        """Give a row for each group that has trajectories."""
        part, groups = self.part, self.groups
        every, seen = groups.counts(part), groups.median_shown(part, self.log.min_count)
        rows = []
        for at, name in enumerate(groups.names):
            # A step that nobody takes may be hidden, to protect another.
            if not every.count[at] and not groups.hidden[at]:
                continue
            here, shown = groups.code == at, not groups.hidden[at]
            row = named(self.log, part, self.by, name)
            row["trajectories"] = self._count(int(every.count[at])) if shown else np.nan
            row["clients"] = self._count(int(every.clients[at])) if shown else np.nan
            survival = Survival.of((part.end - part.start)[here], part.ended[here])
            row["median_months"] = survival.median(self.confidence)[0] / MONTH if seen[at] else np.nan
            row |= self._drop_out(at, here)
            for outcome, hidden in self.answered.items():
                row |= self._mean(outcome, here, hidden=bool(hidden[at]))
            row["suppressed"] = not shown
            rows.append(row)
        return rows

    def ranked(self, outcome: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give counts and exact outcomes of the groups that are ranked.

        Those that have `min_count` clients or more with an outcome: of means those that are shown; of drop-out all, but
        none where so few of them are not shown that the ranks would tell theirs.
        """
        part, groups = self.part, self.groups
        if outcome == DROP_OUT:
            measured = (part.reason != STILL) & (part.reason != UNKNOWN)
            values = (part.reason == DROPPED).astype(np.float64)
        else:
            values = part.outcomes[outcome]
            measured = ~np.isnan(values)
        least = self.log.min_count
        enough = ~groups.hidden & (groups.counts(part, measured).clients >= least)
        if outcome != DROP_OUT:
            enough &= ~self.answered[outcome]
        elif 0 < int((enough & self._dropped_hidden()).sum()) < least:
            enough[:] = False
        means = np.full(len(groups.names), np.nan)
        for at in np.flatnonzero(enough).tolist():
            here = values[measured & (groups.code == at)].tolist()
            means[at] = fsum(here) / len(here)
        return np.where(enough, groups.counts(part).count.astype(np.float64), np.nan), means

    def _drop_out(self, at: int, here: NDArray[np.bool_]) -> dict[str, float]:
        names = ("ended", DROP_OUT, f"{DROP_OUT}_lower", f"{DROP_OUT}_upper")
        if self._dropped_hidden()[at]:
            return dict.fromkeys(names, np.nan)
        reason = self.part.reason[here]
        ended = int(self._count(int(((reason != STILL) & (reason != UNKNOWN)).sum())))
        dropped = min(int(self._count(int((reason == DROPPED).sum()))), ended)
        return dict(zip(names, (float(ended), *wilson(dropped, ended, self.confidence)), strict=True))

    def _dropped_hidden(self) -> NDArray[np.bool_]:
        """Tell for which groups the share of drop-out is not shown."""
        return self.groups.status[:, [DROPPED, STILL]].any(axis=1) | self.groups.hidden | self.unknown

    def _mean(self, outcome: str, here: NDArray[np.bool_], *, hidden: bool) -> dict[str, float]:
        names = (outcome, f"{outcome}_lower", f"{outcome}_upper", f"{outcome}_answered")
        if hidden:
            return dict.fromkeys(names, np.nan)
        values = self.part.outcomes[outcome][here]
        mean, lower, upper = _interval(values[~np.isnan(values)].tolist(), self.confidence)
        return dict(zip(names, (mean, lower, upper, self._count(int((~np.isnan(values)).sum()))), strict=True))

    def _count(self, count: int) -> float:
        return float(rounded(count, self.log.round_to))


def _interval(values: list[float], confidence: float) -> tuple[float, float, float]:
    """Give a mean with its interval; sums don't depend on the order of values."""
    many = len(values)
    if not many:
        return np.nan, np.nan, np.nan
    mean = fsum(values) / many
    if many < SPREAD:
        return mean, np.nan, np.nan
    spread = (fsum((one - mean) ** 2 for one in values) / (many - 1) / many) ** 0.5
    half = quantile(0.5 + confidence / 2, many - 1) * spread
    return mean, mean - half, mean + half

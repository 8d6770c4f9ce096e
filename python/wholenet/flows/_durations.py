"""How long trajectories last, where some are not over yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wholenet._checks import choice, share
from wholenet.flows._durations_result import CLASSES, Durations
from wholenet.flows._groups import BY, Grouped, grouped
from wholenet.flows._levels import log_of
from wholenet.flows._log import parts_of
from wholenet.flows._part import ENDS, ONWARD, STILL, Part
from wholenet.flows._protect import different, pooled, rounded
from wholenet.flows._survival import Survival

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.flows._log import EventLog

__all__ = ["MONTH", "durations", "named"]

# The mean month of the calendar, in days.
MONTH = 365.25 / 12
LIMITS = (0.0, 3 * MONTH, 6 * MONTH, 12 * MONTH, 24 * MONTH, 36 * MONTH, 48 * MONTH, np.inf)


def durations(
    log: EventLog,
    *,
    by: Literal["organisation", "level", "referrer", "path"] | None = None,
    confidence: float = 0.95,
) -> Durations:
    """How long trajectories last: the median and the shares by duration, counting those that still go on.

    Parameters
    ----------
    log : EventLog
        The log, with ends.
    by : {"organisation", "level", "referrer", "path"}, optional
        For each of these; ``"path"`` is the level before with the own level. Default: all trajectories together.
    confidence : float
        The probability that an interval should cover the truth.

    Returns
    -------
    Durations
        The medians, and the shares of trajectories that last less than 3 months, 3-6 months, 6-12 months, 1-2, 2-3, 3-4
        years, and 4 years or longer.

    Raises
    ------
    ArgumentError
        `log` is no event log, has no ends, or lacks what `by` asks for.

    Notes
    -----
    A duration is the last day less the first: 0 for a trajectory of one day. A trajectory that goes on is known to last
    at least until the last day of observation. The estimate (Kaplan and Meier) uses this: with d of the n that were
    under way at a duration ending there, the share that lasts longer is ∏ (1 - d ÷ n) over all durations so far. It
    takes what is still under way as no different from what ended; trajectories of one client count as independent.

    ``median`` is the first duration that half last no longer than, in months of 30.4375 days; NaN where more than half
    still go on for longer than anything seen to end. Its interval holds the durations at which the share does not
    differ from one half by a test on the scale of log(-log(share)), with Greenwood's variance; its upper end may be
    infinite.

    ``share`` is the estimated share of a class; NaN where nobody was seen for as long as the class goes. ``ended_only``
    is the share among those that ended, which is too high in the short classes: long ones have not ended yet. The
    difference tells how much.

    A class with 1 to `min_count` - 1 clients is blanked in both, with others so that it can't be worked out; all shares
    are where few trajectories of the group go on or have ended. So is the median where few have ended; where how many
    have is not shown, the median is blanked under 2 · `min_count` clients, whatever their number. With ``round_to``
    shares are those of rounded counts.

    O(m log m) time.

    Peers: statsmodels' ``SurvfuncRight`` and R's ``survival`` agree on the shares; at a share of exactly one half
    statsmodels takes the next duration as the median, and R the middle of the two.

    References
    ----------
    Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the American
    Statistical Association 53, 457-481. https://doi.org/10.1080/01621459.1958.10501452

    Brookmeyer, R. & Crowley, J. (1982). A confidence interval for the median survival time. Biometrics 38, 29-41.
    https://doi.org/10.2307/2530286

    Examples
    --------
    Four trajectories: one ends after 61 days, two after 122, and one goes on after 183. Half last no longer than 122
    days:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"who": [1, 2, 3, 4], "where": ["a"] * 4, "day": [0] * 4, "until": [61, 122, 122, None]})
    >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", end="until", last_day=183,
    ...                          min_count=2)
    >>> wn.flows.durations(log).to_frame()[["trajectories", "median"]].round(2)
       trajectories  median
    0           4.0    4.01
    """
    log_of(log, ends="durations")
    if by is not None:
        choice("by", by, BY)
    level = share(confidence, "confidence")
    medians: dict[str, list[Any]] = {}
    classes: dict[str, list[Any]] = {}
    for part in parts_of(log):
        groups = _all(log, part) if by is None else grouped(log, part, by)
        hidden = _classes_hidden(log, part, groups)
        counts, seen = groups.counts(part), groups.median_shown(part, log.min_count)
        for at, name in enumerate(groups.names):
            # A step that nobody takes may be hidden, to protect another.
            if not counts.count[at] and not groups.hidden[at]:
                continue
            told = named(log, part, by, name)
            here = groups.code == at
            survival = Survival.of((part.end - part.start)[here], part.ended[here])
            middle = survival.median(level) if seen[at] else (np.nan, np.nan, np.nan)
            number = np.nan if groups.hidden[at] else float(rounded(int(counts.count[at]), log.round_to))
            _add(medians, {**told, "trajectories": number, **_months(middle), "suppressed": not seen[at]})
            for row in _shares(part, here, survival, hidden[at], log.round_to):
                _add(classes, {**told, **row})
    return Durations(medians, classes, by, level, log.min_count, log.recipe, log.kind)


def named(log: EventLog, part: Part, by: str | None, name: tuple[Any, ...]) -> dict[str, Any]:
    """Give the columns that say which group a row is about."""
    told = {} if log.by is None else {log.by: part.key[0]}
    if by is None:
        return told
    names = ("level_before", "level") if by == "path" else (by,)
    return told | dict(zip(names, name, strict=True))


def _all(log: EventLog, part: Part) -> Grouped:
    """All trajectories of a place as one group."""
    code = np.zeros(len(part.client), dtype=np.int64)
    status = part.status
    ends = status != ONWARD
    rare = pooled(status[ends] - 1, part.client[ends], len(ENDS), log.min_count)
    rare = np.append(0 < different(part.client[~ends]) < log.min_count, rare)
    few = np.array([part.clients < log.min_count])
    return Grouped([()], code, np.zeros(1, dtype=np.int64), few, rare[None, :] | few[:, None])


def _classes_hidden(log: EventLog, part: Part, groups: Grouped) -> NDArray[np.bool_]:
    """Tell which classes of which groups are hidden, of trajectories that have ended."""
    over, least = part.ended, log.min_count
    # Who knows how many still go on knows how many have ended.
    forced = groups.hidden | groups.status[:, STILL]
    if groups.above is None:
        above = np.zeros((1, len(CLASSES)), dtype=np.bool_)
    else:
        above = _classes_hidden(log, part, groups.above)
        forced |= (groups.above.hidden | groups.above.status[:, STILL])[groups.within]
    kind = np.searchsorted(LIMITS, part.end - part.start, side="right") - 1
    small = np.zeros(len(groups.names), dtype=np.bool_)
    if groups.below is not None:
        whole = groups.below.hidden | groups.below.status[:, STILL]
        none = np.zeros(len(CLASSES), dtype=np.int64)
        blocks = groups.below.blocks()
        exposed = [groups.below.protect(part, kind, none, least, block, whole, of=over).exposed for _, block in blocks]
        small[[one for (one, _), narrow in zip(blocks, exposed, strict=True) if narrow]] = True
    rows = groups.pool(part, over, least, forced)
    found = np.ones((len(groups.names), len(CLASSES)), dtype=np.bool_)
    for one, block in groups.blocks():
        here = block[groups.code] & over
        rare = pooled(kind[here], part.client[here], len(CLASSES), least, above[one]) | above[one]
        found[block] = groups.protect(
            part, kind, rare.astype(np.int64), least, block, rows, of=over, small=small & ~rows
        ).hidden
    return found


def _shares(
    part: Part, here: NDArray[np.bool_], survival: Survival, hidden: NDArray[np.bool_], base: int | None
) -> list[dict[str, Any]]:
    """Give the shares by duration, of all and of those that ended."""
    over, many = (part.end - part.start)[here & part.ended], int(here.sum())
    beyond = [survival.beyond(limit) for limit in LIMITS[:-1]] + [0.0]
    rows = []
    for at, name in enumerate(CLASSES):
        inside = int(((over >= LIMITS[at]) & (over < LIMITS[at + 1])).sum())
        estimate = beyond[at] - beyond[at + 1]
        if base is not None and not np.isnan(estimate):
            estimate = _share(estimate * many, many, base)
        only = _share(inside, len(over), base)
        rows.append(
            {
                "duration": name,
                "share": np.nan if hidden[at] else estimate,
                "ended_only": np.nan if hidden[at] else only,
                "suppressed": bool(hidden[at]),
            }
        )
    return rows


def _share(count: float, of: int, base: int | None) -> float:
    """Give a share of counts that are rounded first."""
    if base is not None:
        count, of = base * round(count / base), rounded(of, base)
    return min(count / of, 1.0) if of else np.nan


def _months(days: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip(("median", "lower", "upper"), (one / MONTH for one in days), strict=True))


def _add(columns: dict[str, list[Any]], row: dict[str, Any]) -> None:
    for name, value in row.items():
        columns.setdefault(name, []).append(value)

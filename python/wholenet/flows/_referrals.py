"""Networks of handovers between organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from wholenet import _core, _frames, _ingest
from wholenet._checks import choice, whole
from wholenet._ingest import counted, flag
from wholenet.errors import ArgumentError
from wholenet.flows._groups import organisations_hidden
from wholenet.flows._levels import log_of
from wholenet.flows._log import parts_of
from wholenet.flows._protect import rounded, sizes
from wholenet.flows._ties import FREE, Ties, hidden_ties
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wholenet.flows._log import EventLog
    from wholenet.flows._part import Part

__all__ = ["BUILDERS", "referrals"]

BUILDERS = ("trace-route", "sliding window", "binning")
# Longer than any log, for handovers at any distance.
EVER = 2**41


@dataclass(frozen=True, slots=True)
class _Handovers:
    """Pairs of organisations, with clients and handovers."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    clients: NDArray[np.int64]
    times: NDArray[np.int64]


def referrals(
    log: EventLog,
    *,
    builder: Literal["trace-route", "sliding window", "binning"] = "trace-route",
    window: int | None = None,
    count: Literal["clients", "handovers"] = "clients",
    progress: bool = True,
) -> Network | Study:
    """Network of handovers: from which organisation to which clients go.

    Parameters
    ----------
    log : EventLog
        The log.
    builder : {"trace-route", "sliding window", "binning"}
        What a handover is: the next step of a client; every later step within a window; or every later step within the
        same period.
    window : int, optional
        Days of the window or the period, counted between first days. Needed but for ``"trace-route"``, where the
        default is any time.
    count : {"clients", "handovers"}
        Whether the value of a tie is the number of different clients, or of handovers: a client may pass more than
        once.
    progress : bool
        Whether work longer than about a second shows a progress bar.

    Returns
    -------
    Network or Study
        The directed network; a study of one for each place where the log has places. Its values are counts. A tie of 1
        to `min_count` - 1 clients is not observed, and so are others that would give it away. The recipe tells the
        builder, the window and how many pairs are not shown.

    Raises
    ------
    ArgumentError
        `log` is no event log; a word or a window that may not be; no `window` where the builder needs one.

    Notes
    -----
    A client's events at one organisation on one day are one event; those of one day have no order, and nothing passes
    between them, nor from an organisation to itself. Let a client have events at organisations on days.

    - *Trace-route*: from each organisation on one of the client's days to each on the client's next day with events,
      if that is at most `window` days later.
    - *Sliding window*: from each event to each event that is 1 to `window` days later.
    - *Binning*: time is cut into periods of `window` days from the first day of the log (of the place). In each period,
      from each organisation to each where the client came first on a later day of that period.

    Trace-route never has more handovers than the sliding window of the same length, and gives those that follow each
    other. A sliding window also joins the first and the third of a quick sequence; binning cuts sequences at the ends
    of periods. Zand et al. (2017) compare such networks of the same claims, and find that they differ much.

    A tie is suppressed by its clients, whatever `count`. Each tie of few clients could be `min_count` or more whole
    numbers for a reader who knows all ties that are shown and all tables of the log. Where the number of trajectories
    of an organisation leaves less room, none of the pairs from it, or to it, is observed, not even that nothing passes.
    Networks of two windows of one log can be subtracted from each other: publish one.

    O(m · w) time, for w events of a client in a window. Equal bits on any number of threads.

    Peers: none of UCINET, sna, igraph and networkx reads event logs; CareSet's DocGraph data are made with sliding
    windows of 30 to 180 days and leave out pairs under 11 patients.

    References
    ----------
    Zand, M. S., Trayhan, M., Farooq, S. A., et al. (2017). Properties of healthcare teaming networks as a function of
    network construction algorithms. PLoS ONE 12, e0175876. https://doi.org/10.1371/journal.pone.0175876

    An, C., O'Malley, A. J., Rockmore, D. N. & Stock, C. D. (2018). Analysis of the U.S. patient referral network.
    Statistics in Medicine 37, 847-866. https://doi.org/10.1002/sim.7565

    Examples
    --------
    Two clients go from the GP to the team, and on to the clinic:

    >>> import pandas as pd
    >>> import wholenet as wn
    >>> table = pd.DataFrame({"who": [1, 1, 1, 2, 2, 2], "where": ["gp", "team", "clinic"] * 2, "day": [0, 10, 40] * 2})
    >>> log = wn.flows.event_log(table, client="who", organisation="where", start="day", min_count=2)
    >>> wn.flows.referrals(log).to_edges()
      source  target  value
    0     gp    team    2.0
    1   team  clinic    2.0
    >>> wn.flows.referrals(log, builder="sliding window", window=40).n_ties
    3
    """
    log_of(log)
    choice("builder", builder, BUILDERS)
    choice("count", count, ("clients", "handovers"))
    shown = flag(progress, "progress")
    if window is None and builder != "trace-route":
        msg = f"builder={builder!r} needs window=: how many days at most lie between the first days of a handover"
        raise ArgumentError(msg)
    days = EVER if window is None else min(whole(window, "window"), EVER)
    made = {part.key: _network(log, part, builder, days, count, progress=shown) for part in parts_of(log)}
    return made[()] if log.by is None else Study(made, by=(log.by,))


def _network(log: EventLog, part: Part, builder: str, days: int, count: str, *, progress: bool) -> Network:
    found = _core.flows_handovers(part.client, part.start, part.organisation, builder, days, progress)
    pairs = _Handovers(*(column.astype(np.int64) for column in found))
    ties = hidden_ties(pairs.source, pairs.target, pairs.times, pairs.clients, _known(log, part), log.min_count)
    values = pairs.clients if count == "clients" else pairs.times
    if log.round_to is not None:
        values = np.array([rounded(int(one), log.round_to) for one in values.tolist()], dtype=np.int64)
    there = np.arange(len(log.organisations))
    if log.by is not None:
        there = np.unique(part.organisation).astype(np.int64)
    secret = _not_observed(pairs, ties, there, len(log.organisations))
    source, target = np.divmod(secret, len(log.organisations))
    shown = ~np.isin(pairs.source * len(log.organisations) + pairs.target, secret)
    weights = np.concatenate([values[shown].astype(np.float64), np.full(len(secret), np.nan)])
    source, target = np.concatenate([pairs.source[shown], source]), np.concatenate([pairs.target[shown], target])
    place = np.zeros(len(log.organisations), dtype=np.uint32)
    place[there] = np.arange(len(there))
    labels = [log.organisations[at] for at in there.tolist()]
    core, _ = _core.network_from_codes(
        _ingest.label_column(labels, "organisation"),
        place[source],
        place[target],
        weights,
        None,
        directed=True,
        loops="error",
        signed=False,
        binary=False,
    )
    near = "" if days == EVER else f" within {days:,} days"
    recipe = [
        *log.recipe,
        f"handovers by {builder}{near}, valued by {count}: {counted(int(shown.sum()), 'tie')} shown",
        f"pairs not observed, to protect ties of fewer than {log.min_count} clients: {len(secret):,}",
    ]
    if log.round_to is not None:
        recipe.append(f"values rounded to multiples of {log.round_to}")
    frame = None if log.actors is None else _frames.numbered(log.actors[there, :], "organisations")
    return Network._make(core, frame=frame, kind=log.kind, recipe=tuple(recipe))


def _not_observed(pairs: _Handovers, ties: Ties, there: NDArray[np.int64], many: int) -> NDArray[np.int64]:
    """List the pairs that are not shown, as source times `many` plus target.

    Where an organisation's own number narrows its ties down, none of the pairs from it, or to it, is shown: not even
    that nothing passes.
    """
    codes = [(pairs.source * many + pairs.target)[ties.hidden]]
    sources, targets = np.unique(pairs.source[ties.from_source]), np.unique(pairs.target[ties.to_target])
    codes += [one * many + there[there != one] for one in sources.tolist()]
    codes += [there[there != one] * many + one for one in targets.tolist()]
    return np.unique(np.concatenate(codes))


def _known(log: EventLog, part: Part) -> NDArray[np.int64]:
    """Count the trajectories that a reader may know each organisation to have."""
    found = sizes(part.organisation.astype(np.int64), part.client, len(log.organisations))
    return np.where(organisations_hidden(log, part), FREE, found.count)

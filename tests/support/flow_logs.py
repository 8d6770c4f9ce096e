"""Event logs at random, for the tests of flows."""

import numpy as np
import pandas as pd

import wholenet as wn

EARLY = ("early, by the client", "early, by the organisation")


def table_of(
    seed, *, clients=150, events=360, organisations=6, levels=4, referrers=3, days=1200, last=1500, missing=0.4
):
    """Trajectories with skewed sizes of every group, so that some are small."""
    random = np.random.default_rng(seed)

    def skewed(many, share):
        weights = share ** np.arange(many)
        return random.choice(many, events, p=weights / weights.sum())

    start = random.integers(0, days, events)
    # No two trajectories of a client start on one day.
    client = random.integers(0, clients, events)
    keep = ~pd.DataFrame({"client": client, "start": start}).duplicated().to_numpy()
    end = start + np.round(random.exponential(250, events)).astype(int)
    over = end <= last
    reason = random.choice(["as planned", *EARLY, None], events, p=[0.6, 0.2, 0.17, 0.03])
    table = pd.DataFrame(
        {
            "client": client,
            "organisation": [f"o{one}" for one in skewed(organisations, 0.6)],
            "start": start,
            "end": np.where(over, end, np.nan),
            "level": [f"level {one}" for one in skewed(levels, 0.5)],
            "referrer": [f"referrer {one}" for one in skewed(referrers, 0.25)],
            "reason": np.where(over, reason, None),
            "grade": np.where(random.random(events) < missing, np.nan, random.integers(1, 11, events)),
        }
    )
    return table[keep].reset_index(drop=True)


def log_of(table, **options):
    """Read such a table."""
    held = set(table["reason"].dropna())
    levels = sorted(set(table["level"]))
    given = {
        "client": "client", "organisation": "organisation", "start": "start", "end": "end", "level": "level",
        "levels": levels, "referrer": "referrer", "outcomes": ["grade"], "last_day": 1500, "min_count": 5,
    }  # fmt: skip
    if held & set(EARLY):
        given |= {"end_reason": "reason", "drop_out": [one for one in EARLY if one in held]}
    return wn.flows.event_log(table, **given | options)

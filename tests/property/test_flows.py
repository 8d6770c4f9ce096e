"""Flows against plain Python on random logs, and laws."""

from itertools import pairwise

import numpy as np
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

import wholenet as wn
from flow_logs import EARLY, log_of, table_of
from wholenet import flows
from wholenet.flows._rooms import room
from wholenet.flows._survival import Survival
from wholenet.flows._ties import FREE, hidden_ties

SEEDS = st.integers(0, 10**6)
NEVER = 10**9


def events(seed, size, clients, days):
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "client": random.integers(0, clients, size),
            "organisation": random.choice(list("abcd"), size),
            "start": random.integers(0, days, size),
        }
    )


def found(frame, **options):
    log = flows.event_log(
        frame, client="client", organisation="organisation", start="start", min_count=2, duplicates="drop"
    )
    # The builders are looked at before anything is hidden.
    part = log._parts[0]
    builder, window = options["builder"], options.get("window") or NEVER
    pairs = wn._core.flows_handovers(part.client, part.start, part.organisation, builder, window, False)  # noqa: FBT003
    labels = log.organisations
    return {(labels[o], labels[p]): (int(k), int(n)) for o, p, k, n in zip(*pairs, strict=True)}


def counted(passed):
    """Clients and handovers of (client, source, target)."""
    frame = pd.DataFrame(passed, columns=["client", "source", "target"])
    frame = frame[frame["source"] != frame["target"]]
    sums = frame.groupby(["source", "target"])["client"].agg(["nunique", "size"])
    return {pair: (int(row["nunique"]), int(row["size"])) for pair, row in sums.iterrows()}


def visits(frame):
    """Each client's different (day, organisation)."""
    return {
        who: sorted(set(zip(rows["start"], rows["organisation"], strict=True))) for who, rows in frame.groupby("client")
    }


def trace_route(frame, window):
    passed = []
    for who, seen in visits(frame).items():
        for before, after in pairwise(sorted({day for day, _ in seen})):
            if after - before <= window:
                passed += [(who, o, p) for a, o in seen if a == before for b, p in seen if b == after]
    return counted(passed)


def sliding_window(frame, window):
    return counted(
        [(who, o, p) for who, seen in visits(frame).items() for a, o in seen for b, p in seen if 0 < b - a <= window]
    )


def binning(frame, window):
    origin, passed = frame["start"].min(), []
    for who, seen in visits(frame).items():
        for period in {(day - origin) // window for day, _ in seen}:
            first = {}
            for day, o in seen:
                if (day - origin) // window == period:
                    first[o] = min(day, first.get(o, day))
            passed += [(who, o, p) for o in first for p in first if first[o] < first[p]]
    return counted(passed)


PLAIN = {"trace-route": trace_route, "sliding window": sliding_window, "binning": binning}


@given(
    SEEDS, st.integers(1, 60), st.integers(1, 8), st.integers(1, 90), st.integers(1, 60), st.sampled_from(sorted(PLAIN))
)
@settings(max_examples=100, deadline=None)
def test_builders_equal_plain_python(seed, size, clients, days, window, builder):
    frame = events(seed, size, clients, days)
    assert found(frame, builder=builder, window=window) == PLAIN[builder](frame, window)


@given(SEEDS, st.sampled_from(sorted(PLAIN)))
@settings(max_examples=5, deadline=None)
def test_rows_clients_dates_and_threads_do_not_matter(seed, builder):
    random = np.random.default_rng(seed)
    frame = table_of(seed, clients=60, events=150)
    wanted = results(frame, builder)
    shuffled = frame.sample(frac=1, random_state=seed).reset_index(drop=True)
    names = dict(zip(range(60), [f"c{one}" for one in random.permutation(60)], strict=True))
    shifted = frame.assign(start=frame["start"] + 77, end=frame["end"] + 77)
    assert results(shuffled, builder) == wanted
    assert results(frame.assign(client=frame["client"].map(names)), builder) == wanted
    assert results(shifted, builder, last_day=1577) == wanted
    threads = wn.get_threads()
    try:
        wn.set_threads(3)
        assert results(frame, builder) == wanted
    finally:
        wn.set_threads(threads)


def results(frame, builder, **options):
    """Everything that is written of a log, as text, so that NaN is equal to NaN."""
    log = log_of(frame, **options)
    found = [flows.levels(log).steps, flows.referrals(log, builder=builder, window=200).to_matrix().tolist()]
    for by in ("organisation", "level", "path", "referrer"):
        lasts, told = flows.durations(log, by=by), flows.outcomes(log, by=by, permutations=9, seed=1)
        found += [lasts.medians, lasts.shares, told.groups, told.agreement]
    return repr(found)


@given(SEEDS, st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_steps_are_those_of_pandas(seed, clients):
    table = table_of(seed, clients=clients, events=3 * clients)
    log = log_of(table, min_count=2)
    ordered = table.sort_values(["client", "start"])
    after = ordered.groupby("client")["level"].shift(-1).where(ordered["end"].notna() & ~ordered["reason"].isin(EARLY))
    before = after.groupby(ordered["client"]).shift(1)
    begun = ordered["level"][before.isna()].value_counts()
    steps = pd.crosstab(ordered["level"], after)
    frame = flows.levels(log).to_frame().dropna()
    for row in frame.itertuples():
        if row.direction == "start":
            assert row.trajectories == begun.get(row.target, 0)
        elif row.direction != "end":
            wanted = steps[row.target].get(row.source, 0) if row.target in steps else 0
            assert row.trajectories == wanted
    going_on = ordered.loc[ordered["end"].isna(), "level"].value_counts()
    for row in frame[frame["target"] == "still in care"].itertuples():
        assert row.trajectories == going_on.get(row.source, 0)


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=25))
def test_survival_equals_the_product_over_every_day(spells):
    days, ended = (np.array(column) for column in zip(*spells, strict=True))
    survival = Survival.of(days.astype(np.int64), ended.astype(bool))
    share = 1.0
    for day in range(13):
        if days.max() >= day or share < 1e-12:
            np.testing.assert_allclose(survival.beyond(day), share, atol=1e-12)  # rounding of a few products
        else:
            assert np.isnan(survival.beyond(day))
        here = ended & (days == day)
        if here.any():
            share *= 1 - here.sum() / (days >= day).sum()


@given(SEEDS, st.integers(2, 4), st.integers(2, 4), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_the_room_of_a_cell_is_that_of_all_tables_with_the_same_totals(seed, rows, columns, enough):
    random = np.random.default_rng(seed)
    count = random.integers(0, 5, (rows, columns))
    hidden = random.random((rows, columns)) < 0.6
    hidden[0, 0] = True
    sums = [np.kron(np.eye(rows)[row], np.ones(columns)) for row in range(rows)]
    sums += [np.kron(np.ones(rows), np.eye(columns)[column]) for column in range(columns)]
    bounds = [(0, None) if secret else (one, one) for one, secret in zip(count.ravel(), hidden.ravel(), strict=True)]
    ends = []
    for sign in (1, -1):
        solved = linprog(
            sign * np.eye(count.size)[0], A_eq=np.array(sums), b_eq=np.array(sums) @ count.ravel(), bounds=bounds
        )
        ends.append(round(sign * solved.fun))
    assert room(count, hidden, (0, 0), enough) == min(enough, ends[1] - ends[0])


# One tie in all, of one client: what all ties add up to narrows it down.
@example(seed=1203, n=2, least=6)
@given(SEEDS, st.integers(2, 6), st.integers(3, 10))
@settings(max_examples=15, deadline=None)
def test_ties_of_few_clients_have_room_for_all_that_organisations_are_known_to_have(seed, n, least):
    """The reader knows how many trajectories each organisation has, and how many clients there are, if not too few."""
    random = np.random.default_rng(seed)
    source, target = np.nonzero((random.random((n, n)) < 0.6) & ~np.eye(n, dtype=bool))
    clients = random.integers(1, 25, len(source))
    loops = random.integers(0, 12, n)
    out, into = (np.bincount(ends, weights=clients, minlength=n).astype(np.int64) for ends in (source, target))
    begun = random.integers(0, 12, n) + np.maximum(out - into, 0)
    every = into + loops + begun
    known = np.where(every < least, FREE, every)
    found = hidden_ties(source, target, clients, clients, known, least)
    hidden = found.hidden
    assert hidden[clients < least].all()
    ties, sums, totals = len(source), [], []
    for one in np.flatnonzero(known < FREE):
        gives, takes = np.zeros(ties + 3 * n), np.zeros(ties + 3 * n)
        gives[:ties], takes[:ties] = source == one, target == one
        gives[ties + one] = takes[ties + one] = gives[ties + n + one] = takes[ties + 2 * n + one] = 1
        sums += [gives, takes]
        totals += [every[one], every[one]]
    if (known < FREE).all() and begun.sum() >= least:
        for first in (ties + n, ties + 2 * n):
            all_of_them = np.zeros(ties + 3 * n)
            all_of_them[first : first + n] = 1
            sums.append(all_of_them)
            totals.append(begun.sum())
    # Where zeros are shown, a tie that is hidden has a handover at least; all from and to some are closed.
    closed = np.isin(source, source[found.from_source]) | np.isin(target, target[found.to_target])
    hidden = hidden | closed
    bounds = [
        (0 if shut else 1, None) if secret else (k, k) for k, secret, shut in zip(clients, hidden, closed, strict=True)
    ]
    bounds += [(0, None)] * 3 * n
    for one in np.flatnonzero(clients < least) if sums else []:
        ends = []
        for sign in (1, -1):
            aim = np.zeros(ties + 3 * n)
            aim[one] = sign
            solved = linprog(aim, A_eq=np.array(sums), b_eq=totals, bounds=bounds)
            ends.append(np.inf if solved.status == 3 else sign * solved.fun)
        # Where the network shows nothing at all, the organisations' own numbers alone can narrow a tie down.
        silent = hidden.all() and closed[one]
        assert ends[1] - ends[0] > (0.5 if silent else least - 1 - 1e-6)  # what the solver leaves

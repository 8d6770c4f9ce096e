"""Flows: what a reader could work out from the results of one log."""

import numpy as np
import pandas as pd

from wholenet import flows


def care(groups, least=10, **options):
    """Make a log of (organisation, level, clients, ended, dropped out, answered)."""
    rows = [
        (f"{where} {k}", where, level, 100 if k < ended else None, _why(k, ended, dropped), 7 if k < answered else None)
        for where, level, many, ended, dropped, answered in groups
        for k in range(many)
    ]
    frame = pd.DataFrame(rows, columns=["client", "organisation", "level", "end", "why", "grade"]).assign(start=0)
    return flows.event_log(
        frame, client="client", organisation="organisation", start="start", end="end", level="level",
        levels=sorted(set(frame["level"])), end_reason="why", drop_out=["early"], outcomes=["grade"], last_day=400,
        min_count=least, **options,
    )  # fmt: skip


def _why(k, ended, dropped):
    return "early" if k < dropped else "planned" if k < ended else None


def test_a_hidden_step_that_nobody_takes_has_its_row():
    """Else the tables by path would tell which of the hidden steps are 0."""
    for one in many_logs(range(30, 60)):
        steps = flows.levels(one).to_frame().query("suppressed and direction != 'end'")
        hidden = set(zip(steps["source"], steps["target"], strict=True))
        for rows in (
            flows.outcomes(one, by="path", permutations=1, seed=1).to_frame(),
            flows.durations(one, by="path").to_frame(),
        ):
            assert hidden <= set(zip(rows["level_before"], rows["level"], strict=True))


def many_logs(seeds):
    found = []
    for seed in seeds:
        random = np.random.default_rng(seed)
        frame = pd.DataFrame({"client": random.integers(0, 30, 70), "start": random.permutation(700)[:70]})
        frame["level"] = random.choice(list("abc"), 70, p=[0.6, 0.3, 0.1])
        found.append(
            flows.event_log(
                frame.assign(organisation="o", end=frame["start"]), client="client", organisation="organisation",
                start="start", end="end", level="level", levels=list("abc"), min_count=5,
            )
        )  # fmt: skip
    return found


def test_a_median_does_not_tell_how_many_have_ended():
    """Twelve clients, of whom two still go on: that a median is shown would say that it is two at most."""
    log = care(
        [("a", "x", 12, 10, 0, 0), ("b", "x", 90, 80, 10, 0), ("c", "x", 80, 76, 10, 0), ("d", "x", 40, 33, 0, 0)]
    )
    found = flows.durations(log, by="organisation").to_frame().set_index("organisation")
    told = flows.outcomes(log, permutations=1, seed=1).to_frame().set_index("organisation")
    assert found.loc["a", "trajectories"] == 12
    assert np.isnan(found.loc["a", "median"])
    assert np.isnan(told.loc["a", "median_months"])
    assert np.isfinite(found.loc["d", "median"])


def test_few_that_ended_are_not_shown():
    """At `a` only one client's trajectories have ended, forty of them; thirty others go on."""
    rows = [("one", "a", 20 * k, 20 * k + 10, "planned") for k in range(40)] + [
        (f"a{k}", "a", 0, None, None) for k in range(30)
    ]
    rows += [(f"b{k}", "b", at, at + 9, "planned") for k in range(60) for at in (0, 20)]
    rows += [(f"c{k}", "b", 0, 9, "early") for k in range(30)] + [(f"d{k}", "b", 0, None, None) for k in range(30)]
    frame = pd.DataFrame(rows, columns=["client", "organisation", "start", "end", "why"])
    log = flows.event_log(
        frame, client="client", organisation="organisation", start="start", end="end", end_reason="why",
        drop_out=["early"],
    )  # fmt: skip
    found = flows.outcomes(log, permutations=1, seed=1)
    assert found.groups["trajectories"] == [70, 180]
    assert np.isnan(found.groups["ended"][0])
    assert np.isnan(found.groups["drop_out"][0])


def test_the_mean_of_few_is_not_the_rest_of_a_total():
    """Only one client of `small` answered, twelve times: what organisations lack of the level's sum is hers."""
    rows = [(f"{where} {k}", where, k, 7.0) for where in ("a", "b") for k in range(60)]
    rows += [("one", "small", 60 * k, 2.0) for k in range(12)] + [(f"s{k}", "small", 0, np.nan) for k in range(20)]
    rows += [(f"c{k}", "c", 0, np.nan) for k in range(15)]
    frame = pd.DataFrame(rows, columns=["client", "organisation", "start", "grade"]).assign(level="x")
    log = flows.event_log(
        frame.assign(end=frame["start"] + 5), client="client", organisation="organisation", start="start", end="end",
        level="level", levels=["x"], outcomes=["grade"],
    )  # fmt: skip
    rows = flows.outcomes(log, permutations=1, seed=1).to_frame()
    assert rows.loc[rows["grade"].isna(), "organisation"].tolist() != ["c", "small"]
    hidden = frame[frame["organisation"].isin(rows.loc[rows["grade"].isna(), "organisation"])]
    assert hidden.loc[hidden["grade"].notna(), "client"].nunique() >= 10


def test_groups_hidden_as_a_whole_have_enough_different_clients():
    """The same six clients are at `a` and at `b`: twelve trajectories of six clients."""
    rows = [(f"{k}", where, at) for k in range(6) for at, where in enumerate("ab")]
    rows += [(f"{where}{k}", where, 0) for where in "cde" for k in range(15)]
    frame = pd.DataFrame(rows, columns=["client", "organisation", "start"])
    log = flows.event_log(frame.assign(end=99), client="client", organisation="organisation", start="start", end="end")
    found = flows.outcomes(log, permutations=1, seed=1).to_frame()
    hidden = frame[frame["organisation"].isin(found.loc[found["suppressed"], "organisation"])]
    assert hidden["client"].nunique() >= 10


def test_ranks_do_not_tell_what_is_hidden():
    """Of seven groups two are not shown: tau and rho leave 3 of the 11 ways to share ten drop-outs among them."""
    sizes = [("a", 100, 30), ("b", 90, 20), ("c", 80, 14), ("d", 70, 25), ("e", 60, 4), ("f", 50, 11), ("g", 45, 6)]
    found = flows.outcomes(care([(o, "x", n, n, d, 0) for o, n, d in sizes]), permutations=9, seed=1)
    assert np.isnan(found.groups["drop_out"]).sum() == 2
    assert found.agreement["groups"][0] == 0
    assert np.isnan(found.agreement["tau"][0])


def test_where_a_small_number_tells_too_much_no_zero_is_shown():
    """Ten trajectories at `a`: from it one client each to eight others, so that each tie would be 1, 2 or 3."""
    rows = [(f"{k}", "a", 0) for k in range(10)] + [(f"{k}", f"o{k}", 9) for k in range(8)]
    rows += [(f"o{k} {n}", f"o{k}", 0) for k in range(10) for n in range(20)]
    frame = pd.DataFrame(rows, columns=["client", "organisation", "start"])
    log = flows.event_log(frame, client="client", organisation="organisation", start="start")
    net = flows.referrals(log)
    row = net.to_matrix()[net.labels.tolist().index("a")]
    assert np.isnan(np.delete(row, net.labels.tolist().index("a"))).all()

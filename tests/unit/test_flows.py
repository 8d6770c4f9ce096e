"""Flows: values worked by hand, and errors."""

import datetime as dt
import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet import flows
from wholenet.errors import ArgumentError, ColumnError, LabelError

LEVELS = ["light", "middle", "heavy"]
# Three clients, each of them twice, so that counts of 2 are shown.
CLIENTS = {
    "ann": [("gp", 0, 10, "light"), ("team", 10, 50, "middle"), ("gp", 50, 60, "light")],
    "bea": [("gp", 5, 5, "light"), ("team", 5, 20, "middle"), ("clinic", 20, 90, "heavy")],
    "cas": [("gp", 3, 80, "light"), ("team", 90, None, "middle")],
}


def table(**columns):
    rows = [(f"{name} {twin}", *event) for name, events in CLIENTS.items() for twin in (1, 2) for event in events]
    frame = pd.DataFrame(rows, columns=["client", "organisation", "start", "end", "level"])
    return frame.assign(**columns)


def log_of(frame=None, **options):
    given = {
        "client": "client", "organisation": "organisation", "start": "start", "end": "end", "level": "level",
        "levels": LEVELS, "last_day": 120, "min_count": 2,
    }  # fmt: skip
    return flows.event_log(table() if frame is None else frame, **given | options)


def ties(net):
    return {(row[0], row[1]): row[2] for row in net.to_edges().itertuples(index=False)}


# Builders -------------------------------------------------------------------------------------------------


def test_trace_route_by_hand():
    """Ann: gp → team (10 days) → gp (40). Bea: gp and team on one day, both → clinic (15). Cas: gp → team (87)."""
    assert ties(flows.referrals(log_of())) == {
        ("gp", "team"): 4, ("team", "gp"): 2, ("gp", "clinic"): 2, ("team", "clinic"): 2,
    }  # fmt: skip
    assert ties(flows.referrals(log_of(), window=15)) == {
        ("gp", "team"): 2, ("gp", "clinic"): 2, ("team", "clinic"): 2,
    }  # fmt: skip


def test_sliding_window_by_hand():
    """Within 40 days: ann gp → team, team → gp; twice at the gp is no tie. Bea as before; of cas 87 are too many."""
    found = flows.referrals(log_of(), builder="sliding window", window=40)
    assert ties(found) == {("gp", "team"): 2, ("team", "gp"): 2, ("gp", "clinic"): 2, ("team", "clinic"): 2}


def test_binning_by_hand():
    """Periods of 30 days from day 0: ann gp → team (her gp of day 50 stands alone); bea gp, team → clinic; cas none."""
    found = flows.referrals(log_of(), builder="binning", window=30)
    assert ties(found) == {("gp", "team"): 2, ("gp", "clinic"): 2, ("team", "clinic"): 2}
    # One period for all: ann came to the team after the gp, and never to the gp for the first time after the team.
    found = flows.referrals(log_of(), builder="binning", window=1000)
    assert ties(found) == {("gp", "team"): 4, ("gp", "clinic"): 2, ("team", "clinic"): 2}


def test_clients_and_handovers_are_two_counts():
    """One goes a, b, a, b; one a, b; one a, b, a."""
    frame = pd.DataFrame(
        {"client": [1] * 4 + [2] * 2 + [3] * 3, "organisation": list("ababababa"), "start": [0, 1, 2, 3, 0, 1, 0, 1, 2]}
    )
    log = flows.event_log(frame, client="client", organisation="organisation", start="start", min_count=2)
    assert ties(flows.referrals(log)) == {("a", "b"): 3, ("b", "a"): 2}
    assert ties(flows.referrals(log, count="handovers")) == {("a", "b"): 4, ("b", "a"): 2}


def test_ties_of_few_clients_are_not_observed():
    frame = pd.DataFrame(
        {"client": np.repeat(np.arange(24), 2), "organisation": ["a", "b"] * 20 + ["a", "c"] * 4, "start": [0, 9] * 24}
    )
    log = flows.event_log(frame, client="client", organisation="organisation", start="start")
    net = flows.referrals(log)
    # a → c has 4 clients; with a → b shown, who knows that a has 24 trajectories would know it.
    assert np.isnan(net.to_matrix()[0]).tolist() == [False, True, True]
    assert net.missing.dyads == 2
    assert net.recipe[-1] == "pairs not observed, to protect ties of fewer than 10 clients: 2"


def test_organisations_known_become_actors_with_attributes():
    actors = pd.DataFrame({"name": ["team", "gp", "clinic", "club"], "sector": ["care", "health", "health", "sport"]})
    net = flows.referrals(log_of(organisations=actors))
    assert net.labels.tolist() == ["team", "gp", "clinic", "club"]
    assert net.attribute("sector").tolist() == ["care", "health", "health", "sport"]
    assert wn.centrality.degree(net).tolist()[-1] == 0


def test_places_are_treated_apart():
    frame = pd.concat([table(place="north"), table(place="south").query("organisation != 'clinic'")])
    study = flows.referrals(log_of(frame.reset_index(drop=True), by="place"))
    assert list(study) == ["north", "south"]
    assert study["south"].labels.tolist() == ["gp", "team"]
    found = flows.levels(log_of(frame.reset_index(drop=True), by="place"))
    assert set(found.to_frame()["place"]) == {"north", "south"}
    with pytest.raises(ArgumentError, match="place must be one of 'north', 'south'"):
        found.plot()
    assert found.plot("north").svg.startswith("<svg")


# Levels ---------------------------------------------------------------------------------------------------


def test_levels_by_hand():
    found = flows.levels(log_of()).to_frame()
    taken = {
        (row.source, row.target): (row.trajectories, row.direction)
        for row in found.itertuples()
        if row.trajectories > 0
    }
    assert taken == {
        ("start", "light"): (6, "start"), ("light", "middle"): (6, "up"), ("middle", "light"): (2, "down"),
        ("middle", "heavy"): (2, "up"), ("light", "left, reason not known"): (2, "end"),
        ("heavy", "left, reason not known"): (2, "end"), ("middle", "still in care"): (2, "end"),
    }  # fmt: skip
    assert not found["suppressed"].any()
    assert (found["trajectories"] == 0).sum() == 17  # 3 levels in 4 × 3 steps and 3 × 4 ends, 7 of them taken


def test_reasons_make_drop_outs():
    why = np.where(table()["end"].isna(), None, np.where(table()["level"] == "heavy", "early", "planned"))
    found = flows.levels(log_of(table(why=why), end_reason="why", drop_out=["early"])).to_frame()
    ends = found[(found["direction"] == "end") & (found["trajectories"] > 0)]
    assert ends[["source", "target", "trajectories"]].to_numpy().tolist() == [
        ["light", "left as planned", 2.0], ["middle", "still in care", 2.0], ["heavy", "dropped out", 2.0],
    ]  # fmt: skip


def test_a_trajectory_that_goes_on_hands_over_nothing():
    frame = pd.DataFrame(
        {"client": [1, 1, 2, 2], "organisation": list("abab"), "start": [0, 9, 0, 9], "end": [None] * 4}
    )
    log = flows.event_log(
        frame.assign(level="light"), client="client", organisation="organisation", start="start", end="end",
        level="level", levels=LEVELS, min_count=2,
    )  # fmt: skip
    found = flows.levels(log).to_frame().query("trajectories > 0")
    assert found[["source", "target", "trajectories"]].to_numpy().tolist() == [
        ["start", "light", 4.0], ["light", "still in care", 4.0],
    ]  # fmt: skip


# Durations ------------------------------------------------------------------------------------------------


def spells(days, over, least=2, **options):
    frame = pd.DataFrame(
        {"client": np.arange(len(days)), "organisation": "a", "start": 0, "end": np.where(over, days, np.nan)}
    )
    frame["start"] = np.where(over, 0, 2000 - np.array(days))
    frame["end"] = np.where(over, days, np.nan)
    return flows.event_log(
        frame, client="client", organisation="organisation", start="start", end="end", last_day=2000, min_count=least,
        **options,
    )  # fmt: skip


def test_durations_by_hand():
    """Of 8 two end at 60 days: 3/4 last longer. Two go on after 90; of 4 left two end at 200: 3/4 · 1/2 = 3/8."""
    found = flows.durations(spells([60, 60, 90, 90, 200, 200, 800, 800], [1, 1, 0, 0, 1, 1, 1, 1]))
    shares = found.to_frame("shares")
    np.testing.assert_allclose(shares["share"], [1 / 4, 0, 3 / 8, 0, 3 / 8, 0, 0])
    np.testing.assert_allclose(shares["ended_only"], [1 / 3, 0, 1 / 3, 0, 1 / 3, 0, 0])
    assert found.medians["median"] == [200 / (365.25 / 12)]


def test_what_nobody_was_seen_for_is_not_known():
    """The longest goes on after 400 days: the share of 1-2 years and of all longer ones can't be told."""
    shares = flows.durations(spells([60, 60, 400, 400], [1, 1, 0, 0])).to_frame("shares")
    np.testing.assert_allclose(shares["share"], [1 / 2, 0, 0, np.nan, np.nan, np.nan, np.nan])
    assert np.isnan(flows.durations(spells([60, 60, 400, 400, 400, 400], [1, 1, 0, 0, 0, 0])).medians["median"][0])


def test_rare_durations_are_not_shown():
    days = [60] * 30 + [120] * 20 + [300] * 12 + [500] * 3
    found = flows.durations(spells(days, [1] * len(days), least=10))
    assert found.shares["suppressed"] == [False, False, True, True, False, False, False]


# Outcomes -------------------------------------------------------------------------------------------------


def four_groups(dropped, many=(40, 30, 20, 15)):
    rows = [
        (f"o{at}", f"{at}-{k}", "early" if k < dropped[at] else "planned", 4 + at + k % 3)
        for at in range(len(many))
        for k in range(many[at])
    ]
    frame = pd.DataFrame(rows, columns=["organisation", "client", "why", "grade"])
    return flows.event_log(
        frame.assign(start=0, end=50), client="client", organisation="organisation", start="start", end="end",
        end_reason="why", drop_out=["early"], outcomes=["grade"], min_count=5,
    )  # fmt: skip


def test_outcomes_by_hand():
    """Drop-out 20, 15, 10 and 10 of 40, 30, 20 and 15; the grade rises while the counts fall: τ = -1."""
    found = flows.outcomes(four_groups((20, 15, 10, 10)), permutations=999, seed=1)
    assert found.groups["trajectories"] == [40, 30, 20, 15]
    np.testing.assert_allclose(found.groups["drop_out"], [0.5, 0.5, 0.5, 2 / 3])
    # Wilson at one half of 40: .5 ± 1.96 √(.25/40 + 1.96²/(4·40²)) ÷ (1 + 1.96²/40)
    np.testing.assert_allclose(
        [found.groups["drop_out_lower"][0], found.groups["drop_out_upper"][0]], [0.351995, 0.648005], atol=5e-7
    )
    rows = {row["outcome"]: row for row in found.to_frame("agreement").to_dict("records")}
    assert rows["grade"]["tau"] == -1
    assert rows["grade"]["rho"] == -1
    # Of the 24 orders of four groups 2 are as extreme.
    assert 0.05 < rows["grade"]["p_tau"] < 0.12
    # Three pairs of equal drop-out; of the others all three are discordant: -3 ÷ √(6 · 3).
    np.testing.assert_allclose(rows["drop_out"]["tau"], -3 / np.sqrt(18))


def test_few_drop_outs_are_not_shown():
    found = flows.outcomes(four_groups((20, 15, 10, 2)), seed=1)
    # The 2 can't stand alone: who knows the sum would have it.
    assert np.isnan(found.groups["drop_out"]).tolist()[-1]
    assert np.isnan(found.groups["drop_out"]).sum() >= 2
    # Those that are shown alone would be those where many dropped out; all together would tell what is hidden.
    assert found.agreement["groups"][0] == 0
    assert found.groups["suppressed"] == [False] * 4


def test_one_who_comes_back_dropped_out_all_the_same():
    frame = pd.DataFrame(
        {"client": [1, 1, 2, 2], "organisation": list("abab"), "start": [0, 9, 0, 9], "end": [9, 20] * 2}
    )
    log = flows.event_log(
        frame.assign(why=["early", "planned"] * 2), client="client", organisation="organisation", start="start",
        end="end", end_reason="why", drop_out=["early"], min_count=2,
    )  # fmt: skip
    found = flows.outcomes(log, seed=1)
    assert found.groups["ended"] == [2, 2]
    assert found.groups["drop_out"] == [1, 0]


def test_a_reason_that_is_not_known_is_no_reason():
    frame = pd.DataFrame(
        {
            "client": range(8),
            "organisation": "a",
            "start": 0,
            "end": 9,
            "why": ["early"] * 2 + ["planned"] * 4 + [None] * 2,
        }
    )
    log = flows.event_log(
        frame, client="client", organisation="organisation", start="start", end="end", end_reason="why",
        drop_out=["early"], min_count=2,
    )  # fmt: skip
    found = flows.outcomes(log, seed=1)
    assert (found.groups["trajectories"], found.groups["ended"], found.groups["drop_out"]) == ([8], [6], [1 / 3])


def test_counts_can_be_rounded():
    found = flows.outcomes(four_groups((20, 15, 10, 10), many=(42, 33, 21, 18)), seed=1)
    assert found.groups["trajectories"] == [42, 33, 21, 18]
    log = flows.event_log(
        pd.DataFrame({"client": np.arange(23), "organisation": "a", "start": 0, "end": 9}), client="client",
        organisation="organisation", start="start", end="end", round_to=5,
    )  # fmt: skip
    assert flows.outcomes(log, seed=1).groups["trajectories"] == [25]
    assert repr(log).startswith("<EventLog: 25 trajectories of 25 clients")


# The log --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [
        lambda frame: frame,
        lambda frame: frame.assign(start=frame["start"].dt.tz_localize("Europe/Amsterdam")),
        lambda frame: frame.assign(start=[one.date() for one in frame["start"]]),
        lambda frame: frame.assign(
            start=frame["start"].dt.strftime("%Y-%m-%d"), end=frame["end"].dt.strftime("%Y-%m-%d").astype(object)
        ),
        pl.from_pandas,
        lambda frame: pl.from_pandas(frame).with_columns(pl.col("start").cast(pl.Date), pl.col("end").cast(pl.Date)),
        pa.Table.from_pandas,
    ],
    ids=["pandas", "time zone", "dates", "text", "polars", "polars dates", "pyarrow"],
)
def test_dates_of_every_kind(make):
    frame = table()
    day = pd.Timestamp("2019-01-01")
    frame["start"], frame["end"] = (day + pd.to_timedelta(frame[name], unit="D") for name in ("start", "end"))
    log = log_of(make(frame), last_day=dt.date(2019, 5, 1))
    part, plain = log._parts[0], log_of()._parts[0]
    offset = (day - pd.Timestamp(0)).days
    np.testing.assert_array_equal(part.start - offset, plain.start)
    np.testing.assert_array_equal(part.end - offset, plain.end)
    assert flows.levels(log).steps == flows.levels(log_of()).steps
    assert type(flows.levels(log).to_frame()) is type(make(frame))


BAD = [
    ({"end": "level"}, ArgumentError, "whole days, but row 0 holds other text"),
    ({"client": "klient"}, ColumnError, "did you mean 'client'"),
    ({"levels": None}, ArgumentError, "levels= must list the levels of care from light to heavy"),
    ({"levels": ["light", "middel", "heavy"]}, LabelError, "holds 'middle' .* did you mean 'middel'"),
    ({"level": None}, ArgumentError, "no column holds them; name it with level="),
    ({"last_day": 40}, ArgumentError, "start or end after last_day"),
    ({"last_day": "soon"}, ArgumentError, "last_day must be a whole number"),
    ({"organisations": ["gp", "teem", "clinic"]}, LabelError, "not among organisations=: 'team' .*did you mean 'teem'"),
    ({"organisations": ["gp", "gp"]}, LabelError, "lists 'gp' twice"),
    ({"drop_out": ["early"]}, ArgumentError, "name it with end_reason="),
    ({"outcomes": "grade"}, ArgumentError, "outcomes= is a list of columns"),
    ({"outcomes": ["level"]}, ArgumentError, "must hold finite numbers or be empty; row 0 does not"),
    ({"min_count": 1}, ArgumentError, "min_count must be a whole number of at least 2"),
    ({"overlaps": "drop"}, ArgumentError, 'overlaps must be "keep" or "error"'),
]  # fmt: skip


@pytest.mark.parametrize(("options", "error", "words"), BAD)
def test_bad_arguments(options, error, words):
    with pytest.raises(error, match=words):
        log_of(**options)


def test_bad_rows_are_named_by_number_and_never_by_client():
    cases = [
        (table().assign(end=lambda frame: frame["end"].where(frame.index != 3, -1)), "1 row end before they start"),
        (table().assign(start=lambda frame: frame["start"].where(frame.index != 3).astype(float)), "no day in the"),
        (table().assign(level=lambda frame: frame["level"].where(frame.index != 3, None)), "are empty in the column"),
        (table().assign(client=lambda frame: frame["client"].where(frame.index != 3, None)), "have no client"),
        (pd.concat([table(), table().iloc[[3]]], ignore_index=True), "list a trajectory that stands there already"),
    ]  # fmt: skip
    for frame, words in cases:
        with pytest.raises(ArgumentError, match=words) as caught:
            log_of(frame)
        assert "row" in str(caught.value)
        assert not any(f"{name} 1" in str(caught.value) for name in CLIENTS)
    with pytest.raises(LabelError) as caught:
        log_of(table().assign(client=lambda frame: frame["client"].where(frame.index != 3, 7).astype(object)))
    assert not any(f"{name} 1" in str(caught.value) for name in CLIENTS)


def test_overlaps_are_counted_or_refused():
    frame = pd.DataFrame({"client": [1, 1, 2, 2], "organisation": "a", "start": [0, 5, 0, 5], "end": [9, 12, 5, 9]})
    columns = {"client": "client", "organisation": "organisation", "start": "start", "end": "end", "min_count": 2}
    assert flows.event_log(frame, **columns).recipe[-1] == "overlaps at one organisation kept: under 2"
    with pytest.raises(ArgumentError, match=r"1 row start while the client is still .* \(row 1\)"):
        flows.event_log(frame, **columns, overlaps="error")


def test_reasons_that_do_not_fit():
    why = np.where(table()["end"].isna(), "planned", "early")
    with pytest.raises(ArgumentError, match="have a reason in 'why' but no end"):
        log_of(table(why=why), end_reason="why", drop_out=["early"])
    why = np.where(table()["end"].isna(), None, "early")
    with pytest.raises(ArgumentError, match=r"which the column 'why' does not hold; did you mean 'early'\?"):
        log_of(table(why=why), end_reason="why", drop_out=["earli"])
    with pytest.raises(ArgumentError, match="drop_out= must list"):
        log_of(table(why=why), end_reason="why")


def test_no_client_leaves():
    log = log_of(min_count=3)
    with pytest.raises(ArgumentError, match="holds clients"):
        pickle.dumps(log)
    results = [flows.levels(log), flows.durations(log, by="level"), flows.outcomes(log, seed=1), flows.referrals(log)]
    for one in [log, *results]:
        shown = repr(one) + one._repr_html_() + "".join(getattr(one, "recipe", ()))
        assert not any(f"{name} 1" in shown for name in CLIENTS)
    assert not any(np.asarray(part.client).dtype == object for part in log._parts)


def test_what_a_log_lacks_is_said():
    frame = table()
    log = flows.event_log(frame, client="client", organisation="organisation", start="start")
    for function in (flows.levels, flows.durations, flows.outcomes):
        with pytest.raises(ArgumentError, match="name the column with end="):
            function(log)
        with pytest.raises(ArgumentError, match="log must be an EventLog"):
            function(frame)
    with pytest.raises(ArgumentError, match="the log has no referrer"):
        flows.outcomes(log_of(), by="referrer")
    with pytest.raises(ArgumentError, match="needs window="):
        flows.referrals(log_of(), builder="binning")
    with pytest.raises(ArgumentError, match='builder must be "trace-route", "sliding window" or "binning"'):
        flows.referrals(log_of(), builder="binnig")
    with pytest.raises(ArgumentError, match="no rows"):
        log_of(frame[:0])


def test_pictures():
    found = flows.outcomes(four_groups((20, 15, 10, 10)), seed=1)
    for picture in (
        found.plot(),
        found.plot("grade", best="low"),
        flows.levels(log_of()).plot(title="x"),
        flows.durations(log_of()).plot(),
    ):
        assert picture.svg.startswith("<svg")
    with pytest.raises(ArgumentError, match="outcome must be one of 'drop_out', 'grade'"):
        found.plot("grades")
    with pytest.raises(ArgumentError, match="the log has one"):
        found.plot(place="north")


def test_shares_are_those_of_rounded_counts():
    found = flows.durations(spells([60] * 33 + [120] * 34, [1] * 67, least=5, round_to=5)).to_frame("shares")
    np.testing.assert_allclose(found["ended_only"][:2], [35 / 65, 35 / 65])
    np.testing.assert_allclose(found["share"][:2], [35 / 65, 35 / 65])


def test_messages_list_no_column_of_clients():
    frame = table().assign(why=[f"secret {k}" if k != 2 else None for k in range(len(table()))])
    for drop_out in ((), ("early",)):
        with pytest.raises(ArgumentError) as error:
            log_of(frame, end_reason="why", drop_out=list(drop_out))
        assert str(error.value).count("secret") <= 6

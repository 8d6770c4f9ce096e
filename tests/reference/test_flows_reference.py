"""Flows against statsmodels, scipy, pandas and networkx."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau, spearmanr, t
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint

from flow_logs import EARLY, log_of, table_of
from wholenet import flows
from wholenet.flows._agreement import agreement
from wholenet.flows._survival import Survival


@pytest.mark.parametrize("seed", range(20))
def test_survival_is_that_of_statsmodels(seed):
    random = np.random.default_rng(seed)
    days = random.integers(1, 400, int(random.integers(15, 200)))
    ended = random.random(len(days)) < random.uniform(0.3, 0.95)
    ours, theirs = Survival.of(days, ended), SurvfuncRight(days, ended)
    # Products in another order.
    np.testing.assert_allclose(ours.share, theirs.surv_prob, rtol=1e-12, atol=1e-12)
    inner = ours.share > 1e-12
    np.testing.assert_allclose(np.sqrt(ours.variance[inner]), theirs.surv_prob_se[inner], rtol=1e-9)
    middle, lower, upper = ours.median(0.95)
    if not np.isclose(theirs.surv_prob, 0.5).any():  # of half exactly statsmodels takes the next day
        np.testing.assert_equal(middle, theirs.quantile(0.5))
    if inner.all():  # at a share of 0 statsmodels divides by zero
        wanted = theirs.quantile_ci(0.5, method="cloglog")
        np.testing.assert_equal((lower, upper), wanted)


@pytest.mark.parametrize("seed", range(20))
def test_agreement_is_that_of_scipy(seed):
    random = np.random.default_rng(seed)
    x, y = random.integers(0, 12, 15).astype(float), random.integers(0, 6, 15) / 2
    found = agreement(x, y, 1999, seed, 0, None, progress=False)
    np.testing.assert_allclose(found.tau, kendalltau(x, y).statistic, rtol=1e-12)
    np.testing.assert_allclose(found.rho, spearmanr(x, y).statistic, rtol=1e-12)
    # Scipy's p is that of the normal distribution here; 1,999 permutations err by .022 two times in a hundred.
    assert abs(found.p_tau - kendalltau(x, y, method="asymptotic").pvalue) < 0.05


def test_outcomes_are_those_of_pandas():
    table = table_of(4, clients=400, events=1000)
    found = flows.outcomes(log_of(table), by="referrer", permutations=9, seed=1).to_frame().set_index("referrer")
    for name, rows in table.groupby("referrer"):
        row = found.loc[name]
        if row["suppressed"]:
            assert rows["client"].nunique() < 400
            continue
        assert (row["trajectories"], row["clients"]) == (len(rows), rows["client"].nunique())
        grades = rows["grade"].dropna()
        if not np.isnan(row["grade"]):
            assert row["grade_answered"] == len(grades)
            half = t.ppf(0.975, len(grades) - 1) * grades.std() / np.sqrt(len(grades))
            wanted = [grades.mean(), grades.mean() - half, grades.mean() + half]
            # The quantile of t is found by halving.
            np.testing.assert_allclose(row[["grade", "grade_lower", "grade_upper"]].tolist(), wanted, rtol=1e-9)
        if not np.isnan(row["drop_out"]):
            last = rows[rows["reason"].notna()]
            dropped = last["reason"].isin(EARLY).sum()
            assert row["ended"] == len(last)
            wanted = [dropped / len(last), *proportion_confint(dropped, len(last), method="wilson")]
            got = row[["drop_out", "drop_out_lower", "drop_out_upper"]].tolist()
            np.testing.assert_allclose(got, wanted, rtol=1e-9)  # the quantile of the normal distribution
    assert not found["suppressed"].all()


def test_volumes_are_those_of_pandas_and_networkx():
    table = table_of(7, clients=500, events=1500, organisations=4)
    log = log_of(table, min_count=2)
    ordered = table.sort_values(["client", "start"])
    after = ordered.groupby("client")["organisation"].shift(-1)
    pairs = pd.DataFrame({"client": ordered["client"], "source": ordered["organisation"], "target": after}).dropna()
    pairs = pairs[pairs["source"] != pairs["target"]]
    for count, sums in (("clients", "nunique"), ("handovers", "size")):
        graph = nx.DiGraph()
        for (source, target), value in pairs.groupby(["source", "target"])["client"].agg(sums).items():
            graph.add_edge(source, target, weight=value)
        wanted = nx.to_numpy_array(graph, nodelist=log.organisations)
        found = flows.referrals(log, count=count).to_matrix()
        assert np.nansum(np.abs(found)) > 0
        known = ~np.isnan(found)
        np.testing.assert_array_equal(found[known], wanted[known])

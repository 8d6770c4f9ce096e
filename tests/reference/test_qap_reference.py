"""QAP correlations and regressions beside R's sna 2.7.1 (`../shared/reference/qap.json`)."""

import csv
import json

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from reference_case import HERE, MISSING, SHARED
from wholenet.inference import absdiff, mrqap, qap_correlation, same

pytestmark = pytest.mark.skipif(not HERE, reason=MISSING)

VALUES = json.loads((SHARED / "reference" / "qap.json").read_text(encoding="utf-8")) if HERE else {}
FOLDERS = {"krackhardt": "krackhardt_hightech", "knoke": "knoke_bureaucracies", "florentine": "padgett_florentine"}


def network(study, relation):
    folder = SHARED / "data" / FOLDERS[study]
    actors = pd.read_csv(folder / "nodes.csv")
    with (folder / "edges.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["relation"] == relation]
    ties = ([int(row["source"]) for row in rows], [int(row["target"]) for row in rows])
    return wn.Network.from_edges(ties, actors, directed=study != "florentine")


def regressions(kind):
    return [pytest.param(one, id=f"{one['name']} {one['call']}") for one in VALUES.get(kind, [])]


def monte_carlo(p, reps):
    """Four standard errors of the difference of two estimates of p, and the 1 that we add to both sides."""
    return 4 * np.sqrt(max(p * (1 - p), 1 / reps) * (1 / reps + 1 / 10_000)) + 1 / 10_000


@pytest.mark.parametrize("one", [pytest.param(one, id=one["name"]) for one in VALUES.get("qap_correlation", [])])
def test_qap_correlation(one):
    study, first, _, second = one["name"].split()
    found = qap_correlation(network(study, first), network(study, second), permutations=10_000, seed=1)
    assert found.estimate == pytest.approx(one["obs"], abs=1e-12)
    assert found.p_upper == pytest.approx(one["p_ge"], abs=monte_carlo(one["p_ge"], 10_000))
    assert found.p_lower == pytest.approx(one["p_le"], abs=monte_carlo(one["p_le"], 10_000))
    sd = one["dist_sd"]
    # Of 10,000 draws each the means differ by .014 sd, the standard deviations by about .01 sd.
    assert found.distribution.mean() == pytest.approx(one["dist_mean"], abs=0.06 * sd)
    assert found.distribution.std() == pytest.approx(sd, rel=0.05)


def model(one):
    if one["name"] == "krackhardt":
        y = network("krackhardt", "advice")
        relations = {name: network("krackhardt", name) for name in ("friendship", "reports_to")}
        return y, {**relations, "same_dept": same("dept"), "age_diff": absdiff("age")}
    y = network("florentine", "business")
    wealth = y.attribute("wealth").astype(float)
    words = {"wealth_diff": absdiff("wealth"), "wealth_sum": wealth[:, None] + wealth[None, :]}
    return y, {"marriage": network("florentine", "marriage"), **words}


def compared(one, found):
    np.testing.assert_allclose(found.estimate, one["coef"], atol=1e-8)
    # R ends a logistic fit at a change of the deviance of 1e-8, and takes standard errors of the step before.
    np.testing.assert_allclose(found.t, one["tstat"], rtol=1e-4 if found.family == "logistic" else 1e-10)
    assert found.n == one["n"]
    reps = int(one["call"].rpartition("= ")[2].rstrip(")"))
    if "classical" in one["call"]:
        return
    if one["name"] == "florentine":  # see test_undirected_residuals
        return
    # sna permutes an intercept, or does not, in its own way.
    for ours, theirs in ((found.p_lower, "p_le"), (found.p_upper, "p_ge"), (found.p_two_sided, "p_two")):
        for place, p in enumerate(ours[1:], 1):
            if "qapx" in one["call"] and np.isnan(p):
                continue
            assert p == pytest.approx(one[theirs][place], abs=monte_carlo(one[theirs][place], reps)), found.terms[place]


METHODS = {"qapspp": "dsp", "qapy": "y", "qapx'": "x", "classical": "dsp"}


def method_of(call):
    return next((method for word, method in METHODS.items() if word in call), None)


@pytest.mark.parametrize("one", regressions("netlm"))
def test_linear(one):
    method = method_of(one["call"])
    if method is None:
        pytest.skip("sna's qapallx, all predictors permuted together, has no counterpart here: y does the same")
    y, predictors = model(one)
    found = mrqap(y, predictors, method=method, permutations=10_000, seed=1)
    compared(one, found)
    assert found.r_squared == pytest.approx(one["r2"], abs=1e-10)


def test_undirected_residuals():
    """Where sna's p differs: its residuals of undirected relations fill one triangle, ours both."""
    one = next(one for one in VALUES["netlm"] if one["name"] == "florentine")
    y, predictors = model(one)
    outcome, marriage = y.to_matrix(), predictors["marriage"].to_matrix()
    wealth = y.attribute("wealth").astype(float)
    apart, total = np.abs(wealth[:, None] - wealth), predictors["wealth_sum"]
    below = np.tril_indices(16, -1)
    others = np.column_stack([np.ones(120), marriage[below], total[below]])
    slopes = np.linalg.lstsq(others, apart[below], rcond=None)[0]
    left = apart - slopes[0] - slopes[1] * marriage - slopes[2] * total

    def t(column):
        x = np.column_stack([others, column[below]])
        beta, rest = np.linalg.lstsq(x, outcome[below], rcond=None)[:2]
        return beta[3] / np.sqrt(rest[0] / 116 * np.linalg.inv(x.T @ x)[3, 3])

    generator, observed, shares = np.random.default_rng(1), t(apart), []
    for matrix in (left, np.tril(left, -1)):
        orders = [generator.permutation(16) for _ in range(4000)]
        shares.append(np.mean([t(matrix[np.ix_(order, order)]) <= observed for order in orders]))
    ours = mrqap(y, predictors, permutations=10_000, seed=1).p_lower[2]
    # Four standard errors of shares of 4,000, and of 2,000.
    assert shares[0] == pytest.approx(ours, abs=4 * np.sqrt(0.035 / 4000))
    assert shares[1] == pytest.approx(one["p_le"][2], abs=4 * np.sqrt(0.022 / 2000))
    assert ours > one["p_le"][2] + 0.01


@pytest.mark.parametrize("one", regressions("netlogit"))
def test_logistic(one):
    y, predictors = model(one)
    found = mrqap(y, predictors, family="logistic", method=method_of(one["call"]), permutations=10_000, seed=1)
    compared(one, found)
    assert found.deviance == pytest.approx(one["deviance"], abs=1e-6)
    assert found.aic == pytest.approx(one["aic"], abs=1e-6)
    # sna's null deviance is that of a model without an intercept, 2·N·log 2; ours is that of the intercept alone.
    assert one["null_deviance"] == pytest.approx(2 * one["n"] * np.log(2))

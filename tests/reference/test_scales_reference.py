"""Scorecards beside published figures, scipy and statsmodels."""

import numpy as np
import pandas as pd
import pytest

from wholenet._student import two_sided
from wholenet.survey import scales
from wholenet.survey.scales import Scale
from wholenet.survey.scales._agreement import SKEWED, anova
from wholenet.survey.scales._coefficients import one_factor

stats = pytest.importorskip("scipy.stats")
factor = pytest.importorskip("statsmodels.multivariate.factor")
smf = pytest.importorskip("statsmodels.formula.api")
stm = pytest.importorskip("statsmodels.stats.anova")

# Shrout, P. E. & Fleiss, J. L. (1979). Psychological Bulletin 86, 420-428, doi:10.1037/0033-2909.86.2.420: four ratings
# of six targets (table 2), mean squares (table 3), correlations (table 4).
RATINGS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
BETWEEN, WITHIN, ICC_1_1, ICC_1_4, ICC_3_4 = 11.24, 6.26, 0.17, 0.44, 0.91
# What pingouin 0.7.0 gives for the same ratings: intraclass_corr(long, "target", "rater", "rating"), rows ICC(1,1) and
# ICC(1,k), which rounds intervals to two digits; cronbach_alpha(wide, ci=.95 and .9), which rounds them to three.
PINGOUIN = {"icc": 0.165742, "k": 0.442797, "f": 1.794678, "p": 0.164769, "ends": (-0.13, 0.72)}
PINGOUIN_ALPHA, PINGOUIN_ENDS, PINGOUIN_ENDS_90 = 0.9093155423770694, (0.676, 0.986), (0.737, 0.98)
# LeBreton, J. M. & Senter, J. L. (2008). Organizational Research Methods 11, 815-852, doi:10.1177/1094428106296642,
# table 2: variances of the null for five answers.
NULLS = {"uniform": 2.00, "slight skew": 1.34, "moderate skew": 0.90, "heavy skew": 0.44}


def ratings():
    """One row for each rating, as respondents of six groups."""
    return pd.DataFrame({"target": np.repeat(range(6), 4), "rating": RATINGS.ravel()})


def test_shrout_and_fleiss():
    found = anova(ratings()["rating"].to_numpy(dtype=float), ratings()["target"].to_numpy())
    assert (round(found.between, 2), round(found.within, 2), found.size) == (BETWEEN, WITHIN, 4)
    row = scales.agreement(ratings(), Scale("r", ["rating"], high=10), group="target").to_frame().iloc[0]
    assert (round(row["icc1"], 2), round(row["icc2"], 2)) == (ICC_1_1, ICC_1_4)
    assert row["icc1"] == pytest.approx(PINGOUIN["icc"], abs=5e-7)
    assert row["icc2"] == pytest.approx(PINGOUIN["k"], abs=5e-7)
    assert (row["f"], row["p"]) == (pytest.approx(PINGOUIN["f"], abs=5e-7), pytest.approx(PINGOUIN["p"], abs=5e-7))
    assert (round(row["lower"], 2), round(row["upper"], 2)) == PINGOUIN["ends"]


@pytest.mark.parametrize(("confidence", "ends"), [(0.95, PINGOUIN_ENDS), (0.9, PINGOUIN_ENDS_90)])
def test_alpha_is_icc_3_k(confidence, ends):
    """Judges as items: Shrout and Fleiss's ICC(3, 4) is Cronbach's alpha."""
    table = pd.DataFrame(RATINGS, columns=list("abcd"))
    row = scales.reliability(table, Scale("r", list("abcd"), high=10), confidence=confidence).to_frame().iloc[0]
    assert round(row["alpha"], 2) == ICC_3_4
    assert row["alpha"] == pytest.approx(PINGOUIN_ALPHA, abs=1e-12)
    assert (round(row["lower"], 3), round(row["upper"], 3)) == ends


@pytest.mark.parametrize("null", NULLS)
def test_nulls_of_lebreton_and_senter(null):
    """Answers 1 and 3 have a variance of 2, so that q is 2 ÷ that of the null."""
    table = pd.DataFrame({"place": ["a", "a"], "x": [1, 3]})
    q = scales.agreement(table, Scale("x", ["x"]), group="place", null=null).groups["q"][0]
    assert round(2 / q, 2) == NULLS[null]
    assert null == "uniform" or sum(SKEWED[null]) == pytest.approx(1)


def test_analysis_of_variance_of_unequal_groups():
    random = np.random.default_rng(5)
    codes = np.repeat([0, 1, 2, 3], [3, 9, 1, 7])
    scores = random.integers(1, 6, len(codes)).astype(float)
    fitted = smf.ols("y ~ C(g)", pd.DataFrame({"y": scores, "g": codes})).fit()
    wanted = stm.anova_lm(fitted)
    found = anova(scores, codes)
    np.testing.assert_allclose([found.between, found.within], wanted["mean_sq"], rtol=1e-10)
    row = found.row(0.95)
    np.testing.assert_allclose(row[3:5], wanted.loc["C(g)", ["F", "PR(>F)"]].astype(float), rtol=1e-10)
    np.testing.assert_allclose(row[3:5], stats.f_oneway(*[scores[codes == g] for g in range(4)]), rtol=1e-10)


def test_loadings_are_those_of_statsmodels_from_raw_data():
    random = np.random.default_rng(6)
    cause = random.standard_normal((300, 1))
    items = cause * [0.9, 0.8, 0.6, 0.5, 0.7] + random.standard_normal((300, 5)) * [0.5, 0.6, 0.8, 0.9, 0.7]
    wanted = factor.Factor(items, n_factor=1, method="ml").fit().loadings[:, 0]
    found = one_factor(items) / items.std(axis=0, ddof=1)
    # Both start from the same correlations but for rounding; the optimizer stops within about 1e-6.
    np.testing.assert_allclose(np.abs(found), np.abs(wanted), atol=1e-5)


def test_scores_and_change_beside_scipy():
    random = np.random.default_rng(7)
    values = random.integers(1, 6, (2, 25)).astype(float)
    table = pd.DataFrame(
        {
            "wave": np.repeat([1, 2], 25),
            "organisation": [f"o{at}" for at in range(25)] * 2,
            "x": values.ravel(),
        }
    )
    card = Scale("x", ["x"])
    scores = scales.scores(table, card, by="wave", respondent=None).to_frame()
    for row, own in zip(scores.to_dict("records"), values, strict=True):
        ends = stats.t.interval(0.95, 24, own.mean(), stats.sem(own))
        np.testing.assert_allclose([row["lower"], row["upper"]], ends, rtol=1e-9)
    found = scales.change(table, card, place=(), respondent=None).to_frame().iloc[0]
    wanted = stats.ttest_rel(values[1], values[0])
    assert found["p"] == pytest.approx(wanted.pvalue, rel=1e-9)
    np.testing.assert_allclose([found["lower"], found["upper"]], wanted.confidence_interval(), rtol=1e-9)


@pytest.mark.parametrize("df", [1, 2, 7, 29, 143, 1e4])
@pytest.mark.parametrize("t", [0.0, -0.3, 2.1, -6.0, 40.0, np.inf])
def test_two_sided_p(t, df):
    assert two_sided(t, df) == pytest.approx(2 * stats.t.sf(abs(t), df), rel=1e-8, abs=1e-300)


def test_correlations_beside_scipy():
    import wholenet as wn

    random = np.random.default_rng(8)
    n = 30
    labels = [f"a{at}" for at in range(n)]
    ends = random.integers(n, size=(120, 2))
    actors = pd.DataFrame({"name": labels})
    pick = np.array(labels)
    net = wn.Network.from_edges((pick[ends[:, 0]], pick[ends[:, 1]]), actors, loops="drop", duplicates="first")
    values = random.integers(1, 6, n).astype(float)
    table = pd.DataFrame({"organisation": labels, "x": values})
    found = scales.position(
        scales.scores(table, Scale("x", ["x"]), by=(), respondent=None), net, permutations=20_000, seed=1
    ).rows
    degree = wn.centrality.degree(net, mode="in")
    pearson, spearman = stats.pearsonr(values, degree), stats.spearmanr(values, degree)
    assert found["pearson"][0] == pytest.approx(pearson.statistic, abs=1e-12)
    assert found["spearman"][0] == pytest.approx(spearman.statistic, abs=1e-12)
    # The t-test of Pearson's r is nearly its permutation test with 30 actors; the draws add a standard error of .0035.
    assert found["p_pearson"][0] == pytest.approx(pearson.pvalue, abs=0.03)

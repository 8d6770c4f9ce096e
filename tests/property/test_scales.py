"""Laws of scorecards."""

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet.survey import scales
from wholenet.survey.scales import Scale
from wholenet.survey.scales._agreement import anova
from wholenet.survey.scales._coefficients import against, alpha, one_factor
from wholenet.survey.scales._placed import correlations

# Sums of squares of answers from 1 to 5 of at most 60 respondents, divided by variances of at least 1/60.
CLOSE = 1e-8
# Estimates of an optimizer.
NEAR = 2e-3


def likert(seed, n, k, loading=0.7, cluster=0.0, groups=1):
    """Answers from 1 to 5 that share a cause, and one that members of a group share."""
    random = np.random.default_rng(seed)
    codes = random.integers(groups, size=n)
    cause = random.standard_normal(n) + cluster * random.standard_normal(groups)[codes]
    noise = random.standard_normal((n, k))
    return np.clip(np.round(3 + 1.2 * (loading * cause[:, None] + np.sqrt(1 - loading**2) * noise)), 1, 5), codes


sizes = st.tuples(st.integers(0, 10_000), st.integers(12, 60), st.integers(2, 6))


def table_of(values, codes=0):
    columns = {f"i{at}": column for at, column in enumerate(values.T)}
    return pd.DataFrame({"place": codes, **columns})


def scale_of(k, **options):
    return Scale("s", [f"i{at}" for at in range(k)], **options)


@settings(deadline=None, max_examples=60)
@given(sizes)
def test_alpha_is_the_mean_covariance_as_a_share_of_the_mean_of_all_cells(size):
    """k²·mean covariance ÷ variance of the sum, which is the same as k ÷ (k - 1) · (1 - Σ s² ÷ s²)."""
    values, _ = likert(*size)
    k = values.shape[1]
    cells = np.cov(values.T)
    between = (cells.sum() - np.trace(cells)) / (k * (k - 1))
    assert abs(alpha(values) - k**2 * between / cells.sum()) < CLOSE


@settings(deadline=None, max_examples=40)
@given(sizes)
def test_alpha_of_two_items_with_equal_variances_is_their_correlation_stepped_up(size):
    """Spearman and Brown: 2r ÷ (1 + r)."""
    values, _ = likert(*size)
    pair = (values[:, :2] - values[:, :2].mean(axis=0)) / values[:, :2].std(axis=0)
    r = float(np.corrcoef(values[:, 0], values[:, 1])[0, 1])
    assert abs(alpha(pair) - 2 * r / (1 + r)) < CLOSE * 10 / (1 + r)


@settings(deadline=None, max_examples=25)
@given(sizes, st.randoms(use_true_random=False))
def test_order_of_respondents_and_shifts_do_not_matter_and_turning_twice_is_nothing(size, random):
    values, codes = likert(*size, groups=3)
    n, k = values.shape
    order = random.sample(range(n), n)
    first = scales.reliability(table_of(values), scale_of(k)).scales
    mixed = scales.reliability(table_of(values[order]), scale_of(k)).scales
    shifted = scales.reliability(table_of(values + 10), scale_of(k, low=11, high=15)).scales
    turned = scales.reliability(table_of(6 - values), scale_of(k, reversed=[f"i{at}" for at in range(k)])).scales
    for one in ("alpha", "lower", "upper"):
        for other in (mixed, shifted, turned):
            np.testing.assert_allclose(other[one], first[one], atol=CLOSE)
    agreed = [
        scales.agreement(table, card, group="place")
        for table, card in (
            (table_of(values, codes), scale_of(k)),
            (table_of(values[order], codes[order]), scale_of(k)),
            (table_of(values + 10, codes), scale_of(k, low=11, high=15)),
            (table_of(6 - values, codes), scale_of(k, reversed=[f"i{at}" for at in range(k)])),
        )
    ]
    for other in agreed[1:]:
        np.testing.assert_allclose(other.scales["icc1"], agreed[0].scales["icc1"], atol=CLOSE)
        np.testing.assert_allclose(other.parts["rwg"], agreed[0].parts["rwg"], atol=CLOSE)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_omega_of_three_items_has_a_closed_form(seed):
    """Loadings are √(r12·r13 ÷ r23) and so on, where these are below 1."""
    values, _ = likert(seed, 60, 3)
    r = np.corrcoef(values.T)
    wanted = np.sqrt([r[0, 1] * r[0, 2] / r[1, 2], r[0, 1] * r[1, 2] / r[0, 2], r[0, 2] * r[1, 2] / r[0, 1]])
    assume(np.isfinite(wanted).all() and (wanted < 0.95).all() and (r > 0.05).all())
    found = one_factor(values)
    np.testing.assert_allclose(np.abs(found) / values.std(axis=0, ddof=1), wanted, atol=NEAR)
    omega = scales.reliability(table_of(values), scale_of(3)).scales["omega"][0]
    # Alpha is a lower bound where the model holds.
    assert omega >= alpha(values) - NEAR


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(3, 6), st.data())
def test_the_item_that_was_turned_is_found(seed, k, data):
    values, _ = likert(seed, 400, k, loading=0.85)
    which = data.draw(st.integers(0, k - 1))
    values[:, which] = 6 - values[:, which]
    assert [at for at, _ in against(values)] == [which]
    values[:, which] = 6 - values[:, which]
    assert against(values) == []


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(4, 11), st.integers(5, 30))
def test_each_item_is_named_once_and_goes_against_the_others(seed, k, n):
    """Also where items have nothing to do with each other, so that any may come next."""
    values = np.random.default_rng(seed).integers(1, 6, size=(n, k)).astype(float)
    found = against(values)
    assert len({at for at, _ in found}) == len(found)
    turned = values.copy()
    for at, correlation in found:
        others = np.delete(turned, at, axis=1).sum(axis=1)
        assert correlation < 0
        assert abs(np.corrcoef(turned[:, at], others)[0, 1] - correlation) < CLOSE
        turned[:, at] *= -1


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_scores_that_are_equal_on_paper_share_a_rank(seed):
    """Means of thirds and halves are rounded; ranks are those of the fractions, whatever the order of rows."""
    random = np.random.default_rng(seed)
    rows = [(f"o{at}", *random.integers(1, 6, size=3)) for at in range(20) for _ in range(random.integers(1, 4))]
    table = pd.DataFrame(rows, columns=["organisation", "i0", "i1", "i2"])
    totals = table.set_index("organisation").sum(axis=1).groupby(level=0)
    exact = [Fraction(int(totals.sum()[f"o{at}"]), 3 * int(totals.size()[f"o{at}"])) for at in range(20)]
    assume(len(set(exact)) > 1)
    places = random.integers(0, 4, size=20)
    assume(np.ptp(places) > 0)
    net = wn.Network.from_edges((["o0"], ["o1"]), pd.DataFrame({"name": [f"o{at}" for at in range(20)]}))
    for own in (table, table.sample(frac=1, random_state=seed)):
        scores = scales.scores(own, scale_of(3), by=(), respondent=None)
        found = scales.position(scores, net, measure=places, permutations=1, seed=1, progress=False)
        wanted = pd.Series(exact).map({one: rank for rank, one in enumerate(sorted(set(exact)))}).rank()
        assert abs(wanted.corr(pd.Series(places).rank()) - found.rows["spearman"][0]) < CLOSE


@settings(deadline=None, max_examples=60)
@given(sizes, st.integers(2, 6))
def test_icc2_is_icc1_stepped_up_and_mean_squares_add_up(size, groups):
    values, codes = likert(*size, cluster=0.5, groups=groups)
    scores = values.mean(axis=1)
    assume(len(np.unique(codes)) > 1)
    found = anova(scores, codes)
    assume(found.within > 0 and found.between > 0)
    icc1 = found.icc(found.ratio)
    icc2 = (found.between - found.within) / found.between
    assert abs(found.size * icc1 / (1 + (found.size - 1) * icc1) - icc2) < CLOSE * max(1, abs(icc2))
    total = found.between * (found.groups - 1) + found.within * (found.n - found.groups)
    assert abs(total - ((scores - scores.mean()) ** 2).sum()) < CLOSE
    assert min(np.bincount(codes)[np.unique(codes)]) <= found.size <= max(np.bincount(codes))


@settings(deadline=None, max_examples=60)
@given(sizes)
def test_rwg_of_j_items_is_that_of_their_mean_variance_stepped_up(size):
    """Spearman and Brown again, of 1 - q; between 0 and 1, and at least that of a single item."""
    values, codes = likert(*size, groups=4)
    j = values.shape[1]
    parts = scales.agreement(table_of(values, codes), scale_of(j), group="place").groups
    q, rwg = parts["q"].to_numpy(), parts["rwg"].to_numpy()
    one = np.maximum(1 - q, 0)
    np.testing.assert_allclose(rwg, j * one / (1 + (j - 1) * one), atol=CLOSE)
    known = ~np.isnan(q)
    assert ((rwg[known] >= one[known] - CLOSE) & (rwg[known] <= 1)).all()


def surveys(seed, places=2, organisations=6):
    """Two waves of organisations with one to three respondents, some of whom leave items out."""
    random = np.random.default_rng(seed)
    rows = []
    for place in range(places):
        for wave in (1, 2):
            for organisation in range(organisations):
                if random.random() < 0.3:
                    continue
                for person in range(random.integers(1, 4)):
                    given_answers = random.integers(1, 6, size=3).astype(float)
                    given_answers[random.random(3) < 0.15] = np.nan
                    rows.append((f"p{place}", wave, f"o{organisation}", person, *given_answers))
    names = ["municipality", "wave", "organisation", "respondent", "i0", "i1", "i2"]
    return pd.DataFrame(rows, columns=names)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_scores_are_what_group_by_gives(seed):
    table = surveys(seed)
    assume(table.groupby(["municipality", "wave"]).ngroups == 4)
    items = table[["i0", "i1", "i2"]]
    table["s"] = items.mean(axis=1).where(items.notna().sum(axis=1) >= 2)
    keys = ["municipality", "wave"]
    organisations = table.groupby([*keys, "organisation"])["s"].mean()
    found = scales.scores(table, scale_of(3, least=2)).to_frame().set_index(keys)
    np.testing.assert_allclose(found["score"], organisations.groupby(keys).mean(), atol=CLOSE)
    np.testing.assert_allclose(found["sd"], organisations.groupby(keys).std(), atol=CLOSE)
    persons = scales.scores(table, scale_of(3, least=2), unit="respondent").to_frame().set_index(keys)
    np.testing.assert_allclose(persons["score"], table.groupby(keys)["s"].mean(), atol=CLOSE)
    assert (found["respondents"] + found["without"]).tolist() == table.groupby(keys).size().tolist()
    mixed = scales.scores(table.sample(frac=1, random_state=seed), scale_of(3, least=2))
    np.testing.assert_allclose(mixed.rows["score"], found["score"], atol=CLOSE)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_change_turns_with_the_waves_and_is_that_of_the_pairs(seed):
    table = surveys(seed)
    card = scale_of(3, least=1)
    wide = table.assign(s=table[["i0", "i1", "i2"]].mean(axis=1)).pivot_table(
        index=["municipality", "organisation"], columns="wave", values="s"
    )
    assume(set(wide.columns) == {1, 2})
    pairs = wide.dropna()
    assume(len(pairs) > 1)
    there = scales.change(table, card, together=True).rows
    back = scales.change(table, card, together=True, between=(2, 1)).rows
    assert there["pairs"] == [len(pairs)]
    np.testing.assert_allclose(there["difference"], (pairs[2] - pairs[1]).mean(), atol=CLOSE)
    np.testing.assert_allclose(back["difference"], -np.array(there["difference"]), atol=CLOSE)
    np.testing.assert_allclose(back["p"], there["p"], atol=CLOSE)
    np.testing.assert_allclose(back["lower"], -np.array(there["upper"]), atol=CLOSE)


def placed(seed, n=40):
    random = np.random.default_rng(seed)
    ends = random.integers(n, size=(160, 2))
    actors = pd.DataFrame({"name": [f"a{at}" for at in range(n)]})
    labels = actors["name"].to_numpy()
    net = wn.Network.from_edges((labels[ends[:, 0]], labels[ends[:, 1]]), actors, loops="drop", duplicates="first")
    table = pd.DataFrame({"organisation": labels, "i0": random.integers(1, 6, n), "i1": random.integers(1, 6, n)})
    table.loc[random.random(n) < 0.3, "i0"] = None
    card = scales.Scorecard("c", [Scale("x", ["i0"]), Scale("y", ["i1"]), Scale("both", ["i0", "i1"])])
    return scales.scores(table, card, by=(), respondent=None), net


@pytest.mark.parametrize(
    ("scores", "places"), [([1, 2, 2, 3, 5, 4], [1, 0, 2, 2, 3, 1]), ([1, 1, 1, 1, 1, 5], [0, 0, 0, 0, 0, 3])]
)
def test_draws_by_brute_force(scores, places):
    """All 720 orders of six scores: the share as far from 0 is within five standard errors of the p of 5,000 draws."""
    scores, places = np.array(scores, dtype=float), np.array(places, dtype=float)
    net = wn.Network.from_edges((list("abcdef"), list("bcdefa")))
    table = pd.DataFrame({"organisation": list("abcdef"), "i0": scores})
    found = scales.position(
        scales.scores(table, scale_of(1), by=(), respondent=None), net, measure=places, permutations=5_000, seed=3
    )
    every = correlations(scores[:, None], places)(np.array(list(permutations(range(6)))))
    for at, kind in enumerate(("pearson", "spearman")):
        exact = (np.abs(every[:, at]) >= abs(every[0, at]) - 1e-12).mean()
        assert abs(found.rows[f"p_{kind}"][0] - exact) < 5 * np.sqrt(exact * (1 - exact) / 5_000) + 1e-4
        assert abs(found.rows[kind][0] - every[0, at]) < CLOSE


def test_the_same_bits_with_any_executor():
    scores, net = placed(4)
    alone = scales.position(scores, net, permutations=200, seed=7)
    with ThreadPoolExecutor(3) as pool:
        shared = scales.position(scores, net, permutations=200, seed=7, executor=pool)
    assert shared.rows == alone.rows
    assert alone.rows["organisations"][0] < alone.rows["organisations"][1] == 40


def test_scales_of_the_same_organisations_share_draws_and_get_the_same_as_alone():
    scores, net = placed(5)
    found = scales.position(scores, net, permutations=200, seed=7).rows
    table = scores.organisations.assign(i=scores.organisations["y"])
    alone = scales.scores(table, Scale("y", ["i"]), by=(), respondent=None)
    one = scales.position(alone, net, permutations=200, seed=7).rows
    for name in ("pearson", "p_pearson", "spearman", "p_spearman"):
        assert one[name][0] == found[name][1]

"""Tests of actors' outcomes against all permutations there are, and how often they reject what is true."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

import wholenet as wn
from wholenet.inference import (
    geary,
    join_count,
    moran,
    permutation_anova,
    permutation_regression,
    permutation_ttest,
)
from wholenet.testing import networks

DRAWS = 2000
# A share of 2,000 draws strays by this much from its probability less often than once in 10 million.
NEAR = 0.06
NETS = networks(min_actors=3, max_actors=6)
NUMBERS = st.sampled_from([-2.0, 0.0, 0.5, 1.0, 3.0, 7.0])
SEEDS = st.integers(0, 2**64 - 1)


def with_values(strategy=NUMBERS):
    return NETS.flatmap(
        lambda net: st.tuples(st.just(net), st.lists(strategy, min_size=net.n_actors, max_size=net.n_actors))
    )


def weights_of(net, kind):
    """What is known of ties to others, 0 elsewhere; rows divided if asked."""
    matrix = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(matrix, 0)
    return matrix / np.where(matrix.sum(axis=1) > 0, matrix.sum(axis=1), 1)[:, None] if kind == "row" else matrix


def orders_of(net):
    """Orders of the actors that permute those who answered among each other, and those who did not."""
    silent = np.array([label in net.missing.non_respondents for label in net.labels.tolist()])
    gone = np.isnan(net.to_matrix()) | np.eye(net.n_actors, dtype=bool)
    rows, columns = gone.all(axis=1), gone.all(axis=0)
    kinds = (silent & (np.isnan(net.to_matrix()).any(axis=1) | rows)) + 2 * rows + 4 * columns
    kinds = kinds if net.missing.dyads else 0 * kinds
    return [order for order in permutations(range(net.n_actors)) if (kinds[list(order)] == kinds).all()]


def i_of(w, x):
    z = x - x.mean()
    return len(x) / w.sum() * (z @ w @ z) / (z @ z)


def c_of(w, x):
    return (len(x) - 1) / (2 * w.sum()) * (w * (x[:, None] - x) ** 2).sum() / ((x - x.mean()) ** 2).sum()


@settings(deadline=None, max_examples=40)
@given(with_values(), st.sampled_from(["raw", "row"]), SEEDS)
def test_moran_and_geary_by_all_permutations(drawn, kind, seed):
    """Their means over all orders are -1 ÷ (n - 1) and 1; the draws are like all orders."""
    net, values = drawn
    x, w = np.array(values), weights_of(net, kind)
    assume(np.ptp(x) > 0 and w.any())
    orders = [x[list(order)] for order in orders_of(net)]
    for test, formula, mean in ((moran, i_of, -1 / (len(x) - 1)), (geary, c_of, 1.0)):
        found = test(net, x, weights=kind, permutations=DRAWS, seed=seed, progress=False)
        every = np.array([formula(w, order) for order in orders])
        assert found.estimate == pytest.approx(formula(w, x), abs=1e-9)
        assert net.missing.dyads or every.mean() == pytest.approx(mean, abs=1e-9)
        assert found.p_upper == pytest.approx((every >= found.estimate - 1e-9).mean(), abs=NEAR)
        assert found.p_lower == pytest.approx((every <= found.estimate + 1e-9).mean(), abs=NEAR)
        known = np.unique(every.round(9))
        nearest = np.abs(found.distribution[:, None] - known).min(axis=1)
        assert (nearest < 1e-8).all()


@settings(deadline=None, max_examples=40)
@given(with_values(st.sampled_from("xyz")), SEEDS)
def test_join_counts_by_all_permutations(drawn, seed):
    """What is expected is the mean over all orders; ties add up to all."""
    net, by = drawn
    matrix = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(matrix, 0)
    assume(len(set(by)) > 1 and net.n_ties)
    source, target, _ = net._core.ties()
    names = sorted(set(by))

    def counts(groups):
        table = np.zeros((len(names), len(names)))
        for i, j in zip(source.tolist(), target.tolist(), strict=True):
            one, other = names.index(groups[i]), names.index(groups[j])
            table[(one, other) if net.directed else tuple(sorted((one, other)))] += 1
        return table.ravel() if net.directed else table[np.triu_indices(len(names))]

    every = np.array([counts([by[at] for at in order]) for order in orders_of(net)])
    found = join_count(net, by=by, permutations=DRAWS, seed=seed, progress=False)
    assert found.observed.tolist() == counts(by).tolist()
    assert found.expected == pytest.approx(every.mean(axis=0))
    assert (found.distribution.sum(axis=1) == net.n_ties).all()
    tested = ~np.isnan(found.p_two_sided)
    assert (every[:, ~tested] == 0).all()
    assert found.p_upper[tested] == pytest.approx((every >= found.observed).mean(axis=0)[tested], abs=NEAR)
    assert found.p_lower[tested] == pytest.approx((every <= found.observed).mean(axis=0)[tested], abs=NEAR)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(NUMBERS, st.sampled_from("ab")), min_size=4, max_size=7), SEEDS)
def test_differences_by_all_permutations(rows, seed):
    """The t-test has scipy's p of all permutations; squares of t are F."""
    values, by = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    # scipy wants two in each group.
    assume(min((by == "a").sum(), (by == "b").sum()) > 1 and np.ptp(values) > 0)
    found = permutation_ttest(values, by=by, permutations=DRAWS, seed=seed, progress=False)

    def difference(one, other):
        return one.mean() - other.mean()

    for side, p in (("greater", found.p_upper), ("less", found.p_lower)):
        groups = (values[by == "a"], values[by == "b"])
        exact = stats.permutation_test(groups, difference, n_resamples=np.inf, alternative=side, vectorized=False)
        assert found.estimate == pytest.approx(exact.statistic)
        assert p == pytest.approx(exact.pvalue, abs=NEAR)
    squared = permutation_anova(values, by=by, permutations=DRAWS, seed=seed, progress=False)
    assert squared.p_two_sided == found.p_two_sided


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(5, 6))
def test_regression_by_all_permutations(seed, n):
    """With two predictors: all orders of the residuals given the other one, fitted anew."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, 2)), rng.normal(size=n)
    found = permutation_regression(y, x, permutations=DRAWS, seed=seed, progress=False)
    whole = np.column_stack([np.ones(n), x])
    scale = np.sqrt(np.diag(np.linalg.inv(whole.T @ whole)))

    def t(values):
        beta, squares = np.linalg.lstsq(whole, values)[:2]
        return beta / np.sqrt(squares[0] / (n - 3)) / scale

    assert found.t == pytest.approx(t(y), rel=1e-6)
    for at in (1, 2):
        others = np.delete(whole, at, axis=1)
        fitted = others @ np.linalg.lstsq(others, y)[0]
        every = np.array([t(fitted + order)[at] for order in map(np.array, permutations((y - fitted).tolist()))])
        assert found.p_upper[at] == pytest.approx((every >= found.t[at] - 1e-9).mean(), abs=NEAR)
        assert found.p_lower[at] == pytest.approx((every <= found.t[at] + 1e-9).mean(), abs=NEAR)


SETS = 300
# Of 300 data sets without an effect 15 are rejected at 5 % on average. More than 33 are with a probability of 1 in
# 100,000; fewer than 2 with one of 1 in 100,000, too, where p can be any multiple of 1/200.
FEWEST, MOST = 2, 33


def test_the_bounds_are_those_of_the_binomial():
    assert stats.binom.sf(MOST, SETS, 0.05) < 2e-5
    assert stats.binom.cdf(FEWEST - 1, SETS, 0.05) < 2e-5


def moments(rng):
    """Skewed values: what a t-test by tables would not be meant for."""
    return rng.exponential(size=14)


def p_of(name, rng, draw):
    """The p-value of data without an effect; of the regression that of one predictor, while the other has one."""
    how = {"permutations": 199, "seed": draw, "progress": False}
    values = moments(rng)
    if name == "ttest":
        return permutation_ttest(values, by=np.arange(14) < 5, **how).p_two_sided
    if name == "anova":
        return permutation_anova(values, by=np.arange(14) % 3, **how).p_two_sided
    if name == "regression":
        x = rng.normal(size=(14, 2))
        x[:, 1] += x[:, 0]
        return permutation_regression(values + 3 * x[:, 1], x, **how).p_two_sided[1]
    net = wn.Network.from_matrix(((rng.random((14, 14)) < 0.3) & ~np.eye(14, dtype=bool)).astype(float))
    if name == "join_count":
        # Adjusted, so that any rejection among the pairs is one false rejection.
        return np.nanmin(join_count(net, by=rng.permutation(np.arange(14) % 3), **how).p_holm)
    return {"moran": moran, "geary": geary}[name](net, values, **how).p_two_sided


@pytest.mark.parametrize("name", ["ttest", "anova", "regression", "moran", "geary", "join_count"])
def test_what_is_true_is_rejected_in_5_percent(name):
    """Holm's adjustment and discrete counts reject less often; nothing rejects more often."""
    rng = np.random.default_rng(11)
    rejected = sum(p_of(name, rng, draw) <= 0.05 for draw in range(SETS))
    assert rejected <= MOST
    assert rejected >= (0 if name == "join_count" else FEWEST)

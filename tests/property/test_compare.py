"""Laws of what compare computes."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import compare
from wholenet.compare._columns import rows_of
from wholenet.compare._design import design_of
from wholenet.compare._formula import formula_of
from wholenet.compare._least_squares import fitted, permuted
from wholenet.compare._reml import reml
from wholenet.compare._sign_flips import sign_flips
from wholenet.errors import ModelError
from wholenet.testing import networks

api = pytest.importorskip("statsmodels.api")

# Sums of products of at most 40 numbers near 1.
CLOSE = 1e-8


def table(seed, n=20, **columns):
    """Networks whose cells all have three or more."""
    random = np.random.default_rng(seed)
    cell = random.permutation(np.arange(n) % 4)
    return pd.DataFrame({
        "network": [f"n{at:02}" for at in range(n)],
        "ses": np.array(["low", "high"])[cell // 2],
        "inside": cell % 2 == 1,
        "size": random.integers(10, 41, n),
        "y": random.standard_normal(n) + cell,
    }).assign(**columns)  # fmt: skip


CROSSED = "y ~ ses * inside + size"


def few(data, formula=CROSSED, **options):
    return compare.effects(data, formula, **{"permutations": 49, "seed": 1} | options)


def design(data, formula=CROSSED):
    parsed = formula_of(formula)
    return design_of(parsed, rows_of(data, (parsed.outcome, *parsed.names), "network", "refuse"), None, "networks")


# Effects --------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_draws_are_refits(seed):
    """Each draw is the HC3 t of statsmodels, fitted to the reduced fit and its residuals in another order."""
    made = design(table(seed, 12))
    fit = fitted(made)
    found = permuted(made, fit, np.eye(5), 3, seed=seed, executor=None, progress=False)[1]
    from wholenet.inference._permuted import Permuted

    orders = [Permuted(None, 12, seed).order(draw) for draw in range(3)]
    for term in range(5):
        reduced = api.OLS(made.y, np.delete(made.x, term, axis=1)).fit()
        for draw, order in enumerate(orders):
            again = api.OLS(reduced.fittedvalues + reduced.resid[order], made.x).fit(cov_type="HC3")
            np.testing.assert_allclose(found[draw, term], again.tvalues[term], rtol=1e-6, atol=CLOSE)


def test_permutations_come_near_all_orders():
    """With six networks all 720 orders can be taken; 9,999 random ones differ by four standard errors at most."""
    data = pd.DataFrame({"network": list("abcdef"), "x": [1, 2, 3, 4, 6, 9], "y": [1.0, 0, 2, 5, 3, 6]})
    made = design(data, "y ~ x")
    observed = api.OLS(made.y, made.x).fit(cov_type="HC3").tvalues[1]
    reduced = api.OLS(made.y, made.x[:, :1]).fit()
    drawn = [
        api.OLS(reduced.fittedvalues + reduced.resid[np.array(order)], made.x).fit(cov_type="HC3").tvalues[1]
        for order in permutations(range(6))
    ]
    exact = np.mean(np.abs(drawn) >= abs(observed) - CLOSE)
    found = compare.effects(data, "y ~ x", permutations=9999, seed=2).p_permutation[1]
    assert abs(found - exact) < 4 * np.sqrt(exact * (1 - exact) / 9999) + 1e-4


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_order_of_rows_units_and_reference_do_not_matter(seed):
    data = table(seed)
    found = few(data)
    turned = few(data.sample(frac=1, random_state=seed))
    np.testing.assert_allclose(turned.estimate, found.estimate, rtol=1e-7, atol=CLOSE)
    np.testing.assert_allclose(turned.se_robust, found.se_robust, rtol=1e-7)
    scaled = few(data.assign(y=3 + 1000 * data["y"]))
    np.testing.assert_allclose(scaled.t_robust[1:], found.t_robust[1:], rtol=1e-6, atol=CLOSE)
    np.testing.assert_array_equal(scaled.p_permutation[1:], found.p_permutation[1:])
    other = few(data, reference={"ses": "low"})
    np.testing.assert_allclose(other.t_robust[4], -found.t_robust[4], rtol=1e-6, atol=CLOSE)
    np.testing.assert_allclose(other.p_permutation[4], found.p_permutation[4])


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_simple_effects_are_coefficients(seed):
    """The effect in a category is the coefficient if that category is the reference, with the same p."""
    data = table(seed)
    whole = few(data)
    within = whole.interaction().effects.set_index("ses")
    for level in ("low", "high"):
        found = few(data, reference={"ses": level})
        row = within.loc[level]
        names = ("estimate", "lower", "upper", "p", "p_robust")
        np.testing.assert_allclose(
            [row[name] for name in names], [getattr(found, name)[2] for name in names], atol=CLOSE
        )
        assert row["p_permutation"] == found.p_permutation[2]
    contrast = whole.interaction().contrasts.iloc[0]
    np.testing.assert_allclose(contrast["estimate"], whole.estimate[4], atol=CLOSE)
    assert contrast["p_permutation"] == whole.p_permutation[4]


def test_adjusted_means_are_means_without_other_predictors():
    cells = few(table(3), "y ~ ses * inside").interaction().cells
    np.testing.assert_allclose(cells["adjusted"], cells["mean"], atol=CLOSE)


def test_an_executor_gives_the_same_bits():
    alone = few(table(5), permutations=600)
    with ThreadPoolExecutor(3) as pool:
        shared = few(table(5), permutations=600, executor=pool)
    assert alone.distribution.tobytes() == shared.distribution.tobytes()
    assert alone.p_permutation.tobytes() == shared.p_permutation.tobytes()


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.integers(8, 14))
def test_leaving_one_out_is_fitting_again(seed, n):
    data = table(seed, n)
    found = compare.leave_one_out(few(data, "y ~ ses + size"), progress=False)
    for row in range(n):
        again = few(data.drop(index=row), "y ~ ses + size")
        np.testing.assert_allclose(found.estimate[row], again.estimate, atol=CLOSE)
        for name in ("p", "p_robust", "lower", "upper"):
            np.testing.assert_allclose(getattr(found, name)[row], getattr(again, name), atol=CLOSE)


# Matching -------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(4, 8))
@example(14, 4)  # both pairings are as good
def test_matching_is_the_best_of_all(seed, n):
    random = np.random.default_rng(seed)
    inside = random.permutation(np.arange(n) < random.integers(2, n - 1))
    data = pd.DataFrame({
        "network": list("abcdefgh")[:n], "inside": inside, "u": random.integers(0, 9, n),
        "v": random.standard_normal(n), "y": random.standard_normal(n),
    })  # fmt: skip
    try:
        found = compare.matched(data, outcome="y", treatment="inside", on=["u", "v"], seed=1)
    except ModelError:
        assert n == 4 or data["u"].nunique() <= 3  # two groups of two may be too alike to measure
        return
    x = data[["u", "v"]].to_numpy(dtype=float)
    within = np.concatenate([x[group] - x[group].mean(axis=0) for group in (inside, ~inside)])
    inverse = np.linalg.inv(within.T @ within / (n - 2))
    smaller, larger = sorted((np.flatnonzero(inside), np.flatnonzero(~inside)), key=len)

    def total(partners):
        gaps = x[smaller] - x[list(partners)]
        return np.sqrt(np.einsum("ij,jk,ik->i", gaps, inverse, gaps)).sum()

    best = min(total(partners) for partners in permutations(larger, len(smaller)))
    np.testing.assert_allclose(found.pairs["distance"].sum(), best, atol=CLOSE)
    assert len(found.unmatched) == len(larger) - len(smaller)
    turned = compare.matched(data[::-1], outcome="y", treatment="inside", on=["v", "u"], seed=1)
    assert turned.pairs["control"].tolist() == found.pairs["control"].tolist()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(5, 8), st.sampled_from([0.3, 0.8, 1.5]))
def test_a_caliper_makes_as_many_pairs_as_can_be_and_the_best_of_these(seed, n, caliper):
    random = np.random.default_rng(seed)
    inside = random.permutation(np.arange(n) < random.integers(2, n - 1))
    size = random.standard_normal(n)
    data = pd.DataFrame({"network": list("abcdefgh")[:n], "inside": inside, "size": size, "y": size})
    treated, others = np.flatnonzero(inside), np.flatnonzero(~inside)
    within = np.concatenate([size[group] - size[group].mean() for group in (treated, others)])
    apart = np.abs(size[:, None] - size) / np.sqrt((within**2).sum() / (n - 2))
    allowed = [(a, b) for a in treated for b in others if apart[a, b] <= caliper]
    ways = [
        way
        for m in range(len(treated) + 1)
        for way in combinations(allowed, m)
        if len({a for a, _ in way}) == len({b for _, b in way}) == m
    ]
    most = max(map(len, ways))
    best = min(sum(apart[pair] for pair in way) for way in ways if len(way) == most)
    try:
        found = compare.matched(data, outcome="y", treatment="inside", on="size", caliper=caliper, seed=1)
    except ModelError:
        assert most < 2
        return
    assert len(found.pairs) == most
    np.testing.assert_allclose(found.pairs["distance"].sum(), best, atol=CLOSE)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-20, 20), min_size=2, max_size=8), st.sampled_from([0.5, 0.8, 0.95]))
def test_the_interval_is_what_the_test_does_not_reject(values, confidence):
    """By brute force over all signs, at differences between the ends of means of subsets."""
    differences = np.array(values, dtype=float)
    m = len(differences)
    found = sign_flips(differences, 9999, confidence, 1, progress=False)
    signs = np.array(list(product([1, -1], repeat=m)))

    def p(shift):
        sums = (signs * (differences - shift)).sum(axis=1)
        tail = min((sums >= sums[0] - CLOSE).sum(), (sums <= sums[0] + CLOSE).sum())
        return min(1, 2 * tail / 2**m)

    np.testing.assert_allclose(found.p, p(0))
    means = {np.mean(part) for k in range(1, m + 1) for part in combinations(values, k)}
    for shift in {one + step for one in means for step in (-1e-4, 0, 1e-4)}:
        inside = found.lower - CLOSE <= shift <= found.upper + CLOSE
        assert inside == (p(shift) > 1 - confidence + 1e-12)


def test_random_signs_come_near_all():
    differences = np.random.default_rng(3).standard_normal(12) + 0.4
    exact = sign_flips(differences, 9999, 0.95, 1, progress=False)
    drawn = sign_flips(differences, 4000, 0.95, 1, progress=False)
    assert (exact.exhaustive, drawn.exhaustive) == (True, False)
    # Four standard errors of 4,000 draws, for each tail.
    assert abs(exact.p - drawn.p) < 8 * np.sqrt(exact.p / 2 / 4000)
    np.testing.assert_allclose([drawn.lower, drawn.upper], [exact.lower, exact.upper], atol=0.15)


# Multilevel -----------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.3, 2.0]))
def test_the_likelihood_is_the_largest_and_that_of_the_normal_distribution(seed, sd):
    """Beside the restricted likelihood written out with the whole covariance matrix."""
    random = np.random.default_rng(seed)
    codes = np.repeat(np.arange(7), random.integers(1, 6, 7))
    n = len(codes)
    x = np.column_stack([np.ones(n), random.standard_normal(n)])
    y = random.standard_normal(n) + sd * random.standard_normal(7)[codes]

    def written_out(between, within):
        v = within * np.eye(n) + between * (codes[:, None] == codes)
        inverse = np.linalg.inv(v)
        beta = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ y)
        left = y - x @ beta
        logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(x.T @ inverse @ x)[1]
        return -0.5 * (logs + left @ inverse @ left), beta, np.sqrt(np.diag(np.linalg.inv(x.T @ inverse @ x)))

    found = reml(y, x, codes)
    best, beta, se = written_out(found.between, found.within)
    np.testing.assert_allclose(found.beta, beta, atol=1e-7)
    np.testing.assert_allclose(found.se, se, rtol=1e-7)
    for between in np.array([0, 1e-6, 0.01, 0.1, 0.5, 0.9, 1.1, 2, 10]) * max(found.between, 0.2):
        for within in np.array([0.8, 1, 1.25]) * found.within:
            assert written_out(between, within)[0] <= best + 1e-7


# Fair -----------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_what_goes_with_size_alone_is_the_same_at_a_common_size(seed):
    random = np.random.default_rng(seed)
    a, b = random.standard_normal(2)
    power = random.uniform(-3, 3)
    nets = {n: wn.Network.from_edges(([0], [1]), pd.DataFrame({"name": range(n)})) for n in (3, 5, 9, 12)}
    measures = {
        "line": lambda net: a + b * np.log(net.n_actors) - 9,
        "power": lambda net: 3 * net.n_actors**power,
    }
    found = compare.fair(wn.Study(nets, by="n"), measures, draws=2, seed=seed, progress=False)
    assert [trend.power for trend in found.trends] == [False, True]
    np.testing.assert_allclose(found.at_common_size[:, 0], a + b * np.log(found.common_size) - 9, atol=CLOSE)
    np.testing.assert_allclose(found.at_common_size[:, 1], 3 * found.common_size**power, rtol=1e-8)


@settings(deadline=None, max_examples=20)
@given(networks(min_actors=2, max_actors=7), st.integers(0, 100))
def test_each_network_has_its_own_test(net, seed):
    net = net.dichotomize(above=0)
    study = wn.Study({"a": net, "b": net}, by="network")
    found = compare.fair(study, ["components"], draws=30, seed=seed, progress=False)
    draws = int(wn.inference._draws.stream(seed, 1).integers(1 << 32))
    wanted = wn.inference.cug(net, "components", condition="density", draws=30, seed=draws)
    np.testing.assert_array_equal(found.mean[1], wanted.distribution.mean())
    equal = wanted.distribution == wanted.estimate
    below = 100 * ((wanted.distribution < wanted.estimate).mean() + equal.mean() / 2)
    if found.sd[1, 0] > 0:
        np.testing.assert_allclose(found.percentile[1], below)
    assert 0 <= below <= 100

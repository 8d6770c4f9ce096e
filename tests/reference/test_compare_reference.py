"""Regressions, matching and multilevel models beside statsmodels, scipy and published figures."""

import warnings

import numpy as np
import pandas as pd
import pytest

from wholenet import compare
from wholenet.compare._sizes import trend_of

api = pytest.importorskip("statsmodels.api")
scipy_stats = pytest.importorskip("scipy.stats")


# NIST's Statistical Reference Datasets, Linear Regression, Longley: certified values
# (https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml).
CERTIFIED = {
    "estimate": [
        -3482258.63459582,
        15.0618722713733,
        -0.0358191792925910,
        -2.02022980381683,
        -1.03322686717359,
        -0.0511041056535807,
        1829.15146461355,
    ],
    "se": [
        890420.383607373,
        84.9149257747669,
        0.0334910077722432,
        0.488399681651699,
        0.214274163161675,
        0.226073200069370,
        455.478499142212,
    ],
}


def test_longley():
    """A data set made to be hard: predictors are nearly collinear, so that eight digits remain."""
    data = api.datasets.longley.load_pandas().data.assign(network=lambda one: one["YEAR"].astype(int).astype(str))
    found = compare.effects(data, "TOTEMP ~ GNPDEFL + GNP + UNEMP + ARMED + POP + YEAR", permutations=9, seed=1)
    np.testing.assert_allclose(found.estimate, CERTIFIED["estimate"], rtol=1e-7)
    np.testing.assert_allclose(found.se, CERTIFIED["se"], rtol=1e-7)
    np.testing.assert_allclose(found.r_squared, 0.995479004577296, rtol=1e-10)


def made(seed, n=24):
    random = np.random.default_rng(seed)
    cell = random.permutation(np.arange(n) % 4)
    return pd.DataFrame({
        "network": [f"n{at}" for at in range(n)],
        "ses": np.array(["low", "high"])[cell // 2],
        "inside": cell % 2 == 1,
        "size": random.integers(10, 41, n),
        "y": (1 + cell) * random.standard_normal(n) + cell,
    })  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_formulas_of_statsmodels(seed):
    """The same formula in statsmodels' own language, with HC3."""
    data = made(seed)
    found = compare.effects(data, "y ~ ses * inside + size", permutations=9, seed=1)
    model = api.OLS.from_formula("y ~ ses * inside + size", data)
    names = ["Intercept", "ses[T.low]", "inside[T.True]", "size", "ses[T.low]:inside[T.True]"]
    plain, robust = model.fit(), model.fit(cov_type="HC3", use_t=True)
    np.testing.assert_allclose(found.estimate, plain.params[names], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.p, plain.pvalues[names], rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(found.se_robust, robust.bse[names], rtol=1e-8)
    np.testing.assert_allclose(found.p_robust, robust.pvalues[names], rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(np.column_stack([found.lower, found.upper]), robust.conf_int().loc[names], rtol=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_simple_effects_are_contrasts(seed):
    data = made(seed)
    cells = compare.effects(data, "y ~ ses * inside + size", permutations=9, seed=1).interaction()
    robust = api.OLS.from_formula("y ~ ses * inside + size", data).fit(cov_type="HC3", use_t=True)
    wanted = robust.t_test("inside[T.True] + ses[T.low]:inside[T.True] = 0")
    row = cells.effects.iloc[1]
    np.testing.assert_allclose(
        [row["estimate"], row["p_robust"], row["lower"], row["upper"]],
        [wanted.effect[0], wanted.pvalue, *wanted.conf_int()[0]],
        rtol=1e-7,
    )
    # The margin of a combination: predictions for all networks if they were of it.
    as_if = data.assign(ses="low", inside=True)
    adjusted = cells.cells.iloc[3]["adjusted"]
    np.testing.assert_allclose(adjusted, robust.predict(as_if).mean(), rtol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_influence(seed):
    data = made(seed)
    found = compare.leave_one_out(compare.effects(data, "y ~ ses + size", permutations=9, seed=1))
    wanted = api.OLS.from_formula("y ~ ses + size", data).fit().get_influence().dfbetas
    np.testing.assert_allclose(found.moves, wanted, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_sign_flips(seed):
    """The exact p of scipy, over all combinations of signs."""
    data = made(seed, 20)
    found = compare.matched(data, outcome="y", treatment="inside", on="size", exact="ses", seed=1)
    pairs = found.pairs
    wanted = scipy_stats.permutation_test(
        (pairs["outcome_treated"], pairs["outcome_control"]),
        lambda a, b: np.mean(a - b),
        permutation_type="samples",
        n_resamples=np.inf,
    )
    assert found.exhaustive
    np.testing.assert_allclose(found.p, wanted.pvalue, rtol=1e-12)


# Davies & Goldsmith (1972), Statistical methods in research and production, 4th ed., table 6.3, page 131: yields of
# dyestuff of six batches; estimates by REML in Bates, Maechler, Bolker & Walker (2015), Fitting linear mixed-effects
# models using lme4, https://doi.org/10.18637/jss.v067.i01, data set Dyestuff.
DYESTUFF = [
    [1545, 1440, 1440, 1520, 1580],
    [1540, 1555, 1490, 1560, 1495],
    [1595, 1550, 1605, 1510, 1560],
    [1445, 1440, 1595, 1465, 1545],
    [1595, 1630, 1515, 1635, 1625],
    [1520, 1455, 1450, 1480, 1445],
]


def test_dyestuff():
    data = pd.DataFrame({"network": np.repeat(list("ABCDEF"), 5), "y": np.ravel(DYESTUFF).astype(float)})
    found = compare.multilevel(data, "y ~ 1")
    # As published: to as many digits as were printed.
    np.testing.assert_allclose([found.between, found.within], [1764.05, 2451.25], atol=0.005)
    np.testing.assert_allclose([found.estimate[0], found.se[0]], [1527.5, 19.38], atol=0.005)
    # In a balanced design without predictors REML gives the mean squares of the analysis of variance.
    cells = np.array(DYESTUFF, dtype=float)
    between, within = 5 * cells.mean(axis=1).var(ddof=1), cells.var(axis=1, ddof=1).mean()
    np.testing.assert_allclose([found.between, found.within], [(between - within) / 5, within], rtol=1e-5)


def test_multilevel_beside_statsmodels():
    """Wherever statsmodels' optimizer settles, it gives the same; our likelihood is never lower than its."""
    settled = 0
    for seed in range(20):
        random = np.random.default_rng(seed)
        codes = np.repeat(np.arange(15), random.integers(2, 9, 15))
        shared, own = random.standard_normal(15)[codes], random.standard_normal(len(codes))
        y = 1 + 0.5 * shared + 0.3 * own + random.standard_normal(15)[codes] + random.standard_normal(len(codes))
        data = pd.DataFrame({"network": codes, "shared": shared, "own": own, "y": y})
        found = compare.multilevel(data, "y ~ shared + own")
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            fit = api.MixedLM(y, np.column_stack([np.ones(len(y)), shared, own]), codes).fit(reml=True)
        if fit.converged and not said:
            settled += 1
            # The optimizer of statsmodels stops at a gradient of 1e-5 or so.
            np.testing.assert_allclose(found.estimate, fit.fe_params, rtol=1e-3, atol=1e-4)
            # Standard errors are those of generalized least squares with these variances, as lme4's are; statsmodels'
            # own add how estimates of variances go with coefficients in the sample.
            v = fit.scale * np.eye(len(y)) + fit.cov_re[0, 0] * (codes[:, None] == codes)
            gls = api.GLS(y, np.column_stack([np.ones(len(y)), shared, own]), sigma=v).fit()
            np.testing.assert_allclose(found.se, gls.bse, rtol=5e-3)
            np.testing.assert_allclose([found.between, found.within], [fit.cov_re[0, 0], fit.scale], rtol=5e-3)
    assert settled >= 10


@pytest.mark.parametrize("seed", range(4))
def test_power_of_size(seed):
    """Poisson pseudo-likelihood is that of statsmodels' generalized linear model, for numbers that are no counts."""
    random = np.random.default_rng(seed)
    sizes = random.integers(10, 60, 12)
    value = random.exponential(size=12) * sizes**-0.7 * (random.random(12) < 0.8)
    found = trend_of(value, sizes)
    design = np.column_stack([np.ones(12), np.log(sizes / found.common)])
    wanted = api.GLM(value, design, family=api.families.Poisson()).fit(tol=1e-12).params
    np.testing.assert_allclose([np.log(found.centre), found.slope], wanted, rtol=1e-7, atol=1e-9)

"""Logistic and Poisson regressions of draws beside fits of all permutations, done in full."""

from itertools import permutations as orders

import numpy as np
import pytest

from wholenet.inference import mrqap

N = 5
OFF = ~np.eye(N, dtype=bool)


def permuted(matrix, order):
    return matrix[np.ix_(order, order)]


def fitted(family, y, columns):
    """Maximum likelihood by Newton's method: coefficients, z, deviance."""
    x = np.column_stack([np.ones(len(y)), *columns])
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        score = x @ beta
        mean = 1 / (1 + np.exp(-score)) if family == "logistic" else np.exp(score)
        weight = mean * (1 - mean) if family == "logistic" else mean
        step = np.linalg.solve(x.T @ (x * weight[:, None]), x.T @ (y - mean))
        beta = beta + step / max(1.0, np.abs(step).max() / 2)
    unit = np.linalg.inv(x.T @ (x * weight[:, None]))
    return beta, beta / np.sqrt(np.diag(unit)), mean


def data(family, missing):
    generator = np.random.default_rng(12)
    x, z = generator.normal(size=(N, N)), generator.normal(size=(N, N))
    if family == "logistic":
        y = (generator.normal(size=(N, N)) + 0.5 * x > 0).astype(float)
    else:
        y = generator.poisson(np.exp(0.3 * x)).astype(float)
    if missing:
        y[0, 1] = x[2, 3] = np.nan
    return x, z, y


@pytest.mark.parametrize("missing", [False, True])
@pytest.mark.parametrize("family", ["logistic", "poisson"])
def test_every_draw_is_one_of_all_permutations(family, missing):
    x, z, y = data(family, missing)
    valid = OFF & ~np.isnan(x) & ~np.isnan(y)
    found = {
        m: mrqap(y, {"x": x, "z": z}, family=family, method=m, permutations=150, seed=2) for m in ("dsp", "x", "y")
    }
    beta, z_values, mean = fitted(family, y[valid], [x[valid], z[valid]])
    np.testing.assert_allclose(found["dsp"].estimate, beta, atol=1e-10)
    np.testing.assert_allclose(found["dsp"].t, z_values, rtol=1e-8)
    own = y[valid]
    if family == "logistic":
        deviance = -2 * np.log(np.where(own > 0, mean, 1 - mean)).sum()
    else:
        deviance = 2 * (np.where(own > 0, own * np.log(np.where(own > 0, own, 1) / mean), 0) - (own - mean)).sum()
    assert found["dsp"].deviance == pytest.approx(deviance, rel=1e-10)
    assert not found["dsp"].failed.any()

    known_x, known_y = OFF & ~np.isnan(x), OFF & ~np.isnan(y)
    others = np.column_stack([np.ones(known_x.sum()), z[known_x]])
    slopes = np.linalg.lstsq(others, x[known_x], rcond=None)[0]
    left = np.where(known_x, x - slopes[0] - slopes[1] * z, np.nan)
    for method, moving in (("dsp", left), ("x", np.where(OFF, x, np.nan)), ("y", np.where(OFF, y, np.nan))):
        possible = []
        for order in orders(range(N)):
            moved = permuted(moving, list(order))
            seen = ~np.isnan(moved) & (known_x if method == "y" else known_y)
            if method == "y":
                possible.append(fitted(family, moved[seen], [x[seen], z[seen]])[1][1])
            else:
                possible.append(fitted(family, y[seen], [moved[seen], z[seen]])[1][1])
        apart = np.abs(found[method].distribution[:, 1][:, None] - possible)
        # A draw's fit ends at a relative change of the deviance of 1e-9.
        assert np.nanmin(apart, axis=1).max() < 1e-4, method


def test_separation_in_draws_counts_as_extreme():
    """A predictor with one dyad that has no tie at all in most permutations."""
    x = np.zeros((8, 8))
    x[0, 1] = x[2, 3] = x[4, 5] = x[6, 7] = 1
    y = np.zeros((8, 8))
    y[0, 1] = y[2, 3] = y[1, 5] = y[5, 1] = y[3, 2] = y[7, 0] = 1
    found = mrqap(y, {"x": x}, family="logistic", permutations=200, seed=1)
    assert found.failed[1] > 0
    odd = np.isnan(found.distribution[:, 1])
    assert odd.sum() == found.failed[1]
    higher = (found.distribution[~odd, 1] >= found.t[1] - 1e-9).sum()
    assert found.p_upper[1] == (1 + odd.sum() + higher) / 201

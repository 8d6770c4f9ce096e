"""The model of persistence beside scipy's optimum and a double sum over pairs of ties."""

import numpy as np
import pandas as pd
import pytest

import wholenet as wn

optimize = pytest.importorskip("scipy.optimize")

# Where scipy's minimum is flat.
CLOSE = 1e-5


def test_coefficients_and_standard_errors():
    random = np.random.default_rng(7)
    n = 18
    cells = np.where(random.random((n, n)) < 0.4, random.integers(1, 5, (n, n)), 0) * (1.0 - np.eye(n))
    keep = random.random((n, n)) < 0.6
    actors = pd.DataFrame({"name": np.arange(n), "sector": random.choice(list("xy"), n)})
    before = wn.Network.from_matrix(cells, actors)
    after = wn.Network.from_matrix(((cells != 0) & keep).astype(float), actors)
    found = wn.change.persistence(
        before, after, ["strength", "reciprocity", "same(sector)"], permutations=9, seed=1, progress=False
    )
    rows, columns = np.nonzero(cells)
    sector = actors["sector"].to_numpy()
    x = np.column_stack(
        [np.ones(len(rows)), cells[rows, columns], cells[columns, rows] != 0, sector[rows] == sector[columns]]
    ).astype(float)
    y = keep[rows, columns].astype(float)

    def deviance(beta):
        return np.logaddexp(0, x @ beta).sum() - y @ x @ beta

    beta = optimize.minimize(deviance, np.zeros(4), method="BFGS", options={"gtol": 1e-9}).x
    np.testing.assert_allclose(found.estimate, beta, atol=CLOSE)
    p = 1 / (1 + np.exp(-x @ found.estimate))
    bread = np.linalg.inv((x * (p * (1 - p))[:, None]).T @ x)
    scores = x * (y - p)[:, None]
    share = (
        (rows[:, None] == rows)
        | (rows[:, None] == columns)
        | (columns[:, None] == rows)
        | (columns[:, None] == columns)
    )
    robust = bread @ (scores.T @ share @ scores) @ bread
    np.testing.assert_allclose(found.sandwich, np.sqrt(np.diag(robust)), rtol=1e-8)
    # For few actors: one step of Newton's without the ties of each actor, less what two actors have in common.
    left_out = np.zeros((4, 4))
    for actor in range(n):
        own = (rows == actor) | (columns == actor)
        rest = (x[~own] * (p * (1 - p))[~own, None]).T @ x[~own]
        step = np.linalg.solve(rest, scores[own].sum(axis=0))
        left_out += np.outer(step, step)
    for one in range(n):
        for other in range(one):
            both = scores[((rows == one) & (columns == other)) | ((rows == other) & (columns == one))].sum(axis=0)
            left_out -= np.outer(bread @ both, bread @ both)
    np.testing.assert_allclose(found.se, np.sqrt(np.diag(left_out)), rtol=1e-8)
    assert (found.se > found.sandwich).all()

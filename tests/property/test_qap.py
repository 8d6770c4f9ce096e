"""Laws of QAP: all permutations one by one, alignment, missing dyads, pooling, any number of threads."""

from itertools import permutations as orders

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from wholenet import Network, testing
from wholenet.errors import ModelError
from wholenet.inference import mrqap, qap_correlation
from wholenet.inference._qap import NAMES

FEW = settings(max_examples=40, deadline=None)
SIZE = 5


def matrices(*, missing, values=(0.0, 1.0, 2.0)):
    """Square matrices; NaN off the diagonal is a dyad that was not observed."""
    cells = st.sampled_from([*values, np.nan] if missing else list(values))
    return st.lists(cells, min_size=SIZE * SIZE, max_size=SIZE * SIZE).map(lambda x: np.array(x).reshape(SIZE, SIZE))


def by_hand(kind, x, y):
    """The association of two lists of values, from its definition."""
    if kind == "pearson":
        return np.corrcoef(x, y)[0, 1]
    if kind == "jaccard":
        return ((x != 0) & (y != 0)).sum() / ((x != 0) | (y != 0)).sum()
    if kind == "matching":
        return (x == y).mean()
    if kind == "hamming":
        return np.abs(x - y).sum()
    pairs = np.sign(x[:, None] - x) * np.sign(y[:, None] - y)
    return ((pairs > 0).sum() - (pairs < 0).sum()) / ((pairs > 0).sum() + (pairs < 0).sum())


def pairwise(kind, x, y):
    off = ~np.eye(len(x), dtype=bool) & ~np.isnan(x) & ~np.isnan(y)
    with np.errstate(invalid="ignore", divide="ignore"):
        return by_hand(kind, x[off], y[off])


def permuted(matrix, order):
    return matrix[np.ix_(order, order)]


def kept(x, y):
    """All orders; where both matrices have empty rows or columns, those that leave the ones of x in place."""

    def empty(matrix):
        gone = np.isnan(matrix) | np.eye(SIZE, dtype=bool)
        return 2 * gone.all(axis=1) + gone.all(axis=0)

    every = [list(order) for order in orders(range(SIZE))]
    if not (empty(x).any() and empty(y).any()):
        return every
    return [order for order in every if (empty(x)[order] == empty(x)).all()]


@pytest.mark.parametrize("missing", [False, True])
@pytest.mark.parametrize("kind", [kind for kind in NAMES if kind != "spearman"])
@FEW
@given(data=st.data())
def test_draws_are_values_of_all_permutations(kind, missing, data):
    x, y = data.draw(matrices(missing=missing)), data.draw(matrices(missing=missing))
    try:
        found = qap_correlation(x, y, kind=kind, permutations=300, seed=3)
    except ModelError:
        reject()
    possible = np.array([pairwise(kind, permuted(x, order), y) for order in kept(x, y)])
    assert found.estimate == pytest.approx(pairwise(kind, x, y), abs=1e-9)
    known = found.distribution[~np.isnan(found.distribution)]
    defined = possible[~np.isnan(possible)]
    assert len(known) == 300 or len(defined) < len(possible)
    if len(known):
        assert np.abs(known[:, None] - defined[None, :]).min(axis=1).max() < 1e-9
    exact = np.mean((possible >= found.estimate - 1e-9) | np.isnan(possible))
    # Of 300 draws the share is off by at most five standard errors once in a million.
    assert abs(found.p_upper - exact) < 5 * np.sqrt(max(exact * (1 - exact), 1 / 300) / 300) + 1 / 300


@FEW
@given(matrices(missing=True), matrices(missing=True))
def test_spearman_is_pearson_of_ranks(x, y):
    def ranks(matrix):
        values = matrix[~np.eye(SIZE, dtype=bool)]
        return pd.Series(values).rank().to_numpy()

    off = ~np.eye(SIZE, dtype=bool)
    try:
        found = qap_correlation(x, y, kind="spearman", permutations=1, seed=1)
    except ModelError:
        reject()
    common = ~np.isnan(x[off]) & ~np.isnan(y[off])
    assert found.estimate == pytest.approx(np.corrcoef(ranks(x)[common], ranks(y)[common])[0, 1], abs=1e-9)


@FEW
@given(testing.networks(min_actors=6, missing=False, directed=True, labels="integer"), st.integers(0, 100))
def test_actors_in_another_order_change_nothing(net, seed):
    x = np.random.default_rng(seed).random((net.n_actors, net.n_actors))
    other = Network.from_matrix(x, labels=net.labels.tolist(), loops="drop")
    order = np.random.default_rng(seed).permutation(net.n_actors)
    try:
        found = qap_correlation(net, other, permutations=20, seed=1)
    except ModelError:
        reject()
    shuffled = other.subset(other.labels[order])
    again = qap_correlation(net, shuffled, permutations=20, seed=1)
    assert again.estimate == pytest.approx(found.estimate, abs=1e-12)
    np.testing.assert_allclose(again.distribution, found.distribution, atol=1e-12)


@pytest.mark.parametrize("family", ["linear", "logistic"])
def test_one_predictor_agrees_with_qap(family):
    """With one predictor its t rises with the correlation, so that p-values are those of QAP."""
    generator = np.random.default_rng(8)
    x = generator.random((12, 12))
    y = (x + generator.random((12, 12)) > 1).astype(float) if family == "logistic" else x + generator.random((12, 12))
    one = qap_correlation(x, y, permutations=500, seed=4)
    for method in ("dsp", "x"):
        found = mrqap(y, {"x": x}, family=family, method=method, permutations=500, seed=4)
        if family == "linear":
            assert found.p_upper[1] == one.p_upper
            assert found.p_two_sided[1] == one.p_two_sided
            assert found.standardized[1] == pytest.approx(one.estimate)
        else:
            assert found.p_upper[1] == pytest.approx(one.p_upper, abs=0.02)


def test_regressions_of_all_permutations():
    """The t of each draw is that of a regression with permuted residuals, done in full."""
    generator = np.random.default_rng(2)
    n = 5
    x, z = generator.random((n, n)), generator.random((n, n))
    y = x + z + generator.random((n, n))
    off = ~np.eye(n, dtype=bool)

    def t(outcome, columns, place, valid=off):
        design = np.column_stack([np.ones(valid.sum()), *(column[valid] for column in columns)])
        beta, rest = np.linalg.lstsq(design, outcome[valid], rcond=None)[:2]
        unit = np.linalg.inv(design.T @ design)[place, place]
        return beta[place] / np.sqrt(rest[0] / (valid.sum() - design.shape[1]) * unit)

    others = np.column_stack([np.ones(off.sum()), z[off]])
    slopes = np.linalg.lstsq(others, x[off], rcond=None)[0]
    left = x - slopes[0] - slopes[1] * z
    every = [list(order) for order in orders(range(n))]
    for method, possible in (
        ("dsp", [t(y, [permuted(left, order), z], 1) for order in every]),
        ("x", [t(y, [permuted(x, order), z], 1) for order in every]),
        ("y", [t(permuted(y, order), [x, z], 1) for order in every]),
    ):
        found = mrqap(y, {"x": x, "z": z}, method=method, permutations=200, seed=1)
        assert found.t[1] == pytest.approx(t(y, [x, z], 1), rel=1e-10)
        assert np.abs(found.distribution[:, 1][:, None] - possible).min(axis=1).max() < 1e-8

    # With dyads that were not observed: what is permuted, and what stays, each has its own; a draw is fitted where both
    # are observed.
    for gaps in ([(0, 1)], [(0, 1), (2, 3)]):
        y[gaps[0]] = np.nan
        if len(gaps) > 1:
            x[gaps[1]] = np.nan
        known_x, known_y = off & ~np.isnan(x), off & ~np.isnan(y)
        others = np.column_stack([np.ones(known_x.sum()), z[known_x]])
        slopes = np.linalg.lstsq(others, x[known_x], rcond=None)[0]
        left = np.where(known_x, x - slopes[0] - slopes[1] * z, np.nan)
        for method, moving in (("dsp", left), ("x", x), ("y", y)):
            possible = []
            for order in every:
                moved = permuted(moving, order)
                valid = ~np.isnan(moved) & (known_x if method == "y" else known_y)
                columns = [x, z] if method == "y" else [moved, z]
                possible.append(t(moved if method == "y" else y, columns, 1, valid))
            found = mrqap(y, {"x": x, "z": z}, method=method, permutations=200, seed=1)
            assert found.t[1] == pytest.approx(t(y, [x, z], 1, known_x & known_y), rel=1e-10)
            assert np.abs(found.distribution[:, 1][:, None] - possible).min(axis=1).max() < 1e-8, (method, gaps)


@pytest.mark.parametrize("method", ["dsp", "x", "y"])
def test_robust_draws_in_full(method):
    generator = np.random.default_rng(6)
    n = 5
    x, z = generator.random((n, n)), generator.random((n, n))
    y = x * generator.random((n, n)) + z
    off = ~np.eye(n, dtype=bool)

    def t(outcome, columns):
        design = np.column_stack([np.ones(off.sum()), *(column[off] for column in columns)])
        beta = np.linalg.lstsq(design, outcome[off], rcond=None)[0]
        left = outcome[off] - design @ beta
        unit = np.linalg.inv(design.T @ design)
        inner = design * left[:, None]
        covariance = unit @ (inner.T @ inner) @ unit * off.sum() / (off.sum() - 3)
        return beta[1] / np.sqrt(covariance[1, 1])

    others = np.column_stack([np.ones(off.sum()), z[off]])
    slopes = np.linalg.lstsq(others, x[off], rcond=None)[0]
    left = x - slopes[0] - slopes[1] * z
    every = [list(order) for order in orders(range(n))]
    possible = {
        "dsp": lambda order: t(y, [permuted(left, order), z]),
        "x": lambda order: t(y, [permuted(x, order), z]),
        "y": lambda order: t(permuted(y, order), [x, z]),
    }[method]
    found = mrqap(y, {"x": x, "z": z}, method=method, se="robust", permutations=100, seed=1)
    assert found.t[1] == pytest.approx(t(y, [x, z]), rel=1e-9)
    values = np.array([possible(order) for order in every])
    assert np.abs(found.distribution[:, 1][:, None] - values).min(axis=1).max() < 1e-8


def test_pooled_networks_are_permuted_apart():
    generator = np.random.default_rng(3)
    x, y = ([generator.random((3, 3)) for _ in range(2)] for _ in range(2))
    found = qap_correlation(x, y, permutations=300, seed=1)
    off = ~np.eye(3, dtype=bool)
    possible = []
    for one in orders(range(3)):
        for other in orders(range(3)):
            moved = [permuted(x[0], list(one))[off], permuted(x[1], list(other))[off]]
            possible.append(np.corrcoef(np.concatenate(moved), np.concatenate([m[off] for m in y]))[0, 1])
    assert np.abs(found.distribution[:, None] - possible).min(axis=1).max() < 1e-9
    # All 36 occur among 300, but for one in a thousand times.
    assert len(np.unique(found.distribution.round(9))) == 36


def test_groups_are_permuted_apart():
    generator = np.random.default_rng(3)
    x, y = generator.random((4, 4)), generator.random((4, 4))
    found = qap_correlation(x, y, within=["a", "b", "a", "b"], permutations=100, seed=1)
    possible = [
        pairwise("pearson", permuted(x, order), y) for order in ([0, 1, 2, 3], [2, 1, 0, 3], [0, 3, 2, 1], [2, 3, 0, 1])
    ]
    assert np.abs(found.distribution[:, None] - possible).min(axis=1).max() < 1e-9
    assert len(np.unique(found.distribution.round(9))) == 4


def test_two_modes_are_permuted_apart():
    generator = np.random.default_rng(3)
    x, y = generator.random((2, 3)), generator.random((2, 3))
    found = qap_correlation(x, y, permutations=300, seed=1)
    possible = [
        np.corrcoef(x[np.ix_(rows, columns)].ravel(), y.ravel())[0, 1]
        for rows in orders(range(2))
        for columns in orders(range(3))
    ]
    assert np.abs(found.distribution[:, None] - possible).min(axis=1).max() < 1e-9
    assert len(np.unique(found.distribution.round(9))) == 12


def test_those_who_answered_are_permuted_among_each_other():
    """So that every draw runs over the dyads of the data; where one relation is complete nothing is held back."""
    generator = np.random.default_rng(3)
    x, y = generator.random((5, 5)), generator.random((5, 5))
    y[[1, 3]] = np.nan
    every = [list(order) for order in orders(range(5))]
    found = qap_correlation(x, y, permutations=400, seed=1)
    possible = [pairwise("pearson", permuted(x, order), y) for order in every]
    assert np.abs(found.distribution[:, None] - possible).min(axis=1).max() < 1e-9
    x[[1, 4]] = np.nan
    kept = [order for order in every if {order[1], order[4]} == {1, 4}]
    found = qap_correlation(x, y, permutations=400, seed=1)
    possible = [pairwise("pearson", permuted(x, order), y) for order in kept]
    assert np.abs(found.distribution[:, None] - possible).min(axis=1).max() < 1e-9
    assert len(np.unique(found.distribution.round(9))) == len(kept) == 12


def in_full(y, columns):
    """Least squares of vectors: coefficients, t, R², adjusted R²."""
    x = np.column_stack([np.ones(len(y)), *columns])
    beta, rest = np.linalg.lstsq(x, y, rcond=None)[:2]
    n, p = x.shape
    t = beta / np.sqrt(rest[0] / (n - p) * np.diag(np.linalg.inv(x.T @ x)))
    share = 1 - rest[0] / ((y - y.mean()) ** 2).sum()
    return beta, t, share, 1 - (1 - share) * (n - 1) / (n - p)


SHAPES = {
    "directed": (5, 5),
    "undirected": (6, 6),
    "two-mode": (3, 4),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_regressions_of_every_kind_of_network(shape):
    """Coefficients, R², VIF, and draws among those of all permutations."""
    generator = np.random.default_rng(11)
    size = SHAPES[shape]
    x, z, noise = generator.normal(size=(3, *size))
    z = z + x  # correlated
    if shape == "undirected":
        x, z, noise = (one + one.T for one in (x, z, noise))
    y = x + noise
    cells = np.ones(size, dtype=bool)
    if shape == "directed":
        cells = ~np.eye(size[0], dtype=bool)
    if shape == "undirected":
        cells = np.tri(size[0], k=-1, dtype=bool)
    found = mrqap(y, {"x": x, "z": z}, permutations=60, seed=2)
    beta, t, share, adjusted = in_full(y[cells], [x[cells], z[cells]])
    np.testing.assert_allclose(found.estimate, beta, rtol=1e-10)
    np.testing.assert_allclose(found.t, t, rtol=1e-9)
    np.testing.assert_allclose([found.r_squared, found.adjusted_r_squared], [share, adjusted], rtol=1e-10)
    vif = np.diag(np.linalg.inv(np.corrcoef(x[cells], z[cells])))
    np.testing.assert_allclose(found.vif[1:], vif, rtol=1e-9)
    scale = np.array([x[cells].std(), z[cells].std()]) / y[cells].std()
    np.testing.assert_allclose(found.standardized[1:], beta[1:] * scale, rtol=1e-9)
    slopes = in_full(x[cells], [z[cells]])[0]
    left = x - slopes[0] - slopes[1] * z
    rows = list(orders(range(size[0])))
    both = [(a, b) for a in rows for b in orders(range(size[1]))] if shape == "two-mode" else [(a, a) for a in rows]
    possible = [in_full(y[cells], [left[np.ix_(a, b)][cells], z[cells]])[1][1] for a, b in both]
    assert np.abs(found.distribution[:, 1][:, None] - possible).min(axis=1).max() < 1e-8


def test_pooled_regressions():
    """Dyads of both networks in one regression; draws are among those of both networks' permutations."""
    generator = np.random.default_rng(12)
    x, z, y = ([generator.normal(size=(n, n)) for n in (3, 4)] for _ in range(3))
    off = [~np.eye(n, dtype=bool) for n in (3, 4)]

    def joined(parts):
        return np.concatenate([part[cells] for part, cells in zip(parts, off, strict=True)])

    found = mrqap(y, {"x": x, "z": z}, permutations=60, seed=2)
    beta, t = in_full(joined(y), [joined(x), joined(z)])[:2]
    np.testing.assert_allclose(found.estimate, beta, rtol=1e-9)
    np.testing.assert_allclose(found.t, t, rtol=1e-9)
    slopes = in_full(joined(x), [joined(z)])[0]
    left = [one - slopes[0] - slopes[1] * other for one, other in zip(x, z, strict=True)]
    possible = [
        in_full(joined(y), [joined([permuted(left[0], list(a)), permuted(left[1], list(b))]), joined(z)])[1][1]
        for a in orders(range(3))
        for b in orders(range(4))
    ]
    assert np.abs(found.distribution[:, 1][:, None] - possible).min(axis=1).max() < 1e-8

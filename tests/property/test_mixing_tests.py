"""Tests of permuted groups: all permutations by brute force, regression by least squares, and laws."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import inference, mixing, testing
from wholenet.errors import ModelError
from wholenet.inference._p import p_values

QUICK = settings(max_examples=40, deadline=None)
GROUPED = testing.networks(min_actors=2, attributes={"group": ["x", "y", "z"]}, loops=None)
MODELS = st.sampled_from(["constant_homophily", "variable_homophily", "structural_blockmodel"])
FEW = {"by": "group", "permutations": 3, "seed": 1}
DRAWS = 4000


@given(GROUPED)
@QUICK
def test_estimates_are_those_of_the_measures(net):
    table, theirs = inference.sector_density_test(net, **FEW).to_frame(), mixing.sector_density(net, by="group")
    for name in ("from", "to", "ties", "dyads", "density"):
        if name in {"from", "to"}:
            assert table[name].tolist() == theirs[name].tolist()
        else:
            assert_allclose(table[name], theirs[name], rtol=1e-12)
    assert_allclose(inference.ei_test(net, **FEW).estimate, mixing.ei_index(net, by="group"), rtol=1e-12)
    groups, own = inference.ei_test(net, level="group", **FEW), mixing.ei_index(net, by="group", level="group")
    assert_allclose(groups.estimate, own["ei"], rtol=1e-12, atol=1e-12)
    assert_allclose(groups.rows["external"], own["external"])
    assert_allclose(groups.rows["internal"], own["internal"])


def design(group, pairs, model, directed):
    """One column per kind of dyad, named."""
    columns = {}
    for row, (i, j) in enumerate(pairs):
        one, other = group[i], group[j]
        if model == "structural_blockmodel":
            a, b = (one, other) if directed else sorted((one, other))
            name = f"{a} {'→' if directed else '-'} {b}"
        elif one != other:
            name = "between"
        else:
            name = "within groups" if model == "constant_homophily" else f"within {one}"
        columns.setdefault(name, np.zeros(len(pairs)))[row] = 1
    return columns


@given(GROUPED, MODELS)
@QUICK
def test_density_models_are_least_squares(net, model):
    matrix, group = net.to_matrix(), net.attribute("group")
    n = len(matrix)
    pairs = [(i, j) for i in range(n) for j in range(n) if (i != j if net.directed else i < j)]
    pairs = [pair for pair in pairs if not np.isnan(matrix[pair])]
    try:
        found = inference.density_model(net, model=model, **FEW)
    except ModelError:
        reject()
    y = np.array([matrix[pair] for pair in pairs])
    columns = design(group, pairs, model, net.directed)
    terms = [term for term, value in zip(found.terms[1:], found.estimate[1:], strict=True) if not np.isnan(value)]
    x = np.column_stack([np.ones(len(y)), *(columns[term] for term in terms)])
    assert x.shape[1] == len(columns) == np.linalg.matrix_rank(x)
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    assert_allclose(found.estimate[~np.isnan(found.estimate)], coefficients, atol=1e-9)
    residual, total = ((y - x @ coefficients) ** 2).sum(), ((y - y.mean()) ** 2).sum()
    assert found.r_squared == pytest.approx(1 - residual / total, abs=1e-9)
    free = len(y) - x.shape[1]
    if free and residual > 1e-9:
        assert found.adjusted_r_squared == pytest.approx(1 - residual / free / (total / (len(y) - 1)))
        assert found.f == pytest.approx((total - residual) / (x.shape[1] - 1) / (residual / free))
    assert ((found.r_squared_distribution > -1e-9) & (found.r_squared_distribution < 1 + 1e-9)).all()


def cases():
    random = np.random.default_rng(4)
    for n, directed, missing in ((4, True, False), (5, False, True), (6, True, True), (5, False, False)):
        cells = random.integers(0, 3, (n, n)).astype(float)
        cells = cells if directed else np.triu(cells, 1) + np.triu(cells, 1).T
        if missing:
            cells[0, 2] = np.nan
            cells[2, 0] = cells[2, 0] if directed else np.nan
        np.fill_diagonal(cells, 0)
        actors = pd.DataFrame({"id": range(n), "group": (list("xxyyzz") if n > 4 else list("xxyy"))[:n]})
        yield pytest.param(wn.Network.from_matrix(cells, actors, directed=directed), id=f"{n}-{directed}-{missing}")


def regrouped(net, order):
    groups = net.attribute("group")[list(order)]
    return net.with_actors(pd.DataFrame({"id": net.labels, "group": groups}))


@pytest.mark.parametrize("net", list(cases()))
@pytest.mark.parametrize("level", ["network", "group", "density", "model"])
def test_all_permutations(net, level):
    """The draws are a sample of all n! permutations: of the p-values, and of the mean."""

    def measured(one):
        if level == "network":
            return [mixing.ei_index(one, by="group")]
        if level == "group":
            return mixing.ei_index(one, by="group", level="group")["ei"].to_numpy()
        if level == "density":
            return mixing.sector_density(one, by="group")["density"].to_numpy()
        return inference.density_model(one, **FEW).estimate

    every = np.array([measured(regrouped(net, order)) for order in permutations(range(net.n_actors))])
    options = {"by": "group", "permutations": DRAWS, "seed": 6}
    if level in {"network", "group"}:
        found = inference.ei_test(net, level=level, **options)
    else:
        found = (inference.sector_density_test if level == "density" else inference.density_model)(net, **options)
    drawn = found.distribution.reshape(DRAWS, -1)
    exact = p_values(np.atleast_1d(found.estimate), every, symmetric=False)
    for name, p in zip(("p_lower", "p_upper"), exact[:2], strict=True):
        share = p * (1 + len(every)) - 1  # the observed labels are among all permutations
        # A share of 4,000 draws has a standard error of 0.8 % at most.
        assert_allclose(np.atleast_1d(getattr(found, name)), share / len(every), atol=5 * 0.008)
    there = ~np.isnan(every).all(axis=0)  # a group of one has no dyads within
    assert np.isnan(drawn[:, ~there]).all()
    every, drawn = every[:, there], drawn[:, there]
    near = 5 * np.nanstd(every, axis=0) / np.sqrt(DRAWS) + 1e-12
    assert (abs(np.nanmean(drawn, axis=0) - np.nanmean(every, axis=0)) <= near).all()
    for column in range(every.shape[1]):
        values = drawn[~np.isnan(drawn[:, column]), column]
        assert np.isin(np.round(values, 9), np.round(every[:, column], 9)).all()
        assert np.isnan(drawn[:, column]).any() == np.isnan(every[:, column]).any()


@given(testing.networks(min_actors=2, max_actors=5, missing=False, attributes={"group": ["x", "y"]}))
@settings(max_examples=20, deadline=None)
def test_expected_is_the_density_of_the_whole_network(net):
    """The mean over all permutations, in a network observed in full."""
    every = [
        mixing.sector_density(regrouped(net, order), by="group")["density"].to_numpy()
        for order in permutations(range(net.n_actors))
    ]
    means = np.mean(every, axis=0)
    assert_allclose(means[~np.isnan(means)], wn.cohesion.density(net), atol=1e-9)


@given(GROUPED, st.integers(0, 5))
@QUICK
def test_the_order_of_actors_does_not_matter(net, seed):
    testing.assert_relabelling_law(lambda one: inference.ei_test(one, **FEW).estimate, net, seed=seed)
    testing.assert_relabelling_law(lambda one: inference.sector_density_test(one, **FEW).estimate[None], net, seed=seed)


@given(GROUPED)
@QUICK
def test_turned_round_from_and_to_change_places(net):
    assume(net.directed)
    one, other = (inference.sector_density_test(each, **FEW) for each in (net, net.reverse()))
    k = int(np.sqrt(len(one.estimate)))
    assert_allclose(one.distribution.reshape(-1, k, k), other.distribution.reshape(-1, k, k).transpose(0, 2, 1))
    assert_allclose(inference.ei_test(net, **FEW).distribution, inference.ei_test(net.reverse(), **FEW).distribution)

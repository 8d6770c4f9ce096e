"""Laws of what governance computes."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import governance
from wholenet.governance._accuracy import wilson
from wholenet.governance._spectral import WEIGHTS, spectrum
from wholenet.inference._draws import stream

# Sums of products of numbers near 1 over at most 12 actors.
CLOSE = 1e-9


@st.composite
def weights(draw):
    """Symmetric 0/1 weights, sometimes without ties or with isolates."""
    n = draw(st.integers(2, 12))
    cells = np.triu(
        np.random.default_rng(draw(st.integers(0, 99))).random((n, n)) < draw(st.sampled_from([0, 0.2, 0.6])), 1
    )
    return (cells | cells.T).astype(float)


@settings(deadline=None, max_examples=60)
@given(weights(), st.integers(0, 1000))
def test_turned_values_keep_mean_variance_covariance_and_moran(cells, seed):
    n = len(cells)
    values = np.random.default_rng(seed).standard_normal((n, 2))
    centred = values - values.mean(axis=0)
    found = spectrum(cells)
    turned = found.turned(found.parts(centred), stream(seed, 3))
    np.testing.assert_allclose(turned.sum(axis=0), 0, atol=CLOSE)
    np.testing.assert_allclose(turned.T @ turned, centred.T @ centred, atol=CLOSE)
    np.testing.assert_allclose(turned.T @ cells @ turned, centred.T @ cells @ centred, atol=CLOSE)


@settings(deadline=None, max_examples=40)
@given(weights(), st.integers(0, 1000))
def test_weights_by_rows_keep_moran_of_the_rows(cells, seed):
    """The second weights are symmetric, and what stays is Σ z(i) times the mean z of i's contacts."""
    values = np.random.default_rng(seed).standard_normal((len(cells), 1))
    centred = values - values.mean(axis=0)
    means = cells / np.maximum(cells.sum(axis=1, keepdims=True), 1)
    weighted = WEIGHTS[1](cells)
    np.testing.assert_array_equal(weighted, weighted.T)
    found = spectrum(weighted)
    turned = found.turned(found.parts(centred), stream(seed, 3))
    np.testing.assert_allclose((turned * (means @ turned)).sum(), (centred * (means @ centred)).sum(), atol=CLOSE)


def test_turns_are_spread_evenly_where_there_are_no_ties():
    """Each value has the mean 0 over draws, and the variance of the values: 2,000 draws, five standard errors."""
    values = np.array([[3.0], [-1.0], [-1.0], [-1.0]])
    found = spectrum(np.zeros((4, 4)))
    draws = np.array([found.turned(found.parts(values), stream(1, at))[:, 0] for at in range(2000)])
    assert np.abs(draws.mean(axis=0)).max() < 5 * np.sqrt(3 / 2000)
    np.testing.assert_allclose((draws**2).mean(axis=0), 3, rtol=0.12)


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_lies_within_0_and_1_and_mirrors(count, total):
    count = min(count, total)
    share, low, high = wilson(count, total, 0.95)
    other = wilson(total - count, total, 0.95)
    assert 0 <= low <= share <= high <= 1
    np.testing.assert_allclose([share, low, high], [1 - other[0], 1 - other[2], 1 - other[1]], atol=1e-12)


def test_accuracy_follows_from_confusion():
    study = wn.datasets.youth_care().select(relation="any contact")
    for mode in ("shared", "lead organisation", "network administrative organisation"):
        share = governance.accuracy(study, formal=mode)["share"]
        np.testing.assert_array_equal(share, governance.confusion(study, formal=mode)[f"share of {mode}"])


@pytest.fixture(scope="module")
def elzerveen():
    return wn.datasets.youth_care().select(relation="any contact", municipality="Elzerveen")


def test_draws_are_the_same_anywhere(elzerveen):
    pytest.importorskip("statsmodels")
    options = {"formal": "lead organisation", "permutations": 40, "seed": 5, "progress": False}
    here = governance.accuracy_model(elzerveen, ["trust"], **options)
    with ThreadPoolExecutor(3) as pool:
        there = governance.accuracy_model(elzerveen, ["trust"], executor=pool, **options)
    assert here.distribution.tobytes() == there.distribution.tobytes()
    strong = elzerveen[("Elzerveen", 1, "any contact")].symmetrize("confirmed", one_report="use")
    first = governance.load(strong, permutations=60, seed=5)
    with ThreadPoolExecutor(3) as pool:
        second = governance.load(strong, permutations=60, seed=5, executor=pool)
    assert first.networks == second.networks


def test_unit_of_a_predictor_is_of_no_account(elzerveen):
    pytest.importorskip("statsmodels")
    options = {"formal": "lead organisation", "permutations": 30, "seed": 5, "progress": False}
    one = governance.accuracy_model(elzerveen, ["trust"], **options)
    other = governance.accuracy_model(
        elzerveen, {"trust": lambda net: 10 * net.attribute("trust").astype(float) + 3}, **options
    )
    # Both fits stop where the gradient is small: their coefficients agree to about five digits.
    np.testing.assert_allclose(one.coefficient[2], 10 * other.coefficient[2], rtol=1e-4)
    np.testing.assert_allclose(one.p_network[2], other.p_network[2])


def test_load_does_not_depend_on_the_order_of_actors():
    actors = pd.DataFrame({"name": list("abcdef"), "gatekeeper": ["GP", None, "GP", None, None, None]})
    ties = (list("aaabe"), list("bcdcf"))
    for table in (actors, actors.iloc[::-1]):
        found = governance.load(wn.Network.from_edges(ties, table, directed=False), seed=1)
        assert found.networks["ratio"] == [2.5 / 1.25]
        assert found.networks["share_of_ties"] == [0.8]

"""Bootstrap and jackknife: all draws of few actors by brute force, and laws."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import cohesion, inference, testing
from wholenet.errors import DrawError

QUICK = settings(max_examples=40, deadline=None)
SEEDS = st.integers(0, 2**32)
OBSERVED = testing.networks(min_actors=2, missing=False, loops=None)


def every_draw(cells):
    """The mean and standard deviation of density over all n**n draws, fills at random."""
    n = len(cells)
    both = (cells + cells.T)[np.triu_indices(n, 1)]
    means, variances = [], []
    for actors in product(range(n), repeat=n):
        pairs = [(actors[i], actors[j]) for i in range(n) for j in range(i)]
        fills = sum(a == b for a, b in pairs)
        ties = sum(cells[a, b] + cells[b, a] for a, b in pairs if a != b) + fills * both.mean()
        means.append(ties / (n * (n - 1)))
        variances.append(fills * both.var() / (n * (n - 1)) ** 2)
    return np.mean(means), np.sqrt(np.var(means) + np.mean(variances))


@pytest.mark.parametrize("n", [3, 4, 5])
@pytest.mark.parametrize("directed", [False, True])
def test_all_draws(n, directed):
    random = np.random.default_rng([n, directed])
    cells = random.integers(0, 4, (n, n)) * (1.0 - np.eye(n))
    cells = cells if directed else cells + cells.T
    mean, deviation = every_draw(cells)
    draws = 20_000
    found = inference.bootstrap(wn.Network.from_matrix(cells, directed=directed), seed=1, draws=draws)
    assert mean == pytest.approx(found.estimate)  # filled at random, the draws have no bias
    assert found.distribution.mean() == pytest.approx(mean, abs=5 * deviation / np.sqrt(draws))
    # A standard deviation of 20,000 draws is known within 0.5 %, or somewhat more where tails are long.
    assert found.se == pytest.approx(deviation, rel=0.03)


@given(testing.networks(min_actors=2, loops=None), SEEDS)
@QUICK
def test_counting_actors_gives_what_making_networks_gives(net, seed):
    try:
        fast = inference.bootstrap(net, seed=seed, draws=10)
    except (DrawError, ValueError):
        reject()
    slow = inference.bootstrap(net, lambda one: cohesion.density(one), seed=seed, draws=10)  # noqa: PLW0108 (not the same)
    assert_allclose(fast.distribution, slow.distribution, rtol=1e-12, atol=1e-12)


@given(testing.networks(min_actors=2, missing=True, attributes={"x": [1, 2]}), SEEDS)
@QUICK
def test_a_resampled_network_is_one_of_its_kind(net, seed):
    found = []

    def keep(one):
        found.append(one)
        return 1.0

    inference.bootstrap(net, keep, seed=seed, draws=5)
    for one in found[1:]:
        assert (one.n_actors, one.directed, one.valued) == (net.n_actors, net.directed, net.valued)
        assert len(set(one.labels.tolist())) == net.n_actors
        assert set(one.attribute("x")) <= set(net.attribute("x"))
        # All cells come from the network, the dyad as a whole.
        cells, own = one.to_matrix(), net.to_matrix()
        dyads = {str((own[i, j], own[j, i])) for i in range(len(own)) for j in range(len(own)) if i != j}
        assert {str((cells[i, j], cells[j, i])) for i in range(len(own)) for j in range(len(own)) if i != j} <= dyads


@given(OBSERVED, SEEDS)
@QUICK
def test_turned_round_scaled_and_complemented(net, seed):
    options = {"seed": seed, "draws": 20}
    se = inference.bootstrap(net, **options).se
    assert inference.bootstrap(net.reverse(), **options).se == pytest.approx(se)
    matrix = net.to_matrix()
    scaled = wn.Network.from_matrix(2 * matrix, directed=net.directed, loops="keep")
    assert inference.bootstrap(scaled, **options).se == pytest.approx(2 * se)
    if not net.valued:
        other = wn.Network.from_matrix((1 - matrix) * (1 - np.eye(len(matrix))), directed=net.directed)
        assert inference.bootstrap(other, **options).se == pytest.approx(se)
        both = inference.compare_densities(net, net.subset(net.labels[::-1]), paired=True, **options)
        assert both.se == 0


@given(testing.networks(min_actors=3, missing=False), st.integers(0, 5))
@QUICK
def test_jackknife_by_leaving_out(net, seed):
    found = inference.jackknife(net)
    n, matrix = net.n_actors, net.to_matrix()
    left = [np.delete(np.delete(matrix, i, 0), i, 1).sum() / ((n - 1) * (n - 2)) for i in range(n)]
    assert_allclose(found.distribution, left)
    assert_allclose(found.se, np.sqrt((n - 1) / n * ((left - np.mean(left)) ** 2).sum()), atol=1e-12)
    assert found.bias == pytest.approx(0, abs=1e-9 * max(1, n * abs(found.estimate)))  # a mean over pairs has none
    testing.assert_relabelling_law(lambda one: inference.jackknife(one).se, net, seed=seed)

"""Estimates from samples: bounds that hold as often as they say, and the exact values in the end."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wholenet as wn
from thread_networks import SMALL, on
from wholenet import centrality, cohesion
from wholenet.errors import ArgumentError, DirectionError, ModeError
from wholenet.testing import networks

STAR = wn.Network.from_edges((list("aaaa"), list("bcde")), directed=False)
EMPTY = wn.Network.from_matrix(np.zeros((0, 0)), directed=False)


def random_network(n, density, seed, *, directed=False):
    random = np.random.default_rng(seed)
    ties = random.random((n, n)) < density
    ties = ties & ~np.eye(n, dtype=bool) if directed else np.triu(ties, 1) | np.triu(ties, 1).T
    return wn.Network.from_matrix(ties.astype(float), directed=directed)


def test_an_estimate_of_a_star():
    """Of its pairs 12 of 20 have a path through the centre."""
    found = centrality.betweenness(STAR, samples=4000, seed=1)
    assert found.values[0] == pytest.approx(6, abs=0.3)
    assert found.values[1:].tolist() == [0] * 4
    assert (found.lower <= found.values).all()
    assert (found.values <= found.upper).all()
    assert found.error[0] == max(found.upper[0] - found.values[0], found.values[0] - found.lower[0])
    assert found.confidence == 0.9
    np.testing.assert_array_equal(np.asarray(found), found.values)
    # Chernoff: nobody seen in k draws has at most a share 1 - (delta ÷ 2n)^(1 ÷ k).
    assert found.upper[1] == pytest.approx(10 * (1 - (0.1 / 10) ** (1 / 4000)), rel=1e-6)
    assert "error at most" in repr(found)
    assert "a</" in found._repr_html_()
    assert found.to_frame().columns.tolist() == ["actor", "estimate", "lower", "upper"]


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("normalized", [True, False])
def test_bounds_hold_for_all_actors_at_once(directed, normalized):
    """At delta .5 in at least half of the runs, whatever is estimated; nearly always, since bounds are wide."""
    net = random_network(25, 0.1, 3, directed=directed)
    exact = {
        "betweenness": centrality.betweenness(net, normalized=normalized),
        "harmonic": centrality.harmonic(net, normalized=normalized),
    }
    held = dict.fromkeys(exact, 0)
    for seed in range(60):
        found = {
            "betweenness": centrality.betweenness(net, normalized=normalized, samples=200, delta=0.5, seed=seed),
            "harmonic": centrality.harmonic(net, normalized=normalized, samples=40, delta=0.5, seed=seed),
        }
        for name, one in found.items():
            held[name] += bool(((one.lower <= exact[name] + 1e-9) & (exact[name] <= one.upper + 1e-9)).all())
    assert min(held.values()) >= 30


def test_bounds_of_closeness_and_average_distance_hold():
    """In a network that falls apart, by every rule."""
    net = random_network(30, 0.07, 5)
    for unreachable in ("ignore", "scale", "n"):
        exact = centrality.closeness(net, unreachable=unreachable)
        for seed in range(30):
            found = centrality.closeness(net, unreachable=unreachable, samples=100, seed=seed)
            np.testing.assert_array_equal(np.isnan(found.values), np.isnan(exact))
            known = ~np.isnan(exact)
            assert (found.lower[known] <= exact[known] + 1e-12).all()
            assert (exact[known] <= found.upper[known] + 1e-12).all()
    exact = cohesion.average_distance(net)
    for seed in range(30):
        found = cohesion.average_distance(net, samples=100, seed=seed)
        assert found.lower <= exact <= found.upper


def test_estimates_come_closer():
    """The mean of many draws is the exact value, up to its own error."""
    net = random_network(40, 0.12, 1)
    found = centrality.betweenness(net, samples=200_000, seed=1)
    exact = centrality.betweenness(net)
    pairs = 40 * 39 / 2
    spread = np.sqrt(exact / pairs * (1 - exact / pairs) / 200_000) * pairs
    # Four and a half standard errors: of 40 actors one exceeds that once in three thousand runs.
    assert (np.abs(found.values - exact) <= 4.5 * spread + 1e-9).all()
    found = centrality.harmonic(net, samples=100_000, seed=1)
    assert found.values == pytest.approx(centrality.harmonic(net), rel=0.02)
    found = cohesion.average_distance(net, samples=20_000, seed=1)
    assert float(found.values) == pytest.approx(cohesion.average_distance(net), rel=0.01)


def test_as_many_draws_as_it_takes():
    net = random_network(60, 0.1, 2)
    found = centrality.betweenness(net, epsilon=0.02, delta=0.05, seed=1)
    assert found.error.max() <= 0.02 * 60 * 59 / 2
    assert found.confidence == 0.95
    # Far fewer than Hoeffding's ln(2n ÷ delta) ÷ 2 epsilon².
    assert found.samples < np.log(2 * 60 / 0.05) / (2 * 0.02**2)
    assert (np.abs(found.values - centrality.betweenness(net)) <= found.error).all()


def test_two_modes():
    net = wn.Network.from_edges((list("ppqq"), list("ABBC")), two_mode=True)
    exact = centrality.betweenness(net, normalized=True)
    found = centrality.betweenness(net, normalized=True, samples=20_000, seed=1)
    assert found.values == pytest.approx(exact, abs=0.05)
    with pytest.raises(ModeError):
        centrality.closeness(net, samples=10)


def test_few_actors():
    for net in (EMPTY, random_network(1, 0, 1), random_network(2, 0, 1)):
        n = net.n_actors
        assert centrality.betweenness(net, samples=10, seed=1).values.shape == (n,)
        assert centrality.harmonic(net, samples=10, seed=1).values.tolist() == [0] * n
        assert np.isnan(centrality.closeness(net, samples=10, seed=1).values).all()
        if n:
            assert np.isnan(cohesion.average_distance(net, samples=10, seed=1).values)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: centrality.betweenness(STAR, samples=0), ArgumentError, "samples must be"),
        (lambda: centrality.betweenness(STAR, samples=5, epsilon=0.1), ArgumentError, "not both"),
        (lambda: centrality.betweenness(STAR, epsilon=1.5), ArgumentError, "epsilon must be between 0 and 1"),
        (lambda: centrality.betweenness(STAR, samples=5, delta=0), ArgumentError, "delta must be between 0 and 1"),
        (lambda: centrality.harmonic(STAR, samples=5, delta=2), ArgumentError, "delta must be between 0 and 1"),
        (lambda: centrality.harmonic(STAR, samples=1), ArgumentError, "samples must be"),
        (lambda: centrality.harmonic(STAR, samples=5, mode="up"), ArgumentError, "mode must be"),
        (lambda: centrality.closeness(STAR, samples=5, unreachable="max+1"), ArgumentError, "longest distance"),
        (lambda: centrality.closeness(STAR, samples=5, seed=-1), ArgumentError, "seed must be"),
        (lambda: centrality.closeness(random_network(5, 0.5, 1, directed=True), samples=5), DirectionError, "harmonic"),
        (
            lambda: cohesion.average_distance(random_network(5, 0.5, 1, directed=True), samples=5),
            DirectionError,
            "pairs",
        ),
        (
            lambda: centrality.harmonic(
                wn.Network.from_edges((["a"], ["b"]), weight=[2.0]), samples=5, distance="inverse"
            ),
            ArgumentError,
            "count steps",
        ),
    ],
)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


THREADED = {
    "betweenness": lambda net: centrality.betweenness(net, samples=2000, seed=1).upper,
    "epsilon": lambda net: centrality.betweenness(net, epsilon=0.02, seed=1).values,
    "harmonic": lambda net: centrality.harmonic(net, samples=200, seed=1).upper,
}


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("name", THREADED)
def test_equal_bits(name, directed):
    one = on(1, THREADED[name], SMALL[directed])
    assert on(2, THREADED[name], SMALL[directed]) == one
    assert on(8, THREADED[name], SMALL[directed]) == one


@settings(deadline=None)
@given(networks(missing=False, valued=False, max_actors=9), st.integers(0, 2**32))
def test_paths_are_drawn_evenly(net, seed):
    """Whoever lies on no shortest path is never met; whoever lies on all of a pair's always is."""
    found = centrality.betweenness(net, samples=50, seed=seed)
    exact = centrality.betweenness(net)
    assert (found.values[exact == 0] == 0).all()


@settings(deadline=None, max_examples=200)
@given(networks(directed=False, missing=False, max_actors=30))
def test_the_diameter_is_that_of_networkx(net):
    """The longest within any component."""
    if net.n_actors == 0:
        return
    graph = nx.from_numpy_array((net.to_matrix() != 0).astype(int))
    expected = max(nx.diameter(graph.subgraph(part)) for part in nx.connected_components(graph))
    assert cohesion.diameter(net) == (expected or pytest.approx(np.nan, nan_ok=True))


@pytest.mark.parametrize("seed", range(12))
def test_the_diameter_of_larger_networks(seed):
    """Rings with chords, trees and random networks: where fringes stop early and where they do not."""
    graphs = [
        nx.connected_watts_strogatz_graph(600, 4, 0.02 * seed, seed=seed),
        nx.random_labeled_tree(700, seed=seed),
        nx.barabasi_albert_graph(900, 1 + seed % 3, seed=seed),
        nx.disjoint_union(nx.path_graph(40 + seed), nx.gnp_random_graph(300, 0.02, seed=seed)),
    ]
    for graph in graphs:
        net = wn.Network.from_networkx(graph)
        steps = cohesion.distances(net)
        assert cohesion.diameter(net) == steps[np.isfinite(steps)].max()

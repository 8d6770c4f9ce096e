"""Equal bits on any number of threads, and from run to run."""

from functools import partial

import numpy as np
import pytest

import wholenet as wn
from wholenet import _core, centrality, cohesion


def network(n, ties, seed, *, directed):
    generator = np.random.default_rng(seed)
    pairs = generator.integers(0, n, size=(ties, 2))
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    if not directed:
        pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    values = generator.integers(1, 9, size=len(pairs)) / 7
    return wn.Network.from_edges((pairs[:, 0], pairs[:, 1]), weight=values, directed=directed)


# Big enough that searches leave the caller's thread and are cut into many blocks.
BIG = {directed: network(3000, 30_000, 1, directed=directed) for directed in (True, False)}
# Counting paths and adding lengths up cost more: a smaller one will do.
SMALL = {directed: network(700, 4500, 2, directed=directed) for directed in (True, False)}
EMPTY = wn.Network.from_matrix(np.zeros((0, 0)))

MEASURES = {
    "closeness": (BIG, centrality.closeness),
    "closeness in max+1": (BIG, partial(centrality.closeness, mode="in", unreachable="max+1")),
    "closeness over lengths": (SMALL, partial(centrality.closeness, distance="inverse")),
    "harmonic": (BIG, centrality.harmonic),
    "harmonic all": (BIG, partial(centrality.harmonic, mode="all")),
    "harmonic over lengths": (SMALL, partial(centrality.harmonic, distance="inverse")),
    "betweenness": (SMALL, centrality.betweenness),
    "betweenness over lengths": (SMALL, partial(centrality.betweenness, distance="inverse")),
    "eigenvector": (BIG, centrality.eigenvector),
    "pagerank": (BIG, centrality.pagerank),
    "local_clustering": (BIG, centrality.local_clustering),
    "distances": (SMALL, cohesion.distances),
    "distances over lengths": (SMALL, partial(cohesion.distances, distance="value")),
    "average_distance": (BIG, cohesion.average_distance),
    "diameter": (BIG, cohesion.diameter),
    "transitivity": (BIG, cohesion.transitivity),
    "triad_census": (BIG, lambda net: cohesion.triad_census(net)["count"].to_numpy()),
    "closeness centralization": (BIG, partial(cohesion.centralization, measure="closeness")),
}


@pytest.fixture(autouse=True)
def _same_threads_after():
    before = _core.get_threads()
    yield
    _core.set_threads(before)


def on(threads, measure, net):
    _core.set_threads(threads)
    return np.asarray(measure(net)).tobytes()


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("name", MEASURES)
def test_equal_bits(name, directed):
    networks, measure = MEASURES[name]
    net = networks[directed]
    one = on(1, measure, net)
    assert on(2, measure, net) == one
    assert on(8, measure, net) == one


@pytest.mark.parametrize("measure", [getattr(centrality, name) for name in centrality.__all__])
def test_of_nobody(measure):
    assert on(1, measure, EMPTY) == on(8, measure, EMPTY) == b""


def test_the_number_of_threads_is_kept():
    _core.set_threads(3)
    assert _core.get_threads() == 3

"""Equal bits on any number of threads, and from run to run."""

from functools import partial

import numpy as np
import pytest

import wholenet as wn
from thread_networks import BIG, SMALL, on
from wholenet import _core, centrality, cohesion

EMPTY = wn.Network.from_matrix(np.zeros((0, 0)), directed=False)

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


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("name", MEASURES)
def test_equal_bits(name, directed):
    networks, measure = MEASURES[name]
    net = networks[directed]
    one = on(1, measure, net)
    assert on(2, measure, net) == one
    assert on(8, measure, net) == one


# Two of them take a number that has no default.
@pytest.mark.parametrize(
    "measure", [getattr(centrality, name) for name in centrality.__all__ if name not in {"katz", "bonacich_power"}]
)
def test_of_nobody(measure):
    assert on(1, measure, EMPTY) == on(8, measure, EMPTY) == b""


def test_the_number_of_threads_is_kept():
    before = _core.get_threads()
    _core.set_threads(3)
    assert _core.get_threads() == 3
    _core.set_threads(before)

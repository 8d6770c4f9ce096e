"""Key players where leaving sets out, or exchanging members, has work to do: beside all sets."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import brokerage, cohesion


def network(n, m, seed, *, directed=False):
    return wn.Network.from_matrix(
        nx.to_numpy_array(nx.gnm_random_graph(n, m, seed=seed, directed=directed)), directed=directed
    )


def every_reach(net, size, of):
    """The value of all sets, and the sets."""
    distance = cohesion.distances(net)
    near = np.where(distance == 0, 1.0, of(np.maximum(distance, 1)))
    sets = np.array(list(combinations(range(net.n_actors), size)))
    return near[sets].max(axis=1).mean(axis=1), sets


CRITERIA = {"reach": lambda d: (d <= 1).astype(float), "distance_reach": lambda d: 1 / d}


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize(("n", "m", "size"), [(22, 40, 4), (70, 120, 3), (70, 700, 2), (16, 14, 5)])
def test_reach_is_the_best_of_all_sets(criterion, directed, n, m, size):
    net = network(n, m, n + m, directed=directed)
    values, sets = every_reach(net, size, CRITERIA[criterion])
    found = brokerage.key_players(net, size=size, criterion=criterion)
    assert found.exact
    assert found.value == pytest.approx(values.max(), abs=1e-12)
    # Values differ by more than 1e-4, or by rounding.
    best = values > values.max() - 1e-9
    assert found.solutions == best.sum()
    # Of equally good sets the first in the order of actors.
    assert found.members.tolist() == net.labels[sets[np.argmax(best)]].tolist()


@pytest.mark.parametrize("criterion", CRITERIA)
def test_five_of_135_are_known_to_be_the_best(criterion):
    net = network(135, 1650, 1)
    found = brokerage.key_players(net, size=5, criterion=criterion)
    assert found.exact
    assert "the best of all sets" in repr(found) or "equally good" in repr(found)
    # No exchange of a member is better.
    distance = cohesion.distances(net)
    near = np.where(distance == 0, 1.0, CRITERIA[criterion](np.maximum(distance, 1)))
    place = [net.labels.tolist().index(label) for label in found.members.tolist()]
    assert_allclose(near[place].max(axis=0).mean(), found.value, atol=1e-12)
    for gone in place:
        rest = near[[one for one in place if one != gone]].max(axis=0)
        assert np.maximum(rest, near).mean(axis=1).max() <= found.value + 1e-12


def test_exchanges_find_whom_the_contacts_of_few_cut_off():
    # No actor alone, and no two, part this network: adding the best one by one stays where nothing is gained.
    net = network(135, 500, 1)
    three = brokerage.key_players(net, size=3)
    six = brokerage.key_players(net, size=6)
    assert three.exact
    assert not six.exact
    assert six.solutions is None
    assert "a better set may exist" in repr(six)
    assert six.value > three.value


@pytest.mark.parametrize("criterion", ["fragmentation", "distance_fragmentation"])
@pytest.mark.parametrize("seed", range(3))
def test_the_value_is_that_of_the_members(criterion, seed):
    net = network(90, 150, seed)
    found = brokerage.key_players(net, size=7, criterion=criterion)
    assert len(set(found.members.tolist())) == 7
    gone = brokerage.removal(net, actors=found.members.tolist(), draws=1, seed=1)
    value = gone.fragmentation if criterion == "fragmentation" else gone.distance_fragmentation
    assert_allclose(found.value, value[-1], rtol=1e-12)
    assert_allclose(found.before, value[0], rtol=1e-12)

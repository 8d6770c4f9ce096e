"""Plans beside another formulation and solver call, published formulas, and networkx."""

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

import wholenet as wn
from wholenet import design
from wholenet.errors import InfeasibleError

LEVELS = np.array(["light", "selective", "heavy"])


def case(seed, n):
    """A sparse network with levels, strengths and capacities."""
    draw = np.random.default_rng(seed)
    cells = np.triu(draw.random((n, n)) < 1.5 / n, 1) * draw.integers(1, 5, (n, n)).astype(float)
    level = np.concatenate([LEVELS, draw.choice(LEVELS, n - 3)])
    actors = pd.DataFrame({"name": range(n), "care_level": level, "capacity": draw.integers(2, 6, n)})
    return wn.Network.from_matrix(cells + cells.T, actors, directed=False)


def scipy_optimum(net, within):
    """The least number of changes by scipy: with a variable for each two-step path to a level, not with cuts.

    light ones need two ties with selective ones, heavy ones one with a light one; capacities hold.
    """
    n, level = net.n_actors, net.attribute("care_level")
    capacity = net.attribute("capacity")
    pairs = list(combinations(range(n), 2))
    at = {pair: place for place, pair in enumerate(pairs)} | {(b, a): place for place, (a, b) in enumerate(pairs)}
    present = np.array([net.to_matrix()[pair] != 0 for pair in pairs])
    rows, low, high = [], [], []
    columns = len(pairs)

    def add(terms, least, most):
        rows.append(terms)
        low.append(least)
        high.append(most)

    for one in range(n):
        add({at[one, other]: 1 for other in range(n) if other != one}, 0, capacity[one])
        wanted = {"light": ("selective", 2), "heavy": ("light", 1)}.get(level[one])
        if wanted:
            add({at[one, other]: 1 for other in range(n) if other != one and level[other] == wanted[0]}, wanted[1], n)
    if within:
        for one in range(n):
            for far in set(LEVELS) - {level[one]}:
                there = [other for other in range(n) if level[other] == far]
                terms = {at[one, other]: 1 for other in there}
                for via in set(range(n)) - {one, *there}:
                    path, columns = columns, columns + 1
                    terms[path] = 1
                    add({path: 1, at[one, via]: -1}, -n, 0)
                    add({path: 1, **{at[via, other]: -1 for other in there}}, -n, 0)
                add(terms, 1, n)
    matrix = np.zeros((len(rows), columns))
    for row, terms in enumerate(rows):
        for column, value in terms.items():
            matrix[row, column] = value
    cost = np.zeros(columns)
    cost[: len(pairs)] = np.where(present, -1, 1)
    found = milp(
        cost, constraints=LinearConstraint(matrix, low, high), integrality=np.ones(columns), bounds=Bounds(0, 1)
    )
    return round(found.fun + present.sum()) if found.success else None


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("within", [None, 2])
def test_as_scipy_with_paths_in_place_of_cuts(seed, within):
    net = case(seed, 10)
    rules = [
        design.must(2, care_level="light", with_care_level="selective"),
        design.must(care_level="heavy", with_care_level="light"),
        design.at_most("capacity"),
    ]
    wanted = scipy_optimum(net, within)
    try:
        found = design.plan(net, rules, within=within, gap=0, progress=False)
    except InfeasibleError:
        assert wanted is None
        return
    assert found.cost == found.bound == wanted


@pytest.mark.parametrize("seed", range(10))
def test_a_tree_survives_with_as_many_more_ties_as_eswaran_and_tarjan_have_it(seed):
    """A connected graph needs max(d - 1, ⌈p/2⌉) edges to be biconnected.

    p leaves of the tree of blocks, d the highest number of components without an actor: Eswaran & Tarjan (1976),
    Augmentation problems, SIAM J. Comput. 5, 653-665, https://doi.org/10.1137/0205044, theorem 5. In a tree p is the
    number of leaves and d the highest degree.
    """
    tree = nx.random_labeled_tree(14, seed=seed)
    degrees = [degree for _, degree in tree.degree]
    net = wn.Network.from_matrix(nx.to_numpy_array(tree), directed=False)
    found = design.plan(net, survive_any_leaver=True, gap=0, progress=False)
    assert found.cost == max(max(degrees) - 1, -(-degrees.count(1) // 2))
    assert nx.node_connectivity(nx.from_numpy_array(found.network.to_matrix())) >= 2


@pytest.mark.parametrize("n", [3, 5, 9])
def test_the_smallest_network_that_survives_is_a_cycle(n):
    found = design.plan(wn.Network.from_matrix(np.zeros((n, n)), directed=False), survive_any_leaver=True, gap=0)
    assert found.cost == n
    assert nx.is_isomorphic(nx.from_numpy_array(found.network.to_matrix()), nx.cycle_graph(n))


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_plan_as_networkx_sees_it(seed):
    net = case(seed, 40)
    rules = [design.must(care_level="light", with_care_level="heavy"), design.at_most(8)]
    found = design.plan(net, rules, within=3, survive_any_leaver=True, time_limit=20, gap=0.1, progress=False)
    graph = nx.from_numpy_array(found.network.to_matrix())
    level = net.attribute("care_level")
    assert nx.node_connectivity(graph) >= 2
    assert max(degree for _, degree in graph.degree) <= 8
    for one in graph:
        near = nx.single_source_shortest_path_length(graph, one, cutoff=3)
        assert {level[other] for other in near} == set(LEVELS)
        if level[one] == "light":
            assert "heavy" in level[list(graph[one])]
    assert found.bound <= found.cost <= found.bound * (1 + 0.1) + 1e-9

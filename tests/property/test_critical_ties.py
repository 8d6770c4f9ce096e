"""Critical ties: beside taking each tie away, with networkx."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

import wholenet as wn
from wholenet import cohesion, groups, testing
from wholenet.errors import DirectionError

COLUMNS = ["connectivity", "bridge", "disconnected", "weakened", "sets"]


def connectivity(graph):
    """λ of all pairs, by one flow each."""
    found = np.zeros((len(graph), len(graph)))
    for i, j in combinations(range(len(graph)), 2):
        found[i, j] = found[j, i] = nx.edge_connectivity(graph, i, j)
    return found


def sets_of(before):
    """Every lambda set with its level, by the definition over classes of each level."""
    n, found = len(before), {}
    for level in sorted(set(before[before > 0].tolist())):
        for i in range(n):
            members = frozenset([i, *(j for j in range(n) if before[i, j] >= level)])
            if len(members) > 1:
                found[members] = level
    return found


def by_removal(net):
    """The rows of the table, each by a network without the tie."""
    graph = nx.from_numpy_array(np.nan_to_num(net.to_matrix()))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    before = connectivity(graph)
    sets, parts = sets_of(before), nx.number_connected_components(graph)
    rows = []
    for i, j in sorted(tuple(sorted(tie)) for tie in graph.edges):
        without = graph.copy()
        without.remove_edge(i, j)
        after = connectivity(without)
        upper = np.triu_indices(len(graph), 1)
        split = sum(any(after[a, b] < level for a, b in combinations(members, 2)) for members, level in sets.items())
        gone, fewer = (after[upper] == 0) & (before[upper] > 0), after[upper] < before[upper]
        bridge = nx.number_connected_components(without) > parts
        rows.append([before[i, j], bridge, gone.sum(), fewer.sum(), split])
    return rows


@given(testing.networks(directed=False, max_actors=7))
@settings(max_examples=80, deadline=None)
def test_counts_are_what_removal_gives(net):
    table = cohesion.critical_ties(net)
    assert table[COLUMNS].to_numpy().tolist() == by_removal(net)


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_network(seed):
    graph = nx.gnm_random_graph(14, 22, seed=seed)
    net = wn.Network.from_matrix(nx.to_numpy_array(graph), directed=False)
    table = cohesion.critical_ties(net)
    assert table[COLUMNS].to_numpy().tolist() == by_removal(net)
    assert table["bridge"].sum() == len(cohesion.bridges(net))


def test_lambda_sets_named_in_the_docstring_are_those_of_groups():
    net = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), directed=False)
    before = np.nan_to_num(cohesion.edge_connectivity(net))
    names = {", ".join(net.labels[sorted(members)].tolist()) for members in sets_of(before)}
    assert names == set(groups.lambda_sets(net).to_frame()["actors"])


def test_a_tie_that_holds_others_together():
    # a and b have ways through x, y and z; each of these ties splits {a, b} although it joins neither to the other.
    ties = (["a", "x", "a", "y", "a", "z"], ["x", "b", "y", "b", "z", "b"])
    table = cohesion.critical_ties(wn.Network.from_edges(ties, directed=False))
    assert table["connectivity"].tolist() == [2] * 6
    # Of the pairs of that x, those with the four others, and a with b.
    assert table["weakened"].tolist() == [5] * 6
    assert table["sets"].tolist() == [2] * 6


def test_two_modes_and_what_is_refused():
    net = wn.Network.from_edges((["a", "b"], ["m", "m"]), two_mode=True)
    assert cohesion.critical_ties(net)["disconnected"].tolist() == [2, 2]
    with pytest.raises(DirectionError, match=r"critical_ties.*symmetrize"):
        cohesion.critical_ties(wn.Network.from_edges((["a"], ["b"])))

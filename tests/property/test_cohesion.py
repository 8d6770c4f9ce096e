"""Reach, Krackhardt's dimensions and what falls apart: definitions by brute force, laws, and live peers."""

from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from wholenet import centrality, cohesion, testing

CLOSE = {"rtol": 1e-12, "atol": 1e-12}
QUICK = settings(max_examples=80, deadline=None)
ANY = testing.networks(min_actors=1)


def plain(net):
    matrix = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(matrix, 0)
    return matrix


def reached(net):
    """Reach by squaring the matrix until nothing is added."""
    found = (plain(net) != 0) | np.eye(net.n_actors, dtype=bool)
    for _ in range(net.n_actors):
        found = (found.astype(int) @ found.astype(int)) > 0
    return found


def parts(net):
    """Weak components by their own search."""
    graph = nx.from_numpy_array(np.maximum(plain(net) != 0, (plain(net) != 0).T).astype(int))
    return [sorted(part) for part in nx.connected_components(graph)]


@given(ANY)
@QUICK
def test_reach_and_fragmentation(net):
    can, n = reached(net), net.n_actors
    assert_array_equal(cohesion.reachability(net), can)
    ordered = n * (n - 1)
    both = (can & can.T).sum() - n
    assert_allclose(cohesion.fragmentation(net), 1 - both / ordered if ordered else np.nan, **CLOSE)
    harmonic = centrality.harmonic(net, normalized=True).mean()
    assert_allclose(cohesion.compactness(net), harmonic, **CLOSE)
    assert_allclose(cohesion.breadth(net), 1 - harmonic, **CLOSE)
    assert_allclose(cohesion.fragmentation(net, weighted=True), 1 - harmonic, **CLOSE)


@given(ANY)
@QUICK
def test_krackhardts_dimensions(net):
    can, n = reached(net), net.n_actors
    members = parts(net)
    either = [(i, j) for i, j in combinations(range(n), 2) if can[i, j] or can[j, i]]
    mutual = sum(can[i, j] and can[j, i] for i, j in either)
    assert_allclose(cohesion.krackhardt_hierarchy(net), 1 - mutual / len(either) if either else np.nan, **CLOSE)
    inside = sum(len(part) * (len(part) - 1) for part in members)
    assert_allclose(cohesion.connectedness(net), inside / (n * (n - 1)) if n > 1 else np.nan, **CLOSE)
    needed = sum(len(part) - 1 for part in members)
    ties = np.count_nonzero(plain(net))
    expected = 1 - (ties - needed) / (inside - needed) if inside else np.nan
    assert_allclose(cohesion.krackhardt_efficiency(net), expected, **CLOSE)
    without = sum(not has_least(can, i, j) for part in members for i, j in combinations(part, 2))
    most = sum((len(part) - 1) * (len(part) - 2) / 2 for part in members)
    assert_allclose(cohesion.lubness(net), 1 - without / most if most else np.nan, **CLOSE)


def has_least(can, i, j):
    bounds = np.flatnonzero(can[:, i] & can[:, j])
    return any(can[bounds, one].all() for one in bounds)


@given(testing.networks(directed=False))
@QUICK
def test_cuts_by_taking_away(net):
    graph = nx.from_numpy_array(plain(net) != 0)
    pieces = nx.number_connected_components(graph)
    cut = cohesion.cut_actors(net)
    for i in range(net.n_actors):
        alone = graph.degree(i) == 0
        rest = graph.subgraph(set(graph) - {i})
        assert cut[i] == (not alone and nx.number_connected_components(rest) > pieces)
    place = {label: i for i, label in enumerate(net.labels.tolist())}
    bridges = cohesion.bridges(net)
    found = {frozenset((place[a], place[b])) for a, b in zip(bridges["source"], bridges["target"], strict=True)}
    for a, b in graph.edges:
        rest = nx.restricted_view(graph, [], [(a, b)])
        assert (frozenset((a, b)) in found) == (nx.number_connected_components(rest) > pieces)


@given(testing.networks(directed=False))
@QUICK
def test_biconnected_as_networkx(net):
    graph = nx.from_numpy_array(plain(net) != 0)
    theirs = {frozenset(frozenset(tie) for tie in part) for part in nx.biconnected_component_edges(graph)}
    place = {label: i for i, label in enumerate(net.labels.tolist())}
    table = cohesion.biconnected(net)
    ours = {}
    for a, b, part in zip(table["source"], table["target"], table["component"], strict=True):
        ours.setdefault(part, set()).add(frozenset((place[a], place[b])))
    assert {frozenset(part) for part in ours.values()} == theirs
    sizes = [len(ours[part]) for part in sorted(ours)]
    assert sorted(ours) == list(range(len(ours)))
    assert sizes == sorted(sizes, reverse=True)


@given(testing.networks(max_actors=6, missing=None), st.booleans())
@settings(max_examples=50, deadline=None)
def test_edge_connectivity_is_the_largest_flow(net, valued):
    valued = valued and net.valued
    matrix = plain(net)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(net.n_actors))
    ends = zip(*np.nonzero(matrix), strict=True)
    graph.add_edges_from((i, j, {"capacity": matrix[i, j] if valued else 1}) for i, j in ends)
    found = cohesion.edge_connectivity(net, capacity="value" if valued else None)
    assert np.isnan(np.diag(found)).all()
    for i, j in combinations(range(net.n_actors), 2):
        assert_allclose(found[i, j], nx.maximum_flow_value(graph, i, j), **CLOSE)
        assert_allclose(found[j, i], nx.maximum_flow_value(graph, j, i), **CLOSE)


@given(testing.networks(min_actors=2, valued=False, missing=False, loops=None))
@QUICK
def test_whole_network_by_definition(net):
    table = cohesion.whole_network(net)
    value = dict(zip(table["ucinet"], table["value"], strict=True))
    ties, n = plain(net) != 0, net.n_actors
    off = ~np.eye(n, dtype=bool)
    indegree = ties.sum(axis=0)
    difference = np.abs(indegree[:, None] - indegree[None, :])
    x, y = ties[off], difference[off]
    with np.errstate(invalid="ignore"):
        expected = np.corrcoef(x, y)[0, 1] if x.std() and y.std() else np.nan
    assert_allclose(value["Indeg Corr"], expected, rtol=1e-9, atol=1e-9)
    assert value["Indeg H-Index"] == max(h for h in range(n + 1) if (indegree >= h).sum() >= h)
    found = cohesion.distances(net)[off]
    found = found[np.isfinite(found)]
    assert value["Wiener Index"] == found.sum()
    assert_allclose(value["SD Distance"], found.std() if len(found) else np.nan, rtol=1e-12, atol=1e-12)
    assert_allclose(value["Prop within 3"], (found <= 3).sum() / (n * (n - 1)))
    assert_allclose(value["Connectedness"], len(found) / (n * (n - 1)))
    assert value["# of ties"] == ties.sum()
    core = nx.core_number(nx.from_numpy_array((ties | ties.T).astype(int)))
    assert value["K-core index"] == max(core.values())

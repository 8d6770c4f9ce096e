"""Prominence by paths, walks, flows and cores: definitions by brute force, laws, and live peers."""

from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.linalg import expm

import wholenet as wn
from wholenet import centrality, cohesion, testing
from wholenet.errors import ConvergenceError

# Sums of at most some hundred terms of order 1, in another order.
CLOSE = {"rtol": 1e-9, "atol": 1e-9}
QUICK = settings(max_examples=60, deadline=None)
MODES = st.sampled_from(["in", "out", "all"])
UNDIRECTED = testing.networks(directed=False, missing=False)


def plain(net):
    """Give the matrix without self-ties; what was not observed is 0."""
    matrix = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(matrix, 0)
    return matrix


def oriented(matrix, mode):
    """Give the matrix in whose rows the ties of a mode stand."""
    return {"out": matrix, "in": matrix.T, "all": np.maximum(matrix, matrix.T)}[mode]


def steps(net, mode="out"):
    ties = oriented((plain(net) != 0).astype(float), mode)
    return cohesion.distances(wn.Network.from_matrix(ties))


@given(testing.networks(), MODES, st.integers(1, 4))
@QUICK
def test_sums_of_distances(net, mode, k):
    found = steps(net, mode)
    n = net.n_actors
    others = ~np.eye(n, dtype=bool)
    joined = np.isfinite(found) & others
    longest = found[joined].max(initial=0)
    farthest = np.where(joined, found, 0).max(axis=1, initial=0)
    assert_array_equal(centrality.eccentricity(net, mode=mode), np.where(farthest > 0, farthest, np.nan))
    near = (joined & (found <= k)).sum(axis=1)
    assert_allclose(centrality.reach(net, k, mode=mode), near / (n - 1) if n > 1 else np.full(n, np.nan), **CLOSE)
    reversed_sums = np.where(joined, longest + 1 - np.where(joined, found, 0), 0).sum(axis=1)
    expected = reversed_sums / (longest * (n - 1)) if longest else np.full(n, np.nan)
    assert_allclose(centrality.valente_forman(net, mode=mode), expected, **CLOSE)


@given(testing.networks(max_actors=7))
@QUICK
def test_stress_counts_paths(net):
    ties, found, n = (plain(net) != 0).astype(float), steps(net), net.n_actors
    # The number of walks of the length of the distance is the number of shortest paths.
    powers = [np.linalg.matrix_power(ties, k) for k in range(n + 1)]
    paths = np.array([[powers[int(d)][i, j] if np.isfinite(d) else 0 for j, d in enumerate(row)]
                      for i, row in enumerate(found)]).reshape(n, n)  # fmt: skip
    expected = np.zeros(n)
    for i, (s, t) in ((i, pair) for i in range(n) for pair in permutations(range(n), 2)):
        if i not in {s, t} and np.isfinite(found[s, t]) and found[s, i] + found[i, t] == found[s, t]:
            expected[i] += paths[s, i] * paths[i, t]
    assert_array_equal(centrality.stress(net), expected if net.directed else expected / 2)


@given(testing.networks(missing=None, loops=None))
@QUICK
def test_load_and_ties_as_networkx(net):
    graph = net.to_networkx()
    load = nx.load_centrality(graph, normalized=False)
    expected = np.array([load[label] for label in net.labels.tolist()])
    assert_allclose(centrality.load(net), expected if net.directed else expected / 2, **CLOSE)
    along = nx.edge_betweenness_centrality(graph, normalized=False)
    table = centrality.edge_betweenness(net)
    for source, target, score in zip(table["source"], table["target"], table["betweenness"], strict=True):
        assert_allclose(score, along[(source, target)] if (source, target) in along else along[(target, source)])


@given(testing.networks())
@QUICK
def test_betweenness_of_ties_adds_up_to_the_distances(net):
    found = steps(net)
    total = found[np.isfinite(found)].sum() / (1 if net.directed else 2)
    assert_allclose(centrality.edge_betweenness(net)["betweenness"].sum(), total, **CLOSE)


@given(testing.networks(max_actors=5, missing=None))
@settings(max_examples=40, deadline=None)
def test_flow_betweenness_is_what_flows_lose(net):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(net.n_actors))
    matrix = plain(net)
    graph.add_edges_from((i, j, {"capacity": matrix[i, j]}) for i, j in zip(*np.nonzero(matrix), strict=True))
    found = centrality.flow_betweenness(net)
    pairs = list((permutations if net.directed else combinations)(range(net.n_actors), 2))
    for i in range(net.n_actors):
        rest = graph.subgraph(set(graph) - {i})
        ends = [pair for pair in pairs if i not in pair]
        flow = sum(nx.maximum_flow_value(graph, *pair) for pair in ends)
        left = sum(nx.maximum_flow_value(rest, *pair) for pair in ends)
        assert_allclose(found[i], (flow - left) / flow if flow else np.nan, **CLOSE)


@given(UNDIRECTED)
@QUICK
def test_currents_as_networkx(net):
    positive = net.dichotomize(above=0) if net.valued else net
    part_of = cohesion.components(positive)
    for part in range(int(part_of.max(initial=-1)) + 1):
        members = np.flatnonzero(part_of == part)
        inside = positive.subset(positive.labels[members].tolist())
        graph = inside.to_networkx()
        order = inside.labels.tolist()
        k = len(members)
        if k > 1:
            information = nx.information_centrality(graph)
            expected = np.array([information[label] for label in order])
            assert_allclose(centrality.information(positive)[members], k * expected, **CLOSE)
            assert_allclose(centrality.current_flow_closeness(positive)[members], (k - 1) * expected, **CLOSE)
        if k > 2:
            between = nx.current_flow_betweenness_centrality(graph, normalized=False)
            assert_allclose(
                centrality.current_flow_betweenness(positive)[members], [between[label] for label in order], **CLOSE
            )


@given(testing.networks(directed=False, missing=False, valued=True, loops=None))
@QUICK
def test_resistances_from_the_laplacian(net):
    ties = plain(net)
    inverse = np.linalg.pinv(np.diag(ties.sum(axis=1)) - ties)
    part = cohesion.components(wn.Network.from_matrix((ties != 0) * 1.0, directed=False))
    own = np.diag(inverse)
    resistance = own[:, None] + own[None, :] - 2 * inverse
    for i, score in enumerate(centrality.information(net)):
        inside = part == part[i]
        sums = resistance[i, inside].sum()
        assert_allclose(score, inside.sum() / sums if inside.sum() > 1 else np.nan, **CLOSE)


@given(testing.networks(min_actors=1))
@QUICK
def test_walks_by_their_series(net):
    ties = plain(net)
    largest = np.abs(np.linalg.eigvals(ties)).max(initial=0)
    share = 0.4 / max(largest, 1.0)
    status, power = np.ones(len(ties)), ties.sum(axis=1)
    x, c = status.copy(), power.copy()
    for _ in range(60):
        status, power = share * ties.T @ status, -share * ties @ power
        x, c = x + status, c + power
    assert_allclose(centrality.katz(net, alpha=share), x, **CLOSE)
    expected = c * np.sqrt(len(c)) / np.linalg.norm(c) if np.any(c) else np.full(len(c), np.nan)
    assert_allclose(centrality.bonacich_power(net, beta=-share), expected, **CLOSE)


@given(testing.networks(min_actors=1), st.floats(0, 3))
@QUICK
def test_katz_has_an_answer_only_where_walks_add_up(net, alpha):
    ties = plain(net)
    largest = np.abs(np.linalg.eigvals(ties)).max(initial=0)
    if alpha * largest < 0.98:
        expected = np.linalg.solve(np.eye(len(ties)) - alpha * ties.T, np.ones(len(ties)))
        assert_allclose(centrality.katz(net, alpha=alpha), expected, rtol=1e-7)
    elif alpha * largest > 1.02:
        with pytest.raises(ConvergenceError, match="alpha must be below"):
            centrality.katz(net, alpha=alpha)


@given(testing.networks(min_actors=1))
@QUICK
def test_hubs_are_the_singular_vectors(net):
    left, size, right = np.linalg.svd(plain(net))
    # A clear winner, so that the vector is one.
    assume(size[0] > 0 and (len(size) == 1 or size[1] < 0.9 * size[0]))
    assert_allclose(centrality.hubs(net, scale="norm"), np.abs(left[:, 0]), rtol=1e-7, atol=1e-7)
    assert_allclose(centrality.authorities(net, scale="norm"), np.abs(right[0]), rtol=1e-7, atol=1e-7)
    assert_allclose(centrality.hubs(net).max(), 1)
    assert_allclose(centrality.authorities(net), centrality.hubs(net.reverse()), rtol=1e-7, atol=1e-7)


@given(testing.networks(directed=False))
@QUICK
def test_subgraph_is_the_exponential(net):
    if net.n_actors:
        assert_allclose(centrality.subgraph(net), np.diag(expm(plain(net))), rtol=1e-9)


@given(testing.networks(directed=False, signed=True, min_actors=2))
@QUICK
def test_pn_solves_its_equation(net):
    signs = np.sign(plain(net))
    scores = centrality.pn(net)
    if net.n_actors == 2 and (signs < 0).any():
        assert np.isnan(scores).all()
        return
    weights = np.where(signs < 0, -2, signs) / (2 * net.n_actors - 2)
    assert_allclose(scores, 1 + weights @ scores, **CLOSE)
    assert (scores > -1 - 1e-9).all()
    assert (scores < 2 + 1e-9).all()


@given(testing.networks(), MODES)
@QUICK
def test_coreness_by_peeling(net, mode):
    ties = (plain(net) != 0).astype(int)
    ties = ties if not net.directed else {"out": ties, "in": ties.T, "all": ties + ties.T}[mode]
    expected = np.zeros(net.n_actors, dtype=int)
    for k in range(1, 2 * net.n_actors):
        inside = np.ones(net.n_actors, dtype=bool)
        while (weak := inside & (ties[:, inside].sum(axis=1) < k)).any():
            inside &= ~weak
        expected[inside] = k
    found = centrality.coreness(net, mode=mode)
    assert_array_equal(found, expected)
    assert found.dtype == np.int64


@given(testing.networks(), MODES)
@QUICK
def test_average_neighbour_degree(net, mode):
    ties = plain(net) != 0
    partners = oriented(ties, mode)
    degree = centrality.degree(net, mode=mode)
    expected = [degree[row].mean() if row.any() else np.nan for row in partners]
    assert_allclose(centrality.average_neighbour_degree(net, mode=mode), expected, **CLOSE)


@given(testing.networks(directed=False, valued=True, missing=None, min_actors=1))
@QUICK
def test_valued_clustering_as_peers(net):
    assume(net.valued and net.n_ties)
    barrat = net.to_igraph().transitivity_local_undirected(weights="weight")
    assert_allclose(centrality.local_clustering(net, variant="barrat"), barrat, **CLOSE)
    onnela = nx.clustering(net.to_networkx(), weight="weight")
    found = centrality.local_clustering(net, variant="onnela", isolates="zero")
    assert_allclose(found, [onnela[label] for label in net.labels.tolist()], **CLOSE)


@given(testing.networks(directed=True, valued=True, missing=False, min_actors=1))
@QUICK
def test_directed_onnela_as_networkx(net):
    assume(net.valued and net.n_ties)
    onnela = nx.clustering(net.to_networkx(), weight="weight")
    found = centrality.local_clustering(net, variant="onnela", isolates="zero")
    assert_allclose(found, [onnela[label] for label in net.labels.tolist()], **CLOSE)


EVERY = {
    "eccentricity": centrality.eccentricity,
    "valente_forman": centrality.valente_forman,
    "reach": centrality.reach,
    "stress": centrality.stress,
    "load": centrality.load,
    "flow_betweenness": centrality.flow_betweenness,
    "coreness": centrality.coreness,
    "average_neighbour_degree": centrality.average_neighbour_degree,
    "katz": lambda net: centrality.katz(net, alpha=0.01),
    "bonacich_power": lambda net: centrality.bonacich_power(net, beta=0.01),
}


@pytest.mark.parametrize("name", EVERY)
@given(net=testing.networks(min_actors=1))
@settings(max_examples=25, deadline=None)
def test_relabelling(name, net):
    testing.assert_relabelling_law(EVERY[name], net)

"""Our measures against networkx and igraph, live, on random networks; and the cases where peers disagree."""

from math import sqrt

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import centrality, change, cohesion

NAN = float("nan")
# Sums of some hundred terms, in another order.
CLOSE = {"rtol": 1e-10, "atol": 1e-10}
# ARPACK stops at a residual near 1e-10, and igraph's PageRank likewise.
ITERATED = {"rtol": 1e-7, "atol": 1e-7}


def adjacency(n, density, seed, *, directed):
    matrix = (np.random.default_rng(seed).random((n, n)) < density).astype(float)
    np.fill_diagonal(matrix, 0)
    return matrix if directed else np.triu(matrix, 1) + np.triu(matrix, 1).T


# Sparse ones fall apart; dense ones are one piece.
SIZES = [(12, 0.08), (12, 0.3), (40, 0.03), (40, 0.15), (150, 0.01), (150, 0.05)]
CASES = [
    pytest.param(adjacency(n, density, seed, directed=directed), directed, id=f"{n}-{density}-{directed}-{seed}")
    for n, density in SIZES
    for directed in (True, False)
    for seed in (1, 2)
]
each = pytest.mark.parametrize(("matrix", "directed"), CASES)


def three(matrix, directed):
    """Make the same network of ours, networkx's and igraph's."""
    graph = nx.from_numpy_array(matrix, create_using=nx.DiGraph if directed else nx.Graph)
    other = ig.Graph.Adjacency(matrix.tolist(), mode="directed" if directed else "undirected")
    return wn.Network.from_matrix(matrix, directed=directed), graph, other


def row(scores):
    """networkx's scores in the order of nodes."""
    return [scores[node] for node in sorted(scores)]


@each
def test_degree(matrix, directed):
    net, graph, other = three(matrix, directed)
    assert_array_equal(centrality.degree(net), row(dict(graph.degree)))
    for mode in ("in", "out", "all"):
        assert_array_equal(centrality.degree(net, mode=mode), other.degree(mode=mode))
        assert_array_equal(centrality.strength(net, mode=mode), other.strength(mode=mode))


@each
def test_closeness(matrix, directed):
    net, graph, other = three(matrix, directed)
    for mode in ("in", "out", "all"):
        assert_allclose(centrality.closeness(net, mode=mode), other.closeness(mode=mode, normalized=True), **CLOSE)
        assert_allclose(
            centrality.harmonic(net, mode=mode, normalized=True), other.harmonic_centrality(mode=mode), **CLOSE
        )
    # networkx looks at distances to the actor.
    assert_allclose(
        centrality.closeness(net, mode="in", unreachable="scale"), row(nx.closeness_centrality(graph)), **CLOSE
    )
    assert_allclose(
        np.nan_to_num(centrality.closeness(net, mode="in")),
        row(nx.closeness_centrality(graph, wf_improved=False)),
        **CLOSE,
    )
    assert_allclose(centrality.harmonic(net, mode="in"), row(nx.harmonic_centrality(graph)), **CLOSE)


@each
def test_betweenness(matrix, directed):
    net, graph, other = three(matrix, directed)
    assert_allclose(centrality.betweenness(net), row(nx.betweenness_centrality(graph, normalized=False)), **CLOSE)
    assert_allclose(centrality.betweenness(net, normalized=True), row(nx.betweenness_centrality(graph)), **CLOSE)
    assert_allclose(centrality.betweenness(net), other.betweenness(), **CLOSE)


def shapes():
    """Networks that take a kernel through its several ways: trees, long and short diameters, hubs, many pieces."""
    generator = np.random.default_rng(5)
    yield "tree", nx.random_labeled_tree(300, seed=1)
    yield "path longer than 255", nx.path_graph(400)
    yield "ring longer than 255", nx.cycle_graph(600)
    yield "directed ring", nx.cycle_graph(300, create_using=nx.DiGraph)
    yield "lattice", nx.convert_node_labels_to_integers(nx.grid_2d_graph(18, 18))
    yield "star", nx.star_graph(100)
    yield "hubs", nx.barabasi_albert_graph(500, 3, seed=2)
    yield "hubs with leaves", nx.barabasi_albert_graph(500, 1, seed=3)
    yield "clustered", nx.watts_strogatz_graph(400, 6, 0.1, seed=4)
    yield "directed hubs", nx.DiGraph(nx.scale_free_graph(400, seed=5))
    yield "directed, sparse", nx.gnp_random_graph(500, 0.004, seed=6, directed=True)
    yield "dense", nx.gnp_random_graph(120, 0.6, seed=7)
    pieces = [nx.random_labeled_tree(40, seed=8), nx.complete_graph(9), nx.cycle_graph(31), nx.empty_graph(7)]
    yield "pieces", nx.disjoint_union_all([*pieces, nx.lollipop_graph(12, 20)])
    yield "bipartite", nx.bipartite.random_graph(60, 90, 0.05, seed=9)
    # 2⁶⁰ shortest paths from end to end.
    diamonds = [(3 * i + a, 3 * i + b) for i in range(60) for a, b in ((0, 1), (0, 2), (1, 3), (2, 3))]
    yield "chain of diamonds", nx.Graph(diamonds)
    order = generator.permutation(200)
    yield "shuffled", nx.relabel_nodes(nx.random_regular_graph(3, 200, seed=10), dict(enumerate(order.tolist())))


@pytest.mark.parametrize("graph", [pytest.param(graph, id=name) for name, graph in shapes()])
def test_paths_of_many_shapes(graph):
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    n = len(graph)
    matrix = nx.to_numpy_array(graph, nodelist=range(n), weight=None)
    net, _, other = three(matrix, graph.is_directed())
    assert_allclose(centrality.betweenness(net), other.betweenness(), rtol=1e-9, atol=1e-9)
    ones = wn.Network.from_matrix(np.where(matrix > 0, 2.0, 0.0), directed=graph.is_directed())
    assert_allclose(centrality.betweenness(ones, distance="inverse"), other.betweenness(), rtol=1e-9, atol=1e-9)
    assert_allclose(centrality.closeness(net), other.closeness(mode="out", normalized=True), **CLOSE)
    assert_allclose(centrality.harmonic(net, normalized=True), other.harmonic_centrality(mode="out"), **CLOSE)
    assert_array_equal(cohesion.distances(net), other.distances())
    assert list(cohesion.dyad_census(net)["count"]) == list(other.dyad_census())
    mutual = ig.Graph.Adjacency(matrix.tolist(), mode="directed")
    assert list(cohesion.triad_census(net)["count"]) == list(mutual.triad_census())
    assert_allclose(
        cohesion.transitivity(net.symmetrize("union") if net.directed else net), other.transitivity_undirected()
    )


@each
def test_paths_over_lengths(matrix, directed):
    # Whole numbers as lengths, so that sums are exact and many paths tie.
    values = np.random.default_rng(7).integers(2, 5, size=matrix.shape).astype(float)
    values = values if directed else np.triu(values) + np.triu(values, 1).T
    net, graph, other = three(matrix * values, directed)
    other = ig.Graph.Weighted_Adjacency(
        (matrix * values).tolist(), mode="directed" if directed else "undirected", attr="length"
    )
    for source, target, data in graph.edges(data=True):
        data["length"] = values[source, target]
    assert_allclose(
        centrality.betweenness(net, distance="value"),
        row(nx.betweenness_centrality(graph, normalized=False, weight="length")),
        **CLOSE,
    )
    assert_allclose(centrality.betweenness(net, distance="value"), other.betweenness(weights="length"), **CLOSE)
    for mode in ("in", "out"):
        assert_allclose(
            centrality.closeness(net, mode=mode, distance="value"),
            other.closeness(mode=mode, weights="length", normalized=True),
            **CLOSE,
        )
        assert_allclose(
            centrality.harmonic(net, mode=mode, distance="value", normalized=True),
            other.harmonic_centrality(mode=mode, weights="length"),
            **CLOSE,
        )
    assert_allclose(cohesion.distances(net, distance="value"), other.distances(weights="length"), **CLOSE)
    assert_array_equal(centrality.strength(net), row(dict(graph.degree(weight="length"))))
    assert_array_equal(centrality.strength(net, mode="in"), other.strength(mode="in", weights="length"))


@each
def test_distances(matrix, directed):
    net, graph, other = three(matrix, directed)
    assert_array_equal(cohesion.distances(net), other.distances())
    assert_array_equal(cohesion.distances(net), nx.floyd_warshall_numpy(graph))
    assert_allclose(cohesion.average_distance(net), other.average_path_length(), **CLOSE)
    assert cohesion.diameter(net) == other.diameter()


@each
def test_change(matrix, directed):
    after = adjacency(len(matrix), 0.1, 11, directed=directed)
    net, graph, other = three(matrix, directed)
    later, later_graph, later_other = three(after, directed)
    found = change.tie_change(net, later)
    assert found.kept == nx.intersection(graph, later_graph).size() == other.intersection(later_other).ecount()
    assert found.dissolved == nx.difference(graph, later_graph).size() == other.difference(later_other).ecount()
    assert found.new == nx.difference(later_graph, graph).size() == later_other.difference(other).ecount()


@each
def test_eigenvector(matrix, directed):
    net, graph, other = three(matrix, directed)
    ours = centrality.eigenvector(net)
    connected = nx.is_strongly_connected(graph) if directed else nx.is_connected(graph)
    if connected:
        assert_allclose(ours, other.eigenvector_centrality(), **ITERATED)
        theirs = row(nx.eigenvector_centrality_numpy(graph))
        assert_allclose(centrality.eigenvector(net, scale="norm"), theirs, **ITERATED)
    else:
        with pytest.raises(nx.AmbiguousSolution):
            nx.eigenvector_centrality_numpy(graph)


@each
def test_pagerank(matrix, directed):
    net, graph, other = three(matrix, directed)
    assert_allclose(centrality.pagerank(net), row(nx.pagerank(graph, tol=1e-13, max_iter=1000)), **CLOSE)
    assert_allclose(centrality.pagerank(net), other.pagerank(), **ITERATED)


@each
def test_triangles(matrix, directed):
    net, graph, other = three(matrix, directed)
    assert_allclose(centrality.local_clustering(net, isolates="zero"), row(nx.clustering(graph)), **CLOSE)
    if not directed:
        assert_allclose(centrality.local_clustering(net), other.transitivity_local_undirected(), **CLOSE)
        assert_allclose(cohesion.transitivity(net), other.transitivity_undirected(), **CLOSE)
        assert_allclose(np.nan_to_num(cohesion.transitivity(net)), nx.transitivity(graph), **CLOSE)


@each
def test_dyads_and_triads(matrix, directed):
    net, graph, other = three(matrix, directed)
    assert_allclose(cohesion.density(net), nx.density(graph))
    assert_allclose(cohesion.density(net), other.density())
    assert list(cohesion.dyad_census(net)["count"]) == list(other.dyad_census())
    assert cohesion.isolates(net) == nx.number_of_isolates(graph)
    assert_allclose(cohesion.reciprocity(net), other.reciprocity())
    assert_allclose(cohesion.reciprocity(net, kind="dyads"), other.reciprocity(mode="ratio"))
    # igraph warns of undirected networks, and then reads their ties as mutual.
    mutual = ig.Graph.Adjacency(matrix.tolist(), mode="directed")
    assert list(cohesion.triad_census(net)["count"]) == list(mutual.triad_census())
    if directed:
        census = cohesion.triad_census(net)
        assert dict(zip(census["type"], census["count"], strict=True)) == nx.triadic_census(graph)


@each
def test_components(matrix, directed):
    net, graph, other = three(matrix, directed)
    for kind in ("weak", "strong"):
        ours, theirs = cohesion.components(net, kind=kind), np.array(other.connected_components(mode=kind).membership)
        assert_array_equal(ours[:, None] == ours[None, :], theirs[:, None] == theirs[None, :])
    parts = nx.weakly_connected_components(graph) if directed else nx.connected_components(graph)
    assert sorted(map(len, parts), reverse=True) == np.bincount(cohesion.components(net)).tolist()


# Where peers disagree -------------------------------------------------------------------------------------


def network(ties, actors, *, directed=True, values=None):
    """Make a network from ties such as "ab bc" among actors such as "abc"."""
    pairs = ties.split()
    return wn.Network.from_edges(
        ([pair[0] for pair in pairs], [pair[1] for pair in pairs]),
        pd.DataFrame({"name": list(actors)}),
        weight=values,
        directed=directed,
        loops="keep",
    )


# A path of three, a pair, an isolate.
PARTS = network("ab bc xy", "abcxyz", directed=False)


@pytest.mark.parametrize(
    ("ours", "expected", "peer"),
    [
        ({"unreachable": "ignore"}, [0.667, 1, 1, NAN], "igraph normalized; networkx wf_improved=False, 0 for NaN"),
        ({"unreachable": "scale"}, [0.267, 0.4, 0.2, 0], "networkx, rustworkx, NetworKit GENERALIZED"),
        # 5 ÷ 21, 5 ÷ 20, 5 ÷ 25, 5 ÷ 30; farness 21, 20, 25, 30.
        (
            {"unreachable": "n"},
            [0.238, 0.25, 0.2, 0.167],
            "old igraph; the inverse of UCINET's mcent, which is farness",
        ),
        ({"unreachable": "max+1"}, [0.417, 0.455, 0.385, 0.333], "UCINET's Freeman closeness, by its default"),
    ],
)
def test_closeness_of_disconnected_networks(ours, expected, peer):
    end, centre, _, pair, _, isolate = centrality.closeness(PARTS, **ours)
    assert_allclose([end, centre, pair, isolate], expected, atol=5e-4, err_msg=peer)


def test_closeness_as_the_peers_give_it_today():
    graph, other = PARTS.to_networkx(), PARTS.to_igraph()
    assert_allclose(row(nx.closeness_centrality(graph)), centrality.closeness(PARTS, unreachable="scale"))
    assert_allclose(other.closeness(normalized=True), centrality.closeness(PARTS))
    # sna's Gil-Schmidt is the mean of 1 ÷ distance over the actors reached: .75, 1, 1, 0.
    reached = np.isfinite(cohesion.distances(PARTS)).sum(axis=1) - 1
    end, centre, _, pair, _, isolate = centrality.harmonic(PARTS) / np.maximum(reached, 1)
    assert [end, centre, pair, isolate] == [0.75, 1, 1, 0]


def test_directed_closeness_is_inward_in_networkx():
    net = network("ab bc", "abc")
    theirs = list(nx.closeness_centrality(net.to_networkx()).values())
    assert_allclose(theirs, centrality.closeness(net, mode="in", unreachable="scale"))
    assert not np.allclose(theirs, centrality.closeness(net, mode="out", unreachable="scale"))


def test_harmonic_is_a_sum_or_a_mean():
    assert_allclose(row(nx.harmonic_centrality(PARTS.to_networkx())), centrality.harmonic(PARTS))
    assert_allclose(PARTS.to_igraph().harmonic_centrality(), centrality.harmonic(PARTS, normalized=True))


def test_betweenness_counts_an_undirected_pair_once():
    path = network("ab bc", "abc", directed=False)
    # NetworKit has 2 here.
    assert centrality.betweenness(path)[1] == PARTS.subset(["a", "b", "c"]).to_igraph().betweenness()[1] == 1
    # Read as directed, each mutual tie two ties, there are two ordered pairs.
    assert centrality.betweenness(wn.Network.from_matrix(path.to_matrix()))[1] == 2


STAR = network("ab ac ad ae", "abcde", directed=False)


def test_eigenvector_of_a_star():
    # NetworKit .894/.224, sna .447 for all.
    assert_allclose(centrality.eigenvector(STAR, scale="norm"), [sqrt(1 / 2)] + [sqrt(1 / 8)] * 4, rtol=1e-12)
    assert_allclose(centrality.eigenvector(STAR), STAR.to_igraph().eigenvector_centrality(), **ITERATED)
    assert_allclose(
        centrality.eigenvector(STAR, scale="norm"),
        list(nx.eigenvector_centrality_numpy(STAR.to_networkx()).values()),
        **ITERATED,
    )


@pytest.mark.filterwarnings("ignore:Some eigenvector centralities are nearly zero")
def test_eigenvector_of_disconnected_networks():
    net = network("ab bc ca xy", "abcxyz", directed=False)
    assert_allclose(centrality.eigenvector(net), net.to_igraph().eigenvector_centrality(), **ITERATED)
    with pytest.raises(nx.AmbiguousSolution):
        nx.eigenvector_centrality_numpy(net.to_networkx())


def test_transitivity_of_a_directed_network():
    net = network("ab bc ac cd", "abcd")
    # sna weak .333; igraph .6 ignores direction; networkx .5.
    assert cohesion.transitivity(net) == 1 / 3
    assert_allclose(net.to_igraph().transitivity_undirected(), 0.6)
    assert_allclose(cohesion.transitivity(net.symmetrize("union")), 0.6)
    assert nx.transitivity(net.to_networkx()) == 0.5


def test_local_clustering_below_two_partners():
    net = network("ab bc ac cd", "abcd", directed=False)
    graph, other = net.to_networkx(), net.to_igraph()
    # Means .778 and .583.
    assert_allclose(np.nanmean(centrality.local_clustering(net)), other.transitivity_avglocal_undirected())
    assert_allclose(np.nanmean(centrality.local_clustering(net)), 7 / 9)
    assert_allclose(centrality.local_clustering(net, isolates="zero").mean(), nx.average_clustering(graph))
    assert_allclose(centrality.local_clustering(net, isolates="zero").mean(), 7 / 12)


def test_reciprocity_of_ties_and_of_pairs():
    net = network("ab ba ac", "abcd")
    graph, other = net.to_networkx(), net.to_igraph()
    assert cohesion.reciprocity(net) == 2 / 3 == nx.overall_reciprocity(graph) == other.reciprocity()
    assert cohesion.reciprocity(net, kind="dyads") == 0.5 == other.reciprocity(mode="ratio")
    # sna's default counts pairs without a tie as well: 5 of 6 pairs are symmetric.
    mutual, asymmetric, null = cohesion.dyad_census(net)["count"]
    assert_allclose((mutual + null) / (mutual + asymmetric + null), 0.833, atol=5e-4)
    # networkx has 0 for undirected networks.
    assert nx.overall_reciprocity(STAR.to_networkx()) == 0
    assert cohesion.reciprocity(STAR) == STAR.to_igraph().reciprocity() == 1


def test_centralization_of_a_star():
    # R igraph's default allows for self-ties: 12 ÷ (5·4) = .6.
    assert cohesion.centralization(STAR) == 1
    # sna, for a star with ties one way: freeman .5, out 1, in .0625.
    star = network("ab ac ad ae", "abcde")
    assert [cohesion.centralization(star, mode=mode) for mode in ("all", "out", "in")] == [0.5, 1, 0.0625]


def test_self_ties_count_elsewhere():
    net = network("ab bc ca aa", "abc", directed=False)
    graph, other = net.to_networkx(), net.to_igraph()
    assert centrality.degree(net)[0] == 2
    assert graph.degree["a"] == other.degree(0) == 4
    # Density 4/3 for a triangle with one self-tie; igraph with loops=True 4 ÷ 6.
    assert cohesion.density(net) == 1
    assert_allclose(nx.density(graph), 4 / 3)
    assert_allclose([other.density(), other.density(loops=True)], [4 / 3, 4 / 6])
    assert cohesion.isolates(network("ab cc", "abc")) == 1
    assert nx.number_of_isolates(network("ab cc", "abc").to_networkx()) == 0


def test_missing_ties_leave_the_denominator():
    # sna gden drops them: 5 of 29 observed dyads = .172.
    matrix = np.zeros((6, 6))
    matrix[[0, 1, 2, 3, 4], [1, 2, 3, 4, 5]] = 1
    matrix[5, 0] = NAN
    assert_allclose(cohesion.density(wn.Network.from_matrix(matrix)), 0.172, atol=5e-4)


def test_a_missing_tie_is_no_path():
    # The centre of a → b → c has 1; where b → c was not observed, nobody knows, and the path is read as absent.
    assert centrality.betweenness(network("ab bc", "abc"))[1] == 1
    assert centrality.betweenness(network("ab bc", "abc", values=[1, NAN]))[1] == 0


def test_average_distance_of_disconnected_networks():
    assert cohesion.average_distance(PARTS) == PARTS.to_igraph().average_path_length() == 1.25
    assert cohesion.diameter(PARTS) == PARTS.to_igraph().diameter() == 2
    with pytest.raises(nx.NetworkXError):
        nx.average_shortest_path_length(PARTS.to_networkx())


def test_without_a_path_igraph_has_diameter_zero():
    empty = wn.Network.from_matrix(np.zeros((3, 3)))
    assert empty.to_igraph().diameter() == 0
    assert np.isnan(cohesion.diameter(empty))


def test_pagerank_stops_early_in_networkx():
    net = wn.Network.from_matrix(adjacency(60, 0.05, 3, directed=True))
    graph = net.to_networkx()
    loose, tight = (np.array(list(nx.pagerank(graph, **how).values())) for how in ({}, {"tol": 1e-13, "max_iter": 900}))
    assert_allclose(centrality.pagerank(net), tight, **CLOSE)
    assert np.abs(centrality.pagerank(net) - loose).sum() > 1e-6

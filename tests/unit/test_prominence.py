"""Prominence by paths, walks, flows and cores, reach and cuts: values worked by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import _core, centrality, cohesion
from wholenet.errors import SignedTiesError

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def undirected(*pairs, **options):
    source, target = zip(*pairs, strict=True)
    return wn.Network.from_edges((list(source), list(target)), directed=False, **options)


def directed(*pairs, **options):
    source, target = zip(*pairs, strict=True)
    return wn.Network.from_edges((list(source), list(target)), **options)


# a - b - c - d with a second way b - e - d.
HOUSE = undirected("ab", "bc", "cd", "be", "ed")
# Everybody's boss is a; b and c have one subordinate each.
TREE = directed("ab", "ac", "bd", "ce")


def test_paths_by_hand():
    # Order of labels: a b c d e. The longest distance is a to d: 3.
    assert_array_equal(centrality.eccentricity(HOUSE), [3, 2, 2, 3, 2])
    # a: b 3, c and e 2, d 1 of at most 4 · 3.
    assert_allclose(centrality.valente_forman(HOUSE)[0], 8 / 12, **CLOSE)
    assert_allclose(centrality.reach(HOUSE, 1), [1 / 4, 3 / 4, 2 / 4, 2 / 4, 2 / 4], **CLOSE)
    assert_allclose(centrality.reach(HOUSE, 2), [3 / 4, 1, 1, 3 / 4, 1], **CLOSE)
    # Through c: one of two paths from b to d, and one of two from a to d. Through b: a to c, a to e, a to d twice,
    # and c to e (as through d).
    assert_array_equal(centrality.stress(HOUSE), [0, 5, 2, 1, 2])
    assert_allclose(centrality.load(HOUSE), [0, 3.5, 1, 0.5, 1], **CLOSE)
    ties = centrality.edge_betweenness(HOUSE)
    # On a - b: a with all others. On b - c: b with c, a with c, half of b with d, of a with d and of c with e.
    assert ties["betweenness"].tolist() == [4, 3.5, 3.5, 2.5, 2.5]
    assert ties[["source", "target"]].iloc[1].tolist() == ["b", "c"]


def test_walks_by_hand():
    star = undirected("ab", "ac", "ad")
    # The eigenvalues are ± √3; (e^A) of the centre is cosh √3.
    assert_allclose(centrality.subgraph(star)[0], math.cosh(math.sqrt(3)), **CLOSE)
    # x(b) = 1 + x(a)/4 and x(a) = 1 + 3x(b)/4: x(a) = 28/13.
    assert_allclose(centrality.katz(star, alpha=0.25), [28 / 13, 20 / 13, 20 / 13, 20 / 13], **CLOSE)
    # c(a) = 3 + β·3c(b), c(b) = 1 + βc(a) with β = 1/4: c(a) = 60/13, c(b) = 28/13.
    expected = np.array([60, 28, 28, 28]) * math.sqrt(4 / (60**2 + 3 * 28**2))
    assert_allclose(centrality.bonacich_power(star, beta=0.25), expected, **CLOSE)


def test_hits_by_hand():
    votes = directed("ac", "bc", "bd")
    golden = (1 + math.sqrt(5)) / 2
    # AAᵀ of a and b is [[1, 1], [1, 2]], whose vector is (1, golden).
    assert_allclose(centrality.hubs(votes), [1 / golden, 1, 0, 0], atol=1e-12)
    assert_allclose(centrality.authorities(votes), [0, 0, 1, 1 / golden], atol=1e-12)


def test_flows_by_hand():
    # Others of b: a-c, a-d, a-e have a flow of 1 and lose it; c-d, c-e, d-e have 2 and lose 1 each.
    assert_allclose(centrality.flow_betweenness(HOUSE)[1], 6 / 9, **CLOSE)
    valued = undirected("ab", "bc", "ac", weight=[3, 2, 1])
    # a - c: 2 through b and 1 direct.
    assert_allclose(centrality.flow_betweenness(valued)[valued.index("b")], 2 / 3, **CLOSE)
    # Conductors 3 and 2 in line have 6/5, and 1 beside them: the resistance from a to c is 1 ÷ (11/5).
    a, b, c = 1 / (3 + 2 / 3), 1 / (2 + 3 / 4), 5 / 11
    assert_allclose(centrality.information(valued), [3 / (a + c), 3 / (a + b), 3 / (b + c)], **CLOSE)
    assert_allclose(centrality.current_flow_closeness(valued), [2 / (a + c), 2 / (a + b), 2 / (b + c)], **CLOSE)
    # Of the current from a to c, (6/5) ÷ (11/5) goes by b.
    assert_allclose(centrality.current_flow_betweenness(valued)[1], 6 / 11, **CLOSE)


def test_trees_have_one_way():
    tree = undirected("ab", "ac", "bd", "ce", "cf")
    assert_allclose(centrality.current_flow_betweenness(tree), centrality.betweenness(tree), **CLOSE)
    assert_allclose(centrality.current_flow_closeness(tree), centrality.closeness(tree), **CLOSE)
    assert_allclose(centrality.stress(tree), centrality.betweenness(tree), **CLOSE)
    assert_allclose(centrality.load(tree), centrality.betweenness(tree), **CLOSE)


def test_parts_are_measured_by_themselves():
    both = undirected("ab", "bc", "ca", "xy")
    scores = centrality.information(both)
    assert_allclose(scores, [3 / (4 / 3)] * 3 + [2, 2], **CLOSE)
    # A tie of value 0 carries nothing.
    joined = undirected("ab", "bc", "ca", "xy", "cx", weight=[1, 1, 1, 1, 0])
    assert_allclose(centrality.information(joined), scores, **CLOSE)
    assert_allclose(centrality.current_flow_betweenness(joined), [1 / 3, 1 / 3, 1 / 3, 0, 0], **CLOSE)


def test_cores_by_hand():
    # A mutual pair and a tie to a third.
    net = directed("ab", "ba", "bc")
    assert centrality.coreness(net).tolist() == [2, 2, 1]
    assert centrality.coreness(net, mode="in").tolist() == [1, 1, 1]
    assert centrality.coreness(net, mode="out").tolist() == [1, 1, 0]
    assert centrality.coreness(net.symmetrize("union")).tolist() == [1, 1, 1]
    # a sends to b (out-degree 2); b to a (1) and c (0).
    assert_allclose(centrality.average_neighbour_degree(net, mode="out"), [2, 0.5, np.nan], **CLOSE)


def test_valued_clustering_by_hand():
    net = undirected("ab", "ac", "bc", "ad", weight=[8, 1, 1, 4])
    # a: of the pairs b-c, b-d, c-d the first is tied: (8 + 1) ÷ (13 · 2).
    assert_allclose(centrality.local_clustering(net, variant="barrat")[0], 9 / 26, **CLOSE)
    # The cube root of (1 · 1/8 · 1/8) is 1/4, of three pairs.
    assert_allclose(centrality.local_clustering(net, variant="onnela")[0], 1 / 12, **CLOSE)
    assert_allclose(centrality.local_clustering(net, variant="onnela")[1], 1 / 4, **CLOSE)


def test_reach_by_hand():
    # a reaches 4, b and c 1 each: 6 of 20, 2 of them at distance 2.
    assert_allclose(cohesion.compactness(TREE), (4 + 2 / 2) / 20, **CLOSE)
    assert_allclose(cohesion.breadth(TREE), 0.75, **CLOSE)
    assert cohesion.fragmentation(TREE) == 1
    assert cohesion.fragmentation(directed("ab", "ba", "bc")) == 1 - 2 / 6
    assert cohesion.reachability(TREE).sum() == 5 + 6


def test_krackhardt_by_hand():
    assert cohesion.connectedness(TREE) == 1
    assert cohesion.krackhardt_hierarchy(TREE) == 1
    assert cohesion.krackhardt_efficiency(TREE) == 1
    assert cohesion.lubness(TREE) == 1
    two = directed("ab", "ac", "bd", "cd", "fc")
    # Of c and d the bounds are a, c and f, and the others reach c. None reaches both a and f, or b and f: two without
    # one, of at most (5 - 1)(5 - 2)/2.
    assert_allclose(cohesion.lubness(two), 1 - 2 / 6, **CLOSE)


def test_cuts_by_hand():
    assert cohesion.cut_actors(HOUSE).tolist() == [False, True, False, False, False]
    assert cohesion.bridges(HOUSE).to_numpy().tolist() == [["a", "b"]]
    assert cohesion.biconnected(HOUSE)["component"].tolist() == [1, 0, 0, 0, 0]
    flows = cohesion.edge_connectivity(HOUSE)
    assert flows[HOUSE.index("b"), HOUSE.index("d")] == 2
    assert flows[HOUSE.index("a"), HOUSE.index("d")] == 1
    one_way = directed("ab", "bc", "ac", weight=[3, 2, 1])
    assert cohesion.edge_connectivity(one_way)[0].tolist()[1:] == [1, 2]
    assert cohesion.edge_connectivity(one_way, capacity="value")[0].tolist()[1:] == [3, 3]
    assert cohesion.edge_connectivity(one_way)[2].tolist()[:2] == [0, 0]


def test_tables_without_rows_keep_their_columns():
    ring = undirected("ab", "bc", "ca")
    empty = cohesion.bridges(ring)
    assert empty.columns.tolist() == ["source", "target"]
    assert len(empty) == 0


def test_unobserved_ties_do_not_stop_the_whole_network():
    actors = pd.DataFrame({"name": ["a", "b", "c"]})
    net = wn.Network.from_edges((["a", "b"], ["b", "c"]), actors, respondents=["a", "b"])
    table = cohesion.whole_network(net)
    assert table["value"][table["ucinet"] == "Density"].item() == cohesion.density(net)


def test_signs_are_refused():
    net = undirected("ab", "bc", weight=[1, -1], signed=True)
    for measure in (
        centrality.information,
        centrality.subgraph,
        centrality.hubs,
        centrality.flow_betweenness,
        lambda net: centrality.katz(net, alpha=0.1),
        lambda net: centrality.bonacich_power(net, beta=0.1),
        lambda net: centrality.local_clustering(net, variant="barrat"),
        lambda net: cohesion.edge_connectivity(net, capacity="value"),
    ):
        with pytest.raises(SignedTiesError):
            measure(net)


def test_a_table_works_distances_out_once(monkeypatch):
    calls, work_out = [], _core.paths_totals

    def paths_totals(*arguments):
        calls.append(arguments)
        return work_out(*arguments)

    monkeypatch.setattr(_core, "paths_totals", paths_totals)
    table = wn.table(HOUSE, ["closeness", "harmonic", "eccentricity", "valente_forman"])
    assert len(calls) == 1
    assert table["eccentricity"].tolist() == centrality.eccentricity(HOUSE).tolist()
    assert len(calls) == 2

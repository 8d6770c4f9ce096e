"""Relations beside each other, and strong ties: networkx and scipy, live."""

import networkx as nx
import numpy as np
import pytest
from scipy.spatial import distance
from scipy.stats import contingency, hypergeom

import wholenet as wn
from wholenet import multiplex, survey

SIZES = [5, 12, 40]


def relations(n, density=0.3):
    """Three directed relations with values from 1 to 4."""
    rng = np.random.default_rng(n)
    found = {}
    for name in ("any contact", "referral", "advice"):
        cells = rng.integers(1, 5, (n, n)) * (rng.random((n, n)) < density)
        np.fill_diagonal(cells, 0)
        found[name] = wn.Network.from_matrix(cells)
    return found


@pytest.mark.parametrize("n", SIZES)
def test_overlap_beside_networkx_and_scipy(n):
    nets = relations(n)
    graphs = {name: net.to_networkx() for name, net in nets.items()}
    off = ~np.eye(n, dtype=bool)
    for row in multiplex.overlap(nets).itertuples():
        one, other = graphs[row.x], graphs[row.y]
        assert row.both == nx.intersection(one, other).number_of_edges()
        assert row.only_x == nx.difference(one, other).number_of_edges()
        assert row.only_y == nx.difference(other, one).number_of_edges()
        x, y = nets[row.x].to_matrix()[off] > 0, nets[row.y].to_matrix()[off] > 0
        assert row.jaccard == pytest.approx(1 - distance.jaccard(x, y))
        assert row.matching == pytest.approx(1 - distance.hamming(x, y))
        table = [[row.both, row.only_x], [row.only_y, row.neither]]
        assert abs(row.r) == pytest.approx(contingency.association(table, method="cramer"))


@pytest.mark.parametrize("n", SIZES)
def test_multiplexity_beside_networkx(n):
    nets = relations(n)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(n))
    for net in nets.values():
        graph.add_edges_from(net.to_networkx().edges)
    found = multiplex.multiplexity(nets)
    assert np.array_equal(found, nx.to_numpy_array(graph, nodelist=range(n)))
    table = multiplex.multiplex_degree(nets, mode="out")
    assert table["ties"].tolist() == [graph.out_degree(node) for node in range(n)]
    assert table["partners"].tolist() == [len(set(graph.successors(node))) for node in range(n)]
    either = multiplex.multiplex_degree(nets)
    assert either["partners"].tolist() == [len(set(nx.all_neighbors(graph, node))) for node in range(n)]


def test_random_relations_are_expected_to_overlap_as_in_an_urn():
    """The mean of the permutations is that of the hypergeometric distribution; the spread need not be."""
    nets = relations(40)
    found = multiplex.cooccurrence(nets, permutations=5000, seed=1, progress=False)
    for at, (x, y) in enumerate(found.pairs):
        urn = hypergeom(found.dyads[at], nets[x].n_ties, nets[y].n_ties)
        # Five standard errors of a mean of 5,000 draws.
        assert found.expected[at] == pytest.approx(urn.mean(), abs=5 * found.sd[at] / np.sqrt(5000))


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("reciprocal", [True, False])
@pytest.mark.parametrize(("frequency", "kinds"), [(1, 0), (3, 0), (2, 1), (3, 2)])
def test_strong_beside_networkx(n, reciprocal, frequency, kinds):
    nets = relations(n, density=0.6)
    often = nx.DiGraph((a, b) for a, b, w in nets["any contact"].to_networkx().edges.data("weight") if w >= frequency)
    others = [nets[name].to_networkx().to_undirected() for name in ("referral", "advice")]
    wanted = {
        frozenset(pair)
        for pair in often.to_undirected(reciprocal=reciprocal).edges
        if sum(graph.has_edge(*pair) for graph in others) >= kinds
    }
    found = survey.strong(nets, frequency=frequency, reciprocal=reciprocal, kinds=kinds)
    assert {frozenset(pair) for pair in found.to_networkx().edges} == wanted

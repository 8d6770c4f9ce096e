"""Two-mode networks: making them, their measures, and projecting them."""

from itertools import product

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import centrality, cohesion, mixing
from wholenet.errors import ArgumentError, LabelError, MissingTiesError, ModeError, TieError

# Sums of a few terms of order 1.
CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def meetings(**options):
    """Three organisations at two meetings: the team at both."""
    return wn.Network.from_edges((["gp", "school", "team", "team"], ["m1", "m1", "m1", "m2"]), two_mode=True, **options)


def of_matrix(matrix):
    return wn.Network.from_matrix(np.asarray(matrix, dtype=float), two_mode=True)


@st.composite
def matrices(draw, *, missing=False):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    cells = [0.0, 0.0, 1.0, 1.0, 2.0] + ([np.nan] if missing else [])
    flat = draw(st.lists(st.sampled_from(cells), min_size=rows * columns, max_size=rows * columns))
    return np.array(flat).reshape(rows, columns)


# Making ---------------------------------------------------------------------------------------------------


def test_the_first_mode_stands_first():
    net = meetings()
    assert net.labels.tolist() == ["gp", "school", "team", "m1", "m2"]
    assert net.modes.tolist() == [0, 0, 0, 1, 1]
    assert net.two_mode
    assert not net.directed
    assert not wn.Network.from_edges((["a"], ["b"])).two_mode
    assert repr(net) == "<Network: two modes of 3 and 2 actors, 4 ties>"
    assert_array_equal(net.to_matrix(), [[1, 0], [1, 0], [1, 1]])
    assert_array_equal(net.to_sparse().toarray(), net.to_matrix())
    assert net.recipe == ("4 ties listed, two-mode: 3 and 2 actors",)


def test_an_actors_table_gives_order_and_isolates():
    actors = pd.DataFrame(
        {"name": ["m2", "team", "m1", "clinic", "gp"], "kind": ["meeting", "org", "meeting", "org", "org"]}
    )
    ties = (["gp", "team"], ["m1", "m1"])
    net = wn.Network.from_edges(ties, actors, two_mode="kind")
    assert net.labels.tolist() == ["team", "clinic", "gp", "m2", "m1"]
    assert net.attribute("kind").tolist() == ["org", "org", "org", "meeting", "meeting"]
    assert_array_equal(net.to_matrix(), [[0, 1], [0, 0], [0, 1]])
    with pytest.raises(LabelError, match=r"2 actors have no tie, so that the mode is not known \('m2', 'clinic'\)"):
        wn.Network.from_edges(ties, actors, two_mode=True)
    with pytest.raises(ArgumentError, match="'name' must tell two modes apart, but has 5"):
        wn.Network.from_edges(ties, actors, two_mode="name")
    with pytest.raises(TieError, match="1 tie does not run from the first mode to the second: 'team' → 'gp'"):
        wn.Network.from_edges((["gp", "team"], ["m1", "gp"]), actors, two_mode="kind")


def test_what_has_no_meaning_is_refused():
    with pytest.raises(LabelError, match=r"1 actor stands in both columns of the ties \('a'\)"):
        wn.Network.from_edges((["a", "b"], ["b2", "a"]), two_mode=True)
    with pytest.raises(LabelError, match="in both columns"):
        wn.Network.from_edges((["a"], ["a"]), two_mode=True)
    with pytest.raises(ArgumentError, match="a two-mode network is undirected"):
        meetings(directed=True)
    with pytest.raises(ArgumentError, match="loops='keep' has no meaning"):
        meetings(loops="keep")
    with pytest.raises(ArgumentError, match="column of the actors table, but there is none"):
        wn.Network.from_edges((["a"], ["b"]), two_mode="kind")
    with pytest.raises(ArgumentError, match="two_mode must be True or False"):
        wn.Network.from_matrix([[1]], two_mode="kind")
    with pytest.raises(ArgumentError, match="takes no actors="):
        wn.Network.from_matrix([[1, 0]], pd.DataFrame({"name": [1, 2, 3]}), two_mode=True)
    with pytest.raises(ArgumentError, match="there are 1 and 1 labels"):
        wn.Network.from_matrix([[1, 0]], labels=(["a"], ["b"]), two_mode=True)
    with pytest.raises(ArgumentError, match="labels of a two-mode network are a pair"):
        wn.Network.from_matrix([[1, 0]], labels=["a", "b", "c"], two_mode=True)


@pytest.mark.parametrize(
    "measure",
    [
        centrality.pagerank,
        centrality.local_clustering,
        cohesion.reciprocity,
        cohesion.transitivity,
        cohesion.triad_census,
        cohesion.centralization,
        lambda net: mixing.composition(net, by="actor"),
        lambda net: net.collapse(by="actor"),
        lambda net: centrality.closeness(net, unreachable="n"),
        lambda net: centrality.harmonic(net, normalized=True),
    ],
)
def test_measures_of_one_mode_refuse(measure):
    with pytest.raises(ModeError):
        measure(meetings())


def test_a_matrix_of_a_table():
    frame = pd.DataFrame([[1, 0], [1, 1]], index=["gp", "team"], columns=["m1", "m2"])
    net = wn.Network.from_matrix(frame, two_mode=True)
    assert net.labels.tolist() == ["gp", "team", "m1", "m2"]
    named = wn.Network.from_matrix([[1, 0], [1, 1]], labels=(["gp", "team"], ["m1", "m2"]), two_mode=True)
    assert net == named
    assert net != wn.Network.from_edges((["gp", "team", "team"], ["m1", "m1", "m2"]), directed=False)


@given(matrices(missing=True))
@settings(max_examples=60, deadline=None)
def test_matrices_come_back(matrix):
    net = of_matrix(matrix)
    assert_array_equal(net.to_matrix(), matrix)
    assert net.missing.dyads == np.isnan(matrix).sum()
    assert net.missing.observed == (~np.isnan(matrix)).sum()
    rows = np.isnan(matrix).all(axis=1)
    assert net.missing.non_respondents == tuple(np.flatnonzero(rows).tolist())
    assert wn.Network._from_bytes(net._to_bytes(), "pandas") == net
    listed = net.to_edges(missing="null")
    assert listed["value"].isna().sum() == np.isnan(matrix).sum() if "value" in listed else not np.isnan(matrix).any()
    # Actors in any order, the modes still one after the other.
    again = net.subset(net.labels[::-1])
    assert_array_equal(again.to_matrix(), matrix[::-1, ::-1])
    kept = net.subset(net.labels[1:])
    assert_array_equal(kept.to_matrix(), matrix[1:])
    assert kept.two_mode


def test_who_did_not_answer():
    names = ["gp", "team", "club", "m1", "m2"]
    actors = pd.DataFrame({"name": names, "kind": list("ooomm")})
    ties = (["gp", "team"], ["m1", "m2"])
    net = wn.Network.from_edges(ties, actors, two_mode="kind", respondents=["gp", "team"])
    assert net.missing.non_respondents == ("club",)
    assert (net.missing.dyads, net.missing.observed) == (2, 4)
    assert cohesion.density(net) == 2 / 4
    assert net.recipe[-1] == "actors of the first mode who did not answer, so that their dyads are not observed: 1"


def test_other_packages_are_told_the_modes():
    net = meetings()
    assert nx.get_node_attributes(net.to_networkx(), "bipartite") == {"gp": 0, "school": 0, "team": 0, "m1": 1, "m2": 1}
    assert net.to_igraph().vs["type"] == [False, False, False, True, True]
    typed = net.with_actors(pd.DataFrame({"name": net.labels, "type": list("ooomm")}))
    with pytest.raises(ArgumentError, match="'type' is the attribute that tells the two modes apart"):
        typed.to_igraph()


# Measures -------------------------------------------------------------------------------------------------


def test_values_by_hand():
    net = meetings()
    assert cohesion.density(net) == 4 / 6
    assert centrality.degree(net, normalized=True).tolist() == [1 / 2, 1 / 2, 2 / 2, 3 / 3, 1 / 3]
    # gp: m1 at 1, school and team at 2, m2 at 3: as short as can be are 1 + 1 + 2 + 2 = 6 of 8.
    assert_allclose(centrality.closeness(net), [6 / 8, 6 / 8, 1, (3 + 2) / 5, (3 + 2) / 9], **CLOSE)
    # m1 stands between all pairs of gp, school and {team, m2}; team between m2 and the three others.
    assert centrality.betweenness(net).tolist() == [0, 0, 3, 5, 0]
    # First mode: the centre of branches {m1, other} and {m2, other}: 4 pairs. Second: branches {o, m}, {o}, {o}: 5.
    assert_allclose(centrality.betweenness(net, normalized=True), [0, 0, 3 / 4, 1, 0], **CLOSE)
    assert cohesion.components(net).tolist() == [0] * 5


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (2, 2), (2, 3), (3, 2), (3, 3), (5, 2), (2, 5), (4, 3)])
def test_the_largest_betweenness_is_one(shape):
    rows, columns = shape
    best = np.zeros(rows + columns)
    for cells in product((0, 1), repeat=rows * columns):
        net = of_matrix(np.array(cells).reshape(shape))
        best = np.fmax(best, centrality.betweenness(net, normalized=True))
    for mode, size in ((0, rows), (1, columns)):
        found = best[:rows] if mode == 0 else best[rows:]
        # Where nobody can stand between anybody there is no denominator.
        attainable = size + (shape[1 - mode]) > 2 and shape[1 - mode] > 1
        assert_allclose(found, 1 if attainable else 0, **CLOSE)


def test_seven_by_two():
    """Borgatti & Everett's maximum for this shape, 12, is exceeded."""
    matrix = np.zeros((7, 2))
    matrix[0] = 1
    matrix[1:4, 0] = 1
    matrix[4:, 1] = 1
    net = of_matrix(matrix)
    assert centrality.betweenness(net)[0] == 16
    assert centrality.betweenness(net, normalized=True)[0] == 1


@given(matrices())
@settings(max_examples=60, deadline=None)
def test_networkx_agrees(matrix):
    net = of_matrix(matrix)
    graph, top = net.to_networkx(), list(range(len(matrix)))
    degree = bipartite.degree_centrality(graph, top)
    assert_allclose(centrality.degree(net, normalized=True), [degree[one] for one in graph], **CLOSE)
    if len(graph) > 2 and nx.is_connected(graph):
        closeness = bipartite.closeness_centrality(graph, top)
        assert_allclose(centrality.closeness(net), [closeness[one] for one in graph], **CLOSE)
        assert_allclose(centrality.closeness(net, unreachable="scale"), centrality.closeness(net), **CLOSE)
    ones = of_matrix(matrix != 0)
    assert cohesion.density(ones) == bipartite.density(graph, top)
    if min(matrix.shape) > 1:
        between = bipartite.betweenness_centrality(graph, top)
        assert_allclose(centrality.betweenness(net, normalized=True), [between[one] for one in graph], **CLOSE)


@given(matrices())
@settings(max_examples=60, deadline=None)
def test_closeness_from_distances(matrix):
    net = of_matrix(matrix)
    distances, modes = cohesion.distances(net), net.modes
    for actor, score in enumerate(centrality.closeness(net)):
        reached = np.isfinite(distances[actor])
        reached[actor] = False
        shortest = np.where(modes == modes[actor], 2, 1)[reached].sum()
        assert_allclose(score, shortest / distances[actor][reached].sum() if reached.any() else np.nan, **CLOSE)


# Projecting -----------------------------------------------------------------------------------------------


def test_projections_by_hand():
    net = meetings()
    assert_array_equal(net.project().to_matrix(), [[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    assert_array_equal(net.project(values="newman").to_matrix(), [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])
    assert_allclose(net.project(values="jaccard").to_matrix()[0], [0, 1, 1 / 2], **CLOSE)
    second = net.project("second")
    assert second.labels.tolist() == ["m1", "m2"]
    assert second.recipe[-1] == "projected on the second mode, values: count"
    assert not second.two_mode
    with pytest.raises(ArgumentError, match="reads tie values"):
        net.project(values="product")
    with pytest.raises(ModeError, match="has one mode"):
        second.project()
    with pytest.raises(ArgumentError, match="mode must be"):
        net.project("both")
    with pytest.raises(ArgumentError, match="values must be"):
        net.project(values="cosine")


@given(matrices())
@settings(max_examples=60, deadline=None)
def test_projections_are_products(matrix):
    net = of_matrix(matrix)
    ones = (matrix != 0).astype(float)
    for mode, tied, valued in (("first", ones, matrix), ("second", ones.T, matrix.T)):
        expected = tied @ tied.T
        np.fill_diagonal(expected, 0)
        assert_array_equal(net.project(mode).to_matrix(), expected)
        if net.valued:
            products = valued @ valued.T
            np.fill_diagonal(products, 0)
            assert_array_equal(net.project(mode, values="product").to_matrix(), products)
        graph = net.to_networkx()
        members = np.flatnonzero(net.modes == (mode == "second")).tolist()
        newman = bipartite.collaboration_weighted_projected_graph(graph, members)
        assert_allclose(
            net.project(mode, values="newman").to_matrix(), nx.to_numpy_array(newman, nodelist=members), **CLOSE
        )
        jaccard = bipartite.overlap_weighted_projected_graph(graph, members)
        assert_allclose(
            net.project(mode, values="jaccard").to_matrix(), nx.to_numpy_array(jaccard, nodelist=members), **CLOSE
        )


def test_unobserved_partners():
    net = of_matrix([[1, 1], [np.nan, np.nan], [1, 0], [0, np.nan]])
    with pytest.raises(MissingTiesError, match="3 dyads were not observed, so that shared partners may be too few"):
        net.project()
    strict = net.project(incomplete="missing")
    hidden = np.isnan(strict.to_matrix())
    assert_array_equal(hidden[0], [False, True, False, True])
    assert strict.to_matrix()[0, 2] == 1
    counted = net.project(incomplete="count")
    assert counted.missing.dyads == 0
    assert counted.to_matrix()[0].tolist() == [0, 0, 1, 0]
    assert np.isnan(net.project("second", incomplete="missing").to_matrix()[0, 1])


def test_html_tells_the_modes():
    html = meetings()._repr_html_()
    assert "3 and 2" in html
    assert "4 between two modes" in html

"""Lambda sets: by their definition over all subsets, by hand, and beside networkx."""

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from numpy.testing import assert_array_equal
from scipy.cluster.hierarchy import fcluster, is_valid_linkage

import wholenet as wn
from wholenet import cohesion, groups, testing
from wholenet.errors import ArgumentError, DirectionError

NET = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), directed=False)


@given(testing.networks(directed=False, max_actors=6))
@settings(max_examples=80, deadline=None)
def test_all_sets_and_no_others(net):
    found = groups.lambda_sets(net)
    connectivity = cohesion.edge_connectivity(net)
    n = net.n_actors
    expected = set()
    for size in range(2, n + 1):
        for members in combinations(range(n), size):
            rest = [k for k in range(n) if k not in members]
            within = min(connectivity[i, j] for i, j in combinations(members, 2))
            outside = max((connectivity[i, k] for i in members for k in rest), default=-1)
            if within > max(outside, 0):
                expected.add(", ".join(str(net.labels[i]) for i in members))
    table = found.to_frame()
    assert set(table["actors"]) == expected
    assert len(table) == len(expected)
    assert (np.diff(table["level"]) <= 0).all()


@given(testing.networks(directed=False, valued=False, missing=False))
@settings(max_examples=60, deadline=None)
def test_levels_as_networkx(net):
    graph = nx.from_numpy_array(net.to_matrix())
    found = groups.lambda_sets(net)
    for level in found.levels:
        part = found.membership(level)
        theirs = {frozenset(one) for one in nx.k_edge_components(graph, k=int(level))}
        assert {frozenset(np.flatnonzero(part == one).tolist()) for one in set(part.tolist())} == theirs
        assert (np.diff(np.bincount(part)) <= 0).all()


def test_by_hand():
    found = groups.lambda_sets(NET)
    assert found.levels == (2, 1)
    table = found.to_frame()
    assert table.to_numpy().tolist()[:2] == [[2, 1, 3, "a, b, c"], [2, 1, 3, "d, e, f"]]
    assert np.isnan(table["outside"][2])
    assert_array_equal(found.membership(3), np.arange(6))
    valued = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[5, 2], directed=False)
    assert groups.lambda_sets(valued, capacity="value").levels == (5, 2)
    assert groups.lambda_sets(valued).levels == (1,)


def test_looks_and_small_networks():
    assert "λ 2 (3)" in groups.lambda_sets(NET)._repr_html_()
    for n in (0, 1, 3):
        found = groups.lambda_sets(wn.Network.from_matrix(np.zeros((n, n)), directed=False))
        assert found.levels == ()
        assert repr(found) == f"<LambdaSets: 0 sets of {n} actors>"
        assert found.to_frame().columns.tolist() == ["level", "outside", "size", "actors"]
        assert found.membership(1).tolist() == list(range(n))
    chain = wn.Network.from_matrix(np.eye(40, k=1) + np.eye(40, k=-1), directed=False)
    assert "28 more" in groups.lambda_sets(chain)._repr_html_()


def test_what_is_refused():
    with pytest.raises(DirectionError, match="symmetrize"):
        groups.lambda_sets(wn.Network.from_edges((["a"], ["b"])))
    with pytest.raises(ArgumentError, match="reads tie values"):
        groups.lambda_sets(NET, capacity="value")


@given(testing.networks(directed=False, valued=False, missing=False, min_actors=2))
@settings(max_examples=40, deadline=None)
def test_connectivity_as_a_gomory_hu_tree_of_networkx(net):
    graph = nx.from_numpy_array(net.to_matrix())
    nx.set_edge_attributes(graph, 1, "capacity")
    tree, found = nx.gomory_hu_tree(graph), cohesion.edge_connectivity(net)
    for i, j in combinations(range(net.n_actors), 2):
        way = nx.shortest_path(tree, i, j)
        assert found[i, j] == min(tree.edges[edge]["weight"] for edge in pairwise(way))
        assert found[i, j] == nx.minimum_cut_value(graph, i, j)


@given(testing.networks(directed=False, min_actors=1))
@settings(max_examples=60, deadline=None)
def test_the_tree_cut_at_a_level_gives_the_sets(net):
    found = groups.lambda_sets(net)
    tree, n = found.linkage(), net.n_actors
    assert tree.shape == (n - 1, 4)
    if n == 1:
        return
    assert is_valid_linkage(tree)
    for level in found.levels:
        part, ours = fcluster(tree, found.levels[0] - level, "distance"), found.membership(level)
        assert_array_equal(part[:, None] == part, ours[:, None] == ours)


def lines(picture):
    """How many rows, and what is written."""
    return picture.svg.count('text-anchor="end"'), picture.svg


def test_pictures():
    found = groups.lambda_sets(NET)
    rows, svg = lines(found.plot(title="Sets", mark=pd.Series(["team", None, "", None, None, None], name="gatekeeper")))
    assert rows == 6
    assert "Sets" in svg
    assert "gatekeeper" in svg
    # The legend, and one actor.
    assert svg.count("#fc8478") == 2
    tail = wn.Network.from_edges((["a", "b", "a", "c"], ["b", "c", "c", "d"]), directed=False)
    rows, svg = lines(groups.lambda_sets(tail).plot(least=2))
    assert rows == 3
    assert "Not shown: 1 actor with λ below 2 to everybody" in svg
    rows, svg = lines(groups.lambda_sets(tail).plot(least=5))
    assert rows == 0
    assert "4 actors" in svg


def test_a_picture_of_many_folds():
    generator = np.random.default_rng(1)
    upper = np.triu(generator.random((300, 300)) < np.linspace(0, 0.1, 300), 1).astype(float)
    found = groups.lambda_sets(wn.Network.from_matrix(upper + upper.T, directed=False))
    rows, svg = lines(found.plot())
    assert 0 < rows <= 150
    assert f"Not shown: {300 - rows} actors" in svg


def test_a_group_has_one_line():
    # Four actors who all merge at 3: four ways to one line, and one way out.
    clique = wn.Network.from_matrix(np.ones((4, 4)) - np.eye(4), directed=False)
    path = groups.lambda_sets(clique).plot().svg.partition('stroke="#2f6299"')[0].rpartition('d="')[2]
    assert path.count("H") == 5
    assert path.count("V") == 1


@pytest.mark.parametrize("n", [0, 1, 3])
def test_pictures_of_nothing(n):
    found = groups.lambda_sets(wn.Network.from_matrix(np.zeros((n, n)), directed=False))
    assert found.plot().svg.startswith("<svg")
    assert len(found.linkage()) == max(n - 1, 0)


def test_what_a_picture_refuses():
    found = groups.lambda_sets(NET)
    for least in (0, -1, True, "2", float("nan"), float("inf")):
        with pytest.raises(ArgumentError, match="least must be"):
            found.plot(least=least)
    with pytest.raises(ArgumentError, match="an entry for each of the 6 actors"):
        found.plot(mark=[True])

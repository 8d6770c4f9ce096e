"""Lambda sets: by their definition over all subsets, by hand, and beside networkx."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_array_equal

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

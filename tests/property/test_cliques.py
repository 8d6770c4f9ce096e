"""Cliques: by their definition over all subsets, by hand, and beside networkx and igraph."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import groups, testing
from wholenet.errors import ArgumentError, DirectionError


def listed(table):
    return [tuple(rows["actor"]) for _, rows in table.groupby("clique")]


@given(testing.networks(directed=False, loops=None), st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_by_definition(net, least):
    tied = np.nan_to_num(net.to_matrix()) != 0
    np.fill_diagonal(tied, val=False)
    n = net.n_actors
    whole = [set(one) for k in range(1, n + 1) for one in combinations(range(n), k)
             if all(tied[i, j] for i, j in combinations(one, 2))]  # fmt: skip
    expected = {frozenset(one) for one in whole if not any(one < other for other in whole) and len(one) >= least}
    found = listed(groups.cliques(net, min_size=least))
    place = {label: at for at, label in enumerate(net.labels.tolist())}
    assert {frozenset(place[label] for label in one) for one in found} == expected
    assert len(found) == len(expected)
    sizes = [len(one) for one in found]
    assert sizes == sorted(sizes, reverse=True)


def test_as_peers():
    graph = nx.gnp_random_graph(60, 0.35, seed=1)
    net = wn.Network.from_networkx(graph)
    ours = {frozenset(one) for one in listed(groups.cliques(net, min_size=1))}
    assert ours == {frozenset(one) for one in nx.find_cliques(graph)}
    assert ours == {frozenset(one) for one in net.to_igraph().maximal_cliques()}


def test_by_hand():
    net = wn.Network.from_edges((list("abacd"), list("bccde")), directed=False)
    assert listed(groups.cliques(net)) == [("a", "b", "c")]
    table = groups.cliques(net, min_size=2)
    assert table["size"].tolist() == [3, 3, 3, 2, 2, 2, 2]
    assert groups.cliques(net, min_size=4).columns.tolist() == ["clique", "size", "actor"]
    assert len(groups.cliques(wn.Network.from_matrix(np.zeros((0, 0)), directed=False))) == 0


def test_what_is_refused():
    with pytest.raises(DirectionError, match="symmetrize"):
        groups.cliques(wn.Network.from_edges((["a"], ["b"])))
    with pytest.raises(ArgumentError, match="min_size must be"):
        groups.cliques(wn.Network.from_edges((["a"], ["b"]), directed=False), min_size=0)

"""Brokerage: definitions by brute force, laws, and live peers."""

from itertools import permutations

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import brokerage, testing

# Sums of at most 50 terms of order 1; igraph and networkx add up in another order.
CLOSE = {"rtol": 1e-10, "atol": 1e-10}
QUICK = settings(max_examples=60, deadline=None)
ROLES = ["coordinator", "gatekeeper", "representative", "consultant", "liaison"]


def mutual(net):
    matrix = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(matrix, 0)
    return matrix + matrix.T


def holes(w, i, scope):
    """Constraints by contact, and redundancy, of one actor."""
    contacts = np.flatnonzero(w[i]).tolist()
    inside = [i, *contacts]
    spent = {q: (w[q] if scope == "whole" else w[q, inside]) for q in contacts}
    p = w[i] / w[i].sum()
    constraints = [(p[j] + sum(p[q] * w[q, j] / spent[q].sum() for q in contacts if q != j)) ** 2 for j in contacts]
    redundancy = sum(p[q] * w[j, q] / spent[j].max() for j in contacts for q in contacts if q != j)
    return np.array(constraints), redundancy


@given(testing.networks(missing=None, loops=None), st.sampled_from(["whole", "ego"]))
@QUICK
def test_holes_are_their_definitions(net, scope):
    w = mutual(net)
    constraint, size = brokerage.constraint(net, scope=scope), brokerage.effective_size(net, scope=scope)
    efficiency, hierarchy = brokerage.efficiency(net, scope=scope), brokerage.hierarchy(net, scope=scope)
    for i in range(net.n_actors):
        if not w[i].any():
            assert all(np.isnan(one[i]) for one in (constraint, size, efficiency, hierarchy))
            continue
        constraints, redundancy = holes(w, i, scope)
        contacts = len(constraints)
        assert_allclose(constraint[i], constraints.sum(), **CLOSE)
        assert_allclose(size[i], contacts - redundancy, **CLOSE)
        assert_allclose(efficiency[i], (contacts - redundancy) / contacts, **CLOSE)
        shares = constraints / constraints.mean()
        expected = (shares * np.log(shares)).sum() / (contacts * np.log(contacts)) if contacts > 1 else np.nan
        assert_allclose(hierarchy[i], expected, **CLOSE)


@given(testing.networks(directed=False, valued=False, missing=False))
@QUICK
def test_borgattis_shortcut(net):
    matrix = net.to_matrix()
    size = brokerage.effective_size(net)
    for i in range(net.n_actors):
        contacts = np.flatnonzero(matrix[i])
        if len(contacts):
            ties = matrix[np.ix_(contacts, contacts)].sum() / 2
            assert_allclose(size[i], len(contacts) - 2 * ties / len(contacts), **CLOSE)


@given(testing.networks(min_actors=1, missing=False))
@QUICK
def test_peers_agree(net):
    weight = "weight" if net.valued else None
    graph = net.to_networkx()
    constraint = nx.constraint(graph, weight=weight)
    assert_allclose(brokerage.constraint(net), [constraint[label] for label in net.labels.tolist()], **CLOSE)
    # With nodes= networkx takes a path without sparse matrices, which in 3.6 round; NaN without outgoing ties.
    size = nx.effective_size(graph, nodes=list(graph), weight=weight)
    found = brokerage.effective_size(net)
    sends = np.array([len(graph[label]) > 0 for label in net.labels.tolist()], dtype=bool)
    assert_allclose(found[sends], np.array([size[label] for label in net.labels.tolist()])[sends], **CLOSE)
    assert_allclose(brokerage.constraint(net), net.to_igraph().constraint(weights=weight), **CLOSE)


@given(testing.networks(min_actors=1))
@QUICK
def test_relabelling(net):
    testing.assert_relabelling_law(brokerage.constraint, net)


def roles_by_hand(matrix, groups):
    n = len(matrix)
    counts, partial = np.zeros((n, 5)), np.zeros((n, 5))
    for i, k in permutations(range(n), 2):
        if matrix[i, k]:
            continue
        brokers = [j for j in range(n) if j not in (i, k) and matrix[i, j] and matrix[j, k]]
        for j in brokers:
            a, b, c = groups[i], groups[j], groups[k]
            place = 0 if a == b == c else 1 if b == c else 2 if a == b else 3 if a == c else 4
            counts[j, place] += 1
            partial[j, place] += 1 / len(brokers)
    return counts, partial


def grouped(net, groups):
    return net.with_actors(pd.DataFrame({"name": net.labels, "group": list(groups)}))


@given(
    testing.networks(min_actors=2, max_actors=6, directed=True, valued=False, missing=False),
    st.lists(st.sampled_from("ABC"), min_size=6, max_size=6),
)
@settings(max_examples=40, deadline=None)
def test_roles_are_their_definition(net, groups):
    groups = groups[: net.n_actors]
    net = grouped(net, groups)
    matrix = net.to_matrix()
    counts, partial = roles_by_hand(matrix, groups)
    raw = brokerage.roles(net, by="group")
    assert_allclose(raw[ROLES].to_numpy(), counts, **CLOSE)
    assert_allclose(raw["total"], counts.sum(axis=1), **CLOSE)
    assert_allclose(brokerage.roles(net, by="group", kind="partial")[ROLES].to_numpy(), partial, **CLOSE)
    # Every way to deal the labels out.
    dealt = np.array([roles_by_hand(matrix, order)[0] for order in permutations(groups)])
    assert_allclose(brokerage.roles(net, by="group", kind="expected")[ROLES].to_numpy(), dealt.mean(axis=0), **CLOSE)
    sd = brokerage.roles(net, by="group", kind="sd")
    # The square root of what rounding leaves of no variance.
    assert_allclose(sd[ROLES].to_numpy(), dealt.std(axis=0), rtol=1e-6, atol=1e-6)
    z = brokerage.roles(net, by="group", kind="z")[ROLES].to_numpy()
    assert (np.isnan(z) == (sd[ROLES].to_numpy() == 0)).all()


@pytest.mark.parametrize("seed", range(5))
def test_constraint_of_a_larger_network(seed):
    generator = np.random.default_rng(seed)
    matrix = (generator.random((60, 60)) < 0.15) * generator.integers(1, 5, (60, 60))
    np.fill_diagonal(matrix, 0)
    net = wn.Network.from_matrix(matrix)
    graph = ig.Graph.Weighted_Adjacency(matrix.tolist(), mode="directed")
    assert_allclose(brokerage.constraint(net), graph.constraint(weights="weight"), **CLOSE)

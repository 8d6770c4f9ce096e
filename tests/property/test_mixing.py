"""Mixing and ego networks: definitions by brute force, laws, and live peers."""

import networkx as nx
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from wholenet import brokerage, centrality, mixing, testing

CLOSE = {"rtol": 1e-10, "atol": 1e-10}
QUICK = settings(max_examples=80, deadline=None)
GROUPED = testing.networks(min_actors=1, attributes={"group": ["x", "y", "z"]})
MODES = st.sampled_from(["in", "out", "all"])


def plain(net):
    matrix = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(matrix, 0)
    return matrix


def oriented(net, mode):
    matrix = plain(net)
    return matrix if not net.directed else {"out": matrix, "in": matrix.T, "all": matrix + matrix.T}[mode]


@given(GROUPED)
@QUICK
def test_ei(net):
    group = net.attribute("group")
    other = group[:, None] != group[None, :]
    ties = oriented(net, "all")
    external, internal = (ties * other).sum(axis=1), (ties * ~other).sum(axis=1)
    with np.errstate(invalid="ignore"):
        assert_allclose(
            mixing.ei_index(net, by="group", level="actor"), (external - internal) / (external + internal), **CLOSE
        )
        total = (external.sum() - internal.sum()) / (external.sum() + internal.sum())
        assert_allclose(mixing.ei_index(net, by="group"), total, **CLOSE)
    table = mixing.ei_index(net, by="group", level="group")
    for row, name in enumerate(table["group"]):
        inside = group == name
        assert_allclose(table["internal"][row], ties[np.ix_(inside, inside)].sum() / 2, **CLOSE)
        assert_allclose(table["external"][row], ties[np.ix_(inside, ~inside)].sum(), **CLOSE)


@given(GROUPED, MODES)
@QUICK
def test_homophily_by_the_four_counts(net, mode):
    group = net.attribute("group")
    ties = oriented(net, mode) != 0
    table = mixing.homophily(net, by="group", mode=mode)
    for i in range(net.n_actors):
        others = np.arange(net.n_actors) != i
        tied, alike = ties[i, others], (group == group[i])[others]
        a, b, c, d = (
            (one & two).sum() for one, two in ((tied, alike), (~tied, alike), (tied, ~alike), (~tied, ~alike))
        )
        assert table["same"][i] == a
        assert table["partners"][i] == a + c
        assert_allclose(table["share"][i], a / (a + c) if a + c else np.nan, **CLOSE)
        expected = (a * d - b * c) / (a * d + b * c) if a * d + b * c else np.nan
        assert_allclose(table["yules_q"][i], expected, **CLOSE)
        phi = (
            np.corrcoef(tied, alike)[0, 1]
            if tied.any() and not tied.all() and alike.any() and not alike.all()
            else np.nan
        )
        assert_allclose(table["correlation"][i], phi, **CLOSE)


@given(GROUPED, MODES)
@QUICK
def test_participation(net, mode):
    group, ties = net.attribute("group"), oriented(net, mode)
    expected = []
    for row in ties:
        parts = np.array([row[group == name].sum() for name in set(group.tolist())])
        expected.append(1 - ((parts / row.sum()) ** 2).sum() if row.sum() else np.nan)
    assert_allclose(mixing.participation(net, by="group", mode=mode), expected, **CLOSE)


@given(testing.networks(min_actors=2, missing=False, attributes={"group": ["x", "y"], "size": [1, 2, 5]}))
@QUICK
def test_assortativity_as_peers(net):
    assume(net.n_ties)
    graph = net.to_networkx()
    with np.errstate(invalid="ignore"):
        nominal = nx.attribute_assortativity_coefficient(graph, "group") if len(set(net.attribute("group"))) > 1 else 1
    found = mixing.assortativity(net, by="group")
    if not np.isnan(found):
        assert_allclose(found, nominal, **CLOSE)
        kinds = {name: code for code, name in enumerate(sorted(set(net.attribute("group").tolist())))}
        codes = [kinds[name] for name in net.attribute("group").tolist()]
        assert_allclose(found, net.to_igraph().assortativity_nominal(codes, directed=net.directed), **CLOSE)
    numeric = mixing.assortativity(net, by="size", kind="numeric")
    if not np.isnan(numeric):
        theirs = net.to_igraph().assortativity(net.attribute("size").tolist(), directed=net.directed)
        assert_allclose(numeric, theirs, **CLOSE)


@given(GROUPED)
@QUICK
def test_mixing_matrix_adds_up(net):
    group, ties = net.attribute("group"), plain(net)
    table = mixing.mixing_matrix(net, by="group")
    names = table["from"].tolist()
    for row, one in enumerate(names):
        for other in names:
            cell = ties[np.ix_(group == one, group == other)].sum()
            expected = cell / 2 if one == other and not net.directed else cell
            assert_allclose(table[other][row], expected, **CLOSE)


@given(GROUPED)
@QUICK
def test_diversity(net):
    group = net.attribute("group")
    pairs = (group[:, None] != group[None, :]).mean()
    number = len(set(group.tolist()))
    assert_allclose(mixing.blau(net, by="group"), pairs, **CLOSE)
    expected = pairs / (1 - 1 / number) if number > 1 else np.nan
    assert_allclose(mixing.iqv(net, by="group"), expected, **CLOSE)


@given(testing.networks(min_actors=1), MODES, st.integers(1, 3), st.booleans())
@QUICK
def test_ego_networks(net, mode, steps, include):
    ties = oriented(net, mode) != 0
    table = brokerage.ego_networks(net, mode=mode)
    whole = plain(net) != 0
    for i in range(net.n_actors):
        partners = np.flatnonzero(ties[i])
        among = whole[np.ix_(partners, partners)]
        assert table["size"][i] == len(partners)
        assert table["ties"][i] == among.sum() / (1 if net.directed else 2)
        graph = nx.from_numpy_array((among | among.T).astype(int))
        assert table["parts"][i] == nx.number_connected_components(graph)
        reach = np.linalg.matrix_power(ties.astype(float) + np.eye(net.n_actors), steps)[i] > 0
        reach[i] = include
        assert_array_equal(net.ego(net.labels[i], steps=steps, mode=mode, include=include).labels, net.labels[reach])
    if not net.directed:
        assert_allclose(table["density"], centrality.local_clustering(net), **CLOSE)

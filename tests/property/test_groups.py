"""Communities: modularity by definition and beside peers, what Leiden guarantees, and how partitions compare."""

from itertools import combinations

import igraph as ig
import networkx as nx
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import groups, testing

CLOSE = {"rtol": 1e-10, "atol": 1e-10}
QUICK = settings(max_examples=80, deadline=None)
UNDIRECTED = testing.networks(min_actors=1, directed=False)


def plain(net):
    matrix = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(matrix, 0)
    return matrix


def quality(matrix, part, resolution):
    total = matrix.sum()
    same = part[:, None] == part[None, :]
    chance = np.outer(matrix.sum(axis=1), matrix.sum(axis=0)) / total
    return ((matrix - resolution * chance) * same).sum() / total


@given(testing.networks(min_actors=1), st.data(), st.floats(0, 3))
@QUICK
def test_modularity_by_definition(net, data, resolution):
    n = net.n_actors
    part = np.array(data.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)))
    found = groups.modularity(net, by=part, resolution=resolution)
    matrix = plain(net)
    if not matrix.any():
        assert np.isnan(found)
        return
    assert_allclose(found, quality(matrix, part, resolution), **CLOSE)
    graph = nx.from_numpy_array(matrix, create_using=nx.DiGraph if net.directed else nx.Graph)
    sets = [set(np.flatnonzero(part == one).tolist()) for one in set(part.tolist())]
    assert_allclose(found, nx.community.modularity(graph, sets, resolution=resolution), **CLOSE)


@given(UNDIRECTED, st.integers(0, 5), st.sampled_from([0.5, 1.0, 2.0]))
@QUICK
def test_no_actor_gains_by_moving(net, seed, resolution):
    for search in (groups.leiden, groups.louvain):
        found = search(net, resolution=resolution, seed=seed)
        part, matrix = found.membership, plain(net)
        sizes = np.bincount(part)
        assert (np.diff(sizes) <= 0).all()
        # Among communities of one size that of the first actor comes first.
        first = np.array([np.flatnonzero(part == one)[0] for one in range(len(sizes))])
        assert (np.diff(first)[np.diff(sizes) == 0] > 0).all()
        assert part.dtype == np.int64
        if not matrix.any():
            assert np.isnan(found.modularity)
            assert_array_equal(part, np.arange(net.n_actors))
            continue
        best = quality(matrix, part, resolution)
        assert_allclose(found.modularity, best, **CLOSE)
        for actor in range(net.n_actors if search is groups.leiden else 0):
            for other in range(len(sizes) + 1):
                moved = part.copy()
                moved[actor] = other
                assert quality(matrix, moved, resolution) <= best + 1e-9


@given(UNDIRECTED, st.integers(0, 5))
@QUICK
def test_communities_hold_together(net, seed):
    graph = nx.from_numpy_array(plain(net))
    part = groups.leiden(net, seed=seed).membership
    for one in set(part.tolist()):
        assert nx.is_connected(graph.subgraph(np.flatnonzero(part == one).tolist()))


@given(testing.networks(min_actors=2, max_actors=6, directed=False, missing=False), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_no_merge_gains_and_none_is_better_than_the_best(net, seed):
    matrix = plain(net)
    assume(matrix.any())
    found = groups.leiden(net, seed=seed, rounds=50)
    part = found.membership
    for one, other in combinations(range(part.max() + 1), 2):
        merged = np.where(part == other, one, part)
        assert quality(matrix, merged, 1.0) <= found.modularity + 1e-9
    best = max(quality(matrix, np.array(one), 1.0) for one in partitions(net.n_actors))
    assert found.modularity <= best + 1e-9


def partitions(n):
    """All partitions of n things, each named by its first."""
    if n == 0:
        yield []
        return
    for rest in partitions(n - 1):
        for group in range(max(rest, default=-1) + 2):
            yield [*rest, group]


def test_as_good_as_igraph():
    for graph in (nx.karate_club_graph(), nx.planted_partition_graph(8, 25, 0.4, 0.03, seed=2)):
        net = wn.Network.from_networkx(nx.Graph(graph.edges))
        peer = net.to_igraph()
        theirs = max(peer.community_leiden("modularity", n_iterations=5).modularity for _ in range(10))
        ours = [groups.leiden(net, seed=seed, rounds=5).modularity for seed in range(10)]
        assert max(ours) >= theirs - 1e-9
        louvain = max(groups.louvain(net, seed=seed).modularity for seed in range(10))
        assert louvain >= peer.community_multilevel().modularity - 0.005
    # The best there is for the karate club, by exhaustive search.
    karate = wn.Network.from_networkx(nx.Graph(nx.karate_club_graph().edges))
    best = karate.to_igraph().community_optimal_modularity().modularity
    assert_allclose(max(groups.leiden(karate, seed=seed).modularity for seed in range(10)), best, **CLOSE)


def test_planted_communities_are_found():
    graph = nx.planted_partition_graph(5, 30, 0.5, 0.02, seed=4)
    net = wn.Network.from_networkx(graph)
    planted = np.repeat(np.arange(5), 30)
    assert groups.agreement(groups.leiden(net, seed=1), planted) == 1


@given(st.data(), st.integers(1, 30))
@QUICK
def test_agreement(data, n):
    one, other = (np.array(data.draw(st.lists(st.integers(0, 4), min_size=n, max_size=n))) for _ in range(2))
    pairs = list(combinations(range(n), 2))
    a = np.array([one[i] == one[j] for i, j in pairs], dtype=float)
    b = np.array([other[i] == other[j] for i, j in pairs], dtype=float)
    together, expected = (a @ b), a.sum() * b.sum() / max(len(pairs), 1)
    most = (a.sum() + b.sum()) / 2
    assert_allclose(
        groups.agreement(one, other), (together - expected) / (most - expected) if most != expected else 1, **CLOSE
    )
    if n > 1 and most != expected:
        theirs = ig.compare_communities(one.tolist(), other.tolist(), method="adjusted_rand")
        assert_allclose(groups.agreement(one, other), theirs, **CLOSE)
    theirs = ig.compare_communities(one.tolist(), other.tolist(), method="nmi")
    assert_allclose(groups.agreement(one, other, kind="nmi"), theirs, rtol=1e-9, atol=1e-9)
    assert groups.agreement(one, one) == 1


def test_agreement_of_random_partitions_is_0_on_average():
    generator = np.random.default_rng(1)
    scores = [groups.agreement(generator.integers(0, 4, 60), generator.integers(0, 3, 60)) for _ in range(400)]
    assert abs(np.mean(scores)) < 4 * np.std(scores) / 20

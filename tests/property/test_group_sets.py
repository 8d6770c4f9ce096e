"""Groups against brute force and networkx, on random networks."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import brokerage, cohesion, groups, positions
from wholenet.testing import networks

UNDIRECTED = networks(directed=False, missing=False, max_actors=7)


def adjacency(net):
    """0 and 1, nothing on the diagonal."""
    return (np.nan_to_num(net.to_matrix()) != 0) & ~np.eye(net.n_actors, dtype=bool)


def graph_of(net):
    """The network with actors as numbers."""
    return nx.from_numpy_array(adjacency(net).astype(int))


def listed(net, table, name):
    """The sets as sorted lists of numbers."""
    place = {label: at for at, label in enumerate(net.labels.tolist())}
    return sorted(sorted(place[actor] for actor in one) for one in table.groupby(name)["actor"].agg(list))


def subsets(n):
    return [set(one) for size in range(1, n + 1) for one in combinations(range(n), size)]


def largest(sets):
    return [one for one in sets if not any(one < other for other in sets)]


@given(UNDIRECTED)
def test_cores_are_those_of_networkx(net):
    """Components of what NetworkX calls the k-core."""
    graph = graph_of(net)
    table = groups.cores(net)
    for k in range(1, 8):
        expected = sorted(sorted(one) for one in nx.connected_components(nx.k_core(graph, k)))
        assert listed(net, table[table["k"] == k], "core") == expected


@given(UNDIRECTED, st.integers(1, 3))
def test_k_plexes_are_all_there_are(net, k):
    """By looking at every set."""
    ties = adjacency(net)
    plexes = [one for one in subsets(net.n_actors) if all(ties[i, list(one)].sum() >= len(one) - k for i in one)]
    expected = sorted(sorted(one) for one in largest(plexes) if len(one) >= max(2 * k - 1, 3))
    assert listed(net, groups.k_plexes(net, k=k), "k_plex") == expected


@given(UNDIRECTED, st.integers(1, 3))
def test_n_clans_are_all_there_are(net, n):
    """By looking at every set."""
    graph = graph_of(net)
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    near = [one for one in subsets(net.n_actors) if all(steps[i].get(j, np.inf) <= n for i in one for j in one)]

    def holds(one):
        inside = graph.subgraph(one)
        return nx.is_connected(inside) and nx.diameter(inside) <= n

    expected = sorted(sorted(one) for one in largest(near) if holds(one))
    assert listed(net, groups.n_clans(net, n=n, min_size=1), "n_clan") == expected


@given(networks(directed=False, missing=False, max_actors=12), st.integers(0, 2**32))
def test_nobody_has_another_label_to_take(net, seed):
    """Label propagation ends where every label is one that most ties lead to."""
    membership = groups.label_propagation(net, seed=seed).membership
    values = np.nan_to_num(net.to_matrix())
    np.fill_diagonal(values, 0)
    for actor in range(net.n_actors):
        weights = np.bincount(membership, weights=values[actor], minlength=membership.max() + 1)
        if adjacency(net)[actor].any():
            assert weights[membership[actor]] >= weights.max() * (1 - 1e-9)
    assert all(
        nx.is_connected(graph_of(net).subgraph(np.flatnonzero(membership == one))) for one in set(membership.tolist())
    )


@settings(deadline=None)
@given(networks(directed=False, missing=False, max_actors=9))
def test_girvan_newman_takes_the_ties_of_networkx(net):
    """With the same rule between ties of equal betweenness."""
    graph = graph_of(net)
    if net.n_actors == 0:
        return

    def first_of_the_highest(left):
        scores = nx.edge_betweenness_centrality(left, normalized=False)
        most = max(scores.values())
        return min(tuple(sorted(tie)) for tie, score in scores.items() if score >= most * (1 - 1e-9))

    steps = [sorted(map(sorted, nx.connected_components(graph)))]
    if graph.number_of_edges():
        steps += [sorted(map(sorted, parts)) for parts in nx.community.girvan_newman(graph, first_of_the_highest)]
        best = max(nx.community.modularity(graph, parts) for parts in steps)
        assert groups.girvan_newman(net).modularity == pytest.approx(best, abs=1e-9)
    for parts in steps:
        membership = groups.girvan_newman(net, number=len(parts)).membership
        assert sorted(np.flatnonzero(membership == one).tolist() for one in set(membership.tolist())) == parts


def cells_of(net):
    """The observed cells off the diagonal: rows, columns, values."""
    matrix = net.to_matrix()
    np.fill_diagonal(matrix, np.nan)
    rows, columns = np.nonzero(~np.isnan(matrix))
    return rows, columns, matrix[rows, columns]


def correlation(values, ideal):
    """Pearson's, nothing where one has no spread."""
    if len(values) == 0 or np.ptp(values) == 0 or np.ptp(ideal) == 0:
        return -np.inf
    return np.corrcoef(values, ideal)[0, 1]


def fit(net, core, between):
    """The fit of a core, by its definition."""
    rows, columns, values = cells_of(net)
    members = core[rows].astype(int) + core[columns]
    ideal = (members == 2).astype(float)
    if between == "missing":
        return correlation(values[members != 1], ideal[members != 1])
    middle = members == 1
    if middle.any():
        ideal[middle] = values[middle].mean() if between == "density" else between
    return correlation(values, ideal)


@settings(deadline=None, max_examples=60)
@given(networks(max_actors=6), st.sampled_from(["missing", "density", 0.0, 1.0, 0.4]))
def test_the_best_core_is_found(net, between):
    """By looking at every core; 200 starts find the best of so few actors."""
    n = net.n_actors
    if n == 0:
        return
    cores = [np.array([bool(bits >> i & 1) for i in range(n)]) for bits in range(2**n)]
    best = max(fit(net, core, between) for core in cores)
    found = groups.core_periphery(net, between=between, starts=200, permutations=0, seed=1)
    if best == -np.inf:
        assert np.isnan(found.fit)
    else:
        assert found.fit == pytest.approx(best, abs=1e-7)
        assert fit(net, found.coreness > 0, between) == pytest.approx(best, abs=1e-7)


@settings(deadline=None, max_examples=40)
@given(networks(max_actors=6), st.integers(0, 2**32))
def test_no_other_corenesses_come_closer(net, seed):
    """The squared differences do not fall anywhere near."""
    rows, columns, values = cells_of(net)
    if values.sum() == 0:
        return
    c = groups.core_periphery(net, kind="continuous", starts=20, permutations=0, seed=1).coreness

    def lost(c):
        products = c[rows] * c[columns]
        # At the scale that fits best.
        return ((values - products * (values @ products) / max(products @ products, 1e-300)) ** 2).sum()

    # Where the best corenesses lie at infinity, as in a star, the search stops on the way.
    again = groups.core_periphery(net, kind="continuous", starts=20, permutations=0, seed=2).coreness
    room = 1e-9 if np.allclose(c, again, atol=1e-9) and c.max() < 0.9 else 5e-2
    random = np.random.default_rng(seed)
    for size in (1e-3, 1e-1, 1):
        for _ in range(20):
            assert lost(c) <= lost(np.abs(c + size * random.normal(size=len(c)))) + room * (values**2).sum()


def test_a_random_network_has_no_core_too_often():
    """p is at most .1 in one of ten random networks."""
    random = np.random.default_rng(1)
    low = 0
    for draw in range(300):
        ties = np.triu(random.random((12, 12)) < 0.4, 1)
        net = wn.Network.from_matrix((ties | ties.T).astype(float), directed=False)
        low += groups.core_periphery(net, starts=5, permutations=19, seed=draw).p <= 0.1
    # Binomial(300, .1): outside this once in a thousand.
    assert 13 <= low <= 48


def broken(graph, by_distance):
    """Fragmentation of a networkx graph."""
    n = len(graph)
    if n < 2:
        return 0.0
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    joined = [1 / d if by_distance else 1 for ends in lengths.values() for d in ends.values() if d]
    return 1 - sum(joined) / (n * (n - 1))


@settings(deadline=None, max_examples=60)
@given(UNDIRECTED, st.integers(1, 3))
def test_key_players_are_the_best_of_all_sets(net, size):
    """By looking at every set with networkx."""
    n = net.n_actors
    if size >= n:
        return
    graph = graph_of(net)
    steps = cohesion.distances(net)

    def near(chosen, of):
        nearest = steps[list(chosen)].min(axis=0)
        return np.mean([1 if at in chosen else of(nearest[at]) for at in range(n)])

    criteria = {
        "fragmentation": lambda one: broken(graph.subgraph(set(graph) - set(one)), by_distance=False),
        "distance_fragmentation": lambda one: broken(graph.subgraph(set(graph) - set(one)), by_distance=True),
        "reach": lambda one: near(one, lambda d: d <= 2),
        "distance_reach": lambda one: near(one, lambda d: 1 / d),
    }
    place = {label: at for at, label in enumerate(net.labels.tolist())}
    for criterion, value in criteria.items():
        values = [value(one) for one in combinations(range(n), size)]
        found = brokerage.key_players(net, size=size, criterion=criterion, steps=2)
        assert found.value == pytest.approx(max(values))
        assert value([place[label] for label in found.members.tolist()]) == pytest.approx(max(values))
        assert found.solutions == sum(one > max(values) - 1e-9 for one in values)


def rege(matrix, iterations):
    """REGE as written down."""
    n = len(matrix)
    alike = np.ones((n, n))

    def side(i, j):
        found = most = 0.0
        for k in range(n):
            own = matrix[i, k], matrix[k, i]
            if k == i or not any(own):
                continue
            options = [(0.0, -sum(own))]
            for m in set(range(n)) - {j}:
                theirs = matrix[j, m], matrix[m, j]
                if any(theirs):
                    options.append((alike[k, m] * sum(map(min, own, theirs)), -sum(map(max, own, theirs))))
            best = max(options)
            found, most = found + best[0], most - best[1]
        return found, most

    for _ in range(iterations):
        following = np.ones((n, n))
        for i, j in combinations(range(n), 2):
            (a, b), (c, d) = side(i, j), side(j, i)
            following[i, j] = following[j, i] = (a + c) / (b + d) if b + d else 1.0
        alike = following
    return alike


@settings(deadline=None, max_examples=60)
@given(networks(missing=False, max_actors=6), st.integers(1, 4))
def test_rege_is_what_is_written_down(net, iterations):
    """By a slow copy of the definition."""
    matrix = net.to_matrix()
    np.fill_diagonal(matrix, 0)
    found = positions.regular_equivalence(net, iterations=iterations)
    assert found == pytest.approx(rege(matrix, iterations), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(networks(directed=True, missing=False, valued=False, max_actors=7))
def test_rege_finds_the_largest_regular_equivalence(net):
    """Actors stay at 1 just if no refinement by the kinds of their partners tells them apart."""
    ties = adjacency(net)
    kind = np.zeros(net.n_actors, dtype=int)
    for _ in range(net.n_actors):
        around = [
            (
                kind[i],
                frozenset(kind[ties[i] & ~ties[:, i]]),
                frozenset(kind[ties[:, i] & ~ties[i]]),
                frozenset(kind[ties[i] & ties[:, i]]),
            )
            for i in range(net.n_actors)
        ]
        kind = np.array([sorted(set(around), key=around.index).index(one) for one in around], dtype=int)
    found = positions.regular_equivalence(net, iterations=60)
    assert ((found == 1) == (kind[:, None] == kind[None, :])).all()


@settings(deadline=None, max_examples=25)
@given(networks(directed=False, missing=False, max_actors=12), st.integers(0, 2**32))
def test_small_worlds_are_measured_as_elsewhere(net, seed):
    """Clustering and distance are those of networkx; references have them within their bounds."""
    if net.n_actors == 0:
        return
    found = cohesion.small_world(net, draws=2, seed=seed)
    graph = graph_of(net)
    assert found.clustering == pytest.approx(nx.average_clustering(graph))
    lengths = [d for ends in dict(nx.all_pairs_shortest_path_length(graph)).values() for d in ends.values() if d]
    assert found.distance == pytest.approx(np.mean(lengths) if lengths else np.nan, nan_ok=True)
    assert found.omega == cohesion.small_world(net, draws=2, seed=seed).omega or np.isnan(found.omega)

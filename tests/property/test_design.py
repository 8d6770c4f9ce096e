"""Plans against all networks, what-if and robustness against networkx."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import design, testing
from wholenet.errors import InfeasibleError

LEVELS = ("x", "y", "z")
# Sums of at most 50 terms of order 1, in another order.
CLOSE = {"rtol": 1e-12, "atol": 1e-12}


@st.composite
def tasks(draw, least=2, most=5):
    """A network with some pairs not known, levels and capacities; rules; and conditions."""
    n = draw(st.integers(least, most))
    pairs = list(combinations(range(n), 2))
    cells = np.zeros((n, n))
    for one, other in pairs:
        cells[one, other] = cells[other, one] = draw(st.sampled_from([0, 0, 1, 1, np.nan]))
    level = draw(st.lists(st.sampled_from([*LEVELS, None]), min_size=n, max_size=n))
    actors = pd.DataFrame(
        {
            "name": [f"o{at}" for at in range(n)],
            "care_level": pd.Series(level, dtype=object),
            "capacity": pd.array(draw(st.lists(st.sampled_from([1, 2, 3, None]), min_size=n, max_size=n)), "Int64"),
        }
    )
    net = wn.Network.from_matrix(cells, actors, directed=False)
    there = sorted({one for one in level if one})
    rules = draw(st.lists(rule(there), max_size=3, unique=True))
    options = {
        "within": draw(st.sampled_from([None, None, 1, 2, 3])),
        "survive_any_leaver": draw(st.booleans()),
    }
    if not rules and options["within"] is None and not options["survive_any_leaver"]:
        rules = [design.must()]
    return net, rules, options


def rule(there):
    """A rule about levels that are there."""
    kinds = st.sampled_from([{}, *({"care_level": one} for one in there)])
    whom = st.sampled_from([{}, *({"with_care_level": one} for one in there)])
    both = st.builds(lambda one, other: {**one, **other}, kinds, whom)
    some = both.filter(bool) if there else st.nothing()
    return st.one_of(
        st.builds(lambda ties, kind: design.must(ties, **kind), st.sampled_from([1, 1, 2, "all"]), both),
        st.builds(lambda kind: design.never(**kind), some),
        st.builds(lambda ties, kind: design.at_most(ties, **kind), st.sampled_from([1, 2, 3, "capacity"]), both),
    )


def kept(graph, net, rules, options):
    """Whether a graph keeps to all rules: read off one by one, with networkx."""
    level = [None if pd.isna(one) else one for one in net.attribute("care_level").tolist()]
    return (
        all(keeps(graph, net, level, one) for one in rules)
        and (options["within"] is None or near(graph, level, options["within"]))
        and (not options["survive_any_leaver"] or survives(graph))
    )


def keeps(graph, net, level, rule):
    """Whether a graph keeps to a rule."""
    capacity = net.attribute("capacity").tolist()

    def these(kind):
        return {at for at in graph if all(level[at] in values for _, values in kind)}

    whom = these(rule.whom)
    for at in these(rule.who):
        ties = sum(graph.has_edge(at, other) for other in whom)
        limit = capacity[at] if rule.ties == "capacity" else rule.ties
        least, most = {
            "never": (0, 0),
            "must": (len(whom - {at}) if rule.ties == "all" else rule.ties, np.inf),
            "at_most": (0, np.inf if pd.isna(limit) else limit),
        }[rule.kind]
        if not least <= ties <= most:
            return False
    return True


def near(graph, level, steps):
    """Whether each level is within so many steps of each organisation that has one."""
    for at in graph:
        reached = {level[one] for one in nx.single_source_shortest_path_length(graph, at, cutoff=steps)}
        if level[at] is not None and {one for one in level if one} - reached:
            return False
    return True


def survives(graph):
    """Whether a graph is connected whoever leaves."""
    return nx.is_connected(graph) and (len(graph) < 3 or nx.node_connectivity(graph) > 1)


def smallest(net, rules, options, most=None):
    """The least number of changes, over sets of changed pairs by size; None: no network keeps to the rules."""
    cells = np.nan_to_num(net.to_matrix())
    pairs = list(combinations(range(net.n_actors), 2))
    for size in range(len(pairs) + 1 if most is None else most + 1):
        for changed in combinations(pairs, size):
            after = cells.copy()
            for one, other in changed:
                after[one, other] = after[other, one] = 1 - after[one, other]
            if kept(nx.from_numpy_array(after), net, rules, options):
                return size
    return None


def check(task, most=None):
    net, rules, options = task
    wanted = smallest(net, rules, options, most)
    try:
        found = design.plan(net, rules, gap=0, progress=False, **options)
    except InfeasibleError:
        assert wanted is None
        return
    if wanted is None:
        assert most is not None
        assert found.cost > most
    else:
        assert found.cost == found.bound == wanted
    graph = nx.from_numpy_array(np.nan_to_num(found.network.to_matrix()))
    assert kept(graph, net, rules, options)
    now = np.nan_to_num(net.to_matrix())
    assert (nx.to_numpy_array(graph) != now).sum() == 2 * found.cost == 2 * len(found.actions)
    assert_array_equal(found.loads["after"], [degree for _, degree in graph.degree])


@given(tasks())
@settings(max_examples=100, deadline=None)
def test_plans_are_the_smallest_of_all_networks(task):
    """Of all networks of up to five organisations."""
    check(task)


@given(tasks(3, 5), st.sampled_from([0.1, 0.5, 2]))
@settings(max_examples=40, deadline=None)
def test_plans_are_as_near_to_the_smallest_as_they_say(task, share):
    net, rules, options = task
    try:
        found = design.plan(net, rules, gap=share, progress=False, **options)
    except InfeasibleError:
        return
    least = smallest(net, rules, options)
    assert found.bound <= least <= found.cost <= least * (1 + share)
    assert found.gap <= share


@given(tasks(6, 6))
@settings(max_examples=4, deadline=None)
def test_plans_of_six(task):
    check(task, most=4)


@given(tasks(7, 8))
@settings(max_examples=4, deadline=None)
def test_plans_of_seven_and_eight(task):
    """Of all sets of up to three changes; a plan that needs more is no smaller."""
    check(task, most=3)


@given(tasks(3, 5))
@settings(max_examples=60, deadline=None)
def test_conflicts_are_minimal(task):
    """Without any one demand of a conflict the others can be met: told by all networks."""
    from wholenet.design import _conflict, _demands, _plan, _programme

    net, rules, options = task
    try:
        design.plan(net, rules, **options)
    except InfeasibleError:
        pass
    else:
        return
    ground = _demands.ground_of(net, "plan")
    _, demands, _ = _plan._asked(net, ground, rules, None, conditions=True)
    conditions = _plan._conditions(
        net, ground, options["within"], "care_level", survive_any_leaver=options["survive_any_leaver"]
    )
    clock = _programme.Clock(60)
    pool, others = _conflict._least_pool(ground, demands, conditions, clock)
    found, sure = _conflict._minimal(ground, [*pool, *others], clock)
    assert sure
    every = graphs(ground.n)

    def possible(parts):
        return any(all(holds(one, ground, tied) for one in parts) for tied in every)

    assert not possible(found)
    for at in range(len(found)):
        assert possible(found[:at] + found[at + 1 :])


def graphs(n):
    pairs = n * (n - 1) // 2
    return [np.array([code >> at & 1 for at in range(pairs)], dtype=bool) for code in range(1 << pairs)]


def holds(part, ground, tied):
    if not callable(part):
        return part.low <= tied[part.pairs].sum() <= part.high
    matrix = np.zeros((ground.n, ground.n), dtype=bool)
    matrix[ground.first, ground.second] = matrix[ground.second, ground.first] = tied
    return not part(matrix)


@given(tasks(2, 5), st.integers(0, 100))
@settings(max_examples=30, deadline=None)
def test_a_plan_leaves_no_gap(task, seed):
    net, rules, _ = task
    if not rules:
        return
    try:
        found = design.plan(net, rules)
    except InfeasibleError:
        return
    after = design.gap(found.network, rules)
    assert sum(after.rules["not_met"]) == 0
    # Organisations in another order: as small a plan.
    order = np.random.default_rng(seed).permutation(net.n_actors)
    assert design.plan(net.subset(net.labels[order]), rules).cost == found.cost


@given(testing.networks(directed=False, min_actors=2))
@settings(max_examples=30, deadline=None)
def test_robustness_as_networkx(net):
    found = design.robustness(net, draws=5, seed=1)
    graph, n = nx.from_numpy_array(np.nan_to_num(net.to_matrix()) != 0), net.n_actors
    graph.remove_edges_from(nx.selfloop_edges(graph))
    for gone in range(n + 1):
        parts = [len(one) for one in nx.connected_components(graph)]
        assert_allclose(found.largest[gone], max(parts, default=0) / n, **CLOSE)
        assert_allclose(found.joined[gone], sum(one * (one - 1) for one in parts) / (n * (n - 1)), **CLOSE)
        if gone < n:
            first = net.index(found.removed[gone])
            assert graph.degree(first) == max(degree for _, degree in graph.degree)
            graph.remove_node(first)


def test_robustness_draws_are_the_same_anywhere():
    net = wn.Network.from_matrix(nx.to_numpy_array(nx.gnp_random_graph(20, 0.15, seed=3)), directed=False)
    found = design.robustness(net, draws=64, seed=5)
    with ThreadPoolExecutor(3) as pool:
        other = design.robustness(net, draws=64, seed=5, executor=pool)
    assert_array_equal(found.distribution, other.distribution)
    assert_array_equal(found.lower, other.lower)
    # An order at random has a mean R between complete and empty networks'.
    assert 19 / 400 < found.r_random < 19 / 40


@given(testing.networks(directed=False, min_actors=1))
@settings(max_examples=60, deadline=None)
def test_who_separates_as_networkx(net):
    from wholenet.design._cuts import separated

    tied = np.nan_to_num(net.to_matrix()) != 0
    np.fill_diagonal(tied, val=False)
    graph = nx.from_numpy_array(tied)
    parts, apart = separated(tied)
    assert parts == nx.number_connected_components(graph)
    for one in range(len(tied)):
        rest = graph.subgraph(nx.node_connected_component(graph, one) - {one})
        more = nx.number_connected_components(rest) - 1 if len(rest) else 0
        assert apart[one] == more


@given(testing.networks(directed=False, min_actors=2), st.data())
@settings(max_examples=60, deadline=None)
def test_a_loss_as_networkx(net, data):
    gone = data.draw(st.integers(0, net.n_actors - 1))
    found = design.what_if(net, remove=[net.labels[gone]], levels=None, within=2)
    graph = nx.from_numpy_array(np.nan_to_num(net.to_matrix()) != 0)
    graph.remove_edges_from(nx.selfloop_edges(graph))
    lost = graph.degree(gone)
    graph.remove_node(gone)
    n = len(graph)
    after = dict(zip(found.measures["measure"], found.measures["after"], strict=True))
    parts = [len(one) for one in nx.connected_components(graph)]
    assert (after["organisations"], after["ties"], after["components"]) == (n, graph.number_of_edges(), len(parts))
    assert after["largest component"] == max(parts)
    assert after["isolates"] == nx.number_of_isolates(graph)
    if n > 1:
        near = sum(len(reached) - 1 for _, reached in nx.all_pairs_shortest_path_length(graph, cutoff=2))
        assert_allclose(after["reach within 2"], near / (n * (n - 1)), **CLOSE)
        joined = sum(one * (one - 1) for one in parts) / (n * (n - 1))
        assert_allclose(after["fragmentation"], 1 - joined, **CLOSE)
    # Every lost tie is taken over, or by nobody.
    assert_allclose(found.loads["takes_over"].sum() + found.orphans, lost, **CLOSE)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_care_paths_as_networkx(steps):
    level = ["x", "x", "y", "y", "z", "z", "z", "x"]
    graph = nx.gnm_random_graph(8, 9, seed=steps)
    actors = pd.DataFrame({"name": range(8), "care_level": level})
    net = wn.Network.from_matrix(nx.to_numpy_array(graph), actors, directed=False)
    found = design.what_if(net, remove=[3], within=steps)

    def paths(graph):
        reached = nx.all_pairs_shortest_path_length(graph, cutoff=steps)
        return {(one, level[other]) for one, near in reached for other in near if level[other] != level[one]}

    before = {path for path in paths(graph) if path[0] != 3}
    graph.remove_node(3)
    broken = sorted((one, level[one], other) for one, other in before - paths(graph))
    assert sorted(found.broken.itertuples(index=False, name=None)) == broken
    assert found.paths["broken"].sum() == len(broken)
    assert found.paths["before"].sum() == len(before)

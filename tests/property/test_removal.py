"""Removal: by networkx without the actors, by laws, and the null by all sets."""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import brokerage, cohesion, testing
from wholenet.errors import ActorError, ArgumentError, ColumnError, DirectionError, SmallNetworkError

# Sums of at most 50 terms of order 1, in another order.
CLOSE = {"rtol": 1e-12, "atol": 1e-12}
NET = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), directed=False)


def pairs(parts):
    return sum(len(part) * (len(part) - 1) for part in parts)


def left(graph, gone):
    """Fragmentation, by distance, components, the largest, and pairs lost."""
    rest = graph.subgraph(set(graph) - set(gone))
    n, parts = len(rest), list(nx.connected_components(rest))
    joined = pairs([set(part) - set(gone) for part in nx.connected_components(graph)])
    lost = 1 - pairs(parts) / joined if joined else np.nan
    if n < 2:
        return [np.nan, np.nan, n, n, lost]
    largest = max(map(len, parts))
    return [1 - pairs(parts) / (n * (n - 1)), 1 - nx.global_efficiency(rest), len(parts), largest, lost]


def graph_of(net):
    return nx.from_numpy_array(np.nan_to_num(net.to_matrix()))


def cells(found):
    return np.column_stack(
        [found.fragmentation, found.distance_fragmentation, found.components, found.largest, found.lost]
    )


@given(testing.networks(directed=False, min_actors=1))
@settings(max_examples=60, deadline=None)
def test_each_actor_as_networkx(net):
    found, graph = brokerage.removal(net, draws=3, seed=1), graph_of(net)
    expected = [left(graph, gone) for gone in ([], *([one] for one in graph))]
    assert_allclose(cells(found), expected, **CLOSE)
    assert found.removed == ("nobody", *map(str, net.labels.tolist()))
    if net.n_actors > 1:
        assert_allclose(found.fragmentation[0], cohesion.fragmentation(net), **CLOSE)
        assert_allclose(found.distance_fragmentation[0], cohesion.breadth(net), **CLOSE)
    assert (np.nan_to_num(found.lost) >= 0).all()


@given(testing.networks(directed=False, min_actors=3))
@settings(max_examples=40, deadline=None)
def test_several_together(net):
    gone = net.labels[[0, 2]].tolist()
    found = brokerage.removal(net, actors=gone, draws=3, seed=1)
    assert found.removed[-1] == "all 2"
    assert found.size.tolist() == [0, 1, 1, 2]
    assert_allclose(cells(found)[-1], left(graph_of(net), [0, 2]), **CLOSE)


def test_by_hand():
    found = brokerage.removal(NET, actors=["a", "d"], seed=1)
    assert_allclose(found.fragmentation, [0, 5 / 6, 1 / 2, 1], **CLOSE)
    # Without d: a, b, c are a path (1, 1, 1/2) and e is alone: 1 - 2·2.5 ÷ 12. Before 4 at 1, 4 at 1/2, 2 at 1/3.
    assert_allclose(found.distance_fragmentation, [1 - 2 * (4 + 2 + 2 / 3) / 20, 5 / 6, 1 - 5 / 12, 1], **CLOSE)
    assert_allclose(found.lost, [0, 5 / 6, 1 / 2, 1], **CLOSE)
    assert found.components.tolist() == [1, 3, 2, 3]
    assert found.largest.tolist() == [5, 2, 3, 1]


def test_p_comes_near_that_of_all_sets():
    graph = nx.barabasi_albert_graph(12, 1, seed=3)
    net = wn.Network.from_matrix(nx.to_numpy_array(graph), directed=False)
    chosen = [0, 1, 5]
    found = brokerage.removal(net, actors=chosen, draws=20_000, seed=5)
    every = np.array([left(graph, one) for one in combinations(range(12), 3)])[:, [0, 1, 4]]
    own = np.array(left(graph, chosen))[[0, 1, 4]]
    # Four standard errors of a share at 20,000 draws.
    assert_allclose(found.p_upper[-1], (every >= own - 1e-12).mean(axis=0), atol=4 * 0.5 / np.sqrt(20_000))
    assert_allclose(found.p_lower[-1], (every <= own + 1e-12).mean(axis=0), atol=4 * 0.5 / np.sqrt(20_000))
    single = np.array([left(graph, [one])[0] for one in range(12)])
    assert_allclose(found.p_upper[1, 0], (single >= single[0] - 1e-12).mean(), atol=4 * 0.5 / np.sqrt(20_000))
    assert np.isnan(found.p_upper[0]).all()


def test_marks():
    actors = pd.DataFrame({"actor": list("abcde"), "kind": ["team", None, "", "court", None], "lead": [1, 0, 0, 0, 0]})
    net = wn.Network.from_edges((["a", "a", "a", "d"], ["b", "c", "d", "e"]), actors, directed=False)
    found = brokerage.removal(net, actors="kind", seed=1)
    assert found.removed == ("nobody", "a", "d", "all 2")
    assert "(kind), together" in repr(found)
    assert brokerage.removal(net, actors="lead", seed=1).removed == ("nobody", "a")
    assert brokerage.removal(net, actors=np.array([1, 0, 0, 1, 0], dtype=bool), seed=1).removed == found.removed
    nobody = net.with_actors(pd.DataFrame({"actor": list("abcde"), "none": [False] * 5}))
    with pytest.raises(ArgumentError, match="marks nobody"):
        brokerage.removal(nobody, actors="none")


def test_same_seed_same_draws():
    one = brokerage.removal(NET, seed=4)
    assert_array_equal(one.distribution, brokerage.removal(NET, seed=4).distribution)
    with ThreadPoolExecutor(2) as executor:
        assert_array_equal(one.distribution, brokerage.removal(NET, seed=4, executor=executor).distribution)
    assert (one.distribution != brokerage.removal(NET, seed=5).distribution).any()
    assert brokerage.removal(NET).seed >= 0


def test_looks():
    both, each = brokerage.removal(NET, actors=["a", "d"], seed=1), brokerage.removal(NET, seed=1)
    assert both.plot(title="Gatekeepers").description.startswith("without all 2, drawn at random")
    assert each.plot().description.startswith("without a, drawn at random")
    assert "most without a" in repr(each)
    assert "all 2" in both._repr_html_()
    chain = wn.Network.from_matrix(np.eye(40, k=1) + np.eye(40, k=-1), directed=False)
    assert "20 rows that break it up less" in brokerage.removal(chain, seed=1)._repr_html_()
    frame = both.to_frame()
    assert frame.columns.tolist()[-3:] == ["p_fragmentation", "p_distance_fragmentation", "p_lost"]


def test_everybody_gone():
    found = brokerage.removal(NET, actors=list("abcde"), draws=5, seed=1)
    assert np.isnan(found.fragmentation[-1])
    assert (found.components[-1], found.largest[-1]) == (0, 0)
    assert np.isnan(found.p_upper[-1]).all()
    assert repr(found)
    assert found.plot()


def test_what_is_refused():
    with pytest.raises(DirectionError, match=r"removal.*symmetrize"):
        brokerage.removal(wn.Network.from_edges((["a"], ["b"])))
    with pytest.raises(SmallNetworkError):
        brokerage.removal(wn.Network.from_matrix(np.zeros((0, 0)), directed=False))
    with pytest.raises(ActorError):
        brokerage.removal(NET, actors=["a", "zz"])
    with pytest.raises(ColumnError):
        brokerage.removal(NET, actors="gatekeeper")
    with pytest.raises(ArgumentError, match="at least one actor"):
        brokerage.removal(NET, actors=[])
    with pytest.raises(ArgumentError, match="more than once"):
        brokerage.removal(NET, actors=["a", "a"])
    with pytest.raises(ArgumentError, match="draws"):
        brokerage.removal(NET, draws=0)

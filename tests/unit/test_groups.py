"""Communities: values worked by hand, seeds, looks, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from thread_networks import BIG, on
from wholenet import groups
from wholenet.errors import ArgumentError, DirectionError, SignedTiesError, SmallNetworkError

# Two triangles and a bridge.
ACTORS = pd.DataFrame({"name": list("abcdef"), "side": list("xxxyyy")})
NET = wn.Network.from_edges((list("abcdefc"), list("bcaefdd")), ACTORS, directed=False)


def test_modularity_by_hand():
    # 12 of 14 ends of ties within; each side has half of the ends.
    assert_allclose(groups.modularity(NET, by="side"), 12 / 14 - 0.5)
    assert_allclose(groups.modularity(NET, by="side", resolution=2), 12 / 14 - 1)
    assert_allclose(groups.modularity(NET, by=[7, 7, 7, 2, 2, 2]), 12 / 14 - 0.5)
    # Directed a → b and b → a within, a → c out: 2/3 - (3/3 · 2/3 + 0 · 1/3).
    net = wn.Network.from_edges((["a", "b", "a"], ["b", "a", "c"]))
    assert_allclose(groups.modularity(net, by=[0, 0, 1]), 2 / 3 - 2 / 3, atol=1e-15)


def test_communities_of_two_triangles():
    for search in (groups.leiden, groups.louvain):
        found = search(NET, seed=3)
        assert_array_equal(found.membership, [0, 0, 0, 1, 1, 1])
        assert found.modularity == groups.modularity(NET, by=found)
        assert found.seed == 3
    assert groups.leiden(NET, resolution=0, seed=1).membership.tolist() == [0] * 6


def test_values_are_strengths():
    # The tie between c and d outweighs the others of both.
    net = wn.Network.from_edges((list("abcde"), list("bcdef")), ACTORS, weight=[1, 1, 9, 1, 1], directed=False)
    found = groups.leiden(net, seed=1).membership
    assert found[2] == found[3]
    assert found[0] != found[2]


def test_seeds():
    net = BIG[False]
    one = groups.leiden(net, seed=5)
    assert_array_equal(groups.leiden(net, seed=5).membership, one.membership)
    drawn = groups.leiden(net)
    assert_array_equal(groups.leiden(net, seed=drawn.seed).membership, drawn.membership)
    for search in (groups.leiden, groups.louvain):
        bits = on(1, lambda net, search=search: search(net, seed=2).membership, net)
        assert on(8, lambda net, search=search: search(net, seed=2).membership, net) == bits


def test_looks():
    found = groups.leiden(NET, seed=1)
    assert repr(found) == "<Communities: 6 actors in 2 communities, modularity 0.3571 at resolution 1, seed 1>"
    html = found._repr_html_()
    assert "Community 0 (3)" in html
    assert "a, b, c" in html
    assert found.to_frame()["community"].tolist() == [0, 0, 0, 1, 1, 1]
    many = wn.Network.from_matrix(np.zeros((30, 30)), directed=False)
    assert "20 smaller ones" in groups.leiden(many, seed=1)._repr_html_()
    awkward = wn.Network.from_edges((["<script>"], ["b"]), directed=False)
    assert "<script>" not in groups.leiden(awkward, seed=1)._repr_html_()


def test_profile():
    table = groups.resolution_profile(NET, [0.2, 1, 6], runs=4, seed=9)
    assert table["communities"].tolist() == [1, 2, 6]
    assert table["agreement"].tolist() == [1, 1, 1]
    row = table.iloc[1]
    again = groups.leiden(NET, resolution=row["resolution"], seed=int(row["seed"]))
    assert again.modularity == row["modularity"]
    assert np.isnan(groups.resolution_profile(NET, [1], runs=1, seed=1)["agreement"][0])


def test_small_networks():
    for n in (0, 1, 2):
        net = wn.Network.from_matrix(np.zeros((n, n)), directed=False)
        for search in (groups.leiden, groups.louvain):
            assert search(net, seed=1).membership.tolist() == list(range(n))
            assert len(search(net, seed=1).to_frame()) == n


def test_what_is_refused():
    directed = wn.Network.from_edges((["a"], ["b"]))
    signed = wn.Network.from_edges((["a"], ["b"]), weight=[-1], directed=False, signed=True)
    for search in (groups.leiden, groups.louvain):
        with pytest.raises(DirectionError, match="symmetrize"):
            search(directed)
        with pytest.raises(SignedTiesError):
            search(signed)
        with pytest.raises(ArgumentError, match="resolution must be"):
            search(NET, resolution=-1)
        with pytest.raises(ArgumentError, match="seed must be"):
            search(NET, seed=1.5)
    with pytest.raises(ArgumentError, match="rounds must be"):
        groups.leiden(NET, rounds=0)
    with pytest.raises(ArgumentError, match="for each of the 6 actors"):
        groups.modularity(NET, by=[0, 1])
    with pytest.raises(ArgumentError, match="whole numbers"):
        groups.modularity(NET, by=[0.5] * 6)
    with pytest.raises(SmallNetworkError):
        groups.modularity(wn.Network.from_matrix(np.zeros((0, 0))), by=[])
    with pytest.raises(ArgumentError, match="same actors"):
        groups.agreement([0, 1], [0])
    with pytest.raises(ArgumentError, match="kind must be"):
        groups.agreement([0], [0], kind="rand")
    assert np.isnan(groups.agreement([], []))
    with pytest.raises(ArgumentError, match="at least one number"):
        groups.resolution_profile(NET, [])

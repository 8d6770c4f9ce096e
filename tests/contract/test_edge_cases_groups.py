"""Groups on every awkward network, and equal bits on any number of threads."""

import narwhals as nw
import numpy as np
import pytest

from edge_networks import NETWORKS, each_network
from thread_networks import SMALL, on
from wholenet import groups
from wholenet.errors import ArgumentError, DirectionError, SmallNetworkError

SETS = {
    "clique": lambda net: groups.cliques(net, min_size=1),
    "core": groups.cores,
    "k_plex": groups.k_plexes,
    "n_clan": lambda net: groups.n_clans(net, min_size=1),
}
COMMUNITIES = {
    "louvain": lambda net: groups.louvain(net, seed=1),
    "leiden": lambda net: groups.leiden(net, seed=1),
    "label_propagation": lambda net: groups.label_propagation(net, seed=1),
    "girvan_newman": groups.girvan_newman,
}
CORES = {
    kind: lambda net, kind=kind: groups.core_periphery(net, kind=kind, starts=3, permutations=9, seed=1)
    for kind in ("categorical", "continuous")
}


@each_network
@pytest.mark.parametrize("name", SETS)
def test_sets(net, name):
    if net.directed:
        with pytest.raises(DirectionError):
            SETS[name](net)
        return
    table = nw.from_native(SETS[name](net), eager_only=True)
    assert {name, "size", "actor"} <= set(table.columns)
    assert set(table["actor"].to_list()) <= set(net.labels.tolist())
    for (number,), one in table.group_by(name):
        assert len(one) == one["size"][0], number
        assert one["actor"].n_unique() == len(one)


@each_network
@pytest.mark.parametrize("capacity", [None, "value"])
def test_lambda_sets(net, capacity):
    if net.directed or (capacity and not net.valued):
        with pytest.raises((DirectionError, ArgumentError)):
            groups.lambda_sets(net, capacity=capacity)
        return
    found = groups.lambda_sets(net, capacity=capacity)
    n = net.n_actors
    assert all(level > 0 for level in found.levels)
    assert found.linkage().shape == (max(n - 1, 0), 4)
    assert found.membership(1).shape == (n,)
    assert list(nw.from_native(found.to_frame(), eager_only=True).columns) == ["level", "outside", "size", "actors"]
    assert found.plot(mark=np.arange(n)).svg.startswith("<svg")
    assert repr(found)
    assert found._repr_html_()


@each_network
@pytest.mark.parametrize("name", COMMUNITIES)
def test_communities(net, name):
    if net.directed:
        with pytest.raises(DirectionError):
            COMMUNITIES[name](net)
        return
    found = COMMUNITIES[name](net)
    assert found.membership.shape == (net.n_actors,)
    sizes = np.bincount(found.membership)
    assert (sizes > 0).all()
    assert (np.diff(sizes) <= 0).all()
    # Equal sizes are numbered by their first member.
    firsts = [int(np.flatnonzero(found.membership == one)[0]) for one in range(len(sizes))]
    assert all(firsts[one] < firsts[one + 1] for one in range(len(sizes) - 1) if sizes[one] == sizes[one + 1])
    assert repr(found)
    assert found._repr_html_()
    assert len(nw.from_native(found.to_frame(), eager_only=True)) == net.n_actors


@each_network
@pytest.mark.parametrize("kind", CORES)
def test_core_periphery(net, kind):
    if net.n_actors == 0:
        with pytest.raises(SmallNetworkError):
            CORES[kind](net)
        return
    found = CORES[kind](net)
    assert found.coreness.shape == (net.n_actors,)
    assert not np.isnan(found.coreness).any()
    assert np.isnan(found.fit) or -1 <= found.fit <= 1 + 1e-12
    assert np.isnan(found.p) == np.isnan(found.fit)
    assert repr(found)
    assert found._repr_html_()
    assert len(nw.from_native(found.to_frame(), eager_only=True)) == net.n_actors


def test_self_ties_are_not_read():
    loops, plain = NETWORKS["undirected ring with self-ties"], NETWORKS["undirected ring"]
    for measure in SETS.values():
        assert measure(loops).equals(measure(plain))
    for measure in COMMUNITIES.values():
        assert measure(loops).membership.tolist() == measure(plain).membership.tolist()
    for measure in CORES.values():
        assert measure(loops).coreness.tolist() == measure(plain).coreness.tolist()


THREADED = {
    **{name: lambda net, of=of: of(net)["actor"].to_numpy() for name, of in SETS.items() if name in {"core", "clique"}},
    **{name: lambda net, of=of: of(net).membership for name, of in COMMUNITIES.items() if name != "girvan_newman"},
    **{name: lambda net, of=of: np.append(of(net).distribution, of(net).coreness) for name, of in CORES.items()},
}


@pytest.mark.parametrize("name", THREADED)
def test_equal_bits(name):
    net = SMALL[False].subset(SMALL[False].labels[:200]) if name in CORES else SMALL[False]
    one = on(1, THREADED[name], net)
    assert on(2, THREADED[name], net) == one
    assert on(8, THREADED[name], net) == one


def test_equal_bits_of_lambda_sets():
    net = SMALL[False].subset(SMALL[False].labels[:200])
    one = on(1, lambda net: groups.lambda_sets(net, capacity="value").linkage(), net)
    assert on(2, lambda net: groups.lambda_sets(net, capacity="value").linkage(), net) == one
    assert on(8, lambda net: groups.lambda_sets(net, capacity="value").linkage(), net) == one


def test_equal_bits_of_girvan_newman():
    net = SMALL[False].subset(SMALL[False].labels[:40])
    one = on(1, lambda net: groups.girvan_newman(net).membership, net)
    assert on(2, lambda net: groups.girvan_newman(net).membership, net) == one

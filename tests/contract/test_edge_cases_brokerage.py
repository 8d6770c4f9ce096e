"""Brokerage on every awkward network, and equal bits on any number of threads."""

from functools import partial

import narwhals as nw
import numpy as np
import pytest

from edge_networks import NETWORKS, each_network
from thread_networks import BIG, SMALL, on
from wholenet import brokerage
from wholenet.errors import ArgumentError, DirectionError, SmallNetworkError

MEASURES = {
    f"{measure.__name__} {scope}": partial(measure, scope=scope)
    for measure in (brokerage.constraint, brokerage.effective_size, brokerage.efficiency, brokerage.hierarchy)
    for scope in ("whole", "ego")
}


@each_network
@pytest.mark.parametrize("name", MEASURES)
def test_holes(net, name):
    scores = MEASURES[name](net)
    assert scores.shape == (net.n_actors,)
    assert scores.dtype == np.float64
    assert not np.isinf(scores).any()
    assert not (scores < 0).any()
    assert not np.signbit(scores[scores == 0]).any()


@each_network
@pytest.mark.parametrize("kind", ["raw", "partial", "expected", "sd", "z"])
def test_roles(net, kind):
    if not net.directed:
        with pytest.raises(DirectionError):
            brokerage.roles(net, by="group", kind=kind)
        return
    table = nw.from_native(brokerage.roles(net, by="group", kind=kind), eager_only=True)
    columns = ["actor", "coordinator", "gatekeeper", "representative", "consultant", "liaison", "total"]
    assert table.columns == columns
    assert len(table) == net.n_actors


CRITERIA = ("fragmentation", "distance_fragmentation", "reach", "distance_reach")


@each_network
@pytest.mark.parametrize("criterion", CRITERIA)
def test_key_players(net, criterion):
    if net.n_actors < 2:
        with pytest.raises(ArgumentError, match="size must be"):
            brokerage.key_players(net, size=1, criterion=criterion)
        return
    if net.directed and criterion.endswith("fragmentation"):
        with pytest.raises(DirectionError):
            brokerage.key_players(net, size=1, criterion=criterion)
        return
    found = brokerage.key_players(net, size=1, criterion=criterion)
    assert 0 <= found.value <= 1
    assert found.exact
    assert repr(found)
    assert found._repr_html_()


@pytest.mark.parametrize("criterion", CRITERIA)
def test_equal_sets(criterion):
    net = BIG[False].subset(BIG[False].labels[:300])
    one = on(1, lambda net: brokerage.key_players(net, size=5, criterion=criterion).members, net)
    assert on(2, lambda net: brokerage.key_players(net, size=5, criterion=criterion).members, net) == one


@each_network
@pytest.mark.parametrize("actors", [None, "group"])
def test_removal(net, actors):
    if net.directed or net.n_actors == 0:
        with pytest.raises((DirectionError, SmallNetworkError)):
            brokerage.removal(net, actors=actors)
        return
    found = brokerage.removal(net, actors=actors, draws=3, seed=1)
    n = net.n_actors
    assert len(found.removed) == 1 + n + (actors is not None and n > 1)
    for shares in (found.fragmentation, found.distance_fragmentation, found.lost):
        # What rounding leaves of 1 - 1.
        assert (np.isnan(shares) | ((shares >= -1e-12) & (shares <= 1 + 1e-12))).all()
    assert (found.components <= n).all()
    assert (found.largest <= n).all()
    assert len(nw.from_native(found.to_frame(), eager_only=True)) == len(found.removed)
    assert repr(found)
    assert found._repr_html_()
    assert found.plot().svg.startswith("<svg")


def test_equal_removals():
    net = SMALL[False]

    def cells(net):
        found = brokerage.removal(net, actors=net.labels[:9].tolist(), draws=20, seed=1)
        return np.append(found.distribution, found.distance_fragmentation)

    one = on(1, cells, net)
    assert on(2, cells, net) == one
    assert on(8, cells, net) == one


def test_removal_does_not_read_self_ties():
    loops, plain = NETWORKS["undirected ring with self-ties"], NETWORKS["undirected ring"]
    assert brokerage.removal(loops, seed=1).to_frame().equals(brokerage.removal(plain, seed=1).to_frame())


@pytest.mark.parametrize("direction", ["directed", "undirected"])
@pytest.mark.parametrize("name", MEASURES)
def test_self_ties_are_not_read(direction, name):
    loops, plain = NETWORKS[f"{direction} ring with self-ties"], NETWORKS[f"{direction} ring"]
    np.testing.assert_array_equal(MEASURES[name](loops), MEASURES[name](plain))


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("name", MEASURES)
def test_equal_bits(directed, name):
    one = on(1, MEASURES[name], BIG[directed])
    assert on(2, MEASURES[name], BIG[directed]) == one
    assert on(8, MEASURES[name], BIG[directed]) == one


@pytest.mark.parametrize("name", MEASURES)
def test_no_network(name):
    with pytest.raises(ArgumentError, match=r"must be a wholenet\.Network"):
        MEASURES[name]([[0, 1], [1, 0]])
    with pytest.raises(ArgumentError, match=r"must be a wholenet\.Network"):
        brokerage.removal([[0, 1], [1, 0]])

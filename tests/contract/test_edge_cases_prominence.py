"""The measures of prominence and cohesion that came later, on every awkward network; equal bits on any threads."""

import re
from functools import partial
from pathlib import Path

import narwhals as nw
import numpy as np
import pytest

from edge_networks import NETWORKS, each_network
from thread_networks import BIG, SMALL, network, on
from wholenet import brokerage, centrality, cohesion, positions
from wholenet.errors import ArgumentError, DirectionError, SmallNetworkError

MODES = ("in", "out", "all")
# For each measure whether it takes directed networks.
ACTORS = {
    **{f"eccentricity {mode}": (partial(centrality.eccentricity, mode=mode), True) for mode in MODES},
    **{f"valente_forman {mode}": (partial(centrality.valente_forman, mode=mode), True) for mode in MODES},
    **{f"reach {mode}": (partial(centrality.reach, mode=mode), True) for mode in MODES},
    **{f"coreness {mode}": (partial(centrality.coreness, mode=mode), True) for mode in MODES},
    **{
        f"average_neighbour_degree {mode}": (partial(centrality.average_neighbour_degree, mode=mode), True)
        for mode in MODES
    },
    "stress": (centrality.stress, True),
    "load": (centrality.load, True),
    "flow_betweenness": (centrality.flow_betweenness, True),
    "information": (centrality.information, False),
    "current_flow_closeness": (centrality.current_flow_closeness, False),
    "current_flow_betweenness": (centrality.current_flow_betweenness, False),
    "bonacich_power": (partial(centrality.bonacich_power, beta=0.05), True),
    "katz": (partial(centrality.katz, alpha=0.05), True),
    "hubs": (centrality.hubs, True),
    "authorities norm": (partial(centrality.authorities, scale="norm"), True),
    "subgraph": (centrality.subgraph, False),
    "pn": (centrality.pn, False),
    "cut_actors": (cohesion.cut_actors, False),
}
SCALARS = {
    "compactness": cohesion.compactness,
    "breadth": cohesion.breadth,
    "fragmentation": cohesion.fragmentation,
    "fragmentation weighted": partial(cohesion.fragmentation, weighted=True),
    "connectedness": cohesion.connectedness,
    "krackhardt_hierarchy": cohesion.krackhardt_hierarchy,
    "krackhardt_efficiency": cohesion.krackhardt_efficiency,
    "lubness": cohesion.lubness,
}
TIES = {
    "edge_betweenness": (centrality.edge_betweenness, ["betweenness"], True),
    "bridges": (cohesion.bridges, [], False),
    "biconnected": (cohesion.biconnected, ["component"], False),
    "critical_ties": (
        cohesion.critical_ties,
        ["connectivity", "bridge", "disconnected", "weakened", "sets"],
        False,
    ),
}
MATRICES = {"reachability": cohesion.reachability, "edge_connectivity": cohesion.edge_connectivity}


def test_every_measure_is_in_one_of_these_files():
    source = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_edge_cases*.py"))
    families = {"centrality": centrality, "brokerage": brokerage, "cohesion": cohesion, "positions": positions}
    # A hierarchy is made of distances, not of a network.
    there = {"positions.hierarchy"}
    names = [f"{name}.{one}" for name, family in families.items() for one in family.__all__ if one[0].islower()]
    assert [name for name in names if name not in there and not re.search(rf"\b{re.escape(name)}\b", source)] == []


@each_network
@pytest.mark.parametrize("name", ACTORS)
def test_actor_measures(net, name):
    measure, takes_directed = ACTORS[name]
    if net.directed and not takes_directed:
        with pytest.raises(DirectionError, match=r"symmetrize"):
            measure(net)
        return
    scores = measure(net)
    assert scores.shape == (net.n_actors,)
    assert scores.dtype in {np.dtype(np.float64), np.dtype(np.int64), np.dtype(bool)}
    assert not np.isinf(scores).any()
    assert not (scores < 0).any()
    assert not np.signbit(scores[scores == 0].astype(float)).any()


@each_network
@pytest.mark.parametrize("name", SCALARS)
def test_scalars(net, name):
    if net.n_actors == 0:
        with pytest.raises(SmallNetworkError, match=f"{name.split()[0]} needs at least one actor"):
            SCALARS[name](net)
        return
    value = SCALARS[name](net)
    assert type(value) is float
    assert not value < 0
    assert not value > 1


@each_network
@pytest.mark.parametrize("name", TIES)
def test_tables_of_ties(net, name):
    measure, columns, takes_directed = TIES[name]
    if net.directed and not takes_directed:
        with pytest.raises(DirectionError, match=r"symmetrize"):
            measure(net)
        return
    table = nw.from_native(measure(net), eager_only=True)
    assert table.columns == ["source", "target", *columns]
    assert len(table) == net.n_ties or name == "bridges"


@each_network
@pytest.mark.parametrize("name", MATRICES)
def test_matrices(net, name):
    assert MATRICES[name](net).shape == (net.n_actors, net.n_actors)


@each_network
def test_whole_network(net):
    if net.n_actors == 0:
        with pytest.raises(SmallNetworkError, match="whole_network needs at least one actor"):
            cohesion.whole_network(net)
        return
    table = nw.from_native(cohesion.whole_network(net), eager_only=True)
    assert table.columns == ["ucinet", "measure", "value"]
    assert len(table) == 33
    assert not np.isinf(table["value"].to_numpy()).any()


@pytest.mark.parametrize("direction", ["directed", "undirected"])
@pytest.mark.parametrize("name", [*ACTORS, *SCALARS])
def test_self_ties_are_not_read(direction, name):
    measure, takes_directed = ACTORS[name] if name in ACTORS else (SCALARS[name], True)
    if direction == "undirected" or takes_directed:
        loops, plain = NETWORKS[f"{direction} ring with self-ties"], NETWORKS[f"{direction} ring"]
        np.testing.assert_array_equal(measure(loops), measure(plain))


# Some take n flows or n searches from each actor: a smaller network will do.
FEW = {directed: network(60, 300, 3, directed=directed) for directed in (True, False)}
SIZES = {
    "flow_betweenness": FEW,
    "edge_connectivity": FEW,
    "critical_ties": FEW,
    "stress": SMALL,
    "load": SMALL,
    "edge_betweenness": SMALL,
}
SIZES |= {"bonacich_power": FEW, "lubness": SMALL, "reachability": SMALL, "subgraph": FEW, "pn": FEW}
SIZES |= {"information": FEW, "current_flow_closeness": FEW, "current_flow_betweenness": FEW}
CALLS = {
    **ACTORS,
    **{name: (measure, True) for name, measure in {**SCALARS, **MATRICES}.items()},
    "katz": (partial(centrality.katz, alpha=0.001), True),
    "edge_betweenness": (lambda net: centrality.edge_betweenness(net)["betweenness"], True),
    "biconnected": (lambda net: cohesion.biconnected(net)["component"], False),
    "critical_ties": (lambda net: cohesion.critical_ties(net)[["weakened", "disconnected", "sets"]].to_numpy(), False),
}


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("name", CALLS)
def test_equal_bits(name, directed):
    measure, takes_directed = CALLS[name]
    if directed and not takes_directed:
        return
    net = SIZES.get(name.split()[0], BIG)[directed]
    one = on(1, measure, net)
    assert on(2, measure, net) == one
    assert on(8, measure, net) == one


@each_network
def test_small_world(net):
    if net.directed or net.n_actors == 0:
        with pytest.raises((DirectionError, SmallNetworkError)):
            cohesion.small_world(net, draws=2, seed=1)
        return
    found = cohesion.small_world(net, draws=2, seed=1)
    assert 0 <= found.clustering <= 1
    assert repr(found)
    assert found._repr_html_()


def test_equal_worlds():
    net = SMALL[False]
    one = on(1, lambda net: cohesion.small_world(net, draws=2, seed=1).to_frame()["distance"].to_numpy(), net)
    assert on(8, lambda net: cohesion.small_world(net, draws=2, seed=1).to_frame()["distance"].to_numpy(), net) == one


def test_what_is_refused():
    ring = NETWORKS["undirected ring"]
    with pytest.raises(ArgumentError, match="k is a number of steps"):
        centrality.reach(ring, 0)
    with pytest.raises(ArgumentError, match="k is a number of steps"):
        centrality.reach(ring, 1.5)
    with pytest.raises(ArgumentError, match="beta must be a finite number"):
        centrality.bonacich_power(ring, beta=float("nan"))
    # The largest eigenvalue of a ring is 2.
    with pytest.raises(ArgumentError, match="1 ÷ an eigenvalue"):
        centrality.bonacich_power(NETWORKS["undirected of two tied"], beta=1.0)
    with pytest.raises(ArgumentError, match="scale must be"):
        centrality.hubs(ring, scale="sum")
    with pytest.raises(ArgumentError, match="reads tie values"):
        centrality.local_clustering(ring, variant="barrat")
    with pytest.raises(ArgumentError, match="capacity must be"):
        cohesion.edge_connectivity(ring, capacity="unit")
    with pytest.raises(ArgumentError, match="reads tie values"):
        cohesion.edge_connectivity(ring, capacity="value")

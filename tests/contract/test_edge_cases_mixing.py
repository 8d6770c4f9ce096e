"""Mixing and ego networks on every awkward network."""

from functools import partial

import narwhals as nw
import numpy as np
import pytest

from edge_networks import NETWORKS, each_network
from wholenet import brokerage, mixing
from wholenet.errors import SmallNetworkError

SCALARS = {
    "blau": mixing.blau,
    "iqv": mixing.iqv,
    "ei_index": mixing.ei_index,
    "assortativity": mixing.assortativity,
}
ACTORS = {
    "ei_index": partial(mixing.ei_index, level="actor"),
    "participation": mixing.participation,
    "participation in": partial(mixing.participation, mode="in"),
}
ROWS = {
    "ei_index": partial(mixing.ei_index, by="group", level="group"),
    "homophily": partial(mixing.homophily, by="group"),
    "homophily out": partial(mixing.homophily, by="group", mode="out"),
    "mixing_matrix": partial(mixing.mixing_matrix, by="group"),
    "ego_networks": brokerage.ego_networks,
    "ego_networks in": partial(brokerage.ego_networks, mode="in"),
}


def test_every_measure_is_here():
    here = {name.split()[0] for name in (*SCALARS, *ACTORS, *ROWS)}
    assert here | {"composition", "sector_density"} >= set(mixing.__all__)


@each_network
@pytest.mark.parametrize("name", SCALARS)
def test_scalars(net, name):
    if net.n_actors == 0:
        with pytest.raises(SmallNetworkError, match=f"{name} needs at least one actor"):
            SCALARS[name](net, by="group")
        return
    value = SCALARS[name](net, by="group")
    assert type(value) is float
    assert not abs(value) > 1 + 1e-12


@each_network
@pytest.mark.parametrize("name", ACTORS)
def test_actors(net, name):
    scores = ACTORS[name](net, by="group")
    assert scores.shape == (net.n_actors,)
    assert not (np.abs(scores) > 1 + 1e-12).any()


@each_network
@pytest.mark.parametrize("name", ROWS)
def test_tables(net, name):
    table = nw.from_native(ROWS[name](net), eager_only=True)
    actors = name.split()[0] in {"homophily", "ego_networks"}
    assert len(table) == (net.n_actors if actors else min(net.n_actors, 2))
    assert table.columns[0] == {"ei_index": "group", "mixing_matrix": "from"}.get(name, "actor")


@each_network
def test_ego(net):
    for label in net.labels.tolist():
        assert label in net.ego(label).labels.tolist()
        assert label not in net.ego(label, include=False).labels.tolist()


@pytest.mark.parametrize("direction", ["directed", "undirected"])
def test_self_ties_are_not_read(direction):
    loops, plain = NETWORKS[f"{direction} ring with self-ties"], NETWORKS[f"{direction} ring"]
    for measure in ROWS.values():
        assert measure(loops).equals(measure(plain))
    for measure in (*SCALARS.values(), *ACTORS.values()):
        np.testing.assert_array_equal(measure(loops, by="group"), measure(plain, by="group"))

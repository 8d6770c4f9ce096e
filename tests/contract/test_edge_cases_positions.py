"""Positions on every awkward network, and equal bits on any number of threads."""

import numpy as np
import pytest

from edge_networks import NETWORKS, each_network
from thread_networks import SMALL, on
from wholenet import positions
from wholenet.errors import ArgumentError, ConvergenceError

KINDS = ("euclidean", "correlation", "hamming", "jaccard")


@each_network
@pytest.mark.parametrize("kind", KINDS)
def test_structural_equivalence(net, kind):
    found = positions.structural_equivalence(net, kind=kind)
    assert found.shape == (net.n_actors, net.n_actors)
    assert found.dtype == np.float64
    assert not np.isinf(found).any()
    np.testing.assert_array_equal(found, found.T)
    assert (np.diag(found) == (0 if kind in {"euclidean", "hamming"} else 1)).all()
    if kind != "correlation":
        assert not (found < 0).any()


@each_network
def test_blockmodel(net):
    if net.n_actors == 0:
        with pytest.raises(ArgumentError, match="blocks must be"):
            positions.blockmodel(net, blocks=1)
        return
    found = positions.blockmodel(net, blocks=min(2, net.n_actors), starts=5, seed=1)
    assert found.membership.shape == (net.n_actors,)
    assert found.membership.dtype == np.int64
    assert found.errors >= 0
    assert repr(found)
    assert found._repr_html_()


@each_network
def test_concor(net):
    try:
        found = positions.concor(net)
    except (ArgumentError, ConvergenceError):
        return
    assert found.membership.shape == (net.n_actors,)
    assert repr(found)
    assert found._repr_html_()


@each_network
def test_regular_equivalence(net):
    found = positions.regular_equivalence(net)
    assert found.shape == (net.n_actors, net.n_actors)
    np.testing.assert_array_equal(found, found.T)
    assert (np.diag(found) == 1).all()
    assert ((found >= 0) & (found <= 1)).all()


@each_network
def test_blocks(net):
    density = positions.block_density(net, by="group")
    image = positions.block_image(net, by="group")
    assert density.shape == image.shape
    assert set(image.ravel().tolist()) <= {0, 1}


@pytest.mark.parametrize("direction", ["directed", "undirected"])
def test_self_ties_are_not_read(direction):
    loops, plain = NETWORKS[f"{direction} ring with self-ties"], NETWORKS[f"{direction} ring"]
    for kind in KINDS:
        np.testing.assert_array_equal(
            positions.structural_equivalence(loops, kind=kind), positions.structural_equivalence(plain, kind=kind)
        )
    np.testing.assert_array_equal(positions.regular_equivalence(loops), positions.regular_equivalence(plain))
    assert positions.blockmodel(loops, blocks=2, seed=1).errors == positions.blockmodel(plain, blocks=2, seed=1).errors


THREADED = {
    "structural_equivalence": positions.structural_equivalence,
    "regular_equivalence": positions.regular_equivalence,
    "concor": lambda net: positions.concor(net).membership,
    "blockmodel": lambda net: positions.blockmodel(net, blocks=4, starts=6, seed=1).membership,
}


@pytest.mark.parametrize("name", THREADED)
def test_equal_bits(name):
    net = SMALL[True].subset(SMALL[True].labels[:150]).drop_isolates()
    measure = THREADED[name]
    one = on(1, measure, net)
    assert on(2, measure, net) == one
    assert on(8, measure, net) == one


def test_wrong_words():
    with pytest.raises(ArgumentError, match="kind"):
        positions.structural_equivalence(NETWORKS["directed ring"], kind="cosine")

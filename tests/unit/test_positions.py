"""Positions: values worked by hand, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import positions
from wholenet.errors import ArgumentError, ConvergenceError

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def net_of(matrix, **options):
    return wn.Network.from_matrix(np.asarray(matrix, dtype=float), **options)


# Two who send to two, and a fifth who sends to the first two.
TWO_BY_TWO = [[0, 0, 1, 1, 0], [0, 0, 1, 1, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [1, 1, 0, 0, 0]]


def test_structural_equivalence_by_hand():
    net = net_of([[0, 1, 0], [0, 0, 2], [1, 0, 0]])
    # a and b: to c 0 and 2, from c 1 and 0; between them 1 and 0, seen from both sides.
    euclidean = positions.structural_equivalence(net)
    assert_allclose(euclidean[0, 1], np.sqrt(4 + 1 + 1 + 1), **CLOSE)
    assert positions.structural_equivalence(net, kind="hamming")[0, 1] == 4
    # No cell has a tie in both profiles: (0, 1, 1, 0) and (2, 0, 0, 1).
    assert positions.structural_equivalence(net, kind="jaccard")[0, 1] == 0
    expected = np.corrcoef([0, 1, 1, 0], [2, 0, 0, 1])[0, 1]
    assert_allclose(positions.structural_equivalence(net, kind="correlation")[0, 1], expected, **CLOSE)


def test_who_do_the_same_to_each_other_are_alike():
    net = net_of([[0, 1, 1], [1, 0, 1], [0, 0, 0]])
    assert positions.structural_equivalence(net)[0, 1] == 0
    assert positions.structural_equivalence(net, kind="jaccard")[0, 1] == 1


def test_unobserved_cells_scale_distances_up():
    net = net_of([[0, 0, 1, 1], [0, 0, np.nan, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    # Of six cells five were observed in both profiles; one differs.
    assert_allclose(positions.structural_equivalence(net)[0, 1], np.sqrt(6 / 5), **CLOSE)
    assert_allclose(positions.structural_equivalence(net, kind="hamming")[0, 1], 6 / 5, **CLOSE)
    silent = net_of(np.where(np.eye(4), 0, np.nan))
    assert np.isnan(positions.structural_equivalence(silent)[~np.eye(4, dtype=bool)]).all()


def test_several_relations_are_compared_together():
    first, second = net_of([[0, 1, 0], [0, 0, 2], [1, 0, 0]]), net_of([[0, 0, 1], [0, 0, 0], [0, 0, 0]])
    both = positions.structural_equivalence([first, second])
    alone = positions.structural_equivalence(first), positions.structural_equivalence(second)
    assert_allclose(both**2, alone[0] ** 2 + alone[1] ** 2, **CLOSE)
    with pytest.raises(ArgumentError, match="among the same actors in the same order"):
        positions.structural_equivalence([first, first.subset([2, 1, 0])])
    with pytest.raises(ArgumentError, match="at least one network"):
        positions.structural_equivalence([])
    with pytest.raises(ArgumentError, match=r"must be a wholenet\.Network"):
        positions.structural_equivalence(3)


def test_hierarchy_refuses():
    with pytest.raises(ArgumentError, match=r"cell \(0, 1\) is nan"):
        positions.hierarchy([[0, np.nan], [np.nan, 0]])
    with pytest.raises(ArgumentError, match=r"cell \(0, 1\) is 1.0 and cell \(1, 0\) is 2.0"):
        positions.hierarchy([[0, 1], [2, 0]])
    with pytest.raises(ArgumentError, match="square"):
        positions.hierarchy([[0, 1]])
    with pytest.raises(ArgumentError, match="method must be"):
        positions.hierarchy([[0, 1], [1, 0]], method="ward")
    assert positions.hierarchy(np.zeros((0, 0))).shape == (0, 4)
    assert positions.hierarchy([[0]]).shape == (0, 4)


def test_concor_by_hand():
    found = positions.concor(net_of(TWO_BY_TWO), depth=1)
    assert found.membership.tolist() in ([0, 0, 1, 1, 0], [0, 0, 1, 1, 1])
    deeper = positions.concor(net_of(TWO_BY_TWO), depth=3)
    assert_array_equal(deeper.levels[0], found.membership)
    # The ties of the first two are the same, and those of the next two: these are never split.
    assert deeper.membership[0] == deeper.membership[1]
    assert deeper.membership[2] == deeper.membership[3]
    assert len(set(deeper.membership.tolist())) == 3
    assert list(deeper.to_frame().columns) == ["actor", "level 1", "level 2", "level 3"]
    assert "Position 2" in deeper._repr_html_()


def test_concor_refuses():
    isolated = net_of([[0, 1, 0], [0, 0, 0], [0, 0, 0]])
    with pytest.raises(ArgumentError, match=r"1 actor has no correlation with others \(2\)"):
        positions.concor(isolated)
    for depth in (0, 1.5, True, "2"):
        with pytest.raises(ArgumentError, match="depth must be a whole number"):
            positions.concor(net_of(TWO_BY_TWO), depth=depth)
    # Each actor is as much like one as like another.
    with pytest.raises(ConvergenceError):
        positions.concor(wn.Network.from_edges((["a", "b"], ["c", "d"])))


def test_blockmodel_by_hand():
    found = positions.blockmodel(net_of(TWO_BY_TWO), blocks=3, starts=30, seed=5)
    assert found.errors == 0
    assert found.membership.tolist() == [0, 0, 1, 1, 2]
    assert found.image.tolist() == [["null", "complete", "null"], ["null"] * 3, ["complete", "null", "null"]]
    assert found.solutions == 1
    assert 0 < found.reached <= 30
    assert list(found.to_frame()["block"]) == [0, 0, 1, 1, 2]
    assert "Block 2" in found._repr_html_()
    # One tie of three from the first to the second block: regular in rows of one, not complete.
    chain = net_of([[0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]])
    regular = positions.blockmodel(chain, blocks=2, types=("null", "regular"), starts=20, seed=1)
    assert (regular.errors, regular.membership.tolist()) == (0, [0, 0, 1, 1])
    assert regular.image.tolist() == [["null", "regular"], ["null", "null"]]
    assert positions.blockmodel(chain, blocks=2, starts=20, seed=1).errors > 0


def test_blockmodel_keeps_its_seed_and_refuses():
    net = net_of(TWO_BY_TWO)
    drawn = positions.blockmodel(net, blocks=2, starts=3)
    again = positions.blockmodel(net, blocks=2, starts=3, seed=drawn.seed)
    assert_array_equal(drawn.membership, again.membership)
    assert drawn.reached == again.reached
    for wrong in ({"blocks": 0}, {"blocks": 6}, {"blocks": 2.0}, {"blocks": 2, "starts": 0}, {"blocks": 2, "seed": -1}):
        with pytest.raises(ArgumentError, match="must be"):
            positions.blockmodel(net, **wrong)
    with pytest.raises(ArgumentError, match="types must hold"):
        positions.blockmodel(net, blocks=2, types=("null", "row"))
    with pytest.raises(ArgumentError, match="types must hold"):
        positions.blockmodel(net, blocks=2, types=())


def test_block_density_and_image():
    net = net_of(TWO_BY_TWO)
    density = positions.block_density(net, by=[0, 0, 1, 1, 7])
    assert_array_equal(density, [[0, 1, 0], [0, 0, 0], [1, 0, np.nan]])
    assert_array_equal(positions.block_image(net, by=[0, 0, 1, 1, 7]), [[0, 1, 0], [0, 0, 0], [1, 0, 0]])
    assert_array_equal(positions.block_image(net, by=[0, 0, 0, 1, 1], above=0.5), [[0, 0], [0, 0]])
    assert_array_equal(positions.block_image(net, by=[0, 0, 0, 1, 1], above=0), [[1, 1], [1, 0]])
    sectors = net.with_actors(pd.DataFrame({"name": range(5), "sector": list("bbaac")}))
    assert_array_equal(positions.block_density(sectors, by="sector"), [[0, 0, 0], [1, 0, 0], [0, 1, np.nan]])
    with pytest.raises(ArgumentError, match="5 whole numbers"):
        positions.block_density(net, by=[0, 1])
    with pytest.raises(ArgumentError, match="numbered from 0"):
        positions.block_density(net, by=[0, 0, 0, 0, -1])
    with pytest.raises(ArgumentError, match="above must be a number"):
        positions.block_image(net, by=[0, 0, 0, 1, 1], above="half")

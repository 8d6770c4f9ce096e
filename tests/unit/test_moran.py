"""Moran's I, Geary's C and join counts by hand, and what they refuse."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet.errors import (
    ArgumentError,
    ColumnError,
    LabelError,
    ModeError,
    ModelError,
    SignedTiesError,
    SmallNetworkError,
)
from wholenet.inference import _permuted, adjust, geary, join_count, moran

ACTORS = pd.DataFrame(
    {"name": list("abcd"), "size": [1.0, 2, 3, 4], "gap": [1.0, None, 2, 3], "sector": ["x", "x", "y", "y"], "one": 1}
)
PATH = wn.Network.from_edges((list("abc"), list("bcd")), ACTORS, directed=False)
VALUED = wn.Network.from_edges((list("abc"), list("bcd")), ACTORS, weight=[1, 2, 4])
# A draw of 10,000 strays from its probability by 0.02 with a probability below 1 in 10,000.
NEAR = 0.02


def test_a_path_by_hand():
    """Products of tied ones 0.75, -0.25, 0.75, differences 1, squares 5."""
    i, c = moran(PATH, "size", seed=1), geary(PATH, "size", seed=1)
    assert i.estimate == pytest.approx(4 / 3 * 1.25 / 5)
    assert c.estimate == pytest.approx(3 / (2 * 3) * 3 / 5)
    # Of 24 orders, 1-2-3-4 and 4-3-2-1 have the highest I and lowest C.
    assert i.p_upper == pytest.approx(2 / 24, abs=NEAR)
    assert c.p_lower == pytest.approx(2 / 24, abs=NEAR)
    assert i.p_lower == c.p_upper == 1
    assert i.p_two_sided == pytest.approx(2 * i.p_upper)
    assert i.name == "Moran's I of size"
    assert i.observed == "4 actors, 6 dyads"
    assert "its mean is -0.3333, or -1 / (n - 1)" in i.null
    assert "its mean is 1" in c.null
    assert "nacf" in i.peers
    assert moran(PATH, [10, 20, 30, 40], seed=1).estimate == pytest.approx(i.estimate)


def test_values_are_weights():
    """Weights 1, 2, 4 of 7; divided by rows each is 1."""
    assert moran(VALUED, "size", seed=1).estimate == pytest.approx(4 / 7 * (0.75 - 2 * 0.25 + 4 * 0.75) / 5)
    assert geary(VALUED, "size", seed=1).estimate == pytest.approx(3 / (2 * 7) * 7 / 5)
    assert moran(VALUED, "size", weights="row", seed=1).estimate == pytest.approx(4 / 3 * 1.25 / 5)
    # b and c have two ties of a half each, both ways; a and d one.
    by_row = 4 / 4 * (0.75 * 1.5 - 0.25 + 0.75 * 1.5) / 5
    assert moran(PATH, "size", weights="row", seed=1).estimate == pytest.approx(by_row)
    assert geary(PATH, "size", weights="row", seed=1).estimate == pytest.approx(3 / (2 * 4) * 4 / 5)


def test_direction_matters_for_shares_only():
    back = VALUED.reverse()
    for test in (moran, geary):
        assert test(back, "size", seed=1).estimate == pytest.approx(test(VALUED, "size", seed=1).estimate)
    net = wn.Network.from_edges((list("aab"), list("bcc")), ACTORS)
    assert moran(net, "size", weights="row", seed=1).estimate != pytest.approx(
        moran(net.reverse(), "size", weights="row", seed=1).estimate
    )


def test_self_ties_and_unobserved_dyads_are_left_out():
    looped = wn.Network.from_edges((list("abca"), list("bcda")), ACTORS, directed=False, loops="keep")
    assert moran(looped, "size", seed=1).estimate == moran(PATH, "size", seed=1).estimate
    silent = wn.Network.from_edges((list("abc"), list("bcd")), ACTORS, respondents=["a", "b", "c"])
    found = moran(silent, "size", seed=1)
    assert found.estimate == pytest.approx(4 / 3 * 1.25 / 5)
    assert found.observed == "4 actors, 9 dyads"
    assert join_count(silent, by="sector", seed=1).dyads == 9
    assert join_count(looped, by="sector", seed=1).observed.tolist() == [1, 1, 1]


def test_join_counts():
    """Each of x - x, x - y, y - y one of three ties; expected 3·1/6, 3·4/6, 3·1/6."""
    found = join_count(PATH, by="sector", seed=1)
    assert found.observed.tolist() == [1, 1, 1]
    assert found.expected == pytest.approx([0.5, 2, 0.5])
    # Of 6 ways to place two x's: both left, both right, middle, ends, alternating twice.
    # x - x ties: 1 in 3 ways; x - y ties: 1, 1, 2, 2, 3, 3.
    assert found.distribution.mean(axis=0) == pytest.approx([0.5, 2, 0.5], abs=NEAR)
    assert found.p_lower[1] == pytest.approx(2 / 6, abs=NEAR)
    assert found.p_upper[1] == 1
    assert found.p_upper[[0, 2]] == pytest.approx(1 / 2, abs=NEAR)
    assert found.sd == pytest.approx(np.sqrt([1 / 4, 2 / 3, 1 / 4]), abs=NEAR)
    assert found.p_holm.tolist() == adjust(found.p_two_sided).tolist()
    assert found.p_bh.tolist() == adjust(found.p_two_sided, method="bh").tolist()
    table = found.to_frame()
    assert table[["from", "to"]].to_numpy().tolist() == [["x", "x"], ["x", "y"], ["y", "y"]]
    assert "3 ties among 2 groups (sector), 3 pairs" in repr(found)
    assert "Null hypothesis" in found._repr_html_()
    assert "x - y" in found.plot(title="Sectors").svg
    assert pickle.loads(pickle.dumps(found)).groups == ("x", "y")  # noqa: S301 (our own bytes)


def test_directed_join_counts():
    """Ordered pairs; values are not read."""
    found = join_count(VALUED, by="sector", seed=1)
    assert found.observed.tolist() == [1, 1, 0, 1]
    assert found.expected == pytest.approx([3 * 2 / 12, 3 * 4 / 12, 3 * 4 / 12, 3 * 2 / 12])
    assert found.to_frame()[["from", "to"]].to_numpy().tolist() == [["x", "x"], ["x", "y"], ["y", "x"], ["y", "y"]]
    assert "x → y" in found.plot().svg


def test_a_group_of_one_has_no_ties_within():
    """No dyad, no test; and it does not count for the adjustment."""
    found = join_count(PATH, by=[7, 8, 8, 8], seed=1)
    assert found.observed.tolist() == [0, 1, 2]
    assert np.isnan(found.p_two_sided[0])
    assert np.isnan(found.p_holm[0])
    assert found.p_holm[1:].tolist() == adjust(found.p_two_sided[1:]).tolist()
    assert found.expected[0] == 0
    assert "8" in repr(found.to_frame())


TESTS = {
    "moran": lambda **how: moran(VALUED, "size", permutations=100, seed=5, **how),
    "geary": lambda **how: geary(PATH, "size", weights="row", permutations=100, seed=5, **how),
    "join_count": lambda **how: join_count(VALUED, by="sector", permutations=100, seed=5, **how),
}


@pytest.mark.parametrize("name", TESTS)
def test_the_same_bits_in_whatever_pieces(name, monkeypatch):
    wanted = TESTS[name]().distribution.tobytes()
    with ThreadPoolExecutor(3) as pool:
        assert TESTS[name](executor=pool, progress=False).distribution.tobytes() == wanted
    for cells in (1, 28, 256):
        monkeypatch.setattr(_permuted, "CELLS", cells)
        assert TESTS[name]().distribution.tobytes() == wanted


@pytest.mark.parametrize("test", [moran, geary])
def test_what_is_refused(test):
    with pytest.raises(ArgumentError, match=r"values must hold finite numbers, but 1 of 4 actors have none \('b'\)"):
        test(PATH, "gap")
    with pytest.raises(ArgumentError, match="values must hold numbers"):
        test(PATH, "sector")
    with pytest.raises(ArgumentError, match="for each of the 4 actors, but holds 3"):
        test(PATH, [1, 2, 3])
    with pytest.raises(ArgumentError, match='weights must be "raw" or "row"'):
        test(PATH, "size", weights="column")
    with pytest.raises(ColumnError):
        test(PATH, "height")
    with pytest.raises(ModelError, match="not defined where all actors have the same value, as in 'one'"):
        test(PATH, "one")
    with pytest.raises(SmallNetworkError, match="no ties"):
        test(wn.Network.from_matrix(np.zeros((3, 3))), [1, 2, 3])
    with pytest.raises(SmallNetworkError, match="no ties"):
        test(wn.Network.from_matrix(np.zeros((0, 0))), [])
    with pytest.raises(SignedTiesError):
        test(wn.Network.from_edges((["a"], ["b"]), weight=[-1.0], signed=True), [1, 2])
    with pytest.raises(ModeError):
        test(wn.Network.from_edges((["a"], ["B"]), two_mode=True), [1, 2])
    with pytest.raises(ArgumentError, match=r"net must be a wholenet\.Network"):
        test(3, [1, 2])


def test_what_join_count_refuses():
    with pytest.raises(LabelError, match=r"1 of 4 actors have no group in by \('b'\)"):
        join_count(PATH, by="gap")
    with pytest.raises(ModelError, match="all 4 actors are in one group of 'one'"):
        join_count(PATH, by="one")
    with pytest.raises(SmallNetworkError, match="has none"):
        join_count(wn.Network.from_matrix(np.zeros((3, 3))), by=[1, 2, 3])
    with pytest.raises(ModeError):
        join_count(wn.Network.from_edges((["a"], ["B"]), two_mode=True), by=[1, 2])
    with pytest.raises(ArgumentError, match="for each of the 4 actors"):
        join_count(PATH, by=[1, 2])


def test_ties_of_no_strength():
    """A tie of value 0 is a tie of no weight."""
    net = wn.Network.from_edges((list("abc"), list("bcd")), ACTORS, weight=[0, 2, 4])
    assert moran(net, "size", weights="row", seed=1).estimate == pytest.approx(4 / 2 * (-0.25 + 0.75) / 5)

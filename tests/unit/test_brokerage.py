"""Brokerage: values worked by hand, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import brokerage
from wholenet.errors import ArgumentError, ColumnError, DirectionError, LabelError, SignedTiesError

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def undirected(pairs, **options):
    source, target = zip(*pairs, strict=True)
    return wn.Network.from_edges((list(source), list(target)), directed=False, **options)


# a holds b, c, d; b and c are tied, c and e as well.
HELD = undirected(["ab", "ac", "ad", "bc", "ce"])


def test_constraint_by_hand():
    # a: b (1/3 + 1/3 · 1/3)², c (1/3 + 1/3 · 1/2)², d (1/3)².
    assert_allclose(brokerage.constraint(HELD)[0], (4 / 9) ** 2 + (1 / 2) ** 2 + (1 / 3) ** 2, **CLOSE)
    # Within the ego network of a, c divides itself over a and b only.
    assert_allclose(brokerage.constraint(HELD, scope="ego")[0], (1 / 2) ** 2 + (1 / 2) ** 2 + (1 / 3) ** 2, **CLOSE)
    assert brokerage.constraint(HELD)[3] == 1
    assert brokerage.constraint(HELD, scope="ego")[4] == 1


def test_values_and_directions_add_up():
    net = wn.Network.from_edges((["a", "b", "a"], ["b", "a", "c"]), weight=[1, 2, 1])
    # w(a, b) = 3, w(a, c) = 1.
    assert_allclose(brokerage.constraint(net), [(3 / 4) ** 2 + (1 / 4) ** 2, 1, 1], **CLOSE)
    assert_allclose(brokerage.effective_size(net), [2, 1, 1], **CLOSE)


def test_effective_size_by_hand():
    # a: three contacts with one tie among them.
    assert_allclose(brokerage.effective_size(HELD)[0], 3 - 2 / 3, **CLOSE)
    assert_allclose(brokerage.efficiency(HELD)[0], (3 - 2 / 3) / 3, **CLOSE)
    # The tie of b with c is weaker than its strongest: half redundant in the share of either.
    valued = undirected(["ab", "ac", "bc"], weight=[2, 2, 1])
    assert_allclose(brokerage.effective_size(valued)[0], 2 - (1 / 2 * 1 / 2 + 1 / 2 * 1 / 2), **CLOSE)


def test_hierarchy_by_hand():
    shares = np.array([(4 / 9) ** 2, (1 / 2) ** 2, (1 / 3) ** 2])
    shares /= shares.mean()
    assert_allclose(brokerage.hierarchy(HELD)[0], (shares * np.log(shares)).sum() / (3 * np.log(3)), **CLOSE)
    assert np.isnan(brokerage.hierarchy(HELD)[3])
    star = undirected(["ab", "ac", "ad"])
    assert brokerage.hierarchy(star)[0] == 0


@pytest.mark.parametrize(
    "measure", [brokerage.constraint, brokerage.effective_size, brokerage.efficiency, brokerage.hierarchy]
)
def test_what_is_refused(measure):
    signed = wn.Network.from_edges((["a"], ["b"]), weight=[-1], signed=True)
    with pytest.raises(SignedTiesError, match="negative"):
        measure(signed)
    with pytest.raises(ArgumentError, match="scope must be"):
        measure(HELD, scope="alter")


def sectors(pairs, groups):
    source, target = zip(*pairs, strict=True)
    actors = pd.DataFrame({"name": list(groups), "sector": list(groups.values())})
    return wn.Network.from_edges((list(source), list(target)), actors)


def test_roles_by_hand():
    groups = {"a": "A", "b": "A", "c": "A", "d": "B", "e": "B", "f": "C"}
    net = sectors(["ab", "bc", "db", "be", "fb", "fc"], groups)
    table = brokerage.roles(net, by="sector").set_index("actor")
    # b: a→b→c coordinator; d→b→c gatekeeper; a→b→e representative; d→b→e consultant; f→b→e liaison; f→c is a tie.
    assert table.loc["b"].tolist() == [1, 1, 1, 1, 1, 5]
    assert table.drop("b").to_numpy().sum() == 0
    partial = brokerage.roles(sectors(["ab", "bc", "ad", "dc"], groups), by="sector", kind="partial")
    assert partial.set_index("actor").loc["b"].tolist() == [0.5, 0, 0, 0, 0, 0.5]
    assert partial.set_index("actor").loc["d"].tolist() == [0, 0, 0, 0.5, 0, 0.5]


def test_roles_refuse():
    groups = dict.fromkeys("ab", "A")
    net = sectors(["ab"], groups)
    with pytest.raises(DirectionError, match="directed"):
        brokerage.roles(net.symmetrize("union"), by="sector")
    with pytest.raises(ColumnError):
        brokerage.roles(net, by="size")
    with pytest.raises(ArgumentError, match="kind must be"):
        brokerage.roles(net, by="sector", kind="ratio")
    with pytest.raises(LabelError, match="no 'sector'"):
        brokerage.roles(sectors(["ab"], {"a": "A", "b": None}), by="sector")

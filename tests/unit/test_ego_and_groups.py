"""Ego networks, diversity, homophily and assortativity: values worked by hand, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import brokerage, mixing
from wholenet.errors import ActorError, ArgumentError, LabelError, SignedTiesError

CLOSE = {"rtol": 1e-12, "atol": 1e-12}
ACTORS = pd.DataFrame(
    {"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"], "size": [1, 2, 3, 4, 5]}
)
# Within care a-b, b-c; within school d-e; between c-d, a-e.
NET = wn.Network.from_edges((list("abdca"), list("bcede")), ACTORS, directed=False)


def test_ei_by_hand():
    assert_allclose(mixing.ei_index(NET, by="sector"), (2 - 3) / 5, **CLOSE)
    # a: b within, e without. b: a and c within.
    assert_allclose(mixing.ei_index(NET, by="sector", level="actor"), [0, -1, 0, 0, 0], **CLOSE)
    table = mixing.ei_index(NET, by="sector", level="group")
    assert table["group"].tolist() == ["care", "school"]
    assert table["internal"].tolist() == [2, 1]
    assert table["external"].tolist() == [2, 2]
    assert_allclose(table["ei"], [0, 1 / 3], **CLOSE)


def test_ei_of_values_adds_them_up():
    net = wn.Network.from_edges((["a", "a"], ["b", "d"]), ACTORS, weight=[3, 1])
    assert mixing.ei_index(net, by="sector") == -0.5


def test_homophily_by_hand():
    table = mixing.homophily(NET, by="sector").set_index("actor")
    # a has b and e; of its own group not c, of the other not d: ad - bc = 1·1 - 1·1.
    columns = ["partners", "same", "share", "ei", "yules_q", "correlation"]
    assert table.loc["a", columns].tolist() == [
        2,
        1,
        0.5,
        0,
        0,
        0,
    ]
    # b has the two of its own group and nobody else.
    assert table.loc["b", columns].tolist() == [2, 2, 1, -1, 1, 1]
    # d has c and e: all of its own group, one of three others. ad - bc = 1·2 - 0·1, ad + bc = 2.
    assert table.loc["d", "yules_q"] == 1
    assert_allclose(table.loc["d", "correlation"], 2 / np.sqrt(1 * 3 * 2 * 2), **CLOSE)


def test_participation_and_diversity_by_hand():
    assert_allclose(mixing.participation(NET, by="sector"), [0.5, 0, 0.5, 0.5, 0.5], **CLOSE)
    assert_allclose(mixing.blau(NET, by="sector"), 1 - 0.36 - 0.16, **CLOSE)
    assert_allclose(mixing.iqv(NET, by="sector"), 0.48 / 0.5, **CLOSE)


def test_assortativity_by_hand():
    # e: care-care 4/10, school-school 2/10, between 2/10 each way; rows care 6/10, school 4/10.
    assert_allclose(mixing.assortativity(NET, by="sector"), (0.6 - 0.52) / (1 - 0.52), **CLOSE)
    # Directed a → b with sizes 1 → 2 and c → d with 3 → 4: on a line.
    line = wn.Network.from_edges((["a", "c"], ["b", "d"]), ACTORS)
    assert_allclose(mixing.assortativity(line, by="size", kind="numeric"), 1, **CLOSE)
    assert np.isnan(mixing.assortativity(line, by=np.ones(5), kind="numeric"))


def test_mixing_matrix_by_hand():
    table = mixing.mixing_matrix(NET, by="sector")
    assert table.to_numpy().tolist() == [["care", 2, 2], ["school", 2, 1]]


def test_ego_by_hand():
    table = brokerage.ego_networks(NET)
    assert table["size"].tolist() == [2, 2, 2, 2, 2]
    assert table["ties"].tolist() == [0, 0, 0, 0, 0]
    assert table["parts"].tolist() == [2, 2, 2, 2, 2]
    assert NET.ego("a").labels.tolist() == ["a", "b", "e"]
    assert NET.ego("a").n_ties == 2
    assert NET.ego("a", steps=2).n_actors == 5
    assert NET.ego("a", include=False).n_ties == 0
    assert "ego network of 'a': 3 actors" in NET.ego("a").recipe[-1]


def test_what_is_refused():
    with pytest.raises(ActorError):
        NET.ego("z")
    with pytest.raises(ArgumentError, match="steps must be"):
        NET.ego("a", steps=0)
    with pytest.raises(ArgumentError, match="mode must be"):
        NET.ego("a", mode="both")
    with pytest.raises(ArgumentError, match="level must be"):
        mixing.ei_index(NET, by="sector", level="ego")
    with pytest.raises(ArgumentError, match="holds something else"):
        mixing.assortativity(NET, by="sector", kind="numeric")
    with pytest.raises(ArgumentError, match="one number for each of the 5 actors"):
        mixing.assortativity(NET, by=[1, 2], kind="numeric")
    with pytest.raises(ArgumentError, match=r"2 actors have none \('a', 'b'\)"):
        mixing.assortativity(NET, by=[np.nan, np.inf, 1, 2, 3], kind="numeric")
    with pytest.raises(ArgumentError, match='pass kind="numeric"'):
        mixing.assortativity(NET, by=[1, 2, 3, 4, 5])
    odd = NET.with_actors(pd.DataFrame({"name": list("abcde"), "kind": ["from", "x", "x", "x", "x"]}))
    with pytest.raises(ArgumentError, match="rename it first"):
        mixing.mixing_matrix(odd, by="kind")
    empty = NET.with_actors(pd.DataFrame({"name": list("abcde"), "kind": [None, "x", "x", "x", "x"]}))
    with pytest.raises(LabelError, match="have no 'kind'"):
        mixing.participation(empty, by="kind")
    signed = wn.Network.from_edges((["a"], ["b"]), ACTORS, weight=[-1], signed=True)
    for measure in (mixing.ei_index, mixing.participation):
        with pytest.raises(SignedTiesError):
            measure(signed, by="sector")

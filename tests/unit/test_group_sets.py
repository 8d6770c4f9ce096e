"""Groups by hand: cores, plexes, clans, older communities, core and periphery; key players; regular equivalence."""

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import brokerage, cohesion, groups, positions
from wholenet.errors import ArgumentError, DirectionError, SignedTiesError, SmallNetworkError

# Two triangles, a tie between them, somebody attached, and an isolate.
TIES = (list("abcdefcg"), list("bcaefdda"))
NET = wn.Network.from_edges(TIES, pd.DataFrame({"id": list("abcdefgh")}), directed=False)
DIRECTED = wn.Network.from_edges(TIES)
CLIQUE_AND_LEAVES = wn.Network.from_edges((list("aabab"), list("bccde")), directed=False)


def sets(table, name):
    """The members of each set, as text."""
    return table.groupby(name)["actor"].agg("".join).tolist()


def test_cores():
    """One 1-core without the isolate; both triangles and the tie between them make the 2-core."""
    table = groups.cores(NET)
    assert list(table.columns) == ["k", "core", "size", "actor"]
    assert sets(table, "core") == ["abcdefg", "abcdef"]
    assert table.groupby("core")["k"].first().tolist() == [1, 2]
    apart = wn.Network.from_edges((list("abcdef"), list("bcaefd")), directed=False)
    assert sets(groups.cores(apart), "core") == ["abc", "def", "abc", "def"]
    assert len(groups.cores(wn.Network.from_matrix(np.zeros((2, 2)), directed=False))) == 0


def test_k_plexes():
    """A ring of four is a 2-plex; a path of three is one as well, but not a path of four."""
    ring = wn.Network.from_edges((list("abcd"), list("bcda")), directed=False)
    assert sets(groups.k_plexes(ring), "k_plex") == ["abcd"]
    path = wn.Network.from_edges((list("abc"), list("bcd")), directed=False)
    assert sets(groups.k_plexes(path), "k_plex") == ["abc", "bcd"]
    assert sets(groups.k_plexes(path, k=3), "k_plex") == []
    assert sets(groups.k_plexes(NET, k=1), "k_plex") == sets(groups.cliques(NET), "clique")
    with pytest.raises(ArgumentError, match=r"min_size must be at least 2·k - 1"):
        groups.k_plexes(NET, k=3, min_size=4)


def test_n_clans():
    """Mokken's example of two 2-cliques of which one is a 2-clan."""
    net = wn.Network.from_edges((list("abacbde"), list("bccdeff")), directed=False)
    assert sets(groups.n_clans(net, n=2), "n_clan") == ["bcdef"]
    assert sets(groups.n_clans(net, n=1), "n_clan") == sets(groups.cliques(net), "clique")
    assert sets(groups.n_clans(net, n=3), "n_clan") == ["abcdef"]


def test_older_communities():
    """Both find the two triangles; the tie between them goes first."""
    found = groups.girvan_newman(NET)
    assert found.membership.tolist() == [0, 0, 0, 1, 1, 1, 0, 2]
    assert found.modularity == pytest.approx(groups.modularity(NET, by=found.membership))
    assert found.seed is None
    assert "seed" not in repr(found)
    assert "Seed" not in found._repr_html_()
    assert groups.girvan_newman(NET, number=1).membership.tolist() == [0] * 7 + [1]
    assert groups.girvan_newman(NET, number=8).membership.tolist() == list(range(8))
    apart = wn.Network.from_edges((list("abcdef"), list("bcaefd")), directed=False)
    assert groups.label_propagation(apart, seed=3).membership.tolist() == [0, 0, 0, 1, 1, 1]
    assert groups.label_propagation(apart).seed >= 0
    with pytest.raises(ArgumentError, match="number must be at most the number of actors"):
        groups.girvan_newman(NET, number=9)


def test_values_decide_whose_label_is_taken():
    """The middle of a path goes with its stronger tie."""
    net = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[1.0, 3.0], directed=False)
    for seed in range(5):
        membership = groups.label_propagation(net, seed=seed).membership
        assert membership[1] == membership[2]


def test_core_and_periphery():
    """A triangle with two leaves is an ideal core; its fit is rare."""
    found = groups.core_periphery(CLIQUE_AND_LEAVES, permutations=199, seed=1)
    assert found.coreness.tolist() == [1, 1, 1, 0, 0]
    assert found.fit == pytest.approx(1)
    assert found.p == pytest.approx(((found.distribution > 1 - 1e-9).sum() + 1) / 200)
    assert "3 of 5 actors in the core, fit 1, p " in repr(found)
    assert "Core (3)" in found._repr_html_()
    assert found.to_frame()["coreness"].tolist() == [1, 1, 1, 0, 0]
    # All ties wanted between core and periphery: a star is ideal.
    star = wn.Network.from_edges((list("aaa"), list("bcd")), directed=False)
    found = groups.core_periphery(star, between=1, permutations=0, seed=1)
    assert (found.coreness.tolist(), found.fit) == ([1, 0, 0, 0], pytest.approx(1))
    assert np.isnan(found.p)


def test_continuous_core():
    """Ties that are products of corenesses are found back, and fit fully."""
    c = np.array([1.2, 0.9, 0.5, 0.1])
    net = wn.Network.from_matrix(np.outer(c, c) - np.diag(c * c), directed=False)
    found = groups.core_periphery(net, kind="continuous", permutations=9, seed=1)
    assert found.coreness == pytest.approx(c / np.sqrt((c**2).sum()), abs=1e-6)
    assert found.fit == pytest.approx(1)
    assert "Highest coreness" in found._repr_html_()


def test_core_of_two_modes():
    """Two persons go to both events, one to one of them."""
    net = wn.Network.from_edges((["p", "p", "q", "q", "r"], ["A", "B", "A", "B", "A"]), two_mode=True)
    found = groups.core_periphery(net, between=0, permutations=0, seed=1)
    assert dict(zip(found.labels, found.coreness, strict=True)) == {"p": 1, "q": 1, "r": 0, "A": 1, "B": 1}


def test_core_of_nothing():
    """Without ties there is no fit."""
    empty = wn.Network.from_matrix(np.zeros((3, 3)), directed=False)
    for kind in ("categorical", "continuous"):
        found = groups.core_periphery(empty, kind=kind, permutations=9, seed=1)
        assert np.isnan(found.fit)
        assert np.isnan(found.p)
    with pytest.raises(SmallNetworkError):
        groups.core_periphery(wn.Network.from_matrix(np.zeros((0, 0)), directed=False))
    with pytest.raises(ArgumentError, match='between must be "missing", "density" or a number'):
        groups.core_periphery(NET, between="some")
    with pytest.raises(ArgumentError, match="kind must be"):
        groups.core_periphery(NET, kind="discrete")


def test_key_players():
    """The two ends of the tie between the triangles; and what exchanges find in a larger network."""
    found = brokerage.key_players(NET, size=1)
    # Of seven left, in components of 4 (a, b, g and c gone: a, b, g), 3 and 1: 3·2 + 3·2 of 42 pairs are joined.
    assert found.members.tolist() == ["c"]
    assert found.value == pytest.approx(1 - (3 * 2 + 3 * 2) / 42)
    assert found.before == pytest.approx(1 - 7 * 6 / 56)
    assert (found.exact, found.solutions) == (True, 1)
    assert found.to_frame()["actor"].tolist() == ["c"]
    assert "the best of all sets" in found._repr_html_()
    reach = brokerage.key_players(DIRECTED, size=1, criterion="reach")
    assert (reach.members.tolist(), reach.value) == (["c"], pytest.approx(3 / 7))
    large = wn.Network.from_edges(
        ([i for i in range(300) for _ in "ab"], [(i + s) % 300 for i in range(300) for s in (1, 2)])
    )
    found = brokerage.key_players(large, size=6, criterion="reach", steps=25)
    assert (found.exact, found.solutions) == (False, None)
    assert found.value == pytest.approx(1)
    assert "a better set may exist" in repr(found)
    for size in (0, 8):
        with pytest.raises(ArgumentError, match="size must be"):
            brokerage.key_players(NET, size=size)
    with pytest.raises(DirectionError):
        brokerage.key_players(DIRECTED, size=1)
    with pytest.raises(ArgumentError, match="criterion must be"):
        brokerage.key_players(NET, size=1, criterion="power")


def test_regular_equivalence():
    """Managers of one and of two, and those who report to them."""
    net = wn.Network.from_edges((["b", "c", "d", "e", "f"], ["a", "a", "b", "b", "c"]))
    found = positions.regular_equivalence(net, iterations=50)
    alike = found == 1
    assert alike[1].nonzero()[0].tolist() == [1, 2]
    assert alike[3].nonzero()[0].tolist() == [3, 4, 5]
    # First round: a's partners b and c get ties and send none; b sends one and gets two: of b's three, and a's two,
    # four matches of five.
    once = positions.regular_equivalence(net, iterations=1)
    assert once[0, 1] == pytest.approx(4 / 5)
    with pytest.raises(SignedTiesError):
        positions.regular_equivalence(wn.Network.from_edges((["a"], ["b"]), weight=[-1.0], signed=True))


def test_small_world():
    """A complete network is its own reference."""
    complete = wn.Network.from_matrix(1 - np.eye(5), directed=False)
    found = cohesion.small_world(complete, draws=3, seed=1)
    assert (found.omega, found.sigma, found.clustering, found.distance) == (0, 1, 1, 1)
    assert list(found.to_frame()["reference"]) == ["random"] * 3 + ["lattice"] * 3
    assert "3 of the lattice kind" in found._repr_html_()
    with pytest.raises(DirectionError):
        cohesion.small_world(DIRECTED)
    with pytest.raises(SmallNetworkError):
        cohesion.small_world(wn.Network.from_matrix(np.zeros((0, 0)), directed=False))


@pytest.mark.parametrize("measure", [groups.cores, groups.k_plexes, groups.n_clans, groups.girvan_newman])
def test_directed_networks_are_refused(measure):
    """What an undirected tie is must be said."""
    with pytest.raises(DirectionError, match="symmetrize"):
        measure(DIRECTED)

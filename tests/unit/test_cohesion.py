"""Values of cohesion worked by hand."""

from itertools import permutations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import cohesion
from wholenet.errors import ArgumentError, SmallNetworkError

NAN, INF = float("nan"), float("inf")


def network(ties, actors, *, directed=True, values=None, **options):
    """Make a network from ties such as "ab bc" among actors such as "abc"."""
    pairs = ties.split()
    return wn.Network.from_edges(
        ([pair[0] for pair in pairs], [pair[1] for pair in pairs]) if pairs else np.empty((0, 2), dtype="U1"),
        pd.DataFrame({"name": list(actors)}),
        weight=values,
        directed=directed,
        **options,
    )


def counts(census):
    """Read a census that is not all zeros as a dict of its counts above 0."""
    return {kind: count for kind, count in zip(census["type"], census["count"], strict=True) if count}


PARTS = network("ab bc xy", "abcxyz", directed=False)
CHAIN = network("ab ba bc cd", "abcde")
STAR = network("ab ac ad ae", "abcde")


class TestDensity:
    def test_directed_and_undirected(self):
        assert cohesion.density(CHAIN) == 4 / 20
        assert cohesion.density(PARTS) == 3 / 15

    def test_of_values_is_their_mean(self):
        assert cohesion.density(network("ab bc", "abc", values=[3, 6])) == 9 / 6
        assert cohesion.density(network("ab bc", "abc", values=[3, 6], directed=False)) == 9 / 3

    def test_runs_over_observed_dyads(self):
        # c did not answer: a-b, a-c, b-a, b-c remain.
        assert cohesion.density(network("ab ac ba", "abc", respondents=["a", "b"])) == 3 / 4
        # Undirected: only the dyad between two actors who did not answer is lost.
        assert cohesion.density(network("ab", "abcd", respondents=["a", "b"], directed=False)) == 1 / 5
        # One single dyad.
        assert cohesion.density(network("ab ac", "abc", values=[1, NAN])) == 1 / 5

    def test_self_ties_do_not_count(self):
        triangle = network("ab bc ca aa", "abc", directed=False, loops="keep")
        assert cohesion.density(triangle) == 1

    def test_undefined_without_an_observed_dyad(self):
        assert np.isnan(cohesion.density(network("", "a")))
        assert np.isnan(cohesion.density(network("", "ab", respondents=[])))


class TestMeanDegree:
    def test_observed_in_full_is_the_mean_of_the_degrees(self):
        assert cohesion.mean_degree(CHAIN) == 4 / 5
        assert cohesion.mean_degree(PARTS) == 6 / 6

    def test_runs_over_observed_dyads(self):
        # 3 of 4 observed dyads have a tie, and each actor has 2 others; values do not matter.
        assert cohesion.mean_degree(network("ab ac ba", "abc", respondents=["a", "b"], values=[9, 9, 9])) == 1.5

    def test_of_nobody_observed(self):
        assert np.isnan(cohesion.mean_degree(network("", "ab", respondents=[])))
        assert cohesion.mean_degree(network("", "a")) == 0


class TestActors:
    def test_active_and_isolated(self):
        assert (cohesion.active_actors(CHAIN), cohesion.isolates(CHAIN)) == (4, 1)
        assert (cohesion.active_actors(PARTS), cohesion.isolates(PARTS)) == (5, 1)

    def test_a_receiver_is_active_and_a_self_tie_is_nothing(self):
        net = network("ab cc", "abc", loops="keep")
        assert (cohesion.active_actors(net), cohesion.isolates(net)) == (2, 1)


class TestComponents:
    def test_numbered_by_size_then_by_first_actor(self):
        assert cohesion.components(network("ab cd de", "abcdef")).tolist() == [1, 1, 0, 0, 0, 2]
        assert cohesion.components(network("cd ab", "abcde", directed=False)).tolist() == [0, 0, 1, 1, 2]

    def test_strong(self):
        result = cohesion.components(CHAIN, kind="strong")
        assert result.dtype == np.int64
        assert result.tolist() == [0, 0, 1, 2, 3]

    def test_refuses_another_kind(self):
        with pytest.raises(ArgumentError, match='kind must be "weak" or "strong"'):
            cohesion.components(CHAIN, kind="both")


class TestReciprocity:
    def test_of_ties_and_of_pairs(self):
        # a ⇄ b, a → c: two of three ties are returned, one of two tied pairs is mutual.
        net = network("ab ba ac", "abcd")
        assert cohesion.reciprocity(net) == 2 / 3
        assert cohesion.reciprocity(net, kind="dyads") == 1 / 2

    def test_ties_to_actors_who_did_not_answer_are_left_out(self):
        # Only a and b answered: the tie a → c may or may not be returned.
        net = network("ab ba ac", "abcd", respondents=["a", "b"])
        assert cohesion.reciprocity(net) == 1
        assert cohesion.reciprocity(net, kind="dyads") == 1

    def test_undirected_and_undefined(self):
        assert cohesion.reciprocity(PARTS) == 1
        assert np.isnan(cohesion.reciprocity(network("", "abc")))

    def test_refuses_another_kind(self):
        with pytest.raises(ArgumentError, match='kind must be "arcs", "edgewise" or "dyads", but is \'ties\''):
            cohesion.reciprocity(CHAIN, kind="ties")
        assert cohesion.reciprocity(CHAIN, kind="edgewise") == cohesion.reciprocity(CHAIN)


class TestTransitivity:
    def test_directed(self):
        # Two-paths a-b-c (closed by a → c), b-c-d, a-c-d.
        assert cohesion.transitivity(network("ab bc ac cd", "abcd")) == 1 / 3

    def test_a_path_there_and_back_is_no_two_path(self):
        # a ⇄ b → c: of a-b-a, b-a-b and a-b-c only the last has three actors.
        assert cohesion.transitivity(network("ab ba bc", "abc")) == 0
        assert np.isnan(cohesion.transitivity(network("ab ba", "ab")))

    def test_undirected(self):
        # One triangle, triples: a 1, b 1, c 3.
        assert cohesion.transitivity(network("ab bc ac cd", "abcd", directed=False)) == 3 / 5

    def test_cycle_is_not_transitive(self):
        assert cohesion.transitivity(network("ab bc ca", "abc")) == 0


class TestDistances:
    def test_steps(self):
        expected = [[0, 1, 2, 3], [1, 0, 1, 2], [INF, INF, 0, 1], [INF, INF, INF, 0]]
        assert cohesion.distances(network("ab ba bc cd", "abcd")).tolist() == expected

    def test_lengths(self):
        net = network("ab bc ac", "abc", values=[4, 2, 1])
        assert cohesion.distances(net, distance="inverse").tolist() == [[0, 0.25, 0.75], [INF, 0, 0.5], [INF, INF, 0]]
        assert cohesion.distances(net, distance="value").tolist() == [[0, 4, 1], [INF, 0, 2], [INF, INF, 0]]

    def test_refuses_lengths_without_values(self):
        with pytest.raises(ArgumentError, match="this network has none"):
            cohesion.distances(CHAIN, distance="value")

    def test_average_and_diameter(self):
        # 1, 1, 2 in the path and 1 in the pair.
        assert cohesion.average_distance(PARTS) == 5 / 4
        assert cohesion.diameter(PARTS) == 2
        # From a 1, 2, 3; from b 1, 1, 2; from c 1.
        assert cohesion.average_distance(CHAIN) == 11 / 7
        assert cohesion.diameter(CHAIN) == 3

    def test_undefined_without_a_path(self):
        assert np.isnan(cohesion.average_distance(network("", "abc")))
        assert np.isnan(cohesion.diameter(network("", "abc")))


class TestCentralization:
    @pytest.mark.parametrize(
        ("mode", "expected"),
        [
            # Σ (4 - 1)·4 = 12 of 2·4·3 = 24; Σ (4 - 0)·4 = 16 of 16; Σ (1 - 0) for the centre alone, of 16.
            (None, 12 / 24),
            ("all", 12 / 24),
            ("out", 1),
            ("in", 1 / 16),
        ],
    )
    def test_degree_of_a_star_with_ties_one_way(self, mode, expected):
        assert cohesion.centralization(STAR, mode=mode) == expected

    @pytest.mark.parametrize("measure", ["degree", "closeness", "betweenness"])
    def test_a_star_is_the_most_centralized_network(self, measure):
        star = STAR.symmetrize("union")
        assert_allclose(cohesion.centralization(star, measure=measure), 1, rtol=1e-15)

    def test_directed_maxima(self):
        mutual = network("ab ba ac ca ad da ae ea", "abcde")
        assert cohesion.centralization(mutual) == 1
        assert cohesion.centralization(mutual, measure="betweenness") == 1
        assert_allclose(cohesion.centralization(STAR, measure="closeness"), 1, rtol=1e-15)
        assert_allclose(cohesion.centralization(STAR.reverse(), measure="closeness", mode="in"), 1, rtol=1e-15)

    def test_closeness_of_a_path(self):
        # Closeness 2/3, 1, 2/3: Σ = 2/3 of (2·1)/3.
        assert_allclose(cohesion.centralization(network("ab bc", "abc", directed=False), measure="closeness"), 1)
        # Path of 4: 3/6, 3/4, 3/4, 3/6: Σ = 1/2 of 3·2/5.
        path = network("ab bc cd", "abcd", directed=False)
        assert_allclose(cohesion.centralization(path, measure="closeness"), 0.5 / 1.2)

    def test_closeness_of_a_directed_path(self):
        # Out-closeness 2/3, 2/(1 + 3), 2/(3 + 3): Σ = 1/6 + 1/3 of 2·2/3.
        net = network("ab bc", "abc")
        assert_allclose(cohesion.centralization(net, measure="closeness"), 0.5 / (4 / 3))

    def test_betweenness_of_a_path(self):
        # 0, 2, 2, 0: Σ = 4 of 3²·2/2.
        path = network("ab bc cd", "abcd", directed=False)
        assert_allclose(cohesion.centralization(path, measure="betweenness"), 4 / 9)

    def test_all_alike(self):
        ring = network("ab bc cd da", "abcd")
        for measure in ("degree", "closeness", "betweenness"):
            assert cohesion.centralization(ring, measure=measure) == 0

    @pytest.mark.parametrize("n", range(3, 8))
    @pytest.mark.parametrize("directed", [True, False])
    def test_no_network_is_more_centralized_than_the_star(self, n, directed):
        # All networks of three actors, and random ones of more: the index never passes 1.
        generator = np.random.default_rng(n)
        cells = [(i, j) for i, j in permutations(range(n), 2) if directed or i < j]
        everything = (
            (np.array(list(np.binary_repr(code, len(cells)))) == "1" for code in range(2 ** len(cells)))
            if n == 3
            else (generator.random(len(cells)) < generator.random() for _ in range(150))
        )
        for chosen in everything:
            matrix = np.zeros((n, n))
            for (i, j), tied in zip(cells, chosen, strict=True):
                matrix[i, j] = tied
                if not directed:
                    matrix[j, i] = tied
            net = wn.Network.from_matrix(matrix, directed=directed)
            for measure, mode in [("degree", "in"), ("degree", "out"), ("degree", None), ("closeness", "in")]:
                assert not cohesion.centralization(net, measure=measure, mode=mode) > 1 + 1e-12
            assert not cohesion.centralization(net, measure="betweenness") > 1 + 1e-12

    def test_values_are_not_read(self):
        net = network("ab ac", "abc", values=[90, 1], directed=False)
        assert cohesion.centralization(net) == 1

    def test_undefined(self):
        assert np.isnan(cohesion.centralization(PARTS, measure="closeness"))
        assert np.isnan(cohesion.centralization(network("ab", "ab", directed=False)))
        assert np.isnan(cohesion.centralization(network("ab", "ab"), measure="betweenness"))

    def test_refusals(self):
        with pytest.raises(ArgumentError, match="has no meaning for betweenness"):
            cohesion.centralization(STAR, measure="betweenness", mode="all")
        with pytest.raises(ArgumentError, match="for the closeness of a directed network"):
            cohesion.centralization(STAR, measure="closeness", mode="all")
        with pytest.raises(ArgumentError, match='measure must be "degree", "closeness" or "betweenness"'):
            cohesion.centralization(STAR, measure="eigenvector")
        with pytest.raises(ArgumentError, match='mode must be "in", "out" or "all"'):
            cohesion.centralization(STAR, mode="both")
        with pytest.raises(SmallNetworkError, match="centralization needs at least one actor"):
            cohesion.centralization(wn.Network.from_matrix(np.zeros((0, 0))))


class TestDyadCensus:
    def test_counts_pairs(self):
        assert counts(cohesion.dyad_census(CHAIN)) == {"mutual": 1, "asymmetric": 2, "null": 7}
        assert counts(cohesion.dyad_census(PARTS)) == {"mutual": 3, "null": 12}

    def test_of_pairs_observed_both_ways(self):
        # Of a, b, c, d only a and b answered: the pair a-b.
        net = network("ab ba ac", "abcd", respondents=["a", "b"])
        assert counts(cohesion.dyad_census(net)) == {"mutual": 1}
        # One cell unobserved: the pair a-c is left out.
        net = network("ab ac", "abc", values=[1, NAN])
        assert counts(cohesion.dyad_census(net)) == {"asymmetric": 1, "null": 1}

    def test_comes_in_the_kind_of_table_of_the_network(self):
        net = wn.Network.from_edges(pl.DataFrame({"source": ["a"], "target": ["b"]}))
        census = cohesion.dyad_census(net)
        assert isinstance(census, pl.DataFrame)
        assert census.rows() == [("mutual", 0), ("asymmetric", 1), ("null", 0)]


# One triad of each type, drawn after Holland & Leinhardt (1970).
TYPES = {
    "003": "",
    "012": "ab",
    "102": "ab ba",
    "021D": "ba bc",
    "021U": "ab cb",
    "021C": "ab bc",
    "111D": "ac ca bc",
    "111U": "ac ca cb",
    "030T": "ab cb ac",
    "030C": "ab bc ca",
    "201": "ab ba bc cb",
    "120D": "ba bc ac ca",
    "120U": "ab cb ac ca",
    "120C": "ab bc ac ca",
    "210": "ab bc cb ac ca",
    "300": "ab ba bc cb ac ca",
}


class TestTriadCensus:
    @pytest.mark.parametrize("kind", TYPES)
    def test_each_type(self, kind):
        assert counts(cohesion.triad_census(network(TYPES[kind], "abc"))) == {kind: 1}

    def test_order_of_the_types(self):
        assert list(cohesion.triad_census(CHAIN)["type"]) == list(TYPES)

    def test_of_four(self):
        # a ⇄ b → c → d: abc 111U (b, of the pair, sends out), abd 102, acd 012, bcd 021C.
        net = network("ab ba bc cd", "abcd")
        assert counts(cohesion.triad_census(net)) == {"111U": 1, "102": 1, "012": 1, "021C": 1}

    def test_undirected(self):
        # Triangle abc with d on c: abc 300, abd 102, acd and bcd 201.
        net = network("ab bc ac cd", "abcd", directed=False)
        assert counts(cohesion.triad_census(net)) == {"300": 1, "102": 1, "201": 2}

    def test_of_triads_observed_in_full(self):
        # d did not answer: only abc is left.
        net = network("ab bc ac cd", "abcd", respondents=["a", "b", "c"])
        assert counts(cohesion.triad_census(net)) == {"030T": 1}
        # The dyad from d to a unobserved: abc and bcd are left.
        net = network("ab bc ac cd da", "abcd", values=[1, 1, 1, 1, NAN])
        assert counts(cohesion.triad_census(net)) == {"030T": 1, "021C": 1}

    def test_undirected_with_actors_who_did_not_answer(self):
        # c and d did not answer: the dyad c-d is unobserved, so acd and bcd are out.
        net = network("ab bc ac", "abcd", respondents=["a", "b"], directed=False)
        assert counts(cohesion.triad_census(net)) == {"300": 1, "102": 1}

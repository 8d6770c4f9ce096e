"""Values of centrality worked by hand."""

from itertools import pairwise
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import wholenet as wn
from wholenet import centrality
from wholenet.errors import ArgumentError, ConvergenceError, SignedTiesError

NAN = float("nan")


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


STAR = network("ab ac ad ae", "abcde", directed=False)
# A path a-b-c, a pair x-y and an isolate z.
PARTS = network("ab bc xy", "abcxyz", directed=False)
# a ⇄ b → c → d, and e alone.
CHAIN = network("ab ba bc cd", "abcde")


class TestDegree:
    def test_modes(self):
        assert centrality.degree(CHAIN, mode="out").tolist() == [1, 2, 1, 0, 0]
        assert centrality.degree(CHAIN, mode="in").tolist() == [1, 1, 1, 1, 0]
        assert centrality.degree(CHAIN).tolist() == [2, 3, 2, 1, 0]

    def test_normalized(self):
        # 4 others: out and in ÷ 4, all ÷ 8; undirected ÷ 4.
        assert centrality.degree(CHAIN, mode="out", normalized=True).tolist() == [0.25, 0.5, 0.25, 0, 0]
        assert centrality.degree(CHAIN, normalized=True).tolist() == [0.25, 0.375, 0.25, 0.125, 0]
        assert centrality.degree(STAR, normalized=True).tolist() == [1, 0.25, 0.25, 0.25, 0.25]

    @pytest.mark.parametrize("mode", ["in", "out", "all"])
    def test_of_an_undirected_network_has_one_mode(self, mode):
        assert centrality.degree(STAR, mode=mode).tolist() == [4, 1, 1, 1, 1]

    def test_self_ties_and_values_are_not_counted(self):
        net = network("aa ab", "ab", values=[5, 7], loops="keep")
        assert centrality.degree(net).tolist() == [1, 1]

    def test_of_an_actor_who_did_not_answer_is_what_others_report(self):
        net = network("ab cb", "abc", respondents=["a", "c"])
        assert centrality.degree(net, mode="out").tolist() == [1, 0, 1]
        assert centrality.degree(net, mode="in").tolist() == [0, 2, 0]

    def test_refuses_another_mode(self):
        with pytest.raises(ArgumentError, match='mode must be "in", "out" or "all", but is \'both\''):
            centrality.degree(STAR, mode="both")

    def test_refuses_what_is_no_network(self):
        with pytest.raises(ArgumentError, match=r"net must be a wholenet\.Network, but is a DataFrame"):
            centrality.degree(pd.DataFrame())


class TestStrength:
    def test_sums_values(self):
        net = network("ab ac ba", "abcd", values=[2, 3, 0.5])
        assert centrality.strength(net, mode="out").tolist() == [5, 0.5, 0, 0]
        assert centrality.strength(net, mode="in").tolist() == [0.5, 2, 3, 0]
        assert centrality.strength(net).tolist() == [5.5, 2.5, 3, 0]

    def test_an_isolate_has_plain_zero(self):
        net = network("ab", "abc", values=[2])
        assert not np.signbit(centrality.strength(net)).any()
        assert not np.signbit(centrality.harmonic(net, distance="value")).any()

    def test_adds_negative_values(self):
        net = network("ab ac", "abc", values=[2, -3], signed=True, directed=False)
        assert centrality.strength(net).tolist() == [-1, 2, -3]

    def test_without_values_is_the_degree(self):
        assert centrality.strength(CHAIN).tolist() == centrality.degree(CHAIN).tolist()


class TestCloseness:
    @pytest.mark.parametrize(
        ("unreachable", "expected"),
        [
            # Ends of the path: distances 1 + 2, two reached; the centre 1 + 1; the pair 1.
            ("ignore", [2 / 3, 1, 2 / 3, 1, 1, NAN]),
            # Times reached ÷ 5.
            ("scale", [4 / 15, 2 / 5, 4 / 15, 1 / 5, 1 / 5, 0]),
            # 5 ÷ (3 + 3·6), 5 ÷ (2 + 3·6), 5 ÷ (1 + 4·6), 5 ÷ (5·6).
            ("n", [5 / 21, 5 / 20, 5 / 21, 5 / 25, 5 / 25, 5 / 30]),
            # The longest distance is 2: 5 ÷ (3 + 3·3), 5 ÷ (2 + 3·3), 5 ÷ (1 + 4·3), 5 ÷ (5·3).
            ("max+1", [5 / 12, 5 / 11, 5 / 12, 5 / 13, 5 / 13, 5 / 15]),
        ],
    )
    def test_of_actors_that_cannot_be_reached(self, unreachable, expected):
        assert_allclose(centrality.closeness(PARTS, unreachable=unreachable), expected, rtol=1e-15)

    def test_directions(self):
        # From a: b 1, c 2, d 3. To d: c 1, b 2, a 3. Ignoring direction the path a-b-c-d.
        assert_allclose(centrality.closeness(CHAIN), [3 / 6, 3 / 4, 1, NAN, NAN])
        assert_allclose(centrality.closeness(CHAIN, mode="in"), [1, 1, 2 / 3, 3 / 6, NAN])
        assert_allclose(centrality.closeness(CHAIN, mode="all"), [3 / 6, 3 / 4, 3 / 4, 3 / 6, NAN])

    def test_over_lengths(self):
        # 1 ÷ value: ab 0.25, bc 0.5, so a-b-c is 0.75 and shorter than ac, 1 ÷ 1.
        net = network("ab bc ac", "abc", values=[4, 2, 1])
        assert_allclose(centrality.closeness(net, distance="inverse"), [2 / (0.25 + 0.75), 1 / 0.5, NAN])
        # As lengths: ac = 1 is shorter than 4 + 2.
        assert_allclose(centrality.closeness(net, distance="value"), [2 / (4 + 1), 1 / 2, NAN])
        assert_allclose(centrality.closeness(net, distance="value", unreachable="scale"), [2 / 5, 1 / 2 * 1 / 2, 0])
        assert_allclose(centrality.closeness(net, distance="value", mode="in"), [NAN, 1 / 4, 2 / (2 + 1)])

    def test_without_ties(self):
        alone = network("", "abc")
        assert np.isnan(centrality.closeness(alone)).all()
        assert centrality.closeness(alone, unreachable="scale").tolist() == [0, 0, 0]
        assert_allclose(centrality.closeness(alone, unreachable="n"), [1 / 3] * 3)
        # No distance was seen that one could add 1 to.
        assert np.isnan(centrality.closeness(alone, unreachable="max+1")).all()

    def test_refusals(self):
        valued = network("ab", "abc", values=[2])
        with pytest.raises(ArgumentError, match="is a number of steps"):
            centrality.closeness(valued, unreachable="max+1", distance="inverse")
        with pytest.raises(ArgumentError, match="reads tie values, and this network has none"):
            centrality.closeness(PARTS, distance="inverse")
        with pytest.raises(ArgumentError, match='mode must be "in" or "out" with distance= in a directed network'):
            centrality.closeness(valued, mode="all", distance="inverse")
        with pytest.raises(ArgumentError, match='unreachable must be "ignore", "scale", "n" or "max\\+1"'):
            centrality.closeness(PARTS, unreachable="zero")
        with pytest.raises(ArgumentError, match='distance must be None, "inverse" or "value"'):
            centrality.closeness(valued, distance="steps")

    def test_refuses_lengths_that_are_not_positive(self):
        signed = network("ab", "ab", values=[-2], signed=True)
        with pytest.raises(ArgumentError, match="above 0"):
            centrality.closeness(signed, distance="value")


class TestHarmonic:
    def test_of_parts(self):
        assert centrality.harmonic(PARTS).tolist() == [1.5, 2, 1.5, 1, 1, 0]
        assert_allclose(centrality.harmonic(PARTS, normalized=True), [0.3, 0.4, 0.3, 0.2, 0.2, 0])

    def test_directions(self):
        assert_allclose(centrality.harmonic(CHAIN), [1 + 1 / 2 + 1 / 3, 1 + 1 + 1 / 2, 1, 0, 0])
        assert_allclose(centrality.harmonic(CHAIN, mode="in"), [1, 1, 1 + 1 / 2, 1 + 1 / 2 + 1 / 3, 0])
        assert_allclose(centrality.harmonic(CHAIN, mode="all"), [11 / 6, 5 / 2, 5 / 2, 11 / 6, 0])

    def test_over_lengths(self):
        net = network("ab bc ac", "abc", values=[4, 2, 1])
        # Lengths 0.25, 0.5, and 0.75 from a to c by way of b.
        assert_allclose(centrality.harmonic(net, distance="inverse"), [4 + 4 / 3, 2, 0])
        assert_allclose(centrality.harmonic(net, distance="value", normalized=True), [(1 / 4 + 1) / 2, 1 / 4, 0])


class TestBetweenness:
    def test_star(self):
        # The 4·3/2 pairs of leaves.
        assert centrality.betweenness(STAR).tolist() == [6, 0, 0, 0, 0]
        assert centrality.betweenness(STAR, normalized=True).tolist() == [1, 0, 0, 0, 0]

    def test_parts(self):
        assert centrality.betweenness(PARTS).tolist() == [0, 1, 0, 0, 0, 0]

    def test_square_shares_each_pair_of_corners(self):
        square = network("ab bc cd da", "abcd", directed=False)
        assert centrality.betweenness(square).tolist() == [0.5] * 4

    def test_directed(self):
        # Of CHAIN's ordered pairs: a-c and a-d by b; a-d and b-d by c.
        assert centrality.betweenness(CHAIN).tolist() == [0, 2, 2, 0, 0]
        assert_allclose(centrality.betweenness(CHAIN, normalized=True), [0, 2 / 12, 2 / 12, 0, 0])

    def test_directed_ring(self):
        # On a ring of 4 each ordered pair at distance 2 passes one actor, at distance 3 two: 4·1 + 4·2 over 4 actors.
        ring = network("ab bc cd da", "abcd")
        assert centrality.betweenness(ring).tolist() == [3] * 4

    def test_two_paths_of_different_width(self):
        # a to d: by b, by c; d to e. Pair (a, d): b and c half each. (a, e): b, c half, d whole. (b, e), (c, e): d.
        # (b, c): by a and by d, half each.
        net = network("ab ac bd cd de", "abcde", directed=False)
        assert centrality.betweenness(net).tolist() == [0.5, 1, 1, 3.5, 0]

    def test_over_lengths(self):
        # Strong ties are short: a-b-c has length 1/4 + 1/4 and the direct tie 1.
        net = network("ab bc ac", "abc", directed=False, values=[4, 4, 1])
        assert centrality.betweenness(net, distance="inverse").tolist() == [0, 1, 0]
        assert centrality.betweenness(net, distance="value").tolist() == [0.0, 0, 0]
        assert centrality.betweenness(net).tolist() == [0, 0, 0]

    def test_paths_of_equal_length_share(self):
        # a-b-c has length 1 + 1, as the direct tie.
        net = network("ab bc ac", "abc", directed=False, values=[1, 1, 2])
        assert centrality.betweenness(net, distance="value").tolist() == [0, 0.5, 0]

    def test_paths_of_equal_length_up_to_rounding_share(self):
        # 0.1 + 0.2 and 0.3 differ in the last bit.
        net = network("ab bc ac", "abc", directed=False, values=[0.1, 0.2, 0.3])
        assert centrality.betweenness(net, distance="value").tolist() == [0, 0.5, 0]


class TestEigenvector:
    def test_star(self):
        # λ = √4 = 2: the centre scores 4·x = 2·1.
        assert_allclose(centrality.eigenvector(STAR), [1, 0.5, 0.5, 0.5, 0.5], rtol=1e-12)
        assert_allclose(centrality.eigenvector(STAR, scale="norm"), [sqrt(1 / 2)] + [sqrt(1 / 8)] * 4, rtol=1e-12)

    def test_path_of_three(self):
        # λ = √2.
        path = network("ab bc", "abc", directed=False)
        assert_allclose(centrality.eigenvector(path), [sqrt(1 / 2), 1, sqrt(1 / 2)], rtol=1e-12)

    def test_incoming_ties_count(self):
        # A directed ring a-b-c (λ = 1), with d chosen by a and e choosing a.
        net = network("ab bc ca ad ea", "abcde")
        assert_allclose(centrality.eigenvector(net), [1, 1, 1, 1, 0], atol=1e-12)
        assert_allclose(centrality.eigenvector(net.reverse()), [1, 1, 1, 0, 1], atol=1e-12)

    def test_values_are_strengths(self):
        # λ = √(3² + 4²) = 5: the leaves score 3/5 and 4/5 of the centre.
        net = network("ab ac", "abc", directed=False, values=[3, 4])
        assert_allclose(centrality.eigenvector(net), [1, 0.6, 0.8], rtol=1e-12)

    def test_the_strongest_component_takes_all(self):
        net = network("ab bc ca xy", "abcxyz", directed=False)
        assert_allclose(centrality.eigenvector(net), [1, 1, 1, 0, 0, 0], atol=1e-12)

    def test_components_of_equal_strength_share(self):
        # A star of 5 and a square have λ = 2. Equal scores project on the star's unit vector (1, ½, ½, ½, ½) ÷ √2
        # with 3/√2, on the square's (1, 1, 1, 1) ÷ 2 with 2: the scores are 3/2, 3/4 … and 1.
        net = network("ab ac ad ae vw wx xy yv", "abcdevwxy", directed=False)
        assert_allclose(centrality.eigenvector(net), [1] + [1 / 2] * 4 + [2 / 3] * 4, rtol=1e-9)

    def test_undefined_without_a_cycle(self):
        assert np.isnan(centrality.eigenvector(network("ab bc ac", "abc"))).all()
        assert np.isnan(centrality.eigenvector(network("", "abc", directed=False))).all()

    def test_the_end_of_a_chain_of_equal_components_takes_all(self):
        # Two mutual pairs of λ = 1, the first leading to the second: after k steps a and b have 1, c and d about k.
        assert_allclose(centrality.eigenvector(network("ab ba bc cd dc", "abcd")), [0, 0, 1, 1], atol=1e-12)

    def test_says_when_it_does_not_settle(self):
        # Two cliques of 5 far apart, one of them a hair stronger: the two largest λ differ by about 1e-15.
        cliques = np.kron(np.eye(2), np.ones((5, 5)) - np.eye(5))
        matrix = np.zeros((26, 26))
        matrix[:10, :10] = cliques
        chain = [0, *range(10, 26), 5]
        for here, there in pairwise(chain):
            matrix[here, there] = matrix[there, here] = 1
        matrix[1, 2] = matrix[2, 1] = 1 + 1e-6
        with pytest.raises(ConvergenceError, match="pagerank"):
            centrality.eigenvector(wn.Network.from_matrix(matrix, directed=False))

    def test_refuses_negative_ties(self):
        with pytest.raises(SignedTiesError, match="dichotomize"):
            centrality.eigenvector(network("ab", "ab", values=[-1], signed=True))

    def test_refuses_another_scale(self):
        with pytest.raises(ArgumentError, match='scale must be "max" or "norm"'):
            centrality.eigenvector(STAR, scale="sum")


class TestPagerank:
    def test_dangling_actor(self):
        # p(a) = ½·½ + ½·p(b)·½ with p(a) + p(b) = 1: p(a) = 0.4.
        assert_allclose(centrality.pagerank(network("ab", "ab"), damping=0.5), [0.4, 0.6], rtol=1e-14)

    def test_follows_values(self):
        # From a the walker goes to b three times as often as to c; both go back.
        net = network("ab ac ba ca", "abc", values=[3, 1, 1, 1])
        # With d = ½: p(a) = 1/6 + ½·(1 - p(a)) = 4/9; p(b) = 1/6 + ½·¾·4/9 = 1/3; p(c) = 1/6 + ½·¼·4/9 = 2/9.
        assert_allclose(centrality.pagerank(net, damping=0.5), [4 / 9, 1 / 3, 2 / 9], rtol=1e-14)

    def test_without_ties_all_are_equal(self):
        assert_allclose(centrality.pagerank(network("", "abcd")), [0.25] * 4)

    def test_undirected_ring_and_no_damping(self):
        assert_allclose(centrality.pagerank(network("ab bc ca", "abc", directed=False)), [1 / 3] * 3)
        assert_allclose(centrality.pagerank(STAR, damping=0), [0.2] * 5)

    @pytest.mark.parametrize("damping", [-0.1, 1, 1.5, NAN, float("inf")])
    def test_refuses_another_damping(self, damping):
        with pytest.raises(ArgumentError, match="damping must be at least 0 and below 1"):
            centrality.pagerank(STAR, damping=damping)

    def test_refuses_negative_ties(self):
        with pytest.raises(SignedTiesError):
            centrality.pagerank(network("ab", "ab", values=[-1], signed=True))


class TestLocalClustering:
    def test_undirected(self):
        # Triangle a-b-c, pendant d on c: one of c's three pairs of partners is tied.
        net = network("ab bc ac cd", "abcd", directed=False)
        assert_allclose(centrality.local_clustering(net), [1, 1, 1 / 3, NAN])
        assert_allclose(centrality.local_clustering(net, isolates="zero"), [1, 1, 1 / 3, 0])

    def test_directed(self):
        # Each actor has d = 2 and no mutual tie: 1 directed triangle of 2·(2·1 - 0) ÷ 2 = 2 that it could be in.
        assert_allclose(centrality.local_clustering(network("ab bc ac", "abc")), [0.5] * 3)
        # With all ties mutual all of them are there.
        assert_allclose(centrality.local_clustering(network("ab ba bc cb ac ca", "abc")), [1] * 3)

    def test_one_mutual_partner_is_one_partner(self):
        # a: d = 2, b = 1, so 2·1 - 2·1 = 0 possible.
        assert np.isnan(centrality.local_clustering(network("ab ba", "ab"))).all()

    def test_mixed(self):
        # a ⇄ b, b → c, c → a. a: d = 3, b = 1: possible 3·2 - 2 = 4 (halves counted once), triangles 2·1·1 = 2.
        # b: the same. c: d = 2, possible 2, triangles 2.
        assert_allclose(centrality.local_clustering(network("ab ba bc ca", "abc")), [0.5, 0.5, 1])

    def test_refuses_another_word(self):
        with pytest.raises(ArgumentError, match='isolates must be "nan" or "zero", but is 0'):
            centrality.local_clustering(STAR, isolates=0)

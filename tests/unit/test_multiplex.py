"""Several relations at once, by hand: advice, trust and money among four, of whom d did not answer on money."""

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet import inference, multiplex
from wholenet.errors import ArgumentError, KeyNotFoundError, LabelError, ModeError

NAN = float("nan")
ACTORS = pd.DataFrame({"name": list("abcd")})
ADVICE = wn.Network.from_edges((list("abcd"), list("bcda")), ACTORS)
TRUST = wn.Network.from_edges((list("abcc"), list("bcdb")), ACTORS)
MONEY = wn.Network.from_edges((list("abc"), list("bad")), ACTORS, weight=[5.0, 2.0, 1.0], respondents=list("abc"))
RELATIONS = {"advice": ADVICE, "trust": TRUST, "money": MONEY}


def test_overlap_by_hand():
    """Advice and money over the 9 dyads of a, b and c: a-b and c-d in both, b-c and b-a in one."""
    table = multiplex.overlap(RELATIONS)
    columns = ["x", "y", "both", "only_x", "only_y", "neither", "dyads"]
    assert table[columns].to_numpy().tolist() == [
        ["advice", "trust", 3, 1, 1, 7, 12],
        ["advice", "money", 2, 1, 1, 5, 9],
        ["trust", "money", 2, 2, 1, 4, 9],
    ]
    assert table["jaccard"].tolist() == pytest.approx([3 / 5, 2 / 4, 2 / 5])
    assert table["matching"].tolist() == pytest.approx([10 / 12, 7 / 9, 6 / 9])
    assert table["x_also_y"].tolist() == pytest.approx([3 / 4, 2 / 3, 2 / 4])
    assert table["y_also_x"].tolist() == pytest.approx([3 / 4, 2 / 3, 2 / 3])
    assert table["r"].tolist() == pytest.approx([0.625, (2 * 5 - 1) / 18, (2 * 4 - 2 * 1) / np.sqrt(4 * 5 * 3 * 6)])


def test_overlap_without_ties():
    empty = wn.Network.from_matrix(np.zeros((4, 4)), ACTORS)
    row = multiplex.overlap({"advice": ADVICE, "none": empty}).iloc[0]
    assert row[["both", "only_x", "only_y", "neither"]].tolist() == [0, 4, 0, 8]
    assert (row["jaccard"], row["x_also_y"]) == (0, 0)
    assert np.isnan(row["y_also_x"])
    assert np.isnan(row["r"])
    assert np.isnan(multiplex.overlap({1: empty, 2: empty})["jaccard"].item())


def test_undirected_relations_count_pairs_once():
    one, other = ADVICE.symmetrize("union"), TRUST.symmetrize("union")
    row = multiplex.overlap({"one": one, "other": other}).iloc[0]
    # a-b, b-c, c-d in both; d-a in advice.
    assert row[["both", "only_x", "only_y", "neither", "dyads"]].tolist() == [3, 1, 0, 2, 6]
    mixed = multiplex.overlap({"one": one, "trust": TRUST}).iloc[0]
    assert mixed[["both", "only_x", "only_y", "neither", "dyads"]].tolist() == [4, 4, 0, 4, 12]


def test_multiplexity_by_hand():
    assert multiplex.multiplexity({"advice": ADVICE, "trust": TRUST}).tolist() == [
        [0, 2, 0, 0],
        [0, 0, 2, 0],
        [0, 1, 0, 2],
        [1, 0, 0, 0],
    ]
    found = multiplex.multiplexity(RELATIONS)
    np.testing.assert_array_equal(found, [[0, 3, 0, 0], [1, 0, 2, 0], [0, 1, 0, 3], [NAN, NAN, NAN, 0]])


def test_types_per_tie_by_hand():
    """Without the dyads of d: b-a and c-b of one type, b-c of two, a-b and c-d of three."""
    table = multiplex.types_per_tie(RELATIONS)
    assert table["types"].tolist() == [1, 2, 3]
    assert table["dyads"].tolist() == [2, 1, 2]
    assert table["share"].tolist() == [0.4, 0.2, 0.4]
    one = multiplex.types_per_tie({"advice": ADVICE})
    assert one["dyads"].tolist() == [4]
    nothing = multiplex.types_per_tie({"none": wn.Network.from_matrix(np.zeros((4, 4)))})
    assert nothing["dyads"].tolist() == [0]
    assert np.isnan(nothing["share"]).all()


def test_multiplex_degree_by_hand():
    out = multiplex.multiplex_degree(RELATIONS, mode="out")
    assert out.columns.tolist() == [
        "actor", "advice", "trust", "money", "partners", "ties", "types_per_partner", "observed",
    ]  # fmt: skip
    assert out["partners"].tolist() == [1, 2, 2, 1]
    assert out["ties"].tolist() == [3, 3, 4, 1]
    assert out["types_per_partner"].tolist() == [3, 1.5, 2, 1]
    assert out["observed"].tolist() == [3, 3, 3, 0]
    into = multiplex.multiplex_degree(RELATIONS, mode="in")
    assert into["money"].tolist() == [1, 1, 0, 1]
    assert into["partners"].tolist() == [2, 2, 1, 1]
    assert into["observed"].tolist() == [2, 2, 2, 3]
    either = multiplex.multiplex_degree(RELATIONS)
    # a: b (three types), d (advice). b: a (three), c (two). c: b (two), d (three). d: a, c.
    assert either["partners"].tolist() == [2, 2, 2, 2]
    assert either["ties"].tolist() == [4, 5, 5, 4]
    assert either["observed"].tolist() == [2, 2, 2, 0]


def test_degrees_are_those_of_centrality():
    for mode in ("in", "out"):
        table = multiplex.multiplex_degree(RELATIONS, mode=mode)
        for name, net in RELATIONS.items():
            assert table[name].tolist() == wn.centrality.degree(net, mode=mode).tolist()


def test_relations_that_are_the_same_as_text_have_no_columns_of_their_own():
    net = wn.Network.from_edges((list("ab"), list("bc")))
    with pytest.raises(ArgumentError, match="two relations are called '1' as text"):
        wn.multiplex.multiplex_degree({1: net, "1": net})


def test_an_actor_without_partners():
    table = multiplex.multiplex_degree({"advice": wn.Network.from_edges((["a"], ["b"]), ACTORS)})
    assert table["partners"].tolist() == [1, 1, 0, 0]
    assert np.isnan(table["types_per_partner"]).tolist() == [False, False, True, True]


# Co-occurrence --------------------------------------------------------------------------------------------


def every(x, y):
    """Shares of common dyads tied in both, under every permutation of four actors."""
    found = []
    for order in permutations(range(4)):
        moved = x[np.ix_(order, order)]
        both = moved + y  # NaN where either was not observed
        np.fill_diagonal(both, NAN)
        found.append((both[~np.isnan(both)] == 2).mean())
    return np.array(found)


def test_cooccurrence_by_every_permutation():
    found = multiplex.cooccurrence({"advice": ADVICE, "trust": TRUST}, permutations=20_000, seed=1)
    shares = every(ADVICE.to_matrix(), TRUST.to_matrix())
    assert (found.both.tolist(), found.dyads.tolist()) == ([3], [12])
    assert shares.mean() * 12 == pytest.approx(4 * 4 / 12)  # as if ties were dealt to dyads
    # Of 20,000 draws the standard error is sd ÷ 141.
    assert found.expected == pytest.approx([4 / 3], abs=5 * found.sd[0] / 141)
    assert found.sd == pytest.approx([12 * shares.std()], rel=0.03)
    assert found.ratio == pytest.approx(3 / found.expected)
    p = (shares >= 3 / 12 - 1e-12).mean()
    assert found.p_upper == pytest.approx([p], abs=5 * np.sqrt(p / 20_000))
    assert set(np.round(found.tests[0].distribution * 12)) == set(np.round(shares * 12))


def test_cooccurrence_where_one_did_not_answer():
    """Moved with its actors, d's row hides other dyads in each permutation: shares of common dyads are compared."""
    found = multiplex.cooccurrence({"money": MONEY, "advice": ADVICE}, permutations=20_000, seed=1)
    tied = np.where(np.isnan(MONEY.to_matrix()), NAN, MONEY.to_matrix() != 0)
    shares = every(tied, ADVICE.to_matrix())
    assert (found.both.tolist(), found.dyads.tolist()) == ([2], [9])
    assert found.expected == pytest.approx([9 * shares.mean()], abs=5 * found.sd[0] / 141)
    p = (shares >= 2 / 9 - 1e-12).mean()
    assert found.p_upper == pytest.approx([p], abs=5 * np.sqrt(p / 20_000))


def test_cooccurrence_where_the_same_one_did_not_answer():
    """Those who answered are permuted among each other: a, b and c have six orders, each over nine dyads."""
    advice = wn.Network.from_edges((list("abc"), list("bcd")), ACTORS, respondents=list("abc"))
    found = multiplex.cooccurrence({"money": MONEY, "advice": advice}, permutations=6000, seed=1)
    money, other = np.nan_to_num(MONEY.to_matrix()) > 0, np.nan_to_num(advice.to_matrix()) > 0
    counts = np.array([(money[np.ix_([*order, 3], [*order, 3])] & other).sum() for order in permutations(range(3))])
    assert (found.both.tolist(), found.dyads.tolist()) == ([2], [9])
    assert set(np.round(found.tests[0].distribution * 9)) == set(counts)
    # Of 6,000 draws the standard error is sd ÷ 77.
    assert found.expected == pytest.approx([counts.mean()], abs=5 * found.sd[0] / 77)


def test_cooccurrence_is_tested_as_by_qap():
    """Where all was observed the count, the Jaccard coefficient and the correlation are equally extreme."""
    relations = {"advice": ADVICE, "trust": TRUST, "back": TRUST.reverse()}
    found = multiplex.cooccurrence(relations, permutations=999, seed=3)
    assert found.pairs == (("advice", "trust"), ("advice", "back"), ("trust", "back"))
    for kind in ("jaccard", "pearson"):
        wanted = inference.qap_matrix(relations, kind=kind, permutations=999, seed=3)
        assert found.p_upper.tolist() == [one.p_upper for one in wanted.tests]
        assert found.p_lower.tolist() == [one.p_lower for one in wanted.tests]
    assert found.p_holm.tolist() == inference.adjust(found.p_two_sided).tolist()


def test_a_relation_without_ties_co_occurs_with_none():
    empty = wn.Network.from_matrix(np.zeros((4, 4)), ACTORS)
    found = multiplex.cooccurrence({"advice": ADVICE, "none": empty}, permutations=99, seed=1)
    assert (found.both.tolist(), found.expected.tolist(), found.p_two_sided.tolist()) == ([0], [0], [1])
    assert np.isnan(found.ratio).all()
    assert "none expected" in found.plot().svg
    found._repr_html_()


def test_the_same_bits_anywhere():
    relations = {"advice": ADVICE, "trust": TRUST}
    alone = multiplex.cooccurrence(relations, permutations=200, seed=5)
    with ThreadPoolExecutor(3) as pool:
        spread = multiplex.cooccurrence(relations, permutations=200, seed=5, executor=pool)
        other = multiplex.structures(relations, draws=60, seed=5, executor=pool)
    assert np.array_equal(alone.tests[0].distribution, spread.tests[0].distribution)
    assert alone.to_frame().equals(spread.to_frame())
    assert multiplex.structures(relations, draws=60, seed=5).to_frame().equals(other.to_frame())
    drawn = multiplex.cooccurrence(relations, permutations=20)
    assert multiplex.cooccurrence(relations, permutations=20, seed=drawn.seed).to_frame().equals(drawn.to_frame())


def test_the_public_kinds_of_qap_are_as_before():
    with pytest.raises(ArgumentError, match="kind must be"):
        inference.qap_correlation(ADVICE, TRUST, kind="both")


# Structures -----------------------------------------------------------------------------------------------


def test_structures_are_paired_comparisons():
    rng = np.random.default_rng(2)
    cells = rng.random((3, 12, 12)) < [[[0.2]], [[0.4]], [[0.3]]]
    nets = {name: wn.Network.from_matrix(np.where(np.eye(12), 0, one)) for name, one in zip("xyz", cells, strict=True)}
    found = multiplex.structures(nets, ["density", "reciprocity", wn.cohesion.centralization], draws=100, seed=4)
    assert found.pairs == (("x", "y"), ("x", "z"), ("y", "z")) * 3
    for (x, y), one in zip(found.pairs, found.comparisons, strict=True):
        measure = wn.cohesion.centralization if one.name == "centralization" else one.name
        wanted = inference.compare_networks(nets[x], nets[y], measure, paired=True, draws=100, seed=4)
        for field in ("first", "second", "se_first", "se_second", "difference", "se", "lower", "upper", "p_two_sided"):
            assert getattr(one, field) == getattr(wanted, field)
    table = found.to_frame()
    assert table["p_holm"].tolist() == inference.adjust(table["p"]).tolist()
    shuffled = {name: net.subset(net.labels[::-1]) if name != "x" else net for name, net in nets.items()}
    again = multiplex.structures(shuffled, "density", draws=100, seed=4).to_frame()
    assert again.drop(columns="p_holm").equals(table.iloc[:3].drop(columns="p_holm"))


def test_structures_by_default():
    """A ring with ties back, and a star with a ring round it."""
    ring = [*zip("abcdef", "bcdefa", strict=True), *zip("bcdea", "abcde", strict=True)]
    advice = wn.Network.from_edges(ring)
    star = [*zip("bcdea", "aaaab", strict=True), *zip("bcde", "cdeb", strict=True)]
    trust = wn.Network.from_edges(star, pd.DataFrame({"name": list("abcdef")}))
    found = multiplex.structures({"advice": advice, "trust": trust}, draws=20, seed=2)
    table = found.to_frame()
    assert table["statistic"].tolist() == [
        "density",
        "in-degree centralization",
        "out-degree centralization",
        "reciprocity",
    ]
    # Advice: f has one tie in and one out, the others two; of 11 ties e-f, f-a and a-e are not mutual.
    assert table["first"].tolist() == pytest.approx([11 / 30, (12 - 11) / 25, (12 - 11) / 25, 8 / 11])
    # Trust: in-degrees 4, 2, 1, 1, 1, 0; out-degrees 1, 2, 2, 2, 2, 0; of 9 ties a-b and b-a are mutual.
    assert table["second"].tolist() == pytest.approx([9 / 30, (24 - 9) / 25, (12 - 9) / 25, 2 / 9])
    assert "4 measures of 2 relations" in repr(found)
    assert "Holm" in found._repr_html_()
    named = multiplex.structures({"advice": ADVICE, "trust": TRUST}, {"how dense": "density"}, draws=50, seed=1)
    assert named.to_frame()["statistic"].tolist() == ["how dense"]


@pytest.mark.parametrize(
    ("measures", "options", "error", "match"),
    [
        (3, {}, ArgumentError, "measures must be names"),
        ([], {}, ArgumentError, "at least one"),
        ("densty", {}, KeyNotFoundError, "density"),
        ("degree", {}, ArgumentError, "number per actor"),
        (None, {"draws": 1}, ArgumentError, "draws"),
        (None, {"confidence": 95}, ArgumentError, "confidence"),
    ],
)
def test_structures_that_are_none(measures, options, error, match):
    with pytest.raises(error, match=match):
        multiplex.structures({"advice": ADVICE, "trust": TRUST}, measures, **{"draws": 9, "seed": 1, **options})


# What all of them take ------------------------------------------------------------------------------------

ALL = {
    "overlap": multiplex.overlap,
    "multiplexity": multiplex.multiplexity,
    "types_per_tie": multiplex.types_per_tie,
    "multiplex_degree": multiplex.multiplex_degree,
    "cooccurrence": lambda one: multiplex.cooccurrence(one, permutations=9, seed=1).to_frame(),
    "structures": lambda one: multiplex.structures(one, "density", draws=9, seed=1).to_frame(),
}
each = pytest.mark.parametrize("function", ALL.values(), ids=ALL)


@each
def test_a_study_of_one_place_and_wave(function):
    keys = {("x", 1, name): net for name, net in RELATIONS.items()}
    study = wn.Study(keys, by=["place", "wave", "relation"])
    # A study has its networks in sorted order.
    wanted, found = function({name: RELATIONS[name] for name in ("advice", "money", "trust")}), function(study)
    same = np.array_equal(found, wanted, equal_nan=True) if isinstance(found, np.ndarray) else found.equals(wanted)
    assert same
    both = wn.Study({**keys, **{("x", 2, name): net for name, net in RELATIONS.items()}}, by=study.by)
    with pytest.raises(ArgumentError, match=r"differ by 'wave', 'relation'.*study.select\(wave=...\)"):
        function(both)


@each
def test_actors_in_another_order(function):
    other = {**RELATIONS, "trust": TRUST.subset(list("dbca"))}
    found, wanted = function(other), function(RELATIONS)
    same = np.array_equal(found, wanted, equal_nan=True) if isinstance(found, np.ndarray) else found.equals(wanted)
    assert same


@each
def test_relations_that_do_not_fit(function):
    with pytest.raises(LabelError, match="'trust'"):
        function({"advice": ADVICE, "trust": TRUST.subset(list("abc"))})
    with pytest.raises(ModeError):
        function({"advice": ADVICE, "meetings": wn.Network.from_edges((["a"], ["m"]), two_mode=True)})
    with pytest.raises(ArgumentError, match="mapping"):
        function([ADVICE, TRUST])
    with pytest.raises(ArgumentError, match="must be a wholenet"):
        function({"advice": ADVICE.to_matrix(), "trust": TRUST})
    with pytest.raises(ArgumentError, match="or more, but holds 0"):
        function({})


@pytest.mark.parametrize("name", ["overlap", "cooccurrence", "structures"])
def test_one_relation_is_too_few(name):
    with pytest.raises(ArgumentError, match=r"2 relations or more, but holds 1 \('advice'\)"):
        ALL[name]({"advice": ADVICE})


@each
def test_tables_are_of_the_callers_kind(function):
    nets = {
        name: wn.Network.from_edges(pl.DataFrame({"source": list("abc"), "target": list(to)}))
        for name, to in (("x", "bca"), ("y", "bcb"))
    }
    found = function(nets)
    assert isinstance(found, pl.DataFrame | np.ndarray)


def test_names_that_are_taken():
    with pytest.raises(ArgumentError, match="'ties'"):
        multiplex.multiplex_degree({"ties": ADVICE})
    with pytest.raises(ArgumentError, match="mode"):
        multiplex.multiplex_degree(RELATIONS, mode="both")


def test_recipe():
    found = multiplex.cooccurrence({"advice": ADVICE, "money": MONEY}, permutations=9, seed=1)
    assert found.recipe[0].startswith("'advice': ")
    assert "Recipe" in found._repr_html_()
    assert repr(found).startswith("<Cooccurrence: 1 pair of relations, 0 with p")

"""Tests of permuted groups by hand: of five actors there are ten ways to deal three and two labels."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet import inference, mixing
from wholenet.errors import ArgumentError, ColumnError, LabelError, ModeError, ModelError, SignedTiesError

ACTORS = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "care", "school", "school"], "one": "x"})
# A triangle and a pair.
NET = wn.Network.from_edges((list("abcd"), list("bcae")), ACTORS, directed=False)
DIRECTED = wn.Network.from_edges((list("abcde"), list("bcaea")), ACTORS)
# Of one tenth, found in 5,000 draws, the standard error is 0.0042.
NEAR = {"abs": 0.017}


def test_ei_by_hand():
    """School at d and e: all four ties within. At one of them: three between. At none: two between."""
    found = inference.ei_test(NET, by="sector", seed=1)
    assert found.estimate == -1 == mixing.ei_index(NET, by="sector")
    values, counts = np.unique(found.distribution, return_counts=True)
    assert values.tolist() == [-1.0, 0.0, 0.5]
    assert counts / 5000 == pytest.approx([0.1, 0.3, 0.6], abs=0.035)
    assert found.p_lower == pytest.approx(0.1, **NEAR)
    assert found.p_upper == 1
    assert found.p_two_sided == 2 * found.p_lower
    assert found.p_lower == (1 + (found.distribution == -1).sum()) / 5001


def test_ei_of_groups_by_hand():
    """Three ties within care; one within school. With e's label at a: b-c within care, d's tie and a's two between."""
    found = inference.ei_test(NET, by="sector", level="group", seed=1)
    assert found.to_frame()[["group", "external", "internal", "ei"]].to_numpy().tolist() == [
        ["care", 0, 3, -1],
        ["school", 0, 1, -1],
    ]
    # School at a and b: within 1, between 2. At d and e: -1. At one of each: 2 + 1 between, none within.
    assert set(np.round(found.distribution[:, 1], 3)) == {-1.0, 0.333, 1.0}
    assert found.p_lower == pytest.approx([0.1, 0.1], **NEAR)
    assert found.p_holm.tolist() == inference.adjust(found.p_two_sided).tolist()
    assert found.ratio is None
    assert "ratio" not in found.to_frame()


def test_sector_densities_by_hand():
    """Care has all of the triangle in one of ten deals; school has one of the four ties in four."""
    found = inference.sector_density_test(NET, by="sector", seed=1)
    assert found.to_frame()[["from", "to", "ties", "dyads", "density"]].to_numpy().tolist() == [
        ["care", "care", 3, 3, 1],
        ["care", "school", 0, 6, 0],
        ["school", "school", 1, 1, 1],
    ]
    assert found.expected == pytest.approx([0.4, 0.4, 0.4], abs=0.03)
    assert found.ratio == pytest.approx(found.estimate / found.expected)
    # School at any of the four ties: density 1.
    assert found.p_upper == pytest.approx([0.1, 1, 0.4], abs=0.03)
    assert found.p_lower == pytest.approx([1, 0.1, 1], **NEAR)
    assert found.sd[2] == pytest.approx(np.sqrt(0.4 * 0.6), abs=0.01)


def test_constant_homophily_by_hand():
    """All ties within, none between: R² is 1. Else by the correlation of ten dyads."""
    found = inference.density_model(NET, by="sector", model="constant_homophily", seed=1)
    assert found.terms == ("intercept", "within groups")
    assert found.estimate.tolist() == [0, 1]
    assert found.dyads.tolist() == [6, 4]
    assert (found.r_squared, found.adjusted_r_squared, found.f) == (1, 1, np.inf)
    assert found.p == pytest.approx(0.1, **NEAR)
    assert found.p_upper[1] == pytest.approx(0.1, **NEAR)
    # 1 of 4 ties within: densities 1/4 and 3/6; 2 of 4: 2/4 and 2/6.
    assert set(np.round(found.distribution[:, 1], 4)) == {1.0, round(1 / 4 - 3 / 6, 4), round(2 / 4 - 2 / 6, 4)}


def test_adjusted_r_squared_by_hand():
    """Eight ties and twelve absences among 20 ordered pairs: 5 cells of density."""
    found = inference.density_model(DIRECTED, by="sector", model="structural_blockmodel", seed=1)
    assert found.terms == ("intercept", "care → care", "care → school", "school → care")
    np.testing.assert_allclose(found.estimate, [1 / 2, 1 / 2 - 1 / 2, -1 / 2, 1 / 6 - 1 / 2])
    assert found.dyads.tolist() == [2, 6, 6, 6]
    total = 5 * 0.75**2 + 15 * 0.25**2
    residual = 6 / 4 + 0 + 6 * (1 / 6) * (5 / 6) + 2 / 4
    assert found.r_squared == pytest.approx(1 - residual / total)
    assert found.adjusted_r_squared == pytest.approx(1 - residual / 16 / (total / 19))
    assert found.f == pytest.approx((total - residual) / 3 / (residual / 16))


def test_variable_homophily_by_hand():
    found = inference.density_model(DIRECTED, by="sector", seed=1)
    assert found.terms == ("intercept", "within care", "within school")
    np.testing.assert_allclose(found.estimate, [1 / 12, 1 / 2 - 1 / 12, 1 / 2 - 1 / 12])
    undirected = inference.density_model(NET, by="sector", model="structural_blockmodel", seed=1)
    assert undirected.terms == ("intercept", "care - care", "care - school")
    assert undirected.estimate.tolist() == [1, 0, -1]


def test_a_group_of_one_has_no_dyads_within():
    actors = pd.DataFrame({"name": list("abcd"), "sector": ["care", "care", "school", "work"]})
    net = wn.Network.from_edges((list("abc"), list("bcd")), actors)
    found = inference.density_model(net, by="sector", seed=1, permutations=50)
    assert found.terms == ("intercept", "within care", "within school", "within work")
    assert np.isnan(found.estimate).tolist() == [False, False, True, True]
    assert np.isnan(found.p_two_sided).tolist() == [False, False, True, True]
    assert found.adjusted_r_squared == pytest.approx(1 - (1 - found.r_squared) * 11 / 10)
    pairs = inference.density_model(net, by="sector", model="structural_blockmodel", seed=1, permutations=50)
    assert pairs.terms[0] == "intercept"
    assert "work → school" not in pairs.terms  # the last pair with dyads is the intercept
    table = inference.sector_density_test(net, by="sector", seed=1, permutations=50).to_frame()
    assert np.isnan(table["p"][table["dyads"] == 0]).all()
    assert not np.isnan(table["p_holm"][table["dyads"] > 0]).any()


def test_dyads_that_were_not_observed_are_left_out():
    net = wn.Network.from_edges((list("abc"), list("bcd")), ACTORS, respondents=list("abcd"))
    found = inference.sector_density_test(net, by="sector", seed=1)
    theirs = mixing.sector_density(net, by="sector")
    np.testing.assert_allclose(found.estimate, theirs["density"])
    assert found.rows["dyads"].tolist() == theirs["dyads"].tolist() == [6, 6, 3, 1]
    assert found.observed == "16 of 20 dyads"
    # Dealt school with one other, e adds a dyad to it or none: never NaN here.
    assert not np.isnan(found.distribution).any()
    few = wn.Network.from_edges((["a"], ["b"]), ACTORS, respondents=["a", "b"], directed=False)
    draws = inference.sector_density_test(few, by="sector", seed=1).distribution[:, 2]
    # d and e are silent, and so are any two whom school is dealt to: nothing is observed between them.
    assert np.isnan(draws).all()


def test_values_are_summed():
    valued = wn.Network.from_edges((list("abcd"), list("bcae")), ACTORS, weight=[2, 2, 2, 2], directed=False)
    one, other = (inference.sector_density_test(net, by="sector", seed=1) for net in (valued, NET))
    np.testing.assert_allclose(one.distribution, 2 * other.distribution)
    assert one.p_two_sided.tolist() == other.p_two_sided.tolist()
    assert inference.ei_test(valued, by="sector", seed=1).estimate == -1
    model = inference.density_model(valued, by="sector", seed=1)
    np.testing.assert_allclose(model.estimate, [0, 2, 2])
    assert model.r_squared == pytest.approx(1)


def test_no_ties_have_no_index():
    net = wn.Network.from_matrix(np.zeros((5, 5)), ACTORS)
    found = inference.ei_test(net, by="sector", seed=1, permutations=20)
    assert np.isnan([found.estimate, found.p_lower, found.p_two_sided]).all()
    assert inference.sector_density_test(net, by="sector", seed=1, permutations=20).p_two_sided.tolist() == [1] * 4
    with pytest.raises(ModelError, match="nothing to explain"):
        inference.density_model(net, by="sector")
    with pytest.raises(ModelError, match="only 1 of them has"):
        inference.density_model(NET, by="one")
    assert inference.ei_test(NET, by="one", permutations=20).p_two_sided == 1


@pytest.mark.parametrize("function", [inference.ei_test, inference.sector_density_test, inference.density_model])
def test_the_same_seed_gives_the_same_bits_wherever(function):
    one = function(DIRECTED, by="sector", seed=3, permutations=99)
    with ThreadPoolExecutor(3) as pool:
        other = function(DIRECTED, by="sector", seed=3, permutations=99, executor=pool)
    assert one.distribution.tobytes() == other.distribution.tobytes()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        third = function(DIRECTED, by="sector", seed=3, permutations=99, executor=pool)
    assert one.distribution.tobytes() == third.distribution.tobytes()
    assert function(DIRECTED, by="sector", permutations=9).seed >= 0


@pytest.mark.parametrize("function", [inference.ei_test, inference.sector_density_test, inference.density_model])
def test_what_is_refused(function):
    with pytest.raises(ColumnError):
        function(NET, by="sektor")
    with pytest.raises(ArgumentError, match="permutations must be a whole number of at least 1"):
        function(NET, by="sector", permutations=0)
    with pytest.raises(ModeError):
        function(wn.Network.from_matrix([[1, 0]], two_mode=True), by="sector")
    gap = NET.with_actors(ACTORS.assign(sector=["care", None, "care", "school", "school"]))
    with pytest.raises(LabelError, match=r"1 actors have no 'sector' \('b'\)"):
        function(gap, by="sector")
    many = wn.Network.from_edges((range(1100), range(1, 1101)))
    with pytest.raises(ArgumentError, match="a test of groups takes 1,000 at most"):
        function(many, by="actor")


def test_words_and_signs():
    with pytest.raises(ArgumentError, match='level must be "network" or "group"'):
        inference.ei_test(NET, by="sector", level="actor")
    with pytest.raises(ArgumentError, match="model must be"):
        inference.density_model(NET, by="sector", model="homophily")
    signed = wn.Network.from_edges((["a"], ["b"]), ACTORS, weight=[-1], signed=True)
    with pytest.raises(SignedTiesError):
        inference.ei_test(signed, by="sector")
    assert inference.sector_density_test(signed, by="sector", permutations=9).estimate[0] == -1 / 6


def test_what_results_show():
    found = inference.sector_density_test(DIRECTED, by="sector", seed=1, permutations=200)
    assert "density of 4 pairs of groups" in repr(found)
    assert "'sector'" in found.null
    assert "care to care" in found._repr_html_()
    assert "care to care" in found.plot().description
    model = inference.density_model(DIRECTED, by="sector", seed=1, permutations=200)
    assert "R²" in repr(model)
    assert "within care" in model._repr_html_()
    assert model.to_frame()["term"].tolist() == list(model.terms)
    assert "R²" in model.plot().description
    theirs = wn.Network.from_edges(pl.DataFrame({"source": ["a"], "target": ["b"]}), pl.from_pandas(ACTORS))
    assert isinstance(inference.sector_density_test(theirs, by="sector", permutations=9).to_frame(), pl.DataFrame)
    assert inference.ei_test(NET, by="sector", permutations=9).peers.startswith("UCINET: E-I index")


def test_labels_that_have_nothing_to_do_with_ties_are_found_as_often_as_it_says():
    """Ties depend on who sends and who receives them; the groups do not. 300 networks."""
    random, n, sets = np.random.default_rng(9), 20, 300
    p = {"ei": [], "model": [], "holm": [], "cell": []}
    for place in range(sets):
        sender, receiver = random.standard_normal((2, n))
        chance = 1 / (1 + np.exp(1 - sender[:, None] - receiver))
        actors = pd.DataFrame({"id": range(n), "group": random.integers(3, size=n)})
        net = wn.Network.from_matrix((random.random((n, n)) < chance) * (1.0 - np.eye(n)), actors)
        options = {"by": "group", "permutations": 99, "seed": place}
        p["ei"].append(inference.ei_test(net, **options).p_two_sided)
        p["model"].append(inference.density_model(net, **options).p)
        pairs = inference.sector_density_test(net, **options)
        p["cell"].append(pairs.p_two_sided[0])
        p["holm"].append(np.nanmin(pairs.p_holm))
    rates = {name: np.mean(np.array(values) <= 0.1) for name, values in p.items()}
    # 300 sets: 10 % has a standard error of 1.7 %. A two-sided p counts each side up to 5 %.
    assert 0.055 <= rates["model"] <= 0.145
    assert 0.05 <= rates["ei"] <= 0.145
    assert 0.04 <= rates["cell"] <= 0.145
    assert rates["holm"] <= 0.145


def test_those_who_answered_are_permuted_among_each_other():
    """One group is mostly silent: it has few ties, and no fewer than chance gives those who do not answer."""
    sector = ["care"] * 4 + ["school"] * 4
    actors = pd.DataFrame({"name": list("abcdefgh"), "sector": sector})
    complete = wn.Network.from_matrix(1 - np.eye(8), actors)
    net = wn.Network.from_edges(
        complete.to_edges().query("source in ['a', 'e', 'f', 'g', 'h']"), actors, respondents=list("aefgh")
    )
    for found in (
        inference.ei_test(net, by="sector", permutations=200, seed=1),
        inference.join_count(net, by="sector", permutations=200, seed=1),
    ):
        # All are tied to all: nothing can be more than chance.
        assert (np.atleast_1d(found.p_two_sided) > 0.1).all()
    found = inference.join_count(net, by="sector", permutations=4000, seed=1)
    np.testing.assert_allclose(found.distribution.mean(axis=0), found.expected, atol=0.2)
    assert found.expected.sum() == pytest.approx(net.n_ties)

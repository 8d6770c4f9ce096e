"""Prominence of marked actors within their sectors, and who networks are made of, by hand."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import permutations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.stats import chi2_contingency, mannwhitneyu

import wholenet as wn
from wholenet import inference
from wholenet.errors import ActorError, ArgumentError, ColumnError, LabelError, ModeError, SmallNetworkError

IN = partial(wn.centrality.degree, mode="in")
NAN = float("nan")
ACTORS = pd.DataFrame(
    {
        "name": list("abcdefgh"),
        "sector": ["care"] * 4 + ["school"] * 3 + ["work"],
        "kind": ["doctor", None, None, "nurse", "desk", None, None, "office"],
        "key": [True, False, False, True, True, False, False, True],
        "number": [1, 0, 0, 1, 1, 0, 0, 1],
        "score": [7.0, 1, 3, 4, 2, 2, 5, 9],
    }
)
TIES = (list("abcdefgh"), list("bcdefgha"))
NET = wn.Network.from_edges(TIES, ACTORS)


def score(net):
    return net.attribute("score").astype(float)


def compared(net=NET, measure=score, **options):
    return inference.prominence(net, measure, **{"mark": "key", "seed": 1, **options})


def answered(who):
    """The ties that some report."""
    return wn.Network.from_edges(
        (list(who), ["e" if one != "e" else "a" for one in who]), ACTORS, respondents=list(who)
    )


def test_statistics_by_hand():
    """Care: a has 7, d 4, the others 1 and 3, mean 2. School: e has 2, the others 2 and 5, mean 3.5; work: left out.

    Differences 5, 2 and -1.5; places 1, 1 and (0 + 1/2) ÷ 2.
    """
    found = compared()
    np.testing.assert_allclose(found.estimate, [5.5 / 3, 2.25 / 3])
    assert (found.counted, found.left_out, found.fixed, found.unknown, found.sectors) == (3, 1, 0, 0, (2, 3))
    table = found.to_frame()
    assert table["actor"].tolist() == list("adeh")
    assert table["others"].tolist() == [2, 2, 2, 0]
    np.testing.assert_allclose(table["others_mean"], [2, 2, 3.5, NAN])
    np.testing.assert_allclose(table["percentile"], [1, 1, 0.25, NAN])
    np.testing.assert_allclose(table["p_upper"], [1 / 3, 1 / 3, 1, NAN])
    np.testing.assert_allclose(table["p_lower"], [1, 1, 2 / 3, NAN])
    assert "1: all of their group are marked" in found._repr_html_()


def test_every_way_to_deal_the_marks():
    """Six ways in care times three in school; the draws find each about as often, and their extremes."""
    care, school = np.array([7.0, 1, 3, 4]), np.array([2.0, 2, 5])
    values = []
    for one, other in {tuple(sorted(order[:2])) for order in permutations(range(4))}:
        for place in range(3):
            rest = [at for at in range(4) if at not in {one, other}]
            total = care[[one, other]].sum() - 2 * care[rest].mean()
            values.append((total + school[place] - np.delete(school, place).mean()) / 3)
    found = compared(permutations=4000)
    exact = np.mean(np.array(values) >= found.estimate[0] - 1e-9)
    assert found.p_upper[0] == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 4000))
    assert found.expected[0] == pytest.approx(0, abs=0.1)
    assert found.expected[1] == pytest.approx(0.5, abs=0.03)
    assert set(np.round(found.distribution[:, 0], 9)) == set(np.round(values, 9))


def test_one_sector_is_the_test_of_mann_and_whitney():
    found = compared(within=None, permutations=20_000)
    scores, marks = ACTORS["score"].to_numpy(), ACTORS["key"].to_numpy()
    expected = mannwhitneyu(scores[marks], scores[~marks]).statistic / (marks.sum() * (~marks).sum())
    assert found.estimate[1] == pytest.approx(expected)
    assert found.estimate[0] == pytest.approx(scores[marks].mean() - scores[~marks].mean())


@pytest.mark.parametrize("mark", ["kind", "number", ["a", "d", "e", "h"], np.array(["h", "e", "d", "a"])])
def test_ways_to_mark(mark):
    assert compared(mark=mark).distribution.tobytes() == compared().distribution.tobytes()


def test_an_empty_text_is_no_mark_and_numbers_are_refused():
    actors = pd.DataFrame({"name": list("abcd"), "kind": ["gp", "", "", None], "level": [1, 0, 2, 0]})
    net = wn.Network.from_edges((["a"], ["b"]), actors)
    found = inference.prominence(net, "degree", mark="kind", within=None, permutations=20, seed=1)
    listed = inference.prominence(net, "degree", mark=["a"], within=None, permutations=20, seed=1)
    assert found.to_frame().equals(listed.to_frame())
    with pytest.raises(ArgumentError, match="but holds 2"):
        inference.prominence(net, "degree", mark="level", within=None, permutations=20, seed=1)


def test_those_who_answered_and_those_who_did_not():
    """Of care a and b did not answer: marks move between these two, and between c and d. Of school e did not, alone."""
    net = answered("cdfgh")
    found = compared(net)
    ways = {
        round((7 + 4 - 2 * 2) / 3 - 0.5, 9),  # a and d
        round((7 + 3 - 2 * 2.5) / 3 - 0.5, 9),  # a and c
        round((1 + 4 - 2 * 5) / 3 - 0.5, 9),  # b and d
        round((1 + 3 - 2 * 5.5) / 3 - 0.5, 9),  # b and c
    }
    assert set(np.round(found.distribution[:, 0], 9)) == ways
    assert found.fixed == 1
    assert found.to_frame()["peers"].tolist() == [1, 1, 0, 0]
    assert "nobody else of the group answered alike" in found._repr_html_()


def test_actors_without_a_value_are_left_out():
    def some(net):
        values = score(net)
        values[[1, 3]] = NAN
        return values

    found = compared(measure=some)
    np.testing.assert_allclose(found.estimate[0], (4 - 1.5) / 2)
    assert (found.unknown, found.counted) == (1, 2)
    assert np.isnan(found.actor_p[1])
    assert "1 marked actors" in found._repr_html_()


def test_prominence_the_same_wherever():
    with ThreadPoolExecutor(2) as pool:
        other = compared(executor=pool)
    assert other.distribution.tobytes() == compared().distribution.tobytes()
    assert (
        compared(measure=IN).distribution[:50].tobytes() == compared(measure=IN, permutations=50).distribution.tobytes()
    )


@pytest.mark.parametrize("marks", [[True, None], [True, False], [1, 0], ["GP", None]])
def test_one_reading_of_marks(marks):
    """Prominence, load and removal read an attribute alike."""
    net = wn.Network.from_edges(TIES, ACTORS.assign(key=marks * 4))
    assert inference.prominence(net, IN, mark="key", within=None, seed=1).actors.tolist() == list("aceg")
    net = net.symmetrize("union")
    assert wn.governance.load(net, mark="key", seed=1, permutations=9).actors["marked"].tolist() == [True, False] * 4
    assert wn.brokerage.removal(net, actors="key", draws=9, seed=1).removed[1:-1] == tuple("aceg")
    other = wn.Network.from_edges(TIES, ACTORS.assign(key=[2.5, None] * 4))
    for call in (
        lambda: inference.prominence(other, IN, mark="key"),
        lambda: wn.governance.load(other.symmetrize("union"), mark="key"),
        lambda: wn.brokerage.removal(other.symmetrize("union"), actors="key"),
    ):
        with pytest.raises(ArgumentError, match=r"='key' must be an attribute of true and false"):
            call()


def test_what_prominence_refuses():
    nothing = wn.Network.from_edges(TIES, ACTORS.assign(key=[True, None] * 4, none=None))
    for options, error, match in (
        ({"mark": "keys"}, ColumnError, "keys"),
        ({"mark": ["z"]}, ActorError, "mark names 'z'"),
        ({"mark": []}, ArgumentError, "no actor is marked by mark"),
        ({"mark": 3}, ActorError, "mark names 3"),
        ({"mark": ["h"]}, ArgumentError, "all or none are marked in each"),
        ({"mark": list("abcdefgh"), "within": None}, ArgumentError, "the network must hold marked and other"),
        ({"within": "kind"}, LabelError, "kind"),
        ({"measure": "density"}, ArgumentError, "one number for the network"),
        ({"measure": lambda net: np.full(net.n_actors, np.inf)}, ArgumentError, "is infinite for 'a'"),
        ({"net": nothing, "mark": "none"}, ArgumentError, "no actor is marked by the attribute 'none'"),
        ({"permutations": 0}, ArgumentError, "permutations"),
    ):
        with pytest.raises(error, match=match):
            compared(**options)
    with pytest.raises(ArgumentError, match="no mark can go to another actor"):
        compared(answered("bcfgh"))
    with pytest.raises(ModeError):
        compared(wn.Network.from_matrix([[1, 0], [0, 1]], two_mode=True))


def test_what_prominence_shows():
    found = compared()
    assert "score of 3 marked actors, 1.83 above others of their sectors" in repr(found)
    assert found.tests()["statistic"].tolist() == ["difference", "place"]
    assert "share of others of the sector below" in found.plot().svg


# Composition ----------------------------------------------------------------------------------------------


def place(prefix, sectors):
    actors = pd.DataFrame({"name": [f"{prefix}{at}" for at in range(len(sectors))], "sector": sectors})
    return wn.Network.from_edges(([f"{prefix}0"], [f"{prefix}1"]), actors)


EAST = place("e", ["care"] * 6 + ["school"] * 3 + ["work"])
WEST = place("w", ["care"] * 2 + ["school"] * 5)
SOUTH = place("s", ["care"] * 3 + ["work"] * 4)
PLACES = {"east": EAST, "west": WEST, "south": SOUTH}


def test_composition_is_that_of_scipy():
    found = inference.composition_test(PLACES, seed=1, permutations=4000)
    assert found.counts.tolist() == [[6, 2, 3], [3, 5, 0], [1, 0, 4]]
    for estimate, way in ((found.chi_square, "pearson"), (found.likelihood_ratio, "log-likelihood")):
        assert estimate == pytest.approx(chi2_contingency(found.counts, correction=False, lambda_=way).statistic)
    assert found.cramers_v == pytest.approx(np.sqrt(found.chi_square / (24 * 2)))
    assert 0 < found.expected_v < found.cramers_v
    assert found.blau.tolist() == [wn.mixing.blau(net, by="sector") for net in PLACES.values()]
    # The mean of chi-square over all ways to deal is df · N ÷ (N - 1).
    assert found.distribution[:, 0].mean() == pytest.approx(4 * 24 / 23, abs=0.15)


def test_composition_of_two_by_two_is_the_exact_test():
    """All 3 of care in one place, both schools in the other: 1 of the 10 ways to deal, and the most extreme."""
    found = inference.composition_test({1: place("a", ["care"] * 3), 2: place("b", ["school"] * 2)}, seed=1)
    assert found.p_chi_square == pytest.approx(0.1, abs=0.015)
    assert found.networks == ["1", "2"]


def test_networks_alike_have_v_0():
    found = inference.composition_test({"a": place("a", ["x", "y"]), "b": place("b", ["x", "y"])}, seed=1)
    assert (found.chi_square, found.likelihood_ratio, found.cramers_v, found.p_chi_square) == (0, 0, 0, 1)


def test_a_study_is_named_by_what_tells_its_networks_apart():
    study = wn.Study({("east", 1): EAST, ("west", 1): WEST}, by=("place", "wave"))
    found = inference.composition_test(study, seed=1)
    assert found.networks == ["east", "west"]
    assert found.to_frame().columns.tolist() == ["group", "east", "share east", "west", "share west"]
    assert found.diversity()["groups"].tolist() == [3, 2]
    assert found.tests()["statistic"].tolist() == ["chi-square", "likelihood ratio"]
    assert "IQV" in found._repr_html_()
    assert found.plot(title="x").svg
    with ThreadPoolExecutor(2) as pool:
        other = inference.composition_test(study, seed=1, executor=pool)
    assert other.distribution.tobytes() == found.distribution.tobytes()


def test_waves_of_one_place_are_refused():
    waves = {1: EAST, 2: EAST.subset(np.arange(10) < 9)}
    with pytest.raises(ArgumentError, match=r"'1' and '2' share 9 of 9 labels.* distinct=True"):
        inference.composition_test(waves)
    assert inference.composition_test(waves, distinct=True, seed=1).common_labels == 9
    some = {"east": EAST, "other": place("w", ["care"] * 4)}
    assert inference.composition_test(some, seed=1).common_labels == 0


def test_what_composition_refuses():
    numbers = wn.Network.from_edges((["p"], ["q"]), pl.DataFrame({"name": ["p", "q"], "sector": [1, 2]}))
    two_mode = wn.Network.from_matrix([[1, 0], [0, 1]], two_mode=True)
    for networks, error, match in (
        (EAST, ArgumentError, "a Study or a mapping"),
        ({"east": EAST}, ArgumentError, "two or more"),
        ({1: EAST, "1": WEST}, ArgumentError, "two or more, of different names"),
        ({"east": EAST, "x": numbers}, ArgumentError, "text in one network and numbers"),
        ({"east": EAST, "x": two_mode}, ModeError, r"networks\['x'\]"),
        ({"east": EAST, "x": 3}, ArgumentError, r"networks\['x'\] must be"),
        ({"east": EAST, "x": wn.Network.from_matrix(np.zeros((0, 0)))}, SmallNetworkError, "at least one actor"),
        ({"east": EAST, "x": wn.Network.from_matrix(np.zeros((2, 2)))}, ColumnError, "sector"),
        ({"a": place("a", ["x", "x"]), "b": place("b", ["x", "x"])}, ArgumentError, "nothing to compare"),
        ({}, ArgumentError, "two or more, of different names, but holds 0"),
    ):
        with pytest.raises(error, match=match):
            inference.composition_test(networks)

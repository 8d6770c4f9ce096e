"""Ranks, prominence and composition against their definitions, counted pair by pair."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

import wholenet as wn
from wholenet import inference
from wholenet.inference._ranks import _in_draw
from wholenet.inference._vertices import Picked
from wholenet.testing import networks

FEW = {"permutations": 5, "seed": 1, "progress": False}


@st.composite
def positions(draw):
    """Values of the positions of one draw, some unknown, and the actors that they hold."""
    n = draw(st.integers(2, 9))
    rows = np.array(draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n)))
    values = np.array(draw(st.lists(st.sampled_from([0.0, 1, 2, 2.5, np.nan]), min_size=n, max_size=n)))
    return rows, values


@given(positions())
def test_ranks_of_a_draw_are_counted_pair_by_pair(made):
    rows, values = made
    n, actors = len(rows), 7
    expected = np.full((2, n), np.nan)
    for actor in set(rows.tolist()):
        found = []
        for at in np.flatnonzero((rows == actor) & ~np.isnan(values)).tolist():
            others = values[(rows != actor) & ~np.isnan(values)]
            if len(others):
                scale = (actors - 1) / len(others)
                above, equal = (others > values[at]).sum(), (others == values[at]).sum()
                found.append((1 + above * scale, 1 + (above + equal) * scale))
        if found:
            expected[:, actor] = np.mean(found, axis=0)
    picked = Picked(rows, rows, (rows[:0], rows[:0]))
    twice = _in_draw(np.array([values, values]), picked, np.array([actors, actors]))
    np.testing.assert_allclose(twice[:, 0], expected, rtol=1e-12)
    np.testing.assert_array_equal(twice[:, 1], twice[:, 0])


@given(networks(min_actors=2, max_actors=8), st.integers(0, 100))
def test_ranks_do_not_depend_on_the_unit_and_turn_with_the_sign(net, seed):
    def degree(one):
        return wn.centrality.degree(one, mode="all")

    measures = {"one": degree, "two": lambda one: 3 * degree(one) + 1, "turned": lambda one: -degree(one)}
    found = inference.rank_intervals(net, measures, draws=6, seed=seed, progress=False)
    np.testing.assert_array_equal(found.distribution[:, 0], found.distribution[:, 1])
    n = net.n_actors
    np.testing.assert_allclose(found.distribution[:, 2], n + 1 - found.distribution[:, 0], rtol=1e-12)
    np.testing.assert_allclose(found.ranks[2], n + 1 - found.ranks[0])


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.booleans(), st.integers(-3, 3)), min_size=2, max_size=12))
def test_prominence_is_counted_actor_by_actor(rows):
    sectors, marks, scores = (np.array(column) for column in zip(*rows, strict=True))
    telling = [name for name in set(sectors.tolist()) if len(set(marks[sectors == name].tolist())) == 2]
    assume(telling)
    actors = pd.DataFrame({"name": range(len(rows)), "sector": sectors, "mark": marks})
    net = wn.Network.from_edges(([0], [1]), actors)
    found = inference.prominence(net, lambda _: scores.astype(float), mark="mark", **FEW)
    differences, places = [], []
    for at in np.flatnonzero(marks & np.isin(sectors, telling)).tolist():
        others = scores[(sectors == sectors[at]) & ~marks]
        differences.append(scores[at] - others.mean())
        places.append((others < scores[at]).mean() + (others == scores[at]).mean() / 2)
    assert found.estimate == pytest.approx([np.mean(differences), np.mean(places)], abs=1e-12)
    known = ~np.isnan(found.percentile)
    assert found.percentile[known] == pytest.approx(places)


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("ab")), min_size=2, max_size=20))
def test_chi_square_is_that_of_scipy(rows):
    places = {name: [one for one, place in rows if place == name] for name in "ab"}
    assume(all(places.values()) and len({one for one, _ in rows}) > 1)
    nets = {}
    for name, sectors in places.items():
        actors = pd.DataFrame({"name": [f"{name}{at}" for at in range(len(sectors))], "sector": sectors})
        nets[name] = wn.Network.from_edges((np.array([], dtype=str), np.array([], dtype=str)), actors)
    found = inference.composition_test(nets, **FEW)
    expected = chi2_contingency(found.counts, correction=False)
    likelihood = chi2_contingency(found.counts, correction=False, lambda_="log-likelihood")
    assert found.chi_square == pytest.approx(expected.statistic, abs=1e-9)
    assert found.likelihood_ratio == pytest.approx(likelihood.statistic, abs=1e-9)
    assert 0 <= found.cramers_v <= 1 + 1e-12

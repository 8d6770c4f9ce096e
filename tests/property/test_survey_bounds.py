"""Bounds against all answers of small networks; treatments and imputation by their laws."""

from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import centrality, cohesion, mixing, survey, testing
from wholenet.errors import WholenetError
from wholenet.survey import _bounds

QUICK = settings(max_examples=40, deadline=None)
SEEDS = st.integers(0, 2**32)
GROUPS = {"sector": ["x", "y"]}
BINARY = testing.networks(min_actors=2, max_actors=4, missing=True, loops=None, attributes=GROUPS).map(
    lambda net: net.dichotomize(above=0)
)
VALUED = testing.networks(min_actors=2, max_actors=4, valued=True, missing=True, loops=None, attributes=GROUPS)
MOST = 6  # unobserved dyads of which all answers are measured in little time

EXACT = {
    "density": cohesion.density,
    "mean_degree": cohesion.mean_degree,
    "active_actors": cohesion.active_actors,
    "isolates": cohesion.isolates,
    "compactness": cohesion.compactness,
    "breadth": cohesion.breadth,
    "connectedness": cohesion.connectedness,
    "fragmentation": cohesion.fragmentation,
    "fragmentation weighted": partial(cohesion.fragmentation, weighted=True),
    "degree": centrality.degree,
    "degree in": partial(centrality.degree, mode="in", normalized=True),
    "degree out": partial(centrality.degree, mode="out"),
    "strength": centrality.strength,
    "reach": centrality.reach,
    "reach in": partial(centrality.reach, k=3, mode="in"),
    "harmonic": centrality.harmonic,
    "harmonic all": partial(centrality.harmonic, mode="all", normalized=True),
    "coreness": centrality.coreness,
    "coreness in": partial(centrality.coreness, mode="in"),
    "reciprocity": cohesion.reciprocity,
    "reciprocity dyads": partial(cohesion.reciprocity, kind="dyads"),
    "ei_index": partial(mixing.ei_index, by="sector"),
    "ei_index actors": partial(mixing.ei_index, by="sector", level="actor"),
    "blau": partial(mixing.blau, by="sector"),
    "iqv": partial(mixing.iqv, by="sector"),
}
READ_VALUES = {
    "density": cohesion.density,
    "strength": partial(centrality.strength, mode="in"),
    "harmonic": partial(centrality.harmonic, distance="inverse"),
    "ei_index": partial(mixing.ei_index, by="sector"),
    "ei_index actors": partial(mixing.ei_index, by="sector", level="actor"),
    "mean_degree": cohesion.mean_degree,
    "reciprocity": cohesion.reciprocity,
}


def every_answer(net, worth=(0.0, 1.0)):
    """All networks with the unobserved cells filled, made from matrices."""
    cells = net.to_matrix()
    open_ = np.argwhere(np.isnan(cells))
    if not net.directed:
        open_ = open_[open_[:, 0] < open_[:, 1]]
    assume(len(open_) > 0 and len(worth) ** len(open_) <= 2**MOST)
    made = []
    for answer in product(worth, repeat=len(open_)):
        full = cells.copy()
        full[open_[:, 0], open_[:, 1]] = answer
        if not net.directed:
            full[open_[:, 1], open_[:, 0]] = answer
        made.append(wn.Network.from_matrix(full, net.actors, directed=net.directed, loops="keep"))
    return made


def extremes(answers, measure):
    """The lowest and highest of a measure where it is defined."""
    found = [np.asarray(measure(one), dtype=float) for one in answers]
    return np.fmin.reduce(found), np.fmax.reduce(found)


SAMPLED = (
    cohesion.transitivity,
    cohesion.average_distance,
    partial(cohesion.centralization, mode="in"),
    centrality.betweenness,
)


def same(found, wanted):
    assert_allclose(np.asarray(found), wanted, rtol=1e-12, atol=1e-12)  # sums in another order


@given(BINARY)
@QUICK
def test_exact_bounds_are_those_of_all_answers(net):
    answers = every_answer(net)
    for name, measure in EXACT.items():
        low, high = extremes(answers, measure)
        found = survey.bounds(net, measure)
        assert (found.exact, found.answers) == (True, 2), name
        same(found.lower, low)
        same(found.upper, high)
    if not net.directed:
        low, high = extremes(answers, centrality.subgraph)
        found = survey.bounds(net, "subgraph")
        assert found.answers == 2
        assert_allclose(found.lower, low, rtol=1e-9)  # eigenvalues
        assert_allclose(found.upper, high, rtol=1e-9)


@given(VALUED)
@QUICK
def test_exact_bounds_with_values(net):
    assume(net.valued)
    answers = every_answer(net, worth=(0.0, 0.25, 3.0, 10.0))
    for name, measure in READ_VALUES.items():
        low, high = extremes(answers, by_steps if name == "harmonic" else measure)
        found = survey.bounds(net, measure, values=(0.25, 10))
        assert (found.exact, found.answers) == (True, 2), name
        same(found.lower, low)
        same(found.upper, high)


def by_steps(net):
    """Harmonic closeness by inverse values; a matrix of zeros and ones makes a network without values."""
    return centrality.harmonic(net, distance="inverse" if net.valued else None)


@given(BINARY, SEEDS)
@QUICK
def test_a_search_stays_inside_and_trying_all_is_exact(net, seed):
    answers = every_answer(net)
    for function in SAMPLED:
        try:
            low, high = extremes(answers, function)
        except WholenetError:
            continue
        found = survey.bounds(net, function)
        assert found.exact
        same(found.lower, low)
        same(found.upper, high)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_bounds, "ALL", 0)
            searched = survey.bounds(net, function, draws=20, seed=seed)
        assert not searched.exact
        inside = (np.asarray(searched.lower) >= low - 1e-12) & (np.asarray(searched.upper) <= high + 1e-12)
        assert (inside | np.isnan(searched.lower)).all()


@given(testing.networks(min_actors=1, missing=None, loops=None, attributes=GROUPS))
@QUICK
def test_laws_of_treatments(net):
    null = survey.null_ties(net)
    assert null.missing.dyads == 0
    assert_array_equal(null.to_matrix(), np.nan_to_num(net.to_matrix()))
    assert (null.directed, null.valued) == (net.directed, net.valued)
    cases = survey.complete_cases(net)
    assert set(cases.labels.tolist()) == set(net.labels.tolist()) - {*net.missing.non_respondents, *net.missing.unseen}
    assert survey.complete_cases(cases) == cases
    if net.directed:
        cells = net.to_matrix()
        treated = survey.reconstruct(net)
        assert_array_equal(treated.to_matrix(), np.where(np.isnan(cells), cells.T, cells))
        assert survey.reconstruct(treated) == treated
        assert survey.reconstruct(net.reverse()).to_matrix().T.tobytes() == treated.to_matrix().tobytes()


@given(testing.networks(min_actors=2, missing=True, loops=None, attributes=GROUPS), SEEDS)
@QUICK
def test_imputation_keeps_what_was_observed_and_its_seed(net, seed):
    assume(net.missing.observed)
    try:
        imputed = survey.impute(net, draws=3, seed=seed)
    except WholenetError:
        assume(False)  # noqa: FBT003 (hypothesis' own signature)
    cells = net.to_matrix()
    for place, one in enumerate(imputed):
        full = one.to_matrix()
        assert_array_equal(np.where(np.isnan(cells), cells, full), cells)
        assert one.missing.dyads == 0
        assert set(full[np.isnan(cells)]) <= {0.0, 1.0, *cells[~np.isnan(cells)]}
        assert one == survey.impute(net, draws=5, seed=seed)[place]
        assert (one.directed, one.valued) == (net.directed, net.valued)

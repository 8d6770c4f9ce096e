"""Bounds worked by hand, and what is refused."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

import wholenet as wn
from wholenet import centrality, cohesion, mixing, survey
from wholenet.errors import ArgumentError, KeyNotFoundError, SignedTiesError

NAN = np.nan
# c did not answer.
NET = wn.Network.from_matrix([[0, 1, 1], [1, 0, 0], [NAN, NAN, 0]], labels=list("abc"))


def test_density_and_degree():
    found = survey.bounds(NET, "density")
    assert (found.lower, found.observed, found.upper, found.exact) == (3 / 6, 3 / 4, 5 / 6, True)
    actors = survey.bounds(NET, partial(centrality.degree, mode="in"))
    assert_array_equal(actors.lower, [1, 1, 1])
    assert_array_equal(actors.upper, [2, 2, 1])
    assert actors.to_frame()["actor"].tolist() == list("abc")
    assert "a" in actors._repr_html_()


def test_what_ties_lower():
    found = survey.bounds(wn.Network.from_matrix([[0, 0, 0], [0, 0, 0], [NAN, NAN, 0]]), "isolates")
    assert (found.lower, found.upper) == (0, 3)


def test_reciprocity():
    # ab is mutual; c may return the tie of a, or not, and send one to b that b does not return.
    found = survey.bounds(NET, "reciprocity")
    assert (found.lower, found.upper) == (2 / 4, 1)
    found = survey.bounds(NET, partial(cohesion.reciprocity, kind="dyads"))
    assert (found.lower, found.upper) == (1 / 3, 1)


def test_reciprocity_where_an_answer_leaves_no_tie():
    # No tie: undefined. Any other answer: one tie that is not returned.
    found = survey.bounds(wn.Network.from_matrix([[0, 0], [NAN, 0]]), "reciprocity")
    assert (found.lower, found.upper, found.exact, found.undefined) == (0, 0, True, 1)


def test_ei_index():
    actors = pd.DataFrame({"name": list("abc"), "sector": ["x", "x", "y"]})
    net = wn.Network.from_matrix([[0, 1, 1], [NAN, 0, NAN], [0, 0, 0]], actors)
    found = survey.bounds(net, partial(mixing.ei_index, by="sector"))
    assert (found.lower, found.upper) == (-1 / 3, 1 / 3)  # b ties to a: E = 1, I = 2; to c: E = 2, I = 1
    assert found.how.startswith("measured with all ties within")


def test_values():
    net = wn.Network.from_matrix([[0, 2, 3], [NAN, 0, 1], [0, 0, 0]])
    with pytest.raises(ArgumentError, match="may read values"):
        survey.bounds(net, "density")
    found = survey.bounds(net, "density", values=(1, 4))
    assert (found.lower, found.upper) == (1, 10 / 6)
    assert survey.bounds(net, "mean_degree").upper == 4 / 3  # does not read values
    assert survey.bounds(net, "harmonic").exact
    with pytest.raises(ArgumentError, match="from 1 to 3"):
        survey.bounds(net, "density", values=(1, 2))
    with pytest.raises(ArgumentError, match="has none"):
        survey.bounds(NET, "density", values=(1, 4))
    for bad in ((1,), (0, 4), (4, 1), ("a", "b"), 3, (1, np.inf), (True, 2)):
        with pytest.raises(ArgumentError, match="pair of the least"):
            survey.bounds(net, "density", values=bad)


def test_few_answers_are_all_tried():
    found = survey.bounds(NET, "transitivity")
    assert found.exact
    assert found.answers == 4
    assert found.how == "all 4 answers measured"
    assert found.seed is None


def test_many_answers_are_searched_and_said_to_be():
    net = next(iter(wn.datasets.youth_care().values())).dichotomize(above=0)
    found = survey.bounds(net, "transitivity", seed=1, draws=40, progress=False)
    assert not found.exact
    assert "true range may be wider" in found.how
    assert "may be wider" in repr(found)
    again = survey.bounds(net, "transitivity", seed=1, draws=40, progress=False)
    assert (found.lower, found.upper) == (again.lower, again.upper)
    assert found.lower < found.observed < found.upper
    actors = survey.bounds(net, "betweenness", seed=1, draws=20, progress=False)
    assert (actors.lower <= actors.upper).all()


def test_the_callers_word():
    found = survey.bounds(NET, lambda net: net.n_ties, monotone="increasing")
    assert (found.lower, found.upper, found.exact) == (3, 5, True)
    found = survey.bounds(NET, lambda net: 10 - net.n_ties, monotone="decreasing")
    assert (found.lower, found.upper) == (5, 7)
    with pytest.raises(ArgumentError, match="is known"):
        survey.bounds(NET, "density", monotone="increasing")


def test_what_is_not_defined_at_one_end_is_searched():
    net = wn.Network.from_matrix([[0, 0], [NAN, 0]])
    found = survey.bounds(net, lambda net: net.n_ties or NAN, monotone="increasing")
    assert (found.lower, found.upper) == (1, 1)
    assert found.how.startswith("all")


def test_everything_observed():
    found = survey.bounds(wn.Network.from_matrix([[0, 1], [0, 0]]), "diameter")
    assert (found.lower, found.upper, found.observed, found.exact) == (1, 1, 1, True)
    assert found.how == "everything was observed"


def test_what_has_no_bounds():
    with pytest.raises(ArgumentError, match="no lowest and highest"):
        survey.bounds(NET, "components")
    for odd in ("dyad_census", "distances", lambda _: "much"):
        with pytest.raises(ArgumentError, match="not one number per actor"):
            survey.bounds(NET, odd)
    with pytest.raises(KeyNotFoundError):
        survey.bounds(NET, "dnsity")
    with pytest.raises(SignedTiesError):
        survey.bounds(wn.Network.from_matrix([[0, -1], [NAN, 0]], signed=True), "density")
    with pytest.raises(ArgumentError, match="monotone"):
        survey.bounds(NET, "diameter", monotone="up")


def test_an_error_of_the_measure_is_told():
    with pytest.raises(wn.WholenetError, match="undirected"):
        survey.bounds(NET, "subgraph")


def test_arguments_that_change_how_a_measure_depends_on_ties_are_searched():
    net = wn.Network.from_matrix(np.where(np.eye(5), 0, NAN)).dichotomize(above=0)
    assert not survey.bounds(net, partial(centrality.closeness, mode="in"), seed=1, draws=10).exact
    assert survey.bounds(net, partial(centrality.reach, k=3), seed=1, draws=10).exact

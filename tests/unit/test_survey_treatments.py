"""Treatments of non-response on small matrices, worked by hand."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

import wholenet as wn
from wholenet import survey
from wholenet.errors import ArgumentError, DirectionError, ModeError

NAN = np.nan
# c and d did not answer; b skipped a question.
CELLS = np.array([[0, 3, 0, 2], [1, 0, NAN, 0], [NAN, NAN, 0, NAN], [NAN, NAN, NAN, 0]])
NET = wn.Network.from_matrix(CELLS, labels=list("abcd"))


def test_null_ties():
    treated = survey.null_ties(NET)
    assert_array_equal(treated.to_matrix(), np.nan_to_num(CELLS))
    assert (treated.missing.dyads, treated.missing.non_respondents) == (0, ())
    assert treated.valued
    assert treated.recipe == (*NET.recipe, "unobserved dyads made absent: 7")


def test_reconstruct():
    treated = survey.reconstruct(NET)
    wanted = [[0, 3, 0, 2], [1, 0, NAN, 0], [0, NAN, 0, NAN], [2, 0, NAN, 0]]
    assert_array_equal(treated.to_matrix(), wanted)
    assert treated.missing.dyads == 4
    words = "reconstructed from the partner's report: 3 of 7 unobserved dyads, 4 left"
    assert treated.recipe == (*NET.recipe, words)


def test_who_has_no_report_at_all_stays_a_non_respondent():
    treated = survey.reconstruct(wn.Network.from_matrix(np.where(np.eye(3), 0, NAN)))
    assert treated.missing.non_respondents == (0, 1, 2)
    assert treated.missing.dyads == 6


def test_complete_cases():
    treated = survey.complete_cases(NET)
    assert treated.labels.tolist() == ["a", "b"]
    assert_array_equal(treated.to_matrix(), [[0, 3], [1, 0]])
    assert treated.recipe[-1] == "complete cases: 2 of 4 actors"


def test_single_dyads_stay_unobserved_among_complete_cases():
    cells = np.array([[0, NAN, 1], [1, 0, 0], [NAN, NAN, 0]])
    treated = survey.complete_cases(wn.Network.from_matrix(cells))
    assert_array_equal(treated.to_matrix(), [[0, NAN], [1, 0]])
    assert treated.recipe[-1] == "complete cases: 2 of 3 actors; 1 single dyads among them stay not observed"


def test_about_whom_nobody_was_asked_is_no_complete_case():
    assert survey.complete_cases(NET.reverse()).labels.tolist() == ["a", "b"]


def test_attributes_order_and_self_ties_are_kept():
    actors = pd.DataFrame({"name": ["z", "a"], "sector": ["care", "school"]})
    net = wn.Network.from_matrix([[1, 1], [NAN, 0]], actors, loops="keep")
    for treated in (survey.null_ties(net), survey.reconstruct(net)):
        assert treated.labels.tolist() == ["z", "a"]
        assert treated.attribute("sector").tolist() == ["care", "school"]
        assert treated.to_matrix()[0, 0] == 1
    assert survey.complete_cases(net).attribute("sector").tolist() == ["care"]


def test_undirected():
    cells = np.array([[0, 1, 0], [1, 0, NAN], [0, NAN, 0]])
    net = wn.Network.from_matrix(cells, directed=False)
    treated = survey.null_ties(net)
    assert not treated.directed
    assert_array_equal(treated.to_matrix(), np.nan_to_num(cells))
    with pytest.raises(DirectionError, match="this network is undirected"):
        survey.reconstruct(net)


def test_two_modes():
    net = wn.Network.from_matrix([[1, 0], [NAN, NAN], [NAN, 1]], two_mode=True)
    treated = survey.null_ties(net)
    assert treated.two_mode
    assert_array_equal(treated.to_matrix(), [[1, 0], [0, 0], [0, 1]])
    assert survey.complete_cases(net).n_actors == 4
    for refused in (survey.reconstruct, survey.impute):
        with pytest.raises(ModeError, match="project"):
            refused(net)
    found = survey.bounds(net, "density")
    assert (found.lower, found.upper) == (2 / 6, 5 / 6)


def test_a_study_is_told_to_map():
    study = wn.Study({1: NET}, by="wave")
    calls = {
        "null_ties": survey.null_ties,
        "reconstruct": survey.reconstruct,
        "complete_cases": survey.complete_cases,
        "impute": survey.impute,
        "bounds": lambda net: survey.bounds(net, "density"),
        "treatments": lambda net: survey.treatments(net, "density"),
    }
    for name, call in calls.items():
        with pytest.raises(ArgumentError, match=rf"Study of 1.*survey\.{name}"):
            call(study)


# Comparing ------------------------------------------------------------------------------------------------


def compared(net, measure="density", **options):
    options = {"by": None, "seed": 1, "draws": 5, **options}
    return {row.treatment: row for row in survey.treatments(net, measure, **options).rows}


def test_all_treatments_by_hand():
    rows = compared(NET.dichotomize(above=0))
    assert rows["available"].value == 3 / 5  # a, and b without c
    assert rows["null"].value == 3 / 12
    assert rows["reconstruct"].value == 4 / 8
    assert rows["union"].value == 2 / 4  # ab, ad tied; ac, bd absent; of bc and cd nobody reports
    assert rows["confirmed"].value == 1  # of ab alone there are two reports
    assert rows["complete"].value == 1
    assert (rows["bounds"].lower, rows["bounds"].upper) == (3 / 12, 10 / 12)
    assert 3 / 12 <= rows["impute"].value <= 10 / 12
    assert (rows["union"].dyads, rows["confirmed"].dyads, rows["complete"].actors) == (4, 1, 2)
    assert all("of an undirected network" in rows[name].note for name in ("union", "confirmed"))
    assert rows["bounds"].note.startswith("exact: ")


def test_what_is_not_possible_has_a_row_that_says_so():
    undirected = wn.Network.from_matrix([[0, 1], [1, 0]], directed=False)
    rows = compared(undirected, by="sector")
    assert rows["reconstruct"].note.startswith("not possible: ")
    assert rows["union"].note.startswith("not possible: ")
    assert "no column 'sector'" in rows["impute"].note
    nobody = wn.Network.from_matrix([[0, NAN], [NAN, 0]])
    rows = compared(nobody)
    assert rows["complete"].note == "not defined: no actor is left"
    assert rows["available"].note.startswith("not defined")
    assert "none of the 2 dyads was observed" in rows["impute"].note
    assert rows["bounds"].upper == 1
    valued = compared(NET)
    assert valued["bounds"].note.startswith("none: 'density' may read values")
    assert compared(NET, values=(1, 4))["bounds"].upper == (6 + 7 * 4) / 12


def test_the_table_and_the_pictures():
    for kind, net in {"some": NET, "nobody": wn.Network.from_matrix([[0, NAN], [NAN, 0]])}.items():
        found = survey.treatments(net, "density", by=None, seed=1, draws=4)
        table = found.to_frame()
        assert table["treatment"].tolist()[-1] == "bounds", kind
        assert len(table) == 8
        assert found.plot(title="x").svg.startswith("<svg")
        assert "bounds" in found._repr_html_()
        assert found.recipe == net.recipe
    nothing = survey.treatments(NET, "density", treatments=["union"], bounds=False)
    assert len(nothing.to_frame()) == 1
    assert nothing.bounds is None


def test_measures_of_actors_are_refused_wherever_they_come_up():
    for named in (["null"], ["impute"]):
        with pytest.raises(ArgumentError, match="number per actor"):
            survey.treatments(NET, "degree", by=None, treatments=named, bounds=False)
    undirected = wn.Network.from_matrix([[0, NAN], [NAN, 0]], directed=False)
    with pytest.raises(ArgumentError, match="number per actor"):
        survey.treatments(undirected, "degree", treatments=["reconstruct"])


@pytest.mark.parametrize(
    ("named", "told"),
    [("null", "sequence"), (["zero"], "must be"), (["null", "null"], "twice"), ([], "none"), (3, "sequence")],
)
def test_bad_names_of_treatments(named, told):
    with pytest.raises(ArgumentError, match=told):
        survey.treatments(NET, "density", treatments=named)


def test_the_example_study():
    net = next(iter(wn.datasets.youth_care().values())).dichotomize(above=0)
    rows = compared(net, by="sector", draws=20)
    low, high = rows["bounds"].lower, rows["bounds"].upper
    assert low == rows["null"].value < rows["impute"].lower < rows["available"].value + 0.02 < high

"""Response and the agreement of reports, worked by hand."""

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import survey
from wholenet.errors import ArgumentError, ColumnError, DirectionError, LabelError, ModeError

NAN = float("nan")
ACTORS = pd.DataFrame(
    {
        "name": list("abcde"),
        "sector": ["school", "care", "care", "care", "team"],
        "gatekeeper": ["gp", None, "gp", None, None],
        "level": [2, 10, None, 2, 10],
    }
)
# e did not answer, a did not know about d.
NET = wn.Network.from_edges(
    (list("aaabbcda"), list("bcdacbbe")),
    ACTORS,
    weight=[1, 2, NAN, 3, 1, 0, 0, 1],
    respondents=list("abcd"),
)


def test_response():
    table = survey.response(NET)
    assert list(table.columns) == ["actors", "answered", "response"]
    assert table.to_numpy().tolist() == [[5, 4, 0.8]]


def test_response_of_groups_with_those_without_one():
    assert survey.response(NET, by="sector").to_numpy().tolist() == [
        ["care", 3, 3, 1.0],
        ["school", 1, 1, 1.0],
        ["team", 1, 0, 0.0],
    ]
    assert survey.response(NET, by="gatekeeper").to_numpy().tolist() == [["gp", 2, 2, 1.0], ["none", 3, 2, 2 / 3]]
    # Numbers stand in the order of numbers.
    assert survey.response(NET, by="level")["group"].tolist() == ["2", "10", "none"]


def test_response_of_a_study():
    study = wn.Study({("x", 1): NET, ("y", 1): NET.subset(list("ab"))}, by=["place", "wave"])
    table = survey.response(study, by="gatekeeper")
    assert list(table.columns) == ["place", "wave", "group", "actors", "answered", "response"]
    assert table["place"].tolist() == ["x", "x", "y", "y"]
    assert table["answered"].tolist() == [2, 2, 1, 1]
    one = survey.response(wn.Study({1: NET}, by="wave"))
    assert one.to_numpy().tolist() == [[1, 5, 4, 0.8]]


def test_reports_by_hand():
    # Two reports: ab (both), ac (a does, c does not), bc (b does), bd, cd (neither). One: ad (d), ae, be, ce, de.
    table = survey.reports(NET)
    row = table.iloc[0].to_dict()
    kappa = row.pop("kappa")
    assert row == {
        "dyads": 10,
        "two_reports": 5,
        "one_report": 5,
        "no_report": 0,
        "both": 1,
        "one_sided": 2,
        "neither": 2,
        "agreement": 3 / 5,
        "agreement_on_ties": 1 / 3,
    }
    # Of ten reports four are of a tie: e = .16 + .36.
    assert kappa == pytest.approx((0.6 - 0.52) / 0.48, abs=1e-15)


def test_agreement_by_hand():
    table = survey.agreement(NET)
    assert table["actor"].tolist() == list("abcde")
    assert table.iloc[:, 1:6].to_numpy().tolist() == [
        [2, 1, 1, 0, 0],  # a: b and c
        [3, 1, 1, 0, 1],  # b: a, c and d
        [3, 0, 0, 2, 1],  # c: a, b and d
        [2, 0, 0, 0, 2],  # d: b and c
        [0, 0, 0, 0, 0],
    ]
    # a: e = (2·1 + 0·1) ÷ 4; b: e = (2·1 + 1·2) ÷ 9; c: e = (0·2 + 3·1) ÷ 9; d and e: not defined.
    wanted = [(1 / 2 - 1 / 2) / (1 / 2), (2 / 3 - 4 / 9) / (5 / 9), (1 / 3 - 1 / 3) / (2 / 3), NAN, NAN]
    np.testing.assert_allclose(table["kappa"], wanted, atol=1e-15)
    np.testing.assert_array_equal(table["agreement"], [1 / 2, 2 / 3, 1 / 3, 1, NAN])


def test_kappa_of_a_published_table():
    """Two raters of 50 cases, 20 both yes, 5 and 10 apart, 15 both no: Cohen's kappa is .4."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    matrix = np.full((51, 51), NAN)
    np.fill_diagonal(matrix, 0)
    matrix[0, 1:], matrix[1:, 0] = zip(*pairs, strict=True)
    table = survey.agreement(wn.Network.from_matrix(matrix))
    assert table["agreement"][0] == 0.7
    assert table["kappa"][0] == pytest.approx(0.4, abs=1e-15)


def test_where_nothing_is_defined():
    nobody = wn.Network.from_edges(([], []), ACTORS, respondents=[])
    row = survey.reports(nobody).iloc[0]
    assert (row["dyads"], row["no_report"]) == (10, 10)
    assert row[["agreement", "agreement_on_ties", "kappa"]].isna().all()
    empty = wn.Network.from_edges(([], []), ACTORS)
    row = survey.reports(empty).iloc[0]
    assert row["agreement"] == 1
    assert row[["agreement_on_ties", "kappa"]].isna().all()
    none = wn.Network.from_matrix(np.zeros((0, 0)))
    assert survey.response(none).to_numpy()[0, :2].tolist() == [0, 0]
    assert np.isnan(survey.response(none)["response"][0])
    assert len(survey.agreement(none)) == 0


CALLS = {"response": survey.response, "reports": survey.reports, "agreement": survey.agreement}


@pytest.mark.parametrize("name", CALLS)
def test_refused(name):
    call = CALLS[name]
    with pytest.raises(DirectionError, match=r"undirected.*before symmetrize"):
        call(NET.symmetrize("union", one_report="use"))
    with pytest.raises(DirectionError, match="the network wave=2 is undirected"):
        call(wn.Study({1: NET, 2: NET.symmetrize("union", one_report="use")}, by="wave"))
    with pytest.raises(ModeError):
        call(wn.Network.from_edges((["a"], ["b"]), two_mode=True))
    with pytest.raises(ArgumentError, match="Network or Study"):
        call([NET])
    with pytest.raises(ArgumentError, match="no networks"):
        call(wn.Study({}, by="wave"))


def test_names_that_are_taken_or_not_there():
    with pytest.raises(ArgumentError, match="'dyads'"):
        survey.reports(wn.Study({1: NET}, by="dyads"))
    with pytest.raises(ColumnError):
        survey.response(NET, by="sectr")
    net = NET.with_actors(ACTORS.assign(gatekeeper=["none", None, "gp", None, None]))
    with pytest.raises(LabelError, match="a group is called 'none' already"):
        survey.response(net, by="gatekeeper")

"""Scores of scales, their change, and their link to position: values worked by hand."""

from math import atan, pi, sqrt

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet.errors import (
    ArgumentError,
    ColumnError,
    KeyNotFoundError,
    LabelError,
    ModelError,
)
from wholenet.survey import scales
from wholenet.survey.scales import Scale, Scorecard

KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}


TRUST = Scale("trust", ["trust"])


# What rounding leaves in sums of a few small numbers.
CLOSE = 1e-12


THREE = Scale("trust", ["t1", "t2", "t3"])


# Scores ---------------------------------------------------------------------------------------------------


def answers(**columns):
    """The school answered with two persons in wave 1, and half of an answer counts where `least` says so."""
    return pd.DataFrame(
        {
            "municipality": "Dorp",
            "wave": [1, 1, 1, 1, 2, 2, 2],
            "organisation": ["school", "school", "team", "clinic", "school", "team", "police"],
            "respondent": [1, 2, 3, 4, 1, 3, 5],
            "a": [2.0, 4.0, 5.0, None, 4.0, 4.0, 1.0],
            "b": [4.0, 2.0, 1.0, 3.0, 1.0, None, 5.0],
            **columns,
        }
    )


CARD = Scorecard("card", [Scale("trust", ["a", "b"], reversed=["b"]), Scale("value", ["a", "b"], least=1)])


def test_scores_by_hand():
    """trust: b is turned. School (2 + 2)/2 = 2 and (4 + 4)/2 = 4, together 3; team (5 + 5)/2 = 5; clinic none."""
    found = scales.scores(answers(), CARD)
    rows = found.to_frame()
    first = rows.query("wave == 1 and scale == 'trust'").iloc[0]
    assert (first["score"], first["organisations"], first["respondents"], first["without"]) == (4, 2, 3, 1)
    # t of 1 degree of freedom is 12.7062 (tan of 0.475 π); sd √2.
    reach = np.tan(0.475 * pi)
    assert (first["lower"], first["upper"]) == (pytest.approx(4 - reach), pytest.approx(4 + reach))
    assert first["sd"] == pytest.approx(sqrt(2))
    # value: (2 + 4)/2 = 3 twice, (5 + 1)/2 = 3, and the clinic's one answer, 3.
    second = rows.query("wave == 1 and scale == 'value'").iloc[0]
    assert (second["score"], second["sd"], second["lower"], second["organisations"]) == (3, 0, 3, 3)
    organisations = found.organisations
    assert organisations.columns.tolist() == ["municipality", "wave", "organisation", "respondents", "trust", "value"]
    assert organisations["organisation"].tolist() == ["clinic", "school", "team", "police", "school", "team"]
    np.testing.assert_array_equal(organisations["trust"], [np.nan, 3, 5, 1, 4.5, np.nan])
    assert organisations["respondents"].tolist() == [1, 2, 1, 1, 1, 1]
    assert repr(found) == "<Scores: 2 scales, 6 organisations of 7 respondents in 2 networks and waves>"
    assert found._repr_html_().startswith("<table")


def test_respondents_as_units():
    """Scores 2, 4 and 5: an organisation with two respondents counts twice."""
    found = scales.scores(answers(), CARD, unit="respondent")
    assert found.rows["score"][0] == pytest.approx(11 / 3)
    assert found.rows["sd"][0] == pytest.approx(sqrt(7 / 3))


def test_one_organisation_has_no_interval():
    found = scales.scores(answers().iloc[:2], CARD.scales[0])
    assert found.rows["score"] == [3]
    assert np.isnan(found.rows["lower"][0])
    assert found.notes == ("municipality='Dorp', wave=1: trust has no interval, with a score of 1 organisation",)


@pytest.mark.parametrize("kind", KINDS)
def test_tables_of_each_kind(kind):
    table = KINDS[kind](
        {
            "municipality": ["Dorp"] * 4,
            "wave": [1, 1, 2, 2],
            "organisation": ["x", "y", "x", "y"],
            "respondent": [1, 2, 1, 2],
            "trust": [1, 4, 2, None],
        }
    )
    found = scales.scores(table, TRUST)
    assert isinstance(found.to_frame(), type(table))
    assert isinstance(found.organisations, type(table))
    assert found.rows["score"] == [2.5, 2]
    assert isinstance(scales.agreement(table, TRUST).groups, type(table))
    assert isinstance(scales.change(table, TRUST).to_frame(), type(table))


def test_the_profile():
    picture = scales.scores(answers(), CARD).plot(title="Profile")
    assert picture.description == "Profile of 2 scales"
    assert "wave 1" in picture.svg
    assert "4.00 → 2.75" in picture.svg
    alone = scales.scores(answers().query("wave == 1"), CARD, by=()).plot()
    assert "trust" in alone.svg
    many = pd.concat([answers().query("wave == 1").assign(wave=wave) for wave in range(4)])
    with pytest.raises(ArgumentError, match="up to 3 waves"):
        scales.scores(many, CARD).plot()
    assert scales.scores(many, CARD).plot(wave=None).svg.count("<circle") == 8


def test_the_profile_has_the_waves_in_their_order_where_the_first_place_lacks_one():
    table = pd.DataFrame(
        {
            "municipality": ["Dorp", "Stad", "Stad"],
            "wave": [2, 1, 2],
            "organisation": "school",
            "respondent": 1,
            "trust": [2, 3, 5],
        }
    )
    svg = scales.scores(table, TRUST).plot().svg
    assert svg.index(">wave 1<") < svg.index(">wave 2<")


# Change ---------------------------------------------------------------------------------------------------


def test_change_by_hand():
    """Differences 1 and 3: mean 2, sd √2, t = 2 of 1 degree of freedom, whose distribution is the arc tangent's."""
    table = pd.DataFrame(
        {
            "municipality": "Dorp",
            "wave": [1, 1, 1, 2, 2, 2],
            "organisation": ["school", "team", "clinic", "school", "team", "police"],
            "respondent": 1,
            "trust": [1, 2, 4, 2, 5, 1],
        }
    )
    found = scales.change(table, TRUST)
    row = found.to_frame().iloc[0]
    assert (row["pairs"], row["only_before"], row["only_after"]) == (2, 1, 1)
    assert (row["before"], row["after"], row["difference"]) == (1.5, 3.5, 2)
    assert row["p"] == pytest.approx(1 - 2 * atan(2) / pi)
    assert row["upper"] == pytest.approx(2 + np.tan(0.475 * pi))
    assert (row["before_all"], row["after_all"]) == (pytest.approx(7 / 3), pytest.approx(8 / 3))
    assert row["holm"] == row["p"]
    back = scales.change(table, TRUST, between=(2, 1))
    assert back.rows["difference"] == [-2]
    assert found.plot(title="Change").description == "Change of scores between two waves"
    assert found._repr_html_().startswith("<table")


def test_organisations_of_different_places_are_never_paired():
    table = pd.DataFrame(
        {
            "municipality": ["Dorp", "Stad", "Dorp", "Stad", "Dorp", "Dorp"],
            "wave": [1, 1, 2, 2, 1, 2],
            "organisation": ["school", "school", "school", "police", "team", "team"],
            "respondent": 1,
            "trust": [1, 5, 3, 2, 2, 3],
        }
    )
    found = scales.change(table, TRUST)
    assert found.rows["municipality"] == ["Dorp", "Stad"]
    assert (found.rows["pairs"], found.rows["only_before"]) == ([2, 0], [0, 1])
    assert found.notes == ("municipality='Stad': trust has no p, with 0 organisations in both waves",)
    together = scales.change(table, TRUST, together=True)
    assert (together.rows["pairs"], together.rows["difference"]) == ([2], [1.5])
    with pytest.raises(LabelError, match="more than once"):
        scales.change(table, TRUST, place=())


def test_all_that_change_by_the_same_have_no_p():
    table = pd.DataFrame({"wave": [1, 1, 2, 2], "organisation": list("xyxy"), "trust": [1, 2, 2, 3]})
    found = scales.change(table, TRUST, place=(), respondent=None)
    assert (found.rows["difference"], found.rows["lower"], found.rows["upper"]) == ([1], [1], [1])
    assert np.isnan(found.rows["p"][0])
    assert found.notes == ("trust has no p, since all changed by the same",)


def test_a_change_that_is_the_same_but_for_rounding_has_no_p():
    """Each rises by a third. Rounding sets the differences apart by 4e-16, which is no evidence of anything."""
    first = [(1, 2, 1), (2, 2, 3), (1, 1, 3), (3, 2, 2), (1, 1, 1)]
    rows = [(1, at, *one) for at, one in enumerate(first)] + [
        (2, at, a + 1, b, c) for at, (a, b, c) in enumerate(first)
    ]
    table = pd.DataFrame(rows, columns=["wave", "organisation", "t1", "t2", "t3"])
    found = scales.change(table, THREE, place=(), respondent=None)
    assert found.rows["difference"] == [pytest.approx(1 / 3)]
    assert found.rows["sd"] == [0]
    assert np.isnan(found.rows["p"][0])
    assert found.notes == ("trust has no p, since all changed by the same",)


@pytest.mark.parametrize(
    ("between", "words"),
    [
        ((1, 3), "names 3, which is no wave of 'wave'"),
        ((1, 1), "two different waves"),
        ((1,), "two different waves"),
        ("12", "two different waves"),
    ],
)
def test_waves_that_are_none(between, words):
    with pytest.raises(ArgumentError, match=words):
        scales.change(answers(), CARD, between=between)


def test_change_needs_two_waves_and_a_pair():
    with pytest.raises(ArgumentError, match="'wave' holds 1 waves"):
        scales.change(answers().query("wave == 1"), CARD)
    with pytest.raises(ModelError, match="no organisation has a score in both waves"):
        scales.change(answers(organisation=list("abcdefg")), CARD)


# Position -------------------------------------------------------------------------------------------------


def network(labels="abcd"):
    """Indegrees 2, 0, 2 and 3."""
    return wn.Network.from_edges((list("abcabcb"), list("dddccaa")), pd.DataFrame({"name": list(labels)}))


def scored(values, labels="abcd"):
    table = pd.DataFrame({"organisation": list(labels), "trust": values})
    return scales.scores(table, TRUST, by=(), respondent=None)


def test_position_by_hand():
    """Scores 2, 1, 4, 5 about 3: -1, -2, 1, 2; degrees about 7/4: ¼, -7/4, ¼, 5/4. Products 6, squares 10 and 19/4."""
    found = scales.position(scored([2, 1, 4, 5]), network(), seed=1)
    assert found.rows["pearson"] == [pytest.approx(6 / sqrt(47.5), abs=CLOSE)]
    # Ranks 2, 1, 3, 4 and 2½, 1, 2½, 4: products about 2½ are 4½, squares 5 and 4½.
    assert found.rows["spearman"] == [pytest.approx(4.5 / sqrt(5 * 4.5), abs=CLOSE)]
    assert [found.rows[one][0] for one in ("organisations", "without_score", "not_in_network")] == [4, 0, 0]
    again = scales.position(scored([2, 1, 4, 5]), network(), seed=1)
    assert again.rows == found.rows
    assert found._repr_html_().startswith("<table")


def test_who_has_no_score_or_no_position_is_left_out_and_counted():
    found = scales.position(
        scored([2, None, 4, 5, 1], "abcdx"), network(), measure=[1.0, 5.0, 2.0, None], permutations=9, seed=1
    )
    counts = [found.rows[one][0] for one in ("organisations", "without_score", "without_position", "not_in_network")]
    assert counts == [2, 1, 1, 1]
    assert np.isnan(found.rows["pearson"][0])
    assert found.notes == (
        "trust has no correlation: 2 organisations, too few",
        "trust: 1 organisations with a score are no actors of the network",
    )
    flat = scales.position(scored([3, 3, 3, 3]), network(), permutations=9, seed=1)
    assert flat.notes == ("trust has no correlation: scores or positions that are all the same",)


def test_too_few_draws_for_so_many_tests_are_told():
    """Two correlations: the smallest p after Holm is 2 ÷ (1 + draws)."""
    net = wn.Network.from_edges((list("abca"), list("ddcb")), pd.DataFrame({"name": list("abcd")}), loops="drop")
    table = pd.DataFrame({"organisation": list("abcd"), "one": [2, 1, 3, 4], "two": [1, 3, 2, 5]})
    card = Scorecard("c", [Scale("one", ["one"]), Scale("two", ["two"])])
    scores = scales.scores(table, card, by=(), respondent=None)
    found = scales.position(scores, net, permutations=19, seed=1)
    assert found.notes == (
        "with 2 correlations and 19 permutations no p is below 0.1 after Holm; take many more than 40",
    )
    assert scales.position(scores, net, permutations=40, seed=1).notes == ()


def test_position_in_a_study():
    study = wn.Study({("Dorp", 1): network(), ("Dorp", 2): network()}, by=["municipality", "wave"])
    table = pd.DataFrame(
        {
            "municipality": "Dorp",
            "wave": [1] * 4 + [2] * 4,
            "organisation": list("abcdabcd"),
            "respondent": 1,
            "trust": [2, 1, 4, 5, 5, 4, 1, 2],
        }
    )
    scores = scales.scores(table, TRUST)
    found = scales.position(scores, study, measure="harmonic", permutations=99, seed=1)
    assert (found.rows["wave"], found.rows["organisations"]) == ([1, 2], [4, 4])
    assert found.measure == "harmonic"
    alone = scales.position(scales.scores(table.query("wave == 2"), TRUST), network(), permutations=99, seed=1)
    indegree = scales.position(scores, study, permutations=99, seed=1)
    assert alone.rows["pearson"][0] == indegree.rows["pearson"][1]
    with pytest.raises(ArgumentError, match="net is one network"):
        scales.position(scores, network())
    with pytest.raises(ArgumentError, match="no key 'wave'"):
        scales.position(scores, wn.Study({"Dorp": network()}, by="municipality"))
    with pytest.raises(ArgumentError, match="there is no network for municipality='Dorp', wave=2"):
        scales.position(scores, study.select(wave=1))
    with pytest.raises(ArgumentError, match="there is no scores for"):
        scales.position(scales.scores(table.query("wave == 2"), TRUST), study)
    both = wn.Study(
        {("Dorp", 1, one): network() for one in ("contact", "referral")}, by=["municipality", "wave", "relation"]
    )
    with pytest.raises(ArgumentError, match=r"several networks for .*; take one with study.select"):
        scales.position(scales.scores(table.query("wave == 1"), TRUST), both)
    with pytest.raises(ArgumentError, match="since each has its own actors"):
        scales.position(scores, study, measure=[1, 2, 3, 4])


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: scales.position([1, 2], network()), ArgumentError, "result of survey.scales.scores"),
        (lambda: scales.position(scored([1, 2, 3, 4], "wxyz"), network()), ArgumentError, "'w' is none"),
        (lambda: scales.position(scored([1, 2, 3, 4]), network(), measure="densty"), KeyNotFoundError, "did you mean"),
        (lambda: scales.position(scored([1, 2, 3, 4]), network(), measure="density"), ArgumentError, "one number for"),
        (lambda: scales.position(scored([1, 2, 3, 4]), network(), measure=[1, 2]), ArgumentError, "but holds 2"),
        (lambda: scales.position(scored([1, 2, 3, 4]), network(), measure=list("wxyz")), ArgumentError, "numbers"),
        (lambda: scales.position(scored([1, 2, 3, 4]), network(), permutations=0), ArgumentError, "whole number"),
        (lambda: scales.position(scored([1, 2, 3, 4]), None), ArgumentError, "must be a wholenet.Network"),
    ],
)
def test_positions_that_are_none(call, error, words):
    with pytest.raises(error, match=words):
        call()


# Bad input ------------------------------------------------------------------------------------------------

CALLS = {
    "reliability": lambda table: scales.reliability(table, CARD),
    "agreement": lambda table: scales.agreement(table, CARD),
    "scores": lambda table: scales.scores(table, CARD),
    "change": lambda table: scales.change(table, CARD),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@every_call
def test_answers_outside_the_scale_name_their_rows(call):
    with pytest.raises(
        ArgumentError, match=r"'a' of the scale 'trust' goes from 1 to 5.* 2 answers.*row 1: 9, row 3: 0"
    ):
        call(answers(a=[1, 9, 3, 0, 2, 3, 4]))
    with pytest.raises(ArgumentError, match="row 2: inf"):
        call(answers(a=[1, 2, float("inf"), 3, 2, 3, 4]))


@every_call
def test_words_are_no_answers(call):
    with pytest.raises(ArgumentError, match=r"must hold numbers from 1 to 5, but 1 cells .*\(row 1: 'often'\)"):
        call(answers(a=[1, "often", 3, None, 2, 3, 4]))
    with pytest.raises(ArgumentError, match="row 0: True"):
        call(answers(a=[True, False, True, False, True, True, True]))
    with pytest.raises(ArgumentError, match="row 0: '1'"):
        call(answers(a=list("1234123")))


@every_call
def test_an_item_that_is_missing_suggests_the_near_one(call):
    with pytest.raises(ColumnError, match=r"no column 'b', an item of the scale 'trust'.* It has: 'municipality'"):
        call(answers().rename(columns={"b": "item"}))
    with pytest.raises(ArgumentError, match="no rows"):
        call(answers().iloc[:0])
    with pytest.raises(ArgumentError, match="must be a pandas, polars or pyarrow table"):
        call([1, 2, 3])


@pytest.mark.parametrize("call", [CALLS["scores"], CALLS["change"]])
def test_rows_without_an_organisation_or_twice_the_same_respondent(call):
    with pytest.raises(LabelError, match="empty"):
        call(answers(organisation=["school", None, "team", "clinic", "school", "team", "police"]))
    with pytest.raises(LabelError, match=r"more than once \(rows 0, 1\).*respondent=None"):
        call(answers(respondent=1))
    with pytest.raises(ColumnError, match="respondent"):
        call(answers().drop(columns="respondent"))
    with pytest.raises(ColumnError, match="organisation"):
        call(answers().rename(columns={"organisation": "who"}))


@pytest.mark.parametrize(
    ("call", "column"),
    [
        (lambda table: scales.reliability(table, TRUST, by="scale"), "scale"),
        (lambda table: scales.agreement(table, TRUST, group="scale"), "scale"),
        (lambda table: scales.agreement(table, TRUST, group="rwg"), "rwg"),
        (lambda table: scales.scores(table, TRUST, by="score", respondent=None), "score"),
        (lambda table: scales.scores(table, TRUST, by="respondents", respondent=None), "respondents"),
        (lambda table: scales.change(table, TRUST, place="p", respondent=None), "p"),
        (lambda table: scales.change(table, TRUST, place="holm", respondent=None), "holm"),
    ],
)
def test_a_column_is_not_written_over_by_a_result(call, column):
    names = ("scale", "rwg", "score", "respondents", "p", "holm")
    table = pd.DataFrame({"wave": [1, 1, 1, 2, 2, 2], "organisation": list("xyzxyz"), "trust": [1, 2, 3, 1, 3, 4]})
    with pytest.raises(ArgumentError, match=f"'{column}' would be the name of two columns"):
        call(table.assign(**dict.fromkeys(names, "Dorp")))


def test_a_column_of_numpy_numbers_and_a_place_that_is_the_wave():
    table = pd.DataFrame({"wave": [1, 2], "organisation": "x", "trust": pd.Series([np.int64(2), None], dtype=object)})
    assert scales.scores(table, TRUST, by=(), respondent=None).rows["score"] == [2]
    with pytest.raises(ArgumentError, match="place= names the column of waves, 'wave'"):
        scales.change(table, TRUST, place="wave", respondent=None)


def test_odd_arguments_of_scores():
    with pytest.raises(ArgumentError, match="unit must be"):
        scales.scores(answers(), CARD, unit="person")
    with pytest.raises(ArgumentError, match="names the column of organisations"):
        scales.scores(answers(), CARD, by="organisation")
    with pytest.raises(ColumnError, match="did you mean 'wave'"):
        scales.scores(answers(), CARD, by="waves")
    with pytest.raises(ArgumentError, match="by must name"):
        scales.scores(answers(), CARD, by=3)
    with pytest.raises(ArgumentError, match="between 0 and 1"):
        scales.scores(answers(), CARD, confidence=95)
    with pytest.raises(ArgumentError, match="two columns of the result"):
        scales.scores(answers(), Scale("respondents", ["a"]))
    with pytest.raises(ModelError, match="nobody answered enough items"):
        scales.scores(answers(a=None), Scale("trust", ["a"]))

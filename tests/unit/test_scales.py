"""Scorecards: values worked by hand, and errors."""

import sys
from math import sqrt

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from wholenet.errors import (
    ArgumentError,
    DependencyError,
    ModelError,
)
from wholenet.survey import scales
from wholenet.survey.scales import Scale, Scorecard
from wholenet.survey.scales import _answers as answers_module
from wholenet.survey.scales._answers import Answers

KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
TRUST = Scale("trust", ["trust"])
# What rounding leaves in sums of a few small numbers.
CLOSE = 1e-12
# Estimates of an optimizer.
NEAR = 1e-4

# Patterns that go with each other not at all; their sums are answers of 1, 3 and 5.
CAUSE = np.array([1, 1, 1, 1, -1, -1, -1, -1])
ERRORS = (
    np.array([1, 1, -1, -1, 1, 1, -1, -1]),
    np.array([1, -1, 1, -1, 1, -1, 1, -1]),
    np.array([1, -1, -1, 1, 1, -1, -1, 1]),
)
PARALLEL = {f"t{place}": (3 + CAUSE + error).astype(float) for place, error in enumerate(ERRORS, 1)}
THREE = Scale("trust", ["t1", "t2", "t3"])


# Declaring ------------------------------------------------------------------------------------------------


def test_the_template_of_integrated_youth_care():
    card = scales.integrated_youth_care()
    book = card.to_frame()
    assert len(card.scales) == 8
    assert book["item"].tolist() == [
        f"{stem}_{place}"
        for stem in (
            "partners", "agreements", "culture", "direction", "continuity", "knowledge", "evaluation", "exchange"
        )
        for place in (1, 2, 3)
    ]  # fmt: skip
    assert book.query("reversed")["item"].tolist() == ["culture_3", "exchange_3"]
    assert (book["wording"].str.len() > 20).all()
    assert (set(book["low"]), set(book["high"])) == ({1}, {5})
    assert scales.integrated_youth_care(least=3).scales[0].needed == 3
    assert "culture_3" in card._repr_html_()


def test_the_template_of_trust_and_value():
    card = scales.partnership_trust_value()
    assert [(one.name, len(one.items), one.low, one.high) for one in card.scales] == [
        ("trust", 3, 1, 4),
        ("value", 3, 1, 4),
    ]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Scale("", ["a"]), "must be text"),
        (lambda: Scale("t", []), "at least one item"),
        (lambda: Scale("t", "abc"), "must list different names"),
        (lambda: Scale("t", ["a", "a"]), "must list different names"),
        (lambda: Scale("t", ["item_1"], reversed=["itm_1"]), "did you mean 'item_1'"),
        (lambda: Scale("t", ["item_1"], reversed="item_1"), "must list"),
        (lambda: Scale("t", ["item_1"], words={"x": "…"}), "none of its items"),
        (lambda: Scale("t", ["item_1"], words="…"), "must be a mapping"),
        (lambda: Scale("t", ["a"], low=5, high=1), "low must be a number below high"),
        (lambda: Scale("t", ["a"], low=1, high=float("inf")), "low must be a number below high"),
        (lambda: Scale("t", ["a"], high="5"), "must be a number"),
        (lambda: Scale("t", ["a"], least=2), "more answers than"),
        (lambda: Scale("t", ["a"], least=0), "whole number of at least 1"),
        (lambda: Scorecard("c", []), "needs one or more scales"),
        (lambda: Scorecard("c", ["a"]), "needs one or more scales"),
        (lambda: Scorecard("c", [TRUST, TRUST]), "'trust'; rename one"),
        (lambda: scales.integrated_youth_care(least=4), "more answers than"),
        (lambda: TRUST and scales.scores(pd.DataFrame({"trust": [1]}), "card"), "must be a Scorecard or a Scale"),
    ],
)
def test_what_is_no_scale(make, words):
    with pytest.raises(ArgumentError, match=words):
        make()


# Reliability ----------------------------------------------------------------------------------------------


def test_alpha_by_hand():
    """Variances 5/3, 5/3 and 10/3; sums 4, 5, 11 and 12 with variance 50/3: alpha = 3/2 · (1 - 20/50)."""
    table = pd.DataFrame({"t1": [1, 2, 3, 4], "t2": [2, 1, 4, 3], "t3": [1, 2, 4, 5]})
    found = scales.reliability(table, THREE)
    assert found.scales["alpha"] == [pytest.approx(0.9, abs=CLOSE)]
    # Loadings of one factor would be √1.4, √(5/7) and √(35/9); the last is more than the variance of its item.
    assert np.isnan(found.scales["omega"][0])
    assert "no model with one factor fits" in found.notes[0]


def test_parallel_items_by_hand():
    """Correlations of one half: alpha and omega are 3 · ½ ÷ (1 + 2 · ½), of two items 2 · ½ ÷ (1 + ½)."""
    found = scales.reliability(pd.DataFrame(PARALLEL), THREE)
    assert found.scales["alpha"] == [pytest.approx(0.75, abs=CLOSE)]
    assert found.scales["omega"] == [pytest.approx(0.75, abs=NEAR)]
    items = found.items
    np.testing.assert_allclose(items["item_rest"], 1 / sqrt(3), atol=CLOSE)
    np.testing.assert_allclose(items["alpha_without"], 2 / 3, atol=CLOSE)
    np.testing.assert_allclose(items["sd"], sqrt(16 / 7), atol=CLOSE)
    assert items["mean"].tolist() == [3, 3, 3]
    assert found.notes == ()
    assert repr(found) == "<Reliability: 1 scale, 8 respondents; alpha 0.75>"


def test_an_item_asked_the_other_way_round_is_named_and_no_other():
    table = pd.DataFrame(PARALLEL).assign(t2=6 - PARALLEL["t2"])
    found = scales.reliability(table, THREE)
    # The others have a correlation of (½ - ½) ÷ … with the rest, which is not negative.
    assert len(found.notes) == 1
    assert "t2 goes against the other items (correlation -0.58)" in found.notes[0]
    assert "declare reversed=('t2',)" in found.notes[0]
    assert "t2 goes against" in repr(found)
    assert "t2 goes against" in found._repr_html_()
    turned = scales.reliability(table, Scale("trust", THREE.items, reversed=["t2"]))
    assert turned.scales["alpha"] == [pytest.approx(0.75, abs=CLOSE)]
    assert turned.notes == ()
    wrong = scales.reliability(pd.DataFrame(PARALLEL), Scale("trust", THREE.items, reversed=["t2"]))
    assert "take it out of reversed=" in wrong.notes[0]


def test_respondents_who_left_an_item_out_are_counted_and_nothing_is_filled():
    table = pd.DataFrame(PARALLEL)
    more = pd.DataFrame({"t1": [5.0, None, None], "t2": [None, 1.0, None], "t3": [1.0, 1.0, None]})
    found = scales.reliability(pd.concat([table, more], ignore_index=True), THREE)
    assert found.scales["alpha"] == [pytest.approx(0.75, abs=CLOSE)]
    assert (found.scales["answered"], found.scales["complete"]) == ([10], [8])
    assert found.items["answered"].tolist() == [9, 9, 10]
    assert found.items["mean"].tolist()[0] == pytest.approx((24 + 5) / 9)


def test_two_items_and_one():
    table = pd.DataFrame({"t1": [1, 2, 3, 4], "t2": [2, 1, 4, 3]})
    found = scales.reliability(table, Scorecard("c", [Scale("two", ["t1", "t2"]), Scale("one", ["t1"])]))
    assert found.scales["alpha"][0] == pytest.approx(0.75, abs=CLOSE)
    assert np.isnan(found.scales["omega"]).all()
    assert np.isnan(found.scales["alpha"][1])
    assert np.isnan(found.items["alpha_without"]).all()
    assert np.isnan(found.items["item_rest"][2])
    assert found.notes == ()


def test_items_that_cancel_each_other_have_no_alpha():
    table = pd.DataFrame({"t1": [1, 2, 3, 4], "t2": [5, 4, 3, 2]})
    assert np.isnan(scales.reliability(table, Scale("two", ["t1", "t2"])).scales["alpha"][0])


def test_groups_that_are_too_small_or_alike_are_named():
    table = pd.concat(
        [
            pd.DataFrame(PARALLEL).assign(wave=1),
            pd.DataFrame({"t1": [1, 2], "t2": [1, 3], "t3": [2, 3], "wave": 2}),
            pd.DataFrame({"t1": [3, 3, 3, 3], "t2": [1, 3, 4, 5], "t3": [2, 3, 4, 5], "wave": 3}),
        ]
    )
    found = scales.reliability(table, THREE, by="wave")
    assert found.scales["wave"] == [1, 2, 3]
    np.testing.assert_allclose(found.scales["alpha"], [0.75, np.nan, np.nan], atol=CLOSE)
    assert found.notes == (
        "wave=2: trust: 2 respondents answered all items, too few for any number",
        "wave=3: trust: all give the same answer to t1, so that there is no alpha",
    )
    assert found.items["wave"].tolist() == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert "alpha 0.75; 2 notes" in repr(found)


def test_constant_items_and_too_few_respondents():
    table = pd.DataFrame(PARALLEL)
    with pytest.raises(ModelError, match=r"'t1' of the scale 'trust' has the same answer \(3\) in all 8 rows"):
        scales.reliability(table.assign(t1=3), THREE)
    with pytest.raises(ModelError, match="'t1' of the scale 'trust' is empty"):
        scales.reliability(table.assign(t1=None), THREE)
    with pytest.raises(ModelError, match="2 respondents answered all items of the scale 'trust'"):
        scales.reliability(table.iloc[[0, -1]], THREE)


def test_reliability_says_which_package_it_lacks(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.multivariate.factor", None)
    with pytest.raises(DependencyError, match="statsmodels"):
        scales.reliability(pd.DataFrame(PARALLEL), THREE)
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(DependencyError, match="scipy"):
        scales.reliability(pd.DataFrame(PARALLEL), THREE)


# Agreement ------------------------------------------------------------------------------------------------


def test_agreement_by_hand():
    """Means 4, 2 and 5 of 2, 3 and 1. Within: ½ + 2, of 3; between: 2 · 4² + 3 · 2² + 5² - 19² ÷ 6, of 2."""
    table = pd.DataFrame({"place": list("AABBBC"), "trust": [3.5, 4.5, 1, 2, 3, 5]})
    found = scales.agreement(table, TRUST, group="place")
    between = (2 * 4**2 + 3 * 2**2 + 5**2 - 19**2 / 6) / 2
    within, size = 2.5 / 3, (6 - 14 / 6) / 2
    row = found.to_frame().iloc[0]
    assert row["f"] == pytest.approx(between / within, abs=CLOSE)
    assert row["size"] == pytest.approx(size, abs=CLOSE)
    assert row["icc1"] == pytest.approx((between - within) / (between + (size - 1) * within), abs=CLOSE)
    assert row["icc2"] == pytest.approx((between - within) / between, abs=CLOSE)
    # Variances of ½ and 1, where those who know nothing have 2; one respondent can't agree.
    np.testing.assert_allclose(found.groups["rwg"], [0.75, 0.5, np.nan], atol=CLOSE)
    assert (row["rwg_median"], row["rwg_lowest"]) == (0.625, 0.5)
    assert found.notes == ("trust: no rwg with fewer than two complete respondents in 1 group (C)",)
    assert found._repr_html_().startswith("<table")


def test_agreement_on_two_items_by_hand():
    """Variances 1 and 0, q = ½ ÷ 2: 2 · ¾ ÷ (2 · ¾ + ¼) = 6/7."""
    table = pd.DataFrame({"place": ["A"] * 3 + ["B"] * 3, "a": [4, 5, 3, 1, 5, 1], "b": [4, 4, 4, 5, 1, 1]})
    card = Scale("trust", ["a", "b"])
    found = scales.agreement(table, card, group="place").groups
    assert found["rwg"][0] == pytest.approx(6 / 7, abs=CLOSE)
    # Item variances of 16/3 each are more than those who know nothing have: none, and q says how much more.
    assert (found["q"][1], found["rwg"][1]) == (pytest.approx(8 / 3), 0)
    for null, variance in (("slight skew", 1.34), ("moderate skew", 0.90), ("heavy skew", 0.44), (2.5, 2.5)):
        q = scales.agreement(table, card, group="place", null=null).groups["q"][0]
        assert q == pytest.approx(0.5 / variance, abs=CLOSE)
    four = Scale("trust", ["a", "b"], low=0, high=6)
    assert scales.agreement(table, four, group="place").groups["q"][0] == pytest.approx(0.5 / 4)


def test_groups_that_do_not_differ_or_differ_only():
    same = scales.agreement(pd.DataFrame({"place": list("AABB"), "trust": [3, 3, 3, 3]}), TRUST, group="place")
    assert np.isnan(same.scales["f"][0])
    assert same.groups["rwg"].tolist() == [1, 1]
    assert same.notes == ("trust: all respondents have the same score, so that there is no ICC",)
    apart = scales.agreement(pd.DataFrame({"place": list("AABB"), "trust": [3, 3, 1, 1]}), TRUST, group="place")
    assert [apart.scales[one][0] for one in ("f", "p", "icc1", "lower", "upper", "icc2")] == [np.inf, 0, 1, 1, 1, 1]
    within = scales.agreement(pd.DataFrame({"place": list("AABB"), "trust": [1, 3, 1, 3]}), TRUST, group="place")
    assert (within.scales["f"], within.scales["icc1"]) == ([0], [-1])
    assert np.isnan(within.scales["icc2"][0])


def test_groups_with_the_same_mean_but_for_rounding_do_not_differ():
    """Each group has 1, 2 and 2 in another order, so that MSB is 0 and ICC(2) would divide by it."""
    table = pd.DataFrame({"place": list("aaabbbccc"), "trust": [1, 2, 2, 2, 2, 1, 2, 1, 2]})
    row = scales.agreement(table, TRUST, group="place").to_frame().iloc[0]
    assert (row["f"], row["icc1"]) == (0, -0.5)
    assert np.isnan(row["icc2"])


def test_agreement_takes_time_by_respondents_and_not_by_groups():
    """Thousands of organisations: the scores of all are computed once, and not for each group again."""
    times = []

    class Counted(Answers):
        def scores(self, place):
            times.append(place)
            return super().scores(place)

    table = pd.DataFrame({"place": np.repeat(np.arange(50), 2), "trust": np.arange(100) % 5 + 1})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers_module, "Answers", Counted)
        scales.agreement(table, TRUST, group="place")
    assert times == [0]


def test_one_group_has_agreement_and_no_icc():
    found = scales.agreement(pd.DataFrame({"place": list("AA"), "trust": [3, 4]}), TRUST, group="place")
    assert found.groups["rwg"].tolist() == [0.75]
    assert np.isnan(found.scales["icc1"][0])
    assert found.notes == ("trust: 1 group has a score, and ICC compares groups",)
    alone = scales.agreement(pd.DataFrame({"place": list("AB"), "trust": [3, 4]}), TRUST, group="place")
    assert "no group has two respondents" in alone.notes[1]
    assert repr(alone).endswith("ICC(1) not defined, median rwg not defined>")


@pytest.mark.parametrize("null", ["normal", 0, -1, float("nan"), None, True])
def test_a_null_that_is_none(null):
    table = pd.DataFrame({"place": list("AABB"), "trust": [3, 3, 1, 1]})
    with pytest.raises(ArgumentError, match="null must be one of 'uniform'"):
        scales.agreement(table, TRUST, group="place", null=null)


def test_a_skewed_null_needs_five_answers():
    table = pd.DataFrame({"place": list("AABB"), "trust": [3, 3, 1, 1]})
    with pytest.raises(ArgumentError, match="is known for five answers"):
        scales.agreement(table, Scale("trust", ["trust"], high=4), group="place", null="slight skew")
    with pytest.raises(ArgumentError, match="at least one column"):
        scales.agreement(table, TRUST, group=())

"""Many networks compared: values worked by hand, and errors."""

import sys

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet import compare
from wholenet.compare._formula import formula_of
from wholenet.errors import (
    ArgumentError,
    ColumnError,
    DependencyError,
    KeyNotFoundError,
    LabelError,
    ModelError,
)

# Sums of a few numbers near 1 by least squares.
CLOSE = 1e-9
EIGHT = {
    "network": list("abcdefgh"),
    "ses": ["low"] * 4 + ["high"] * 4,
    "inside": [False, False, True, True] * 2,
    "effectiveness": [4.0, 5.0, 6.0, 7.0, 7.0, 8.0, 7.0, 8.0],
}
CROSSED = "effectiveness ~ ses * inside"


def eight(**columns):
    return pd.DataFrame(EIGHT | columns)


def few(data, formula=CROSSED, **options):
    return compare.effects(data, formula, **{"permutations": 99, "seed": 1} | options)


# Formulas -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("y ~ a", [("a",)]),
        ("y~a+b", [("a",), ("b",)]),
        ("y ~ a * b + c", [("a",), ("b",), ("c",), ("a", "b")]),
        ("y ~ a + b + a:b", [("a",), ("b",), ("a", "b")]),
        ("y ~ b * a + a", [("b",), ("a",), ("b", "a")]),
        ("y ~ a*b*c", [("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")]),
        ("y ~ 'mean score' + care level", [("mean score",), ("care level",)]),
        ('y ~ "a+b" * c', [("a+b",), ("c",), ("a+b", "c")]),
        ("y ~ 1", []),
        ("y ~ 1 + a", [("a",)]),
        ("y ~ a + '1'", [("a",), ("1",)]),
    ],
)
def test_formulas(text, terms):
    found = formula_of(text)
    assert found.outcome == "y"
    assert list(found.terms) == terms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("y", "one outcome, a ~"),
        ("y ~ a ~ b", "one outcome, a ~"),
        ("~ a", "one outcome, a ~"),
        ("y + z ~ a", "one outcome, a ~"),
        ("y ~ a +", "a mark without a name"),
        ("y ~ a * * b", "a mark without a name"),
        ("y ~", "a mark without a name"),
        ("y ~ 'a' b", "two names without a mark"),
        ("y ~ 'a", "quotation mark without another"),
        ("y ~ a + y", "both sides"),
        ("y ~ a + a:b", "without b"),
        ("y ~ a:b:c + a + b + c", "without a:b"),
        (3, "must be text"),
    ],
)
def test_formulas_that_are_none(text, words):
    with pytest.raises(ArgumentError, match=words):
        formula_of(text)


# Effects --------------------------------------------------------------------------------------------------


def test_effects_by_hand():
    """Each cell has two networks, 0.5 above and below their mean.

    The residual variance is 8·¼ ÷ 4 = ½, so that a difference of two cells has the variance ½. By HC3 residuals are
    0.5 ÷ (1 - ½) = 1, the variance of a cell's mean (1 + 1) ÷ 4, of a difference 1, and of the interaction 2.
    """
    found = few(eight())
    assert found.terms == ("intercept", "ses: low", "inside: yes", "ses: low × inside: yes")
    np.testing.assert_allclose(found.estimate, [7.5, -3, 0, 2], atol=CLOSE)
    np.testing.assert_allclose(found.se, np.sqrt([0.25, 0.5, 0.5, 1]), atol=CLOSE)
    np.testing.assert_allclose(found.se_robust, np.sqrt([0.5, 1, 1, 2]), atol=CLOSE)
    np.testing.assert_allclose(found.t[1], -3 / np.sqrt(0.5), atol=CLOSE)
    np.testing.assert_allclose(found.t_robust[1], -3, atol=CLOSE)
    # t with 4 degrees of freedom: 95 % lies within 2.776.
    np.testing.assert_allclose(found.upper - found.estimate, 2.7764451 * found.se_robust, rtol=1e-7)
    assert found.estimate[2] == 0
    assert found.p[2] == found.p_robust[2] == found.p_permutation[2] == 1
    # 1 - 2 ÷ Σ(y - 6.5)² with 8·¼ left of 6.25 + 2.25 + .25 + .25 + .25 + 2.25 + .25 + 2.25 = 14.
    np.testing.assert_allclose(found.r_squared, 1 - 2 / 14, atol=CLOSE)
    assert any("few networks" in one for one in found.remarks)


def test_the_constant_has_no_p_by_permutation():
    """The mean of ten numbers near 5 is far from 0, but the same in any order."""
    data = pd.DataFrame({"network": range(10), "y": 5 + np.tile([-0.1, 0.1], 5), "x": [1, 2, 3, 4, 5, 5, 4, 3, 2, 1]})
    for formula in ("y ~ 1", "y ~ x"):
        found = few(data, formula)
        assert found.p_robust[0] < 1e-6
        assert np.isnan(found.p_permutation[0])
        assert np.isnan(found.distribution[:, 0]).all()
        assert not np.isnan(found.p_permutation[1:]).any()
        assert ">–<" in found._repr_html_()


@pytest.mark.parametrize(("scale", "start"), [(1e16, 0), (1e-16, 0), (1, 1e7), (1, 1e8)])
def test_predictors_may_have_any_scale(scale, start):
    """Euros, or numbers far from 0 that hardly differ: a slope goes by their unit, and t and p do not."""
    random = np.random.default_rng(2)
    x, ses = random.standard_normal(30), np.array(["low", "high"])[random.permutation(30) % 2]
    data = pd.DataFrame({"network": range(30), "x": x, "ses": ses, "y": x + random.standard_normal(30)})
    found, plain = few(data.assign(x=start + scale * x), "y ~ x * ses"), few(data, "y ~ x * ses")
    # Of x near 1e8, eight of sixteen figures are left; of standard errors fewer.
    for name in ("estimate", "se", "se_robust", "lower", "upper"):
        np.testing.assert_allclose(getattr(found, name)[[1, 3]] * scale, getattr(plain, name)[[1, 3]], rtol=1e-6)
    np.testing.assert_allclose(found.r_squared, plain.r_squared, rtol=1e-6)
    assert found.p_permutation[[1, 3]].tolist() == plain.p_permutation[[1, 3]].tolist()
    moves = (compare.leave_one_out(one).moves[:, [1, 3]] for one in (found, plain))
    np.testing.assert_allclose(*moves, rtol=1e-5, atol=1e-6)


def test_interaction_by_hand():
    found = few(eight()).interaction()
    assert (found.of, found.within, found.adjusted_for) == ("inside", "ses", ())
    np.testing.assert_allclose(found.cells["mean"], [7.5, 7.5, 4.5, 6.5], atol=CLOSE)
    np.testing.assert_allclose(found.cells["adjusted"], [7.5, 7.5, 4.5, 6.5], atol=CLOSE)
    np.testing.assert_allclose(found.cells["sd"], np.sqrt(0.5), atol=CLOSE)
    assert found.effects["ses"].tolist() == ["high", "low"]
    np.testing.assert_allclose(found.effects["estimate"], [0, 2], atol=CLOSE)
    # Two-sided p of t = 2 with 4 degrees of freedom.
    np.testing.assert_allclose(found.effects["p_robust"], [1, 0.1161165], atol=5e-8)
    np.testing.assert_allclose(found.contrasts["estimate"], [2], atol=CLOSE)
    np.testing.assert_allclose(found.contrasts["p_robust"], few(eight()).p_robust[3], atol=CLOSE)
    turned = few(eight()).interaction(of="ses", within="inside")
    np.testing.assert_allclose(turned.effects["estimate"], [-3, -1], atol=CLOSE)
    assert turned.effects["effect"].tolist() == ["ses: low instead of high"] * 2


def test_categories_coded_as_numbers_have_no_interaction_table():
    found = few(eight(ses=[0] * 4 + [1] * 4), CROSSED)
    np.testing.assert_allclose(found.estimate[3], -2, atol=CLOSE)
    with pytest.raises(ArgumentError, match="turn 'ses' into text, or true and false"):
        found.interaction()


def test_adjusted_means_by_hand():
    """Size adds 1 for one more, exactly; adjusted means are those at the mean size of 2."""
    data = eight(size=[1, 2, 3, 2, 2, 1, 2, 3])
    data["effectiveness"] += data["size"]
    cells = few(data, CROSSED + " + size").interaction().cells
    slope = few(data, CROSSED + " + size").estimate[3]
    means = data.groupby(["ses", "inside"])[["effectiveness", "size"]].mean()
    np.testing.assert_allclose(cells["adjusted"], means["effectiveness"] - slope * (means["size"] - 2), atol=CLOSE)


def test_reference_and_meaning():
    found = few(eight(), reference={"ses": "low", "inside": True})
    assert found.terms == ("intercept", "ses: high", "inside: no", "ses: high × inside: no")
    np.testing.assert_allclose(found.estimate, [6.5, 1, -2, 2], atol=CLOSE)
    assert found.meaning == (
        "mean effectiveness, where ses is low and inside is yes",
        "high instead of low, where inside is yes",
        "no instead of yes, where ses is low",
        "effect of inside (no instead of yes) where ses is high, less that where it is low",
    )


def test_meaning_of_numbers():
    found = few(eight(size=[1, 2, 3, 5, 2, 1, 4, 3]), "effectiveness ~ size * inside")
    assert found.meaning[1:] == (
        "size one higher, where inside is no",
        "yes instead of no, where size is 0",
        "how much the effect of inside (yes instead of no) grows with size one higher",
    )


def test_kinds_of_tables():
    for make in (pd.DataFrame, pl.DataFrame, pa.table):
        found = few(make(EIGHT))
        for table in (
            found.to_frame(),
            found.interaction().cells,
            compare.leave_one_out(few(make(EIGHT), "effectiveness ~ ses")).most,
        ):
            assert type(table).__module__.partition(".")[0] == make.__module__.partition(".")[0]
        np.testing.assert_allclose(found.estimate, [7.5, -3, 0, 2], atol=CLOSE)


def test_missing_values_are_refused_or_left_out():
    data = pd.concat([eight(), pd.DataFrame({"network": ["x", "y"], "ses": ["low", None], "inside": [True, True]})])
    with pytest.raises(ArgumentError, match=r"2 of 10 rows have no value of .*'effectiveness' in 2.*\(x, y\)"):
        few(data)
    found = few(data, missing="drop")
    assert found.dropped == ("x", "y")
    np.testing.assert_allclose(found.estimate, few(eight()).estimate, atol=CLOSE)
    assert "2 left out" in repr(found)
    with pytest.raises(ModelError, match="none of the 2 rows"):
        few(data[8:], missing="drop")


@pytest.mark.parametrize(
    ("columns", "formula", "error", "words"),
    [
        ({}, "effectivness ~ ses", ColumnError, "did you mean 'effectiveness'"),
        ({"effectiveness": [5.0] * 8}, CROSSED, ModelError, "is 5 for all 8 networks"),
        ({"ses": ["low"] * 8}, CROSSED, ModelError, "'ses' is 'low' in all 8"),
        ({"size": [3] * 8}, CROSSED + " + size", ModelError, "'size' is the same for all"),
        (
            {"other": EIGHT["inside"]},
            "effectiveness ~ inside + other",
            ModelError,
            "'other: yes' is collinear.*'inside: yes'",
        ),
        ({"ses": ["low"] * 2 + ["high"] * 6}, CROSSED, ModelError, "no network has ses: low × inside: yes"),
        (
            {"ses": ["low"] * 3 + ["high"] * 5},
            CROSSED,
            ModelError,
            "'c' decides a coefficient alone.*ses low, inside yes",
        ),
        ({"network": list("abcdefga")}, CROSSED, LabelError, r"'a' stands in two rows \(0 and 7\)"),
        ({"network": [*"abcdefg", None]}, CROSSED, LabelError, "empty in 1 rows"),
        ({"size": [1, 2, np.inf, 4, 5, 6, 7, 8]}, "effectiveness ~ size", ArgumentError, "holds inf, at 'c'"),
        ({"size": [1, "x", 3, 4, 5, 6, 7, 8]}, "effectiveness ~ size", ArgumentError, "number .1. and text"),
        ({"size": [1e80] * 7 + [2e80]}, "effectiveness ~ size", ArgumentError, "can't be computed with"),
        ({}, "ses ~ inside", ArgumentError, "outcome 'ses' must hold numbers"),
        (
            {"x": [1, 2, 3, 4, 5, 6, 7, 8], "effectiveness": [2, 4, 6, 8, 10, 12, 14, 16]},
            "effectiveness ~ x",
            ModelError,
            "without any error",
        ),
    ],
)
def test_what_can_not_be_estimated(columns, formula, error, words):
    with pytest.raises(error, match=words):
        few(eight(**columns), formula)


def test_more_refusals():
    with pytest.raises(ModelError, match="4 coefficients need more networks than that, but there are 4"):
        few(eight()[::2], "effectiveness ~ ses * inside")
    with pytest.raises(ArgumentError, match=r"reference= names 'sess'.*did you mean 'ses'"):
        few(eight(), reference={"sess": "low"})
    with pytest.raises(ArgumentError, match=r"none of 'high', 'low'; did you mean 'low'"):
        few(eight(), reference={"ses": "loww"})
    with pytest.raises(ArgumentError, match="only categories have a reference"):
        few(eight(size=range(8)), "effectiveness ~ size", reference={"size": "1"})
    with pytest.raises(ArgumentError, match="must be a mapping"):
        few(eight(), reference="low")
    with pytest.raises(ArgumentError, match="missing must be"):
        few(eight(), missing="ignore")
    with pytest.raises(ArgumentError, match="pandas, polars or pyarrow"):
        few([1, 2])
    with pytest.raises(ColumnError, match="network"):
        few(eight().drop(columns="network"))
    assert few(eight().drop(columns="network"), network=None).networks[0] == "row 0"
    with pytest.raises(ArgumentError, match="no interaction of two predictors of categories"):
        few(eight(), "effectiveness ~ ses").interaction()
    with pytest.raises(ArgumentError, match="'inside' within 'ses'"):
        few(eight()).interaction(of="size")


def test_without_statsmodels(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.regression.linear_model", None)
    with pytest.raises(DependencyError, match="statsmodels"):
        few(eight())
    with pytest.raises(DependencyError, match="statsmodels"):
        compare.multilevel(pd.DataFrame({"network": list("aabbcc"), "y": range(6)}), "y ~ 1")


def star(n):
    return wn.Network.from_edges(([0] * (n - 1), [*range(1, n)]), directed=False)


def ring(n):
    return wn.Network.from_edges(([*range(n)], [*range(1, n), 0]), directed=False)


def test_effects_of_a_study():
    """Density of stars is 2 ÷ n, of rings 2 ÷ (n - 1)."""
    nets = {(kind, n): make(n) for kind, make in (("ring", ring), ("star", star)) for n in (4, 5, 6)}
    study = wn.Study(nets, by=["kind", "size"])
    found = few(study, "density ~ kind")
    assert found.networks[:2] == ("ring, 4", "ring, 5")
    wanted = [np.mean([2 / 3, 2 / 4, 2 / 5]), np.mean([2 / 4, 2 / 5, 2 / 6]) - np.mean([2 / 3, 2 / 4, 2 / 5])]
    np.testing.assert_allclose(found.estimate, wanted, atol=CLOSE)
    np.testing.assert_allclose(few(study, "density ~ mean_degree + size").estimate.shape, 3)
    with pytest.raises(KeyNotFoundError, match="did you mean 'density'"):
        few(study, "densty ~ kind")


# Leave one out --------------------------------------------------------------------------------------------


def test_leave_one_out_by_hand():
    """Means of two groups of 2 and 3: the difference without each."""
    data = pd.DataFrame({"network": list("abcde"), "inside": [False, False, True, True, True], "y": [1.0, 3, 4, 6, 11]})
    found = compare.leave_one_out(few(data, "y ~ inside"))
    np.testing.assert_allclose(found.whole, [2, 5], atol=CLOSE)
    np.testing.assert_allclose(found.estimate[:, 1], [7 - 3, 7 - 1, 8.5 - 2, 7.5 - 2, 5 - 2], atol=CLOSE)
    # Without a or b the other is alone in its group.
    assert np.isnan(found.p_robust[:2]).all()
    assert np.isfinite(found.p_robust[2:]).all()
    row = found.most.iloc[1]
    assert (row["network"], row["without_it"]) == ("e", pytest.approx(3))
    assert row["sign_changes"] == 0


def test_leaving_out_the_one_that_spoils_a_fit():
    """Without the last network there is no error, so that it moves coefficients without end."""
    data = pd.DataFrame({"network": list("abcdef"), "x": [1, 2, 3, 4, 5, 6], "y": [1.1, 2.1, 3.1, 4.1, 5.1, 9.0]})
    found = compare.leave_one_out(few(data, "y ~ x"))
    assert found.moves[-1].tolist() == [-np.inf, np.inf]
    assert np.isfinite(found.moves[:-1]).all()
    same = compare.leave_one_out(few(data.assign(y=[0, 0, 0, 0, 0, 5.0]), "y ~ 1"))
    assert same.moves[-1].tolist() == [np.inf]


def test_leave_one_out_errors():
    with pytest.raises(ArgumentError, match="what effects"):
        compare.leave_one_out(3)
    data = pd.DataFrame({"network": list("abc"), "x": [1, 2, 4], "y": [1.0, 3, 4]})
    with pytest.raises(ModelError, match="2 coefficients need more networks than that when one leaves"):
        compare.leave_one_out(few(data, "y ~ x"))
    with pytest.raises(ArgumentError, match="did you mean 'inside: yes'"):
        compare.leave_one_out(few(eight(), "effectiveness ~ inside")).plot(term="inside yes")

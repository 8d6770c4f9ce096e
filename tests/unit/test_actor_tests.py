"""Permutation tests of actors' outcomes by hand, and what they refuse."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import stats

import wholenet as wn
from wholenet.errors import ArgumentError, ColumnError, ExecutorError, LabelError, ModelError
from wholenet.inference import _draws, _permuted, permutation_anova, permutation_regression, permutation_ttest

NET = wn.Network.from_edges(
    (list("abcdef"), list("bcdefa")),
    pd.DataFrame(
        {
            "name": list("abcdef"),
            "budget": [4.0, 5, 1, 2, 3, 6],
            "sector": list("xxyyyx"),
            "staff": [1, 2, 1, 4, 3, 5],
            "holes": [1.0, None, 2, 3, 4, 5],
        }
    ),
)
# A draw of 10,000 strays from its probability by 0.02 with a probability below 1 in 10,000.
NEAR = 0.02


def test_two_groups():
    """Means 5 and 2. Of 20 choices of three of six values only that of 4, 5 and 6 is so high, and one is so low."""
    found = permutation_ttest("budget", by="sector", net=NET, seed=1)
    assert found.estimate == pytest.approx(3)
    assert found.name == "mean of budget: x minus y"
    assert found.observed == "6 actors: 3 x (mean 5), 3 y (mean 2)"
    assert found.p_upper == pytest.approx(1 / 20, abs=NEAR)
    assert found.p_lower == 1
    assert found.p_two_sided == pytest.approx(2 / 20, abs=NEAR)
    assert set(np.round(found.distribution * 3).tolist()) == {-9, -7, -5, -3, -1, 1, 3, 5, 7, 9}
    assert found.permutations == len(found.distribution) == 10_000
    assert found.recipe == NET.recipe
    assert "UCINET" in found.peers
    assert (
        permutation_ttest("budget", by="sector", net=NET, seed=1).distribution.tolist() == found.distribution.tolist()
    )


def test_a_group_of_one():
    """One of five: its place among the five."""
    found = permutation_ttest([9, 1, 2, 3, 5], by=[0, 1, 1, 1, 1], seed=3)
    assert found.estimate == pytest.approx(9 - 11 / 4)
    assert found.p_upper == pytest.approx(1 / 5, abs=NEAR)
    assert found.p_two_sided == pytest.approx(1 / 5, abs=NEAR)


def test_analysis_of_variance():
    """Sums of squares between groups and in all; F of scipy."""
    values, by = [1.0, 2, 4, 5, 9, 7, 3, 3], list("aabbccdd")
    found = permutation_anova(values, by=by, seed=1)
    groups = [[1, 2], [4, 5], [9, 7], [3, 3]]
    mean = np.mean(values)
    between = sum(2 * (np.mean(group) - mean) ** 2 for group in groups)
    assert found.estimate == pytest.approx(between / ((np.array(values) - mean) ** 2).sum())
    ratio = stats.f_oneway(*groups).statistic
    assert found.observed.endswith(f"2 d (mean 3); F(3, 4) = {ratio:.4g}")
    assert found.p_two_sided == found.p_upper
    assert "group" in found.null
    # All within groups are equal.
    assert permutation_anova([1, 1, 2, 2, 3, 3], by=list("aabbcc"), seed=1).observed.endswith("F(2, 3) = inf")


def test_two_groups_are_a_case_of_many():
    """The same draws: F is the square of t."""
    t = permutation_ttest("budget", by="sector", net=NET, seed=8)
    f = permutation_anova("budget", by="sector", net=NET, seed=8)
    assert f.p_two_sided == t.p_two_sided


def test_one_predictor():
    """Slope 1 and constant 0.8; four of 120 orders are as steep, two of them downwards."""
    y, x = [1, 2, 2, 4, 5], [0, 1, 2, 3, 4]
    found = permutation_regression(y, x, seed=1)
    peer = stats.linregress(x, y)
    assert found.terms == ("intercept", "x")
    assert found.estimate == pytest.approx([0.8, 1])
    assert found.se == pytest.approx([peer.intercept_stderr, peer.stderr])
    assert found.t == pytest.approx(found.estimate / found.se)
    assert found.standardized == pytest.approx([0, peer.rvalue])
    assert found.r_squared == pytest.approx(peer.rvalue**2)
    assert found.p_two_sided[1] == pytest.approx(4 / 120, abs=NEAR)
    assert found.p_upper[1] == pytest.approx(2 / 120, abs=NEAR)
    assert found.p_r_squared == found.p_two_sided[1]
    assert np.isnan([found.p_lower[0], found.p_upper[0], found.p_two_sided[0]]).all()
    assert np.isnan(found.distribution[:, 0]).all()


def test_draws_are_what_is_written_down():
    """Residuals without the predictor in random order, added to what was fitted, and the whole model fitted to that."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(12, 3))
    y = x @ [1, 0, 2] + rng.normal(size=12)
    found = permutation_regression(y, x, permutations=20, seed=7)
    whole = np.column_stack([np.ones(12), x])

    def t(values, at):
        beta, squares = np.linalg.lstsq(whole, values)[:2]
        return beta[at] / np.sqrt(squares[0] / 8 * np.linalg.inv(whole.T @ whole)[at, at])

    kernel = _permuted.Permuted(None, 12, 7)
    for draw in range(20):
        order = kernel.order(draw)
        for at in (1, 2, 3):
            others = np.delete(whole, at, axis=1)
            fitted = others @ np.linalg.lstsq(others, y)[0]
            assert found.distribution[draw, at] == pytest.approx(t(fitted + (y - fitted)[order], at))
    for at in range(4):
        assert found.t[at] == pytest.approx(t(y, at))


def test_an_order_without_error_is_one_more_draw():
    """Some orders are fitted without error; their t is infinite, and counts as more extreme."""
    found = permutation_regression([0, 0, 1, 1, 0], [0, 1, 0, 0, 1], seed=1)
    # 10 ways to place the two 1s: x has two 1s, too. Without error: one where they meet, and none else.
    assert np.isinf(found.distribution[:, 1]).mean() == pytest.approx(1 / 10, abs=NEAR)
    # Observed: 1s where x is 0, one way in three of those; 3 of 10 ways have them all there, 1 of 10 has both at x = 1.
    assert found.p_lower[1] == pytest.approx(3 / 10, abs=NEAR)
    assert found.p_two_sided[1] == pytest.approx(4 / 10, abs=NEAR)
    assert "inf" not in found.plot().svg


def test_how_a_regression_looks():
    found = permutation_regression("budget", ["staff"], net=NET, permutations=99, seed=1)
    table = found.to_frame()
    assert list(table.columns) == ["term", "estimate", "standardized", "se", "t", "p_lower", "p_upper", "p"]
    assert table["term"].tolist() == ["intercept", "staff"]
    assert "staff" in repr(found)
    assert "R squared" in found._repr_html_()
    assert "staff" in found.plot(title="Budget").svg
    assert found.recipe == NET.recipe
    assert pickle.loads(pickle.dumps(found)).p_r_squared == found.p_r_squared  # noqa: S301 (our own bytes)


TESTS = {
    "ttest": lambda **how: permutation_ttest("budget", by="sector", net=NET, permutations=100, seed=5, **how),
    "anova": lambda **how: permutation_anova("budget", by="staff", net=NET, permutations=100, seed=5, **how),
    "regression": lambda **how: permutation_regression(
        "budget", {"staff": "staff", "more": [1, 0, 0, 1, 1, 0]}, net=NET, permutations=100, seed=5, **how
    ),
}


@pytest.mark.parametrize("name", TESTS)
def test_the_same_bits_in_whatever_pieces(name, monkeypatch):
    """However many draws are made at once, wherever."""
    wanted = TESTS[name]().distribution.tobytes()
    with ThreadPoolExecutor(3) as pool:
        assert TESTS[name](executor=pool, progress=False).distribution.tobytes() == wanted
    for cells in (1, 7 * 6, 64 * 6):
        monkeypatch.setattr(_permuted, "CELLS", cells)
        assert TESTS[name]().distribution.tobytes() == wanted
    with pytest.raises(ExecutorError):
        TESTS[name](executor=pool)


def test_seeds():
    """One is drawn and kept; the largest there is works."""
    found = permutation_ttest("budget", by="sector", net=NET, permutations=9)
    again = permutation_ttest("budget", by="sector", net=NET, permutations=9, seed=found.seed)
    assert again.distribution.tolist() == found.distribution.tolist()
    assert permutation_ttest("budget", by="sector", net=NET, permutations=9, seed=2**64 - 1).seed == 2**64 - 1
    for bad in ({"permutations": 0}, {"permutations": 1.5}, {"seed": -1}):
        with pytest.raises(ArgumentError, match="must be a whole number"):
            permutation_ttest("budget", by="sector", net=NET, **bad)


def test_progress_shows_once_it_takes_long(monkeypatch, capsys):
    monkeypatch.setattr(_draws, "PATIENCE", -1.0)
    TESTS["ttest"](progress=True)
    assert "permutations" in capsys.readouterr().err
    TESTS["ttest"](progress=False)
    assert capsys.readouterr().err == ""


def test_missing_values_are_refused_by_name():
    with pytest.raises(ArgumentError, match=r"values must hold finite numbers, but 1 of 6 actors have none \('b'\)"):
        permutation_ttest("holes", by="sector", net=NET)
    with pytest.raises(LabelError, match=r"1 of 6 actors have no group in by \('b'\)"):
        permutation_anova("budget", by="holes", net=NET)
    with pytest.raises(LabelError, match=r"1 of 3 actors have no group in by \(row 2\)"):
        permutation_ttest([1, 2, 3], by=["x", "y", None])
    with pytest.raises(ArgumentError, match=r"y must hold finite numbers.*'b'"):
        permutation_regression("holes", "staff", net=NET)
    with pytest.raises(ArgumentError, match=r"x must hold finite numbers.*'b'"):
        permutation_regression("staff", ["holes"], net=NET)
    with pytest.raises(ArgumentError, match="values must hold numbers, but holds something else"):
        permutation_ttest("sector", by="sector", net=NET)
    with pytest.raises(ColumnError):
        permutation_ttest("height", by="sector", net=NET)
    with pytest.raises(ArgumentError, match="names an attribute, and there is no network"):
        permutation_ttest("budget", by=[1, 2])


def test_what_cannot_be_compared():
    with pytest.raises(ArgumentError, match="by must hold two groups, but holds 3"):
        permutation_ttest([1, 2, 3], by=[1, 2, 3])
    for by in ([1, 1, 1], [1, 2, 3]):
        with pytest.raises(ArgumentError, match="at least two groups, and fewer than the 3 actors"):
            permutation_anova([1, 2, 3], by=by)
    for test in (permutation_ttest, permutation_anova):
        with pytest.raises(ModelError, match="the same for all actors"):
            test([2, 2, 2], by=["x", "y", "x"])
        with pytest.raises(ArgumentError, match="values holds 3 actors, but by 2"):
            test([1, 2, 3], by=["x", "y"])
        with pytest.raises(ArgumentError, match="for each of the 6 actors, but holds 2"):
            test([1, 2], by="sector", net=NET)
        with pytest.raises(ArgumentError, match=r"net must be a wholenet\.Network"):
            test([1, 2], by=[1, 2], net="net")
        with pytest.raises(ArgumentError, match="shape"):
            test(np.ones((2, 2)), by=[1, 2])
        with pytest.raises(ModelError):
            test([], by=[])
    with pytest.raises(ModelError, match="'x' is the same for all 3 actors"):
        permutation_regression([1, 2, 4], [1, 1, 1])
    with pytest.raises(ModelError, match="collinear"):
        permutation_regression([1, 2, 4, 1], {"a": [1, 2, 3, 5], "b": [2, 4, 6, 10]})
    with pytest.raises(ModelError, match="y is the same"):
        permutation_regression([1, 1, 1], [1, 2, 4])
    with pytest.raises(ModelError, match="without any error"):
        permutation_regression([2, 4, 6, 8], [1, 2, 3, 4])
    with pytest.raises(ModelError, match="2 parameters need more actors"):
        permutation_regression([2, 4], [1, 2])
    with pytest.raises(ModelError):
        permutation_regression([], [])
    with pytest.raises(ArgumentError, match="at least one predictor"):
        permutation_regression([1, 2, 4], {})


def test_what_a_measure_gives():
    """Scores of a measure are values."""
    star = wn.Network.from_edges((list("aaab"), list("bcdc")), pd.DataFrame({"id": list("abcd"), "s": [1, 1, 2, 2]}))
    found = permutation_ttest(wn.centrality.degree(star), by="s", net=star, permutations=9, seed=1)
    assert found.estimate == pytest.approx((3 + 2) / 2 - (2 + 1) / 2)


def test_masked_values_are_not_known():
    values = np.ma.array([1.0, 2, 3, 999], mask=[0, 0, 0, 1])
    with pytest.raises(ArgumentError, match="1 of 4 actors have none"):
        permutation_ttest(values, by=list("aabb"))


def test_predictors_called_the_same():
    with pytest.raises(ArgumentError, match="two predictors are called '1'"):
        permutation_regression([1, 2, 4, 3, 5], {1: [1, 2, 3, 4, 5], "1": [2, 1, 2, 1, 1]})
    table = pd.DataFrame(np.array([[1.0, 2], [2, 1], [3, 2], [4, 1], [5, 1]]))
    found = permutation_regression([1, 2, 4, 3, 5], table, permutations=9, seed=1)
    assert found.terms == ("intercept", "0", "1")


def test_tables_follow_the_kind_that_went_in():
    table = pl.DataFrame({"y": [1.0, 2, 4, 3, 5], "x": [2.0, 1, 2, 5, 4], "group": list("aabbb")})
    assert isinstance(permutation_regression(table["y"], table[["x"]], permutations=9).to_frame(), pl.DataFrame)
    assert isinstance(permutation_ttest(table["y"], by=table["group"], permutations=9).to_frame(), pl.DataFrame)
    assert isinstance(wn.models.autocorrelation(table["y"], {"x": table["x"]}).to_frame(), pl.DataFrame)

"""Qualitative comparative analysis: values worked by hand, and errors."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from wholenet.compare import qca
from wholenet.errors import ArgumentError, ColumnError, WholenetError

# Sums of a handful of memberships.
CLOSE = 1e-12


def fuzzy():
    """Four cases; a is nearly sufficient for y, c has p4 at the crossover."""
    return pd.DataFrame(
        {
            "case": ["p1", "p2", "p3", "p4"],
            "a": [0.9, 0.6, 0.2, 0.1],
            "b": [0.1, 0.8, 0.7, 0.4],
            "c": [0.2, 0.9, 0.3, 0.5],
            "y": [0.8, 0.7, 0.3, 0.3],
        }
    )


def crisp(rows, outcome, names="abcd"):
    """A case for each row such as "101"."""
    data = {name: [int(row[at]) for row in rows] for at, name in enumerate(names[: len(rows[0])])}
    return pd.DataFrame(data | {"y": outcome})


def table_of(rows, outcome, **settings):
    return qca.truth_table(crisp(rows, outcome), outcome="y", conditions=list("abcd"[: len(rows[0])]), **settings)


# Calibration ----------------------------------------------------------------------------------------------


def test_calibration_by_hand():
    """Log odds -3, -1, 0.6 and 3: 1 ÷ (1 + e^3) = .0474, 1 ÷ (1 + e) = .2689, 1 ÷ (1 + e^-.6) = .6457."""
    found = qca.calibrate([10, 16, 20, 30, None], out=10, crossover=19, full=24)
    expected = [0.04742587, 0.26894142, 0.64565631, 1 / (1 + np.exp(-3 * 11 / 5)), np.nan]
    np.testing.assert_allclose(found, expected, atol=5e-9)
    np.testing.assert_allclose(qca.calibrate([24], out=10, crossover=19, full=24), 0.95257413, atol=5e-9)


def test_calibration_of_sets_that_high_values_are_out_of():
    found = qca.calibrate([10, 24], out=24, crossover=19, full=10)
    np.testing.assert_allclose(found, [0.95257413, 0.04742587], atol=5e-9)


@pytest.mark.parametrize("make", [list, np.array, pd.Series, pl.Series, pa.array])
def test_calibration_reads_any_column(make):
    np.testing.assert_allclose(qca.calibrate(make([1.0, 2.5]), out=1, crossover=2, full=3), [0.04742587, 0.81757448])


def test_values_at_the_crossover_are_named():
    with pytest.warns(UserWarning, match=r"1 of 2 values lie exactly at the crossover 5 \(row 1\)"):
        assert qca.calibrate([7, 5], out=2, crossover=5, full=8)[1] == 0.5


@pytest.mark.parametrize(
    ("anchors", "told"),
    [
        ((1, 3, 2), "in order, with crossover between out and full, but out is 1, crossover 3 and full 2"),
        ((2, 2, 3), "in order"),
        ((1, np.inf, 2), "crossover must be finite"),
        (("a", 2, 3), "out must be a number"),
    ],
)
def test_anchors_out_of_order(anchors, told):
    out, crossover, full = anchors
    with pytest.raises(ArgumentError, match=told):
        qca.calibrate([1, 2], out=out, crossover=crossover, full=full)


@pytest.mark.parametrize("values", [["a"], [[1, 2]], 3, [np.inf]])
def test_values_that_are_no_numbers(values):
    with pytest.raises(ArgumentError):
        qca.calibrate(values, out=1, crossover=2, full=3)


def test_crisp_calibration():
    found = qca.calibrate_crisp([1, 2, 3, None], threshold=2)
    np.testing.assert_array_equal(found, [0, 1, 1, np.nan])


# Necessity and sufficiency --------------------------------------------------------------------------------


def test_necessity_by_hand():
    """Σ min(a, y) = .8 + .6 + .2 + .1 = 1.7, Σ y = 2.1, Σ a = 1.8, Σ (1 - a) = 2.2, Σ (1 - min) = 2.3."""
    found = qca.necessity(fuzzy(), outcome="y", conditions="a", unions=["a + b"])
    assert found["condition"].tolist() == ["a", "~a", "a + b"]
    np.testing.assert_allclose(found.iloc[0, 1:].tolist(), [1.7 / 2.1, 1.7 / 1.8, 2.2 / 2.3], atol=CLOSE)
    # a + b: .9, .8, .7, .4, so that the smaller ones are .8, .7, .3, .3 = all of y.
    np.testing.assert_allclose(found.iloc[2, 1:].tolist(), [1, 2.1 / 2.8, 1.2 / 1.9], atol=CLOSE)


def test_sufficiency_by_hand():
    """Terms a: .9, .6, .2, .1, and ~a*b: .1, .4, .7, .4; what is in y and ~y at once: .2, .3, .3, .3."""
    found = qca.sufficiency(fuzzy(), outcome="y", terms=["a", "~a*b"])
    assert found["term"].tolist() == ["a", "~a*b", "a + ~a*b"]
    # a: min(x, y, ~y) = .2 + .3 + .2 + .1 = .8.
    np.testing.assert_allclose(found.iloc[0, 1:4].tolist(), [1.7 / 1.8, 0.9 / 1.0, 1.7 / 2.1], atol=CLOSE)
    # ~a*b: min(x, y) = .1 + .4 + .3 + .3 = 1.1 of 1.6; min(x, y, ~y) = .1 + .3 + .3 + .3 = 1.
    np.testing.assert_allclose(found.iloc[1, 1:4].tolist(), [1.1 / 1.6, 0.1 / 0.6, 1.1 / 2.1], atol=CLOSE)
    # Together .9, .6, .7, .4: min .8 + .6 + .3 + .3 = 2.
    np.testing.assert_allclose(found["unique_coverage"].tolist()[:2], [0.9 / 2.1, 0.3 / 2.1], atol=CLOSE)
    np.testing.assert_allclose(found.iloc[2, 3], 2 / 2.1, atol=CLOSE)


def test_absence_of_the_outcome():
    data = fuzzy()
    turned = qca.sufficiency(data.assign(y=1 - data["y"]), outcome="y", terms="a*~b")
    pd.testing.assert_frame_equal(qca.sufficiency(data, outcome="~y", terms="a*~b"), turned)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_tables_follow_the_caller(kind):
    data = {"pandas": fuzzy(), "polars": pl.from_pandas(fuzzy()), "pyarrow": pa.Table.from_pandas(fuzzy())}[kind]
    table = qca.truth_table(data, outcome="y", conditions=["a", "b"], cases="case", consistency=0.7)
    found = qca.minimize(table, solution="parsimonious")
    frames = [table.to_frame(), found.to_frame(), qca.assumptions(found), qca.sufficiency(data, outcome="y", terms="a")]
    frames.append(qca.robustness(data, outcome="y", conditions=["a", "b"], consistency=(0.7, 0.8)).to_frame())
    assert {type(frame).__module__.partition(".")[0] for frame in frames} == {kind}


# Truth tables ---------------------------------------------------------------------------------------------


def test_truth_table_by_hand():
    """Row a*~b (p1): .9, .2, .2, .1 against .8, .7, .3, .3: 1.3 ÷ 1.4, and min(x, y, ~y) = .2 + .2 + .2 + .1."""
    found = qca.truth_table(fuzzy(), outcome="y", conditions=["a", "b"], cases="case", consistency=0.9)
    assert found.numbers.tolist() == [4, 3, 1, 2]
    assert found.codes == ("1", "1", "0", "0")
    assert found.cases == (("p2",), ("p1",), ("p4",), ("p3",))
    assert found.deviant == ((), (), ("p4",), ("p3",))
    np.testing.assert_allclose([found.consistency[1], found.pri[1]], [1.3 / 1.4, 0.6 / 0.7], atol=CLOSE)
    # a*b: .1, .6, .2, .1 wholly within y.
    assert found.consistency[0] == 1
    assert found.remainders == 0


def test_a_case_at_the_crossover_is_in_no_row():
    found = qca.truth_table(fuzzy(), outcome="y", conditions=["a", "c"], cases="case")
    assert found.unassigned == ("p4",)
    assert found.n.sum() == 3
    assert "1 case in no row" in repr(found)


def test_rounding_puts_no_case_into_a_row():
    """1.1 - .6 is a bit more than .5 to a computer, .1 + .7 - .3 a bit less, and .1 + .2 a bit more than .3."""
    data = pd.DataFrame({"a": [0.9, 0.2, 1.1 - 0.6, 0.1 + 0.7 - 0.3], "y": [0.9, 0.1, 0.2, 1.1 - 0.6]})
    found = qca.truth_table(data, outcome="y", conditions="a")
    assert (found.unassigned, found.n.tolist()) == (("2", "3"), [1, 1])
    assert found.y[3] == 0.5
    with pytest.warns(UserWarning, match=r"1 of 2 values lie exactly at the crossover 0\.3 \(row 0\)"):
        assert qca.calibrate([0.1 + 0.2, 0.4], out=0, crossover=0.3, full=1)[0] == 0.5


def test_contradictory_rows_are_shown_and_not_explained():
    """Of three cases with 11 one lacks the outcome: contradictory from .8 on, sufficient from .6 on, and named."""
    rows, outcome = ["11", "11", "11", "10", "00"], [1, 1, 0, 1, 0]
    found = table_of(rows, outcome)
    assert dict(zip(found.numbers.tolist(), found.codes, strict=True)) == {3: "1", 4: "C", 1: "0"}
    assert found.deviant[1] == ("2",)
    assert qca.minimize(found).models[0].terms == ("a*~b",)
    assert qca.minimize(found, solution="parsimonious").models[0].terms == ("a*~b",)
    lenient = table_of(rows, outcome, consistency=0.6)
    assert lenient.codes == ("1", "1", "0")
    assert lenient.deviant[lenient.numbers.tolist().index(4)] == ("2",)
    assert qca.minimize(lenient).models[0].deviant == ("2",)


def test_rows_with_too_few_cases_are_remainders():
    rows, outcome = ["11", "11", "10", "00", "00"], [1, 1, 0, 0, 0]
    found = table_of(rows, outcome, frequency=2)
    assert dict(zip(found.numbers.tolist(), found.codes, strict=True)) == {4: "1", 1: "0", 3: "?"}
    # a alone would do if the row 10, of one case without the outcome, may be used.
    solution = qca.minimize(found, solution="parsimonious")
    assert [model.terms for model in solution.models] == [("a",), ("b",)]
    assert qca.assumptions(solution)["n"].tolist() == [0, 1]


def test_a_cut_off_that_is_just_reached():
    """.8 as a sum of four memberships of .2, each a rounded number."""
    data = pd.DataFrame({"a": [0.6, 0.7, 0.7, 0.0], "y": [0.6, 0.7, 0.3, 0.0]})
    found = qca.truth_table(data, outcome="y", conditions="a", consistency=0.8, frequency=1)
    np.testing.assert_allclose(found.consistency[0], 0.8, atol=CLOSE)
    assert found.codes[0] == "1"


def test_a_low_pri_is_not_sufficient():
    data = pd.DataFrame({"a": [0.6, 0.6, 0.1], "y": [0.55, 0.45, 0.1]})
    assert qca.truth_table(data, outcome="y", conditions="a").codes == ("1", "0")
    assert qca.truth_table(data, outcome="y", conditions="a", pri=0.6).codes == ("C", "0")


# Minimization ---------------------------------------------------------------------------------------------


def test_solutions_by_hand():
    """Ragin & Sonnett's logic: 11- has the outcome, 000 has not, the others were not seen."""
    table = table_of(["110", "111", "000"], [1, 1, 0])
    assert qca.minimize(table).models[0].terms == ("a*b",)
    parsimonious = qca.minimize(table, solution="parsimonious")
    assert [model.terms for model in parsimonious.models] == [("a",), ("b",)]
    assert parsimonious.models[0].assumptions == (5, 6)
    assert parsimonious.implicants == ("a", "b", "c")
    assert parsimonious.essential == ()
    assert parsimonious.chart == ((7, 8), (7, 8), (8,))


def test_intermediate_solution_by_hand():
    """Only a*~b has the outcome. That a*b has it is easy to believe if b helps (1), not if ~b does (0)."""
    table = table_of(["10", "00", "01"], [1, 0, 0])
    assert qca.minimize(table).models[0].terms == ("a*~b",)
    easy = qca.minimize(table, solution="intermediate", expectations={"b": 1})
    assert (easy.models[0].terms, easy.models[0].assumptions) == (("a",), (4,))
    for expectations in ({"b": 0}, {"a": 1}):
        hard = qca.minimize(table, solution="intermediate", expectations=expectations)
        assert (hard.models[0].terms, hard.models[0].assumptions) == (("a*~b",), ())


def test_everything_is_sufficient():
    table = table_of(["11", "00"], [1, 0])
    assert qca.minimize(table, solution="parsimonious").models[0].terms == ("a",)
    lenient = qca.truth_table(
        pd.DataFrame({"a": [1, 0, 0], "y": [1, 1, 0]}), outcome="y", conditions="a", consistency=0.5
    )
    found = qca.minimize(lenient)
    assert found.models[0].terms == ("1",)
    assert found.models[0].coverage == 1
    assert qca.factorize(found) == ("1",)
    assert "1 => y" in repr(found)
    assert found.plot().svg.startswith("<svg")


def test_cases_of_a_model():
    rows, outcome = ["11", "11", "11", "01", "00"], [1, 1, 0, 1, 0]
    model = qca.minimize(table_of(rows, outcome, consistency=0.6, frequency=2)).models[0]
    assert (model.terms, model.cases, model.deviant, model.uncovered) == (("a*b",), (("0", "1", "2"),), ("2",), ("3",))
    assert model.fits == ((2 / 3, 2 / 3, 2 / 3, 2 / 3),)


def test_contradictory_and_incoherent_assumptions():
    """01 and 10 were not seen: a => y uses 10, and ~a => ~y uses 01; but b => y and ~a => ~y both use 01."""
    table = table_of(["11", "00"], [1, 0])
    found = qca.assumptions(qca.minimize(table, solution="parsimonious"))
    assert found["row"].tolist() == [2, 3]
    assert found["models"].tolist() == ["M2", "M1"]
    assert found["contradictory"].tolist() == [True, True]
    assert found["against"].tolist() == ["a", "b"]
    assert len(qca.assumptions(qca.minimize(table))) == 0


def test_factorize():
    assert qca.factorize("A*B + A*~C*D + A*~C*E") == ("A*(~C*(D + E) + B)",)
    assert qca.factorize("A + B") == ("A + B",)
    assert qca.factorize("A*B*C + A*B*D") == ("A*B*(C + D)",)
    assert qca.factorize("A + A*B") == ("A",)
    assert qca.factorize("a b*c + a b*d") == ("a b*(c + d)",)


def test_what_is_shown():
    table = table_of(["110", "111", "000"], [1, 1, 0])
    found = qca.minimize(table, solution="parsimonious")
    assert repr(found).splitlines() == [
        "<Solution: parsimonious, 2 models",
        "M1: a => y; consistency 1.000, PRI 1.000, coverage 1.000",
        "M2: b => y; consistency 1.000, PRI 1.000, coverage 1.000>",
    ]
    assert "M2: b =&gt; y" in found._repr_html_()
    assert "Truth table of y: cases at least 1, consistency at least 0.8; 5 remainders" in table._repr_html_()
    assert found.to_frame()["term"].tolist() == ["a", "solution", "b", "solution"]


def test_more_models_than_are_listed():
    """Each of two kinds of cases is told apart by any of 6·6 pairs of conditions: 1,296 models."""
    rows = ["1" * 6 + "0" * 6, "0" * 6 + "1" * 6, "0" * 12, "1" * 12]
    table = qca.truth_table(crisp(rows, [1, 1, 0, 0], "abcdefghijkl"), outcome="y", conditions=list("abcdefghijkl"))
    found = qca.minimize(table, solution="parsimonious")
    assert (len(found.models), found.complete) == (1000, False)
    assert "more than 1,000 models" in repr(found)
    assert "and 995 more" in repr(found)
    assert len({frozenset(model.terms) for model in found.models}) == 1000


@pytest.mark.parametrize("cases", [40, 60, 80, 100])
@pytest.mark.parametrize("seed", range(3))
def test_twelve_conditions(cases, seed):
    """Cases at random, nearly all with a row of their own: each model takes all rows with the outcome, no others."""
    random, names = np.random.default_rng([12, cases, seed]), [f"c{at}" for at in range(12)]
    data = pd.DataFrame(random.integers(0, 2, (cases, 12)), columns=names).assign(y=random.integers(0, 2, cases))
    rows = qca.truth_table(data, outcome="y", conditions=names)
    found = qca.minimize(rows, solution="parsimonious", progress=False)
    table = rows.to_frame()
    table = table[table["n"] > 0] if "n" in table else table
    for model in found.models:
        covered = np.zeros(len(table), dtype=bool)
        for term in model.terms:
            wanted = {one.lstrip("~"): not one.startswith("~") for one in term.split("*")}
            covered |= np.all([table[name] == value for name, value in wanted.items()], axis=0)
        assert covered[table["outcome"] == "1"].all()
        assert not covered[table["outcome"] == "0"].any()


# Robustness -----------------------------------------------------------------------------------------------


def test_robustness_by_hand():
    """a: 1, .8, .7, .1; at .9 a*~b: .8, .1, .2, .1. Core: the latter, 1.2 of 2.4 against 2.3 of 2.4."""
    data = pd.DataFrame({"a": [1, 0.8, 0.7, 0.1], "b": [0.2, 0.9, 0.8, 0.1], "y": [1, 0.9, 0.4, 0.1]})
    found = qca.robustness(data, outcome="y", conditions=["a", "b"], consistency=(0.7, 0.9))
    np.testing.assert_allclose([found.rf_cov, found.rf_cons], [1.2 / 2.3, 2.3 / 2.6], atol=CLOSE)
    np.testing.assert_allclose([found.sc_min, found.sc_max], [1.2 / 2.6, 1.2 / 2.6], atol=CLOSE)
    assert found.terms == {
        "term": ["a", "a*~b"], "initial": [True, False], "settings": [1, 1], "share": [0.5, 0.5]
    }  # fmt: skip
    assert (found.robust, found.shaky, found.possible) == (("0",), ("1", "2"), ())
    assert "<rect" in found.plot().svg
    assert "RF_cov 0.522" in found._repr_html_()


def test_robustness_of_what_nothing_changes():
    data = crisp(["11", "10", "00"], [1, 0, 0])
    found = qca.robustness(data, outcome="y", conditions=["a", "b"], consistency=(0.8, 0.9), frequency=[1])
    assert (found.rf_cov, found.rf_cons, found.sc_min, found.sc_max) == (1, 1, 1, 1)
    assert found.settings["same"] == [True, True]


def test_robustness_to_calibration():
    """With the crossover at 6 case 2 (value 5) leaves the set."""
    data = pd.DataFrame({"raw": [1, 2, 5, 9], "y": [0, 0.2, 0.4, 0.9]})
    found = qca.robustness(
        data, outcome="y", conditions="raw", consistency=(0.7,), anchors={"raw": [(1, 4, 8), (1, 6, 8)]}
    )
    assert found.settings["anchors of raw"] == ["1, 4, 8", "1, 6, 8"]
    assert (found.robust, found.shaky) == (("3",), ("2",))


def test_a_setting_without_a_sufficient_row_has_an_empty_solution():
    data = pd.DataFrame({"a": [1, 0.8, 0.7, 0.1], "y": [1, 0.9, 0.4, 0.1]})
    found = qca.robustness(data, outcome="y", conditions="a", consistency=(0.8, 0.99))
    assert found.settings["models"] == [1, 0]
    assert (found.rf_cov, np.isnan(found.rf_cons)) == (0, True)


# Chance ---------------------------------------------------------------------------------------------------


def test_chance_by_hand():
    """Three of six cases have a, and these the outcome. Of the 20 ways to deal it two leave a row of one kind."""
    data = pd.DataFrame({"a": [1, 1, 1, 0, 0, 0], "y": [1, 1, 1, 0, 0, 0]})
    solution = qca.minimize(qca.truth_table(data, outcome="y", conditions="a"))
    found = qca.chance(solution, permutations=2000, seed=1, progress=False)
    # Four standard errors of a share of .1 of 2,000.
    assert abs(found.any_solution - 0.1) < 0.027
    assert found.p == (1 + (found.distribution == 1).sum()) / 2001
    assert set(found.distribution) == {0, 1}
    with ThreadPoolExecutor(2) as executor:
        again = qca.chance(solution, permutations=2000, seed=1, executor=executor, progress=False)
    assert np.array_equal(found.distribution, again.distribution)
    assert "with shuffled outcomes" in repr(found)
    assert "A solution at all" in found._repr_html_()
    with pytest.raises(ArgumentError, match="solution must be one"):
        qca.chance(data)


# Pictures -------------------------------------------------------------------------------------------------


def test_xy_plot_marks_what_speaks_against():
    data = pd.DataFrame({"a": [1, 1, 0, 0, 1], "y": [1, 0, 0, 1, 1], "case": ["ü", "<b>", "c", "d", "e"]})
    svg = qca.xy_plot(data, x="a", outcome="y", cases="case").svg
    assert svg.count("#c2571a") == 2  # the case and the key
    assert "&lt;b&gt;: 1 and 0" in svg
    assert "ü, e: 1 and 1" in svg
    assert "consistency 0.667, PRI 0.667, coverage 0.667" in svg


def test_long_titles_break_before_the_arrow():
    """Bold, 63 signs do not fit into 536 pixels."""
    names = ["agreements", "direction", "culture_of_work", "status"]
    data = pd.DataFrame({name: [1, 0.2, 0] for name in names} | {"effectiveness": [1, 0.4, 0]})
    svg = qca.xy_plot(data, x="*".join(f"~{name}" for name in names), outcome="effectiveness").svg
    assert ">=&gt; effectiveness</text>" in svg
    assert ">~agreements*~direction*~culture_of_work*~status</text>" in svg


def test_plot_of_a_term():
    found = qca.minimize(table_of(["110", "101", "000"], [1, 1, 0]))
    assert "a*b*~c" in found.plot(term="a*b*~c").description
    for bad in ({"model": "M9"}, {"term": "b"}):
        with pytest.raises(ArgumentError, match="There are"):
            found.plot(**bad)


# Errors ---------------------------------------------------------------------------------------------------


def refused(error, match, **changes):
    settings = {"outcome": "y", "conditions": ["a", "b"]} | changes
    data = settings.pop("data", fuzzy())
    with pytest.raises(error, match=match):
        qca.truth_table(data, **settings)


def test_what_a_truth_table_refuses():
    refused(ArgumentError, r"'a' must hold memberships between 0 and 1, but holds 9 \(case '0'; 1 of 4", data=outside())
    refused(ArgumentError, r"1 of 4 cases have no membership in 'a' \(row|'2'\)", data=missing())
    refused(ArgumentError, "'b' is 1 in every case", data=fuzzy().assign(b=1))
    refused(ArgumentError, "the outcome 'y' is 0 in every case", data=fuzzy().assign(y=0))
    refused(ArgumentError, "must hold numbers, but holds 'p1'", conditions=["a", "case"])
    refused(ArgumentError, "can't be the outcome and a condition", outcome="~a")
    refused(ArgumentError, "names 'a' twice", conditions=["a", "a"])
    refused(ArgumentError, "~, \\*, \\+ and brackets stand for operations", conditions=["~a"])
    refused(ArgumentError, "conditions must name", conditions=[])
    refused(ArgumentError, "outcome must name", outcome=3)
    refused(ArgumentError, "consistency must be above 0", consistency=0)
    refused(ArgumentError, "pri must be above 0", pri=1.2)
    refused(ArgumentError, "frequency must be a whole number", frequency=0)
    refused(ArgumentError, "data has no rows", data=fuzzy().head(0))
    refused(ArgumentError, "data must be a pandas", data=[1])
    refused(ArgumentError, "the case 'p1' is there more than once", cases="case", data=fuzzy().assign(case="p1"))
    refused(ColumnError, "no column 'A'.*did you mean 'a'", conditions=["A", "b"])
    refused(ColumnError, "no column 'z'", outcome="z")
    refused(ColumnError, "no column 'z'", cases="z")


def outside():
    return fuzzy().assign(a=[9, 0.6, 0.2, 0.1])


def missing():
    return fuzzy().assign(a=[0.9, 0.6, None, 0.1])


def test_too_many_conditions_say_the_cost():
    names = [f"c{at}" for at in range(17)]
    data = pd.DataFrame(np.eye(17)[:, ::-1], columns=names).assign(y=[1, *[0] * 16])
    with pytest.raises(ArgumentError, match=r"17 conditions make 131,072 rows and 129,140,163 terms.*16 are the most"):
        qca.truth_table(data, outcome="y", conditions=names)
    found = qca.truth_table(data, outcome="y", conditions=names[1:])
    assert found.remainders == 2**16 - 17


def test_no_sufficient_row_says_which_cut_off_would_give_one():
    table = table_of(["11", "11", "11", "00"], [1, 1, 0, 0], consistency=0.9)
    with pytest.raises(ArgumentError, match=r"row 4, has consistency 0.667 \(cut-off 0.9\): consistency=0.666 would"):
        qca.minimize(table)
    with pytest.raises(ArgumentError, match=r"no row of the truth table has 9 cases.*frequency=3"):
        qca.minimize(table_of(["11", "11", "11", "00"], [1, 1, 0, 0], frequency=9))


def test_where_the_pri_is_too_low_another_pri_is_proposed():
    """Consistency .846 reaches .8; PRI is .1 ÷ .3. Of crisp rows without any such case no cut-off makes one."""
    data = pd.DataFrame({"a": [0.6, 0.6, 0.1], "y": [0.55, 0.45, 0.4]})
    with pytest.raises(ArgumentError, match=r"pri 0.333 \(cut-off 0.9\): pri=0.333 would take it"):
        qca.minimize(qca.truth_table(data, outcome="y", conditions="a", pri=0.9))
    crisp_rows = table_of(["11", "00", "00"], [1, 0, 0], frequency=2)
    with pytest.raises(ArgumentError, match="no cut-off is that low"):
        qca.minimize(crisp_rows)
    even = pd.DataFrame({"a": [0.5, 0.5, 1], "b": [1, 0, 0.5], "y": [1, 0, 0.3]})
    with pytest.raises(ArgumentError, match="no case is in any row of the truth table"):
        qca.minimize(qca.truth_table(even, outcome="y", conditions=["a", "b"]))


@pytest.mark.parametrize("name", ["n", "row", "outcome", "against", "1", " a", ""])
def test_names_that_would_be_mistaken(name):
    """A condition "n" would be overwritten by the numbers of cases; "1" stands for every case."""
    data = fuzzy().rename(columns={"a": name})
    with pytest.raises(ArgumentError, match="rename it"):
        qca.truth_table(data, outcome="y", conditions=[name, "b"])


def test_cases_without_a_name():
    with pytest.raises(ArgumentError, match=r"1 of 4 cases have no name in 'case' \(row 1\)"):
        qca.truth_table(fuzzy().assign(case=["p", None, "q", "r"]), outcome="y", conditions=["a", "b"], cases="case")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"solution": "short"}, "solution must be"),
        ({"expectations": {"a": 1}}, 'go with solution="intermediate"'),
        ({"solution": "intermediate"}, "needs expectations="),
        ({"solution": "intermediate", "expectations": {"A": 1}}, "no condition 'A'; did you mean 'a'"),
        ({"solution": "intermediate", "expectations": {"a": 2}}, "must be 1 \\(present\\) or 0"),
        ({"solution": "intermediate", "expectations": {"a": np.zeros(2)}}, "must be 1 \\(present\\) or 0"),
    ],
)
def test_what_minimize_refuses(settings, told):
    with pytest.raises(ArgumentError, match=told):
        qca.minimize(table_of(["11", "00"], [1, 0]), **settings)
    with pytest.raises(ArgumentError, match="must be a truth table"):
        qca.minimize(fuzzy())
    with pytest.raises(ArgumentError, match=r"must be one as qca\.minimize makes it"):
        qca.assumptions(fuzzy())


@pytest.mark.parametrize("text", ["", "a*", "a*a", "a*~a", "(a + b)*c", "a**b", None, "~"])
def test_terms_that_can_not_be_read(text):
    with pytest.raises(ArgumentError):
        qca.sufficiency(fuzzy(), outcome="y", terms=[text])


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"consistency": (0.8,)}, "one setting only"),
        ({"consistency": 0.8}, "consistency must list cut-offs"),
        ({"frequency": [4, 1]}, "no row of the truth table has 4 cases"),
        ({"frequency": range(1, 3)}, "frequency must list"),
        ({"consistency": [0.8, 7]}, "consistency must be above 0"),
        ({"anchors": {"z": [(1, 2, 3)]}}, "anchors name 'z'"),
        ({"anchors": {"a": (1, 2, 3)}}, "each as \\(out, crossover, full\\)"),
        ({"anchors": {"a": [(1, 3, 2)]}}, "in order"),
        ({"anchors": 3}, "anchors must be a dict"),
        ({"consistency": list(np.linspace(0.5, 1, 101)), "pri": list(np.linspace(0.1, 1, 101))}, "are too many"),
        ({"solution": "intermediate"}, "needs expectations="),
    ],
)
def test_what_robustness_refuses(settings, told):
    with pytest.raises(ArgumentError, match=told):
        qca.robustness(fuzzy(), outcome="y", conditions=["b", "a"], **settings)


JUNK = [
    None,
    3,
    "zz",
    ["a"],
    object(),
    np.zeros((2, 2)),
    pd.DataFrame({"a": [1]}),
    pd.DataFrame({"a": [[1], [2]], "y": [1, 0]}),
]


@pytest.mark.parametrize("bad", JUNK, ids=lambda bad: type(bad).__name__)
def test_junk_gets_an_error_of_the_package(bad):
    calls = [
        lambda: qca.calibrate(bad, out=1, crossover=2, full=3),
        lambda: qca.calibrate([1], out=bad, crossover=2, full=3),
        lambda: qca.calibrate_crisp([1], threshold=[bad]),
        lambda: qca.truth_table(bad, outcome="y", conditions="a"),
        lambda: qca.truth_table(fuzzy(), outcome=[bad], conditions="b"),
        lambda: qca.truth_table(fuzzy(), outcome="y", conditions="b", consistency=bad),
        lambda: qca.truth_table(fuzzy(), outcome="y", conditions="b", cases=[bad]),
        lambda: qca.necessity(bad, outcome="y", conditions="a"),
        lambda: qca.necessity(fuzzy(), outcome="y", conditions=[bad]),
        lambda: qca.necessity(fuzzy(), outcome="y", conditions="b", unions=[bad, "zz"]),
        lambda: qca.sufficiency(fuzzy(), outcome="y", terms=[bad, "zz"]),
        lambda: qca.sufficiency(bad, outcome="y", terms="a"),
        lambda: qca.minimize(bad),
        lambda: qca.assumptions(bad),
        lambda: qca.chance(bad),
        lambda: qca.factorize(["A", bad]),
        lambda: qca.robustness(bad, outcome="y", conditions="a"),
        lambda: qca.robustness(fuzzy(), outcome="y", conditions="b", anchors={"b": [bad]}),
        lambda: qca.xy_plot(bad, x="a", outcome="y"),
        lambda: qca.xy_plot(fuzzy(), x="zz", outcome="y"),
    ]
    for call in calls:
        with pytest.raises(WholenetError):
            call()

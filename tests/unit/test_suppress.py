"""Small-cell suppression, worked by hand."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet import errors
from wholenet._narwhals import nw
from wholenet.report import suppress

KINDS = pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])
SECTORS = {"sector": ["care", "school", "sport", "all"], "n": [9, 6, 2, 17], "share": [0.53, 0.35, 0.12, 1.0]}


def cells(table, name):
    values = nw.from_native(table, eager_only=True)[name].to_list()
    return [None if pd.isna(value) else value for value in values]


@KINDS
def test_the_cheapest_cell_protects_the_small_one(kind):
    """2 is small; with 2 alone blank, 17 - 9 - 6 tells it. The smallest other count is 6."""
    found = suppress(kind(SECTORS), by="sector", count="n", total="all")
    assert type(found.table) is type(kind(SECTORS))
    assert cells(found.table, "n") == [9, None, None, 17]
    assert cells(found.table, "share") == [0.53, None, None, 1.0]
    assert cells(found.table, "sector") == SECTORS["sector"]
    assert cells(found.table, "suppressed") == [False, True, True, False]
    assert (found.rows, found.small, found.others, found.exposed) == (4, 1, 1, 0)
    assert found.to_frame() is found.table


def test_unknown_totals_need_no_second_cell():
    table = pd.DataFrame(SECTORS).iloc[:3]
    assert cells(suppress(table, by="sector", count="n", margins=False).table, "n") == [9, 6, None]
    assert cells(suppress(table, by="sector", count="n").table, "n") == [9, None, None]


def test_a_total_that_is_small_goes_too():
    table = pd.DataFrame({"sector": ["care", "school", "all"], "n": [3, 0, 3]})
    found = suppress(table, by="sector", count="n", total="all")
    assert cells(found.table, "n") == [None, 0, None]
    assert found.exposed == 0


def test_one_group_takes_its_total_along():
    table = pd.DataFrame({"sector": ["care", "all"], "n": [4, 4]})
    assert cells(suppress(table, by="sector", count="n", total="all").table, "n") == [None, None]
    found = suppress(table.iloc[:1], by="sector", count="n")
    assert cells(found.table, "n") == [None]
    assert found.exposed == 1  # the total, known elsewhere, is the count
    assert "the totals give 1 of them away" in repr(found)


def test_two_small_counts_that_add_up_to_too_little():
    """1 + 2 = 3: with both blank, each could be 0 to 3, four values; the 6 makes it ten."""
    table = pd.DataFrame({"g": list("abcd"), "n": [1, 2, 6, 9]})
    assert cells(suppress(table, by="g", count="n").table, "n") == [None, None, None, 9]
    assert cells(suppress(table, by="g", count="n", min_count=4).table, "n") == [None, None, 6, 9]


def test_zeros_are_shown_unless_they_protect():
    table = pd.DataFrame({"g": list("abc"), "n": [4, 0, 9]})
    # 4 + 0 could be 4 + 0, 3 + 1, ..., five values for each: the cheapest is the 0.
    assert cells(suppress(table, by="g", count="n").table, "n") == [None, None, 9]
    table = pd.DataFrame({"g": list("abc"), "n": [3, 0, 9]})
    assert cells(suppress(table, by="g", count="n").table, "n") == [None, 0, None]
    table = pd.DataFrame({"g": list("abc"), "n": [5, 0, 9]})
    assert cells(suppress(table, by="g", count="n").table, "n") == [5, 0, 9]


@KINDS
def test_a_rectangle_of_the_smallest_counts(kind):
    """2 at (a, x): of the four rectangles, the one with 5, 6 and 7 is the cheapest."""
    count = [[2, 6, 9], [5, 7, 9], [9, 9, 9]]
    rows = [(row, column, count["abc".index(row)]["xyz".index(column)]) for row in "abc" for column in "xyz"]
    table = kind(dict(zip(("from", "to", "n"), map(list, zip(*rows, strict=True)), strict=True)))
    found = suppress(table, by=["from", "to"], count="n")
    assert cells(found.table, "n") == [None, None, 9, None, None, 9, 9, 9, 9]
    assert (found.small, found.others) == (1, 3)


def test_totals_in_the_table_are_blanked_where_that_is_cheaper():
    """One row: its cells are the totals of their columns, which must go with them, and so must two sums or cells."""
    table = pd.DataFrame({"row": ["a", "a", "all", "all"], "column": ["x", "y", "x", "y"], "n": [2, 8, 2, 8]})
    found = suppress(table, by=["row", "column"], count="n", total="all")
    assert cells(found.table, "n") == [None, None, None, None]
    assert found.exposed == 0


def test_what_the_totals_tell_by_themselves_is_said():
    """A row with 2 in all, known elsewhere: no blank hides that its cells are 0, 1 or 2."""
    table = pd.DataFrame({"row": list("aabb"), "column": list("xyxy"), "n": [2, 0, 8, 9]})
    found = suppress(table, by=["row", "column"], count="n")
    assert cells(found.table, "n") == [None] * 4
    assert (found.small, found.others, found.exposed) == (1, 3, 1)


def test_several_tables_in_one():
    one = pd.DataFrame(SECTORS)
    table = pd.concat([one.assign(wave=1), one.assign(wave=2, n=[9, 6, 7, 22])], ignore_index=True)
    found = suppress(table, by="sector", count="n", total="all", within="wave", values=["share"])
    assert cells(found.table, "n") == [9, None, None, 17, 9, 6, 7, 22]
    assert found.note == "–: not shown, because the count is under 5 or would tell one that is (2 of 8 rows)."


def test_other_columns_stay_when_values_are_named():
    table = pd.DataFrame({**SECTORS, "formal": [1, 1, 0, 1]})
    found = suppress(table, by="sector", count="n", total="all", values=["share"])
    assert cells(found.table, "formal") == [1, 1, 0, 1]


def test_sector_density_of_the_bundled_study():
    net = next(iter(wn.datasets.youth_care().values()))
    table = wn.mixing.sector_density(net, by="sector")
    found = suppress(table, by=["from", "to"], count="dyads", min_count=10)
    shown = found.table["dyads"].dropna()
    assert ((shown == 0) | (shown >= 10)).all()
    assert found.table["density"][found.table["suppressed"]].isna().all()
    assert found.small == int(((table["dyads"] > 0) & (table["dyads"] < 10)).sum())
    assert found.small + found.others < len(table)


def test_how_it_looks():
    found = suppress(pd.DataFrame(SECTORS), by="sector", count="n", total="all")
    assert repr(found) == "<Suppressed: 2 of 4 rows blanked (1 with a count under 5, 1 to protect it)>"
    page = found._repr_html_()
    assert page.count("<td style='text-align:left'>–</td>") == 4
    assert "suppressed" not in page
    assert found.note in page


def test_a_table_without_rows():
    found = suppress(pd.DataFrame({"g": pd.Series([], dtype=str), "n": pd.Series([], dtype=int)}), by="g", count="n")
    assert (found.rows, found.small, found.others) == (0, 0, 0)


GOOD = pd.DataFrame({"a": ["x", "y"], "b": ["u", "v"], "n": [7, 8]})


@pytest.mark.parametrize(
    ("table", "options", "error", "words"),
    [
        (GOOD, {"by": "c", "count": "n"}, errors.ColumnError, "no column 'c'"),
        (GOOD, {"by": [], "count": "n"}, errors.ArgumentError, "one or two columns"),
        (GOOD, {"by": ["a", "b", "n"], "count": "n"}, errors.ArgumentError, "one or two columns"),
        (GOOD, {"by": 3, "count": "n"}, errors.ArgumentError, "one or more columns"),
        (GOOD, {"by": "a", "within": "a", "count": "n"}, errors.ArgumentError, "one or two columns"),
        (GOOD, {"by": "a", "count": "a"}, errors.ArgumentError, "which holds groups"),
        (GOOD, {"by": "a", "count": "b"}, errors.ArgumentError, "must hold counts, but holds String"),
        (GOOD, {"by": "a", "count": "n", "values": ["a"]}, errors.ArgumentError, "groups stay"),
        (GOOD, {"by": "a", "count": "n", "values": "b"}, errors.ArgumentError, "list of columns"),
        (GOOD, {"by": "a", "count": "n", "min_count": 1}, errors.ArgumentError, "at least 2"),
        (GOOD, {"by": "a", "count": "n", "margins": "no"}, errors.ArgumentError, "margins must be"),
        (GOOD.assign(n=[-1, 2]), {"by": "a", "count": "n"}, errors.ArgumentError, "row 0 holds -1"),
        (GOOD.assign(n=[1, np.nan]), {"by": "a", "count": "n"}, errors.ArgumentError, "row 1 holds nan"),
        (GOOD.assign(n=[1, 2.5]), {"by": "a", "count": "n"}, errors.ArgumentError, "row 1 holds 2.5"),
        (GOOD.assign(a=["x", None]), {"by": "a", "count": "n"}, errors.ArgumentError, "empty in row 1"),
        (
            GOOD.assign(a=["x", "x"]),
            {"by": "a", "count": "n"},
            errors.ArgumentError,
            "a='x' stands in more than one row",
        ),
        (GOOD.assign(a=["x", "all"]), {"by": "a", "count": "n", "total": "all"}, errors.ArgumentError, "add up to 7"),
        (GOOD.assign(suppressed=0), {"by": "a", "count": "n"}, errors.ArgumentError, "already"),
        ([1], {"by": "a", "count": "n"}, errors.ArgumentError, "must be a pandas, polars or pyarrow table"),
    ],
)
def test_what_can_not_be_suppressed(table, options, error, words):
    with pytest.raises(error, match=words):
        suppress(table, **options)

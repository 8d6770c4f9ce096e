"""Small-cell suppression against a reader who solves for what was blanked."""

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wholenet.report import suppress

TOTAL = "all"


def table_of(count, *, listed):
    """Lay out a table in rows, with its totals or without."""
    rows = [(f"r{row}", f"c{column}", int(count[row, column])) for row, column in np.ndindex(count.shape)]
    if listed:
        rows += [(f"r{row}", TOTAL, int(count[row].sum())) for row in range(count.shape[0])]
        rows += [(TOTAL, f"c{column}", int(count[:, column].sum())) for column in range(count.shape[1])]
        rows += [(TOTAL, TOTAL, int(count.sum()))]
    return pd.DataFrame(rows, columns=["row", "column", "n"])


def matrix_of(table, shape, name="n"):
    """Lay out what was published as a matrix with totals; NaN is blank, or not there."""
    found = np.full((shape[0] + 1, shape[1] + 1), np.nan)
    for row, column, value in zip(table["row"], table["column"], table[name], strict=True):
        place = tuple(size if one == TOTAL else int(one[1:]) for one, size in zip((row, column), shape, strict=True))
        found[place] = value
    return found


def attacked(seen):
    """Lowest and highest value of each cell that fits all that is seen, by linear programming.

    The constraints are those of a transport problem, whose extreme solutions are whole numbers.
    """
    rows, columns = seen.shape
    sums = []
    for row in range(rows):
        line = np.zeros(seen.shape)
        line[row, :-1], line[row, -1] = 1, -1
        sums.append(line.ravel())
    for column in range(columns):
        line = np.zeros(seen.shape)
        line[:-1, column], line[-1, column] = 1, -1
        sums.append(line.ravel())
    bounds = [(0, None) if np.isnan(one) else (one, one) for one in seen.ravel()]
    low, high = np.array(seen), np.array(seen)
    for place in zip(*np.nonzero(np.isnan(seen)), strict=True):
        aim = np.zeros(seen.shape)
        aim[place] = 1
        for sign, side in ((1, low), (-1, high)):
            solved = linprog(sign * aim.ravel(), A_eq=np.array(sums), b_eq=np.zeros(len(sums)), bounds=bounds)
            side[place] = round(sign * solved.fun) if solved.status == 0 else np.inf
    return low, high


COUNTS = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(st.integers(0, 14), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]).map(
        lambda values: np.array(values).reshape(shape)
    )
)


@settings(max_examples=150, deadline=None)
@given(COUNTS, st.integers(2, 10), st.sampled_from(["listed", "known", "unknown"]))
def test_nobody_can_solve_for_a_blanked_count(count, least, totals):
    table = table_of(count, listed=totals == "listed")
    total = TOTAL if totals == "listed" else None
    found = suppress(table, by=["row", "column"], count="n", min_count=least, total=total, margins=totals == "known")
    seen = matrix_of(found.table, count.shape)
    blank = matrix_of(found.table, count.shape, "suppressed") == 1
    truth = matrix_of(table_of(count, listed=True), count.shape)
    if totals == "known":
        seen[-1], seen[:, -1] = truth[-1], truth[:, -1]
    shown = found.table["n"].dropna()
    assert not ((shown > 0) & (shown < least)).any()
    small = blank & (truth > 0) & (truth < least)
    assert small.sum() == found.small
    assert blank.sum() == found.small + found.others
    low, high = attacked(seen)
    width = (high - low)[blank]
    if not found.exposed:
        assert (width >= least - 1).all()
    else:
        # What the totals alone leave is left.
        bare = seen.copy()
        bare[matrix_of(table, count.shape) >= 0] = np.nan
        if totals == "known":
            bare[-1], bare[:, -1] = truth[-1], truth[:, -1]
        least_low, most_high = attacked(bare)
        enough = np.minimum(least - 1, (most_high - least_low)[small])
        assert ((high - low)[small] >= enough).all()
        assert ((most_high - least_low)[small] < least - 1).sum() <= found.exposed
    if totals == "listed":
        assert found.exposed == 0


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.integers(2, 6), st.sampled_from([True, False]))
def test_one_dimension_by_trying_all_tables(count, least, listed):
    names = [f"g{place}" for place in range(len(count))]
    rows = list(zip(names, count, strict=True)) + ([(TOTAL, sum(count))] if listed else [])
    table = pd.DataFrame(rows, columns=["group", "n"])
    found = suppress(table, by="group", count="n", min_count=least, total=TOTAL if listed else None)
    seen = found.table["n"].tolist()
    total = seen.pop() if listed else sum(count)
    hidden = [place for place, one in enumerate(seen) if np.isnan(one)]
    assert all(one == 0 or one >= least for one in seen if not np.isnan(one))
    most = sum(count) + least
    fits = []
    for guess in product(range(most + 1), repeat=len(hidden)):
        tried = list(seen)
        for place, one in zip(hidden, guess, strict=True):
            tried[place] = one
        if np.isnan(total) or sum(tried) == total:
            fits.append(guess)
    possible = [len(set(column)) for column in zip(*fits, strict=True)]
    if found.exposed:
        assert not listed
        assert len(hidden) == len(count)  # all that can be done
    else:
        assert all(number >= least for number in possible)


@given(COUNTS, st.integers(2, 10))
def test_the_order_of_rows_changes_no_promise_and_blanks_stay_together(count, least):
    table = table_of(count, listed=False)
    table["share"] = table["n"] / max(count.sum(), 1)
    found = suppress(table, by=["row", "column"], count="n", min_count=least)
    out = found.table
    assert out[["row", "column"]].equals(table[["row", "column"]])
    blank = out["suppressed"].to_numpy()
    for name in ("n", "share"):
        assert out[name].isna().to_numpy().tolist() == blank.tolist()
        assert (out.loc[~blank, name] == table.loc[~blank, name]).all()

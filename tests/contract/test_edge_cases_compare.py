"""Comparing networks on every awkward network and table: a result, or an error of ours; never a warning."""

import pandas as pd
import pytest

import wholenet as wn
from edge_networks import each_network
from wholenet import compare
from wholenet.errors import WholenetError

OPTIONS = {"permutations": 9, "seed": 1, "progress": False}
CALLS = {
    "effects": lambda data: compare.effects(data, "y ~ a * b + x", **OPTIONS),
    "leave_one_out": lambda data: compare.leave_one_out(compare.effects(data, "y ~ x", **OPTIONS)),
    "matched": lambda data: compare.matched(data, outcome="y", treatment="b", on="x", exact="a", seed=1),
    "multilevel": lambda data: compare.multilevel(data, "y ~ x", group="a"),
}
NAMES = list("abcdefghij")
TABLES = {
    "usual": {"y": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3], "x": [2, 7, 1, 8, 2, 8, 1, 8, 2, 8], "a": list("uuuuvvvvww")},
    "no rows": {"network": [], "y": [], "x": [], "a": [], "b": []},
    "one row": {"network": ["a"], "y": [1.0], "x": [2.0], "a": ["u"], "b": [True]},
    "two rows": {"network": ["a", "b"], "y": [1.0, 2.0], "x": [2.0, 1.0], "a": ["u", "v"], "b": [True, False]},
    "constant": {"y": [1] * 10, "x": [1] * 10, "a": ["u"] * 10},
    "empty cells": {"y": [None, *[1.0] * 9], "x": [2.0] * 9 + [None], "a": [*"uuuuvvvvw", None]},
    "all empty": {"y": [None] * 10, "x": [None] * 10, "a": [None] * 10},
    "huge": {"y": [1e300, -1e300] * 5, "x": [1e-300] * 10, "a": list("uuuuvvvvww")},
    "infinite": {"y": [float("inf")] + [1.0] * 9, "x": range(10), "a": list("uuuuvvvvww")},
    "text for numbers": {"y": list("0123456789"), "x": list("0123456789"), "a": list("uuuuvvvvww")},
    "perfect": {"y": range(10), "x": range(10), "a": list("uvuvuvuvuv")},
    "integers for names": {"network": range(10), "y": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3], "x": range(10), "a": [1, 2] * 5},
    "twice the same name": {"network": ["a"] * 10, "y": range(10), "x": range(10), "a": list("uuuuvvvvww")},
}


def test_every_function_is_here():
    assert {*CALLS, "fair", "qca"} == {name for name in compare.__all__ if name.islower()}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", CALLS)
def test_result_or_error(table, name):
    data = pd.DataFrame({"network": NAMES, "b": [True, False] * 5} | TABLES[table]) if len(
        next(iter(TABLES[table].values()))
    ) == 10 else pd.DataFrame(TABLES[table])  # fmt: skip
    try:
        found = CALLS[name](data)
    except WholenetError:
        return
    assert len(found.to_frame())
    assert repr(found)
    assert found._repr_html_().startswith(("<div", "<table"))
    if name != "multilevel":
        assert found.plot().svg


@each_network
def test_fair(net):
    try:
        found = compare.fair(wn.Study({"a": net, "b": net}, by="network"), ["components", "isolates"], draws=9, seed=1)
    except WholenetError:
        return
    assert len(found.to_frame()) == 4
    assert found.plot().svg
    assert found._repr_html_().startswith("<table")

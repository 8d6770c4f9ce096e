"""What changes when organisations leave or join, and how a network holds: values worked by hand."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import design
from wholenet.errors import (
    ArgumentError,
    ColumnError,
    TieError,
)

ACTORS = pd.DataFrame(
    {
        "name": list("abcdef"),
        "level": ["light", "light", "light", "heavy", "heavy", "acute"],
        "gate": ["GP", None, None, None, "doctor", None],
        "capacity": [2, 1, None, 3, 3, 1],
        "size": [1, 2, 2, 3, 3, 3],
    }
)


# a-b, a-d, d-e; c and f have no ties; b-c is not known.
TIES = pd.DataFrame({"source": list("aadb"), "target": list("bdec"), "value": [2.0, 1.0, 3.0, None]})


NET = wn.Network.from_edges(TIES, ACTORS, weight="value", directed=False)


# What if --------------------------------------------------------------------------------------------------


def test_a_loss_by_hand():
    found = design.what_if(NET, remove=["d"], levels="level", within=2, capacity="capacity")
    # d had ties with a and e. e, the other heavy one, could take over a's tie; nobody that with e itself.
    assert found.loads["takes_over"].tolist() == [0, 0, 0, 1, 0]
    assert found.orphans == 1
    assert found.loads["before"].tolist() == [2, 1, 0, 1, 0]
    assert found.loads["after"].tolist() == [1, 1, 0, 0, 0]
    assert_array_equal(found.loads["over"], [0, 0, np.nan, 0, 0])
    # Before: a-d-e and a-b: a and b reach heavy (b by a in 2), e reaches light (a in 2). After none does.
    assert found.broken.to_numpy().tolist() == [
        ["e", "heavy", "light"],
        ["a", "light", "heavy"],
        ["b", "light", "heavy"],
    ]
    measures = dict(zip(found.measures["measure"], found.measures["after"], strict=True))
    # a-b and c, e, f alone: one of ten pairs is joined.
    assert measures["components"] == 4
    assert_allclose(measures["fragmentation"], 0.9)
    assert_allclose(measures["reach within 2"], 0.1)
    assert found.network.recipe[-2:] == ("values left out", "what if: d leaves")
    assert found.network.missing.dyads == 1
    assert repr(found) == (
        "<WhatIf: d leaves; fragmentation 0.6 to 0.9, 3 care paths broken, 2 ties to take over (1 by nobody)>"
    )


def test_a_merger_by_hand():
    found = design.what_if(NET, merge={"bd": ["b", "d"]}, levels="level", within=1)
    assert found.network.labels.tolist() == ["a", "bd", "c", "e", "f"]
    # a had both of them; the tie with c is not known, since b's is not.
    assert found.loads["before"].tolist() == [2, 3, 0, 1, 0]
    assert found.loads["after"].tolist() == [1, 2, 0, 1, 0]
    assert found.network.attribute("level").tolist()[1] == "light"
    assert np.isnan(found.network.to_matrix()[1, 2])


def test_newcomers_and_ties():
    found = design.what_if(
        NET,
        add={"g": {"level": "acute"}},
        add_ties=[("g", "a"), ("b", "c")],
        drop_ties=[("a", "b")],
        levels="level",
        within=1,
    )
    assert found.words == ("g is added", "g and a make a tie", "b and c make a tie", "a and b let their tie go")
    assert found.network.n_ties == 4
    assert found.loads["after"].tolist() == [2, 1, 1, 2, 1, 0, 1]
    opened = found.paths.set_index(["level", "to_level"])["opened"]
    assert opened["light", "acute"] == 1
    assert len(found.broken) == 0


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([None, "x", None, "x"], dtype=object),
        pd.array([None, "x", None, "x"], dtype="string"),
        pd.array([None, 1, None, 1], dtype="Int64"),
        pl.Series([None, "x", None, "x"]),
        pa.array([None, "x", None, "x"]),
    ],
)
def test_nobody_is_known_to_take_over_from_one_without_a_level(column):
    make = {"polars": pl.DataFrame, "pyarrow": pa.table}.get(type(column).__module__.partition(".")[0], pd.DataFrame)
    net = wn.Network.from_edges(
        (["a", "a"], ["b", "d"]), make({"name": list("abcd"), "care_level": column}), directed=False
    )
    found = design.what_if(net, remove=["a"])
    assert found.orphans == 2
    assert list(found.loads["takes_over"].to_pylist() if make is pa.table else found.loads["takes_over"]) == [0, 0, 0]


def test_a_tie_is_lost_as_it_is_when_its_end_leaves():
    """p has ties with a and b: one with both together. What is let go before is not to be taken over."""
    net = wn.Network.from_edges((["a", "b", "c"], ["p", "p", "d"]), directed=False)
    merged = design.what_if(net, merge={"ab": ["a", "b"]}, remove=["ab"], levels=None)
    assert_array_equal(merged.loads["takes_over"], [0.5, 0.5, 0])
    dropped = design.what_if(net, drop_ties=[("a", "p")], remove=["a"], levels=None)
    assert dropped.loads["takes_over"].sum() + dropped.orphans == 0


def test_pairs_that_were_not_observed_are_no_ties_before_and_after():
    """Of three one tie: a mean of 2 ÷ 3; after its end has left, of two none."""
    net = wn.Network.from_matrix([[0, np.nan, 1], [np.nan, 0, 0], [1, 0, 0]], directed=False)
    found = design.what_if(net, remove=[2], levels=None)
    at = found.measures["measure"].index("mean degree")
    assert (found.measures["before"][at], found.measures["after"][at]) == (2 / 3, 0)


def test_more_steps_than_organisations():
    """However many steps: nobody reaches anyone where there is no tie."""
    net = wn.Network.from_matrix(
        np.zeros((3, 3)), pd.DataFrame({"name": list("abc"), "care_level": list("xyx")}), directed=False
    )
    found = design.what_if(net, remove=["c"], within=9)
    at = found.measures["measure"].index("reach within 9")
    assert (found.measures["before"][at], found.measures["after"][at]) == (0, 0)
    assert found.paths["before"].sum() == found.paths["after"].sum() == 0


def test_paths_to_a_level_that_is_new():
    actors = pd.DataFrame({"name": ["a", "b"], "care_level": ["x", "y"]})
    net = wn.Network.from_edges((["a"], ["b"]), actors, directed=False)
    found = design.what_if(net, add={"c": {"care_level": "z"}}, add_ties=[("a", "c")], within=1)
    assert found.paths.to_numpy().tolist() == [
        ["x", "y", 1, 1, 1, 0, 0],
        ["x", "z", 1, 0, 1, 0, 1],
        ["y", "x", 1, 1, 1, 0, 0],
        ["y", "z", 1, 0, 0, 0, 0],
    ]


def test_those_whom_an_attribute_marks_leave():
    found = design.what_if(NET, remove="gate", levels=None)
    assert found.network.labels.tolist() == ["b", "c", "d", "f"]
    assert found.paths is None
    assert found.plot().svg.startswith("<svg")
    assert "Whose load would grow" in found._repr_html_()


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({}, ArgumentError, "nothing changes"),
        ({"remove": ["z"]}, ArgumentError, "no organisation 'z'"),
        ({"remove": ["a", "a"]}, ArgumentError, "more than once"),
        ({"remove": "gat"}, ColumnError, "did you mean 'gate'"),
        ({"remove": 3}, ArgumentError, "remove"),
        ({"remove": "a"}, ArgumentError, r"remove=\['a'\]"),
        ({"remove": [["a"]]}, ArgumentError, "no organisation"),
        ({"merge": {"x": 3}}, ArgumentError, "two or more"),
        ({"remove": list("abcdef")}, ArgumentError, "nobody is left"),
        ({"add": {"a": {}}}, ArgumentError, "already"),
        ({"add": {"g": {"levle": "x"}}}, ArgumentError, "did you mean 'level'"),
        ({"add": {"g": "light"}}, ArgumentError, "attributes of 'g'"),
        ({"add": ["g"]}, ArgumentError, "dictionary"),
        ({"add_ties": [("a", "b")]}, TieError, "a tie already"),
        ({"add_ties": [("a", "a")]}, TieError, "no tie"),
        ({"add_ties": ["ab"]}, ArgumentError, "pairs of labels"),
        ({"add_ties": "ab"}, ArgumentError, "pairs of labels"),
        ({"drop_ties": [("a", "c")]}, TieError, "is no tie"),
        ({"merge": {"x": ["a"]}}, ArgumentError, "two or more"),
        ({"merge": {"x": "ab"}}, ArgumentError, "two or more"),
        ({"merge": {"c": ["a", "b"]}}, ArgumentError, "already"),
        ({"merge": [1]}, ArgumentError, "dictionary"),
        ({"remove": ["a"], "within": 0}, ArgumentError, "within"),
        ({"remove": ["a"], "capacity": -1}, ArgumentError, "capacity"),
        ({"remove": ["a"], "levels": "levle"}, ColumnError, "did you mean 'level'"),
    ],
)
def test_what_if_refuses(options, kind, words):
    with pytest.raises(kind, match=words):
        design.what_if(NET, **{"levels": "level", **options})


# Robustness -----------------------------------------------------------------------------------------------


def test_robustness_by_hand():
    """a-b, a-d, d-e, c, f: first a (of a and d the first), then d; b, c, e, f are alone."""
    found = design.robustness(NET, seed=1, draws=50)
    assert found.removed.tolist() == list("adbcef")
    assert_allclose(found.largest, np.array([4, 2, 1, 1, 1, 1, 0]) / 6)
    assert_allclose(found.joined, np.array([12, 2, 0, 0, 0, 0, 0]) / 30)
    assert_allclose(found.r, 1 / 6)
    marks = design.robustness(NET, order="gate", seed=1, draws=50)
    assert marks.removed.tolist()[:2] == ["a", "e"]
    given = design.robustness(NET, order=[1, 2, 3, 4, 5, 6], seed=1, draws=50)
    assert given.removed.tolist() == list("fedcba")
    assert "in the order given" in repr(given)
    assert "at random" in found._repr_html_()


def test_robustness_of_complete_and_empty_networks():
    complete = wn.Network.from_matrix(1 - np.eye(5), directed=False)
    found = design.robustness(complete, seed=1, draws=20)
    assert_allclose([found.r, found.r_random, found.p_lower], [4 / 10, 4 / 10, 1])
    empty = wn.Network.from_matrix(np.zeros((5, 5)), directed=False)
    assert_allclose(design.robustness(empty, order="betweenness", seed=1, draws=20).r, 4 / 25)
    one = design.robustness(wn.Network.from_matrix([[0]], directed=False), seed=1, draws=20)
    assert (one.r, one.largest.tolist()) == (0, [1, 0])


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"order": "gat"}, ColumnError),
        ({"order": "level"}, None),
        ({"order": [1, 2]}, ArgumentError),
        ({"order": "size"}, ArgumentError),
        ({"draws": 0}, ArgumentError),
        ({"seed": -1}, ArgumentError),
    ],
)
def test_robustness_refuses(options, kind):
    if kind is None:
        assert design.robustness(NET, seed=1, draws=5, **options).order == options["order"]
        return
    with pytest.raises(kind):
        design.robustness(NET, **options)

"""Measures as tidy tables."""

from functools import partial

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet import Network, Study, errors

KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
ENDS = {"source": ["a", "b"], "target": ["b", "c"]}
ACTORS = {"name": ["c", "b", "a", "x"], "size": [3, 2, 1, 9]}


def made(kind="pandas", **options):
    return Network.from_edges(KINDS[kind](ENDS), KINDS[kind](ACTORS), **options)


def columns(table):
    frame = nw.from_native(table, eager_only=True)
    return {name: frame[name].to_list() for name in frame.columns}


@pytest.mark.parametrize("kind", KINDS)
def test_measures_of_actors_stand_beside_the_actors_table(kind):
    table = wn.table(made(kind), ["degree", wn.centrality.strength])
    assert type(table) is type(KINDS[kind](ENDS))
    assert columns(table) == {**ACTORS, "degree": [1.0, 2.0, 1.0, 0.0], "strength": [1.0, 2.0, 1.0, 0.0]}


@pytest.mark.parametrize("kind", KINDS)
def test_measures_of_the_network_make_one_row(kind):
    table = wn.table(made(kind), {"density": "density", "ties": lambda net: net.n_ties, "dense": lambda _: np.True_})
    assert columns(table) == {"density": [2 / 12], "ties": [2], "dense": [True]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_study_stacks_its_networks_under_its_keys(kind):
    net = made(kind)
    study = Study({("north", 2): net, ("north", 1): net.subset(["a", "b"])}, by=["place", "wave"])
    table = wn.table(study, {"in": partial(wn.centrality.degree, mode="in")})
    assert columns(table) == {
        "place": ["north"] * 6,
        "wave": [1, 1, 2, 2, 2, 2],
        "name": ["a", "b", "c", "b", "a", "x"],
        "size": [1, 2, 3, 2, 1, 9],
        "in": [0.0, 1.0, 1.0, 1.0, 0.0, 0.0],
    }
    assert nw.from_native(table).schema["wave"] == nw.Int64
    assert columns(wn.table(study, {"ties": lambda net: net.n_ties})) == {
        "place": ["north"] * 2,
        "wave": [1, 2],
        "ties": [1, 2],
    }


@pytest.mark.parametrize("kind", KINDS)
def test_whole_numbers_in_one_network_and_others_in_the_next(kind):
    net = made(kind)
    study = Study({1: net, 2: net.subset([])}, by="wave")
    table = wn.table(study, {"diameter": lambda net: 2 if net.n_actors else np.nan})
    found = columns(table)["diameter"]
    assert found[0] == 2.0
    assert np.isnan(found[1])


@pytest.mark.parametrize("kind", KINDS)
def test_networks_without_actors_add_no_rows(kind):
    net = made(kind)
    study = Study({1: net.subset([]), 2: net}, by="wave")
    table = wn.table(study, "degree")
    assert columns(table)["wave"] == [2] * 4
    assert nw.from_native(table).schema["wave"] == nw.Int64


def test_networks_with_other_attributes_and_kinds():
    ends = (["a"], ["b"])
    first = Network.from_edges(ends, pd.DataFrame({"name": ["a", "b"], "size": [1, 2]}))
    second = Network.from_edges(ends, pl.DataFrame({"name": ["a", "b"], "age": [3.5, 4.5]}))
    table = wn.table(Study({1: first, 2: second}, by="wave"), "degree")
    assert isinstance(table, pd.DataFrame)
    assert list(table.columns) == ["wave", "name", "size", "degree", "age"]
    assert table["age"].isna().tolist() == [True, True, False, False]


def test_ties_and_actors_in_tables_of_different_kinds():
    net = Network.from_edges(pd.DataFrame(ENDS), pl.DataFrame(ACTORS))
    assert isinstance(net.ties, pd.DataFrame)
    assert isinstance(net.actors, pl.DataFrame)
    assert columns(wn.table(net, "degree"))["degree"] == [1, 2, 1, 0]
    assert columns(wn.table(Study({1: net}, by="wave"), "degree"))["degree"] == [1, 2, 1, 0]
    assert columns(wn.table(Study({1: net}, by="wave"), "density"))["wave"] == [1]


def test_labels_of_different_kinds_do_not_fit_one_column():
    first, second = Network.from_edges((["a"], ["b"])), Network.from_edges(([1], [2]))
    with pytest.raises(errors.ArgumentError, match="column 'actor' holds numbers in one"):
        wn.table(Study({1: first, 2: second}, by="wave"), "degree")


def test_integer_and_mark_results_keep_their_kind():
    table = wn.table(made(), {"group": wn.cohesion.components, "tied": lambda net: wn.centrality.degree(net) > 0})
    assert table["group"].dtype == np.int64
    assert table["tied"].tolist() == [True, True, True, False]


def test_names_come_from_functions_and_partials():
    table = wn.table(made(), [partial(wn.centrality.degree, mode="in"), wn.centrality.strength])
    assert list(table.columns) == ["name", "size", "degree", "strength"]


@pytest.mark.parametrize(
    ("measures", "error", "words"),
    [
        (["betweeness"], errors.KeyNotFoundError, "no measure 'betweeness'; did you mean 'betweenness'"),
        (["TRIADS"], errors.KeyNotFoundError, "no measure 'TRIADS'"),
        ([], errors.ArgumentError, "at least one measure"),
        ({}, errors.ArgumentError, "at least one measure"),
        ([3], errors.ArgumentError, "a name or a function of a network, but one is 3"),
        (["degree", "density"], errors.ArgumentError, "degree: actors; density: network"),
        ([lambda net: net.labels.tolist()], errors.ArgumentError, "'<lambda>' gives a list"),
        ([lambda net: net.to_matrix()], errors.ArgumentError, r"ndarray of shape \(4, 4\).*call it by itself"),
        (
            ["degree", partial(wn.centrality.degree, mode="in")],
            errors.ArgumentError,
            "two measures are called 'degree'",
        ),
        ({"size": "degree"}, errors.ArgumentError, r"has columns \['size'\] already"),
    ],
)
def test_measures_that_do_not_fit(measures, error, words):
    with pytest.raises(error, match=words):
        wn.table(made(), measures)


def test_data_that_is_neither_a_network_nor_a_study():
    with pytest.raises(errors.ArgumentError, match="takes a Network or a Study, but got a dict"):
        wn.table({}, "degree")
    with pytest.raises(errors.ArgumentError, match="no networks"):
        wn.table(Study({}, by="wave"), "degree")


def test_names_of_the_study_are_not_overwritten():
    study = Study({1: made()}, by="wave")
    with pytest.raises(errors.ArgumentError, match=r"told apart by \['wave'\]"):
        wn.table(study, {"wave": "degree"})
    study = Study({1: made()}, by="size")
    with pytest.raises(errors.ArgumentError, match="column 'size' too, with other values"):
        wn.table(study, "degree")
    same = Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": ["a", "b"], "wave": [1, 1]}))
    assert list(wn.table(Study({1: same}, by="wave"), "degree").columns) == ["wave", "name", "degree"]


def test_a_measure_that_fails_says_on_which_network():
    def fails(net):
        raise ValueError(net.n_actors)

    with pytest.raises(ValueError, match="4") as caught:
        wn.table(Study({7: made()}, by="wave"), fails)
    assert caught.value.__notes__ == ["in the network 7 of the study"]


def test_a_measure_that_needs_an_argument_says_so():
    net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    with pytest.raises(
        errors.ArgumentError, match=r"katz needs alpha=\.\.\.; pass functools\.partial\(wn\.centrality\.katz"
    ):
        wn.table(net, ["katz"])
    with pytest.raises(errors.ArgumentError, match=r"blau needs by=\.\.\.; pass functools\.partial\(wn\.mixing\.blau"):
        wn.table(net, ["blau"])


def test_rows_of_a_study_are_numbered_through():
    study = wn.Study({wave: wn.Network.from_edges((["a"], ["b"])) for wave in (1, 2)}, by="wave")
    assert wn.table(study, ["degree"]).index.tolist() == [0, 1, 2, 3]

"""Values of mixing worked by hand."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet import mixing
from wholenet.errors import ColumnError, LabelError

NAN = float("nan")
ACTORS = pd.DataFrame({"name": list("abcde"), "sector": ["school", "care", "care", "care", "team"]})
# a is a school, b, c, d are care, e is a team.
TIES = (list("abbcd"), list("bacde"))


def rows(table):
    """Rows of a table as tuples, NaN as None."""
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in table.itertuples(index=False)]


def test_composition_counts_actors():
    net = wn.Network.from_edges(TIES, ACTORS)
    assert rows(mixing.composition(net, by="sector")) == [("care", 3, 0.6), ("school", 1, 0.2), ("team", 1, 0.2)]


def test_sector_density_of_a_directed_network():
    # Ties a-b, b-a, b-c, c-d, d-e: 5 of 20 dyads.
    net = wn.Network.from_edges(TIES, ACTORS)
    table = mixing.sector_density(net, by="sector")
    assert list(table.columns) == ["from", "to", "ties", "dyads", "density", "expected", "ratio"]
    assert rows(table) == [
        ("care", "care", 2, 6, 2 / 6, 0.25, 2 / 6 / 0.25),
        ("care", "school", 1, 3, 1 / 3, 0.25, 1 / 3 / 0.25),
        ("care", "team", 1, 3, 1 / 3, 0.25, 1 / 3 / 0.25),
        ("school", "care", 1, 3, 1 / 3, 0.25, 1 / 3 / 0.25),
        ("school", "school", 0, 0, None, 0.25, None),
        ("school", "team", 0, 1, 0, 0.25, 0),
        ("team", "care", 0, 3, 0, 0.25, 0),
        ("team", "school", 0, 1, 0, 0.25, 0),
        ("team", "team", 0, 0, None, 0.25, None),
    ]
    assert table["ties"].dtype == table["dyads"].dtype == np.int64


def test_sector_density_of_an_undirected_network_lists_each_pair_once():
    # Ties a-b, b-c, c-d, d-e: 4 of 10 dyads.
    net = wn.Network.from_edges((list("abcd"), list("bcde")), ACTORS, directed=False)
    assert rows(mixing.sector_density(net, by="sector")) == [
        ("care", "care", 2, 3, 2 / 3, 0.4, 2 / 3 / 0.4),
        ("care", "school", 1, 3, 1 / 3, 0.4, 1 / 3 / 0.4),
        ("care", "team", 1, 3, 1 / 3, 0.4, 1 / 3 / 0.4),
        ("school", "school", 0, 0, None, 0.4, None),
        ("school", "team", 0, 1, 0, 0.4, 0),
        ("team", "team", 0, 0, None, 0.4, None),
    ]


def test_sector_density_of_values_sums_them():
    net = wn.Network.from_edges(TIES, ACTORS, weight=[1, 2, 3, 4.5, 6])
    table = mixing.sector_density(net, by="sector")
    assert rows(table)[0] == ("care", "care", 7.5, 6, 7.5 / 6, 16.5 / 20, 7.5 / 6 / (16.5 / 20))


def test_sector_density_runs_over_observed_dyads():
    # b did not answer: of care's six dyads c-b, c-d, d-b, d-c are left, and 16 in all.
    ties = (list("acd"), list("bde"))
    net = wn.Network.from_edges(ties, ACTORS, respondents=list("acde"))
    table = mixing.sector_density(net, by="sector")
    assert rows(table)[:2] == [
        ("care", "care", 1, 4, 1 / 4, 3 / 16, 1 / 4 / (3 / 16)),
        ("care", "school", 0, 2, 0, 3 / 16, 0),
    ]
    assert table["dyads"].sum() == net.missing.observed == 16


def test_without_ties_the_ratio_is_undefined():
    net = wn.Network.from_edges(np.empty((0, 2), dtype="U1"), ACTORS)
    table = mixing.sector_density(net, by="sector")
    assert table["ratio"].isna().all()
    assert (table["expected"] == 0).all()


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table])
def test_tables_come_in_the_kind_of_the_network(make):
    net = wn.Network.from_edges(make({"source": ["a"], "target": ["b"]}), make({"name": ["a", "b"], "by": [1, 2]}))
    table = mixing.sector_density(net, by="by")
    assert type(table) is type(mixing.composition(net, by="by")) is type(make({}))


def test_empty_network_gives_empty_tables():
    actors = pd.DataFrame({"name": np.array([], dtype="U1"), "sector": np.array([], dtype="U1")})
    net = wn.Network.from_edges(np.empty((0, 2), dtype="U1"), actors)
    assert len(mixing.composition(net, by="sector")) == 0
    assert len(mixing.sector_density(net, by="sector")) == 0


@pytest.mark.parametrize("function", [mixing.composition, mixing.sector_density])
def test_refusals(function):
    net = wn.Network.from_edges(TIES, ACTORS)
    with pytest.raises(ColumnError, match="did you mean 'sector'"):
        function(net, by="sectr")
    unknown = wn.Network.from_edges(TIES, ACTORS.assign(sector=["x", "y", None, "y", "x"]))
    with pytest.raises(LabelError, match=r"no 'sector'.*'c'"):
        function(unknown, by="sector")


def test_more_groups_than_fit_a_table_are_refused():
    n = 10_001
    actors = pd.DataFrame({"name": np.arange(n), "own": np.arange(n)})
    net = wn.Network.from_edges(np.array([[0, 1]]), actors)
    with pytest.raises(wn.errors.ArgumentError, match="at most 10000 different values, but is one of 10001"):
        wn.mixing.sector_density(net, by="own")

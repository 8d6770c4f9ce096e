"""Every measure of networks of at most three actors: a result, or an error of ours that says something."""

import inspect
from functools import partial

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet import Network, errors

KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
ACTORS = {"name": ["gp", "school", "team"], "sector": ["care", "school", "care"]}


def tried(function, *data):
    """What a function returns, or None where it raises an error of ours that says something."""
    try:
        return function(*data)
    except errors.InternalError:
        raise
    except wn.WholenetError as error:
        told = str(error)
    assert len(told) > 20
    return None


def small_networks():
    for n in (0, 1, 2, 3):
        for directed in (True, False):
            for cells in (np.zeros((n, n)), np.ones((n, n)) - np.eye(n), np.full((n, n), np.nan)):
                actors = pd.DataFrame({"name": [f"actor {place}" for place in range(n)], "sector": ["x"] * n})
                yield Network.from_matrix(cells, actors.astype({"name": str, "sector": str}), directed=directed)


MEASURES = [
    (family, name)
    for family in (wn.centrality, wn.cohesion)
    for name in family.__all__
    if inspect.isfunction(getattr(family, name))
]


# What has no default.
NUMBERS = {"katz": {"alpha": 0.1}, "bonacich_power": {"beta": 0.1}}


@pytest.mark.parametrize(("family", "name"), MEASURES, ids=[name for _, name in MEASURES])
def test_every_measure_of_a_small_network_gives_a_result_or_an_error_of_ours(family, name):
    measure = partial(getattr(family, name), **NUMBERS.get(name, {}))
    for net in small_networks():
        result = tried(measure, net)
        if isinstance(result, np.ndarray):
            assert result.shape[0] == net.n_actors, net


@pytest.mark.parametrize("name", ["composition", "sector_density"])
def test_every_mixing_table_of_a_small_network(name):
    for net in small_networks():
        table = getattr(wn.mixing, name)(net, by="sector")
        assert len(table) == (1 if net.n_actors else 0), net


def test_every_change_between_small_networks():
    for net in small_networks():
        change = tried(wn.change.tie_change, net, net)
        if change is not None:
            assert (change.kept, change.dissolved, change.new) == (net.n_ties, 0, 0)

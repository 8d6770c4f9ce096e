"""Definitions and crosswalks: every call runs, every value is what the call gives, every name exists."""

import re

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import brokerage, centrality, cohesion, groups, mixing, positions
from wholenet._crosswalk import ROWS
from wholenet._definitions import DEFINITIONS
from wholenet.errors import ArgumentError, KeyNotFoundError

ACTORS = pd.DataFrame({"name": list("abcdef"), "sector": list("xxyyzz"), "size": [1, 2, 3, 4, 5, 6]})
DIRECTED = wn.Network.from_edges((list("abcadeb"), list("bcdeafa")), ACTORS)
UNDIRECTED = DIRECTED.symmetrize("union")
FAMILIES = (brokerage, centrality, cohesion, groups, mixing, positions)
PLACES = {
    **{family.__name__.split(".")[-1]: family for family in FAMILIES},
    "one": [0, 1],
    "other": [1, 0],
    "distances": 1 - np.eye(3),
}
BARE = {"krackhardt_hierarchy", "krackhardt_efficiency", "lubness"}


def called(text, net):
    return eval(text, {**PLACES, "net": net, "Network": wn.Network})  # noqa: S307 (our own table)


@pytest.mark.parametrize("net", [DIRECTED, UNDIRECTED], ids=["directed", "undirected"])
@pytest.mark.parametrize("name", DEFINITIONS)
def test_values_are_those_of_the_calls(name, net):
    table = wn.definitions(net, name.split(".")[1])
    for _, row in table.iterrows():
        found = np.atleast_1d(np.asarray(called(row["call"], net), dtype=float))
        known = found[~np.isnan(found)]
        assert row["undefined"] == len(found) - len(known)
        np.testing.assert_array_equal(row["value"], known.mean())
        np.testing.assert_array_equal([row["lowest"], row["highest"]], [known.min(), known.max()])


def test_definitions_differ_somewhere():
    for name, listed in DEFINITIONS.items():
        calls = wn.definitions(DIRECTED, name.split(".")[1])["call"]
        assert len(set(calls)) == len(listed)


def test_unknown():
    with pytest.raises(KeyNotFoundError, match=r"closenes.*closeness"):
        wn.definitions(DIRECTED, "closenes")
    with pytest.raises(ArgumentError, match="program must be"):
        wn.crosswalk("Gephi")


@pytest.mark.parametrize("program", ROWS)
def test_what_stands_here_runs(program):
    table = wn.crosswalk(program)
    assert table.columns.tolist() == ["theirs", "ours", "note"]
    assert not table["theirs"].duplicated().any()
    signed = wn.Network.from_edges((["a"], ["b"]), weight=[-1], directed=False, signed=True)
    two_mode = wn.Network.from_edges((["a"], ["b"]), two_mode=True)
    for theirs, ours in zip(table["theirs"], table["ours"], strict=True):
        if ours.startswith("io."):
            assert hasattr(wn.io, ours[3:].split("(")[0])
            continue
        text = ours.replace("[...]", '["a", "b"]')
        for bare in BARE:
            text = re.sub(rf", {bare}\b", f", cohesion.{bare}(net)", text)
        # What takes undirected networks only says so for networkx, whose functions do too.
        net = DIRECTED
        if "pn(" in text:
            net = signed
        elif "project(" in text:
            net = two_mode
        elif program == "networkx" and re.search(r"cut_actors|bridges|biconnected", text):
            net = UNDIRECTED
        elif "dichotomize" in text:
            net = wn.Network.from_edges((["a"], ["b"]), weight=[2])
        called(text, net)
        if program == "networkx":
            assert hasattr(nx, theirs)
        if program == "igraph":
            assert hasattr(ig.Graph, theirs) or hasattr(ig, theirs)

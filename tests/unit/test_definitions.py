"""Definitions and crosswalks: every call runs, every value is what the call gives, every name exists."""

import re

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import brokerage, centrality, cohesion, groups, inference, mixing, models, positions
from wholenet._crosswalk import ROWS
from wholenet._definitions import DEFINITIONS
from wholenet.errors import ArgumentError, KeyNotFoundError

ACTORS = pd.DataFrame(
    {"name": list("abcdef"), "sector": list("xxyyzz"), "size": [1, 2, 4, 3, 6, 5], "lead": [True, False] * 3}
)
DIRECTED = wn.Network.from_edges((list("abcadeb"), list("bcdeafa")), ACTORS)
UNDIRECTED = DIRECTED.symmetrize("union")
FAMILIES = (brokerage, centrality, cohesion, groups, inference, mixing, models, positions)
PLACES = {
    **{family.__name__.split(".")[-1]: family for family in FAMILIES},
    "one": [0, 1],
    "other": [1, 0],
    "distances": 1 - np.eye(3),
    "trust": DIRECTED.reverse(),
}
BARE = {"krackhardt_hierarchy", "krackhardt_efficiency", "lubness"}


def called(text, net):
    return eval(text, {**PLACES, "net": net, "Network": wn.Network})  # noqa: S307 (our own table)


@pytest.mark.parametrize("net", [DIRECTED, UNDIRECTED], ids=["directed", "undirected"])
@pytest.mark.parametrize("name", [function.__name__ for function in DEFINITIONS])
def test_values_are_those_of_the_calls(name, net):
    table = wn.definitions(net, name)
    for _, row in table.iterrows():
        found = np.atleast_1d(np.asarray(called(row["call"], net), dtype=float))
        known = found[~np.isnan(found)]
        assert row["undefined"] == len(found) - len(known)
        np.testing.assert_array_equal(row["value"], known.mean())
        np.testing.assert_array_equal([row["lowest"], row["highest"]], [known.min(), known.max()])


NX, IG = DIRECTED.to_networkx(), DIRECTED.to_igraph()
UNDIRECTED_IG = UNDIRECTED.to_igraph()
# What peers that are named in a row return on the directed network: (measure, row) and the call.
PEERS = {
    ("degree", 0): IG.degree,
    ("degree", 1): lambda: IG.degree(mode="in"),
    ("degree", 2): lambda: IG.degree(mode="out"),
    ("closeness", 0): lambda: IG.closeness(mode="out", normalized=True),
    ("closeness", 1): lambda: nx.closeness_centrality(NX),
    ("harmonic", 0): lambda: nx.harmonic_centrality(NX.reverse()),
    ("harmonic", 1): lambda: IG.harmonic_centrality(mode="out"),
    ("betweenness", 0): IG.betweenness,
    ("betweenness", 1): lambda: nx.betweenness_centrality(NX),
    ("eigenvector", 0): lambda: nx.eigenvector_centrality(NX, tol=1e-14, max_iter=10_000),
    ("local_clustering", 1): lambda: nx.clustering(NX),
    ("local_clustering", 2): IG.transitivity_local_undirected,
    ("coreness", 0): lambda: nx.core_number(NX),
    ("coreness", 1): lambda: IG.coreness(mode="in"),
    ("coreness", 2): lambda: IG.coreness(mode="out"),
    ("eccentricity", 1): lambda: IG.eccentricity(mode="all"),
    ("average_neighbour_degree", 1): lambda: nx.average_neighbor_degree(NX),
    ("average_neighbour_degree", 2): lambda: UNDIRECTED_IG.knn()[0],
    ("constraint", 0): lambda: nx.constraint(NX),
    ("reciprocity", 0): lambda: nx.overall_reciprocity(NX),
    ("reciprocity", 1): lambda: IG.reciprocity(mode="ratio"),
    ("transitivity", 1): IG.transitivity_undirected,
    ("average_distance", 0): IG.average_path_length,
    ("average_distance", 1): lambda: IG.average_path_length(directed=False),
}


@pytest.mark.parametrize(("measure", "row"), PEERS)
def test_peers_have_the_definition_that_is_said(measure, row):
    found = np.atleast_1d(np.asarray(called(wn.definitions(DIRECTED, measure)["call"][row], DIRECTED), dtype=float))
    theirs = PEERS[measure, row]()
    theirs = [theirs[label] for label in DIRECTED.labels] if isinstance(theirs, dict) else np.atleast_1d(theirs)
    theirs = np.array(theirs, dtype=float)
    if measure == "eigenvector":
        theirs = theirs / theirs.max()
    known = ~np.isnan(found)
    np.testing.assert_allclose(found[known], theirs[known], rtol=1e-7, atol=1e-9)


def test_definitions_differ_somewhere():
    for function, listed in DEFINITIONS.items():
        calls = wn.definitions(DIRECTED, function.__name__)["call"]
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
            assert hasattr(nx, theirs) or hasattr(nx.community, theirs)
        if program == "igraph":
            assert hasattr(ig.Graph, theirs) or hasattr(ig, theirs)

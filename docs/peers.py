"""Runs networkx and igraph on five actors beside wholenet, and writes docs/peers.md; run again when one changes."""

import sys
import warnings
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd

import wholenet as wn
from wholenet import brokerage, centrality, cohesion, groups

TIES = (["a", "b", "b", "a", "c"], ["b", "a", "c", "c", "d"])
NET = wn.Network.from_edges(TIES, pd.DataFrame({"name": list("abcde")}))
PLAIN = NET.symmetrize("union")
NX, NXU = NET.to_networkx(), PLAIN.to_networkx()
IG, IGU = NET.to_igraph(), PLAIN.to_igraph()


def igraph_eigenvector():
    """Without igraph's warning that the network is not strongly connected."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return IG.eigenvector_centrality()


FAMILIES = {
    "Centrality": [
        ("degree", centrality.degree(NET), nx.degree_centrality(NX), IG.degree(), "networkx divides by n - 1"),
        (
            "closeness",
            centrality.closeness(NET),
            nx.closeness_centrality(NX),
            IG.closeness(mode="out", normalized=True),
            'networkx follows ties backwards and scales by the share reached: `mode="in", unreachable="scale"`',
        ),
        (
            "harmonic",
            centrality.harmonic(NET),
            nx.harmonic_centrality(NX),
            IG.harmonic_centrality(mode="out"),
            'networkx follows ties backwards: `mode="in"`; igraph divides by n - 1: `normalized=True`',
        ),
        (
            "betweenness",
            centrality.betweenness(NET),
            nx.betweenness_centrality(NX),
            IG.betweenness(),
            "networkx divides by (n - 1)(n - 2): `normalized=True`",
        ),
        (
            "load",
            centrality.load(PLAIN),
            nx.load_centrality(NXU, normalized=False),
            None,
            "undirected: networkx counts both orders of a pair",
        ),
        (
            "eigenvector",
            centrality.eigenvector(NET),
            None,
            igraph_eigenvector(),
            "networkx refuses networks that are not strongly connected",
        ),
        ("PageRank", centrality.pagerank(NET), nx.pagerank(NX, tol=1e-12), IG.pagerank(), ""),
        (
            "hubs",
            centrality.hubs(NET),
            nx.hits(NX)[0],
            IG.hub_score(),
            "networkx makes the sum 1",
        ),
        (
            "Katz, α = .2",
            centrality.katz(NET, alpha=0.2),
            nx.katz_centrality_numpy(NX, alpha=0.2),
            None,
            "networkx makes the Euclidean norm 1",
        ),
        (
            "eccentricity",
            centrality.eccentricity(NET),
            None,
            IG.eccentricity(mode="out"),
            "of nobody reached nothing is the farthest; networkx refuses such networks",
        ),
        ("coreness", centrality.coreness(NET), nx.core_number(NX), IG.coreness(), "a mutual tie counts twice"),
        (
            "local clustering",
            centrality.local_clustering(PLAIN),
            nx.clustering(NXU),
            IGU.transitivity_local_undirected(),
            'undirected; networkx says 0 where there are no two partners: `isolates="zero"`',
        ),
        (
            "local clustering, directed",
            centrality.local_clustering(NET),
            nx.clustering(NX),
            IG.transitivity_local_undirected(),
            "igraph ignores direction",
        ),
        (
            "average neighbour degree",
            centrality.average_neighbour_degree(PLAIN),
            nx.average_neighbor_degree(NXU),
            IGU.knn()[0],
            "undirected; networkx says 0 for isolates",
        ),
    ],
    "Brokerage": [
        ("constraint", brokerage.constraint(NET), nx.constraint(NX), IG.constraint(), 'UCINET: `scope="ego"`'),
        (
            "effective size",
            brokerage.effective_size(NET),
            nx.effective_size(NX),
            None,
            "networkx rounds the ties of contacts down on directed graphs",
        ),
    ],
    "Cohesion": [
        ("density", cohesion.density(NET), nx.density(NX), IG.density(), ""),
        ("reciprocity", cohesion.reciprocity(NET), nx.overall_reciprocity(NX), IG.reciprocity(), ""),
        (
            "transitivity, directed",
            cohesion.transitivity(NET),
            nx.transitivity(NX),
            IG.transitivity_undirected(),
            "igraph ignores direction; networkx mixes directions",
        ),
        (
            "transitivity, undirected",
            cohesion.transitivity(PLAIN),
            nx.transitivity(NXU),
            IGU.transitivity_undirected(),
            "",
        ),
        (
            "average distance",
            cohesion.average_distance(NET),
            None,
            IG.average_path_length(),
            "over pairs joined; networkx refuses networks that are not strongly connected",
        ),
        ("compactness", cohesion.compactness(PLAIN), nx.global_efficiency(NXU), None, "undirected"),
        (
            "strong components",
            cohesion.components(NET, kind="strong").max() + 1,
            nx.number_strongly_connected_components(NX),
            len(IG.connected_components()),
            "",
        ),
    ],
    "Groups": [
        (
            "modularity of {a, b, c} and {d, e}",
            groups.modularity(PLAIN, by=[0, 0, 0, 1, 1]),
            nx.community.modularity(NXU, [{"a", "b", "c"}, {"d", "e"}]),
            IGU.modularity([0, 0, 0, 1, 1]),
            "",
        ),
    ],
}


def shown(value):
    """Numbers with three digits, one per actor."""
    if value is None:
        return "-"
    listed = [value[label] for label in NET.labels] if isinstance(value, dict) else value
    # Rounding to three digits; adding 0 takes the sign from a zero.
    numbers = np.round(np.atleast_1d(np.array(listed, dtype=float)), 3) + 0.0
    return " ".join(f"{number:g}" for number in numbers)


def page():
    """The page."""
    lines = [
        "# Five actors in three programs",
        "",
        "Five organisations: a and b choose each other, both choose c, c chooses d, and e has no ties. The numbers",
        "are what wholenet, networkx and igraph (for Python) return with their defaults, in the order a b c d e;",
        "`docs/peers.py` runs them, and a test runs it again. Where they differ, the last column says why, and",
        "what gives theirs here. R's sna and UCINET are compared on twelve classical networks in",
        "`tests/reference`, and their definitions stand in `wholenet.definitions`.",
    ]
    for family, rows in FAMILIES.items():
        head = "| measure | wholenet | networkx | igraph | where they differ |"
        lines += ["", f"## {family}", "", head, "|---|---|---|---|---|"]
        lines += [f"| {name} | {' | '.join(map(shown, values))} | {why} |" for name, *values, why in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")

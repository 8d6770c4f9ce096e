"""Writes the tables of peers into the pages of the families, running networkx and igraph beside wholenet."""

import inspect
import re
import warnings
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd

import wholenet as wn
from wholenet import (
    brokerage,
    centrality,
    change,
    cohesion,
    compare,
    design,
    flows,
    governance,
    groups,
    inference,
    mixing,
    models,
    multiplex,
    positions,
    survey,
)
from wholenet._definitions import DEFINITIONS
from wholenet.compare import qca

TIES = (["a", "b", "b", "a", "c"], ["b", "a", "c", "c", "d"])
SECTOR = ["care", "care", "school", "school", "care"]
NET = wn.Network.from_edges(TIES, pd.DataFrame({"name": list("abcde"), "sector": SECTOR}))
PLAIN = NET.symmetrize("union")
NX, NXU = NET.to_networkx(), PLAIN.to_networkx()
IG, IGU = NET.to_igraph(), PLAIN.to_igraph()


def igraph_eigenvector():
    """Without igraph's warning that the network is not strongly connected."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return IG.eigenvector_centrality()


FAMILIES = {
    "centrality": [
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
    "brokerage": [
        ("constraint", brokerage.constraint(NET), nx.constraint(NX), IG.constraint(), 'UCINET: `scope="ego"`'),
        (
            "effective size",
            brokerage.effective_size(NET),
            nx.effective_size(NX),
            None,
            "networkx rounds the ties of contacts down on directed graphs",
        ),
    ],
    "cohesion": [
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
    "groups": [
        (
            "modularity of {a, b, c} and {d, e}",
            groups.modularity(PLAIN, by=[0, 0, 0, 1, 1]),
            nx.community.modularity(NXU, [{"a", "b", "c"}, {"d", "e"}]),
            IGU.modularity([0, 0, 0, 1, 1]),
            "",
        ),
        (
            "cliques",
            len(set(groups.cliques(PLAIN, min_size=1)["clique"])),
            len(list(nx.find_cliques(NXU))),
            len(IGU.maximal_cliques()),
            "",
        ),
        (
            "2-core",
            len(set(groups.cores(PLAIN).query("k == 2")["actor"])),
            len(nx.k_core(NXU, 2)),
            len(IGU.k_core(2).vs),
            "",
        ),
        (
            "communities by Girvan and Newman",
            groups.girvan_newman(PLAIN).membership.max() + 1,
            len(max(nx.community.girvan_newman(NXU), key=lambda parts: nx.community.modularity(NXU, parts))),
            len(IGU.community_edge_betweenness().as_clustering()),
            "networkx lists what there is after a tie is gone, not the network as it is",
        ),
    ],
    "positions": [],
    "mixing": [
        (
            "assortativity by sector, directed",
            mixing.assortativity(NET, by="sector"),
            nx.attribute_assortativity_coefficient(NX, "sector"),
            IG.assortativity_nominal([SECTOR.index(one) for one in SECTOR]),
            "",
        ),
        (
            "assortativity by sector, undirected",
            mixing.assortativity(PLAIN, by="sector"),
            nx.attribute_assortativity_coefficient(NXU, "sector"),
            IGU.assortativity_nominal([SECTOR.index(one) for one in SECTOR]),
            "",
        ),
    ],
}
# What networkx and igraph have no counterpart of.
ALONE = (
    "change",
    "compare",
    "design",
    "flows",
    "governance",
    "inference",
    "models",
    "multiplex",
    "qca",
    "scorecards",
    "survey",
)
FAMILIES |= {family: [] for family in ALONE}
MODULES = {
    one.__name__.split(".")[-1]: one
    for one in (
        brokerage,
        centrality,
        change,
        cohesion,
        compare,
        design,
        flows,
        governance,
        groups,
        inference,
        mixing,
        models,
        multiplex,
        positions,
        qca,
        survey,
    )
}
MODULES["scorecards"] = survey.scales


def shown(value):
    """Numbers with three digits, one per actor."""
    if value is None:
        return "-"
    listed = [value[label] for label in NET.labels] if isinstance(value, dict) else value
    # Rounding to three digits; adding 0 takes the sign from a zero.
    numbers = np.round(np.atleast_1d(np.array(listed, dtype=float)), 3) + 0.0
    return " ".join(f"{number:g}" for number in numbers)


def live(family):
    """What the three programs return."""
    rows = FAMILIES[family]
    if not rows:
        return []
    lines = [
        "## Five actors in three programs",
        "",
        "What wholenet, networkx and igraph (for Python) return with their defaults, in the order a b c d e.",
        "",
        "| measure | wholenet | networkx | igraph | where they differ |",
        "|---|---|---|---|---|",
    ]
    return [*lines, *(f"| {name} | {' | '.join(map(shown, values))} | {why} |" for name, *values, why in rows), ""]


def defined(family):
    """Which definition each peer uses, and its values."""
    measures = [measure for measure in DEFINITIONS if getattr(MODULES[family], measure.__name__, None) is measure]
    if not measures:
        return []
    lines = [
        "## Definitions of peers",
        "",
        "The same network by each definition (`wn.definitions(net, ...)`); of actors the mean, where defined.",
        "",
        "| measure | definition | formula | whose | call | value |",
        "|---|---|---|---|---|---|",
    ]
    for measure in measures:
        for row in wn.definitions(NET, measure.__name__).to_dict("records"):
            value = "-" if np.isnan(row["value"]) else f"{row['value']:.3g}"
            cells = (measure.__name__, row["definition"], row["formula"], row["peers"], f"`{row['call']}`", value)
            lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def told(family):
    """What the docstring of each function says of peers."""
    peers = "R's QCA and SetMethods, fsQCA" if family == "qca" else "UCINET, sna, igraph, networkx"
    lines = ["## What peers do", "", f"| function | {peers} |", "|---|---|"]
    for name in MODULES[family].__all__:
        text = inspect.getdoc(getattr(MODULES[family], name)) or ""
        found = re.search(r"^Peers: (.*?)(?:\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
        if found:
            lines.append(f"| `{name}` | {' '.join(found[1].split()).replace('``', '`').replace('|', '/')} |")
    return lines


def page(family, text):
    """The page of a family with its tables made anew."""
    start, end = f"<!-- tables: {family} -->", "<!-- /tables -->"
    head, rest = text.split(start)
    note = "<!-- Made by docs/peers.py; a test runs it again. -->"
    tables = "\n".join([*live(family), *defined(family), *told(family)])
    return f"{head}{start}\n{note}\n\n{tables}\n\n{end}{rest.split(end)[1]}"


def main():
    """Write all pages."""
    for family in FAMILIES:
        path = Path(__file__).with_name(f"{family}.md")
        path.write_text(page(family, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()

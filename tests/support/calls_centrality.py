"""Calls of the peers that correspond to prominence by paths, walks, flows and cores."""

import numpy as np

from reference_case import one_piece, reached
from wholenet import centrality


def summing(scores):
    return scores / scores.sum()


def unit(scores):
    return scores / np.linalg.norm(scores)


def by_actor(value):
    """Values of a component, which networkx lists in an order of its own."""
    return [value[actor] for actor in sorted(value, key=int)] if isinstance(value, dict) else value


MEASURES = {
    # networkx ---------------------------------------------------------------------------------------------
    "nx.katz_centrality_numpy(g, alpha=0.05)": lambda c: unit(centrality.katz(c.net, alpha=0.05)),
    "nx.hits(g)": lambda c: [summing(centrality.hubs(c.net)), summing(centrality.authorities(c.net))],
    "nx.load_centrality(g, normalized=False)": lambda c: centrality.load(c.net) * (1 if c.directed else 2),
    "nx.subgraph_centrality(u)": lambda c: centrality.subgraph(c.plain),
    "nx.information_centrality(uc)": lambda c: centrality.information(c.largest) / c.largest.n_actors,
    "nx.current_flow_betweenness_centrality(uc, normalized=False)": lambda c: centrality.current_flow_betweenness(
        c.largest
    ),
    "nx.current_flow_closeness_centrality(uc)": lambda c: (
        centrality.current_flow_closeness(c.largest) / (c.largest.n_actors - 1)
    ),
    "nx.core_number(g)": lambda c: centrality.coreness(c.net),
    "nx.core_number(u)": lambda c: centrality.coreness(c.plain),
    "nx.average_neighbor_degree(g)": lambda c: np.nan_to_num(centrality.average_neighbour_degree(c.net, mode="out")),
    "nx.average_neighbor_degree(u)": lambda c: np.nan_to_num(centrality.average_neighbour_degree(c.plain)),
    "nx.edge_betweenness_centrality(g, normalized=False)": lambda c: centrality.edge_betweenness(c.net)["betweenness"],
    "nx.eccentricity(uc)": lambda c: centrality.eccentricity(c.largest),
    # igraph -----------------------------------------------------------------------------------------------
    "ig.hub_score()": lambda c: centrality.hubs(c.net),
    "ig.authority_score()": lambda c: centrality.authorities(c.net),
    "ig.coreness(mode='all')": lambda c: centrality.coreness(c.net),
    "ig.coreness(mode='in')": lambda c: centrality.coreness(c.net, mode="in"),
    # 0 for isolates.
    "ig.eccentricity(mode='all')": lambda c: np.nan_to_num(centrality.eccentricity(c.net, mode="all")),
    "igraph::hub_score(ig, weights = NA)$vector": lambda c: centrality.hubs(c.net),
    "igraph::authority_score(ig, weights = NA)$vector": lambda c: centrality.authorities(c.net),
    "igraph::power_centrality(ig, exponent = 0.05, sparse = FALSE)": lambda c: centrality.bonacich_power(
        c.net, beta=0.05
    ),
    "igraph::alpha_centrality(ig, alpha = 0.05, sparse = FALSE)": lambda c: centrality.katz(c.net, alpha=0.05),
    "igraph::subgraph_centrality(igraph::as.undirected(ig, 'collapse'))": lambda c: centrality.subgraph(c.plain),
    "igraph::eccentricity(ig, mode = 'out')": lambda c: np.nan_to_num(centrality.eccentricity(c.net)),
    "igraph::radius(ig, mode = 'out')": lambda c: np.nan_to_num(centrality.eccentricity(c.net)).min(),
    "igraph::coreness(ig, mode = 'all')": lambda c: centrality.coreness(c.net),
    "igraph::coreness(ig, mode = 'in')": lambda c: centrality.coreness(c.net, mode="in"),
    "igraph::coreness(ig, mode = 'out')": lambda c: centrality.coreness(c.net, mode="out"),
    "igraph::knn(igraph::as.undirected(ig, 'collapse'))$knn": lambda c: centrality.average_neighbour_degree(c.plain),
    "igraph::edge_betweenness(ig, directed = dir, weights = NA)": lambda c: centrality.edge_betweenness(c.net)[
        "betweenness"
    ],
    # Those within some steps, and the actor itself.
    "igraph::ego_size(ig, order = 1)": lambda c: centrality.reach(c.plain, 1) * (c.n - 1) + 1,
    "igraph::ego_size(ig, order = 2)": lambda c: centrality.reach(c.plain, 2) * (c.n - 1) + 1,
    # sna --------------------------------------------------------------------------------------------------
    "sna::bonpow(g, gmode = gm, exponent = 0.05)": lambda c: centrality.bonacich_power(c.net, beta=0.05),
    "sna::bonpow(g, gmode = gm, exponent = -0.05)": lambda c: centrality.bonacich_power(c.net, beta=-0.05),
    "sna::bonpow(g, gmode = gm, exponent = 0.05, rescale = TRUE)": lambda c: summing(
        centrality.bonacich_power(c.net, beta=0.05)
    ),
    "sna::stresscent(g, gmode = gm, cmode = cm)": lambda c: centrality.stress(c.net),
    # What the actor sends and gets itself is in it, one unit of which to itself.
    "sna::loadcent(g, gmode = gm, cmode = cm)": lambda c: 2 * (centrality.load(c.net) + reached(c.net)) + 1,
    "sna::infocent(g, gmode = gm)": lambda c: centrality.information(c.plain),
    "sna::flowbet(g, gmode = gm, cmode = 'normflow')": lambda c: centrality.flow_betweenness(c.net),
    "sna::graphcent(g, gmode = gm, cmode = cm)": lambda c: 1 / centrality.eccentricity(c.net),
    "sna::kcores(g, mode = gm)": lambda c: centrality.coreness(c.net),
    "sna::kcores(g, mode = 'digraph', cmode = 'indegree')": lambda c: centrality.coreness(c.net, mode="in"),
    "sna::kcores(g, mode = 'digraph', cmode = 'outdegree')": lambda c: centrality.coreness(c.net, mode="out"),
}
COMPONENT = ["information_centrality", "current_flow_closeness_centrality", "eccentricity"]
READ = {f"nx.{name}(uc)": by_actor for name in COMPONENT}
READ["nx.current_flow_betweenness_centrality(uc, normalized=False)"] = by_actor
ONLY = {
    "sna::loadcent(g, gmode = gm, cmode = cm)": (
        lambda c: not c.directed,
        "sna's load of directed networks is not that of networkx, with which ours agrees",
    ),
    "sna::infocent(g, gmode = gm)": (
        lambda c: c.plain.n_actors == c.largest.n_actors,
        "sna gives actors of different components a finite resistance",
    ),
    "sna::graphcent(g, gmode = gm, cmode = cm)": (one_piece, "sna scores actors 0 who can't reach everybody"),
}
DIFFERENT = {
    "sna::flowbet(g, gmode = gm)": "is not divided by the flow of all pairs; normflow is",
    "sna::flowbet(g, gmode = gm, cmode = 'fracflow')": "averages the shares of pairs; ours sums, then divides",
}

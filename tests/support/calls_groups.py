"""Calls of the peers that correspond to groups."""

from wholenet import groups


def sizes(c):
    """The size of each clique."""
    return groups.cliques(c.plain, min_size=1).groupby("clique")["size"].first().tolist()


MEASURES = {
    "igraph::modularity(ig, as.integer(factor(cl)), directed = dir)": lambda c: groups.modularity(c.net, by="group"),
    # The optimum, by exhaustive search.
    "iu.community_optimal_modularity().modularity if n <= 21 else None": lambda c: max(
        groups.leiden(c.plain, seed=seed, rounds=5).modularity for seed in range(20)
    ),
}
MEASURES |= {
    "igraph::count_max_cliques(igraph::as.undirected(ig, 'collapse'))": lambda c: len(sizes(c)),
    "igraph::clique_num(igraph::as.undirected(ig, 'collapse'))": lambda c: max(sizes(c)),
    "iu.clique_number()": lambda c: max(sizes(c)),
    "sum(1 for _ in nx.find_cliques(u))": lambda c: len(sizes(c)),
    "nx.graph_clique_number if False else max(map(len, nx.find_cliques(u)))": lambda c: max(sizes(c)),
}
READ = {}
ONLY = {}
LOUVAIN = "igraph::modularity(igraph::cluster_louvain(igraph::as.undirected(ig, 'collapse'), weights = NA))"
DIFFERENT = {
    f"{{set.seed(1); {LOUVAIN}}}": "a local optimum that hangs on igraph's seed",
    "igraph::modularity(igraph::cluster_fast_greedy(igraph::as.undirected(ig, 'collapse'), weights = NA))": "greedy",
    "igraph::modularity(igraph::cluster_edge_betweenness(ig, weights = NULL, directed = dir))": "Girvan and Newman's",
}

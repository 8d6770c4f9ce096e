"""Calls of the peers that correspond to mixing."""

from wholenet import centrality, mixing

MEASURES = {
    "nx.attribute_assortativity_coefficient(g, 'grp')": lambda c: mixing.assortativity(c.net, by="group"),
    "igraph::assortativity_nominal(ig, as.integer(factor(cl)), directed = dir)": lambda c: mixing.assortativity(
        c.net, by="group"
    ),
    "ig.assortativity_degree(directed=dir)": lambda c: mixing.assortativity(
        c.net, by=centrality.degree(c.net), kind="numeric"
    ),
    "igraph::assortativity_degree(ig, directed = dir)": lambda c: mixing.assortativity(
        c.net, by=centrality.degree(c.net), kind="numeric"
    ),
    "nx.degree_assortativity_coefficient(g)": lambda c: mixing.assortativity(
        c.net, by=centrality.degree(c.net), kind="numeric"
    ),
}
READ = {}
ONLY = {
    call: (lambda c: not c.directed, "directed degree assortativity pairs out-degree with in-degree, not one number")
    for call in (
        "ig.assortativity_degree(directed=dir)",
        "igraph::assortativity_degree(ig, directed = dir)",
        "nx.degree_assortativity_coefficient(g)",
    )
}
DIFFERENT = {}

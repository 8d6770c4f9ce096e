"""Calls of the peers that correspond to the measures of counting, distances, closure and centralization."""

import numpy as np

from reference_case import counts, one_piece, per_reached, reached, sizes, together
from wholenet import centrality, cohesion

# Rows of the triad census that an undirected network fills: 003, 102, 201, 300.
MUTUAL = [0, 2, 10, 15]

# Each call of a peer with ours.
MEASURES = {
    # networkx ---------------------------------------------------------------------------------------------
    "nx.density(g)": lambda c: cohesion.density(c.net),
    # ÷ (n - 1) whatever the direction.
    "nx.degree_centrality(g)": lambda c: centrality.degree(c.net) / (c.n - 1),
    "nx.closeness_centrality(g)": lambda c: centrality.closeness(c.net, mode="in", unreachable="scale"),
    "nx.closeness_centrality(g, wf_improved=False)": lambda c: np.nan_to_num(centrality.closeness(c.net, mode="in")),
    "nx.closeness_centrality(g.reverse() if dir else g)": lambda c: centrality.closeness(c.net, unreachable="scale"),
    "nx.harmonic_centrality(g)": lambda c: centrality.harmonic(c.net, mode="in"),
    "nx.betweenness_centrality(g, normalized=False)": lambda c: centrality.betweenness(c.net),
    "nx.betweenness_centrality(g)": lambda c: centrality.betweenness(c.net, normalized=True),
    "nx.betweenness_centrality(u, normalized=False)": lambda c: centrality.betweenness(c.plain),
    "nx.eigenvector_centrality_numpy(g)": lambda c: centrality.eigenvector(c.net, scale="norm"),
    "nx.pagerank(g, tol=1e-14, max_iter=1000)": lambda c: centrality.pagerank(c.net),
    "nx.clustering(g)": lambda c: centrality.local_clustering(c.net, isolates="zero"),
    "nx.clustering(u)": lambda c: centrality.local_clustering(c.plain, isolates="zero"),
    "nx.average_clustering(g)": lambda c: centrality.local_clustering(c.net, isolates="zero").mean(),
    "nx.average_clustering(u)": lambda c: centrality.local_clustering(c.plain, isolates="zero").mean(),
    "nx.transitivity(u)": lambda c: np.nan_to_num(cohesion.transitivity(c.plain)),
    "nx.transitivity(g)": lambda c: np.nan_to_num(cohesion.transitivity(c.net)),
    "nx.triadic_census(g)": lambda c: counts(cohesion.triad_census(c.net)),
    "nx.overall_reciprocity(g)": lambda c: cohesion.reciprocity(c.net),
    "nx.number_connected_components(u)": lambda c: len(sizes(c.net, "weak")),
    "sorted(map(len, nx.strongly_connected_components(g)), reverse=True)": lambda c: sizes(c.net, "strong"),
    "nx.number_of_nonisomorphic_trees if False else nx.number_of_isolates(g)": lambda c: cohesion.isolates(c.net),
    "nx.global_efficiency(u)": lambda c: centrality.harmonic(c.plain, normalized=True).mean(),
    "nx.wiener_index(uc)": lambda c: (
        cohesion.average_distance(c.largest) * c.largest.n_actors * (c.largest.n_actors - 1) / 2
    ),
    "nx.average_shortest_path_length(uc)": lambda c: cohesion.average_distance(c.largest),
    "nx.diameter(uc)": lambda c: cohesion.diameter(c.largest),
    # igraph for Python ------------------------------------------------------------------------------------
    "ig.betweenness(directed=True)": lambda c: centrality.betweenness(c.net),
    "ig.betweenness(directed=False)": lambda c: centrality.betweenness(c.plain),
    "ig.closeness(mode='out', normalized=True)": lambda c: centrality.closeness(c.net),
    "ig.closeness(mode='in', normalized=True)": lambda c: centrality.closeness(c.net, mode="in"),
    "ig.closeness(mode='all', normalized=True)": lambda c: centrality.closeness(c.net, mode="all"),
    "ig.harmonic_centrality(mode='out')": lambda c: centrality.harmonic(c.net, normalized=True),
    "ig.pagerank()": lambda c: centrality.pagerank(c.net),
    "ig.transitivity_undirected()": lambda c: cohesion.transitivity(c.plain),
    "ig.transitivity_local_undirected()": lambda c: centrality.local_clustering(c.plain),
    "ig.transitivity_avglocal_undirected()": lambda c: np.nanmean(centrality.local_clustering(c.plain)),
    "ig.reciprocity()": lambda c: cohesion.reciprocity(c.net),
    "ig.reciprocity(mode='ratio')": lambda c: cohesion.reciprocity(c.net, kind="dyads"),
    "list(ig.dyad_census())": lambda c: counts(cohesion.dyad_census(c.net)),
    "list(ig.triad_census())": lambda c: counts(cohesion.triad_census(c.net)),
    "ig.diameter(directed=dir)": lambda c: cohesion.diameter(c.net),
    "ig.average_path_length(directed=dir)": lambda c: cohesion.average_distance(c.net),
    # sna --------------------------------------------------------------------------------------------------
    "sna::gden(g, mode = gm)": lambda c: cohesion.density(c.net),
    "sna::dyad.census(g)": lambda c: [counts(cohesion.dyad_census(c.net))],
    "sna::mutuality(g)": lambda c: counts(cohesion.dyad_census(c.net))[:1],
    "sna::triad.census(g, mode = gm)": lambda c: [
        [counts(cohesion.triad_census(c.net))[kind] for kind in (range(16) if c.directed else MUTUAL)]
    ],
    "sna::isolates(g)": lambda c: (np.flatnonzero(centrality.degree(c.net) == 0) + 1).tolist(),
    "sna::degree(g, gmode = gm, cmode = 'freeman')": lambda c: centrality.degree(c.net),
    "sna::degree(g, gmode = gm, cmode = 'indegree')": lambda c: centrality.degree(c.net, mode="in"),
    "sna::degree(g, gmode = gm, cmode = 'outdegree')": lambda c: centrality.degree(c.net, mode="out"),
    "sna::betweenness(g, gmode = gm, cmode = cm)": lambda c: centrality.betweenness(c.net),
    "sna::betweenness(g, gmode = 'digraph', cmode = 'undirected')": lambda c: centrality.betweenness(c.plain),
    # 0 for whoever can't reach everybody.
    "sna::closeness(g, gmode = gm, cmode = cm)": lambda c: np.where(
        reached(c.net) == c.n - 1, centrality.closeness(c.net), 0
    ),
    "sna::closeness(g, gmode = 'digraph', cmode = 'undirected')": lambda c: np.where(
        reached(c.plain) == c.n - 1, centrality.closeness(c.plain), 0
    ),
    "sna::closeness(g, gmode = gm, cmode = if (gm == 'graph') 'suminvundir' else 'suminvdir')": lambda c: (
        centrality.harmonic(c.net, normalized=True)
    ),
    # The mean of 1 ÷ distance over the actors reached.
    "sna::closeness(g, gmode = gm, cmode = 'gil-schmidt')": lambda c: per_reached(centrality.harmonic(c.net), c.net),
    # sna reads outgoing ties.
    "sna::evcent(g, gmode = gm)": lambda c: centrality.eigenvector(c.net.reverse(), scale="norm"),
    "sna::prestige(g, gmode = gm, cmode = 'eigenvector')": lambda c: centrality.eigenvector(c.net, scale="norm"),
    "sna::prestige(g, gmode = gm, cmode = 'domain')": lambda c: reached(c.net.reverse()),
    # 0 for whom not everybody can reach.
    "sna::prestige(g, gmode = gm, cmode = 'domain.proximity')": lambda c: np.where(
        reached(c.net.reverse()) == c.n - 1, centrality.closeness(c.net, mode="in", unreachable="scale"), 0
    ),
    "sna::centralization(g, sna::degree, mode = gm)": lambda c: cohesion.centralization(c.net),
    "sna::centralization(g, sna::degree, mode = gm, cmode = 'indegree')": lambda c: cohesion.centralization(
        c.net, mode="in"
    ),
    "sna::centralization(g, sna::degree, mode = gm, cmode = 'outdegree')": lambda c: cohesion.centralization(
        c.net, mode="out"
    ),
    "sna::centralization(g, sna::betweenness, mode = gm)": lambda c: cohesion.centralization(
        c.net, measure="betweenness"
    ),
    "sna::centralization(g, sna::closeness, mode = gm)": lambda c: cohesion.centralization(c.net, measure="closeness"),
    # The numerator: the index times its denominator.
    "sna::centralization(g, sna::degree, mode = gm, normalize = FALSE)": lambda c: (
        cohesion.centralization(c.net) * (c.n - 1) * (c.n - 2) * (2 if c.directed else 1)
    ),
    "sna::centralization(g, sna::betweenness, mode = gm, normalize = FALSE)": lambda c: (
        cohesion.centralization(c.net, measure="betweenness") * (c.n - 1) ** 2 * (c.n - 2) / (1 if c.directed else 2)
    ),
    "sna::gtrans(g, mode = gm, measure = 'weak')": lambda c: cohesion.transitivity(c.net),
    "sna::grecip(g, measure = 'dyadic.nonnull')": lambda c: [cohesion.reciprocity(c.net, kind="dyads")],
    "sna::grecip(g, measure = 'edgewise')": lambda c: [cohesion.reciprocity(c.net)],
    "sna::component.dist(g, connected = 'weak')": lambda c: together(cohesion.components(c.net)),
    "sna::component.dist(g, connected = 'strong')": lambda c: together(cohesion.components(c.net, kind="strong")),
    "sna::geodist(g)$gdist": lambda c: cohesion.distances(c.net),
    "sna::reachability(g)": lambda c: np.isfinite(cohesion.distances(c.net)) * 1,
    "sna::blockmodel(g, as.integer(factor(cl)))$block.model": lambda c: c.block("density"),
    # igraph for R -----------------------------------------------------------------------------------------
    "igraph::degree(ig, mode = 'all')": lambda c: centrality.degree(c.net),
    "igraph::degree(ig, mode = 'in')": lambda c: centrality.degree(c.net, mode="in"),
    "igraph::degree(ig, mode = 'out')": lambda c: centrality.degree(c.net, mode="out"),
    "igraph::strength(ig, mode = 'all')": lambda c: centrality.strength(c.net),
    "igraph::betweenness(ig, directed = TRUE, weights = NA)": lambda c: centrality.betweenness(c.net),
    "igraph::betweenness(ig, directed = FALSE, weights = NA)": lambda c: centrality.betweenness(c.plain),
    "igraph::betweenness(ig, directed = dir, weights = NA, normalized = TRUE)": lambda c: centrality.betweenness(
        c.net, normalized=True
    ),
    # Without normalization: 1 ÷ sum of distances.
    "igraph::closeness(ig, mode = 'out', weights = NA)": lambda c: per_reached(centrality.closeness(c.net), c.net),
    "igraph::closeness(ig, mode = 'in', weights = NA)": lambda c: per_reached(
        centrality.closeness(c.net, mode="in"), c.net.reverse()
    ),
    "igraph::closeness(ig, mode = 'all', weights = NA)": lambda c: per_reached(
        centrality.closeness(c.net, mode="all"), c.plain
    ),
    "igraph::closeness(ig, mode = 'out', weights = NA, normalized = TRUE)": lambda c: centrality.closeness(c.net),
    "igraph::harmonic_centrality(ig, mode = 'out', weights = NA)": lambda c: centrality.harmonic(c.net),
    "igraph::harmonic_centrality(ig, mode = 'in', weights = NA)": lambda c: centrality.harmonic(c.net, mode="in"),
    "igraph::eigen_centrality(ig, directed = dir, weights = NA)$vector": lambda c: centrality.eigenvector(c.net),
    "igraph::page_rank(ig, damping = 0.85, weights = NA)$vector": lambda c: centrality.pagerank(c.net),
    "igraph::transitivity(ig, type = 'global')": lambda c: cohesion.transitivity(c.plain),
    "igraph::transitivity(ig, type = 'local')": lambda c: centrality.local_clustering(c.plain),
    "igraph::transitivity(ig, type = 'localaverage')": lambda c: np.nanmean(centrality.local_clustering(c.plain)),
    "igraph::transitivity(ig, type = 'localaverage', isolates = 'zero')": lambda c: centrality.local_clustering(
        c.plain, isolates="zero"
    ).mean(),
    "igraph::reciprocity(ig)": lambda c: cohesion.reciprocity(c.net),
    "igraph::reciprocity(ig, mode = 'ratio')": lambda c: cohesion.reciprocity(c.net, kind="dyads"),
    "igraph::edge_density(ig)": lambda c: cohesion.density(c.net),
    "igraph::diameter(ig, directed = dir, weights = NA)": lambda c: cohesion.diameter(c.net),
    "igraph::mean_distance(ig, directed = dir, unconnected = TRUE)": lambda c: cohesion.average_distance(c.net),
    "igraph::distances(ig, mode = 'out', weights = NA)": lambda c: cohesion.distances(c.net),
    "igraph::components(ig, mode = 'weak')$csize": lambda c: sizes(c.net, "weak"),
    "igraph::components(ig, mode = 'strong')$csize": lambda c: sizes(c.net, "strong"),
    "igraph::dyad_census(ig)": lambda c: counts(cohesion.dyad_census(c.net)),
    "igraph::triad_census(igraph::as.directed(ig, 'mutual'))": lambda c: counts(cohesion.triad_census(c.net)),
    "igraph::centr_degree(ig, mode = 'in', loops = FALSE)$centralization": lambda c: cohesion.centralization(
        c.net, mode="in"
    ),
    "igraph::centr_degree(ig, mode = 'out', loops = FALSE)$centralization": lambda c: cohesion.centralization(
        c.net, mode="out"
    ),
    "igraph::centr_betw(ig, directed = dir)$centralization": lambda c: cohesion.centralization(
        c.net, measure="betweenness"
    ),
    "igraph::centr_clo(ig, mode = 'out')$centralization": lambda c: cohesion.centralization(c.net, measure="closeness"),
}

# How a reference value becomes comparable, where it is not a number or an array in the order of actors.
READ = {
    "sna::component.dist(g, connected = 'weak')": lambda value: together(value["membership"]),
    "sna::component.dist(g, connected = 'strong')": lambda value: together(value["membership"]),
    # igraph numbers components by their first actor.
    "igraph::components(ig, mode = 'weak')$csize": lambda value: sorted(np.atleast_1d(value), reverse=True),
    "igraph::components(ig, mode = 'strong')$csize": lambda value: sorted(np.atleast_1d(value), reverse=True),
}

# Where a definition is ours only on some networks: which, and why not on the others.
ONLY = {
    "nx.transitivity(g)": (
        lambda c: not c.directed,
        "networkx counts triangles and triples of a directed network in a mix of directions",
    ),
    "nx.overall_reciprocity(g)": (lambda c: c.directed, "networkx says 0 for undirected networks, we 1"),
    "sna::centralization(g, sna::closeness, mode = gm)": (
        one_piece,
        "sna scores actors 0 who can't reach everybody; ours then counts n steps, or is undefined (undirected)",
    ),
    "igraph::centr_clo(ig, mode = 'out')$centralization": (
        one_piece,
        "igraph compares each actor with those it can reach only; NaN with actors who reach nobody",
    ),
    "ig.betweenness(directed=False)": (
        lambda c: not c.directed,
        "igraph reads a mutual tie as two parallel edges, so that paths along it count twice",
    ),
    "igraph::betweenness(ig, directed = FALSE, weights = NA)": (
        lambda c: not c.directed,
        "igraph reads a mutual tie as two parallel edges, so that paths along it count twice",
    ),
    "igraph::eigen_centrality(ig, directed = dir, weights = NA)$vector": (
        lambda c: not np.isnan(centrality.eigenvector(c.net)).any(),
        "krack_reports has no cycle, so that the largest eigenvalue is 0: igraph says 0 for all, we NaN",
    ),
}

# Calls of functions that have a measure of ours, in a definition that is not ours.
DIFFERENT = {
    "nx.betweenness_centrality(g, endpoints=True, normalized=False)": "counts the ends of a path as on it",
    "sna::betweenness(g, gmode = gm, cmode = 'endpoints')": "counts the ends of a path as on it",
    "sna::betweenness(g, gmode = gm, cmode = 'proximalsrc')": "counts the last actor before the target only",
    "sna::betweenness(g, gmode = gm, cmode = 'proximaltar')": "counts the first actor after the source only",
    "sna::betweenness(g, gmode = gm, cmode = 'proximalsum')": "the sum of the two",
    "sna::betweenness(g, gmode = gm, cmode = 'lengthscaled')": "weighs paths by 1 ÷ length",
    "sna::betweenness(g, gmode = gm, cmode = 'linearscaled')": "weighs paths by the position of the actor",
    "Re(sna::evcent(g, gmode = gm, use.eigen = TRUE))": "the sign is arbitrary; compared in absolute value below",
    "igraph::eigen_centrality(ig, directed = dir, weights = NA)$value": "the eigenvalue, not the scores",
    "sna::geodist(g)$counts": "the number of shortest paths, not their length",
    "sna::centralization(g, sna::evcent, mode = gm)": "centralizes a measure whose maximum we do not publish",
    "sna::centralization(g, sna::graphcent, mode = gm)": "centralizes a measure that we do not have",
    "sna::centralization(g, sna::stresscent, mode = gm)": "centralizes a measure that we do not have; exceeds 1",
    "sna::gtrans(g, mode = gm, measure = 'strong')": "counts triples that are no two-path",
    "sna::gtrans(g, mode = gm, measure = 'weakcensus')": "a count, of which 'weak' is the share",
    "sna::gtrans(g, mode = gm, measure = 'strongcensus')": "a count, of which 'strong' is the share",
    "sna::gtrans(g, mode = gm, measure = 'rank')": "for valued ties",
    "sna::gtrans(g, mode = gm, measure = 'correlation')": "a correlation of ties and two-paths",
    "sna::grecip(g, measure = 'dyadic')": "counts pairs without a tie as reciprocal",
    "sna::grecip(g, measure = 'edgewise.lrr')": "the logarithm of reciprocity ÷ density",
    "sna::grecip(g, measure = 'correlation')": "a correlation of the two ties of a pair",
    "igraph::centr_degree(ig, mode = 'all')$centralization": "allows for self-ties in the denominator",
    "nx.attribute_mixing_matrix(g, 'grp').tolist()": "orders groups by chance; compared in any order below",
}

"""Calls of the peers that correspond to reach, Krackhardt's dimensions and what falls apart."""

import numpy as np

from reference_case import one_piece
from wholenet import cohesion


def cut(net):
    return np.flatnonzero(cohesion.cut_actors(net))


def parts(net, *, smallest=2):
    """The actors of each biconnected component of at least some size."""
    table = cohesion.biconnected(net)
    ties = [rows[["source", "target"]].to_numpy().ravel() for _, rows in table.groupby("component")]
    return sorted(sorted(set(part.tolist())) for part in ties if len(set(part.tolist())) >= smallest)


def flat(lists):
    """Lists of several lengths in one, each closed by its length."""
    return [number for one in lists for number in (*one, len(one))]


def asymmetric(net):
    count = cohesion.dyad_census(net)["count"]
    return count[1] / count.sum()


def from_one(value):
    """Actors that sna and igraph number from 1, in any order."""
    return np.sort(np.atleast_1d(value).astype(int)) - 1


MEASURES = {
    # networkx ---------------------------------------------------------------------------------------------
    "sorted(nx.articulation_points(u))": lambda c: cut(c.plain),
    "sorted(map(sorted, nx.biconnected_components(u)))": lambda c: flat(parts(c.plain)),
    "sorted(map(sorted, nx.bridges(u)))": lambda c: np.sort(
        cohesion.bridges(c.plain)[["source", "target"]].to_numpy(), axis=1
    ),
    "nx.edge_connectivity(g)": lambda c: np.nanmin(cohesion.edge_connectivity(c.net)),
    # igraph -----------------------------------------------------------------------------------------------
    "ig.articulation_points()": lambda c: cut(c.plain),
    "as.integer(igraph::articulation_points(ig))": lambda c: cut(c.plain),
    "igraph::edge_connectivity(ig)": lambda c: np.nanmin(cohesion.edge_connectivity(c.net)),
    # sna --------------------------------------------------------------------------------------------------
    "sna::connectedness(g)": lambda c: cohesion.connectedness(c.net),
    "sna::efficiency(g)": lambda c: cohesion.krackhardt_efficiency(c.net),
    "sna::hierarchy(g, measure = 'krackhardt')": lambda c: cohesion.krackhardt_hierarchy(c.net),
    "sna::hierarchy(g, measure = 'reciprocity')": lambda c: [asymmetric(c.net)],
    "sna::lubness(g)": lambda c: cohesion.lubness(c.net),
    "sna::maxflow(g)": lambda c: np.nan_to_num(cohesion.edge_connectivity(c.net), nan=np.inf),
    "sna::cutpoints(g, mode = gm)": lambda c: cut(c.plain),
    "sna::cutpoints(g, mode = 'digraph', connected = 'weak')": lambda c: cut(c.plain),
    "sna::bicomponent.dist(g)$members": lambda c: flat(parts(c.plain, smallest=3)),
}
READ = {
    "as.integer(igraph::articulation_points(ig))": from_one,
    "sna::cutpoints(g, mode = gm)": from_one,
    "sna::cutpoints(g, mode = 'digraph', connected = 'weak')": from_one,
    "sorted(map(sorted, nx.biconnected_components(u)))": flat,
    "sorted(map(sorted, nx.bridges(u)))": lambda value: np.reshape(value, (-1, 2)),
    "sna::bicomponent.dist(g)$members": lambda value: flat(
        sorted([actor - 1 for actor in one] for one in (value.values() if value else []))
    ),
}
ONLY = {
    "sna::lubness(g)": (
        lambda c: one_piece(c) or not c.directed,
        "sna asks for an upper bound that has paths to all others, not one that all others have paths to",
    ),
    "sna::cutpoints(g, mode = gm)": (
        lambda c: not c.directed,
        "sna's default for directed networks counts strong components; ours are symmetrized first",
    ),
    "sna::bicomponent.dist(g)$members": (
        lambda c: not c.directed,
        "sna keeps the mutual ties of directed networks only",
    ),
}
DIFFERENT = {
    "sna::cutpoints(g, mode = 'digraph', connected = 'recursive')": "counts strong components; ours are symmetrized",
}

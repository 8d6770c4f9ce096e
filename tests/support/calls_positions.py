"""Calls of the peers that correspond to positions."""

import numpy as np

from wholenet import positions


def without_the_dyad(c, kind):
    """Ours with what the two cells between a pair add left out, and undirected dyads counted twice."""
    matrix = c.net.to_matrix()
    asymmetric = 2.0 * (matrix != matrix.T)
    if kind == "hamming":
        return positions.structural_equivalence(c.net, kind=kind) * (1 if c.directed else 2) - asymmetric
    squared = positions.structural_equivalence(c.net) ** 2 * (1 if c.directed else 2)
    return np.sqrt(np.maximum(squared - asymmetric, 0))


MEASURES = {
    "sna::sedist(g, method = 'euclidean', mode = gm)": lambda c: without_the_dyad(c, "euclidean"),
    "sna::sedist(g, method = 'hamming', mode = gm)": lambda c: without_the_dyad(c, "hamming"),
}
READ = {}
ONLY = {}
DIFFERENT = {
    "sna::sedist(g, method = 'correlation', mode = gm)": "leaves out the two cells between a pair",
    "sna::sedist(g, method = 'gamma', mode = gm)": "a comparison that we do not have",
}

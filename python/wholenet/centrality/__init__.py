"""Actor prominence: one number per actor, as an array in the order of the actors."""

from wholenet.centrality._betweenness import betweenness
from wholenet.centrality._closeness import closeness, harmonic
from wholenet.centrality._clustering import local_clustering
from wholenet.centrality._degree import degree, strength
from wholenet.centrality._spectral import eigenvector, pagerank

__all__ = [
    "betweenness",
    "closeness",
    "degree",
    "eigenvector",
    "harmonic",
    "local_clustering",
    "pagerank",
    "strength",
]

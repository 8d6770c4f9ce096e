"""Actor prominence: one number per actor, as an array in the order of the actors."""

from wholenet.centrality._betweenness import betweenness
from wholenet.centrality._closeness import closeness, harmonic
from wholenet.centrality._clustering import local_clustering
from wholenet.centrality._cores import average_neighbour_degree, coreness
from wholenet.centrality._degree import degree, strength
from wholenet.centrality._flow import (
    current_flow_betweenness,
    current_flow_closeness,
    flow_betweenness,
    information,
)
from wholenet.centrality._paths import eccentricity, edge_betweenness, load, reach, stress, valente_forman
from wholenet.centrality._spectral import eigenvector, pagerank
from wholenet.centrality._walks import authorities, bonacich_power, hubs, katz, pn, subgraph

__all__ = [
    "authorities",
    "average_neighbour_degree",
    "betweenness",
    "bonacich_power",
    "closeness",
    "coreness",
    "current_flow_betweenness",
    "current_flow_closeness",
    "degree",
    "eccentricity",
    "edge_betweenness",
    "eigenvector",
    "flow_betweenness",
    "harmonic",
    "hubs",
    "information",
    "katz",
    "load",
    "local_clustering",
    "pagerank",
    "pn",
    "reach",
    "strength",
    "stress",
    "subgraph",
    "valente_forman",
]

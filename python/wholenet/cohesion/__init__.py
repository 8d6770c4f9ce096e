"""How a network holds together: one number, or one table, for the whole network."""

from wholenet.cohesion._census import dyad_census, triad_census
from wholenet.cohesion._centralization import centralization
from wholenet.cohesion._closure import reciprocity, transitivity
from wholenet.cohesion._components import components
from wholenet.cohesion._critical import critical_ties
from wholenet.cohesion._cuts import biconnected, bridges, cut_actors, edge_connectivity
from wholenet.cohesion._density import active_actors, density, isolates, mean_degree
from wholenet.cohesion._distances import average_distance, diameter, distances
from wholenet.cohesion._krackhardt import connectedness, krackhardt_efficiency, krackhardt_hierarchy, lubness
from wholenet.cohesion._reach import breadth, compactness, fragmentation, reachability
from wholenet.cohesion._small_world import SmallWorld, small_world
from wholenet.cohesion._whole_network import whole_network

__all__ = [
    "SmallWorld",
    "active_actors",
    "average_distance",
    "biconnected",
    "breadth",
    "bridges",
    "centralization",
    "compactness",
    "components",
    "connectedness",
    "critical_ties",
    "cut_actors",
    "density",
    "diameter",
    "distances",
    "dyad_census",
    "edge_connectivity",
    "fragmentation",
    "isolates",
    "krackhardt_efficiency",
    "krackhardt_hierarchy",
    "lubness",
    "mean_degree",
    "reachability",
    "reciprocity",
    "small_world",
    "transitivity",
    "triad_census",
    "whole_network",
]

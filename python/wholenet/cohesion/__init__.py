"""How a network holds together: one number, or one table, for the whole network."""

from wholenet.cohesion._census import dyad_census, triad_census
from wholenet.cohesion._centralization import centralization
from wholenet.cohesion._closure import reciprocity, transitivity
from wholenet.cohesion._components import components
from wholenet.cohesion._density import active_actors, density, isolates, mean_degree
from wholenet.cohesion._distances import average_distance, diameter, distances

__all__ = [
    "active_actors",
    "average_distance",
    "centralization",
    "components",
    "density",
    "diameter",
    "distances",
    "dyad_census",
    "isolates",
    "mean_degree",
    "reciprocity",
    "transitivity",
    "triad_census",
]

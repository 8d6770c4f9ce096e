"""Attributes and ties: who the actors are, and who is tied to whom."""

from wholenet.mixing._composition import blau, composition, iqv
from wholenet.mixing._density import mixing_matrix, sector_density
from wholenet.mixing._homophily import assortativity, ei_index, homophily, participation

__all__ = [
    "assortativity",
    "blau",
    "composition",
    "ei_index",
    "homophily",
    "iqv",
    "mixing_matrix",
    "participation",
    "sector_density",
]

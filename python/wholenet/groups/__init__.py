"""Groups of actors that hold together."""

from wholenet.groups._cliques import cliques
from wholenet.groups._communities import (
    Communities,
    agreement,
    leiden,
    louvain,
    modularity,
    resolution_profile,
)
from wholenet.groups._core_periphery import CorePeriphery, core_periphery
from wholenet.groups._cores import cores
from wholenet.groups._lambda import LambdaSets, lambda_sets
from wholenet.groups._older import girvan_newman, label_propagation
from wholenet.groups._plexes import k_plexes, n_clans

__all__ = [
    "Communities",
    "CorePeriphery",
    "LambdaSets",
    "agreement",
    "cliques",
    "core_periphery",
    "cores",
    "girvan_newman",
    "k_plexes",
    "label_propagation",
    "lambda_sets",
    "leiden",
    "louvain",
    "modularity",
    "n_clans",
    "resolution_profile",
]

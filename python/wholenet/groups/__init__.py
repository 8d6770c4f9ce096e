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
from wholenet.groups._lambda import LambdaSets, lambda_sets

__all__ = [
    "Communities",
    "LambdaSets",
    "agreement",
    "cliques",
    "lambda_sets",
    "leiden",
    "louvain",
    "modularity",
    "resolution_profile",
]

"""Groups of actors that hold together."""

from wholenet.groups._communities import (
    Communities,
    agreement,
    leiden,
    louvain,
    modularity,
    resolution_profile,
)

__all__ = [
    "Communities",
    "agreement",
    "leiden",
    "louvain",
    "modularity",
    "resolution_profile",
]

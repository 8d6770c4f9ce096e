"""Standing between others who are not tied: structural holes, and roles between groups."""

from wholenet.brokerage._ego import ego_networks
from wholenet.brokerage._holes import constraint, effective_size, efficiency, hierarchy
from wholenet.brokerage._roles import roles

__all__ = ["constraint", "effective_size", "efficiency", "ego_networks", "hierarchy", "roles"]

"""Standing between others who are not tied: structural holes, and roles between groups."""

from wholenet.brokerage._ego import ego_networks
from wholenet.brokerage._holes import constraint, effective_size, efficiency, hierarchy
from wholenet.brokerage._key_players import KeyPlayers, key_players
from wholenet.brokerage._removal import removal
from wholenet.brokerage._removal_result import Removal
from wholenet.brokerage._roles import roles

__all__ = [
    "KeyPlayers",
    "Removal",
    "constraint",
    "effective_size",
    "efficiency",
    "ego_networks",
    "hierarchy",
    "key_players",
    "removal",
    "roles",
]

"""The report of a study: tables to work on, a page to send on, and what publishing needs."""

from wholenet.report._beside import ManyNetworks, RequiredTies, Scorecards, Trajectories
from wholenet.report._config import Config, init
from wholenet.report._pseudonyms import pseudonymize
from wholenet.report._settings import Settings
from wholenet.report._suppress import Suppressed, suppress
from wholenet.report._tables import actors, changes, networks
from wholenet.report._write import write

__all__ = [
    "Config",
    "ManyNetworks",
    "RequiredTies",
    "Scorecards",
    "Settings",
    "Suppressed",
    "Trajectories",
    "actors",
    "changes",
    "init",
    "networks",
    "pseudonymize",
    "suppress",
    "write",
]

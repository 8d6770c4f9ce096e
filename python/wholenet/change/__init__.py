"""What becomes of ties and actors between two observations of a network."""

from wholenet.change._by_actor import by_actor
from wholenet.change._by_group import by_mark, by_pair, by_value
from wholenet.change._common import common
from wholenet.change._expected_loss import expected_loss
from wholenet.change._group_change import GroupChange
from wholenet.change._measured_loss import measured_loss
from wholenet.change._measured_result import MeasuredLoss
from wholenet.change._persistence import persistence
from wholenet.change._persistence_result import Persistence
from wholenet.change._simulated_loss import SimulatedLoss, simulated_loss
from wholenet.change._stability import stability
from wholenet.change._stability_result import Stability
from wholenet.change._tie_change import TieChange, joiners, leavers, tie_change, ties

__all__ = [
    "GroupChange",
    "MeasuredLoss",
    "Persistence",
    "SimulatedLoss",
    "Stability",
    "TieChange",
    "by_actor",
    "by_mark",
    "by_pair",
    "by_value",
    "common",
    "expected_loss",
    "joiners",
    "leavers",
    "measured_loss",
    "persistence",
    "simulated_loss",
    "stability",
    "tie_change",
    "ties",
]

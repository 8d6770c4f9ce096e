"""Client trajectories: handovers, flows between levels of care, durations, outcomes; no client leaves."""

from wholenet.flows._durations import durations
from wholenet.flows._durations_result import Durations
from wholenet.flows._levels import LevelFlows, levels
from wholenet.flows._log import EventLog, event_log
from wholenet.flows._outcomes import outcomes
from wholenet.flows._outcomes_result import Outcomes
from wholenet.flows._referrals import referrals

__all__ = [
    "Durations",
    "EventLog",
    "LevelFlows",
    "Outcomes",
    "durations",
    "event_log",
    "levels",
    "outcomes",
    "referrals",
]

"""Client trajectories: networks of handovers, flows between levels of care, durations and outcomes; no client leaves."""

from wholenet.flows._levels import LevelFlows, levels
from wholenet.flows._log import EventLog, event_log

__all__ = ["EventLog", "LevelFlows", "event_log", "levels"]

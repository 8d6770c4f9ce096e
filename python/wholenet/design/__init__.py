"""Required against actual ties: rules in words, the gap, a plan under capacity, and what would happen if."""

from wholenet.design._gap import gap
from wholenet.design._gap_result import Gap
from wholenet.design._plan import plan
from wholenet.design._plan_result import Plan
from wholenet.design._robustness import robustness
from wholenet.design._robustness_result import Robustness
from wholenet.design._rules import Rule, at_most, must, never
from wholenet.design._rules_table import rules
from wholenet.design._what_if import what_if
from wholenet.design._what_if_result import WhatIf

__all__ = [
    "Gap",
    "Plan",
    "Robustness",
    "Rule",
    "WhatIf",
    "at_most",
    "gap",
    "must",
    "never",
    "plan",
    "robustness",
    "rules",
    "what_if",
]

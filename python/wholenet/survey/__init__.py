"""Surveys of whole networks: from questionnaires to ties, who answered, and how far the reports agree."""

from wholenet.survey._reports import agreement, reports
from wholenet.survey._response import response
from wholenet.survey._roster import roster
from wholenet.survey._roster_result import Roster

__all__ = [
    "Roster",
    "agreement",
    "reports",
    "response",
    "roster",
]

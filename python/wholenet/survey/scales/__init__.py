"""Scorecards: scales of items, how reliable they are, whether respondents agree, and scores of networks."""

from wholenet.survey.scales._agreement import agreement
from wholenet.survey.scales._agreement_result import Agreement
from wholenet.survey.scales._change import change
from wholenet.survey.scales._change_result import ScoreChange
from wholenet.survey.scales._position import position
from wholenet.survey.scales._position_result import Position
from wholenet.survey.scales._reliability import reliability
from wholenet.survey.scales._reliability_result import Reliability
from wholenet.survey.scales._scale import Scale, Scorecard
from wholenet.survey.scales._scores import scores
from wholenet.survey.scales._scores_result import Scores
from wholenet.survey.scales._templates import integrated_youth_care, partnership_trust_value

__all__ = [
    "Agreement",
    "Position",
    "Reliability",
    "Scale",
    "ScoreChange",
    "Scorecard",
    "Scores",
    "agreement",
    "change",
    "integrated_youth_care",
    "partnership_trust_value",
    "position",
    "reliability",
    "scores",
]

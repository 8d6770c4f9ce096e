"""Governance: what organisations think of it, and what key organisations carry."""

from wholenet.governance._accuracy import accuracy, confusion
from wholenet.governance._change import AccuracyChange, accuracy_change
from wholenet.governance._load import Load, load
from wholenet.governance._model import accuracy_model
from wholenet.governance._model_result import AccuracyModel

__all__ = [
    "AccuracyChange",
    "AccuracyModel",
    "Load",
    "accuracy",
    "accuracy_change",
    "accuracy_model",
    "confusion",
    "load",
]

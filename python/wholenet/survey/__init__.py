"""From questionnaires to ties: who answered, what was not observed, and which ties are strong."""

from wholenet.survey._strong import strong
from wholenet.survey._strong_grid import strong_grid
from wholenet.survey._strong_result import SensitivityGrid

__all__ = [
    "SensitivityGrid",
    "strong",
    "strong_grid",
]

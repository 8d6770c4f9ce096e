"""Many networks compared: what goes with their outcomes, and their measures on equal terms."""

from wholenet.compare._effects import effects
from wholenet.compare._effects_result import Effects
from wholenet.compare._interaction import Interaction

__all__ = [
    "Effects",
    "Interaction",
    "effects",
]

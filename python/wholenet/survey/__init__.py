"""From questionnaires to ties: who answered, what was not observed, which ties are strong; and `scales` of items."""

from wholenet.survey import scales
from wholenet.survey._bounds import bounds
from wholenet.survey._bounds_result import Bounds
from wholenet.survey._compare import treatments
from wholenet.survey._compare_result import TreatmentComparison
from wholenet.survey._impute import impute
from wholenet.survey._imputed import Imputed
from wholenet.survey._pool import Pooled, PooledActors
from wholenet.survey._reports import agreement, reports
from wholenet.survey._response import response
from wholenet.survey._roster import roster
from wholenet.survey._roster_result import Roster
from wholenet.survey._strong import strong
from wholenet.survey._strong_grid import strong_grid
from wholenet.survey._strong_result import SensitivityGrid
from wholenet.survey._treatments import complete_cases, null_ties, reconstruct

__all__ = [
    "Bounds",
    "Imputed",
    "Pooled",
    "PooledActors",
    "Roster",
    "SensitivityGrid",
    "TreatmentComparison",
    "agreement",
    "bounds",
    "complete_cases",
    "impute",
    "null_ties",
    "reconstruct",
    "reports",
    "response",
    "roster",
    "scales",
    "strong",
    "strong_grid",
    "treatments",
]

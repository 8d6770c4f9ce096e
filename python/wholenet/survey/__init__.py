"""From questionnaires to ties: who answered, what to do about those who did not, and how much hangs on it."""

from wholenet.survey._bounds import bounds
from wholenet.survey._bounds_result import Bounds
from wholenet.survey._compare import treatments
from wholenet.survey._compare_result import TreatmentComparison
from wholenet.survey._impute import impute
from wholenet.survey._imputed import Imputed
from wholenet.survey._pool import Pooled, PooledActors
from wholenet.survey._treatments import complete_cases, null_ties, reconstruct

__all__ = [
    "Bounds",
    "Imputed",
    "Pooled",
    "PooledActors",
    "TreatmentComparison",
    "bounds",
    "complete_cases",
    "impute",
    "null_ties",
    "reconstruct",
    "treatments",
]

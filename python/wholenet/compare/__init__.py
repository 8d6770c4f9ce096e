"""Many networks compared: what goes with their outcomes, and their measures on equal terms."""

from wholenet.compare import qca
from wholenet.compare._effects import effects
from wholenet.compare._effects_result import Effects
from wholenet.compare._fair import fair
from wholenet.compare._fair_result import Fair
from wholenet.compare._interaction import Interaction
from wholenet.compare._leave_one_out import leave_one_out
from wholenet.compare._leave_one_out_result import LeaveOneOut
from wholenet.compare._matched import matched
from wholenet.compare._matched_result import Matched
from wholenet.compare._multilevel import multilevel
from wholenet.compare._multilevel_result import Multilevel

__all__ = [
    "Effects",
    "Fair",
    "Interaction",
    "LeaveOneOut",
    "Matched",
    "Multilevel",
    "effects",
    "fair",
    "leave_one_out",
    "matched",
    "multilevel",
    "qca",
]

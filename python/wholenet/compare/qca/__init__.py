"""Qualitative comparative analysis: which combinations of conditions are sufficient for an outcome."""

from wholenet.compare.qca._assumptions import assumptions
from wholenet.compare.qca._calibrate import calibrate, calibrate_crisp
from wholenet.compare.qca._chance import Chance, chance
from wholenet.compare.qca._factorize import factorize
from wholenet.compare.qca._minimize import minimize
from wholenet.compare.qca._necessity import necessity, sufficiency
from wholenet.compare.qca._robustness import robustness
from wholenet.compare.qca._robustness_result import Robustness
from wholenet.compare.qca._solution import Model, Solution
from wholenet.compare.qca._truth_table import truth_table
from wholenet.compare.qca._truth_table_result import TruthTable
from wholenet.compare.qca._xy_plot import xy_plot

__all__ = [
    "Chance",
    "Model",
    "Robustness",
    "Solution",
    "TruthTable",
    "assumptions",
    "calibrate",
    "calibrate_crisp",
    "chance",
    "factorize",
    "minimize",
    "necessity",
    "robustness",
    "sufficiency",
    "truth_table",
    "xy_plot",
]

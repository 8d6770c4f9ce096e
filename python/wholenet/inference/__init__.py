"""Tests on networks: is this more than chance, when ties depend on each other."""

from wholenet.inference._actors import permutation_anova, permutation_ttest
from wholenet.inference._join_count import JoinCount, join_count
from wholenet.inference._moran import geary, moran
from wholenet.inference._p import adjust
from wholenet.inference._actor_regression import PermutationRegression, permutation_regression
from wholenet.inference._results import ResamplingTest

__all__ = [
    "JoinCount",
    "PermutationRegression",
    "ResamplingTest",
    "adjust",
    "geary",
    "join_count",
    "moran",
    "permutation_anova",
    "permutation_regression",
    "permutation_ttest",
]

"""Tests on networks: is this more than chance, when ties depend on each other."""

from wholenet.inference._actor_regression import PermutationRegression, permutation_regression
from wholenet.inference._actors import permutation_anova, permutation_ttest
from wholenet.inference._bootstrap import bootstrap, jackknife
from wholenet.inference._bootstrap_measures import bootstrap_measures
from wholenet.inference._comparison import NetworkComparison
from wholenet.inference._composition_result import CompositionTest
from wholenet.inference._composition_test import composition_test
from wholenet.inference._cug import cug
from wholenet.inference._densities import compare_densities, compare_networks, density_test
from wholenet.inference._density_model import density_model
from wholenet.inference._density_result import DensityModel
from wholenet.inference._join_count import JoinCount, join_count
from wholenet.inference._measures_result import ResampledMeasures
from wholenet.inference._mixing_result import MixingTest
from wholenet.inference._mixing_tests import ei_test, sector_density_test
from wholenet.inference._moran import geary, moran
from wholenet.inference._mrqap import mrqap
from wholenet.inference._p import adjust
from wholenet.inference._prominence import prominence
from wholenet.inference._prominence_result import Prominence
from wholenet.inference._qap import qap_correlation, qap_matrix
from wholenet.inference._qap_matrix import QapMatrix
from wholenet.inference._rank_result import RankIntervals
from wholenet.inference._ranks import rank_intervals
from wholenet.inference._regression import Regression
from wholenet.inference._resampled import Resampled
from wholenet.inference._results import ResamplingTest
from wholenet.inference._terms import Term, absdiff, both, receiver, same, sender

__all__ = [
    "CompositionTest",
    "DensityModel",
    "JoinCount",
    "MixingTest",
    "NetworkComparison",
    "PermutationRegression",
    "Prominence",
    "QapMatrix",
    "RankIntervals",
    "Regression",
    "Resampled",
    "ResampledMeasures",
    "ResamplingTest",
    "Term",
    "absdiff",
    "adjust",
    "bootstrap",
    "bootstrap_measures",
    "both",
    "compare_densities",
    "compare_networks",
    "composition_test",
    "cug",
    "density_model",
    "density_test",
    "ei_test",
    "geary",
    "jackknife",
    "join_count",
    "moran",
    "mrqap",
    "permutation_anova",
    "permutation_regression",
    "permutation_ttest",
    "prominence",
    "qap_correlation",
    "qap_matrix",
    "rank_intervals",
    "receiver",
    "same",
    "sector_density_test",
    "sender",
]

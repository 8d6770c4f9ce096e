"""Tests on networks: is this more than chance, when ties depend on each other."""

from wholenet.inference._bootstrap import bootstrap, jackknife
from wholenet.inference._comparison import NetworkComparison
from wholenet.inference._densities import compare_densities, compare_networks, density_test
from wholenet.inference._density_model import density_model
from wholenet.inference._density_result import DensityModel
from wholenet.inference._mixing_result import MixingTest
from wholenet.inference._mixing_tests import ei_test, sector_density_test
from wholenet.inference._p import adjust
from wholenet.inference._resampled import Resampled
from wholenet.inference._results import ResamplingTest

__all__ = [
    "DensityModel",
    "MixingTest",
    "NetworkComparison",
    "Resampled",
    "ResamplingTest",
    "adjust",
    "bootstrap",
    "compare_densities",
    "compare_networks",
    "density_model",
    "density_test",
    "ei_test",
    "jackknife",
    "sector_density_test",
]

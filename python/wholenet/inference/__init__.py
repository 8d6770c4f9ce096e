"""Tests on networks: is this more than chance, when ties depend on each other."""

from wholenet.inference._bootstrap import bootstrap, jackknife
from wholenet.inference._comparison import NetworkComparison
from wholenet.inference._densities import compare_densities, compare_networks, density_test
from wholenet.inference._p import adjust
from wholenet.inference._resampled import Resampled
from wholenet.inference._results import ResamplingTest

__all__ = [
    "NetworkComparison",
    "Resampled",
    "ResamplingTest",
    "adjust",
    "bootstrap",
    "compare_densities",
    "compare_networks",
    "density_test",
    "jackknife",
]

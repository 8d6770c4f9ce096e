"""Tests on networks: is this more than chance, when ties depend on each other."""

from wholenet.inference._p import adjust
from wholenet.inference._qap import qap_correlation, qap_matrix
from wholenet.inference._qap_matrix import QapMatrix
from wholenet.inference._results import ResamplingTest

__all__ = ["QapMatrix", "ResamplingTest", "adjust", "qap_correlation", "qap_matrix"]

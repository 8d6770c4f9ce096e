"""Tests on networks: is this more than chance, when ties depend on each other."""

from wholenet.inference._cug import cug
from wholenet.inference._p import adjust
from wholenet.inference._results import ResamplingTest

__all__ = ["ResamplingTest", "adjust", "cug"]

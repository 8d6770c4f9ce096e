"""The bundled example study."""

from wholenet.datasets._steering import (
    neighbourhood_networks,
    neighbourhood_tables,
    neighbourhoods,
    required_ties,
    scorecards,
    trajectories,
)
from wholenet.datasets._study import youth_care, youth_care_tables

__all__ = [
    "neighbourhood_networks",
    "neighbourhood_tables",
    "neighbourhoods",
    "required_ties",
    "scorecards",
    "trajectories",
    "youth_care",
    "youth_care_tables",
]

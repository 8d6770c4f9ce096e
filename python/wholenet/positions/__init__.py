"""Who stands in the same place: equivalence of positions, and blockmodels."""

from wholenet.positions._blockmodel import Blockmodel, block_density, block_image, blockmodel
from wholenet.positions._concor import Concor, concor
from wholenet.positions._equivalence import hierarchy, structural_equivalence
from wholenet.positions._regular import regular_equivalence

__all__ = [
    "Blockmodel",
    "Concor",
    "block_density",
    "block_image",
    "blockmodel",
    "concor",
    "hierarchy",
    "regular_equivalence",
    "structural_equivalence",
]

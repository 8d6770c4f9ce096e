"""Several relations at once: which go together, and how their structures differ."""

from wholenet.multiplex._cooccurrence import Cooccurrence, cooccurrence
from wholenet.multiplex._degree import multiplex_degree
from wholenet.multiplex._overlap import overlap
from wholenet.multiplex._structures import StructureComparison, structures
from wholenet.multiplex._types import multiplexity, types_per_tie

__all__ = [
    "Cooccurrence",
    "StructureComparison",
    "cooccurrence",
    "multiplex_degree",
    "multiplexity",
    "overlap",
    "structures",
    "types_per_tie",
]

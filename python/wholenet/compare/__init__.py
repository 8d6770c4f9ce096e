"""Many networks side by side."""

from wholenet.compare import qca

__all__ = ["qca"]

"""Models of networks and of actors in them."""

from wholenet.models._autocorrelation import Autocorrelation, autocorrelation

__all__ = ["Autocorrelation", "autocorrelation"]

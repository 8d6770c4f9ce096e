"""Models of networks and of actors in them."""

__all__: list[str] = []

"""X."""

__all__: list[str] = []

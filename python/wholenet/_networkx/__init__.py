"""What NetworkX calls when it hands a function over: ``nx.betweenness_centrality(G, backend="wholenet")``.

NetworkX finds it by the entry point ``networkx.backends``; nobody imports it by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wholenet._networkx import _centrality, _components, _structure  # noqa: F401 (they enter their functions)
from wholenet._networkx._graph import CLAIMS, Graph

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

__all__ = ["BACKEND", "Backend"]


class Backend:
    """
    The interface that NetworkX asks of a backend; functions are its attributes.

    Examples
    --------
    >>> import networkx as nx
    >>> nx.betweenness_centrality(nx.path_graph(3), backend="wholenet")
    {0: 0.0, 1: 1.0, 2: 0.0}
    """

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in CLAIMS:
            msg = f"the backend wholenet has no function {name!r}"
            raise AttributeError(msg)
        return CLAIMS[name].function

    @staticmethod
    def convert_from_nx(graph: nx.Graph, **_: Any) -> Graph:
        """Wrap a graph; what functions read of it is converted when they do, and kept."""
        return Graph(graph)

    @staticmethod
    def convert_to_nx(result: Any, **_: Any) -> Any:
        """Unwrap a graph; other results are NetworkX's kind already."""
        return result.graph if isinstance(result, Graph) else result

    @staticmethod
    def can_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
        """Say whether this call is one that we do, or why not."""
        return CLAIMS[name].refusal(*args, **kwargs) or True


BACKEND = Backend()

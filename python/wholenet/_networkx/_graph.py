"""NetworkX graphs as networks, and what the backend claims to do with them."""

from __future__ import annotations

import inspect
import math
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from wholenet import _core
from wholenet.errors import ArgumentError, ConvergenceError
from wholenet.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

__all__ = ["CLAIMS", "Claim", "Graph", "by_node", "claim", "defer"]


class Graph:
    """A NetworkX graph with the networks that were made of it, one for each weight."""

    __networkx_backend__ = "wholenet"

    def __init__(self, graph: nx.Graph) -> None:
        self.graph = graph
        self.nodes = list(graph)
        self._networks: dict[str | None, Network] = {}

    def is_directed(self) -> bool:
        """Say whether edges have a direction."""
        directed: bool = self.graph.is_directed()
        return directed

    def is_multigraph(self) -> bool:
        """Say whether edges may be parallel."""
        multigraph: bool = self.graph.is_multigraph()
        return multigraph

    def __len__(self) -> int:
        return len(self.nodes)

    def network(self, weight: str | None = None) -> Network:
        """Give the network whose values are an edge attribute; an edge without it counts 1."""
        if weight not in self._networks:
            there = weight is not None and any(weight in data for _, _, data in self.graph.edges(data=True))
            self._networks[weight] = self._make(weight) if there or weight is None else self.network()
        return self._networks[weight]

    def _make(self, weight: str | None) -> Network:
        place = {node: number for number, node in enumerate(self.nodes)}
        edges = list(self.graph.edges(data=weight, default=1)) if weight is not None else list(self.graph.edges)
        count = len(edges)
        source = np.fromiter((place[edge[0]] for edge in edges), np.uint32, count)
        target = np.fromiter((place[edge[1]] for edge in edges), np.uint32, count)
        value = np.fromiter((edge[2] for edge in edges), np.float64, count) if weight is not None else None
        core, _ = _core.network_from_codes(
            np.arange(len(self.nodes), dtype=np.int64),
            source,
            target,
            value,
            None,
            directed=self.is_directed(),
            loops="keep",
            signed=False,
            binary=False,
        )
        return Network._make(core, frame=None, kind="pandas", recipe=())


@dataclass(frozen=True, slots=True)
class Claim:
    """A function of NetworkX that the backend has, and for which graphs and arguments."""

    function: Callable[..., Any]
    signature: inspect.Signature
    weight: str | None
    fixed: tuple[str, ...]
    reads_loops: bool
    directed: bool | None
    measure: str

    def refusal(self, *args: Any, **kwargs: Any) -> str | None:
        """Say why NetworkX has to do this itself, or None."""
        try:
            given = self.signature.bind(*args, **kwargs)
        except TypeError as error:
            return str(error)
        given.apply_defaults()
        first, *values = given.arguments.values()
        graph = first.graph if isinstance(first, Graph) else first
        odd = self._odd_graph(graph)
        defaults = [one.default for one in self.signature.parameters.values()][1:]
        for name, value, default in zip(list(given.arguments)[1:], values, defaults, strict=True):
            if name in self.fixed and value is not default and not _same(value, default):
                odd = odd or f"{name}= is not done"
        return odd or (_odd_weight(graph, given.arguments[self.weight]) if self.weight is not None else None)

    def _odd_graph(self, graph: nx.Graph) -> str | None:
        if not isinstance(graph, nx.Graph):
            return "it is no NetworkX graph"
        if type(graph).__getitem__ is not nx.Graph.__getitem__:
            return "the graph has neighbours of its own making"
        if graph.is_multigraph():
            return "multigraphs are not done"
        if self.directed is not None and graph.is_directed() != self.directed:
            return f"only {'directed' if self.directed else 'undirected'} graphs are done"
        if self.reads_loops and any(node in around for node, around in graph.adj.items()):
            return "the graph has self-loops, which wholenet does not read"
        return None


CLAIMS: dict[str, Claim] = {}
# What NetworkX registers under another name than the one it is called by.
NAMES = {"newman_betweenness_centrality": "load_centrality"}


def claim(
    measure: str,
    *,
    weight: str | None = None,
    fixed: Iterable[str] = (),
    reads_loops: bool = False,
    directed: bool | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Enter a function, named as NetworkX names it.

    `measure` is what does the work here; `weight` the parameter that names an edge attribute; `fixed` those that must
    keep their default; `reads_loops` says that NetworkX's numbers depend on self-loops; `directed` that only such
    graphs are done.
    """

    def enter(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(G: Graph, *args: Any, **kwargs: Any) -> Any:  # noqa: N803 (NetworkX's name)
            # Of the null graph NetworkX tells itself what is undefined.
            if not len(G):
                return defer(function.__name__, G, *args, **kwargs)
            try:
                return function(G, *args, **kwargs)
            except (ArgumentError, ConvergenceError):
                # Where we have no answer, NetworkX has one, or an exception of its own.
                return defer(function.__name__, G, *args, **kwargs)

        name = function.__name__
        CLAIMS[name] = Claim(run, inspect.signature(function), weight, tuple(fixed), reads_loops, directed, measure)
        return run

    return enter


def defer(name: str, graph: Graph, *args: Any, **kwargs: Any) -> Any:
    """Let NetworkX do it, or raise what it raises."""
    function = getattr(nx, NAMES.get(name, name))
    return function(graph.graph, *args, backend="networkx", **kwargs)


def by_node(graph: Graph, scores: NDArray[Any]) -> dict[Any, Any]:
    """Give what NetworkX gives: a dictionary from node to number, in the order of the nodes."""
    return dict(zip(graph.nodes, scores.tolist(), strict=True))


def _same(value: object, default: object) -> bool:
    return type(value) is type(default) and value == default


def _odd_weight(graph: nx.Graph, weight: object) -> str | None:
    """Say what is wrong with a weight: only names of attributes that hold numbers above 0 are done."""
    if weight is None:
        return None
    if not isinstance(weight, str):
        return "weights that are not the name of an edge attribute are not done"
    for _, _, value in graph.edges(data=weight, default=1):
        if isinstance(value, bool) or not isinstance(value, int | float | np.number) or not 0 < value < math.inf:
            return f"the edge attribute {weight!r} holds something else than numbers above 0"
    return None

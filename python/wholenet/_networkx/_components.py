"""NetworkX's components and cuts, by ours."""

# ruff: noqa: ARG001, N803 (names and parameters are NetworkX's)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import cohesion
from wholenet._networkx._graph import Graph, claim, defer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__: list[str] = []


def _parts(graph: Graph, kind: Any) -> list[set[Any]]:
    """Give the members of each component; that of the first node comes first."""
    parts: dict[int, set[Any]] = {}
    for node, part in zip(graph.nodes, cohesion.components(graph.network(), kind=kind).tolist(), strict=True):
        parts.setdefault(part, set()).add(node)
    return list(parts.values())


def _count(graph: Graph, kind: Any) -> int:
    return int(cohesion.components(graph.network(), kind=kind).max()) + 1


@claim("cohesion.components", directed=False)
def connected_components(G: Graph) -> Iterator[Any]:
    return iter(_parts(G, "weak"))


@claim("cohesion.components", directed=False)
def number_connected_components(G: Graph) -> Any:
    return _count(G, "weak")


@claim("cohesion.components", directed=False)
def is_connected(G: Graph) -> Any:
    return _count(G, "weak") == 1


@claim("cohesion.components", directed=False)
def node_connected_component(G: Graph, n: Any) -> Any:
    found = [part for part in _parts(G, "weak") if n in part]
    return found[0] if found else defer("node_connected_component", G, n)


@claim("cohesion.components", directed=True)
def strongly_connected_components(G: Graph) -> Iterator[Any]:
    parts = _parts(G, "strong")
    number = {node: part for part, members in enumerate(parts) for node in members}
    # NetworkX gives a component after those that it leads to: in the order in which a search in depth leaves them.
    leads_to: list[dict[int, None]] = [{} for _ in parts]
    for source, target in G.graph.edges:
        if number[source] != number[target]:
            leads_to[number[source]][number[target]] = None
    met, order = [False] * len(parts), []
    for first in range(len(parts)):
        way = [] if met[first] else [(first, iter(leads_to[first]))]
        met[first] = True
        while way:
            part, others = way[-1]
            following = next((other for other in others if not met[other]), None)
            if following is None:
                order.append(parts[part])
                way.pop()
            else:
                met[following] = True
                way.append((following, iter(leads_to[following])))
    return iter(order)


@claim("cohesion.components", directed=True)
def number_strongly_connected_components(G: Graph) -> Any:
    return _count(G, "strong")


@claim("cohesion.components", directed=True)
def is_strongly_connected(G: Graph) -> Any:
    return _count(G, "strong") == 1


@claim("cohesion.components", directed=True)
def weakly_connected_components(G: Graph) -> Iterator[Any]:
    return iter(_parts(G, "weak"))


@claim("cohesion.components", directed=True)
def number_weakly_connected_components(G: Graph) -> Any:
    return _count(G, "weak")


@claim("cohesion.components", directed=True)
def is_weakly_connected(G: Graph) -> Any:
    return _count(G, "weak") == 1


def _blocks(graph: Graph) -> list[list[tuple[Any, Any]]]:
    """Give the edges of each biconnected component."""
    table: Any = cohesion.biconnected(graph.network())
    blocks: dict[int, list[tuple[Any, Any]]] = {}
    for source, target, block in zip(*(table[name].tolist() for name in table.columns), strict=True):
        blocks.setdefault(block, []).append((graph.nodes[source], graph.nodes[target]))
    return list(blocks.values())


@claim("cohesion.biconnected", directed=False, reads_loops=True)
def biconnected_component_edges(G: Graph) -> Iterator[Any]:
    return iter(_blocks(G))


@claim("cohesion.biconnected", directed=False, reads_loops=True)
def biconnected_components(G: Graph) -> Iterator[Any]:
    return ({node for edge in block for node in edge} for block in _blocks(G))


@claim("cohesion.biconnected", directed=False, reads_loops=True)
def is_biconnected(G: Graph) -> Any:
    blocks = _blocks(G)
    return len(blocks) == 1 and len({node for edge in blocks[0] for node in edge}) == len(G)


@claim("cohesion.cut_actors", directed=False, reads_loops=True)
def articulation_points(G: Graph) -> Iterator[Any]:
    return (G.nodes[place] for place in np.flatnonzero(cohesion.cut_actors(G.network())).tolist())


def _bridges(graph: Graph) -> set[frozenset[Any]]:
    table: Any = cohesion.bridges(graph.network())
    ends = zip(table["source"].tolist(), table["target"].tolist(), strict=True)
    return {frozenset((graph.nodes[source], graph.nodes[target])) for source, target in ends}


@claim("cohesion.bridges", fixed=["root"], directed=False, reads_loops=True)
def bridges(G: Graph, root: Any = None) -> Iterator[Any]:
    found = _bridges(G)
    # NetworkX names an edge as the graph lists it.
    return ((u, v) for u, v in G.graph.edges if frozenset((u, v)) in found)


@claim("cohesion.bridges", fixed=["root"], directed=False, reads_loops=True)
def has_bridges(G: Graph, root: Any = None) -> Any:
    return bool(_bridges(G))


@claim("cohesion.edge_connectivity", fixed=["s", "t", "flow_func", "cutoff"], reads_loops=True)
def edge_connectivity(G: Graph, s: Any = None, t: Any = None, flow_func: Any = None, cutoff: Any = None) -> Any:
    if len(G) == 1:
        return defer("edge_connectivity", G)
    return int(np.nanmin(cohesion.edge_connectivity(G.network(), progress=False)))

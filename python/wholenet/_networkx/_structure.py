"""NetworkX's counts of triangles, cores, holes and distances, by ours."""

# ruff: noqa: ARG001, FBT002, N803 (names and parameters are NetworkX's)

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from wholenet import brokerage, centrality, cohesion
from wholenet._networkx._graph import Graph, by_node, claim, defer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__: list[str] = []


@claim("centrality.local_clustering", fixed=["nodes"], directed=False)
def triangles(G: Graph, nodes: Any = None) -> Any:
    net = G.network()
    partners = centrality.degree(net)
    shares = centrality.local_clustering(net, isolates="zero")
    return by_node(G, np.rint(shares * partners * (partners - 1) / 2).astype(np.int64))


def _clustering(graph: Graph, weight: Any) -> dict[Any, Any] | None:
    net = graph.network(weight)
    # The largest value, by which NetworkX divides, may be that of a self-loop.
    if net.valued and nx.number_of_selfloops(graph.graph):
        return None
    return by_node(graph, centrality.local_clustering(net, isolates="zero", variant="onnela" if net.valued else None))


@claim("centrality.local_clustering", weight="weight", fixed=["nodes"])
def clustering(G: Graph, nodes: Any = None, weight: Any = None) -> Any:
    found = _clustering(G, weight)
    return defer("clustering", G, weight=weight) if found is None else found


@claim("centrality.local_clustering", weight="weight", fixed=["nodes"])
def average_clustering(G: Graph, nodes: Any = None, weight: Any = None, count_zeros: Any = True) -> Any:
    found = _clustering(G, weight)
    scores = [] if found is None else [one for one in found.values() if count_zeros or one > 0]
    if not scores:
        return defer("average_clustering", G, weight=weight, count_zeros=count_zeros)
    return sum(scores) / len(scores)


@claim("cohesion.transitivity", directed=False)
def transitivity(G: Graph) -> Any:
    share = cohesion.transitivity(G.network())
    return 0 if math.isnan(share) else share


@claim("centrality.coreness", reads_loops=True)
def core_number(G: Graph) -> Any:
    return by_node(G, centrality.coreness(G.network()))


@claim("centrality.average_neighbour_degree", fixed=["nodes", "weight"], reads_loops=True)
def average_neighbor_degree(
    G: Graph, source: Any = "out", target: Any = "out", nodes: Any = None, weight: Any = None
) -> Any:
    # Where both directions count, NetworkX counts mutual partners twice; in undirected graphs there is one way only.
    if source != target or source not in ({"in", "out"} if G.is_directed() else {"out"}):
        return defer("average_neighbor_degree", G, source, target, nodes, weight)
    return by_node(G, np.nan_to_num(centrality.average_neighbour_degree(G.network(), mode=source)))


@claim("cohesion.reciprocity", directed=True, reads_loops=True)
def overall_reciprocity(G: Graph) -> Any:
    if G.graph.size() == 0:
        return defer("overall_reciprocity", G)
    return cohesion.reciprocity(G.network())


@claim("cohesion.reciprocity", fixed=["nodes"], directed=True, reads_loops=True)
def reciprocity(G: Graph, nodes: Any = None) -> Any:
    if G.graph.size() == 0:
        return defer("reciprocity", G)
    return cohesion.reciprocity(G.network())


@claim("cohesion.triad_census", fixed=["nodelist"], directed=True, reads_loops=True)
def triadic_census(G: Graph, nodelist: Any = None) -> Any:
    table: Any = cohesion.triad_census(G.network(), progress=False)
    return dict(zip(table["type"].tolist(), table["count"].tolist(), strict=True))


@claim("centrality.degree", reads_loops=True)
def isolates(G: Graph) -> Iterator[Any]:
    degrees = centrality.degree(G.network()).tolist()
    return (node for node, degree in zip(G.nodes, degrees, strict=True) if degree == 0)


@claim("cohesion.isolates", reads_loops=True)
def number_of_isolates(G: Graph) -> Any:
    return cohesion.isolates(G.network())


def _of(graph: Graph, nodes: Any, scores: NDArray[np.float64]) -> dict[Any, Any]:
    """Choose the nodes asked for; then NetworkX gives NaN to those without edges of their own to others."""
    sends = centrality.degree(graph.network(), mode="out") > 0
    found = by_node(graph, np.where(sends, scores, np.nan))
    return {node: found[node] for node in nodes}


@claim("brokerage.constraint", weight="weight", reads_loops=True)
def constraint(G: Graph, nodes: Any = None, weight: Any = None) -> Any:
    nodes = None if nodes is None else list(nodes)
    if nodes is not None and not all(node in G.graph for node in nodes):
        return defer("constraint", G, nodes=nodes, weight=weight)
    scores = brokerage.constraint(G.network(weight), progress=False)
    return by_node(G, scores) if nodes is None else _of(G, nodes, scores)


@claim("brokerage.effective_size", weight="weight", reads_loops=True)
def effective_size(G: Graph, nodes: Any = None, weight: Any = None) -> Any:
    nodes = None if nodes is None else list(nodes)
    # Without nodes NetworkX 3.6 rounds the ties of contacts in directed and weighted graphs down.
    rounds = nodes is None and (G.is_directed() or weight is not None)
    if rounds or (nodes is not None and not all(node in G.graph for node in nodes)):
        return defer("effective_size", G, nodes=nodes, weight=weight)
    scores = brokerage.effective_size(G.network(weight), progress=False)
    return by_node(G, scores) if nodes is None else _of(G, nodes, scores)


# Distances ------------------------------------------------------------------------------------------------


def _joined(graph: Graph) -> bool:
    """Say whether everybody can reach everybody."""
    return not cohesion.components(graph.network(), kind="strong").any()


def _eccentricity(graph: Graph) -> dict[Any, int]:
    farthest = np.nan_to_num(centrality.eccentricity(graph.network(), progress=False))
    return by_node(graph, farthest.astype(np.int64))


@claim("centrality.eccentricity", fixed=["v", "sp", "weight"])
def eccentricity(G: Graph, v: Any = None, sp: Any = None, weight: Any = None) -> Any:
    return _eccentricity(G) if _joined(G) else defer("eccentricity", G)


@claim("cohesion.diameter", fixed=["e", "weight"])
def diameter(G: Graph, e: Any = None, usebounds: Any = False, weight: Any = None) -> Any:
    return max(_eccentricity(G).values()) if _joined(G) else defer("diameter", G, usebounds=usebounds)


@claim("centrality.eccentricity", fixed=["e", "weight"])
def radius(G: Graph, e: Any = None, usebounds: Any = False, weight: Any = None) -> Any:
    return min(_eccentricity(G).values()) if _joined(G) else defer("radius", G, usebounds=usebounds)


def _where(graph: Graph, *, farthest: bool) -> list[Any]:
    found = _eccentricity(graph)
    wanted = (max if farthest else min)(found.values())
    return [node for node, steps in found.items() if steps == wanted]


@claim("centrality.eccentricity", fixed=["e", "weight"])
def center(G: Graph, e: Any = None, usebounds: Any = False, weight: Any = None) -> Any:
    # Trees have a centre by a way of their own, in an order of its own.
    if not _joined(G) or G.graph.size() < len(G):
        return defer("center", G, usebounds=usebounds)
    return _where(G, farthest=False)


@claim("centrality.eccentricity", fixed=["e", "weight"])
def periphery(G: Graph, e: Any = None, usebounds: Any = False, weight: Any = None) -> Any:
    return _where(G, farthest=True) if _joined(G) else defer("periphery", G, usebounds=usebounds)


@claim("cohesion.distances", fixed=["weight", "attr", "sp"])
def barycenter(G: Graph, weight: Any = None, attr: Any = None, sp: Any = None) -> Any:
    # Trees, as with center.
    if not _joined(G) or G.graph.size() < len(G):
        return defer("barycenter", G)
    sums = cohesion.distances(G.network(), progress=False).sum(axis=1)
    return [G.nodes[place] for place in np.flatnonzero(sums == sums.min())]


@claim("cohesion.average_distance", weight="weight", fixed=["method"])
def average_shortest_path_length(G: Graph, weight: Any = None, method: Any = None) -> Any:
    n = len(G)
    if n == 1 or not _joined(G):
        return defer("average_shortest_path_length", G, weight=weight, method=method)
    return _total(G, weight) / (n * (n - 1))


@claim("cohesion.distances", weight="weight")
def wiener_index(G: Graph, weight: Any = None) -> Any:
    if not _joined(G):
        return math.inf
    total = _total(G, weight)
    return total if G.is_directed() else total / 2


def _total(graph: Graph, weight: Any) -> Any:
    """Sum all distances, of a graph in which everybody reaches everybody."""
    net = graph.network(weight)
    if net.valued:
        return float(cohesion.distances(net, distance="value", progress=False).sum())
    n = net.n_actors
    return round(cohesion.average_distance(net, progress=False) * n * (n - 1)) if n > 1 else 0


@claim("cohesion.compactness", directed=False)
def global_efficiency(G: Graph) -> Any:
    return cohesion.compactness(G.network(), progress=False) if len(G) > 1 else 0


@claim("cohesion.compactness", fixed=["sp", "weight"])
def harmonic_diameter(G: Graph, sp: Any = None, *, weight: Any = None) -> Any:
    mean = cohesion.compactness(G.network(), progress=False)
    return math.nan if math.isnan(mean) else 1 / mean if mean else math.inf


@claim("cohesion.distances", weight="weight", fixed=["nodelist"])
def floyd_warshall_numpy(G: Graph, nodelist: Any = None, weight: Any = "weight") -> Any:
    net = G.network(weight)
    return cohesion.distances(net, distance="value" if net.valued else None, progress=False)


def _rows(graph: Graph, weight: Any) -> Iterator[tuple[Any, dict[Any, Any]]]:
    net = graph.network(weight)
    found = cohesion.distances(net, distance="value" if net.valued else None, progress=False)
    for node, row in zip(graph.nodes, found, strict=True):
        there = np.flatnonzero(np.isfinite(row))
        near = there[np.argsort(row[there], kind="stable")]
        lengths = row[near] if net.valued else row[near].astype(np.int64)
        yield node, dict(zip([graph.nodes[place] for place in near], lengths.tolist(), strict=True))


@claim("cohesion.distances", fixed=["cutoff"])
def all_pairs_shortest_path_length(G: Graph, cutoff: Any = None) -> Any:
    return _rows(G, None)


@claim("cohesion.distances", weight="weight", fixed=["cutoff"])
def all_pairs_dijkstra_path_length(G: Graph, cutoff: Any = None, weight: Any = "weight") -> Any:
    return _rows(G, weight)

"""NetworkX's centralities, by ours."""

# ruff: noqa: ARG001, FBT002, N803 (names and parameters are NetworkX's)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import centrality, cohesion
from wholenet._networkx._graph import Graph, by_node, claim, defer

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__: list[str] = []

# With fewer iterations than this NetworkX may stop early, on purpose.
ENOUGH = 100
# Of so few nodes NetworkX does not divide, or has an exception.
FEW = 2


def _shares(graph: Graph, mode: Any) -> dict[Any, Any]:
    if len(graph) == 1:
        return dict.fromkeys(graph.nodes, 1)
    return by_node(graph, centrality.degree(graph.network(), mode=mode) * (1 / (len(graph) - 1)))


@claim("centrality.degree", reads_loops=True)
def degree_centrality(G: Graph) -> Any:
    return _shares(G, "all")


@claim("centrality.degree", reads_loops=True, directed=True)
def in_degree_centrality(G: Graph) -> Any:
    return _shares(G, "in")


@claim("centrality.degree", reads_loops=True, directed=True)
def out_degree_centrality(G: Graph) -> Any:
    return _shares(G, "out")


@claim("centrality.closeness", weight="distance", fixed=["u"])
def closeness_centrality(G: Graph, u: Any = None, distance: Any = None, wf_improved: Any = True) -> Any:
    scores = centrality.closeness(
        G.network(distance),
        mode="in",
        unreachable="scale" if wf_improved else "ignore",
        distance=_length(G, distance),
        progress=False,
    )
    return by_node(G, np.nan_to_num(scores))


@claim("centrality.harmonic", weight="distance", fixed=["nbunch", "sources"])
def harmonic_centrality(G: Graph, nbunch: Any = None, distance: Any = None, sources: Any = None) -> Any:
    net = G.network(distance)
    return by_node(G, centrality.harmonic(net, mode="in", distance=_length(G, distance), progress=False))


@claim("centrality.betweenness", weight="weight", fixed=["k", "endpoints"])
def betweenness_centrality(
    G: Graph, k: Any = None, normalized: Any = True, weight: Any = None, endpoints: Any = False, seed: Any = None
) -> Any:
    scores = centrality.betweenness(G.network(weight), distance=_length(G, weight), progress=False)
    n = len(G)
    if normalized and n > FEW:
        scores = scores * (1 if G.is_directed() else 2) * (1 / ((n - 1) * (n - 2)))
    return by_node(G, scores)


@claim("centrality.edge_betweenness", fixed=["k", "weight"])
def edge_betweenness_centrality(
    G: Graph, k: Any = None, normalized: Any = True, weight: Any = None, seed: Any = None
) -> Any:
    table: Any = centrality.edge_betweenness(G.network(), progress=False)
    n, directed = len(G), G.is_directed()
    scores = table["betweenness"].to_numpy()
    if normalized and n > 1:
        scores = scores * ((1 if directed else 2) / (n * (n - 1)))
    ends = zip(table["source"].tolist(), table["target"].tolist(), scores.tolist(), strict=True)
    found = {(G.nodes[source], G.nodes[target]): score for source, target, score in ends}
    # NetworkX names an edge as the graph lists it; a self-loop is on no path.
    return {(u, v): found[(u, v)] if (u, v) in found else 0.0 if u == v else found[(v, u)] for u, v in G.graph.edges}


@claim("centrality.load", fixed=["v", "cutoff", "weight"])
def newman_betweenness_centrality(
    G: Graph, v: Any = None, cutoff: Any = None, normalized: Any = True, weight: Any = None
) -> Any:
    n = len(G)
    ways = 1 if G.is_directed() else 2
    scores = centrality.load(G.network(), progress=False) * ways
    return by_node(G, scores / ((n - 1) * (n - 2)) if normalized and n > FEW else scores)


@claim("centrality.eigenvector", weight="weight", fixed=["nstart"], reads_loops=True)
def eigenvector_centrality(
    G: Graph, max_iter: Any = 100, tol: Any = 1e-06, nstart: Any = None, weight: Any = None
) -> Any:
    scores = centrality.eigenvector(G.network(weight), scale="norm")
    if max_iter < ENOUGH or np.isnan(scores).any():
        return defer("eigenvector_centrality", G, max_iter=max_iter, tol=tol, weight=weight)
    return by_node(G, scores)


@claim("centrality.eigenvector", weight="weight", reads_loops=True)
def eigenvector_centrality_numpy(G: Graph, weight: Any = None, max_iter: Any = 50, tol: Any = 0) -> Any:
    # NetworkX refuses graphs that are not connected, and scipy those of one or two nodes.
    if len(G) <= FEW or cohesion.components(G.network(), kind="strong").any():
        return defer("eigenvector_centrality_numpy", G, weight=weight, max_iter=max_iter, tol=tol)
    return by_node(G, centrality.eigenvector(G.network(weight), scale="norm"))


def _katz(graph: Graph, alpha: Any, beta: Any, weight: Any, *, normalized: bool) -> NDArray[np.float64] | None:
    if isinstance(beta, bool) or not isinstance(beta, int | float) or beta <= 0:
        return None
    scores = centrality.katz(graph.network(weight), alpha=alpha)
    return scores / np.linalg.norm(scores) if normalized else scores * beta


@claim("centrality.katz", weight="weight", fixed=["nstart"], reads_loops=True)
def katz_centrality(
    G: Graph,
    alpha: Any = 0.1,
    beta: Any = 1.0,
    max_iter: Any = 1000,
    tol: Any = 1.0e-6,
    nstart: Any = None,
    normalized: Any = True,
    weight: Any = None,
) -> Any:
    scores = _katz(G, alpha, beta, weight, normalized=normalized)
    if scores is None or max_iter < ENOUGH:
        return defer("katz_centrality", G, alpha, beta, max_iter, tol, nstart, normalized, weight)
    return by_node(G, scores)


@claim("centrality.katz", weight="weight", reads_loops=True)
def katz_centrality_numpy(
    G: Graph, alpha: Any = 0.1, beta: Any = 1.0, normalized: Any = True, weight: Any = None
) -> Any:
    scores = _katz(G, alpha, beta, weight, normalized=normalized) if len(G) > 1 else None
    if scores is None:
        return defer("katz_centrality_numpy", G, alpha, beta, normalized, weight)
    return by_node(G, scores)


@claim("centrality.pagerank", weight="weight", fixed=["personalization", "nstart", "dangling"], reads_loops=True)
def pagerank(
    G: Graph,
    alpha: Any = 0.85,
    personalization: Any = None,
    max_iter: Any = 100,
    tol: Any = 1.0e-6,
    nstart: Any = None,
    weight: Any = "weight",
    dangling: Any = None,
) -> Any:
    if max_iter < ENOUGH:
        return defer("pagerank", G, alpha=alpha, max_iter=max_iter, tol=tol, weight=weight)
    return by_node(G, centrality.pagerank(G.network(weight), damping=alpha))


@claim("centrality.hubs", fixed=["nstart", "normalized"], reads_loops=True)
def hits(G: Graph, max_iter: Any = 100, tol: Any = 1.0e-8, nstart: Any = None, normalized: Any = True) -> Any:
    # NetworkX reads the attribute "weight" here without being asked.
    if len(G) <= FEW or max_iter < ENOUGH or G.graph.size() == 0 or _weighted(G):
        return defer("hits", G, max_iter=max_iter, tol=tol)
    net = G.network()
    hubs, authorities = centrality.hubs(net), centrality.authorities(net)
    return by_node(G, hubs / hubs.sum()), by_node(G, authorities / authorities.sum())


@claim("centrality.current_flow_closeness", weight="weight", directed=False, reads_loops=True)
def current_flow_closeness_centrality(G: Graph, weight: Any = None, dtype: Any = float, solver: Any = "lu") -> Any:
    if not _is_current(G, dtype, solver) or len(G) == 1:
        return defer("current_flow_closeness_centrality", G, weight=weight, dtype=dtype, solver=solver)
    return by_node(G, centrality.current_flow_closeness(G.network(weight)) / (len(G) - 1))


@claim("centrality.current_flow_betweenness", weight="weight", directed=False, reads_loops=True)
def current_flow_betweenness_centrality(
    G: Graph, normalized: Any = True, weight: Any = None, dtype: Any = float, solver: Any = "full"
) -> Any:
    n = len(G)
    if not _is_current(G, dtype, solver) or n <= FEW:
        return defer(
            "current_flow_betweenness_centrality", G, normalized=normalized, weight=weight, dtype=dtype, solver=solver
        )
    scores = centrality.current_flow_betweenness(G.network(weight))
    return by_node(G, scores * (2 / ((n - 1) * (n - 2))) if normalized else scores)


@claim("centrality.subgraph", fixed=["normalized"], directed=False, reads_loops=True)
def subgraph_centrality(G: Graph, *, normalized: Any = False) -> Any:
    return by_node(G, centrality.subgraph(G.network()))


@claim("centrality.subgraph", fixed=["normalized"], directed=False, reads_loops=True)
def subgraph_centrality_exp(G: Graph, *, normalized: Any = False) -> Any:
    return by_node(G, centrality.subgraph(G.network()))


@claim("centrality.subgraph", directed=False, reads_loops=True)
def estrada_index(G: Graph) -> Any:
    return float(centrality.subgraph(G.network()).sum())


@claim("centrality.reach", fixed=["weight", "normalized"], directed=True, reads_loops=True)
def global_reaching_centrality(G: Graph, weight: Any = None, normalized: Any = True) -> Any:
    if G.graph.size() == 0:
        return defer("global_reaching_centrality", G)
    shares = centrality.reach(G.network(), len(G), progress=False)
    return float((shares.max() - shares).sum()) / (len(G) - 1)


def _length(graph: Graph, weight: str | None) -> Any:
    """Read a weight as a length, if there is one."""
    return "value" if graph.network(weight).valued else None


def _weighted(graph: Graph) -> bool:
    return any("weight" in data for _, _, data in graph.graph.edges(data=True))


def _is_current(graph: Graph, dtype: object, solver: object) -> bool:
    return dtype is float and solver in {"full", "lu", "cg"} and not cohesion.components(graph.network()).any()

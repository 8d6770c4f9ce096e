"""Graphs of other packages that callers hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wholenet import _frames
from wholenet._ingest import Made, edges, kind_word
from wholenet.errors import ArgumentError, ColumnError, LabelError

if TYPE_CHECKING:
    import igraph as ig
    import networkx as nx
    from narwhals.typing import IntoDataFrame

__all__ = ["igraph", "networkx"]


def networkx(graph: nx.Graph, *, weight: str | None) -> Made:
    """Read a NetworkX graph."""
    if graph.is_multigraph():
        msg = (
            "a multigraph has ties listed more than once; make it a Graph or DiGraph first, "
            "or use from_edges(duplicates=...)"
        )
        raise ArgumentError(msg)
    nodes = dict(graph.nodes(data=True))
    listed = list(graph.edges(data=True))
    if weight is not None and listed and not any(weight in data for _, _, data in listed):
        names = dict.fromkeys(str(name) for _, _, data in listed for name in data)
        msg = f"no edge has the attribute {weight!r} (for weight=){_frames.near(weight, names)}"
        raise ColumnError(msg)
    ties = [(a, b, data.get(weight, 1)) for a, b, data in listed]
    return _graph(
        list(nodes),
        list(nodes.values()),
        ties,
        directed=graph.is_directed(),
        weight=weight,
        origin="NetworkX",
    )


def igraph(graph: ig.Graph, *, weight: str | None) -> Made:
    """Read an igraph graph."""
    attributes = [vertex.attributes() for vertex in graph.vs]
    named = "name" in graph.vs.attributes()
    names = [one.pop("name") for one in attributes] if named else list(range(graph.vcount()))
    if weight is not None and weight not in graph.es.attributes():
        msg = f"edges have no attribute {weight!r} (for weight=){_frames.near(weight, graph.es.attributes())}"
        raise ColumnError(msg)
    values = graph.es[weight] if weight is not None else [1] * graph.ecount()
    ties = [(names[edge.source], names[edge.target], value) for edge, value in zip(graph.es, values, strict=True)]
    return _graph(names, attributes, ties, directed=graph.is_directed(), weight=weight, origin="igraph")


def _graph(
    names: list[Any],
    attributes: list[dict[str, Any]],
    ties: list[tuple[Any, Any, Any]],
    *,
    directed: bool,
    weight: str | None,
    origin: str,
) -> Made:
    odd = next((name for name in names if kind_word(type(name)) not in {"text", "integer"}), None)
    if odd is not None:
        msg = f"nodes must be strings or integers, but one is {odd!r}; relabel them first"
        raise LabelError(msg)
    keys = dict.fromkeys(key for one in attributes for key in one)
    label = next(name for name in ("actor", "label", "actor_label") if name not in keys)
    kind = _frames.default_kind()
    columns: dict[str, Any] = {label: names or np.array([], dtype=np.int64)}
    for key in keys:
        columns[key] = [one.get(key) for one in attributes]
    made = edges(
        ([tie[0] for tie in ties], [tie[1] for tie in ties]),
        _made(columns, kind),
        source="source",
        target="target",
        weight=None if weight is None else [tie[2] for tie in ties],
        actor=label,
        directed=directed,
        loops="keep",
        duplicates="error",
        unknown="error",
        signed=True,
        respondents=None,
    )
    recipe = (f"{origin} graph, " + made.recipe[0], *made.recipe[1:])
    return Made(made.core, made.frame if keys else None, kind, recipe)


def _made(columns: dict[str, Any], kind: str) -> IntoDataFrame:
    """Make the actors table of a graph; an attribute may hold values that a table can't."""
    import pyarrow as pa

    try:
        return _frames.make(columns, kind)
    except (TypeError, ValueError, pa.ArrowException) as error:
        msg = f"the attributes of the nodes do not fit a table ({error}); make the values of each one kind"
        raise ArgumentError(msg) from None

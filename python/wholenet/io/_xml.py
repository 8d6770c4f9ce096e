"""What GraphML and GEXF have in common: nodes and edges with attributes, in XML."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np

from wholenet import _export, _frames
from wholenet._svg import FORBIDDEN
from wholenet.errors import ArgumentError, ColumnError, FormatError
from wholenet.network import Network
from wholenet.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Attribute", "Graph", "build", "children", "flag", "parse", "serialize", "type_of", "unpacked", "values"]

# Attributes that name the actors, as igraph, Gephi and visone write them.
NAMES = ("name", "label")
WEIGHT = "weight"


@dataclass
class Graph:
    """Nodes by their ids, and edges between ids."""

    directed: bool
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


# Reading --------------------------------------------------------------------------------------------------


def parse(path: Path, root: str) -> ET.Element:
    """Read an XML file whose outermost element is `root`."""
    content = _export.read(path)
    # Entities can blow a small file up beyond any memory, and neither format needs them.
    if b"<!ENTITY" in content:
        msg = f"{path} defines XML entities, which are not read; write the file anew without them"
        raise FormatError(msg)
    try:
        tree = ET.fromstring(content)  # noqa: S314 (without entities)
    except ET.ParseError as error:
        msg = f"{path} is not whole or no XML: {error}"
        raise FormatError(msg) from None
    if _bare(tree.tag) != root:
        msg = f"{path} holds <{_bare(tree.tag)}>, and <{root}> is expected"
        raise FormatError(msg)
    return tree


def _bare(tag: str) -> str:
    """A tag without its namespace, which differs by version."""
    return tag.rsplit("}", 1)[-1]


def children(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The elements of a tag right below an element."""
    return (child for child in element if _bare(child.tag) == tag)


def flag(text: str) -> bool:
    """Read a truth value."""
    if text.strip().lower() not in {"true", "false", "1", "0"}:
        raise ValueError(text)
    return text.strip().lower() in {"true", "1"}


class Attribute:
    """What a file declares of an attribute; types of other names are text."""

    def __init__(self, element: ET.Element, kind: str, name: str | None, type_: str) -> None:
        self.id = element.get("id", "")
        self.kind, self.name, self.type = kind, name or self.id, type_
        default = next(children(element, "default"), None)
        self.default = None if default is None else default.text or ""

    def read(self, text: str) -> Any:
        """Read one value."""
        kind = self.type.lower()
        if kind in {"int", "integer", "long", "short", "byte", "biginteger"}:
            return int(text)
        if kind in {"float", "double", "bigdecimal"}:
            return float(text)
        return flag(text) if kind == "boolean" else text


def values(path: Path, kind: str, declared: Sequence[Attribute], given: Mapping[str, str]) -> dict[str, Any]:
    """The attributes of a node or edge by name, of what is given by id."""
    found = {}
    for one in declared:
        text = given.get(one.id, one.default) if one.kind in {kind, "all"} else None
        try:
            if text is not None:
                found[one.name] = one.read(text)
        except ValueError:
            msg = f"{path}: the {kind} attribute {one.name!r} is declared as {one.type}, but one is {text!r}"
            raise FormatError(msg) from None
    return found


def build(
    path: Path,
    graph: Graph,
    *,
    label: str | None,
    weight: str | None,
    by: str | Sequence[str] | None,
    rules: Mapping[str, Any],
) -> Network | Study:
    """Make a network, or a study, of what a file holds."""
    label = label or _naming(graph)
    place, columns = _actors(graph, label)
    ties = _ties(path, graph, place)
    attributes = dict.fromkeys(name for _, _, data in graph.edges for name in data)
    wanted = {name: name for name in ([by] if isinstance(by, str) else by or ())}
    if weight is not None and (weight in attributes or weight != WEIGHT):
        wanted["value"] = weight
    for column, name in wanted.items():
        if name not in attributes:
            argument = "weight" if column == "value" else "by"
            msg = f"edges have no attribute {name!r} (for {argument}=){_frames.near(name, attributes)}"
            raise ColumnError(msg)
        ties[column] = [data.get(name) for _, _, data in graph.edges]
    kind = _frames.default_kind()
    options = {"actor": "actor", "weight": "value" if "value" in wanted else None, "directed": graph.directed, **rules}
    tables = (_frames.make(ties, kind), _frames.make(columns, kind))
    return Network.from_edges(*tables, **options) if by is None else Study.from_edges(*tables, by=by, **options)


def _actors(graph: Graph, label: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The label of each node by its id, and the columns of the actors table."""
    ids = list(graph.nodes)
    names = ids if label == "id" else [graph.nodes[one].get(label) for one in ids]
    without = next((one for one, name in zip(ids, names, strict=True) if name is None), None)
    if without is not None:
        known = sorted({name for data in graph.nodes.values() for name in data})
        msg = f"node {without!r} has no attribute {label!r} (for label=){_frames.near(label, known)}"
        raise ColumnError(msg)
    columns: dict[str, Any] = {"actor": names or np.array([], dtype="U1")}
    if [str(name) for name in names] != ids:
        columns["id"] = ids
    for name in dict.fromkeys(name for data in graph.nodes.values() for name in data):
        values = [data.get(name) for data in graph.nodes.values()]
        # Gephi's label of a node is often its id once more.
        if name != label and not (name in NAMES and values == ids):
            columns[f"{name}_" if name in {"actor", "id"} else name] = values
    return dict(zip(ids, names, strict=True)), columns


def _ties(path: Path, graph: Graph, place: Mapping[str, Any]) -> dict[str, Any]:
    """The labels of the ends of each edge."""
    for source, target, _ in graph.edges:
        end = next((end for end in (source, target) if end not in place), None)
        if end is not None:
            msg = f"{path}: an edge runs to node {end!r}, which the file does not have"
            raise FormatError(msg)
    if not graph.edges:
        none = np.array([], dtype=np.asarray(list(place.values()) or ["a"]).dtype)
        return {"source": none, "target": none}
    sources, targets, _ = zip(*graph.edges, strict=True)
    return {"source": [place[end] for end in sources], "target": [place[end] for end in targets]}


def _naming(graph: Graph) -> str:
    """The attribute that names every node, each differently; else the ids do."""
    for name in NAMES:
        values = [data.get(name) for data in graph.nodes.values()]
        kinds = {type(value) for value in values}
        if values and kinds in ({str}, {int}) and len(set(values)) == len(values):
            return name
    return "id"


# Writing --------------------------------------------------------------------------------------------------


def unpacked(data: Network | Study, missing: str) -> Graph:
    """Take networks of the same actors apart into nodes and edges."""
    if missing not in {"error", "absent"}:
        msg = f'missing must be "error" or "absent", but is {missing!r}'
        raise ArgumentError(msg)
    if not isinstance(data, Network | Study) or (isinstance(data, Study) and not len(data)):
        msg = f"only a Network, or a Study that has one, can be written, but this is {data!r}"
        raise ArgumentError(msg)
    names = () if isinstance(data, Network) else data.by
    networks = {(): data} if isinstance(data, Network) else dict(data.items())
    first = next(iter(networks.values()))
    labels = first.labels.tolist()
    if any(net.labels.tolist() != labels or net.directed != first.directed for net in networks.values()):
        msg = (
            "a file holds networks of the same actors, all directed or all not, and these are not so; write a file for "
            "each, or choose some with study.select(...)"
        )
        raise ArgumentError(msg)
    if missing == "error" and any(net.missing.share > 0 for net in networks.values()):
        msg = (
            'the format has no sign for dyads that were not observed, and there are some. Pass missing="absent" to '
            "write them as absent ties"
        )
        raise ArgumentError(msg)
    graph = Graph(first.directed)
    frame = _frames.wrap(first.actors, "actors")
    columns = {name: frame[name].to_list() for name in frame.columns[1:]}
    whole = bool(labels) and isinstance(labels[0], int)
    for at, label in enumerate(labels):
        data_of = {name: _plain(values[at]) for name, values in columns.items()}
        graph.nodes[str(label)] = ({"label": label} if whole else {}) | {
            name: value for name, value in data_of.items() if value is not None
        }
    for key, net in networks.items():
        about = dict(zip(names, key if isinstance(key, tuple) else (key,), strict=True))
        edges = _frames.wrap(net.to_edges(), "ties")
        values = edges["value"].to_list() if "value" in edges.columns else None
        for at, (source, target) in enumerate(zip(edges["source"].to_list(), edges["target"].to_list(), strict=True)):
            weight = {} if values is None else {WEIGHT: float(values[at])}
            graph.edges.append((str(source), str(target), {name: _plain(one) for name, one in about.items()} | weight))
    return graph


def _plain(value: Any) -> Any:
    """A value as XML can hold it; None where there is none."""
    value = value.item() if hasattr(value, "item") else value
    if value is None or value != value:  # noqa: PLR0124 (NaN)
        return None
    return value if isinstance(value, bool | int | float) else str(value)


def type_of(values: Sequence[Any]) -> type:
    """The type of an attribute: that of its values, text where they have several."""
    kinds = {type(value) for value in values}
    if kinds == {int, float}:
        return float
    return kinds.pop() if len(kinds) == 1 else str


def serialize(path: str | Path, root: ET.Element) -> None:
    """Write an XML file."""
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    odd = FORBIDDEN.search(text)
    if odd is not None:
        msg = f"a label or attribute holds the character {odd[0]!r}, which XML files can't; rename it first"
        raise FormatError(msg)
    _export.write(Path(path), f"<?xml version='1.0' encoding='UTF-8'?>\n{text}\n".encode())

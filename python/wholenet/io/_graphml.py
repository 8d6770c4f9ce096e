"""GraphML, the format of Gephi, visone, igraph and NetworkX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree as ET

from wholenet.errors import FormatError
from wholenet.io import _xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wholenet.network import Network
    from wholenet.study import Study

__all__ = ["read_graphml", "write_graphml"]

SPACE = "http://graphml.graphdrawing.org/xmlns"
TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}


def read_graphml(
    path: str | Path,
    *,
    label: str | None = None,
    weight: str | None = "weight",
    by: str | Sequence[str] | None = None,
    loops: Literal["error", "drop", "keep"] = "error",
    duplicates: Literal["error", "sum", "max", "mean", "first"] = "error",
    signed: bool = False,
) -> Network | Study:
    """Read a GraphML file.

    Parameters
    ----------
    path : str or Path
        The file.
    label : str, optional
        The attribute of the nodes that names the actors, or ``"id"`` for their ids. Default: ``name`` or ``label``
        where every node has another one, else the ids.
    weight : str or None
        The attribute of the edges with the value of the tie; without values where no edge has it.
    by : str or sequence of str, optional
        Attributes of the edges that tell networks apart, such as a relation: gives a Study.
    loops : {"error", "drop", "keep"}
        What to do with edges from a node to itself.
    duplicates : {"error", "sum", "max", "mean", "first"}
        What value a tie gets that is listed more than once.
    signed : bool
        Whether negative values are accepted.

    Returns
    -------
    Network or Study
        The network with the attributes of its nodes; with `by` a Study.

    Raises
    ------
    MissingFileError
        There is no such file.
    FileAccessError
        It can't be read.
    FormatError
        It is no GraphML or not whole, has several graphs, hyperedges, or both directed and undirected edges, or holds
        a value that is not of its type.
    ColumnError
        Nodes or edges have no such attribute.
    ArgumentError
        Edges that `loops`, `duplicates` or `signed` would accept.

    Notes
    -----
    Attributes have the types that the file declares. Pictures that yEd and visone keep beside them are not read.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[1.5, 2])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_graphml(net, f"{folder}/advice.graphml")
    ...     wn.io.read_graphml(f"{folder}/advice.graphml") == net
    True
    """
    path = Path(path)
    root = _xml.parse(path, "graphml")
    graphs = list(_xml.children(root, "graph"))
    if len(graphs) != 1:
        msg = f"{path} holds {len(graphs)} graphs, and one is expected; write a file for each"
        raise FormatError(msg)
    declared = [
        _xml.Attribute(one, one.get("for", "all"), one.get("attr.name"), one.get("attr.type", "string"))
        for one in _xml.children(root, "key")
        # What has no type of its own belongs to yEd's or visone's pictures.
        if one.get("yfiles.type") is None
    ]

    def data(found: ET.Element, kind: str) -> dict[str, Any]:
        given = {one.get("key", ""): one.text or "" for one in _xml.children(found, "data")}
        return _xml.values(path, kind, declared, given)

    (element,) = graphs
    edges = list(_xml.children(element, "edge"))
    default = element.get("edgedefault", "directed") == "directed"
    directions = {_xml.flag(edge.get("directed", "true" if default else "false")) for edge in edges} or {default}
    if len(directions) > 1 or any(True for _ in _xml.children(element, "hyperedge")):
        msg = f"{path} has hyperedges, or both directed and undirected edges, which are not read"
        raise FormatError(msg)
    graph = _xml.Graph(directions.pop())
    for node in _xml.children(element, "node"):
        graph.nodes[node.get("id", "")] = data(node, "node")
    graph.edges = [(edge.get("source", ""), edge.get("target", ""), data(edge, "edge")) for edge in edges]
    rules = {"loops": loops, "duplicates": duplicates, "signed": signed}
    return _xml.build(path, graph, label=label, weight=weight, by=by, rules=rules)


def write_graphml(data: Network | Study, path: str | Path, *, missing: Literal["error", "absent"] = "error") -> None:
    """Write a GraphML file.

    Parameters
    ----------
    data : Network or Study
        What to write: of a study the ties of all its networks, which have the same actors, with the names of each as
        attributes of the edges.
    path : str or Path
        Where to; a file that is there is replaced.
    missing : {"error", "absent"}
        What becomes of dyads that were not observed, for which GraphML has no sign.

    Raises
    ------
    ArgumentError
        Networks of different actors or directions; dyads that were not observed, and `missing` does not say that they
        are absent.
    FormatError
        A label or attribute holds a control character, which XML can't.
    FileAccessError
        The file can't be written.

    Notes
    -----
    Labels are ids, whole numbers also an attribute ``label``; values are the attribute ``weight``. Attributes of the
    actors that are there for the first network of a study are written.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> study = wn.Study({"advice": net, "trust": net.reverse()}, by="relation")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_graphml(study, f"{folder}/ties.graphml")
    ...     wn.io.read_graphml(f"{folder}/ties.graphml", by="relation") == study
    True
    """
    graph = _xml.unpacked(data, missing)
    root = ET.Element("graphml", xmlns=SPACE)
    keys: dict[tuple[str, str], str] = {}
    for kind, attributes in (
        ("node", list(graph.nodes.values())),
        ("edge", [one for _, _, one in graph.edges]),
    ):
        for name in dict.fromkeys(name for one in attributes for name in one):
            key = keys[kind, name] = f"d{len(keys)}"
            type_ = TYPES[_xml.type_of([one[name] for one in attributes if name in one])]
            ET.SubElement(root, "key", {"id": key, "for": kind, "attr.name": name, "attr.type": type_})
    element = ET.SubElement(root, "graph", edgedefault="directed" if graph.directed else "undirected")
    for node, attributes_of in graph.nodes.items():
        _data(ET.SubElement(element, "node", id=node), "node", attributes_of, keys)
    for source, target, attributes_of in graph.edges:
        _data(ET.SubElement(element, "edge", source=source, target=target), "edge", attributes_of, keys)
    _xml.serialize(path, root)


def _data(element: ET.Element, kind: str, attributes: dict[str, Any], keys: dict[tuple[str, str], str]) -> None:
    for name, value in attributes.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        ET.SubElement(element, "data", key=keys[kind, name]).text = text

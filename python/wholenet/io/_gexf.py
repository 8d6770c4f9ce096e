"""GEXF, Gephi's format."""

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

__all__ = ["read_gexf", "write_gexf"]

SPACE = "http://gexf.net/1.3"
TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}


def read_gexf(
    path: str | Path,
    *,
    label: str | None = None,
    weight: str | None = "weight",
    by: str | Sequence[str] | None = None,
    loops: Literal["error", "drop", "keep"] = "error",
    duplicates: Literal["error", "sum", "max", "mean", "first"] = "error",
    signed: bool = False,
) -> Network | Study:
    """Read a GEXF file, Gephi's format.

    Parameters
    ----------
    path : str or Path
        The file.
    label : str, optional
        What names the actors: ``"id"``, ``"label"``, or another attribute of the nodes. Default: ``name`` or ``label``
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
        It is no GEXF or not whole, is of a network that changes in time, has both directed and undirected edges, or
        holds a value that is not of its type.
    ColumnError
        Nodes or edges have no such attribute.
    ArgumentError
        Edges that `loops`, `duplicates` or `signed` would accept.

    Notes
    -----
    Versions 1.1 to 1.3. Edges are undirected unless the file says otherwise. Attributes have the types that it
    declares; colours, sizes and positions are not read.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[1.5, 2])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_gexf(net, f"{folder}/advice.gexf")
    ...     wn.io.read_gexf(f"{folder}/advice.gexf") == net
    True
    """
    path = Path(path)
    root = _xml.parse(path, "gexf")
    element = next(_xml.children(root, "graph"), None)
    if element is None or element.get("mode", "static") != "static":
        msg = f"{path} holds no graph, or one that changes in time, which is not read"
        raise FormatError(msg)
    declared = [
        _xml.Attribute(one, block.get("class", "node"), one.get("title"), one.get("type", "string"))
        for block in _xml.children(element, "attributes")
        for one in _xml.children(block, "attribute")
    ]
    # The weight of an edge needs no declaration.
    declared.append(_xml.Attribute(ET.Element("attribute", id="weight"), "edge", "weight", "double"))

    def data(found: ET.Element, kind: str) -> dict[str, Any]:
        given = {
            one.get("for", one.get("id", "")): one.get("value", "")
            for block in _xml.children(found, "attvalues")
            for one in _xml.children(block, "attvalue")
        }
        own = {"weight": found.get("weight", "")} if found.get("weight") else {}
        label = {"label": found.get("label")} if kind == "node" and found.get("label") is not None else {}
        return label | _xml.values(path, kind, declared, given | own)

    nodes = [one for block in _xml.children(element, "nodes") for one in _xml.children(block, "node")]
    edges = [one for block in _xml.children(element, "edges") for one in _xml.children(block, "edge")]
    default = element.get("defaultedgetype", "undirected")
    types = {edge.get("type", default) for edge in edges} or {default}
    if len(types) > 1 or types - {"directed", "undirected"}:
        msg = f"{path} has edges of the types {', '.join(sorted(types))}, and all must be directed or all undirected"
        raise FormatError(msg)
    graph = _xml.Graph(types == {"directed"})
    graph.nodes = {node.get("id", ""): data(node, "node") for node in nodes}
    graph.edges = [(edge.get("source", ""), edge.get("target", ""), data(edge, "edge")) for edge in edges]
    rules = {"loops": loops, "duplicates": duplicates, "signed": signed}
    return _xml.build(path, graph, label=label, weight=weight, by=by, rules=rules)


def write_gexf(data: Network | Study, path: str | Path, *, missing: Literal["error", "absent"] = "error") -> None:
    """Write a GEXF file, Gephi's format.

    Parameters
    ----------
    data : Network or Study
        What to write: of a study the ties of all its networks, which have the same actors, with the names of each as
        attributes of the edges.
    path : str or Path
        Where to; a file that is there is replaced.
    missing : {"error", "absent"}
        What becomes of dyads that were not observed, for which GEXF has no sign.

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
    GEXF 1.3. Labels are ids and labels, whole numbers an attribute ``name`` as well; values are weights. Attributes of
    the actors that are there for the first network of a study are written.

    Examples
    --------
    >>> import tempfile
    >>> import wholenet as wn
    >>> net = wn.Network.from_edges((["a", "b"], ["b", "c"]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     wn.io.write_gexf(net, f"{folder}/advice.gexf")
    """
    graph = _xml.unpacked(data, missing)
    root = ET.Element("gexf", xmlns=SPACE, version="1.3")
    direction = "directed" if graph.directed else "undirected"
    element = ET.SubElement(root, "graph", mode="static", defaultedgetype=direction)
    # Whole numbers stand as text in the label of a node.
    nodes = {
        node: {("name" if name == "label" else name): value for name, value in attributes.items()}
        for node, attributes in graph.nodes.items()
    }
    edges = [
        {name: value for name, value in attributes.items() if name != "weight"} for _, _, attributes in graph.edges
    ]
    keys: dict[tuple[str, str], str] = {}
    for kind, attributes in (("node", list(nodes.values())), ("edge", edges)):
        names = dict.fromkeys(name for one in attributes for name in one)
        block = ET.SubElement(element, "attributes", {"class": kind}) if names else element
        for name in names:
            key = keys[kind, name] = str(len(keys))
            type_ = TYPES[_xml.type_of([one[name] for one in attributes if name in one])]
            ET.SubElement(block, "attribute", id=key, title=name, type=type_)
    block = ET.SubElement(element, "nodes")
    for node, attributes_of in nodes.items():
        _values(ET.SubElement(block, "node", id=node, label=node), "node", attributes_of, keys)
    block = ET.SubElement(element, "edges")
    for number, ((source, target, given), attributes_of) in enumerate(zip(graph.edges, edges, strict=True)):
        weight = {"weight": repr(given["weight"])} if "weight" in given else {}
        edge = ET.SubElement(block, "edge", {"id": str(number), "source": source, "target": target, **weight})
        _values(edge, "edge", attributes_of, keys)
    _xml.serialize(path, root)


def _values(element: ET.Element, kind: str, attributes: dict[str, Any], keys: dict[tuple[str, str], str]) -> None:
    if attributes:
        block = ET.SubElement(element, "attvalues")
        for name, value in attributes.items():
            text = str(value).lower() if isinstance(value, bool) else str(value)
            ET.SubElement(block, "attvalue", {"for": keys[kind, name], "value": text})

"""GraphML and GEXF: read as written, as networkx and igraph write and read them, and damaged."""

import contextlib
from functools import partial

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import io
from wholenet.errors import ArgumentError, ColumnError, FormatError, MissingFileError, TieError, WholenetError
from wholenet.testing import networks

WRITE = {"graphml": io.write_graphml, "gexf": io.write_gexf}
READ = {"graphml": io.read_graphml, "gexf": io.read_gexf}
EACH = pytest.mark.parametrize("format_", WRITE)
ROUND = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ACTORS = pd.DataFrame(
    {
        "id": ["a", "b", "c"],
        "sector": ["care", None, "<school>"],
        "size": [1.5, 2.0, np.nan],
        "level": [1, 2, 3],
        "lead": [True, False, True],
    }
)
NET = wn.Network.from_edges((["a", "b"], ["b", "c"]), ACTORS, weight=[2.0, 0.1])


@EACH
@ROUND
@given(net=networks(missing=False, loops=None, signed=True))
def test_what_is_written_is_read(tmp_path, format_, net):
    """Labels, values, direction; XML can't hold control characters but tabs and line ends."""
    labels = "".join(map(str, net.labels.tolist()))
    if any(
        (ord(character) < 32 and character not in "\t\n\r")
        or 0xD800 <= ord(character) < 0xE000
        or character in "\ufffe\uffff"
        for character in labels
    ):
        with pytest.raises(FormatError, match="which XML files can't"):
            WRITE[format_](net, tmp_path / "x")
        return
    WRITE[format_](net, tmp_path / "x")
    found = READ[format_](tmp_path / "x", loops="keep", signed=True)
    np.testing.assert_array_equal(found.to_matrix(), net.to_matrix())
    if net.n_actors:
        assert found.labels.tolist() == net.labels.tolist()
    assert found.directed == net.directed


@EACH
def test_attributes_keep_their_types(tmp_path, format_):
    WRITE[format_](NET, tmp_path / "x")
    found = READ[format_](tmp_path / "x")
    assert found.attribute("level").tolist() == [1, 2, 3]
    assert found.attribute("lead").tolist() == [True, False, True]
    np.testing.assert_array_equal(found.attribute("size"), [1.5, 2, np.nan])
    assert found.attribute("sector").tolist()[::2] == ["care", "<school>"]
    assert pd.isna(found.attribute("sector").tolist()[1])


@EACH
def test_studies(tmp_path, format_):
    study = wn.Study({("advice", 1): NET, ("trust", 2): NET.reverse()}, by=("relation", "wave"))
    WRITE[format_](study, tmp_path / "x")
    found = READ[format_](tmp_path / "x", by=["relation", "wave"])
    assert {key: net.to_matrix().tolist() for key, net in found.items()} == {
        key: net.to_matrix().tolist() for key, net in study.items()
    }
    with pytest.raises(ColumnError, match=r"edges have no attribute 'relations' .*did you mean 'relation'"):
        READ[format_](tmp_path / "x", by="relations")
    with pytest.raises(ColumnError, match=r"\(for weight=\)"):
        READ[format_](tmp_path / "x", by="relation", weight="strength")


def graphs():
    """NetworkX graphs with all kinds of attributes."""
    for graph in (nx.karate_club_graph(), nx.gn_graph(15, seed=1), nx.empty_graph(3), nx.DiGraph()):
        nx.set_node_attributes(graph, {node: {"size": node / 2, "even": node % 2 == 0} for node in graph})
        yield graph


@EACH
def test_what_networkx_writes_is_read(tmp_path, format_):
    write = {"graphml": nx.write_graphml_xml, "gexf": nx.write_gexf}[format_]
    for graph in graphs():
        write(graph, tmp_path / "x")
        net = READ[format_](tmp_path / "x", weight="weight")
        assert net.directed == graph.is_directed()
        assert sorted(net.labels.tolist()) == sorted(map(str, graph))
        if len(graph):
            order = [net.labels.tolist().index(str(node)) for node in graph]
            np.testing.assert_allclose(net.to_matrix()[np.ix_(order, order)], nx.to_numpy_array(graph))
            assert net.attribute("size")[order].tolist() == [node / 2 for node in graph]
            assert net.attribute("even")[order].tolist() == [node % 2 == 0 for node in graph]


@EACH
def test_networkx_reads_what_is_written(tmp_path, format_):
    read = {"graphml": nx.read_graphml, "gexf": partial(nx.read_gexf, version="1.3")}[format_]
    WRITE[format_](NET, tmp_path / "x")
    graph = read(tmp_path / "x")
    assert sorted(graph.edges(data="weight")) == [("a", "b", 2.0), ("b", "c", 0.1)]
    assert graph.nodes["a"]["size"] == 1.5
    assert graph.nodes["a"]["lead"] is True
    assert graph.nodes["c"]["sector"] == "<school>"


def test_igraph_reads_and_writes_graphml(tmp_path):
    io.write_graphml(NET, tmp_path / "x")
    graph = ig.Graph.Read_GraphML(str(tmp_path / "x"))
    assert graph.vs["id"] == ["a", "b", "c"]
    assert graph.es["weight"] == [2.0, 0.1]
    graph = NET.to_igraph()
    graph.write_graphml(str(tmp_path / "y"))
    found = io.read_graphml(tmp_path / "y")
    assert found.labels.tolist() == ["a", "b", "c"]
    np.testing.assert_array_equal(found.to_matrix(), NET.to_matrix())
    assert io.read_graphml(tmp_path / "y", label="id").labels.tolist() == ["n0", "n1", "n2"]
    with pytest.raises(ColumnError, match="no attribute 'names'"):
        io.read_graphml(tmp_path / "y", label="names")


GRAPHML = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="k" for="node" attr.name="size" attr.type="int"><default>7</default></key>
<key id="p" for="node" yfiles.type="nodegraphics"/>
<graph edgedefault="undirected"><node id="1"><data key="k">3</data><data key="p"><x/></data></node><node id="2"/>
<edge source="1" target="2"/></graph></graphml>"""
GEXF = """<?xml version="1.0"?><gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph>
<attributes class="node"><attribute id="0" title="size" type="integer"><default>7</default></attribute></attributes>
<nodes><node id="1" label="ann"><attvalues><attvalue for="0" value="3"/></attvalues></node><node id="2" label="ann"/>
</nodes><edges><edge source="1" target="2" weight="2.5"/></edges></graph></gexf>"""
CONTENT = {"graphml": GRAPHML, "gexf": GEXF}


@EACH
def test_defaults_and_names_that_are_not_different(tmp_path, format_):
    (tmp_path / "x").write_text(CONTENT[format_])
    net = READ[format_](tmp_path / "x")
    assert net.labels.tolist() == ["1", "2"]
    assert net.attribute("size").tolist() == [3, 7]
    assert not net.directed
    assert net.n_ties == 1


@pytest.mark.parametrize(
    ("format_", "old", "new", "error", "message"),
    [
        ("graphml", "</graphml>", "", FormatError, "not whole or no XML: .*line"),
        ("graphml", ">3<", ">three<", FormatError, "'size' is declared as int, but one is 'three'"),
        ("graphml", 'target="2"', 'target="4"', FormatError, "an edge runs to node '4'"),
        ("graphml", 'target="2"/>', 'target="2" directed="true"/><edge source="2" target="1"/>', FormatError, "both"),
        ("graphml", "<edge", '<edge source="1" target="2"/><edge', TieError, "duplicates="),
        ("graphml", "<graph ", "<graph/><graph ", FormatError, "holds 2 graphs"),
        ("graphml", "<graphml", '<!DOCTYPE x [<!ENTITY a "b">]><graphml', FormatError, "XML entities"),
        ("gexf", "gexf", "graph", FormatError, "holds <graph>, and <gexf> is expected"),
        ("gexf", "<graph>", '<graph mode="dynamic">', FormatError, "changes in time"),
        ("gexf", 'weight="2.5"', 'weight="much"', FormatError, "'weight' is declared as double"),
        ("gexf", 'weight="2.5"', 'type="mutual"', FormatError, "types mutual"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, format_, old, new, error, message):
    (tmp_path / "x").write_text(CONTENT[format_].replace(old, new))
    with pytest.raises(error, match=message):
        READ[format_](tmp_path / "x")


@EACH
def test_what_cannot_be_written(tmp_path, format_):
    net = wn.Network.from_matrix([[0, np.nan], [1, 0]])
    with pytest.raises(ArgumentError, match='missing="absent"'):
        WRITE[format_](net, tmp_path / "x")
    WRITE[format_](net, tmp_path / "x", missing="absent")
    with pytest.raises(ArgumentError, match="missing must be"):
        WRITE[format_](net, tmp_path / "x", missing="zero")
    with pytest.raises(ArgumentError, match="only a Network"):
        WRITE[format_]([1], tmp_path / "x")
    others = wn.Study({1: NET, 2: wn.Network.from_edges((["c"], ["d"]))}, by="wave")
    with pytest.raises(ArgumentError, match="same actors"):
        WRITE[format_](others, tmp_path / "x")
    with pytest.raises(MissingFileError):
        READ[format_](tmp_path / "none")


@EACH
@ROUND
@given(changes=st.lists(st.tuples(st.integers(0, 600), st.sampled_from(["", "<", ">", '"', "x", "9"])), max_size=3))
def test_damage_is_an_error_of_ours_or_none(tmp_path, format_, changes):
    text = CONTENT[format_]
    for at, piece in changes:
        text = text[:at] + piece + text[at + 1 :]
    (tmp_path / "x").write_text(text)
    with contextlib.suppress(WholenetError):
        READ[format_](tmp_path / "x")

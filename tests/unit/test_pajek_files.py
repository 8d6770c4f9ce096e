"""Pajek's files: read as written, as networkx and igraph write and read them, and damaged."""

import contextlib
from pathlib import Path

import igraph as ig
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wholenet as wn
from reference_case import SHARED
from wholenet import io
from wholenet.errors import ArgumentError, FormatError, KeyNotFoundError, MissingFileError, TieError, WholenetError
from wholenet.testing import networks

FILES = SHARED / "data" / "files"
THREE = '*Vertices 3\n1 "ann lee" 0.1 0.2 0.5 ic Red\n2 bob 0.3 0.4 0.5\n3 "cat" 0.5 0.6 0.5\n'


def read(tmp_path, text, name="x.net", **options):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return io.read_pajek(file, **options)


def test_vertices_and_lines(tmp_path):
    net = read(tmp_path, f"% made by hand\n{THREE}*Arcs\n1 2 2.5\n*Edges\n2 3\n").network()
    assert net.labels.tolist() == ["ann lee", "bob", "cat"]
    assert net.to_matrix().tolist() == [[0, 2.5, 0], [0, 0, 1], [0, 1, 0]]
    assert net.attribute("x").tolist() == [0.1, 0.3, 0.5]
    plain = read(tmp_path, "*Vertices 3\n*Edges\n1 2\n3 2 1\n").network()
    assert (plain.labels.tolist(), plain.directed, plain.valued) == (["1", "2", "3"], False, False)
    assert plain.n_ties == 2


def test_lists_and_matrices(tmp_path):
    found = read(tmp_path, "*vertices 3\n*arcslist\n1 2 3\n*edgeslist\n2 3\n").network()
    assert found.to_matrix().tolist() == [[0, 1, 1], [0, 0, 1], [0, 1, 0]]
    found = read(tmp_path, "*Vertices 3\n*Matrix\n0 1 0\n0 0 2\n0 0 0\n").network()
    assert found.to_matrix().tolist() == [[0, 1, 0], [0, 0, 2], [0, 0, 0]]
    with pytest.raises(FormatError, match="line 2: 3 rows of 3 numbers must follow"):
        read(tmp_path, "*Vertices 3\n*Matrix\n0 1 0\n0 0 2\n")


def test_relations(tmp_path):
    text = f'{THREE}*Arcs :1 "advice"\n1 2\n*Arcs :2 "trust"\n2 1 3\n*Edges :2 "trust"\n2 3 3\n'
    found = read(tmp_path, text)
    assert list(found.networks) == ["advice", "trust"]
    assert found.study()["trust"].to_matrix().tolist() == [[0, 0, 0], [3, 0, 3], [0, 3, 0]]
    assert repr(found) == "<Pajek: 2 networks (advice, trust), 0 partitions, 0 vectors>"
    with pytest.raises(ArgumentError, match="there are 2 networks"):
        found.network()
    with pytest.raises(KeyNotFoundError, match="did you mean 'trust'"):
        found.network("truth")
    by_line = read(tmp_path, f"{THREE}*Arcs\n1: 1 2\n2: 2 3 1\n")
    assert [net.n_ties for net in by_line.networks.values()] == [1, 1]


def test_two_modes(tmp_path):
    net = read(tmp_path, '*Vertices 4 2\n1 "p"\n2 "q"\n3 "A"\n4 "B"\n*Edges\n1 3\n4 2 2\n').network()
    assert net.two_mode
    assert net.to_matrix().tolist() == [[1, 0], [0, 2]]
    net = read(tmp_path, "*Vertices 3 2\n*Matrix\n1\n0\n").network()
    assert net.to_matrix().tolist() == [[1], [0]]


def test_partitions_and_vectors(tmp_path):
    found = read(tmp_path, "*Vertices 3\n1\n2\n1\n", "sector.clu")
    assert found.partitions["sector"].tolist() == [1, 2, 1]
    found = read(tmp_path, "*Vertices 2\n1.5\n-2e1\n", "size.vec")
    assert found.vectors["size"].tolist() == [1.5, -20]
    with pytest.raises(FormatError, match="line 1 announces 3 numbers, and 2 follow"):
        read(tmp_path, "*Vertices 3\n1\n2\n", "sector.clu")
    with pytest.raises(FormatError, match="line 2: a partition holds whole numbers"):
        read(tmp_path, "*Vertices 1\n1.5\n", "sector.clu")
    with pytest.raises(ArgumentError, match="no network in the file"):
        found.study()


PROJECT = (
    f"*Network one\n{THREE}*Arcs\n1 2\n\n*Partition sector\n*Vertices 3\n1\n1\n2\n*Vector size\n*Vertices 3\n5\n6\n7\n"
)


def test_projects(tmp_path):
    found = read(tmp_path, PROJECT, "x.paj")
    net = found.network("one")
    assert net.attribute("sector").tolist() == [1, 1, 2]
    assert net.attribute("size").tolist() == [5, 6, 7]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("1 2\n", r"line 1: a Pajek file starts with \*Vertices"),
        ("*Arcs\n1 2\n", r"a line \*Vertices with their number, and there is none"),
        ("*Vertices\n", r"line 1: \*Vertices is followed by their number"),
        ("*Vertices 2\n*Arcs\n1 3\n", "line 3: a vertex is a whole number from 1 to 2, not '3'"),
        ("*Vertices 2\n*Arcs\n1\n", "line 3: a line has two ends"),
        ("*Vertices 2\n*Arcs\n1 2 much\n", "line 3: a number is expected, not 'much'"),
        ("*Vertices 2\n1 a\n2 a\n", "vertices 1 and 2 are both called 'a'"),
        ("*Vertices 2\n*Hierarchy\n", "Hierarchy is not read"),
        ("*Vertices 2\n*Lines\n", "nothing that Pajek files have"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, message):
    with pytest.raises(FormatError, match=message):
        read(tmp_path, text)


def test_what_is_refused_until_asked_for(tmp_path):
    with pytest.raises(MissingFileError):
        io.read_pajek(tmp_path / "none.net")
    (tmp_path / "old.net").write_bytes('*Vertices 1\n1 "Zoë"\n'.encode("cp1252"))
    with pytest.raises(FormatError, match="cp1252"):
        io.read_pajek(tmp_path / "old.net")
    assert io.read_pajek(tmp_path / "old.net", encoding="cp1252").network().labels.tolist() == ["Zoë"]
    twice = "*Vertices 2\n*Arcs\n1 2\n1 2\n"
    with pytest.raises(TieError, match="listed more than once"):
        read(tmp_path, twice)
    assert read(tmp_path, twice, duplicates="sum").network().to_matrix().tolist() == [[0, 2], [0, 0]]
    with pytest.raises(TieError, match="loops="):
        read(tmp_path, "*Vertices 2\n*Arcs\n1 1\n")
    same = "*Vertices 2\n1 a\n2 a\n*Arcs\n1 2\n"
    assert read(tmp_path, same, labels="number").network().labels.tolist() == [1, 2]
    with pytest.raises(ArgumentError, match="labels must be"):
        read(tmp_path, same, labels="name")


ROUND = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHOLE = networks(missing=False, loops=None, labels="text")


@ROUND
@given(WHOLE)
def test_what_is_written_is_read(tmp_path, net):
    file = tmp_path / "x.net"
    try:
        io.write_pajek(net, file)
    except FormatError:
        assert any(set(label) & set('"\r\n') or label != label.strip() for label in net.labels.tolist())
        return
    found = io.read_pajek(file, loops="keep").network()
    np.testing.assert_array_equal(found.to_matrix(), net.to_matrix())
    assert found.labels.tolist() == net.labels.tolist()
    assert found.directed == net.directed or net.n_ties == 0


@ROUND
@given(networks(missing=False, labels="integer", min_actors=1))
def test_networkx_and_igraph_read_it(tmp_path, net):
    file = tmp_path / "x.net"
    io.write_pajek(net, file)
    graph = nx.read_pajek(file)
    assert graph.is_directed() == net.directed or net.n_ties == 0
    matrix = nx.to_numpy_array(graph, nodelist=[str(label) for label in net.labels.tolist()])
    np.testing.assert_allclose(matrix, net.to_matrix())
    other = ig.Graph.Read_Pajek(str(file))
    assert other.vs["name"] == [str(label) for label in net.labels.tolist()] if net.n_actors else True
    assert other.ecount() == net.n_ties


def test_what_networkx_writes_is_read(tmp_path):
    for graph in (nx.karate_club_graph(), nx.gn_graph(20, seed=1)):
        nx.write_pajek(nx.relabel_nodes(graph, str), tmp_path / "x.net")
        net = io.read_pajek(tmp_path / "x.net").network()
        expected = nx.to_numpy_array(graph, weight="weight")
        order = [net.labels.tolist().index(str(node)) for node in graph]
        np.testing.assert_allclose(net.to_matrix()[np.ix_(order, order)], expected)


def test_studies_and_attributes_are_written(tmp_path):
    actors = pd.DataFrame({"id": ["a", "b", "c"], "sector": ["care", None, "school"], "size": [1.5, 2.0, 3.0]})
    net = wn.Network.from_edges((["a", "b"], ["b", "c"]), actors)
    study = wn.Study({"advice": net, "trust": net.reverse()}, by="relation")
    io.write_pajek(study, tmp_path / "x.paj")
    found = io.read_pajek(tmp_path / "x.paj")
    assert {name: one.to_matrix().tolist() for name, one in found.networks.items()} == {
        name: one.to_matrix().tolist() for name, one in study.items()
    }
    assert found.partitions["sector"].tolist() == [1, 0, 2]
    assert found.vectors["size"].tolist() == [1.5, 2, 3]
    assert "% 2 school" in (tmp_path / "x.paj").read_text()
    io.write_pajek(net, tmp_path / "x.clu", attribute="sector")
    io.write_pajek(net, tmp_path / "x.vec", attribute="size")
    assert io.read_pajek(tmp_path / "x.clu").partitions["x"].tolist() == [1, 0, 2]
    assert io.read_pajek(tmp_path / "x.vec").vectors["x"].tolist() == [1.5, 2, 3]
    with pytest.raises(ArgumentError, match="attribute="):
        io.write_pajek(net, tmp_path / "x.clu")
    with pytest.raises(ArgumentError, match="a vector holds numbers"):
        io.write_pajek(net, tmp_path / "x.vec", attribute="sector")
    two_mode = wn.Network.from_edges((["p"], ["A"]), two_mode=True)
    io.write_pajek(two_mode, tmp_path / "two.net")
    assert io.read_pajek(tmp_path / "two.net").network().two_mode


def test_what_cannot_be_written(tmp_path):
    net = wn.Network.from_matrix([[0, np.nan], [1, 0]])
    with pytest.raises(ArgumentError, match='missing="absent"'):
        io.write_pajek(net, tmp_path / "x.net")
    io.write_pajek(net, tmp_path / "x.net", missing="absent")
    assert io.read_pajek(tmp_path / "x.net").network().to_matrix().tolist() == [[0, 0], [1, 0]]
    with pytest.raises(ArgumentError, match="Pajek files end in"):
        io.write_pajek(net, tmp_path / "x.txt")
    with pytest.raises(ArgumentError, match="only a Network"):
        io.write_pajek([1], tmp_path / "x.net")
    other = wn.Network.from_edges((["a"], ["b"]))
    with pytest.raises(ArgumentError, match="same actors"):
        io.write_pajek(wn.Study({1: other, 2: wn.Network.from_edges((["c"], ["d"]))}, by="wave"), tmp_path / "x.net")


PIECES = st.sampled_from(["", "*", '"', "\n", "9", "-1", "x", ":", "*Vertices 2\n"])


@ROUND
@given(st.lists(st.tuples(st.integers(0, len(PROJECT)), PIECES), min_size=1, max_size=3))
def test_damage_is_an_error_of_ours_or_none(tmp_path, changes):
    text = PROJECT
    for at, piece in changes:
        text = text[:at] + piece + text[at + 1 :]
    with contextlib.suppress(WholenetError):
        read(tmp_path, text, "x.paj")


@pytest.mark.skipif(not FILES.is_dir(), reason="the files in ../shared are not here")
@pytest.mark.parametrize("name", ["KnokBur.paj", "Padgett.paj", "s50_d1.net"])
def test_files_as_users_have_them(name):
    found = io.read_pajek(FILES / name)
    counts = {key: (net.n_actors, net.n_ties, net.directed) for key, net in found.networks.items()}
    assert (
        counts
        == {
            "KnokBur.paj": {
                r"UciNet\KnokBur.dat : KNOKI": (10, 49, True),
                r"UciNet\KnokBur.dat : KNOKM": (10, 22, True),
            },
            "Padgett.paj": {
                r"UciNet\PADGETT.DAT : PADGM": (16, 40, True),
                r"UciNet\PADGETT.DAT : PADGB": (16, 30, True),
                r"UciNet\PADGW.DAT :  [2-Mode]": (19, 42, False),
            },
            "s50_d1.net": {"s50_d1": (50, 117, True)},
        }[name]
    )
    assert Path(name).suffix != ".paj" or found.partitions

"""The network: taking it elsewhere, and keeping it."""

import copy
import gc
import itertools
import os
import pickle
import stat
import sys
import weakref

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from small_networks import same_matrix, two
from wholenet import Network, _export, errors
from wholenet.testing import assert_networks_equal

# Exporting ------------------------------------------------------------------------------------------------


def test_what_would_not_fit_in_memory_is_refused():
    net = Network.from_edges(([0], [1]), pd.DataFrame({"id": range(70_000)}), respondents=[0])
    with pytest.raises(errors.ArgumentError, match=r"70,000 × 70,000 cells would take 39 GB; to_sparse\(\)"):
        net.to_matrix()
    with pytest.raises(errors.ArgumentError, match='missing="leave"'):
        net.to_edges(missing="null")
    with pytest.raises(errors.ArgumentError, match=r"'id' has 70,000 different values; .* 10,000 groups at most"):
        net.collapse(by="id")
    assert net.to_sparse().nnz == net.n_ties == 1
    assert repr(net).startswith("<Network: 70,000 actors, 1 directed ties; 4,89")


def test_to_sparse():
    net = Network.from_edges((["a", "a"], ["b", "a"]), weight=[2, 3], loops="keep", directed=False)
    assert net.to_sparse().toarray().tolist() == [[3, 2], [2, 0]]


@pytest.mark.parametrize(("method", "package"), [("sparse", "scipy"), ("networkx", "networkx"), ("igraph", "igraph")])
def test_a_package_that_is_not_installed_is_named(method, package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.sparse", None)
    with pytest.raises(errors.DependencyError, match=f"pip install {package}"):
        getattr(two(1, 2), f"to_{method}")()


def test_to_networkx_keeps_attributes_of_any_name():
    actors = pd.DataFrame({"id": ["a", "b"], "node_for_adding": [1, 2], "weight": [3, 4]})
    graph = Network.from_edges((["a"], ["b"]), actors, weight=[5]).to_networkx()
    assert graph.is_directed()
    assert graph.nodes["b"] == {"node_for_adding": 2, "weight": 4}
    assert graph.edges["a", "b"] == {"weight": 5}


def test_to_igraph_refuses_a_second_name():
    actors = pd.DataFrame({"id": ["a", "b"], "name": ["A", "B"]})
    net = Network.from_edges((["a"], ["b"]), actors)
    with pytest.raises(errors.ArgumentError, match=r"'name'.*with_actors"):
        net.to_igraph()
    graph = net.with_actors(actors.rename(columns={"name": "title"})).to_igraph()
    assert (graph.vs["name"], graph.vs["title"]) == (["a", "b"], ["A", "B"])


def test_from_networkx_keeps_an_attribute_called_actor():
    graph = Network.from_edges((["a"], ["b"]), pd.DataFrame({"id": ["a", "b"], "actor": [1, 2]})).to_networkx()
    net = Network.from_networkx(graph)
    assert net.attribute("actor").tolist() == [1, 2]
    assert net.labels.tolist() == ["a", "b"]


# Comparing ------------------------------------------------------------------------------------------------


def test_equality_is_of_content():
    net = two(2, 3)
    assert net == two(2, 3)
    assert hash(net) == hash(two(2, 3))
    assert net not in (two(2, 4), two(2, 0), two(2, None), net.reverse(), net.dichotomize(above=0), "net")
    assert net != net.subset(["b", "a"])
    assert net != net.with_actors(pd.DataFrame({"name": ["a", "b"], "size": [1, 2]}))
    assert net == net.with_actors(pl.DataFrame({"id": ["a", "b"]}))  # the label column's name is no content


def test_equality_of_attributes_looks_past_kinds_and_empty_cells():
    table = {"name": ["a", "b"], "size": [1.0, None]}
    one, other = (two(1, 1).with_actors(make(table)) for make in (pd.DataFrame, pl.DataFrame))
    assert one == other
    assert one != two(1, 1).with_actors(pd.DataFrame({"name": ["a", "b"], "size": [1.0, 2.0]}))
    assert one != two(1, 1).with_actors(pd.DataFrame({"name": ["a", "b"], "age": [1.0, None]}))


def test_text_and_integer_labels_differ():
    assert Network.from_edges(([1], [2])) != Network.from_edges((["1"], ["2"]))


def test_networks_work_in_sets_and_as_weak_references():
    assert len({two(1, 2), two(1, 2), two(2, 1)}) == 2
    net = two(1, 2)
    reference = weakref.ref(net)
    del net
    gc.collect()
    assert reference() is None


# Keeping --------------------------------------------------------------------------------------------------


@pytest.fixture
def full():
    """A network with everything: values, self-ties, attributes, empty cells, non-respondents."""
    actors = pd.DataFrame(
        {
            "name": ["gp", "school", "team", "é"],
            "sector": pd.Categorical(["care", None, "care", "school"]),
            "size": [1.5, None, 3.0, 4.0],
            "lead": [True, False, None, True],
            "since": pd.to_datetime(["2001-01-01", None, "2003-01-01", "2004-01-01"]),
        }
    )
    ties = (["gp", "gp", "school", "school"], ["school", "gp", "team", "é"])
    return Network.from_edges(ties, actors, weight=[1.5, 2, None, 4], loops="keep", respondents=["gp", "school", "é"])


def test_save_and_open(full, tmp_path):
    path = tmp_path / "referral.wholenet"
    full.save(path)
    found = Network.open(str(path))
    assert_networks_equal(found, full)
    assert found == full
    assert hash(found) == hash(full)
    assert found.recipe == full.recipe


def test_save_after_subset_adds_no_columns(full, tmp_path):
    net = full.subset(["team", "gp"])
    net.save(tmp_path / "a")
    assert Network.open(tmp_path / "a").attribute_names == full.attribute_names


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(full, protocol):
    found = pickle.loads(pickle.dumps(full, protocol=protocol))  # noqa: S301 (our own bytes)
    assert found == full
    assert found.recipe == full.recipe


def test_pickle_keeps_the_kind_of_table():
    net = Network.from_edges(pl.DataFrame({"source": ["a"], "target": ["b"]}))
    assert isinstance(pickle.loads(pickle.dumps(net)).actors, pl.DataFrame)  # noqa: S301


def test_copies_are_the_network_itself(full):
    assert copy.copy(full) is full
    assert copy.deepcopy({"net": full})["net"] is full


def test_an_attribute_that_no_file_can_hold_is_named(tmp_path):
    actors = pd.DataFrame({"name": ["a", "b"], "odd": pd.Series([1, {"x": "y"}], dtype=object)})
    objects = pl.DataFrame({"name": ["a", "b"], "odd": [object(), object()]})
    for table in (actors, objects):
        net = Network.from_edges((["a"], ["b"]), table)
        with pytest.raises(errors.ArgumentError, match="column 'odd' of actors holds values that can't be written"):
            net.save(tmp_path / "a")


def test_a_file_cut_off_anywhere_is_refused(full, tmp_path):
    full.save(tmp_path / "whole")
    content = (tmp_path / "whole").read_bytes()
    for length in {*range(40), *range(40, len(content), 97), len(content) - 1}:
        (tmp_path / "cut").write_bytes(content[:length])
        with pytest.raises(errors.FormatError, match=r"cut: .*(truncated|not a file saved by wholenet)"):
            Network.open(tmp_path / "cut")
    (tmp_path / "cut").write_bytes(content + b"\0")
    with pytest.raises(errors.FormatError, match="bytes added"):
        Network.open(tmp_path / "cut")


def test_a_damaged_byte_anywhere_is_noticed(full, tmp_path):
    full.save(tmp_path / "whole")
    content = (tmp_path / "whole").read_bytes()
    for place in {*range(40), *range(40, len(content), 61)}:
        damaged = bytearray(content)
        damaged[place] ^= 0x10
        (tmp_path / "damaged").write_bytes(damaged)
        with pytest.raises(errors.FormatError):
            Network.open(tmp_path / "damaged")


def test_a_damaged_actors_table_is_refused_or_whole():
    """What the checksum lets through, as when the file was made by another program, must not be read past its end."""
    frame = nw.from_native(pl.DataFrame({"name": ["gp", "school", "é"], "size": [1, None, 3]}), eager_only=True)
    content = _export.pack(frame)
    refused = 0
    for place in range(len(content)):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        try:
            table = _export.unpack(bytes(damaged), "pandas", 3)
        except errors.FormatError:
            refused += 1
        else:
            assert len(table) == 3
            assert table.rows()
    assert refused > len(content) // 10
    with pytest.raises(errors.FormatError, match="3 rows in the actors table for 4 actors"):
        _export.unpack(content, "pandas", 4)


@pytest.mark.parametrize("content", [b"", b"wholenet", b"PAR1" * 20, b"source,target\na,b\n", os.urandom(200)])
def test_a_foreign_file_is_refused(content, tmp_path):
    (tmp_path / "foreign").write_bytes(content)
    with pytest.raises(errors.FormatError, match=r"foreign: .*(not a file saved by wholenet|truncated)"):
        Network.open(tmp_path / "foreign")


def test_a_file_of_a_later_format_says_so(tmp_path):
    two(1, 2).save(tmp_path / "a")
    content = bytearray((tmp_path / "a").read_bytes())
    content[8:12] = (99).to_bytes(4, "little")
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(errors.FormatError, match="format version 99; this release reads version 2"):
        Network.open(tmp_path / "a")


def test_files_that_are_not_there_or_can_not_be_read(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no file"):
        Network.open(tmp_path / "nowhere")
    with pytest.raises(errors.FileAccessError, match="can't be read"):
        Network.open(tmp_path)
    with pytest.raises(errors.MissingFileError, match="there is no folder"):
        two(1, 2).save(tmp_path / "nowhere" / "a")
    with pytest.raises(errors.FileAccessError, match="can't be written"):
        two(1, 2).save(tmp_path)


class Crash(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("step", ["replace", "fsync", "write"])
@pytest.mark.parametrize("error", [Crash(), OSError(28, "No space left on device")])
def test_a_crash_while_saving_leaves_the_old_file_whole(step, error, tmp_path, monkeypatch):
    path = tmp_path / "a"
    two(1, 2).save(path)

    def crash(*_, **__):
        raise error

    if step == "write":
        monkeypatch.setattr(os, "fdopen", crash)
    else:
        monkeypatch.setattr(os, step, crash)
    with pytest.raises(Crash if isinstance(error, Crash) else errors.FileAccessError, match=r"No space|^$"):
        two(3, 4).save(path)
    monkeypatch.undo()
    assert Network.open(path) == two(1, 2)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]  # nothing is left behind


def test_saving_replaces_and_keeps_permissions(tmp_path):
    path = tmp_path / "a"
    two(1, 2).save(path)
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    path.chmod(0o640)
    two(3, 4).save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert Network.open(path) == two(3, 4)


def test_saving_through_a_link_writes_to_its_target(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "target")
    two(1, 2).save(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert Network.open(tmp_path / "target") == two(1, 2)


# Small networks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, 1, 2])
@pytest.mark.parametrize("directed", [True, False])
def test_every_method_on_networks_of_no_one_and_two_actors(n, directed, tmp_path):
    for full_net in (False, True):
        cells = np.ones((n, n)) - np.eye(n) if full_net else np.zeros((n, n))
        net = Network.from_matrix(cells, labels=[f"actor {place}" for place in range(n)], directed=directed)
        assert net.n_ties == (n * (n - 1) // (1 if directed else 2) if full_net else 0)
        assert (net.missing.share, net.missing.dyads) == (0, 0)
        for made in (net.reverse(), net.subset(net.labels), net.with_actors(net.actors)):
            assert made == net
        assert net.dichotomize(above=0) == net
        assert net.drop_isolates().n_actors == (n if full_net and n == 2 else 0)
        assert net.largest_component().n_actors == (n if full_net else min(n, 1))
        assert net.collapse(by="actor").n_actors == n
        assert net.to_sparse().shape == (n, n)
        assert net.to_networkx().number_of_nodes() == net.to_igraph().vcount() == n
        assert len(net.to_edges(missing="null")) == net.n_ties
        if directed:
            assert net.symmetrize("union").n_ties == net.n_ties // 2
        net.save(tmp_path / "net")
        assert Network.open(tmp_path / "net") == net
        assert net._repr_html_()
        assert repr(net)


def test_rules_agree_with_each_other_on_a_triangle():
    for values in itertools.product([0, 1, 2], repeat=2):
        net = two(*values)
        high, low = net.symmetrize("max").to_matrix(), net.symmetrize("min").to_matrix()
        assert same_matrix(net.symmetrize("sum").to_matrix(), high + low)
        assert same_matrix(net.symmetrize("mean").to_matrix(), (high + low) / 2)

"""UCINET datasets of every version and DL files of every format: read, written, and refused when damaged."""

import csv
import struct

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from numpy.testing import assert_array_equal

import wholenet as wn
from reference_case import SHARED
from wholenet import io, testing
from wholenet.errors import ArgumentError, FormatError, KeyNotFoundError, MissingFileError

NAN = float("nan")
CELLS = np.array([[[0, 1, 2.5], [NAN, 0, 0], [1, 0, 0]], [[0, 0, 1], [1, 0, 0], [0, NAN, 0]]])
NAMES, RELATIONS = ("ann", "bob", "cée"), ("advice", "trust")
VERSIONS = {
    "4010": (b"", 0, "h"),
    "4020": (b"\x05DATE:", 1, "h"),
    "5000": (b"\x05DATE:", 2, "h"),
    "6000": (b"\x05DATE:", 3, "h"),
    "6404": (b"\x05V6404", 3, "i"),
    "6405": (b"\x05V6405", 3, "i"),
}


def label(text, kind):
    if kind < 2:
        size = 10 if kind == 0 else 20
        content = text.encode("cp1252")
        return bytes([len(content)]) + content.ljust(size - 1, b" ")
    content = text.encode("cp1252" if kind == 2 else "utf-16-le")
    return struct.pack("<H", len(content)) + content


def header(version, *, dimensions=3, labelled=(1, 1, 1), code=7):
    """A header as the format's description has it."""
    opening, kind, size = VERSIONS[version]
    content = opening + (struct.pack("<5h", 2024, 5, 17, 5, kind) if opening else b"")
    sizes = (3, 3, 2)[:dimensions]
    content += bytes([code]) + struct.pack("<h", dimensions) + struct.pack(f"<{dimensions}{size}", *sizes)
    content += bytes([4]) + b"test" + bytes(labelled[:dimensions])
    for has, names in zip(labelled, (NAMES, NAMES, RELATIONS)[:dimensions], strict=False):
        content += b"".join(label(name, kind) for name in names) if has else b""
    return content + (b"\x00" if version == "6405" else b"")


def pair(folder, content, cells=CELLS):
    (folder / "x.##h").write_bytes(content)
    (folder / "x.##d").write_bytes(np.where(np.isnan(cells), 1e38, cells).astype("<f4").tobytes())
    return folder / "x.##h"


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version(version, tmp_path):
    found = io.read_ucinet(pair(tmp_path, header(version)))
    assert_array_equal(found.cells, CELLS)
    assert (found.rows, found.columns, found.relations, found.title) == (NAMES, NAMES, RELATIONS, "test")
    # Its numbers find it too.
    assert_array_equal(io.read_ucinet(tmp_path / "x.##d").cells, CELLS)


def test_without_labels_and_matrices(tmp_path):
    found = io.read_ucinet(pair(tmp_path, header("6404", dimensions=2, labelled=(0, 1)), CELLS[:1]))
    assert found.cells.shape == (1, 3, 3)
    assert found.columns == ("1", "2", "3")
    assert found.rows == NAMES
    assert found.relations == ("1",)


def test_just_below_missing(tmp_path):
    cells = np.zeros((2, 3, 3))
    cells[0, 0, 1], cells[0, 1, 0] = 9.9e36, 1.1e37
    found = io.read_ucinet(pair(tmp_path, header("6404"), cells)).cells
    assert np.isfinite(found[0, 0, 1])
    assert np.isnan(found[0, 1, 0])


def test_networks_of_a_dataset(tmp_path):
    found = io.read_ucinet(pair(tmp_path, header("6405")))
    study = found.study()
    assert list(study) == ["advice", "trust"]
    assert study["advice"].missing.dyads == 1
    assert_array_equal(study["advice"].to_matrix(), CELLS[0])
    assert found.network("trust") == study["trust"]
    with pytest.raises(ArgumentError, match="name one"):
        found.network()
    with pytest.raises(KeyNotFoundError, match="trust"):
        found.network("trus")
    with pytest.raises(ArgumentError, match="a table holds one matrix"):
        found.to_frame()


def test_every_cut_is_seen(tmp_path):
    whole = header("6404")
    for end in range(len(whole)):
        file = pair(tmp_path, whole[:end])
        with pytest.raises(FormatError, match=r"byte|dimension|label type"):
            io.read_ucinet(file)
    with pytest.raises(FormatError, match=r"ends at byte \d+"):
        io.read_ucinet(pair(tmp_path, whole + b"\x00"))
    file = pair(tmp_path, whole, CELLS[:1])
    with pytest.raises(
        FormatError, match="holds 36 bytes, but 2 matrices of 3 rows and 3 columns of 4 bytes each have 72"
    ):
        io.read_ucinet(file)
    with pytest.raises(FormatError, match="data type 9"):
        io.read_ucinet(pair(tmp_path, header("6404", code=9)))
    with pytest.raises(FormatError, match="version 6406, and the latest that can be read is 6405"):
        io.read_ucinet(pair(tmp_path, whole.replace(b"V6404", b"V6406")))


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(ArgumentError, match="pair of files"):
        io.read_ucinet(tmp_path / "x.csv")
    file = pair(tmp_path, header("6404"))
    (tmp_path / "x.##d").unlink()
    with pytest.raises(MissingFileError, match="needs both"):
        io.read_ucinet(file)
    with pytest.raises(MissingFileError, match="there is no file"):
        io.read_dl(tmp_path / "x.dl")


@given(net=testing.networks(loops=None, labels="text"))
@settings(max_examples=60, deadline=None)
def test_round_trips(net, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    if any(set(label) & set('"\r\n') for label in net.labels.tolist()):
        with pytest.raises(FormatError, match="double quote or a line break"):
            io.write_dl(net, folder / "x.dl")
        return
    io.write_dl(net, folder / "x.dl")
    again = io.read_dl(folder / "x.dl")
    assert_array_equal(again.cells[0], net.to_matrix())
    assert again.rows == tuple(net.labels.tolist())
    if "" in net.labels.tolist():
        with pytest.raises(ArgumentError, match="a label is empty"):
            io.write_ucinet(net, folder / "x.##h")
        return
    io.write_ucinet(net, folder / "x.##h")
    again = io.read_ucinet(folder / "x.##d")
    assert_array_equal(again.cells[0], net.to_matrix().astype(np.float32))
    assert again.columns == tuple(net.labels.tolist())
    if net.n_actors:
        made = again.network(directed=net.directed, loops="keep")
        assert_array_equal(made.to_matrix(), again.cells[0])


def test_studies_and_two_modes_are_written(tmp_path):
    two = wn.Network.from_edges((["a", "b"], ["x", "y"]), two_mode=True)
    for write, read, name in ((io.write_dl, io.read_dl, "x.dl"), (io.write_ucinet, io.read_ucinet, "x.##h")):
        write(two, tmp_path / name)
        assert read(tmp_path / name).network() == two
        study = wn.Study(
            {
                ("advice", 1): wn.Network.from_edges((["a"], ["b"])),
                ("advice", 2): wn.Network.from_edges((["b"], ["a"])),
            },
            by=["relation", "wave"],
        )
        write(study, tmp_path / name)
        assert read(tmp_path / name).relations == ("advice 1", "advice 2")
        apart = wn.Study({1: two, 2: wn.Network.from_edges((["a"], ["b"]))}, by="wave")
        with pytest.raises(ArgumentError, match="different ones"):
            write(apart, tmp_path / name)
        with pytest.raises(ArgumentError, match="this is a str"):
            write("net", tmp_path / name)
    with pytest.raises(FormatError, match="double quote"):
        io.write_dl(wn.Network.from_edges((['a"'], ["b"])), tmp_path / "x.dl")
    with pytest.raises(ArgumentError, match="1e37 or more"):
        io.write_ucinet(wn.Network.from_edges((["a"], ["b"]), weight=[2e37]), tmp_path / "x.##h")


def test_attributes_become_a_table(tmp_path):
    cells = np.array([[[1.0, 4.0], [2.0, NAN]]])
    io.write_ucinet(io.Matrices(cells, ("a", "b"), ("size", "level"), ("1",), "attributes"), tmp_path / "x.##h")
    table = io.read_ucinet(tmp_path / "x.##h").to_frame("pandas")
    pd.testing.assert_frame_equal(table, pd.DataFrame({"actor": ["a", "b"], "size": [1.0, 2], "level": [4.0, NAN]}))


MATRIX = [[0, 1, 0], [0, 0, 2], [1, 0, 0]]
LAYOUTS = {
    "full": "dl n=3 format=fullmatrix\nlabels:\nann,bob,cat\ndata:\n0 1 0\n0 0 2\n1 0 0",
    "full embedded": "DL N = 3\nLABELS EMBEDDED\nDATA:\nann bob cat\nann 0 1 0\nbob 0 0 2\ncat 1 0 0",
    "full without diagonal": "dl n=3 diagonal absent labels: ann bob cat data: 1 0 0 2 1 0",
    "edges": 'dl n=3, format = edgelist1\nlabels:\n"ann"\n"bob"\n"cat"\ndata:\n1 2\n2 3 2\n3 1',
    "edges embedded": "dl n=3 format=el1\nlabels embedded\ndata:\nann bob 1\nbob cat 2\ncat ann 1",
    "counts apart": "dl nr=3 nc=3\nrow labels: ann bob cat\ncolumn labels: ann bob cat\ndata:\n0 1 0 0 0 2 1 0 0",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(layout, tmp_path):
    (tmp_path / "x.dl").write_text(LAYOUTS[layout])
    found = io.read_dl(tmp_path / "x.dl")
    assert found.cells[0].tolist() == MATRIX
    assert found.rows == found.columns == ("ann", "bob", "cat")


def test_more_layouts(tmp_path):
    file = tmp_path / "x.dl"
    file.write_text("dl n=3 format=nodelist1 labels embedded\ndata:\nann bob cat\ncat ann\n")
    assert io.read_dl(file).cells[0].tolist() == [[0, 1, 1], [0, 0, 0], [1, 0, 0]]
    file.write_text("dl n=3 nm=2 format=edgelist1\nmatrix labels: x y\ndata:\n1 2\n!\n2 3\n3 1")
    found = io.read_dl(file)
    assert found.relations == ("x", "y")
    assert found.cells.sum(axis=(1, 2)).tolist() == [1, 2]
    file.write_text("dl n=3 format=lowerhalf diagonal=absent\ndata:\n1\n0 na")
    assert_array_equal(io.read_dl(file).cells[0], [[0, 1, 0], [1, 0, NAN], [0, NAN, 0]])
    file.write_text("dl n=3 format=upperhalf\ndata:\n0 1 0\n0 1\n0")
    assert io.read_dl(file).cells[0].tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    file.write_text("dl nr=2 nc=3 format=edgelist2 row labels embedded column labels embedded\ndata:\na x\nb y\na z 4")
    found = io.read_dl(file)
    assert found.cells[0].tolist() == [[1, 0, 4], [0, 1, 0]]
    assert (found.rows, found.columns) == (("a", "b"), ("x", "y", "z"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n=3", "line 1: a DL file begins with the word DL"),
        ("dl n=3\ndata:\n0 1 0\n0 0 2\n1 0", "line 5: the file ends where row 3, column 3 of 3 by 3 should be"),
        ("dl n=2\ndata:\n0 1\n1 0\n7", "line 5: 1 more words follow after 1 matrices of 2 rows and 2 columns"),
        ("dl n=2\ndata:\n0 x\n1 0", "line 3: row 1, column 2 of 2 by 2 should be a number, but is 'x'"),
        ("dl n=2 format=circle\ndata:", "line 1: 'circle' is not a format"),
        ("dl n=two", "line 1: the number after n= should be a whole number"),
        ("dl\ndata:\n1", "does not say how many actors"),
        ("dl n=3\nlabels:\na b\ndata:\n0", "line 4: there are 2 labels, but 3 are needed"),
        ("dl n=2 format=el1\ndata:\n1 3", "line 3: '3' is not a number from 1 to 2"),
        ("dl n=2 format=el1\ndata:\n1 2\n1 2", "line 4: the tie from '1' to '2' is listed twice"),
        ("dl n=2 format=el1\nlabels embedded\ndata:\na b\nb c", "line 5: 'c' is one more than the 2"),
        ("dl n=2 format=el1\ndata:\n1 2\n!\n2 1", "line 5: ties of matrix 2 follow, but there are 1"),
        ("dl n=2 format=el1\ndata:\n1 2 3 4", "line 3: a tie is two actors and perhaps a value"),
        ("dl n=2 shape=round\ndata:", "line 1: 'shape' is nothing that a DL file says"),
        ("dl labels: a b n=2\ndata:", "labels stand before the number"),
        ("", "line 1: a DL file begins"),
    ],
)
def test_damaged_dl(text, said, tmp_path):
    (tmp_path / "x.dl").write_text(text)
    with pytest.raises(FormatError) as error:
        io.read_dl(tmp_path / "x.dl")
    assert said in str(error.value)


def test_encodings(tmp_path):
    (tmp_path / "x.dl").write_bytes("dl n=1 labels: é data: 0".encode("cp1252"))
    with pytest.raises(FormatError, match='encoding="cp1252"'):
        io.read_dl(tmp_path / "x.dl")
    assert io.read_dl(tmp_path / "x.dl", encoding="cp1252").rows == ("é",)


FILES = SHARED / "data" / "files"


@pytest.mark.skipif(not FILES.is_dir(), reason="the classical data sets in ../shared are not here")
def test_files_that_users_have():
    for file in sorted(FILES.glob("*.DAT")):
        assert np.isfinite(io.read_dl(file).cells).all()
    padgett = io.read_dl(FILES / "PADGETT.DAT")
    assert (padgett.relations, padgett.cells.sum(axis=(1, 2)).tolist()) == (("PADGM", "PADGB"), [40, 30])
    with (SHARED / "data" / "padgett_florentine" / "edges.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if "marriage" in row["relation"]]
    assert io.read_dl(FILES / "PADGETT.DAT").study(directed=False)["PADGM"].n_ties == len(
        {frozenset((row["source"], row["target"])) for row in rows}
    )
    assert io.read_dl(FILES / "DAVIS.DAT").network().two_mode

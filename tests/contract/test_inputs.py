"""The same ties give the same network, in whatever kind of table, column or matrix they come."""

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import scipy.sparse

import wholenet as wn
from wholenet import Network

SOURCE = ["gp", "gp", "school", "clinic with a name longer than twelve bytes", "é"]
TARGET = ["school", "team", "team", "gp", "clinic with a name longer than twelve bytes"]
HOURS = [1.0, 2.5, None, 4.0, 0.0]
NAMES = ["team", "gp", "school", "é", "clinic with a name longer than twelve bytes", "alone"]
NUMBERS = {name: 100 * place - 7 for place, name in enumerate(NAMES)}
WANTED = Network.from_edges((SOURCE, TARGET), pd.DataFrame({"name": NAMES}), weight=HOURS)


def polars_with(dtype):
    return pl.DataFrame(
        {"source": SOURCE, "target": TARGET, "hours": HOURS}, schema_overrides={"source": dtype, "target": dtype}
    )


def pandas_with(dtype):
    frame = pd.DataFrame({"source": SOURCE, "target": TARGET, "hours": HOURS})
    return frame.astype({"source": dtype, "target": dtype})


def arrow_with(dtype):
    columns = [pa.array(values, pa.string()).cast(dtype) for values in (SOURCE, TARGET)]
    return pa.table([*columns, pa.array(HOURS)], names=["source", "target", "hours"])


def sliced(frame):
    """The same rows as a slice of a longer table."""
    if isinstance(frame, pa.Table):
        return pa.concat_tables([frame.slice(1, 2), frame, frame.slice(0, 1)]).combine_chunks().slice(2, len(SOURCE))
    if isinstance(frame, pl.DataFrame):
        return pl.concat([frame[1:3], frame, frame[:1]]).rechunk().slice(2, len(SOURCE))
    return pd.concat([frame[1:3], frame, frame[:1]])[2:7]


def in_chunks(frame):
    """The same rows in pieces, one of them empty."""
    if isinstance(frame, pa.Table):
        return pa.concat_tables([frame.slice(0, 2), frame.slice(2, 0), frame.slice(2)])
    return pl.concat([frame[:2], frame[:0], frame[2:]], rechunk=False)


DICTIONARY = pa.dictionary(pa.int8(), pa.string())
TABLES = {
    "pandas str": pandas_with("str"),
    "pandas object": pandas_with(object),
    "pandas string": pandas_with("string"),
    "pandas categories": pandas_with("category"),
    "pandas Arrow": pandas_with(pd.ArrowDtype(pa.string())),
    "pandas slice": sliced(pandas_with("str")),
    "pandas object slice": sliced(pandas_with(object)),
    "pandas every other row": pandas_with("str").loc[np.repeat(range(5), 2)][::2],
    "pandas index": pandas_with("str").set_index(pd.Index(list("vwxyz"))),
    "pandas other columns": pandas_with("str").assign(note=[{}, None, 1, "x", 2.0])[
        ["note", "hours", "target", "source"]
    ],
    "polars": polars_with(pl.String),
    "polars categories": polars_with(pl.Categorical),
    "polars enum": polars_with(pl.Enum(sorted(NAMES))),
    "polars slice": sliced(polars_with(pl.String)),
    "polars chunks": in_chunks(polars_with(pl.String)),
    "polars categories in chunks": in_chunks(polars_with(pl.Categorical)),
    "arrow": arrow_with(pa.string()),
    "arrow large": arrow_with(pa.large_string()),
    "arrow view": arrow_with(pa.string_view()),
    "arrow dictionary": arrow_with(DICTIONARY),
    "arrow slice": sliced(arrow_with(pa.string())),
    "arrow view slice": sliced(arrow_with(pa.large_string())),
    "arrow dictionary slice": sliced(arrow_with(DICTIONARY)),
    "arrow chunks": in_chunks(arrow_with(pa.string())),
    "arrow chunks of large text": in_chunks(arrow_with(pa.large_string())),
    "arrow chunks of dictionaries": in_chunks(arrow_with(DICTIONARY)),
    "arrow chunks with their own dictionaries": pa.concat_tables(
        [arrow_with(pa.string()).slice(place, 1).combine_chunks() for place in range(5)]
    ).set_column(0, "source", pa.chunked_array([pa.array([label]).dictionary_encode() for label in SOURCE])),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("actors", [pd.DataFrame, pl.DataFrame, pa.table])
def test_tables_with_text(name, actors):
    net = Network.from_edges(TABLES[name], actors({"name": NAMES}), weight="hours")
    assert net == WANTED
    assert hash(net) == hash(WANTED)
    assert net.recipe == WANTED.recipe


@pytest.mark.parametrize("name", [name for name in TABLES if name not in {"pandas index", "arrow view"}])
def test_actors_of_every_kind_of_column(name):
    frame = nw.from_native(TABLES[name], eager_only=True).with_row_index()
    known = frame.filter(nw.col("index") != 1).select("source").to_native()
    net = Network.from_edges((["gp"], ["é"]), known, respondents=["gp"])
    assert net.labels.tolist() == ["gp", "school", NAMES[4], "é"]
    assert net.missing.non_respondents == ("school", NAMES[4], "é")
    assert Network.from_edges((["gp"], ["é"]), known, unknown="add").n_ties == 1
    added = Network.from_edges((["gp"], ["baker"]), known, unknown="add")
    assert added.labels.tolist() == ["gp", "school", NAMES[4], "é", "baker"]
    assert added.subset(["baker", "gp"]).attribute("source").tolist() == ["baker", "gp"]


def test_actors_in_text_views():
    known = pa.table({"id": pa.array(["a", "b"], pa.string_view()), "note": pa.array(["x", "y"], pa.string_view())})
    net = Network.from_edges((["b"], ["c"]), known, unknown="add")
    assert net.labels.tolist() == ["a", "b", "c"]
    assert net.subset(["b", "a"]).attribute("note").tolist() == ["y", "x"]


@pytest.mark.parametrize("name", TABLES)
def test_a_study_of_every_kind_of_table(name):
    frame = nw.from_native(TABLES[name], eager_only=True)
    wave = nw.new_series("wave", [1, 2, 1, 2, 2], backend=frame.implementation)
    study = wn.Study.from_edges(frame.with_columns(wave).to_native(), by="wave", weight="hours")
    assert [net.n_ties for net in study.values()] == [1, 2]
    assert study[1] == Network.from_edges((["gp", "school"], ["school", "team"]), weight=[1, None])


SEQUENCES = {
    "lists": list,
    "tuples": tuple,
    "numpy text": np.array,
    "numpy objects": lambda values: np.array(values, dtype=object),
    "numpy variable text": lambda values: np.array(values, dtype=np.dtypes.StringDType()),
    "every other": lambda values: np.repeat(np.array(values), 2)[::2],
    "backwards twice": lambda values: np.array(values[::-1])[::-1],
    "pandas": pd.Series,
    "pandas index": pd.Index,
    "pandas categories": pd.Categorical,
    "polars": pl.Series,
    "arrow": pa.array,
    "arrow chunks": lambda values: pa.chunked_array([values[:2], values[2:]]),
    "arrow dictionary": lambda values: pa.array(values).dictionary_encode(),
    "values of a dictionary": lambda values: dict(enumerate(values)).values(),
    "iterator": iter,
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_two_sequences(name):
    kind = SEQUENCES[name]
    actors = pd.DataFrame({"name": NAMES})
    assert Network.from_edges((kind(SOURCE), kind(TARGET)), actors, weight=HOURS) == WANTED
    bare = Network.from_edges((kind(SOURCE), kind(TARGET)))
    assert bare == Network.from_edges((SOURCE, TARGET))


WEIGHTS = {
    "list": list,
    "numpy": lambda values: np.array(values, dtype=float),
    "numpy objects": lambda values: np.array(values, dtype=object),
    "float32": lambda values: np.array(values, dtype=np.float32),
    "every other": lambda values: np.repeat(np.array(values, dtype=float), 2)[::2],
    "pandas": pd.Series,
    "pandas nullable": lambda values: pd.array(values, dtype="Float64"),
    "pandas objects": lambda values: pd.Series(values, dtype=object),
    "polars": pl.Series,
    "arrow": pa.array,
    "masked": lambda values: np.ma.masked_invalid(np.array(values, dtype=float)),
}


@pytest.mark.parametrize("name", WEIGHTS)
def test_values_beside_two_sequences(name):
    net = Network.from_edges((SOURCE, TARGET), pd.DataFrame({"name": NAMES}), weight=WEIGHTS[name](HOURS))
    assert net == WANTED


@pytest.mark.parametrize(
    "dtype", ["int64", "int8", "uint16", "uint64", "bool", "float32", "Int64", "boolean", "int64[pyarrow]"]
)
def test_columns_of_values_of_every_kind(dtype):
    frame = pd.DataFrame({"source": SOURCE, "target": TARGET, "hours": pd.Series([1, 0, 1, 1, 0]).astype(dtype)})
    wanted = Network.from_edges((SOURCE, TARGET), weight=[1, 0, 1, 1, 0])
    assert Network.from_edges(frame, weight="hours") == wanted
    assert Network.from_edges(pa.Table.from_pandas(frame), weight="hours") == wanted
    assert Network.from_edges(pl.from_pandas(frame), weight="hours") == wanted


def test_pairs_of_integers_and_of_text():
    numbers = np.array([[NUMBERS[a], NUMBERS[b]] for a, b in zip(SOURCE, TARGET, strict=True)])
    wanted = Network.from_edges((numbers[:, 0], numbers[:, 1]))
    text = np.array([SOURCE, TARGET]).T
    named = Network.from_edges((SOURCE, TARGET))
    for array, net in ((numbers, wanted), (text, named)):
        for same in (
            array,
            np.asfortranarray(array),
            np.repeat(array, 2, axis=0)[::2],
            array.tolist(),
            array.astype(object),
        ):
            assert Network.from_edges(same) == net
        assert Network.from_edges([tuple(pair) for pair in array.tolist()]) == net
        assert Network.from_edges(array[::-1]) == net  # the order of rows does not matter


@pytest.mark.parametrize(
    "dtype", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", ">i4", object]
)
def test_integers_of_every_width(dtype):
    source, target = np.array([3, 1, 120]), np.array([1, 120, 7])
    wanted = Network.from_edges((source, target))
    assert wanted.labels.tolist() == [1, 3, 7, 120]
    columns = {"source": source.astype(dtype), "target": target.astype(dtype)}
    assert Network.from_edges((columns["source"], columns["target"])) == wanted
    assert Network.from_edges(pd.DataFrame(columns)) == wanted
    if dtype not in {object, ">i4"}:
        assert Network.from_edges(pl.DataFrame(columns)) == wanted
        assert Network.from_edges(pa.table(columns)) == wanted


def test_nullable_and_categorical_integers():
    wanted = Network.from_edges(([3, 1], [1, 2]))
    for dtype in ("Int64", "category", "int64[pyarrow]", object):
        frame = pd.DataFrame({"source": [3, 1], "target": [1, 2]}).astype(dtype)
        assert Network.from_edges(frame) == wanted


def test_extreme_integers():
    ends = [-(2**63), 2**63 - 1], [0, -(2**63)]
    assert Network.from_edges(ends).labels.tolist() == [-(2**63), 0, 2**63 - 1]


def test_empty_and_odd_text_are_labels():
    labels = ["", " ", "a\0b", "a", "NA", "nan", "None", "ñ", "🏥" * 5, "\n"]
    net = Network.from_edges((labels, labels[1:] + labels[:1]))
    assert sorted(net.labels.tolist(), key=str.encode) == net.labels.tolist()
    assert set(net.labels.tolist()) == set(labels)


# Matrices: every memory order, kind of number and kind of container ---------------------------------------

CELLS = np.array([[0, 1, 2], [0, 0, 3], [4, 0, 0]])


def strided(array):
    big = np.zeros((6, 9), dtype=array.dtype)
    big[::2, ::3] = array
    return big[::2, ::3]


ORDERS = {
    "C": np.ascontiguousarray,
    "Fortran": np.asfortranarray,
    "reversed": lambda array: array[::-1, ::-1].copy()[::-1, ::-1],
    "strided": strided,
    "transposed": lambda array: array.T.copy().T,
    "read-only": lambda array: np.frombuffer(array.tobytes(), array.dtype).reshape(array.shape),
}
TYPES = ["int8", "uint8", "int64", "uint64", "float16", "float32", "float64", ">f8", ">i4", "bool", object]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("dtype", TYPES)
def test_memory_orders_and_types(order, dtype):
    if dtype is object and order == "read-only":
        return
    array = ORDERS[order](CELLS.astype(dtype))
    net = Network.from_matrix(array)
    assert net.to_matrix().tolist() == CELLS.astype(bool if dtype == "bool" else float).tolist()
    assert wn.centrality.degree(net, mode="out").tolist() == [2, 1, 1]  # not the in-degree
    assert net == Network.from_matrix(array.tolist())


FRAMES = {
    "pandas": pd.DataFrame,
    "pandas of columns": lambda cells: pd.DataFrame({place: cells[:, place] for place in range(3)}),
    "pandas of objects": lambda cells: pd.DataFrame(cells).astype(object),
    "pandas of several types": lambda cells: pd.DataFrame(cells).astype({0: "float64", 1: "Int64"}),
    "transposed pandas": lambda cells: pd.DataFrame(cells.T).T,
    "numpy matrix": lambda cells: scipy.sparse.csr_matrix(cells).todense(),
    "masked without a mask": np.ma.array,
    "lists": np.ndarray.tolist,
    "tuples": lambda cells: tuple(map(tuple, cells.tolist())),
    "list of rows": list,
}


@pytest.mark.parametrize("name", FRAMES)
def test_square_containers(name):
    assert Network.from_matrix(FRAMES[name](CELLS)) == Network.from_matrix(CELLS)


def test_square_tables_are_named_by_their_columns():
    columns = {name: CELLS[:, place] for place, name in enumerate("xyz")}
    wanted = Network.from_matrix(CELLS, labels=["x", "y", "z"])
    assert Network.from_matrix(pl.DataFrame(columns)) == wanted
    assert Network.from_matrix(pa.table(columns)) == wanted
    assert Network.from_matrix(pd.DataFrame(columns, index=list("xyz"))) == wanted
    assert isinstance(Network.from_matrix(pl.DataFrame(columns)).ties, pl.DataFrame)
    nulls = pl.DataFrame({"x": [0, None], "y": [1, 0]})
    assert Network.from_matrix(nulls).missing.dyads == 1


@pytest.mark.parametrize("kind", ["csr", "csc", "coo", "lil", "dok", "dia", "bsr"])
@pytest.mark.parametrize("form", ["array", "matrix"])
@pytest.mark.parametrize("dtype", ["int64", "float32", "float64", "bool"])
def test_sparse_kinds(kind, form, dtype):
    sparse = getattr(scipy.sparse, f"{kind}_{form}")(CELLS.astype(dtype))
    assert Network.from_matrix(sparse) == Network.from_matrix(CELLS.astype(dtype))


def test_sparse_entries_listed_twice_zeros_and_nan():
    entries = ([1, 1, 0, np.nan, 2], ([0, 0, 0, 1, 2], [1, 1, 2, 2, 0]))
    sparse = scipy.sparse.coo_array(entries, shape=(3, 3))
    net = Network.from_matrix(sparse)
    assert np.array_equal(net.to_matrix(), [[0, 2, 0], [0, 0, np.nan], [2, 0, 0]], equal_nan=True)
    assert sparse.nnz == 5  # the caller's array stays as it was
    assert not Network.from_matrix(scipy.sparse.coo_array(([1, 0], ([0, 1], [1, 0])), shape=(2, 2))).valued


@pytest.mark.parametrize("directed", [True, False])
def test_edges_matrix_and_graphs_agree(directed):
    cells = CELLS if directed else CELLS + CELLS.T
    wanted = Network.from_matrix(cells, directed=directed)
    assert Network.from_matrix(wanted.to_matrix(), directed=directed) == wanted
    assert Network.from_matrix(wanted.to_sparse(), directed=directed) == wanted
    assert Network.from_edges(wanted.to_edges(), weight="value", directed=directed) == wanted
    assert Network.from_networkx(wanted.to_networkx(), weight="weight") == wanted
    assert Network.from_igraph(wanted.to_igraph(), weight="weight") == wanted

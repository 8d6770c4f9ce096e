"""Bad input gets an error of the right kind that says what, where and what to do; never a wrong network."""

import datetime as dt
import decimal
import math
import pickle
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import scipy.sparse
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

import wholenet as wn
from wholenet import Network, Study, cli, errors

KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
ACTORS = {"name": ["gp", "school", "team"], "sector": ["care", "school", "care"]}


@pytest.fixture(params=KINDS)
def table(request):
    """A maker of tables, of each kind in turn."""
    return KINDS[request.param]


def ties(table, source, target, **columns):
    return table({"source": source, "target": target, **columns})


def refused(error, builtin, *words, call):
    """Check that `call` raises `error`, which is also the `builtin`, and that its message has all the words."""
    with pytest.raises(error) as caught:
        call()
    assert isinstance(caught.value, builtin)
    assert isinstance(caught.value, wn.WholenetError)
    text = str(caught.value)
    assert not [word for word in words if word not in text], text
    return text


# Columns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"source": "sorce"}, ("'sorce'", "source=", "did you mean 'source'?", "'target'")),
        ({"target": "Target"}, ("'Target'", "target=", "did you mean 'target'?")),
        ({"weight": "hour"}, ("'hour'", "weight=", "did you mean 'hours'?")),
        ({"weight": "zzz"}, ("'zzz'", "It has: 'source', 'target', 'hours'")),
        ({"actor": "nam"}, ("'nam'", "actor=", "did you mean 'name'?")),
        ({"respondents": "sectr"}, ("'sectr'", "respondents=", "did you mean 'sector'?")),
    ],
)
def test_a_missing_or_misspelt_column(table, options, words):
    listed = ties(table, ["gp"], ["school"], hours=[1])
    refused(errors.ColumnError, KeyError, *words, call=lambda: Network.from_edges(listed, table(ACTORS), **options))


def test_a_column_that_is_the_index():
    listed = pd.DataFrame({"source": ["gp"], "target": ["team"]}).set_index("source")
    refused(errors.ColumnError, KeyError, "'source'", "reset_index()", call=lambda: Network.from_edges(listed))
    actors = pd.DataFrame(ACTORS).set_index("name")
    call = lambda: Network.from_edges((["gp"], ["team"]), actors)  # noqa: E731
    refused(errors.ArgumentError, ValueError, "index 'name'", "reset_index()", call=call)


def test_a_column_listed_twice():
    listed = pd.DataFrame([["a", "b", "c"]], columns=["source", "target", "target"])
    refused(errors.ColumnError, KeyError, "'target' more than once", call=lambda: Network.from_edges(listed))


@pytest.mark.parametrize("bad", [None, 3, "ties.csv", [1, 2, 3], [["a", "b", "c"]], [["a"], ["b", "c"]], {}, object()])
def test_ties_that_are_no_ties(bad):
    refused(errors.ArgumentError, ValueError, "table", call=lambda: Network.from_edges(bad))


def test_lazy_tables_are_collected_by_the_caller():
    lazy = pl.LazyFrame({"source": ["a"], "target": ["b"]})
    refused(errors.ArgumentError, ValueError, "LazyFrame", ".collect()", call=lambda: Network.from_edges(lazy))
    call = lambda: Network.from_edges((["a"], ["b"]), lazy)  # noqa: E731
    refused(errors.ArgumentError, ValueError, "LazyFrame", ".collect()", call=call)


# Labels ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [["a", None, "c", None], [1, None, 3, None]])
def test_null_labels(table, values):
    others = ["x"] * 4 if isinstance(values[0], str) else [9] * 4
    words = ("'target'", "2 empty labels", "rows 1, 3", "fill in or leave out")
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges(ties(table, others, values)))


def test_null_labels_of_other_looks():
    for empty in (None, np.nan, pd.NA, pd.NaT):
        listed = pd.DataFrame({"source": pd.Series(["a", empty], dtype=object), "target": ["b", "c"]})
        words = ("'source'", "1 empty label (row 1)")
        refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges(listed))  # noqa: B023
    words = ("'source'", "1 empty label (row 0)")
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges(([None, "a"], ["a", "b"])))
    ends = np.array([[1, 2], [np.nan, 1]])
    refused(errors.LabelError, ValueError, "1 empty label (row 1)", call=lambda: Network.from_edges(ends))


def test_labels_of_mixed_types():
    listed = pd.DataFrame({"source": ["a", "b", 3], "target": ["b", "c", "a"]})
    words = ("'source'", "text (row 0: 'a')", "integer (row 2: 3)", "astype(str)")
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges(listed))
    refused(
        errors.LabelError, ValueError, "integer (row 1: 1)", call=lambda: Network.from_edges([("a", "b"), (1, "c")])
    )


def test_labels_of_one_type_here_and_another_there(table):
    call = lambda: Network.from_edges(ties(table, [1, 2], ["a", "b"]))  # noqa: E731
    refused(errors.LabelError, ValueError, "source", "target", "text", "whole numbers", "Convert", call=call)
    call = lambda: Network.from_edges(ties(table, [1, 2], [2, 3]), table(ACTORS))  # noqa: E731
    refused(errors.LabelError, ValueError, "actors table", "text", "whole numbers", "Convert", call=call)


@pytest.mark.parametrize("values", [[1.5, 2.0], [True, False], [b"a", b"b"], [("a",), ("b",)]])
def test_labels_of_no_type_that_is_read(values):
    words = ("must be text or integers", "source", "astype")
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges((values, values)))
    listed = pd.DataFrame({"source": values, "target": values})
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges(listed))


def test_dates_and_categories_of_numbers_are_no_labels():
    for values in (pd.to_datetime(["2020-01-01"]), pd.Categorical([1.5])):
        listed = pd.DataFrame({"source": values, "target": values})
        refused(errors.LabelError, ValueError, "text or integers", call=lambda: Network.from_edges(listed))  # noqa: B023


def test_integers_beyond_64_bits():
    for values in ([2**63], np.array([2**63], dtype=np.uint64), pd.Series([2**63], dtype="uint64")):
        refused(errors.LabelError, ValueError, "source", call=lambda: Network.from_edges((values, values)))  # noqa: B023
        listed = pd.DataFrame({"source": values, "target": values})
        refused(errors.LabelError, ValueError, "source", call=lambda: Network.from_edges(listed))  # noqa: B023


def test_text_that_is_not_unicode():
    bytes_of = pa.array([b"caf\xe9", b"a"]).buffers()
    text = pa.StringArray.from_buffers(2, bytes_of[1], bytes_of[2])
    refused(errors.LabelError, ValueError, "UTF-8", call=lambda: Network.from_edges((text, text)))
    refused(errors.LabelError, ValueError, "not Unicode", call=lambda: Network.from_edges((["\ud800"], ["a"])))


def test_labels_absent_from_the_actors_table(table):
    listed = ties(table, ["gp", "dentist", "gp"], ["school", "gp", "baker"])
    words = ("2 labels", "actors table", "'baker'", "row 2", "'dentist'", "row 1", 'unknown="add"', 'unknown="drop"')
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges(listed, table(ACTORS)))


def test_respondents_absent_from_the_actors_table(table):
    listed = ties(table, ["gp"], ["school"])
    call = lambda: Network.from_edges(listed, table(ACTORS), respondents=["gp", "dentist"])  # noqa: E731
    text = refused(errors.LabelError, ValueError, "1 respondent", "'dentist'", "actors table", "Correct", call=call)
    assert "unknown=" not in text  # which would not help


def test_duplicate_actors(table):
    actors = table({"name": ["gp", "team", "gp", "team"]})
    words = ("2 actors", "'gp'", "rows 0, 2", "one row")
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges((["gp"], ["team"]), actors))
    call = lambda: Network.from_matrix(np.zeros((2, 2)), labels=["gp", "gp"])  # noqa: E731
    refused(errors.LabelError, ValueError, "'gp'", "rows 0, 1", call=call)


def test_null_actors(table):
    actors = table({"name": ["gp", "team", None]})
    words = ("'name'", "1 empty label (row 2)")
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges((["gp"], ["team"]), actors))


def test_who_answered_must_be_told_of_each_actor():
    for odd in (None, "yes", 2):
        actors = pd.DataFrame({"name": ["gp", "team"], "answered": pd.Series([True, odd], dtype=object)})
        words = ("'answered'", "true or false", "'team'", repr(odd))
        call = lambda: Network.from_edges((["gp"], ["team"]), actors, respondents="answered")  # noqa: B023, E731
        refused(errors.ArgumentError, ValueError, *words, call=call)
    call = lambda: Network.from_edges((["gp"], ["team"]), respondents=pd.Series([True, False]))  # noqa: E731
    refused(errors.ArgumentError, ValueError, "labels of those who answered", "name of a column", call=call)


# Ties -----------------------------------------------------------------------------------------------------


def test_duplicate_ties(table):
    listed = ties(table, ["a", "b", "a", "a"], ["b", "c", "b", "b"])
    words = ("2 rows", "row 2: 'a' → 'b'", "row 3: 'a' → 'b'", 'duplicates="sum"', '"max"', '"mean"', '"first"')
    refused(errors.TieError, ValueError, *words, call=lambda: Network.from_edges(listed))


def test_an_undirected_network_listed_twice(table):
    listed = ties(table, ["a", "b", "c"], ["b", "c", "b"])
    words = ("1 row", "row 2: 'c' → 'b'", "undirected", "the other way round", 'duplicates="first"', "directed=True")
    refused(errors.TieError, ValueError, *words, call=lambda: Network.from_edges(listed, directed=False))
    assert Network.from_edges(listed, directed=False, duplicates="first").n_ties == 2


def test_self_ties(table):
    listed = ties(table, ["a", "b", "c"], ["b", "b", "c"])
    words = ("2 rows", "row 1: 'b' → 'b'", "row 2: 'c' → 'c'", 'loops="drop"', 'loops="keep"')
    refused(errors.TieError, ValueError, *words, call=lambda: Network.from_edges(listed))


def test_only_the_first_rows_are_named():
    labels = [f"actor {place}" for place in range(9)]
    text = refused(
        errors.TieError, ValueError, "9 rows", "row 4", ", …", call=lambda: Network.from_edges((labels, labels))
    )
    assert "row 5" not in text


def test_infinite_values(table):
    listed = ties(table, ["a", "b"], ["b", "c"], hours=[1.0, -math.inf])
    words = ("1 row", "row 1: 'b' → 'c'", "infinite", "finite")
    call = lambda: Network.from_edges(listed, weight="hours", signed=True)  # noqa: E731
    refused(errors.TieError, ValueError, *words, call=call)


def test_negative_values(table):
    listed = ties(table, ["a", "b"], ["b", "c"], hours=[1.0, -2.0])
    words = ("1 row", "row 1: 'b' → 'c'", "negative", "signed=True")
    refused(errors.TieError, ValueError, *words, call=lambda: Network.from_edges(listed, weight="hours"))


def test_empty_values_are_dyads_not_observed_and_the_recipe_says_so(table):
    for empty in (None, math.nan):
        net = Network.from_edges(ties(table, ["a", "b"], ["b", "c"], hours=[1.0, empty]), weight="hours")
        assert net.missing.dyads == 1
        assert "rows with an empty value read as not observed: 1" in net.recipe


@pytest.mark.parametrize("values", [["1", "2"], ["1,5", None], [object(), 1.0], [1j, 2.0]])
def test_values_that_are_no_numbers(values):
    words = ("must be numbers", "weight", "row 0")
    refused(
        errors.ArgumentError,
        ValueError,
        *words,
        call=lambda: Network.from_edges((["a", "b"], ["b", "c"]), weight=values),
    )
    listed = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "hours": pd.Series(values, dtype=object)})
    words = ("must be numbers", "'hours'", "row 0")
    refused(errors.ArgumentError, ValueError, *words, call=lambda: Network.from_edges(listed, weight="hours"))


def test_text_and_dates_are_no_values(table):
    for values in (["1", "2"], pd.to_datetime(["2020-01-01", "2020-01-02"]).to_pydatetime().tolist()):
        listed = ties(table, ["a", "b"], ["b", "c"], hours=values)
        call = lambda: Network.from_edges(listed, weight="hours")  # noqa: B023, E731
        refused(errors.ArgumentError, ValueError, "must be numbers", "'hours'", "row 0", call=call)


def test_values_reported_by_who_did_not_answer(table):
    listed = ties(table, ["gp", "team"], ["team", "gp"])
    words = ("1 row", "row 1: 'team' → 'gp'", "not among the respondents", "respondents=")
    call = lambda: Network.from_edges(listed, table(ACTORS), respondents=["gp"])  # noqa: E731
    refused(errors.TieError, ValueError, *words, call=call)


@pytest.mark.parametrize(
    ("ends", "options", "words"),
    [
        ((["a", "b"], ["c"]), {}, ("2 senders", "1 receivers")),
        ((["a"], ["b"]), {"weight": [1, 2]}, ("1 ties", "2 values")),
        ((["a"], ["b"]), {"weight": "hours"}, ("weight=", "not a table")),
        ((["a"], ["b"]), {"actor": "name"}, ("actor=", "pass actors=")),
        ((["a"], ["b"]), {"respondents": "answered"}, ("respondents=", "pass actors=")),
        ((["a"], ["b"]), {"directed": "no"}, ("directed must be True or False", "'no'")),
        ((["a"], ["b"]), {"signed": 2}, ("signed must be True or False", "2")),
        ((["a"], ["b"]), {"loops": "ignore"}, ("loops", '"error", "drop" or "keep"', "'ignore'")),
        ((["a"], ["b"]), {"duplicates": "last"}, ("duplicates", '"first"', "'last'")),
        ((["a"], ["b"]), {"unknown": True}, ("unknown", '"add"', "True")),
        ((["a"], ["b"]), {"actors": [1, 2]}, ("actors must be", "list")),
        ((["a"], ["b"]), {"actors": pd.DataFrame()}, ("no columns",)),
        ((np.zeros((2, 2), int), np.zeros(2, int)), {}, ("source", "shape (2, 2)")),
        (("ab", "bc"), {}, ("source", "sequence")),
        ((3, 4), {}, ("source", "sequence")),
        ((["a"], ["b"]), {"weight": 3}, ("weight", "shape ()")),
        ((["a"], ["b"]), {"weight": [[1]]}, ("weight", "shape (1, 1)")),
        ((["a"], ["b"]), {"respondents": 3}, ("respondents", "sequence")),
    ],
)
def test_arguments_that_do_not_fit(ends, options, words):
    refused(errors.ArgumentError, ValueError, *words, call=lambda: Network.from_edges(ends, **options))


# Empty tables ---------------------------------------------------------------------------------------------


def test_an_empty_table_of_ties(table):
    empty = table({"source": [], "target": []})
    words = ("no rows", "actors=")
    refused(errors.ArgumentError, ValueError, *words, call=lambda: Network.from_edges(empty))
    assert Network.from_edges(empty, table(ACTORS)).n_ties == 0
    assert Network.from_edges(empty, table({"name": [4, 2]})).labels.tolist() == [4, 2]
    assert Network.from_edges(empty, table({"name": []})).n_actors == 0


def test_an_empty_table_of_actors(table):
    words = ("not in the actors table", "'a'")
    refused(errors.LabelError, ValueError, *words, call=lambda: Network.from_edges((["a"], ["b"]), table({"name": []})))


def test_actors_added_to_an_empty_table(table):
    for source, target in (([1, 2], [2, 3]), (["a", "b"], ["b", "c"])):
        net = Network.from_edges((source, target), table({"name": []}), unknown="add")
        assert net.labels.tolist() == sorted({*source, *target})
        assert net == Network.from_edges((source, target))


def test_a_study_of_an_empty_table(table):
    empty = table({"source": [], "target": [], "wave": []})
    refused(errors.ArgumentError, ValueError, "no rows", call=lambda: Study.from_edges(empty, by="wave"))


def test_a_by_column_with_nulls(table):
    listed = ties(table, ["a"] * 3, ["b"] * 3, wave=[1, None, None])
    words = ("'wave'", "2 rows", "(1, 2)", "every row needs a value")
    refused(errors.LabelError, ValueError, *words, call=lambda: Study.from_edges(listed, by="wave"))


# Matrices -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        np.zeros((2, 3)),
        np.zeros(4),
        np.zeros((2, 2, 2)),
        [[0, 1]],
        [],
        [[0, 1], [1]],
        3,
        pd.DataFrame([[0, 1]]),
        pl.DataFrame({"a": [0, 1]}),
        scipy.sparse.csr_array((2, 3)),
        scipy.sparse.coo_array([0, 1]),
    ],
)
def test_a_matrix_that_is_not_square(cells):
    refused(errors.ArgumentError, ValueError, "square", call=lambda: Network.from_matrix(cells))


@pytest.mark.parametrize(
    "wrap", [np.array, scipy.sparse.csr_array, lambda cells: pd.DataFrame(cells, list("abc"), list("abc"))]
)
def test_a_symmetric_claim_that_fails(wrap):
    cells = wrap(np.array([[0, 2, 0], [2, 0, 1], [0, 0.5, 0]]))
    labels = None if isinstance(cells, pd.DataFrame) else list("abc")
    words = (
        "not symmetric",
        "row 'b', column 'c' holds 1",
        "row 'c', column 'b' holds 0.5",
        "directed=True",
        "symmetrize",
    )
    refused(
        errors.ArgumentError, ValueError, *words, call=lambda: Network.from_matrix(cells, labels=labels, directed=False)
    )


def test_a_symmetric_claim_that_fails_on_what_was_observed():
    cells = [[0, np.nan], [1, 0]]
    refused(errors.ArgumentError, ValueError, "holds nan", call=lambda: Network.from_matrix(cells, directed=False))


@pytest.mark.parametrize(
    ("cells", "options", "words"),
    [
        ([[0, -1], [0, 0]], {}, ("1 cell", "row 'a', column 'b': -1", "negative", "signed=True")),
        ([[0, math.inf], [0, 0]], {"signed": True}, ("1 cell", "row 'a', column 'b': inf", "infinite", "NaN")),
        ([[2, 0], [0, 1]], {}, ("2 cells", "row 'a', column 'a': 2", "row 'b'", 'loops="drop"', 'loops="keep"')),
    ],
)
def test_cells_that_need_a_choice(cells, options, words):
    for wrap in (np.array, scipy.sparse.csr_array):
        call = lambda: Network.from_matrix(wrap(cells), labels=["a", "b"], **options)  # noqa: B023, E731
        refused(errors.TieError, ValueError, *words, call=call)


@pytest.mark.parametrize("cells", [[["0", "1"], ["1", "0"]], [[0, "1"], [1, 0]], [[0, 1j], [1, 0]], [[0, {}], [1, 0]]])
def test_cells_that_are_no_numbers(cells):
    refused(errors.ArgumentError, ValueError, "must be numbers", call=lambda: Network.from_matrix(cells))


@pytest.mark.parametrize(
    ("cells", "options", "error", "words"),
    [
        (np.zeros((2, 2)), {"labels": ["a"]}, errors.ArgumentError, ("2 rows", "1 labels")),
        (np.zeros((2, 2)), {"labels": ["a", None]}, errors.LabelError, ("empty label",)),
        (np.zeros((2, 2)), {"labels": ["a", 1]}, errors.LabelError, ("text", "integer")),
        (np.zeros((2, 2)), {"labels": "ab"}, errors.ArgumentError, ("sequence",)),
        (np.zeros((2, 2)), {"actors": pd.DataFrame(ACTORS)}, errors.ArgumentError, ("2 rows", "3 actors")),
        (np.zeros((3, 3)), {"actors": pd.DataFrame(ACTORS), "labels": [1, 2, 3]}, errors.ArgumentError, ("once",)),
        (np.zeros((2, 2)), {"directed": 1}, errors.ArgumentError, ("True or False",)),
        (np.zeros((2, 2)), {"loops": "x"}, errors.ArgumentError, ("loops",)),
        (
            pd.DataFrame(np.zeros((2, 2)), ["a", "b"], ["b", "a"]),
            {},
            errors.ArgumentError,
            ("position 0", "'a'", "'b'"),
        ),
        (
            pd.DataFrame(np.zeros((3, 3)), ["team", "gp", "school"], ["team", "gp", "school"]),
            {"actors": pd.DataFrame(ACTORS)},
            errors.ArgumentError,
            ("same order", "position 0", "'team'", "'gp'"),
        ),
    ],
)
def test_labels_of_a_matrix_that_do_not_fit(cells, options, error, words):
    refused(error, ValueError, *words, call=lambda: Network.from_matrix(cells, **options))


# Graphs of other packages ---------------------------------------------------------------------------------


def test_graphs_that_are_no_networks():
    import igraph
    import networkx as nx

    multi = nx.MultiGraph([("a", "b"), ("a", "b")])
    refused(errors.ArgumentError, ValueError, "multigraph", call=lambda: Network.from_networkx(multi))
    pairs = nx.Graph([((1, 2), (3, 4))])
    refused(errors.LabelError, ValueError, "(1, 2)", "relabel", call=lambda: Network.from_networkx(pairs))
    mixed = nx.Graph([("a", 1)])
    refused(errors.LabelError, ValueError, "text", "integer", call=lambda: Network.from_networkx(mixed))
    weighted = nx.Graph()
    weighted.add_edge("a", "b", weight=2)
    words = ("'weigth'", "did you mean 'weight'?")
    refused(errors.ColumnError, KeyError, *words, call=lambda: Network.from_networkx(weighted, weight="weigth"))
    weighted.add_edge("b", "c", weight="much")
    call = lambda: Network.from_networkx(weighted, weight="weight")  # noqa: E731
    refused(errors.ArgumentError, ValueError, "must be numbers", "'much'", call=call)
    twice = igraph.Graph([(0, 1), (0, 1)], directed=True)
    refused(errors.TieError, ValueError, "more than once", call=lambda: Network.from_igraph(twice))
    refused(errors.ColumnError, KeyError, "'weight'", call=lambda: Network.from_igraph(twice, weight="weight"))
    named = igraph.Graph([(0, 1)])
    named.vs["name"] = ["a", "a"]
    refused(errors.LabelError, ValueError, "'a'", call=lambda: Network.from_igraph(named))


# Files: through the command, which must end with a message and no traceback -------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no file"),
        (b"", "is empty"),
        ("wave;source;target\n1;café;b\n".encode("windows-1252"), "encoding="),
        (b'wave,source,target\n1,"a,b\n', "truncated"),
        (b"wave,source,target\n1,a\n", "line 2"),
        (b"wave,source,target\n1,a,b\n,b,a\n", "'wave' of ties is empty in 1 row (1)"),
        (b"wave,sender,target\n1,a,b\n", "source="),
        (b"wave,source,target\n1,a,a\n", 'loops="drop"'),
        (b"wave,source,target\n", "no rows"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_file(content, words, tmp_path, capsys):
    path = tmp_path / "ties.csv"
    if content is not None:
        path.write_bytes(content)
    assert cli.main(["study", str(path), "--by", "wave", "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert not (tmp_path / "out").exists()


def test_a_truncated_parquet_file(tmp_path, capsys):
    path = tmp_path / "ties.parquet"
    wn.io.write_table(pd.DataFrame({"wave": [1], "source": ["a"], "target": ["b"]}), path)
    path.write_bytes(path.read_bytes()[:-9])
    assert cli.main(["study", str(path), "--by", "wave", "--out", str(tmp_path / "out")]) == 2
    assert "is not a whole Parquet file" in capsys.readouterr().err


# Anything at all ------------------------------------------------------------------------------------------

JUNK = [
    *(None, math.nan, pd.NA, pd.NaT, "a", "b", "", "\ud800", "a\0b", b"x", np.str_("q")),
    *(1, 2, -3, 0, 1.5, math.inf, True, 2**63, 2**70, 1j, np.int8(3), np.float32(2), np.bool_(1)),
    *((1,), [1], {}, object(), dt.date(2020, 1, 1), decimal.Decimal("1.5")),
]
WRAPS = {
    "list": list,
    "tuple": tuple,
    "numpy": np.array,
    "objects": lambda column: np.array(column, dtype=object),
    "pandas": pd.Series,
    "categories": lambda column: pd.Series(column, dtype="category"),
    "polars": lambda column: pl.Series(column, strict=False),
    "arrow": pa.array,
    "iterator": iter,
    "set": set,
}


@st.composite
def junk_columns(draw, n):
    some = draw(st.lists(st.sampled_from(JUNK), min_size=1, max_size=3))
    column = draw(
        st.one_of(
            st.lists(st.sampled_from("abc"), min_size=n, max_size=n),
            st.lists(st.sampled_from([1, 2, 3]), min_size=n, max_size=n),
            st.lists(st.sampled_from(some), min_size=n, max_size=n),
        )
    )
    wrap = WRAPS[draw(st.sampled_from(sorted(WRAPS)))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return wrap(column)
        except Exception:  # noqa: BLE001 (the library can't hold it: then the list itself)
            return column


@st.composite
def junk_tables(draw, names):
    n = draw(st.integers(0, 4))
    columns = {name: draw(junk_columns(n)) for name in names}
    make = draw(st.sampled_from([pd.DataFrame, pl.DataFrame, pa.table] * 4 + [pl.LazyFrame, dict]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return make(columns)
        except Exception:  # noqa: BLE001
            return columns


def option(*values):
    """The first value mostly, now and then one of the others."""
    return st.sampled_from([values[0]] * 8 * (len(values) - 1) + list(values[1:]))


def flags(odd):
    return st.sampled_from([True] * 6 + [False] * 6 + [odd])


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_anything_gives_a_network_or_an_error_of_ours(data):
    draw, n = data.draw, data.draw(st.integers(0, 4))
    call = draw(st.sampled_from(["edges", "matrix", "study"]))
    shared = {"loops": draw(option("drop", "keep", "error", 3)), "signed": draw(flags(None))}
    try:
        if call == "matrix":
            matrix = draw(st.one_of(junk_tables("ab"), st.lists(junk_columns(n), min_size=n, max_size=n)))
            net = Network.from_matrix(matrix, directed=draw(flags("no")), **shared)
        else:
            ties = draw(st.one_of(junk_tables(["source", "target", "v"]), st.tuples(junk_columns(n), junk_columns(n))))
            shared |= {
                "actors": draw(st.one_of(st.none(), junk_tables(["name", "v"]))),
                "weight": draw(option(None, "v", 3)),
                "duplicates": draw(option("sum", "first", "error", ())),
                "unknown": draw(option("add", "drop", "error", 0)),
                "directed": draw(flags(None)),
                "respondents": draw(option(None, "v", "name", [], ["a"], 3)),
            }
            if call == "study":
                study = Study.from_edges(ties, by=draw(option("v", "source", 3, [])), **shared)
                assert repr(study)
                assert study._repr_html_()
                assert len(study.overview()) == len(study)
                net = next(iter(study.values()))
            else:
                net = Network.from_edges(ties, **shared)
        assert net == net  # noqa: PLR0124
        assert repr(net)
        assert net._repr_html_()
        assert net.subset(net.labels) == net
        assert net.reverse().reverse() == net
        assert len(net.to_edges(missing="null")) >= net.n_ties
        assert pickle.loads(pickle.dumps(net)) == net  # noqa: S301 (our own bytes)
    except errors.InternalError:
        raise
    except wn.WholenetError as error:
        told = str(error)
        event(type(error).__name__)
    else:
        told = "a network"
        event(told)
    assert told

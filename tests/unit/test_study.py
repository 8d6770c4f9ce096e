"""The study: networks under keys, from one table of ties."""

import datetime as dt
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from operator import attrgetter

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet import Network, Study, errors

KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}
# Two places, two waves; in the south the first wave was not held. Rows of the places and waves are mixed.
TIES = {
    "place": ["north", "south", "north", "north", "south", "north"],
    "wave": [1, 2, 2, 1, 2, 2],
    "source": ["a", "x", "a", "b", "y", "c"],
    "target": ["b", "y", "c", "a", "x", "a"],
    "hours": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
}
# c joins in the second wave; d and z have no ties.
ACTORS = {
    "wave": [1, 1, 2, 2, 2, 2, 2, 2, 2],
    "place": ["north", "north", "north", "north", "north", "north", "south", "south", "south"],
    "name": ["b", "a", "a", "b", "c", "d", "z", "y", "x"],
    "size": [20, 10, 11, 21, 31, 41, 1, 2, 3],
    "answered": [True, True, True, False, True, False, True, True, True],
}
KEYS = [("north", 1), ("north", 2), ("south", 2)]


def made(kind="pandas", **options):
    return Study.from_edges(KINDS[kind](TIES), KINDS[kind](ACTORS), by=["place", "wave"], **options)


# Making ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_for_each_combination_with_its_own_actors(kind):
    study = made(kind, weight="hours", respondents="answered")
    assert list(study) == KEYS
    assert [net.labels.tolist() for net in study.values()] == [["b", "a"], list("abcd"), list("zyx")]
    assert [net.n_ties for net in study.values()] == [2, 2, 2]
    assert study["north", 1].to_matrix().tolist() == [[0, 4], [1, 0]]
    assert study["north", 2].attribute("size").tolist() == [11, 21, 31, 41]
    assert study["north", 2].missing.non_respondents == ("b", "d")
    assert study["north", 2].attribute_names == ("size", "answered")
    assert study["north", 2].recipe[0] == "place='north', wave=2: 2 ties listed, directed"
    assert all(type(net.actors) is type(KINDS[kind]({"a": [1]})) for net in study.values())


def test_every_kind_of_table_gives_the_same_study():
    studies = [made(kind, weight="hours", respondents="answered") for kind in KINDS]
    assert studies[0] == studies[1] == studies[2]
    assert len({hash(study) for study in studies}) == 1


def test_without_actors_those_named_in_the_ties():
    study = Study.from_edges(pd.DataFrame(TIES), by=["place", "wave"])
    assert study["north", 2].labels.tolist() == ["a", "c"]


def test_actors_who_do_not_change():
    actors = pd.DataFrame({"name": list("abcxyz"), "size": range(6)})
    study = Study.from_edges(pd.DataFrame(TIES), actors, by=["place", "wave"])
    assert all(net.n_actors == 6 for net in study.values())
    by_place = pd.DataFrame({"place": ["north"] * 3 + ["south"] * 3, "name": list("abcxyz")})
    study = Study.from_edges(pd.DataFrame(TIES), by_place, by=["place", "wave"])
    assert [net.n_actors for net in study.values()] == [3, 3, 3]


def test_one_name_makes_bare_keys():
    study = Study.from_edges(pd.DataFrame(TIES), by="wave")
    assert list(study) == [1, 2]
    assert study[1] is study[(1,)]
    assert study.by == ("wave",)


def test_keys_are_sorted_numbers_by_number_and_text_by_text():
    ties = pd.DataFrame({"key": [10, 9, 100], "source": ["a"] * 3, "target": ["b"] * 3})
    assert list(Study.from_edges(ties, by="key")) == [9, 10, 100]
    net = Network.from_edges((["a"], ["b"]))
    study = Study({"b": net, np.int64(10): net, 9.5: net, "a": net}, by="key")
    assert list(study) == [9.5, 10, "a", "b"]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(["p", "q", "p"], dtype=object),
        pd.Series(["p", "q", "p"], dtype="category"),
        pd.Series(["p", "q", "p"], dtype="string"),
        pd.Series([2, 3, 2], dtype="Int64"),
        pd.Series([2.0, 3.0, 2.0]),
        pd.Series([False, True, False]),
        pd.Series([dt.date(2020, 1, 1), dt.date(2021, 1, 1), dt.date(2020, 1, 1)], dtype=object),
        pd.to_datetime(pd.Series(["2020-01-01", "2021-01-01", "2020-01-01"])),
    ],
    ids=lambda column: str(column.dtype),
)
def test_columns_of_by_of_any_kind(column):
    ties = pd.DataFrame({"key": column, "source": ["a", "b", "c"], "target": ["b", "c", "d"]})
    study = Study.from_edges(ties, by="key")
    assert [net.n_ties for net in study.values()] == [2, 1]
    assert study[next(iter(study))].n_ties == 2
    frame = nw.from_native(study.overview())
    assert frame["key"].to_list() == list(study)


def test_chunks_and_categories_with_other_codes():
    parts = [pa.table({"key": pa.array([key]).dictionary_encode(), "source": ["a"], "target": ["b"]}) for key in "qpq"]
    ties = pa.concat_tables(parts)
    study = Study.from_edges(ties, by="key", duplicates="sum")
    assert {key: net.to_matrix()[0, 1] for key, net in study.items()} == {"p": 1, "q": 2}


def test_directed_for_all_or_by_one_column():
    ties = pd.DataFrame({"wave": [1, 1], "relation": ["contact", "referral"], "source": ["a"] * 2, "target": ["b"] * 2})
    study = Study.from_edges(ties, by=["wave", "relation"], directed={"contact": False, "referral": True})
    assert [net.directed for net in study.values()] == [False, True]
    study = Study.from_edges(ties, by=["wave", "relation"], directed=False)
    assert not any(net.directed for net in study.values())
    with pytest.raises(errors.ArgumentError, match=r"none of \(1, 'referral'\).*relation: 'contact', 'referral'"):
        Study.from_edges(ties, by=["wave", "relation"], directed={"contact": False, "referal": True})


def test_respondents_in_a_table_of_their_own():
    ties = pd.DataFrame({"wave": [1, 2], "source": ["a", "a"], "target": ["b", "c"]})
    actors = pd.DataFrame({"name": list("abc")})
    answered = pd.DataFrame({"wave": [1, 2, 2, 2], "name": ["a", "a", "c", "c"]})
    study = Study.from_edges(ties, actors, by="wave", respondents=answered)
    assert study[1].missing.non_respondents == ("b", "c")
    assert study[2].missing.non_respondents == ("b",)
    with pytest.raises(errors.TieError, match=r"in the network wave=2.*row 1: 'a' → 'c'.*not among the respondents"):
        Study.from_edges(ties, actors, by="wave", respondents=answered[answered["wave"] == 1])


def test_options_reach_every_network():
    ties = pd.DataFrame({"wave": [1, 1, 2], "source": ["a", "a", "b"], "target": ["b", "b", "b"], "v": [-1, 2, 3]})
    study = Study.from_edges(ties, by="wave", weight="v", duplicates="sum", loops="keep", signed=True)
    assert study[1].to_matrix()[0, 1] == 1
    assert study[2].to_matrix()[0, 0] == 3


def test_from_a_mapping_of_networks():
    net = Network.from_edges((["a"], ["b"]))
    study = Study({("b", 2): net, ("a", 1): net}, by=["place", "wave"])
    assert list(study) == [("a", 1), ("b", 2)]
    assert len(Study({}, by="wave")) == 0
    assert len(Study({}, by="wave").overview()) == 0


@pytest.mark.parametrize(
    ("networks", "by", "error", "words"),
    [
        ({}, [], errors.ArgumentError, "one or more different names"),
        ({}, ["a", "a"], errors.ArgumentError, "one or more different names"),
        ({1: "net"}, "wave", errors.ArgumentError, "under 1 there is a str"),
        ([1], "wave", errors.ArgumentError, "must be a mapping"),
        (
            {1: Network.from_edges((["a"], ["b"]))},
            ["a", "b"],
            errors.KeyNotFoundError,
            r"2 values \(a, b\), but 1 has 1",
        ),
    ],
)
def test_a_mapping_that_does_not_fit(networks, by, error, words):
    with pytest.raises(error, match=words):
        Study(networks, by=by)


def test_two_networks_under_one_key():
    net = Network.from_edges((["a"], ["b"]))
    with pytest.raises(errors.ArgumentError, match="stands for two networks"):
        Study({1: net, (1,): net}, by="wave")


# Errors name the rows of the whole table ------------------------------------------------------------------


def ties_with(**changes):
    ties = pd.DataFrame(TIES)
    for name, (row, value) in changes.items():
        ties[name] = ties[name].astype(object)
        ties.loc[row, name] = value
    return ties


@pytest.mark.parametrize(
    ("ties", "options", "error", "words"),
    [
        (ties_with(target=(5, "c")), {}, errors.TieError, r"place='north', wave=2: 1 row \(row 5: 'c' → 'c'\)"),
        (ties_with(source=(5, "a"), target=(5, "c")), {}, errors.TieError, r"\(row 5: 'a' → 'c'\)"),
        (ties_with(target=(5, "q")), {}, errors.LabelError, r"wave=2: .*'q' \(row 5 of 'target'\)"),
        (ties_with(target=(5, None)), {}, errors.LabelError, r"wave=2: column 'target' has 1 empty label \(row 5\)"),
        (ties_with(target=(5, 3)), {}, errors.LabelError, r"wave=2: .*text \(row 2: 'c'\), integer \(row 5: 3\)"),
        (ties_with(hours=(5, -1.0)), {"weight": "hours"}, errors.TieError, r"\(row 5: 'c' → 'a'\).*negative"),
        (ties_with(hours=(5, np.inf)), {"weight": "hours"}, errors.TieError, r"\(row 5: 'c' → 'a'\).*infinite"),
        (ties_with(hours=(5, "many")), {"weight": "hours"}, errors.ArgumentError, r"'many' \(row 5\)"),
        (ties_with(), {"directed": False}, errors.TieError, r"wave=1: 1 row \(row 3: 'b' → 'a'\).*other way round"),
    ],
)
def test_errors_name_the_network_and_the_rows_of_the_whole_table(ties, options, error, words):
    with pytest.raises(error, match=words):
        Study.from_edges(ties, pd.DataFrame(ACTORS), by=["place", "wave"], **options)


def test_rows_of_the_actors_table_are_those_of_the_whole_table():
    actors = pd.DataFrame(ACTORS)
    with pytest.raises(errors.LabelError, match=r"lists 'x' more than once for place='south', wave=2 \(rows 7, 8\)"):
        Study.from_edges(pd.DataFrame(TIES), actors.replace({"name": {"y": "x"}}), by=["place", "wave"])
    actors.loc[7, "name"] = None
    with pytest.raises(errors.LabelError, match=r"'name' of actors is empty in 1 row \(7\)"):
        Study.from_edges(pd.DataFrame(TIES), actors, by=["place", "wave"])


def test_respondents_who_are_no_actors_are_named():
    ties = pd.DataFrame({"wave": [1, 2], "source": ["a", "a"], "target": ["b", "c"]})
    answered = pd.DataFrame({"wave": [1, 2, 2], "name": ["a", "a", "q"]})
    with pytest.raises(errors.LabelError, match="wave=2: 1 respondent is not in the actors table: 'q'"):
        Study.from_edges(ties, pd.DataFrame({"name": list("abc")}), by="wave", respondents=answered)


def test_a_network_without_actors_is_named_and_what_the_table_has():
    actors = pd.DataFrame({"wave": ["1", "2"], "name": ["a", "b"]})
    with pytest.raises(errors.LabelError, match=r"no row for wave=1.*It has rows for wave='1'; wave='2'"):
        Study.from_edges(pd.DataFrame(TIES), actors, by=["place", "wave"])


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("place", None, r"column 'place' of ties is empty in 1 row \(2\)"),
        ("wave", np.nan, r"column 'wave' of ties is empty in 1 row \(2\)"),
        ("wave", "two", r"'wave' of ties holds values of several kinds: int \(row 0: 1\), str \(row 2: 'two'\)"),
    ],
)
def test_a_column_of_by_with_empty_or_mixed_cells(name, value, words):
    with pytest.raises(errors.LabelError, match=words):
        Study.from_edges(ties_with(**{name: (2, value)}), by=["place", "wave"])


def test_nan_and_null_in_by_of_polars():
    for value in (None, float("nan")):
        ties = pl.DataFrame({"key": [1.0, value], "source": ["a", "b"], "target": ["b", "c"]}, strict=False)
        with pytest.raises(errors.LabelError, match=r"'key' of ties is empty in 1 row \(1\)"):
            Study.from_edges(ties, by="key")


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"by": "wav"}, errors.ColumnError, r"'wav' \(for by=\); did you mean 'wave'"),
        ({"by": "wave", "source": "sourc"}, errors.ColumnError, r"'sourc' \(for source=\); did you mean 'source'"),
        ({"by": "wave", "target": "to"}, errors.ColumnError, r"'to' \(for target=\)\. It has: 'place'"),
        ({"by": "wave", "weight": "hour"}, errors.ColumnError, r"for weight=\); did you mean 'hours'"),
        ({"by": "wave", "actor": "name"}, errors.ArgumentError, "no.*actors|there is none"),
        ({"by": "wave", "respondents": "answered"}, errors.ArgumentError, "there is none"),
        ({"by": []}, errors.ArgumentError, "one or more different names"),
        ({"by": "wave", "directed": "yes"}, errors.ArgumentError, "directed must be True or False"),
        ({"by": "wave", "loops": "remove"}, errors.ArgumentError, '"error", "drop" or "keep"'),
    ],
)
def test_options_that_do_not_fit(options, error, words):
    with pytest.raises(error, match=words):
        Study.from_edges(pd.DataFrame(TIES), **options)


def test_a_table_without_rows_tells_of_no_network():
    with pytest.raises(errors.ArgumentError, match="no rows"):
        Study.from_edges(pd.DataFrame(TIES)[:0], by="wave")


def test_an_actors_table_of_key_columns_only():
    with pytest.raises(errors.ArgumentError, match="no column beside wave"):
        Study.from_edges(pd.DataFrame(TIES), pd.DataFrame({"wave": [1]}), by="wave")


# Looking --------------------------------------------------------------------------------------------------


def test_it_is_a_mapping():
    study = made()
    assert len(study) == 3
    assert ("north", 1) in study
    assert ("north", 3) not in study
    assert "north" not in study
    assert [key for key, _ in study.items()] == KEYS
    assert study.get(("west", 1)) is None


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (("north", 3), r"no network \('north', 3\); it has \('north', 1\), \('north', 2\)"),
        ("north", r"2 values \(place, wave\).*study.select\(place=...\)"),
        ((["north"], 1), "can't be the key"),
    ],
)
def test_a_key_that_is_not_there(key, words):
    with pytest.raises(errors.KeyNotFoundError, match=words):
        made()[key]
    with pytest.raises(KeyError):
        made()[key]


def test_gaps_are_visible_and_never_filled():
    study = made()
    assert study.gaps == (("south", 1),)
    assert "1 combination absent" in repr(study)
    assert "Absent: (&#x27;south&#x27;, 1)" in study._repr_html_()
    assert Study.from_edges(pd.DataFrame(TIES), by="wave").gaps == ()


def test_select():
    study = made()
    assert list(study.select(wave=2)) == [("north", 2), ("south", 2)]
    assert list(study.select(place="north", wave=[2, 3])) == [("north", 2)]
    assert list(study.select(wave=range(3))) == KEYS
    assert list(study.select(wave=np.array([1]))) == [("north", 1)]
    assert list(study.select()) == KEYS
    with pytest.raises(errors.ArgumentError, match="not by 'waves'; did you mean 'wave'"):
        study.select(waves=1)
    with pytest.raises(errors.KeyNotFoundError, match=r"has wave=3\. There are wave: 1, 2"):
        study.select(wave=3)


def test_overview():
    table = made(respondents="answered").overview()
    assert table.to_dict("list") == {
        "place": ["north", "north", "south"],
        "wave": [1, 2, 2],
        "actors": [2, 4, 3],
        "ties": [2, 2, 2],
        "directed": [True, True, True],
        "non_respondents": [0, 2, 0],
        "unobserved": [0.0, 0.5, 0.0],
    }
    assert isinstance(made("polars").overview(), pl.DataFrame)


def test_repr():
    assert repr(made()) == "<Study: 3 networks (2 × place, 2 × wave); 1 combination absent>"


def test_html_escapes_keys():
    net = Network.from_edges((["a"], ["b"]))
    text = Study({("<b>", 1): net, ("c", 2): net}, by=["<i>", "wave"])._repr_html_()
    assert "<b>" not in text
    assert "<i>" not in text
    assert "&lt;b&gt;" in text


def test_equality_and_pickling():
    study = made()
    assert pickle.loads(pickle.dumps(study)) == study  # noqa: S301 (our own bytes)
    assert study != study.select(wave=2)
    assert study != Study(dict(study), by=["place", "year"])
    assert study != dict(study)


# Mapping --------------------------------------------------------------------------------------------------


def test_map_here_on_threads_and_in_processes():
    study = made()
    wanted = dict.fromkeys(KEYS, 2)
    assert study.map(attrgetter("n_ties")) == wanted
    with ThreadPoolExecutor(4) as pool:
        assert study.map(attrgetter("n_ties"), executor=pool) == wanted
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert study.map(attrgetter("n_ties"), executor=pool) == wanted


def test_map_names_the_network_that_fails():
    def fails(net):
        if net.n_actors == 4:
            msg = "four"
            raise RuntimeError(msg)

    with pytest.raises(RuntimeError) as caught:
        made().map(fails)
    assert caught.value.__notes__ == ["in the network ('north', 2) of the study"]


def test_the_example_study_is_a_study():
    study = wn.datasets.youth_care()
    assert len(study) == 24
    assert study.gaps == ()

"""The network: making it, and looking at it; numbers worked by hand."""

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from small_networks import NAN, ORGANISATIONS, same_matrix
from wholenet import Network, errors

# Making ---------------------------------------------------------------------------------------------------


def test_actors_without_a_table_stand_in_sorted_order_of_their_labels():
    net = Network.from_edges((["b", "Z", "é"], ["a", "b", "a"]))
    assert net.labels.tolist() == ["Z", "a", "b", "é"]  # by their bytes
    assert Network.from_edges(([10, -3], [9, 10])).labels.tolist() == [-3, 9, 10]


def test_actors_with_a_table_stand_in_its_order():
    net = Network.from_edges((["gp"], ["school"]), ORGANISATIONS)
    assert net.labels.tolist() == ["gp", "school", "team", "clinic"]
    assert net.n_actors == 4


def test_actor_names_the_label_column():
    table = pd.DataFrame({"size": [3, 9], "name": ["a", "b"]})
    net = Network.from_edges((["a"], ["b"]), table, actor="name")
    assert list(net.actors.columns) == ["name", "size"]
    assert net.attribute("size").tolist() == [3, 9]


def test_values_of_zero_are_observed_absences_and_empty_ones_are_not_observed():
    net = Network.from_edges((["a", "a", "b"], ["b", "c", "c"]), weight=[2.5, 0, None])
    assert same_matrix(net.to_matrix(), [[0, 2.5, 0], [0, 0, NAN], [0, 0, 0]])
    assert (net.n_ties, net.missing.dyads, net.missing.observed) == (1, 1, 5)
    assert net.recipe == (
        "3 ties listed, directed",
        "rows with value 0 read as no tie: 1",
        "rows with an empty value read as not observed: 1",
    )


def test_an_undirected_tie_counts_once_and_stands_both_ways():
    net = Network.from_edges((["b", "a"], ["a", "c"]), weight=[2, 3], directed=False)
    assert net.n_ties == 2
    assert same_matrix(net.to_matrix(), [[0, 2, 3], [2, 0, 0], [3, 0, 0]])


@pytest.mark.parametrize(("rule", "value"), [("sum", 9.0), ("max", 5.0), ("mean", 3.0), ("first", 1.0)])
def test_repeated_ties(rule, value):
    net = Network.from_edges((["a", "a", "a"], ["b", "b", "b"]), weight=[1, 5, 3], duplicates=rule)
    assert net.to_matrix()[0, 1] == value
    assert net.recipe[1] == f"repeated ties merged by '{rule}': 2"


@pytest.mark.parametrize(("rule", "value"), [("sum", 7.0), ("max", 5.0), ("mean", 3.5), ("first", 2.0)])
def test_repeated_undirected_ties_in_both_directions(rule, value):
    net = Network.from_edges((["a", "b"], ["b", "a"]), weight=[2, 5], duplicates=rule, directed=False)
    assert net.to_matrix()[0, 1] == net.to_matrix()[1, 0] == value


def test_rows_without_values_count_one_when_summed():
    net = Network.from_edges((["a", "a"], ["b", "b"]), duplicates="sum")
    assert net.valued
    assert net.to_matrix()[0, 1] == 2
    assert not Network.from_edges((["a", "a"], ["b", "b"]), duplicates="first").valued


def test_an_empty_value_beside_a_value_of_the_same_tie_gives_way():
    net = Network.from_edges((["a", "a"], ["b", "b"]), weight=[None, 4], duplicates="mean")
    assert net.to_matrix()[0, 1] == 4
    assert net.missing.dyads == 0


def test_self_ties_are_dropped_or_kept_apart():
    ends = (["a", "a"], ["a", "b"])
    dropped = Network.from_edges(ends, loops="drop")
    assert (dropped.n_ties, dropped.to_matrix()[0, 0]) == (1, 0)
    assert "self-ties dropped: 1" in dropped.recipe
    kept = Network.from_edges(ends, weight=[3, 1], loops="keep")
    assert (kept.n_ties, kept.to_matrix()[0, 0]) == (1, 3)
    assert kept.missing.observed == 2
    assert kept == kept  # noqa: PLR0124 (a self-tie must not break it)


def test_a_self_tie_with_an_empty_value_is_nothing():
    net = Network.from_edges((["a", "a"], ["a", "b"]), weight=[None, 1], loops="keep")
    assert same_matrix(net.to_matrix(), [[0, 1], [0, 0]])
    assert net == Network.from_edges((["a"], ["b"]), weight=[1])


def test_unknown_actors_are_dropped_or_added_with_empty_attributes():
    ends = (["gp", "dentist", "gp"], ["school", "gp", "baker"])
    dropped = Network.from_edges(ends, ORGANISATIONS, unknown="drop")
    assert (dropped.n_actors, dropped.n_ties) == (4, 1)
    assert "ties of unknown actors dropped: 2" in dropped.recipe
    added = Network.from_edges(ends, ORGANISATIONS, unknown="add")
    assert added.labels.tolist() == ["gp", "school", "team", "clinic", "baker", "dentist"]
    assert pd.isna(added.attribute("answered")[4:]).all()
    assert "actors added that were not in the actors table: 2" in added.recipe


KINDS = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "pyarrow": pa.table}


@pytest.mark.parametrize("kind", KINDS)
def test_actors_added_to_each_kind_of_table(kind):
    actors = KINDS[kind]({"id": ["b", "a"], "size": [1, 2]})
    net = Network.from_edges((["x", "y"], ["y", "x"]), actors, unknown="add")
    assert net.labels.tolist() == ["b", "a", "x", "y"]
    assert type(net.actors) is type(actors)
    assert type(net.ties) is type(actors)


def test_respondents_by_column_or_by_labels():
    ties = pd.DataFrame({"source": ["gp", "gp"], "target": ["school", "team"]})
    by_column = Network.from_edges(ties, ORGANISATIONS, respondents="answered")
    by_labels = Network.from_edges(ties, ORGANISATIONS, respondents=["clinic", "gp", "school"])
    assert by_column == by_labels
    assert by_column.missing.non_respondents == ("team",)
    assert by_column.missing.dyads == 3
    assert same_matrix(by_column.to_matrix()[2], [NAN, NAN, 0, NAN])


@pytest.mark.parametrize("respondents", [{"a"}, np.array(["a"]), pd.Series(["a"]), pl.Series(["a"]), ("a",), iter("a")])
def test_respondents_in_any_sequence(respondents):
    net = Network.from_edges((["a"], ["b"]), respondents=respondents)
    assert net.missing.non_respondents == ("b",)


def test_a_respondent_without_ties_is_an_actor():
    net = Network.from_edges((["a"], ["b"]), respondents=["a", "c"])
    assert net.labels.tolist() == ["a", "b", "c"]
    assert net.missing.non_respondents == ("b",)


def test_undirected_dyads_are_lost_only_between_two_non_respondents():
    net = Network.from_edges(
        (["a"], ["b"]), pd.DataFrame({"name": list("abcd")}), directed=False, respondents=["a", "b"]
    )
    assert same_matrix(net.to_matrix(), [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, NAN], [0, 0, NAN, 0]])
    assert (net.missing.dyads, net.missing.observed) == (1, 5)
    assert net.recipe[1] == "actors who did not answer, so that the dyads between them are not observed: 2"


def test_nobody_answered():
    net = Network.from_edges(([], []), ORGANISATIONS, respondents=[])
    assert (net.missing.observed, len(net.missing.non_respondents)) == (0, 4)
    assert net.missing.share == 1


def test_matrix_rows_of_nan_are_non_respondents_and_the_diagonal_is_nothing():
    net = Network.from_matrix([[NAN, 1, 0], [NAN, NAN, NAN], [0, NAN, 0]], labels=["a", "b", "c"])
    assert net.missing.non_respondents == ("b",)
    assert net.missing.single == 1
    assert not net.valued
    assert same_matrix(net.to_matrix(), [[0, 1, 0], [NAN, 0, NAN], [0, NAN, 0]])


@pytest.mark.parametrize(("loops", "own"), [("keep", 1), ("drop", 0)])
def test_a_row_of_nan_around_a_self_tie_is_not_that_of_a_non_respondent(loops, own):
    cells = [[0, 0, NAN], [NAN, 1, NAN], [NAN, 0, 0]]
    net = Network.from_matrix(cells, loops=loops)
    assert net.missing.non_respondents == ()
    assert same_matrix(net.to_matrix(), [[0, 0, NAN], [NAN, own, NAN], [NAN, 0, 0]])


def test_matrix_of_zeros_and_ones_has_no_values_and_any_other_has():
    assert not Network.from_matrix([[0, 1], [1, 0]]).valued
    net = Network.from_matrix([[0, 2], [1, 0]])
    assert net.valued
    assert net.labels.tolist() == [0, 1]


def test_matrix_takes_labels_from_the_index_or_the_actors_table():
    frame = pd.DataFrame([[0, 1], [0, 0]], index=["x", "y"], columns=["x", "y"])
    assert Network.from_matrix(frame).labels.tolist() == ["x", "y"]
    net = Network.from_matrix(frame.to_numpy(), pd.DataFrame({"id": [7, 5], "size": [1, 2]}))
    assert net.labels.tolist() == [7, 5]
    assert net.attribute("size").tolist() == [1, 2]


def test_masked_and_null_cells_are_not_observed():
    masked = np.ma.array([[0, 1, 0], [1, 0, 0], [1, 1, 0]], mask=[[0, 1, 0], [0] * 3, [0] * 3])
    assert Network.from_matrix(masked).missing.single == 1
    nullable = pd.DataFrame([[0, None, 0], [1, 0, 0], [1, 1, 0]], dtype="Int64")
    assert Network.from_matrix(nullable).missing.single == 1
    assert Network.from_matrix([[0, None, 0], [1, 0, 0], [1, 1, 0]]).missing.single == 1


def test_matrix_diagonal():
    cells = [[2, 1], [0, 0]]
    assert Network.from_matrix(cells, loops="drop").n_ties == 1
    assert Network.from_matrix(cells, loops="keep").to_matrix()[0, 0] == 2


def test_signed_values():
    net = Network.from_matrix([[0, -1], [2, 0]], signed=True)
    assert net.signed
    assert net.to_matrix()[0, 1] == -1


# Looking --------------------------------------------------------------------------------------------------


def test_counts_and_flags():
    net = Network.from_edges((["a", "b", "b"], ["b", "a", "c"]), weight=[1, 2, 3])
    assert (net.n_actors, net.n_ties, net.directed, net.valued, net.signed) == (3, 3, True, True, False)
    assert net.attribute_names == ()
    assert net.actors.to_dict("list") == {"actor": ["a", "b", "c"]}


def test_what_it_hands_out_can_not_change_it():
    table = ORGANISATIONS.copy()
    net = Network.from_edges((["gp"], ["school"]), table)
    table.loc[0, "answered"] = False
    handed = net.actors
    handed.loc[0, "answered"] = False
    net.attribute("answered")[0] = False
    net.to_matrix()[0, 1] = 0
    assert net.attribute("answered").tolist() == [True, True, False, True]
    assert net.to_matrix()[0, 1] == 1
    with pytest.raises(ValueError, match="read-only"):
        net.labels[0] = "other"
    with pytest.raises(AttributeError):
        net.n_actors = 3


def test_ties_are_listed_by_sender_with_self_ties_last():
    net = Network.from_edges((["b", "a", "a"], ["a", "c", "a"]), weight=[1, 2, 3], loops="keep")
    assert net.ties.to_dict("list") == {"source": ["a", "b", "a"], "target": ["c", "a", "a"], "value": [2, 1, 3]}


def test_unobserved_dyads_can_be_listed():
    net = Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": ["a", "b"]}), respondents=["a"])
    listed = net.to_edges(missing="null")
    assert listed["source"].tolist() == ["a", "b"]
    assert listed["value"].isna().tolist() == [False, True]
    with pytest.raises(errors.ArgumentError, match="missing must be"):
        net.to_edges(missing="all")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("names", "wanted"), [(["b", "a"], nw.String), ([2, 1], nw.Int64)])
def test_tables_without_rows_keep_their_types(kind, names, wanted):
    net = Network.from_edges(([], []), KINDS[kind]({"id": names}))
    bare = Network.from_matrix(np.zeros((2, 2)), labels=names).subset([])
    for table in (net.ties, net.to_edges(missing="null"), net.subset([]).actors, net.subset([]).ties, bare.actors):
        assert nw.from_native(table).schema[nw.from_native(table).columns[0]] == wanted


def test_attribute_and_its_near_name():
    net = Network.from_edges((["gp"], ["school"]), ORGANISATIONS)
    assert net.attribute("name").tolist() == ["gp", "school", "team", "clinic"]
    with pytest.raises(errors.ColumnError, match="did you mean 'answered'"):
        net.attribute("anwsered")


def test_index_of_an_actor():
    net = Network.from_edges((["gp"], ["school"]), ORGANISATIONS)
    assert net.index("team") == 2
    with pytest.raises(errors.ActorError, match="no actor 'scool'; did you mean 'school'"):
        net.index("scool")
    with pytest.raises(errors.ActorError, match="its labels are integers"):
        Network.from_edges(([1], [2])).index("1")
    with pytest.raises(errors.ActorError, match="no actor"):
        net.index(["gp"])


def test_missing_says_who_and_how_much():
    net = Network.from_edges(
        (["a", "b"], ["b", "c"]), pd.DataFrame({"name": list("abc")}), weight=[1, None], respondents=["a", "b"]
    )
    missing = net.missing
    assert (missing.dyads, missing.observed, missing.single) == (3, 3, 1)
    assert (missing.non_respondents, missing.unseen, missing.share) == (("c",), (), 0.5)


def test_repr():
    assert repr(Network.from_edges((["a"], ["b"]))) == "<Network: 2 actors, 1 directed ties>"
    assert repr(Network.from_matrix(np.zeros((0, 0)))) == "<Network: 0 actors, 0 directed ties>"
    net = Network.from_edges((["a"], ["b"]), weight=[-1], signed=True, directed=False)
    assert repr(net) == "<Network: 2 actors, 1 undirected ties, signed>"
    net = Network.from_edges(([], []), pd.DataFrame({"id": range(2000)}), respondents=range(1999))
    assert repr(net) == "<Network: 2,000 actors, 0 directed ties; 1,999 of 3,998,000 dyads not observed>"


def test_html_shows_facts_and_escapes_what_comes_from_the_data():
    table = pd.DataFrame({"name": ["a", "b"], "<script>alert(1)</script>": [1, 2]})
    text = Network.from_edges((["a"], ["b"]), table, respondents=["a"])._repr_html_()
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    for fact in ("Actors", "1 directed", "1 of 2", "Did not answer", "Recipe", "1 tie listed"):
        assert fact in text


def test_the_constructor_names_the_ways_to_make_one():
    with pytest.raises(errors.ArgumentError, match="from_edges, from_matrix"):
        Network()

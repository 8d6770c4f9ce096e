"""The network: making it, looking at it, changing it, keeping it; numbers worked by hand."""

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
import pyarrow as pa
import pytest

from wholenet import Network, _export, errors
from wholenet.testing import assert_networks_equal

NAN = np.nan
ORGANISATIONS = pd.DataFrame({"name": ["gp", "school", "team", "clinic"], "answered": [True, True, False, True]})


def two(there, back, **options):
    """Two actors with a value each way: 0 is no tie, None is not observed."""
    ties = [("a", "b", there), ("b", "a", back)]
    listed = [tie for tie in ties if tie[2] != 0]
    actors = pd.DataFrame({"name": ["a", "b"]})
    ends = ([tie[0] for tie in listed], [tie[1] for tie in listed])
    return Network.from_edges(ends, actors, weight=[tie[2] for tie in listed], **options)


def same_matrix(found, wanted):
    return np.array_equal(np.asarray(found, dtype=float), np.asarray(wanted, dtype=float), equal_nan=True)


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


# Symmetrizing: every rule on every pair of reports --------------------------------------------------------

RULES = ("union", "confirmed", "mean", "max", "min", "sum")
# The two reports, and what each rule makes of them, in the order of RULES.
TWO_REPORTS = {
    (2, 3): (3, 2, 2.5, 3, 2, 5),
    (2, 0): (2, 0, 1, 2, 0, 2),
    (0, 3): (3, 0, 1.5, 3, 0, 3),
    (0, 0): (0, 0, 0, 0, 0, 0),
    (2, 2): (2, 2, 2, 2, 2, 4),
}
# One report, which stands for both where one_report="use".
ONE_REPORT = {
    (2, None): (2, 2, 2, 2, 2, 4),
    (None, 3): (3, 3, 3, 3, 3, 6),
    (0, None): (0, 0, 0, 0, 0, 0),
    (None, 0): (0, 0, 0, 0, 0, 0),
}


@pytest.mark.parametrize(("reports", "wanted"), TWO_REPORTS.items())
@pytest.mark.parametrize("one_report", [None, "missing", "use"])
def test_symmetrize_two_reports(reports, wanted, one_report):
    for rule, value in zip(RULES, wanted, strict=True):
        net = two(*reports).symmetrize(rule, one_report=one_report)
        assert same_matrix(net.to_matrix(), [[0, value], [value, 0]]), rule
        assert not net.directed
        assert net.n_ties == (value != 0)


@pytest.mark.parametrize(("reports", "wanted"), ONE_REPORT.items())
def test_symmetrize_one_report(reports, wanted):
    net = two(*reports)
    for rule, value in zip(RULES, wanted, strict=True):
        assert net.symmetrize(rule, one_report="use").to_matrix()[0, 1] == value, rule
        hidden = net.symmetrize(rule, one_report="missing")
        assert same_matrix(hidden.to_matrix(), [[0, NAN], [NAN, 0]]), rule
        assert (hidden.missing.observed, hidden.n_ties) == (0, 0)
        with pytest.raises(errors.MissingTiesError, match=r"1 dyad was .* one_report=\"missing\".* one_report=\"use\""):
            net.symmetrize(rule)


@pytest.mark.parametrize("one_report", [None, "missing", "use"])
def test_symmetrize_no_report(one_report):
    for rule in RULES:
        net = two(None, None).symmetrize(rule, one_report=one_report)
        assert same_matrix(net.to_matrix(), [[0, NAN], [NAN, 0]])


@pytest.mark.parametrize(
    ("rule", "wanted", "valued"),
    [
        ("union", 1, False),
        ("confirmed", 0, False),
        ("max", 1, False),
        ("min", 0, False),
        ("mean", 0.5, True),
        ("sum", 1, True),
    ],
)
def test_symmetrize_without_values(rule, wanted, valued):
    net = Network.from_edges((["a"], ["b"])).symmetrize(rule)
    assert (net.to_matrix()[0, 1], net.valued) == (wanted, valued)


@pytest.mark.parametrize(("rule", "wanted"), [("mean", -0.5), ("max", 1), ("min", -2), ("sum", -1)])
def test_symmetrize_signed_values(rule, wanted):
    assert two(-2, 1, signed=True).symmetrize(rule).to_matrix()[0, 1] == wanted


@pytest.mark.parametrize("rule", ["union", "confirmed"])
def test_symmetrize_refuses_signs_where_it_would_misread_them(rule):
    with pytest.raises(errors.SignedTiesError, match="negative"):
        two(-2, 1, signed=True).symmetrize(rule)


def test_symmetrize_with_non_respondents_worked_by_hand():
    # a answered: a tie to b, none to c. b and c did not answer.
    net = Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": list("abc")}), respondents=["a"])
    used = net.symmetrize("union", one_report="use")
    assert same_matrix(used.to_matrix(), [[0, 1, 0], [1, 0, NAN], [0, NAN, 0]])
    assert used.missing.non_respondents == ("b", "c")
    lost = net.symmetrize("union", one_report="missing")
    assert same_matrix(lost.to_matrix(), [[0, NAN, NAN], [NAN, 0, NAN], [NAN, NAN, 0]])
    with pytest.raises(errors.MissingTiesError, match="2 dyads were"):
        net.symmetrize("union")
    assert used.recipe[-1] == "symmetrized by 'union', dyads with one report: use"


def test_symmetrize_after_reversal():
    net = Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": list("abc")}), respondents=["a"]).reverse()
    used = net.symmetrize("union", one_report="use")
    assert same_matrix(used.to_matrix(), [[0, 1, 0], [1, 0, NAN], [0, NAN, 0]])


def test_symmetrize_keeps_self_ties():
    net = Network.from_edges((["a", "a"], ["a", "b"]), weight=[4, 1], loops="keep")
    assert net.symmetrize("sum").to_matrix()[0, 0] == 4


def test_symmetrize_refuses_undirected_networks_and_other_words():
    with pytest.raises(errors.DirectionError, match="undirected"):
        Network.from_edges((["a"], ["b"]), directed=False).symmetrize("union")
    with pytest.raises(errors.ArgumentError, match='"union", "confirmed"'):
        Network.from_edges((["a"], ["b"])).symmetrize("weak")
    with pytest.raises(errors.ArgumentError, match="one_report"):
        Network.from_edges((["a"], ["b"])).symmetrize("union", one_report="drop")


# Other changes --------------------------------------------------------------------------------------------


def test_dichotomize():
    net = Network.from_edges((list("aaab"), list("bcdc")), weight=[1, 2, 3, None])
    above, at_least = net.dichotomize(above=2), net.dichotomize(at_least=2)
    assert same_matrix(above.to_matrix()[0], [0, 0, 0, 1])
    assert same_matrix(at_least.to_matrix()[0], [0, 0, 1, 1])
    assert not at_least.valued
    assert at_least.missing == net.missing
    assert at_least.recipe[-1] == "dichotomized: value >= 2"
    assert net.dichotomize(at_least=-5).n_ties == 3  # absent ties stay absent


def test_dichotomize_signed_values_and_self_ties():
    net = Network.from_edges((list("aab"), list("abc")), weight=[-3, -1, 2], loops="keep", signed=True)
    assert same_matrix(net.dichotomize(above=0).to_matrix(), [[0, 0, 0], [0, 0, 1], [0, 0, 0]])
    assert same_matrix(net.dichotomize(at_least=-3).to_matrix(), [[1, 1, 0], [0, 0, 1], [0, 0, 0]])


@pytest.mark.parametrize("cut", [{}, {"above": 1, "at_least": 1}, {"above": NAN}, {"at_least": "2"}])
def test_dichotomize_needs_one_number(cut):
    with pytest.raises(errors.ArgumentError, match=r"one cut-off|must be a number"):
        Network.from_edges((["a"], ["b"]), weight=[1]).dichotomize(**cut)


CHAIN = Network.from_edges((list("abcd"), list("bcda")), pd.DataFrame({"name": list("abcdx"), "size": range(5)}))


def test_subset_keeps_ties_among_the_chosen_and_takes_their_order():
    net = CHAIN.subset(["c", "x", "b"])
    assert net.labels.tolist() == ["c", "x", "b"]
    assert net.ties.to_dict("list") == {"source": ["b"], "target": ["c"]}
    assert net.attribute("size").tolist() == [2, 4, 1]
    assert net.actors.index.tolist() == [0, 1, 2]
    assert net.recipe[-1] == "subset: 3 of 5 actors"


@pytest.mark.parametrize(
    "chosen",
    [
        [True, False, True, False, False],
        np.array([True, False, True, False, False]),
        pd.Series([True, False, True, False, False]),
        pd.array([True, False, True, False, False], dtype="boolean"),
        pl.Series([True, False, True, False, False]),
        ["a", "c"],
        ("a", "c"),
        np.array(["a", "c"]),
        pd.Series(["a", "c"]),
        pd.Index(["a", "c"]),
        pl.Series(["a", "c"]),
        {"a": 1, "c": 2},
    ],
    ids=lambda chosen: type(chosen).__name__,
)
def test_subset_takes_marks_and_labels_in_any_sequence(chosen):
    assert CHAIN.subset(chosen) == CHAIN.subset(["a", "c"])


def test_subset_of_integer_labels():
    net = Network.from_edges(([5, 7], [7, 9]))
    assert net.subset(np.array([9, 7])).labels.tolist() == [9, 7]
    assert net.subset([False, True, True]).labels.tolist() == [7, 9]


def test_subset_keeps_what_was_not_observed():
    net = Network.from_edges(
        (["a", "b"], ["b", "c"]), pd.DataFrame({"name": list("abc")}), weight=[1, None], respondents=["a", "b"]
    )
    assert same_matrix(net.subset(["c", "b"]).to_matrix(), [[0, NAN], [NAN, 0]])
    assert net.subset(["a", "b"]).missing.dyads == 0


@pytest.mark.parametrize(
    ("chosen", "error", "words"),
    [
        (["a", "q"], errors.ActorError, "no actor 'q'"),
        (["a", "b", "a"], errors.ArgumentError, "'a' is listed more than once"),
        ([True, False], errors.ArgumentError, r"one entry per actor \(5\)"),
        ("a", errors.ArgumentError, "sequence of labels"),
        (3, errors.ArgumentError, "sequence of labels"),
        (["a", 1], errors.ActorError, "no actor 1"),
        ([["a"], ["b"]], errors.ActorError, "no actor"),
    ],
)
def test_subset_refuses(chosen, error, words):
    with pytest.raises(error, match=words):
        CHAIN.subset(chosen)


def test_subset_of_nobody():
    net = CHAIN.subset([])
    assert (net.n_actors, net.n_ties, net.attribute_names) == (0, 0, ("size",))


def test_drop_isolates():
    net = Network.from_edges((list("abx"), list("bcx")), pd.DataFrame({"name": list("xyabc")}), loops="keep")
    kept = net.drop_isolates()
    assert kept.labels.tolist() == ["a", "b", "c"]  # a tie to oneself is no tie to another
    assert kept.recipe[-1] == "isolates dropped: 2 of 5 actors"
    assert net.reverse().drop_isolates().n_actors == 3


def test_reverse_swaps_who_did_not_answer_and_who_was_not_asked_about():
    net = Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": list("abc")}), weight=[2], respondents=["a", "b"])
    back = net.reverse()
    assert same_matrix(back.to_matrix(), net.to_matrix().T)
    assert (back.missing.non_respondents, back.missing.unseen) == ((), ("c",))
    assert back.reverse() == net
    undirected = net.symmetrize("max", one_report="use")
    assert undirected.reverse() == undirected


def test_largest_component():
    net = Network.from_edges((list("abcxyz"), list("bcayzy")), pd.DataFrame({"name": list("xyzabc")}))
    assert net.largest_component().labels.tolist() == ["x", "y", "z"]  # among equals, with the first actor
    assert net.largest_component("strong").labels.tolist() == ["a", "b", "c"]
    with pytest.raises(errors.ArgumentError, match='"weak" or "strong"'):
        net.largest_component("week")
    assert Network.from_matrix(np.zeros((0, 0))).largest_component().n_actors == 0


def test_collapse_worked_by_hand():
    # care: a, b; school: c, d; other: e, who did not answer. b -> d was not observed.
    actors = pd.DataFrame({"name": list("abcde"), "sector": ["care", "care", "school", "school", "other"]})
    net = Network.from_edges(
        (list("aaabdd"), list("bcddca")), actors, weight=[1, 2, 3, None, 5, 0.5], respondents=list("abcd")
    )
    groups = net.collapse(by="sector")
    assert groups.labels.tolist() == ["care", "other", "school"]
    assert same_matrix(groups.to_matrix(), [[1, 0, 5], [NAN, 0, NAN], [0.5, 0, 5]])
    assert list(groups.actors.columns) == ["sector"]
    assert groups.recipe[-1] == "collapsed by 'sector': 3 groups"


def test_collapse_undirected_without_values():
    actors = pd.DataFrame({"name": list("abcd"), "size": [10, 2, 2, 10]})
    net = Network.from_edges((list("aab"), list("bcc")), actors, directed=False)
    groups = net.collapse(by="size")
    assert groups.labels.tolist() == ["2", "10"]  # numbers in their own order, as text
    assert same_matrix(groups.to_matrix(), [[1, 2], [2, 0]])


def test_collapse_refuses_empty_groups_and_groups_that_look_alike():
    actors = pd.DataFrame(
        {"name": list("abc"), "sector": ["care", None, "care"], "code": pd.Series([1, "1", 2], dtype=object)}
    )
    net = Network.from_edges((["a"], ["b"]), actors)
    with pytest.raises(errors.LabelError, match=r"1 actors have no 'sector' \('b'\)"):
        net.collapse(by="sector")
    with pytest.raises(errors.LabelError, match="look the same"):
        net.collapse(by="code")
    with pytest.raises(errors.ColumnError, match="did you mean 'sector'"):
        net.collapse(by="sectr")


def test_with_actors_takes_attributes_in_any_order():
    net = CHAIN.with_actors(pd.DataFrame({"age": [9, 8, 7, 6, 5], "id": list("xdcba")}), actor="id")
    assert net.attribute("age").tolist() == [5, 6, 7, 8, 9]
    assert net.attribute_names == ("age",)
    assert net.labels.tolist() == CHAIN.labels.tolist()
    assert net.actors.index.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (list("abcd"), "lacks 'x'"),
        (list("abcdxy"), "also has 'y'"),
        (list("abcdxx"), "repeats 'x'"),
        ([1, 2, 3, 4, 5], "lacks 'a'"),
    ],
)
def test_with_actors_refuses_another_set(names, words):
    with pytest.raises(errors.LabelError, match=words):
        CHAIN.with_actors(pd.DataFrame({"name": names}))


def test_recipes_grow_and_the_old_network_stays():
    net = Network.from_edges((["a", "b"], ["b", "c"]), weight=[1, 4])
    derived = net.dichotomize(at_least=1).symmetrize("union").drop_isolates()
    assert len(derived.recipe) == len(net.recipe) + 3
    assert (net.n_ties, net.valued, net.directed) == (2, True, True)


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

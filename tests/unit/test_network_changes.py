"""The network: making others of it; numbers worked by hand."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

from small_networks import NAN, same_matrix, two
from wholenet import Network, errors

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

"""Change by actor, pair of groups, mark and value, and stability, worked by hand."""

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import change
from wholenet.errors import ArgumentError, ColumnError, DirectionError, ModelError, SmallNetworkError

NAN = float("nan")
# a, b are care, c, d school; x leaves, y joins. a → b and b → a, a → c, c → d at first; a → b, b → a, d → a later.
ACTORS = pd.DataFrame(
    {
        "name": list("abcdx"),
        "sector": ["care", "care", "school", "school", "care"],
        "gatekeeper": ["doctor", *[None] * 4],
    }
)
LATER = pd.DataFrame(
    {
        "name": list("dcbay"),
        "sector": ["school", "care", "care", "care", "care"],
        "gatekeeper": [None] * 3 + ["court", None],
    }
)
BEFORE = wn.Network.from_edges((list("abaca"), list("bacdx")), ACTORS, weight=[4, 4, 1, 1, 2])
AFTER = wn.Network.from_edges((list("abdy"), list("baaa")), LATER)


def rows(table, *names):
    return [tuple(row) for row in table[list(names)].itertuples(index=False)]


def test_by_actor():
    table = change.by_actor(BEFORE, AFTER)
    assert table["actor"].tolist() == list("abcd")
    # a: a-b and b-a kept, a-c dissolved, d-a new.
    counts = rows(table, "before", "after", "kept", "dissolved", "new", "dyads")
    assert counts == [(3, 3, 2, 1, 1, 6), (2, 2, 2, 0, 0, 6), (2, 0, 0, 2, 0, 6), (1, 1, 0, 1, 1, 6)]
    np.testing.assert_allclose(table["jaccard"], [2 / 4, 1, 0, 0])
    np.testing.assert_allclose(table["dissolution"], [1 / 3, 0, 1, 1])
    np.testing.assert_allclose(table["turnover"], [2 / 6, 0, 1, 1])


def test_by_actor_in_and_out():
    sent, got = (change.by_actor(BEFORE, AFTER, mode=mode) for mode in ("out", "in"))
    assert rows(sent, "kept", "dissolved", "new") == [(1, 1, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    assert rows(got, "kept", "dissolved", "new") == [(1, 0, 1), (1, 0, 0), (0, 1, 0), (0, 1, 0)]
    with pytest.raises(ArgumentError, match="mode must be"):
        change.by_actor(BEFORE, AFTER, mode="both")


def test_who_did_not_answer_has_no_dyads_as_a_sender():
    after = wn.Network.from_edges((list("a"), list("b")), LATER, respondents=list("abcy"))
    table = change.by_actor(BEFORE, after, mode="out")
    assert table["dyads"].tolist() == [3, 3, 3, 0]
    assert np.isnan(table["jaccard"][3])


def test_by_pair():
    found = change.by_pair(BEFORE, AFTER)
    table = found.to_frame()
    # Groups of the first wave: c is still school, though it is care at the second.
    assert found.changed == ("c",)
    assert rows(table, "from", "to", "kept", "dissolved", "new", "never") == [
        ("care", "care", 2, 0, 0, 0),
        ("care", "school", 0, 1, 0, 3),
        ("school", "care", 0, 0, 1, 3),
        ("school", "school", 0, 1, 0, 1),
    ]
    np.testing.assert_allclose(table["dissolution"], [0, 1, NAN, 1])
    np.testing.assert_allclose(table["formation"], [NAN, 0, 1 / 4, 0])
    np.testing.assert_allclose(table["jaccard"], [1, 0, 0, 0])
    assert "1 actors have another value" in repr(found)
    assert "1 (c)" in found._repr_html_()
    assert "<svg" in found.plot().svg


def test_pairs_of_undirected_networks_are_not_ordered():
    before, after = (net.symmetrize("union") for net in (BEFORE, AFTER))
    table = change.by_pair(before, after).to_frame()
    assert rows(table, "from", "to", "kept", "dissolved", "new", "never") == [
        ("care", "care", 1, 0, 0, 0),
        ("care", "school", 0, 1, 1, 2),
        ("school", "school", 0, 1, 0, 0),
    ]


def test_dyads_of_actors_without_a_group_are_left_out():
    actors = ACTORS.assign(sector=["care", None, "school", "school", "care"])
    found = change.by_pair(BEFORE.with_actors(actors), AFTER)
    assert found.unknown == 6
    assert sum(int(one.sum()) for one in found.counts.values()) == 6
    assert found.changed == ("b", "c")
    assert "6 dyads left out" in repr(found)
    with pytest.raises(ColumnError):
        change.by_pair(BEFORE, AFTER, by="level")


def test_by_mark():
    found = change.by_mark(BEFORE, AFTER)
    assert rows(found.to_frame(), "ties", "kept", "dissolved", "new", "never") == [
        ("among marked", 0, 0, 0, 0),
        ("marked and others", 2, 1, 1, 2),
        ("among others", 0, 1, 0, 5),
    ]
    assert found.changed == ("a",)  # another kind of gatekeeper


@pytest.mark.parametrize("column", [[True, False, False, False, False], [1, 0, 0, 0, 0], ["yes", "", "", "", ""]])
def test_marks_of_other_kinds(column):
    found = change.by_mark(BEFORE.with_actors(ACTORS.assign(key=column)), AFTER, mark="key")
    assert found.counts["kept"].tolist() == [0, 2, 0]
    assert found.changed == ()  # the second wave does not have it


def test_an_empty_mark_is_no_other_mark_than_false():
    """So in a table that lists only who is marked at the second wave."""
    before = BEFORE.with_actors(ACTORS.assign(key=[True, False, False, True, False]))
    after = AFTER.with_actors(LATER.assign(key=[True, None, None, None, None]))  # d, c, b, a, y
    assert change.by_mark(before, after, mark="key").changed == ("a",)


def test_by_value():
    table = change.by_value(BEFORE, AFTER).to_frame()
    assert rows(table, "value", "kept", "dissolved", "dissolution") == [(1, 0, 2, 1), (4, 2, 0, 0)]
    apart = change.by_value(BEFORE, AFTER, reciprocity=True).to_frame()
    assert rows(apart, "value", "reciprocated", "kept", "dissolved") == [
        (1, "yes", 0, 0),
        (1, "no", 0, 2),
        (1, "not observed", 0, 0),
        (4, "yes", 2, 0),
        (4, "no", 0, 0),
        (4, "not observed", 0, 0),
    ]


def test_by_value_says_what_it_needs():
    with pytest.raises(ArgumentError, match="has none"):
        change.by_value(AFTER, BEFORE)
    both = [net.symmetrize("max") for net in (BEFORE, AFTER)]
    with pytest.raises(DirectionError, match="undirected"):
        change.by_value(*both, reciprocity=True)
    many = wn.Network.from_matrix(np.arange(64.0).reshape(8, 8) * (1 - np.eye(8)))
    with pytest.raises(ArgumentError, match="different values"):
        change.by_value(many, many)


def test_a_reciprocal_tie_that_was_not_observed_is_its_own_kind():
    before = wn.Network.from_edges((["a"], ["b"]), weight=[2], respondents=["a"])
    table = change.by_value(before, before, reciprocity=True).to_frame()
    assert table["kept"].tolist() == [0, 0, 1]


QUICK = {"permutations": 99, "seed": 1, "progress": False}


def test_stability():
    found = change.stability(BEFORE, AFTER, **QUICK)
    # 2 kept, 2 dissolved, 1 new of 12 dyads; densities 4/12 and 3/12.
    assert found.jaccard == 2 / 5
    assert found.dissolution == 2 / 4
    assert (found.hamming, found.hamming_share) == (3, 3 / 12)
    assert found.expected_jaccard == pytest.approx((1 / 12) / (1 / 3 + 1 / 4 - 1 / 12))
    # r = (2/12 - 1/12) / sqrt(2/9 · 3/16).
    assert found.qap.estimate == pytest.approx((1 / 12) / np.sqrt(2 / 9 * 3 / 16))
    assert found.jaccard_lower < found.jaccard < found.jaccard_upper
    assert found.observed == "12 ordered dyads of 4 actors in both"
    assert len(found.to_frame()) == 1
    assert "Jaccard 0.400" in repr(found)
    assert "QAP-Correlation" in found._repr_html_()


def test_what_does_not_change_has_no_error():
    found = change.stability(BEFORE, BEFORE, **QUICK)
    assert (found.jaccard, found.jaccard_se, found.dissolution, found.hamming) == (1, 0, 0, 0)
    assert found.qap.estimate == pytest.approx(1)


def test_stability_of_too_little():
    with pytest.raises(SmallNetworkError):
        change.stability(BEFORE.subset(["a"]), AFTER, **QUICK)
    with pytest.raises(ModelError):
        change.stability(BEFORE.subset(["b", "d"]), AFTER, **QUICK)
    with pytest.raises(ArgumentError, match="permutations"):
        change.stability(BEFORE, AFTER, permutations=0)


def test_stability_without_each_actor():
    """Undirected: a-b and c-d kept, b-c gone. Jaccard is 2/3; without a or d 1/2, without b or c 1."""
    before = wn.Network.from_edges((list("abc"), list("bcd")), directed=False)
    after = wn.Network.from_edges((list("ac"), list("bd")), before.actors, directed=False)
    found = change.stability(before, after, **QUICK)
    # 3/4 · 4 · (1/4)² = 3/16. A kept tie adds 1/9, the one that went -2/9: 1/81 + 1/81 + 4/81 = 2/27 come off.
    assert found.jaccard_se == pytest.approx(np.sqrt(3 / 16 - 2 / 27))
    # Student's t with 3 degrees of freedom.
    assert found.jaccard_upper == pytest.approx(2 / 3 + 3.182446305 * found.jaccard_se)
    assert found.dissolution_se == pytest.approx(found.jaccard_se)


def test_stability_that_hangs_on_one_actor_has_no_interval():
    before = wn.Network.from_edges((["a", "a"], ["b", "c"]), directed=False)
    after = wn.Network.from_edges((["a"], ["b"]), before.actors, directed=False)
    found = change.stability(before, after, **QUICK)
    assert found.jaccard == 1 / 2
    assert np.isnan([found.jaccard_se, found.jaccard_lower, found.jaccard_upper]).all()


def test_tables_follow_the_first_network():
    pl = pytest.importorskip("polars")
    before = wn.Network.from_edges(pl.DataFrame({"source": ["a", "b"], "target": ["b", "a"]}))
    assert isinstance(change.by_actor(before, AFTER), pl.DataFrame)

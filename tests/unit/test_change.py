"""Change between waves, worked by hand."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

import wholenet as wn
from wholenet import change
from wholenet.errors import ArgumentError, LabelError

# First wave a → b, b → c, c → e; second b → a, a → b, d → a (in another order), e gone, d new.
BEFORE = wn.Network.from_edges((list("abc"), list("bce")))
AFTER = wn.Network.from_edges((list("bad"), list("aba")), pd.DataFrame({"name": list("dcba")}))


def test_counts_over_actors_in_both():
    # Among a, b, c: a-b kept, b-c dissolved, b-a new; a-c, c-a, c-b never. c-e and d-a have an actor in one wave only.
    result = change.tie_change(BEFORE, AFTER)
    assert (result.kept, result.dissolved, result.new, result.never) == (1, 1, 1, 3)
    assert result.actors == ("a", "b", "c")
    assert result.joiners == change.joiners(BEFORE, AFTER) == ("d",)
    assert result.leavers == change.leavers(BEFORE, AFTER) == ("e",)


def test_rates():
    result = change.tie_change(BEFORE, AFTER)
    assert (result.jaccard, result.dissolution, result.formation) == (1 / 3, 1 / 2, 1 / 4)


def test_ties_list_what_is_counted():
    table = change.ties(BEFORE, AFTER)
    assert list(table.columns) == ["source", "target", "state"]
    assert list(table.itertuples(index=False, name=None)) == [
        ("a", "b", "kept"),
        ("b", "a", "new"),
        ("b", "c", "dissolved"),
    ]


def test_undirected_dyads_count_once():
    before = wn.Network.from_edges((list("ab"), list("bc")), directed=False)
    after = wn.Network.from_edges((list("bc"), list("aa")), directed=False)
    result = change.tie_change(before, after)
    assert (result.kept, result.dissolved, result.new, result.never) == (1, 1, 1, 0)
    assert list(change.ties(before, after).itertuples(index=False, name=None)) == [
        ("a", "b", "kept"),
        ("a", "c", "new"),
        ("b", "c", "dissolved"),
    ]


def test_only_dyads_observed_both_times_count():
    # In the second wave b did not answer, in the first c did not: left are a-b, a-c (and nothing from b or c).
    actors = pd.DataFrame({"name": list("abc")})
    before = wn.Network.from_edges((list("abb"), list("bac")), actors, respondents=["a", "b"])
    after = wn.Network.from_edges((list("ac"), list("ca")), actors, respondents=["a", "c"])
    result = change.tie_change(before, after)
    assert (result.kept, result.dissolved, result.new, result.never) == (0, 1, 1, 0)
    assert len(change.ties(before, after)) == 2
    # Of one wave observed in full and one not, the second decides.
    full = wn.Network.from_edges((list("abb"), list("bac")), actors)
    result = change.tie_change(full, after)
    assert (result.kept, result.dissolved, result.new, result.never) == (0, 1, 2, 1)


def test_values_do_not_matter():
    before = wn.Network.from_edges((["a"], ["b"]), weight=[1])
    after = wn.Network.from_edges((["a"], ["b"]), weight=[5])
    assert change.tie_change(before, after).kept == 1


def test_a_network_against_itself():
    result = change.tie_change(BEFORE, BEFORE)
    assert (result.kept, result.dissolved, result.new, result.never) == (3, 0, 0, 9)
    assert result.jaccard == 1


def test_rates_are_undefined_without_ties_or_actors_in_common():
    one = wn.Network.from_edges((["a"], ["b"]))
    other = wn.Network.from_edges((["x"], ["y"]))
    result = change.tie_change(one, other)
    assert (result.kept, result.dissolved, result.new, result.never) == (0, 0, 0, 0)
    assert result.actors == ()
    assert np.isnan([result.jaccard, result.dissolution, result.formation]).all()
    assert (result.joiners, result.leavers) == (("x", "y"), ("a", "b"))
    assert len(change.ties(one, other)) == 0


def test_refusals():
    undirected = wn.Network.from_edges((["a"], ["b"]), directed=False)
    with pytest.raises(ArgumentError, match="after must have the direction of before"):
        change.tie_change(BEFORE, undirected)
    with pytest.raises(ArgumentError, match=r"after must be a wholenet\.Network, but is a list"):
        change.ties(BEFORE, [])
    numbers = wn.Network.from_edges(([1], [2]))
    with pytest.raises(LabelError, match=r"those of before are text \('a'\) and those of after integers \(1\)"):
        change.joiners(BEFORE, numbers)


def test_shows_itself():
    result = change.tie_change(BEFORE, AFTER)
    assert repr(result) == (
        "<TieChange: 1 kept, 1 dissolved, 1 new, 3 never; Jaccard 0.333; 3 actors in both, 1 joined, 1 left>"
    )
    html = result._repr_html_()
    assert "50.0% of the first ties" in html
    assert "1 (d)" in html


def test_frame():
    table = change.tie_change(BEFORE, AFTER).to_frame()
    assert table.to_dict("records") == [
        {
            "kept": 1,
            "dissolved": 1,
            "new": 1,
            "never": 3,
            "jaccard": 1 / 3,
            "dissolution": 0.5,
            "formation": 0.25,
            "actors": 3,
            "joiners": 1,
            "leavers": 1,
        }
    ]
    net = wn.Network.from_edges(pl.DataFrame({"source": ["a"], "target": ["b"]}))
    assert isinstance(change.tie_change(net, net).to_frame(), pl.DataFrame)
    assert isinstance(change.ties(net, net), pl.DataFrame)


def test_is_frozen_and_compares():
    result = change.tie_change(BEFORE, AFTER)
    with pytest.raises(AttributeError):
        result.kept = 2
    assert result == change.tie_change(BEFORE, AFTER)
    assert result != change.tie_change(AFTER, BEFORE)

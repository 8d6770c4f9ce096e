"""Rules, gap and plan: by hand."""

import dataclasses
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_array_equal

import wholenet as wn
from wholenet import design
from wholenet.design import _conflict, _programme
from wholenet.errors import (
    ActorError,
    ArgumentError,
    ColumnError,
    DirectionError,
    InfeasibleError,
    SignedTiesError,
)

ACTORS = pd.DataFrame(
    {
        "name": list("abcdef"),
        "level": ["light", "light", "light", "heavy", "heavy", "acute"],
        "gate": ["GP", None, None, None, "doctor", None],
        "capacity": [2, 1, None, 3, 3, 1],
        "size": [1, 2, 2, 3, 3, 3],
    }
)
# a-b, a-d, d-e; c and f have no ties; b-c is not known.
TIES = pd.DataFrame({"source": list("aadb"), "target": list("bdec"), "value": [2.0, 1.0, 3.0, None]})
NET = wn.Network.from_edges(TIES, ACTORS, weight="value", directed=False)


# Rules ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (design.must(), "every organisation has at least 1 tie with any other"),
        (design.must(2), "every organisation has at least 2 ties"),
        (
            design.must(level="light", with_level="heavy"),
            "every light organisation has at least 1 tie with a heavy one",
        ),
        (design.must(2, with_level="acute"), "every organisation has at least 2 ties with acute ones"),
        (design.must(with_level="acute"), "every organisation has at least 1 tie with an acute one"),
        (
            design.must("all", gate=True, with_gate=False),
            "every gate organisation has a tie with every non-gate one",
        ),
        (
            design.must("all", level=["light", "acute"]),
            "every light or acute organisation has a tie with every other one",
        ),
        (design.must(size=3), "every size 3 organisation has at least 1 tie with any other"),
        (design.never(level="light"), "no light organisation has a tie with any other"),
        (design.never(with_level="light"), "no organisation has a tie with a light one"),
        (design.at_most(1), "no organisation has more than 1 tie"),
        (
            design.at_most(12, gate=True, level="light"),
            "no gate light organisation has more than 12 ties",
        ),
        (design.at_most(0, with_level="acute"), "no organisation has more than 0 ties with acute ones"),
        (design.at_most("capacity"), "no organisation has more ties than its capacity"),
    ],
)
def test_rules_say_themselves(rule, words):
    assert str(rule) == words
    assert repr(rule) == f"<Rule: {words}>"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: design.must(0), 'at_least must be a whole number of at least 1, or "all"'),
        (lambda: design.must("every"), "at_least"),
        (lambda: design.must(True), "at_least"),  # noqa: FBT003 (that is the mistake)
        (lambda: design.at_most(-1), "the name of an attribute"),
        (lambda: design.at_most(1.5), "the name of an attribute"),
        (lambda: design.at_most(""), "the name of an attribute"),
        (design.never, "whose ties"),
        (lambda: design.never(level=None), "value of the attribute 'level'"),
        (lambda: design.never(level=[]), "value of the attribute 'level'"),
        (lambda: design.must(with_level={"a": 1}), "with_level"),
        (lambda: design.must(with_=1), "with_"),
    ],
)
def test_rules_that_are_none(call, words):
    with pytest.raises(ArgumentError, match=words):
        call()


@pytest.mark.parametrize(
    ("rule", "kind", "words"),
    [
        (design.must(levle="light"), ColumnError, r"'levle' .*did you mean 'level'"),
        (design.must(level="lihgt"), ArgumentError, r"'lihgt' .*did you mean 'light'"),
        (design.must(with_level="lihgt"), ArgumentError, r"did you mean 'light'"),
        (design.must(level="acute", gate=True), ArgumentError, "about nobody"),
        (design.must(level="acute", with_size=9), ArgumentError, "There are: 1, 2, 3"),
        (design.at_most("capasity"), ColumnError, "did you mean 'capacity'"),
        (design.at_most("level"), ArgumentError, "whole numbers of ties.*'a' has 'light'"),
        (design.must(size=True), ArgumentError, "true and false"),
    ],
)
def test_rules_that_do_not_fit_the_network(rule, kind, words):
    for call in (design.gap, design.plan):
        with pytest.raises(kind, match=words):
            call(NET, rule)


def test_rules_of_a_table():
    table = pd.DataFrame(
        {
            "rule": ["must", "must", "never", "at_most", "at_most", "must"],
            "who": ["level = light", "gate; level = light or heavy", "not gate", None, "gate", ""],
            "with_whom": ["level=heavy", None, "level = acute", None, None, "gate"],
            "ties": [1.0, "2", None, "capacity", "12", "all"],
        }
    )
    wanted = [
        design.must(level="light", with_level="heavy"),
        design.must(2, gate=True, level=["light", "heavy"]),
        design.never(gate=False, with_level="acute"),
        design.at_most("capacity"),
        design.at_most(12, gate=True),
        design.must("all", with_gate=True),
    ]
    assert design.rules(table) == wanted
    assert design.rules(pl.DataFrame(table.astype({"ties": str}).replace({"None": None, "nan": None}))) == wanted


def row(**values):
    return pd.DataFrame([{"rule": "must", "who": None, "with_whom": None, "ties": None, **values}])


@pytest.mark.parametrize(
    ("table", "kind", "words"),
    [
        (row(rule="mst"), ArgumentError, 'row 0 .*"must", "never" or "at_most", but is \'mst\''),
        (row(rule=None), ArgumentError, "row 0"),
        (row(ties="some"), ArgumentError, "row 0 .*at_least"),
        (row(ties=1.5), ArgumentError, "row 0 .*1.5"),
        (row(ties=0), ArgumentError, "row 0"),
        (row(rule="never", who="gate", ties=1), ArgumentError, "row 0 .*never"),
        (row(rule="never"), ArgumentError, "row 0 .*whose ties"),
        (row(rule="at_most"), ArgumentError, "row 0 .*ties is empty"),
        (row(who="level ="), ArgumentError, "row 0 .*who must be conditions"),
        (row(who="= light"), ArgumentError, "row 0 .*who"),
        (row(with_whom="gate; gate"), ArgumentError, "row 0 .*with_whom"),
        (pd.concat([row(), row()]), ArgumentError, "row 1 .*same as row 0"),
        (row().head(0), ArgumentError, "no rows"),
        (row().drop(columns="ties"), ColumnError, "'ties'"),
        ([1], ArgumentError, "table"),
    ],
)
def test_tables_that_hold_no_rules(table, kind, words):
    with pytest.raises(kind, match=words):
        design.rules(table)


# Gap ------------------------------------------------------------------------------------------------------


def test_gap_by_hand():
    rules = [
        design.must(level="light", with_level="heavy"),  # a has d; b and c have none
        design.must(2),  # a has 2, d has 2; b has 1 and one not known; c none and one not known; e has 1; f none
        design.never(level="heavy", with_level="heavy"),  # d and e
        design.at_most("capacity"),  # a 2 of 2, b 1 of 1 with one not known, d 2 of 3, e 1 of 3, f 0 of 1
    ]
    found = design.gap(NET, rules)
    table = found.to_frame()
    assert table["of"].tolist() == ["organisations", "organisations", "pairs", "organisations"]
    assert table[["asked", "met", "not_met", "not_known"]].to_numpy().tolist() == [
        [3, 1, 2, 0],
        [6, 2, 3, 1],
        [1, 0, 1, 0],
        [5, 4, 0, 1],
    ]
    missing = found.missing[found.missing["rule"] == str(rules[0])]
    assert missing["actor"].tolist() == ["b", "c"]
    assert missing["partners"].tolist() == ["d, e", "d, e"]
    b = found.missing[(found.missing["rule"] == str(rules[1])) & (found.missing["actor"] == "b")].iloc[0]
    # d and e are forbidden to each other only: b could have a tie with c, d, e, f.
    assert b[["has", "needs", "lacks", "not_known", "could"]].tolist() == [1, 2, 1, 1, 4]
    e = found.missing[(found.missing["rule"] == str(rules[1])) & (found.missing["actor"] == "e")].iloc[0]
    assert (e["could"], e["partners"]) == (4, "a, b, c, f")
    assert found.ties.to_numpy().tolist() == [["d", "e", "forbidden"]]
    assert found.loads["ties"].tolist() == [2, 1, 0, 2, 1, 0]
    assert found.loads["not_known"].tolist() == [0, 1, 1, 0, 0, 0]
    assert_array_equal(found.loads["capacity"], [2, 1, np.nan, 3, 3, 1])
    assert_array_equal(found.loads["room"], [0, 0, np.nan, 1, 2, 1])
    assert repr(found) == (
        "<Gap: 4 rules; 6 of 15 demands not met; 8 ties lacking, 1 forbidden, 0 that no rule asks for>"
    )
    assert "Who lacks ties" in found._repr_html_()


def test_ties_that_no_rule_asks_for():
    found = design.gap(NET, [design.must(level="light", with_level="heavy"), design.at_most(1)])
    assert found.ties.to_numpy().tolist() == [["a", "b", "unneeded"], ["d", "e", "unneeded"]]
    assert found.loads["unneeded"].tolist() == [1, 1, 0, 1, 1, 0]
    assert "2 with more ties than their capacity" in found._repr_html_()


def test_pairs_that_must_have_a_tie():
    cells = np.zeros((6, 6))
    for one, other in ((0, 1), (1, 2), (0, 5)):
        cells[one, other] = cells[other, one] = 1
    net = wn.Network.from_edges((["a", "b", "a"], ["b", "c", "f"]), directed=False)
    for required in (cells, net):
        found = design.gap(NET, required=required)
        assert found.to_frame()[["asked", "met", "not_met", "not_known"]].to_numpy().tolist() == [[3, 1, 1, 1]]
        assert found.ties.to_numpy().tolist() == [
            ["a", "f", "missing"],
            ["a", "d", "unneeded"],
            ["d", "e", "unneeded"],
            ["b", "c", "not known"],
        ]
    every = design.gap(NET, design.must("all", level="light", with_level="light"))
    assert every.to_frame()[["asked", "met", "not_met", "not_known"]].to_numpy().tolist() == [[3, 1, 1, 1]]


def test_gap_of_other_tables():
    for kind in (pl.DataFrame, pd.DataFrame):
        net = wn.Network.from_edges(kind(TIES), kind(ACTORS), weight="value", directed=False)
        found = design.gap(net, design.at_most(9))
        assert type(found.to_frame()) is kind
        assert type(found.missing) is kind
        assert len(found.missing) == 0


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda: design.gap(NET), ArgumentError, "no rules"),
        (lambda: design.gap(NET, [design.must(), design.must()]), ArgumentError, "twice"),
        (lambda: design.gap(NET, ["must"]), ArgumentError, "number 0 is 'must'"),
        (lambda: design.gap(NET, ACTORS), ArgumentError, r"design.rules\(table\)"),
        (lambda: design.gap(NET, required=np.eye(3)), ArgumentError, r"shape \(6, 6\)"),
        (lambda: design.gap(NET, required="x"), ArgumentError, r"shape \(6, 6\)"),
        (lambda: design.gap(NET, required=np.triu(np.ones((6, 6)), 1)), ArgumentError, "both sides"),
        (lambda: design.gap(NET, required=np.full((6, 6), 2)), ArgumentError, "0 and 1"),
        (
            lambda: design.gap(NET, required=wn.Network.from_edges((["a"], ["z"]), directed=False)),
            ActorError,
            "no actor 'z'",
        ),
        (lambda: design.gap(NET, required=wn.Network.from_edges((["a"], ["b"]))), DirectionError, "symmetrize"),
        (
            lambda: design.gap(wn.Network.from_edges((["a"], ["b"])), design.must()),
            DirectionError,
            "symmetrize",
        ),
    ],
)
def test_gap_refuses(call, kind, words):
    with pytest.raises(kind, match=words):
        call()


# Plan -----------------------------------------------------------------------------------------------------


def test_plan_by_hand():
    """b and c need a heavy one each; f, whose capacity is 1, takes nobody; c asks b, whose tie is not known."""
    rules = [design.must(level="light", with_level="heavy"), design.at_most("capacity")]
    found = design.plan(NET, rules, progress=False)
    # a and b go (b has 1 and may have 1), b gets a heavy one, c gets a heavy one.
    assert (found.cost, found.bound, found.gap) == (3, 3, 0)
    assert found.table["action"].count("let the tie go") == 1
    assert [found.table["actor"][-1], found.table["other"][-1]] == ["a", "b"]
    assert found.actions[-1] == "a and b: let the tie go, so that b, which may have 1, has room for ties that must be"
    after = design.gap(found.network, rules)
    assert sum(after.rules["not_met"]) == 0
    assert found.network.missing.dyads == 1
    assert found.network.recipe[-1] == "plan: 2 ties made, 1 let go; values left out"
    assert_array_equal(found.loads["before"], [2, 1, 0, 2, 1, 0])
    assert found.loads["after"].sum() == 2 * found.network.n_ties
    assert "3 actions" in found._repr_html_()


def test_a_tie_that_is_not_known_is_asked_after():
    found = design.plan(NET, required=[[0] * 6, [0, 0, 1, 0, 0, 0], [0, 1, 0, 0, 0, 0], *[[0] * 6] * 3])
    assert found.actions == ("b and c: ask, and make a tie if there is none, since it is required",)
    assert repr(found) == "<Plan: 0 ties to make, 1 to ask after, 0 to let go; cost 1, proven to be the least>"
    assert found.network.missing.dyads == 0


def test_a_tie_in_the_place_of_one_that_goes_says_what_for():
    """a has its heavy one, which is forbidden; the other heavy one takes its place."""
    actors = pd.DataFrame({"name": list("abcd"), "level": ["light", "x", "heavy", "heavy"], "side": list("pqqr")})
    net = wn.Network.from_edges((["a"], ["c"]), actors, directed=False)
    rules = [design.must(level="light", with_level="heavy"), design.never(level="light", with_side="q")]
    found = design.plan(net, rules)
    assert found.actions == (
        "a and d: make a tie, so that a still has 1 tie with a heavy organisation",
        "a and c: let the tie go, since no light organisation has a tie with a q one",
    )


def test_forbidden_ties_go():
    found = design.plan(NET, design.never(level="heavy", with_level="heavy"))
    assert found.actions == ("d and e: let the tie go, since no heavy organisation has a tie with a heavy one",)
    assert found.to_frame()["action"].tolist() == ["let the tie go"]


def test_how_much_is_proven():
    """The gap is a share of what is proven, as its words say: 3 is 50 % above 2."""
    found = design.plan(NET, design.never(level="heavy", with_level="heavy"))
    more = dataclasses.replace(found, cost=3.0, bound=2.0)
    assert more.gap == 0.5
    assert "at most 50.0% above the least" in repr(more)
    nothing = dataclasses.replace(found, bound=0.0)
    assert nothing.gap == np.inf
    assert "how far above the least is not proven" in repr(nothing)


def test_plans_in_several_threads():
    """As `Study.map` makes them."""
    cells = np.triu(np.random.default_rng(1).random((20, 20)) < 0.1, 1)
    net = wn.Network.from_matrix((cells | cells.T).astype(float), directed=False)

    def cost(_):
        return design.plan(net, design.must(3), survive_any_leaver=True, progress=False).cost

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(cost, range(8))) == {cost(0)}


def test_ctrl_c_waits_for_no_solver(monkeypatch):
    """HiGHS may hear that it should stop half a second later."""

    class Slow:
        def work(self):
            self.stopped.wait(10)
            time.sleep(1)

        def cancelSolve(self):  # noqa: N802 (as highspy has it)
            self.stopped.set()

        def __init__(self):
            self.stopped = threading.Event()

    class Interrupted:
        left = 1.0

        def tick(self):
            raise KeyboardInterrupt

    programme = _programme.Programme(np.ones(1))
    slow = Slow()
    monkeypatch.setattr(programme, "_highs", slow)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        programme._run(Interrupted())
    assert time.monotonic() - started < 0.5
    assert slow.stopped.is_set()


def test_nothing_to_do():
    found = design.plan(NET, design.at_most(5))
    assert (found.cost, found.gap, found.actions) == (0, 0, ())
    assert len(found.to_frame()) == 0
    assert found.plot().description == "Ties of 0 organisations before and after"


def test_weaker_ties_go_first():
    """A star of four that may have two: which two go is told by their strength."""
    net = wn.Network.from_edges((["a"] * 4, list("bcde")), weight=[4, 1, 3, 2], directed=False)
    found = design.plan(net, design.at_most(2), keep="value", gap=0)
    assert found.table["other"] == ["c", "e"]
    assert (found.cost, found.let_go) == (2, 3)
    assert found.table["value"] == [1, 2]
    other = np.zeros((5, 5))
    other[0] = other[:, 0] = [0, 1, 2, 3, 4]
    assert design.plan(net, design.at_most(2), keep=other, gap=0).table["other"] == ["b", "c"]
    assert np.isnan(design.plan(net, design.at_most(2)).let_go)


def test_costs():
    net = wn.Network.from_edges((["a"], ["b"]), pd.DataFrame({"name": list("abc")}), directed=False)
    costs = np.array([[0, 1, 5], [1, 0, 2], [5, 2, 0.0]])
    found = design.plan(net, design.must(), costs=costs)
    assert (found.table["actor"], found.table["other"], found.cost) == (["b"], ["c"], 2)


def test_within_steps():
    """a-b-c-d, of levels 1, 1, 1, 2: within two steps a needs a tie with c or d, or b one with d."""
    actors = pd.DataFrame({"name": list("abcd"), "care_level": ["x", "x", "x", "y"]})
    net = wn.Network.from_edges((list("abc"), list("bcd")), actors, directed=False)
    assert design.plan(net, within=3).cost == 0
    found = design.plan(net, within=2)
    assert found.cost == 1
    assert (found.table["actor"][0] + found.table["other"][0]) in {"ac", "ad", "bd"}
    assert found.table["because"] == [
        "so that from every organisation some organisation of each other care_level is within 2 steps"
    ]
    assert design.plan(net, within=1).cost == 2


def test_surviving_any_leaver():
    """A path of four becomes a cycle; two are tied; one alone is connected."""
    net = wn.Network.from_edges((list("abc"), list("bcd")), directed=False)
    found = design.plan(net, survive_any_leaver=True)
    assert (found.table["actor"], found.table["other"]) == (["a"], ["d"])
    two = wn.Network.from_matrix(np.zeros((2, 2)), directed=False)
    assert design.plan(two, survive_any_leaver=True).cost == 1
    assert design.plan(wn.Network.from_matrix([[0]], directed=False), survive_any_leaver=True).cost == 0


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        # d and e are the only heavy ones.
        (
            [design.must(3, level="acute", with_level="heavy")],
            ["f needs 3, among 2 it could have"],
        ),
        (
            [design.must(level="light", with_level="heavy"), design.never(level="light", with_level="heavy")],
            ["1 of 3 organisations: a needs 1", "2 of 6 pairs: a and d, a and e"],
        ),
        (
            [design.must(2, level="acute"), design.at_most("capacity"), design.must(level="light")],
            ["f needs 2", "1 of 5 organisations: f may have 1"],
        ),
        # Three light ones need a heavy one each, and the two heavy ones may have one each.
        (
            [design.must(level="light", with_level="heavy"), design.at_most(1, level="heavy"), design.must(1)],
            ["3 of 3 organisations: a needs 1", "2 of 2 organisations: d may have 1, e may have 1"],
        ),
    ],
)
def test_infeasible(rules, words):
    with pytest.raises(InfeasibleError, match="infeasible, because of these rules") as caught:
        design.plan(NET, rules)
    assert len(caught.value.conflict) == len(words)
    for one, wanted in zip(caught.value.conflict, words, strict=True):
        assert wanted in one


def test_a_conflict_that_was_not_looked_into_claims_nothing(monkeypatch):
    monkeypatch.setattr(_conflict, "feasible", lambda *_: None)
    rules = [design.must(level="light", with_level="heavy"), design.never(level="light", with_level="heavy")]
    with pytest.raises(InfeasibleError, match="some may have no part in it") as caught:
        design.plan(NET, rules)
    assert "without any one" not in str(caught.value)


def test_conditions_that_no_network_meets():
    with pytest.raises(InfeasibleError) as caught:
        design.plan(NET, design.at_most(1), survive_any_leaver=True)
    assert caught.value.conflict[-1] == "the network stays connected when any one organisation leaves"
    assert "1 of 6 organisations" in caught.value.conflict[0]


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({"within": 0, "levels": "level"}, ArgumentError, "within"),
        ({"within": 2}, ColumnError, "care_level"),
        ({"survive_any_leaver": 1}, ArgumentError, "True or False"),
        ({"gap": -0.1}, ArgumentError, "gap"),
        ({"gap": "x"}, ArgumentError, "gap"),
        ({"time_limit": 0}, ArgumentError, "time_limit"),
        ({"keep": "strength"}, ArgumentError, '"value"'),
        ({"keep": np.ones((3, 3))}, ArgumentError, "shape"),
        ({"costs": np.zeros((6, 6))}, ArgumentError, "above 0"),
        ({"costs": np.full((6, 6), 1e-9)}, ArgumentError, "Use a unit"),
        ({"costs": "cheap"}, ArgumentError, "array of numbers"),
        ({"costs": np.triu(np.ones((6, 6)))}, ArgumentError, "both sides"),
    ],
)
def test_plan_refuses(options, kind, words):
    with pytest.raises(kind, match=words):
        design.plan(NET, design.must(), **options)


def test_signed_values_are_no_strength():
    net = wn.Network.from_edges((["a"], ["b"]), weight=[-1], signed=True, directed=False)
    with pytest.raises(SignedTiesError):
        design.plan(net, design.must(), keep="value")

"""Scorecards on every awkward network and table: a result, or an error of ours; never a warning."""

import numpy as np
import pandas as pd
import pytest

from edge_networks import each_network
from wholenet.errors import WholenetError
from wholenet.survey import scales

CARD = scales.Scorecard("card", [scales.Scale("one", ["a", "b"]), scales.Scale("two", ["a"], least=1)])
TABLES = {
    "one row": {"a": [1], "b": [5]},
    "nobody answered": {"a": [None, None], "b": [None, None]},
    "half answered": {"a": [1, None, 3], "b": [None, 2, None]},
    "all the same": {"a": [3, 3, 3, 3], "b": [3, 3, 3, 3]},
    "opposite": {"a": [1, 2, 3, 4], "b": [5, 4, 3, 2]},
    "the same item twice": {"a": [1, 2, 3, 5], "b": [1, 2, 3, 5]},
    "many": {"a": np.arange(40) % 5 + 1, "b": np.arange(40) % 4 + 1},
}
CALLS = {
    "reliability": lambda table: scales.reliability(table, CARD),
    "reliability by wave": lambda table: scales.reliability(table, CARD, by="wave"),
    "agreement": lambda table: scales.agreement(table, CARD, group="wave"),
    "agreement of organisations": lambda table: scales.agreement(table, CARD, group=["wave", "organisation"]),
    "scores": lambda table: scales.scores(table, CARD, by="wave", respondent=None),
    "scores of respondents": lambda table: scales.scores(table, CARD, by=(), respondent=None, unit="respondent"),
    "change": lambda table: scales.change(table, CARD, place=(), respondent=None),
}


def test_every_function_is_here():
    tested = {name.split(" ", maxsplit=1)[0] for name in CALLS} | {"position"}
    templates = {"integrated_youth_care", "partnership_trust_value"}
    assert tested | templates == {name for name in scales.__all__ if name.islower()}


@pytest.mark.parametrize("columns", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("name", CALLS)
def test_result_or_error_of_a_table(name, columns):
    n = len(columns["a"])
    table = pd.DataFrame(columns).assign(wave=np.arange(n) % 2, organisation=[f"o{at // 4}" for at in range(n)])
    try:
        found = CALLS[name](table)
    except WholenetError:
        return
    assert len(found.to_frame()) <= 4
    assert repr(found)
    assert found._repr_html_().startswith("<table")
    if hasattr(found, "plot"):
        assert found.plot().svg.startswith("<svg")


@each_network
def test_result_or_error_of_a_network(net):
    labels = net.labels.tolist()
    numbers = np.arange(len(labels)) % 5 + 1
    table = pd.DataFrame({"organisation": labels, "a": numbers, "b": numbers[::-1]})
    try:
        scored = scales.scores(table, CARD, by=(), respondent=None)
        found = scales.position(scored, net, permutations=9, seed=1)
    except WholenetError:
        return
    assert len(found.to_frame()) == 2
    assert repr(found)
    assert found._repr_html_().startswith("<table")

"""The chapter on configurations says what the analyses say."""

import html
import re
from dataclasses import replace

import pandas as pd
import pytest

import wholenet as wn
from wholenet.compare import qca

SETTINGS = replace(wn.report.Config.example().settings, permutations=50, chapters=("configurations",))
ANCHORS = {"effectiveness": (4.5, 6.25, 8.0), "culture": (2.3, 3.3, 4.3), "direction": (2.3, 3.3, 4.3)}


@pytest.fixture(scope="module")
def study():
    return wn.datasets.youth_care().select(municipality="Elzerveen")


def page(study, folder, table, **options):
    given = wn.report.ManyNetworks(table=table, **{"anchors": ANCHORS, **options})
    files = wn.report.write(study, folder, settings=SETTINGS, beside=[given])
    text = html.unescape(files[-1].read_text(encoding="utf-8"))
    return re.search(r"<section class='chapter' id='configurations'.*?</section>", text, re.DOTALL)[0]


def solution(table):
    sets = table.assign(inside=table["inside"].astype(int))
    for name, (out, crossover, full) in ANCHORS.items():
        sets[name] = qca.calibrate(table[name], out=out, crossover=crossover, full=full)
    conditions = ["inside", "culture", "direction"]
    made = qca.truth_table(sets, outcome="effectiveness", conditions=conditions, cases="network", pri=0.5)
    return qca.minimize(made)


def test_the_numbers_are_those_of_the_analyses(study, tmp_path):
    table = wn.datasets.neighbourhoods("pandas")
    text = page(study, tmp_path, table)
    assert "<div class='impossible'>" not in text
    model = solution(table).models[0]
    written = pd.read_csv(tmp_path / "tables" / "configurations_solution.csv")
    assert set(written["term"]) == {*model.terms, "solution"}
    assert f"covering {model.coverage:.0%} of it with a consistency of {model.consistency:.2f}" in text
    assert all(case in text for case in (*model.deviant, *model.uncovered))
    # A neighbourhood is not "without culture": its culture is not in the set of high ones.
    assert "high culture and high direction" in text
    assert "not high culture" in text
    assert "without culture" not in text
    luck = qca.chance(solution(table), permutations=50, seed=SETTINGS.seed)
    assert f"covered to {luck.distribution.mean():.0%} on average" in text
    assert ("less than what was found" in text) == (luck.p < 0.05)
    assert ("could be chance" in text) == (luck.p >= 0.05)


def test_networks_without_a_value_are_counted(study, tmp_path):
    table = wn.datasets.neighbourhoods("pandas")
    table.loc[0, "culture"] = None
    text = page(study, tmp_path, table)
    assert "1 network left out for want of a value." in text
    assert table["network"][0] not in text


@pytest.mark.parametrize("anchors", [{}, {"culture": (2.3, 3.3, 4.3)}, {"effectiveness": (4.5, 6.25, 8)}])
def test_without_anchors_it_says_what_is_missing(study, tmp_path, anchors):
    text = page(study, tmp_path, wn.datasets.neighbourhoods("pandas"), anchors=anchors)
    assert "configurations need anchors" in text


def test_where_nothing_is_sufficient_it_says_so(study, tmp_path):
    table = wn.datasets.neighbourhoods("pandas")
    text = page(study, tmp_path, table, anchors={**ANCHORS, "effectiveness": (9, 9.5, 9.9)})
    assert "no row of the truth table is sufficient" in text


def test_what_was_built_in_is_found_again():
    """Culture with direction was made to suffice (targets.csv); the complex solution has it at high status."""
    table = wn.datasets.neighbourhoods("pandas")
    sets = table.assign(inside=table["inside"].astype(int), high=(table["ses"] == "high").astype(int))
    for name, (out, crossover, full) in ANCHORS.items():
        sets[name] = qca.calibrate(table[name], out=out, crossover=crossover, full=full)
    found = qca.sufficiency(sets, outcome="effectiveness", terms="culture*direction").iloc[0]
    assert found["consistency"] >= 0.8
    conditions = ["high", "inside", "culture", "direction"]
    made = qca.truth_table(sets, outcome="effectiveness", conditions=conditions, cases="network", pri=0.5)
    assert "high*culture*direction" in qca.minimize(made).models[0].terms

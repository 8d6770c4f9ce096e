"""The chapter on many networks says what the analyses say."""

import html
import re
from dataclasses import replace

import numpy as np

import wholenet as wn
from wholenet.report._cells import number

SETTINGS = replace(wn.report.Config.example().settings, draws=50, permutations=50, chapters=("networks",))


def impossible(text):
    """What a page says was left out or was not possible."""
    return [re.sub("<.*?>", " ", part) for part in re.findall(r"<div class='impossible'>(.*?)</div>", text)]


def beside(folder, *tables):
    study = wn.datasets.youth_care().select(municipality="Elzerveen")
    files = wn.report.write(study, folder, settings=SETTINGS, beside=tables)
    return html.unescape(files[-1].read_text(encoding="utf-8"))


def test_the_chapter_on_many_networks_says_what_the_analysis_says(tmp_path):
    data = wn.datasets.neighbourhoods("pandas")
    many = wn.report.ManyNetworks(table=data, networks=wn.datasets.neighbourhood_networks("pandas"))
    text = beside(tmp_path, many)
    assert not impossible(text)
    found = wn.compare.effects(data, "effectiveness ~ ses * inside + organisations", permutations=50, seed=1)
    for row in found.interaction().effects.to_dict("records"):
        assert f"where ses is {row['ses']}, {number(row['estimate'])} ({number(row['lower'])} to" in text
    assert "No single network turns the contrast" in text
    assert "Networks of different size" in text


def test_a_table_of_many_networks_with_little_in_it(tmp_path):
    """Without ties, with a missing value, and with a context that is no category."""
    data = wn.datasets.neighbourhoods("pandas")
    data.loc[0, "effectiveness"] = None
    text = beside(tmp_path, wn.report.ManyNetworks(table=data))
    assert "left out for a missing value: Achterveen" in text
    assert any("ties of these networks were not given" in part for part in impossible(text))
    many = wn.report.ManyNetworks(table=data, context="ses_score")
    text = beside(tmp_path, many)
    assert any("no interaction of 'inside' within 'ses_score'" in part for part in impossible(text))
    assert "The regression" in text


def test_contexts_of_true_and_false_make_pairs(tmp_path):
    data = wn.datasets.neighbourhoods("pandas")
    plain = beside(tmp_path / "text", wn.report.ManyNetworks(table=data))
    text = beside(tmp_path / "truth", wn.report.ManyNetworks(table=data.assign(ses=data["ses"] == "high")))
    told = [re.search(r"Among pairs that are alike the difference is, (.*?)\.<", one)[1] for one in (plain, text)]
    renamed = told[0].replace("ses is high", "ses is yes").replace("ses is low", "ses is no")
    assert {one.removeprefix("where ") for one in re.split("; (?=where)", told[1])} == {
        one.removeprefix("where ") for one in re.split("; (?=where)", renamed)
    }


def test_three_kinds_of_governance_are_told_apart(tmp_path):
    """Each difference stands with the kinds that it is between."""
    data = wn.datasets.neighbourhoods("pandas")
    data["inside"] = np.resize(["half", "in", "out"], len(data))
    text = beside(tmp_path, wn.report.ManyNetworks(table=data))
    found = wn.compare.effects(data, "effectiveness ~ ses * inside + organisations", permutations=50, seed=1)
    rows = found.interaction().effects.to_dict("records")
    for row in rows:
        told = re.search(f"goes with {row['effect']}: (.*?)\\. ?(That|<)", text)[1]
        assert f"where ses is {row['ses']}, {number(row['estimate'])} (" in told
    for step in ("in", "out"):
        assert f"the contrast between contexts (ses: low × inside: {step})" in text

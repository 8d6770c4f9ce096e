"""The chapter on many networks says what the analyses say."""

import html
import re
from dataclasses import replace

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

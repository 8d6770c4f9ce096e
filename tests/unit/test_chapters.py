"""The chapters of a report say what the analyses say, and what is not possible is said where it would stand."""

import html
import re
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

import wholenet as wn
from wholenet import errors
from wholenet.report._cells import number
from wholenet.report._chapters import BESIDE

SETTINGS = replace(wn.report.Config.example().settings, draws=50, permutations=50, imputations=3)
TITLES = (
    "Who answered, and what that leaves open",
    "Collaboration across sectors",
    "Information flows",
    "Change between waves",
    "Awareness of governance",
    "Strong relations",
)


@cache
def tables():
    """The smallest of the three places."""
    return tuple(
        one[one["municipality"] == "Elzerveen"].reset_index(drop=True)
        for one in wn.datasets.youth_care_tables("pandas")
    )


def study_of(ties, actors):
    return wn.Study.from_edges(
        ties, actors, by=["municipality", "wave", "relation"], weight="frequency", respondents="responded"
    )


def page(folder, settings=SETTINGS, ties=None, actors=None):
    study = study_of(tables()[0] if ties is None else ties, tables()[1] if actors is None else actors)
    files = wn.report.write(study, folder, settings=settings)
    return html.unescape(files[-1].read_text(encoding="utf-8"))


def impossible(text):
    """What a page says was left out or was not possible."""
    return [re.sub("<.*?>", " ", part) for part in re.findall(r"<div class='impossible'>(.*?)</div>", text)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return page(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def study():
    return study_of(*tables())


def test_a_chapter_for_each_question(whole):
    assert all(f"<h2>{title}</h2>" in whole for title in TITLES)
    assert not impossible(whole)
    wanted = [name for name in wn.report._settings.CHAPTERS if name not in BESIDE]
    assert all(f"href='#{name}'" in whole and f"id='{name}'" in whole for name in wanted)
    # Of the others there is no table here.
    assert whole.count(" was given") == len(BESIDE)


def test_the_loss_by_measurement_is_that_of_the_analysis(whole, study):
    before, after = (study["Elzerveen", wave, "any contact"].dichotomize(above=0) for wave in (1, 2))
    for rule in ("union", "confirmed"):
        found = wn.change.measured_loss(before, after, rule=rule, draws=50, seed=SETTINGS.seed, progress=False)
        cells = [f"{share:.0%}" for share in (found.apparent, found.expected, found.corrected)]
        assert "".join(f"<td class='number'>{cell}</td>" for cell in cells) in whole


def test_strong_relations_are_those_of_the_settings(whole, study):
    nets = wn.survey.strong(study, frequency=3, kinds=2, one_report="use")
    shares = [wn.cohesion.active_actors(net) / net.n_actors for net in nets.values()]
    low, high = (f"{share:.0%}" for share in (min(shares), max(shares)))
    assert f"{low} to {high} of the organisations have at least one strong relation" in whole
    held = [
        wn.governance.load(net, permutations=9, seed=1, progress=False).networks["mean_marked"][0]
        for net in nets.values()
    ]
    assert all(f"<td class='number'>{number(mean)}</td>" in whole for mean in held)


def test_accuracy_is_counted_once_for_an_organisation(whole):
    actors = tables()[1]
    known = actors[actors["perceived_mode"].notna()]
    shares = (known["perceived_mode"] == "lead organisation").groupby(known["wave"]).mean()
    assert f"{shares.min():.0%} to {shares.max():.0%} of those who answered perceive the mode" in whole


def test_the_same_settings_give_the_same_page(whole, tmp_path):
    assert page(tmp_path) == whole


def test_a_chapter_asked_for_without_its_data_says_what_to_set(tmp_path):
    text = page(tmp_path, replace(SETTINGS, contact=None, chapters=("strong",)))
    assert "<h2>Strong relations</h2>" in text
    assert "set contact = … in study.toml" in text
    assert "<h2>Information flows</h2>" not in text


def test_chapters_without_data_are_listed(tmp_path):
    text = page(tmp_path, wn.report.Settings(draws=50, permutations=50))
    assert "Chapters that were not written" in text
    assert "Strong relations: the settings do not name contact" in text


def without(column, value):
    ties, actors = tables()
    return ties[~((ties["wave"] == 2) & (ties[column] == value))], actors


def changed(column, value, rows=slice(None)):
    ties, actors = tables()
    actors = actors.copy()
    actors.loc[actors.index[rows], column] = value
    return ties, actors


CASES = {
    "one wave": (lambda: tuple(one[one["wave"] == 1] for one in tables()), {}, "no place has two waves of"),
    "a relation missing in a wave": (
        lambda: without("relation", "steering information"),
        {},
        "wave 2 has no relation 'steering information': no tie of it is listed",
    ),
    "a gatekeeper not in a network": (
        lambda: changed("gatekeeper", None),
        {},
        "no actor of the network is marked by 'gatekeeper'",
    ),
    "a perception outside the modes": (
        lambda: changed("perceived_mode", "anarchy", slice(3, 4)),
        {},
        "have a 'perceived_mode' that is none of the modes",
    ),
    "a rule that leaves no tie": (tables, {"frequency": 9}, "is 0 in all"),
    "no sector for an actor": (lambda: changed("sector", None, slice(5, 6)), {}, "1 actors have no 'sector'"),
}


@pytest.mark.parametrize(("data", "settings", "message"), CASES.values(), ids=CASES)
def test_what_is_not_possible_is_said_and_the_report_comes_out(tmp_path, data, settings, message):
    ties, actors = data()
    text = page(tmp_path, replace(SETTINGS, **settings), ties, actors)
    assert any(message in part for part in impossible(text))
    assert all(f"<h2>{title}</h2>" in text for title in TITLES)


def test_a_wave_without_respondents(tmp_path):
    """Its networks are there, and nothing in them is observed; that has to be said, not counted as no ties."""
    ties, actors = tables()
    roster = wn.survey.roster(
        ties[ties["wave"] == 1],
        organisation="source",
        alter="target",
        answer="frequency",
        relation="relation",
        by=["municipality", "wave"],
        members=actors[["municipality", "wave", "organisation"]],
        actor="organisation",
        answered=actors[(actors["wave"] == 1) & actors["responded"]][["municipality", "wave", "organisation"]],
        unlisted="no",
    )
    study = roster.study(actors)
    assert study["Elzerveen", 2, "any contact"].missing.observed == 0
    files = wn.report.write(study, tmp_path, settings=SETTINGS)
    assert impossible(html.unescape(files[-1].read_text(encoding="utf-8")))


def test_pseudonyms_leave_no_name(tmp_path):
    names = set(tables()[1]["organisation"])
    text = page(tmp_path, replace(SETTINGS, pseudonyms=True))
    assert not [name for name in names if name in text]
    for path in tmp_path.rglob("*.csv"):
        found = [name for name in names if name in path.read_text(encoding="utf-8")]
        assert bool(found) == (path.name == "key.csv"), path


def test_small_groups_are_not_shown(tmp_path):
    text = page(tmp_path, replace(SETTINGS, min_count=5, chapters=("respondents", "collaboration")))
    assert "not shown, because the count is under 5" in text
    sizes = tables()[1].query("wave == 1")["sector"].value_counts()
    small = sizes.index[sizes < 5]
    assert len(small)
    for row in re.findall(r"<tr>(.*?)</tr>", text):
        cells = re.findall(r"<td class='\w+'>(.*?)</td>", row)
        if cells and cells[0] in small and len(cells) == 3:
            assert cells[1] == "–", row


def test_tables_in_other_forms(tmp_path):
    wn.report.write(
        study_of(*tables()),
        tmp_path,
        settings=replace(SETTINGS, chapters=("awareness",)),
        tables=["xlsx", "docx", "tex"],
    )
    found = sorted(path.name for path in (tmp_path / "tables").iterdir())
    assert {
        "awareness_accuracy.csv",
        "awareness_accuracy.xlsx",
        "awareness_accuracy.docx",
        "awareness_accuracy.tex",
    } <= set(found)
    sheet = pd.read_excel(tmp_path / "tables" / "awareness_accuracy.xlsx")
    assert len(sheet) >= 2


def test_an_unknown_chapter():
    with pytest.raises(errors.ArgumentError, match='chapters must be "respondents"'):
        wn.report.Settings(chapters=("power",))

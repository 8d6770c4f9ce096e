"""The chapter on scorecards says what the analyses say, and does not tell of few."""

import html
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet.report._scorecards import TITLE
from wholenet.survey import scales

SETTINGS = replace(wn.report.Config.example().settings, permutations=50, chapters=("scorecards",))


def answers(**only):
    table = wn.datasets.scorecards("pandas")
    for name, value in {"municipality": "Elzerveen", **only}.items():
        table = table[table[name] == value]
    return table.reset_index(drop=True)


@pytest.fixture(scope="module")
def study():
    return wn.datasets.youth_care().select(municipality="Elzerveen")


def page(study, folder, table, settings=SETTINGS, **options):
    beside = [wn.report.Scorecards(table=table, **options)]
    files = wn.report.write(study, folder, settings=settings, beside=beside)
    text = html.unescape(files[-1].read_text(encoding="utf-8"))
    return re.search(r"<section class='chapter' id='scorecards'.*?</section>", text, re.DOTALL)[0]


@pytest.fixture(scope="module")
def whole(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("scorecards")
    return page(study, folder, answers()), folder


def test_the_numbers_are_those_of_the_analyses(whole):
    text, folder = whole
    assert f"<h2>{TITLE}</h2>" in text
    assert "<div class='impossible'>" not in text
    card, table = scales.integrated_youth_care(), answers()
    scores = scales.scores(table, card).to_frame()
    written = pd.read_csv(folder / "tables" / "scorecards_scores.csv")
    assert len(written) == len(scores) == 16
    merged = scores.merge(written, on=["wave", "scale"])
    assert (merged["score_x"] - merged["score_y"]).abs().max() < 1e-9
    for score in scores["score"]:
        assert f"<td class='number'>{score:.2f}</td>" in text
    change = scales.change(table, card).to_frame()
    rose = change[(change["holm"] < 0.05) & (change["difference"] > 0)]["scale"].tolist()
    assert rose
    assert all(f"{name} (in 1 of 1)" in text for name in rose)
    alphas = scales.reliability(table, card, by="wave").scales["alpha"]
    assert f"(alpha {min(alphas):.2f} to {max(alphas):.2f})" in text
    rwg = scales.agreement(table, card).scales["rwg_median"]
    strict = scales.agreement(table, card, null="slight skew").scales["rwg_median"]
    ends = [f"{word(one):.2f}" for one in (rwg, strict) for word in (min, max)]
    assert "agree (median rwg {} to {}, against a stricter null {} to {})".format(*ends) in text


def test_few_permutations_do_not_hide_what_goes_with_position(whole):
    """Sixteen correlations and 50 permutations: no adjusted p would be below .3, so that more are drawn."""
    text, folder = whole
    assert SETTINGS.permutations == 50
    assert "permutation test (1,600 random orders)" in text
    written = pd.read_csv(folder / "tables" / "scorecards_position.csv")
    assert (written["holm_pearson"] < 0.05).any()
    assert "Organisations that many name see more of" in text


def test_no_organisation_or_respondent_is_named(whole):
    text, folder = whole
    names = set(answers()["organisation"])
    assert not [name for name in names if name in text]
    for path in folder.glob("tables/scorecards_*.csv"):
        written = path.read_text(encoding="utf-8")
        assert not [name for name in names if name in written]


def test_one_wave(study, tmp_path):
    text = page(study.select(wave=1), tmp_path, answers(wave=1))
    assert "There is one wave: nothing can be said." in text
    assert "<div class='impossible'>" not in text


def test_scores_of_few_organisations_are_not_shown(study, tmp_path):
    """Three organisations answered in the first wave, and one of them not in the second."""
    table = answers()
    few = sorted(table["organisation"].unique())[:3]
    kept = (table["wave"] == 2) | table["organisation"].isin(few)
    text = page(study, tmp_path, table[kept].reset_index(drop=True), replace(SETTINGS, min_count=5))
    assert "8 rows left out that would tell of fewer than 5 organisations." in text
    section = re.search(r"How each network scores</h3>(.*?)<h3>", text, re.DOTALL)[1]
    assert "Elzerveen, wave 2" in section
    assert "Elzerveen, wave 1" not in section
    assert "<svg" not in section
    assert pd.read_csv(tmp_path / "tables" / "scorecards_scores.csv")["wave"].unique().tolist() == [2]


def test_what_is_not_possible_is_said(study, tmp_path):
    text = page(study, tmp_path, answers().assign(partners_1=3))
    assert "'partners_1' of the scale 'right partners' has the same answer (3)" in text
    assert "Mean of the organisations that answered" in text
    text = page(study, tmp_path / "other", answers(), replace(SETTINGS, contact=None))
    assert "set contact = … in study.toml" in text


def test_what_was_built_into_the_example_is_found_again():
    """Agreements and exchange rise, partners and direction go with being named, evaluation is the weakest."""
    card, table = scales.integrated_youth_care(), wn.datasets.scorecards("pandas")
    scores = scales.scores(table, card)
    means = scores.to_frame().groupby("scale")["score"].mean()
    assert means.idxmin() == "systematic evaluation and improvement"
    change = scales.change(table, card, together=True).to_frame().set_index("scale")
    better = ["information exchange in practice and law", "sound agreements"]
    assert sorted(change.index[change["holm"] < 0.001]) == better
    assert (change.loc[better, "difference"] > 0.15).all()
    study = wn.datasets.youth_care().select(relation="any contact")
    found = scales.position(scores, study, permutations=999, seed=1, progress=False).to_frame()
    by_factor = found.groupby("scale")["pearson"].mean()
    assert set(by_factor.index[by_factor > 0.3]) == {"right partners", "direction at all levels"}
    assert min(scales.reliability(table, card).scales["alpha"]) > 0.65


def test_trust_and_value(study, tmp_path):
    """Another template, with four answers: there is no stricter null."""
    table = answers()
    names = ["reliability", "mission", "open_to_discussion", "power_and_influence", "involvement", "resources"]
    items = [f"{factor}_{at}" for factor in ("partners", "direction") for at in (1, 2, 3)]
    given = table[["municipality", "wave", "organisation", "respondent"]].assign(
        **{name: table[item].clip(upper=4) for name, item in zip(names, items, strict=True)}
    )
    text = page(study, tmp_path, given, template="trust and value")
    assert "<div class='impossible'>" not in text
    assert "stricter" not in text
    assert "Strongest is trust" in text or "Strongest is value" in text


def test_items_that_do_not_go_together_and_members_who_do_not_agree(study, tmp_path):
    table = answers()
    random = np.random.default_rng(1)
    for at in (1, 2, 3):
        table[f"partners_{at}"] = random.choice([1, 5], len(table))
    text = page(study, tmp_path, table)
    assert re.search(r"but not so well \(below 0.7\) for .*right partners", text)
    assert "respondents do not agree on every factor" in text

"""A study described in a file: what may stand in it, what it does, and what is said when something is wrong."""

import re
import tomllib

import pandas as pd
import pytest

import wholenet as wn
from wholenet import errors
from wholenet.cli import main
from wholenet.report._beside import under_pseudonyms
from wholenet.report._config_parts import PARTS

SMALL = """
title = "Two waves"
out = "result"
[ties]
file = "ties.csv"
by = ["wave", "relation"]
value = "often"
[organisations]
file = "organisations.csv"
name = "name"
responded = "answered"
"""


@pytest.fixture
def folder(tmp_path):
    ties = pd.DataFrame(
        {
            "wave": [1, 1, 1, 2, 2],
            "relation": ["contact", "contact", "referral", "contact", "referral"],
            "source": ["a", "b", "a", "a", "c"],
            "target": ["b", "a", "c", "b", "a"],
            "often": [3, 4, 1, 2, 1],
        }
    )
    actors = pd.DataFrame(
        {"wave": [1, 1, 1, 2, 2, 2], "name": list("abcabc"), "kind": list("xyyxyy"), "answered": [1, 1, 0, 1, 1, 1]}
    )
    actors["answered"] = actors["answered"].astype(bool)
    ties.to_csv(tmp_path / "ties.csv", index=False)
    actors.to_csv(tmp_path / "organisations.csv", index=False)
    (tmp_path / "study.toml").write_text(SMALL)
    return tmp_path


def written(folder, content):
    path = folder / "study.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_the_file_makes_the_study_that_its_tables_make(folder):
    config = wn.report.Config.read(folder / "study.toml")
    wanted = wn.Study.from_edges(
        pd.read_csv(folder / "ties.csv"),
        pd.read_csv(folder / "organisations.csv"),
        by=["wave", "relation"],
        weight="often",
        respondents="answered",
    )
    assert config.study() == wanted
    assert (config.title, config.notice, config.out) == ("Two waves", None, folder / "result")


def test_relations_without_direction(folder):
    path = written(folder, SMALL.replace('value = "often"', 'undirected = ["contact"]\nduplicates = "max"'))
    study = wn.report.Config.read(path).study()
    assert [net.directed for net in study.values()] == [False, True, False, True]
    path = written(folder, SMALL.replace('value = "often"', 'undirected = ["friendship"]'))
    with pytest.raises(errors.ArgumentError, match="no column of by has these values"):
        wn.report.Config.read(path).study()


def test_what_init_writes_is_the_example(tmp_path):
    wn.report.init(tmp_path, example=True)
    config = wn.report.Config.read(tmp_path / "study.toml")
    study, example = config.study(), wn.datasets.youth_care()
    assert list(study) == list(example)
    for key, net in study.items():
        assert net.labels.tolist() == example[key].labels.tolist()
        assert (net.to_matrix() == example[key].to_matrix())[~pd.isna(net.to_matrix())].all()
        assert net.missing.share == example[key].missing.share
    assert config.settings.of(study) == wn.report.Config.example().settings.of(example)


def test_every_setting_of_the_template_is_read(tmp_path):
    """What stands in the template behind a # is a name that is known, too."""
    wn.report.init(tmp_path)
    text = (tmp_path / "study.toml").read_text(encoding="utf-8")
    commented = re.findall(r"^# ((?!Lines)\w+ = )", text, re.MULTILINE)
    assert len(commented) > 5
    said = tomllib.loads(text)
    for line in commented:
        name = line.partition(" = ")[0]
        assert any(name in part for part in PARTS.values()) or name in {"Elzerveen", "Brinkelaar"}, name
    assert set(said) - {"title", "notice", "out"} <= set(PARTS)


def test_nothing_is_replaced(tmp_path):
    wn.report.init(tmp_path)
    with pytest.raises(errors.ArgumentError, match="is there already"):
        wn.report.init(tmp_path, example=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["study.toml"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('value = "often"', 'valeu = "often"', r"\[ties\] has no 'valeu'; .*did you mean 'value'"),
        ("[organisations]", "[organizations]", "did you mean 'organisations'"),
        ('by = ["wave", "relation"]', 'by = "wave"', r"by in \[ties\] must be a list of texts, but is 'wave'"),
        ('file = "ties.csv"', "", r"\[ties\] must say file = text"),
        ('title = "Two waves"', 'title = "Two waves', "can't be read as TOML.*line 2"),
        (
            'responded = "answered"',
            'responded = "answered"\n[inference]\nseed = "x"',
            "seed in .inference. must be a whole number",
        ),
        (
            'responded = "answered"',
            'responded = "answered"\n[inference]\ndraws = 1',
            "draws must be a whole number of at least 2",
        ),
        (
            'responded = "answered"',
            'responded = "answered"\n[strong]\none_report = "drop"',
            'one_report must be "use" or "missing"',
        ),
        (
            'responded = "answered"',
            'responded = "answered"\n[publish]\ntables = ["xls"]',
            "not as 'xls'; did you mean 'xlsx'",
        ),
        (
            'responded = "answered"',
            'responded = "answered"\n[governance]\nformal = "lead"',
            "a formal mode of governance is 'lead', which is none of 'shared'",
        ),
        ('out = "result"', 'chapters = ["strength"]', 'chapters must be "respondents"'),
    ],
)
def test_what_is_wrong_is_named(folder, old, new, message):
    path = written(folder, SMALL.replace(old, new))
    with pytest.raises((errors.ArgumentError, errors.FormatError), match=message):
        wn.report.Config.read(path)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ('sector = "kid"', "the actors have no attribute 'kid'; did you mean 'kind'"),
        ('[relations]\ncontact = "contacts"', "the study has no relation 'contacts'; .* did you mean 'contact'"),
        ('[relations]\nwave = "wawe"', "the networks are not told apart by 'wawe'; did you mean 'wave'"),
    ],
)
def test_what_the_tables_do_not_hold_is_named(folder, part, message):
    config = wn.report.Config.read(written(folder, SMALL + part))
    with pytest.raises(errors.ArgumentError, match=message):
        config.settings.of(config.study())


def test_the_commands(folder, capsys):
    assert main(["init", str(folder)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["init", str(folder / "new")]) == 0
    assert main(["study", "--config", str(folder / "study.toml")]) == 0
    assert (folder / "result" / "report.html").exists()
    assert main(["study", "--config", str(folder / "no.toml")]) == 2
    assert "make one with: wholenet init" in capsys.readouterr().err
    assert main(["study", "ties.csv", "--config", str(folder / "study.toml")]) == 2


# -- tables beside the networks ------------------------------------------------------------------


def test_tables_beside_the_networks_of_the_example(tmp_path):
    wn.report.init(tmp_path, example=True)
    networks, cards, log, required = wn.report.Config.read(tmp_path / "study.toml").beside()
    assert networks.anchors["culture"] == [2.3, 3.3, 4.3]
    assert networks.networks == wn.datasets.neighbourhood_networks("pandas")
    assert cards.by == ("municipality", "wave")
    assert log.levels[-1] == "taking over"
    assert required.among == "strong"
    shipped = wn.datasets.trajectories("pandas")
    assert len(log.table) == len(shipped)
    assert list(log.table.columns) == list(shipped.columns)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[scorecards]\nby = ["wave"]', "[scorecards] must say file = text"),
        ('[networks]\nfile = "n.csv"\nanchors = 3', "anchors in [networks] must be a list of three numbers"),
        ('[networks]\nfile = "n.csv"\nanchors.grade = [1, 2]', "three numbers"),
        ('[networks]\nfile = "n.csv"\nanchors.grade = [1, 3, 2]', "the anchors of 'grade' must be in order"),
        ('[networks]\nfile = "n.csv"\noutcome = "score"', "the table has no column 'score'"),
        ('[scorecards]\nfile = "n.csv"\ntemplate = "mine"', "template must be"),
        ('[trajectories]\nfile = "n.csv"', "the table has no column 'client'"),
        ('[required]\nfile = "n.csv"\namong = "weak"', "among must be"),
        ('[required]\nfile = "none.csv"', "none.csv"),
        ('[trajectoires]\nfile = "n.csv"', "did you mean 'trajectories'?"),
    ],
)
def test_what_is_wrong_with_a_table_beside_is_named(folder, content, message):
    pd.DataFrame(
        {"network": ["x"], "effectiveness": [1], "ses": ["low"], "inside": [True], "organisations": [9]}
    ).assign(grade=1).to_csv(folder / "n.csv", index=False)
    path = written(folder, f"{SMALL}\n{content}\n")
    with pytest.raises(errors.WholenetError, match=re.escape(message)):
        wn.report.Config.read(path).beside()


def test_pseudonyms_reach_the_tables_beside():
    _, key = wn.report.pseudonymize(wn.datasets.youth_care("pandas"), by="municipality", keep=["sector"])
    cards = wn.report.Scorecards(table=wn.datasets.scorecards("pandas"))
    hidden = under_pseudonyms(cards, key, ("municipality",))
    names = key.set_index(["municipality", "actor"])["pseudonym"]
    owners = zip(cards.table["municipality"], cards.table["organisation"], strict=True)
    assert hidden.table["organisation"].to_list() == [names[owner] for owner in owners]
    stranger = cards.table.assign(organisation="elsewhere")
    odd = under_pseudonyms(wn.report.Scorecards(table=stranger), key, ("municipality",))
    assert odd.table["organisation"].str.startswith("other-").all()
    assert odd.table["organisation"].nunique() == 3

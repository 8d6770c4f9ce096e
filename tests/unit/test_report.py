"""The report: its tables say what the measures say, and its page needs nothing and trusts nothing."""

import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import errors
from wholenet.cli import main

SHARED = Path(__file__).parents[3] / "shared" / "data"

# Wave 1: a → b, b → a, a → c; d did not answer. Wave 2: a → b, c → a, e joined, d left; everybody answered.
TIES = pd.DataFrame(
    {
        "wave": [1, 1, 1, 2, 2],
        "from": ["a", "b", "a", "a", "c"],
        "to": ["b", "a", "c", "b", "a"],
    }
)
ACTORS = pd.DataFrame(
    {
        "wave": [1, 1, 1, 1, 2, 2, 2, 2],
        "name": ["a", "b", "c", "d", "a", "b", "c", "e"],
        "sector": ["x", "x", "y", "y", "x", "x", "y", "y"],
        "gatekeeper": [True, False, False, False, True, False, False, False],
        "answered": [True, True, True, False, True, True, True, True],
    }
)


@pytest.fixture
def study():
    return wn.Study.from_edges(TIES, ACTORS, by="wave", source="from", target="to", respondents="answered")


def test_networks_hold_the_worked_numbers(study):
    table = wn.report.networks(study).set_index("wave")
    # Wave 1: 3 actors could report on 3 others each: 9 dyads, 3 ties. Wave 2: 12 dyads, 2 ties.
    assert table["dyads_observed"].tolist() == [9, 12]
    np.testing.assert_allclose(table["density"], [3 / 9, 2 / 12])
    np.testing.assert_allclose(table["mean_degree"], [1.0, 0.5])
    assert table["non_respondents"].tolist() == [1, 0]
    # Pairs observed both ways: of a, b, c in wave 1 (ab mutual, ac asymmetric, bc null); all 6 in wave 2.
    assert table[["dyads_mutual", "dyads_asymmetric", "dyads_null"]].to_numpy().tolist() == [[1, 1, 1], [0, 2, 4]]
    # The one triad of wave 1 seen in full: a ↔ b, a → c, which is a mutual pair with a tie away from it.
    assert table.loc[1, "triads_111U"] == 1
    assert table.filter(like="triads_").sum(axis=1).tolist() == [1, 4]


def test_actors_who_did_not_answer_have_no_sent_ties(study):
    table = wn.report.actors(study).set_index(["wave", "name"])
    silent = table.loc[(1, "d")]
    assert silent["degree_in"] == 0
    assert silent[["degree_out", "harmonic_out", "betweenness"]].isna().all()
    assert table.loc[(1, "a"), "degree_out"] == 2
    # a stands on the one shortest path from b to c.
    assert table.loc[(1, "a"), "betweenness"] == 1


def test_changes_run_over_what_was_observed_twice(study):
    row = wn.report.changes(study).iloc[0]
    # a, b, c were in both and answered both times: 6 dyads; a → b kept, b → a and a → c gone, c → a new.
    assert (row["kept"], row["dissolved"], row["new"], row["never"]) == (1, 2, 1, 2)
    assert (row["actors"], row["joiners"], row["leavers"]) == (3, 1, 1)
    assert row["jaccard"] == 1 / 4


class Page(HTMLParser):
    """What a page would load, and the tags it has."""

    def __init__(self, text):
        super().__init__()
        self.loads, self.tags = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.loads += [value for name, value in attrs if name in {"src", "href", "data", "action"}]


def test_the_page_stands_alone_and_labels_are_text(tmp_path):
    bad = "<script>alert('x')</script>"
    net = wn.Network.from_edges(
        ([bad, "b"], ["b", 'c" onload="x']),
        pd.DataFrame(
            {"name": [bad, "b", 'c" onload="x'], "sector": ["<b>", "y", "y"], "gatekeeper": ["<i>", None, None]}
        ),
    )
    files = wn.report.write(wn.Study({"<u>": net}, by="place"), tmp_path, title="<h6>", notice="<em>")
    text = files[-1].read_text(encoding="utf-8")
    page = Page(text)
    assert not page.loads
    assert not page.tags & {"script", "link", "img", "iframe", "b", "i", "u", "em", "h6"}
    assert not re.search(r"@import|url\((?!#)", text)
    assert "&lt;script&gt;" in text


def test_files_and_recipe(study, tmp_path):
    names = {path.name for path in wn.report.write(study, tmp_path / "new" / "folder")}
    tables = {f"{name}.{ending}" for name in ("actors", "networks", "changes") for ending in ("csv", "parquet")}
    assert names == tables | {"report.html"}
    text = (tmp_path / "new" / "folder" / "report.html").read_text(encoding="utf-8")
    assert "outgoing ties are not observed: 1</li>" in text
    assert wn.__version__ in text
    csv = wn.io.read_table(tmp_path / "new" / "folder" / "networks.csv", kind="pandas")
    parquet = wn.io.read_table(tmp_path / "new" / "folder" / "networks.parquet", kind="pandas")
    pd.testing.assert_frame_equal(csv, parquet, check_dtype=False)


def test_networks_that_measures_refuse_still_make_a_report(tmp_path):
    signed = wn.Network.from_edges((["a", "b"], ["b", "c"]), weight=[1, -1], signed=True)
    empty = wn.Network.from_matrix(np.zeros((3, 3)), labels=["a", "b", "c"])
    undirected = wn.Network.from_edges((["a"], ["b"]), directed=False)
    study = wn.Study({"signed": signed, "empty": empty, "undirected": undirected}, by="kind")
    assert wn.report.actors(study)["pagerank"].isna().sum() == 3
    assert wn.report.write(study, tmp_path)[-1].exists()


def test_refusals_name_the_way_out(study):
    with pytest.raises(errors.ArgumentError, match="did you mean 'wave'"):
        wn.report.changes(study, wave="wav")
    with pytest.raises(errors.ArgumentError, match="did you mean 'sector'"):
        wn.report.write(study, "nowhere", settings=wn.report.Settings(sector="secter"))
    with pytest.raises(errors.ArgumentError, match="observed in two waves"):
        wn.report.changes(study.select(wave=1))


# The command ----------------------------------------------------------------------------------------------


def test_the_example(tmp_path, capsys, monkeypatch):
    def write(study, folder, **options):
        assert study == wn.datasets.youth_care()
        assert options["settings"] == wn.report.Config.example().settings
        assert "Synthetic data" in options["notice"]
        return [folder / "report.html"]

    monkeypatch.setattr(wn.report, "write", write)
    assert main(["study", "--example", "--out", str(tmp_path)]) == 0
    assert str(tmp_path / "report.html") in capsys.readouterr().out


def test_files_as_spreadsheets_in_europe_write_them(tmp_path):
    ties = tmp_path / "banden.csv"
    ties.write_bytes("golf;van;naar;uren\n1;café;huisarts;1,5\n1;huisarts;school;0,5\n".encode("windows-1252"))
    actors = tmp_path / "organisaties.csv"
    actors.write_bytes("naam;sector\ncafé;x\nhuisarts;y\nschool;y\n".encode("windows-1252"))
    command = ["study", str(ties), str(actors), "--by", "golf", "--source", "van", "--target", "naar"]
    command += ["--weight", "uren", "--out", str(tmp_path / "uit")]
    assert main(command) == 2
    assert main([*command, "--encoding", "windows-1252"]) == 0
    table = wn.io.read_table(tmp_path / "uit" / "actors.csv", kind="pandas")
    assert table["strength_out"].tolist() == [1.5, 0.5, 0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "name the file of ties"),
        (["nowhere.csv", "--by", "wave"], "there is no file nowhere.csv"),
        (["--example", "ties.csv"], "takes no files"),
    ],
)
def test_errors_go_to_standard_error(options, words, capsys):
    options = options if "--example" not in options else ["ties.csv", "--example"]
    assert main(["study", *options]) == 2
    assert words in capsys.readouterr().err


def test_undirected_relations(tmp_path, capsys):
    ties = tmp_path / "ties.csv"
    ties.write_text("relation,source,target\ncontact,a,b\nreferral,a,b\n", encoding="utf-8")
    command = ["study", str(ties), "--by", "relation", "--out", str(tmp_path)]
    assert main([*command, "--undirected", "contact"]) == 0
    table = wn.io.read_table(tmp_path / "networks.csv", kind="pandas")
    assert table["directed"].tolist() == [0, 1]
    assert main([*command, "--undirected", "kontact"]) == 2
    assert "kontact" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "options", "networks"),
    [
        ("knoke_bureaucracies", ["--by", "relation"], 2),
        ("lazega_lawyers", ["--by", "relation", "--sector", "practice"], 3),
        ("vandebunt_students", ["--by", "wave", "--weight", "weight", "--signed", "--sector", "program"], 7),
    ],
)
def test_real_studies(folder, options, networks, tmp_path):
    source = SHARED / folder
    if not source.exists():
        pytest.skip("the classical data sets are not beside this checkout")
    command = ["study", str(source / "edges.csv"), str(source / "nodes.csv"), *options, "--out", str(tmp_path)]
    assert main(command) == 0
    assert len(wn.io.read_table(tmp_path / "networks.parquet", kind="pandas")) == networks

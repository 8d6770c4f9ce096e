"""Pseudonyms: who shares one, what is kept, and what recipes may say."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wholenet as wn
from wholenet import Network, Study, errors
from wholenet.report import pseudonymize

ACTORS = pd.DataFrame(
    {
        "organisation": ["GP Oak", "School Elm", "Team Ash", "Clinic Fir"],
        "sector": pd.Categorical(["care", "school", "care", "care"], categories=["care", "school", "GP Oak"]),
        "phone": ["1", "2", "3", "4"],
    }
)


@pytest.fixture
def net():
    return Network.from_edges((["GP Oak", "School Elm"], ["School Elm", "Team Ash"]), ACTORS)


@pytest.fixture(scope="module")
def youth_care():
    return wn.datasets.youth_care()


def test_nothing_is_kept_that_was_not_asked_for(net):
    published, key = pseudonymize(net)
    assert published.attribute_names == ()
    assert published.actors.columns.tolist() == ["organisation"]
    assert published.recipe[-2:] == (
        "attributes left out: sector, phone",
        "labels replaced by pseudonyms: 4 actors",
    )
    assert sorted(key["pseudonym"]) == ["org-001", "org-002", "org-003", "org-004"]
    assert key["alike"].tolist() == [4, 4, 4, 4]


def test_kept_attributes_forget_their_categories(net):
    published, key = pseudonymize(net, keep=["sector"])
    assert "GP Oak" not in str(getattr(published.actors["sector"], "cat", ""))
    assert published.actors["sector"].dtype != "category"
    assert dict(zip(key["actor"], key["alike"], strict=True)) == {
        "GP Oak": 3,
        "School Elm": 1,
        "Team Ash": 3,
        "Clinic Fir": 3,
    }


def test_what_a_table_carries_beside_its_cells_is_gone():
    actors = ACTORS.copy()
    actors.attrs["source"] = "GP Oak"
    published, _ = pseudonymize(Network.from_edges((["GP Oak"], ["Team Ash"]), actors), keep=["phone"])
    assert published.actors.attrs == {}
    field = pa.field("phone", pa.string(), metadata={"source": "GP Oak"})
    plain = pa.table({"organisation": ACTORS["organisation"].tolist(), "phone": ["1", "2", "3", "4"]})
    marked = plain.cast(pa.schema([plain.schema.field(0), field], metadata={"made by": "GP Oak"}))
    published, _ = pseudonymize(Network.from_edges((["GP Oak"], ["Team Ash"]), marked), keep=["phone"])
    assert published.actors.schema.metadata is None
    assert published.actors.schema.field("phone").metadata is None


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table])
def test_tables_stay_of_their_kind(kind):
    actors = kind({"name": ["a1", "b1"], "sector": ["x", "y"]})
    published, key = pseudonymize(Network.from_edges((["a1"], ["b1"]), actors), keep=["sector"])
    assert type(published.actors) is type(actors)
    assert type(key) is type(actors)


def test_the_same_label_in_two_places_is_two_organisations():
    one = Network.from_edges((["GP", "School"], ["School", "GP"]))
    two = Network.from_edges((["GP"], ["School"]))
    study = Study({("north", 1): one, ("north", 2): two, ("south", 1): one}, by=["place", "wave"])
    published, key = pseudonymize(study, by="place", seed=8)
    assert len(set(key["pseudonym"])) == 4
    assert set(published["north", 1].labels) == set(published["north", 2].labels)
    assert not set(published["north", 1].labels) & set(published["south", 1].labels)
    assert key["place"].tolist() == ["north", "north", "south", "south"]
    together, key = pseudonymize(study, by=(), seed=8)
    assert key.columns.tolist() == ["actor", "pseudonym", "alike"]
    assert set(together["north", 1].labels) == set(together["south", 1].labels)


def test_the_bundled_study(youth_care):
    published, key = pseudonymize(youth_care, by="municipality", keep=["sector", "gatekeeper"], seed=11)
    assert published.overview().equals(youth_care.overview())
    names = set(key["actor"])
    for one, net in published.items():
        assert not names & set(net.labels.tolist())
        kept = pickle.dumps(net)
        assert not [name for name in names if name.encode() in kept]
        assert f"municipality={one[0]!r}" in net.recipe[0]
    before = wn.table(youth_care, {"degree": wn.centrality.degree})
    after = wn.table(published, {"degree": wn.centrality.degree})
    assert sorted(before["degree"]) == sorted(after["degree"])


def test_recipes_keep_what_names_nobody(net):
    made = net.subset(["GP Oak", "School Elm", "Team Ash"]).ego("GP Oak", include=False).symmetrize("union")
    assert pseudonymize(made)[0].recipe == (
        "2 ties listed, directed",
        "subset: 3 of 4 actors",
        "ego network of …: 1 actors",
        "symmetrized by 'union'",
        "attributes left out: sector, phone",
        "labels replaced by pseudonyms: 1 actors",
    )


@pytest.mark.parametrize(
    ("step", "left"),
    [
        ("without gp oak and 'Gone Elsewhere'", "without … and '…'"),
        ('kept "School\'s Out"', "kept '…'"),
        ("cut at 'sector', values: 'count'", "cut at 'sector', values: 'count'"),
        ("networks' own ties: 3", "networks' own ties: 3"),
        ("GP Oaks are kept: no label", "GP Oaks are kept: no label"),
    ],
)
def test_what_is_hidden_in_a_recipe(net, step, left):
    made = Network._make(net._core, frame=net._frame, kind=net._kind, recipe=(step,))
    assert pseudonymize(made)[0].recipe[0] == left


def test_labels_that_are_integers():
    net = Network.from_edges(([7, 9], [9, 11])).ego(9)
    published, key = pseudonymize(net, prefix="school", seed=0)
    assert sorted(key["actor"]) == [7, 9, 11]
    assert published.labels.tolist() == ["school-001", "school-002", "school-003"]
    assert published.recipe[:2] == ("2 ties listed, directed", "ego network of …: 3 actors")


def test_without_a_seed_they_come_out_otherwise_each_time():
    net = Network.from_matrix([[0] * 30] * 30)
    keys = {tuple(pseudonymize(net)[1]["pseudonym"]) for _ in range(3)}
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"keep": ["sektor"]}, errors.ColumnError, "did you mean 'sector'"),
        ({"keep": ["organisation"]}, errors.ArgumentError, "the column that holds the labels"),
        ({"keep": "sector"}, errors.ArgumentError, "list of names"),
        ({"prefix": "org-0"}, errors.ArgumentError, "begins and ends with a letter"),
        ({"prefix": ""}, errors.ArgumentError, "begins and ends with a letter"),
        ({"by": "wave"}, errors.ArgumentError, "this is one network"),
        ({"seed": -1}, errors.ArgumentError, "seed must be"),
    ],
)
def test_what_can_not_be_done(net, options, error, words):
    with pytest.raises(error, match=words):
        pseudonymize(net, **options)


def test_a_study_must_say_what_its_places_are(youth_care):
    with pytest.raises(errors.ArgumentError, match=r"by= must say which of municipality, wave, relation"):
        pseudonymize(youth_care)
    with pytest.raises(errors.ArgumentError, match="did you mean 'municipality'"):
        pseudonymize(youth_care, by="municipalty")
    with pytest.raises(errors.ArgumentError, match="list of names"):
        pseudonymize(youth_care, by=3)
    with pytest.raises(errors.ArgumentError, match=r"must be a wholenet.Network"):
        pseudonymize(pd.DataFrame({"a": [1]}))
    odd = Study({1: Network.from_edges((["a"], ["b"]))}, by="alike")
    with pytest.raises(errors.ArgumentError, match="column 'alike' of its own"):
        pseudonymize(odd, by="alike")


def test_an_attribute_that_holds_labels_is_refused():
    actors = pd.DataFrame({"name": ["GP", "School"], "parent": ["x", "gp"]})
    with pytest.raises(errors.ArgumentError, match="holds 'gp', the label of an actor"):
        pseudonymize(Network.from_edges((["GP"], ["School"]), actors), keep=["parent"])


def test_a_pseudonym_that_exists_as_a_label_is_refused():
    with pytest.raises(errors.ArgumentError, match="'org-001' already"):
        pseudonymize(Network.from_edges((["org-001"], ["b"])))


def test_who_did_not_answer_stays_so_where_reports_were_merged():
    contact = wn.Network.from_matrix(
        [[1, 3, 0, 1], [2, 0, 1, np.nan], [np.nan] * 4, [1, 0, 0, 0]], labels=list("abcd"), loops="keep"
    )
    net = contact.symmetrize("mean", one_report="missing")
    published, key = wn.report.pseudonymize(net, seed=1)
    named = dict(zip(key["actor"], key["pseudonym"], strict=True))
    assert net.missing.unseen == ("c",)
    assert published.missing.unseen == (named["c"],)
    assert (published.missing.dyads, published.missing.single) == (net.missing.dyads, net.missing.single)
    order = [list("abcd").index(old) for new in published.labels for old, one in named.items() if one == new]
    np.testing.assert_array_equal(published.to_matrix(), net.to_matrix()[np.ix_(order, order)])
    assert wn.survey.complete_cases(published).n_actors == wn.survey.complete_cases(net).n_actors == 3

"""Governance: values worked by hand, and errors."""

import sys

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import governance
from wholenet.errors import (
    ArgumentError,
    ColumnError,
    ConvergenceError,
    DependencyError,
    DirectionError,
    ModelError,
    SmallNetworkError,
)

LEAD, SHARED, NAO = "lead organisation", "shared", "network administrative organisation"


def network(perceived, **columns):
    """A directed ring of actors with perceptions."""
    n = len(perceived)
    actors = pd.DataFrame({"name": [f"a{at}" for at in range(n)], "perceived_mode": perceived, **columns})
    labels = actors["name"].tolist()
    return wn.Network.from_edges((labels, labels[1:] + labels[:1]), actors)


@pytest.fixture(scope="module")
def study():
    return wn.datasets.youth_care()


def test_confusion_by_hand():
    net = network([LEAD, LEAD, SHARED, None, NAO], said=[LEAD, LEAD, LEAD, LEAD, SHARED])
    found = governance.confusion(net, formal="said")
    assert found["formal"].tolist() == [SHARED, LEAD]
    assert found[SHARED].tolist() == [0, 1]
    assert found[LEAD].tolist() == [0, 2]
    assert found[NAO].tolist() == [1, 0]
    assert found["no answer"].tolist() == [0, 1]
    np.testing.assert_allclose(found[f"share of {LEAD}"], [0, 2 / 3])


def test_accuracy_by_hand():
    """Of 10 three: Wilson's interval is (3 + 1.9207 ± 1.96·√(2.1 + .9604)) ÷ 13.8415."""
    net = network([LEAD] * 3 + [SHARED] * 7 + [None])
    row = governance.accuracy(net, formal=LEAD).iloc[0]
    assert (row["actors"], row["answered"], row["accurate"]) == (11, 10, 3)
    np.testing.assert_allclose(row[["share", "lower", "upper"]].tolist(), [0.3, 0.10779, 0.60322], atol=5e-6)


def test_accuracy_of_nobody_is_not_known():
    row = governance.accuracy(network(np.array([None, None], dtype=object)), formal=LEAD).iloc[0]
    assert row["answered"] == 0
    assert row[["share", "lower", "upper"]].isna().all()


def test_formal_modes_of_places(study):
    nets = {("north", 1): network([LEAD, SHARED]), ("south", 1): network([LEAD, NAO])}
    both = wn.Study(nets, by=["place", "wave"])
    found = governance.accuracy(both, formal={"north": LEAD, ("south", 1): NAO})
    assert found["accurate"].tolist() == [1, 1]
    with pytest.raises(ArgumentError, match="formal has no mode for the network"):
        governance.accuracy(both, formal={"north": LEAD})
    one = study.select(relation="any contact")
    assert len(governance.accuracy(one, formal=LEAD)) == 6


def test_several_relations_are_refused(study):
    with pytest.raises(ArgumentError, match=r"study\.select\(relation='any contact'\)"):
        governance.accuracy(study, formal=LEAD)


def test_answers_that_count_twice_are_found_among_all_networks():
    """Nobody changed an answer from wave to wave, so that three networks hold the same; and actors may be reordered."""
    one = network([LEAD, SHARED])
    nets = {("contact", 1): one, ("contact", 2): one, ("referral", 2): one.subset(["a1", "a0"])}
    with pytest.raises(ArgumentError, match="would count more than once"):
        governance.accuracy(wn.Study(nets, by=["relation", "wave"]), formal=LEAD)


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_an_actor_without_formal_mode_is_refused(kind):
    """Nobody answered about what nobody knows: that is not accurate."""
    package = pytest.importorskip(kind)
    columns = {"name": ["a", "b"], "perceived_mode": [LEAD, None], "said": [LEAD, None]}
    net = wn.Network.from_edges((["a"], ["b"]), package.DataFrame(columns))
    for call in (governance.accuracy, governance.confusion):
        with pytest.raises(ArgumentError, match=r"1 of 2 actors of the network have no formal mode in 'said' \('b'\)"):
            call(net, formal="said")


def test_answers_outside_the_modes_are_named():
    with pytest.raises(ArgumentError, match=r"1 of 2 actors .*'a1': 'hierarchy'"):
        governance.confusion(network([LEAD, "hierarchy"]), formal=LEAD)
    found = governance.accuracy(network([LEAD, "hierarchy"]), formal="hierarchy", modes=[LEAD, "hierarchy"])
    assert found["accurate"].tolist() == [1]
    with pytest.raises(ArgumentError, match="did you mean 'lead organisation'"):
        governance.accuracy(network([LEAD, LEAD]), formal="lead organization")
    with pytest.raises(ColumnError):
        governance.accuracy(network([LEAD, LEAD]), formal=LEAD, perceived="mode")
    with pytest.raises(ArgumentError, match="modes must list"):
        governance.accuracy(network([LEAD, LEAD]), formal=LEAD, modes=[LEAD])


def test_change_by_hand():
    """Gained 3, lost 1, both 1, neither 1: the exact p-value is 2 · (1 + 4) ÷ 16."""
    before = network([SHARED, SHARED, SHARED, LEAD, LEAD, NAO, None])
    after = network([LEAD, LEAD, LEAD, SHARED, LEAD, SHARED, LEAD])
    found = governance.accuracy_change(before, after, formal=LEAD)
    assert (found.both, found.gained, found.lost, found.neither, found.once) == (1, 3, 1, 1, 1)
    assert found.p == 0.625
    assert found.difference == pytest.approx(1 / 3)
    # d = 2 ÷ 8, s² = (6 ÷ 8 - 1 ÷ 16) ÷ 8
    np.testing.assert_allclose([found.lower, found.upper], 0.25 + np.array([-1, 1]) * 1.959964 * 0.293151, atol=1e-5)


def test_change_pairs_within_places_only(study):
    one = study.select(relation="any contact")
    first, second = one.select(wave=1), one.select(wave=2)
    found = governance.accuracy_change(first, second, formal=LEAD)
    parts = [
        governance.accuracy_change(
            first.select(municipality=place), second.select(municipality=place), formal=LEAD
        ).organisations
        for place in ("Elzerveen", "Brinkelaar", "Waalderhaven")
    ]
    assert found.organisations == sum(parts)
    with pytest.raises(ArgumentError, match="one wave each"):
        governance.accuracy_change(one, one, formal=LEAD)
    with pytest.raises(SmallNetworkError, match="no organisation answered both"):
        governance.accuracy_change(network([LEAD, None]), network([None, LEAD]), formal=LEAD)


def test_change_does_not_pair_different_places():
    answers = {"north": [LEAD, SHARED], "south": [SHARED, LEAD]}
    nets = {(place, wave): network(said) for place, said in answers.items() for wave in (1, 2)}
    for name in ("wave", "year"):
        both = wn.Study(nets, by=["place", name])
        first, second = (both.select(**{name: one}) for one in (1, 2))
        assert governance.accuracy_change(first, second, formal=LEAD).organisations == 4
        north = governance.accuracy_change(first.select(place="north"), second.select(place="north"), formal=LEAD)
        assert north.organisations == 2
        with pytest.raises(ArgumentError, match="must have the same places"):
            governance.accuracy_change(first.select(place="north"), second.select(place="south"), formal=LEAD)
    with pytest.raises(ArgumentError, match="told apart by the same names"):
        governance.accuracy_change(network([LEAD, SHARED]), second, formal=LEAD)


# The load of key organisations ------------------------------------------------------------------------------


def star(**columns):
    actors = pd.DataFrame({"name": list("abcde"), "gatekeeper": ["GP", None, "GP", None, None], **columns})
    return wn.Network.from_edges((list("aaab"), list("bcdd")), actors, directed=False)


def test_load_by_hand():
    """Degrees 3, 2, 1, 2, 0: marked a and c have 2 on average, the others 4 ÷ 3; three of four ties touch a or c."""
    found = governance.load(star(room=[2.0, None, 5.0, 1.0, 0.0]), capacity="room", seed=1)
    row = {name: values[0] for name, values in found.networks.items()}
    assert (row["marked"], row["others"], row["mean_marked"]) == (2, 3, 2.0)
    assert row["ratio"] == pytest.approx(1.5)
    assert row["share_of_ties"] == 0.75
    assert row["over_capacity"] == 1
    assert row["lower"] <= 1.5 <= row["upper"]
    assert found.actors["over"].tolist() == [True, False, False, True, False]
    # Of the ten pairs, those with a sum that differs from 3.2 at least as much as 4 does: 1, 2, 2, 4, 5, 5 …
    sums = [x + y for at, x in enumerate([3, 2, 1, 2, 0]) for y in [3, 2, 1, 2, 0][at + 1 :]]
    exact = np.mean([abs(one - 3.2) >= 0.8 - 1e-9 for one in sums])
    assert row["p"] == pytest.approx(exact, abs=0.02)  # 10,000 draws: standard error .005


def test_load_refuses_what_it_can_t_compare():
    with pytest.raises(ArgumentError, match="no actor of the network is marked by 'linking'"):
        governance.load(star(linking=[False] * 5), mark="linking")
    with pytest.raises(ArgumentError, match="every actor"):
        governance.load(star(linking=[True] * 5), mark="linking")
    with pytest.raises(DirectionError):
        governance.load(network([LEAD, SHARED]), mark="perceived_mode")
    with pytest.raises(ArgumentError, match="capacity must be 0 or more"):
        governance.load(star(), capacity=-1)
    both = wn.Study({1: star(), 2: star(gatekeeper=[None] * 5)}, by="wave")
    with pytest.raises(ArgumentError, match="no actor of the network 2 is marked"):
        governance.load(both)


def test_load_when_no_draw_has_a_ratio():
    """Of eight others one has a tie; with one draw, often none of those drawn has, nor of those marked."""
    actors = pd.DataFrame({"name": range(10), "gatekeeper": ["GP", "GP", *[None] * 8]})
    net = wn.Network.from_edges(([0], [9]), actors, directed=False)
    ends = []
    for seed in range(20):
        found = governance.load(net, permutations=1, seed=seed).networks
        assert found["ratio"] == [4.0]
        ends.append(found["upper"][0])
    assert np.isnan(ends).any()
    assert np.isinf(ends).any()


def test_load_of_others_who_hardly_have_ties():
    """A draw of the others has no tie with probability (7 ÷ 8)⁸, a third: the ratio has no upper bound."""
    actors = pd.DataFrame({"name": range(10), "gatekeeper": ["GP", "GP", *[None] * 8]})
    net = wn.Network.from_edges(([0, 1], [9, 9]), actors, directed=False)
    found = governance.load(net, permutations=200, seed=1).networks
    assert (found["ratio"], found["upper"]) == ([4.0], [np.inf])
    few = governance.load(net, permutations=200, seed=1, confidence=0.1).networks
    assert 0 < few["lower"][0] <= few["upper"][0] < np.inf


def test_load_by_an_array_of_marks():
    found = governance.load(star(), mark=np.array([1, 0, 0, 0, 0]), seed=1, permutations=9)
    assert found.networks["mean_marked"] == [3.0]
    with pytest.raises(ArgumentError, match="mark must hold a value for each of the 5 actors"):
        governance.load(star(), mark=[True, False])


def test_load_of_unobserved_dyads():
    actors = pd.DataFrame({"name": list("abc"), "key": [True, False, False]})
    net = wn.Network.from_edges((["a"], ["b"]), actors, directed=False, respondents=["a"])
    assert governance.load(net, mark="key", seed=1).actors["unobserved"].tolist() == [0, 1, 1]


# The model ---------------------------------------------------------------------------------------------------


def model(study, predictors="trust", **options):
    pytest.importorskip("statsmodels")
    options = {"formal": LEAD, "permutations": 19, "seed": 1, "progress": False, **options}
    return governance.accuracy_model(study, predictors, **options)


def test_model_counts_what_is_left_out(study):
    one = study.select(relation="any contact", municipality="Elzerveen")
    found = model(one)
    trust = np.concatenate([net.attribute("trust").astype(float) for net in one.values()])
    given = np.concatenate([pd.notna(net.attribute("perceived_mode")) for net in one.values()])
    assert found.silent == (~given).sum()
    assert found.incomplete == {"trust": (given & np.isnan(trust)).sum()}
    assert found.observations == (given & ~np.isnan(trust)).sum()
    assert found.networks == 1
    assert np.isnan(found.sd_network)
    assert np.isnan(found.p_network[:2]).all()
    np.testing.assert_allclose(found.odds_ratio, np.exp(found.coefficient))


def test_model_without_statsmodels(study, monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.genmod.bayes_mixed_glm", None)
    one = study.select(relation="any contact", municipality="Elzerveen")
    with pytest.raises(DependencyError, match=r"wholenet\[models\]"):
        governance.accuracy_model(one, ["trust"], formal=LEAD)


def test_model_that_does_not_settle(study, monkeypatch):
    mixed = pytest.importorskip("statsmodels.genmod.bayes_mixed_glm")
    fit = mixed.BinomialBayesMixedGLM.fit_vb
    hasty = {"minim_opts": {"maxiter": 1}}
    monkeypatch.setattr(mixed.BinomialBayesMixedGLM, "fit_vb", lambda self, **options: fit(self, **options, **hasty))
    with pytest.raises(ConvergenceError, match="did not settle"):
        model(study.select(relation="any contact", municipality="Elzerveen"))


def test_tables_are_of_the_caller_s_kind():
    for kind in ("pandas", "polars", "pyarrow"):
        one = wn.datasets.youth_care(kind).select(relation="any contact", wave=1)
        strong = wn.Study({key: net.symmetrize("union", one_report="use") for key, net in one.items()}, by=one.by)
        found = governance.load(strong, permutations=9, seed=1)
        for table in (found.to_frame(), found.actors, governance.accuracy(one, formal=LEAD)):
            assert type(table).__module__.startswith(kind)


def places(answers, n=30):
    """Three places of unrelated networks, with predictors `x` and `size`, the same for all of a place."""
    rng = np.random.default_rng(0)
    nets = {}
    for place, (said, size) in enumerate(zip(answers, (1, 5, 2), strict=True)):
        for wave in (1, 2):
            mode = np.where(rng.random(n) < 0.5, LEAD, SHARED).astype(object)
            actors = {"name": range(n), "perceived_mode": said or mode, "x": rng.random(n), "size": [size] * n}
            cells = np.triu(rng.random((n, n)) < 0.1, 1).astype(float)
            nets[place, wave] = wn.Network.from_matrix(cells + cells.T, pd.DataFrame(actors))
    return wn.Study(nets, by=["place", "wave"])


def test_p_network_is_the_larger_of_two_weights(monkeypatch):
    one = places([None] * 3).select(place=0)
    found, p = model(one, ["x"]), []
    for weights in governance._spectral.WEIGHTS:
        monkeypatch.setattr(governance._spectral, "WEIGHTS", (weights,))
        other = model(one, ["x"])
        p.append(other.p_network[-1])
        if p[-1] == found.p_network[-1]:
            np.testing.assert_array_equal(other.distribution, found.distribution)
    assert found.p_network[-1] == max(p)
    assert p[0] != p[1]


def test_model_of_a_place_where_nobody_answered():
    nothing = np.array([None] * 30, dtype=object)
    every = places([None, list(nothing), None])
    found, other = model(every, ["x"]), model(every.select(place=[0, 2]), ["x"])
    assert (found.networks, found.silent, other.silent) == (2, 60, 0)
    np.testing.assert_array_equal(found.coefficient, other.coefficient)
    np.testing.assert_array_equal(found.p_network, other.p_network)


def test_model_of_a_place_where_all_are_accurate():
    """Such a place has no chance of its own: its log odds have no bound."""
    found = model(places([None, [LEAD] * 30, None]), ["x"])
    assert 0 < found.p_network[-1] <= 1
    with pytest.raises(ModelError, match="all 60 complete answers are accurate"):
        model(places([[LEAD] * 30, None, None]).select(place=0), ["x"])


def test_model_of_what_is_the_same_for_all_of_a_place():
    """Of three places two columns are told apart by the size; its own test has nothing to turn, and the other goes."""
    found = model(places([None] * 3), ["x", "size"])
    assert 0 < found.p_network[2] < 1
    assert found.p_network[3] == 1


def test_model_does_not_read_masked_cells_or_text_as_numbers():
    one = places([None] * 3).select(place=0)
    masked = {"x": lambda net: np.ma.array(net.attribute("x").astype(float), mask=np.arange(30) < 10)}
    assert model(one, masked).incomplete == {"x": 20}
    with pytest.raises(ArgumentError, match="must hold numbers"):
        model(one, {"x": lambda net: [str(at) for at in range(net.n_actors)]})


def test_model_errors(study):
    one = study.select(relation="any contact", municipality="Elzerveen")
    for predictors, message in (
        ({"x": lambda net: np.ones(net.n_actors)}, "'x' is 1 in all"),
        ({"trust": "trust", "twice": lambda net: 2 * net.attribute("trust").astype(float)}, "'twice' is collinear"),
        ({"x": lambda net: net.attribute("perceived_mode") == LEAD}, "separation"),
    ):
        with pytest.raises(ModelError, match=message):
            governance.accuracy_model(one, predictors, formal=LEAD)
    with pytest.raises(ArgumentError, match="must hold numbers"):
        governance.accuracy_model(one, ["sector"], formal=LEAD)
    with pytest.raises(ArgumentError, match="has no values for the network"):
        governance.accuracy_model(one, {"x": {"nowhere": [1]}}, formal=LEAD)
    with pytest.raises(ArgumentError, match="predictors must name"):
        governance.accuracy_model(one, [], formal=LEAD)

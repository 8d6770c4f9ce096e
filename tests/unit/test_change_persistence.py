"""The model of persistence, worked by hand."""

import numpy as np
import pandas as pd
import pytest

import wholenet as wn
from wholenet import change
from wholenet.errors import ArgumentError, ColumnError, DirectionError, ModelError
from wholenet.inference import same

QUICK = {"permutations": 19, "seed": 1, "progress": False}
NAN = float("nan")
# Twelve ties of six actors: of the six within a sector four are kept, of the six between two.
SECTORS = ["care", "care", "care", "school", "school", "school"]
ACTORS = pd.DataFrame({"name": list("abcdef"), "sector": SECTORS, "lead": [True, False, False, True, False, False]})
BEFORE = wn.Network.from_edges((list("abcdefabcdef"), list("bcaefddefabc")), ACTORS, weight=[1, 2, 3, 4] * 3)
AFTER = wn.Network.from_edges((list("abdeafb"), list("bcefdce")), ACTORS)


def panel(n, seed, *, directed=True):
    random = np.random.default_rng(seed)
    cells = np.where(random.random((n, n)) < 0.4, random.integers(1, 5, (n, n)), 0) * (1 - np.eye(n))
    if not directed:
        cells = np.triu(cells, 1) + np.triu(cells, 1).T
    keep = random.random((n, n)) < 0.6
    keep = keep if directed else np.triu(keep, 1) | np.triu(keep, 1).T
    actors = pd.DataFrame({"name": np.arange(n), "sector": random.choice(list("xyz"), n), "size": random.random(n)})
    made = [
        wn.Network.from_matrix(one, actors, directed=directed) for one in (cells, (cells * keep != 0).astype(float))
    ]
    return *made, cells, keep


def test_odds_within_and_between_sectors():
    found = change.persistence(BEFORE, AFTER, ["same(sector)"], **QUICK)
    # Kept within: ab, bc, de, ef; between: ad, be, fc (not tied at first: be is). Odds 4/2 and 3/3.
    assert (found.kept, found.dissolved) == (7, 5)
    np.testing.assert_allclose(found.odds_ratio, [3 / 3, (4 / 2) / (3 / 3)], rtol=1e-9)
    np.testing.assert_allclose(found.z, found.estimate / found.se)
    np.testing.assert_allclose(found.upper - found.lower, 2 * 1.959963984540054 * found.se)


def test_a_variance_by_hand():
    # Ties of pairs that share no actor: each counts by itself, so that the variance of the log odds is
    # Σ(y - p)² ÷ (Σ p(1 - p))² = 1 ÷ (n p (1 - p)), in two groups of four ties with one and three kept.
    pairs = [(f"a{i}", f"b{i}") for i in range(8)]
    ends = tuple(zip(*pairs, strict=True))
    before = wn.Network.from_edges(ends, weight=[1] * 4 + [2] * 4, directed=False)
    after = wn.Network.from_edges(tuple(zip(*(pairs[:1] + pairs[4:7]), strict=True)), before.actors, directed=False)
    found = change.persistence(before, after, ["strength"], **QUICK)
    assert found.estimate[1] == pytest.approx(np.log(9))
    assert found.sandwich[1] ** 2 == pytest.approx(2 / (4 * 3 / 16))


def test_words_about_the_tie():
    before, after, cells, _ = panel(14, 1)
    found = change.persistence(before, after, ["strength", "reciprocity", "shared partners"], **QUICK)
    ties = (cells != 0).astype(float)
    own = {"value": cells, "back": ties.T, "two": ties.T * 0 + np.einsum("ik,kj->ij", ties, ties)}
    given = change.persistence(before, after, own, **QUICK)
    assert found.terms == ("intercept", "strength", "reciprocity", "shared partners")
    np.testing.assert_allclose(found.estimate, given.estimate)
    np.testing.assert_allclose(found.se, given.se)
    np.testing.assert_array_equal(found.p_lrqap, given.p_lrqap)


def test_terms_as_words_and_as_terms():
    words = change.persistence(BEFORE, AFTER, ["same(sector)", "sender(lead)"], **QUICK)
    objects = change.persistence(BEFORE, AFTER, [same("sector"), wn.inference.sender("lead")], **QUICK)
    named = change.persistence(BEFORE, AFTER, {"alike": same("sector"), "from lead": "sender(lead)"}, **QUICK)
    assert words.terms == objects.terms
    assert named.terms == ("intercept", "alike", "from lead")
    assert words.estimate.tolist() == objects.estimate.tolist() == named.estimate.tolist()


def test_ties_whose_other_actor_did_not_answer_have_no_reciprocity():
    cells = BEFORE.to_matrix()
    cells[5] = NAN
    cells[5, 5] = 0
    before = wn.Network.from_matrix(cells, ACTORS)
    found = change.persistence(before, AFTER, ["strength"], **QUICK)
    assert found.kept + found.dissolved == 10
    # e → f and c → f say nothing of f → e and f → c.
    back = wn.Network.from_edges((list("abab"), list("bacd")), ACTORS)
    assert back.n_ties == 4
    cells[1, 0] = 1
    less = change.persistence(wn.Network.from_matrix(cells, ACTORS), AFTER, ["reciprocity"], **QUICK)
    assert less.kept + less.dissolved == 9
    assert less.left_out == 2
    assert "2 more with a predictor not known" in repr(less)


def test_undirected_networks():
    before, after, _, _ = panel(14, 2, directed=False)
    found = change.persistence(before, after, ["strength", "shared partners", "same(sector)"], **QUICK)
    assert found.kept + found.dissolved == before.n_ties
    with pytest.raises(DirectionError, match="reciprocity"):
        change.persistence(before, after, ["reciprocity"], **QUICK)
    with pytest.raises(DirectionError):
        change.persistence(before, after, ["sender(size)"], **QUICK)


def test_several_networks_are_pooled():
    one, two = panel(12, 3), panel(14, 4)
    before, after = {"x": one[0], "y": two[0]}, {"y": two[1], "x": one[1]}
    found = change.persistence(before, after, ["strength", "same(sector)"], **QUICK)
    assert (found.networks, found.actors) == (2, 26)
    assert found.kept + found.dissolved == one[0].n_ties + two[0].n_ties
    study = [
        wn.Study({("x", wave): one[wave - 1], ("y", wave): two[wave - 1]}, by=("place", "wave")) for wave in (1, 2)
    ]
    same_again = change.persistence(study[0], study[1], ["strength", "same(sector)"], **QUICK)
    np.testing.assert_allclose(same_again.estimate, found.estimate)
    with pytest.raises(ArgumentError, match="different networks"):
        change.persistence(before, {"x": one[1], "z": two[1]}, ["strength"], **QUICK)
    for other in ({"y": one[1]}, {("x", 2): one[1]}):
        with pytest.raises(ArgumentError, match="different networks"):
            change.persistence({"x": one[0]}, other, ["strength"], **QUICK)
    with pytest.raises(ArgumentError, match=r"\('x', 1\)\] and \[\('y', 2\)"):
        change.persistence({("x", 1): one[0]}, {("y", 2): one[1]}, ["strength"], **QUICK)
    alone = change.persistence({("x", 1): one[0]}, {("x", 2): one[1]}, ["strength"], **QUICK)
    assert alone.estimate.tolist() == change.persistence(*one[:2], ["strength"], **QUICK).estimate.tolist()
    with pytest.raises(ArgumentError, match="after must be a mapping"):
        change.persistence(before, one[1], ["strength"], **QUICK)


def test_a_result_shows_itself():
    before, after, _, _ = panel(14, 5)
    found = change.persistence(before, after, ["strength", "same(sector)"], **QUICK)
    table = found.to_frame()
    assert table["term"].tolist() == ["intercept", "strength", "same(sector)"]
    np.testing.assert_allclose(table["odds_ratio"], np.exp(table["estimate"]))
    assert np.isnan(table["p_lrqap"][0])
    assert "dyadic cluster-robust" in found._repr_html_()
    assert "odds ×" in found.plot(title="What keeps a tie").svg
    assert found.recipe


def test_refused():
    kept = wn.Network.from_edges((list("abcdef"), list("bcaefd")), ACTORS)  # those within sectors, all of them
    with pytest.raises(ModelError, match="separation"):
        change.persistence(BEFORE, kept, ["same(sector)"], **QUICK)
    with pytest.raises(ModelError, match="in all 12 dyads"):
        change.persistence(BEFORE, BEFORE, ["strength"], **QUICK)
    with pytest.raises(ModelError, match="no tie among actors in both"):
        change.persistence(BEFORE.subset(["a", "f"]), AFTER, ["strength"], **QUICK)
    with pytest.raises(ArgumentError, match="no values"):
        change.persistence(AFTER, BEFORE, ["strength"], **QUICK)
    with pytest.raises(ArgumentError, match="none of the words"):
        change.persistence(BEFORE, AFTER, ["alike(sector)"], **QUICK)
    with pytest.raises(ArgumentError, match="predictors must be a list"):
        change.persistence(BEFORE, AFTER, "strength", **QUICK)
    with pytest.raises(ArgumentError, match="empty"):
        change.persistence(BEFORE, AFTER, [], **QUICK)
    with pytest.raises(ColumnError):
        change.persistence(BEFORE, AFTER, ["same(level)"], **QUICK)


def test_a_covariance_that_is_not_positive_definite_is_said():
    before, after, _, _ = panel(7, 3)
    found = change.persistence(before, after, ["strength", "same(sector)"], **QUICK)
    assert not found.positive_definite
    for shown in (repr(found), found._repr_html_()):
        assert "not positive definite" in shown


def test_units_of_a_predictor_do_not_matter():
    before, after, _, _ = panel(20, 3)
    found = []
    for unit in (1.0, 1e8):
        frame = pd.DataFrame({"name": np.arange(20), "budget": unit * np.arange(20)})
        one = change.persistence(before.with_actors(frame), after, ["sender(budget)"], **QUICK)
        found.append(one.se * [1, unit])
        assert not one.alone
    np.testing.assert_allclose(*found, rtol=1e-9)  # a condition number of 1e4: 1e-16 becomes 1e-12


def test_a_coefficient_that_rests_on_one_actor_is_said():
    before, after, _, _ = panel(14, 6)
    own = np.zeros((14, 14))
    own[3] = 1
    found = change.persistence(before, after, {"sent by 3": own, "value": "strength"}, **QUICK)
    assert dict(found.alone) == {"sent by 3": 3}
    assert np.isnan(found.se).tolist() == [False, True, False]
    assert "rests on 3 alone" in repr(found)
    assert "rests on 3 alone" in found._repr_html_()
    assert not np.isnan(found.p_lrqap[1])


def test_networks_that_are_pooled_are_named_in_the_recipe():
    study = wn.datasets.youth_care().select(relation="content knowledge")
    waves = [
        {place: study[place, wave, "content knowledge"] for place in ("Elzerveen", "Brinkelaar")} for wave in (1, 2)
    ]
    found = wn.change.persistence(*waves, ["reciprocity"], permutations=2, seed=1, progress=False)
    assert any(step.startswith("before Elzerveen: ") for step in found.recipe)

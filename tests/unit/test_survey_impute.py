"""Multiple imputation and pooling, worked by hand where that can be."""

from math import inf, sqrt

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import wholenet as wn
from wholenet import inference, survey
from wholenet.errors import ArgumentError, ColumnError, LabelError, MissingTiesError
from wholenet.survey._blocks import Blocks, _between, _within
from wholenet.survey._pool import _rubin
from wholenet.survey._prior import WEIGHTS, Prior

NAN = np.nan
ACTORS = pd.DataFrame({"name": list("abcd"), "sector": ["x", "x", "y", "y"]})
CELLS = np.array([[0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1], [NAN, NAN, NAN, 0]])
NET = wn.Network.from_matrix(CELLS, ACTORS)


def test_what_was_observed_stays():
    known = ~np.isnan(CELLS)
    for net in survey.impute(NET, seed=1, draws=10):
        assert net.missing.dyads == 0
        assert_array_equal(net.to_matrix()[known], CELLS[known])
        assert set(net.to_matrix()[~known]) <= {0, 1}
        assert net.attribute("sector").tolist() == ["x", "x", "y", "y"]


def test_networks_are_made_when_asked_for_and_are_the_same_each_time():
    imputed = survey.impute(NET, seed=1, draws=10)
    again = survey.impute(NET, seed=1, draws=20)
    assert len(imputed.networks) == 10
    assert imputed[3] == again[3] == imputed.networks[3]
    assert imputed[-1] == imputed[9]
    with pytest.raises(IndexError):
        imputed[10]
    assert (
        imputed[3].recipe[-1].startswith("imputed: 3 of 12 dyads by a block model within and between 'sector', draw 3")
    )


def test_counts_of_dyads():
    table = survey.impute(NET, seed=1, draws=2).to_frame()
    assert table[["from", "to"]].to_numpy().tolist() == [["x", "x"], ["x", "y"], ["y", "y"]]
    assert table["dyads"].tolist() == [1, 4, 1]
    assert table["two_reports"].tolist() == [1, 2, 0]
    assert table["one_report"].tolist() == [0, 2, 1]
    assert table["imputed"].tolist() == [0, 2, 1]


def test_a_pair_of_groups_with_nothing_observed_is_said():
    cells = CELLS.copy()
    cells[2] = NAN
    cells[2, 2] = 0
    imputed = survey.impute(wn.Network.from_matrix(cells, ACTORS), seed=1, draws=2)
    assert imputed.to_frame()["note"].tolist() == ["", "", "nothing observed: prior only"]
    assert "1 pairs of groups with nothing observed" in repr(imputed)
    assert "1 pairs of groups without any report" in imputed[0].recipe[-1]
    assert "y - y" in imputed._repr_html_()


def test_posterior_of_observed_dyads_is_dirichlet():
    """Two groups, all dyads with two reports: mean (count + 2 · overall) ÷ (dyads + 2)."""
    random = np.random.default_rng(1)
    pair = np.array([1] * 20)
    there = np.array([1.0] * 12 + [0.0] * 8)
    back = np.array([1.0] * 5 + [0.0] * 7 + [1.0] * 2 + [0.0] * 6)
    blocks = Blocks.of(["x", "y"], pair, there, back, directed=True)
    assert_array_equal(blocks.two[1], [5, 7, 2, 6])
    overall = blocks.overall()
    assert_allclose(overall, np.array([5.5, 4.75, 4.75, 6.5]) / 21.5)
    none = np.zeros((5000, 2))
    draws = _between(np.tile(blocks.two[1], (5000, 1)), none, none, 2 * overall, random)
    alpha = np.array([5, 7, 2, 6]) + 2 * overall
    mean = alpha / 22
    deviation = np.sqrt(mean * (1 - mean) / 23)
    assert_allclose(draws.mean(axis=0), mean, atol=5 * deviation.max() / sqrt(5000))
    assert_allclose(draws.std(axis=0), deviation, rtol=0.05)  # 5,000 draws give it within 1 %


def test_pairs_of_groups_that_differ_have_a_light_prior():
    whole = np.array([0.3, 0.7])
    alike = Prior.of(np.array([[30.0, 70.0]] * 20), whole)
    differ = Prior.of(np.array([[0.0, 100.0]] * 14 + [[100.0, 0.0]] * 6), whole)
    assert alike.chances[WEIGHTS >= 256].sum() > 0.9
    assert differ.chances[WEIGHTS <= 2].sum() > 0.9
    # Of 20 pairs of 100 dyads all count where κ is 1,024 (N(κ + 1) ÷ (κ + N) = 91.2), and each as 1.98 where it is 1.
    assert alike.parameters(1024.0).sum() == pytest.approx(2 + 20 * 100 * 1025 / 1124)
    assert alike.parameters(1.0).sum() == pytest.approx(2 + 20 * 200 / 101)


def test_one_pair_of_groups_counts_its_dyads_once():
    """Whatever the weight of the prior, the variance of its probability is that of its own dyads."""
    random = np.random.default_rng(3)
    counts = np.array([[60.0, 140.0]])
    prior = Prior.of(counts, np.array([0.3, 0.7]))
    for weight in (1.0, 32.0, 256.0, 1024.0):
        mean = random.beta(*prior.parameters(weight), size=40_000)
        found = random.beta(weight * mean + 60, weight * (1 - mean) + 140)
        assert found.std() == pytest.approx(np.sqrt(0.3 * 0.7 / 203), rel=0.03)  # the prior's two dyads, and 1 %


@pytest.mark.parametrize("within", [False, True])
def test_posterior_with_reports_of_one_side_is_that_of_the_grid(within):
    """The density of the posterior, summed over a fine grid of the probabilities of four (or three) states."""
    random = np.random.default_rng(2)
    two = {(1, 1): 4, (1, 0): 2, (0, 1): 3, (0, 0): 5}
    one = {(1, NAN): 6, (0, NAN): 3, (NAN, 1): 2, (NAN, 0): 4}
    dyads = [state for states in (two, one) for state, count in states.items() for _ in range(count)]
    there, back = np.array(dyads).T
    pair = np.full(len(dyads), 0 if within else 1)
    blocks = Blocks.of(["x", "y"], pair, there, back, directed=True)
    overall = blocks.overall()
    reports = [np.tile(counts[pair[0]], (4000, 1)) for counts in (blocks.two, blocks.ahead, blocks.behind)]
    if within:
        draws = _within(reports[0], reports[1] + reports[2], 2 * overall, random)
    else:
        draws = _between(*reports, 2 * overall, random)
    step = 50 if within else 40
    values = (np.arange(step) + 0.5) / step
    if within:
        m, a = (cells.ravel() for cells in np.meshgrid(values, values))
        inside = m + a < 1
        p = np.column_stack([m, a / 2, a / 2, 1 - m - a])[inside]
        powers = [2 * overall[0] - 1, 4 * overall[1] - 1, 0, 2 * overall[3] - 1]
    else:
        m, a, b = (cells.ravel() for cells in np.meshgrid(values, values, values))
        inside = m + a + b < 1
        p = np.column_stack([m, a, b, 1 - m - a - b])[inside]
        powers = 2 * overall - 1
    marginals = [p[:, 0] + p[:, 1], p[:, 2] + p[:, 3], p[:, 0] + p[:, 2], p[:, 1] + p[:, 3]]
    log = (np.log(p) * (np.array([4, 2, 3, 5]) + powers)).sum(axis=1)
    log += sum(count * np.log(share) for count, share in zip((6, 3, 2, 4), marginals, strict=True))
    weight = np.exp(log - log.max())
    mean = (p * weight[:, None]).sum(axis=0) / weight.sum()
    deviation = np.sqrt((p**2 * weight[:, None]).sum(axis=0) / weight.sum() - mean**2)
    # Of 4,000 draws the mean is known within deviation ÷ 63; the grid is as fine.
    assert_allclose(draws.mean(axis=0), mean, atol=0.008)
    assert_allclose(draws.std(axis=0), deviation, rtol=0.08)


def test_values_come_from_ties_between_the_same_groups():
    actors = pd.DataFrame({"name": list("abcd"), "sector": ["x", "x", "x", "y"]})
    cells = np.array([[0, 7, 7, 2], [7, 0, 7, 3], [NAN, NAN, 0, NAN], [5, 5, 5, 0]])
    found = set()
    for net in survey.impute(wn.Network.from_matrix(cells, actors), seed=1, draws=200):
        values = net.to_matrix()[2]
        assert set(values[:2]) <= {0, 7}
        found.add(values[3])
    assert found == {0, 2, 3}


def test_undirected():
    cells = np.where(np.isnan(CELLS) | np.isnan(CELLS.T), NAN, np.maximum(CELLS, CELLS.T))
    net = wn.Network.from_matrix(cells, ACTORS, directed=False)
    imputed = survey.impute(net, seed=1, draws=5)
    assert all(not one.directed and one.missing.dyads == 0 for one in imputed)
    assert imputed.to_frame()["imputed"].tolist() == [0, 2, 1]


def test_everything_observed():
    net = wn.Network.from_matrix(np.nan_to_num(CELLS), ACTORS)
    imputed = survey.impute(net, seed=1)
    assert imputed[0] == net
    found = imputed.pool("density")
    assert (found.estimate, found.se, found.df, found.missing_information) == (1 / 3, 0, inf, 0)
    assert survey.impute(net, seed=1).pool("density", within=lambda _: 0.1).se == pytest.approx(0.1)


def test_what_is_refused():
    with pytest.raises(ColumnError, match="sctor"):
        survey.impute(NET, by="sctor")
    with pytest.raises(LabelError, match="no 'sector'"):
        survey.impute(NET.with_actors(ACTORS.assign(sector=["x", None, "y", "y"])))
    with pytest.raises(MissingTiesError, match="none of the 2 dyads"):
        survey.impute(wn.Network.from_matrix([[0, NAN], [NAN, 0]]), by=None)
    valued = wn.Network.from_edges((["a", "a"], ["b", "c"]), weight=[NAN, 0.0])
    with pytest.raises(MissingTiesError, match="no tie was observed"):
        survey.impute(valued, by=None)
    for draws in (1, 0, 2.0, "many"):
        with pytest.raises(ArgumentError, match="draws must be"):
            survey.impute(NET, draws=draws)


# Rubin's rules --------------------------------------------------------------------------------------------


def test_rubin_by_hand():
    # Mean 3, B = 1; extra = (1 + 1/3)·1 = 4/3; T = 2 + 4/3; r = 2/3; df = 2·(1 + 3/2)² = 12.5.
    found = _rubin(np.array([2.0, 3.0, 4.0]), 2.0)
    assert found.estimate == 3
    assert found.se == pytest.approx(sqrt(10 / 3))
    assert found.df == pytest.approx(12.5)
    assert found.lost == pytest.approx((2 / 3 + 2 / 15.5) / (5 / 3))
    alone = _rubin(np.array([2.0, 3.0, 4.0]), 0.0)
    assert (alone.df, alone.lost) == (2, 1)
    assert alone.se == pytest.approx(sqrt(4 / 3))


def test_pooling():
    imputed = survey.impute(NET, seed=1, draws=50)
    values = np.array(imputed.map(wn.cohesion.density))
    found = imputed.pool("density")
    assert_array_equal(found.values, values)
    assert found.estimate == values.mean()
    assert found.se == pytest.approx(sqrt((1 + 1 / 50) * values.var(ddof=1)))
    assert found.upper - found.estimate == pytest.approx(2.009575 * found.se)  # t with 49 degrees of freedom
    wide = imputed.pool("density", within="jackknife")
    errors = [inference.jackknife(net).se for net in imputed]
    assert wide.within == pytest.approx(np.mean(np.square(errors)))
    assert wide.se > found.se
    assert 0 < wide.missing_information < 1
    assert "missing information" in repr(wide)
    assert wide.to_frame()["draws"].tolist() == [50]
    assert "Pooled" in wide._repr_html_()
    drawn = imputed.pool("density", within="bootstrap", progress=False)
    assert drawn.within == pytest.approx(wide.within, rel=0.5)  # two estimates of the same, of four actors


def test_pooling_actors():
    imputed = survey.impute(NET, seed=1, draws=30)
    values = np.array(imputed.map(wn.centrality.degree))
    found = imputed.pool("degree")
    assert_allclose(found.estimate, values.mean(axis=0))
    assert_allclose(found.sd, values.std(axis=0, ddof=1))
    assert_array_equal(np.asarray(found), found.estimate)
    assert found.to_frame()["actor"].tolist() == list("abcd")
    assert "degree" in found._repr_html_()
    some = imputed.pool("local_clustering")
    values = np.array(imputed.map(wn.centrality.local_clustering))
    assert_array_equal(some.defined, (~np.isnan(values)).sum(axis=0))
    with pytest.raises(ArgumentError, match="gives one per actor"):
        imputed.pool("degree", within="jackknife")


def test_what_can_not_be_pooled():
    imputed = survey.impute(NET, seed=1, draws=5)
    with pytest.raises(ArgumentError, match="no finite number in 5 of the 5"):
        imputed.pool(lambda _: NAN)
    with pytest.raises(ArgumentError, match="not one number"):
        imputed.pool("dyad_census")
    for within in ("sandwich", 3):
        with pytest.raises(ArgumentError, match="within must be"):
            imputed.pool("density", within=within)
    with pytest.raises(ArgumentError, match="gives -1"):
        imputed.pool("density", within=lambda _: -1)
